//! `--logo`: the picture of an organisation on every page, and files that are refused.

use std::fs;
use std::path::Path;

use super::command::{folder, names, outcome, planmaker};

const LOGO: &str = "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 4 2'><path d='M0 0h4v2z' fill='#c00'/></svg>";

const PLAN: &str = "versie: 1
plan: {titel: Mijn plan, organisaties: ['Lindermeer & Zn', Stichting Wij]}
betrokken_groepen: {team: {naam: Team, rol: uitvoerder}}
gebruikers: {team: {}}
";

fn write(folder: &Path, name: &str, bytes: impl AsRef<[u8]>) {
    fs::write(folder.join(name), bytes).unwrap();
}

#[test]
fn logo_is_on_every_page_with_the_name_of_the_organisation() {
    let folder = folder();
    write(folder.path(), "plan.yaml", PLAN);
    write(folder.path(), "logo.svg", LOGO);
    fs::create_dir(folder.path().join("eigen")).unwrap();
    write(folder.path(), "eigen/voor.j2", "Ervoor.");
    let all = [
        "render", "--view", "alle", "--to", "html,md", "-o", "uit/", "--logo", "logo.svg",
    ];
    for more in [&[][..], &["--templates", "eigen"]] {
        let output = planmaker(folder.path(), &[&all, more].concat());
        assert_eq!(output.status.code(), Some(0), "{output:?}");
        for name in names(&folder.path().join("uit")) {
            let document = fs::read_to_string(folder.path().join("uit").join(&name)).unwrap();
            let images = document
                .matches("<img class=\"logo\" src=\"data:image/svg+xml;base64,PHN2Zy")
                .count();
            assert_eq!(images, usize::from(name.ends_with("html")), "{name}");
            let alternatives = document
                .matches("alt=\"Lindermeer &amp; Zn en Stichting Wij\"")
                .count();
            assert_eq!(alternatives, images, "{name}");
        }
    }
}

#[test]
fn all_views_are_made_in_one_run() {
    let folder = folder();
    write(folder.path(), "plan.yaml", PLAN);
    let day = ["--op", "2027-01-01"];
    let render = |more: &[&str]| {
        let output = planmaker(folder.path(), &[&["render"], &day[..], more].concat());
        assert_eq!(output.status.code(), Some(0), "{output:?}");
    };
    render(&["--view", "alle", "--to", "html,md", "-o", "samen/"]);
    let all = names(&folder.path().join("samen"));
    let views = [
        "plan",
        "samenvatting",
        "groep",
        "rode-draad",
        "voortgang",
        "gesprek",
    ];
    for view in views {
        render(&["--view", view, "--to", "html", "-o", "apart/"]);
        render(&["--view", view, "--to", "md", "-o", "apart/"]);
    }
    assert_eq!(all.len(), 2 * views.len());
    assert_eq!(all, names(&folder.path().join("apart")));
    for name in all {
        let document = |place| fs::read(folder.path().join(place).join(&name)).unwrap();
        assert!(document("samen") == document("apart"), "{name}");
    }
}

#[test]
fn files_that_are_no_logo_are_refused_and_nothing_is_written() {
    let folder = folder();
    let files: [(&str, &[u8], &str); 6] = [
        ("logo.gif", b"GIF89a", "‘logo.gif’ is geen SVG of PNG. Sla het logo op als een van die twee."),
        ("kapot.png", b"\x89PNG\r\n\x1a\n\0\0\0\x0dIHDR", "‘kapot.png’ is beschadigd, en dus geen logo. Sla het opnieuw op."),
        (
            "script.svg",
            b"<svg viewBox='0 0 1 1'><script>alert(1)</script></svg>",
            "‘script.svg’ is geen veilig logo, want er staat ‘<script>’ in. Dat kan iets uitvoeren of ophalen. Haal het eruit, of sla het logo op als PNG.",
        ),
        (
            "bom.svg",
            b"<!DOCTYPE svg [<!ENTITY a 'aaaa'><!ENTITY b '&a;&a;'>]><svg viewBox='0 0 1 1'><text>&b;</text></svg>",
            "‘bom.svg’ is geen veilig logo, want er staat ‘<!DOCTYPE […]>’ in. Dat kan iets uitvoeren of ophalen. Haal het eruit, of sla het logo op als PNG.",
        ),
        ("maat.svg", b"<svg/>", "‘maat.svg’ heeft geen maat, of is te groot: een PNG mag 3.000 pixels breed en hoog zijn. Sla het met een andere maat op."),
        ("groot.svg", &vec![b'<'; (1 << 20) + 1], "‘groot.svg’ is te groot voor een logo: het mag 1 MiB zijn. Sla het kleiner op."),
    ];
    for (name, bytes, message) in files {
        write(folder.path(), name, bytes);
        let output = planmaker(folder.path(), &["render", "--logo", name]);
        assert_eq!(outcome(&output), (Some(2), format!("fout: {message}\n")));
    }
    let output = planmaker(folder.path(), &["render", "--logo", "weg.svg"]);
    let message = "fout: ‘weg.svg’ bestaat niet. Kijk of de naam van het logo klopt.\n";
    assert_eq!(outcome(&output), (Some(2), message.to_owned()));
    let output = planmaker(
        folder.path(),
        &["render", "--logo", "script.svg", "--to", "md"],
    );
    assert_eq!(output.status.code(), Some(2));
    assert!(!folder.path().join("plan.html").exists());
}
