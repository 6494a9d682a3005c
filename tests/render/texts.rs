//! `--to docx`, `--to odt` and `--to pdf`, and the form of `new --to docx`: documents for programs for text.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io::{Cursor, Read as _};

use planmaker::scaffold::{Answers, EXAMPLE, Form, Group};
use planmaker::{Format, Language, Layout, Request, Words, blank_form, docx, odt, render};
use quick_xml::Reader;
use quick_xml::events::Event;

use crate::command::{folder, names, outcome, planmaker};
use crate::support::with_view;

/// The parts of a file by their names, each of which is well-formed.
fn parts(bytes: &[u8]) -> BTreeMap<String, String> {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    let mut parts = BTreeMap::new();
    for index in 0..archive.len() {
        let mut file = archive.by_index(index).unwrap();
        let mut text = String::new();
        file.read_to_string(&mut text).unwrap();
        let name = file.name().unwrap().into_owned();
        if name != "mimetype" {
            check_xml(&text);
        }
        parts.insert(name, text);
    }
    parts
}

fn check_xml(text: &str) {
    let mut reader = Reader::from_str(text);
    let mut depth = 0;
    loop {
        match reader.read_event().unwrap() {
            Event::Start(tag) => {
                depth += 1;
                assert!(tag.attributes().all(|it| it.is_ok()), "{}", &*tag);
            }
            Event::Empty(tag) => assert!(tag.attributes().all(|it| it.is_ok()), "{}", &*tag),
            Event::End(_) => depth -= 1,
            Event::GeneralRef(name) => {
                assert!(["amp", "lt", "gt", "quot"].contains(&&*name), "{}", &*name);
            }
            Event::Text(_) | Event::Decl(_) => {}
            Event::Eof => break,
            other => panic!("{other:?}"),
        }
    }
    assert_eq!(depth, 0);
    let is_allowed = |c: char| !c.is_control() || c == '\n';
    assert!(text.chars().all(is_allowed));
}

fn both(plan: &str, layout: Layout<'_>) -> [BTreeMap<String, String>; 2] {
    with_view(plan, |view, _| {
        let request = Request {
            layout,
            ..Format::Html.into()
        };
        let page = render(view, request).unwrap();
        [docx(view, &page, None).unwrap(), odt(view, &page).unwrap()]
    })
    .map(|bytes| parts(&bytes))
}

/// The main part of each file.
fn texts(plan: &str, layout: Layout<'_>) -> [String; 2] {
    let [mut word, mut open] = both(plan, layout);
    let part = |parts: &mut BTreeMap<String, String>, name| parts.remove(name).unwrap();
    [
        part(&mut word, "word/document.xml"),
        part(&mut open, "content.xml"),
    ]
}

/// What stands between two texts, each time.
fn between<'t>(text: &'t str, start: &str, end: &str) -> Vec<&'t str> {
    let pieces = text.split(start).skip(1);
    pieces.filter_map(|it| it.split(end).next()).collect()
}

#[test]
fn chapters_are_headings_and_the_contents_name_them() {
    let [word, open] = texts(EXAMPLE, Layout::Plan);
    let chapters = between(&word, "<w:pStyle w:val=\"Heading1\"/>", "</w:p>").len();
    assert!(chapters >= 20, "{chapters}");
    assert_eq!(
        between(&word, "<w:pStyle w:val=\"TOC1\"/>", "</w:p>").len(),
        chapters
    );
    assert_eq!(word.matches(" TOC \\o \"1-1\" ").count(), 1);
    let headings = between(&open, "<text:h ", ">");
    let is_chapter = |it: &&&str| it.ends_with("text:outline-level=\"1\"");
    assert_eq!(headings.iter().filter(is_chapter).count(), chapters);
    assert_eq!(
        between(
            &open,
            "<text:p text:style-name=\"Contents_20_1\">",
            "</text:p>"
        )
        .len(),
        chapters
    );
}

