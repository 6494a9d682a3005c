//! Text in; places and findings out.

use super::*;
use crate::value::path;
use crate::value::path::Position;

/// What reading says: rule or cause, line and column, what stands there, and the arguments.
fn said(bytes: impl AsRef<[u8]>) -> Vec<String> {
    let document = Document::read(bytes.as_ref());
    let findings = document.problems();
    findings
        .iter()
        .map(|finding| line(&document, finding))
        .collect()
}

fn line(document: &Document, finding: &Finding) -> String {
    let place = document.place(&finding.path, &finding.focus);
    let what = match finding.arguments.first() {
        Some((_, Argument::Choice(_, code))) => code.clone(),
        _ => finding.rule.name.to_owned(),
    };
    let arguments = finding
        .arguments
        .iter()
        .filter_map(|(name, argument)| match argument {
            Argument::Text(text) => Some(format!("{name}={text}")),
            Argument::Count(count) => Some(format!("{name}={count}")),
            _ => None,
        });
    let words: Vec<String> = [what, shown(document, place)]
        .into_iter()
        .chain(arguments)
        .collect();
    words.join(" ")
}

fn shown(document: &Document, place: Place) -> String {
    let text = document
        .source()
        .get(place.start.byte..place.end.byte)
        .expect("a place lies in the source");
    format!("{}:{} `{text}`", place.start.line, place.start.column)
}

fn read(text: &str) -> Document {
    let document = Document::read(text.as_bytes());
    let findings = document.problems();
    let lines: Vec<String> = findings
        .iter()
        .map(|finding| line(&document, finding))
        .collect();
    assert_eq!(lines, Vec::<String>::new(), "{text}");
    document
}

fn looked_up(text: &str, path: &Path, focus: &Focus) -> String {
    let document = read(text);
    shown(&document, document.place(path, focus))
}

