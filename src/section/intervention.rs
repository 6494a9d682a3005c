//! Section 1, the intervention ("Beschrijving interventie", handreiking 1): what it is, for whom, what makes it work.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::annex::literature::citations;
use crate::path;
use crate::path::Step;
use crate::rule::{Found, Rule, Whole};
use crate::value::{
    Answer, EffectRef, Entries, Id, OneOrMany, PartRef, Prose, SourceRef, Text, YesNo, choice,
    named,
};

/// The rules of this section.
pub const RULES: &[Rule] = &[
    Rule::error("profijtgroep-ontbreekt", beneficiaries_missing),
    Rule::error(
        "werkzame-bestanddelen-ontbreken",
        active_ingredients_missing,
    ),
    Rule::error("effecten-ontbreken", desired_effects_missing),
    Rule::warning("interventiedoel-ontbreekt", intervention_goal_missing),
    Rule::warning("bestanddeel-zonder-werking", ingredient_without_mechanism),
    Rule::tip("bestanddeel-zonder-effect", ingredient_without_effect),
    Rule::tip("ongewenste-effecten-ontbreken", undesired_effects_missing),
    Rule::tip("beschrijving-te-lang", description_too_long),
    Rule::tip("kern-onbekend", core_unknown),
];

const SECTION: &str = "beschrijving_interventie";

/// The intervention that is brought into the organisation.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct Intervention {
    /// What the intervention is: origin, activities, intensity.
    #[serde(rename = "beschrijving")]
    pub description: Answer<Prose>,
    /// Which problem it is for, and what is known of its causes.
    #[serde(rename = "probleem")]
    pub problem: Answer<Prose>,
    /// Whom the intervention is for ("profijtgroep").
    #[serde(rename = "profijtgroep")]
    pub beneficiaries: Answer<Prose>,
    /// The intervention goal: what changes for the beneficiaries.
    #[serde(rename = "doel")]
    pub goal: Answer<Prose>,
    /// Its components ("onderdelen").
    #[serde(rename = "onderdelen")]
    pub parts: Answer<Entries<Id, Part>>,
    /// What makes it work ("werkzame bestanddelen").
    #[serde(rename = "werkzame_bestanddelen")]
    pub active_ingredients: Answer<Entries<Id, ActiveIngredient>>,
    /// What it can bring about.
    #[serde(rename = "effecten")]
    pub effects: Answer<Entries<Id, Effect>>,
}

/// A component of the intervention ("onderdeel").
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct Part {
    /// What it is called.
    #[serde(rename = "naam")]
    pub name: Answer<Text>,
    /// What it is.
    #[serde(rename = "beschrijving")]
    pub description: Answer<Prose>,
    /// Whether it may be adapted to the context, or belongs to the core.
    #[serde(rename = "aanpasbaar")]
    pub adaptable: Answer<YesNo>,
    /// Whether this plan focuses on it.
    pub focus: Answer<YesNo>,
}

/// What makes the intervention work ("werkzaam bestanddeel").
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct ActiveIngredient {
    /// What it is called.
    #[serde(rename = "naam")]
    pub name: Answer<Text>,
    /// How it works.
    #[serde(rename = "werking")]
    pub mechanism: Answer<Prose>,
    /// What that rests on.
    #[serde(rename = "bron")]
    pub sources: Answer<OneOrMany<SourceRef>>,
    /// The component that it is in.
    #[serde(rename = "onderdeel")]
    pub part: Answer<PartRef>,
    /// The effects that it leads to.
    #[serde(rename = "leidt_tot")]
    pub leads_to: Answer<OneOrMany<EffectRef>>,
}

/// Something that the intervention can bring about.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct Effect {
    /// What it is called.
    #[serde(rename = "naam")]
    pub name: Answer<Text>,
    /// What it is.
    #[serde(rename = "beschrijving")]
    pub description: Answer<Prose>,
    /// Whether it is wanted.
    #[serde(rename = "soort")]
    pub kind: Answer<EffectKind>,
    /// What that rests on.
    #[serde(rename = "bron")]
    pub sources: Answer<OneOrMany<SourceRef>>,
}

choice! {
    /// Whether an effect is wanted.
    pub enum EffectKind ("soort_effect") {
        /// Wanted.
        Desired = "gewenst",
        /// Not wanted.
        Undesired = "ongewenst",
    }
}

