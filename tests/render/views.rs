//! The documents of a few sheets: the summary, the document for one group, the red thread alone; and which files they are.

use std::fs;
use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Command, Stdio};

use planmaker::plan::Language;
use planmaker::render::{Format, Layout, Request, render};
use planmaker::scaffold;
use planmaker::words::Words;

use crate::command::{folder, names, planmaker, told};
use crate::reader::{FORMATS, example, laid_out, read, with_view};

const GOOD: &str = include_str!("../plans/goed.yaml");
const EXAMPLE: &str = "examples/psycho-educatie.yaml";

fn words_of(plan: &str, format: Format, layout: Layout<'_>) -> String {
    read(&laid_out(plan, format, layout), format)
}

#[test]
fn the_summary_says_what_when_who_how_much_and_what_to_decide() {
    let plan = example(EXAMPLE, "nl");
    for format in FORMATS {
        let summary = words_of(&plan, format, Layout::Summary);
        for said in [
            "Psycho-educatie in de schuldhulpverlening",
            "Schuldhulpverleners, Managers en Andere afdelingen",
            "Managers zorgen voor tijd, uiterlijk 4 juli 2027",
            "Onvoldoende tijd in de trajecten: Afspraken over tijd",
            "Trekker: Sanne de Ruiter",
            "4 april 2028",
            "Stel € 92.914,00 beschikbaar.",
            "Stel dit plan vast.",
            "Schuldhulpverleners, Andere afdelingen en Trekker, en nog 5 andere",
        ] {
            assert!(summary.contains(said), "{format:?} {said}: {summary}");
        }
    }
}

#[test]
fn what_is_decided_already_is_not_asked() {
    let decided = GOOD.replace("status: concept", "status: vastgesteld");
    let summary = words_of(&decided, Format::Markdown, Layout::Summary);
    assert!(!summary.contains("Stel dit plan vast."), "{summary}");
    assert!(!summary.contains("Wijs iemand aan"), "{summary}");
    let vacant = GOOD.replacen("    persoon: ", "    # persoon: ", 1);
    let summary = words_of(&vacant, Format::Markdown, Layout::Summary);
    assert!(
        summary.contains("Stel dit plan vast.") && summary.contains("Wijs iemand aan voor: "),
        "{summary}"
    );
    let poor = GOOD.replace("    bedrag: € 40.000,00", "    bedrag: 100");
    assert!(poor != GOOD);
    let summary = words_of(&poor, Format::Markdown, Layout::Summary);
    assert!(summary.contains("het budget is € 100,00"), "{summary}");
}

#[test]
fn names_in_a_sentence_are_shown_as_they_are() {
    let plan = GOOD.replace("naam: Teamleiders", "naam: R&D <b> *vet*");
    for format in FORMATS {
        let summary = words_of(&plan, format, Layout::Summary);
        assert!(
            summary.contains("Wijkverpleegkundigen, R&D <b> *vet*, "),
            "{summary}"
        );
    }
}

#[test]
fn a_group_reads_what_is_its_own() {
    let plan = example(EXAMPLE, "nl");
    for format in FORMATS {
        let group = words_of(&plan, format, Layout::Group("managers"));
        for said in [
            "Voor jou: Managers",
            "Managers zorgen voor tijd",
            "Wat vragen we van je?",
            "Wie helpt je?",
        ] {
            assert!(group.contains(said), "{format:?} {said}: {group}");
        }
        for of_another in [
            "Schuldhulpverleners passen Psycho-educatie toe in hun gesprekken",
            "Zij leggen hun klanten uit wat stress met gedrag doet",
        ] {
            assert!(
                !group.contains(of_another),
                "{format:?} {of_another}: {group}"
            );
        }
    }
}

