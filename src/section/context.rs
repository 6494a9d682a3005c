//! Section 6, the context analysis ("Contextanalyse", handreiking 6): what stands in the way and what helps.

use std::collections::HashSet;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::facts::links::pointing_at;
use crate::finding::Argument;
use crate::path;
use crate::rule::{Found, Rule, Whole};
use crate::section::stakeholders::is_unknown_group;
use crate::value::{
    Amounts, Answer, Choice as _, Entries, GroupRef, Id, OneOrMany, PartRef, Prose, SourceRef,
    Text, YesNo, choice, named,
};

/// The rules of this section.
pub const RULES: &[Rule] = &[
    Rule::warning("gebruiker-zonder-contextanalyse", user_not_analysed).resting_on(&[
        "contextanalyse.factoren.*.groep",
        "contextanalyse.niet_uitgevraagd.*",
    ]),
    Rule::warning("niet-uitgevraagd-zonder-reden", not_asked_without_reason),
    Rule::tip("werkwijze-ontbreekt", methods_missing),
    Rule::error("richting-ontbreekt", direction_missing),
    Rule::error("invloed-ontbreekt", weight_missing),
    Rule::error("veranderbaar-ontbreekt", changeable_missing),
    Rule::tip("geen-bevorderende-factoren", no_facilitators),
    Rule::tip("niveau-ontbreekt", level_missing),
    Rule::tip("niveau-niet-bekeken", levels_not_considered),
    Rule::tip("geen-prioriteit", barriers_not_prioritised),
    Rule::tip("te-veel-speerpunten", too_many_focus_barriers),
    Rule::tip(
        "onveranderbaar-zonder-toelichting",
        unchangeable_not_explained,
    ),
];

/// What stands in the way of the implementation and what helps it along.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct Context {
    /// How the factors were collected.
    #[serde(rename = "werkwijze")]
    pub methods: Answer<OneOrMany<Method>>,
    /// More about that.
    #[serde(rename = "toelichting")]
    pub explanation: Answer<Prose>,
    /// User groups that were not asked, and why.
    #[serde(rename = "niet_uitgevraagd")]
    pub not_asked: Answer<Amounts<GroupRef, Prose>>,
    /// The barriers and facilitators.
    #[serde(rename = "factoren")]
    pub factors: Answer<Entries<Id, Factor>>,
}

/// A barrier or a facilitator ("belemmerende of bevorderende factor").
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct Factor {
    /// What it is called.
    #[serde(rename = "naam")]
    pub name: Answer<Text>,
    /// The group that it was found in.
    #[serde(rename = "groep")]
    pub group: Answer<GroupRef>,
    /// Where it lies.
    #[serde(rename = "niveau")]
    pub level: Answer<Level>,
    /// The component of the intervention that it concerns.
    #[serde(rename = "onderdeel")]
    pub part: Answer<PartRef>,
    /// Whether it hinders or helps.
    #[serde(rename = "richting")]
    pub direction: Answer<FactorDirection>,
    /// How much it does so.
    #[serde(rename = "invloed")]
    pub weight: Answer<Weight>,
    /// Whether the organisation can change it.
    #[serde(rename = "veranderbaar")]
    pub changeable: Answer<YesNo>,
    /// More about it.
    #[serde(rename = "toelichting")]
    pub explanation: Answer<Prose>,
    /// What that rests on.
    #[serde(rename = "bron")]
    pub sources: Answer<OneOrMany<SourceRef>>,
}

choice! {
    /// How the factors were collected.
    pub enum Method ("werkwijze") {
        /// A brainstorm with users.
        Brainstorm = "brainstorm",
        /// Interviews.
        Interviews = "interviews",
        /// A questionnaire.
        Survey = "vragenlijst",
        /// From literature.
        Literature = "literatuur",
        /// From an evaluation.
        Evaluation = "evaluatie",
        /// By observing.
        Observation = "observatie",
    }
}

choice! {
    /// Where a factor lies.
    pub enum Level ("niveau") {
        /// With the users.
        User = "gebruiker",
        /// With the beneficiaries.
        Beneficiary = "profijtgroep",
        /// In the organisation.
        Organisation = "organisatie",
        /// In the intervention itself.
        Intervention = "interventie",
        /// In society: law, policy.
        Society = "maatschappelijk",
    }
}

choice! {
    /// Whether a factor hinders or helps.
    pub enum FactorDirection ("richting_factor") {
        /// It hinders.
        Barrier = "belemmerend",
        /// It helps.
        Facilitator = "bevorderend",
    }
}

