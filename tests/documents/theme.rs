//! House styles: design tokens reach a page, and nothing else of a theme file does.

// Tests may panic.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use planmaker::{Checked, Format, Refusal, RenderError, Request, Theme, ThemeError, View, render};

fn themed(css: &str, format: Format) -> Result<String, RenderError> {
    let theme = Theme::read(css.as_bytes()).expect("a theme with tokens");
    let checked = Checked::read("versie: 1\nplan: {titel: Plan}");
    let request = Request {
        theme: Some(&theme),
        ..format.into()
    };
    render(&View::of(&checked), request)
}

/// The CSS that a theme adds to a page.
#[track_caller]
fn added(css: &str) -> String {
    let page = themed(css, Format::Html).expect("a page");
    let style = page.split("</style>").next().unwrap();
    let own = style.rfind("@top-").unwrap();
    let (_, added) = style[own..].split_once("}\n}\n").unwrap();
    added.trim().to_owned()
}

/// The value of a token as added to a page, next to a token that is always kept.
#[track_caller]
fn kept(value: &str) -> Option<String> {
    let css = format!(
        ".test-theme {{\n --utrecht-document-font-size: 1rem;\n --utrecht-document-line-height: {value};\n}}\n"
    );
    let added = added(&css);
    assert!(
        added.contains("--utrecht-document-font-size: 1rem;"),
        "{added}"
    );
    let line = added
        .lines()
        .find_map(|line| line.strip_prefix("--utrecht-document-line-height: "));
    line.map(|line| line.trim_end_matches(';').to_owned())
}

#[test]
fn used_tokens_are_added_with_resolved_values() {
    let css = "/* made by a tool */
.gemeente-theme {
  --gemeente-groen: #00811F;
  --gemeente-letter: \"Bolder\", Arial, sans-serif; /* code only */
  --gemeente-ongebruikt: 12px;
  --utrecht-link-color: var(--gemeente-groen);
  --utrecht-document-font-family: var( --gemeente-letter );
  --utrecht-document-font-size: calc(var(--bestaat-niet, 8px) * 2);
  --utrecht-table-cell-padding-block-start: 16px;
  --utrecht-button-color: red;
}";
    assert_eq!(
        added(css),
        ":root {
color-scheme: light;
--utrecht-document-font-family: \"Bolder\", Arial, sans-serif;
--utrecht-document-font-size: calc(8px * 2);
--utrecht-link-color: #00811F;
--utrecht-table-cell-padding-block-start: 16px;
}"
    );
}

#[test]
fn tokens_are_read_from_rules_for_the_root_or_one_class() {
    for selector in [
        ":root",
        ":host",
        ":root, :host",
        ".theme",
        ".utrecht-theme",
        ".utrecht-theme, .utrecht-theme ::backdrop",
        ".mijn-huisstijl",
        ".utrecht-theme--viewport-scale",
        "body > p, .rhc-theme",
        "html",
        "@layer tokens, b { :root",
        "@layer { @layer a { .x",
        "@media screen { :root",
        "@media (prefers-color-scheme: light) { :root",
    ] {
        let added = added(&format!(
            "{selector} {{ --utrecht-document-font-size: 1rem }}"
        ));
        assert!(
            added.contains("--utrecht-document-font-size: 1rem;"),
            "{selector}"
        );
    }
    for other in [
        "p { $ }",
        ".utrecht-theme .utrecht-page-footer { $ }",
        "@media (width >= 35em) { .utrecht-theme { $ } }",
        "@media print { :root { $ } }",
        "@supports (color: red) { :root { $ } }",
        "@property --utrecht-document-font-size { syntax: '<length>'; inherits: true; }",
        ":root p { $ }",
        ":root { p { $ } }",
    ] {
        let css = other.replace('$', "--utrecht-document-font-size: 1rem");
        assert_eq!(
            Theme::read(css.as_bytes()).unwrap_err(),
            ThemeError::NoTokens,
            "{other}"
        );
    }
}

#[test]
fn last_value_wins_even_if_rejected() {
    let css = ":root { --utrecht-document-font-size: 1rem; --utrecht-link-color: red }
        :root { --utrecht-document-font-size: 2rem; --utrecht-link-color: url(a) }";
    assert_eq!(
        added(css),
        ":root {\n--utrecht-document-font-size: 2rem;\n}"
    );
}

#[test]
fn values_are_rebuilt_from_harmless_pieces() {
    for (value, shown) in [
        ("1.5", "1.5"),
        ("150%", "150%"),
        ("var(--nergens, 1.25)", "1.25"),
        ("CALC( 1 + 0.5 )", "calc( 1 + 0.5 )"),
        ("/* een */ 1.4 /* twee */", "1.4"),
        ("\\31 rem", "\\31 rem"),
        ("'Segoe UI', \"Noto Sans\"", "\"Segoe UI\", \"Noto Sans\""),
        ("light-dark(#fff, #000)", "light-dark(#fff, #000)"),
        ("hsl(211 60% 35%)", "hsl(211 60% 35%)"),
    ] {
        assert_eq!(kept(value).as_deref(), Some(shown), "{value}");
    }
}

