//! Tests of prose in both formats, with valid and hostile input.

use comrak::nodes::NodeValue;
use comrak::{Arena, parse_document};
use proptest::prelude::*;

use super::*;
use crate::value::{markdown_options, one_line};

struct Works;

impl References for Works {
    fn work(&self, id: &str) -> Option<Citation> {
        let (url, short) = match id {
            "tonnon-2019" => ("#t", "Tonnon e.a., 2019"),
            "midi" => ("#m", "Fleuren, 2012"),
            _ => return None,
        };
        Some(Citation {
            url: Some(url.to_owned()),
            short: short.to_owned(),
        })
    }

    fn may_read(&self, text: &str) -> bool {
        text.len() < 100_000
    }

    fn too_long(&self) -> &'static str {
        "Te lang."
    }
}

fn html(text: &str) -> String {
    block(text, 3, Format::Html, &Works).trim_end().to_owned()
}

fn markdown(text: &str) -> String {
    block(text, 3, Format::Markdown, &Works)
}

#[test]
fn headings_continue_the_levels_of_their_section() {
    let text = "# Een\n\n### Diep\n\n###### Dieper\n\n## Twee\n\n> # In een citaat";
    assert_eq!(
        html(text),
        "<h3>Een</h3>\n<h4>Diep</h4>\n<h5>Dieper</h5>\n<h4>Twee</h4>\n\
         <blockquote>\n<p><strong>In een citaat</strong></p>\n</blockquote>"
    );
    assert_eq!(
        markdown(text),
        "### Een\n\n#### Diep\n\n##### Dieper\n\n#### Twee\n\n> **In een citaat**"
    );
}

#[test]
fn raw_html_is_shown_as_text() {
    let text = "a <b>c</b>\n\n<script>\nalert(1)\n</script>\n\nd";
    assert_eq!(
        html(text),
        "<p>a &lt;b&gt;c&lt;/b&gt;</p>\n<p>&lt;script&gt;<br>\nalert(1)<br>\n&lt;/script&gt;</p>\n<p>d</p>"
    );
    assert_eq!(
        markdown(text),
        "a \\<b>c\\</b>\n\n\\<script>\\\nalert(1)\\\n\\</script>\n\nd"
    );
}

#[test]
fn only_web_and_mail_links_are_kept() {
    let text = "[a](https://x.nl/?a=1&b=2) [b](javascript:alert(1)) [c](data:text/html,x) [d](/e) <mailto:f@g.nl>";
    assert_eq!(
        html(text),
        "<p><a href=\"https://x.nl/?a=1&amp;b=2\">a</a> b c d <a href=\"mailto:f@g.nl\">mailto:f@g.nl</a></p>"
    );
    assert_eq!(
        markdown(text),
        "[a](https://x.nl/?a=1\\&b=2) b c d [mailto:f@g.nl](mailto:f@g.nl)"
    );
}

#[test]
fn images_become_links() {
    let text = "![Een *plaat*](https://x.nl/p.png) ![los](p.png)";
    assert_eq!(
        html(text),
        "<p><a href=\"https://x.nl/p.png\">Een <em>plaat</em></a> los</p>"
    );
    assert_eq!(markdown(text), "[Een *plaat*](https://x.nl/p.png) los");
}

#[test]
fn known_citations_become_links() {
    assert_eq!(
        html("Zie [@tonnon-2019] en [@midi; @x], niet [@x] of `[@midi]`."),
        "<p>Zie (<a href=\"#t\">Tonnon e.a., 2019</a>) en (<a href=\"#m\">Fleuren, 2012</a>; @x), niet [@x] of \
         <code>[@midi]</code>.</p>"
    );
    assert_eq!(
        html("\\[@midi] [@midi](https://x.nl) [@tonnon-2019;\n@midi]\n\n    [@midi]"),
        "<p>[@midi] <a href=\"https://x.nl\">@midi</a> (<a href=\"#t\">Tonnon e.a., 2019</a>; \
         <a href=\"#m\">Fleuren, 2012</a>)</p>\n<pre tabindex=\"0\"><code>[@midi]</code></pre>"
    );
    assert_eq!(
        markdown("Zie [@tonnon-2019], niet [@x]."),
        "Zie ([Tonnon e.a., 2019](#t)), niet \\[@x\\]."
    );
}

