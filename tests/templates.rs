//! The user's own templates: their reference is complete, and linting finds mistakes in them.

// Tests may panic.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;
use std::process::Command;

use planmaker::lint;
use planmaker::scaffold;
use planmaker::schema::{self, Kind};
use planmaker::{Checked, Format, Language, OwnTemplates, Request, View, Words, render, templates};
use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};
use serde_json::Value;

const BOTH: [Words; 2] = [Words::of(Language::Dutch), Words::of(Language::English)];

fn with_view<T>(plan: &str, read: impl FnOnce(&View<'_>) -> T) -> T {
    read(&View::of(&Checked::read(plan)))
}

/// The data of plans that together have every value.
fn views() -> Vec<Value> {
    let overloaded = fs::read_to_string("src/rules/examples/nl/eigenaar-overbelast.yaml").unwrap();
    let too_many = fs::read_to_string("src/rules/examples/nl/te-veel-uren.yaml").unwrap();
    let good = fs::read_to_string("tests/plans/goed.yaml").unwrap();
    let first = |text: &str| text.split("\n---\n").next().unwrap().to_owned();
    [
        scaffold::EXAMPLE.to_owned(),
        good,
        first(&overloaded),
        first(&too_many),
    ]
    .iter()
    .map(|plan| with_view(plan, |view| serde_json::to_value(view).unwrap()))
    .collect()
}

/// The names of a kind that the words describe, with their descriptions.
fn documented(kind: &str) -> BTreeMap<String, BTreeMap<String, String>> {
    let prefix = format!("sjablonen.{kind}.");
    let mut names: BTreeMap<String, BTreeMap<String, String>> = BTreeMap::new();
    for (key, text) in BOTH[0].all() {
        let Some(name) = key.strip_prefix(&prefix) else {
            continue;
        };
        let (name, what) = match name.rsplit_once('.') {
            Some((name, what @ ("soort" | "uitleg" | "voorbeeld"))) => (name, what),
            _ => (name, "uitleg"),
        };
        names
            .entry(name.to_owned())
            .or_default()
            .insert(what.to_owned(), text.to_owned());
    }
    names
}

/// Collects the names in a value with the kinds of their values. Names in a mapping of ids or keys are `*`.
fn walk(
    path: &str,
    value: &Value,
    known: &BTreeSet<String>,
    seen: &mut BTreeMap<String, BTreeSet<&'static str>>,
) {
    let sort = match value {
        Value::Null => "niets",
        Value::Bool(_) => "waar_of_niet",
        Value::Number(_) => "getal",
        Value::String(_) => "tekst",
        Value::Array(_) => "lijst",
        Value::Object(_) => "sleutels",
    };
    if !path.is_empty() && !path.ends_with("[]") && !path.ends_with(".*") {
        seen.entry(path.to_owned()).or_default().insert(sort);
    }
    let below = |key: &str| {
        if path.is_empty() {
            key.to_owned()
        } else {
            format!("{path}.{key}")
        }
    };
    match value {
        Value::Array(items) => {
            for item in items {
                walk(&format!("{path}[]"), item, known, seen);
            }
        }
        Value::Object(keys) => {
            let by_id = known.contains(path);
            for (key, value) in keys {
                walk(&below(if by_id { "*" } else { key }), value, known, seen);
            }
        }
        _ => {}
    }
}

/// Whether a value is of the documented kind.
fn has_kind(documented: &str, kind: &str) -> bool {
    match documented {
        "per_id" | "per_sleutel" | "sleutels" => kind == "sleutels",
        "lijst" | "getal" | "waar_of_niet" => kind == documented,
        _ => kind == "tekst",
    }
}

#[test]
fn the_page_lists_the_names_that_templates_see() {
    let documented = documented("namen");
    let by_id = documented
        .iter()
        .filter(|(_, says)| says["soort"].starts_with("per_"))
        .map(|(name, _)| name.clone())
        .collect();
    let mut seen = BTreeMap::new();
    for mut view in views() {
        view["plan"] = Value::Object(serde_json::Map::new());
        view["woorden"] = Value::Object(serde_json::Map::new());
        walk("", &view, &by_id, &mut seen);
    }
    for (name, sorts) in &seen {
        let says = documented
            .get(name)
            .unwrap_or_else(|| panic!("{name} is not documented"));
        for sort in sorts.iter().filter(|sort| **sort != "niets") {
            assert!(
                has_kind(&says["soort"], sort),
                "{name}: {says:?}, found {sort}"
            );
        }
    }
    let globals = called("add_global");
    for name in documented.keys() {
        assert!(
            seen.contains_key(name) || globals.contains(name),
            "{name} is nowhere"
        );
    }
    assert!(
        globals.iter().all(|name| documented.contains_key(name)),
        "{globals:?}"
    );
}

#[test]
fn the_page_lists_the_kinds_of_the_keys_of_a_plan() {
    let kinds = schema::kinds();
    assert_eq!(kinds.keys().cloned().collect::<Vec<_>>(), schema::fields());
    let by_id: BTreeSet<String> = kinds
        .iter()
        .filter(|(_, kind)| **kind == Kind::ById)
        .map(|(name, _)| name.clone())
        .chain([String::from("monitoring")])
        .collect();
    let mut seen = BTreeMap::new();
    for view in views() {
        walk("", &view["plan"], &by_id, &mut seen);
    }
    for (name, sorts) in seen {
        // The points of the checklist share their fields, and the values of a phase have no key of their own.
        let Some(kind) = kinds.get(&name) else {
            assert!(
                name.starts_with("borging.") || name.contains(".*.inzet.*."),
                "{name}"
            );
            continue;
        };
        for sort in sorts.into_iter().filter(|sort| *sort != "niets") {
            let is_kind = match kind {
                Kind::Keys | Kind::ById => sort == "sleutels",
                Kind::List => sort == "lijst",
                Kind::Number => sort == "getal",
                _ => sort == "tekst",
            };
            assert!(is_kind, "{name}: {kind:?}, found {sort}");
        }
    }
}

/// The names that the code registers by calling that method.
fn called(how: &str) -> BTreeSet<String> {
    let mut names = BTreeSet::new();
    for file in ["functions", "environment", "figures"] {
        let file = format!("src/render/{file}.rs");
        let code = fs::read_to_string(file).unwrap();
        for call in code.split(&format!("{how}(")).skip(1) {
            if let Some(name) = call.trim_start().strip_prefix('"') {
                names.insert(name.split('"').next().unwrap().to_owned());
            }
        }
    }
    names
}

#[test]
fn the_page_lists_the_functions_filters_macros_and_files() {
    let names = |kind: &str| documented(kind).into_keys().collect::<BTreeSet<_>>();
    assert_eq!(called("add_function"), names("functies"));
    assert_eq!(called("add_filter"), names("filters"));
    let templates = templates();
    let macros = |file: &str| -> Vec<String> {
        let parts = templates[file].split("{% macro ").skip(1);
        parts
            .map(|part| part.split(") ").next().unwrap().to_owned())
            .collect()
    };
    let signatures = macros("vocabulary/html.j2");
    let sorted = |mut signatures: Vec<String>| {
        signatures.sort();
        signatures
    };
    assert_eq!(
        sorted(signatures.clone()),
        sorted(macros("vocabulary/markdown.j2"))
    );
    let of_vocabulary: BTreeSet<String> = signatures
        .iter()
        .map(|signature| signature.split('(').next().unwrap().to_owned())
        .collect();
    assert_eq!(of_vocabulary, names("macros"));
    let files: BTreeSet<String> = templates
        .into_keys()
        .filter(|name| !name.starts_with("sections/"))
        .collect();
    assert_eq!(files, names("bestanden"));
}

#[test]
fn the_calls_in_the_page_work() {
    let mut calls = String::new();
    for kind in ["functies", "filters"] {
        for (name, says) in documented(kind) {
            calls += &format!("{name}: {{{{ {} }}}}\n", says["voorbeeld"]);
        }
    }
    let templates = OwnTemplates::from_iter([("plan.j2", calls)]);
    for format in [Format::Html, Format::Markdown] {
        with_templates(scaffold::EXAMPLE, &templates, format);
    }
}

fn with_templates(plan: &str, templates: &OwnTemplates, format: Format) -> String {
    with_view(plan, |view| {
        let request = Request {
            templates: Some(templates),
            ..format.into()
        };
        render(view, request).unwrap_or_else(|error| panic!("{error}"))
    })
}

/// The example is the one in the page.
#[test]
fn the_example_has_its_own_cover_and_order() {
    let names = ["partials/voorblad.j2", "plan.j2"];
    let read = |name| {
        let file = Path::new("src/render/example").join(name);
        (name, fs::read_to_string(file).unwrap())
    };
    let templates: OwnTemplates = names.map(read).into_iter().collect();
    let checked = lint::check(names.map(str::to_owned).to_vec(), &templates);
    assert!(
        checked.mistakes.is_empty() && checked.unused.is_empty(),
        "{checked:?}"
    );
    let page = with_templates(scaffold::EXAMPLE, &templates, Format::Html);
    assert!(page.contains("Gemeente Lindermeer, afdeling Sociaal Domein</p>"));
    assert!(page.contains("1</span> Planning en budgettering</h2>"));
    assert!(page.contains("12</span> Evaluatie</h2>"));
    let text = with_templates(scaffold::EXAMPLE, &templates, Format::Markdown);
    assert!(text.contains("- [1. Planning en budgettering](#1-planning-en-budgettering)"));
    assert!(text.contains("\n## 1. Planning en budgettering\n"));
}

/// The lines that linting reports on these templates, in Dutch.
fn linted(files: &[(&str, &str)]) -> Vec<String> {
    let mut names: Vec<String> = files.iter().map(|(name, _)| (*name).to_owned()).collect();
    names.sort();
    let checked = lint::check(names, &files.iter().copied().collect());
    let mistakes = checked
        .mistakes
        .iter()
        .map(|mistake| format!("{} {}", mistake.place(), mistake.message(BOTH[0])));
    let unused = checked
        .unused
        .iter()
        .map(|(name, meant)| format!("{name} {}", meant.as_deref().unwrap_or("–")));
    mistakes.chain(unused).collect()
}

#[test]
fn all_mistakes_are_reported_at_once_with_suggestions() {
    let cover = "{% from 'vocabulary.j2' import heading, fackt %}
{{ heading(1, plan.titel) }}
{{ fackt('a', 'b') }}
{{ plan.plan.titel | datm }}
{% if feiten.strat %}x{% endif %}
{{ heading() }}
{% for groep in plan.betrokken_groepen | alle %}{{ grope }}{% endfor %}
{{ w('document.samenvating') }}
{{ laebl('plan') }}
{{ naam('groep', 'a') }}
{% include 'partials/samenvating.j2' %}
{{ 1 is defned }}
";
    let reported = linted(&[
        ("partials/voorblad.j2", cover),
        (
            "partials/literatuur.j2",
            "{% if plan.literatuur %}\n{{ plan.literatur }}{% endif %}",
        ),
        ("sections/09-borging.j2", "{% if %}"),
    ]);
    let expected = [
        ("partials/literatuur.j2:2:4 ", "literatuur"),
        ("partials/voorblad.j2:2:15 ", "plan.plan.titel"),
        ("partials/voorblad.j2:3:4 ", "fact"),
        ("partials/voorblad.j2:4:", "datum"),
        ("partials/voorblad.j2:5:7 ", "start"),
        ("partials/voorblad.j2:6:1 ", ""),
        ("partials/voorblad.j2:7:", "groep"),
        ("partials/voorblad.j2:8:4 ", "document.samenvatting"),
        ("partials/voorblad.j2:9:4 ", "label"),
        ("partials/voorblad.j2:10:4 ", "groepen"),
        ("partials/voorblad.j2:11:4 ", "partials/samenvatting.j2"),
        ("partials/voorblad.j2:12:", "defined"),
        ("sections/09-borging.j2:1:", ""),
    ];
    for (line, (place, meant)) in reported.iter().zip(expected) {
        assert!(
            line.starts_with(place),
            "{line}: expected {place}\n{reported:#?}"
        );
        assert!(
            meant.is_empty() || line.ends_with(&format!("bedoelde je ‘{meant}’?")),
            "{line}"
        );
    }
    assert_eq!(reported.len(), expected.len(), "{reported:#?}");
}

#[test]
fn unused_templates_are_reported() {
    let folder = tempfile::tempdir().unwrap();
    for (name, text) in [
        ("sections/07-strategieen.j2", "x"),
        ("partials/voorbald.j2", "x"),
        ("vocabulary.j2", "x"),
        ("plan.yaml.j2", "x"),
        (
            "partials/uitzonderingen.j2",
            "{% include 'eigen/logo.j2' %}",
        ),
        ("eigen/logo.j2", "Logo"),
        ("LEESMIJ.md", "{{ geen sjabloon"),
        ("sections/.verborgen.j2", "{{ geen sjabloon"),
    ] {
        let path = folder.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
    let output = Command::new(env!("CARGO_BIN_EXE_planmaker"))
        .args(["templates", "--check", "--lang", "nl"])
        .arg(folder.path())
        .output()
        .unwrap();
    let reported = String::from_utf8(output.stdout).unwrap();
    let reported: Vec<String> = reported
        .lines()
        .filter_map(|line| line.strip_prefix("waarschuwing: "))
        .map(|line| {
            let (name, message) = line.split_once(": ").unwrap();
            let meant = message
                .split_once('‘')
                .map_or("–", |(_, meant)| meant.split('’').next().unwrap());
            format!("{name} {meant}")
        })
        .collect();
    assert_eq!(
        reported,
        [
            "partials/voorbald.j2 partials/voorblad.j2",
            "plan.yaml.j2 plan.j2",
            "sections/07-strategieen.j2 sections/07-implementatiestrategieen.j2",
            "vocabulary.j2 vocabulary/html.j2",
        ]
    );
    assert_eq!(output.status.code(), Some(0), "a warning is no mistake");
}

#[test]
fn the_built_in_templates_have_no_mistakes() {
    let templates = templates();
    let files: Vec<(&str, &str)> = templates
        .iter()
        .map(|(name, text)| (name.as_str(), text.as_str()))
        .collect();
    assert_eq!(linted(&files), [""; 0]);
}

#[test]
fn linting_always_ends() {
    let endless = "{% macro a() %}{{ a() }}{% endmacro %}{{ a() }}";
    let itself = "{% include 'partials/voorblad.j2' %}";
    let many = "{{ a }}\n".repeat(500);
    for text in [
        endless,
        itself,
        &many,
        "{{ '{{' }}{{ b",
        "{% extends 'plan.j2' %}",
    ] {
        assert!(
            !linted(&[("partials/voorblad.j2", text)]).is_empty(),
            "{text}"
        );
    }
    // The built-in cover, used instead of the corrected one, does not work with these macros either.
    let templates = templates();
    let vocabulary = templates["vocabulary/html.j2"].replace("{% macro fact(", "{% macro fackt(");
    let own = [
        ("partials/voorblad.j2", "x"),
        ("vocabulary/html.j2", vocabulary.as_str()),
    ];
    assert!(!linted(&own).is_empty());
    let missing = Command::new(env!("CARGO_BIN_EXE_planmaker"))
        .args(["templates", "--check", "bestaat/niet"])
        .output()
        .unwrap();
    assert_eq!(missing.status.code(), Some(2));
}

#[test]
fn the_template_in_the_readme_works() {
    let readme = fs::read_to_string("README.md").unwrap();
    let shown: Vec<&str> = readme
        .split("```jinja\n")
        .skip(1)
        .map(|rest| rest.split("```").next().unwrap())
        .collect();
    assert!(!shown.is_empty());
    for template in shown {
        let templates = OwnTemplates::from_iter([("plan.j2", template)]);
        let page = with_templates(scaffold::EXAMPLE, &templates, Format::Html);
        assert!(page.contains(">Schuldhulpverleners</th>"), "{page}");
        let text = with_templates(scaffold::EXAMPLE, &templates, Format::Markdown);
        assert!(text.contains("| Schuldhulpverleners | veel |"), "{text}");
    }
}

/// The rows of the tables in a Markdown document, as a parser sees them: the text of each cell.
fn tables(text: &str) -> Vec<Vec<Vec<String>>> {
    let mut tables: Vec<Vec<Vec<String>>> = Vec::new();
    let mut in_cell = false;
    for event in Parser::new_ext(text, Options::ENABLE_TABLES) {
        match event {
            Event::Start(Tag::Table(_)) => tables.push(Vec::new()),
            Event::Start(Tag::TableHead | Tag::TableRow) => {
                tables.last_mut().unwrap().push(Vec::new());
            }
            Event::Start(Tag::TableCell) => {
                in_cell = true;
                let row = tables.last_mut().unwrap().last_mut().unwrap();
                row.push(String::new());
            }
            Event::End(TagEnd::TableCell) => in_cell = false,
            Event::Code(code) if in_cell => {
                let row = tables.last_mut().unwrap().last_mut().unwrap();
                *row.last_mut().unwrap() += &format!("`{code}`");
            }
            Event::Text(text) if in_cell => {
                let row = tables.last_mut().unwrap().last_mut().unwrap();
                *row.last_mut().unwrap() += &text;
            }
            _ => {}
        }
    }
    tables
}

/// The number of cells in a row of the source. An escaped bar does not end a cell.
fn cells_in(line: &str) -> usize {
    line.replace("\\|", "").matches('|').count() - 1
}

/// A parser drops the cells of a row beyond those of the header, so the source is counted too.
#[test]
fn rows_in_the_pages_have_as_many_cells_as_their_header() {
    for page in ["templates", "sjablonen", "rules", "regels"] {
        let text = fs::read_to_string(format!("docs/{page}.md")).unwrap();
        let mut parsed = tables(&text).into_iter();
        let lines: Vec<&str> = text.lines().collect();
        let sources = lines.split(|line| !line.starts_with('|'));
        for source in sources.filter(|lines| !lines.is_empty()) {
            let cells = cells_in(source[0]);
            for line in source {
                assert_eq!(cells_in(line), cells, "{page}: {line}");
            }
            let table = parsed.next().unwrap();
            assert_eq!(table.len(), source.len() - 1, "{page}: {}", source[0]);
            assert!(table.iter().all(|row| row.len() == cells), "{page}");
        }
        assert_eq!(parsed.next(), None, "{page}");
    }
}

#[test]
fn the_pages_show_the_calls_of_functions_and_filters() {
    for (page, words) in ["sjablonen", "templates"].into_iter().zip(BOTH) {
        let text = fs::read_to_string(format!("docs/{page}.md")).unwrap();
        let rows: Vec<Vec<String>> = tables(&text).into_iter().flatten().collect();
        for kind in ["functies", "filters"] {
            for name in documented(kind).into_keys() {
                let says = |what: &str| words.get(&format!("sjablonen.{kind}.{name}.{what}"));
                let row = [format!("`{name}`"), format!("`{}`", says("voorbeeld"))];
                assert!(
                    rows.iter().any(|cells| cells.starts_with(&row)),
                    "{page}: {row:?}"
                );
            }
        }
    }
}