fn text_at(document: &Document, path: &Path) -> Option<String> {
    match &document.get(path)?.value {
        Value::Scalar { text, .. } => Some(text.clone()),
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
    fn every_style_reads_as_yaml_says() {
        let document = read(EVERY_STYLE);
        let value = |key: &str| text_at(&document, &path![key]);
        assert_eq!(value("naam").as_deref(), Some("café 🎉 plan"));
        assert_eq!(value("sleutel met 's").as_deref(), Some("dubbel é verder"));
        assert_eq!(
            value("letterlijk").as_deref(),
            Some("Eerste regel\n  dieper\n\ntweede\n")
        );
        assert_eq!(value("gevouwen").as_deref(), Some("een twee drie"));
        assert_eq!(value("uitgebreid").as_deref(), Some("ook goed"));
        assert_eq!(
            text_at(&document, &path!["lijst", 1, 1, "z", 0]).as_deref(),
            Some("1")
        );
        for empty in [path!["leeg"], path!["tilde"], path!["lijst", 2]] {
            assert_eq!(
                document.get(&empty).map(|node| &node.value),
                Some(&Value::Empty),
                "{empty}"
            );
        }
        assert_eq!(document.get(&path!["lijst", 3]), None);
        assert_eq!(document.get(&path!["naam", "meer"]), None);
    }

    /// The tree agrees with the YAML library that reads the tool's own files.
    #[test]
    fn the_tree_is_what_serde_yaml_reads() {
        let oracle: serde_yaml::Value = serde_yaml::from_str(EVERY_STYLE).expect("valid YAML");
        assert!(same(read(EVERY_STYLE).root(), &oracle));
    }

    fn same(node: &Node, other: &serde_yaml::Value) -> bool {
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
                        .all(|(one, other)| same(one, other))
            }
            (Value::Mapping(entries), Other::Mapping(others)) => {
                let found = |(key, entry): (&String, &Entry)| {
                    others
                        .get(key)
                        .is_some_and(|other| same(&entry.value, other))
                };
                entries.len() == others.len() && entries.iter().all(found)
            }
            _ => false,
        }
    }

    #[test]
    fn keys_are_text_whatever_they_look_like() {
        let document = read("null: a\n1: b\ntrue: c\n'': d\n<<: e\n");
        for (key, text) in [
            ("null", "a"),
            ("1", "b"),
            ("true", "c"),
            ("", "d"),
            ("<<", "e"),
        ] {
            assert_eq!(text_at(&document, &path![key]).as_deref(), Some(text));
        }
    }

    #[test]
    fn every_line_end_counts_as_one() {
        for line_end in ["\n", "\r\n", "\r"] {
            let text = ["a: 1", "b: |", "  x", "  y", "c: z"].join(line_end);
            assert_eq!(looked_up(&text, &path!["c"], &Focus::Value), "5:4 `z`");
            assert_eq!(
                text_at(&read(&text), &path!["b"]).as_deref(),
                Some("x\ny\n")
            );
        }
    }

    #[test]
    fn other_separators_are_no_line_ends() {
        assert_eq!(
            said("a: x\u{85}y\nb: @"),
            [
                "stuurteken 1:5 `\u{a0}` teken=U+0085 aantal=1",
                "teken-aan-begin 2:4 `@` teken=@"
            ]
        );
        assert_eq!(
            looked_up("a: x\u{2028}y\nb: 1", &path!["b"], &Focus::Value),
            "2:4 `1`"
        );
    }

    #[test]
    fn a_byte_order_mark_is_left_out() {
        assert_eq!(
            looked_up("\u{FEFF}a: b", &Path::root(), &Focus::Value),
            "1:1 `a`"
        );
    }

    #[test]
    fn empty_is_what_holds_no_answer() {
        let document = read(
            "a:\nb: ~\nc: ' '\nd: []\ne: {}\nf: [~, '']\ng: |\n\nh: 0\ni: {x: }\nj: ['', x]\n",
        );
        let empty = |key: &str| document.get(&path![key]).is_some_and(Node::is_empty);
        for key in ["a", "b", "c", "d", "e", "f", "g"] {
            assert!(empty(key), "{key}");
        }
        for key in ["h", "i", "j"] {
            assert!(!empty(key), "{key}");
        }
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

    #[test]
    fn a_single_value_is_where_its_text_is() {
        assert_eq!(
            looked_up(PLAN, &path!["plan", "titel"], &Focus::Value),
            "3:10 `Café 🎉 Zuid`"
        );
        assert_eq!(
            looked_up(PLAN, &path!["plan", "bron", 1], &Focus::Value),
            "4:15 `twee`"
        );
        assert_eq!(
            looked_up(PLAN, &path!["groepen", 0, "rol"], &Focus::Value),
            "14:10 `y`"
        );
        assert_eq!(
            looked_up(PLAN, &path!["groepen", 3], &Focus::Value),
            "17:5 `z`"
        );
    }

    #[test]
    fn a_block_text_runs_from_its_first_character_to_its_last() {
        assert_eq!(
            looked_up(PLAN, &path!["plan", "kort"], &Focus::Value),
            "8:5 `Eerste regel\n      dieper\n    laatste`"
        );
    }

    #[test]
    fn a_list_or_mapping_is_where_its_key_is() {
        assert_eq!(looked_up(PLAN, &path!["plan"], &Focus::Value), "2:1 `plan`");
        assert_eq!(
            looked_up(PLAN, &path!["plan", "bron"], &Focus::Value),
            "4:3 `bron`"
        );
        assert_eq!(
            looked_up(PLAN, &path!["groepen", 0], &Focus::Value),
            "13:5 `naam`"
        );
        assert_eq!(
            looked_up(PLAN, &path!["groepen", 1], &Focus::Value),
            "15:6 `a`"
        );
    }

    #[test]
    fn nothing_is_where_its_key_or_dash_is() {
        assert_eq!(
            looked_up(PLAN, &path!["plan", "leeg"], &Focus::Value),
            "5:3 `leeg`"
        );
        assert_eq!(
            looked_up(PLAN, &path!["groepen", 2], &Focus::Value),
            "16:3 `-`"
        );
    }

    #[test]
    fn what_is_not_there_is_where_it_should_be() {
        for focus in [Focus::Value, Focus::Key, Focus::Word("x".to_owned(), 0)] {
            assert_eq!(
                looked_up(PLAN, &path!["plan", "start"], &focus),
                "2:1 `plan`"
            );
            assert_eq!(
                looked_up(PLAN, &path!["plan", "titel", "x", 1], &focus),
                "3:3 `titel`"
            );
            assert_eq!(
                looked_up(PLAN, &path!["groepen", 0, "x"], &focus),
                "13:5 `naam`"
            );
            assert_eq!(
                looked_up(PLAN, &path!["groepen", 9], &focus),
                "12:1 `groepen`"
            );
            assert_eq!(looked_up(PLAN, &path!["borging"], &focus), "2:1 `plan`");
        }
    }

    #[test]
    fn a_key_is_found_by_its_path() {
        assert_eq!(
            looked_up(PLAN, &path!["plan", "titel"], &Focus::Key),
            "3:3 `titel`"
        );
        assert_eq!(
            looked_up(PLAN, &path!["groepen", 0, "rol"], &Focus::Key),
            "14:5 `rol`"
        );
        assert_eq!(
            looked_up(PLAN, &path!["groepen", 3], &Focus::Key),
            "17:5 `z`"
        );
    }

    #[test]
    fn the_top_is_the_first_key() {
        assert_eq!(looked_up(PLAN, &Path::root(), &Focus::Value), "2:1 `plan`");
        let document = Document::read(b"");
        assert_eq!(
            shown(&document, document.place(&path!["x"], &Focus::Value)),
            "1:1 ``"
        );
    }

    #[test]
    fn a_list_ends_where_its_last_item_ends() {
        let document = read(PLAN);
        let end = |path: Path| {
            document
                .get(&path)
                .map(|node| document.place_of(node.span).end)
                .map(|end| (end.line, end.column))
        };
        assert_eq!(end(path!["plan"]), Some((10, 12)));
        assert_eq!(end(path!["plan", "bron"]), Some((4, 20)));
        assert_eq!(end(path!["groepen"]), Some((17, 6)));
    }

    #[test]
    fn columns_count_characters_in_long_lines_too() {
        let text = format!("{}: &", "é".repeat(1000));
        assert_eq!(said(text), ["teken-aan-begin 1:1003 `&` teken=&"]);
    }
}

