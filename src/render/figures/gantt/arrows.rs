//! The arrows of the planning: from the end of an activity to the start of each one that waits for it.

use std::collections::HashMap;

use minijinja::Value;

use super::rows::{Bar, Row};
use super::{Sheet, Task};
use crate::render::figures::axis::Axis;
use crate::render::figures::length::Length;
use crate::words::{Words, key};

/// The most arrows in a readable figure.
const MOST: usize = 300;

/// The distance from a bar to an arrow's first turn.
const TURN: Length = Length::px(6);

/// The length and width of an arrowhead.
const HEAD: Length = Length::px(6);

/// Adds arrows within sheets, and notes instead of arrows between sheets. Returns the number of arrows left out.
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
        let Some(nr) = places.get(&task.id) else {
            continue;
        };
        let Some(sheet) = sheets.get_mut(*nr) else {
            continue;
        };
        let mut far = Vec::new();
        for id in task.after.iter().filter(|id| **id != task.id) {
            if places.get(id) == Some(nr) {
                match arrow(sheet, id, &task.id).filter(|_| drawn < MOST) {
                    Some(arrow) => {
                        sheet.arrows.push(arrow);
                        drawn += 1;
                    }
                    None => left_out += 1,
                }
            } else if places.contains_key(id) {
                far.extend(names.get(id.as_str()).map(|name| (*name).to_owned()));
            }
        }
        if !far.is_empty() {
            let text = words.text(
                key::figuur::planning::NA,
                &[("naam", words.list(far).into())],
            );
            let rows = sheet.bands.iter_mut().flat_map(|band| &mut band.rows);
            for row in rows.filter(|row| row.id == task.id) {
                row.note(&text, axis);
            }
        }
    }
    left_out
}

/// An arrow: its line as the data of a path, its head as the points of a polygon.
fn arrow(sheet: &Sheet, from: &str, to: &str) -> Option<Value> {
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
    Some(record!({van: from, naar: to, lijn: line, punt: head}))
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

/// Back between the rows and into the bar from the left, for a bar that begins too early.
fn around(x: Length, before: &Row, bar: &Bar, after: &Row) -> (String, String) {
    let half = HEAD.half();
    let between = if before.y < after.y {
        after.y
    } else {
        after.y + after.height
    };
    let (tip, back) = (bar.x, bar.x - HEAD);
    let (from, y, turn, left) = (before.middle, after.middle, x + TURN, back - half);
    (
        format!("M{x} {from}H{turn}V{between}H{left}V{y}H{back}"),
        format!("{tip},{y} {back},{} {back},{}", y - half, y + half),
    )
}
