//! More of the [`corpus`](crate::corpus) of hostile files: unusual bytes, YAML and Markdown.

use crate::corpus::{Case, HEAD, case, lines, many, plan, prose_with};

pub fn bytes() -> Vec<Case> {
    let utf16 = |mark: &str, to_bytes: fn(u16) -> [u8; 2]| {
        let text = format!("{mark}{HEAD}");
        text.encode_utf16().flat_map(to_bytes).collect::<Vec<u8>>()
    };
    let in_text = |bytes: &[u8]| {
        let start = "beschrijving_interventie:\n  doel: \"a";
        [HEAD.as_bytes(), start.as_bytes(), bytes, b"b\"\n"].concat()
    };
    let invalid = &["yaml-ongeldig"];
    let controls: Vec<u8> = (0..32)
        .filter(|b| !b"\t\n\r".contains(b))
        .chain([127])
        .collect();
    let random = (0u32..200_000).map(|nr| nr.wrapping_mul(2_654_435_761).to_le_bytes()[2]);
    #[rustfmt::skip]
    let cases = vec![
        case("bytes-nul", in_text(b"\0"), invalid),
        case("bytes-only-nul", vec![0; 100_000], invalid),
        case("bytes-controls", in_text(&controls), invalid),
        case("bytes-c1", in_text("\u{80}\u{9b}31m\u{9d}0;x\u{9c}".as_bytes()), invalid),
        case("bytes-mark", format!("\u{feff}{HEAD}"), &[]),
        case("bytes-mark-inside", in_text("\u{feff}".as_bytes()), &[]),
        case("bytes-overlong", in_text(b"\xc0\xaf\xe0\x80\xaf\xf0\x80\x80\xaf"), invalid),
        case("bytes-surrogate", in_text(b"\xed\xa0\x80"), invalid),
        case("bytes-latin-1", in_text(b"co\xebrdinatie"), invalid),
        case("bytes-surrogate-escape", in_text(br"\ud800"), invalid),
        // A valid pair.
        case("bytes-surrogate-pair-escape", in_text(br"\ud83d\ude00"), &[]),
        case("bytes-surrogate-halves-escape", in_text(br"\ude00\ud83d"), invalid),
        case("bytes-escape-too-high", in_text(br"\U00110000"), invalid),
        case("bytes-terminal-escapes", in_text(br"\e]0;pwned\a\e[31mrood\x9b31m\b\b"), invalid),
        case("bytes-bidi", in_text("\u{202e}txet\u{2066}x".as_bytes()), &[]),
        case("bytes-nel", HEAD.replace('\n', "\u{85}"), &[]),
        case("bytes-line-separators", HEAD.replace('\n', "\u{2028}"), &[]),
        case("bytes-cr", HEAD.replace('\n', "\r"), &[]),
        case("bytes-crlf", HEAD.replace('\n', "\r\n"), &[]),
        case("bytes-random", random.collect::<Vec<u8>>(), invalid),
        case("bytes-utf16-half", [&utf16("\u{feff}", u16::to_le_bytes)[..], b"\xd8"].concat(), invalid),
        case("bytes-utf16-lone-surrogates", [&b"\xfe\xff"[..], &b"\xd8\x00".repeat(many(100_000))].concat(), invalid),
        case("bytes-docx", [&b"PK\x03\x04"[..], &[0xFF; 1_000]].concat(), invalid),
        case("bytes-utf16-le", utf16("", u16::to_le_bytes), invalid),
        case("bytes-utf16-be", utf16("", u16::to_be_bytes), invalid),
        case("bytes-utf16-mark-le", utf16("\u{feff}", u16::to_le_bytes), invalid),
        case("bytes-utf16-mark-be", utf16("\u{feff}", u16::to_be_bytes), invalid),
    ];
    cases
}

