//! The twelve sections of a plan, one room each: its types and its rules.

pub mod budget;
pub mod context;
pub mod evaluation;
pub mod goals;
pub mod intervention;
pub mod monitoring;
pub mod preconditions;
pub mod stakeholders;
pub mod strategies;
pub mod sustainment;
pub mod team;
pub mod users;
