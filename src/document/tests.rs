//! Texts with their values, places and findings.

use super::*;
use crate::value::path;
use crate::value::path::Position;

fn parse(bytes: impl AsRef<[u8]>) -> (Document, Findings) {
    let document = Document::read(bytes.as_ref());
    let findings = document.problems().clone();
    (document, findings)
}

/// The findings of a text, each as its rule or cause, line and column, the text there, and the arguments.
fn reported(bytes: impl AsRef<[u8]>) -> Vec<String> {
    let (document, findings) = parse(bytes);
    let line = |finding: &Finding| {
        let rule = match finding.arguments.first() {
            Some((_, Argument::Choice(_, code))) => code,
            _ => finding.rule.name,
        };
        let place = document.place(&finding.path, &finding.focus);
        let mut line = format!("{rule} {}", shown(&document, place));
        for (name, argument) in &finding.arguments {
            match argument {
                Argument::Text(text) | Argument::Whole(text) => {
                    line.push_str(&format!(" {name}={text}"));
                }
                Argument::Count(count) => line.push_str(&format!(" {name}={count}")),
                Argument::List(list) => line.push_str(&format!(" {name}={}", list.join("/"))),
                _ => {}
            }
        }
        line
    };
    findings.iter().map(line).collect()
}

fn shown(document: &Document, place: Place) -> String {
    let text = &document.source()[place.start.byte..place.end.byte];
    format!("{}:{} `{text}`", place.start.line, place.start.column)
}

/// Reads a text without findings.
fn read(text: &str) -> Document {
    assert_eq!(reported(text), [""; 0], "{text}");
    parse(text).0
}

/// The path of keys and indices with dots between them.
fn at(path: &str) -> Path {
    let step = |step: &str| step.parse().map_or_else(|_| step.into(), Step::Index);
    path.split('.')
        .filter(|step| !step.is_empty())
        .map(step)
        .collect()
}

/// The place in a text without findings.
fn place(text: &str, path: &str, focus: &Focus) -> String {
    let document = read(text);
    shown(&document, document.place(&at(path), focus))
}

fn value_at<'d>(document: &'d Document, path: &str) -> Option<&'d Value> {
    document.get(&at(path)).map(|node| &node.value)
}

fn text_at<'d>(document: &'d Document, path: &str) -> Option<&'d str> {
    match value_at(document, path)? {
        Value::Scalar { text, .. } => Some(text),
        _ => None,
    }
}

mod values {
    use super::*;

    const EVERY_STYLE: &str = "\
# Een plan.
naam: café 🎉 plan # toelichting
'sleutel met ''s': \"dubbel \\u00e9 \\\n  verder\"
letterlijk: |
  Eerste regel
    dieper

  tweede


gevouwen: >-
  een twee
  drie
lijst:
- x
- - y
  - {z: [1, 2]}
-
leeg:
tilde: ~
? uitgebreid
: ook goed
";

    #[test]
    fn every_style_is_read_as_yaml_defines_it() {
        let document = read(EVERY_STYLE);
        for (path, text) in [
            ("naam", "café 🎉 plan"),
            ("sleutel met 's", "dubbel é verder"),
            ("letterlijk", "Eerste regel\n  dieper\n\ntweede\n"),
            ("gevouwen", "een twee drie"),
            ("uitgebreid", "ook goed"),
            ("lijst.1.1.z.0", "1"),
        ] {
            assert_eq!(text_at(&document, path), Some(text), "{path}");
        }
        for empty in ["leeg", "tilde", "lijst.2"] {
            assert_eq!(value_at(&document, empty), Some(&Value::Empty), "{empty}");
        }
        assert_eq!(value_at(&document, "lijst.3"), None);
        assert_eq!(value_at(&document, "naam.meer"), None);
    }

    /// Compares with the YAML library that reads the tool's own files.
    #[test]
    fn the_tree_matches_serde_yaml() {
        let oracle: serde_yaml::Value = serde_yaml::from_str(EVERY_STYLE).expect("valid YAML");
        assert!(is_same(read(EVERY_STYLE).root(), &oracle));
    }

    fn is_same(node: &Node, other: &serde_yaml::Value) -> bool {
        use serde_yaml::Value as Other;
        match (&node.value, other) {
            (Value::Empty, Other::Null) => true,
            (Value::Scalar { text, .. }, Other::String(other)) => text == other,
            (Value::Scalar { text, .. }, Other::Number(other)) => *text == other.to_string(),
            (Value::List(items), Other::Sequence(others)) => {
                items.len() == others.len()
                    && items
                        .iter()
                        .zip(others)
                        .all(|(one, other)| is_same(one, other))
            }
            (Value::Mapping(entries), Other::Mapping(others)) => {
                let is_same = |(key, entry): (&String, &Entry)| {
                    others
                        .get(key)
                        .is_some_and(|other| is_same(&entry.value, other))
                };
                entries.len() == others.len() && entries.iter().all(is_same)
            }
            _ => false,
        }
    }

    #[test]
    fn keys_are_always_text() {
        let document = read("null: a\n1: b\ntrue: c\n'': d\n<<: e\n");
        let Value::Mapping(entries) = &document.root().value else {
            panic!("no mapping");
        };
        let texts = ["null", "1", "true", "", "<<"].map(|key| match &entries[key].value.value {
            Value::Scalar { text, .. } => text.as_str(),
            other => panic!("{other:?}"),
        });
        assert_eq!(texts, ["a", "b", "c", "d", "e"]);
    }

    #[test]
    fn all_line_ends_are_supported() {
        for line_end in ["\n", "\r\n", "\r"] {
            let text = ["a: 1", "b: |", "  x", "  y", "c: z"].join(line_end);
            assert_eq!(place(&text, "c", &Focus::Value), "5:4 `z`");
            assert_eq!(text_at(&read(&text), "b"), Some("x\ny\n"));
        }
    }