mod words {
    use super::*;

    fn word(text: &str, phrase: &str, nth: usize) -> String {
        looked_up(text, &path!["a"], &Focus::Word(phrase.to_owned(), nth))
    }

    #[test]
    fn the_nth_occurrence_counts_from_0() {
        assert_eq!(
            word("a: nader te bepalen, nader", "nader", 0),
            "1:4 `nader`"
        );
        assert_eq!(
            word("a: nader te bepalen, nader", "nader", 1),
            "1:22 `nader`"
        );
    }

    #[test]
    fn case_does_not_matter_and_parts_of_words_do_not_count() {
        assert_eq!(word("a: niemand, NIET, niet", "niet", 1), "1:19 `niet`");
        assert_eq!(word("a: Één éénmaal één", "één", 1), "1:16 `één`");
        assert_eq!(word("a: TBD2 TBD", "tbd", 0), "1:9 `TBD`");
    }

    #[test]
    fn signs_are_found_between_letters() {
        assert_eq!(word("a: 'zie [@x], of [@xy]'", "[@x]", 0), "1:9 `[@x]`");
        assert_eq!(word("a: wat???", "???", 0), "1:7 `???`");
    }

    #[test]
    fn a_phrase_runs_over_line_ends_in_every_style() {
        let phrase = "nog te bepalen";
        assert_eq!(
            word("a: dit is nog\n  te bepalen", phrase, 0),
            "1:11 `nog\n  te bepalen`"
        );
        assert_eq!(
            word("a: \"dit is nog te\n  bepalen\"", phrase, 0),
            "1:12 `nog te\n  bepalen`"
        );
        assert_eq!(
            word("a: 'dit is nog te\n  bepalen'", phrase, 0),
            "1:12 `nog te\n  bepalen`"
        );
        assert_eq!(
            word("a: |\n  dit is nog\n  te bepalen\n", phrase, 0),
            "2:10 `nog\n  te bepalen`"
        );
        assert_eq!(
            word("a: >-\n  dit\n\n  nog te\n  bepalen", phrase, 0),
            "4:3 `nog te\n  bepalen`"
        );
    }

