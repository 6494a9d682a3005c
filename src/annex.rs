//! The annexes of a plan: its types and its rules.

pub mod communication;
pub mod exceptions;
pub mod literature;
pub mod progress;
