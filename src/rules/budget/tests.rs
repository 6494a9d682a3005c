//! Edge cases of the rules for section 12, planning and budget.

use crate::rules::testing::{assert_paths, paths};

/// A plan with these activities.
fn activities(activities: &str) -> String {
    format!("planning_en_budget: {{activiteiten: {{{activities}}}}}")
}

/// Asserts at which paths activities break a rule. The paths are relative to the list of activities.
#[track_caller]
fn assert_activities(rule: &str, plan: impl Fn(&str) -> String, cases: &[(&str, &[&str])]) {
    for (part, expected) in cases {
        let found = paths(rule, &plan(part));
        let expected = expected.iter();
        let expected = expected.map(|path| format!("planning_en_budget.activiteiten.{path}"));
        assert_eq!(found, expected.collect::<Vec<_>>(), "{rule}: {part}");
    }
}

/// A plan with two user groups, a group of beneficiaries and this section 12.
fn hours(budget: &str) -> String {
    format!(
        "betrokken_groepen: {{consulenten: {{rol: uitvoerder}}, managers: {{rol: leidinggevende}}, inwoners: {{rol: profijtgroep}}}}
gebruikers: {{consulenten: , managers: , inwoners: }}
implementatieteam: {{trekker: }}
planning_en_budget: {{{budget}}}"
    )
}

#[test]
fn user_groups_need_hours_in_an_activity_that_is_not_cancelled() {
    let plan = |activities: &str| hours(&format!("activiteiten: {{{activities}}}"));
    let managers: &[&str] = &["gebruikers.managers"];
    #[rustfmt::skip]
    let cases: &[(&str, &[&str])] = &[
        ("a: {inzet: {consulenten: {personen: 2, uren: 4}}}", managers),
        ("a: {inzet: {consulenten: {uren: 4}, managers: {uren: 1}}}", &[]),
        ("a: {inzet: {consulenten: {uren: 4}}}, b: {status: vervallen, inzet: {managers: {uren: 1}}}", managers),
        ("a: {inzet: {consulenten: {uren: 4}, managers: {personen: 3}}}", managers),
        ("a: {inzet: {consulenten: {uren: 4}, managers: {personen: 0, uren: 2}}}", managers),
        // Unreadable effort may be meant for any group.
        ("a: {inzet: {consulenten: {uren: 4}, managers: {uren: veel}}}", &[]),
        ("a: {inzet: {consulenten: {uren: 4}}}, b: {inzet: veel}", &[]),
        ("a: {inzet: {consulenten: {uren: 4}, manager: {uren: 1}}}", &[]),
        ("", &[]),
    ];
    assert_paths("gebruiker-zonder-activiteit", plan, cases);
}

#[test]
fn cancelled_activity_needs_no_answers() {
    for rule in [
        "activiteit-zonder-uren",
        "activiteit-zonder-datum",
        "activiteit-zonder-eigenaar",
    ] {
        assert_activities(rule, activities, &[("a: , b: {status: vervallen}", &["a"])]);
    }
    let reversed = "a: {status: vervallen, start: 2027-03-02, einde: 2027-03-01}";
    assert_activities("einde-voor-start", activities, &[(reversed, &[])]);
}

#[test]
fn activity_may_have_costs_instead_of_hours() {
    let plan = "a: {kosten: 0}, b: {inzet: {trekker: {uren: 2}}}, c: {kosten: veel}, d: {inzet: {trekker: {uren: veel}}}";
    assert_activities("activiteit-zonder-uren", activities, &[(plan, &[])]);
    let plan = "a: , b: {inzet: {trekker: }}, c: {inzet: {trekker: {personen: 3}, team: }}";
    assert_activities(
        "activiteit-zonder-uren",
        activities,
        &[(plan, &["a", "b", "c"])],
    );
}

#[test]
fn activity_may_last_one_day() {
    assert_activities(
        "einde-voor-start",
        activities,
        &[
            ("a: {start: 2027-03-01, einde: 2027-03-01}", &[]),
            ("a: {start: na 2 maanden, einde: na 1 maand}", &["a.einde"]),
        ],
    );
}

