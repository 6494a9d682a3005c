//! Views other than the whole plan: the summary, the document per group and the red thread, and the files they are written to.

use std::fs;

use planmaker::scaffold;
use planmaker::{Format, Language, Layout, Request, Words, render};

use crate::command::{folder, names, outcome, planmaker};
use crate::support::{FORMATS, document_as, example, shown_text, with_view_on};

const GOOD: &str = include_str!("../plans/goed.yaml");
const EXAMPLE: &str = "examples/psycho-educatie.yaml";

fn text_of(plan: &str, format: Format, layout: Layout<'_>) -> String {
    shown_text(&document_as(plan, format, layout), format)
}

#[test]
fn decision_note_says_what_is_asked_of_whom_and_when() {
    let plan = example(EXAMPLE, "nl");
    for format in FORMATS {
        let summary = text_of(&plan, format, Layout::Summary);
        for expected in [
            "Psycho-educatie in de schuldhulpverlening",
            "Van wethouder en managers:",
            "Stel dit plan vast, van 4 januari 2027 tot en met 4 april 2028.",
            "Stel € 19.880 beschikbaar voor uitgaven",
            "Maak 1.201 uur vrij, samen € 78.907,50 aan loonkosten.",
            "schuldhulpverleners (12) 634 trekker 171 andere afdelingen (24) 117 managers (3) 72",
            "Neem uiterlijk 24 maart 2028 een besluit: Wordt Psycho-educatie onze vaste werkwijze? (wethouder)",
            "Uitgaven en uren kosten samen € 98.787,50. In het budget van € 102.000 blijft € 3.212,50 ruimte.",
            "Bij nee: Dan lopen de trajecten",
            "van de trajecten, uiterlijk 4 april 2027, nu is het 10%",
            "Onvoldoende tijd in de trajecten",
            "(18 jan t/m 5 feb 2027)",
            "De trekker valt weg",
            "Sanne de Ruiter (trekker)",
        ] {
            let summary = summary
                .replace(", trekker", " trekker")
                .replace(", andere", " andere");
            let summary = summary.replace(", managers (3)", " managers (3)");
            assert!(
                summary.contains(expected),
                "{format:?} {expected}: {summary}"
            );
        }
        // Hours of beneficiaries are not asked for.
        assert!(!summary.contains("klanten (240)"), "{format:?}: {summary}");
    }
}

#[test]
fn decision_before_the_start_is_about_the_plan() {
    let plan = GOOD.replace(
        "planning_en_budget:\n",
        "planning_en_budget:\n  beslismomenten: {v: {naam: Gaan we beginnen?, wanneer: 2026-12-15, bij_nee: Dan niet.}}\n",
    );
    assert!(plan != GOOD);
    let summary = text_of(&plan, Format::Markdown, Layout::Summary);
    for expected in [
        ", uiterlijk 15 december 2026:",
        "Beslis: Gaan we beginnen?",
        "Bij nee: Dan niet.",
    ] {
        assert!(summary.contains(expected), "{expected}: {summary}");
    }
}

#[test]
fn adopted_plan_asks_for_open_decisions_only() {
    let decided = GOOD.replace("status: concept", "status: vastgesteld");
    let summary = text_of(&decided, Format::Markdown, Layout::Summary);
    for asked in ["Stel dit plan vast", "Wijs iemand aan", "Stel €", "Maak "] {
        assert!(!summary.contains(asked), "{asked}: {summary}");
    }
    assert!(
        summary.contains("Er staat geen besluit meer open."),
        "{summary}"
    );
    let vacant = GOOD.replacen("    persoon: ", "    # persoon: ", 1);
    let summary = text_of(&vacant, Format::Markdown, Layout::Summary);
    assert!(
        summary.contains("Stel dit plan vast") && summary.contains("Wijs iemand aan voor: "),
        "{summary}"
    );
}