pub fn shapes() -> Vec<Case> {
    let invalid = &["yaml-ongeldig"];
    #[rustfmt::skip]
    let mut cases = vec![
        case("shape-empty", "", invalid),
        case("shape-comments", "# niets\n# nog niets\n", invalid),
        case("shape-marker", "---\n", invalid),
        case("shape-list", "- a\n- b\n", invalid),
        case("shape-text", "hallo\n", invalid),
        case("shape-null", "~\n", invalid),
        plan("shape-tabs", "randvoorwaarden:\n\tvoorwaarden: x\n", invalid),
        plan("shape-tags", "x: !!python/object/apply:os.system [id]\ny: !!binary aGFsbG8=\nz: !<tag:x> y\n", invalid),
        plan("shape-anchors", "&a x: &b {&c y: &d [&e z, &f !!str z, *e]}\n&g ? &h [i]\n: &j k\n", invalid),
        plan("shape-directives", "...\n%YAML 9.9\n%TAG ! tag:evil,2000:\n---\na: b\n", invalid),
        plan("shape-documents", &"---\nversie: 1\n".repeat(100_000), invalid),
        plan("shape-dots", &"...\n".repeat(100_000), &[]),
        plan("shape-conflict", &format!("{0}a: b\n=======\n{0}", "<<<<<<< HEAD\n".repeat(many(100_000))), invalid),
        plan("shape-error-in-each-section", &"borging:\n  a: @\n".repeat(many(100_000)), invalid),
        plan("shape-paragraphs", &"Zomaar een zin, zonder sleutel.\n\n".repeat(many(40_000)), invalid),
        plan("shape-stray-lines", &"team:\nZin: x y\n    a: b\n  c: d\n".repeat(many(40_000)), invalid),
        plan("shape-dashes-before-keys", &format!("x: y\n{}", "- a:\n  b: c\n".repeat(many(20_000))), invalid),
        case("shape-list-of-keys", "- a:\n  b: c\n".repeat(many(20_000)), invalid),
        plan("shape-cut-texts", &format!("x: {{a: b{}}}\n", ", C d".repeat(many(20_000))), &["waarde-ongeldig"]),
        plan(
            "shape-comments-in-texts",
            &format!("evaluatie:\n  vragen:\n{}", lines(many(10_000), |nr| format!("    v{nr}: {{vraag: x #1\n      }}"))),
            &["tekst-afgekapt"],
        ),
        plan("shape-empty-comments", &format!("x:\n{}", "- #1\n".repeat(many(40_000))), &["sleutel-onbekend"]),
        plan(
            "shape-joined-list",
            &format!("evaluatie:\n  gebruik: x\n{}", "    - y\n".repeat(many(200_000))),
            &["opsomming-niet-herkend"],
        ),
        plan("shape-list-as-key", "? [a, b]\n: c\n", invalid),
        plan(
            "shape-escapes-in-keys",
            "\"\\e[31mrood\\x9b\\a\": x\nbetrokken_groepen:\n  \"\\e[2J\": {rol: \"\\e[2Jbaas\"}\n",
            &["yaml-ongeldig", "sleutel-onbekend"],
        ),
        plan("shape-escape-in-tag", "x: !\u{1b}[31m y\nz: *\u{9b}31m\n", invalid),
        plan(
            "shape-dates",
            "evaluatie: {wanneer: 2027-02-30, dataverzameling_vanaf: -9999-01-01}\n",
            &["waarde-ongeldig"],
        ),
    ];
    let whole = format!(
        "{HEAD}betrokken_groepen:\n  a: {{naam: \"x y\", rol: [uitvoerder, 'z']}}\n  b:\n    toelichting: |\n      tekst\n"
    );
    for end in (HEAD.len()..whole.len()).step_by(9) {
        let name = format!("shape-cut-at-{end}");
        cases.push(case(&name, &whole.as_bytes()[..end], &[]));
    }
    cases
}

/// Markdown that takes a naive parser quadratic time or worse.
pub fn prose() -> Vec<Case> {
    #[rustfmt::skip]
    let patterns = [
        ("stars", "*a **b "), ("underscores", "_a __b "), ("brackets", "[a]("),
        ("nested-links", "[a](b "), ("images", "![a]("), ("backticks", "`a``b```"),
        ("references", "[a][b"), ("citations", "[@a; "), ("entities", "&a"),
        ("autolinks", "www.a@b.c/((("), ("mails", "a@"), ("html", "<!--<![CDATA[<?<!A"),
        ("tables", "|a|"), ("tildes", "~a~~b"), ("quotes", ">"), ("emphasis-nest", "*a_"),
        ("notes", "[^1] "), ("note-texts", "[^1]: x\\n\\n"), ("addresses", "[a]: x\\n\\n"), ("bullets", "• x\\n"),
        ("relative-links", "[a](b) "), ("pictures", "![a](b) "), ("extra-cells", "|a|\\n|-|\\n|a|b|\\n\\n"),
        ("bars", "a|a\\n|-|-\\n"), ("open-brackets", "["), ("bangs", "![["), ("lists", "* "),
        ("braces", "{{ 7*7 }}{% raw %}"),
    ];
    let texts = patterns.into_iter().map(|(name, pattern)| {
        // Longer texts are not read as Markdown.
        let text = pattern.repeat(many(120 << 10) / pattern.len());
        plan(&format!("prose-{name}"), &filled_with(&text), &[])
    });
    let rows = many(15_000);
    let [head, line, body] = ["|a", "|-", "|\\n"].map(|cell| cell.repeat(rows));
    let wide = format!("{head}\\n{line}\\n{body}");
    let too_long = "| *a* ".repeat(300_000);
    texts
        .chain([
            plan("prose-wide-table", &prose_with(&wide), &[]),
            plan("prose-too-long", &prose_with(&too_long), &[]),
        ])
        .collect()
}

/// A section with as many copies of a long text as fit in a file.
fn filled_with(text: &str) -> String {
    let conditions = lines((many(600) / 40).max(1), |nr| {
        format!("    v{nr}: {{naam: v, toelichting: \"{text}\"}}")
    });
    format!("randvoorwaarden:\n  voorwaarden:\n{conditions}")
}