    #[test]
    fn a_doubled_apostrophe_is_one() {
        assert_eq!(word("a: 'de foto''s zijn'", "foto's", 0), "1:8 `foto''s`");
    }

    #[test]
    fn without_the_word_it_is_the_value() {
        assert_eq!(word("a: tekst", "weg", 0), "1:4 `tekst`");
        assert_eq!(word("a: tekst", "tekst", 1), "1:4 `tekst`");
        assert_eq!(word("a: tekst", " ", 0), "1:4 `tekst`");
        assert_eq!(word("a: [een, twee]", "weg", 0), "1:1 `a`");
        assert_eq!(word("a: [een, twee]", "twee", 0), "1:10 `twee`");
    }
}

mod yaml_that_a_plan_does_not_need {
    use super::*;

    #[test]
    fn of_equal_keys_the_first_stays() {
        let text = "a:\n  x: 1\n  y: 2\n  x: {z: 3, z: 4}\n";
        assert_eq!(
            said(text),
            [
                "sleutel-dubbel 4:3 `x` sleutel=x regel=2",
                "sleutel-dubbel 4:13 `z` sleutel=z regel=4"
            ]
        );
        let document = Document::read(text.as_bytes());
        assert_eq!(text_at(&document, &path!["a", "x"]).as_deref(), Some("1"));
        assert_eq!(document.stop(), None);
    }

    #[test]
    fn a_duplicate_is_about_the_path_of_the_key() {
        let document = Document::read(b"a:\n  - b: 1\n    b: 2");
        let findings = document.problems();
        assert_eq!(
            findings
                .iter()
                .map(|finding| finding.path.to_string())
                .collect::<Vec<_>>(),
            ["a[0].b"]
        );
    }

    #[test]
    fn a_tag_or_anchor_is_reported_and_its_value_read() {
        let text = "a: &x een\nb: !t twee\nc: !!str &y\n  d: e\n&k f: g\n";
        assert_eq!(
            said(text),
            [
                "anker 1:4 `&x` tekst=&x",
                "tag 2:4 `!t` tekst=!t",
                "tag 3:4 `!!str` tekst=!!str",
                "anker 3:10 `&y` tekst=&y",
                "anker 5:1 `&k` tekst=&k",
            ]
        );
        let document = Document::read(text.as_bytes());
        assert_eq!(text_at(&document, &path!["a"]).as_deref(), Some("een"));
        assert_eq!(text_at(&document, &path!["c", "d"]).as_deref(), Some("e"));
        assert_eq!(text_at(&document, &path!["f"]).as_deref(), Some("g"));
    }

    #[test]
    fn an_alias_is_unread_and_not_absent() {
        let text = "a: *x\nb: &y\nc: !z\n<<: *y\n*x : d\n";
        assert_eq!(
            said(text),
            [
                "alias 1:4 `*x` tekst=*x",
                "anker 2:4 `&y` tekst=&y",
                "tag 3:4 `!z` tekst=!z",
                "alias 4:5 `*y` tekst=*y",
                "alias 5:1 `*x` tekst=*x",
            ]
        );
        let document = Document::read(text.as_bytes());
        for key in ["a", "b", "c", "<<"] {
            assert_eq!(
                document
                    .get(&path![key])
                    .map(|node| (&node.value, node.is_empty())),
                Some((&Value::Unread, false))
            );
        }
        assert_eq!(document.stop(), None);
    }

    #[test]
    fn a_key_is_text() {
        assert_eq!(said("[a, b]: c\nd: e"), ["sleutel-geen-tekst 1:1 `[a, b]`"]);
        assert_eq!(said("a: {{ naam }}"), ["sleutel-geen-tekst 1:5 `{ naam }`"]);
        assert_eq!(said("a: b\n: c"), ["sleutel-geen-tekst 2:1 `:`"]);
    }

