//! Layout of the figures: places, in lists under Dutch names, for templates to draw. Those in time are in percent of a scale.
//!
//! No colour, word or tag is chosen here, so users' own templates can draw a figure differently. Every figure has an upper limit
//! on its size, whatever the plan contains, and is deterministic.
//!
//! A figure owns its data, because the template engine's functions cannot borrow. Charts, which can be large, are computed when a
//! template first calls their function.

/// A record for templates: `record!({x: 3, naam: name})`.
macro_rules! record {
    ({$($key:ident: $value:expr),* $(,)?}) => {
        minijinja::context! { $($key => minijinja::value::Serde(&$value)),* }
    };
}

mod gantt;
mod hours;
mod quadrants;
mod road;
mod scale;

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use minijinja::value::Serde;
use minijinja::{Environment, Value};

use super::escape;
use crate::view::View;
use gantt::Timeline;
use hours::HoursByMonth;
use quadrants::{Point, points};

/// The figures of a plan.
#[derive(Debug)]
pub(super) struct Figures {
    road: Value,
    points: Vec<Point>,
    timeline: Timeline,
    hours: HoursByMonth,
    /// The charts of the whole plan that were computed so far, and those of the group that was asked for last, by function.
    charts: Mutex<HashMap<(&'static str, Option<String>), Value>>,
}

impl Figures {
    /// Collects the data of all figures, without computing their layout.
    pub fn of(view: &View<'_>) -> Self {
        let (plan, facts, words) = (view.plan, view.facts(), view.words());
        Self {
            road: road::road(plan, facts, words).unwrap_or_else(|| Value::from(())),
            points: points(facts),
            timeline: Timeline::of(plan, facts, words),
            hours: HoursByMonth::of(plan, facts, words),
            charts: Mutex::default(),
        }
    }

    /// The chart of one group, or of the whole plan. It is drawn at the first call.
    fn chart(&self, name: &'static str, group: Option<String>, draw: Draw) -> Value {
        let mut charts = self.charts.lock().unwrap_or_else(PoisonError::into_inner);
        if group.is_some() {
            charts.retain(|(_, kept), _| kept.is_none() || *kept == group);
        }
        let chart = charts
            .entry((name, group))
            .or_insert_with_key(|(_, group)| draw(self, group.as_deref()));
        chart.clone()
    }
}

/// Computes the layout of a figure, for one group if the figure can be limited to one.
type Draw = fn(&Figures, Option<&str>) -> Value;

/// Adds the figures as functions, and the filter `mermaid` for names in a Mermaid chart. `tijdlijn` and `uren_per_week` take the
/// id of a group, or none for all groups.
pub(super) fn add(environment: &mut Environment<'static>, figures: &Arc<Figures>) {
    environment.add_function(
        "tijdlijn",
        by_group(figures, "tijdlijn", |figures, group| {
            Value::from(Serde(figures.timeline.chart(group)))
        }),
    );
    environment.add_function(
        "uren_per_week",
        by_group(figures, "uren_per_week", |figures, group| {
            Value::from(Serde(figures.hours.chart(group)))
        }),
    );
    let road = figures.road.clone();
    environment.add_function("weg", move || road.clone());
    let points = Value::from(Serde(&figures.points));
    environment.add_function("groepen_als_punten", move || points.clone());
    environment.add_filter("mermaid", |text: String| {
        Value::from_safe_string(escape::mermaid(&text))
    });
}

/// A function for the figure of a group, or of all groups.
fn by_group(
    figures: &Arc<Figures>,
    name: &'static str,
    draw: Draw,
) -> impl Fn(Option<String>) -> Value + use<> {
    let figures = Arc::clone(figures);
    move |group| figures.chart(name, group, draw)
}
