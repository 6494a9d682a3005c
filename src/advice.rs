//! Advice and its sources: strategies against barriers and for phases, and examples and criteria for other keys of a plan.
//!
//! The texts are ours, in both languages, in the YAML files of this folder. Facts come from the guide, the Toolkit, the tips,
//! ERIC and CFIR 2.0; each item names its source, and each mapping that is our own inference says so. Advice does not say what
//! is wrong with a plan: that is up to the rules.

mod catalogue;
mod sources;
mod suggest;
mod topics;

#[cfg(test)]
mod tests;

pub(crate) use catalogue::Strategy;
pub(crate) use suggest::{Fit, Need, Reason, Suggestion, Suggestions};
pub(crate) use topics::{Overview, constructs_of, examples, interview_topics, overviews};
