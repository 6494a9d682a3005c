//! Small helpers shared by the rules of several sections.

use crate::finding::Argument;
use crate::plan::Plan;
use crate::plan::stakeholders::StakeholderRole;
use crate::value::{Answer, Choice};

/// The keys whose answer is missing; `None` if all are answered.
pub(super) fn missing(answers: &[(&str, bool)]) -> Option<Vec<String>> {
    let missing = answers.iter().filter(|(_, is_missing)| *is_missing);
    let keys: Vec<String> = missing.map(|(key, _)| (*key).to_owned()).collect();
    (!keys.is_empty()).then_some(keys)
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
