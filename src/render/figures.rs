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

pub(super) use costs::CostBars;
pub(super) use factors::FactorField;
pub(super) use gantt::Timeline;
pub(super) use load::HoursPerWeek;
pub(super) use quadrants::{Point, points};
pub(super) use thread::ThreadPicture;