    #[test]
    fn one_document_holds_one_mapping() {
        assert_eq!(said("---\na: b\n...\n"), [""; 0]);
        assert_eq!(said("a: b\n---\nc: d"), ["tweede-document 2:1 `---`"]);
        assert_eq!(said("a: b\n...\nc: d"), ["tweede-document 3:1 `c`"]);
        assert_eq!(said("- a\n- b"), ["geen-mapping 1:1 `- a`"]);
        assert_eq!(
            said("gewoon tekst\nmet meer"),
            ["geen-mapping 1:1 `gewoon tekst`"]
        );
        for nothing in ["", "\n\n", "# alleen\n# commentaar", "---", "~", "\u{FEFF}"] {
            assert_eq!(said(nothing), ["leeg 1:1 ``"], "{nothing:?}");
        }
        assert_eq!(said("%YAML 1.2\n---\na: b"), ["richtlijn 1:1 `%YAML 1.2`"]);
    }
}

mod bytes {
    use super::*;

    #[test]
    fn what_is_not_utf8_is_reported_once_and_read_as_a_stand_in() {
        let bytes = b"a: caf\xE9\nb: \xEB\xEF\n";
        assert_eq!(
            said(bytes),
            ["geen-utf8 1:7 `\u{FFFD}` teken=0xE9 aantal=3"]
        );
        let document = Document::read(bytes);
        assert_eq!(
            text_at(&document, &path!["a"]).as_deref(),
            Some("caf\u{FFFD}")
        );
    }

    #[test]
    fn utf16_is_not_read() {
        let little: Vec<u8> = "plan: x"
            .encode_utf16()
            .flat_map(u16::to_le_bytes)
            .collect();
        let big: Vec<u8> = "plan: x"
            .encode_utf16()
            .flat_map(u16::to_be_bytes)
            .collect();
        for bytes in [
            little.clone(),
            [vec![0xFF, 0xFE], little].concat(),
            big.clone(),
            [vec![0xFE, 0xFF], big].concat(),
        ] {
            assert_eq!(said(&bytes), ["utf16 1:1 ``"]);
            let document = Document::read(&bytes);
            assert_eq!(
                (document.source(), document.stop().and_then(Stop::section)),
                ("", None)
            );
        }
    }

    #[test]
    fn control_characters_never_come_through() {
        let text = "a: x\0y\nb: 'p\u{1b}[31m'\nc: \u{9b}\u{7f}\u{FEFF}z\n";
        assert_eq!(said(text), ["stuurteken 1:5 ` ` teken=U+0000 aantal=5"]);
        let document = Document::read(text.as_bytes());
        assert_eq!(
            document.source(),
            "a: x y\nb: 'p [31m'\nc: \u{a0} \u{fffd}z\n"
        );
        assert_eq!(text_at(&document, &path!["b"]).as_deref(), Some("p [31m"));
    }

    #[test]
    fn escapes_bring_in_no_control_characters_either() {
        let text = r#"{"a\a": "x\e[31m\0\r\n\ty", "c": "\u263A"}"#;
        assert_eq!(
            said(text),
            [
                r#"stuurteken 1:2 `"a\a"` teken=U+0007 aantal=1"#,
                r#"stuurteken 1:9 `"x\e[31m\0\r\n\ty"` teken=U+001B aantal=3"#,
            ]
        );
        let document = Document::read(text.as_bytes());
        assert_eq!(
            text_at(&document, &path!["a "]).as_deref(),
            Some("x [31m  \n\ty")
        );
    }
}

