//! Layout of the figures: positions, in pixels, of what a plan's facts contain, as lists under Dutch names for templates to draw.
//!
//! No colour, word or tag is chosen here, so users' own templates can draw a figure differently. Every figure has an upper limit
//! on its size, whatever the plan contains, and is deterministic.
//!
//! Each figure is built from a plan's facts alone and owns its data, because a template's functions outlive no borrow. The layout
//! itself is computed when a template first calls for it.

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
use super::lookup::{Figures, Lookup};
use crate::plan::Plan;
use length::Length;

pub(super) use costs::CostBars;
pub(super) use factors::FactorField;
pub(super) use gantt::Timeline;
pub(super) use load::HoursPerWeek;
pub(super) use quadrants::{Point, points};
pub(super) use thread::ThreadPicture;

/// The width of the figures of time and money. Names take the left of it.
const WIDTH: Length = Length::px(760);

/// The height that fits on a sheet of A4, with the headings before it, its caption and its legend.
const SHEET: Length = Length::px(880);

/// The height of the names of the axis, above the first row of a sheet.
const HEAD: Length = Length::px(44);

/// The height of a group's name, above its rows.
const BAND: Length = Length::px(26);

/// The height of a bar.
const BAR: Length = Length::px(16);

/// Above and below the text of a row together.
const ROW_PADDING: Length = Length::px(10);

/// Adds the figures as functions, and the filter `mermaid` for names in a Mermaid chart. `tijdlijn` and `uren_per_week` take the
/// id of a group, or none for all groups.
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
    environment.add_function(
        "kostenbalken",
        once(lookup, "kostenbalken", |figures| {
            Value::from(Serde(figures.costs.chart()))
        }),
    );
    environment.add_function(
        "groepen_als_punten",
        once(lookup, "groepen_als_punten", |figures| {
            Value::from(Serde(&figures.points))
        }),
    );
    environment.add_function(
        "factoren_in_vakken",
        once(lookup, "factoren_in_vakken", |figures| {
            Value::from(Serde(&figures.factors))
        }),
    );
    environment.add_function(
        "draad_in_beeld",
        once(lookup, "draad_in_beeld", |figures| {
            Value::from(Serde(figures.thread.picture()))
        }),
    );
    environment.add_filter("mermaid", |text: String| {
        Value::from_safe_string(escape::mermaid(&text))
    });
}

/// A figure of the whole plan, drawn at the first call.
fn once(
    lookup: &Lookup,
    name: &'static str,
    draw: fn(&Figures) -> Value,
) -> impl Fn() -> Value + use<> {
    let plan = Arc::clone(&lookup.plan);
    move || plan.figures.chart(name, None, |_| draw(&plan.figures))
}

/// The name of a group or role.
fn party_name(plan: &Plan, id: &str) -> String {
    if plan.groups().contains(id) {
        plan.groups().name(id)
    } else {
        plan.roles().name(id)
    }
}

/// The things up to a limit, and how many are left out.
fn limit<T>(things: &[T], most: usize) -> (&[T], usize) {
    let kept = things.get(..most).unwrap_or(things);
    (kept, things.len() - kept.len())
}