#[test]
fn decision_note_of_a_plan_with_errors_asks_for_no_decision() {
    let poor = GOOD.replace("    bedrag: € 40.000,00", "    bedrag: 100");
    assert!(poor != GOOD);
    let beginner = fs::read_to_string("tests/plans/beginner.yaml").unwrap();
    for format in FORMATS {
        let summary = text_of(&poor, format, Layout::Summary);
        for expected in ["Nog niet klaar om vast te stellen", "meer dan het budget"] {
            assert!(summary.contains(expected), "{format:?}: {summary}");
        }
        let summary = text_of(&beginner, format, Layout::Summary);
        for expected in [
            "‘Te weinig vrijwilligers’ weegt zwaar en heeft geen strategie.",
            "punten staan in het plan, bij ‘Openstaande punten’.",
        ] {
            assert!(summary.contains(expected), "{format:?}: {summary}");
        }
        for left_out in [
            "Stel dit plan vast",
            "planning_en_budget",
            "implementatiedoelen",
        ] {
            assert!(
                !summary.contains(left_out),
                "{format:?} {left_out}: {summary}"
            );
        }
    }
}

#[test]
fn unknown_hours_and_money_are_not_zero() {
    let plan = "versie: 1
plan: {titel: a, start: 2027-01-04, einde: na 1 jaar}
betrokken_groepen: {werkers: {naam: Werkers, rol: uitvoerder}, teams: {naam: Teams, rol: leidinggevende}}
planning_en_budget:
  activiteiten:
    een: {naam: Een, inzet: {werkers: {personen: 4, uren: 5}, teams: {uren: 2}}}
";
    for format in FORMATS {
        let summary = text_of(plan, format, Layout::Summary);
        for expected in [
            "ten minste 20 uur",
            "van teams is het nog niet bekend",
            "nog niet bekend",
        ] {
            assert!(
                summary.contains(expected),
                "{format:?} {expected}: {summary}"
            );
        }
        assert!(!summary.contains("€ 0"), "{format:?}: {summary}");
    }
}

/// A plan in which names and prose are as long as said.
fn long(length: usize) -> String {
    let text = "Medewerkers voeren het gesprek ".repeat(length / 31 + 1);
    let text = &text[..length];
    let things = |kind: &str, rest: &str| -> String {
        let thing = |nr| format!("{kind}{nr}: {{naam: {text}, {rest}}}");
        (0..9).map(thing).collect::<Vec<_>>().join(", ")
    };
    format!(
        "versie: 1
plan: {{titel: {text}, interventie: {text}, start: 2027-01-04, einde: na 1 jaar, opdrachtgever: g0}}
betrokken_groepen: {{{groups}}}
gebruikers: {{g0: {{}}}}
implementatiedoelen: {{{goals}}}
contextanalyse: {{factoren: {{{factors}}}}}
implementatieteam: {{{roles}}}
risicos: {{{risks}}}
planning_en_budget: {{beslismomenten: {{{decisions}}}, activiteiten: {{{activities}}}}}
",
        groups = things("g", "rol: uitvoerder"),
        goals = things(
            "d",
            "groep: g0, norm: 80% van alles, nulmeting: 10% van alles"
        ),
        factors = things("f", "richting: belemmerend"),
        roles = things("t", "persoon: P"),
        risks = things("r", "kans: 1"),
        decisions = things("b", "wanneer: 2027-03-01"),
        activities = things("a", "inzet: {g0: {personen: 2, uren: 3}}, kosten: 10"),
    )
}

