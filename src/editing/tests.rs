//! Changes with the text before and after.

use super::tree::Tree;
use super::*;

fn path(keys: &str) -> Path {
    let step = |key: &str| match key.parse::<usize>() {
        Ok(index) => Step::Index(index),
        Err(_) => Step::from(key),
    };
    keys.split('.')
        .filter(|key| !key.is_empty())
        .map(step)
        .collect()
}

fn set(at: &str, value: impl Into<Content>) -> Change {
    let (path, value) = (path(at), value.into());
    Change::Set { path, value }
}

fn set_list(at: &str, items: &[&str]) -> Change {
    let value = items.iter().map(ToString::to_string).collect();
    let path = path(at);
    Change::Set { path, value }
}

fn clear(at: &str) -> Change {
    Change::Clear { path: path(at) }
}

fn add(to: &str, id: &str) -> Change {
    Change::Add {
        to: path(to),
        id: Some(id.to_owned()),
        at: None,
        value: Content::Nothing,
    }
}

fn add_item(to: &str, at: Option<usize>, value: Content) -> Change {
    let (to, id) = (path(to), None);
    Change::Add { to, id, at, value }
}

fn remove(at: &str) -> Change {
    Change::Remove { path: path(at) }
}

fn move_to(at: &str, to: usize) -> Change {
    Change::Move { path: path(at), to }
}

fn rename(at: &str, id: &str) -> Change {
    let id = id.to_owned();
    Change::Rename { path: path(at), id }
}

/// Asserts the text after a change, and that it can be undone.
#[track_caller]
fn changes(before: &str, change: &Change, after: &str) {
    let edit = apply(before, change).unwrap();
    let new = Edit::splice(before, &edit.splices).unwrap();
    assert_eq!(new, after, "{:?}", edit.splices);
    assert_eq!(Edit::splice(&new, &edit.undo).as_deref(), Some(before));
}

#[track_caller]
fn refused(text: &str, change: &Change, message: &str) {
    let error = apply(text, change).unwrap_err();
    assert_eq!(error.to_string(), message);
}

#[test]
fn a_value_is_replaced_in_its_own_place() {
    let titel = set("plan.titel", "Nieuw");
    for (before, after) in [
        ("plan:\n  titel: Oud\n", "plan:\n  titel: Nieuw\n"),
        ("plan:\r\n  titel: Oud\r\n", "plan:\r\n  titel: Nieuw\r\n"),
        (
            "\u{feff}plan:\n  titel: Oud",
            "\u{feff}plan:\n  titel: Nieuw",
        ),
        (
            "---\nplan:\n    titel:   'Oud'  # zo\n",
            "---\nplan:\n    titel:   Nieuw  # zo\n",
        ),
        ("plan:\n  titel:\t\"a\tb\"\n", "plan:\n  titel:\tNieuw\n"),
        (
            "plan: {titel: Oud, taal: nl}",
            "plan: {titel: Nieuw, taal: nl}",
        ),
        (
            "{plan: {titel: , taal: nl}}",
            "{plan: {titel: Nieuw, taal: nl}}",
        ),
        ("plan: {titel, taal: nl}", "plan: {titel: Nieuw, taal: nl}"),
        (
            "plan:\n  titel:\n  taal: nl\n",
            "plan:\n  titel: Nieuw\n  taal: nl\n",
        ),
        ("plan:\n  titel: ~\n", "plan:\n  titel: Nieuw\n"),
        (
            "plan:\n  titel: # hoe?\n",
            "plan:\n  titel: Nieuw  # hoe?\n",
        ),
        (
            "plan:\n  titel: \"Oud\" # zo\n",
            "plan:\n  titel: Nieuw  # zo\n",
        ),
        (
            "plan:\n  titel: \"Oud\" #zo\n",
            "plan:\n  titel: \"Nieuw\" #zo\n",
        ),
        (
            "plan:\n  titel: Oud en\n    langer\n",
            "plan:\n  titel: Nieuw\n",
        ),
        (
            "plan:\n  titel: |\n    Oud\n\n  taal: nl\n",
            "plan:\n  titel: Nieuw\n\n  taal: nl\n",
        ),
        (
            "plan:\n  titel: >- # zo\n    Oud\n",
            "plan:\n  titel: Nieuw  # zo\n",
        ),
        ("plan:\n  titl: Oud\n", "plan:\n  titl: Nieuw\n"),
        (
            "plan:\n  titel: Oud\n  titel: Dubbel\n",
            "plan:\n  titel: Nieuw\n  titel: Dubbel\n",
        ),
    ] {
        changes(before, &titel, after);
    }
}