    #[test]
    fn other_separators_are_not_line_ends() {
        assert_eq!(
            reported("a: x\u{85}y\nb: @"),
            [
                "stuurteken 1:5 `\u{a0}` teken=U+0085 aantal=1",
                "teken-aan-begin 2:4 `@` teken=@ zo=b: \"@\""
            ]
        );
        assert_eq!(place("a: x\u{2028}y\nb: 1", "b", &Focus::Value), "2:4 `1`");
    }

    #[test]
    fn a_byte_order_mark_is_skipped() {
        assert_eq!(place("\u{FEFF}a: b", "", &Focus::Value), "1:1 `a`");
    }

    #[test]
    fn values_without_an_answer_are_empty() {
        let text =
            "a:\nb: ~\nc: ' '\nd: []\ne: {}\nf: [~, '']\ng: |\n\nh: 0\ni: {x: }\nj: ['', x]\n";
        let document = read(text);
        let mut keys = ["a", "b", "c", "d", "e", "f", "g", "h", "i", "j"].to_vec();
        keys.retain(|key| document.get(&at(key)).is_some_and(Node::is_empty));
        assert_eq!(keys, ["a", "b", "c", "d", "e", "f", "g"]);
    }
}

mod places {
    use super::*;

    const PLAN: &str = "\
# Een plan
plan:
  titel: Café 🎉 Zuid
  bron: [ééń, twee]
  leeg:
  kort: |

    Eerste regel
      dieper
    laatste

groepen:
  - naam: x
    rol: y
  - [a, b]
  -
  - z
";

    fn assert_places(focus: &Focus, places: &[(&str, &str)]) {
        for (path, expected) in places {
            assert_eq!(place(PLAN, path, focus), *expected, "{path} {focus:?}");
        }
    }

    #[test]
    fn a_scalar_is_at_its_text() {
        let places = [
            ("plan.titel", "3:10 `Café 🎉 Zuid`"),
            ("plan.bron.1", "4:15 `twee`"),
            ("groepen.0.rol", "14:10 `y`"),
            ("groepen.3", "17:5 `z`"),
        ];
        assert_places(&Focus::Value, &places);
    }

    #[test]
    fn a_block_text_runs_from_its_first_character_to_its_last() {
        let text = "8:5 `Eerste regel\n      dieper\n    laatste`";
        assert_places(&Focus::Value, &[("plan.kort", text)]);
    }

    #[test]
    fn a_list_or_mapping_is_at_its_key() {
        let places = [
            ("", "2:1 `plan`"),
            ("plan", "2:1 `plan`"),
            ("plan.bron", "4:3 `bron`"),
            ("groepen.0", "13:5 `naam`"),
            ("groepen.1", "15:6 `a`"),
        ];
        assert_places(&Focus::Value, &places);
    }

    #[test]
    fn an_empty_value_is_at_its_key_or_dash() {
        let places = [("plan.leeg", "5:3 `leeg`"), ("groepen.2", "16:3 `-`")];
        assert_places(&Focus::Value, &places);
    }

    #[test]
    fn a_missing_value_is_where_it_should_be() {
        for focus in [Focus::Value, Focus::Key, Focus::Word("x".to_owned(), 0)] {
            let places = [
                ("plan.start", "2:1 `plan`"),
                ("plan.titel.x.1", "3:3 `titel`"),
                ("groepen.0.x", "13:5 `naam`"),
                ("groepen.9", "12:1 `groepen`"),
                ("borging", "2:1 `plan`"),
            ];
            assert_places(&focus, &places);
        }
    }

    #[test]
    fn a_key_is_found_by_its_path() {
        let places = [
            ("plan.titel", "3:3 `titel`"),
            ("groepen.0.rol", "14:5 `rol`"),
            ("groepen.3", "17:5 `z`"),
        ];
        assert_places(&Focus::Key, &places);
    }

    #[test]
    fn an_empty_file_has_one_place() {
        let (document, _) = parse("");
        let place = document.place(&at("x"), &Focus::Value);
        assert_eq!(shown(&document, place), "1:1 ``");
    }

    #[test]
    fn a_list_ends_where_its_last_item_ends() {
        let document = read(PLAN);
        for (path, end) in [
            ("plan", (10, 12)),
            ("plan.bron", (4, 20)),
            ("groepen", (17, 6)),
        ] {
            let node = document.get(&at(path)).expect(path);
            let place = document.place_of(node.span).end;
            assert_eq!((place.line, place.column), end, "{path}");
        }
    }

    #[test]
    fn columns_count_characters_in_long_lines() {
        let text = format!("{}: &", "é".repeat(1000));
        assert_eq!(reported(text), ["teken-aan-begin 1:1003 `&` teken=&"]);
    }

    #[test]
    fn every_position_matches_a_plain_count() {
        const TEXT: &str = "titel: \"Caf\u{e9}\" # y\r\nbron: [\u{e9}, a]\rtekst: |-\n  🎉 een\n\n\u{85}\u{2028}k: v\n";
        let (document, _) = parse(TEXT.repeat(40));
        let (mut line, mut column) = (1, 1);
        let mut characters = document.source().char_indices().peekable();
        while let Some((byte, character)) = characters.next() {
            assert_eq!(
                document.text.position(byte),
                Position { line, column, byte }
            );
            let next = characters.peek().map(|(_, next)| *next);
            if character == '\n' || (character == '\r' && next != Some('\n')) {
                (line, column) = (line + 1, 1);
            } else {
                column += 1;
            }
        }
    }
}

mod words {
    use super::*;