#[test]
fn rows_that_do_not_fit_are_counted_and_nothing_is_cut() {
    for (length, goals) in [
        (20, "Nog"),
        (500, "Alle doelen staan in het plan, hoofdstuk 5."),
    ] {
        let plan = long(length);
        for format in FORMATS {
            let summary = text_of(&plan, format, Layout::Summary);
            assert!(!summary.contains('…'), "{format:?}: {summary}");
            for expected in [
                goals,
                "belemmeringen staan in het plan, hoofdstuk 6.",
                "risico’s staan in het plan, in de bijlage.",
                "Hoe zwaar elke belemmering weegt, staat nog niet in het plan.",
            ] {
                assert!(
                    summary.contains(expected),
                    "{length} {format:?} {expected}: {summary}"
                );
            }
            let shows_a_name = summary.contains("Medewerkers voeren");
            assert_eq!(shows_a_name, length == 20, "{length} {format:?}: {summary}");
        }
    }
    let css = fs::read_to_string("templates/sheet.css").unwrap();
    assert!(!css.contains("line-clamp") && !css.contains("ellipsis"));
}

#[test]
fn names_in_sentences_are_shown_verbatim() {
    let plan = GOOD.replace("naam: Teamleiders", "naam: R&D <b> *vet*");
    for format in FORMATS {
        let summary = text_of(&plan, format, Layout::Summary);
        assert!(summary.contains("R&D <b> *vet*"), "{summary}");
    }
}

#[test]
fn group_document_is_limited_to_that_group() {
    let plan = example(EXAMPLE, "nl");
    for format in FORMATS {
        let group = text_of(&plan, format, Layout::Group("managers"));
        for expected in [
            "Voor managers",
            "Jouw jaar met Psycho-educatie bij de aanpak van financiële problemen",
            "Managers zorgen voor tijd",
            "Wat vragen we van je, en wanneer?",
            "Wie helpt je?",
            "s.deruiter@lindermeer.example",
            "In februari 2028 in hun overleg met de trekker",
        ] {
            assert!(group.contains(expected), "{format:?} {expected}: {group}");
        }
        for other in [
            "Schuldhulpverleners passen Psycho-educatie toe in hun gesprekken",
            "Zij leggen hun klanten uit wat stress met gedrag doet",
        ] {
            assert!(!group.contains(other), "{format:?} {other}: {group}");
        }
    }
}

#[test]
fn tasks_of_a_group_are_in_the_order_of_their_days() {
    let plan = "versie: 1
plan: {titel: Een plan, start: 2027-01-04, einde: na 1 jaar}
betrokken_groepen: {werkers: {naam: Werkers, rol: uitvoerder, omvang: 12}}
gebruikers: {werkers: {}}
randvoorwaarden: {voorwaarden: {v: {geregeld: nee, actie: Maak een rooster., eigenaar: werkers, gereed: 2027-02-15}}}
implementatiestrategieen: {strategieen: {s: {naam: Uitleg, inzet: {werkers: [inzicht]}}}}
planning_en_budget:
  activiteiten:
    later: {naam: Oefenen, start: 2027-03-01, einde: 2027-04-02, inzet: {werkers: {personen: 4, uren: 6}}}
    geen-dag: {naam: Nog te plannen, inzet: {werkers: {personen: 12}}}
    gericht: {naam: Nieuwsbrief lezen, strategieen: s, start: 2027-01-18, einde: 2027-02-05}
    gedaan: {naam: Kennismaken, status: klaar, start: 2027-01-04, einde: 2027-01-04, inzet: {werkers: {personen: 12, uren: 1}}}
    van-anderen: {naam: Iets anders, start: 2027-01-04, einde: 2027-01-05}
";
    for format in FORMATS {
        let group = text_of(plan, format, Layout::Group("werkers"));
        let order = [
            "18 jan t/m 5 feb 2027",
            "Nieuwsbrief lezen",
            "Maak een rooster.",
            "Oefenen (4 van de 12)",
            "Nog te plannen",
            "1 onderdeel is al klaar.",
        ];
        let places: Vec<usize> = order
            .iter()
            .map(|text| {
                group
                    .find(text)
                    .unwrap_or_else(|| panic!("{text}: {group}"))
            })
            .collect();
        assert!(places.is_sorted(), "{format:?}: {group}");
        assert!(!group.contains("Iets anders"), "{format:?}: {group}");
        assert!(
            group.contains("Van niet alles is de tijd al bekend."),
            "{format:?}: {group}"
        );
    }
}