#[test]
fn a_splice_is_as_small_as_can_be() {
    let edit = apply(
        "plan: {titel: Een plan}\n",
        &set("plan.titel", "Een goed plan"),
    )
    .unwrap();
    let splice = Splice {
        range: 18..18,
        replacement: "goed ".to_owned(),
    };
    assert_eq!(edit.splices, [splice]);
}

#[test]
fn texts_are_written_as_plain_as_they_can_be() {
    for (text, written) in [
        ("Een plan", "Een plan"),
        ("80%", "80%"),
        ("- a", "\"- a\""),
        ("a: b", "\"a: b\""),
        ("a #1", "\"a #1\""),
        ("a#1", "a#1"),
        ("* a", "\"* a\""),
        ("*a*", "\"*a*\""),
        ("&a", "\"&a\""),
        ("!a", "\"!a\""),
        ("%a", "\"%a\""),
        ("@a", "\"@a\""),
        ("`a`", "\"`a`\""),
        ("? a", "\"? a\""),
        ("~", "\"~\""),
        ("null", "\"null\""),
        ("[@a]", "\"[@a]\""),
        ("{a}", "\"{a}\""),
        ("| a", "\"| a\""),
        ("> a", "\"> a\""),
        ("'a", "\"'a\""),
        ("\"a\" b", "'\"a\" b'"),
        ("'t is \"a\"", "'''t is \"a\"'"),
        ("’t", "’t"),
        ("a, b [c]", "a, b [c]"),
        ("a ", "\"a \""),
        ("a:", "\"a:\""),
        ("2027-01-04", "2027-01-04"),
        ("a\tb", "a\tb"),
        ("a\u{2028}b", "\"a\\u2028b\""),
    ] {
        let after = format!("plan:\n  titel: {written}\n");
        changes("plan:\n  titel: x\n", &set("plan.titel", text), &after);
    }
    for (text, written) in [
        ("a, b", "\"a, b\""),
        ("[c]", "\"[c]\""),
        ("a\nb", "\"a\\nb\""),
        ("a b", "a b"),
        ("a: b", "\"a: b\""),
        ("3,5", "\"3,5\""),
    ] {
        let after = format!("plan: {{titel: {written}}}\n");
        changes("plan: {titel: x}\n", &set("plan.titel", text), &after);
    }
}

#[test]
fn several_lines_are_a_block() {
    let prose = |text: &str| set("plan.aanleiding", text);
    for (before, text, after) in [
        (
            "plan:\n  aanleiding: x\n",
            "a\n\nb",
            "plan:\n  aanleiding: |\n    a\n\n    b\n",
        ),
        (
            "plan:\n  aanleiding: x",
            "a\nb\n\n",
            "plan:\n  aanleiding: |\n    a\n    b",
        ),
        (
            "plan:\n  aanleiding: x # c\n",
            "a\nb",
            "plan:\n  aanleiding: | # c\n    a\n    b\n",
        ),
        (
            "plan:\n  aanleiding: x\n",
            "  a\nb",
            "plan:\n  aanleiding: |2\n      a\n    b\n",
        ),
        (
            "plan:\r\n  aanleiding: x\r\n",
            "a\r\nb",
            "plan:\r\n  aanleiding: |\r\n    a\r\n    b\r\n",
        ),
        (
            "plan:\n  aanleiding: |-\n     x\n\n  taal: nl\n",
            "a\nb",
            "plan:\n  aanleiding: |-\n     a\n     b\n\n  taal: nl\n",
        ),
        (
            "plan:\n  aanleiding:\n    - x\n    - y # c\n  taal: nl\n",
            "a\nb",
            "plan:\n  aanleiding: |\n    a\n    b\n  taal: nl\n",
        ),
        (
            "plan:\n  taal: nl\n",
            "a # b\nc: d",
            "plan:\n  taal: nl\n  aanleiding: |\n    a # b\n    c: d\n",
        ),
    ] {
        changes(before, &prose(text), after);
    }
}

