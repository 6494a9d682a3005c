//! Section 8, the implementation team ("Implementatieteam", handreiking 8): who leads, who helps, who represents whom.

use std::collections::HashSet;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::facts::links::pointing_at;
use crate::finding::{Argument, Severity};
use crate::path;
use crate::rule::{Found, Rule, Whole};
use crate::value::{
    Answer, Choice, Entries, GroupRef, Id, OneOrMany, Prose, Text, Things, YesNo, choice, named,
};

/// The rules of this section.
pub const RULES: &[Rule] = &[
    Rule::error("trekker-ontbreekt", nobody_leads),
    Rule::warning("meer-trekkers", more_than_one_leads),
    Rule::warning("gebruiker-niet-vertegenwoordigd", user_group_without_voice),
    Rule::tip("ambassadeur-ontbreekt", no_ambassador),
    Rule::tip("expertise-ontbreekt", missing_expertise),
    Rule::warning("rol-zonder-persoon", role_without_person),
    Rule::tip("eigenaar-overbelast", overloaded_owner),
];

/// The roles in the implementation team by id.
pub type Team = Entries<Id, Role>;

/// A role in the implementation team ("teamrol").
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct Role {
    /// What the role is called.
    #[serde(rename = "naam")]
    pub name: Answer<Text>,
    /// Who has it; absent means not appointed yet.
    #[serde(rename = "persoon")]
    pub person: Answer<Text>,
    /// What the role does.
    #[serde(rename = "taken")]
    pub tasks: Answer<OneOrMany<Prose>>,
    /// What it brings: one of [`Expertise`], or free text.
    pub expertise: Answer<OneOrMany<Text>>,
    /// All the time or now and then.
    #[serde(rename = "inzet")]
    pub participation: Answer<Participation>,
    /// Whether it leads the implementation ("trekker").
    #[serde(rename = "trekker")]
    pub leads: Answer<YesNo>,
    /// Whether it is an ambassador ("ambassadeur").
    #[serde(rename = "ambassadeur")]
    pub ambassador: Answer<YesNo>,
    /// The groups that it represents.
    #[serde(rename = "vertegenwoordigt")]
    pub represents: Answer<OneOrMany<GroupRef>>,
}

choice! {
    /// The expertise that a team needs.
    pub enum Expertise ("expertise") {
        /// Leadership.
        Leadership = "leiderschap",
        /// The intervention itself.
        Content = "inhoud",
        /// Experience in practice.
        Practice = "praktijkervaring",
        /// Communication.
        Communication = "communicatie",
        /// Coordination.
        Coordination = "coordinatie",
    }
}

choice! {
    /// How a role takes part.
    pub enum Participation ("deelname") {
        /// All the time.
        Structural = "structureel",
        /// Now and then.
        Occasional = "puntsgewijs",
    }
}

named!(Role);

/// One person is responsible for the implementation (Drie tips, tip 1; handreiking 8).
fn nobody_leads(whole: &Whole<'_>, found: &mut Found<'_>) {
    if nobody_has(whole, |role| &role.leads) {
        found.at(path!["implementatieteam"]);
    }
}

/// One person is responsible, not two who wait for each other (Drie tips, tip 1). The finding stands at the second of them.
fn more_than_one_leads(whole: &Whole<'_>, found: &mut Found<'_>) {
    let leads: Vec<&str> = whole
        .plan
        .roles()
        .iter()
        .filter(|(_, role)| role.leads.is(&YesNo::Yes))
        .map(|(id, _)| id)
        .collect();
    if let [_, second, ..] = leads.as_slice() {
        let names: Vec<String> = leads.iter().map(|id| whole.plan.roles().name(id)).collect();
        found
            .at(path!["implementatieteam", *second, "trekker"])
            .with("rollen", names);
    }
}