/// What beginners write: the text, and what is said of it.
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
    ("plan:\n  titel:\u{a0}x\n  rol: y", "harde-spatie 2:9 `\u{a0}`"),
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
    ("plan:\n  titel: x\n rol: y", "inspringing 3:2 `rol: y`"),
    ("plan:\n    titel: x\n  rol: y\nz: 1", "inspringing 3:3 `rol: y`"),
    ("plan:\n  titel: x\n   rol: y", "inspringing 3:4 `rol: y`"),
    ("plan: x\n  titel: y", "inspringing 2:3 `titel: y`"),
    ("plan: \"x\"\n  titel: y", "inspringing 2:3 `titel: y`"),
    ("plan: x # y\n  titel: y", "inspringing 2:3 `titel: y`"),
    ("a:\n  b:\n    c: d\n   e: f", "inspringing 4:4 `e: f`"),
    ("a:\n- naam: x\n   rol: y", "inspringing 3:4 `rol: y`"),
    ("a:\n  - naam: x\n   rol: y", "inspringing 3:4 `rol: y`"),
    ("  a: b\nc: d", "inspringing 2:1 `c: d`"),
    ("a:\n  b: |\n  Tekst\n  meer", "inspringing 3:3 `Tekst`"),
    ("a: |\n    Tekst\n  meer\nb: c", "inspringing 3:3 `meer`"),
    ("a: |\n     \n  Tekst\nb: c", "inspringing 3:3 `Tekst`"),
    ("a: [\n  b\n]\nc: d", "inspringing 3:1 `]`"),
    ("a: \"een\ntwee\"\nb: c", "inspringing 2:1 `twee\"`"),
    // Colons.
    ("plan:\n  titel: Let op: dit is x", "dubbele-punt 2:16 `:`"),
    ("plan: titel: x\n  rol: y", "dubbele-punt 1:12 `:`"),
    ("titel: x rol: y", "dubbele-punt 1:13 `:`"),
    ("a: lange tekst\n  en let op: meer", "dubbele-punt 2:12 `:`"),
    ("a: \"b\": c", "dubbele-punt 1:7 `:`"),
    ("a: {b: c d: e}", "dubbele-punt 1:11 `:`"),
    ("versie: 1\nplan\n  titel: x", "dubbele-punt-ontbreekt 2:1 `plan`"),
    ("plan:\n  titel x\n  rol: y", "dubbele-punt-ontbreekt 2:3 `titel x`"),
    ("plan:\n  titel:x\n  rol: y", "dubbele-punt-ontbreekt 2:3 `titel:x`"),
    ("plan:\n  rol: y\n  titel:x", "dubbele-punt-ontbreekt 3:3 `titel:x`"),
    ("versie = 1\nplan: x", "dubbele-punt-ontbreekt 1:1 `versie = 1`"),
    ("a: {b:[c]}", "dubbele-punt-ontbreekt 1:6 `:`"),
    // Quotes.
    ("a:\n  b: 's middags\n  c: d", "aanhalingsteken 2:6 `'`"),
    ("a:\n  b: \"open\n  c: \"d\"", "aanhalingsteken 2:6 `\"`"),
    ("a: x\nb: \"open", "aanhalingsteken 2:4 `\"`"),
    ("\"a: b\nc: d", "aanhalingsteken 1:1 `\"`"),
    ("a: \"b\n---\nc: d", "aanhalingsteken 1:4 `\"`"),
    ("a: [x, \"y]\nb: c", "aanhalingsteken 1:8 `\"`"),
    ("a: 's middags en 's avonds", "tekst-na-aanhalingsteken 1:19 `s avonds`"),
    ("a: \"hij zei \"nee\" en ging\"", "tekst-na-aanhalingsteken 1:14 `nee\" en ging\"`"),
    ("a: \"b\" en c", "tekst-na-aanhalingsteken 1:8 `en c`"),
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
    ("a: [naam] van groep", "tekst-na-haakje 1:11 `van groep`"),
    ("a: [tekst](http://x.nl)", "tekst-na-haakje 1:11 `(http://x.nl)`"),
    ("- {naam} van groep", "tekst-na-haakje 1:10 `van groep`"),
    // Lists.
    ("a:\n  - b\n - c", "opsomming 3:2 `-`"),
    ("a:\n    - b\n  - c", "opsomming 3:3 `-`"),
    ("a:\n  b: c\n  - d", "opsomming 3:3 `-`"),
    ("a:\n  - b\n  c: d", "opsomming 3:3 `c: d`"),
    ("a:\n  - b: c\n   - d: e", "opsomming 3:4 `-`"),
    ("a: - b", "opsomming 1:4 `-`"),
    ("a:\n  - b\n  -c\n  - d", "opsomming 3:3 `-`"),
    ("a: [- b]", "opsomming 1:5 `-`"),
    // Characters that mean something.
    ("a: @wie", "teken-aan-begin 1:4 `@` teken=@"),
    ("a: `code`", "teken-aan-begin 1:4 ``` teken=`"),
    ("a: *vet* tekst", "teken-aan-begin 1:4 `*` teken=*"),
    ("a:\n  - **vet** tekst", "teken-aan-begin 2:5 `*` teken=*"),
    ("a:\n  * b\n  * c", "teken-aan-begin 2:3 `*` teken=*"),
    ("a: % van x", "teken-aan-begin 1:4 `%` teken=%"),
    ("a: & co", "teken-aan-begin 1:4 `&` teken=&"),
    ("a: > 5 mensen", "teken-aan-begin 1:4 `>` teken=>"),
    ("a: | tekst", "tekst-achter-blokteken 1:4 `| tekst`"),
    ("a: ? vraag", "teken-aan-begin 1:4 `?` teken=?"),
    ("a: , dus", "teken-aan-begin 1:4 `,` teken=,"),
    ("a: !x%zz y", "teken-aan-begin 1:4 `!` teken=!"),
    ("a: *cursief*", "alias 1:4 `*cursief*` tekst=*cursief*"),
    ("a: !belangrijk", "tag 1:4 `!belangrijk` tekst=!belangrijk"),
    // Comments, and what nobody foresaw.
    ("a: \"x\"#y", "hekje 1:7 `#`"),
    ("a: over\n  C # niveau\n  en meer", "hekje 2:5 `# niveau`"),
    ("a: b\n... c", "anders 2:5 `c` melding=invalid content after document end marker"),
];

