//! Documents of plans: that everything stands in them, that nothing in a plan reaches past its place, and that templates of
//! one's own can replace ours.

use std::fs;
use std::path::Path;

use comrak::nodes::NodeValue;
use comrak::{Arena, Options, parse_document};
use planmaker::document::Document;
use planmaker::facts::Facts;
use planmaker::finding::{Finding, Findings};
use planmaker::plan::{Language, Plan};
use planmaker::reading::{self, WrittenText};
use planmaker::render::{Format, RenderError, render};
use planmaker::rule::{self, Whole};
use planmaker::view::View;
use planmaker::words::Words;

const FORMATS: [Format; 2] = [Format::Html, Format::Markdown];
const EXAMPLES: [&str; 2] = ["examples/minimaal.yaml", "examples/psycho-educatie.yaml"];

fn with_view<T>(text: &str, look: impl FnOnce(&View<'_>, &[WrittenText]) -> T) -> T {
    let mut findings = Findings::default();
    let document = Document::read(text.as_bytes(), &mut findings);
    let reading = reading::read(&document, &mut findings);
    let plan = &reading.plan;
    let facts = Facts::of(plan);
    let whole = Whole {
        plan,
        facts: &facts,
        reading: &reading,
        today: None,
    };
    let silenced = rule::check(&whole, &mut findings);
    let findings: Vec<Finding> = findings.iter().cloned().collect();
    look(
        &View::of(plan, &facts, &findings, &silenced),
        &reading.texts,
    )
}

fn document(text: &str, format: Format) -> String {
    with_view(text, |view, _| render(view, format, None)).unwrap()
}

fn with_templates(text: &str, format: Format, folder: &Path) -> Result<String, RenderError> {
    with_view(text, |view, _| render(view, format, Some(folder)))
}

/// An example, with the document's own words in one language.
fn example(path: &str, language: &str) -> String {
    let text = fs::read_to_string(path).unwrap();
    let without = text.replace("  taal: nl\n", "");
    without.replacen("plan:\n", &format!("plan:\n  taal: {language}\n"), 1)
}

/// What a reader finds in a document, on one line.
fn read(document: &str, format: Format) -> String {
    let text = match format {
        Format::Html => read_html(document),
        Format::Markdown => read_markdown(document),
    };
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn read_html(document: &str) -> String {
    let (_, body) = document.split_once("<body>").unwrap();
    let mut text = String::new();
    for piece in body.split('<') {
        let (tag, shown) = piece.split_once('>').unwrap_or(("", piece));
        let is_inline = [
            "a ", "/a", "em", "/em", "strong", "/strong", "mark", "/mark", "code", "/code", "span",
            "/span",
        ];
        if !is_inline.iter().any(|inline| tag.starts_with(inline)) {
            text.push(' ');
        }
        text.push_str(shown);
    }
    for (entity, c) in [
        ("&lt;", "<"),
        ("&gt;", ">"),
        ("&quot;", "\""),
        ("&#39;", "'"),
        ("&amp;", "&"),
    ] {
        text = text.replace(entity, c);
    }
    text
}

fn markdown_options() -> Options<'static> {
    let mut options = Options::default();
    options.extension.table = true;
    options.extension.strikethrough = true;
    options.extension.autolink = true;
    options.extension.tasklist = true;
    options
}

fn read_markdown(document: &str) -> String {
    let arena = Arena::new();
    let mut text = String::new();
    for node in parse_document(&arena, document, &markdown_options()).descendants() {
        match &node.data().value {
            NodeValue::Text(more) => text.push_str(more),
            NodeValue::Code(code) => text.push_str(&code.literal),
            NodeValue::CodeBlock(code) => text.push_str(&code.literal),
            NodeValue::HtmlBlock(_) | NodeValue::HtmlInline(_) => panic!("HTML in {document}"),
            NodeValue::SoftBreak | NodeValue::LineBreak => text.push(' '),
            value if value.block() => text.push(' '),
            _ => {}
        }
    }
    text
}

/// The parts of a document, without its texts: elements in HTML, blocks in Markdown.
fn skeleton(document: &str, format: Format) -> Vec<String> {
    if format == Format::Html {
        let tags = document
            .split('<')
            .skip(1)
            .filter_map(|piece| piece.split([' ', '>', '\n']).next());
        return tags.map(str::to_owned).collect();
    }
    let arena = Arena::new();
    let root = parse_document(&arena, document, &markdown_options());
    let blocks = root.descendants().filter(|node| node.data().value.block());
    blocks
        .map(|node| {
            format!("{:?}", node.data().value)
                .split('(')
                .next()
                .unwrap()
                .to_owned()
        })
        .collect()
}

#[test]
fn every_section_of_every_example_has_its_number_name_and_question_in_both_languages() {
    for path in EXAMPLES {
        for language in [Language::Dutch, Language::English] {
            let words = Words::of(language);
            let tag = if language == Language::Dutch {
                "nl"
            } else {
                "en"
            };
            for format in FORMATS {
                let text = read(&document(&example(path, tag), format), format);
                for (nr, key) in Plan::SECTIONS.iter().enumerate() {
                    let heading = match format {
                        Format::Html => {
                            format!("{} {}", nr + 1, words.get(&format!("velden.{key}.label")))
                        }
                        Format::Markdown => {
                            format!("{}. {}", nr + 1, words.get(&format!("velden.{key}.label")))
                        }
                    };
                    assert!(
                        text.contains(&heading),
                        "{path} {tag} {format:?}: {heading}"
                    );
                    let question = words.get(&format!("velden.{key}.vraag"));
                    assert!(
                        text.contains(question),
                        "{path} {tag} {format:?}: {question}"
                    );
                }
            }
        }
    }
}

/// The words of prose as a reader finds them, up to the first citation.
fn beginning(text: &WrittenText) -> String {
    let shown = if text.is_prose {
        read_markdown(&text.text)
    } else {
        text.text.clone()
    };
    let shown = shown
        .split("[@")
        .next()
        .unwrap_or_default()
        .trim()
        .trim_end_matches('(')
        .to_owned();
    shown.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[test]
fn every_text_of_a_plan_stands_in_its_document() {
    for path in EXAMPLES {
        let plan = fs::read_to_string(path).unwrap();
        for format in FORMATS {
            let (text, written) = with_view(&plan, |view, texts| {
                (
                    read(&render(view, format, None).unwrap(), format),
                    texts.to_vec(),
                )
            });
            // The short form of a publication stands where it is cited, and all of them are.
            for part in written {
                let beginning = match part.path.to_string().as_str() {
                    path if path.ends_with(".url") => continue,
                    path if path.contains(".expertise") => continue,
                    _ => beginning(&part),
                };
                assert!(
                    text.contains(&beginning),
                    "{path} {format:?} {}: {beginning}",
                    part.path
                );
            }
        }
    }
}

#[test]
fn no_key_of_the_words_shows_itself() {
    for path in EXAMPLES {
        for tag in ["nl", "en"] {
            for format in FORMATS {
                let text = document(&example(path, tag), format);
                for key in ["document.", "velden.", "keuzes.", "regels.", "maanden."] {
                    let at = text
                        .find(key)
                        .map(|at| text[at..].chars().take(40).collect::<String>());
                    assert!(at.is_none(), "{path} {tag}: {at:?}");
                }
            }
        }
    }
}

#[test]
fn the_same_plan_makes_the_same_bytes() {
    for path in EXAMPLES {
        let plan = fs::read_to_string(path).unwrap();
        for format in FORMATS {
            assert_eq!(document(&plan, format), document(&plan, format));
        }
    }
}

#[test]
fn a_plan_of_nothing_renders_and_says_what_is_not_filled_in() {
    for plan in [
        "versie: 1",
        "{}",
        "",
        "plan:",
        "monitoring: {x: }",
        "gebruikers: {x: {veranderingen: [5, {ist: a}]}}",
    ] {
        for format in FORMATS {
            let text = read(&document(plan, format), format);
            assert!(
                text.contains("Dit onderdeel is nog niet ingevuld."),
                "{plan}"
            );
            assert!(text.contains("oncept"), "{plan}");
        }
    }
}

const BARE: &str = "versie: 1
plan: {titel: TEKST, interventie: TEKST, organisaties: [TEKST, b], start: 2027-01-04, samenvatting: PROZA}
beschrijving_interventie: {beschrijving: PROZA, onderdelen: {x: {naam: TEKST, beschrijving: PROZA}}}
betrokken_groepen: {g: {naam: TEKST, rol: uitvoerder, belang: veel, invloed: veel, betrekken: PROZA, bron: aanname}}
gebruikers: {g: {veranderingen: [{aspect: gedrag, ist: PROZA, soll: PROZA}]}}
implementatiedoelen: {d: {groep: g, naam: TEKST, norm: TEKST, resultaten: [PROZA, PROZA], termijn: 3 maanden}}
contextanalyse: {factoren: {f: {naam: TEKST, groep: g, richting: belemmerend, invloed: 3, veranderbaar: ja, toelichting: PROZA}}}
implementatiestrategieen: {strategieen: {s: {naam: TEKST, belemmeringen: f, inzet: {g: {inzicht: PROZA}}, eigenaar: t}}}
implementatieteam: {t: {naam: TEKST, persoon: TEKST, taken: PROZA, expertise: TEKST}}
literatuur: {l: {kort: TEKST, tekst: PROZA, url: TEKST}}
";

/// A plan with these texts in all of its fields.
fn filled(text: &str, prose: &str) -> String {
    let quoted = |text: &str| serde_json::to_string(text).unwrap();
    BARE.replace("TEKST", &quoted(text))
        .replace("PROZA", &quoted(prose))
}

const HOSTILE: [&str; 12] = [
    "<script>alert(1)</script><img src=x onerror=alert(1)>",
    "\"><svg onload=alert(1)> ' onmouseover='x",
    "[a](javascript:alert(1)) ![b](http://evil.example/x.png) <https://x.nl>",
    "{{ plan }} {% include '/etc/passwd' %} {# #} ${x}",
    "# kop\n\n- punt\n\n1. een\n\n> citaat\n\n---\n\n```\ncode\n```",
    "| a | b |\n| - | - |\n| c | d |",
    "a | b || c \\| d \\\\| e `f|g` \\",
    "*a* **b** _c_ ~~d~~ `e` [@l] [f][g] [^1] &amp; &lt; &#35; \\* \\",
    "www.x.nl https://x.nl a@b.nl - + = ===\n===",
    "</style></title></textarea><!-- --><![CDATA[ ]]>",
    "\u{7f}\u{85}\u{200b}\u{202e}a\u{2066}b   \n   c  ",
    "javascript:alert(1)",
];

/// The document of a plan in which nothing was found: what rules say of it changes with its texts.
fn document_without_findings(text: &str, format: Format) -> String {
    let document = Document::read(text.as_bytes(), &mut Findings::default());
    let plan = reading::read(&document, &mut Findings::default()).plan;
    render(&View::of(&plan, &Facts::of(&plan), &[], &[]), format, None).unwrap()
}

#[test]
fn hostile_texts_stay_texts() {
    for format in FORMATS {
        let plain = document_without_findings(&filled("tekst", "tekst"), format);
        for hostile in HOSTILE {
            let made = document_without_findings(&filled(hostile, "tekst"), format);
            assert!(
                skeleton(&made, format) == skeleton(&plain, format),
                "{format:?} {hostile:?}"
            );
            let shown = |c: &char| !"\u{7f}\u{202e}\u{2066}".contains(*c);
            let expected: String = hostile
                .replace('\u{85}', " ")
                .chars()
                .filter(shown)
                .collect();
            let expected = expected.split_whitespace().collect::<Vec<_>>().join(" ");
            assert!(
                read(&made, format).matches(&expected).count() >= 10,
                "{format:?} {hostile:?}"
            );
        }
    }
}

#[test]
fn hostile_prose_runs_nothing_fetches_nothing_and_stays_in_its_section() {
    for hostile in HOSTILE {
        let html = document(&filled("tekst", hostile), Format::Html);
        for tag in html
            .split('<')
            .skip(1)
            .filter_map(|piece| piece.split('>').next())
        {
            let name = tag.split([' ', '\n']).next().unwrap();
            assert!(
                ![
                    "script", "img", "svg", "iframe", "object", "link", "base", "form"
                ]
                .contains(&name),
                "<{tag}> {hostile:?}"
            );
            assert!(
                !tag.contains(" on") && !tag.contains(" src="),
                "<{tag}> {hostile:?}"
            );
            let target = tag
                .split("href=\"")
                .nth(1)
                .and_then(|rest| rest.split('"').next());
            let is_fine = |target: &str| {
                ["#", "https://", "http://", "mailto:"]
                    .iter()
                    .any(|ok| target.starts_with(ok))
            };
            assert!(target.is_none_or(is_fine), "<{tag}> {hostile:?}");
        }
        let markdown = document(&filled("tekst", hostile), Format::Markdown);
        let sections = |document: &str| {
            let arena = Arena::new();
            let root = parse_document(&arena, document, &markdown_options());
            let is_section = |value: &NodeValue| matches!(value, NodeValue::Heading(heading) if heading.level <= 2);
            root.descendants()
                .filter(|node| is_section(&node.data().value))
                .count()
        };
        assert_eq!(
            sections(&markdown),
            sections(&document(&filled("tekst", "tekst"), Format::Markdown)),
            "{hostile:?}"
        );
        read_markdown(&markdown);
    }
}

#[test]
fn a_page_is_one_file_that_calls_nobody() {
    let page = document(&example(EXAMPLES[1], "nl"), Format::Html);
    assert!(page.starts_with("<!DOCTYPE html>\n<html lang=\"nl\">"));
    assert!(page.contains("content=\"default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'\""));
    for absent in [
        "<script", "<link", "<img", "@import", "url(", " onclick", " style=",
    ] {
        assert!(!page.contains(absent), "{absent}");
    }
    assert_eq!(page.matches("<h1").count(), 1);
    assert_eq!(page.matches("<main").count(), 1);
    let ids: Vec<&str> = page
        .split(" id=\"")
        .skip(1)
        .filter_map(|rest| rest.split('"').next())
        .collect();
    let mut once = ids.clone();
    once.sort_unstable();
    once.dedup();
    assert_eq!(ids.len(), once.len(), "an id stands there twice");
    for target in page
        .split("href=\"#")
        .skip(1)
        .filter_map(|rest| rest.split('"').next())
    {
        assert!(ids.contains(&target), "{target}");
    }
    let levels = page
        .split("<h")
        .skip(1)
        .filter_map(|rest| rest.chars().next()?.to_digit(10));
    levels.fold(1, |before, level| {
        assert!(level <= before + 1, "h{before} is followed by h{level}");
        level
    });
    assert_eq!(
        page.matches("<table").count(),
        page.matches("<caption").count()
    );
    assert!(
        page.split("<th")
            .skip(1)
            .all(|rest| rest.starts_with("ead") || rest.starts_with(" scope="))
    );
}

#[test]
fn the_contents_of_a_markdown_document_lead_to_its_headings() {
    for tag in ["nl", "en"] {
        let text = document(&example(EXAMPLES[1], tag), Format::Markdown);
        let mut options = markdown_options();
        options.extension.header_id_prefix = Some(String::new());
        let html = comrak::markdown_to_html(&text, &options);
        for target in html
            .split("href=\"#")
            .skip(1)
            .filter_map(|rest| rest.split('"').next())
        {
            let is_there = html.contains(&format!("id=\"{target}\""))
                || html.contains(&format!("id=\"{}\"", unescaped(target)));
            assert!(is_there, "{target}");
        }
    }
}

fn unescaped(url: &str) -> String {
    url.replace("%C3%AB", "ë")
}

#[test]
fn a_table_in_markdown_has_as_many_cells_in_every_row() {
    let text = document(&filled("a | b", "c | d\n\n- e | f"), Format::Markdown);
    let arena = Arena::new();
    let tables = parse_document(&arena, &text, &markdown_options());
    for table in tables
        .descendants()
        .filter(|node| matches!(node.data().value, NodeValue::Table(_)))
    {
        let cells: Vec<usize> = table.children().map(|row| row.children().count()).collect();
        assert!(cells.iter().all(|count| *count == cells[0]), "{cells:?}");
    }
}

const SMALL: &str = "versie: 1\nplan: {titel: Mijn plan}\n";

fn folder(files: &[(&str, &str)]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (name, text) in files {
        let path = folder.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
    folder
}

#[test]
fn a_folder_lies_over_the_templates_file_by_file() {
    let own = folder(&[
        (
            "partials/voorblad.j2",
            "{% include 'eigen/logo.j2' %}<p>{{ plan.plan.titel }}</p>",
        ),
        ("eigen/logo.j2", "<p>Gemeente {{ '<&>' }}</p>"),
        ("page.css", "body { color: #123456 }"),
    ]);
    let page = with_templates(SMALL, Format::Html, own.path()).unwrap();
    assert!(page.contains("<p>Gemeente &lt;&amp;&gt;</p><p>Mijn plan</p>"));
    assert!(page.contains("body { color: #123456 }") && !page.contains("--own-ink"));
    assert!(page.contains("1</span> Beschrijving interventie"));
}

#[track_caller]
fn mistake(files: &[(&str, &str)]) -> String {
    let own = folder(files);
    let error = with_templates(SMALL, Format::Markdown, own.path()).unwrap_err();
    error.message(Words::of(Language::Dutch))
}

#[test]
fn a_mistake_in_a_template_is_told_with_its_place() {
    let message = mistake(&[("partials/voorblad.j2", "\n\n{{ plan.titel }}\n")]);
    assert!(
        message.contains("partials/voorblad.j2, regel 3"),
        "{message}"
    );
    let message = mistake(&[("partials/voorblad.j2", "\n{% if %}\n")]);
    assert!(
        message.contains("partials/voorblad.j2, regel 2"),
        "{message}"
    );
    let message = mistake(&[(
        "vocabulary/markdown.j2",
        "{% macro heading() %}{% endmacro %}",
    )]);
    assert!(message.contains("voorblad.j2"), "{message}");
    let message = mistake(&[("partials/voorblad.j2", "{{ w('document.bestaat_niet') }}")]);
    assert!(message.contains("document.bestaat_niet"), "{message}");
    let message = mistake(&[("partials/voorblad.j2", "{{ plan.plan.titel | safe }}")]);
    assert!(message.contains("safe"), "{message}");
}

#[test]
fn templates_stay_in_their_folder() {
    for name in [
        "../geheim.j2",
        "/etc/hostname",
        "partials/../../geheim.j2",
        "./a.j2",
        "a\\b.j2",
    ] {
        let message = mistake(&[(
            "partials/voorblad.j2",
            &format!("{{% include '{}' %}}", name.replace('\\', "\\\\")),
        )]);
        assert!(
            message.contains("partials/voorblad.j2, regel 1"),
            "{message}"
        );
    }
}

#[cfg(unix)]
#[test]
fn a_link_that_leads_out_of_the_folder_is_refused() {
    let outside = folder(&[("geheim.j2", "geheim")]);
    let own = folder(&[("binnen.j2", "{{ plan.plan.titel }}")]);
    fs::create_dir(own.path().join("partials")).unwrap();
    let place = own.path().join("partials/voorblad.j2");
    std::os::unix::fs::symlink(outside.path().join("geheim.j2"), &place).unwrap();
    assert!(with_templates(SMALL, Format::Html, own.path()).is_err());
    fs::remove_file(&place).unwrap();
    std::os::unix::fs::symlink("../binnen.j2", &place).unwrap();
    assert!(
        with_templates(SMALL, Format::Html, own.path())
            .unwrap()
            .contains("Mijn plan")
    );
}

#[test]
fn a_template_cannot_run_forever_or_without_bounds() {
    let much = format!(
        "{{% for a in range(1000) %}}{}{{% endfor %}}",
        "veel ".repeat(100_000)
    );
    for endless in [
        "{% macro a() %}{{ a() }}{% endmacro %}{{ a() }}",
        "{% include 'partials/voorblad.j2' %}",
        &much,
    ] {
        let message = mistake(&[("partials/voorblad.j2", endless)]);
        assert!(message.starts_with("fout in sjabloon "), "{message}");
    }
}

#[test]
fn a_folder_that_is_not_there_is_told() {
    let error = with_templates(SMALL, Format::Html, Path::new("/bestaat/niet")).unwrap_err();
    assert!(
        error
            .message(Words::of(Language::Dutch))
            .contains("/bestaat/niet")
    );
}

#[test]
fn other_programs_see_what_templates_see() {
    let text = fs::read_to_string(EXAMPLES[1]).unwrap();
    let json = with_view(&text, |view, _| serde_json::to_value(view)).unwrap();
    let keys: Vec<&str> = json
        .as_object()
        .unwrap()
        .keys()
        .map(String::as_str)
        .collect();
    assert_eq!(
        keys,
        [
            "plan",
            "feiten",
            "bevindingen",
            "uitzonderingen",
            "woorden",
            "taal",
            "concept",
            "versie"
        ]
    );
    assert_eq!(
        json["feiten"]["rode_draad"]["belemmeringen"][0]["id"],
        "onvoldoende-tijd"
    );
    assert_eq!(
        json["plan"]["borging"]["doorontwikkeling"]["niet_nodig"],
        serde_json::Value::Null
    );
    assert_eq!(json["woorden"]["velden.monitoring.label"], "Monitoring");
    let finding = &json["bevindingen"][0];
    for key in ["regel", "ernst", "pad", "onderdeel", "titel", "oplossing"] {
        assert!(finding[key].is_string(), "{key}");
    }
    let empty = with_view("versie: 1", |view, _| serde_json::to_value(view)).unwrap();
    assert!(
        empty["plan"]["monitoring"].is_null()
            && empty["plan"]
                .as_object()
                .unwrap()
                .contains_key("monitoring")
    );
}

#[test]
fn what_rests_on_an_assumption_alone_is_marked() {
    let plan =
        "versie: 1\nbetrokken_groepen: {a: {bron: aanname}, b: {bron: [aanname, interviews]}}";
    assert_eq!(
        document(plan, Format::Html)
            .matches("<mark>aanname</mark>")
            .count(),
        1
    );
    assert_eq!(
        document(plan, Format::Markdown)
            .matches("**aanname**")
            .count(),
        1
    );
}
