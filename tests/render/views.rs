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
fn summary_covers_goals_dates_people_costs_and_decisions() {
    let plan = example(EXAMPLE, "nl");
    for format in FORMATS {
        let summary = text_of(&plan, format, Layout::Summary);
        for expected in [
            "Psycho-educatie in de schuldhulpverlening",
            "Schuldhulpverleners, Managers en Andere afdelingen",
            "Managers zorgen voor tijd, uiterlijk 4 juli 2027",
            "Onvoldoende tijd in de trajecten: Afspraken over tijd",
            "Trekker: Sanne de Ruiter",
            "4 april 2028",
            "Stel € 98.787,50 beschikbaar.",
            "Stel dit plan vast.",
            "Schuldhulpverleners, Ervaren schuldhulpverlener en Trekker, en nog 5 andere",
        ] {
            assert!(
                summary.contains(expected),
                "{format:?} {expected}: {summary}"
            );
        }
    }
}

#[test]
fn summary_omits_decisions_already_taken() {
    let decided = GOOD.replace("status: concept", "status: vastgesteld");
    let summary = text_of(&decided, Format::Markdown, Layout::Summary);
    assert!(!summary.contains("Stel dit plan vast."), "{summary}");
    assert!(!summary.contains("Wijs iemand aan"), "{summary}");
    let vacant = GOOD.replacen("    persoon: ", "    # persoon: ", 1);
    let summary = text_of(&vacant, Format::Markdown, Layout::Summary);
    assert!(
        summary.contains("Stel dit plan vast.") && summary.contains("Wijs iemand aan voor: "),
        "{summary}"
    );
    let poor = GOOD.replace("    bedrag: € 40.000,00", "    bedrag: 100");
    assert!(poor != GOOD);
    let summary = text_of(&poor, Format::Markdown, Layout::Summary);
    assert!(summary.contains("het budget is € 100,00"), "{summary}");
}

#[test]
fn names_in_sentences_are_shown_verbatim() {
    let plan = GOOD.replace("naam: Teamleiders", "naam: R&D <b> *vet*");
    for format in FORMATS {
        let summary = text_of(&plan, format, Layout::Summary);
        assert!(
            summary.contains("Wijkverpleegkundigen, R&D <b> *vet*, "),
            "{summary}"
        );
    }
}

#[test]
fn group_document_is_limited_to_that_group() {
    let plan = example(EXAMPLE, "nl");
    for format in FORMATS {
        let group = text_of(&plan, format, Layout::Group("managers"));
        for expected in [
            "Voor jou: Managers",
            "Managers zorgen voor tijd",
            "Wat vragen we van je?",
            "Wie helpt je?",
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
    assert!(summary.contains("Approve €98,787.50."), "{summary}");
    let group = text_of(&plan, Format::Markdown, Layout::Group("managers"));
    assert!(group.contains("What do we ask you to do?"), "{group}");
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
            "Stel ten minste € 59.162,50 beschikbaar.",
            "Totaal: ten minste € 59.162,50",
            "Bepaal het uurtarief van Schuldhulpverleners",
        ] {
            let expected = if format == Format::Html {
                expected.replace("Totaal:", "Totaal")
            } else {
                expected.to_owned()
            };
            assert!(
                summary.contains(&expected),
                "{format:?} {expected}: {summary}"
            );
        }
        let whole = text_of(&plan, format, Layout::Plan);
        assert!(
            whole.contains("Kosten (zonder uurtarief van Schuldhulpverleners)"),
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
            group.contains("Het plan vraagt geen uren van deze groep."),
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
    for layout in [Layout::Plan, Layout::Group("werkers")] {
        let text = document_as(SECTION_7, Format::Markdown, layout);
        let rows = |name: &str| -> Vec<String> {
            let begins = format!("| {name}");
            let rows = text.lines().filter(|line| line.starts_with(&begins));
            rows.map(str::to_owned).collect()
        };
        let of_law = rows("De wet").join("\n");
        assert!(
            !of_law.is_empty() && !of_law.contains("geen strategie"),
            "{layout:?}: {of_law}"
        );
        assert!(
            rows("Geen tijd").join("\n").contains("geen strategie"),
            "{layout:?}"
        );
    }
}

#[test]
fn table_7_2_has_every_group_with_a_strategy() {
    for format in FORMATS {
        let plan = text_of(SECTION_7, format, Layout::Plan);
        for expected in [
            "Nieuwsbrief: elke maand",
            "Nieuwsbrief: een keer",
            "staat niet bij de gebruikers",
            "gaat niet door deze fase",
            "Zij wijzen alleen door.",
        ] {
            let expected = if format == Format::Html {
                expected.replace("brief:", "brief")
            } else {
                expected.to_owned()
            };
            assert!(plan.contains(&expected), "{format:?} {expected}: {plan}");
        }
        let table = plan.split("Strategieën per groep en fase").nth(1).unwrap();
        let [users, keten, buren] = ["Werkers", "Keten", "Buren"].map(|name| table.find(name));
        assert!(
            users < keten && keten < buren && buren.is_some(),
            "{format:?}"
        );
        let group = text_of(SECTION_7, format, Layout::Group("werkers"));
        assert!(
            group.contains("Nieuwsbrief") && group.contains("elke maand"),
            "{group}"
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
            summary.contains("Samenvatting van het implementatieplan"),
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
        "Busiest week: 1 hour ",
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
        summary.contains("Release 1 hour from: Workers."),
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
    assert!(text.contains("**Teller**; Soort indicator"), "{text}");
}

#[test]
fn summary_omits_empty_panels() {
    let nothing = "versie: 1\nplan: {titel: a}\n";
    let page = document_as(nothing, Format::Html, Layout::Summary);
    let heads = page.matches("<h2").count();
    assert_eq!(heads, 2, "costs and decisions: {page}");
    let text = document_as(nothing, Format::Markdown, Layout::Summary);
    assert_eq!(text.matches("\n## ").count(), 2, "{text}");
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
