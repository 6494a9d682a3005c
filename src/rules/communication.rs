//! Rules of the annex with the communication plan ("communicatieplan", Toolkit 1.1).

use crate::rules::check::{Check, FindingSink, RuleContext};
use crate::rules::support::missing;
use crate::value::path;

/// The rules of this annex.
pub const RULES: &[Check] = &[Check::warning(
    "communicatie-onvolledig",
    &["bericht", "ontbreekt"],
    incomplete_message,
)];

/// A message reaches its group only if the plan says what it is and how, when and by whom it is sent (Toolkit 1.1).
fn incomplete_message(ctx: &RuleContext<'_>, sink: &mut FindingSink<'_>) {
    let messages = ctx.plan.messages();
    for (id, message) in messages.iter() {
        if let Some(missing) = missing(&[
            ("boodschap", message.text.is_missing()),
            ("kanaal", message.channel.is_missing()),
            ("wanneer", message.when.is_missing()),
            ("afzender", message.senders.is_missing()),
        ]) {
            sink.report(path!["communicatieplan", id])
                .with("bericht", messages.name(id))
                .with("ontbreekt", missing);
        }
    }
}
