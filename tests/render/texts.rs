//! `--to docx`, `--to odt` and `--to pdf`, and the form of `new --to docx`: documents for programs for text.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io::{Cursor, Read as _};

use planmaker::scaffold::{Answers, EXAMPLE, Form, Group};
use planmaker::{
    Format, Language, Layout, LeftOut, Reference, ReferenceError, Request, Words, blank_form, docx,
    odt, render,
};
use quick_xml::Reader;
use quick_xml::events::Event;

use crate::command::{folder, names, outcome, planmaker};
use crate::support::with_view;

/// The parts of a file by their names, each of which is well-formed.
fn parts(bytes: &[u8]) -> BTreeMap<String, String> {
    let parts = unpacked(bytes);
    for (_, text) in parts.iter().filter(|(name, _)| *name != "mimetype") {
        check_xml(text);
    }
    parts
}

/// The parts of a file by their names.
pub fn unpacked(bytes: &[u8]) -> BTreeMap<String, String> {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    let mut parts = BTreeMap::new();
    for index in 0..archive.len() {
        let mut file = archive.by_index(index).unwrap();
        let mut text = String::new();
        file.read_to_string(&mut text).unwrap();
        let name = file.name().unwrap().into_owned();
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
    let activities: Vec<String> = (0..1_000)
        .map(|nr| {
            format!("    a{nr}: {{naam: Activiteit {nr}, start: 2027-01-04, einde: 2027-02-05}}\n")
        })
        .collect();
    let activities = activities.concat();
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

/// A Word file with these parts besides those that it must have.
fn word_file(parts: &[(&str, &[u8])]) -> Vec<u8> {
    let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in parts {
        let options = zip::write::SimpleFileOptions::default();
        writer.start_file(*name, options).unwrap();
        std::io::Write::write_all(&mut writer, bytes).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

const W: &str = "xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\" xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\"";

/// A house style with everything that is taken, and much that is not.
fn house() -> Vec<u8> {
    let document = format!(
        "<w:document {W}><w:body><w:p><w:r><w:t>GEHEIM</w:t></w:r></w:p><w:sectPr><w:headerReference w:type=\"default\" r:id=\"h\"/>\
         <w:pgSz w:w=\"11000\" w:h=\"16000\"/><w:pgMar w:top=\"1500\" w:right=\"1400\" w:bottom=\"1300\" w:left=\"1200\" w:header=\"700\" w:footer=\"600\"/></w:sectPr></w:body></w:document>"
    );
    let relations = |all: &str| format!("<Relationships>{all}</Relationships>");
    let of_document =
        relations("<Relationship Id=\"h\" Type=\"x/header\" Target=\"header9.xml\"/>");
    let of_header = relations(
        "<Relationship Id=\"p\" Type=\"x/image\" Target=\"media/logo.png\"/>\
         <Relationship Id=\"o\" Type=\"x/image\" Target=\"http://GEHEIM/x.png\" TargetMode=\"External\"/>\
         <Relationship Id=\"m\" Type=\"x/image\" Target=\"media/GEHEIM.bin\"/>",
    );
    let picture = |id: &str| {
        format!(
            "<w:r><w:drawing><wp:inline><a:graphic><pic:pic><pic:blipFill><a:blip r:embed=\"{id}\" r:link=\"o\"/></pic:blipFill></pic:pic></a:graphic></wp:inline></w:drawing></w:r>"
        )
    };
    let header = format!(
        "<w:hdr {W} xmlns:wp=\"a\" xmlns:a=\"b\" xmlns:pic=\"c\" xmlns:mc=\"d\"><w:p><w:pPr><w:pStyle w:val=\"Koptekst\"/></w:pPr><w:r><w:t>Gemeente &amp; zo</w:t></w:r>\
         {}{}<w:hyperlink r:id=\"o\"><w:r><w:t>link</w:t></w:r></w:hyperlink><w:fldSimple w:instr=\" PAGE \"><w:r><w:t>1</w:t></w:r></w:fldSimple>\
         <w:fldSimple w:instr=\" INCLUDEPICTURE GEHEIM \"><w:r><w:t>veld</w:t></w:r></w:fldSimple>\
         <mc:AlternateContent><w:r><w:t>GEHEIM</w:t></w:r></mc:AlternateContent><w:altChunk r:id=\"GEHEIM\"/></w:p></w:hdr>",
        picture("p"),
        picture("m")
    );
    let styles = format!(
        "<w:styles {W}><w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:ascii=\"Huisletter\"/><w:lang w:val=\"fr-FR\"/></w:rPr></w:rPrDefault></w:docDefaults>\
         <w:style w:type=\"paragraph\" w:default=\"1\" w:styleId=\"Standaard\"><w:name w:val=\"Normal\"/></w:style>\
         <w:style w:type=\"paragraph\" w:styleId=\"Kop1\"><w:name w:val=\"heading 1\"/><w:basedOn w:val=\"Standaard\"/><w:pPr><w:numPr><w:numId w:val=\"7\"/></w:numPr></w:pPr><w:rPr><w:color w:val=\"C00020\"/></w:rPr></w:style>\
         <w:style w:type=\"paragraph\" w:styleId=\"Title\"><w:name w:val=\"Iets anders\"/></w:style></w:styles>"
    );
    word_file(&[
        ("word/document.xml", document.as_bytes()),
        ("word/_rels/document.xml.rels", of_document.as_bytes()),
        ("word/styles.xml", styles.as_bytes()),
        ("word/header9.xml", header.as_bytes()),
        ("word/_rels/header9.xml.rels", of_header.as_bytes()),
        ("word/media/logo.png", b"logo"),
        ("word/media/GEHEIM.bin", b"GEHEIM"),
        ("word/vbaProject.bin", b"GEHEIM"),
        ("word/comments.xml", b"<GEHEIM/>"),
    ])
}

#[allow(clippy::too_many_lines, reason = "a list of what is taken")]
#[test]
fn house_style_is_taken_and_nothing_else_of_its_file() {
    let reference = Reference::read(&house()).unwrap();
    let left_out: Vec<LeftOut> = reference.left_out().collect();
    assert_eq!(
        left_out,
        [LeftOut::Macros, LeftOut::Outside, LeftOut::Parts]
    );
    let bytes = with_view(EXAMPLE, |view, _| {
        let page = render(view, Format::Html).unwrap();
        docx(view, &page, Some(&reference)).unwrap()
    });
    let mut archive = zip::ZipArchive::new(Cursor::new(&bytes)).unwrap();
    let mut parts = BTreeMap::new();
    for index in 0..archive.len() {
        let mut file = archive.by_index(index).unwrap();
        let mut bytes = Vec::new();
        file.read_to_end(&mut bytes).unwrap();
        let name = file.name().unwrap().into_owned();
        parts.insert(name, String::from_utf8(bytes).unwrap());
    }
    for (name, part) in &parts {
        assert!(
            !part.contains("GEHEIM") && !name.contains("GEHEIM"),
            "{name}: {part}"
        );
        if !name.starts_with("word/media/") {
            check_xml(part);
        }
    }
    assert_eq!(parts["word/media/picture1.png"], "logo");
    let header = &parts["word/header0.xml"];
    assert_eq!(header.matches("<w:drawing>").count(), 1, "{header}");
    for said in [
        "Gemeente &amp; zo",
        ">link<",
        ">veld<",
        "w:instr=\" PAGE \"",
        "r:embed=\"p\"",
    ] {
        assert!(header.contains(said), "{said}: {header}");
    }
    let styles = &parts["word/styles.xml"];
    for said in [
        "w:ascii=\"Huisletter\"",
        "<w:lang w:val=\"nl-NL\"",
        "w:styleId=\"Heading1\"><w:name w:val=\"heading 1\"/><w:basedOn w:val=\"Normal\"/>",
        "w:styleId=\"HouseTitle\"",
        "w:styleId=\"Title\"><w:name w:val=\"Title\"/>",
    ] {
        assert!(styles.contains(said), "{said}: {styles}");
    }
    assert!(
        !styles.contains("w:numPr") && !styles.contains("fr-FR"),
        "{styles}"
    );
    let document = &parts["word/document.xml"];
    for said in [
        "w:w=\"11000\" w:h=\"16000\"",
        "w:top=\"1500\" w:right=\"1400\" w:bottom=\"1300\" w:left=\"1200\"",
    ] {
        assert!(document.contains(said), "{said}");
    }
}

#[test]
fn files_that_are_no_house_style_are_refused() {
    let encrypted: Vec<u8> = [0xD0, 0xCF, 0x11, 0xE0]
        .into_iter()
        .chain("EncryptedPackage".bytes().flat_map(|b| [b, 0]))
        .collect();
    let document = b"<w:document><w:body/></w:document>";
    let bomb = vec![b' '; 9 << 20];
    let bombs = vec![b' '; 7 << 20];
    let full = [b"<w:styles>", bombs.as_slice(), b"</w:styles>"].concat();
    for (bytes, why) in [
        (b"tekst".to_vec(), ReferenceError::NotWord),
        (Vec::new(), ReferenceError::NotWord),
        (encrypted, ReferenceError::Encrypted),
        (vec![0; Reference::MAX_BYTES + 1], ReferenceError::TooLarge),
        (word_file(&[("iets.txt", b"x")]), ReferenceError::NotWord),
        (
            word_file(&[("word/document.xml", &bomb)]),
            ReferenceError::TooLarge,
        ),
        (
            word_file(&[
                ("word/document.xml", &bombs),
                ("word/_rels/document.xml.rels", &bombs),
                ("word/theme/theme1.xml", &bombs),
                ("word/styles.xml", &full),
            ]),
            ReferenceError::TooLarge,
        ),
        (
            word_file(&[
                ("word/document.xml", document),
                ("word/styles.xml", b"<a><b></a>"),
            ]),
            ReferenceError::NotWord,
        ),
    ] {
        assert_eq!(Reference::read(&bytes).unwrap_err(), why);
    }
    assert!(Reference::read(&word_file(&[("word/document.xml", document)])).is_ok());
    let whole = house();
    for end in (0..whole.len()).step_by(97) {
        let _ = Reference::read(&whole[..end]);
    }
}

#[test]
fn reference_is_for_word_files_and_its_warnings_are_shown() {
    let folder = folder();
    let at = |name: &str| folder.path().join(name);
    fs::write(at("plan.yaml"), "versie: 1\nplan: {titel: Mijn plan}\n").unwrap();
    fs::write(at("huis.docx"), house()).unwrap();
    fs::write(at("plan.txt"), "tekst").unwrap();
    let run = |args: &[&str]| outcome(&planmaker(folder.path(), &[&["render"], args].concat()));
    let (status, text) = run(&["--to", "docx", "--reference", "huis.docx"]);
    assert_eq!(status, Some(0), "{text}");
    assert!(text.contains("de macro’s zijn niet overgenomen"), "{text}");
    for (args, said) in [
        (
            &["--to", "docx", "--reference", "plan.txt"][..],
            "is geen Word-bestand",
        ),
        (
            &["--to", "docx", "--reference", "nergens.docx"],
            "‘nergens.docx’ bestaat niet",
        ),
        (&["--to", "html", "--reference", "huis.docx"], "--to docx"),
    ] {
        let (status, text) = run(args);
        assert_eq!(status, Some(2), "{text}");
        assert!(text.contains(said), "{text}");
    }
}