#[test]
fn fetching_and_unknown_values_are_dropped() {
    for value in [
        "url(https://example.org/a.png)",
        "URL('a.png')",
        "\\75rl(https://example.org/)",
        "u\\72l('a')",
        "\\000075\\000072\\00006c (a)",
        "url(a b c",
        "src('a')",
        "image(a)",
        "image-set('a' 1x)",
        "-webkit-image-set(url(a) 1x)",
        "element(#a)",
        "attr(href)",
        "env(a)",
        "expression(alert(1))",
        "calc(1px + url(a))",
        "calc(1px + u\\rl(a))",
        "rgb(url(a), 1, 1)",
        "var(--nergens, url(a))",
        "var(url(a))",
        "@import 'a'",
        "1.5 !important",
        "{ color: red }",
        "[a]",
        "\"</style><script>alert(1)</script>\"",
        "</style>",
        "<!-- a -->",
        "\"a\\3c b\"",
        "\"a\\\" }\"",
        "a:b",
        "a\\3c b",
        "a\\;b",
        "var(--utrecht-document-line-height)",
        "",
    ] {
        assert_eq!(kept(value), None, "{value}");
    }
}

/// A block that is never closed ends with the file, and nothing of it may leave the rule.
#[test]
fn no_file_breaks_out_of_the_rule() {
    for rest in [
        "} body { display: none",
        "}} body { display: none }",
        ";} body { display: none }",
        "'a\n} body { display: none }",
        "(a } body { display: none }",
        "[[[[",
        "/* } body { display: none }",
        "</style><script>alert(1)</script>",
        "\\",
        "\0 \u{202e} \u{1e}",
        "@import url(a);",
        "{{ versie }} {% include 'x' %}",
    ] {
        let css =
            format!(":root {{ --utrecht-document-font-size: 1rem; --utrecht-link-color: {rest}");
        assert_eq!(
            added(&css),
            ":root {\n--utrecht-document-font-size: 1rem;\n}",
            "{rest}"
        );
    }
}

#[test]
fn combined_pieces_are_harmless_too() {
    let css = ":root {
        --a: url; --b: u; --c: rl;
        --utrecht-document-font-size: 1rem;
        --utrecht-link-color: var(--a)(x);
        --utrecht-document-color: var(--b)var(--c)(x);
        --utrecht-document-line-height: url/**/(x);
    }";
    let added = added(css);
    // A name followed by a space and a parenthesis is not a function.
    for function in ["url(", "rl("] {
        assert!(!added.contains(function), "{added}");
    }
}

#[test]
fn cyclic_and_repeated_references_are_cheap() {
    let mut css =
        ":root { --utrecht-document-font-size: 1rem; --utrecht-link-color: var(--t0);".to_owned();
    for nr in 0..5000 {
        let next = nr + 1;
        css += &format!("--t{nr}: var(--t{next}) var(--t{next}, var(--t{nr}));");
    }
    css += "--t5000: red; --a: var(--b); --b: var(--a); --utrecht-document-color: var(--a) }";
    let start = std::time::Instant::now();
    let added = added(&css);
    assert!(!added.contains("link-color") && !added.contains("document-color"));
    assert!(start.elapsed().as_secs() < 20);
}

#[test]
fn depth_and_size_are_limited() {
    let deep = format!("{}1{}", "calc(".repeat(100_000), ")".repeat(100_000));
    assert_eq!(kept(&deep), None);
    assert_eq!(kept(&"a ".repeat(5_000)), None);
    let open = format!(
        ":root {{ --utrecht-document-font-size: 1rem }} {}",
        "{".repeat(500_000)
    );
    assert!(added(&open).contains("1rem"));
    let nested = format!(
        "{}:root{{--a:b}}",
        "@media (prefers-color-scheme: dark) {".repeat(50_000)
    );
    assert_eq!(
        Theme::read(nested.as_bytes()).unwrap_err(),
        ThemeError::NoTokens
    );
    let layers = "@layer {".repeat(100_000) + ":root{--a:b}";
    assert_eq!(
        Theme::read(layers.as_bytes()).unwrap_err(),
        ThemeError::NoTokens
    );
    let huge = " ".repeat(Theme::MAX_BYTES + 1);
    assert_eq!(
        Theme::read(huge.as_bytes()).unwrap_err(),
        ThemeError::TooLarge
    );
    assert_eq!(
        Theme::read(b":root { --a: \xff }").unwrap_err(),
        ThemeError::NotText
    );
    assert_eq!(Theme::read(b"").unwrap_err(), ThemeError::NoTokens);
}

