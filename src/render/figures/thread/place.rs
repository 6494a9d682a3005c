//! Graph layout: positions of boxes and paths of lines, in whole pixels.

use minijinja::Value;

use super::Sheet;
use super::graph::{Graph, Node};
use crate::render::figures::label;
use crate::render::figures::length::Length;

/// The width of a sheet.
pub const WIDTH: i32 = 904;

/// The left edges and widths of the columns. A line holds about 25 letters; names of roles are short.
const COLUMNS: [(i32, i32); 4] = [(2, 216), (256, 204), (498, 216), (752, 150)];

/// The height of the headings of the columns.
const HEAD: i32 = 28;

/// Between boxes below each other.
const GAP: i32 = 10;

/// Around the text in a box.
const PADDING: i32 = 8;

/// The height of a line of text.
const LINE: i32 = 16;

/// The height of a hole in a box.
const HOLE: i32 = 26;

/// The most lines of a name. The tables have it in full.
const MOST_LINES: usize = 4;

/// A node with its position on a sheet.
struct Placed<'n> {
    nr: usize,
    node: &'n Node,
    x: i32,
    y: i32,
    width: i32,
    height: i32,
}

/// The height of a graph on a sheet.
pub fn height(graph: &Graph<'_>) -> i32 {
    if graph.is_empty() {
        return 0;
    }
    HEAD + field(&heights(graph)) + 2
}

/// Draws a graph below what is on a sheet already.
pub fn draw(graph: &Graph<'_>, sheet: &mut Sheet) {
    if graph.is_empty() {
        return;
    }
    let heights = heights(graph);
    let field = field(&heights);
    let tops = tops(graph, &heights, field);
    let mut columns = Vec::new();
    for (((nodes, kind), (x, width)), (heights, tops)) in graph
        .columns()
        .zip(graph.kinds)
        .zip(COLUMNS)
        .zip(heights.iter().zip(tops))
    {
        if nodes.len() > 0 {
            let y = sheet.height + LINE;
            sheet.heads.push(record!({x: x, y: y, soort: kind}));
        }
        let mut column = Vec::new();
        for ((node, height), top) in nodes.zip(heights).zip(tops) {
            let placed = Placed {
                nr: sheet.boxes.len(),
                node,
                x,
                y: sheet.height + HEAD + top,
                width,
                height: *height,
            };
            sheet.boxes.push(placed.shown(graph.group(node)));
            column.push(placed);
        }
        columns.push(column);
    }
    sheet.lines.extend(graph.links.iter().filter_map(|link| {
        let from = columns.get(link.column)?.get(link.from)?;
        Some(from.line_to(columns.get(link.column + 1)?.get(link.to)?))
    }));
    sheet.height += HEAD + field + 2;
}

/// The heights of the boxes, by column.
fn heights(graph: &Graph<'_>) -> Vec<Vec<i32>> {
    let columns = graph.columns().zip(COLUMNS);
    columns
        .map(|(nodes, (_, width))| nodes.map(|node| box_height(graph, node, width)).collect())
        .collect()
}

/// The height of the tallest column.
fn field(heights: &[Vec<i32>]) -> i32 {
    let columns = heights.iter().map(|column| stacked(column));
    columns.max().unwrap_or_default()
}

fn box_height(graph: &Graph<'_>, node: &Node, width: i32) -> i32 {
    if node.missing.is_some() {
        return HOLE + 6;
    }
    let lines = wrapped(&node.name, width, MOST_LINES).len().max(1)
        + usize::from(node.is_focus)
        + usize::from(graph.group(node).is_some());
    2 * PADDING + count(lines) * LINE + count(node.holes.len()) * (HOLE + 4)
}

fn wrapped(name: &str, width: i32, most: usize) -> Vec<String> {
    let room = u32::try_from(width - 2 * PADDING).unwrap_or_default();
    label::wrap(name, room, most)
}

/// The height of boxes below each other.
fn stacked(heights: &[i32]) -> i32 {
    heights.iter().sum::<i32>() + GAP * count(heights.len().saturating_sub(1))
}

fn count(things: usize) -> i32 {
    i32::try_from(things).unwrap_or(i32::MAX / 64)
}