#[test]
fn lists_tables_and_code_round_trip() {
    let text = "\
- a
- b
  - c

1. een

   twee
2. drie

* x
* y

- [x] klaar
- [ ] niet

| a | b |
|---|--:|
| 1 `|` | 2 |

    code  met   ruimte

~~~js
```
~~~
> citaat
> verder

---";
    let expected = "\
- a
- b
  - c

1. een

   twee

2. drie

- x
- y

* ☑ klaar
* ☐ niet

| a | b |
| --- | --: |
| 1 \\` | \\` |

```
code  met   ruimte
```

````
```
````

> citaat
> verder

___";
    assert_eq!(markdown(text), expected);
    assert_eq!(markdown(expected), expected);
}

#[test]
fn code_keeps_white_space_but_no_control_characters() {
    let text = "```\nals:\tja\n\tdan\u{202e}  nee\u{7}\n```";
    let code = "als:    ja\n    dan  nee";
    assert_eq!(
        html(text),
        format!("<pre tabindex=\"0\"><code>{code}</code></pre>")
    );
    assert_eq!(markdown(text), format!("```\n{code}\n```"));
}

#[test]
fn tables_have_headers_in_every_cell_for_cards() {
    assert_eq!(
        html("|*a*|b & c|\n|-|-:|\n|1|2|"),
        "<table>\n\
         <thead><tr><th scope=\"col\"><em>a</em></th>\
         <th scope=\"col\" class=\"right\">b &amp; c</th></tr></thead>\n\
         <tbody>\n<tr><td data-head=\"a\">1</td>\
         <td class=\"right\" data-head=\"b &amp; c\">2</td></tr>\n</tbody></table>"
    );
}

#[test]
fn cells_have_no_headings() {
    let text = "# Kop\n\nEen regel\nen nog een.\n\n- a | b\n- c\n\n1. d";
    assert_eq!(
        cell(text, Format::Markdown, &Works),
        "**Kop** Een regel en nog een. • a \\| b • c 1. d"
    );
    assert_eq!(
        cell("Een *zin*.", Format::Html, &Works),
        "Een <em>zin</em>."
    );
    assert!(!cell(text, Format::Html, &Works).contains("<h"));
}

#[test]
fn addresses_before_a_break_stay_as_they_are() {
    for text in [
        "http://x.nl  \na",
        "http://x.nl\t\\\n*",
        "http://x.nl. \\\na",
    ] {
        let once = markdown(text);
        assert!(once.starts_with("[http\\://x.nl](http://x.nl)"), "{once}");
        assert!(words(&once, 3).starts_with("http://x.nl"), "{once}");
    }
    assert_eq!(markdown("http://x.nl\na"), "http://x.nl\na");
}

#[test]
fn nesting_is_limited() {
    for text in [
        ">".repeat(50_000),
        "- ".repeat(50_000),
        "[".repeat(50_000),
        "*a _".repeat(20_000),
    ] {
        assert!(html(&text).len() < 400_000);
        assert!(markdown(&text).len() < 400_000);
    }
    let nested = ">".repeat(500) + " diep";
    assert!(html(&nested).contains("diep") && markdown(&nested).contains("diep"));
}

/// Returns the words of Markdown, checking that it has no raw HTML, no images and no headings above `top`.
fn words(markdown: &str, top: u8) -> String {
    let markdown = &format!("{markdown}\n");
    let arena = Arena::new();
    let mut words = String::new();
    for node in parse_document(&arena, markdown, &markdown_options()).descendants() {
        match &node.data().value {
            NodeValue::Text(text) => words.push_str(text),
            NodeValue::Code(code) => words.push_str(&code.literal),
            NodeValue::CodeBlock(code) => words.push_str(&code.literal),
            NodeValue::HtmlBlock(_) | NodeValue::HtmlInline(_) | NodeValue::Image(_) => {
                panic!("{markdown:?} is not harmless")
            }
            NodeValue::Heading(heading) => assert!(heading.level >= top, "{markdown:?}"),
            NodeValue::SoftBreak | NodeValue::LineBreak => words.push(' '),
            value if value.block() => words.push(' '),
            _ => {}
        }
    }
    one_line(&words)
}