/// A background colour may be unreadable with our own text colour, and the other way round.
#[test]
fn half_a_colour_pair_is_ignored() {
    let half = "--utrecht-page-footer-background-color: #fff; --utrecht-document-color: #eee;";
    let whole =
        "--utrecht-alert-warning-background-color: #000; --utrecht-alert-warning-color: #fff;";
    let added = added(&format!(":root {{ {half} {whole} }}"));
    assert!(
        added.contains("alert-warning-background-color: #000;"),
        "{added}"
    );
    assert!(added.contains("alert-warning-color: #fff;"), "{added}");
    assert!(
        !added.contains("footer") && !added.contains("document"),
        "{added}"
    );
}

#[test]
fn theme_with_colours_fixes_the_colour_scheme() {
    let colours = "--utrecht-document-background-color: #fff; --utrecht-document-color: #111; --utrecht-link-color: #00f;";
    let dark = "--utrecht-document-background-color: #111; --utrecht-document-color: #eee; --utrecht-link-color: url(a);";
    let light = added(&format!(
        ".a-theme {{ {colours} }} .a-theme--dark {{ {dark} }}"
    ));
    assert!(
        light.starts_with(":root {\ncolor-scheme: light;\n") && !light.contains("dark"),
        "{light}"
    );
    assert!(
        added(&format!(".a-theme--color-scheme-dark {{ {dark} }}"))
            .starts_with(":root {\ncolor-scheme: dark;\n")
    );
    let both = added(&format!(
        ":root {{ {colours} }} @media (prefers-color-scheme: dark) {{ :root {{ {dark} }} }}"
    ));
    let (light, dark) = both
        .split_once(
            "@media screen and (prefers-color-scheme: dark) {\n:root {\ncolor-scheme: dark;\n",
        )
        .unwrap();
    assert!(
        light.contains("color-scheme: light;") && light.contains("--utrecht-document-color: #111;")
    );
    assert!(dark.contains("--utrecht-document-color: #eee;"), "{dark}");
    let size = added(":root { --utrecht-document-font-size: 1rem }");
    assert!(!size.contains("color-scheme"), "{size}");
}

#[test]
fn theme_without_used_tokens_is_an_error() {
    let error = themed(":root { --mijn-kleur: red }", Format::Html).unwrap_err();
    assert!(
        matches!(error, RenderError::Theme(ThemeError::NoTokens)),
        "{error}"
    );
    assert!(
        error.to_string().contains("--utrecht-document-color"),
        "{error}"
    );
}

#[test]
fn markdown_ignores_the_theme() {
    let text = themed(":root { --utrecht-link-color: red }", Format::Markdown).unwrap();
    assert!(!text.contains("--utrecht"));
}

#[test]
fn same_theme_gives_same_page() {
    let css = ":root { --utrecht-link-color: red; --utrecht-document-font-size: 1rem; --utrecht-body-font-size: 2rem }";
    assert_eq!(
        themed(css, Format::Html).unwrap(),
        themed(css, Format::Html).unwrap()
    );
    let page = themed(css, Format::Html).unwrap();
    assert_eq!(page.matches("</style").count(), 1);
}

#[test]
fn rules_for_the_page_go_before_other_classes() {
    let size = |css: &str| {
        let added = added(css);
        let (_, size) = added.split_once("font-size: ").unwrap();
        size.split(';').next().unwrap().to_owned()
    };
    let [one, two] = ["1rem", "2rem"].map(|size| format!("--utrecht-document-font-size: {size}"));
    assert_eq!(
        size(&format!(".a-theme {{ {one} }} .button {{ {two} }}")),
        "1rem"
    );
    assert_eq!(
        size(&format!(":root {{ --b: {one} }} .mine {{ {two} }}")),
        "2rem"
    );
    assert_eq!(
        size(&format!(".mine {{ {one} }} .mine--scale {{ {two} }}")),
        "1rem"
    );
}

#[test]
fn tokens_that_a_page_does_not_get_have_a_reason() {
    let css = ":root {
        --utrecht-document-color: #111;
        --utrecht-link-color: url(a);
        --utrecht-document-font-size: var(--nergens);
        --utrecht-document-line-height: 1.5;
        --mijn-kleur: url(b);
    }";
    let theme = Theme::read(css.as_bytes()).unwrap();
    assert!(theme.refused().is_empty());
    let checked = Checked::read("versie: 1");
    let request = Request {
        theme: Some(&theme),
        ..Format::Html.into()
    };
    render(&View::of(&checked), request).unwrap();
    let refused = theme.refused();
    let background = "--utrecht-document-background-color".to_owned();
    assert_eq!(
        Vec::from_iter(refused),
        [
            (
                "--utrecht-document-color".to_owned(),
                Refusal::Alone(background)
            ),
            (
                "--utrecht-document-font-size".to_owned(),
                Refusal::Reference
            ),
            ("--utrecht-link-color".to_owned(), Refusal::Value),
        ]
    );
}
