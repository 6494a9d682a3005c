//! Tests of reading and checking plans.

mod good_plan;
mod oracle;
mod rules;
mod scaffold;
mod schema;
