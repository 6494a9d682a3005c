//! Edge cases of the rules for section 12, planning and budget.

use crate::rules::testing::paths;

const ACTIVITIES: &str = "planning_en_budget.activiteiten";

/// The paths at which activities break a rule, relative to the list of activities.
fn activities(rule: &str, activities: &str) -> Vec<String> {
    let found = paths(
        rule,
        &format!("planning_en_budget: {{activiteiten: {{{activities}}}}}"),
    );
    found
        .into_iter()
        .map(|path| path.replace(&format!("{ACTIVITIES}."), ""))
        .collect()
}

/// The paths at which section 12 breaks a rule, in a plan with two user groups and a group of beneficiaries.
fn hours(rule: &str, budget: &str) -> Vec<String> {
    let groups = "betrokken_groepen: {consulenten: {rol: uitvoerder}, managers: {rol: leidinggevende}, inwoners: {rol: profijtgroep}}
gebruikers: {consulenten: , managers: , inwoners: }
implementatieteam: {trekker: }
";
    paths(rule, &format!("{groups}planning_en_budget: {{{budget}}}"))
}

#[test]
fn user_groups_need_hours_in_an_activity_that_is_not_cancelled() {
    let rule = "gebruiker-zonder-activiteit";
    let of = |activities: &str| hours(rule, &format!("activiteiten: {{{activities}}}"));
    let managers = ["gebruikers.managers"];
    assert_eq!(
        of("a: {inzet: {consulenten: {personen: 2, uren: 4}}}"),
        managers
    );
    assert!(of("a: {inzet: {consulenten: {uren: 4}, managers: {uren: 1}}}").is_empty());
    assert_eq!(
        of(
            "a: {inzet: {consulenten: {uren: 4}}}, b: {status: vervallen, inzet: {managers: {uren: 1}}}"
        ),
        managers
    );
    assert_eq!(
        of("a: {inzet: {consulenten: {uren: 4}, managers: {personen: 3}}}"),
        managers
    );
    assert_eq!(
        of("a: {inzet: {consulenten: {uren: 4}, managers: {personen: 0, uren: 2}}}"),
        managers
    );
    // Unreadable effort may be meant for any group.
    assert!(of("a: {inzet: {consulenten: {uren: 4}, managers: {uren: veel}}}").is_empty());
    assert!(of("a: {inzet: {consulenten: {uren: 4}}}, b: {inzet: veel}").is_empty());
    assert!(of("a: {inzet: {consulenten: {uren: 4}, manager: {uren: 1}}}").is_empty());
    assert!(of("").is_empty());
}

#[test]
fn cancelled_activity_needs_no_answers() {
    for rule in [
        "activiteit-zonder-uren",
        "activiteit-zonder-datum",
        "activiteit-zonder-eigenaar",
    ] {
        assert_eq!(
            activities(rule, "a: , b: {status: vervallen}"),
            ["a"],
            "{rule}"
        );
    }
    assert!(
        activities(
            "einde-voor-start",
            "a: {status: vervallen, start: 2027-03-02, einde: 2027-03-01}"
        )
        .is_empty()
    );
}

#[test]
fn activity_may_have_costs_instead_of_hours() {
    assert!(
        activities(
            "activiteit-zonder-uren",
            "a: {kosten: 0}, b: {inzet: {trekker: }}, c: {kosten: veel}"
        )
        .is_empty()
    );
}

#[test]
fn activity_may_last_one_day() {
    assert!(
        activities(
            "einde-voor-start",
            "a: {start: 2027-03-01, einde: 2027-03-01}"
        )
        .is_empty()
    );
    assert_eq!(
        activities(
            "einde-voor-start",
            "a: {start: na 2 maanden, einde: na 1 maand}"
        ),
        ["a.einde"]
    );
}

#[test]
fn activity_may_start_and_end_with_the_plan() {
    let of = |days: &str| activities("activiteit-buiten-looptijd", &format!("a: {{{days}}}"));
    assert!(of("start: 2027-01-04, einde: 2029-01-04").is_empty());
    assert_eq!(of("start: 2027-01-03, einde: 2027-02-01"), ["a.start"]);
    assert_eq!(of("start: 2027-01-04, einde: 2029-01-05"), ["a.einde"]);
    assert_eq!(of("start: 2026-01-01, einde: 2030-01-01"), ["a.start"]);
    assert_eq!(of("start: 2029-02-01, einde: 2029-03-01"), ["a.einde"]);
    assert_eq!(of("start: 2029-02-01"), ["a.start"]);
    // Dates in the wrong order have their own rule.
    assert!(of("start: 2031-02-01, einde: 2030-02-01").is_empty());
    assert!(of("start: 2029-02-01, einde: 2028-02-01").is_empty());
}

