use super::*;

fn session(text: &str) -> (Session, Reply) {
    let mut session = Session::default();
    let event = Event::Open {
        text: text.to_owned(),
        visited: std::collections::BTreeSet::default(),
        undo: None,
        name: None,
    };
    let reply = session.handle(event);
    (session, reply)
}

fn event(json: &str) -> Event {
    serde_json::from_str(json).unwrap()
}

#[test]
fn the_worked_example_opens_with_every_section() {
    let (mut session, reply) = session(crate::scaffold::EXAMPLE);
    assert_eq!(reply.refused, None);
    for key in crate::plan::Plan::KEYS
        .iter()
        .filter(|key| **key != "versie")
    {
        let reply = session.handle(event(&format!(
            r#"{{"do": "show", "screen": "section", "key": "{key}"}}"#
        )));
        assert_eq!(reply.refused, None, "{key}");
        let main = reply.patches.iter().find(|patch| patch.id == "main");
        if std::env::var("FORM_DUMP").is_ok() {
            let all: String = session
                .shown()
                .iter()
                .map(fragments::Fragment::html)
                .collect();
            std::fs::write(format!("/tmp/form-{key}.html"), all).unwrap();
        }
        assert!(main.is_some() || *key == "plan", "{key}");
    }
}

#[test]
fn an_edit_sends_few_fragments_and_can_be_taken_back() {
    let (mut session, _) = session(crate::scaffold::EXAMPLE);
    session.handle(event(
        r#"{"do": "show", "screen": "section", "key": "implementatiedoelen"}"#,
    ));
    let path = r#"["implementatiedoelen", "psycho-educatie-toepassen", "termijn"]"#;
    let edit = format!(r#"{{"do": "edit", "path": {path}, "value": "3 maandn"}}"#);
    let reply = session.handle(event(&edit));
    assert_eq!(reply.refused, None);
    for patch in &reply.patches {
        println!("{}: {}", patch.id, patch.html);
    }
    assert!(reply.patches.len() < 9, "{}", reply.patches.len());
    let reply = session.handle(event(r#"{"do": "undo"}"#));
    assert_eq!(reply.text.as_deref(), Some(crate::scaffold::EXAMPLE));
}
