//! Rules of section 1, the description of the intervention.

use crate::plan::intervention::{ActiveIngredient, Effect, EffectKind, Intervention};
use crate::plan::literature::citations;
use crate::rules::check::{Check, FindingSink, RuleContext};
use crate::value::path;
use crate::value::{Answer, Entries, Id};

/// The rules of this section.
#[rustfmt::skip] // One rule per line.
pub const RULES: &[Check] = &[
    Check::error("profijtgroep-ontbreekt", &[], beneficiaries_missing),
    Check::error("werkzame-bestanddelen-ontbreken", &[], active_ingredients_missing),
    Check::error("effecten-ontbreken", &[], desired_effects_missing),
    Check::warning("interventiedoel-ontbreekt", &[], intervention_goal_missing),
    Check::warning("bestanddeel-zonder-werking", &["bestanddeel"], ingredient_without_mechanism),
    Check::tip("bestanddeel-zonder-effect", &["bestanddeel"], ingredient_without_effect),
    Check::tip("ongewenste-effecten-ontbreken", &[], undesired_effects_missing),
    Check::tip("beschrijving-te-lang", &["aantal", "hoogstens"], description_too_long),
    Check::tip("kern-onbekend", &["onderdelen"], core_unknown),
];

const SECTION: &str = "beschrijving_interventie";

/// A plan names the beneficiaries of the intervention (handreiking 1).
fn beneficiaries_missing(ctx: &RuleContext<'_>, sink: &mut FindingSink<'_>) {
    section_without(ctx, sink, |section| section.beneficiaries.is_missing());
}

/// An implementation succeeds if the active ingredients can do their work, so a plan names them (handreiking 1).
fn active_ingredients_missing(ctx: &RuleContext<'_>, sink: &mut FindingSink<'_>) {
    section_without(ctx, sink, |section| section.active_ingredients.is_missing());
}

/// The desired effects are the ultimate purpose of the implementation (handreiking 1).
fn desired_effects_missing(ctx: &RuleContext<'_>, sink: &mut FindingSink<'_>) {
    let Some(section) = ctx.plan.intervention.given() else {
        return;
    };
    match &section.effects {
        Answer::Missing => {
            sink.report(path![SECTION]);
        }
        Answer::Given(effects) if lacks(effects, EffectKind::Desired) => {
            sink.report(path![SECTION, "effecten"]);
        }
        _ => {}
    }
}

/// Implementation goals contribute to the intervention goal, so a plan needs one (handreiking 5).
fn intervention_goal_missing(ctx: &RuleContext<'_>, sink: &mut FindingSink<'_>) {
    section_without(ctx, sink, |section| section.goal.is_missing());
}

fn section_without(
    ctx: &RuleContext<'_>,
    sink: &mut FindingSink<'_>,
    lacks: fn(&Intervention) -> bool,
) {
    if ctx.plan.intervention.is_given_and(lacks) {
        sink.report(path![SECTION]);
    }
}

/// An active ingredient with an unknown mechanism cannot be protected (handreiking 1).
fn ingredient_without_mechanism(ctx: &RuleContext<'_>, sink: &mut FindingSink<'_>) {
    ingredient_without(ctx, sink, |ingredient| ingredient.mechanism.is_missing());
}

/// Active ingredients cause the effects (handreiking 1): each leads to an effect, if the plan has any.
fn ingredient_without_effect(ctx: &RuleContext<'_>, sink: &mut FindingSink<'_>) {
    if !ctx.plan.effects().is_empty() {
        ingredient_without(ctx, sink, |ingredient| ingredient.leads_to.is_missing());
    }
}

fn ingredient_without(
    ctx: &RuleContext<'_>,
    sink: &mut FindingSink<'_>,
    lacks: fn(&ActiveIngredient) -> bool,
) {
    let (ingredients, parent) = (
        ctx.plan.active_ingredients(),
        path![SECTION, "werkzame_bestanddelen"],
    );
    sink.report_each(ingredients, &parent, "bestanddeel", lacks);
}

/// A plan with effects also considers what could go wrong (our own). `effecten-ontbreken` reports a plan without any effect.
fn undesired_effects_missing(ctx: &RuleContext<'_>, sink: &mut FindingSink<'_>) {
    let section = ctx.plan.intervention.given();
    let effects = section.and_then(|section| section.effects.given());
    if effects.is_some_and(|effects| lacks(effects, EffectKind::Undesired)) {
        sink.report(path![SECTION, "effecten"]);
    }
}