choice! {
    /// How much a factor weighs.
    pub enum Weight ("gewicht") {
        /// A little.
        Light = "1",
        /// Fairly.
        Moderate = "2",
        /// Very much.
        Heavy = "3",
    }
}

named!(Factor);

impl Factor {
    fn is_barrier(&self) -> bool {
        self.direction.is(&FactorDirection::Barrier)
    }
}

/// What helps and hinders differs per user group, because each has its own tasks: so each is asked, or the plan says why
/// not (handreiking 6a).
fn user_not_analysed(whole: &Whole<'_>, found: &mut Found<'_>) {
    let Some(context) = whole.plan.context.given() else {
        return;
    };
    let factors = whole.plan.factors();
    let names_its_group = |factor: &Factor| !matches!(factor.group, Answer::Unreadable);
    let is_clear = !matches!(context.factors, Answer::Unreadable)
        && !matches!(context.not_asked, Answer::Unreadable)
        && factors.is_whole()
        && factors.iter().all(|(_, factor)| names_its_group(factor));
    for user in whole.facts.professionals().filter(|_| is_clear) {
        let was_not_asked = context
            .not_asked
            .is_given_and(|groups| groups.contains(user.id));
        if !was_not_asked && pointing_at(&whole.facts.links.factors_of_group, user.id).is_empty() {
            found
                .at(path!["gebruikers", user.id])
                .with("groep", user.name.as_str());
        }
    }
}

/// Who was not asked should know why (handreiking 6a).
fn not_asked_without_reason(whole: &Whole<'_>, found: &mut Found<'_>) {
    let groups = whole
        .plan
        .context
        .given()
        .and_then(|context| context.not_asked.given());
    for (group, reason) in groups.into_iter().flat_map(Amounts::iter) {
        let id: &str = group.as_ref();
        if reason.is_missing() && !is_unknown_group(whole.plan, id) {
            found
                .at(path!["contextanalyse", "niet_uitgevraagd", id])
                .with("groep", whole.plan.groups().name(id));
        }
    }
}

/// How the factors were collected says how much they can be trusted (handreiking 6a).
fn methods_missing(whole: &Whole<'_>, found: &mut Found<'_>) {
    if whole
        .plan
        .context
        .is_given_and(|context| context.methods.is_missing())
    {
        found.at(path!["contextanalyse"]);
    }
}

/// Each factor hinders or helps: a barrier asks for a strategy, a facilitator can be used by one (handreiking 6).
fn direction_missing(whole: &Whole<'_>, found: &mut Found<'_>) {
    factor_without(whole, found, |factor| factor.direction.is_missing());
}

/// Each barrier has a weight: the heaviest come first (handreiking 6b).
fn weight_missing(whole: &Whole<'_>, found: &mut Found<'_>) {
    factor_without(whole, found, |factor| {
        factor.is_barrier() && factor.weight.is_missing()
    });
}

/// Of each barrier is said whether it can be changed: the plan is about those that can (handreiking 6c).
fn changeable_missing(whole: &Whole<'_>, found: &mut Found<'_>) {
    factor_without(whole, found, |factor| {
        factor.is_barrier() && factor.changeable.is_missing()
    });
}

/// Of each factor is said at which of five levels it lies, so that none is overlooked (handreiking 6).
fn level_missing(whole: &Whole<'_>, found: &mut Found<'_>) {
    factor_without(whole, found, |factor| factor.level.is_missing());
}

/// What cannot be changed and weighs most is there all the time: the plan says how it lives with that (handreiking 6c).
fn unchangeable_not_explained(whole: &Whole<'_>, found: &mut Found<'_>) {
    factor_without(whole, found, |factor| {
        factor.is_barrier()
            && factor.weight.is(&Weight::Heavy)
            && factor.changeable.is(&YesNo::No)
            && factor.explanation.is_missing()
    });
}

fn factor_without(whole: &Whole<'_>, found: &mut Found<'_>, lacks: fn(&Factor) -> bool) {
    for (id, _) in whole
        .plan
        .factors()
        .iter()
        .filter(|(_, factor)| lacks(factor))
    {
        found
            .at(path!["contextanalyse", "factoren", id])
            .with("factor", whole.plan.factors().name(id));
    }
}

/// There is always something that helps, and it costs nothing to use it (handreiking 6).
fn no_facilitators(whole: &Whole<'_>, found: &mut Found<'_>) {
    let factors = whole.plan.factors();
    let all_hinder = factors.is_whole() && factors.iter().all(|(_, factor)| factor.is_barrier());
    if !factors.is_empty() && all_hinder {
        found.at(path!["contextanalyse", "factoren"]);
    }
}