#[test]
fn activity_may_start_on_the_last_day_of_its_predecessor() {
    let of = |rest: &str| {
        let first = "training: {start: 2027-02-01, einde: 2027-02-28}";
        activities("activiteit-voor-voorganger", &format!("{first}, {rest}"))
    };
    assert!(of("intervisie: {na: training, start: 2027-02-28}").is_empty());
    assert_eq!(
        of("intervisie: {na: training, start: 2027-02-27}"),
        ["intervisie.start"]
    );
    assert!(of("intervisie: {na: training, start: 2027-02-27, status: vervallen}").is_empty());
    assert!(of("kick-off: {status: vervallen, einde: 2027-06-01}, intervisie: {na: kick-off, start: 2027-03-01}").is_empty());
    assert!(of("intervisie: {na: proef, start: 2027-02-27}").is_empty());
    assert!(of("pilot: {start: 2027-05-01, einde: 2027-04-01}, intervisie: {na: pilot, start: 2027-03-01}").is_empty());
}

#[test]
fn cycle_is_one_finding() {
    let rule = "activiteit-voor-voorganger";
    let days = "start: 2027-02-01, einde: 2027-03-01";
    let ring = format!("a: {{na: c, {days}}}, b: {{na: a, {days}}}, c: {{na: [b], {days}}}");
    assert_eq!(activities(rule, &ring), ["a.na"]);
    assert_eq!(activities(rule, "a: {na: a}"), ["a.na"]);
    // Activities after the cycle are still compared with it.
    let behind = format!("{ring}, d: {{na: c, {days}}}");
    assert_eq!(activities(rule, &behind), ["a.na", "d.start"]);
    assert!(activities(rule, "a: {na: b}, b: {na: a, status: vervallen}").is_empty());
}

#[test]
fn groups_and_roles_with_hours_need_a_rate() {
    let of = |effort: &str, rates: &str| {
        let budget = format!("activiteiten: {{a: {{inzet: {effort}}}}}, uurtarieven: {rates}");
        hours("uurtarief-ontbreekt", &budget).len()
    };
    assert_eq!(
        of(
            "{consulenten: {personen: 2, uren: 4}, trekker: {uren: 4}}",
            ""
        ),
        2
    );
    assert_eq!(
        of(
            "{consulenten: {personen: 2, uren: 4}, trekker: {uren: 4}}",
            "{trekker: 0}"
        ),
        1
    );
    assert_eq!(
        of("{consulenten: {personen: 2, uren: 4}}", "{consulenten: }"),
        1
    );
    assert_eq!(
        of(
            "{consulenten: {personen: 2, uren: 4}}",
            "{consulenten: veel}"
        ),
        0
    );
    assert_eq!(
        of("{consulenten: {personen: 2, uren: 4}}", "{consulent: 50}"),
        0
    );
    assert_eq!(
        of("{consulenten: {personen: 2, uren: 0}, managers: }", ""),
        0
    );
    assert_eq!(of("{vreemden: {personen: 2, uren: 4}}", ""), 0);
    // Residents are not paid for coming.
    assert_eq!(of("{inwoners: {personen: 2, uren: 4}}", ""), 0);
}

fn money(rule: &str, rest: &str) -> Vec<String> {
    paths(rule, &format!("planning_en_budget: {{{rest}}}"))
}

#[test]
fn costs_need_a_budget() {
    let rule = "budget-ontbreekt";
    assert_eq!(
        money(rule, "activiteiten: {a: {kosten: 0.01}}"),
        ["planning_en_budget"]
    );
    assert_eq!(
        money(
            rule,
            "overige_kosten: {zaal: {bedrag: 10}}, budget: {dekking: Rijk}"
        ),
        ["planning_en_budget.budget"]
    );
    assert!(money(rule, "activiteiten: {a: {kosten: 0}}").is_empty());
    assert!(money(rule, "activiteiten: {a: {kosten: 10, status: vervallen}}").is_empty());
    assert!(
        money(
            rule,
            "activiteiten: {a: {kosten: 10}}, budget: {bedrag: genoeg}"
        )
        .is_empty()
    );
    assert!(money(rule, "activiteiten: {a: {kosten: 10}}, budget: genoeg").is_empty());
}