    #[rustfmt::skip]
    const WORDS: &[(&str, &str, usize, &str)] = &[
        // The nth occurrence counts from 0.
        ("a: nader te bepalen, nader", "nader", 0, "1:4 `nader`"),
        ("a: nader te bepalen, nader", "nader", 1, "1:22 `nader`"),
        // Case does not matter, and parts of words do not count.
        ("a: niemand, NIET, niet", "niet", 1, "1:19 `niet`"),
        ("a: Één éénmaal één", "één", 1, "1:16 `één`"),
        ("a: TBD2 TBD", "tbd", 0, "1:9 `TBD`"),
        // Punctuation is found between letters.
        ("a: 'zie [@x], of [@xy]'", "[@x]", 0, "1:9 `[@x]`"),
        ("a: wat???", "???", 0, "1:7 `???`"),
        // A phrase runs over line ends in every style.
        ("a: dit is nog\n  te bepalen", "nog te bepalen", 0, "1:11 `nog\n  te bepalen`"),
        ("a: \"dit is nog te\n  bepalen\"", "nog te bepalen", 0, "1:12 `nog te\n  bepalen`"),
        ("a: 'dit is nog te\n  bepalen'", "nog te bepalen", 0, "1:12 `nog te\n  bepalen`"),
        ("a: |\n  dit is nog\n  te bepalen\n", "nog te bepalen", 0, "2:10 `nog\n  te bepalen`"),
        ("a: >-\n  dit\n\n  nog te\n  bepalen", "nog te bepalen", 0, "4:3 `nog te\n  bepalen`"),
        // A doubled apostrophe is one.
        ("a: 'de foto''s zijn'", "foto's", 0, "1:8 `foto''s`"),
        // Without the word, the place is that of the value.
        ("a: tekst", "weg", 0, "1:4 `tekst`"),
        ("a: tekst", "tekst", 1, "1:4 `tekst`"),
        ("a: tekst", " ", 0, "1:4 `tekst`"),
        ("a: [een, twee]", "weg", 0, "1:1 `a`"),
        ("a: [een, twee]", "twee", 0, "1:10 `twee`"),
    ];

    #[test]
    fn words_are_found_in_the_source_of_a_value() {
        for (text, phrase, nth, expected) in WORDS {
            let focus = Focus::Word((*phrase).to_owned(), *nth);
            assert_eq!(place(text, "a", &focus), *expected, "{text} {phrase} {nth}");
        }
    }
}

mod unsupported_yaml {
    use super::*;

    #[test]
    fn the_first_of_equal_keys_is_kept() {
        let text = "a:\n  x: 1\n  y: 2\n  x: {z: 3, z: 4}\n";
        assert_eq!(
            reported(text),
            [
                "sleutel-dubbel 4:3 `x` sleutel=x regel=2",
                "sleutel-dubbel 4:13 `z` sleutel=z regel=4"
            ]
        );
        let (document, _) = parse(text);
        assert_eq!(text_at(&document, "a.x"), Some("1"));
        assert!(document.stops().is_empty());
    }

    #[test]
    fn a_duplicate_is_reported_at_the_path_of_its_key() {
        let (_, findings) = parse("a:\n  - b: 1\n    b: 2");
        let paths: Vec<_> = findings
            .iter()
            .map(|finding| finding.path.to_string())
            .collect();
        assert_eq!(paths, ["a[0].b"]);
    }

    #[test]
    fn values_with_a_tag_or_anchor_are_read() {
        let text = "a: &x een\nb: !t twee\nc: !!str &y\n  d: e\n&k f: g\n";
        assert_eq!(
            reported(text),
            [
                "anker 1:4 `&x` tekst=&x zo=a: \"&x een\"",
                "tag 2:4 `!t` tekst=!t zo=b: \"!t twee\"",
                "tag 3:4 `!!str` tekst=!!str",
                "anker 3:10 `&y` tekst=&y",
                "anker 5:1 `&k` tekst=&k",
            ]
        );
        let (document, _) = parse(text);
        let texts = ["a", "c.d", "f"].map(|path| text_at(&document, path));
        assert_eq!(texts, [Some("een"), Some("e"), Some("g")]);
    }

    #[test]
    fn an_alias_is_unread_and_not_missing() {
        let text = "a: *x\nb: &y\nc: !z\n<<: *y\n*x : d\n";
        assert_eq!(
            reported(text),
            [
                "alias 1:4 `*x` tekst=*x zo=a: \"*x\"",
                "anker 2:4 `&y` tekst=&y zo=b: \"&y\"",
                "tag 3:4 `!z` tekst=!z zo=c: \"!z\"",
                "alias 4:5 `*y` tekst=*y zo=<<: \"*y\"",
                "alias 5:1 `*x` tekst=*x",
            ]
        );
        let (document, _) = parse(text);
        for key in ["a", "b", "c", "<<"] {
            let node = document.get(&at(key)).expect(key);
            assert_eq!((&node.value, node.is_empty()), (&Value::Unread, false));
        }
        assert!(document.stops().is_empty());
    }

    #[rustfmt::skip]
    const STRUCTURES: &[(&str, &[&str])] = &[
        // A key is text.
        ("[a, b]: c\nd: e", &["sleutel-geen-tekst 1:1 `[a, b]`"]),
        ("a: {{ naam }}", &["sleutel-geen-tekst 1:5 `{ naam }`"]),
        ("a: b\n: c", &["sleutel-geen-tekst 2:1 `:`"]),
        // A file holds one document, which is a mapping.
        ("---\na: b\n...\n", &[]),
        ("a: b\n---\nc: d", &["tweede-document 2:1 `---`"]),
        ("a: b\n...\nc: d", &["tweede-document 3:1 `c`"]),
        ("- a\n- b", &["geen-mapping 1:1 `- a`"]),
        ("gewoon tekst\nmet meer", &["geen-mapping 1:1 `gewoon tekst`"]),
        ("%YAML 1.2\n---\na: b", &["richtlijn 1:1 `%YAML 1.2`"]),
        ("", &["leeg 1:1 ``"]),
        ("\n\n", &["leeg 1:1 ``"]),
        ("# alleen\n# commentaar", &["leeg 1:1 ``"]),
        ("---", &["leeg 1:1 ``"]),
        ("~", &["leeg 1:1 ``"]),
        ("\u{FEFF}", &["leeg 1:1 ``"]),
    ];