#[test]
fn short_documents_lead_nowhere_that_they_do_not_have() {
    let plan = example(EXAMPLE, "nl");
    for layout in [
        Layout::Summary,
        Layout::Group("schuldhulpverleners"),
        Layout::RedThread,
    ] {
        let page = laid_out(&plan, Format::Html, layout);
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
fn every_document_speaks_the_language_of_the_plan() {
    let plan = example(EXAMPLE, "en");
    let summary = words_of(&plan, Format::Markdown, Layout::Summary);
    assert!(summary.contains("Make €92,914.00 available."), "{summary}");
    let group = words_of(&plan, Format::Markdown, Layout::Group("managers"));
    assert!(group.contains("What do we ask of you?"), "{group}");
}

#[test]
fn a_plan_that_says_nothing_has_every_document() {
    for plan in [
        "versie: 1\n",
        "versie: 1\nplan: {titel: a}\ngebruikers: {b: {}}\n",
    ] {
        for layout in [
            Layout::Plan,
            Layout::Summary,
            Layout::Group("b"),
            Layout::RedThread,
        ] {
            for format in FORMATS {
                assert!(!laid_out(plan, format, layout).is_empty());
            }
        }
    }
}

#[test]
fn every_plan_that_lacks_something_has_a_document_for_each_of_its_groups() {
    let skeleton = scaffold::skeleton(Words::of(Language::Dutch));
    let cases = fs::read_dir("src/rules/examples").unwrap();
    let cases = cases.map(|case| fs::read_to_string(case.unwrap().path()).unwrap());
    for case in cases.chain([skeleton]) {
        for plan in case.split("\n---\n") {
            let made = with_view(plan, |view, _| {
                let groups = view.facts().users.keys().copied().map(Layout::Group);
                let layouts = groups.chain([Layout::Summary, Layout::RedThread]);
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
fn each_view_is_a_file_and_each_group_has_its_own() {
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
fn one_group_is_asked_for_by_its_id() {
    let folder = folder();
    fs::write(folder.path().join("plan.yaml"), GOOD).unwrap();
    let output = planmaker(folder.path(), &["render", "--groep", "huisartsen"]);
    assert_eq!(
        told(&output),
        (
            Some(0),
            "Geschreven: plan-groep-huisartsen.html\n".to_owned()
        )
    );
    let (status, said) = told(&planmaker(
        folder.path(),
        &["render", "--groep", "huisarten"],
    ));
    assert_eq!(status, Some(2));
    assert!(said.contains("Bedoelde je ‘huisartsen’"), "{said}");
    let args = ["render", "--view", "groep", "-o", "een.html"];
    let (status, said) = told(&planmaker(folder.path(), &args));
    assert_eq!(status, Some(2), "{said}");
    assert!(!folder.path().join("een.html").exists());
}

#[test]
fn without_groups_there_is_nothing_to_write() {
    let folder = folder();
    let (status, said) = told(&planmaker(folder.path(), &["render", "--view", "groep"]));
    assert_eq!(status, Some(1));
    assert!(said.contains("geen gebruikersgroepen"), "{said}");
    assert_eq!(names(folder.path()), ["plan.yaml"]);
}

#[test]
fn the_id_of_a_group_leads_to_no_other_folder() {
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

/// Follows a plan while it is edited, and gives the lines that are told until one begins so.
struct Watched {
    child: std::process::Child,
    lines: std::io::Lines<BufReader<std::process::ChildStdout>>,
}

impl Watched {
    fn start(folder: &Path, args: &[&str]) -> Self {
        let mut child = Command::new(env!("CARGO_BIN_EXE_planmaker"))
            .current_dir(folder)
            .env("PLANMAKER_LANG", "nl")
            .args(args)
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let lines = BufReader::new(child.stdout.take().unwrap()).lines();
        Self { child, lines }
    }

    fn until(&mut self, begins: &str) -> Vec<String> {
        let mut told = Vec::new();
        for line in &mut self.lines {
            let line = line.unwrap();
            let is_last = line.starts_with(begins);
            told.push(line);
            if is_last {
                break;
            }
        }
        told
    }
}

impl Drop for Watched {
    fn drop(&mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }
}

#[test]
fn a_watched_plan_is_rendered_at_each_save_and_what_changed_is_told() {
    let folder = folder();
    let plan = folder.path().join("plan.yaml");
    fs::write(&plan, GOOD).unwrap();
    let mut watched = Watched::start(folder.path(), &["render", "--watch", "--to", "md"]);
    let told = watched.until("Bij elke keer");
    assert_eq!(told.first().unwrap(), "Geschreven: plan.md", "{told:?}");

    fs::write(&plan, GOOD.replacen("    persoon: ", "    # persoon: ", 1)).unwrap();
    let told = watched.until("Nog ").join("\n");
    assert!(
        told.contains("nieuw (") && told.contains("rol-zonder-persoon"),
        "{told}"
    );

    // As editors do: a new file takes the place of the old.
    fs::write(
        folder.path().join("nieuw"),
        GOOD.replace("Stevig Staan", "Vaste Voet"),
    )
    .unwrap();
    fs::rename(folder.path().join("nieuw"), &plan).unwrap();
    let told = watched.until("Nog ").join("\n");
    assert!(
        told.contains("opgelost: ") && told.contains("rol-zonder-persoon"),
        "{told}"
    );
    let document = fs::read_to_string(folder.path().join("plan.md")).unwrap();
    assert!(document.contains("Vaste Voet"));
}

#[test]
fn what_needs_a_file_says_so() {
    let folder = folder();
    for args in [["render", "-", "--watch"], ["render", "-o-", "--open"]] {
        let (status, said) = told(&planmaker(folder.path(), &args));
        assert_eq!(status, Some(2));
        assert!(said.contains(args[2]), "{said}");
    }
}

#[test]
fn costs_of_hours_without_a_rate_are_no_total() {
    let minimal = fs::read_to_string("examples/minimaal.yaml").unwrap();
    let plan = example(EXAMPLE, "nl").replace("    schuldhulpverleners: 62,50\n", "");
    for format in FORMATS {
        let summary = words_of(&minimal, format, Layout::Summary);
        assert!(
            !summary.contains("€ 0,00"),
            "nobody knows what 72 hours cost: {summary}"
        );
        let summary = words_of(&plan, format, Layout::Summary);
        for said in [
            "Stel ten minste € 56.539,00 beschikbaar.",
            "Totaal: ten minste € 56.539,00",
            "Bepaal het uurtarief van Schuldhulpverleners",
        ] {
            let said = if format == Format::Html {
                said.replace("Totaal:", "Totaal")
            } else {
                said.to_owned()
            };
            assert!(summary.contains(&said), "{format:?} {said}: {summary}");
        }
        let whole = words_of(&plan, format, Layout::Plan);
        assert!(
            whole.contains("Kosten (zonder uurtarief van Schuldhulpverleners)"),
            "{format:?}"
        );
        for known in whole.match_indices("€ 56.539,00") {
            let before = &whole[..known.0];
            assert!(
                before.ends_with("ten minste ") || before.ends_with("≥ "),
                "{format:?}: {}",
                &before[before.len() - 60..]
            );
        }
        assert!(whole.contains("hoogstens € "), "{format:?}");
        let nothing = words_of("versie: 1\nplan: {titel: a}\n", format, Layout::Summary);
        assert!(
            nothing.contains("nog niet bekend") && !nothing.contains("€ 0,00"),
            "{format:?}: {nothing}"
        );
    }
}

#[test]
fn a_group_of_which_nothing_is_asked_has_no_holes() {
    for format in FORMATS {
        let group = words_of(GOOD, format, Layout::Group("thuiswonende-ouderen"));
        for hole in ["geen strategie", "nog niet ingevuld", "nog geen uren"] {
            assert!(!group.contains(hole), "{format:?} {hole}: {group}");
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
fn a_barrier_that_cannot_be_changed_needs_no_strategy_in_any_document() {
    for layout in [Layout::Plan, Layout::Group("werkers")] {
        let text = laid_out(SECTION_7, Format::Markdown, layout);
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
fn table_7_2_has_every_group_that_strategies_are_used_for() {
    for format in FORMATS {
        let plan = words_of(SECTION_7, format, Layout::Plan);
        for said in [
            "Nieuwsbrief: elke maand",
            "Nieuwsbrief: een keer",
            "staat niet bij de gebruikers",
            "gaat niet door deze fase",
            "Zij wijzen alleen door.",
        ] {
            let said = if format == Format::Html {
                said.replace("brief:", "brief")
            } else {
                said.to_owned()
            };
            assert!(plan.contains(&said), "{format:?} {said}: {plan}");
        }
        let table = plan.split("Strategieën per groep en fase").nth(1).unwrap();
        let [users, keten, buren] = ["Werkers", "Keten", "Buren"].map(|name| table.find(name));
        assert!(
            users < keten && keten < buren && buren.is_some(),
            "{format:?}"
        );
        let group = words_of(SECTION_7, format, Layout::Group("werkers"));
        assert!(
            group.contains("Nieuwsbrief") && group.contains("elke maand"),
            "{group}"
        );
    }
}

#[test]
fn a_document_says_what_it_is_and_of_which_plan() {
    for format in FORMATS {
        let group = words_of(GOOD, format, Layout::Group("huisartsen"));
        assert!(group.contains("Stevig Staan"), "{format:?}: {group}");
        let summary = words_of(GOOD, format, Layout::Summary);
        assert!(
            summary.contains("Samenvatting van het implementatieplan"),
            "{format:?}: {summary}"
        );
    }
}

#[test]
fn one_of_something_is_said_as_one() {
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
    let whole = words_of(&english, Format::Html, Layout::Plan);
    for said in [
        "1 × 1 hour ",
        "Busiest week: 1 hour ",
        "every month (first",
        "every year",
        "every 2 weeks",
        "Short",
        "€1,908.00",
    ] {
        assert!(whole.contains(said), "{said}: {whole}");
    }
    assert!(!whole.contains("up to and including 1 April 2027"));
    let summary = words_of(&english, Format::Markdown, Layout::Summary);
    assert!(summary.contains("Free 1 hour of: Workers."), "{summary}");
    let dutch = plan.replace("TAAL", "nl");
    let whole = words_of(&dutch, Format::Markdown, Layout::Plan);
    for said in [
        "elke maand (voor het eerst",
        "elk jaar",
        "Tekort",
        "elke 2 weken",
    ] {
        assert!(whole.contains(said), "{said}: {whole}");
    }
    assert!(
        !whole.contains("-1.908") && !whole.contains("tot en met 1 april 2027"),
        "{whole}"
    );
}

#[test]
fn what_has_no_words_has_no_sign_for_them() {
    let text = laid_out(SECTION_7, Format::Markdown, Layout::Plan);
    assert!(!text.contains(":**;") && !text.contains(":** |"), "{text}");
    assert!(text.contains("**Teller**; Soort indicator"), "{text}");
}

#[test]
fn a_panel_of_the_summary_without_anything_in_it_is_left_out() {
    let nothing = "versie: 1\nplan: {titel: a}\n";
    let page = laid_out(nothing, Format::Html, Layout::Summary);
    let heads = page.matches("<h2").count();
    assert_eq!(heads, 2, "what it costs, and what is asked: {page}");
    let text = laid_out(nothing, Format::Markdown, Layout::Summary);
    assert_eq!(text.matches("\n## ").count(), 2, "{text}");
}

#[test]
fn of_a_plan_that_cannot_be_read_to_its_end_nothing_is_solved() {
    let folder = folder();
    let plan = folder.path().join("plan.yaml");
    fs::write(&plan, GOOD.replacen("    persoon: ", "    # persoon: ", 1)).unwrap();
    let mut watched = Watched::start(folder.path(), &["render", "--watch", "--to", "md"]);
    watched.until("Bij elke keer");
    fs::write(&plan, "plan: {titel: \"niet af\n").unwrap();
    std::thread::sleep(std::time::Duration::from_millis(1500));
    fs::write(&plan, GOOD).unwrap();
    let told = watched.until("Nog ").join("\n");
    let solved = told.matches("opgelost: ").count();
    assert!(
        solved == 1 && told.contains("rol-zonder-persoon") && !told.contains("nieuw ("),
        "{told}"
    );
}

#[test]
fn an_option_that_does_nothing_is_refused() {
    let folder = folder();
    fs::write(folder.path().join("plan.yaml"), GOOD).unwrap();
    for (args, said) in [
        (
            &["render", "--view", "samenvatting", "--groep", "huisartsen"][..],
            "--groep",
        ),
        (&["render", "--mermaid"], "--mermaid"),
        (&["render", "--to", "html", "-o", "x.md"], "x.md"),
        (&["render", "--watch", "-o", "-"], "--watch"),
    ] {
        let (status, told) = told(&planmaker(folder.path(), args));
        assert_eq!(status, Some(2), "{args:?}: {told}");
        assert!(told.contains(said), "{args:?}: {told}");
        assert_eq!(names(folder.path()), ["plan.yaml"], "{args:?}");
    }
    let (status, _) = told(&planmaker(
        folder.path(),
        &["render", "-o", "x.md", "--mermaid"],
    ));
    assert_eq!(status, Some(0));
    let text = fs::read_to_string(folder.path().join("x.md")).unwrap();
    assert!(text.starts_with("# ") && text.contains("```mermaid"));
}
