//! The rules of "The file itself" that are seen while a plan is read: keys, values, ids and texts.
//!
//! Rules about what the answers *say* live with their section; rules about YAML itself in [`document`](crate::document).

use crate::finding::Severity::Error;
use crate::rule::Rule;

/// A key that the model does not have.
pub const UNKNOWN_KEY: Rule = Rule::seen_elsewhere("sleutel-onbekend", Error);
/// A wrong kind of value, or not one of the choices.
pub const INVALID_VALUE: Rule = Rule::seen_elsewhere("waarde-ongeldig", Error);
/// An id that does not exist where it should.
pub const UNKNOWN_REFERENCE: Rule = Rule::seen_elsewhere("verwijzing-onbekend", Error);

/// The rules of the file itself.
pub const RULES: &[Rule] = &[UNKNOWN_KEY, INVALID_VALUE, UNKNOWN_REFERENCE];