    #[test]
    fn a_file_is_one_mapping_with_text_as_keys() {
        for (text, expected) in STRUCTURES {
            assert_eq!(reported(text), *expected, "{text:?}");
        }
    }
}

mod bytes {
    use super::*;

    #[test]
    fn invalid_utf8_is_reported_once_and_replaced() {
        let bytes = b"a: caf\xE9\nb: \xEB\xEF\n";
        assert_eq!(
            reported(bytes),
            ["geen-utf8 1:7 `\u{FFFD}` teken=0xE9 aantal=3"]
        );
        assert_eq!(text_at(&parse(bytes).0, "a"), Some("caf\u{FFFD}"));
    }

    #[test]
    fn utf16_is_reported_and_read() {
        for text in ["plan: x", "\u{FEFF}plan: x"] {
            let units = || text.encode_utf16();
            let little: Vec<u8> = units().flat_map(u16::to_le_bytes).collect();
            let big: Vec<u8> = units().flat_map(u16::to_be_bytes).collect();
            for bytes in [little, big] {
                assert_eq!(reported(&bytes), ["utf16 1:1 ``"]);
                let (document, _) = parse(&bytes);
                assert_eq!(text_at(&document, "plan"), Some("x"));
            }
        }
    }

    #[test]
    fn control_characters_are_replaced() {
        let text = "a: x\0y\nb: 'p\u{1b}[31m'\nc: \u{9b}\u{7f}\u{FEFF}z\n";
        assert_eq!(reported(text), ["stuurteken 1:5 ` ` teken=U+0000 aantal=5"]);
        let (document, _) = parse(text);
        let clean = "a: x y\nb: 'p [31m'\nc: \u{a0} \u{fffd}z\n";
        assert_eq!(document.source(), clean);
        assert_eq!(text_at(&document, "b"), Some("p [31m"));
    }

    #[test]
    fn control_characters_from_escapes_are_replaced() {
        let text = r#"{"a\a": "x\e[31m\0\r\n\ty", "c": "\u263A"}"#;
        assert_eq!(
            reported(text),
            [
                r#"stuurteken 1:2 `"a\a"` teken=U+0007 aantal=1"#,
                r#"stuurteken 1:9 `"x\e[31m\0\r\n\ty"` teken=U+001B aantal=3"#,
            ]
        );
        assert_eq!(text_at(&parse(text).0, "a "), Some("x [31m  \n\ty"));
    }
}