#[test]
fn a_missing_answer_comes_where_the_model_has_it() {
    for (before, change, after) in [
        (
            "plan:\n  titel: x\n  taal: nl\n",
            set("plan.datum", "2027-01-04"),
            "plan:\n  titel: x\n  datum: 2027-01-04\n  taal: nl\n",
        ),
        (
            "plan:\n  # over de taal\n  taal: nl\n",
            set("plan.titel", "x"),
            "plan:\n  titel: x\n  # over de taal\n  taal: nl\n",
        ),
        (
            "plan:\n  titel: x\n  # later\n  # meer\nmonitoring:\n",
            set("plan.taal", "nl"),
            "plan:\n  titel: x\n  taal: nl\n  # later\n  # meer\nmonitoring:\n",
        ),
        (
            "# kop\nplan:\n  titel: x\n",
            set("versie", "1"),
            "# kop\nversie: 1\nplan:\n  titel: x\n",
        ),
        (
            "versie: 1\n\nplan:\n  titel: x\n\nmonitoring:\n",
            set("borging.doorontwikkeling.geborgd", "ja"),
            "versie: 1\n\nplan:\n  titel: x\n\nborging:\n  doorontwikkeling:\n    geborgd: ja\n\nmonitoring:\n",
        ),
        ("", set("plan.titel", "x"), "plan:\n  titel: x\n"),
        (
            "# leeg",
            set("plan.titel", "x"),
            "# leeg\nplan:\n  titel: x\n",
        ),
        (
            "versie: 1",
            set("plan.titel", "x"),
            "versie: 1\nplan:\n  titel: x",
        ),
        (
            "plan:\n    # c\nmonitoring:\n",
            set("plan.titel", "x"),
            "plan:\n  titel: x\n    # c\nmonitoring:\n",
        ),
    ] {
        changes(before, &change, after);
    }
}

#[test]
fn a_missing_answer_keeps_to_the_style_around_it() {
    for (before, change, after) in [
        ("plan: {}\n", set("plan.titel", "x"), "plan:\n  titel: x\n"),
        (
            "plan: {titel: x}\n",
            set("plan.taal", "nl"),
            "plan: {titel: x, taal: nl}\n",
        ),
        (
            "{versie: 1}\n",
            set("plan.taal", "nl"),
            "{versie: 1, plan: {taal: nl}}\n",
        ),
        (
            "planning_en_budget:\n  uurtarieven:\n    a: 5\n",
            set("planning_en_budget.uurtarieven.b", "6"),
            "planning_en_budget:\n  uurtarieven:\n    a: 5\n    b: 6\n",
        ),
        (
            "gebruikers:\n  a:\n    veranderingen:\n    - ist: x\n",
            set("gebruikers.a.veranderingen.0.aspect", "gedrag"),
            "gebruikers:\n  a:\n    veranderingen:\n    - aspect: gedrag\n      ist: x\n",
        ),
    ] {
        changes(before, &change, after);
    }
}