#[test]
fn mistakes_are_explained_where_they_were_made() {
    for (text, expected) in MISTAKES {
        assert_eq!(said(text), [*expected], "\n{text}\n");
    }
}

#[test]
fn what_looks_odd_but_is_yaml_is_read() {
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
    ] {
        read(text);
    }
}

mod stopping {
    use super::*;

    fn stopped(text: &str) -> Document {
        let document = Document::read(text.as_bytes());
        assert!(document.stop().is_some(), "{text}");
        document
    }

    #[test]
    fn what_was_read_before_stays() {
        let document = stopped("plan:\n  titel: x\n  bron: [a, b\nborging:\n  c: d\n");
        assert_eq!(
            text_at(&document, &path!["plan", "titel"]).as_deref(),
            Some("x")
        );
        assert_eq!(
            text_at(&document, &path!["plan", "bron", 0]).as_deref(),
            Some("a")
        );
        assert_eq!(document.get(&path!["borging"]), None);
    }

    #[test]
    fn the_value_that_was_to_come_is_unread() {
        let document = stopped("plan:\n  titel: @x\n");
        assert_eq!(
            document
                .get(&path!["plan", "titel"])
                .map(|node| &node.value),
            Some(&Value::Unread)
        );
        assert_eq!(
            shown(
                &document,
                document.place(&path!["plan", "titel"], &Focus::Value)
            ),
            "2:3 `titel`"
        );
    }

    #[test]
    fn it_is_known_in_which_section_reading_stopped() {
        let sections = [
            (
                "versie: 1\nplan:\n  titel: x\nborging:\n  a: @\nteam:\n  b: c\n",
                Some("borging"),
            ),
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
        ];
        for (text, section) in sections {
            assert_eq!(
                stopped(text).stop().and_then(Stop::section),
                section,
                "{text}"
            );
        }
    }

    #[test]
    fn a_top_that_is_no_mapping_reads_as_an_empty_one() {
        for text in ["", "tekst", "- a", "*x", "- a\nb: c", "@"] {
            assert!(stopped(text).root().is_empty(), "{text}");
        }
    }
}

mod hostile {
    use super::*;

    /// Of a file of which only the first finding matters.
    fn first(text: &str) -> String {
        said(text).swap_remove(0)
    }

    #[test]
    fn depth_is_limited() {
        assert_eq!(said("[".repeat(100_000)), ["diepte 1:33 `[` maximum=32"]);
        assert_eq!(
            said("{a: ".repeat(100_000)),
            ["diepte 1:129 `{` maximum=32"]
        );
        assert_eq!(said("- ".repeat(100_000)), ["diepte 1:129 `-` maximum=64"]);
        assert_eq!(said("? ".repeat(100_000)), ["diepte 1:129 `?` maximum=64"]);
        let steps: Vec<String> = (0..1000).map(|depth| " ".repeat(depth) + "a:\n").collect();
        assert_eq!(said(steps.concat()), ["diepte 65:65 `a` maximum=64"]);
        assert_eq!(
            said(format!("a: {}{}", "[".repeat(32), "]".repeat(32))),
            [""; 0]
        );
    }

