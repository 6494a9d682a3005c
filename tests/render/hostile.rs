//! Hostile texts in a plan stay in their place in the document.

use comrak::nodes::NodeValue;
use comrak::{Arena, parse_document};
use planmaker::{Checked, Format, View, render};

use crate::support::{FORMATS, document, markdown_options, markdown_text, shown_text, structure};

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

/// The document without findings, because these depend on the texts.
fn document_without_findings(text: &str, format: Format) -> String {
    let mut checked = Checked::read(text);
    (checked.findings, checked.silenced) = Default::default();
    render(&View::of(&checked), format).unwrap()
}

#[test]
fn hostile_texts_stay_texts() {
    for format in FORMATS {
        let plain = document_without_findings(&filled("tekst", "tekst"), format);
        for hostile in HOSTILE {
            let made = document_without_findings(&filled(hostile, "tekst"), format);
            assert!(
                structure(&made, format) == structure(&plain, format),
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
                shown_text(&made, format).matches(&expected).count() >= 10,
                "{format:?} {hostile:?}"
            );
        }
    }
}

#[test]
fn hostile_prose_adds_no_scripts_requests_or_sections() {
    for hostile in HOSTILE {
        let html = document(&filled("tekst", hostile), Format::Html);
        for tag in html
            .split('<')
            .skip(1)
            .filter_map(|piece| piece.split('>').next())
        {
            let name = tag.split([' ', '\n']).next().unwrap();
            let is_figure = tag.starts_with("svg class=\"drawing\"")
                || (name == "svg" && tag.ends_with(" aria-hidden=\"true\""));
            assert!(
                is_figure
                    || ![
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
        markdown_text(&markdown);
    }
}

#[test]
fn markdown_table_rows_have_equal_numbers_of_cells() {
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
