//! `planmaker explain`: explains rules and keys.

use planmaker::Words;
use planmaker::explain::{self, Style};

use super::args::{ExplainArgs, ExplainFormat};
use super::error::Error;
use super::{Status, print};

/// Explains one rule or key; without a name, lists all rules or, in Markdown, explains them all.
pub fn run(args: &ExplainArgs, words: Words) -> Result<Status, Error> {
    let style = match args.format {
        ExplainFormat::Text => Style::Text,
        ExplainFormat::Md => Style::Markdown,
    };
    let text = match (&args.rule, style) {
        (Some(name), _) => {
            explain::about(name, words, style).map_err(|meant| Error::UnknownTopic {
                name: name.clone(),
                meant,
            })?
        }
        (None, Style::Text) => explain::list(words),
        (None, Style::Markdown) => explain::reference(words),
    };
    print(|out| out.write_all(text.as_bytes()))?;
    Ok(Status::Clean)
}