#[test]
fn links_lead_to_places_in_the_document() {
    let [word, open] = texts(EXAMPLE, Layout::Plan);
    let places: BTreeSet<&str> = between(&word, "<w:bookmarkStart w:id=\"", "/>")
        .into_iter()
        .collect();
    let links = between(&word, "w:anchor=\"", "\"");
    assert!(links.len() > 300, "{}", links.len());
    let is_place = |link: &&&str| {
        places
            .iter()
            .any(|it| it.ends_with(&format!("w:name=\"{link}\"")))
    };
    assert_eq!(links.iter().find(|link| !is_place(link)), None);
    for link in between(&open, "xlink:href=\"#", "\"") {
        assert!(
            open.contains(&format!("<text:bookmark text:name=\"{link}\"/>")),
            "{link}"
        );
    }
}

#[test]
fn tables_repeat_their_headings_and_have_no_other_use() {
    for layout in [
        Layout::Plan,
        Layout::Summary,
        Layout::Progress,
        Layout::RedThread,
    ] {
        let [word, open] = texts(EXAMPLE, layout);
        assert_eq!(
            word.matches("<w:tbl>").count(),
            word.matches("<w:tblHeader/>").count()
        );
        assert_eq!(
            open.matches("<table:table ").count(),
            open.matches("<table:table-header-rows>").count()
        );
        for other in ["<w:drawing", "<w:pict", "txbx", "<draw:"] {
            assert!(!word.contains(other) && !open.contains(other), "{other}");
        }
    }
}

#[test]
fn files_know_their_language_title_authors_and_day() {
    for (language, tag) in [("nl", "nl-NL"), ("en", "en-GB")] {
        let plan = format!(
            "plan: {{titel: 'Een & ander', taal: {language}, auteurs: [An, Bo], datum: 2027-02-03}}\n"
        );
        let [word, open] = both(&plan, Layout::Plan);
        let core = &word["docProps/core.xml"];
        for said in [
            "<dc:title>Een &amp; ander</dc:title>".to_owned(),
            format!("<dc:language>{tag}</dc:language>"),
            "2027-02-03T00:00:00Z".to_owned(),
        ] {
            assert!(core.contains(&said), "{core}");
        }
        assert!(core.contains("<dc:creator>An"), "{core}");
        assert!(word["word/styles.xml"].contains(&format!("<w:lang w:val=\"{tag}\"")));
        let meta = &open["meta.xml"];
        assert!(
            meta.contains("<dc:title>Een &amp; ander</dc:title>"),
            "{meta}"
        );
        assert!(
            meta.contains(&format!("<dc:language>{tag}</dc:language>")),
            "{meta}"
        );
    }
}

#[test]
fn prose_becomes_lists_tables_and_links() {
    let prose = "Een **vet**, *schuin* en ~~weg~~ woord met `code`.\n\n3. drie\n4. vier\n   - daarin\n\n> geciteerd\n\n\
                 | a | b |\n|---|--:|\n| c | 1 |\n\n[hier](https://voorbeeld.nl/?a=1&b=2)\n\n    if  (x)\n      y\n";
    let indented = prose.replace('\n', "\n      ");
    let plan = format!("plan:\n  titel: Proef\n  aanleiding: |\n      {indented}\n");
    let [word, open] = both(&plan, Layout::Plan);
    let (text, numbers) = (&word["word/document.xml"], &word["word/numbering.xml"]);
    for said in [
        "<w:b/><w:bCs/></w:rPr><w:t xml:space=\"preserve\">vet</w:t>",
        "<w:i/><w:iCs/></w:rPr><w:t xml:space=\"preserve\">schuin</w:t>",
        "<w:strike/></w:rPr><w:t xml:space=\"preserve\">weg</w:t>",
        "<w:pStyle w:val=\"ListNumber\"/><w:numPr><w:ilvl w:val=\"0\"/><w:numId w:val=\"3\"/>",
        "<w:pStyle w:val=\"ListBullet\"/><w:numPr><w:ilvl w:val=\"1\"/><w:numId w:val=\"1\"/>",
        "<w:pStyle w:val=\"Quote\"/>",
        "<w:t xml:space=\"preserve\">  y</w:t>",
    ] {
        assert!(text.contains(said), "{said}\n{text}");
    }
    assert!(
        numbers.contains("<w:startOverride w:val=\"3\"/>"),
        "{numbers}"
    );
    assert!(
        word["word/_rels/document.xml.rels"]
            .contains("Target=\"https://voorbeeld.nl/?a=1&amp;b=2\" TargetMode=\"External\"")
    );
    let content = &open["content.xml"];
    for said in [
        "<text:span text:style-name=\"Strong_20_Emphasis\">vet</text:span>",
        "<text:list text:style-name=\"Plan_20_Numbers\"><text:list-item text:start-value=\"3\">",
        "xlink:href=\"https://voorbeeld.nl/?a=1&amp;b=2\"",
        "<text:s text:c=\"2\"/>y",
    ] {
        assert!(content.contains(said), "{said}\n{content}");
    }
}