#[test]
fn budget_may_be_spent_to_the_cent() {
    let of = |rest: &str| money("budget-overschreden", rest);
    let amount = ["planning_en_budget.budget.bedrag"];
    assert!(
        of("activiteiten: {a: {kosten: 0.10}, b: {kosten: 0.20}}, budget: {bedrag: 0.30}")
            .is_empty()
    );
    assert_eq!(
        of("activiteiten: {a: {kosten: 0.10}, b: {kosten: 0.21}}, budget: {bedrag: 0.30}"),
        amount
    );
    let hours = |budget: &str| {
        let inzet = "inzet: {trekker: {personen: 3, uren: \"1,5\"}}";
        of(&format!(
            "activiteiten: {{a: {{{inzet}}}}}, uurtarieven: {{trekker: \"33,33\"}}, budget: {{bedrag: {budget}}}"
        ))
    };
    // 3 × 1.5 hours at 33.33 euros is 149.985, which rounds up.
    assert!(hours("149.99").is_empty());
    assert_eq!(hours("149.98"), amount);
    assert!(
        of("activiteiten: {a: {kosten: 10, status: vervallen}}, budget: {bedrag: 5}").is_empty()
    );
}

#[test]
fn weekly_hours_assume_one_person_for_all_activities() {
    let of = |activities: &str, available: &str| {
        let budget =
            format!("activiteiten: {{{activities}}}, beschikbaar: {{consulenten: {available}}}");
        hours("te-veel-uren", &budget)
    };
    let week = "start: 2027-02-01, einde: 2027-02-07";
    let four = format!("a: {{{week}, inzet: {{consulenten: {{personen: 20, uren: 4}}}}}}");
    let eight = format!("{four}, b: {{{week}, inzet: {{consulenten: {{uren: 4}}}}}}");
    let entry = ["planning_en_budget.beschikbaar.consulenten"];
    assert!(of(&four, "{uren_per_week: 4}").is_empty());
    assert_eq!(of(&four, "{uren_per_week: 3.99}"), entry);
    assert!(of(&eight, "{uren_per_week: 8}").is_empty());
    assert_eq!(of(&eight, "{uren_per_week: 4}"), entry);
    assert_eq!(of(&four, "{uren_per_week: 0}"), entry);
    assert!(of(&four, "").is_empty());
    // Hours without dates belong to no week, and zero people need no hours.
    assert!(
        of(
            "a: {start: 2027-02-01, inzet: {consulenten: {uren: 40}}}",
            "{uren_per_week: 4}"
        )
        .is_empty()
    );
    assert!(
        of(
            &format!("a: {{{week}, inzet: {{consulenten: {{personen: 0, uren: 40}}}}}}"),
            "{uren_per_week: 4}"
        )
        .is_empty()
    );
    assert!(
        of(
            &format!("a: {{{week}, status: vervallen, inzet: {{consulenten: {{uren: 40}}}}}}"),
            "{uren_per_week: 4}"
        )
        .is_empty()
    );
}

#[test]
fn user_groups_with_hours_need_availability_and_agreement() {
    let asked = "activiteiten: {a: {inzet: {consulenten: {uren: 4}, inwoners: {uren: 1}, trekker: {uren: 4}}}}";
    let user = ["gebruikers.consulenten"];
    let available = |rest: &str| {
        hours(
            "beschikbare-uren-onbekend",
            &format!("{asked}, beschikbaar: {rest}"),
        )
    };
    assert_eq!(available(""), user);
    assert_eq!(available("{trekker: {uren_per_week: 4}}"), user);
    assert_eq!(available("{consulenten: }"), user);
    assert!(available("{consulenten: {uren_per_week: 4}}").is_empty());
    assert!(available("{consulenten: {uren_per_week: weinig}}").is_empty());
    assert!(available("{consulent: {uren_per_week: 4}}").is_empty());
    let agreed = |rest: &str| {
        hours(
            "uren-niet-afgestemd",
            &format!("{asked}, afgestemd_met: {rest}"),
        )
    };
    assert_eq!(agreed(""), user);
    assert_eq!(agreed("[managers]"), user);
    assert!(agreed("[managers, consulenten]").is_empty());
    assert!(agreed("{managers: ja}").is_empty());
    assert!(agreed("[managers, consulenten: ja]").is_empty());
}