#[test]
fn stage_may_last_one_day() {
    assert_paths(
        "einde-voor-start",
        |end| {
            format!("planning_en_budget: {{etappes: {{a: {{start: 2027-03-01, einde: {end}}}}}}}")
        },
        &[
            ("2027-03-01", &[]),
            ("2027-02-28", &["planning_en_budget.etappes.a.einde"]),
        ],
    );
}

#[test]
fn activity_may_start_and_end_with_the_plan() {
    assert_activities(
        "activiteit-buiten-looptijd",
        |days| activities(&format!("a: {{{days}}}")),
        &[
            ("start: 2027-01-04, einde: 2029-01-04", &[]),
            ("start: 2027-01-03, einde: 2027-02-01", &["a.start"]),
            ("start: 2027-01-04, einde: 2029-01-05", &["a.einde"]),
            ("start: 2026-01-01, einde: 2030-01-01", &["a.start"]),
            ("start: 2026-01-01, einde: 2027-01-04", &["a.start"]),
            // Preparation is part of a plan.
            ("start: 2026-01-01, einde: 2027-01-03", &[]),
            ("start: 2026-01-01", &[]),
            ("start: 2029-02-01, einde: 2029-03-01", &["a.einde"]),
            ("start: 2029-02-01", &["a.start"]),
            ("start: na 3 maanden, einde: na 25 maanden", &["a.einde"]),
            // Dates in the wrong order have their own rule.
            ("start: 2031-02-01, einde: 2030-02-01", &[]),
            ("start: 2029-02-01, einde: 2028-02-01", &[]),
        ],
    );
}

#[test]
fn activity_may_start_on_the_last_day_of_its_predecessor() {
    let first = "training: {start: 2027-02-01, einde: 2027-02-28}";
    let plan = |rest: &str| activities(&format!("{first}, {rest}"));
    #[rustfmt::skip]
    let cases: &[(&str, &[&str])] = &[
        ("intervisie: {na: training, start: 2027-02-28}", &[]),
        ("intervisie: {na: training, start: 2027-02-27}", &["intervisie.start"]),
        ("intervisie: {na: training, start: 2027-02-27, status: vervallen}", &[]),
        ("kick-off: {status: vervallen, einde: 2027-06-01}, intervisie: {na: kick-off, start: 2027-03-01}", &[]),
        ("intervisie: {na: proef, start: 2027-02-27}", &[]),
        ("pilot: {start: 2027-05-01, einde: 2027-04-01}, intervisie: {na: pilot, start: 2027-03-01}", &[]),
    ];
    assert_activities("activiteit-voor-voorganger", plan, cases);
}

#[test]
fn activity_may_start_on_the_day_of_a_decision() {
    let plan = |rest: &str| {
        format!(
            "planning_en_budget: {{beslismomenten: {{door: {{wanneer: 2027-03-01}}, ooit: }}, activiteiten: {{{rest}}}}}"
        )
    };
    #[rustfmt::skip]
    let cases: &[(&str, &[&str])] = &[
        ("a: {na: door, start: 2027-03-01}", &[]),
        ("a: {na: door, start: 2027-02-28}", &["a.start"]),
        ("a: {na: [b, door], start: 2027-02-28}, b: {einde: 2027-02-01}", &["a.start"]),
        ("a: {na: door, start: 2027-02-28, status: vervallen}", &[]),
        ("a: {na: ooit, start: 2027-02-28}", &[]),
        // A ring goes through activities only.
        ("a: {na: [b, door], start: 2027-02-28}, b: {na: a}", &["a.na", "a.start"]),
        // An id that is an activity as well is that activity.
        ("a: {na: door, start: 2027-02-28}, door: {einde: 2027-02-01}", &[]),
        ("a: {na: door, start: 2027-02-28}, door: {status: vervallen}", &[]),
    ];
    assert_activities("activiteit-voor-voorganger", plan, cases);
}