/// Mistakes of beginners: the text and its finding.
#[rustfmt::skip]
const MISTAKES: &[(&str, &str)] = &[
    // Tabs and other spaces.
    ("plan:\n\ttitel: x", "tab 2:1 `\t`"),
    ("plan:\n  titel: x\n\trol: y", "tab 3:1 `\t`"),
    ("plan:\n  \ttitel: x", "tab 2:3 `\t`"),
    ("plan:\n  lijst:\n\t- x", "tab 3:1 `\t`"),
    ("a: |\n\ttekst", "tab 2:1 `\t`"),
    ("a: \"b\n\tc\"", "tab 2:1 `\t`"),
    ("-\t- x", "tab 1:2 `\t`"),
    ("plan:\n\u{a0}\u{a0}titel: x", "harde-spatie 2:1 `\u{a0}`"),
    ("plan:\n  titel:\u{a0}x\n  rol: y", "harde-spatie 2:9 `\u{a0}` zo=titel: x"),
    ("plan:\n  titel\u{a0}: x\n  rol: y", "harde-spatie 2:8 `\u{a0}`"),
    ("a:\n  \"b \": x", "spatie-om-sleutel 2:5 ` `"),
    ("a: {b: 1, ' c': 2}", "spatie-om-sleutel 1:12 ` `"),
    // A comma that cuts a number in two.
    ("a: {b: 1,5}", "waarde-ongeldig 1:8 `1,5` waarde=1,5"),
    ("a: {b: € 1.250,00, c: x}", "waarde-ongeldig 1:8 `€ 1.250,00` waarde=€ 1.250,00"),
    // Block texts.
    ("a: | tekst\n  meer", "tekst-achter-blokteken 1:4 `| tekst`"),
    ("a:\n  b: > tekst", "tekst-achter-blokteken 2:6 `> tekst`"),
    ("a:\n  b: |\n    Tekst\n  en meer\n  c: x", "regel-onder-tekst 4:3 `en meer`"),
    ("a:\n  b: |\n    Tekst\n\nen meer\nc: x", "regel-onder-tekst 5:1 `en meer`"),
    // Indentation.
    ("plan:\n  titel: x\n rol: y", "inspringing 3:2 `rol: y` spaties=1 passend=0/2"),
    ("plan:\n    titel: x\n  rol: y\nz: 1", "inspringing 3:3 `rol: y` spaties=2 passend=0/4"),
    ("plan:\n  titel: x\n   rol: y", "inspringing 3:4 `rol: y` spaties=3 passend=2"),
    ("plan: x\n  titel: y", "inspringing 2:3 `titel: y` spaties=2 passend=0"),
    ("plan: \"x\"\n  titel: y", "inspringing 2:3 `titel: y` spaties=2 passend=0"),
    ("plan: x # y\n  titel: y", "inspringing 2:3 `titel: y`"),
    ("a:\n  b:\n    c: d\n   e: f", "inspringing 4:4 `e: f` spaties=3 passend=2/4"),
    ("a:\n- naam: x\n   rol: y", "inspringing 3:4 `rol: y` spaties=3 passend=0"),
    ("a:\n  - naam: x\n   rol: y", "inspringing 3:4 `rol: y` spaties=3 passend=2"),
    ("  a: b\nc: d", "inspringing 2:1 `c: d` spaties=0 passend=2"),
    ("a:\n  b: |\n  Tekst\n  meer", "tekst-springt-niet-in 3:3 `Tekst`"),
    ("a: |\n    Tekst\n  meer\nb: c", "inspringing 3:3 `meer` spaties=2 passend=0"),
    ("a: |\n     \n  Tekst\nb: c", "inspringing 3:3 `Tekst` spaties=2 passend=0"),
    ("a: [\n  b\n]\nc: d", "inspringing 3:1 `]`"),
    ("a: \"een\ntwee\"\nb: c", "inspringing 2:1 `twee\"`"),
    // Colons.
    ("plan:\n  titel: Let op: dit is x", "dubbele-punt 2:16 `:` zo=titel: \"Let op: dit is x\""),
    ("plan: titel: x\n  rol: y", "dubbele-punt 1:12 `:`"),
    ("titel: x rol: y", "dubbele-punt 1:13 `:` zo=titel: \"x rol: y\""),
    ("a: lange tekst\n  en let op: meer", "dubbele-punt 2:12 `:`"),
    ("a: \"b\": c", "dubbele-punt 1:7 `:` zo=a: '\"b\": c'"),
    ("a: {b: c d: e}", "dubbele-punt 1:11 `:`"),
    ("versie: 1\nplan\n  titel: x", "dubbele-punt-ontbreekt 2:1 `plan` zo=plan:"),
    ("plan:\n  titel x\n  rol: y", "dubbele-punt-ontbreekt 2:3 `titel x` zo=titel: x"),
    ("plan:\n  titel:x\n  rol: y", "spatie-ontbreekt 2:3 `titel:x` zo=titel: x"),
    ("plan:\n  rol: y\n  titel:x", "spatie-ontbreekt 3:3 `titel:x` zo=titel: x"),
    ("versie = 1\nplan: x", "dubbele-punt-ontbreekt 1:1 `versie = 1` zo=versie: 1"),
    ("a: {b:[c]}", "dubbele-punt-ontbreekt 1:6 `:`"),
    // Quotes.
    ("a:\n  b: 's middags\n  c: d", "aanhalingsteken 2:6 `'` zo=b: \"'s middags\""),
    ("a:\n  b: \"open\n  c: \"d\"", "aanhalingsteken 2:6 `\"` zo=b: \"open\""),
    ("a: x\nb: \"open", "aanhalingsteken 2:4 `\"` zo=b: \"open\""),
    ("\"a: b\nc: d", "aanhalingsteken 1:1 `\"`"),
    ("a: \"b\n---\nc: d", "aanhalingsteken 1:4 `\"` zo=a: \"b\""),
    ("a: [x, \"y]\nb: c", "aanhalingsteken 1:8 `\"`"),
    ("a: 's middags en 's avonds", "tekst-na-aanhalingsteken 1:19 `s avonds` zo=a: \"'s middags en 's avonds\""),
    ("a: \"hij zei \"nee\" en ging\"", "tekst-na-aanhalingsteken 1:14 `nee\" en ging\"` zo=a: 'hij zei \"nee\" en ging'"),
    ("a: \"b\" en c", "tekst-na-aanhalingsteken 1:8 `en c` zo=a: '\"b\" en c'"),
    ("a: \"C:\\Users\"", "backslash 1:7 `\\U` tekst=\\U"),
    ("a: \"x \\n \\. y\"", "backslash 1:10 `\\.` tekst=\\."),
    // Brackets.
    ("a:\n  b: {naam\n  c: d", "haakje 2:6 `{`"),
    ("a:\n  b: [x, y\nc: d", "haakje 2:6 `[`"),
    ("a: [b, c\n  d: e]\nf: g", "haakje 1:4 `[`"),
    ("a: [b, c}", "haakje 1:4 `[`"),
    ("a: b\n}", "haakje 2:1 `}`"),
    ("a: [b, c]]", "haakje 1:10 `]`"),
    ("{a: {b: c}", "haakje 1:1 `{`"),
    ("a: [naam] van groep", "tekst-na-haakje 1:11 `van groep` zo=a: \"[naam] van groep\""),
    ("a: [tekst](http://x.nl)", "tekst-na-haakje 1:11 `(http://x.nl)` zo=a: \"[tekst](http://x.nl)\""),
    ("- {naam} van groep", "tekst-na-haakje 1:10 `van groep` zo=- \"{naam} van groep\""),
    // Lists.
    ("a:\n  - b\n - c", "opsomming 3:2 `-`"),
    ("a:\n    - b\n  - c", "opsomming 3:3 `-`"),
    ("a:\n  b: c\n  - d", "lijst-in-tekst 3:3 `-` onder=b"),
    ("a:\n  - b\n  c: d", "opsomming 3:3 `c: d`"),
    ("a:\n  - b: c\n   - d: e", "opsomming 3:4 `-`"),
    ("a: - b", "opsomming 1:4 `-`"),
    ("a:\n  - b\n  -c\n  - d", "opsomming 3:3 `-` zo=- c"),
    ("a: [- b]", "opsomming 1:5 `-`"),
    // Special characters.
    ("a: @wie", "teken-aan-begin 1:4 `@` teken=@ zo=a: \"@wie\""),
    ("a: `code`", "teken-aan-begin 1:4 ``` teken=` zo=a: \"`code`\""),
    ("a: *vet* tekst", "teken-aan-begin 1:4 `*` teken=* zo=a: \"*vet* tekst\""),
    ("a:\n  - **vet** tekst", "teken-aan-begin 2:5 `*` teken=* zo=- \"**vet** tekst\""),
    ("a:\n  * b\n  * c", "opsomming 2:3 `*` zo=- b"),
    ("a: % van x", "teken-aan-begin 1:4 `%` teken=% zo=a: \"% van x\""),
    ("a: & co", "teken-aan-begin 1:4 `&` teken=& zo=a: \"& co\""),
    ("a: > 5 mensen", "teken-aan-begin 1:4 `>` teken=> zo=a: \"> 5 mensen\""),
    ("a: | tekst", "tekst-achter-blokteken 1:4 `| tekst`"),
    ("a: ? vraag", "teken-aan-begin 1:4 `?` teken=? zo=a: \"? vraag\""),
    ("a: , dus", "teken-aan-begin 1:4 `,` teken=, zo=a: \", dus\""),
    ("a: !x%zz y", "teken-aan-begin 1:4 `!` teken=! zo=a: \"!x%zz y\""),
    ("a: *cursief*", "alias 1:4 `*cursief*` tekst=*cursief* zo=a: \"*cursief*\""),
    ("a: !belangrijk", "tag 1:4 `!belangrijk` tekst=!belangrijk zo=a: \"!belangrijk\""),
    ("a: [@bron] zegt", "teken-aan-begin 1:4 `[` teken=[ zo=a: \"[@bron] zegt\""),
    // Apostrophes, and quotes that close far below, or nowhere before a comment.
    ("a: 's-Hertogenbosch\nb: c", "aanhalingsteken 1:4 `'` zo=a: \"'s-Hertogenbosch\""),
    ("a:\n  - x\n  - 's Avonds\n\n# 2\nb: c", "aanhalingsteken 3:5 `'` zo=- \"'s Avonds\""),
    ("a: ['s-Hertogenbosch, b]\nc: d", "aanhalingsteken 1:5 `'`"),
    ("\"a: b\nc: d", "aanhalingsteken 1:1 `\"`"),
    ("a: [*b, c]", "alias 1:5 `*b` tekst=*b"),
    // Signs from Word.
    ("a:\u{a0}b\nc: d", "harde-spatie 1:3 `\u{a0}` zo=a: b"),
    ("a: [b]\u{a0}\nc: d", "harde-spatie 1:7 `\u{a0}` zo=a: [b]"),
    ("a: “b: c”\nd: e", "krul 1:4 `“` teken=“ zo=a: \"b: c\""),
    ("a: [“b, c”, d]", "krul 1:5 `“` teken=“"),
    // Running text.
    ("a:\n  b: Een zin.\n\nNog een zin.\n\n  c: d", "losse-tekst 4:1 `Nog een zin.` onder=b"),
    ("a:\n  b:\nEen zin van vier.\n  c: d", "losse-tekst 3:1 `Een zin van vier.` onder=b"),
    ("a:\n  b:\n  Zin\n  c: d", "losse-tekst 3:3 `Zin` onder=b"),
    ("a:\n  b: |\n    Zin\n\nEn zo: ja\n\n  c: d", "losse-tekst 5:1 `En zo: ja` onder=b"),
    ("a:\nHoofdstuk over iets\n  b: c", "losse-tekst 2:1 `Hoofdstuk over iets`"),
    ("Beste lezer, een plan\n\n# 1\na:\n  b: c", "losse-tekst 1:1 `Beste lezer, een plan`"),
    // Keys.
    ("a; b\nc: d", "dubbele-punt-ontbreekt 1:1 `a; b` zo=a: b"),
    ("a：b\nc: d", "dubbele-punt-ontbreekt 1:1 `a：b` zo=a: b"),
    ("versie:1\nplan: x", "spatie-ontbreekt 1:1 `versie:1` zo=versie: 1"),
    ("a:\n  b:\n    c: x\n  rol: y\n    d: z", "inspringing 4:3 `rol: y` spaties=2 passend=4"),
    // Lists.
    ("a:\n  b: Oorzaken:\n    - x\n    - y", "lijst-in-tekst 3:5 `-` onder=b"),
    ("a: {b: 1}\nc: d: 10, e: 1}", "haakje 2:15 `}`"),
    // Marks of other programs.
    ("<<<<<<< HEAD\na: b\n=======\na: c\n>>>>>>> x", "conflict 1:1 `<<<<<<< HEAD`"),
    ("a:\n  b: x\n=======\n  b: y", "conflict 3:1 `=======`"),
    ("```yaml\na: b\n```", "codeblok 1:1 ````yaml`"),
    ("a:\n  - x\n  – y", "opsomming 3:3 `– y` zo=- y"),
    ("a:\nb: 1\nc:\nd: 1\ne:\nf: 1\ng:\nh: 1\ni:\nj: 1\nb: 1", "niets-springt-in 1:1 `a:`"),
    ("- a: b\n- c: d", "streepje-voor-sleutels 1:1 `- a: b`"),
    // Comments, and a cause that is not known.
    ("a: \"x\"#y", "hekje 1:7 `#`"),
    ("a: over\n  C # niveau\n  en meer", "hekje 2:5 `# niveau`"),
    ("a: b\n... c", "anders 2:5 `c` melding=invalid content after document end marker"),
];

