//! Rules of the annex with the progress ("voortgang"), which is filled in during the implementation (plan-do-check-act).

use crate::facts::{measured, measurements, missed_measurements};
use crate::plan::Plan;
use crate::plan::goals::Goal;
use crate::plan::monitoring::IndicatorKind;
use crate::plan::progress::Measurement;
use crate::rules::check::{Check, FindingSink, RuleContext};
use crate::rules::support::argument_of;
use crate::value::norm::Norm;
use crate::value::path;
use crate::value::plain_words;

/// The rules of this annex.
#[rustfmt::skip] // One rule per line.
pub const RULES: &[Check] = &[
    Check::warning("meting-zonder-waarde", &["indicator", "datum"], measurement_without_value),
    Check::warning("norm-niet-gehaald-zonder-bijsturing", &["indicator", "waarde", "norm", "termijn"], target_missed_without_adjustment)
        .resting_on(&["voortgang.metingen.indicator"]),
    Check::warning("activiteit-achterstallig", &["activiteit", "einde", "start"], activity_overdue),
    Check::warning("actie-achterstallig", &["actie", "materiaal", "gereed", "beslismoment", "wanneer"], action_overdue),
    Check::warning("meting-buiten-plan", &["datum", "waarde", "norm", "start"], measurement_off_plan),
    Check::warning("meting-achterstallig", &["indicator", "datum"], measurement_overdue)
        .resting_on(&["voortgang.metingen.indicator"]),
];

/// A measurement without a value measures nothing (Toolkit, plan-do-check-act), and counts for no other rule.
fn measurement_without_value(ctx: &RuleContext<'_>, sink: &mut FindingSink<'_>) {
    for (index, measurement) in measurements(ctx.plan) {
        let Some(measurement) = measurement.given().filter(|it| it.value.is_missing()) else {
            continue;
        };
        let finding = sink.report(path!["voortgang", "metingen", index]);
        if let Some(indicator) = measurement.indicator.given() {
            finding.with("indicator", plain_words(indicator.as_str()));
        }
        if let Some(day) = measurement.date.given() {
            finding.with("datum", day.date());
        }
    }
}

/// A target that is missed at its term needs an adjustment: otherwise measuring was for nothing (Toolkit, plan-do-check-act).
fn target_missed_without_adjustment(ctx: &RuleContext<'_>, sink: &mut FindingSink<'_>) {
    let Some(measured) = measured(ctx.plan) else {
        return;
    };
    for (id, indicator) in ctx.plan.indicators().iter() {
        let last = measured.get(id).and_then(|days| days.iter().next_back());
        let Some((day, (index, measurement))) = last else {
            continue;
        };
        let term = indicator
            .goal
            .given()
            .and_then(|goal| ctx.facts.terms.get(goal.as_str())?.ends);
        let (Some(term), Some((value, goal, target))) =
            (term, value_and_target(ctx.plan, measurement))
        else {
            continue;
        };
        if *day >= term
            && measurement.adjustment.is_missing()
            && goal.is_met_by(value) == Some(false)
        {
            sink.report(path!["voortgang", "metingen", *index])
                .with("indicator", plain_words(id))
                .with("waarde", value)
                .with("norm", target)
                .with("termijn", term);
        }
    }
}

/// A late activity that is seen in time can still be adjusted (Toolkit, plan-do-check-act). A day has passed from the day after
/// it. Without a status, an activity is still planned.
fn activity_overdue(ctx: &RuleContext<'_>, sink: &mut FindingSink<'_>) {
    let Some(today) = ctx.today else { return };
    for (id, scheduled) in &ctx.facts.activities {
        if let Some((key, day)) = scheduled.overdue(today) {
            sink.report(path!["planning_en_budget", "activiteiten", *id, key])
                .with("activiteit", scheduled.name)
                .with(key, day);
        }
    }
}