#[test]
fn group_document_has_no_words_of_the_trade() {
    for (key, text) in Words::of(Language::Dutch).all() {
        if key.starts_with("weergave.groep.") {
            for word in ["indicator", "norm", "aspect", "strategie", "interventie"] {
                let text = text.replace("{interventie}", "").to_lowercase();
                assert!(!text.contains(word), "{key}: {text}");
            }
        }
    }
}

#[test]
fn group_document_of_a_plan_without_an_intervention_has_another_title() {
    let plan = "versie: 1\nplan: {titel: Ons plan}\ngebruikers: {b: {}}\n";
    for format in FORMATS {
        let group = text_of(plan, format, Layout::Group("b"));
        assert!(
            group.contains("Wat er voor jou verandert") && group.contains("Ons plan"),
            "{format:?}: {group}"
        );
        assert!(!group.contains("Jouw jaar"), "{format:?}: {group}");
    }
}

#[test]
fn internal_links_of_short_documents_resolve() {
    let plan = example(EXAMPLE, "nl");
    for layout in [
        Layout::Summary,
        Layout::Group("schuldhulpverleners"),
        Layout::RedThread,
        Layout::Interview("schuldhulpverleners"),
    ] {
        let page = document_as(&plan, Format::Html, layout);
        let links = page.split("href=\"#").skip(1);
        for link in links.filter_map(|rest| rest.split('"').next()) {
            assert!(
                page.contains(&format!(" id=\"{link}\"")),
                "{layout:?} {link}"
            );
        }
    }
}

#[test]
fn documents_use_the_language_of_the_plan() {
    let plan = example(EXAMPLE, "en");
    let summary = text_of(&plan, Format::Markdown, Layout::Summary);
    assert!(
        summary.contains("Approve €19,880 for expenses"),
        "{summary}"
    );
    let group = text_of(&plan, Format::Markdown, Layout::Group("managers"));
    assert!(
        group.contains("What do we ask you to do, and when?"),
        "{group}"
    );
}

#[test]
fn empty_plan_renders_in_every_layout() {
    for plan in [
        "versie: 1\n",
        "versie: 1\nplan: {titel: a}\ngebruikers: {b: {}}\n",
    ] {
        for layout in [
            Layout::Plan,
            Layout::Summary,
            Layout::Group("b"),
            Layout::RedThread,
            Layout::Interview("b"),
            Layout::Progress,
        ] {
            for format in FORMATS {
                assert!(!document_as(plan, format, layout).is_empty());
            }
        }
    }
}

#[test]
fn incomplete_plans_render_in_every_short_layout() {
    let skeleton = scaffold::skeleton(Words::of(Language::Dutch));
    let cases = fs::read_dir("src/rules/examples/nl").unwrap();
    let cases = cases.map(|case| fs::read_to_string(case.unwrap().path()).unwrap());
    for case in cases.chain([skeleton]) {
        for plan in case.split("\n---\n") {
            let made = with_view_on("2027-05-10", plan, |view| {
                let groups = view.facts().users.keys().copied().map(Layout::Group);
                let interviews = view.facts().interviewees(view.plan).into_iter();
                let others = [Layout::Summary, Layout::RedThread, Layout::Progress];
                let layouts = groups
                    .chain(interviews.map(Layout::Interview))
                    .chain(others);
                let made = layouts.map(|layout| {
                    let format = Format::Markdown;
                    render(
                        view,
                        Request {
                            layout,
                            ..format.into()
                        },
                    )
                    .map(|_| ())
                });
                made.collect::<Result<Vec<()>, _>>()
            });
            assert!(made.is_ok(), "{made:?}: {plan}");
        }
    }
}

