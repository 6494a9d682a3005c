//! Layout of the figures: positions, in pixels, of what a plan's facts contain, as lists under Dutch names for templates to draw.
//!
//! No colour, word or tag is chosen here, so users' own templates can draw a figure differently. Every figure has an upper limit
//! on its size, whatever the plan contains, and is deterministic.
//!
//! Each figure is built from a plan's facts alone and owns its data, because a template's functions outlive no borrow. The layout
//! itself is computed when a template first calls for it.

/// A record for templates: `record!({x: 3, naam: name})`.
macro_rules! record {
    ({$($key:ident: $value:expr),* $(,)?}) => {
        minijinja::context! { $($key => minijinja::value::Serde(&$value)),* }
    };
}

mod axis;
mod costs;
mod factors;
mod gantt;
mod label;
mod length;
mod load;
mod months;
mod quadrants;
mod thread;

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use minijinja::value::Serde;
use minijinja::{Environment, Value};

use super::escape;
use crate::plan::Plan;
use crate::view::View;
use length::Length;

use costs::CostBars;
use factors::FactorField;
use gantt::Timeline;
use load::HoursPerWeek;
use quadrants::{Point, points};
use thread::ThreadPicture;

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

/// The figures of a plan.
#[derive(Debug)]
pub(super) struct Figures {
    /// The table of hours by month.
    pub months: Value,
    pub points: Vec<Point>,
    pub factors: Option<FactorField>,
    pub thread: ThreadPicture,
    pub timeline: Timeline,
    pub hours: HoursPerWeek,
    pub costs: CostBars,
    charts: Mutex<HashMap<(&'static str, Option<String>), Value>>,
}

impl Figures {
    /// The figures of a plan, not drawn yet.
    pub fn of(view: &View<'_>) -> Self {
        let (plan, facts, words) = (view.plan, view.facts(), view.words());
        Self {
            months: Value::from(Serde(months::by_month(facts, words))),
            points: points(facts),
            factors: FactorField::of(plan, facts),
            thread: ThreadPicture::of(plan, view.thread()),
            timeline: Timeline::of(plan, facts, words),
            hours: HoursPerWeek::of(plan, facts, words),
            costs: CostBars::of(plan, facts, words),
            charts: Mutex::default(),
        }
    }

    /// A chart, all groups together or of one, drawn when it is first needed.
    pub fn chart(
        &self,
        name: &'static str,
        group: Option<String>,
        draw: impl FnOnce(Option<&str>) -> Value,
    ) -> Value {
        let mut charts = self.charts.lock().unwrap_or_else(PoisonError::into_inner);
        let chart = charts
            .entry((name, group))
            .or_insert_with_key(|(_, group)| draw(group.as_deref()));
        chart.clone()
    }
}

/// Adds the figures as functions, and the filter `mermaid` for names in a Mermaid chart. `tijdlijn` and `uren_per_week` take the
/// id of a group, or none for all groups.
pub(super) fn add(environment: &mut Environment<'static>, figures: &Arc<Figures>) {
    let all = Arc::clone(figures);
    environment.add_function("tijdlijn", move |group: Option<String>| {
        all.chart("tijdlijn", group, |group| {
            Value::from(Serde(all.timeline.chart(group)))
        })
    });
    let all = Arc::clone(figures);
    environment.add_function("uren_per_week", move |group: Option<String>| {
        all.chart("uren_per_week", group, |group| {
            Value::from(Serde(all.hours.chart(group)))
        })
    });
    environment.add_function(
        "kostenbalken",
        once(figures, "kostenbalken", |figures| {
            Value::from(Serde(figures.costs.chart()))
        }),
    );
    environment.add_function(
        "groepen_als_punten",
        once(figures, "groepen_als_punten", |figures| {
            Value::from(Serde(&figures.points))
        }),
    );
    environment.add_function(
        "factoren_in_vakken",
        once(figures, "factoren_in_vakken", |figures| {
            Value::from(Serde(&figures.factors))
        }),
    );
    environment.add_function(
        "draad_in_beeld",
        once(figures, "draad_in_beeld", |figures| {
            Value::from(Serde(figures.thread.picture()))
        }),
    );
    environment.add_filter("mermaid", |text: String| {
        Value::from_safe_string(escape::mermaid(&text))
    });
}

/// A figure of the whole plan, drawn at the first call.
fn once(
    figures: &Arc<Figures>,
    name: &'static str,
    draw: fn(&Figures) -> Value,
) -> impl Fn() -> Value + use<> {
    let figures = Arc::clone(figures);
    move || figures.chart(name, None, |_| draw(&figures))
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
