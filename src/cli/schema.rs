//! `planmaker schema`: prints or writes the JSON Schema of the plan file.

use std::fs;
use std::path::PathBuf;

use clap::Args;
use planmaker::{Words, key, scaffold, schema};

use super::error::Error;
use super::writing::{self, Batch, Existing};
use super::{Status, print, shown_path};

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
    let is_folder = writing::is_folder(output);
    let file = if is_folder {
        output.join(scaffold::SCHEMA_FILE)
    } else {
        output.to_owned()
    };
    // An earlier schema may be replaced, anything else only if forced to.
    let is_schema = || {
        let there = file.is_file().then(|| fs::read_to_string(&file).ok());
        there
            .flatten()
            .is_some_and(|there| schema::is_plan_schema(&there))
    };
    let existing = if args.force {
        Existing::Force
    } else if is_schema() {
        Existing::Replace
    } else {
        Existing::Keep
    };
    let mut batch = Batch::new(existing);
    if is_folder {
        batch.create_folder(output)?;
    }
    batch.add(&file, text(words).into_bytes())?;
    batch.commit().1?;
    let done = words
        .get(key::render::GESCHREVEN)
        .replace("{bestand}", &shown_path(&file));
    print(|out| writeln!(out, "{done}"))?;
    Ok(Status::Clean)
}

/// The text of a schema file.
pub fn text(words: Words) -> String {
    format!("{:#}\n", schema::plan_schema(words))
}