#[test]
fn cycle_is_one_finding() {
    let days = "start: 2027-02-01, einde: 2027-03-01";
    let cycle = format!("a: {{na: c, {days}}}, b: {{na: a, {days}}}, c: {{na: [b], {days}}}");
    let behind = format!("{cycle}, d: {{na: c, {days}}}");
    assert_activities(
        "activiteit-voor-voorganger",
        activities,
        &[
            (&cycle, &["a.na"]),
            ("a: {na: a}", &["a.na"]),
            // Activities after the cycle are still compared with it.
            (&behind, &["a.na", "d.start"]),
            ("a: {na: b}, b: {na: a, status: vervallen}", &[]),
        ],
    );
}

#[test]
fn groups_and_roles_with_hours_need_a_rate() {
    for (effort, rates, expected) in [
        (
            "consulenten: {personen: 2, uren: 4}, trekker: {uren: 4}",
            "",
            2,
        ),
        (
            "consulenten: {personen: 2, uren: 4}, trekker: {uren: 4}",
            "{trekker: 0}",
            1,
        ),
        ("consulenten: {personen: 2, uren: 4}", "{consulenten: }", 1),
        (
            "consulenten: {personen: 2, uren: 4}",
            "{consulenten: veel}",
            0,
        ),
        ("consulenten: {personen: 2, uren: 4}", "{consulent: 50}", 0),
        ("consulenten: {personen: 2, uren: 0}, managers: ", "", 0),
        ("vreemden: {personen: 2, uren: 4}", "", 0),
        // Residents are not paid for coming.
        ("inwoners: {personen: 2, uren: 4}", "", 0),
    ] {
        let plan = hours(&format!(
            "activiteiten: {{a: {{inzet: {{{effort}}}}}}}, uurtarieven: {rates}"
        ));
        let found = paths("uurtarief-ontbreekt", &plan);
        assert_eq!(found.len(), expected, "{effort} {rates}");
    }
}

/// A plan with this section 12 only.
fn money(budget: &str) -> String {
    format!("planning_en_budget: {{{budget}}}")
}

#[test]
fn costs_need_a_budget() {
    assert_paths(
        "budget-ontbreekt",
        money,
        &[
            ("activiteiten: {a: {kosten: 0.01}}", &["planning_en_budget"]),
            (
                "overige_kosten: {zaal: {bedrag: 10}}, budget: {dekking: Rijk}",
                &["planning_en_budget.budget"],
            ),
            ("activiteiten: {a: {kosten: 0}}", &[]),
            ("activiteiten: {a: {kosten: 10, status: vervallen}}", &[]),
            (
                "activiteiten: {a: {kosten: 10}}, budget: {bedrag: genoeg}",
                &[],
            ),
            ("activiteiten: {a: {kosten: 10}}, budget: genoeg", &[]),
        ],
    );
}

#[test]
fn budget_with_an_amount_needs_a_source() {
    let broken: &[&str] = &["planning_en_budget.budget"];
    for (budget, expected) in [
        ("budget: {bedrag: 100}", broken),
        ("budget: {bedrag: 100, dekking: Rijk}", &[]),
        ("budget: {bedrag: , dekking: }", &[]),
    ] {
        assert_eq!(
            paths("dekking-ontbreekt", &money(budget)),
            expected,
            "{budget}"
        );
    }
}

#[test]
fn budget_may_be_spent_to_the_cent() {
    let amount: &[&str] = &["planning_en_budget.budget.bedrag"];
    #[rustfmt::skip]
    let cases: &[(&str, &[&str])] = &[
        ("activiteiten: {a: {kosten: 0.10}, b: {kosten: 0.20}}, budget: {bedrag: 0.30}", &[]),
        ("activiteiten: {a: {kosten: 0.10}, b: {kosten: 0.21}}, budget: {bedrag: 0.30}", amount),
        ("activiteiten: {a: {kosten: 10, status: vervallen}}, budget: {bedrag: 5}", &[]),
    ];
    assert_paths("budget-overschreden", money, cases);
    let effort = "inzet: {trekker: {personen: 3, uren: \"1,5\"}}";
    let plan = |budget: &str| {
        money(&format!(
            "activiteiten: {{a: {{{effort}}}}}, uurtarieven: {{trekker: \"33,33\"}}, budget: {{bedrag: {budget}}}"
        ))
    };
    // 3 × 1.5 hours at 33.33 euros is 149.985, which rounds up.
    let cases: &[(&str, &[&str])] = &[("149.99", &[]), ("149.98", amount)];
    assert_paths("budget-overschreden", plan, cases);
}

