//! `planmaker schema`: prints or writes the JSON Schema of the plan file.

use std::fs;
use std::path::{Path, PathBuf};

use clap::Args;
use planmaker::schema;
use planmaker::{Words, key};

use super::error::Error;
use super::writing::{self, Existing};
use super::{Status, print, shown_path};

/// The name that editors look for.
pub const FILE_NAME: &str = "planmaker.schema.json";

/// The options of `schema`.
#[derive(Debug, Args)]
pub struct SchemaArgs {
    #[arg(short, long, value_name = "BESTAND")]
    pub output: Option<PathBuf>,
    #[arg(long)]
    pub force: bool,
}

/// Prints or writes the schema, with descriptions in the language of messages.
pub fn run(args: &SchemaArgs, words: Words) -> Result<Status, Error> {
    let file = args.output.as_deref();
    let Some(output) = file.filter(|file| !writing::is_stdout(file)) else {
        print(|out| out.write_all(text(words).as_bytes()))?;
        return Ok(Status::Clean);
    };
    let file = if writing::is_folder(output) {
        writing::create_folder(output)?;
        output.join(FILE_NAME)
    } else {
        output.to_owned()
    };
    write(&file, args.force, words)?;
    let done = words
        .get(key::render::GESCHREVEN)
        .replace("{bestand}", &shown_path(&file));
    print(|out| writeln!(out, "{done}"))?;
    Ok(Status::Clean)
}

/// Writes the schema to a file. Replaces an earlier schema, and anything else only if forced to.
pub fn write(file: &Path, is_forced: bool, words: Words) -> Result<(), Error> {
    let is_schema = |file: &Path| {
        let text = fs::read_to_string(file).unwrap_or_default();
        text.contains(&format!("\"$id\": \"{}", schema::ID))
    };
    let existing = if is_forced || (file.is_file() && is_schema(file)) {
        Existing::Replace
    } else {
        Existing::Keep
    };
    writing::write(file, text(words).as_bytes(), existing)
}

fn text(words: Words) -> String {
    format!("{:#}\n", schema::plan_schema(words))
}
