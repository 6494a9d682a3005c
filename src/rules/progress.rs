//! Rules of the annex progress ("voortgang"), filled while the implementation runs (plan-do-check-act).

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

/// `meting-buiten-plan`: a value from before the start says nothing of the implementation, and one in another unit cannot be
/// held against the norm.
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

/// What was measured, and the norm of the goal, for an indicator that counts how often something is done. How well it is
/// done may be told in another way than the norm.
fn value_and_target<'p>(
    plan: &'p Plan,
    measurement: &'p Measurement,
) -> Option<(&'p str, &'p str)> {
    let indicator = plan
        .indicators()
        .get(measurement.indicator.given()?.as_str())?;
    let goal = plan.goals().get(indicator.goal.given()?.as_str())?;
    let counts = indicator.kind.is(&IndicatorKind::Adoption);
    counts.then_some((
        measurement.value.given()?.as_str(),
        goal.target.given()?.as_str(),
    ))
}

/// `meting-achterstallig`: who measures too late adjusts too late (Toolkit, plan-do-check-act). A planned day has been seen to
/// by a measurement from that day up to the next planned one.
fn measurement_overdue(ctx: &RuleContext<'_>, sink: &mut FindingSink<'_>) {
    let Some(today) = ctx.today else { return };
    let Some(taken) = days_taken(ctx.plan) else {
        return;
    };
    // Past this many findings nobody keeps them: a rhythm of each day for ages must not keep us busy.
    let mut left = Findings::LIMIT;
    for (id, indicator) in ctx.plan.indicators().iter() {
        let Some(when) = indicator.when.given() else {
            continue;
        };
        let taken = taken.get(id);
        let most = left + taken.map_or(0, BTreeSet::len) + 1;
        for day in days_missed(&days_planned(when, ctx.facts, today, most), taken, today).take(left)
        {
            left -= 1;
            sink.report(path!["monitoring", id, "wanneer"])
                .with("indicator", plain_words(id))
                .with("datum", day);
        }
    }
}

/// The days of a rhythm up to `today` and the first one from then on, but no more than `most`.
fn days_planned(when: &Rhythm, facts: &Facts<'_>, today: Date, most: usize) -> BTreeSet<Date> {
    let up_to_today = when.parts().iter().flat_map(|part| {
        let mut is_past = true;
        part.dates(facts.start, facts.end)
            .take_while(move |day| std::mem::replace(&mut is_past, *day < today))
    });
    up_to_today.take(most).collect()
}

/// The planned days before `today` without a measurement from that day up to the next planned one.
fn days_missed<'d>(
    planned: &'d BTreeSet<Date>,
    taken: Option<&'d BTreeSet<Date>>,
    today: Date,
) -> impl Iterator<Item = Date> {
    let next = planned.iter().skip(1).map(Some).chain([None]);
    let past = planned
        .iter()
        .zip(next)
        .take_while(move |(day, _)| **day < today);
    past.filter(move |(day, next)| {
        let first_taken = taken.and_then(|taken| taken.range(**day..).next());
        !first_taken.is_some_and(|taken| next.is_none_or(|next| taken < next))
    })
    .map(|(day, _)| *day)
}

/// The days on which each indicator was measured; `None` if that could not all be read, or is told of an indicator that
/// does not exist: what then seems overdue may be what was meant.
fn days_taken(plan: &Plan) -> Option<HashMap<&str, BTreeSet<Date>>> {
    let is_unreadable = plan
        .progress
        .is_given_and(|progress| matches!(progress.measurements, Answer::Unreadable));
    if is_unreadable || matches!(plan.progress, Answer::Unreadable) {
        return None;
    }
    let mut taken: HashMap<&str, BTreeSet<Date>> = HashMap::new();
    for (_, measurement) in measurements(plan).filter(|(_, measurement)| !measurement.is_missing())
    {
        let measurement = measurement.given()?;
        let indicator = match &measurement.indicator {
            Answer::Given(indicator) if plan.indicators().contains(indicator.as_str()) => {
                indicator.as_str()
            }
            Answer::Missing => continue,
            Answer::Given(_) | Answer::Unreadable => return None,
        };
        match measurement.date {
            Answer::Given(day) => taken.entry(indicator).or_default().insert(day.date()),
            Answer::Missing => continue,
            Answer::Unreadable => return None,
        };
    }
    Some(taken)
}

/// The measurements with their index.
fn measurements(plan: &Plan) -> impl Iterator<Item = (usize, &Answer<Measurement>)> {
    let list = plan
        .progress
        .given()
        .and_then(|progress| progress.measurements.given());
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
        let value = "voortgang.metingen[0].waarde";
        assert!(off_plan("80% van de gesprekken", "toepassing", "waarde: 45 %").is_empty());
        assert!(off_plan("20 gesprekken per maand", "toepassing", "waarde: 1 gesprek").is_empty());
        assert_eq!(
            off_plan(
                "80% van de gesprekken",
                "toepassing",
                "waarde: 12 gesprekken"
            ),
            [value]
        );
        // How well something is done may be told in another way.
        assert!(
            off_plan(
                "80% van de gesprekken",
                "kwaliteit",
                "waarde: 12 gesprekken"
            )
            .is_empty()
        );
        assert!(off_plan("veel", "toepassing", "waarde: 12 gesprekken").is_empty());
        assert!(
            off_plan(
                "80% van de gesprekken",
                "toepassing",
                "waarde: nog niet bekend"
            )
            .is_empty()
        );
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
        assert_eq!(
            every_three_months(&["2027-04-04", "2027-10-03", "2027-10-04"]),
            0
        );
        assert_eq!(
            every_three_months(&["2027-04-03", "2027-07-04", "2027-10-03"]),
            2
        );
        // After the last planned day any later one will do.
        assert_eq!(overdue("na 3 maanden", &["2028-11-01"], "2029-01-01"), 0);
    }

    #[test]
    fn dates_of_several_rhythms_are_one_series() {
        let days = ["2027-02-04", "2027-04-04", "2027-07-04"];
        assert_eq!(
            overdue(
                "[elke 3 maanden tot 6 maanden, na 1 maand]",
                &days,
                "2028-01-01"
            ),
            0
        );
        assert_eq!(
            overdue(
                "[elke 3 maanden tot 6 maanden, na 1 maand]",
                &days[1..],
                "2028-01-01"
            ),
            1
        );
    }

    #[test]
    fn unreadable_measurement_suppresses_overdue_findings() {
        assert_eq!(overdue("na 3 maanden", &["vorige week"], "2027-09-01"), 0);
        let misspelt = "monitoring: {gesprekken: {wanneer: na 3 maanden}}
voortgang: {metingen: [{indicator: gesprek, datum: 2027-04-04}]}";
        assert_eq!(count(misspelt, "2027-09-01"), 0);
    }

    #[test]
    fn endless_rhythm_is_capped() {
        let plan = "versie: 1
plan: {start: 0001-01-01, einde: 9999-12-31}
monitoring: {gesprekken: {wanneer: elke 1 dag}, dossiers: {wanneer: [elke 1 dag, elke 2 dagen]}}";
        assert!(count(plan, "9999-12-31") >= 900);
    }
}