#[test]
fn texts_of_a_plan_stay_texts() {
    let hostile = [
        "</w:t></w:r><w:r><w:instrText> HYPERLINK \"http://x\" </w:instrText>",
        "{ HYPERLINK \"http://x\" } { DDEAUTO c:\\\\windows\\\\system32\\\\cmd.exe }",
        "]]> <![CDATA[x]]> <!-- x --> <?x y?>",
        "&lt;b&gt; &#60;b&#62; &#x1; &onbekend; &amp;amp;",
        "a\u{202e}b\u{200f}c\u{0}d\u{1b}e\u{fffe}f\u{1f}",
        "<table><tr><td>x</table> <style>p{} <script>1</script> <svg><br>",
        "javascript:alert(1) [x](javascript:alert(1)) [y](file:///etc/passwd) ![z](http://x/a.png)",
        "𝄞 é \u{301} _x0041_ \t tab",
    ];
    for text in hostile {
        let quoted = serde_json::Value::from(text).to_string();
        let plan = format!(
            "plan: {{titel: {quoted}, auteurs: {quoted}, organisaties: {quoted}, aanleiding: {quoted}}}\n\
             betrokken_groepen: {{a: {{naam: {quoted}, toelichting: {quoted}, rol: uitvoerder, belang: veel, invloed: veel}}}}\n\
             literatuur: {{b: {{tekst: {quoted}, url: {quoted}}}}}\n"
        );
        let [word, open] = both(&plan, Layout::Plan);
        let document = &word["word/document.xml"];
        assert_eq!(document.matches("<w:instrText").count(), 1, "{text}");
        assert_eq!(word.keys().count(), 12, "{text}");
        let links = &word["word/_rels/document.xml.rels"];
        for link in between(links, "<Relationship ", "/>") {
            let is_inside = !link.contains("TargetMode=\"External\"");
            assert!(
                is_inside || link.contains("Target=\"http"),
                "{text}: {link}"
            );
        }
        for address in between(&open["content.xml"], "xlink:href=\"", "\"") {
            assert!(
                address.starts_with("http") || address.starts_with('#'),
                "{address}"
            );
        }
    }
}

#[test]
fn the_same_page_gives_the_same_bytes() {
    with_view(EXAMPLE, |view, _| {
        let page = render(view, Format::Html).unwrap();
        assert!(docx(view, &page, None).unwrap() == docx(view, &page, None).unwrap());
        assert!(odt(view, &page).unwrap() == odt(view, &page).unwrap());
    });
}