/// The tops of the boxes, by column, in a field of that height. The first column is spread over it; in the next ones each box is as
/// near as possible to the boxes that lead to it.
fn tops(graph: &Graph<'_>, heights: &[Vec<i32>], field: i32) -> Vec<Vec<i32>> {
    let mut all: Vec<Vec<i32>> = Vec::new();
    for (nr, column) in heights.iter().enumerate() {
        let wished: Vec<Option<i32>> = (0..column.len())
            .map(|to| {
                let links = graph.links.iter();
                let leading_here = links.filter(|link| link.column + 1 == nr && link.to == to);
                let middles = leading_here.filter_map(|link| {
                    let top = all.get(link.column)?.get(link.from)?;
                    Some(top + heights.get(link.column)?.get(link.from)? / 2)
                });
                mean(&middles.collect::<Vec<_>>())
            })
            .collect();
        all.push(if wished.iter().all(Option::is_none) {
            spread(column, field)
        } else {
            near(column, &wished, field)
        });
    }
    all
}

fn mean(places: &[i32]) -> Option<i32> {
    (!places.is_empty()).then(|| places.iter().sum::<i32>() / count(places.len()))
}

/// The tops of boxes with equal space between them.
fn spread(heights: &[i32], field: i32) -> Vec<i32> {
    let left = (field - stacked(heights)).max(0) / count(heights.len().max(1));
    let mut top = left / 2;
    let mut tops = Vec::with_capacity(heights.len());
    for height in heights {
        tops.push(top);
        top += height + GAP + left;
    }
    tops
}

/// The tops of boxes as near as possible to the wished middles, in their order; boxes without a wish come last.
fn near(heights: &[i32], wished: &[Option<i32>], field: i32) -> Vec<i32> {
    let mut order: Vec<(usize, i32, Option<i32>)> = heights
        .iter()
        .zip(wished)
        .enumerate()
        .map(|(nr, (height, wish))| (nr, *height, *wish))
        .collect();
    order.sort_by_key(|(_, _, wish)| wish.unwrap_or(i32::MAX));
    let mut tops = vec![0; heights.len()];
    let mut first = 0;
    for (nr, height, wish) in &order {
        let top = wish.map_or(first, |wish| first.max(wish - height / 2));
        if let Some(place) = tops.get_mut(*nr) {
            *place = top;
        }
        first = top + height + GAP;
    }
    // Boxes beyond the end of the field move back up.
    let mut last = field;
    for (nr, height, _) in order.iter().rev() {
        if let Some(place) = tops.get_mut(*nr) {
            *place = (*place).min(last - height).max(0);
            last = *place - GAP;
        }
    }
    tops
}

impl Placed<'_> {
    /// The box with its texts.
    fn shown(&self, group: Option<&str>) -> Value {
        let Self { node, x, y, .. } = self;
        let name = wrapped(&node.name, self.width, MOST_LINES);
        let mut below = y + PADDING + count(name.len()) * LINE;
        let mut next = |step: i32| {
            let here = below;
            below += step;
            here
        };
        let focus = node.is_focus.then(|| next(LINE) + LINE - 4);
        let group = group.and_then(|name| {
            let name = wrapped(name, self.width, 1);
            let mut lines = label::lines(name, Length::px(next(LINE)));
            lines.pop()
        });
        let holes = node.holes.iter();
        let holes = holes
            .map(|hole| record!({y: next(HOLE + 4) + 4, hoogte: HOLE, gat: hole}))
            .collect::<Vec<_>>();
        record!({
            soort: node.kind,
            id: node.id,
            naam: node.name,
            gat: node.missing,
            x: x,
            y: y,
            breedte: self.width,
            hoogte: self.height,
            regels: label::lines(name, Length::px(y + PADDING)),
            speerpunt: focus,
            groep: group,
            gaten: holes,
        })
    }

    /// The line to a box in the next column.
    fn line_to(&self, to: &Self) -> Value {
        let (x, y) = (self.x + self.width, self.y + self.height / 2);
        let (end_x, end_y) = (to.x, to.y + to.height / 2);
        let middle = i32::midpoint(x, end_x);
        let [from_end, to_end] =
            [self, to].map(|end| record!({nr: end.nr, soort: end.node.kind, id: end.node.id}));
        record!({
            van: from_end,
            naar: to_end,
            gat: self.node.missing.is_some() || to.node.missing.is_some(),
            lijn: format!("M{x} {y}C{middle} {y} {middle} {end_y} {end_x} {end_y}"),
        })
    }
}