/// Factors lie at five levels. Where three of them have none, nobody has looked there (handreiking 6).
fn levels_not_considered(whole: &Whole<'_>, found: &mut Found<'_>) {
    let factors = whole.plan.factors();
    let levels: Option<HashSet<Level>> = factors
        .iter()
        .map(|(_, factor)| factor.level.given().copied())
        .collect();
    let Some(levels) = levels.filter(|_| factors.is_whole() && !factors.is_empty()) else {
        return;
    };
    let unseen = Level::ALL.iter().filter(|level| !levels.contains(level));
    let names: Vec<String> = unseen.map(|level| level.name().to_owned()).collect();
    if names.len() >= 3 {
        found
            .at(path!["contextanalyse", "factoren"])
            .with("niveaus", Argument::Choices(Level::KIND, names));
    }
}

/// Four or more barriers that all weigh the same have not been put in order, and then there is no focus (handreiking 6b).
fn barriers_not_prioritised(whole: &Whole<'_>, found: &mut Found<'_>) {
    let factors = whole.plan.factors();
    let directions_are_known = factors.is_whole()
        && factors
            .iter()
            .all(|(_, factor)| factor.direction.given().is_some());
    let barriers = factors.iter().filter(|(_, factor)| factor.is_barrier());
    let weights: Option<Vec<Weight>> = barriers
        .map(|(_, factor)| factor.weight.given().copied())
        .collect();
    let Some(weights) = weights.filter(|_| directions_are_known) else {
        return;
    };
    if let Some(first) = weights.first()
        && weights.len() >= 4
        && weights.iter().all(|weight| weight == first)
    {
        found
            .at(path!["contextanalyse", "factoren"])
            .with("aantal", weights.len())
            .with("invloed", first.name());
    }
}

/// A plan that is about everything is about nothing: more than seven barriers at a time nobody takes on (handreiking 6b).
fn too_many_focus_barriers(whole: &Whole<'_>, found: &mut Found<'_>) {
    let count = whole.facts.focus_barriers.len();
    if count > 7 {
        found
            .at(path!["contextanalyse", "factoren"])
            .with("aantal", count);
    }
}

#[cfg(test)]
mod tests {
    use crate::testing::paths;

    const NOWHERE: [&str; 0] = [];
    const FACTORS: [&str; 1] = ["contextanalyse.factoren"];

    fn factors(rows: &[&str]) -> String {
        let rows = rows
            .iter()
            .enumerate()
            .map(|(nr, row)| format!("\n    f{nr}: {{{row}}}"));
        format!("contextanalyse:\n  factoren:{}\n", rows.collect::<String>())
    }

    #[test]
    fn each_professional_user_group_is_asked_or_not_for_a_reason() {
        let rule = "gebruiker-zonder-contextanalyse";
        let plan = |context: &str| {
            format!(
                "betrokken_groepen: {{p: {{rol: uitvoerder}}, q: {{rol: leidinggevende}}, k: {{rol: profijtgroep}}, x: }}
gebruikers: {{p: , q: , k: , x: , y: }}
{context}"
            )
        };
        for context in [
            "contextanalyse: {factoren: {f: {groep: p}}}",
            "contextanalyse: {factoren: {f: , g: {groep: p}}, niet_uitgevraagd: {k: Nog niet}}",
            "contextanalyse: {niet_uitgevraagd: {p: Nog niet}}",
        ] {
            assert_eq!(paths(rule, &plan(context)), ["gebruikers.q"], "{context}");
        }
        for context in [
            "",
            "contextanalyse: ",
            "contextanalyse: later",
            "contextanalyse: {factoren: later}",
            "contextanalyse: {factoren: {f: {groep: [p, q]}}}",
            "contextanalyse: {factoren: {f: {groep: p}, g: later}}",
            "contextanalyse: {factoren: {f: {groep: p}}, niet_uitgevraagd: [q]}",
            "contextanalyse: {factoren: {f: {groep: p}}, niet_uitgevraagd: {q: }}",
        ] {
            assert_eq!(paths(rule, &plan(context)), NOWHERE, "{context}");
        }
        assert_eq!(
            paths(rule, &plan("contextanalyse: {werkwijze: interviews}")).len(),
            2
        );
    }

    #[test]
    fn a_group_that_is_not_asked_has_a_reason() {
        let rule = "niet-uitgevraagd-zonder-reden";
        let context =
            "contextanalyse: {niet_uitgevraagd: {p: , q: ' ', r: Nog niet, s: [a], t: }}\n";
        let of = |ids: [&str; 3]| ids.map(|id| format!("contextanalyse.niet_uitgevraagd.{id}"));
        assert_eq!(paths(rule, context), of(["p", "q", "t"]));
        let with_groups = format!("betrokken_groepen: {{p: , q: , r: , s: }}\n{context}");
        assert_eq!(paths(rule, &with_groups), of(["p", "q", "t"])[..2]);
    }

