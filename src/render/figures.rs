//! Where things stand in a figure: the facts of a plan as lists with positions, under Dutch names, for templates to draw.
//!
//! Facts say what is true; here they get a place. No colour, no word and no tag is chosen here, so that own templates can draw
//! otherwise. Whatever a plan says, a figure stays of a size that a reader can take in, and the same plan makes the same figure.

mod axis;
mod costs;
mod gantt;
mod label;
mod length;
mod load;

use std::sync::Arc;

use minijinja::value::Serde;
use minijinja::{Environment, Value};

use super::escape;
use super::lookup::Lookup;

pub(super) use costs::CostBars;
pub(super) use gantt::Timeline;
pub(super) use load::HoursPerWeek;

/// Adds what templates call: `tijdlijn(groep)` and `uren_per_week(groep)`, of all groups when it is none, `kostenbalken()`, and
/// for names in a Mermaid chart the filter `mermaid`.
pub(super) fn add(environment: &mut Environment<'static>, lookup: &Arc<Lookup>) {
    let context = Arc::clone(lookup);
    environment.add_function("tijdlijn", move |group: Option<String>| {
        Value::from(Serde(context.timeline.chart(group.as_deref())))
    });
    let context = Arc::clone(lookup);
    environment.add_function("uren_per_week", move |group: Option<String>| {
        Value::from(Serde(context.hours.chart(group.as_deref())))
    });
    let context = Arc::clone(lookup);
    environment.add_function("kostenbalken", move || {
        Value::from(Serde(context.costs.chart()))
    });
    environment.add_filter("mermaid", |text: String| {
        Value::from_safe_string(escape::mermaid(&text))
    });
}