#[test]
fn mistakes_are_explained_where_they_were_made() {
    for (text, expected) in MISTAKES {
        assert_eq!(reported(text), [*expected], "\n{text}\n");
    }
}

#[test]
fn unusual_but_valid_yaml_is_read() {
    for text in [
        "a: http://x.nl:80/y",
        "a: 12:30",
        "a: x#y",
        "a: 80% van x",
        "a: tekst - met - streepjes",
        "a: x [y] {z}",
        "a: foto's",
        "a: nee, \"ja\"",
        "a : b",
        "a: b\n\t\nc: d",
        "a:\tb",
        "{\n\t\"a\": 1\n}",
        "a:\n- b\n- c",
        "a: \"x\" # y",
        "a: [\n  b,\n  c,\n  ]",
        "a: -1",
        "a: |\n  - x: [\n  'y\n",
        // A comma without decimals does not cut a number, and a word that can be a key is one.
        "a: {b: 1, 5: x}",
        "a: {b: 1, 5}",
        "a: {b: x,5}",
        "a: {b: x, inzicht}",
        "a: {b: '1',5}",
        "a: {1,5}",
        "a: [1,5]",
        "a:\n  b: 1,5",
    ] {
        read(text);
    }
}

#[test]
fn a_number_that_is_cut_at_its_comma_is_unread() {
    let (document, findings) = parse("a: {b: 52,50, c: 62,50}");
    let paths: Vec<_> = findings
        .iter()
        .map(|finding| finding.path.to_string())
        .collect();
    assert_eq!(paths, ["a.b", "a.c"]);
    assert_eq!(document.get(&path!["a", "50"]), None);
    assert_eq!(value_at(&document, "a.c"), Some(&Value::Unread));
}

