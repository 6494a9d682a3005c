//! The arrows of the planning: from the end of an activity to the start of what waits for it.

use std::collections::HashMap;

use serde::Serialize;

use super::rows::{Bar, Row};
use super::{Sheet, Task};
use crate::render::figures::axis::Axis;
use crate::render::figures::length::Length;
use crate::words::Words;

/// More arrows than these are a tangle.
const MOST: usize = 300;

/// How far an arrow goes on before it turns.
const TURN: Length = Length::px(6);

/// How long its head is, and half as wide.
const HEAD: Length = Length::px(6);

/// From one activity to the next.
#[derive(Debug, Serialize)]
pub struct Arrow {
    /// The id of the activity that comes first.
    #[serde(rename = "van")]
    from: String,
    /// The id of the activity that waits for it.
    #[serde(rename = "naar")]
    to: String,
    /// The line, as the data of a path.
    #[serde(rename = "lijn")]
    line: String,
    /// The head, as the points of a polygon.
    #[serde(rename = "punt")]
    head: String,
}

/// Adds the arrows to drawings, and between drawings words; says how many are left out.
pub fn draw(sheets: &mut [Sheet], tasks: &[&Task], axis: &Axis, words: Words) -> usize {
    let mut places: HashMap<String, usize> = HashMap::new();
    for (nr, sheet) in sheets.iter().enumerate() {
        let drawn = sheet.rows().filter(|row| row.bar.is_some());
        places.extend(drawn.map(|row| (row.id.clone(), nr)));
    }
    let names: HashMap<&str, &str> = tasks
        .iter()
        .map(|task| (task.id.as_str(), task.name.as_str()))
        .collect();
    let (mut drawn, mut left_out) = (0, 0);
    for task in tasks {
        let Some(here) = places.get(&task.id).copied() else {
            continue;
        };
        let before = task.after.iter().filter(|id| **id != task.id);
        let (near, far): (Vec<&String>, Vec<&String>) = before
            .filter(|id| places.contains_key(*id))
            .partition(|id| places.get(*id) == Some(&here));
        let Some(sheet) = sheets.get_mut(here) else {
            continue;
        };
        for id in near {
            match between(sheet, id, &task.id).filter(|_| drawn < MOST) {
                Some(arrow) => {
                    sheet.arrows.push(arrow);
                    drawn += 1;
                }
                None => left_out += 1,
            }
        }
        let far = far.iter().filter_map(|id| names.get(id.as_str()));
        let far: Vec<String> = far.map(|name| (*name).to_owned()).collect();
        if !far.is_empty() {
            let text = words.text("figuur.planning.na", &[("naam", words.list(far).into())]);
            sheet.note(&task.id, &text, axis);
        }
    }
    left_out
}

fn between(sheet: &Sheet, from: &str, to: &str) -> Option<Arrow> {
    let place = |id: &str| {
        let row = sheet.rows().find(|row| row.id == id && row.bar.is_some())?;
        Some((row, row.bar.as_ref()?))
    };
    let ((before, first), (after, second)) = (place(from)?, place(to)?);
    let begin = first.x + first.width;
    let above = second.x + TURN.min(second.width.half());
    let (line, head) = if above > begin {
        onto(begin, before.middle, above, second, before.y < after.y)
    } else {
        around(begin, before, second, after)
    };
    Some(Arrow {
        from: from.to_owned(),
        to: to.to_owned(),
        line,
        head,
    })
}

/// To the right, and down or up onto the bar.
fn onto(x: Length, y: Length, to_x: Length, bar: &Bar, is_down: bool) -> (String, String) {
    let half = HEAD.half();
    let (tip, back) = if is_down {
        (bar.y, bar.y - HEAD)
    } else {
        let bottom = bar.y + bar.height;
        (bottom, bottom + HEAD)
    };
    (
        format!("M{x} {y}H{to_x}V{back}"),
        format!("{to_x},{tip} {},{back} {},{back}", to_x - half, to_x + half),
    )
}

/// Back between the rows, and into the bar from the left: it begins before it may.
fn around(x: Length, before: &Row, bar: &Bar, after: &Row) -> (String, String) {
    let half = HEAD.half();
    let between = if before.y < after.y {
        after.y
    } else {
        after.y + after.height
    };
    let (tip, back) = (bar.x, bar.x - HEAD);
    let y = after.middle;
    (
        format!(
            "M{x} {}H{}V{between}H{}V{y}H{back}",
            before.middle,
            x + TURN,
            back - half
        ),
        format!("{tip},{y} {back},{} {back},{}", y - half, y + half),
    )
}
