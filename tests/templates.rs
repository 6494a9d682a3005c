//! The user's own templates: their reference is complete, and linting finds mistakes in them.

// Tests may panic.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;
use std::process::Command;

use jiff::civil::date;
use planmaker::lint;
use planmaker::scaffold;
use planmaker::schema::{self, Kind};
use planmaker::{
    Checked, Format, Language, Layout, OwnTemplates, Request, View, Words, render, templates,
};
use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};
use scraper::{Html, Selector};
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
    let full = fs::read_to_string("tests/plans/alles.yaml").unwrap();
    let first = |text: &str| text.split("\n---\n").next().unwrap().to_owned();
    [
        scaffold::EXAMPLE.to_owned(),
        good,
        full,
        first(&overloaded),
        first(&too_many),
    ]
    .iter()
    .map(|plan| {
        let checked = Checked::read(plan);
        let view = View::of(&checked).on(date(2027, 5, 10));
        serde_json::to_value(view).unwrap()
    })
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
                name.starts_with("borging.")
                    || name.starts_with("quickscan.")
                    || name.contains(".*.inzet.*."),
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
    for file in ["functions", "environment", "figures", "sheet", "tables"] {
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
        let document = render(view, request).unwrap_or_else(|error| panic!("{error}"));
        document.replace('\u{ad}', "").replace("<wbr>", "")
    })
}

/// The files of an example in the page, by their names.
fn example(key: &str) -> Vec<(String, String)> {
    let folder = Path::new("src/render/examples").join(key);
    let mut files = Vec::new();
    for entry in ignore::Walk::new(&folder).map(Result::unwrap) {
        if entry.path().is_file() {
            let name = entry.path().strip_prefix(&folder).unwrap();
            let name = name.to_str().unwrap().replace('\\', "/");
            files.push((name, fs::read_to_string(entry.path()).unwrap()));
        }
    }
    assert!(!files.is_empty(), "{key}");
    files
}

/// The worked example as a page and as Markdown, with the templates of an example in which linting finds nothing.
fn with_example(key: &str) -> [String; 2] {
    let files = example(key);
    let names = files.iter().map(|(name, _)| name.clone()).collect();
    let templates: OwnTemplates = files.into_iter().collect();
    let checked = lint::check(names, &templates);
    assert!(
        checked.mistakes.is_empty() && checked.unused.is_empty(),
        "{checked:?}"
    );
    [Format::Html, Format::Markdown]
        .map(|format| with_templates(scaffold::EXAMPLE, &templates, format))
}

/// The part of a page with its table of contents.
fn contents(page: &str) -> &str {
    let (_, contents) = page.split_once("<ol class=\"contents\">").unwrap();
    contents.split("</ol>").next().unwrap()
}

#[test]
fn the_example_of_a_cover_has_it() {
    let [page, text] = with_example("cover");
    assert!(page.contains("Gemeente Lindermeer, afdeling Sociaal Domein</p>"));
    assert!(text.starts_with("# "));
}

#[test]
fn the_example_of_a_paragraph_has_it_before_the_contents() {
    for document in with_example("paragraph") {
        let paragraph = document
            .find("Dit plan hoort bij het beleidskader")
            .unwrap();
        assert!(paragraph < document.find("Onderdeel 1").unwrap_or(document.len()));
    }
    let templates: OwnTemplates = example("paragraph").into_iter().collect();
    with_view(scaffold::EXAMPLE, |view| {
        let request = Request {
            templates: Some(&templates),
            layout: Layout::Summary,
            ..Format::Html.into()
        };
        let page = render(view, request).unwrap();
        assert!(!page.contains("Dit plan hoort bij het beleidskader"));
    });
}

