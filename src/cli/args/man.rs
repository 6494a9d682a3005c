//! The man pages of a release, in both languages. A test makes them, because the program itself needs none.

use std::path::PathBuf;
use std::{env, fs};

use clap_mangen::Man;
use clap_mangen::roff::{Roff, roman};
use jiff::Timestamp;
use planmaker::{Language, Words};

use super::command;

/// Writes the pages to the folder in `MAN_PAGES`, if it is set. Their date is that of the release, `SOURCE_DATE_EPOCH`.
#[test]
fn man_pages_are_complete_in_both_languages() {
    for (language, folder) in [(Language::English, "man1"), (Language::Dutch, "nl/man1")] {
        let folder = env::var_os("MAN_PAGES").map(|pages| PathBuf::from(pages).join(folder));
        if let Some(folder) = &folder {
            fs::create_dir_all(folder).unwrap();
        }
        let mut whole = command(Words::of(language));
        whole.build();
        let commands: Vec<_> = whole.get_subcommands().cloned().collect();
        for command in [whole].into_iter().chain(commands) {
            let name = command.get_display_name().unwrap_or("planmaker").to_owned();
            let page = page(command, &name, language);
            let sections = page.lines().filter(|line| line.starts_with(".SH ")).count();
            // Name, synopsis, description, options or arguments, examples, exit status, see also.
            assert!(sections >= 7, "{page}");
            if let Some(folder) = &folder {
                fs::write(folder.join(format!("{name}.1")), page).unwrap();
            }
        }
    }
}

/// Renders one page. Replaces what `clap_mangen` cannot do: headings in Dutch, and examples and exit statuses on lines of their own.
fn page(command: clap::Command, name: &str, language: Language) -> String {
    let after = command.get_after_help().map(ToString::to_string);
    let has_commands = command.has_subcommands();
    let [name_heading, synopsis, description, see_also] = match language {
        Language::English => ["NAME", "SYNOPSIS", "DESCRIPTION", "SEE ALSO"],
        Language::Dutch => ["NAAM", "SAMENVATTING", "BESCHRIJVING", "ZIE OOK"],
    };
    let seconds = env::var("SOURCE_DATE_EPOCH").map_or(0, |seconds| seconds.parse().unwrap());
    let date = Timestamp::from_second(seconds).unwrap();
    let man = Man::new(command)
        .title(name.to_uppercase())
        .date(date.strftime("%F").to_string())
        .source(concat!("planmaker ", env!("CARGO_PKG_VERSION")))
        .manual("planmaker");
    let mut page = Vec::new();
    man.render_title(&mut page).unwrap();
    man.render_name_section(&mut page).unwrap();
    man.render_synopsis_section(&mut page).unwrap();
    man.render_description_section(&mut page).unwrap();
    man.render_options_section(&mut page).unwrap();
    if has_commands {
        man.render_subcommands_section(&mut page).unwrap();
    }
    let mut rest = Roff::new();
    for part in after.unwrap_or_default().split("\n\n") {
        if let Some((heading, lines)) = part.split_once(":\n") {
            rest.control("SH", [heading.to_uppercase().as_str()]);
            rest.control("nf", []);
            for line in lines.lines() {
                rest.text([roman(line.trim())]);
            }
            rest.control("fi", []);
        } else {
            rest.control("SH", [see_also]);
            rest.text([roman(part)]);
        }
    }
    rest.to_writer(&mut page).unwrap();
    let page = String::from_utf8(page).unwrap();
    page.replacen(".SH NAME", &format!(".SH {name_heading}"), 1)
        .replacen(".SH SYNOPSIS", &format!(".SH {synopsis}"), 1)
        .replacen(".SH DESCRIPTION", &format!(".SH {description}"), 1)
}