    #[test]
    fn only_barriers_must_have_a_weight_and_be_changeable_or_not() {
        let plan = factors(&[
            "richting: belemmerend",
            "richting: bevorderend",
            "",
            "richting: remmend",
            "richting: belemmerend, invloed: 4, veranderbaar: misschien",
        ]);
        assert_eq!(
            paths("richting-ontbreekt", &plan),
            ["contextanalyse.factoren.f2"]
        );
        assert_eq!(
            paths("invloed-ontbreekt", &plan),
            ["contextanalyse.factoren.f0"]
        );
        assert_eq!(
            paths("veranderbaar-ontbreekt", &plan),
            ["contextanalyse.factoren.f0"]
        );
    }

    #[test]
    fn a_factor_of_unknown_direction_could_help() {
        let rule = "geen-bevorderende-factoren";
        let barrier = "richting: belemmerend";
        assert_eq!(paths(rule, &factors(&[barrier, barrier])), FACTORS);
        for other in ["richting: bevorderend", "richting: remmend", "invloed: 2"] {
            assert_eq!(paths(rule, &factors(&[barrier, other])), NOWHERE, "{other}");
        }
        assert_eq!(
            paths(rule, "contextanalyse: {werkwijze: interviews}"),
            NOWHERE
        );
    }

    #[test]
    fn three_levels_without_a_factor_are_too_many() {
        let rule = "niveau-niet-bekeken";
        let two = [
            "niveau: gebruiker",
            "niveau: organisatie",
            "niveau: gebruiker",
        ];
        assert_eq!(paths(rule, &factors(&two)), FACTORS);
        assert_eq!(
            paths(rule, &factors(&[two[0], two[1], "niveau: interventie"])),
            NOWHERE
        );
        assert_eq!(paths(rule, &factors(&[two[0], two[1], ""])), NOWHERE);
        assert_eq!(
            paths(rule, &factors(&[two[0], two[1], "niveau: team"])),
            NOWHERE
        );
        assert_eq!(
            paths(rule, "contextanalyse: {werkwijze: interviews}"),
            NOWHERE
        );
    }

    #[test]
    fn four_barriers_do_not_all_weigh_the_same() {
        let rule = "geen-prioriteit";
        let of = |weights: &[&str]| {
            let rows: Vec<String> = weights
                .iter()
                .map(|weight| format!("richting: belemmerend, invloed: {weight}"))
                .collect();
            factors(&rows.iter().map(String::as_str).collect::<Vec<_>>())
        };
        assert_eq!(paths(rule, &of(&["2"; 4])), FACTORS);
        for weights in [
            &["2", "2", "2"][..],
            &["2", "2", "2", "3"],
            &["2", "2", "2", "2", ""],
        ] {
            assert_eq!(paths(rule, &of(weights)), NOWHERE, "{weights:?}");
        }
        let helps = of(&["2"; 3]) + "    g: {richting: bevorderend, invloed: 2}\n";
        assert_eq!(paths(rule, &helps), NOWHERE);
        let unknown = of(&["2"; 4]) + "    g: {invloed: 3}\n";
        assert_eq!(paths(rule, &unknown), NOWHERE);
    }

    #[test]
    fn seven_focus_barriers_can_be_taken_on() {
        let rule = "te-veel-speerpunten";
        let focus = "richting: belemmerend, invloed: 2, veranderbaar: ja";
        assert_eq!(paths(rule, &factors(&[focus; 7])), NOWHERE);
        assert_eq!(paths(rule, &factors(&[focus; 8])), FACTORS);
        let fixed = factors(&[focus; 7])
            + "    g: {richting: belemmerend, invloed: 3, veranderbaar: nee}\n";
        assert_eq!(paths(rule, &fixed), NOWHERE);
    }

    #[test]
    fn only_the_heaviest_fixed_barriers_need_a_word() {
        let plan = factors(&[
            "richting: belemmerend, invloed: 3, veranderbaar: nee",
            "richting: belemmerend, invloed: 2, veranderbaar: nee",
            "richting: belemmerend, invloed: 3, veranderbaar: ja",
            "richting: belemmerend, invloed: 3",
            "richting: bevorderend, invloed: 3, veranderbaar: nee",
            "richting: belemmerend, invloed: 3, veranderbaar: nee, toelichting: Wij spreken af wat kan.",
        ]);
        assert_eq!(
            paths("onveranderbaar-zonder-toelichting", &plan),
            ["contextanalyse.factoren.f0"]
        );
    }
}
