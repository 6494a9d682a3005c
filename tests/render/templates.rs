//! The user's own templates in `planmaker render --templates`.

use std::fs;
use std::path::Path;

use crate::command;

/// Renders a small plan with the templates in a folder: the document, or standard error.
fn with_templates(to: &str, templates: &Path) -> Result<String, String> {
    in_language("nl", to, templates)
}

fn in_language(language: &str, to: &str, templates: &Path) -> Result<String, String> {
    let plan = command::folder();
    let templates = templates.to_str().unwrap();
    let output = command::planmaker(
        plan.path(),
        &[
            "render",
            "--templates",
            templates,
            "--to",
            to,
            "-o",
            "-",
            "--lang",
            language,
        ],
    );
    let [document, error] =
        [output.stdout, output.stderr].map(|bytes| String::from_utf8(bytes).unwrap());
    match output.status.code() {
        Some(0) => Ok(document),
        Some(2) => {
            let (_, error) = error.trim_end().split_once(": ").unwrap();
            Err(error.to_owned())
        }
        _ => panic!("{:?} {error}", output.status),
    }
}

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
fn a_file_overrides_the_built_in_template_of_its_name() {
    let own = folder(&[
        (
            "partials/voorblad.j2",
            "{% include 'eigen/logo.j2' %}<p>{{ plan.plan.titel }}</p>",
        ),
        ("eigen/logo.j2", "<p>Gemeente {{ '<&>' }}</p>"),
        ("page.css", "body { color: #123456 }"),
    ]);
    let page = with_templates("html", own.path()).unwrap();
    assert!(page.contains("<p>Gemeente &lt;&amp;&gt;</p><p>Mijn plan</p>"));
    assert!(page.contains("body { color: #123456 }") && !page.contains("--own-ink"));
    assert!(page.contains("1</span> Beschrijving interventie"));
}

#[track_caller]
fn mistake(files: &[(&str, &str)]) -> String {
    let own = folder(files);
    with_templates("md", own.path()).unwrap_err()
}

#[test]
fn a_mistake_in_a_template_has_a_place() {
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
    assert!(message.contains("samenvatting.j2"), "{message}");
    let message = mistake(&[("partials/voorblad.j2", "{{ w('document.bestaat_niet') }}")]);
    assert!(message.contains("document.bestaat_niet"), "{message}");
    let message = mistake(&[("partials/voorblad.j2", "{{ plan.plan.titel | safe }}")]);
    assert!(message.contains("safe"), "{message}");
}

