//! Where things stand in a figure: the facts of a plan as lists with positions, under Dutch names, for templates to draw.
//!
//! Facts say what is true; here they get a place. No colour, no word and no tag is chosen here, so that own templates can draw
//! otherwise. Whatever a plan says, a figure stays of a size that a reader can take in, and the same plan makes the same figure.

mod axis;
mod costs;
mod factors;
mod gantt;
mod label;
mod length;
mod load;
mod quadrants;
mod thread;

use std::sync::Arc;

use minijinja::value::Serde;
use minijinja::{Environment, Value};

use super::escape;
use super::lookup::Lookup;

pub(super) use costs::CostBars;
pub(super) use factors::FactorField;
pub(super) use gantt::Timeline;
pub(super) use load::HoursPerWeek;
pub(super) use quadrants::points;
pub(super) use thread::ThreadPicture;

/// Adds what templates call: `tijdlijn(groep)` and `uren_per_week(groep)`, of all groups when it is none, `kostenbalken()`,
/// `groepen_als_punten()`, `factoren_in_vakken()`, `draad_in_beeld()`, and for names in a Mermaid chart the filter `mermaid`.
pub(super) fn add(environment: &mut Environment<'static>, lookup: &Arc<Lookup>) {
    let plan = Arc::clone(&lookup.plan);
    environment.add_function("tijdlijn", move |group: Option<String>| {
        let figures = &plan.figures;
        figures.chart("tijdlijn", group, |group| {
            Value::from(Serde(figures.timeline.chart(group)))
        })
    });
    let plan = Arc::clone(&lookup.plan);
    environment.add_function("uren_per_week", move |group: Option<String>| {
        let figures = &plan.figures;
        figures.chart("uren_per_week", group, |group| {
            Value::from(Serde(figures.hours.chart(group)))
        })
    });
    let plan = Arc::clone(&lookup.plan);
    environment.add_function("kostenbalken", move || {
        let figures = &plan.figures;
        figures.chart("kostenbalken", None, |_| {
            Value::from(Serde(figures.costs.chart()))
        })
    });
    let points = lookup.plan.figures.points.clone();
    environment.add_function("groepen_als_punten", move || points.clone());
    let factors = lookup.plan.figures.factors.clone();
    environment.add_function("factoren_in_vakken", move || factors.clone());
    let thread = lookup.plan.figures.thread.clone();
    environment.add_function("draad_in_beeld", move || thread.clone());
    environment.add_filter("mermaid", |text: String| {
        Value::from_safe_string(escape::mermaid(&text))
    });
}
