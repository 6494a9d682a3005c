//! The kinds of value in a plan file.
//!
//! Each kind is a small type that is read from one YAML scalar, list or mapping and written back. If a value cannot be
//! read, the error is the name of the expected kind; `words/` has the text for it, with an example. The meaning of a
//! value for the plan is not decided here.

mod answer;
mod characters;
pub(crate) mod choice;
pub(crate) mod collection;
mod fold;
mod line;
pub(crate) mod norm;
mod number;
pub mod path;
mod reference;
mod scalar;
pub mod suggest;
mod text;
mod time;

pub use answer::Answer;
pub use characters::{Odd, is_blank, plain};
pub use choice::Choice;
pub(crate) use choice::choice;
pub(crate) use collection::default_name;
pub(crate) use collection::named;
pub use collection::{Amounts, Entries, Entry, FirstText, OneOrMany, Things};
pub(crate) use fold::fold;
pub use line::{WIDTH, is_bidi_control, is_terminal_control, one_line, wrap};
pub(crate) use line::{beginning, shortened};
pub use number::{Count, FormatVersion, Money, Number};
pub(crate) use number::{TWO_EUROS, is_digits};
pub(crate) use path::path;
pub use reference::{
    EffectRef, FactorRef, GoalRef, GroupOrRoleRef, GroupRef, IndicatorRef, PartRef, PredecessorRef,
    RefKind, RoleRef, SourceRef, StageRef, StrategyRef, ThingRef,
};
pub use scalar::Scalar;
pub(crate) use scalar::{ABOUT, UNKNOWN};
pub(crate) use text::first_words;
pub use text::{
    ID_KIND, Id, Prose, TEXT_KIND, Text, YesNo, markdown_options, plain_words, web_address,
};
pub use time::{Day, Moment, Period, Rhythm, RhythmPart, Term, days_between, monday};
pub(crate) use time::{NO_SUCH_DAY, TOO_LONG, UNLIKELY_YEAR, WITHOUT_DAY};