#[test]
fn a_name_cannot_lead_out_of_the_folder() {
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
fn a_link_cannot_lead_out_of_the_folder() {
    let outside = folder(&[("geheim.j2", "geheim")]);
    let own = folder(&[("binnen.j2", "{{ plan.plan.titel }}")]);
    fs::create_dir(own.path().join("partials")).unwrap();
    let place = own.path().join("partials/voorblad.j2");
    std::os::unix::fs::symlink(outside.path().join("geheim.j2"), &place).unwrap();
    assert!(with_templates("html", own.path()).is_err());
    fs::remove_file(&place).unwrap();
    std::os::unix::fs::symlink("../binnen.j2", &place).unwrap();
    assert!(
        with_templates("html", own.path())
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
fn a_missing_folder_is_named() {
    let error = with_templates("html", Path::new("/bestaat/niet")).unwrap_err();
    assert!(error.contains("/bestaat/niet"), "{error}");
}

/// Data does not use templates.
#[test]
fn a_missing_folder_is_no_error_without_a_document() {
    assert!(with_templates("json", Path::new("/bestaat/niet")).is_ok());
}

#[test]
fn only_the_templates_that_a_document_needs_are_read() {
    let own = folder(&[("partials/voorblad.j2", "Voorblad")]);
    fs::write(own.path().join("groep.j2"), b"caf\xe9").unwrap();
    let text = with_templates("md", own.path()).unwrap();
    assert!(text.contains("Voorblad"), "{text}");
}

#[test]
fn an_unreadable_template_is_named_with_the_cause() {
    let own = folder(&[("partials/voorblad.j2", "x")]);
    fs::write(own.path().join("partials/voorblad.j2"), b"caf\xe9").unwrap();
    let [dutch, english] =
        ["nl", "en"].map(|language| in_language(language, "md", own.path()).unwrap_err());
    assert_eq!(
        dutch,
        "fout in sjabloon partials/voorblad.j2: dit bestand is niet te lezen (het is geen tekst in UTF-8)"
    );
    assert!(
        english.contains("partials/voorblad.j2") && english.contains("it is not UTF-8 text"),
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
fn a_mistake_in_a_call_is_blamed_on_the_caller() {
    let message = mistake(&[(
        "partials/voorblad.j2",
        "{% from 'vocabulary.j2' import row %}\n\n{{ row(5) }}\n",
    )]);
    assert!(
        message.starts_with("fout in sjabloon partials/voorblad.j2, regel 3: "),
        "{message}"
    );
}

/// The template engine itself bounds neither of these.
#[cfg(unix)]
#[test]
fn a_template_that_asks_for_too_much_is_stopped_and_named() {
    let doubled = "{% set ns = namespace(a='a') %}\n{% for b in range(100) %}{% set ns.a = ns.a ~ ns.a %}{% endfor %}";
    let message = mistake(&[("partials/voorblad.j2", doubled)]);
    assert_eq!(
        message,
        "fout in sjabloon partials/voorblad.j2, regel 2: het sjabloon vraagt te veel geheugen of tijd, en is afgebroken"
    );
    let captured = format!(
        "{{% set a %}}{{% for b in range(100000) %}}{}{{% endfor %}}{{% endset %}}",
        "veel ".repeat(50_000)
    );
    let message = mistake(&[("partials/voorblad.j2", &captured)]);
    assert!(
        message.starts_with("fout in sjabloon partials/voorblad.j2, regel 1: "),
        "{message}"
    );
}

/// Nothing is written if one of the documents asks for too much.
#[cfg(unix)]
#[test]
fn a_stopped_template_leaves_no_document() {
    let own = folder(&[(
        "samenvatting.j2",
        "{% set ns = namespace(a='a') %}{% for b in range(100) %}{% set ns.a = ns.a ~ ns.a %}{% endfor %}",
    )]);
    let plan = command::folder();
    let templates = own.path().to_str().unwrap();
    let arguments = [
        "render",
        "--templates",
        templates,
        "--view",
        "plan,samenvatting",
        "-o",
        "uit/",
    ];
    let output = command::planmaker(plan.path(), &arguments);
    let (status, text) = command::outcome(&output);
    assert_eq!(status, Some(2), "{text}");
    assert!(text.contains("samenvatting.j2, regel 1: "), "{text}");
    assert!(!plan.path().join("uit").exists());
}

#[test]
fn a_size_in_an_argument_is_refused_at_once() {
    for call in [
        "'a' | indent(2000000000)",
        "[1] | batch(1000000000, 0)",
        "[1] | slice(1000000000)",
        "'%1000000000d' | format(1)",
        "'a' * 10 ** 9",
        "range(10 ** 9)",
        "1 | hangend(' ' * 10 ** 6)",
    ] {
        let message = mistake(&[("partials/voorblad.j2", &format!("a\n{{{{ {call} }}}}"))]);
        assert!(
            message.starts_with("fout in sjabloon partials/voorblad.j2, regel 2: "),
            "{call}: {message}"
        );
        assert!(!message.contains("afgebroken"), "{call}: {message}");
    }
}

#[test]
fn own_templates_work_for_a_plan_on_standard_input_and_with_a_house_style() {
    let own = folder(&[(
        "page.html.j2",
        "{{ huisstijl('a { color: var(--utrecht-link-color) }') }}\n{{ titel }}",
    )]);
    fs::write(
        own.path().join("a.css"),
        ":root { --utrecht-link-color: #123456; --utrecht-document-color: url(x) }",
    )
    .unwrap();
    let theme = own.path().join("a.css");
    let arguments = [
        "render",
        "-",
        "--templates",
        own.path().to_str().unwrap(),
        "--theme",
        theme.to_str().unwrap(),
    ];
    let output = command::with_input(&arguments, "versie: 1\nplan: {titel: Mijn plan}\n");
    let (status, text) = command::outcome(&output);
    let text = text.replace("<wbr>", "");
    assert_eq!(status, Some(0), "{text}");
    assert!(
        text.contains("--utrecht-link-color: #123456") && text.contains("Mijn plan"),
        "{text}"
    );
}