#[test]
fn a_text_that_is_cut_at_its_commas_is_unread() {
    let (document, _) = parse("a: {b: Jan, Piet en Klaas, Wim, c: x}");
    let lines = ["waarde-ongeldig 1:8 `Jan, Piet en Klaas` waarde=Jan, Piet en Klaas"];
    assert_eq!(reported("a: {b: Jan, Piet en Klaas, Wim, c: x}"), lines);
    assert_eq!(value_at(&document, "a.b"), Some(&Value::Unread));
    assert_eq!(text_at(&document, "a.c"), Some("x"));
    assert_eq!(document.get(&path!["a", "Wim"]), None);
}

#[test]
fn keys_in_a_list_are_read_as_one_mapping() {
    let (document, _) = parse("- versie: 1\n- plan:\n  titel: x\n- a:\n    b: c\n");
    assert_eq!(text_at(&document, "versie"), Some("1"));
    assert_eq!(text_at(&document, "plan.titel"), Some("x"));
    assert_eq!(text_at(&document, "a.b"), Some("c"));
}

#[test]
fn other_kinds_of_file_are_named() {
    for bytes in [
        &b"PK\x03\x04rest"[..],
        b"%PDF-1.7",
        b"{\\rtf1",
        b"<!DOCTYPE html>",
    ] {
        assert_eq!(reported(bytes), ["ander-bestand 1:1 ``"]);
    }
}

mod losses {
    use super::*;

    /// The losses of a text: the path, and what was lost.
    fn lost(text: &str) -> Vec<(String, String)> {
        let document = read(text);
        let losses = document.losses().iter();
        losses
            .map(|loss| (loss.path.to_string(), document.at(loss.span).to_owned()))
            .collect()
    }

    #[rustfmt::skip]
    const COMMENTS: &[(&str, &str, &str)] = &[
        ("a: Plan #2 voor C# en 50%", "a", "#2 voor C# en 50%"),
        ("a: Kernpunten # 1 en # 2", "a", "# 1 en # 2"),
        ("a: #1 in zorg", "a", "#1 in zorg"),
        ("a: b  #c", "a", "#c"),
        ("a:\n  - x #1\n  - y", "a[0]", "#1"),
        ("a:\n  - #1\n  - y", "a[0]", "#1"),
        ("a: een\n  twee #3\nb: c", "a", "#3"),
        ("a: {b: x #1\n  }", "a.b", "#1"),
    ];

    #[test]
    fn a_comment_that_may_be_text_is_noted() {
        for (text, path, comment) in COMMENTS {
            assert_eq!(
                lost(text),
                [((*path).to_owned(), (*comment).to_owned())],
                "{text}"
            );
        }
        for text in [
            "a: b  # c",
            "a: b\t# c",
            "a: b   ## c",
            "a: b #",
            "a: \"b\" #c",
            "a: 'b' # c",
            "a: b#c",
            "a:  # c",
            "a: # c",
            "a: # c\n  b: d",
            "a: #c\n  b: d",
            "a: |  # c\n  b #c",
            "a: b\n#c",
            "#c\na: b",
        ] {
            assert_eq!(lost(text), [], "{text}");
        }
    }

    #[test]
    fn a_text_that_is_only_a_comment_is_unread() {
        assert_eq!(value_at(&read("a: #1"), "a"), Some(&Value::Unread));
        assert_eq!(value_at(&read("a: # wie?"), "a"), Some(&Value::Empty));
    }

    #[test]
    fn the_line_is_shown_with_quotes() {
        for (text, line) in [
            ("a: Plan #2", Some("a: \"Plan #2\"")),
            ("a:\n  - b: de \"x\" #1", Some("- b: 'de \"x\" #1'")),
            ("a: een\n  twee #3", Some("a: \"een twee #3\"")),
            ("a: {b: x #1\n  }", None),
        ] {
            let document = read(text);
            let Lost::Comment(shown) = &document.losses()[0].lost else {
                panic!("{text}");
            };
            assert_eq!(shown.as_deref(), line, "{text}");
        }
    }

    #[test]
    fn lines_of_a_list_that_become_one_line_are_noted() {
        for (text, line) in [
            ("a: Nodig:\u{a0}\n  - x\n  - y", "- x"),
            ("a: Nodig\n  • x\n  • y", "• x"),
            ("a: -x\n  -y", "-x"),
            ("a: 'Nodig\n  1. x\n  2. y'", "1. x"),
            ("a: >\n  Nodig\n  - x\n  - y", "- x"),
        ] {
            assert_eq!(lost(text), [("a".to_owned(), line.to_owned())], "{text}");
        }
        for text in [
            "a: |\n  - x\n  - y",
            "a: een\n  - twee - drie",
            "a: >\n  Nodig\n\n  - x\n\n  - y",
            "a: >\n  Nodig\n    - x\n    - y",
            "a: een\n  twee",
            "a:\n  - x\n  - y",
        ] {
            assert_eq!(lost(text), [], "{text}");
        }
    }
}

#[test]
fn spaces_around_a_key_are_removed() {
    let (document, findings) = parse("\u{a0}titel\u{a0}: x");
    assert_eq!(text_at(&document, "titel"), Some("x"));
    assert_eq!(findings.iter().count(), 1);
}

mod stopping {
    use super::*;

    fn stopped(text: &str) -> Document {
        let (document, _) = parse(text);
        assert!(!document.stops().is_empty(), "{text}");
        document
    }