#[test]
fn each_view_and_each_group_is_a_file() {
    let folder = folder();
    fs::write(folder.path().join("plan.yaml"), GOOD).unwrap();
    let args = [
        "render",
        "--view",
        "samenvatting,groep",
        "--view",
        "rode-draad",
        "--to",
        "md,json",
    ];
    assert_eq!(planmaker(folder.path(), &args).status.code(), Some(0));
    assert_eq!(
        names(folder.path()),
        [
            "plan-groep-huisartsen.md",
            "plan-groep-teamleiders.md",
            "plan-groep-thuiswonende-ouderen.md",
            "plan-groep-wijkverpleegkundigen.md",
            "plan-rode-draad.md",
            "plan-samenvatting.md",
            "plan.json",
            "plan.yaml",
        ]
    );
}

#[test]
fn group_option_selects_one_group_by_id() {
    let folder = folder();
    fs::write(folder.path().join("plan.yaml"), GOOD).unwrap();
    let output = planmaker(folder.path(), &["render", "--groep", "huisartsen"]);
    assert_eq!(
        outcome(&output),
        (
            Some(0),
            "Geschreven: plan-groep-huisartsen.html\n".to_owned()
        )
    );
    let (status, message) = outcome(&planmaker(
        folder.path(),
        &["render", "--groep", "huisarten"],
    ));
    assert_eq!(status, Some(2));
    assert!(message.contains("Bedoelde je ‘huisartsen’"), "{message}");
    let args = ["render", "--view", "groep", "-o", "een.html"];
    let (status, message) = outcome(&planmaker(folder.path(), &args));
    assert_eq!(status, Some(2), "{message}");
    assert!(!folder.path().join("een.html").exists());
}

#[test]
fn view_groep_without_groups_writes_nothing() {
    let folder = folder();
    let (status, message) = outcome(&planmaker(folder.path(), &["render", "--view", "groep"]));
    assert_eq!(status, Some(1));
    assert!(message.contains("geen gebruikersgroepen"), "{message}");
    assert_eq!(names(folder.path()), ["plan.yaml"]);
}

#[test]
fn group_id_cannot_escape_the_folder() {
    let folder = folder();
    let plan = folder.path().join("binnen/plan.yaml");
    fs::create_dir(folder.path().join("binnen")).unwrap();
    fs::write(
        &plan,
        "versie: 1\nplan: {titel: a}\ngebruikers: {../../ontsnapt: {}}\n",
    )
    .unwrap();
    let args = ["render", "--view", "groep", "binnen/plan.yaml"];
    planmaker(folder.path(), &args);
    assert_eq!(names(folder.path()), ["binnen", "plan.yaml"]);
}

#[test]
fn watch_and_open_need_a_file() {
    let folder = folder();
    for args in [["render", "-", "--watch"], ["render", "-o-", "--open"]] {
        let (status, message) = outcome(&planmaker(folder.path(), &args));
        assert_eq!(status, Some(2));
        assert!(message.contains(args[2]), "{message}");
    }
}

#[test]
fn costs_without_all_rates_are_a_minimum() {
    let minimal = fs::read_to_string("examples/minimaal.yaml").unwrap();
    let plan = example(EXAMPLE, "nl").replace("    schuldhulpverleners: 62,50\n", "");
    for format in FORMATS {
        let summary = text_of(&minimal, format, Layout::Summary);
        assert!(
            !summary.contains("€ 0,00"),
            "the cost of 72 hours is unknown: {summary}"
        );
        let summary = text_of(&plan, format, Layout::Summary);
        for expected in [
            "Stel € 19.880 beschikbaar",
            "samen ten minste € 39.282,50 aan loonkosten",
            "Uitgaven en uren kosten samen ten minste € 59.162,50. De rest is nog niet bekend.",
            "Nog niet bekend is het uurtarief van schuldhulpverleners.",
        ] {
            assert!(
                summary.contains(expected),
                "{format:?} {expected}: {summary}"
            );
        }
        let whole = text_of(&plan, format, Layout::Plan);
        assert!(
            whole.contains("Nog niet bekend is het uurtarief van schuldhulpverleners."),
            "{format:?}"
        );
        for known in whole.match_indices("€ 59.162,50") {
            let before = &whole[..known.0];
            assert!(
                before.ends_with("ten minste ") || before.ends_with("≥ "),
                "{format:?}: {}",
                &before[before.len() - 60..]
            );
        }
        assert!(whole.contains("hoogstens € "), "{format:?}");
        let nothing = text_of("versie: 1\nplan: {titel: a}\n", format, Layout::Summary);
        assert!(
            nothing.contains("nog niet bekend") && !nothing.contains("€ 0,00"),
            "{format:?}: {nothing}"
        );
    }
}