#[test]
fn the_example_of_a_chapter_has_it_in_the_contents() {
    let [page, text] = with_example("section");
    let contents = contents(&page);
    let order = [
        "#samenvatting",
        "#visie",
        "1</span> Planning",
        "#over-dit-plan",
        "2</span> Besch",
        "12</span> Evaluatie",
    ];
    let places: Vec<usize> = order
        .iter()
        .map(|part| contents.find(part).expect(part))
        .collect();
    assert!(places.is_sorted(), "{contents}");
    assert!(page.contains("1</span> Planning en budgettering</h2>"));
    assert!(!page.contains("id=\"quickscan\"") && !contents.contains("quickscan"));
    assert!(text.contains(
        "- [Onze visie](#onze-visie)\n- [1. Planning en budgettering](#1-planning-en-budgettering)"
    ));
    assert!(text.contains("\n## 1. Planning en budgettering\n"));
}

#[test]
fn the_example_of_styles_has_them_after_all_others() {
    let [page, _] = with_example("style");
    let style = example("style")[0].1.trim().to_owned();
    let (_, after) = page.split_once(&style).unwrap();
    assert!(after.trim_start().starts_with("</style>"));
}

/// The names of the parts of the plan.
fn parts() -> Vec<String> {
    let list = templates().remove("delen.j2").unwrap();
    let names = list.split('\'').skip(1).step_by(2);
    names.map(str::to_owned).collect()
}

#[test]
fn no_link_leads_to_a_part_that_is_left_out() {
    assert_eq!(parts().len(), 23);
    for left_out in parts() {
        let mut list = parts();
        list.retain(|part| *part != left_out);
        let list = format!("{{% set delen = ['{}'] %}}", list.join("', '"));
        let own = OwnTemplates::from_iter([("delen.j2", list)]);
        let page = Html::parse_document(&with_templates(scaffold::EXAMPLE, &own, Format::Html));
        let select = |what| {
            page.select(&Selector::parse(what).unwrap())
                .collect::<Vec<_>>()
        };
        let anchors: BTreeSet<&str> = select("[id]")
            .iter()
            .filter_map(|it| it.attr("id"))
            .collect();
        for link in select("a[href^='#']") {
            let anchor = link.attr("href").unwrap().trim_start_matches('#');
            assert!(anchors.contains(anchor), "{anchor} without {left_out}");
        }
    }
}

#[test]
fn parts_that_vanish_are_reported() {
    let lost = |name: &str, source: &str| -> Vec<String> {
        let reported = linted(&[(name, source)]);
        let says = "deze delen van het plan komen nergens; noem ze in ‘weggelaten’ als dat de bedoeling is";
        let [line] = reported.as_slice() else {
            panic!("{reported:?}");
        };
        let parts = line.strip_prefix(&format!("{name} {says} (")).unwrap();
        let parts = parts.strip_suffix(')').unwrap().split(", ");
        parts.map(str::to_owned).collect()
    };
    let parts_file = templates().remove("delen.j2").unwrap();
    let less = parts_file.replace("  'partials/risicos.j2',\n", "");
    assert_eq!(lost("delen.j2", &less), ["partials/risicos.j2"]);
    // The thread has a document of its own, but it is not in the plan.
    let plan = "{% extends 'page.j2' %}{% block body %}{% include 'partials/samenvatting.j2' %}{% endblock %}";
    assert_eq!(lost("plan.j2", plan), parts()[1..]);
    let page = templates().remove("page.html.j2").unwrap();
    let page = page.replace("{% block body %}{% endblock %}", "");
    assert_eq!(lost("page.html.j2", &page), parts());
}

