//! Rules of section 5, implementation goals.

use std::collections::HashSet;
use std::sync::LazyLock;

use indexmap::IndexSet;

use crate::document::occurrences;
use crate::facts::UserGroup;
use crate::facts::links::pointing_at;
use crate::finding::Focus;
use crate::plan::Plan;
use crate::plan::goals::Goal;
use crate::plan::users::Aspect;
use crate::rules::check::{Check, FindingSink, RuleContext};
use crate::rules::phrases::Phrases;
use crate::rules::support::{goals_name_their_groups, is_beneficiary, is_unknown_group};
use crate::value::norm::{Norm, Quantity};
use crate::value::path;
use crate::value::{Answer, GroupRef, OneOrMany, PartRef};

/// The rules of this section.
#[rustfmt::skip] // One rule per line.
pub const RULES: &[Check] = &[
    Check::error("gebruiker-zonder-doel", &["groep"], user_without_goal).resting_on(&["implementatiedoelen.*.groep"]),
    Check::warning("doel-zonder-gebruiker", &["doel", "groep"], goal_without_user).resting_on(&["gebruikers.*"]),
    Check::warning("doel-is-interventiedoel", &["doel", "groep"], intervention_goal),
    Check::error("doel-niet-specifiek", &["doel"], goal_not_specific),
    Check::warning("doel-niet-meetbaar", &["doel", "norm"], goal_not_measurable),
    Check::tip("doel-niet-afgestemd", &["doel"], goal_not_agreed),
    Check::tip("doel-niet-onderbouwd-haalbaar", &["doel"], goal_not_argued_feasible),
    Check::warning("doel-niet-tijdgebonden", &["doel"], goal_not_time_bound),
    Check::tip("doel-zonder-nulmeting", &["doel"], goal_without_baseline),
    Check::warning("nulmeting-andere-eenheid", &["nulmeting", "norm", "doel"], baseline_in_another_unit),
    Check::warning("doel-al-gehaald", &["doel", "nulmeting", "norm"], goal_already_met),
    Check::tip("vaag-woord", &["doel", "woorden"], vague_words),
    Check::warning("soll-en-doel-lopen-uiteen", &["groep", "veranderingen", "doelen"], desired_state_and_goals_diverge)
        .resting_on(&["implementatiedoelen.*.groep"]),
    Check::warning("doel-na-einde", &["doel", "termijn", "einde", "start"], goal_outside_the_plan),
    Check::tip("gedrag-zonder-doel", &["groep", "veranderingen", "resultaten"], behaviour_without_result)
        .resting_on(&["implementatiedoelen.*.groep"]),
];

/// Words in a result that cannot be observed.
static VAGUE: LazyLock<Phrases> = LazyLock::new(|| Phrases::read(include_str!("lists/vague.txt")));

/// Each user group needs a goal: the implementation has succeeded for a group when its goal is reached (handreiking 5).
fn user_without_goal(ctx: &RuleContext<'_>, sink: &mut FindingSink<'_>) {
    if ctx.plan.goals.given().is_none() || !goals_name_their_groups(ctx.plan) {
        return;
    }
    for user in ctx.facts.professionals() {
        if pointing_at(&ctx.facts.links.goals_of_group, user.id).is_empty() {
            sink.report_user(user);
        }
    }
}

/// A goal describes what a user group will visibly do, so its group must be one that changes (handreiking 5).
fn goal_without_user(ctx: &RuleContext<'_>, sink: &mut FindingSink<'_>) {
    if ctx.plan.users.given().is_none() {
        return;
    }
    for (id, goal) in ctx.plan.goals().iter() {
        let Some(group) = goal.group.given().map(AsRef::as_ref) else {
            continue;
        };
        let is_known = !is_unknown_group(ctx.plan, group);
        if is_known && !is_beneficiary(ctx.plan, group) && !ctx.plan.users().contains(group) {
            report_group(ctx, sink, id, group);
        }
    }
}