#[test]
fn a_list_changes_by_item() {
    for (before, items, after) in [
        (
            "plan:\n  auteurs: [a, b, c]  # wie\n",
            &["a", "c"][..],
            "plan:\n  auteurs: [a, c]  # wie\n",
        ),
        (
            "plan:\n  auteurs:\n    - a  # eerst\n    - c\n",
            &["a", "b", "c"],
            "plan:\n  auteurs:\n    - a  # eerst\n    - b\n    - c\n",
        ),
        (
            "plan:\n  auteurs: a\n",
            &["a", "b"],
            "plan:\n  auteurs: [a, b]\n",
        ),
        (
            "plan:\n  auteurs: a\n",
            &["Jan Jansen", "b"],
            "plan:\n  auteurs:\n    - Jan Jansen\n    - b\n",
        ),
        (
            "plan:\n  titel: x\n",
            &["a"],
            "plan:\n  titel: x\n  auteurs: [a]\n",
        ),
        (
            "plan: {auteurs: [a, b, ]}",
            &["b"],
            "plan: {auteurs: [b, ]}",
        ),
        ("plan:\n  auteurs: [a]\n", &[], "plan:\n"),
    ] {
        changes(before, &set_list("plan.auteurs", items), after);
    }
}

#[test]
fn an_answer_is_cleared_with_its_key() {
    for (before, at, after) in [
        (
            "plan:\n  titel: x  # c\n  taal: nl\n",
            "plan.titel",
            "plan:\n  taal: nl\n",
        ),
        (
            "plan:\n  titel: |\n    a\n    b\n  # c\n  taal: nl\n",
            "plan.titel",
            "plan:\n  # c\n  taal: nl\n",
        ),
        (
            "versie: 1\nplan:\n  titel: x\n",
            "plan.titel",
            "versie: 1\n",
        ),
        (
            "versie: 1\nplan:\n  # c\n  titel: x\n",
            "plan.titel",
            "versie: 1\nplan:\n  # c\n",
        ),
        (
            "versie: 1\nplan:  # c\n  titel: x",
            "plan.titel",
            "versie: 1\nplan:  # c",
        ),
        (
            "monitoring:\n  a:\n    data: x\n",
            "monitoring.a.data",
            "monitoring:\n  a:\n",
        ),
        (
            "plan: {titel: x, taal: nl}\n",
            "plan.titel",
            "plan: {taal: nl}\n",
        ),
        (
            "plan: {titel: x, taal: nl, }\n",
            "plan.taal",
            "plan: {titel: x, }\n",
        ),
        ("versie: 1\nplan: {titel: x}\n", "plan.titel", "versie: 1\n"),
        (
            "gebruikers:\n  a:\n    veranderingen:\n      - ist: x\n        soll: y\n",
            "gebruikers.a.veranderingen.0.ist",
            "gebruikers:\n  a:\n    veranderingen:\n      - soll: y\n",
        ),
        (
            "gebruikers:\n  a:\n    veranderingen:\n      - ist: x\n      - ist: y\n",
            "gebruikers.a.veranderingen.0.ist",
            "gebruikers:\n  a:\n    veranderingen:\n      -\n      - ist: y\n",
        ),
    ] {
        changes(before, &clear(at), after);
    }
}

#[test]
fn things_and_items_are_added() {
    let change = |ist: &str| {
        Content::Mapping(vec![
            ("aspect".to_owned(), "gedrag".into()),
            ("ist".to_owned(), ist.into()),
        ])
    };
    for (before, change, after) in [
        (
            "monitoring:\n",
            add("monitoring", "a"),
            "monitoring:\n  a:\n",
        ),
        (
            "versie: 1\n",
            add("monitoring", "a"),
            "versie: 1\nmonitoring:\n  a:\n",
        ),
        (
            "monitoring:\n  a:\n    data: x\n\n  b:\n",
            add("monitoring", "c"),
            "monitoring:\n  a:\n    data: x\n\n  b:\n\n  c:\n",
        ),
        (
            "monitoring: {a: {data: x}}\n",
            add("monitoring", "b"),
            "monitoring: {a: {data: x}, b:}\n",
        ),
        (
            "plan: {auteurs: a}\n",
            add_item("plan.auteurs", None, "b".into()),
            "plan: {auteurs: [a, b]}\n",
        ),
        (
            "plan:\n  auteurs:\n  - a\n",
            add_item("plan.auteurs", Some(0), "b".into()),
            "plan:\n  auteurs:\n  - b\n  - a\n",
        ),
        (
            "gebruikers:\n  a:\n",
            add_item("gebruikers.a.veranderingen", None, change("x")),
            "gebruikers:\n  a:\n    veranderingen:\n      - aspect: gedrag\n        ist: x\n",
        ),
        (
            "gebruikers:\n  a:\n    veranderingen:\n      - ist: y\n",
            add_item("gebruikers.a.veranderingen", None, change("x\nz")),
            "gebruikers:\n  a:\n    veranderingen:\n      - ist: y\n      - aspect: gedrag\n        ist: |\n          x\n          z\n",
        ),
    ] {
        changes(before, &change, after);
    }
}

