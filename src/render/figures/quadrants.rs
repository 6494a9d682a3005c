//! The groups as points by interest and influence, for charts that need coordinates. A plan knows quadrants only, so the position
//! within a quadrant has no meaning.

use serde::Serialize;

use crate::facts::{Facts, Quadrant};

/// The maximum number of names that do not overlap in half a chart.
const MOST_IN_QUADRANT: usize = 12;

/// A group as a point, from 0 to 1 on both axes.
#[derive(Debug, Clone, Serialize)]
pub struct Point {
    id: String,
    #[serde(rename = "belang")]
    interest: String,
    #[serde(rename = "invloed")]
    influence: String,
}

/// A point for each group whose quadrant is known, below each other so that names do not overlap; none at all when a quadrant has
/// too many groups.
pub fn points(facts: &Facts<'_>) -> Vec<Point> {
    let mut points = Vec::new();
    for (quadrant, interest, least) in [
        (Quadrant::Collaborate, 750, 500),
        (Quadrant::Consult, 750, 0),
        (Quadrant::Involve, 250, 500),
        (Quadrant::Inform, 250, 0),
    ] {
        let groups = facts.quadrants.iter().filter(|(_, of)| **of == quadrant);
        let groups: Vec<&str> = groups.map(|(id, _)| *id).collect();
        if groups.len() > MOST_IN_QUADRANT {
            return Vec::new();
        }
        // The upper edge is left free for the name of the quadrant.
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