#[test]
fn weekly_hours_assume_one_person_for_all_activities() {
    let week = "start: 2027-02-01, einde: 2027-02-07";
    let four = format!("a: {{{week}, inzet: {{consulenten: {{personen: 20, uren: 4}}}}}}");
    let eight = format!("{four}, b: {{{week}, inzet: {{consulenten: {{uren: 4}}}}}}");
    let quarter = format!("a: {{{week}, inzet: {{consulenten: {{uren: 1.25}}}}}}");
    let nobody = format!("a: {{{week}, inzet: {{consulenten: {{personen: 0, uren: 40}}}}}}");
    let cancelled =
        format!("a: {{{week}, status: vervallen, inzet: {{consulenten: {{uren: 40}}}}}}");
    for (activities, available, is_overloaded) in [
        (four.as_str(), "{uren_per_week: 4}", false),
        (&four, "{uren_per_week: 3.7}", false),
        (&four, "{uren_per_week: 3.6}", true),
        // A quarter of an hour at least, and a tenth of what is available at least.
        (&quarter, "{uren_per_week: 1.1}", false),
        (&quarter, "{uren_per_week: 1}", true),
        (&eight, "{uren_per_week: 7.3}", false),
        (&eight, "{uren_per_week: 7.2}", true),
        (&eight, "{uren_per_week: 8}", false),
        (&eight, "{uren_per_week: 4}", true),
        (&four, "{uren_per_week: 0}", true),
        (&four, "", false),
        // Hours without dates belong to no week, and zero people need no hours.
        (
            "a: {start: 2027-02-01, inzet: {consulenten: {uren: 40}}}",
            "{uren_per_week: 4}",
            false,
        ),
        (&nobody, "{uren_per_week: 4}", false),
        (&cancelled, "{uren_per_week: 4}", false),
    ] {
        let budget =
            format!("activiteiten: {{{activities}}}, beschikbaar: {{consulenten: {available}}}");
        let expected: &[&str] = if is_overloaded {
            &["planning_en_budget.beschikbaar.consulenten"]
        } else {
            &[]
        };
        let found = paths("te-veel-uren", &hours(&budget));
        assert_eq!(found, expected, "{activities} {available}");
    }
}

#[test]
fn group_and_role_with_one_id_are_one_party() {
    let week = "start: 2027-02-01, einde: 2027-02-07";
    let plan = |rest: &str| {
        format!(
            "betrokken_groepen: {{consulenten: {{rol: uitvoerder}}}}
gebruikers: {{consulenten: }}
implementatieteam: {{consulenten: {{persoon: Noor}}}}
planning_en_budget: {{activiteiten: {{a: {{{week}, inzet: {{consulenten: {{personen: 2, uren: 4}}}}}}}}, {rest}}}"
        )
    };
    let bare = plan("baten: Rust.");
    let whole = plan(
        "uurtarieven: {consulenten: 50}, beschikbaar: {consulenten: {uren_per_week: 4}}, budget: {bedrag: 400, dekking: Rijk}, afgestemd_met: consulenten",
    );
    for rule in [
        "uurtarief-ontbreekt",
        "beschikbare-uren-onbekend",
        "uren-niet-afgestemd",
    ] {
        assert_eq!(paths(rule, &bare).len(), 1, "{rule}");
        assert_eq!(paths(rule, &whole).len(), 0, "{rule}");
    }
    for rule in [
        "gebruiker-niet-vertegenwoordigd",
        "te-veel-uren",
        "budget-overschreden",
    ] {
        assert_eq!(paths(rule, &whole).len(), 0, "{rule}");
    }
    let few = whole.replace("bedrag: 400", "bedrag: 399");
    assert_eq!(paths("budget-overschreden", &few).len(), 1);
    let busy = whole.replace("uren_per_week: 4", "uren_per_week: 3");
    let at = ["planning_en_budget.beschikbaar.consulenten"];
    assert_eq!(paths("te-veel-uren", &busy), at);
}