/// An action, material or decision that is not there by its deadline needs attention now (Toolkit, plan-do-check-act). What has
/// no end is never late.
fn action_overdue(ctx: &RuleContext<'_>, sink: &mut FindingSink<'_>) {
    let Some(today) = ctx.today else { return };
    for milestone in &ctx.facts.milestones {
        if let Some(day) = milestone.overdue(today) {
            sink.report(milestone.path.join(milestone.day_key))
                .with(argument_of(milestone), milestone.name.as_ref())
                .with(milestone.day_key, day);
        }
    }
}

/// A measurement before the start says nothing about the implementation, and a value in another unit cannot be compared with
/// the norm.
fn measurement_off_plan(ctx: &RuleContext<'_>, sink: &mut FindingSink<'_>) {
    for (index, measurement) in measurements(ctx.plan) {
        let Some(measurement) = measurement.given().filter(|it| !it.value.is_missing()) else {
            continue;
        };
        let path = path!["voortgang", "metingen", index];
        let date = measurement.date.given().map(|day| day.date());
        if let Some((date, start)) = date
            .zip(ctx.facts.start)
            .filter(|(date, start)| date < start)
        {
            sink.report(path.join("datum"))
                .with("datum", date)
                .with("start", start);
        }
        if let Some((value, _, target)) = value_and_target(ctx.plan, measurement)
            && Norm::of(target).and_then(|norm| norm.fits(value)) == Some(false)
        {
            sink.report(path.join("waarde"))
                .with("waarde", value)
                .with("norm", target);
        }
    }
}

/// The measured value, the goal and its norm, for an indicator of adoption. Fidelity may be measured in other units than the
/// norm's.
fn value_and_target<'p>(
    plan: &'p Plan,
    measurement: &'p Measurement,
) -> Option<(&'p str, &'p Goal, &'p str)> {
    let indicator = measurement.indicator.given()?.as_str();
    let indicator = plan.indicators().get(indicator)?;
    let goal = plan.goals().get(indicator.goal.given()?.as_str())?;
    if !indicator.kind.is(&IndicatorKind::Adoption) {
        return None;
    }
    let (value, target) = (measurement.value.given()?, goal.target.given()?);
    Some((value.as_str(), goal, target.as_str()))
}