/// A change for the beneficiaries is a goal of the intervention. It says little about the implementation, because many other
/// things influence it (handreiking 5).
fn intervention_goal(ctx: &RuleContext<'_>, sink: &mut FindingSink<'_>) {
    for (id, goal) in ctx.plan.goals().iter() {
        if let Some(group) = goal.group.given()
            && is_beneficiary(ctx.plan, group.as_ref())
        {
            report_group(ctx, sink, id, group.as_ref());
        }
    }
}

fn report_group(ctx: &RuleContext<'_>, sink: &mut FindingSink<'_>, goal: &str, group: &str) {
    sink.report(path!["implementatiedoelen", goal, "groep"])
        .with("doel", ctx.plan.goals().name(goal))
        .with("groep", ctx.plan.groups().name(group));
}

/// S of SMART: a goal says what people will visibly do (handreiking 5).
fn goal_not_specific(ctx: &RuleContext<'_>, sink: &mut FindingSink<'_>) {
    goal_without(ctx, sink, |goal| goal.results.is_missing());
}

/// M of SMART: a goal needs a number or a yes-or-no norm that shows whether it is reached (handreiking 5).
fn goal_not_measurable(ctx: &RuleContext<'_>, sink: &mut FindingSink<'_>) {
    goal_without(ctx, sink, |goal| goal.target.is_missing());
    for (id, goal) in implementation_goals(ctx.plan) {
        if let Some(target) = goal.target.given()
            && Norm::of(target.as_str()).is_none()
        {
            sink.report(path!["implementatiedoelen", id, "norm"])
                .with("doel", ctx.plan.goals().name(id))
                .with("norm", target.as_str());
        }
    }
}

/// A of SMART: the people who must act have agreed to the goal (handreiking 5).
fn goal_not_agreed(ctx: &RuleContext<'_>, sink: &mut FindingSink<'_>) {
    goal_without(ctx, sink, |goal| goal.agreed_with.is_missing());
}

/// R of SMART: the plan says why the goal is within reach (handreiking 5).
fn goal_not_argued_feasible(ctx: &RuleContext<'_>, sink: &mut FindingSink<'_>) {
    goal_without(ctx, sink, |goal| goal.feasible_because.is_missing());
}

/// T of SMART: a goal needs a term, or nobody knows when to check it (handreiking 5).
fn goal_not_time_bound(ctx: &RuleContext<'_>, sink: &mut FindingSink<'_>) {
    goal_without(ctx, sink, |goal| goal.term.is_missing());
}

/// Progress towards a number can only be seen from a baseline.
fn goal_without_baseline(ctx: &RuleContext<'_>, sink: &mut FindingSink<'_>) {
    goal_without(ctx, sink, |goal| {
        target_number(goal).is_some() && goal.baseline.is_missing()
    });
}

fn goal_without(ctx: &RuleContext<'_>, sink: &mut FindingSink<'_>, lacks: fn(&Goal) -> bool) {
    for (id, _) in implementation_goals(ctx.plan).filter(|(_, goal)| lacks(goal)) {
        sink.report(path!["implementatiedoelen", id])
            .with("doel", ctx.plan.goals().name(id));
    }
}

/// The goals, except those of beneficiaries: `doel-is-interventiedoel` says that these belong in section 1.
fn implementation_goals(plan: &Plan) -> impl Iterator<Item = (&str, &Goal)> {
    let is_beneficiary = |group: &GroupRef| is_beneficiary(plan, group.as_ref());
    let goals = plan.goals().iter();
    goals.filter(move |(_, goal)| !goal.group.is_given_and(is_beneficiary))
}

/// The number in a goal's norm, if it has one.
fn target_number(goal: &Goal) -> Option<Quantity> {
    Norm::of(goal.target.given()?.as_str())?.number().cloned()
}

