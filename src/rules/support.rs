//! Small helpers shared by the rules of several sections.

use std::sync::LazyLock;

use crate::facts::{Milestone, MilestoneKind};
use crate::finding::Argument;
use crate::plan::Plan;
use crate::plan::goals::Goal;
use crate::plan::stakeholders::StakeholderRole;
use crate::rules::check::RuleContext;
use crate::rules::phrases::Phrases;
use crate::value::{Answer, Choice, GroupRef, Moment, YesNo, plain_words};

/// Words for lack of time and heavy workload.
static WORKLOAD: LazyLock<Phrases> =
    LazyLock::new(|| Phrases::read(include_str!("lists/workload.txt")));

/// The keys whose answer is missing, as an argument; `None` if all are answered.
pub(super) fn missing(answers: &[(&str, bool)]) -> Option<Argument> {
    let missing = answers.iter().filter(|(_, is_missing)| *is_missing);
    let keys: Vec<String> = missing.map(|(key, _)| (*key).to_owned()).collect();
    (!keys.is_empty()).then_some(Argument::Choices("sleutel", keys))
}

/// An argument that is a choice of the model.
pub(super) fn choice<C: Choice>(choice: C) -> Argument {
    Argument::Choice(C::KIND, choice.name().to_owned())
}

/// An argument that lists choices of the model; `None` if there are none.
pub(super) fn choices<'c, C: Choice>(choices: impl Iterator<Item = &'c C>) -> Option<Argument> {
    let names: Vec<String> = choices.map(|choice| choice.name().to_owned()).collect();
    (!names.is_empty()).then_some(Argument::Choices(C::KIND, names))
}

/// Whether section 3 exists but does not have this group. The reference to it has its own finding.
pub(super) fn is_unknown_group(plan: &Plan, id: &str) -> bool {
    plan.stakeholders.given().is_some() && !plan.groups().contains(id)
}

/// Whether the group consists of beneficiaries, for whom the intervention is meant.
pub(super) fn is_beneficiary(plan: &Plan, id: &str) -> bool {
    let group = plan.groups().get(id);
    group.is_some_and(|group| group.role.is(&StakeholderRole::Beneficiary))
}

/// Whether no goal could belong to a group other than the one it names.
pub(super) fn goals_name_their_groups(plan: &Plan) -> bool {
    let goals = plan.goals();
    goals.is_whole()
        && goals
            .iter()
            .all(|(_, goal)| !matches!(goal.group, Answer::Unreadable))
}

/// The goals that are measured and evaluated. Goals of beneficiaries and goals with a term outside the plan have a finding of
/// their own, which comes first.
pub(super) fn measured_goals<'p>(
    ctx: &RuleContext<'p>,
) -> impl Iterator<Item = (&'p str, &'p Goal)> {
    let (plan, facts) = (ctx.plan, ctx.facts);
    let is_of_beneficiary = |group: &GroupRef| is_beneficiary(plan, group.as_ref());
    let goals = plan.goals().iter();
    goals.filter(move |(id, goal)| {
        !goal.group.is_given_and(is_of_beneficiary) && !facts.ends_outside_plan(id)
    })
}

/// The letters and digits of a text in lower case, to compare texts without case, spacing and punctuation.
pub(super) fn letters(text: &str) -> String {
    let letters = text.chars().filter(|letter| letter.is_alphanumeric());
    letters.flat_map(char::to_lowercase).collect()
}

/// Whether the name of a factor is about time or workload.
pub(crate) fn is_about_workload(plan: &Plan, factor: &str) -> bool {
    let names = [plan.factors().name(factor), plain_words(factor).into()];
    names.iter().any(|name| WORKLOAD.find(name).is_some())
}

/// Whether an action has no due date although it has an end.
pub(super) fn lacks_due_date(due: Answer<Moment>, is_ongoing: Answer<YesNo>) -> bool {
    due.is_missing() && is_ongoing.is_other_than(&YesNo::Yes)
}

/// The argument with the name of a milestone.
pub(super) const fn argument_of(milestone: &Milestone<'_>) -> &'static str {
    match milestone.kind {
        MilestoneKind::Material => "materiaal",
        MilestoneKind::Decision => "beslismoment",
        MilestoneKind::Precondition | MilestoneKind::Sustainment => "actie",
    }
}