#[test]
fn pages_that_are_no_xml_are_read_as_far_as_they_make_sense() {
    let pages = [
        "",
        "tekst",
        "<body>",
        "<body><main><p>a<p>b<ul><li>c<li>d</main>",
        "<body><main></p></div><table><tr><td colspan=9999>a<td>b<tr><td>c</table></main>",
        "<body><main><table></table><td>x</td><a href>y</a><br><hr/><p class=x>z &nbsp; & &nope;</main>",
        "<body><main><h1></h1><ul></ul><dl></dl><pre></pre><figure></figure><blockquote></blockquote>",
        "<body><main><p>voor</p><style>p > a { } <p>na</p>",
        "<body><main><!-- <p> --><![CDATA[<p>]]><",
    ];
    with_view("plan: {titel: a}\n", |view, _| {
        for page in pages {
            parts(&docx(view, page, None).unwrap());
            parts(&odt(view, page).unwrap());
        }
        let deep = format!("<body><main>{}", "<ul><li>".repeat(5_000));
        parts(&docx(view, &deep, None).unwrap());
        parts(&odt(view, &(deep + "diep")).unwrap());
    });
}

#[test]
fn plans_with_many_activities_have_all_of_them() {
    let activities: String = (0..1_000)
        .map(|nr| {
            format!("    a{nr}: {{naam: Activiteit {nr}, start: 2027-01-04, einde: 2027-02-05}}\n")
        })
        .collect();
    let plan =
        format!("plan: {{titel: Groot}}\nplanning_en_budget:\n  activiteiten:\n{activities}");
    for text in texts(&plan, Layout::Plan) {
        assert!((0..1_000).all(|nr| text.contains(&format!(">Activiteit {nr}<"))));
    }
}

#[test]
fn formats_for_text_are_written_for_every_view() {
    let folder = folder();
    let plan = "versie: 1\nplan: {titel: Mijn plan}\nbetrokken_groepen: {team: {rol: uitvoerder, belang: veel, invloed: veel}}\ngebruikers: {team: {}}\n";
    fs::write(folder.path().join("plan.yaml"), plan).unwrap();
    let views = "plan,samenvatting,groep,rode-draad,voortgang,gesprek";
    let output = planmaker(
        folder.path(),
        &["render", "--to", "docx,odt", "--view", views, "-o", "uit/"],
    );
    assert_eq!(output.status.code(), Some(0), "{:?}", outcome(&output));
    assert_eq!(names(&folder.path().join("uit")).len(), 12);
    let output = planmaker(folder.path(), &["render", "-o", "Mijn.DOCX"]);
    assert_eq!(output.status.code(), Some(0), "{:?}", outcome(&output));
    let file = fs::read(folder.path().join("Mijn.DOCX")).unwrap();
    let output = planmaker(folder.path(), &["render", "--to", "docx", "-o", "-"]);
    assert!(output.stdout == file);
}

#[test]
fn own_templates_are_in_files_for_text_too() {
    let folder = folder();
    let at = |name: &str| folder.path().join(name);
    fs::write(at("plan.yaml"), "versie: 1\nplan: {titel: Mijn plan}\n").unwrap();
    fs::create_dir_all(at("eigen/partials")).unwrap();
    let own = "{% from 'vocabulary.j2' import heading %}{{ heading(2, 'Van ons', id='ons') }}<p>Eigen <b>tekst</b></p>";
    fs::write(at("eigen/partials/literatuur.j2"), own).unwrap();
    let output = planmaker(
        folder.path(),
        &["render", "--to", "docx", "--templates", "eigen"],
    );
    assert_eq!(output.status.code(), Some(0), "{:?}", outcome(&output));
    let parts = parts(&fs::read(at("plan.docx")).unwrap());
    let text = &parts["word/document.xml"];
    assert!(
        text.contains(">Van ons<") && text.contains(">tekst<"),
        "{text}"
    );
}

