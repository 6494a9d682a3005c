//! Rules of section 1, the description of the intervention.

use std::collections::{HashMap, HashSet};

use indexmap::{IndexMap, IndexSet};
use jiff::civil::Date;

use crate::facts::Facts;
use crate::plan::intervention::{
    ActiveIngredient, Effect, EffectKind, Intervention, MaterialStatus, Part,
};
use crate::plan::literature::citations;
use crate::plan::strategies::{Phase, StrategyKind};
use crate::rules::check::{Check, FindingSink, RuleContext};
use crate::rules::support::missing;
use crate::value::path;
use crate::value::{Answer, Entries, Id, PartRef, YesNo};

/// The rules of this section.
#[rustfmt::skip] // One rule per line.
pub const RULES: &[Check] = &[
    Check::error("profijtgroep-ontbreekt", &[], beneficiaries_missing),
    Check::warning("beschrijving-ontbreekt", &[], description_missing),
    Check::tip("probleem-ontbreekt", &[], problem_missing),
    Check::error("werkzame-bestanddelen-ontbreken", &[], active_ingredients_missing),
    Check::error("effecten-ontbreken", &["zonder"], desired_effects_missing),
    Check::warning("interventiedoel-ontbreekt", &[], intervention_goal_missing),
    Check::warning("bestanddeel-zonder-werking", &["bestanddeel"], ingredient_without_mechanism),
    Check::tip("bestanddeel-zonder-effect", &["bestanddeel"], ingredient_without_effect),
    Check::tip("ongewenste-effecten-ontbreken", &[], undesired_effects_missing),
    Check::tip("beschrijving-te-lang", &["aantal", "hoogstens"], description_too_long),
    Check::tip("kern-onbekend", &["onderdelen"], core_unknown),
    Check::tip("bestanddeel-zonder-doel", &["bestanddelen"], ingredients_without_goal)
        .resting_on(&["implementatiedoelen.*.onderdeel", "beschrijving_interventie.werkzame_bestanddelen.*.onderdeel"]),
    Check::warning("kern-aangepast", &["onderdeel", "strategie", "belemmeringen"], core_adapted),
    Check::warning("materiaal-te-laat", &["materiaal", "gereed", "ontbreekt", "groep", "activiteit", "start"], material_too_late),
];

const SECTION: &str = "beschrijving_interventie";

/// A plan names the beneficiaries of the intervention (handreiking 1).
fn beneficiaries_missing(ctx: &RuleContext<'_>, sink: &mut FindingSink<'_>) {
    section_without(ctx, sink, |section| section.beneficiaries.is_missing());
}

/// A plan starts with what the intervention is (handreiking 1): readers cannot judge the rest without it.
fn description_missing(ctx: &RuleContext<'_>, sink: &mut FindingSink<'_>) {
    section_without(ctx, sink, |section| section.description.is_missing());
}

