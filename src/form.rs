//! A plan as a form: screens of questions as HTML, and the changes that answers make to the plan's text.
//!
//! [`Session`] is one open plan. [`Session::handle`] takes an [`Event`] and returns a [`Reply`] with the parts of the screen that
//! changed, so that a page needs no knowledge of plans. The questions follow from the model and the words, what is right or wrong
//! from [`Checked`](crate::Checked), and each change is a splice of [`editing`](crate::editing).
//!
//! ```
//! use planmaker::form::{Event, Session};
//!
//! let mut session = Session::default();
//! let event: Event = serde_json::from_str(r#"{"do": "open", "text": "versie: 1\n"}"#)?;
//! let reply = session.handle(event);
//! assert!(reply.patches.iter().any(|patch| patch.id == "main"));
//! # Ok::<(), serde_json::Error>(())
//! ```

mod about;
mod answers;
mod block;
mod build;
mod buttons;
mod cards;
mod changes;
mod differences;
mod documents;
mod drawing;
mod event;
mod field;
mod figures;
mod fragments;
mod history;
mod id;
mod moving;
mod options;
mod panel;
mod parts;
mod points;
mod reply;
mod screens;
mod session;
mod source;
mod start;
mod templates;
#[cfg(test)]
mod tests;
mod wording;

pub use event::{Draft, Event, Given, Kind, Press, Screen};
pub use reply::{File, Patch, Reply};
pub use session::Session;