#[test]
fn things_and_items_are_removed() {
    for (before, at, after) in [
        (
            "monitoring:\n  a:\n    data: x\n    # c\n\n  # over b\n  b:\n",
            "monitoring.a",
            "monitoring:\n\n  # over b\n  b:\n",
        ),
        (
            "monitoring:\n  a:\n\n  b:\n\n  c:\n",
            "monitoring.b",
            "monitoring:\n  a:\n\n  c:\n",
        ),
        (
            "monitoring:\n  a:\n  b:",
            "monitoring.b",
            "monitoring:\n  a:",
        ),
        (
            "plan:\n  auteurs:\n    - a\n    - b\n",
            "plan.auteurs.0",
            "plan:\n  auteurs:\n    - b\n",
        ),
        (
            "plan:\n  auteurs: [a]\n",
            "plan.auteurs.0",
            "plan:\n  auteurs: []\n",
        ),
    ] {
        changes(before, &remove(at), after);
    }
}

#[test]
fn an_item_with_keys_stays_one() {
    let plan = "gebruikers:\n  a:\n    veranderingen:\n      - ist: x\n";
    let message =
        "gebruikers.a.veranderingen[0]: a mapping, which cannot be replaced by a text or list";
    refused(plan, &set("gebruikers.a.veranderingen.0", "x"), message);
}

#[test]
fn line_ends_of_two_kinds_stay() {
    let before = "monitoring:\r\n  a:\n  b: {doel: é}";
    changes(
        before,
        &move_to("monitoring.a", 1),
        "monitoring:\r\n  b: {doel: é}\r\n  a:",
    );
}

#[test]
fn things_and_items_are_moved() {
    for (before, at, to, after) in [
        (
            "monitoring:\n  a: {}\n\n  # over b\n  b:\n    data: x\n\n  c:\n",
            "monitoring.b",
            0,
            "monitoring:\n  # over b\n  b:\n    data: x\n\n  a: {}\n\n  c:\n",
        ),
        (
            "monitoring:\n  a:\n\n  b:\n\n  c:\n",
            "monitoring.a",
            1,
            "monitoring:\n  b:\n\n  a:\n\n  c:\n",
        ),
        (
            "monitoring:\n  a:\n  b:\n  c:",
            "monitoring.a",
            2,
            "monitoring:\n  b:\n  c:\n  a:",
        ),
        (
            "monitoring:\n  a:\n  b:\n  c:",
            "monitoring.c",
            0,
            "monitoring:\n  c:\n  a:\n  b:",
        ),
        (
            "plan:\n  auteurs: [a, b , c]\n",
            "plan.auteurs.2",
            0,
            "plan:\n  auteurs: [c, a , b]\n",
        ),
        (
            "plan:\n  auteurs:\n  - a # x\n  - |\n    b\n",
            "plan.auteurs.1",
            0,
            "plan:\n  auteurs:\n  - |\n    b\n  - a # x\n",
        ),
        (
            "monitoring:\r\n  a:\r\n  b: # c\r\n",
            "monitoring.b",
            0,
            "monitoring:\r\n  b: # c\r\n  a:\r\n",
        ),
    ] {
        changes(before, &move_to(at, to), after);
    }
}

