//! The groups as points between the axes of interest and influence, for charts that want a number of each. The plan says much or
//! little only: inside its quadrant, where a point stands says nothing.

use serde::Serialize;

use crate::facts::{Facts, Quadrant};

/// More names than this cannot stand below each other in half a chart.
const MOST_IN_QUADRANT: usize = 12;

const ALL: [Quadrant; 4] = [
    Quadrant::Collaborate,
    Quadrant::Consult,
    Quadrant::Involve,
    Quadrant::Inform,
];

/// A group as a point, from 0 to 1 on both axes.
#[derive(Debug, Clone, Serialize)]
pub struct Point {
    /// The id of the group.
    id: String,
    /// Its interest.
    #[serde(rename = "belang")]
    interest: String,
    /// Its influence.
    #[serde(rename = "invloed")]
    influence: String,
}

/// A point for each group of which the quadrant is known, below each other so that their names do not meet; none when a
/// quadrant has more than it can hold.
pub fn points(facts: &Facts<'_>) -> Vec<Point> {
    let mut points = Vec::new();
    for quadrant in ALL {
        let groups = facts.quadrants.iter().filter(|(_, of)| **of == quadrant);
        let groups: Vec<&str> = groups.map(|(id, _)| *id).collect();
        if groups.len() > MOST_IN_QUADRANT {
            return Vec::new();
        }
        let (interest, least) = match quadrant {
            Quadrant::Collaborate => (750, 500),
            Quadrant::Consult => (750, 0),
            Quadrant::Involve => (250, 500),
            Quadrant::Inform => (250, 0),
        };
        // The name of the quadrant stands along its upper edge.
        for (nr, id) in groups.iter().enumerate() {
            let share = 420 * (groups.len() - nr) / (groups.len() + 1);
            points.push(Point {
                id: (*id).to_owned(),
                interest: format!("0.{interest:03}"),
                influence: format!("0.{:03}", least + share),
            });
        }
    }
    points
}