/// Measuring late means adjusting late (Toolkit, plan-do-check-act). A measurement counts for a planned date if it is on or
/// after that date and before the next.
fn measurement_overdue(ctx: &RuleContext<'_>, sink: &mut FindingSink<'_>) {
    let Some(today) = ctx.today else { return };
    let Some(measured) = measured(ctx.plan) else {
        return;
    };
    let missed = missed_measurements(ctx.plan, ctx.facts, &measured, today);
    for (id, days) in missed {
        for day in days {
            sink.report(path!["monitoring", id, "wanneer"])
                .with("indicator", plain_words(id))
                .with("datum", day);
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::rules::testing::{NOWHERE, assert_paths, findings_on, paths};

    fn off_plan(target: &str, kind: &str, measurement: &str) -> Vec<String> {
        let plan = format!(
            "implementatiedoelen: {{vragen: {{norm: {target}}}}}
monitoring: {{gesprekken: {{doel: vragen, soort: {kind}}}}}
voortgang: {{metingen: [{{indicator: gesprekken, {measurement}}}]}}"
        );
        paths("meting-buiten-plan", &plan)
    }

    #[test]
    fn measurement_may_be_on_the_first_day() {
        assert!(off_plan("80%", "toepassing", "waarde: 5%, datum: 2027-01-04").is_empty());
        assert_eq!(
            off_plan("80%", "toepassing", "waarde: 5%, datum: 2027-01-03"),
            ["voortgang.metingen[0].datum"]
        );
    }

    #[test]
    fn value_must_have_the_unit_of_the_norm() {
        let (share, number) = ("80% van de gesprekken", "20 gesprekken per maand");
        for (norm, kind, value, is_reported) in [
            (share, "toepassing", "45 %", false),
            (number, "toepassing", "1 gesprek", false),
            (share, "toepassing", "12 gesprekken", true),
            // Fidelity may be measured in another unit.
            (share, "kwaliteit", "12 gesprekken", false),
            ("veel", "toepassing", "12 gesprekken", false),
            (share, "toepassing", "nog niet bekend", false),
        ] {
            let expected: &[&str] = if is_reported {
                &["voortgang.metingen[0].waarde"]
            } else {
                &[]
            };
            let found = off_plan(norm, kind, &format!("waarde: {value}"));
            assert_eq!(found, expected, "{norm} {kind} {value}");
        }
    }

    fn overdue(rhythm: &str, days: &[&str], today: &str) -> usize {
        let rows = days
            .iter()
            .map(|day| format!("{{indicator: gesprekken, waarde: 5%, datum: {day}}}"));
        let rows = rows.collect::<Vec<_>>().join(", ");
        let plan = format!(
            "monitoring: {{gesprekken: {{wanneer: {rhythm}}}}}\nvoortgang: {{metingen: [{rows}]}}"
        );
        count(&plan, today)
    }

    fn count(plan: &str, today: &str) -> usize {
        let findings = findings_on(plan, Some(today.parse().unwrap()));
        findings
            .iter()
            .filter(|(rule, _)| rule == "meting-achterstallig")
            .count()
    }

    #[test]
    fn measurement_is_overdue_the_day_after_its_planned_date() {
        assert_eq!(overdue("na 3 maanden", &[], "2027-04-04"), 0);
        assert_eq!(overdue("na 3 maanden", &[], "2027-04-05"), 1);
    }

    #[test]
    fn measurement_counts_until_the_next_planned_date() {
        let every_three_months = |days: &[&str]| overdue("elke 3 maanden", days, "2027-12-31");
        assert_eq!(every_three_months(&[]), 3);
        let in_time = ["2027-04-04", "2027-10-03", "2027-10-04"];
        assert_eq!(every_three_months(&in_time), 0);
        let too_early = ["2027-04-03", "2027-07-04", "2027-10-03"];
        assert_eq!(every_three_months(&too_early), 2);
        // After the last planned day any later one will do.
        assert_eq!(overdue("na 3 maanden", &["2028-11-01"], "2029-01-01"), 0);
    }

    #[test]
    fn dates_of_several_rhythms_are_one_series() {
        let days = ["2027-02-04", "2027-04-04", "2027-07-04"];
        let rhythm = "[elke 3 maanden tot 6 maanden, na 1 maand]";
        let overdue = |days: &[&str]| overdue(rhythm, days, "2028-01-01");
        assert_eq!(overdue(&days), 0);
        assert_eq!(overdue(&days[1..]), 1);
    }

    #[test]
    fn unreadable_measurement_suppresses_overdue_findings() {
        assert_eq!(overdue("na 3 maanden", &["vorige week"], "2027-09-01"), 0);
        let misspelled = "monitoring: {gesprekken: {wanneer: na 3 maanden}}
voortgang: {metingen: [{indicator: gesprek, waarde: 5%, datum: 2027-04-04}]}";
        assert_eq!(count(misspelled, "2027-09-01"), 0);
    }

    #[test]
    fn measurement_without_a_value_counts_for_no_other_rule() {
        let at: &[&str] = &["voortgang.metingen[0]"];
        assert_paths(
            "meting-zonder-waarde",
            |measurement| format!("voortgang: {{metingen: [{measurement}]}}"),
            &[
                ("{indicator: a, datum: 2027-02-01}", at),
                ("{toelichting: Nog niet gemeten.}", at),
                ("{waarde: 0}", &[]),
                ("{waarde: {a: b}}", &[]),
                ("tekst", &[]),
                ("", &[]),
            ],
        );
        let early = "datum: 2026-12-01, waarde: ' '";
        assert!(off_plan("80%", "toepassing", early).is_empty());
        let plan = "monitoring: {gesprekken: {wanneer: na 3 maanden}}
voortgang: {metingen: [{indicator: gesprekken, datum: 2027-04-04}]}";
        assert_eq!(count(plan, "2027-09-01"), 1);
    }

    #[test]
    fn missed_target_needs_an_adjustment() {
        let found = |goal: &str, measurements: &str| {
            let plan = format!(
                "implementatiedoelen: {{vragen: {{termijn: 2027-06-30, {goal}}}}}
monitoring: {{gesprekken: {{doel: vragen, soort: toepassing}}}}
voortgang: {{metingen: [{measurements}]}}"
            );
            paths("norm-niet-gehaald-zonder-bijsturing", &plan)
        };
        let on = |day: &str, rest: &str| format!("{{indicator: gesprekken, datum: {day}, {rest}}}");
        let first = ["voortgang.metingen[0]"];
        let norm = "norm: 80% van de gesprekken";
        for (goal, rest, is_reported) in [
            (norm, "waarde: 60%", true),
            (norm, "waarde: 80%", false),
            (norm, "waarde: 60%, bijsturing: Meer intervisie.", false),
            (norm, "waarde: 12 gesprekken", false),
            (norm, "waarde: onbekend", false),
            ("norm: ja/nee", "waarde: nee", false),
            (
                "norm: 5 klachten, richting: omlaag",
                "waarde: 6 klachten",
                true,
            ),
            (
                "norm: 5 klachten, richting: omlaag",
                "waarde: 4 klachten",
                false,
            ),
        ] {
            let expected: &[&str] = if is_reported { &first } else { &[] };
            assert_eq!(
                found(goal, &on("2027-06-30", rest)),
                expected,
                "{goal} {rest}"
            );
        }
        // Before the term there is still time, and only the last measurement counts.
        assert_eq!(found(norm, &on("2027-06-29", "waarde: 60%")), [""; 0]);
        let better = on("2027-09-01", "waarde: 85%");
        let worse = on("2027-07-01", "waarde: 60%");
        assert_eq!(found(norm, &format!("{worse}, {better}")), [""; 0]);
        assert_eq!(
            found(
                norm,
                &format!("{better}, {}", worse.replace("07-01", "10-01"))
            ),
            ["voortgang.metingen[1]"]
        );
        let fidelity = "implementatiedoelen: {vragen: {termijn: 2027-06-30, norm: 80%}}
monitoring: {gesprekken: {doel: vragen, soort: kwaliteit}}
voortgang: {metingen: [{indicator: gesprekken, datum: 2027-07-01, waarde: 60%}]}";
        assert!(paths("norm-niet-gehaald-zonder-bijsturing", fidelity).is_empty());
    }

    fn on_1_september(rule: &str, plan: &str) -> Vec<String> {
        let findings = findings_on(plan, Some("2027-09-01".parse().unwrap()));
        let findings = findings.into_iter().filter(|(found, _)| found == rule);
        findings.map(|(_, path)| path).collect()
    }

    #[test]
    fn activity_is_overdue_from_the_day_after() {
        let found = |activity: &str| {
            let plan = format!("planning_en_budget: {{activiteiten: {{a: {{{activity}}}}}}}");
            assert!(paths("activiteit-achterstallig", &plan).is_empty());
            on_1_september("activiteit-achterstallig", &plan)
        };
        let (start, end) = (
            "planning_en_budget.activiteiten.a.start",
            "planning_en_budget.activiteiten.a.einde",
        );
        for (activity, expected) in [
            ("start: 2027-08-01, einde: 2027-08-31", &[end][..]),
            (
                "start: 2027-08-01, einde: 2027-08-31, status: gepland",
                &[end],
            ),
            (
                "start: 2027-08-01, einde: 2027-08-31, status: bezig",
                &[end],
            ),
            ("start: 2027-08-01, einde: 2027-08-31, status: klaar", &[]),
            (
                "start: 2027-08-01, einde: 2027-08-31, status: vervallen",
                &[],
            ),
            (
                "start: 2027-08-01, einde: 2027-08-31, status: onbekend",
                &[],
            ),
            ("start: 2027-08-31, einde: 2027-09-01", &[start]),
            ("start: 2027-08-31", &[start]),
            ("start: 2027-08-31, einde: 2027-09-01, status: bezig", &[]),
            ("start: 2027-09-01, einde: 2027-09-01", &[]),
            // Dates in the wrong order have their own rule.
            ("start: 2027-08-31, einde: 2027-08-01", &[]),
        ] {
            assert_eq!(found(activity), expected, "{activity}");
        }
    }

    #[test]
    fn open_action_is_overdue_from_the_day_after() {
        let found = |answers: &str| {
            let plan = format!(
                "randvoorwaarden: {{voorwaarden: {{ruimte: {{{}}}}}}}
borging: {{doorontwikkeling: {{{answers}}}, eigen_punten: {{wissel: {{{answers}}}}}}}",
                answers.replace("geborgd", "geregeld")
            );
            on_1_september("actie-achterstallig", &plan)
        };
        let all = [
            "randvoorwaarden.voorwaarden.ruimte.gereed",
            "borging.doorontwikkeling.gereed",
            "borging.eigen_punten.wissel.gereed",
        ];
        for (answers, expected) in [
            ("actie: Regelen., gereed: 2027-08-31", &all[..]),
            ("geborgd: nee, actie: Regelen., gereed: 2027-08-31", &all),
            ("geborgd: ja, actie: Regelen., gereed: 2027-08-31", &[]),
            (
                "geborgd: misschien, actie: Regelen., gereed: 2027-08-31",
                &[],
            ),
            ("geborgd: nee, actie: Regelen., gereed: 2027-09-01", &[]),
            ("geborgd: nee, actie: Regelen., gereed: snel", &[]),
        ] {
            assert_eq!(found(answers), expected, "{answers}");
        }
        for ongoing in ["doorlopend: ja", "doorlopend: soms"] {
            let answers = format!("{ongoing}, actie: Regelen., gereed: 2027-08-31");
            assert_eq!(found(&answers), NOWHERE, "{ongoing}");
        }
        assert_eq!(found("doorlopend: nee, gereed: 2027-08-31"), all);
        let partly =
            "randvoorwaarden: {voorwaarden: {ruimte: {geregeld: deels, gereed: na 1 maand}}}
borging: {doorontwikkeling: {geborgd: nee, niet_nodig: Het is af., gereed: na 1 maand}}";
        assert_eq!(on_1_september("actie-achterstallig", partly), [all[0]]);
    }

    #[test]
    fn material_and_decision_are_overdue_from_the_day_after() {
        let material: &[&str] = &["beschrijving_interventie.materialen.kaart.gereed"];
        let decision: &[&str] = &["planning_en_budget.beslismomenten.door.wanneer"];
        for (plan, expected) in [
            ("kaart: {gereed: 2027-08-31}", material),
            ("kaart: {gereed: 2027-08-31, status: nodig}", material),
            ("kaart: {gereed: 2027-08-31, status: klaar}", &[]),
            ("kaart: {gereed: 2027-08-31, status: bijna}", &[]),
            ("kaart: {gereed: 2027-09-01}", &[]),
            ("door: {wanneer: 2027-08-31}", decision),
            ("door: {wanneer: 2027-08-31, besluit: uitgesteld}", decision),
            ("door: {wanneer: 2027-08-31, besluit: ja}", &[]),
            ("door: {wanneer: 2027-08-31, besluit: nee}", &[]),
            ("door: {wanneer: 2027-08-31, besluit: misschien}", &[]),
            ("door: {wanneer: 2027-09-01}", &[]),
            ("door: ", &[]),
        ] {
            let whole = if plan.starts_with("kaart") {
                format!("beschrijving_interventie: {{materialen: {{{plan}}}}}")
            } else {
                format!("planning_en_budget: {{beslismomenten: {{{plan}}}}}")
            };
            assert_eq!(
                on_1_september("actie-achterstallig", &whole),
                expected,
                "{plan}"
            );
        }
    }

    #[test]
    fn endless_rhythm_is_capped() {
        let plan = "versie: 1
plan: {start: 1900-01-01, einde: 2199-12-31}
monitoring: {gesprekken: {wanneer: elke 1 dag}, dossiers: {wanneer: [elke 1 dag, elke 2 dagen]}}";
        assert!(count(plan, "2199-12-31") >= 900);
    }
}