#[test]
fn group_without_effort_shows_no_gaps() {
    for format in FORMATS {
        let group = text_of(GOOD, format, Layout::Group("thuiswonende-ouderen"));
        for gap in ["geen strategie", "nog niet ingevuld", "nog geen uren"] {
            assert!(!group.contains(gap), "{format:?} {gap}: {group}");
        }
        assert!(
            group.contains("Het plan vraagt niets van deze groep."),
            "{group}"
        );
    }
}

const SECTION_7: &str = "versie: 1
plan: {titel: Een plan, start: 2027-01-04, einde: na 1 jaar}
betrokken_groepen:
  werkers: {naam: Werkers, rol: uitvoerder}
  keten: {naam: Keten, rol: ketenpartner}
  buren: {naam: Buren}
gebruikers: {werkers: {}}
contextanalyse:
  factoren:
    wet: {naam: De wet, groep: werkers, richting: belemmerend, invloed: 3, veranderbaar: nee}
    tijd: {naam: Geen tijd, groep: werkers, richting: belemmerend, invloed: 3, veranderbaar: ja}
implementatiestrategieen:
  fasen: {keten: {doorloopt: [orientatie, inzicht], omdat: Zij wijzen alleen door.}}
  strategieen:
    nieuws: {naam: Nieuwsbrief, inzet: {werkers: {orientatie: elke maand}, keten: {orientatie: een keer}, buren: [inzicht]}}
monitoring: {teller: {doel: x, soort: toepassing, wanneer: elke 1 maand}}
";

#[test]
fn unchangeable_barrier_shows_no_missing_strategy() {
    let text = document_as(SECTION_7, Format::Markdown, Layout::Plan);
    let rows = |name: &str| -> String {
        let begins = format!("| {name}");
        let rows = text.lines().filter(|line| line.starts_with(&begins));
        rows.collect()
    };
    assert!(text.contains("De wet"), "{text}");
    assert!(!rows("De wet").contains("geen strategie"), "{text}");
    assert!(rows("Geen tijd").contains("geen strategie"), "{text}");
}

#[test]
fn table_7_2_has_every_group_with_a_strategy() {
    for format in FORMATS {
        let plan = text_of(SECTION_7, format, Layout::Plan);
        for expected in [
            "elke maand",
            "een keer",
            "geen gebruikersgroep",
            "overgeslagen",
            "Zij wijzen alleen door.",
        ] {
            assert!(plan.contains(expected), "{format:?} {expected}: {plan}");
        }
        let table = plan.split("Strategieën per groep en fase").nth(1).unwrap();
        let [users, keten, buren] = ["Werkers", "Keten", "Buren"].map(|name| table.find(name));
        assert!(
            users < keten && keten < buren && buren.is_some(),
            "{format:?}"
        );
    }
}

#[test]
fn short_documents_name_their_kind_and_plan() {
    for format in FORMATS {
        let group = text_of(GOOD, format, Layout::Group("huisartsen"));
        assert!(group.contains("Stevig Staan"), "{format:?}: {group}");
        let summary = text_of(GOOD, format, Layout::Summary);
        assert!(
            summary.contains("Beslisnotitie bij het implementatieplan"),
            "{format:?}: {summary}"
        );
    }
}

