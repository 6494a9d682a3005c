//! Where a plan follows up the questions of the quick scan ("quickscan", Toolkit 2).

use serde::Serialize;

use crate::plan::Plan;
use crate::plan::budget::StageKind;
use crate::plan::context::Level;
use crate::plan::quickscan::ScanGroup;
use crate::plan::users::{Aspect, User};
use crate::value::choice;

/// A question of the quick scan, with what the plan has at the places where a "no" is followed up.
#[derive(Debug, Serialize)]
pub struct ScanFollowUp<'p> {
    #[serde(rename = "groep")]
    pub group: ScanGroup,
    /// The key of the question.
    #[serde(rename = "vraag")]
    pub question: &'static str,
    #[serde(rename = "opvolging")]
    pub things: Vec<FollowUp<'p>>,
}

/// Something in the plan that follows up a "no".
#[derive(Debug, Serialize)]
pub struct FollowUp<'p> {
    #[serde(rename = "soort")]
    pub kind: FollowUpKind,
    pub id: &'p str,
}

choice! {
    /// The kinds of thing that follow up a "no", under the names that templates have for them.
    pub enum FollowUpKind ("opvolging_quickscan") {
        /// A barrier of the context analysis.
        Barrier = "factoren",
        /// A precondition with an action.
        Precondition = "voorwaarden",
        /// A user group that has to change.
        User = "groepen",
        /// A pilot.
        Pilot = "etappes",
    }
}

/// A place in the plan where a "no" is followed up.
#[derive(Debug, Clone, Copy)]
pub enum FollowUpPlace {
    /// A barrier at that level.
    Barrier(Level),
    /// A precondition with an action.
    Precondition,
    /// A change in that aspect of a user group.
    Change(Aspect),
    Pilot,
}

/// The places where a "no" to the question with that key is followed up. Any of them will do.
pub fn follow_up_places(question: &str) -> &'static [FollowUpPlace] {
    use Aspect::{Attitude, Knowledge, Skills};
    use FollowUpPlace::{Barrier, Change, Pilot, Precondition};
    use Level::{Intervention, Organisation, Society};

    match question {
        "past_bij_visie" | "commitment" => &[Barrier(Organisation)],
        "randvoorwaarden_aanwezig" => &[Precondition],
        "rust_in_de_organisatie" => &[Barrier(Organisation), Precondition],
        "past_bij_beleid_en_wet" => &[Barrier(Society), Precondition],
        "gebruikers_ontwikkelden_mee" => &[Barrier(Intervention), Pilot],
        "uit_te_proberen" => &[Pilot],
        "betrouwbaar" | "invloedrijk" => &[Barrier(Intervention), Barrier(Organisation)],
        "bekend" => &[Change(Knowledge), Barrier(Level::User)],
        "gemotiveerd" | "verwacht_resultaat" => &[Change(Attitude), Barrier(Level::User)],
        "kennis_en_vaardigheden" => &[Change(Knowledge), Change(Skills)],
        _ => &[Barrier(Intervention)],
    }
}

/// The questions that the plan answers, in order.
pub(super) fn follow_ups(plan: &Plan) -> Vec<ScanFollowUp<'_>> {
    let Some(scan) = plan.quick_scan.given() else {
        return Vec::new();
    };
    let questions = scan.questions().into_iter();
    let answered = questions.filter(|question| question.answer.given().is_some());
    answered
        .map(|question| ScanFollowUp {
            group: question.group,
            question: question.key(),
            things: follow_up_places(question.key())
                .iter()
                .flat_map(|place| at(plan, *place))
                .collect(),
        })
        .collect()
}

fn at(plan: &Plan, place: FollowUpPlace) -> Vec<FollowUp<'_>> {
    let (kind, ids): (_, Vec<&str>) = match place {
        FollowUpPlace::Barrier(level) => {
            let factors = plan.factors().iter();
            let barriers = factors.filter(|(_, it)| it.is_barrier() && it.level.is(&level));
            (FollowUpKind::Barrier, barriers.map(|(id, _)| id).collect())
        }
        FollowUpPlace::Precondition => {
            let conditions = plan.conditions().iter();
            let with_action = conditions.filter(|(_, it)| !it.action.is_missing());
            let ids = with_action.map(|(id, _)| id).collect();
            (FollowUpKind::Precondition, ids)
        }
        FollowUpPlace::Change(aspect) => {
            let has_change =
                |user: &User| user.changes().any(|(_, change)| change.aspect.is(&aspect));
            let users = plan.users().iter().filter(|(_, user)| has_change(user));
            (FollowUpKind::User, users.map(|(id, _)| id).collect())
        }
        FollowUpPlace::Pilot => {
            let stages = plan.stages().iter();
            let pilots = stages.filter(|(_, it)| it.kind.is(&StageKind::Pilot));
            (FollowUpKind::Pilot, pilots.map(|(id, _)| id).collect())
        }
    };
    ids.into_iter().map(|id| FollowUp { kind, id }).collect()
}