    #[test]
    fn aliases_are_counted_and_never_followed() {
        let bomb = "a: &a [x, x]\nb: &b [*a, *a, *a, *a, *a, *a]\nc: &c [*b, *b, *b, *b, *b, *b]\nd: [*c, *c, *c, *c, *c]\n";
        let lines = said(bomb);
        assert_eq!(
            lines.first().map(String::as_str),
            Some("aliassen 4:21 `*c` maximum=16")
        );
        assert_eq!(
            lines
                .iter()
                .filter(|line| line.starts_with("alias "))
                .count(),
            16
        );
        let document = Document::read(bomb.as_bytes());
        assert_eq!(document.stop().and_then(Stop::section), Some("d"));
    }

    #[test]
    fn size_is_limited() {
        let text = format!("a: b\n{}", " ".repeat(Document::MAX_BYTES));
        assert_eq!(said(&text), ["bytes 1:1 `` maximum=2097152"]);
        assert_eq!(said(&text[..Document::MAX_BYTES]), [""; 0]);
    }

    #[test]
    fn nodes_are_limited() {
        assert_eq!(
            first(&"-\n".repeat(60_000)),
            "knopen 50000:2 `` maximum=50000"
        );
    }

    #[test]
    fn findings_are_limited() {
        let document = Document::read("a: &b c\n".repeat(3_000).as_bytes());
        let findings = document.problems();
        assert_eq!(
            (findings.iter().count(), findings.dropped()),
            (1_000, 4_999)
        );
    }

    #[test]
    fn many_comments_are_no_problem() {
        read(&format!(
            "a:\n{}  b: c\n{}",
            "# x\n".repeat(20_000),
            "# y\n".repeat(20_000)
        ));
    }

    #[test]
    fn an_endless_line_is_read() {
        read(&format!("a: {}", "woord ".repeat(50_000)));
        assert_eq!(
            first(&format!("{}: b", "é ".repeat(5_000))),
            "dubbele-punt 1:10001 `:`"
        );
    }
}

#[test]
fn a_position_is_what_counting_gives() {
    const PLAN: &str = "titel: \"Caf\u{e9}\" # y\r\nbron: [\u{e9}, a]\rtekst: |-\n  🎉 een\n\n\u{85}\u{2028}k: v\n";
    let document = Document::read(PLAN.repeat(40).as_bytes());
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

#[test]
fn a_comma_between_braces_cuts_a_number_only_where_decimals_stand() {
    for text in [
        "a: {b: 1, 5: x}",
        "a: {b: 1, 5}",
        "a: {b: x,5}",
        "a: {b: '1',5}",
        "a: {1,5}",
        "a: [1,5]",
        "a:\n  b: 1,5",
    ] {
        assert_eq!(said(text), [""; 0], "{text}");
    }
    let document = Document::read("a: {b: 52,50, c: 62,50}".as_bytes());
    let findings = document.problems();
    let seen: Vec<_> = findings
        .iter()
        .map(|finding| finding.path.to_string())
        .collect();
    assert_eq!(seen, ["a.b", "a.c"]);
    assert_eq!(document.get(&path!["a", "50"]), None);
    let value = document.get(&path!["a", "c"]).map(|node| &node.value);
    assert_eq!(value, Some(&Value::Unread));
}

#[test]
fn a_key_is_read_without_the_spaces_around_it() {
    let document = Document::read("\u{a0}titel\u{a0}: x".as_bytes());
    let findings = document.problems();
    assert_eq!(text_at(&document, &path!["titel"]), Some("x".to_owned()));
    assert_eq!(findings.iter().count(), 1);
}

#[test]
fn the_text_at_which_reading_stopped_is_not_read() {
    let document = Document::read(b"plan:\n  titel X\n  rol: y\n");
    let _findings = document.problems();
    let value = document.get(&path!["plan"]).map(|node| &node.value);
    assert_eq!(value, Some(&Value::Unread));
}