/// The problem and its causes show why the intervention is the answer (handreiking 1).
fn problem_missing(ctx: &RuleContext<'_>, sink: &mut FindingSink<'_>) {
    section_without(ctx, sink, |section| section.problem.is_missing());
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
            let all = ctx.plan.effects();
            let without_kind = all.iter().filter(|(_, effect)| effect.kind.is_missing());
            let names: Vec<_> = without_kind.map(|(id, _)| all.name(id)).collect();
            let finding = sink.report(path![SECTION, "effecten"]);
            if !names.is_empty() {
                finding.with("zonder", names);
            }
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

/// A plan with desired effects also considers what could go wrong (our own). `effecten-ontbreken` reports a plan without them.
fn undesired_effects_missing(ctx: &RuleContext<'_>, sink: &mut FindingSink<'_>) {
    let section = ctx.plan.intervention.given();
    let effects = section.and_then(|section| section.effects.given());
    if effects.is_some_and(|effects| {
        lacks(effects, EffectKind::Undesired) && !lacks(effects, EffectKind::Desired)
    }) {
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

/// The core of an intervention is what must be carried out as intended (handreiking, introduction). If no goal is about it,
/// the plan does not aim at what makes the intervention work. Only for plans whose goals name components.
fn ingredients_without_goal(ctx: &RuleContext<'_>, sink: &mut FindingSink<'_>) {
    let (plan, ingredients) = (ctx.plan, ctx.plan.active_ingredients());
    let goals = || plan.goals().iter().map(|(_, goal)| &goal.parts);
    if !plan.goals().is_whole() || !goals().all(Answer::is_whole) {
        return;
    }
    let aimed_at: HashSet<&PartRef> = goals().flat_map(Answer::all).collect();
    let is_core = |part: &PartRef| {
        let part = plan.parts().get(part.as_ref());
        part.is_some_and(|part| part.adaptable.is(&YesNo::No))
    };
    let is_overlooked = |ingredient: &ActiveIngredient| {
        let parts = ingredient.parts.all();
        let is_missed = |part| is_core(part) && !aimed_at.contains(part);
        ingredient.parts.is_whole() && !parts.is_empty() && parts.iter().all(is_missed)
    };
    let overlooked = ingredients.iter().filter(|(_, it)| is_overlooked(it));
    let names: Vec<_> = overlooked.map(|(id, _)| ingredients.name(id)).collect();
    if !aimed_at.is_empty() && !names.is_empty() {
        sink.report(path![SECTION, "werkzame_bestanddelen"])
            .with("bestanddelen", names);
    }
}

/// Adapting the core takes away what makes the intervention work (Toolkit 3.2): only the rest may be adapted.
fn core_adapted(ctx: &RuleContext<'_>, sink: &mut FindingSink<'_>) {
    let (parts, factors) = (ctx.plan.parts(), ctx.plan.factors());
    let is_core = |part: &Part| part.adaptable.is(&YesNo::No);
    for (id, part) in parts.iter() {
        if is_core(part) && part.adaptation.given().is_some() {
            sink.report(path![SECTION, "onderdelen", id, "aanpassing"])
                .with("onderdeel", parts.name(id));
        }
    }
    let strategies = ctx.plan.strategies();
    let adapting = strategies.iter().filter(|(_, strategy)| {
        let kinds = strategy.kinds.all();
        kinds.contains(&StrategyKind::Adapting)
    });
    for (id, strategy) in adapting {
        let mut adapted: IndexMap<&str, IndexSet<&str>> = IndexMap::new();
        for barrier in strategy.barriers.all() {
            let barrier = barrier.as_ref();
            let factor = factors.get(barrier).filter(|factor| factor.is_barrier());
            let part = factor.and_then(|factor| factor.part.given());
            if let Some(part) = part.filter(|part| parts.get(part.as_ref()).is_some_and(is_core)) {
                adapted.entry(part.as_ref()).or_default().insert(barrier);
            }
        }
        for (part, barriers) in adapted {
            let barriers = barriers.iter().map(|barrier| factors.name(barrier));
            sink.report(path!["implementatiestrategieen", "strategieen", id])
                .with("onderdeel", parts.name(part))
                .with("strategie", strategies.name(id))
                .with("belemmeringen", barriers.collect::<Vec<_>>());
        }
    }
}

/// People who learn to work with the intervention need its materials from the first activity for insight (Toolkit 2.1).
fn material_too_late(ctx: &RuleContext<'_>, sink: &mut FindingSink<'_>) {
    let materials = ctx.plan.materials();
    let first = first_needed(ctx.facts);
    for (id, material) in materials.iter() {
        if !material.status.is_other_than(&MaterialStatus::Ready) {
            continue;
        }
        let groups = material.groups.all().iter();
        let needed = groups
            .filter_map(|group| first.get(group.as_str()))
            .min_by_key(|needed| needed.day);
        let due = match &material.due {
            Answer::Missing => None,
            Answer::Given(due) => match (due.date(ctx.facts.start), needed) {
                (Some(due), Some(needed)) if due > needed.day => Some(due),
                _ => continue,
            },
            Answer::Unreadable => continue,
        };
        let path = path![SECTION, "materialen", id];
        let finding = match due {
            Some(due) => sink.report(path.join("gereed")).with("gereed", due),
            None => sink.report(path),
        };
        finding.with("materiaal", materials.name(id));
        if let Some(missing) = missing(&[("gereed", due.is_none())]) {
            finding.with("ontbreekt", missing);
        }
        if let Some(needed) = needed {
            finding
                .with("groep", ctx.plan.groups().name(needed.group))
                .with("activiteit", needed.activity)
                .with("start", needed.day);
        }
    }
}

/// The first activity for which a group needs its materials.
struct Needed<'p> {
    day: Date,
    group: &'p str,
    activity: &'p str,
}

/// For each group, the first activity that has hours for it and carries out a strategy for its phase of insight or later.
fn first_needed<'p>(facts: &'p Facts<'p>) -> HashMap<&'p str, Needed<'p>> {
    let mut strategies: HashMap<&str, HashSet<&str>> = HashMap::new();
    for group in facts.users.values().chain(facts.others.values()) {
        let phases = group.strategies.iter();
        let later = phases.filter(|(phase, _)| **phase >= Phase::Insight);
        let ids = later.flat_map(|(_, strategies)| strategies.iter().map(|it| it.id));
        strategies.entry(group.id).or_default().extend(ids);
    }
    let mut first: HashMap<&str, Needed<'_>> = HashMap::new();
    for scheduled in facts.activities.values() {
        let activity = scheduled.activity;
        // An activity with an unreadable status may be cancelled.
        let is_sure = !matches!(activity.status, Answer::Unreadable) && !scheduled.is_reversed();
        let Some(day) = scheduled.start.filter(|_| is_sure) else {
            continue;
        };
        let efforts = activity.effort.given().into_iter().flat_map(Entries::iter);
        for (group, _) in efforts.filter(|(_, effort)| effort.may_need_time()) {
            let group = group.as_str();
            let Some(strategies) = strategies.get(group) else {
                continue;
            };
            let mut carried_out = activity.strategies.all().iter();
            if !carried_out.any(|strategy| strategies.contains(strategy.as_str())) {
                continue;
            }
            let needed = Needed {
                day,
                group,
                activity: scheduled.name,
            };
            if first.get(group).is_none_or(|known| day < known.day) {
                first.insert(group, needed);
            }
        }
    }
    first
}

#[cfg(test)]
mod tests {
    use super::words;
    use crate::rules::testing::{NOWHERE, assert_paths, findings, paths};

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
            ("{a: }", vec![&desired]),
            ("{a: {soort: gewenst}, b: }", vec![&undesired]),
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
    fn description_and_problem_are_reported_at_the_section() {
        let section: &[&str] = &["beschrijving_interventie"];
        for (rule, key) in [
            ("profijtgroep-ontbreekt", "profijtgroep"),
            ("beschrijving-ontbreekt", "beschrijving"),
            ("probleem-ontbreekt", "probleem"),
            ("interventiedoel-ontbreekt", "doel"),
        ] {
            let plan = |answer: &str| {
                format!("beschrijving_interventie: {{onderdelen: {{a: }}, {key}: {answer}}}")
            };
            let cases = [("", section), ("' '", section), ("x", &[]), ("[x]", &[])];
            assert_paths(rule, plan, &cases);
            assert_eq!(paths(rule, "betrokken_groepen: {a: }"), NOWHERE);
        }
    }

    #[test]
    fn goals_must_aim_at_the_core() {
        let rule = "bestanddeel-zonder-doel";
        let section: &[&str] = &["beschrijving_interventie.werkzame_bestanddelen"];
        let plan = |ingredients: &str, goals: &str| {
            format!(
                "beschrijving_interventie:
  onderdelen: {{kern: {{aanpasbaar: nee}}, ook: {{aanpasbaar: nee}}, vrij: {{aanpasbaar: ja}}, open: }}
  werkzame_bestanddelen: {{{ingredients}}}
{goals}"
            )
        };
        let of_core = "a: {onderdeel: kern}";
        let goals = |parts: &str| format!("implementatiedoelen: {{d: {{onderdeel: {parts}}}}}");
        for (ingredients, goals, expected) in [
            (of_core, goals("ook"), section),
            (of_core, goals("[ook, vrij]"), section),
            (
                "a: {onderdeel: kern}, b: {onderdeel: ook}",
                goals("ook"),
                section,
            ),
            (of_core, goals("[kern, vrij]"), &[]),
            (of_core, goals("onbekend"), &[]),
            (of_core, goals("[[kern], ook]"), &[]),
            (
                of_core,
                "implementatiedoelen: {d: {groep: g}}".to_owned(),
                &[],
            ),
            (
                of_core,
                "implementatiedoelen: {d: {onderdeel: ook}, e: later}".to_owned(),
                &[],
            ),
            (of_core, String::new(), &[]),
            ("a: {onderdeel: vrij}", goals("ook"), &[]),
            ("a: {onderdeel: open}", goals("ook"), &[]),
            ("a: ", goals("ook"), &[]),
        ] {
            assert_eq!(
                paths(rule, &plan(ingredients, &goals)),
                expected,
                "{ingredients} {goals}"
            );
        }
    }

    #[test]
    fn citations_and_link_targets_are_not_counted_as_words() {
        for (text, count) in [
            ("Psycho-educatie is 1 manier.", 5),
            ("Zie [de site](https://example.nl/a-b) en [@a-2019; @b].", 4),
            ("<https://example.nl/a> of https://example.nl", 1),
            ("[site](docs/lang-pad.md \"Titel\") en ![beeld](a/b.png)", 3),
            ("**vet** | tabel", 2),
            ("|---|:--|\n\n- 10% van foto's", 4),
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

    #[test]
    fn core_may_not_be_adapted() {
        let parts = "beschrijving_interventie:
  onderdelen: {kern: {aanpasbaar: nee}, ook: {aanpasbaar: nee}, vrij: {aanpasbaar: ja}, open: }";
        let adaptation = |part: &str| {
            let section = parts.replace("{aanpasbaar: nee}, ook", &format!("{part}, ook"));
            paths("kern-aangepast", &section)
        };
        let at = ["beschrijving_interventie.onderdelen.kern.aanpassing"];
        assert_eq!(adaptation("{aanpasbaar: nee, aanpassing: Korter.}"), at);
        for part in [
            "{aanpasbaar: nee, aanpassing: ''}",
            "{aanpasbaar: ja, aanpassing: Korter.}",
            "{aanpasbaar: soms, aanpassing: Korter.}",
            "{aanpassing: Korter.}",
        ] {
            assert_eq!(adaptation(part), NOWHERE, "{part}");
        }
        let strategy: &[&str] = &["implementatiestrategieen.strategieen.s"];
        let twice: &[&str] = &[strategy[0], strategy[0]];
        assert_paths(
            "kern-aangepast",
            |strategy| {
                format!(
                    "{parts}
contextanalyse:
  factoren:
    lang: {{richting: belemmerend, onderdeel: kern}}
    duur: {{richting: belemmerend, onderdeel: kern}}
    stijf: {{richting: belemmerend, onderdeel: ook}}
    los: {{richting: belemmerend, onderdeel: vrij}}
    fijn: {{richting: bevorderend, onderdeel: kern}}
    ver: {{richting: belemmerend}}
implementatiestrategieen: {{strategieen: {{s: {{{strategy}}}}}}}"
                )
            },
            &[
                ("soort: aanpassend, belemmeringen: lang", strategy),
                (
                    "soort: [educatief, aanpassend], belemmeringen: [lang, duur, lang]",
                    strategy,
                ),
                ("soort: aanpassend, belemmeringen: [lang, stijf]", twice),
                (
                    "soort: aanpassend, belemmeringen: [los, fijn, ver, onbekend]",
                    &[],
                ),
                ("soort: educatief, belemmeringen: lang", &[]),
                ("belemmeringen: lang", &[]),
            ],
        );
    }

    #[test]
    fn material_must_be_there_before_the_first_activity_for_insight() {
        let (material, due): (&[&str], &[&str]) = (
            &["beschrijving_interventie.materialen.kaart"],
            &["beschrijving_interventie.materialen.kaart.gereed"],
        );
        let plan = |material: &str, activities: &str| {
            format!(
                "beschrijving_interventie: {{materialen: {{kaart: {{{material}}}}}}}
betrokken_groepen: {{artsen: {{rol: uitvoerder}}, managers: {{rol: leidinggevende}}}}
gebruikers: {{artsen: , managers: }}
implementatiestrategieen:
  strategieen:
    vertellen: {{inzet: {{artsen: orientatie, managers: inzicht}}}}
    trainen: {{inzet: {{artsen: [orientatie, inzicht]}}}}
planning_en_budget: {{activiteiten: {{{activities}}}}}"
            )
        };
        let training = "t: {strategieen: trainen, start: 2027-04-01, einde: 2027-04-02, inzet: {artsen: {personen: 8, uren: 4}}}";
        let news = "v: {strategieen: vertellen, start: 2027-02-01, einde: 2027-02-02, inzet: {artsen: {personen: 8, uren: 1}}}";
        assert_paths(
            "materiaal-te-laat",
            |material| plan(material, &format!("{news}, {training}")),
            &[
                ("voor: artsen, gereed: 2027-04-02", due),
                ("voor: [managers, artsen], gereed: 2027-04-02", due),
                ("voor: artsen, gereed: na 3 maanden", due),
                ("voor: artsen, gereed: 2027-04-01", &[]),
                ("voor: artsen, status: nodig, gereed: 2027-04-02", due),
                ("voor: artsen, status: klaar, gereed: 2027-04-02", &[]),
                ("voor: artsen, status: klaar", &[]),
                ("voor: artsen, status: bijna, gereed: 2027-04-02", &[]),
                ("voor: artsen, gereed: snel", &[]),
                ("voor: managers, gereed: 2027-04-02", &[]),
                ("voor: onbekend, gereed: 2027-04-02", &[]),
                ("gereed: 2027-04-02", &[]),
                ("voor: artsen", material),
                ("voor: managers, status: in de maak", material),
                ("", material),
            ],
        );
        for activities in [
            training.replace("t: {", "t: {status: vervallen, "),
            training.replace("t: {", "t: {status: misschien, "),
            training.replace("2027-04-02", "2027-03-31"),
            training.replace("uren: 4", "uren: 0"),
            training.replace("artsen", "trekker"),
        ] {
            let plan = plan("voor: artsen, gereed: 2027-06-01", &activities);
            assert_eq!(paths("materiaal-te-laat", &plan), NOWHERE, "{activities}");
        }
    }
}