/// Each user group has somebody in the team who speaks for it (handreiking 8).
fn user_group_without_voice(whole: &Whole<'_>, found: &mut Found<'_>) {
    let roles = whole.plan.roles();
    if roles.is_empty() || !is_known(roles, |role| role.represents.is_whole()) {
        return;
    }
    for user in whole.facts.professionals() {
        if pointing_at(&whole.facts.links.roles_of_group, user.id).is_empty() {
            found
                .at(path!["gebruikers", user.id])
                .with("groep", user.name.as_str());
        }
    }
}

/// An enthusiastic colleague who knows the work brings others along (Drie tips, tip 2).
fn no_ambassador(whole: &Whole<'_>, found: &mut Found<'_>) {
    if nobody_has(whole, |role| &role.ambassador) {
        found.at(path!["implementatieteam"]);
    }
}

/// Whether there is a team, and surely no role in it answers yes.
fn nobody_has(whole: &Whole<'_>, question: impl Fn(&Role) -> &Answer<YesNo>) -> bool {
    let roles = whole.plan.roles();
    let says_otherwise = |role: &Role| question(role).is_missing() || question(role).is(&YesNo::No);
    !roles.is_empty() && is_known(roles, says_otherwise)
}

/// Whether every role could be read and meets a condition.
fn is_known(roles: Things<'_, Id, Role>, condition: impl Fn(&Role) -> bool) -> bool {
    roles.is_whole() && roles.iter().all(|(_, role)| condition(role))
}

/// A team needs five kinds of expertise (Toolkit, on putting a team together).
fn missing_expertise(whole: &Whole<'_>, found: &mut Found<'_>) {
    let roles = whole.plan.roles();
    if roles.is_empty() || !is_known(roles, |role| role.expertise.is_whole()) {
        return;
    }
    let present: Vec<Expertise> = roles
        .iter()
        .flat_map(|(_, role)| role.expertise.all())
        .filter_map(Expertise::in_text)
        .collect();
    let missing = Expertise::ALL
        .iter()
        .filter(|expertise| !present.contains(expertise));
    let missing: Vec<String> = missing
        .map(|expertise| expertise.name().to_owned())
        .collect();
    if !missing.is_empty() {
        found
            .at(path!["implementatieteam"])
            .with("expertise", Argument::Choices(Expertise::KIND, missing));
    }
}

impl Expertise {
    /// The expertise that a text names, also with a capital or as `coördinatie`.
    fn in_text(text: &Text) -> Option<Self> {
        Self::parse(&text.as_str().to_lowercase().replace('ö', "o"))
    }
}

/// As long as a role has no person, everything that it owns waits.
fn role_without_person(whole: &Whole<'_>, found: &mut Found<'_>) {
    for (id, _) in whole
        .plan
        .roles()
        .iter()
        .filter(|(_, role)| role.person.is_missing())
    {
        let finding = found.at(path!["implementatieteam", id]);
        finding.with("rol", whole.plan.roles().name(id));
        match whole.facts.owned.get(id).map_or(0, Vec::len) {
            0 => finding.severity(Severity::Tip),
            waiting => finding.with("aantal", waiting),
        };
    }
}

/// A plan in which one role must do most of the work stands still when that role is ill or busy.
fn overloaded_owner(whole: &Whole<'_>, found: &mut Found<'_>) {
    const MANY: usize = 8;
    let all: HashSet<_> = whole
        .facts
        .owned
        .values()
        .flatten()
        .map(|owned| &owned.path)
        .collect();
    for id in whole.plan.roles().ids() {
        let own: HashSet<_> = whole
            .facts
            .owned
            .get(id)
            .into_iter()
            .flatten()
            .map(|owned| &owned.path)
            .collect();
        if own.len() >= MANY && own.len() * 2 > all.len() {
            found
                .at(path!["implementatieteam", id])
                .with("rol", whole.plan.roles().name(id))
                .with("aantal", own.len())
                .with("alles", all.len());
        }
    }
}