#[test]
fn user_groups_with_hours_need_availability_and_agreement() {
    let plan = |rest: &str| {
        let effort = "{consulenten: {uren: 4}, inwoners: {uren: 1}, trekker: {uren: 4}}";
        hours(&format!("activiteiten: {{a: {{inzet: {effort}}}}}, {rest}"))
    };
    let user: &[&str] = &["gebruikers.consulenten"];
    assert_paths(
        "beschikbare-uren-onbekend",
        |available| plan(&format!("beschikbaar: {available}")),
        &[
            ("", user),
            ("{trekker: {uren_per_week: 4}}", user),
            ("{consulenten: }", user),
            ("{consulenten: {uren_per_week: 4}}", &[]),
            ("{consulenten: {uren_per_week: weinig}}", &[]),
            ("{consulent: {uren_per_week: 4}}", &[]),
        ],
    );
    assert_paths(
        "uren-niet-afgestemd",
        |agreed| plan(&format!("afgestemd_met: {agreed}")),
        &[
            ("", user),
            ("[managers]", user),
            ("[managers, consulenten]", &[]),
            ("{managers: ja}", &[]),
            ("[managers, consulenten: ja]", &[]),
        ],
    );
}

/// A plan with these activities for two strategies in successive phases.
fn phases(activities: &str) -> String {
    format!(
        "betrokken_groepen: {{consulenten: {{rol: uitvoerder}}, managers: {{rol: leidinggevende}}}}
gebruikers: {{consulenten: , managers: }}
implementatiestrategieen:
  strategieen:
    vertellen: {{inzet: {{consulenten: orientatie, managers: orientatie}}}}
    trainen: {{inzet: {{consulenten: [inzicht, acceptatie], managers: inzicht}}}}
planning_en_budget: {{activiteiten: {{{activities}}}}}"
    )
}

#[test]
fn activity_is_late_after_the_end_of_a_later_phase() {
    let training = "t: {strategieen: trainen, start: 2027-03-01, einde: 2027-03-31}";
    let second = "u: {strategieen: trainen, start: 2027-06-01, einde: 2027-06-30}";
    let cancelled = training.replace('{', "{status: vervallen, ");
    let telling = "v: {strategieen: vertellen, start: 2027-04-01}";
    let both = "v: {strategieen: [vertellen, trainen], start: 2027-04-01}";
    assert_activities(
        "fase-te-laat",
        phases,
        &[
            (
                &format!("v: {{strategieen: vertellen, start: 2027-03-31}}, {training}"),
                &[],
            ),
            (&format!("{telling}, {training}"), &["v.start"]),
            (&format!("{telling}, {training}, {second}"), &[]),
            (&format!("{both}, {training}"), &[]),
            (&format!("{telling}, {cancelled}"), &[]),
        ],
    );
}

#[test]
fn strategy_for_several_phases_is_for_the_last_of_them() {
    let plan = |uses: &str| {
        format!(
            "betrokken_groepen: {{consulenten: {{rol: uitvoerder}}}}
gebruikers: {{consulenten: }}
implementatiestrategieen: {{strategieen: {{{uses}}}}}
planning_en_budget:
  activiteiten:
    start: {{strategieen: start, start: 2027-02-01, einde: 2027-02-01}}
    trainen: {{strategieen: trainen, start: 2027-03-01, einde: 2027-03-31}}
    slot: {{strategieen: start, start: 2027-09-01, einde: 2027-09-01}}"
        )
    };
    #[rustfmt::skip]
    let cases: &[(&str, &[&str])] = &[
        ("start: {inzet: {consulenten: orientatie}}, trainen: {inzet: {consulenten: inzicht}}", &["slot.start"]),
        // The last meeting is for retention.
        ("start: {inzet: {consulenten: [orientatie, behoud]}}, trainen: {inzet: {consulenten: inzicht}}", &[]),
    ];
    assert_activities("fase-te-laat", plan, cases);
    // The kick-off does not end the phase of acceptance: it comes before the training anyway.
    let kick_off = "start: {inzet: {consulenten: [orientatie, acceptatie]}}, trainen: {inzet: {consulenten: inzicht}}";
    let before_training = plan(kick_off).replace("2027-09-01", "2027-02-02");
    assert_eq!(paths("fase-te-laat", &before_training), [""; 0]);
}