/// A norm and a baseline in different units cannot be compared: three conversations are not a percentage.
fn baseline_in_another_unit(ctx: &RuleContext<'_>, sink: &mut FindingSink<'_>) {
    for (id, goal) in implementation_goals(ctx.plan) {
        if let (Some(target), Some(baseline)) = (goal.target.given(), goal.baseline.given())
            && let Some(norm) = Norm::of(target.as_str())
            && norm.fits(baseline.as_str()) == Some(false)
        {
            report_baseline(ctx, sink, id, target.as_str(), baseline.as_str());
        }
    }
}

/// A goal whose baseline already meets its norm requires nothing: it is not realistic but done (handreiking 5).
fn goal_already_met(ctx: &RuleContext<'_>, sink: &mut FindingSink<'_>) {
    for (id, goal) in implementation_goals(ctx.plan) {
        if let (Some(target), Some(baseline)) = (goal.target.given(), goal.baseline.given())
            && goal.is_met_by(baseline.as_str()) == Some(true)
        {
            report_baseline(ctx, sink, id, target.as_str(), baseline.as_str());
        }
    }
}

fn report_baseline(
    ctx: &RuleContext<'_>,
    sink: &mut FindingSink<'_>,
    id: &str,
    target: &str,
    baseline: &str,
) {
    sink.report(path!["implementatiedoelen", id, "nulmeting"])
        .with("doel", ctx.plan.goals().name(id))
        .with("norm", target)
        .with("nulmeting", baseline);
}

/// A result must be observable. Unless a number says how much is enough, words such as "voldoende" leave it open
/// (handreiking 5).
fn vague_words(ctx: &RuleContext<'_>, sink: &mut FindingSink<'_>) {
    for (id, goal) in implementation_goals(ctx.plan) {
        if matches!(goal.target, Answer::Unreadable) || target_number(goal).is_some() {
            continue;
        }
        let results = goal.results.given().into_iter();
        for (index, result) in results.flat_map(OneOrMany::iter_with_steps) {
            let text = result.as_str();
            let matches = VAGUE.all(text);
            let Some(first) = matches.first() else {
                continue;
            };
            let word = &text[first.clone()];
            let earlier = occurrences(text, word)
                .take_while(|occurrence| occurrence.start < first.start)
                .count();
            let words: IndexSet<String> = matches
                .iter()
                .map(|range| text[range.clone()].to_lowercase())
                .collect();
            let mut path = path!["implementatiedoelen", id, "resultaten"];
            if let Some(index) = index {
                path.push(index);
            }
            sink.report(path)
                .focus(Focus::Word(word.to_owned(), earlier))
                .with("doel", ctx.plan.goals().name(id))
                .with("woorden", words.into_iter().collect::<Vec<_>>());
        }
    }
}

/// Goals and desired states are two views of one thing. If both name components of the intervention but share none, one was
/// changed without the other (handreiking 4 and 5).
fn desired_state_and_goals_diverge(ctx: &RuleContext<'_>, sink: &mut FindingSink<'_>) {
    if !goals_name_their_groups(ctx.plan) {
        return;
    }
    let names = |parts: HashSet<&str>| {
        let names = parts.into_iter().map(|part| ctx.plan.parts().name(part));
        let mut names: Vec<_> = names.collect();
        names.sort();
        names
    };
    for user in ctx.facts.professionals() {
        let in_goals = parts_of_goals(ctx, &goals_of(ctx, user));
        if let (Some(in_changes), Some(in_goals)) = (parts_of_changes(ctx, user), in_goals)
            && !in_changes.is_empty()
            && !in_goals.is_empty()
            && in_changes.is_disjoint(&in_goals)
        {
            sink.report_user(user)
                .with("veranderingen", names(in_changes))
                .with("doelen", names(in_goals));
        }
    }
}

/// The components that a group's changes name; `None` if one of them is unknown.
fn parts_of_changes<'p>(ctx: &RuleContext<'p>, user: &UserGroup<'p>) -> Option<HashSet<&'p str>> {
    let user = ctx.plan.users().get(user.id)?;
    if !user.is_whole() {
        return None;
    }
    let parts = user.changes().map(|(_, change)| &change.part);
    parts
        .filter(|part| !part.is_missing())
        .map(|part| known_part(ctx.plan, part.given()?))
        .collect()
}