#[test]
fn an_id_is_renamed_everywhere() {
    let before = "\
betrokken_groepen:
  managers: {rol: leidinggevende}  # de managers
gebruikers:
  'managers':
    veranderingen: []
implementatiedoelen:
  a: {groep: managers, naam: Voor de managers}
  b: {groep: \"managers\"}
contextanalyse:
  factoren:
    x: {groep: managrs}
implementatieteam:
  trekker: {vertegenwoordigt: [hulpverleners, managers]}
uitzonderingen:
  niet-gebruikt: {bij: managers, reden: x}
  id-vorm: {bij: [betrokken_groepen.managers, gebruikers.managers.veranderingen], reden: x}
";
    let after = before
        .replace("  managers: {", "  leiding: {")
        .replace("'managers'", "'leiding'")
        .replace("groep: managers", "groep: leiding")
        .replace("\"managers\"", "\"leiding\"")
        .replace("managrs", "leiding")
        .replace(", managers]", ", leiding]")
        .replace("bij: managers", "bij: leiding")
        .replace("betrokken_groepen.managers", "betrokken_groepen.leiding")
        .replace("gebruikers.managers", "gebruikers.leiding");
    changes(
        before,
        &rename("betrokken_groepen.managers", "leiding"),
        &after,
    );
}

#[test]
fn a_renamed_publication_is_cited_by_its_new_id() {
    let before = "\
plan:
  aanleiding: |
    Zie de-bron [@de-bron; @ander], `[@de-bron]` en
    [@de-bron].
  samenvatting: \"Ook [\\u0040de-bron]: x\"
risicos:
  a: {naam: de-bron}
beschrijving_interventie:
  effecten: {e: {bron: [de-bron, interviews]}}
literatuur:
  de-bron:
  ander:
";
    let after = "\
plan:
  aanleiding: |
    Zie de-bron [@null; @ander], `[@de-bron]` en
    [@null].
  samenvatting: \"Ook [\\u0040null]: x\"
risicos:
  a: {naam: de-bron}
beschrijving_interventie:
  effecten: {e: {bron: [\"null\", interviews]}}
literatuur:
  null:
  ander:
";
    changes(before, &rename("literatuur.de-bron", "null"), after);
}

const PLAN: &str = "plan:\n  titel: x\n  auteurs: [a]\nmonitoring:\n  a:\nliteratuur: {b: }\n";

#[test]
fn what_cannot_be_changed_is_refused_with_a_reason() {
    for (change, message) in [
        (
            set("plan.onzin", "x"),
            "plan.onzin: no such place in the plan",
        ),
        (set("plan.titel.x", "x"), "plan.titel: not a mapping"),
        (
            set("plan", "x"),
            "plan: a mapping, which cannot be replaced by a text or list",
        ),
        (
            set("", "x"),
            "the whole plan: a mapping, which cannot be replaced by a text or list",
        ),
        (add_item("", None, "x".into()), "the whole plan: not a list"),
        (
            set("plan.auteurs.3", "x"),
            "plan.auteurs[3]: no such place in the plan",
        ),
        (
            set("plan.titel", "\u{7}"),
            "a text with the character U+0007, which a plan cannot contain",
        ),
        (
            set("monitoring.B.data", "x"),
            "\"B\" is not an id: it needs lower-case letters, digits and hyphens",
        ),
    ] {
        refused(PLAN, &change, message);
    }
}

#[test]
fn what_cannot_be_added_moved_or_renamed_is_refused_with_a_reason() {
    for (change, message) in [
        (clear("plan.taal"), "plan.taal: no such place in the plan"),
        (add("monitoring", "a"), "monitoring.a: the id is taken"),
        (
            add("literatuur", "interviews"),
            "literatuur.interviews: the id is taken",
        ),
        (
            add("plan", "a"),
            "plan.a: neither a thing with an id nor an item of a list",
        ),
        (
            add_item("plan.titel", None, "x".into()),
            "plan.titel: not a list",
        ),
        (set_list("plan.titel", &["x"]), "plan.titel: not a list"),
        (
            remove("plan.titel"),
            "plan.titel: neither a thing with an id nor an item of a list",
        ),
        (
            move_to("plan", 0),
            "plan: neither a thing with an id nor an item of a list",
        ),
        (
            rename("plan.titel", "x"),
            "plan.titel: neither a thing with an id nor an item of a list",
        ),
        (
            rename("monitoring.a", "A"),
            "\"A\" is not an id: it needs lower-case letters, digits and hyphens",
        ),
    ] {
        refused(PLAN, &change, message);
    }
}

#[test]
fn deep_values_and_long_ids_are_refused() {
    let nested =
        |levels| (0..levels).fold(Content::from("x"), |inner, _| Content::List(vec![inner]));
    let result = |levels| apply(PLAN, &set("plan.auteurs", nested(levels)));
    assert!(!matches!(result(16), Err(EditError::TooLarge)));
    assert!(matches!(result(17), Err(EditError::TooLarge)));
    assert!(apply(PLAN, &add("monitoring", &"a".repeat(200))).is_ok());
    let error = apply(PLAN, &add("monitoring", &"a".repeat(201))).unwrap_err();
    assert!(matches!(error, EditError::MalformedId { .. }), "{error}");
}

#[test]
fn only_what_stands_before_a_fault_can_be_changed() {
    let plan = "plan:\n  titel: x\nmonitoring:\n  a: [\n  b: c\nrisicos:\n  r:\n";
    changes(plan, &set("plan.titel", "y"), &plan.replace('x', "y"));
    changes(
        plan,
        &set("plan.taal", "nl"),
        &plan.replace("x\n", "x\n  taal: nl\n"),
    );
    for (change, at) in [
        (set("versie", "1"), "versie"),
        (set("risicos.r.naam", "x"), "risicos.r.naam"),
        (add("risicos", "s"), "risicos"),
        (set("monitoring.b.data", "x"), "monitoring.b.data"),
    ] {
        refused(
            plan,
            &change,
            &format!("{at}: in or behind a part of the file that cannot be read"),
        );
    }
    let alias = "plan:\n  titel: *x\n  taal: nl\n";
    refused(
        alias,
        &set("plan.titel", "x"),
        "plan.titel: in or behind a part of the file that cannot be read",
    );
    changes(alias, &set("plan.taal", "en"), &alias.replace("nl", "en"));
}

/// Asserts the text after a thing is removed with everything that names it.
#[track_caller]
fn removes(before: &str, at: &str, after: &str) {
    let document = Document::read(before.as_bytes());
    let changed = remove_with_references(before, &document, &path(at)).unwrap();
    assert_eq!(changed.text, after);
    assert_eq!(
        Tree::of(changed.document.root()),
        Tree::of(Document::read(after.as_bytes()).root())
    );
}

#[test]
fn what_names_a_thing_goes_with_it() {
    let before = "\
betrokken_groepen:
  team: {naam: Het team}
  ouders: {naam: Ouders}
implementatiedoelen:
  a:
    groep: team  # wie
    norm: 80%
  b: {norm: 80%, groep: team}
  c:
    groep: team
contextanalyse:
  niet_uitgevraagd:
    team: Zij waren er niet.
implementatiestrategieen:
  strategieen:
    x:
      inzet: {ouders: inzicht, team: inzicht}
    y:
      inzet:
        team: inzicht
communicatieplan:
  x: {groep: [team, ouders, team]}
  y: {groep: [ouders, team, team]}
  z:
    groep:
      - team
      - ouders

      - team
  al: {groep: [team]}
";
    let after = "\
betrokken_groepen:
  ouders: {naam: Ouders}
implementatiedoelen:
  a:
    norm: 80%
  b: {norm: 80%}
  c:
contextanalyse:
  niet_uitgevraagd:
implementatiestrategieen:
  strategieen:
    x:
      inzet: {ouders: inzicht}
    y:
      inzet:
communicatieplan:
  x: {groep: [ouders]}
  y: {groep: [ouders]}
  z:
    groep:
      - ouders

  al: {groep: []}
";
    removes(before, "betrokken_groepen.team", after);
}