#[test]
fn later_phase_with_unknown_end_is_not_over() {
    assert_activities(
        "fase-te-laat",
        |days| {
            let training = format!("t: {{strategieen: trainen, {days}}}");
            phases(&format!(
                "v: {{strategieen: vertellen, start: 2027-04-01}}, {training}"
            ))
        },
        &[
            ("start: 2027-03-01", &[]),
            ("start: 2027-03-09, einde: 2027-03-01", &[]),
        ],
    );
}

#[test]
fn activity_concerns_the_user_groups_in_its_hours() {
    let training = "t: {strategieen: trainen, start: 2027-03-01, einde: 2027-03-31, inzet: {consulenten: {uren: 4}}}";
    assert_activities(
        "fase-te-laat",
        |effort| {
            let telling =
                format!("v: {{strategieen: vertellen, start: 2027-04-01, inzet: {effort}}}");
            phases(&format!("{telling}, {training}"))
        },
        &[
            ("{managers: {uren: 1}}", &[]),
            ("{consulenten: {uren: 1}}", &["v.start"]),
            ("{trekker: {uren: 1}}", &["v.start"]),
        ],
    );
}

#[test]
fn actions_must_be_due_by_the_end_of_the_plan() {
    assert_paths(
        "actie-buiten-planning",
        |due| {
            format!(
                "beschrijving_interventie: {{materialen: {{kaart: {{gereed: {due}}}}}}}
randvoorwaarden: {{voorwaarden: {{ruimte: {{gereed: {due}}}}}}}
borging: {{doorontwikkeling: {{gereed: {due}}}, eigen_punten: {{wissel: {{gereed: {due}}}}}}}
planning_en_budget: {{beslismomenten: {{door: {{wanneer: {due}}}}}, etappes: {{alles: {{einde: {due}}}}}}}"
            )
        },
        &[
            ("2029-01-04", &[]),
            (
                "na 25 maanden",
                &[
                    "beschrijving_interventie.materialen.kaart.gereed",
                    "randvoorwaarden.voorwaarden.ruimte.gereed",
                    "borging.doorontwikkeling.gereed",
                    "borging.eigen_punten.wissel.gereed",
                    "planning_en_budget.beslismomenten.door.wanneer",
                    "planning_en_budget.etappes.alles.einde",
                ],
            ),
        ],
    );
}

#[test]
fn a_period_as_long_as_the_plan_ends_within_it() {
    let plan = |end: &str| {
        format!(
            "versie: 1
plan: {{titel: Plan, interventie: Methode, organisaties: Gemeente, start: 2027-04-01, einde: 2029-03-31}}
implementatiedoelen: {{a: {{groep: b, termijn: {end}}}}}
randvoorwaarden: {{voorwaarden: {{a: {{actie: x, gereed: {end}}}}}}}
planning_en_budget: {{activiteiten: {{a: {{start: 2027-05-01, einde: {end}}}}}}}"
        )
    };
    let late = |end: &str| {
        [
            "doel-na-einde",
            "actie-buiten-planning",
            "activiteit-buiten-looptijd",
        ]
        .map(|rule| paths(rule, &plan(end)).len())
    };
    assert_eq!(late("na 2 jaar"), [0, 0, 0]);
    assert_eq!(late("binnen 24 maanden"), [0, 0, 0]);
    assert_eq!(late("na 25 maanden"), [1, 1, 1]);
    assert_eq!(late("2029-04-01"), [1, 1, 1]);
}