/// The components that goals name; `None` if one of them is unknown.
fn parts_of_goals<'p>(ctx: &RuleContext<'p>, goals: &[&'p Goal]) -> Option<HashSet<&'p str>> {
    if !goals.iter().all(|goal| goal.parts.is_whole()) {
        return None;
    }
    let parts = goals.iter().flat_map(|goal| goal.parts.all());
    parts.map(|part| known_part(ctx.plan, part)).collect()
}

/// The id of a component, unless section 1 exists without it.
fn known_part<'p>(plan: &Plan, part: &'p PartRef) -> Option<&'p str> {
    let is_known = plan.intervention.given().is_none() || plan.parts().contains(part.as_str());
    is_known.then(|| part.as_str())
}

fn goals_of<'p>(ctx: &RuleContext<'p>, user: &UserGroup<'p>) -> Vec<&'p Goal> {
    let ids = pointing_at(&ctx.facts.links.goals_of_group, user.id);
    ids.iter()
        .filter_map(|id| ctx.plan.goals().get(id))
        .collect()
}

/// The term of a goal must end within the plan: after the plan, nobody checks the goal (handreiking 5 and 12).
fn goal_outside_the_plan(ctx: &RuleContext<'_>, sink: &mut FindingSink<'_>) {
    let (start, end) = (ctx.facts.start, ctx.facts.end);
    for (id, _) in implementation_goals(ctx.plan) {
        let Some(term) = ctx.facts.terms.get(id) else {
            continue;
        };
        let Some(ends) = term.ends else { continue };
        let too_late = end.filter(|_| term.is_late);
        let too_early = start.filter(|start| ends < *start);
        if too_late.is_none() && too_early.is_none() {
            continue;
        }
        let finding = sink.report(path!["implementatiedoelen", id, "termijn"]);
        finding
            .with("doel", ctx.plan.goals().name(id))
            .with("termijn", ends);
        if let Some(end) = too_late {
            finding.with("einde", end);
        } else if let Some(start) = too_early {
            finding.with("start", start);
        }
    }
}

