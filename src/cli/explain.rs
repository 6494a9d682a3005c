//! `planmaker explain`: explains rules.

use planmaker::explain;
use planmaker::{BOOK, Words};

use super::args::{ExplainArgs, ExplainFormat};
use super::error::Error;
use super::{Status, print};

/// Explains one rule; without a rule, lists them all or, in Markdown, explains them all.
pub fn run(args: &ExplainArgs, words: Words) -> Result<Status, Error> {
    let text = match (&args.rule, args.format) {
        (Some(name), format) => {
            let rule = BOOK.named(name).ok_or_else(|| Error::unknown_rule(name))?;
            match format {
                ExplainFormat::Text => explain::one(rule, words),
                ExplainFormat::Md => explain::markdown(rule, words),
            }
        }
        (None, ExplainFormat::Text) => explain::list(words),
        (None, ExplainFormat::Md) => explain::reference(words),
    };
    print(|out| out.write_all(text.as_bytes()))?;
    Ok(Status::Clean)
}
