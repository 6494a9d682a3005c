//! `planmaker schema`: prints the JSON Schema of the plan file.

use clap::Args;
use planmaker::Words;
use planmaker::schema;

use super::error::Error;
use super::{Status, print};

/// The options of `schema`: none.
#[derive(Debug, Args)]
pub struct SchemaArgs {}

/// Prints the schema, with descriptions in the language of messages.
pub fn run(_: &SchemaArgs, words: Words) -> Result<Status, Error> {
    let schema = schema::plan_schema(words);
    print(|out| writeln!(out, "{schema:#}"))?;
    Ok(Status::Clean)
}