/// Each change of behaviour needs an observable result: otherwise nobody notices whether it happened (handreiking 5).
fn behaviour_without_result(ctx: &RuleContext<'_>, sink: &mut FindingSink<'_>) {
    if !goals_name_their_groups(ctx.plan) {
        return;
    }
    for user in ctx.facts.professionals() {
        let Some(answers) = ctx.plan.users().get(user.id) else {
            continue;
        };
        let desired = answers.changes().filter(|(_, change)| {
            change.aspect.is(&Aspect::Behaviour) && change.desired.given().is_some()
        });
        let changes = desired.count();
        let goals = goals_of(ctx, user);
        let results: usize = goals.iter().map(|goal| goal.results.all().len()).sum();
        // Groups without goals and goals without results have their own findings.
        let is_clear = goals
            .iter()
            .all(|goal| goal.results.is_given_and(OneOrMany::is_whole));
        if is_clear && !goals.is_empty() && results < changes {
            sink.report_user(user)
                .with("veranderingen", changes)
                .with("resultaten", results);
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::rules::testing::{NOWHERE, assert_paths, paths};

    const GROUPS: &str = "betrokken_groepen: {p: {rol: uitvoerder}, q: {rol: leidinggevende}, k: {rol: profijtgroep}, x: }\n";

    #[test]
    fn user_groups_other_than_beneficiaries_need_a_goal() {
        assert_paths(
            "gebruiker-zonder-doel",
            |goals| format!("{GROUPS}gebruikers: {{p: , q: , k: , x: , y: }}\n{goals}"),
            &[
                ("implementatiedoelen: {d: {groep: p}}", &["gebruikers.q"]),
                ("", &[]),
                ("implementatiedoelen: {}", &[]),
                ("implementatiedoelen: {d: {groep: p}, e: {groep: [q]}}", &[]),
                ("implementatiedoelen: {d: {groep: p}, e: later}", &[]),
                ("implementatiedoelen: later", &[]),
            ],
        );
    }

    #[test]
    fn goals_must_belong_to_a_user_group() {
        let plan = |users: &str, group: &str| {
            format!("{GROUPS}{users}\nimplementatiedoelen: {{d: {{groep: {group}}}}}\n")
        };
        let (no_user, of_intervention) = ("doel-zonder-gebruiker", "doel-is-interventiedoel");
        let users = "gebruikers: {p: }";
        for (users, group, broken) in [
            (users, "p", ""),
            (users, "q", no_user),
            (users, "x", no_user),
            (users, "k", of_intervention),
            ("gebruikers: {p: , k: }", "k", of_intervention),
            (users, "onbekend", ""),
            (users, "", ""),
            ("", "q", ""),
            ("", "k", of_intervention),
        ] {
            for rule in [no_user, of_intervention] {
                let at_group: &[&str] = &["implementatiedoelen.d.groep"];
                let expected = if rule == broken { at_group } else { &[] };
                assert_paths(rule, |users| plan(users, group), &[(users, expected)]);
            }
        }
    }

    fn goal(answers: &str) -> String {
        format!("implementatiedoelen: {{d: {{{answers}}}}}\n")
    }

    #[test]
    fn missing_answers_are_reported_at_the_goal() {
        for (rule, key) in [
            ("doel-niet-specifiek", "resultaten"),
            ("doel-niet-meetbaar", "norm"),
            ("doel-niet-afgestemd", "afgestemd_met"),
            ("doel-niet-onderbouwd-haalbaar", "haalbaar_omdat"),
            ("doel-niet-tijdgebonden", "termijn"),
        ] {
            let at_goal: &[&str] = &["implementatiedoelen.d"];
            assert_paths(rule, goal, &[("", at_goal)]);
            for empty in ["", "' '", "[]", "['']"] {
                assert_paths(rule, goal, &[(&format!("{key}: {empty}"), at_goal)]);
            }
            assert_paths(rule, goal, &[(&format!("{key}: {{a: b}}"), &[])]);
        }
    }

    #[test]
    fn norms_are_a_number_or_yes_or_no() {
        let at_norm: &[&str] = &["implementatiedoelen.d.norm"];
        assert_paths(
            "doel-niet-meetbaar",
            |norm| goal(&format!("norm: {norm}")),
            &[
                ("80%", &[]),
                ("20 gesprekken per maand", &[]),
                ("1,5 uur", &[]),
                ("Ja / Nee", &[]),
                ("minstens 80%", &[]),
                ("at least 50%", &[]),
                ("'>= 50%'", &[]),
                ("bij 80% van de trajecten", &[]),
                ("gemiddeld een 7", &[]),
                ("in een rustige kamer", at_norm),
                ("zoveel mogelijk", at_norm),
                ("ja", at_norm),
                ("alle gesprekken", at_norm),
            ],
        );
    }

    #[test]
    fn numeric_norm_needs_a_baseline_in_its_unit_that_falls_short() {
        let (missing, other_unit, met) = (
            "doel-zonder-nulmeting",
            "nulmeting-andere-eenheid",
            "doel-al-gehaald",
        );
        let share = "80% van de trajecten";
        for (norm, baseline, expected) in [
            (share, "", missing),
            ("80%", "[10%]", ""),
            ("ja/nee", "", ""),
            ("ja/nee", "nee", ""),
            ("ja/nee", "ja", ""),
            ("ja/nee", "10%", other_unit),
            (share, "10% van de trajecten", ""),
            (share, "onbekend", ""),
            (share, "3 gesprekken", other_unit),
            (share, "90 gesprekken", other_unit),
            ("80%", "79.9%", ""),
            ("80%", "'79,9%'", ""),
            ("80%", "80 %", met),
            ("80%", "80%, richting: omhoog", met),
            ("20 gesprekken", "1 gesprek", ""),
            ("1 gesprek", "2 gesprekken", met),
            ("20 gesprekken per week", "30 gesprekken per maand", ""),
            ("10%", "30%, richting: omlaag", ""),
            ("10%", "10%, richting: omlaag", met),
            ("10%", "30%, richting: opzij", ""),
            ("minstens 10%", "30%", met),
            ("hoogstens 10%", "30%", ""),
            ("hoogstens 10%", "5%", met),
            ("binnen 5 werkdagen", "12 werkdagen", ""),
            ("binnen 5 werkdagen", "3 werkdagen", met),
            ("10 gesprekken per maand", "2 per maand", ""),
            ("10 gesprekken per maand", "12 per maand", met),
            ("10 gesprekken per maand", "5 nieuwe gesprekken", ""),
            ("at least 50 per cent", "28 percent", ""),
        ] {
            let plan = goal(&format!("norm: {norm}, nulmeting: {baseline}"));
            let rules = [missing, other_unit, met].into_iter();
            let found: Vec<&str> = rules
                .filter(|rule| !paths(rule, &plan).is_empty())
                .collect();
            assert_eq!(found.join(" "), expected, "{norm} {baseline}");
        }
        let at_goal: &[&str] = &["implementatiedoelen.d"];
        assert_paths(
            missing,
            goal,
            &[("norm: 80%", at_goal), ("norm: ja/nee", &[])],
        );
        let both = goal("norm: 80%, nulmeting: 90%");
        assert_eq!(paths(met, &both), ["implementatiedoelen.d.nulmeting"]);
    }

    #[test]
    fn vague_words_are_reported_unless_a_number_clarifies_them() {
        let rule = "vaag-woord";
        let one = "implementatiedoelen.d.resultaten";
        let result = |text: &str| goal(&format!("resultaten: {text:?}"));
        for text in [
            "Er is voldoende tijd",
            "Zij bellen REGELMATIG.",
            "zo veel  mogelijk",
            "**goede** gesprekken",
            "Zij zijn op de hoogte",
            "Keurt het plan. Dat gaat goed",
            "Gaat goed om met klanten",
            "They know what to do",
        ] {
            assert_eq!(paths(rule, &result(text)), [one], "{text}");
        }
        for text in [
            "Zij keuren het voorstel goedkoop",
            "in meer dan één gesprek",
            "meer dan 3 keer",
            "niet meer",
            "een of meer keer",
            "hoogte",
            "Keurt het plan van de klant binnen een week goed.",
            "Heeft de training met goed gevolg afgerond",
            "Stelt de verwijzer dezelfde dag op de hoogte",
            "Laat de huisarts binnen een week weten wat is afgesproken",
            "Stuurt geen brief meer",
            "Vraagt hoe vaak iemand buiten komt en wat er beter kan",
            "Kent binnen acht weken een voorziening toe",
            "Reports what went well",
            "Lets the GP know by phone",
            "Has a regular team meeting",
        ] {
            assert_eq!(paths(rule, &result(text)), NOWHERE, "{text}");
        }
        let many = "resultaten: [Zij bellen, '', Zij bellen vaak en goed, Zij bellen beter]";
        let places: &[&str] = &[
            "implementatiedoelen.d.resultaten[2]",
            "implementatiedoelen.d.resultaten[3]",
        ];
        assert_paths(
            rule,
            |norm| goal(&format!("{many}{norm}")),
            &[
                ("", places),
                (", norm: ja/nee", places),
                (", norm: zoveel mogelijk", places),
                (", norm: 80%", &[]),
                (", norm: [80%]", &[]),
            ],
        );
    }

    #[test]
    fn desired_state_and_goals_share_a_component() {
        let rule = "soll-en-doel-lopen-uiteen";
        let plan = |changes: &str, goals: &str| {
            format!(
                "{GROUPS}beschrijving_interventie: {{onderdelen: {{a: , b: , c: }}}}
gebruikers: {{p: {{veranderingen: [{changes}]}}}}
implementatiedoelen: {{{goals}}}
"
            )
        };
        let of_b = "d: {groep: p, onderdeel: b}";
        let p: &[&str] = &["gebruikers.p"];
        for (changes, goals, expected) in [
            ("{onderdeel: a}", of_b, p),
            (
                "{onderdeel: a}, {soll: iets}",
                "d: {groep: p, onderdeel: [b, c]}",
                p,
            ),
            ("{onderdeel: a}, {onderdeel: b}", of_b, &[]),
            ("{soll: iets}", of_b, &[]),
            ("{onderdeel: a}", "d: {groep: p}", &[]),
            ("{onderdeel: a}", "d: {groep: q, onderdeel: b}", &[]),
            ("{onderdeel: aa}", of_b, &[]),
            ("{onderdeel: [a]}", of_b, &[]),
            ("{onderdeel: a}", "d: {groep: p, onderdeel: [bb, b]}", &[]),
            ("{onderdeel: a}", "d: {groep: p, onderdeel: [[a], b]}", &[]),
        ] {
            assert_paths(rule, |changes| plan(changes, goals), &[(changes, expected)]);
        }
        let without_intervention =
            plan("{onderdeel: a}", of_b).replace("beschrijving_interventie", "#");
        assert_eq!(paths(rule, &without_intervention), p);
    }

    #[test]
    fn term_may_end_on_the_last_day_of_the_plan() {
        let plan = |term: &str, dates: &str| {
            let goal = goal(&format!("termijn: {term}"));
            format!("versie: 1\nplan: {{{dates}}}\n{goal}")
        };
        let run = "start: 2027-01-31, einde: na 1 jaar";
        let outside: &[&str] = &["implementatiedoelen.d.termijn"];
        for (term, dates, expected) in [
            ("1 jaar", run, &[][..]),
            ("2028-01-31", run, &[]),
            ("2028-02-01", run, outside),
            ("13 maanden", run, outside),
            ("2027-01-31", run, &[]),
            ("2027-01-30", run, outside),
            ("0 dagen", run, &[]),
            ("1 maand", "start: 2027-01-31, einde: 2027-02-28", &[]),
            ("2030-01-01", "start: 2027-01-31", &[]),
            ("1 jaar", "einde: 2027-02-28", &[]),
            ("2027-03-01", "einde: 2027-02-28", outside),
            ("later", run, &[]),
        ] {
            assert_paths(
                "doel-na-einde",
                |term| plan(term, dates),
                &[(term, expected)],
            );
        }
    }

    #[test]
    fn behaviour_change_must_recur_in_results() {
        let changes = "{aspect: gedrag, soll: a}, {aspect: gedrag, soll: b}, {aspect: gedrag}, {aspect: kennis, soll: c}";
        assert_paths(
            "gedrag-zonder-doel",
            |goals| {
                format!(
                    "{GROUPS}gebruikers: {{p: {{veranderingen: [{changes}]}}}}\nimplementatiedoelen: {{{goals}}}"
                )
            },
            &[
                ("d: {groep: p, resultaten: [a]}", &["gebruikers.p"]),
                ("", &[]),
                ("d: {groep: p, resultaten: [a, b]}", &[]),
                (
                    "d: {groep: p, resultaten: a}, e: {groep: p, resultaten: b}",
                    &[],
                ),
                ("d: {groep: q, resultaten: a}", &[]),
                ("d: {groep: p}", &[]),
                ("d: {groep: p, resultaten: [a, {b: c}]}", &[]),
            ],
        );
        let no_goals = format!("{GROUPS}gebruikers: {{p: {{veranderingen: [{changes}]}}}}");
        assert_eq!(paths("gedrag-zonder-doel", &no_goals), NOWHERE);
    }
}