/// Texts made of pieces of Markdown syntax.
fn hostile() -> impl Strategy<Value = String> {
    let pieces = [
        "a", "b1", " ", "  ", "\n", "\n\n", "    ", "*", "**", "_", "`", "``", "~", "~~", "[", "]",
        "(", ")", "![", "](", "<", ">", "<b>", "</b>", "<!--", "-->", "&", "&amp;", "#", "# ",
        "- ", "-", "---", "===", "1. ", "1)", "+ ", "|", "|-|", ":-:", "\\", "\"", "'", "!", ".",
        ",", "www.x.nl", "a@b.nl", "[@x]", "\t", "\u{0}", "{{ a }}", "{% x %}", "$", "é",
    ];
    // Kept apart, because one long element makes rustfmt give each its own line.
    let pieces = [&pieces[..], &["http://x.nl"]].concat();
    proptest::collection::vec(proptest::sample::select(pieces), 0..24)
        .prop_map(|pieces| pieces.concat())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 3_000, ..ProptestConfig::default() })]

    #[test]
    fn any_prose_round_trips_as_harmless_markdown(text in hostile()) {
        let once = markdown(&text);
        words(&once, 3);
        prop_assert_eq!(words(&markdown(&format!("{once}\n")), 3), words(&once, 3));
        let line = cell(&text, Format::Markdown, &Works);
        prop_assert!(!line.contains('\n'));
        let table = format!("| a | b |\n| - | - |\n| {line} | ja |\n");
        prop_assert!(words(&table, 7).ends_with("ja"), "{}", table);
    }

    #[test]
    fn any_escaped_text_reads_back_as_itself(text in hostile()) {
        let escaped = crate::render::escape::markdown(&text, crate::render::escape::Position::ANYWHERE);
        let expected = one_line(&text.replace('\u{0}', ""));
        prop_assert_eq!(words(&escaped, 7), expected.clone());
        let document = format!("# {escaped}\n\n- **x:** {escaped}\n\n| a |\n| - |\n| {escaped} |\n");
        let found = words(&document, 1);
        prop_assert_eq!(found, one_line(&format!("{expected} x: {expected} a {expected}")));
    }

    #[test]
    fn any_prose_as_html_has_only_known_elements(text in hostile()) {
        let html = html(&text);
        for tag in html.split('<').skip(1) {
            let name = tag.trim_start_matches('/').split(|c: char| !c.is_ascii_alphanumeric()).next().unwrap_or_default();
            prop_assert!(
                ["p", "h3", "h4", "h5", "h6", "ul", "ol", "li", "blockquote", "pre", "code", "div", "table", "thead", "tbody",
                 "tr", "th", "td", "hr", "em", "strong", "del", "a", "br", "span"].contains(&name),
                "{}", html
            );
        }
        prop_assert!(!html.contains("href=\"javascript"));
    }
}

#[test]
fn overlong_text_is_shown_unparsed_under_a_note() {
    let text = format!("*Een* <b>\n\n- {}", "zin ".repeat(40_000));
    let (html, markdown) = (html(&text), markdown(&text));
    assert!(html.starts_with("<p>Te lang.</p>\n<p>*Een* &lt;b&gt;</p>\n<p>- zin zin"));
    assert!(markdown.starts_with("Te lang.\n\n\\*Een\\* \\<b>\n\n\\- zin zin"));
    let cell = cell(&text, Format::Html, &Works);
    assert!(cell.contains("Te lang."));
}

#[test]
fn column_alignments_are_kept() {
    let text = "| a | b | c | d |\n|---|:--|:-:|--:|\n| 1 | 2 | 3 | 4 |\n";
    let written = markdown(text);
    assert!(written.contains("| --- | :-- | :-: | --: |"), "{written}");
    let page = html(text);
    for cell in [
        "<th scope=\"col\">a</th>",
        "<th scope=\"col\" class=\"centred\">c</th>",
        "<td data-head=\"b\">2</td>",
        "<td class=\"centred\" data-head=\"c\">3</td>",
        "<td class=\"right\" data-head=\"d\">4</td>",
    ] {
        assert!(page.contains(cell), "{cell}: {page}");
    }
}
