//! Where the boxes of a graph stand and how the lines between them run, in whole pixels.

use serde::Serialize;

use super::graph::{Graph, Kind, Node};
use crate::facts::Hole;
use crate::render::figures::label::{self, Line};
use crate::render::figures::length::Length;

/// How wide a sheet is.
pub const WIDTH: i32 = 904;

/// Where columns begin and how wide they are. Room for a line of some twenty-five letters; names of roles are short.
const COLUMNS: [(i32, i32); 4] = [(2, 216), (256, 204), (498, 216), (752, 150)];

/// The line with what the columns are.
const HEAD: i32 = 28;

/// Between boxes below each other.
const GAP: i32 = 10;

/// Around the text in a box.
const PADDING: i32 = 8;

/// A line of text.
const LINE: i32 = 16;

/// A hole in a box.
const HOLE: i32 = 26;

/// A name is broken into so many lines; the tables have all of it.
const MOST_LINES: usize = 4;

/// A graph with places.
#[derive(Debug)]
pub struct Drawn {
    pub heads: Vec<Head>,
    pub knots: Vec<Knot>,
    pub strands: Vec<Strand>,
    pub height: i32,
}

/// What a column is.
#[derive(Debug, Clone, Serialize)]
pub struct Head {
    x: i32,
    y: i32,
    #[serde(rename = "soort")]
    kind: Kind,
}

/// A box.
#[derive(Debug, Clone, Serialize)]
pub struct Knot {
    /// What it stands for.
    #[serde(rename = "soort")]
    kind: Kind,
    /// Its id; of what is missing, the id of what misses it.
    id: String,
    /// Its name, whole.
    #[serde(rename = "naam")]
    name: String,
    /// What is missing here.
    #[serde(rename = "gat")]
    stands_for: Option<Hole>,
    x: i32,
    y: i32,
    #[serde(rename = "breedte")]
    width: i32,
    #[serde(rename = "hoogte")]
    height: i32,
    /// Its name, in lines.
    #[serde(rename = "regels")]
    lines: Vec<Line>,
    /// What the line stands on that says that it is a focus barrier.
    #[serde(rename = "speerpunt")]
    focus: Option<i32>,
    /// The name of its group.
    #[serde(rename = "groep")]
    group: Option<Line>,
    /// What is missing in it.
    #[serde(rename = "gaten")]
    holes: Vec<Chip>,
}

/// A hole in a box.
#[derive(Debug, Clone, Serialize)]
struct Chip {
    y: i32,
    #[serde(rename = "hoogte")]
    height: i32,
    #[serde(rename = "gat")]
    hole: Hole,
}

/// A line between two boxes.
#[derive(Debug, Clone, Serialize)]
pub struct Strand {
    /// Where it begins.
    #[serde(rename = "van")]
    from: Place,
    /// Where it ends.
    #[serde(rename = "naar")]
    to: Place,
    /// Whether what it leads to, or comes from, is missing.
    #[serde(rename = "gat")]
    is_hole: bool,
    /// How it runs.
    #[serde(rename = "lijn")]
    path: String,
}

/// A box, by what it stands for.
#[derive(Debug, Clone, Serialize)]
struct Place {
    /// Where it stands in the list of boxes.
    nr: usize,
    #[serde(rename = "soort")]
    kind: Kind,
    id: String,
}

/// How tall a graph is on a sheet.
pub fn height(graph: &Graph) -> i32 {
    if graph.is_empty() {
        return 0;
    }
    with_head(field(&heights(graph)))
}

/// How tall a graph is whose tallest column is so tall.
const fn with_head(field: i32) -> i32 {
    HEAD + field + 2
}

/// How tall each box is, by column.
fn heights(graph: &Graph) -> Vec<Vec<i32>> {
    let columns = graph.columns().zip(COLUMNS);
    columns
        .map(|(nodes, (_, width))| nodes.iter().map(|node| node_height(node, width)).collect())
        .collect()
}

/// How tall the tallest column is.
fn field(heights: &[Vec<i32>]) -> i32 {
    let columns = heights.iter().map(|column| stacked(column));
    columns.max().unwrap_or_default()
}

