//! Rules of the annex with the progress ("voortgang"), which is filled in during the implementation (plan-do-check-act).

use std::collections::{BTreeSet, HashMap};

use jiff::civil::Date;

use crate::facts::Facts;
use crate::finding::Findings;
use crate::plan::Plan;
use crate::plan::monitoring::IndicatorKind;
use crate::plan::progress::Measurement;
use crate::rules::check::{Check, FindingSink, RuleContext};
use crate::value::norm::Norm;
use crate::value::path;
use crate::value::{Answer, Rhythm, plain_words};

/// The rules of this annex.
pub const RULES: &[Check] = &[
    Check::warning(
        "meting-buiten-plan",
        &["datum", "waarde", "norm", "start"],
        measurement_off_plan,
    ),
    Check::warning(
        "meting-achterstallig",
        &["indicator", "datum"],
        measurement_overdue,
    )
    .resting_on(&["voortgang.metingen.indicator"]),
];

/// A measurement before the start says nothing about the implementation, and a value in another unit cannot be compared with
/// the norm.
fn measurement_off_plan(ctx: &RuleContext<'_>, sink: &mut FindingSink<'_>) {
    for (index, measurement) in measurements(ctx.plan) {
        let Some(measurement) = measurement.given() else {
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
        if let Some((value, target)) = value_and_target(ctx.plan, measurement)
            && Norm::of(target).and_then(|norm| norm.fits(value)) == Some(false)
        {
            sink.report(path.join("waarde"))
                .with("waarde", value)
                .with("norm", target);
        }
    }
}

/// The measured value and the norm of the goal, for an indicator of adoption. Fidelity may be measured in other units than the
/// norm's.
fn value_and_target<'p>(
    plan: &'p Plan,
    measurement: &'p Measurement,
) -> Option<(&'p str, &'p str)> {
    let indicator = measurement.indicator.given()?.as_str();
    let indicator = plan.indicators().get(indicator)?;
    let goal = plan.goals().get(indicator.goal.given()?.as_str())?;
    if !indicator.kind.is(&IndicatorKind::Adoption) {
        return None;
    }
    let (value, target) = (measurement.value.given()?, goal.target.given()?);
    Some((value.as_str(), target.as_str()))
}

/// Measuring late means adjusting late (Toolkit, plan-do-check-act). A measurement counts for a planned date if it is on or
/// after that date and before the next.
fn measurement_overdue(ctx: &RuleContext<'_>, sink: &mut FindingSink<'_>) {
    let Some(today) = ctx.today else { return };
    let Some(measured) = measured_days(ctx.plan) else {
        return;
    };
    // More findings would be dropped anyway. The limit keeps a daily rhythm over centuries from taking forever.
    let mut left = Findings::LIMIT;
    for (id, indicator) in ctx.plan.indicators().iter() {
        let Some(when) = indicator.when.given() else {
            continue;
        };
        let measured = measured.get(id);
        let limit = left + measured.map_or(0, BTreeSet::len) + 1;
        let planned = planned_days(when, ctx.facts, today, limit);
        for day in missed_days(&planned, measured, today).take(left) {
            left -= 1;
            sink.report(path!["monitoring", id, "wanneer"])
                .with("indicator", plain_words(id))
                .with("datum", day);
        }
    }
}

/// The dates of a rhythm before `today` and the first one from then on, at most `limit`.
fn planned_days(when: &Rhythm, facts: &Facts<'_>, today: Date, limit: usize) -> BTreeSet<Date> {
    let up_to_today = when.parts().iter().flat_map(|part| {
        let mut is_past = true;
        part.dates(facts.start, facts.end)
            .take_while(move |day| std::mem::replace(&mut is_past, *day < today))
    });
    up_to_today.take(limit).collect()
}

/// The planned dates before `today` for which no measurement counts.
fn missed_days<'d>(
    planned: &'d BTreeSet<Date>,
    measured: Option<&'d BTreeSet<Date>>,
    today: Date,
) -> impl Iterator<Item = Date> {
    let next = planned.iter().skip(1).map(Some).chain([None]);
    let days = planned.iter().zip(next);
    let past = days.take_while(move |(day, _)| **day < today);
    let missed = past.filter(move |(day, next)| {
        let first = measured.and_then(|measured| measured.range(**day..).next());
        !first.is_some_and(|first| next.is_none_or(|next| first < next))
    });
    missed.map(|(day, _)| *day)
}

/// The dates of each indicator's measurements; `None` if one is unreadable or belongs to an unknown indicator. It may be the
/// measurement that seems overdue.
fn measured_days(plan: &Plan) -> Option<HashMap<&str, BTreeSet<Date>>> {
    let is_unreadable = match &plan.progress {
        Answer::Given(progress) => matches!(progress.measurements, Answer::Unreadable),
        other => matches!(other, Answer::Unreadable),
    };
    if is_unreadable {
        return None;
    }
    let mut measured: HashMap<&str, BTreeSet<Date>> = HashMap::new();
    for (_, measurement) in measurements(plan) {
        if measurement.is_missing() {
            continue;
        }
        let measurement = measurement.given()?;
        let indicator = match &measurement.indicator {
            Answer::Given(indicator) if plan.indicators().contains(indicator.as_str()) => {
                indicator.as_str()
            }
            Answer::Missing => continue,
            Answer::Given(_) | Answer::Unreadable => return None,
        };
        match measurement.date {
            Answer::Given(day) => measured.entry(indicator).or_default().insert(day.date()),
            Answer::Missing => continue,
            Answer::Unreadable => return None,
        };
    }
    Some(measured)
}

/// The measurements, with their indices.
fn measurements(plan: &Plan) -> impl Iterator<Item = (usize, &Answer<Measurement>)> {
    let progress = plan.progress.given();
    let list = progress.and_then(|progress| progress.measurements.given());
    list.into_iter().flatten().enumerate()
}

#[cfg(test)]
mod tests {
    use crate::rules::testing::{findings_on, paths};

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
        assert!(off_plan("80%", "toepassing", "datum: 2027-01-04").is_empty());
        assert_eq!(
            off_plan("80%", "toepassing", "datum: 2027-01-03"),
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
            .map(|day| format!("{{indicator: gesprekken, datum: {day}}}"));
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
voortgang: {metingen: [{indicator: gesprek, datum: 2027-04-04}]}";
        assert_eq!(count(misspelled, "2027-09-01"), 0);
    }

    #[test]
    fn endless_rhythm_is_capped() {
        let plan = "versie: 1
plan: {start: 0001-01-01, einde: 9999-12-31}
monitoring: {gesprekken: {wanneer: elke 1 dag}, dossiers: {wanneer: [elke 1 dag, elke 2 dagen]}}";
        assert!(count(plan, "9999-12-31") >= 900);
    }
}