named!(Part, ActiveIngredient, Effect);

/// A plan says whom the intervention is for (handreiking 1).
fn beneficiaries_missing(whole: &Whole<'_>, found: &mut Found<'_>) {
    if whole
        .plan
        .intervention
        .is_given_and(|section| section.beneficiaries.is_missing())
    {
        found.at(path![SECTION]);
    }
}

/// Implementation has succeeded when the active ingredients can do their work, so a plan names them (handreiking 1).
fn active_ingredients_missing(whole: &Whole<'_>, found: &mut Found<'_>) {
    if whole
        .plan
        .intervention
        .is_given_and(|section| section.active_ingredients.is_missing())
    {
        found.at(path![SECTION]);
    }
}

/// Desired effects say what the implementation is for in the end (handreiking 1).
fn desired_effects_missing(whole: &Whole<'_>, found: &mut Found<'_>) {
    let Some(section) = whole.plan.intervention.given() else {
        return;
    };
    match &section.effects {
        Answer::Missing => {
            found.at(path![SECTION]);
        }
        Answer::Given(effects) if lacks(effects, EffectKind::Desired) => {
            found.at(path![SECTION, "effecten"]);
        }
        _ => {}
    }
}

/// Implementation goals are judged by what they add to the intervention goal, so a plan has one (handreiking 5).
fn intervention_goal_missing(whole: &Whole<'_>, found: &mut Found<'_>) {
    if whole
        .plan
        .intervention
        .is_given_and(|section| section.goal.is_missing())
    {
        found.at(path![SECTION]);
    }
}

/// An ingredient of which nobody knows how it works cannot be guarded (handreiking 1).
fn ingredient_without_mechanism(whole: &Whole<'_>, found: &mut Found<'_>) {
    let ingredients = whole.plan.active_ingredients();
    for (id, _) in ingredients
        .iter()
        .filter(|(_, ingredient)| ingredient.mechanism.is_missing())
    {
        found
            .at(path![SECTION, "werkzame_bestanddelen", id])
            .with("bestanddeel", ingredients.name(id));
    }
}

/// Active ingredients are what brings effects about (handreiking 1): each leads to one of the effects, once there are any.
fn ingredient_without_effect(whole: &Whole<'_>, found: &mut Found<'_>) {
    let ingredients = whole.plan.active_ingredients();
    if whole.plan.effects().is_empty() {
        return;
    }
    for (id, _) in ingredients
        .iter()
        .filter(|(_, ingredient)| ingredient.leads_to.is_missing())
    {
        found
            .at(path![SECTION, "werkzame_bestanddelen", id])
            .with("bestanddeel", ingredients.name(id));
    }
}

/// Who names effects also asks what could go wrong (our own). Without any effect there is another rule that speaks.
fn undesired_effects_missing(whole: &Whole<'_>, found: &mut Found<'_>) {
    let effects = whole
        .plan
        .intervention
        .given()
        .and_then(|section| section.effects.given());
    if effects.is_some_and(|effects| lacks(effects, EffectKind::Undesired)) {
        found.at(path![SECTION, "effecten"]);
    }
}

/// Whether no effect is of that kind, nor one that cannot be read.
fn lacks(effects: &Entries<Id, Effect>, kind: EffectKind) -> bool {
    let others = effects
        .iter()
        .filter(|(_, effect)| !effect.kind.is(&kind) && effect.kind != Answer::Unreadable);
    others.count() == effects.ids().count()
}

/// A plan starts with a short description (handreiking 1): the full one belongs in the intervention's own papers.
fn description_too_long(whole: &Whole<'_>, found: &mut Found<'_>) {
    const MOST: usize = 1_200;

    let reading = whole.reading;
    let section = Some(Step::from(SECTION));
    let prose = reading
        .texts
        .iter()
        .filter(|text| text.is_prose && text.path.steps().next() == section.as_ref());
    let words: usize = prose.map(|prose| words(prose.text)).sum();
    if words > MOST {
        found
            .at(path![SECTION])
            .with("aantal", words)
            .with("hoogstens", MOST);
    }
}