/// Whether no effect is, or could be, of that kind.
fn lacks(effects: &Entries<Id, Effect>, kind: EffectKind) -> bool {
    let others = effects
        .iter()
        .filter(|(_, effect)| !effect.kind.is(&kind) && effect.kind != Answer::Unreadable);
    others.count() == effects.ids().count()
}

/// A plan starts with a short description (handreiking 1): the full one belongs in the intervention's own documents.
fn description_too_long(ctx: &RuleContext<'_>, sink: &mut FindingSink<'_>) {
    const MAX_WORDS: usize = 1_200;

    let texts = ctx.reading.texts.iter();
    let prose = texts.filter(|text| text.is_prose && text.path.is_below(SECTION));
    let words: usize = prose.map(|prose| words(prose.text)).sum();
    if words > MAX_WORDS {
        sink.report(path![SECTION])
            .with("aantal", words)
            .with("hoogstens", MAX_WORDS);
    }
}

/// The number of words in a text: runs of letters and digits, without citations and link targets.
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

/// Implementers must know which components are core and which may be adapted (Toolkit 2.1).
fn core_unknown(ctx: &RuleContext<'_>, sink: &mut FindingSink<'_>) {
    let parts = ctx.plan.parts();
    let unknown = parts.iter().filter(|(_, part)| part.adaptable.is_missing());
    let unknown = unknown.count();
    if unknown > 0 && unknown == parts.ids().count() {
        sink.report(path![SECTION, "onderdelen"])
            .with("onderdelen", unknown);
    }
}

#[cfg(test)]
mod tests {
    use super::words;
    use crate::rules::testing::{assert_paths, findings, paths};

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
    fn both_kinds_of_effects_are_required() {
        let section = "beschrijving_interventie";
        let desired = format!("effecten-ontbreken {section}.effecten");
        let undesired = format!("ongewenste-effecten-ontbreken {section}.effecten");
        let all = format!("effecten-ontbreken {section}");
        for (given, expected) in [
            ("", vec![&all]),
            ("{a: {soort: gewenst}}", vec![&undesired]),
            ("{a: {soort: ongewenst}}", vec![&desired]),
            ("{a: }", vec![&desired, &undesired]),
            ("{a: {soort: goed}}", vec![]),
            ("{a: {soort: gewenst}, b: {soort: ongewenst}}", vec![]),
        ] {
            assert_eq!(
                effects(given).iter().collect::<Vec<_>>(),
                expected,
                "{given}"
            );
        }
    }

    #[test]
    fn citations_and_link_targets_are_not_counted_as_words() {
        for (text, count) in [
            ("Psycho-educatie is 1 manier.", 5),
            ("Zie [de site](https://example.nl/a-b) en [@a-2019; @b].", 4),
            ("<https://example.nl/a> of https://example.nl", 1),
            ("**vet** | tabel", 2),
            ("", 0),
        ] {
            assert_eq!(words(text), count, "{text}");
        }
    }

    #[test]
    fn description_may_have_1200_words_over_all_fields() {
        let plan = |more: usize| {
            let (half, more) = ("woord ".repeat(600), "woord ".repeat(more));
            let onderdelen = "onderdelen: {a: {naam: telt niet mee, aanpasbaar: ja}}";
            format!(
                "beschrijving_interventie: {{beschrijving: {half}, effecten: {{a: {{beschrijving: {more}}}}}, {onderdelen}}}"
            )
        };
        let rule = "beschrijving-te-lang";
        assert_eq!(paths(rule, &plan(600)), [""; 0]);
        assert_eq!(paths(rule, &plan(601)), ["beschrijving_interventie"]);
    }

    #[test]
    fn one_component_with_known_adaptability_is_enough() {
        let parts: &[&str] = &["beschrijving_interventie.onderdelen"];
        assert_paths(
            "kern-onbekend",
            |parts| format!("beschrijving_interventie: {{onderdelen: {parts}}}"),
            &[
                ("{a: , b: {naam: B}}", parts),
                ("{a: , b: {aanpasbaar: nee}}", &[]),
                ("{a: , b: {aanpasbaar: soms}}", &[]),
                ("", &[]),
            ],
        );
    }
}