/// The paths at which activities break `fase-te-laat`, for two strategies in successive phases.
fn phases(activities: &str) -> Vec<String> {
    let plan = format!(
        "betrokken_groepen: {{consulenten: {{rol: uitvoerder}}, managers: {{rol: leidinggevende}}}}
gebruikers: {{consulenten: , managers: }}
implementatiestrategieen:
  strategieen:
    vertellen: {{inzet: {{consulenten: orientatie, managers: orientatie}}}}
    trainen: {{inzet: {{consulenten: [inzicht, acceptatie], managers: inzicht}}}}
planning_en_budget: {{activiteiten: {{{activities}}}}}"
    );
    let found = paths("fase-te-laat", &plan);
    found
        .into_iter()
        .map(|path| path.replace(&format!("{ACTIVITIES}."), ""))
        .collect()
}

#[test]
fn activity_is_late_after_the_end_of_a_later_phase() {
    let training = "t: {strategieen: trainen, start: 2027-03-01, einde: 2027-03-31}";
    assert!(
        phases(&format!(
            "v: {{strategieen: vertellen, start: 2027-03-31}}, {training}"
        ))
        .is_empty()
    );
    assert_eq!(
        phases(&format!(
            "v: {{strategieen: vertellen, start: 2027-04-01}}, {training}"
        )),
        ["v.start"]
    );
    let second = "u: {strategieen: trainen, start: 2027-06-01, einde: 2027-06-30}";
    assert!(
        phases(&format!(
            "v: {{strategieen: vertellen, start: 2027-04-01}}, {training}, {second}"
        ))
        .is_empty()
    );
    assert!(
        phases(&format!(
            "v: {{strategieen: [vertellen, trainen], start: 2027-04-01}}, {training}"
        ))
        .is_empty()
    );
    let cancelled = format!(
        "v: {{strategieen: vertellen, start: 2027-04-01}}, {}",
        training.replace('{', "{status: vervallen, ")
    );
    assert!(phases(&cancelled).is_empty());
}

#[test]
fn later_phase_with_unknown_end_is_not_over() {
    let telling = "v: {strategieen: vertellen, start: 2027-04-01}";
    assert!(
        phases(&format!(
            "{telling}, t: {{strategieen: trainen, start: 2027-03-01}}"
        ))
        .is_empty()
    );
    assert!(
        phases(&format!(
            "{telling}, t: {{strategieen: trainen, start: 2027-03-09, einde: 2027-03-01}}"
        ))
        .is_empty()
    );
}

#[test]
fn activity_concerns_the_user_groups_in_its_hours() {
    let telling =
        |effort: &str| format!("v: {{strategieen: vertellen, start: 2027-04-01, inzet: {effort}}}");
    let training = "t: {strategieen: trainen, start: 2027-03-01, einde: 2027-03-31, inzet: {consulenten: {uren: 4}}}";
    assert!(phases(&format!("{}, {training}", telling("{managers: {uren: 1}}"))).is_empty());
    assert_eq!(
        phases(&format!(
            "{}, {training}",
            telling("{consulenten: {uren: 1}}")
        )),
        ["v.start"]
    );
    assert_eq!(
        phases(&format!("{}, {training}", telling("{trekker: {uren: 1}}"))),
        ["v.start"]
    );
}

#[test]
fn actions_must_be_due_by_the_end_of_the_plan() {
    let plan = |due: &str| {
        format!(
            "randvoorwaarden: {{voorwaarden: {{ruimte: {{gereed: {due}}}}}}}
borging: {{doorontwikkeling: {{gereed: {due}}}, eigen_punten: {{wissel: {{gereed: {due}}}}}}}"
        )
    };
    let rule = "actie-buiten-planning";
    assert!(paths(rule, &plan("2029-01-04")).is_empty());
    assert_eq!(
        paths(rule, &plan("na 25 maanden")),
        [
            "randvoorwaarden.voorwaarden.ruimte.gereed",
            "borging.doorontwikkeling.gereed",
            "borging.eigen_punten.wissel.gereed",
        ]
    );
}
