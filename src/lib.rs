//! planmaker builds implementation plans: one YAML file in the twelve sections of the handreiking *Van plan naar actie*
//! (Tonnon, 2021), checked and rendered.
//!
//! Data flows one way, and each module does one thing with it:
//!
//! ```text
//! text ─▶ Document ─▶ Plan ─▶ Facts ─▶ rules ─▶ Findings ─┬─▶ report   text · json · sarif · github
//!         tree+spans  types   derived                     │   + words, + places
//!                                                         └─▶ view ─┬─▶ render     html · markdown · json · yaml
//!                                                                   ├─▶ sheets     xlsx
//!                                                                   └─▶ calendar   ics
//!
//! form   text + events ─▶ screens of questions, and the changed text: by all of the above and editing
//! ```
//!
//! No module depends on a later one. A [`Rule`] names what is wrong, [`Document`] knows where a path is in the source, and
//! [`Words`] knows how to say it; they meet only in [`report`]. [`Checked`] runs the flow from text to findings, and
//! [`editing`] changes the text of a plan, and [`form`] asks for it in questions. The library never prints and never reads or
//! writes a file.
//!
//! ```
//! use planmaker::Checked;
//!
//! let checked = Checked::read("versie: 1\nplan: {titel: Een begin}\n");
//! let mut findings = checked.findings.iter();
//! assert!(findings.any(|finding| finding.rule.name == "onderdeel-ontbreekt"));
//! ```

mod advice;
mod calendar;
mod checked;
mod document;
pub mod editing;
pub mod explain;
mod facts;
mod finding;
pub mod form;
pub mod lint;
mod office;
mod plan;
mod reading;
mod render;
pub mod report;
mod rules;
pub mod scaffold;
pub mod schema;
mod sheets;
mod value;
mod view;
mod words;

pub use calendar::{calendar, parties};
pub use checked::Checked;
pub use document::{Document, Entry as NodeEntry, Node, Value as NodeValue};
pub use facts::{Facts, Hole, Quadrant};
pub use finding::{
    Argument, Count, Counts, Finding, Findings, Focus, Rule, Severity, Silenced, SilencedFindings,
};
pub use office::{LeftOut, Reference, ReferenceError, blank_form, docx, odt};
pub use plan::stakeholders::{Degree, StakeholderRole};
pub use plan::{Language, Plan};
pub use reading::{Reading, WrittenText, read as read_plan};
pub use render::{
    Data, Format, Layout, LoadError, Logo, LogoError, Mistake, OwnTemplates, Refusal, RenderError,
    Renderer, Request, Theme, ThemeError, data as render_data, reference as template_reference,
    render, templates,
};
pub use rules::BOOK;
pub use sheets::workbook;
pub use value::path::{Path, Place, Position, Step};
pub use value::suggest::nearest;
pub use value::{Choice, Id, is_terminal_control};
pub use view::View;
pub use words::{FieldText, Words, key};
