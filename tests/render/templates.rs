//! Templates of one's own: what they can replace, and what they cannot do.

use std::fs;
use std::path::Path;

use planmaker::plan::Language;
use planmaker::render::Format;
use planmaker::words::Words;

use crate::reader::with_templates;

const SMALL: &str = "versie: 1\nplan: {titel: Mijn plan}\n";

fn folder(files: &[(&str, &str)]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (name, text) in files {
        let path = folder.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
    folder
}

#[test]
fn a_folder_lies_over_the_templates_file_by_file() {
    let own = folder(&[
        (
            "partials/voorblad.j2",
            "{% include 'eigen/logo.j2' %}<p>{{ plan.plan.titel }}</p>",
        ),
        ("eigen/logo.j2", "<p>Gemeente {{ '<&>' }}</p>"),
        ("page.css", "body { color: #123456 }"),
    ]);
    let page = with_templates(SMALL, Format::Html, own.path()).unwrap();
    assert!(page.contains("<p>Gemeente &lt;&amp;&gt;</p><p>Mijn plan</p>"));
    assert!(page.contains("body { color: #123456 }") && !page.contains("--own-ink"));
    assert!(page.contains("1</span> Beschrijving interventie"));
}

#[track_caller]
fn mistake(files: &[(&str, &str)]) -> String {
    let own = folder(files);
    let error = with_templates(SMALL, Format::Markdown, own.path()).unwrap_err();
    error.message(Words::of(Language::Dutch))
}

#[test]
fn a_mistake_in_a_template_is_told_with_its_place() {
    let message = mistake(&[("partials/voorblad.j2", "\n\n{{ plan.titel }}\n")]);
    assert!(
        message.contains("partials/voorblad.j2, regel 3"),
        "{message}"
    );
    let message = mistake(&[("partials/voorblad.j2", "\n{% if %}\n")]);
    assert!(
        message.contains("partials/voorblad.j2, regel 2"),
        "{message}"
    );
    let message = mistake(&[(
        "vocabulary/markdown.j2",
        "{% macro heading() %}{% endmacro %}",
    )]);
    assert!(message.contains("voorblad.j2"), "{message}");
    let message = mistake(&[("partials/voorblad.j2", "{{ w('document.bestaat_niet') }}")]);
    assert!(message.contains("document.bestaat_niet"), "{message}");
    let message = mistake(&[("partials/voorblad.j2", "{{ plan.plan.titel | safe }}")]);
    assert!(message.contains("safe"), "{message}");
}

#[test]
fn templates_stay_in_their_folder() {
    for name in [
        "../geheim.j2",
        "/etc/hostname",
        "partials/../../geheim.j2",
        "./a.j2",
        "a\\b.j2",
    ] {
        let message = mistake(&[(
            "partials/voorblad.j2",
            &format!("{{% include '{}' %}}", name.replace('\\', "\\\\")),
        )]);
        assert!(
            message.contains("partials/voorblad.j2, regel 1"),
            "{message}"
        );
    }
}

#[cfg(unix)]
#[test]
fn a_link_that_leads_out_of_the_folder_is_refused() {
    let outside = folder(&[("geheim.j2", "geheim")]);
    let own = folder(&[("binnen.j2", "{{ plan.plan.titel }}")]);
    fs::create_dir(own.path().join("partials")).unwrap();
    let place = own.path().join("partials/voorblad.j2");
    std::os::unix::fs::symlink(outside.path().join("geheim.j2"), &place).unwrap();
    assert!(with_templates(SMALL, Format::Html, own.path()).is_err());
    fs::remove_file(&place).unwrap();
    std::os::unix::fs::symlink("../binnen.j2", &place).unwrap();
    assert!(
        with_templates(SMALL, Format::Html, own.path())
            .unwrap()
            .contains("Mijn plan")
    );
}

#[test]
fn a_template_cannot_run_forever_or_without_bounds() {
    let much = format!(
        "{{% for a in range(1000) %}}{}{{% endfor %}}",
        "veel ".repeat(100_000)
    );
    for endless in [
        "{% macro a() %}{{ a() }}{% endmacro %}{{ a() }}",
        "{% include 'partials/voorblad.j2' %}",
        &much,
    ] {
        let message = mistake(&[("partials/voorblad.j2", endless)]);
        assert!(message.starts_with("fout in sjabloon "), "{message}");
    }
}

#[test]
fn a_folder_that_is_not_there_is_told() {
    let error = with_templates(SMALL, Format::Html, Path::new("/bestaat/niet")).unwrap_err();
    assert!(
        error
            .message(Words::of(Language::Dutch))
            .contains("/bestaat/niet")
    );
}

#[test]
fn a_template_that_cannot_be_read_says_so_and_why() {
    let own = folder(&[("partials/voorblad.j2", "x")]);
    fs::write(own.path().join("partials/voorblad.j2"), b"caf\xe9").unwrap();
    let error = with_templates(SMALL, Format::Markdown, own.path()).unwrap_err();
    let [dutch, english] =
        [Language::Dutch, Language::English].map(|language| error.message(Words::of(language)));
    assert_eq!(
        dutch,
        "fout in sjabloon partials/voorblad.j2: dit bestand is niet te lezen (het is geen tekst in UTF-8)"
    );
    assert!(
        english.contains("partials/voorblad.j2") && english.contains("it is no UTF-8 text"),
        "{english}"
    );
    let message = mistake(&[(
        "partials/voorblad.j2",
        "{% include 'partials/vorblad.j2' %}",
    )]);
    assert!(
        message.contains("bedoelde je ‘partials/voorblad.j2’"),
        "{message}"
    );
}

#[test]
fn a_mistake_in_a_call_is_one_of_who_calls() {
    let message = mistake(&[(
        "partials/voorblad.j2",
        "{% from 'vocabulary.j2' import row %}\n\n{{ row(5) }}\n",
    )]);
    assert!(
        message.starts_with("fout in sjabloon partials/voorblad.j2, regel 3: "),
        "{message}"
    );
}