#[cfg(unix)]
#[test]
fn pdf_is_what_the_browser_prints_or_nothing() {
    use std::os::unix::fs::PermissionsExt as _;

    let folder = folder();
    let at = |name: &str| folder.path().join(name);
    fs::write(at("plan.yaml"), "versie: 1\nplan: {titel: Mijn plan}\n").unwrap();
    let browser = |script: &str| {
        let find = "for a in \"$@\"; do case $a in --print-to-pdf=*) pdf=${a#*=};; file:*) page=${a#file://};; esac; done";
        fs::write(at("browser"), format!("#!/bin/sh\n{find}\n{script}\n")).unwrap();
        fs::set_permissions(at("browser"), fs::Permissions::from_mode(0o755)).unwrap();
    };
    let run = || {
        let path = at("browser");
        let args = ["render", "--to", "pdf", "--browser", path.to_str().unwrap()];
        planmaker(folder.path(), &args)
    };
    browser("exit 3");
    let (status, text) = outcome(&run());
    assert_eq!(status, Some(2), "{text}");
    assert!(text.contains("zonder een pdf te maken"), "{text}");
    assert_eq!(names(folder.path()), ["browser", "plan.yaml"]);
    browser("{ printf '%%PDF-1.7 '; grep -c 'Mijn plan' \"$page\"; printf '%%%%EOF'; } >\"$pdf\"");
    let (status, text) = outcome(&run());
    assert_eq!(status, Some(0), "{text}");
    assert!(fs::read(at("plan.pdf")).unwrap().starts_with(b"%PDF-1.7 "));
    let args = ["render", "--to", "pdf", "--browser", "bestaat-niet"];
    let (status, text) = outcome(&planmaker(folder.path(), &args));
    assert_eq!(status, Some(2), "{text}");
    assert!(text.contains("Er is geen browser ‘bestaat-niet’"), "{text}");
    let args = ["render", "--browser", "browser"];
    let (status, text) = outcome(&planmaker(folder.path(), &args));
    assert_eq!(status, Some(2), "{text}");
    assert!(text.contains("--naar pdf"), "{text}");
}

#[test]
fn form_has_a_question_for_every_section_and_the_groups_that_are_named() {
    let groups = ["Consulenten:uitvoerder:veel:veel", "Raad & co:beslisser"];
    let answers = Answers {
        title: Some("Stress <bespreken>".to_owned()),
        groups: groups
            .iter()
            .filter_map(|group| Group::parse(group))
            .collect(),
        ..Answers::default()
    };
    for language in [Language::Dutch, Language::English] {
        let words = Words::of(language);
        for every_key in [false, true] {
            let form = Form {
                every_key,
                ..Form::default()
            };
            let parts = parts(&blank_form(words, &answers, form).unwrap());
            let text = &parts["word/document.xml"];
            for section in planmaker::Plan::SECTIONS {
                let question = words.field(section, planmaker::FieldText::Question);
                let question = question.replace('&', "&amp;");
                assert!(text.contains(&question), "{section}");
            }
            for said in ["Stress &lt;bespreken&gt;", "Consulenten", "Raad &amp; co"] {
                assert!(text.contains(said), "{said}");
            }
            assert!(!text.contains("??"), "{text}");
        }
    }
}

#[test]
fn form_is_written_by_option_or_name_and_never_over_another_file() {
    let folder = folder();
    let at = |name: &str| folder.path().join(name);
    fs::remove_file(at("plan.yaml")).unwrap_or_default();
    for (args, name) in [
        (vec!["new", "--to", "docx"], "plan.docx"),
        (vec!["new", "vragen.docx"], "vragen.docx"),
        (vec!["new", "--naar", "docx", "x.doc"], "x.doc"),
    ] {
        let (status, text) = outcome(&planmaker(folder.path(), &args));
        assert_eq!(status, Some(0), "{text}");
        assert!(fs::read(at(name)).unwrap().starts_with(b"PK"), "{name}");
    }
    let (status, text) = outcome(&planmaker(folder.path(), &["new", "--to", "docx"]));
    assert_eq!(status, Some(2), "{text}");
    assert_eq!(names(folder.path()), ["plan.docx", "vragen.docx", "x.doc"]);
}
