//! The red thread in data and in documents.

use planmaker::Format;

use crate::support::{FORMATS, document, shown_text, with_view};

/// A plan with `size` barriers, strategies and activities, each linked to all of the next kind.
fn tangle(size: usize) -> String {
    let list =
        |thing: &dyn Fn(usize) -> String| (0..size).map(thing).collect::<Vec<_>>().join(", ");
    let barriers =
        list(&|nr| format!("f{nr}: {{naam: Belemmering {nr}, richting: belemmerend, invloed: 3}}"));
    let at_barriers = list(&|nr| format!("f{nr}"));
    let strategies =
        list(&|nr| format!("s{nr}: {{naam: Strategie {nr}, belemmeringen: [{at_barriers}]}}"));
    let at_strategies = list(&|nr| format!("s{nr}"));
    let activities =
        list(&|nr| format!("a{nr}: {{naam: Activiteit {nr}, strategieen: [{at_strategies}]}}"));
    format!(
        "versie: 1
contextanalyse: {{factoren: {{{barriers}}}}}
implementatiestrategieen: {{strategieen: {{{strategies}}}}}
planning_en_budget: {{activiteiten: {{{activities}}}}}
"
    )
}

/// The readable text of the chapter about the red thread.
fn chapter(plan: &str, format: Format) -> String {
    let text = shown_text(&document(plan, format), format);
    let (_, after) = text.rsplit_once("De rode draad").unwrap();
    let end = after.find("Bijlage:").unwrap_or(after.len());
    after[..end].to_owned()
}

#[test]
fn data_links_the_steps_by_id() {
    let plan = "versie: 1
contextanalyse: {factoren: {tijd: {naam: Geen tijd, richting: belemmerend, invloed: 3}, los: {richting: belemmerend}}}
implementatiestrategieen: {strategieen: {rooster: {naam: Roosteren, belemmeringen: tijd}, leeg: {belemmeringen: tijd}}}
planning_en_budget: {activiteiten: {maken: {naam: Rooster maken, strategieen: rooster}, weg: {strategieen: leeg, status: vervallen}}}
";
    let json = with_view(plan, |view, _| serde_json::to_value(view)).unwrap();
    let thread = &json["feiten"]["rode_draad"];
    assert_eq!(thread["belemmeringen"][0]["id"], "tijd");
    assert_eq!(
        thread["belemmeringen"][0]["strategieen"],
        serde_json::json!(["rooster", "leeg"])
    );
    assert_eq!(
        thread["strategieen"]["rooster"]["activiteiten"],
        serde_json::json!(["maken"])
    );
    assert_eq!(
        thread["strategieen"]["leeg"]["gaten"],
        serde_json::json!(["geen-activiteit"])
    );
    assert_eq!(thread["activiteiten"]["maken"]["naam"], "Rooster maken");
    assert_eq!(
        thread["activiteiten"]["maken"]["gaten"],
        serde_json::json!(["geen-eigenaar", "geen-inzet"])
    );
    assert!(thread["activiteiten"].get("weg").is_none());
    // Two lines for the barrier with two strategies, and one for the barrier without any.
    assert_eq!(
        (&thread["regels"], &thread["te_lang"]),
        (&3.into(), &false.into())
    );
}

#[test]
fn strategies_and_activities_are_written_out_once_for_a_group() {
    for format in FORMATS {
        let text = chapter(&tangle(5), format);
        assert_eq!(text.matches("Strategie 4").count(), 1, "{format:?}");
        // Each strategy has all activities.
        assert_eq!(text.matches("Activiteit 4").count(), 5, "{format:?}");
    }
}

#[test]
fn long_threads_do_not_grow_with_the_number_of_lines() {
    let plan = tangle(30);
    for format in FORMATS {
        let text = chapter(&plan, format);
        assert_eq!(text.matches("Activiteit 29").count(), 30);
        assert_eq!(text.matches("Strategie 29").count(), 1);
        assert!(document(&plan, format).len() < 1 << 20);
    }
    let json = with_view(&plan, |view, _| serde_json::to_string(view)).unwrap();
    assert!(json.len() < 1 << 20, "{}", json.len());
    let json: serde_json::Value = serde_json::from_str(&json).unwrap();
    let thread = &json["feiten"]["rode_draad"];
    assert_eq!(
        (&thread["regels"], &thread["te_lang"], &thread["bekort"]),
        (&27_000.into(), &true.into(), &false.into())
    );
}

#[test]
fn few_lines_with_many_names_are_too_long() {
    let questions: Vec<String> = (0..100)
        .map(|nr| format!("v{nr}: {{vraag: Hoe?, belemmeringen: [f0, f1, f2, f3, f4]}}"))
        .collect();
    let plan = tangle(5) + &format!("evaluatie: {{vragen: {{{}}}}}\n", questions.join(", "));
    let json = with_view(&plan, |view, _| serde_json::to_value(view)).unwrap();
    let thread = &json["feiten"]["rode_draad"];
    assert_eq!(
        (&thread["regels"], &thread["te_lang"]),
        (&125.into(), &true.into())
    );
}