/// How many runs of letters and digits a text has, without its citations and the targets of its links.
fn words(prose: &str) -> usize {
    let mut text = String::with_capacity(prose.len());
    let mut read = 0;
    for citation in citations(prose) {
        text.push_str(prose.get(read..citation.range.start).unwrap_or_default());
        text.push(' ');
        read = citation.range.end;
    }
    text.push_str(prose.get(read..).unwrap_or_default());
    let mut parts = text.split("](");
    let first = parts.next().unwrap_or_default();
    let after_links = parts.map(|part| part.split_once(')').map_or(part, |(_, after)| after));
    std::iter::once(first)
        .chain(after_links)
        .flat_map(str::split_whitespace)
        .filter(|word| !word.contains("://"))
        .flat_map(|word| word.split(|letter: char| !letter.is_alphanumeric()))
        .filter(|word| !word.is_empty())
        .count()
}

/// Who carries the intervention out must know which components are its core and which may be adapted (Toolkit 2.1).
fn core_unknown(whole: &Whole<'_>, found: &mut Found<'_>) {
    let parts = whole.plan.parts();
    let unsaid = parts
        .iter()
        .filter(|(_, part)| part.adaptable.is_missing())
        .count();
    if unsaid > 0 && unsaid == parts.ids().count() {
        found
            .at(path![SECTION, "onderdelen"])
            .with("onderdelen", unsaid);
    }
}

#[cfg(test)]
mod tests {
    use std::slice;

    use super::words;
    use crate::testing::{findings, paths};

    fn effects(effects: &str) -> Vec<String> {
        let found = findings(&format!(
            "beschrijving_interventie: {{probleem: x, effecten: {effects}}}"
        ));
        let found = found
            .into_iter()
            .filter(|(rule, _)| rule.ends_with("effecten-ontbreken"));
        found.map(|(rule, path)| format!("{rule} {path}")).collect()
    }

    #[test]
    fn effects_are_wanted_of_both_kinds() {
        let section = "beschrijving_interventie";
        let desired = format!("effecten-ontbreken {section}.effecten");
        let undesired = format!("ongewenste-effecten-ontbreken {section}.effecten");
        assert_eq!(effects(""), [format!("effecten-ontbreken {section}")]);
        assert_eq!(
            effects("{a: {soort: gewenst}}"),
            slice::from_ref(&undesired)
        );
        assert_eq!(
            effects("{a: {soort: ongewenst}}"),
            slice::from_ref(&desired)
        );
        assert_eq!(effects("{a: }"), [desired, undesired]);
        assert_eq!(effects("{a: {soort: goed}}"), [""; 0]);
        assert_eq!(
            effects("{a: {soort: gewenst}, b: {soort: ongewenst}}"),
            [""; 0]
        );
    }

    #[test]
    fn citations_and_the_targets_of_links_are_no_words() {
        assert_eq!(words("Psycho-educatie is 1 manier."), 5);
        assert_eq!(
            words("Zie [de site](https://example.nl/a-b) en [@a-2019; @b]."),
            4
        );
        assert_eq!(words("<https://example.nl/a> of https://example.nl"), 1);
        assert_eq!(words("**vet** | tabel"), 2);
        assert_eq!(words(""), 0);
    }

    #[test]
    fn a_description_of_1200_words_in_all_fields_together_is_short_enough() {
        let plan = |more: usize| {
            let (half, more) = ("woord ".repeat(600), "woord ".repeat(more));
            let onderdelen = "onderdelen: {a: {naam: telt niet mee, aanpasbaar: ja}}";
            format!(
                "beschrijving_interventie: {{beschrijving: {half}, effecten: {{a: {{beschrijving: {more}}}}}, {onderdelen}}}"
            )
        };
        assert_eq!(paths("beschrijving-te-lang", &plan(600)), [""; 0]);
        assert_eq!(
            paths("beschrijving-te-lang", &plan(601)),
            ["beschrijving_interventie"]
        );
    }

    #[test]
    fn one_component_that_says_whether_it_may_change_is_enough() {
        let parts = |parts: &str| {
            paths(
                "kern-onbekend",
                &format!("beschrijving_interventie: {{onderdelen: {parts}}}"),
            )
        };
        assert_eq!(
            parts("{a: , b: {naam: B}}"),
            ["beschrijving_interventie.onderdelen"]
        );
        assert_eq!(parts("{a: , b: {aanpasbaar: nee}}"), [""; 0]);
        assert_eq!(parts("{a: , b: {aanpasbaar: soms}}"), [""; 0]);
        assert_eq!(parts(""), [""; 0]);
    }
}
