//! `planmaker templates`: writes the built-in templates to a folder, or lints the templates in one.

use std::path::{Path, PathBuf};

use clap::Args;
use planmaker::lint::{LintReport, Unused};
use planmaker::{Argument, Words, key, templates};

use super::error::Error;
use super::own_templates::{Names, PassedOver};
use super::writing::{Batch, Existing};
use super::{Status, contained, own_templates, print, shown, shown_argument, shown_path};

/// The options of `templates`.
#[derive(Debug, Args)]
pub struct TemplatesArgs {
    #[arg(value_name = "MAP")]
    pub folder: PathBuf,
    #[arg(long)]
    pub check: bool,
    #[arg(long, conflicts_with = "check")]
    pub force: bool,
}

/// Writes the built-in templates to the folder, or lints the templates in it.
pub fn run(args: &TemplatesArgs, words: Words) -> Result<Status, Error> {
    if args.check {
        let (lines, is_clean) = contained::check(&args.folder, words)?;
        let names = own_templates::names(&args.folder);
        print(|out| {
            for line in passed_over(&names, words) {
                writeln!(out, "{line}")?;
            }
            writeln!(out, "{lines}")
        })?;
        Ok(if is_clean {
            Status::Clean
        } else {
            Status::Findings
        })
    } else {
        write(args, words)
    }
}

fn write(args: &TemplatesArgs, words: Words) -> Result<Status, Error> {
    let mut files = templates();
    let count = files.len();
    let readme = words
        .get(key::sjablonen::leesmij::TEKST)
        .replace("{versie}", env!("CARGO_PKG_VERSION"));
    files.insert(
        words.get(key::sjablonen::leesmij::NAAM).to_owned(),
        readme + "\n",
    );
    let existing = if args.force {
        Existing::Force
    } else {
        Existing::Keep
    };
    let taken = files
        .keys()
        .map(|name| args.folder.join(name))
        .find(|path| path.symlink_metadata().is_ok());
    if let Some(path) = taken.filter(|_| existing == Existing::Keep) {
        return Err(Error::Exists(path));
    }
    let mut batch = Batch::new(existing);
    for (name, text) in files {
        let path = args.folder.join(name);
        if let Some(folder) = path.parent() {
            batch.create_folder(folder)?;
        }
        batch.add(&path, text.into_bytes())?;
    }
    batch.commit().1?;
    let done = words
        .get(key::sjablonen::GESCHREVEN)
        .replace("{aantal}", &count.to_string())
        .replace("{map}", &shown_path(&args.folder))
        .replace("{argument}", &shown_argument(&args.folder));
    print(|out| writeln!(out, "{done}"))?;
    Ok(Status::Clean)
}

/// A line for each template that no document uses.
pub fn unused(unused: &Unused, words: Words) -> impl Iterator<Item = String> {
    unused.iter().map(move |(name, meant)| {
        let mut line = words
            .get(key::sjablonen::ONGEBRUIKT)
            .replace("{sjabloon}", name);
        if let Some(meant) = meant {
            line += &words
                .get(key::sjablonen::BEDOELD)
                .replace("{bedoeld}", meant);
        }
        shown(&line)
    })
}

/// Returns a line per mistake and per unused template, and their numbers; and whether there is no mistake.
pub fn report(checked: &LintReport, folder: &Path, words: Words) -> (String, bool) {
    let arguments = [
        ("sjablonen", Argument::Count(checked.templates.len())),
        ("documenten", Argument::Count(checked.documents)),
        ("fouten", Argument::Count(checked.mistakes.len())),
        ("waarschuwingen", Argument::Count(checked.unused.len())),
        ("map", Argument::from(folder.display().to_string())),
    ];
    let outcome = if checked.templates.is_empty() {
        key::sjablonen::GEEN
    } else if checked.mistakes.is_empty() && checked.unused.is_empty() {
        key::sjablonen::KLOPT
    } else {
        key::sjablonen::SLOT
    };
    let mistakes = checked.mistakes.iter().map(|mistake| {
        let line = words
            .get(key::sjablonen::FOUT)
            .replace("{plek}", &mistake.place())
            .replace("{wat}", &mistake.message(words));
        shown(&line)
    });
    let lines = mistakes
        .chain(unused(&checked.unused, words))
        .chain([shown(&words.text(outcome, &arguments))]);
    let lines: Vec<String> = lines.collect();
    (lines.join("\n"), checked.mistakes.is_empty())
}

/// A line for each file that was passed over.
fn passed_over(names: &Names, words: Words) -> impl Iterator<Item = String> {
    names.passed_over.iter().map(move |(file, why)| {
        let why = match why {
            PassedOver::LinkedFolder => key::sjablonen::overgeslagen::KOPPELING,
            PassedOver::NoFile => key::sjablonen::overgeslagen::GEEN_BESTAND,
            PassedOver::TooDeep => key::sjablonen::overgeslagen::TE_DIEP,
            PassedOver::TooMany => key::sjablonen::overgeslagen::TE_VEEL,
        };
        let limits = [
            ("diepte", Argument::Count(own_templates::DEEPEST)),
            ("aantal", Argument::Count(own_templates::MOST_FILES)),
        ];
        let line = words
            .get(key::sjablonen::overgeslagen::BESTAND)
            .replace("{bestand}", file)
            .replace("{wat}", &words.text(why, &limits));
        shown(&line)
    })
}