    #[test]
    fn values_before_the_stop_are_kept() {
        let document = stopped("plan:\n  titel: x\n  bron: [a, b\nborging:\n  c: d\n");
        assert_eq!(text_at(&document, "plan.titel"), Some("x"));
        assert_eq!(text_at(&document, "plan.bron.0"), Some("a"));
        assert_eq!(text_at(&document, "borging.c"), Some("d"));
    }

    #[test]
    fn reading_goes_on_at_the_next_section() {
        let text = "plan:\n  titel: @x\nborging:\n  a: [b\nevaluatie\n  c: d\nteam:\n  e: f\n";
        let (document, findings) = parse(text);
        assert_eq!(findings.iter().count(), 2);
        assert_eq!(text_at(&document, "team.e"), Some("f"));
        let sections: Vec<_> = document.stops().iter().map(Stop::section).collect();
        assert_eq!(sections, [Some("plan"), Some("borging")]);
        let intro = stopped("Beste lezer, hier is het\nplan:\n  titel: x\n");
        assert_eq!(text_at(&intro, "plan.titel"), Some("x"));
        let second = stopped("plan:\n  titel: x\n---\nteam:\n  e: f\n");
        assert_eq!(text_at(&second, "team.e"), Some("f"));
        let repeated = stopped("plan:\n  titel: x\n---\nplan:\n  titel: y\n");
        assert_eq!(repeated.problems().iter().count(), 1);
    }

    #[test]
    fn the_number_of_stops_is_limited() {
        let (document, _) = parse("a:\n  b: @\n".repeat(1_000));
        assert_eq!(document.stops().len(), 21);
    }

    #[test]
    fn the_value_at_the_stop_is_unread() {
        let document = stopped("plan:\n  titel: @x\n");
        let path = at("plan.titel");
        assert_eq!(value_at(&document, "plan.titel"), Some(&Value::Unread));
        let place = document.place(&path, &Focus::Value);
        assert_eq!(shown(&document, place), "2:3 `titel`");
        let document = stopped("plan:\n  titel X\n  rol: y\n");
        assert_eq!(value_at(&document, "plan"), Some(&Value::Unread));
    }

    #[test]
    fn the_section_of_the_stop_is_known() {
        let long = "versie: 1\nplan:\n  titel: x\nborging:\n  a: @\nteam:\n  b: c\n";
        for (text, section) in [
            (long, Some("borging")),
            ("a:\n  b: c\n d: e", Some("a")),
            ("a:\n  b: c\n   d: e", Some("a")),
            ("a: x y: z\nb: c", Some("a")),
            ("a: x\nb y\nc: d", None),
            ("a x\nb: c", None),
            ("a: b\n}", None),
            ("a: b\nc: [d", Some("c")),
            ("a: b\na: [d", Some("a")),
            ("- a\nb: c", None),
            ("'a", None),
            ("leeg", None),
        ] {
            let document = stopped(text);
            assert_eq!(
                document.stops().first().and_then(Stop::section),
                section,
                "{text}"
            );
        }
    }

    #[test]
    fn a_root_that_is_not_a_mapping_is_read_as_an_empty_one() {
        for text in ["", "tekst", "- a", "*x", "- a\nb: c", "@"] {
            assert!(stopped(text).root().is_empty(), "{text}");
        }
    }
}

mod hostile {
    use super::*;

    #[test]
    fn depth_is_limited() {
        let steps: Vec<String> = (0..1000).map(|depth| " ".repeat(depth) + "a:\n").collect();
        for (text, expected) in [
            ("[".repeat(100_000), "diepte 1:33 `[` maximum=32"),
            ("{a: ".repeat(100_000), "diepte 1:129 `{` maximum=32"),
            ("- ".repeat(100_000), "diepte 1:129 `-` maximum=64"),
            ("? ".repeat(100_000), "diepte 1:129 `?` maximum=64"),
            (steps.concat(), "diepte 65:65 `a` maximum=64"),
        ] {
            assert_eq!(reported(text), [expected]);
        }
        read(&format!("a: {}{}", "[".repeat(32), "]".repeat(32)));
    }

    #[test]
    fn aliases_are_limited_and_never_resolved() {
        let bomb = "a: &a [x, x]\nb: &b [*a, *a, *a, *a, *a, *a]\nc: &c [*b, *b, *b, *b, *b, *b]\nd: [*c, *c, *c, *c, *c]\n";
        let lines = reported(bomb);
        assert_eq!(lines[0], "aliassen 4:21 `*c` maximum=16");
        let aliases = lines.iter().filter(|line| line.starts_with("alias "));
        assert_eq!(aliases.count(), 16);
        let (document, _) = parse(bomb);
        assert_eq!(document.stops().first().and_then(Stop::section), Some("d"));
    }

    #[test]
    fn size_is_limited() {
        let text = format!("a: b\n{}", " ".repeat(Document::MAX_BYTES));
        assert_eq!(reported(&text), ["bytes 1:1 `` maximum=2097152"]);
        read(&text[..Document::MAX_BYTES]);
    }

    #[test]
    fn nodes_are_limited() {
        let lines = reported("-\n".repeat(60_000));
        assert_eq!(lines[0], "knopen 50000:2 `` maximum=50000");
    }

    #[test]
    fn findings_are_limited() {
        let (_, findings) = parse("a: &b c\n".repeat(3_000));
        assert!(findings.iter().count() <= 2 * Findings::LIMIT + 1);
        assert_eq!(findings.counts().total(), 5_999);
    }

    #[test]
    fn comments_are_not_limited() {
        let comments = |line: &str| line.repeat(20_000);
        read(&format!(
            "a:\n{}  b: c\n{}",
            comments("# x\n"),
            comments("# y\n")
        ));
    }

    #[test]
    fn long_lines_are_read() {
        read(&format!("a: {}", "woord ".repeat(50_000)));
        let lines = reported(format!("{}: b", "é ".repeat(5_000)));
        assert_eq!(lines[0], "dubbele-punt 1:10001 `:`");
    }
}
