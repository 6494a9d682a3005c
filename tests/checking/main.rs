//! Tests of reading and checking plans.

mod good_plan;
mod oracle;
mod scaffold;
mod schema;
mod values;
