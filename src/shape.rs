//! The rules of "The file itself" that are seen while a plan is read: keys, values, ids and texts.
//!
//! Rules about what the answers *say* live with their section; rules about YAML itself in [`document`](crate::document).

use crate::finding::Severity::{Error, Tip, Warning};
use crate::rule::Rule;

/// A key that the model does not have.
pub static UNKNOWN_KEY: Rule = Rule::shape("sleutel-onbekend", Error);
/// A wrong kind of value, or not one of the choices.
pub static INVALID_VALUE: Rule = Rule::shape("waarde-ongeldig", Error);
/// An id that does not exist where it should.
pub static UNKNOWN_REFERENCE: Rule = Rule::shape("verwijzing-onbekend", Error);