#[test]
fn links_to_nothing_and_what_the_page_blocks_are_reported() {
    let cover = "<p><a href=\"#bijlage-x\">x</a></p>\n<img src=\"logo.png\" alt=\"\">\n<script>a()</script>";
    let reported = linted(&[
        ("partials/voorblad.j2", cover),
        ("eigen.css", "a {}\n@font-face { src: url(a.woff2) }"),
        ("na.j2", "\n[y](#nergens)\n"),
    ]);
    assert_eq!(
        reported,
        [
            "eigen.css:2:1 dit toont of haalt de pagina niet, want haar eigen regels staan het niet toe (@font-face { src: url(a.woff2))",
            "na.j2:2:6 deze link leidt nergens heen (#nergens)",
            "partials/voorblad.j2:1:14 deze link leidt nergens heen (#bijlage-x)",
            "partials/voorblad.j2:2:1 dit toont of haalt de pagina niet, want haar eigen regels staan het niet toe (<img src=\"logo.png\" alt=\"\">)",
            "partials/voorblad.j2:3:1 dit toont of haalt de pagina niet, want haar eigen regels staan het niet toe (<script>)",
        ]
    );
    let own = "<img src=\"data:image/png;base64,AAAA\" alt=\"\"><a href=\"#inhoud\">x</a>";
    assert_eq!(linted(&[("partials/voorblad.j2", own)]), [""; 0]);
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
fn the_template_in_the_manual_works() {
    let page = fs::read_to_string("docs/manual/src/templates.md").unwrap();
    let shown: Vec<&str> = page
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

/// A text that would become an element, a link or emphasis if it were not escaped.
const HOSTILE: &str =
    "<x-hostile onclick=1>[a](javascript:alert) ![a](b) *nadruk* \\<x-hostile> &lt; 1 onclick=1";

/// The names of a kind that the engine itself has, from the page that lists them.
fn of_engine(kind: usize) -> Vec<String> {
    let page = fs::read_to_string("docs/templates.md").unwrap();
    let lists: Vec<&str> = page
        .lines()
        .filter(|line| line.starts_with("- `"))
        .collect();
    let names = lists[lists.len() - 3 + kind].split('`').skip(1).step_by(2);
    names.map(str::to_owned).collect()
}

/// The expression with each of its quoted texts, one by one, replaced by a hostile text.
fn with_hostile_arguments(call: &str) -> Vec<String> {
    let parts: Vec<&str> = call.split('\'').collect();
    let quoted = (1..parts.len()).step_by(2);
    let replaced = quoted.map(|hostile| {
        let part = |(nr, part): (usize, &&str)| match nr {
            nr if nr == hostile => "h".to_owned(),
            nr if nr % 2 == 1 => format!("'{part}'"),
            _ => (*part).to_owned(),
        };
        parts.iter().enumerate().map(part).collect::<String>()
    });
    replaced.collect()
}

/// The values to call filters and tests on; `h` is the hostile text.
const VALUES: [&str; 8] = [
    "h",
    "h | e",
    "[h, h | e]",
    "[h | e, h]",
    "{h: h}",
    "[{'titel': h, 'a': h | e}]",
    "[1, 2]",
    "1",
];

/// The arguments to call filters, functions and tests with.
const ARGUMENTS: [&str; 18] = [
    "",
    "(h)",
    "(h, h)",
    "(h, h, h)",
    "(1)",
    "(1, h)",
    "(2, 1, h)",
    "('titel')",
    "('e')",
    "([h])",
    "('\\\\', '')",
    "('\\\\')",
    "('&lt;', '<')",
    "('&', h)",
    "(h | e)",
    "(h | e, h)",
    "('rol', h)",
    "(h, true)",
];

/// Calls of every filter, function and test with hostile text in every position, by name.
fn hostile_calls() -> Vec<(String, String)> {
    let mut calls = Vec::new();
    let filters = documented("filters").into_keys().chain(of_engine(1));
    for (name, kind) in filters
        .map(|name| (name, "|"))
        .chain(of_engine(2).into_iter().map(|name| (name, "is")))
    {
        // What a test returns is no text.
        let is_tried = |value: &&str| kind == "|" || ["h", "1"].contains(value);
        for value in VALUES.into_iter().filter(is_tried) {
            for arguments in ARGUMENTS {
                calls.push((name.clone(), format!("({value}) {kind} {name}{arguments}")));
            }
        }
        calls.push((
            name.clone(),
            format!("('%s %.1s%.3s' | e) {kind} {name}(h, '<', h)"),
        ));
    }
    for apart in [
        "split('\\\\') | join",
        "reverse",
        "last",
        "list | join",
        "upper | lower",
    ] {
        calls.push((apart.to_owned(), format!("h | e | {apart}")));
        calls.push((
            apart.to_owned(),
            format!("(h ~ '<') | e | {apart} ~ 'x-hostile>'"),
        ));
    }
    for name in documented("functies").into_keys().chain(of_engine(0)) {
        let arguments = ARGUMENTS.iter().filter(|arguments| !arguments.is_empty());
        calls.push((name.clone(), format!("{name}()")));
        calls.extend(arguments.map(|arguments| (name.clone(), format!("{name}{arguments}"))));
        calls.push((name.clone(), format!("{name}('groepen', h) ~ {name}(a=h)")));
    }
    for kind in ["functies", "filters"] {
        for (name, says) in documented(kind) {
            let hostile = with_hostile_arguments(&says["voorbeeld"]);
            calls.extend(hostile.into_iter().map(|call| (name.clone(), call)));
            calls.push((name, says["voorbeeld"].clone()));
        }
    }
    calls
}

/// Calls of every macro of the vocabulary with hostile text in every position, as templates.
fn hostile_macros() -> Vec<(String, String)> {
    let templates = templates();
    let mut calls = Vec::new();
    for part in templates["vocabulary/html.j2"].split("{% macro ").skip(1) {
        let (signature, body) = part.split_once(") ").unwrap();
        let (name, parameters) = signature.split_once('(').unwrap();
        let count = parameters.split(", ").filter(|it| !it.is_empty()).count();
        for first in [
            "h",
            "[h, h]",
            "2",
            "'groepen'",
            "'gebruikers'",
            "h | e",
            "none",
        ] {
            for other in ["h", "[h, [h]]", "none", "1", "'https://example.org/' ~ h"] {
                let arguments = [first]
                    .into_iter()
                    .chain(std::iter::repeat(other))
                    .take(count);
                let call = format!("{name}({})", arguments.collect::<Vec<_>>().join(", "));
                let call = if body.split("endmacro").next().unwrap().contains("caller()") {
                    format!("{{% call {call} %}}{{{{ h }}}}{{% endcall %}}")
                } else {
                    format!("{{{{ {call} }}}}")
                };
                let import = format!("{{% from 'vocabulary.j2' import {name} %}}\n");
                calls.push((name.to_owned(), import + &call));
            }
        }
    }
    // These take the table of hours.
    let chart = "{'kolommen': [{'naam': h, 'jaar': h}], 'maanden_per_kolom': 1, 'beschikbaar': true, 'te_veel': true, 'onbekend': true}";
    let row = "{'cellen': [{'uren': 1, 'te_veel': true, 'onbekend': true, 'stap': h}]}";
    for (name, call) in [
        (
            "heat",
            format!("{{% call heat(h, [h, h], {chart}) %}}{{{{ h }}}}{{% endcall %}}"),
        ),
        (
            "heat_row",
            format!("{{{{ heat_row(h, h, h, {row}, [{{'naam': h, 'jaar': h}}]) }}}}"),
        ),
    ] {
        let import = format!("{{% from 'vocabulary.j2' import {name} %}}\n");
        calls.push((name.to_owned(), import + &call));
    }
    calls
}

fn has_hostile_html(page: &str) -> bool {
    let page = scraper::Html::parse_document(page);
    let elements = page
        .tree
        .nodes()
        .filter_map(|node| node.value().as_element());
    elements.into_iter().any(|element| {
        let is_web = |url: &str| {
            ["#", "https://", "http://", "mailto:"]
                .iter()
                .any(|start| url.starts_with(start))
        };
        let mut attributes = element.attrs();
        ["x-hostile", "img", "script"].contains(&element.name())
            || attributes
                .any(|(name, value)| name.starts_with("on") || (name == "href" && !is_web(value)))
    })
}

fn has_hostile_markdown(text: &str, may_have_emphasis: bool) -> bool {
    let is_web = |url: &str| {
        ["#", "https://", "http://", "mailto:"]
            .iter()
            .any(|start| url.starts_with(start))
    };
    let mut in_emphasis = false;
    let mut parser = Parser::new_ext(text, Options::ENABLE_TABLES | Options::ENABLE_GFM);
    let has_definitions = parser.reference_definitions().iter().next().is_some();
    has_definitions
        || parser.any(|event| match event {
            Event::Html(_) | Event::InlineHtml(_) | Event::Start(Tag::Image { .. }) => true,
            Event::Start(Tag::Link { dest_url, .. }) => !is_web(&dest_url),
            Event::Start(Tag::Emphasis) => {
                in_emphasis = true;
                false
            }
            Event::Text(text) if in_emphasis => {
                in_emphasis = false;
                !may_have_emphasis && text.starts_with("nadruk")
            }
            _ => false,
        })
}

/// No filter, function, test or macro returns a text as markup, whatever its arguments are: what a plan says cannot become an
/// element or a link.
#[test]
fn no_call_lets_a_text_through_unescaped() {
    let expressions = hostile_calls()
        .into_iter()
        .map(|(name, call)| (name, format!("{{{{ {call} }}}}")));
    let calls: Vec<(String, String)> = expressions.chain(hostile_macros()).collect();
    let plan = Checked::read("versie: 1\nplan: {titel: Plan, taal: nl}\n");
    let view = View::of(&plan);
    let renderer = planmaker::Renderer::of(&view);
    let mut worked = BTreeSet::new();
    let mut wrong = Vec::new();
    for (name, call) in &calls {
        for format in [Format::Html, Format::Markdown] {
            let hostile = HOSTILE.replace('\\', "\\\\");
            let template = format!(
                "{{% set h = '{hostile}' %}}\n{call}\n{{% autoescape 'html' %}}{call}{{% endautoescape %}}\n"
            );
            let own = OwnTemplates::from_iter([("plan.j2", template)]);
            let request = Request {
                templates: Some(&own),
                ..format.into()
            };
            let Ok(document) = renderer.render(request) else {
                continue;
            };
            worked.insert(name.clone());
            let may_have_emphasis = ["proza", "cel", "prose"].contains(&name.as_str());
            let is_wrong = match format {
                Format::Html => has_hostile_html(&document),
                Format::Markdown => has_hostile_markdown(&document, may_have_emphasis),
            };
            if is_wrong {
                wrong.push(format!("{format:?} {call}\n    {}", document.trim()));
            }
        }
    }
    assert!(
        wrong.is_empty(),
        "{} of {}\n{}",
        wrong.len(),
        calls.len(),
        wrong[..wrong.len().min(20)].join("\n")
    );
    let never: Vec<&String> = calls
        .iter()
        .map(|(name, _)| name)
        .filter(|name| !worked.contains(*name))
        .collect();
    assert_eq!(never, Vec::<&String>::new(), "no call of these works");
}

#[test]
fn sums_are_exact_or_refused() {
    let sum = |amounts: &str| {
        let call = format!("{{{{ {amounts} | som }}}}");
        let own = OwnTemplates::from_iter([("plan.j2", call)]);
        let request = Request {
            templates: Some(&own),
            ..Format::Markdown.into()
        };
        with_view("versie: 1\n", |view| {
            let made = render(view, request).map_err(|error| error.message(BOTH[1]));
            made.map(|text| text.trim().to_owned())
        })
    };
    assert_eq!(sum("['0.1', '0.2']").as_deref(), Ok("0.3"));
    let error = sum("['79228162514264337593543950335', '1']").unwrap_err();
    assert_eq!(
        error,
        "mistake in template plan.j2, line 1: this cannot be done (79228162514264337593543950335 + 1 is too large)"
    );
}

/// A plan that is too large for its document is no mistake in a template of planmaker.
#[test]
fn limits_are_blamed_on_the_template_that_exceeds_them_or_on_the_plan() {
    let message = |name: &str, template: &str, steps: u64| {
        let own = OwnTemplates::from_iter([(name, template)]).with_most_steps(steps);
        let request = Request {
            templates: Some(&own),
            ..Format::Html.into()
        };
        with_view(scaffold::EXAMPLE, |view| {
            let error = render(view, request).unwrap_err();
            error.message(BOTH[1])
        })
    };
    let plan = "the file becomes too large: more than 64 MiB.";
    assert!(message("unused.j2", "", 1_000).starts_with(plan));
    let endless = "a\n{% for a in range(100000) %}{% for b in range(100000) %}{{ b }}{% endfor %}{% endfor %}";
    assert!(
        message("partials/voorblad.j2", endless, 1_000_000)
            .starts_with("mistake in template partials/voorblad.j2, line 2: ")
    );
    let includes =
        "a\n{% for a in range(100) %}\n{% include 'partials/op-een-a4.j2' %}{% endfor %}";
    assert!(
        message("plan.j2", includes, 20_000).starts_with("mistake in template plan.j2, line 3: ")
    );
}

#[test]
fn too_deep_templates_are_refused_with_their_line() {
    let deep = format!("\n{{{{ {}1 }}}}", "not ".repeat(50_000));
    let branches = format!(
        "\n\n{{% if 1 %}}{}{{% endif %}}",
        "{% elif 1 %}".repeat(10_000)
    );
    for (template, place) in [
        (deep, "partials/voorblad.j2:2 "),
        (branches, "partials/voorblad.j2:3 "),
    ] {
        let reported = linted(&[("partials/voorblad.j2", &template)]);
        assert_eq!(reported.len(), 1, "{reported:?}");
        assert!(reported[0].starts_with(place), "{reported:?}");
        assert!(reported[0].contains("te groot of te diep"), "{reported:?}");
    }
}

#[cfg(unix)]
#[test]
fn folders_are_walked_once_and_only_files_are_read() {
    use std::os::unix::fs::symlink;

    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name);
    fs::create_dir_all(path("partials/a/b/c/d/e/f/g/h")).unwrap();
    fs::write(path("partials/voorblad.j2"), "x").unwrap();
    fs::write(path("partials/a/b/c/d/e/f/g/h/diep.j2"), "x").unwrap();
    symlink("partials/voorblad.j2", path("plan.j2")).unwrap();
    symlink("nergens", path("weg.j2")).unwrap();
    for name in ["een", "twee", "partials/drie", "partials/vier"] {
        symlink(folder.path(), path(name)).unwrap();
    }
    let made = Command::new("mkfifo")
        .arg(path("groep.j2"))
        .status()
        .unwrap();
    assert!(made.success());
    let output = Command::new(env!("CARGO_BIN_EXE_planmaker"))
        .args(["templates", "--check", "--lang", "en"])
        .arg(folder.path())
        .output()
        .unwrap();
    let text = String::from_utf8(output.stdout).unwrap();
    let mut passed_over: Vec<&str> = text
        .lines()
        .filter(|line| line.contains("passed over"))
        .collect();
    passed_over.sort_unstable();
    assert_eq!(
        passed_over,
        [
            "warning: een/: passed over, because it is a link to a folder",
            "warning: groep.j2: passed over, because it is not an ordinary file",
            "warning: partials/a/b/c/d/e/f/g/: passed over, because it is more than 8 folders deep",
            "warning: partials/drie/: passed over, because it is a link to a folder",
            "warning: partials/vier/: passed over, because it is a link to a folder",
            "warning: twee/: passed over, because it is a link to a folder",
            "warning: weg.j2: passed over, because it is not an ordinary file",
        ]
    );
    // A document needs the pipe, and does not wait for it.
    assert!(
        text.contains("error: groep.j2: this file cannot be read"),
        "{text}"
    );
    assert_eq!(output.status.code(), Some(1), "{text}");
}

#[cfg(unix)]
#[test]
fn checking_ends_for_templates_that_ask_for_too_much() {
    let folder = tempfile::tempdir().unwrap();
    let doubling = "a\n{% set ns = namespace(a='a') %}\n{% for b in range(100) %}{% set ns.a = ns.a ~ ns.a %}{% endfor %}";
    fs::write(folder.path().join("groep.j2"), doubling).unwrap();
    let output = Command::new(env!("CARGO_BIN_EXE_planmaker"))
        .args(["templates", "--check", "--lang", "en"])
        .arg(folder.path())
        .output()
        .unwrap();
    let text = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(2), "{text}");
    assert!(
        text.contains(
            "mistake in template groep.j2, line 3: the template takes too much memory or time"
        ),
        "{text}"
    );
}
