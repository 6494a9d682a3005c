//! The reference of all that templates can use, in Markdown: `docs/sjablonen.md` and `docs/templates.md` are its output.
//!
//! Names come from the code and from the words that describe them. A test compares the two.

use std::fmt::Write as _;

use super::{loader, names};
use crate::finding::Argument;
use crate::plan::Plan;
use crate::schema::{self, Kind};
use crate::words::{Words, key};

/// An example: the key of its words, and the files of a folder with their names in it.
type Example = (&'static str, &'static [(&'static str, &'static str)]);

/// The examples of the page. A file of one is `examples/KEY/NAME`.
const EXAMPLES: [Example; 5] = [
    ("logo", &[]),
    (
        "cover",
        &[(
            "partials/voorblad.j2",
            include_str!("examples/cover/partials/voorblad.j2"),
        )],
    ),
    (
        "paragraph",
        &[("voor.j2", include_str!("examples/paragraph/voor.j2"))],
    ),
    (
        "section",
        &[
            (
                "partials/visie.j2",
                include_str!("examples/section/partials/visie.j2"),
            ),
            ("delen.j2", include_str!("examples/section/delen.j2")),
        ],
    ),
    (
        "style",
        &[("eigen.css", include_str!("examples/style/eigen.css"))],
    ),
];

/// The reference as a page.
#[must_use]
pub fn reference(words: Words) -> String {
    let page = |key: &str| words.get(&format!("sjablonen.pagina.{key}"));
    let mut text = format!("# {}\n\n{}\n", page("titel"), page("inleiding"));
    for part in ["zo", "regels", "voorbeeld"] {
        heading(&mut text, page(&format!("{part}_kop")), None);
        let _ = writeln!(text, "{}", page(part));
    }
    for (key, files) in EXAMPLES {
        let says = |what: &str| words.get(&format!("sjablonen.pagina.voorbeelden.{key}.{what}"));
        let _ = write!(text, "\n### {}\n\n{}\n", says("kop"), says("tekst"));
        for (name, source) in files {
            let language = match name.rsplit_once('.') {
                Some((_, "css")) => "css",
                _ => "jinja",
            };
            let _ = write!(text, "\n`{name}`:\n\n```{language}\n{source}```\n");
        }
    }
    heading(&mut text, page("bestanden_kop"), None);
    table(
        &mut text,
        &[page("bestand"), page("waarvoor")],
        files(words),
    );
    heading(&mut text, page("namen_kop"), Some(page("namen")));
    let columns = [page("naam"), page("soort_kop"), page("betekenis")];
    table(&mut text, &columns, values(words));
    heading(&mut text, page("plan_kop"), Some(page("plan")));
    table(&mut text, &columns, plan_keys(words));
    for kind in ["functies", "filters"] {
        heading(&mut text, page(&format!("{kind}_kop")), None);
        let columns = [page("naam"), page("roep"), page("uitleg")];
        table(&mut text, &columns, calls(kind, words));
    }
    let _ = write!(text, "\n{}\n\n", page("ingebouwd"));
    let [filters, tests] = ["filters", "tests"].map(names::engine_names);
    for engine in [names::engine_functions(), filters, tests] {
        let _ = writeln!(text, "- `{}`", engine.join("`, `"));
    }
    heading(&mut text, page("macros_kop"), Some(page("macros")));
    table(&mut text, &[page("macro"), page("uitleg")], macros(words));
    text
}

fn heading(text: &mut String, title: &str, intro: Option<&str>) {
    let _ = write!(text, "\n## {title}\n\n");
    if let Some(intro) = intro {
        let _ = write!(text, "{intro}\n\n");
    }
}

fn table(text: &mut String, columns: &[&str], rows: impl IntoIterator<Item = Vec<String>>) {
    let line = |cells: &[String]| {
        let cells = cells.iter().map(|cell| cell.replace('|', "\\|"));
        format!("| {} |\n", cells.collect::<Vec<_>>().join(" | "))
    };
    let head: Vec<String> = columns.iter().map(|&column| column.to_owned()).collect();
    text.push_str(&line(&head));
    text.push_str(&line(&vec!["---".to_owned(); columns.len()]));
    for row in rows {
        text.push_str(&line(&row));
    }
}

fn code(text: &str) -> String {
    format!("`{text}`")
}

fn files(words: Words) -> Vec<Vec<String>> {
    let meaning = |name: &str| {
        let nr = name
            .strip_prefix("sections/")
            .and_then(|name| name.get(..2)?.parse::<usize>().ok());
        let Some(key) = nr.and_then(|nr| Plan::SECTIONS.get(nr.checked_sub(1)?)) else {
            return words.get(&format!("sjablonen.bestanden.{name}")).to_owned();
        };
        let arguments = [
            ("nummer", Argument::Count(nr.unwrap_or_default())),
            ("naam", Argument::Field(key)),
        ];
        words.text(key::sjablonen::pagina::ONDERDELEN, &arguments)
    };
    let names = loader::templates().into_keys();
    names
        .map(|name| vec![code(&name), meaning(&name)])
        .collect()
}

fn values(words: Words) -> Vec<Vec<String>> {
    let row = |path: &str| {
        let says = |what: &str| words.get(&format!("sjablonen.namen.{path}.{what}"));
        let kind = words.get(&format!("sjablonen.soort.{}", says("soort")));
        vec![code(path), kind.to_owned(), says("uitleg").to_owned()]
    };
    let mut names: Vec<&str> = names::documented("namen").collect();
    names.sort_by(|a, b| a.split('.').cmp(b.split('.')));
    names.into_iter().map(row).collect()
}

fn plan_keys(words: Words) -> Vec<Vec<String>> {
    let row = |(pattern, kind): (String, Kind)| {
        let label = words.get(&format!("velden.{pattern}.label")).to_owned();
        let kind = words.get(&format!("sjablonen.soort.{}", word(kind)));
        vec![code(&format!("plan.{pattern}")), kind.to_owned(), label]
    };
    schema::kinds().into_iter().map(row).collect()
}

const fn word(kind: Kind) -> &'static str {
    match kind {
        Kind::Text => "tekst",
        Kind::Choice => "keuze",
        Kind::Number => "getal",
        Kind::Money => "bedrag",
        Kind::Day => "dag",
        Kind::Moment => "tijdstip",
        Kind::Term => "termijn",
        Kind::List => "lijst",
        Kind::ById => "per_id",
        Kind::Keys => "sleutels",
    }
}

fn calls(kind: &'static str, words: Words) -> impl Iterator<Item = Vec<String>> {
    names::documented(kind).map(move |name| {
        let says = |what: &str| words.get(&format!("sjablonen.{kind}.{name}.{what}"));
        vec![
            code(name),
            code(says("voorbeeld")),
            says("uitleg").to_owned(),
        ]
    })
}

/// The macros of the vocabulary with their parameters, in its order.
fn macros(words: Words) -> Vec<Vec<String>> {
    let vocabulary = loader::templates()
        .remove("vocabulary/html.j2")
        .unwrap_or_default();
    let mut rows = Vec::new();
    for part in vocabulary.split("{% macro ").skip(1) {
        let Some((signature, body)) = part.split_once(") ") else {
            continue;
        };
        let name = signature.split('(').next().unwrap_or_default();
        let mut meaning = words.get(&format!("sjablonen.macros.{name}")).to_owned();
        let body = body.split("endmacro").next().unwrap_or_default();
        if body.contains("caller()") {
            meaning += &format!(" ({})", words.get(key::sjablonen::pagina::AANROEP));
        }
        rows.push(vec![code(&format!("{signature})")), meaning]);
    }
    rows
}