#[test]
fn counts_of_one_are_singular() {
    let plan = "versie: 1
plan: {titel: A plan, taal: TAAL, start: 2027-04-01, einde: na 1 jaar}
betrokken_groepen: {werkers: {naam: Workers, rol: uitvoerder}}
gebruikers: {werkers: {}}
implementatiedoelen: {doel: {naam: Goal}}
monitoring: {teller: {doel: doel, soort: toepassing, wanneer: [elke 1 maand, elke 1 jaar, elke 2 weken]}}
planning_en_budget:
  activiteiten: {dag: {naam: Day, start: 2027-04-01, einde: 2027-04-01, inzet: {werkers: {personen: 1, uren: 1}}, kosten: 2000}}
  budget: {bedrag: 92}
";
    let english = plan.replace("TAAL", "en");
    let whole = text_of(&english, Format::Html, Layout::Plan);
    for expected in [
        "1 × 1 hour ",
        "every month (first",
        "every year",
        "every 2 weeks",
        "Shortfall",
        "€1,908.00",
    ] {
        assert!(whole.contains(expected), "{expected}: {whole}");
    }
    assert!(!whole.contains("1 April 2027 to 1 April 2027"));
    let summary = text_of(&english, Format::Markdown, Layout::Summary);
    assert!(
        summary.contains("of employees, until 1 April 2028: 1 hour"),
        "{summary}"
    );
    let dutch = plan.replace("TAAL", "nl");
    let whole = text_of(&dutch, Format::Markdown, Layout::Plan);
    for expected in [
        "elke maand (voor het eerst",
        "elk jaar",
        "Tekort",
        "elke 2 weken",
    ] {
        assert!(whole.contains(expected), "{expected}: {whole}");
    }
    assert!(
        !whole.contains("-1.908") && !whole.contains("tot en met 1 april 2027"),
        "{whole}"
    );
}

#[test]
fn missing_answers_leave_no_punctuation() {
    let text = document_as(SECTION_7, Format::Markdown, Layout::Plan);
    assert!(!text.contains(":**;") && !text.contains(":** |"), "{text}");
    assert!(text.contains("| Teller | elke maand"), "{text}");
}

#[test]
fn decision_note_of_an_empty_plan_says_what_is_unknown() {
    let nothing = "versie: 1\nplan: {titel: a}\n";
    for format in FORMATS {
        let summary = text_of(nothing, format, Layout::Summary);
        for expected in [
            "Nog niet klaar om vast te stellen",
            "nog niet bekend",
            "Het plan noemt nog geen dagen.",
            "Het plan noemt nog geen doelen.",
            "Het plan noemt nog geen belemmeringen.",
            "Het plan noemt nog geen risico’s.",
            "Wie in het team komen, is nog niet bekend.",
        ] {
            assert!(
                summary.contains(expected),
                "{format:?} {expected}: {summary}"
            );
        }
    }
}

#[test]
fn options_without_effect_are_rejected() {
    let folder = folder();
    fs::write(folder.path().join("plan.yaml"), GOOD).unwrap();
    for (args, expected) in [
        (
            &["render", "--view", "samenvatting", "--groep", "huisartsen"][..],
            "--groep",
        ),
        (&["render", "--mermaid"], "--mermaid"),
        (&["render", "--to", "html", "-o", "x.md"], "x.md"),
        (&["render", "--watch", "-o", "-"], "--watch"),
    ] {
        let (status, message) = outcome(&planmaker(folder.path(), args));
        assert_eq!(status, Some(2), "{args:?}: {message}");
        assert!(message.contains(expected), "{args:?}: {message}");
        assert_eq!(names(folder.path()), ["plan.yaml"], "{args:?}");
    }
    let (status, _) = outcome(&planmaker(
        folder.path(),
        &["render", "-o", "x.md", "--mermaid"],
    ));
    assert_eq!(status, Some(0));
    let text = fs::read_to_string(folder.path().join("x.md")).unwrap();
    assert!(text.starts_with("# ") && text.contains("```mermaid"));
}
