//! Rules of the annex the communication plan ("communicatieplan", Toolkit 1.1): who hears what, when, from whom.

use crate::rules::check::{Check, FindingSink, RuleContext};
use crate::value::path;

/// The rules of this annex.
pub const RULES: &[Check] = &[Check::warning(
    "communicatie-onvolledig",
    &["bericht", "ontbreekt"],
    incomplete_message,
)];

/// `communicatie-onvolledig`: a message reaches a group when it is clear what is told, how, when and by whom (Toolkit 1.1).
fn incomplete_message(ctx: &RuleContext<'_>, sink: &mut FindingSink<'_>) {
    let messages = ctx.plan.messages();
    for (id, message) in messages.iter() {
        let answers = [
            ("boodschap", message.message.is_missing()),
            ("kanaal", message.channel.is_missing()),
            ("wanneer", message.when.is_missing()),
            ("afzender", message.senders.is_missing()),
        ];
        let missing: Vec<String> = answers
            .into_iter()
            .filter(|(_, is_missing)| *is_missing)
            .map(|(key, _)| key.to_owned())
            .collect();
        if !missing.is_empty() {
            sink.report(path!["communicatieplan", id])
                .with("bericht", messages.name(id))
                .with("ontbreekt", missing);
        }
    }
}