/// Puts a graph on a sheet that has so many boxes already, from `top` down.
pub fn draw(graph: &Graph, top: i32, before: usize) -> Drawn {
    let columns: Vec<Vec<&Node>> = graph.columns().collect();
    let heights = heights(graph);
    let field = field(&heights);
    let tops = tops(graph, &heights, field);
    let mut knots: Vec<Knot> = Vec::new();
    let mut starts = Vec::new();
    let mut heads = Vec::new();
    for (((nodes, tops), (x, width)), kind) in
        columns.iter().zip(&tops).zip(COLUMNS).zip(graph.kinds)
    {
        starts.push(knots.len());
        let column = nodes.iter().zip(tops);
        knots.extend(column.map(|(node, y)| knot(node, x, top + HEAD + y, width)));
        if !nodes.is_empty() {
            let y = top + LINE;
            heads.push(Head { x, y, kind: *kind });
        }
    }
    let strands = graph.links.iter().filter_map(|link| {
        let from = starts.get(link.column)? + link.from;
        let to = starts.get(link.column + 1)? + link.to;
        let ends = (knots.get(from)?, knots.get(to)?);
        Some(strand((before + from, ends.0), (before + to, ends.1)))
    });
    let strands = strands.collect();
    Drawn {
        heads,
        knots,
        strands,
        height: with_head(field),
    }
}

fn node_height(node: &Node, width: i32) -> i32 {
    if node.stands_for.is_some() {
        return HOLE + 6;
    }
    let lines = wrapped(node, width).len().max(1)
        + usize::from(node.is_focus)
        + usize::from(node.group.is_some());
    let holes = node.holes.len();
    2 * PADDING + count(lines) * LINE + count(holes) * (HOLE + 4)
}

fn wrapped(node: &Node, width: i32) -> Vec<String> {
    let room = u32::try_from(width - 2 * PADDING).unwrap_or_default();
    label::wrap(&node.name, room, MOST_LINES)
}

/// How tall boxes below each other are.
fn stacked(heights: &[i32]) -> i32 {
    heights.iter().sum::<i32>() + GAP * count(heights.len().saturating_sub(1))
}

fn count(things: usize) -> i32 {
    i32::try_from(things).unwrap_or(i32::MAX / 64)
}

/// Where each box begins, by column, in a field of that height: the first column is spread over it, and in each next one a box
/// stands as near as it can to what leads to it.
fn tops(graph: &Graph, heights: &[Vec<i32>], field: i32) -> Vec<Vec<i32>> {
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

/// Boxes with the same room between them.
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

/// Boxes as near as they can be to where they are wished, in the order of the wishes; those without a wish come last.
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
    // What ran past the end of the field moves back up.
    let mut last = field;
    for (nr, height, _) in order.iter().rev() {
        if let Some(place) = tops.get_mut(*nr) {
            *place = (*place).min(last - height).max(0);
            last = *place - GAP;
        }
    }
    tops
}

fn knot(node: &Node, x: i32, y: i32, width: i32) -> Knot {
    let height = node_height(node, width);
    let texts = wrapped(node, width);
    let mut below = y + PADDING + count(texts.len()) * LINE;
    let mut next = |step: i32| {
        let here = below;
        below += step;
        here
    };
    let focus = node.is_focus.then(|| next(LINE) + LINE - 4);
    let group = node.group.as_deref().and_then(|name| {
        let room = u32::try_from(width - 2 * PADDING).unwrap_or_default();
        label::lines(label::wrap(name, room, 1), Length::px(next(LINE)))
            .into_iter()
            .next()
    });
    let holes = node.holes.iter().map(|hole| Chip {
        y: next(HOLE + 4) + 4,
        height: HOLE,
        hole: *hole,
    });
    let holes = holes.collect();
    Knot {
        kind: node.kind,
        id: node.id.clone(),
        name: node.name.clone(),
        stands_for: node.stands_for,
        x,
        y,
        width,
        height,
        lines: label::lines(texts, Length::px(y + PADDING)),
        focus,
        group,
        holes,
    }
}

fn strand((from_nr, from): (usize, &Knot), (to_nr, to): (usize, &Knot)) -> Strand {
    let (x, y) = (from.x + from.width, from.y + from.height / 2);
    let (end_x, end_y) = (to.x, to.y + to.height / 2);
    let middle = i32::midpoint(x, end_x);
    Strand {
        from: place(from_nr, from),
        to: place(to_nr, to),
        is_hole: from.stands_for.is_some() || to.stands_for.is_some(),
        path: format!("M{x} {y}C{middle} {y} {middle} {end_y} {end_x} {end_y}"),
    }
}

fn place(nr: usize, knot: &Knot) -> Place {
    Place {
        nr,
        kind: knot.kind,
        id: knot.id.clone(),
    }
}
