//! Rules of the annex with the communication plan ("communicatieplan", Toolkit 1.1).

use std::collections::HashSet;

use jiff::civil::Date;

use crate::plan::communication::Message;
use crate::plan::stakeholders::StakeholderRole;
use crate::rules::check::{Check, FindingSink, RuleContext};
use crate::rules::support::missing;
use crate::value::path;

/// The rules of this annex.
#[rustfmt::skip] // One rule per line.
pub const RULES: &[Check] = &[
    Check::warning("communicatie-onvolledig", &["bericht", "ontbreekt"], incomplete_message),
    Check::tip("buiten-hoort-eerder", &["bericht", "groepen", "datum", "uitvoerders", "later"], outsiders_hear_first)
        .resting_on(&["communicatieplan.*.groep"]),
];

/// A message reaches its group only if the plan says to whom, what, how, when and by whom it is sent (Toolkit 1.1).
fn incomplete_message(ctx: &RuleContext<'_>, sink: &mut FindingSink<'_>) {
    let messages = ctx.plan.messages();
    for (id, message) in messages.iter() {
        if let Some(missing) = missing(&[
            ("groep", message.groups.is_missing()),
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

/// Those who will do the work should not have to hear of it from outside (Drie tips, tip 1).
fn outsiders_hear_first(ctx: &RuleContext<'_>, sink: &mut FindingSink<'_>) {
    let groups = ctx.plan.groups();
    let messages = ctx.plan.messages();
    let implementers = ctx
        .facts
        .users
        .values()
        .filter(|user| user.is_implementer());
    let implementers: HashSet<&str> = implementers.map(|user| user.id).collect();
    let to_implementers = |message: &Message| {
        let mut groups = message.groups.all().iter();
        !message.groups.is_whole() || groups.any(|group| implementers.contains(group.as_str()))
    };
    // A message whose group or date is unreadable may be the first one to those who do the work.
    let days: Option<Vec<Date>> = messages
        .iter()
        .filter(|(_, message)| to_implementers(message))
        .map(|(_, message)| first_day(ctx, message))
        .collect();
    let first = days.and_then(|days| days.into_iter().min());
    let Some(later) = first.filter(|_| messages.is_whole()) else {
        return;
    };
    let mut days: Vec<(&str, &Message, Date)> = messages
        .iter()
        .filter_map(|(id, message)| Some((id, message, first_day(ctx, message)?)))
        .filter(|(_, _, day)| *day < later)
        .collect();
    days.sort_by_key(|(_, _, day)| *day);
    let mut informed = HashSet::new();
    for (id, message, day) in days {
        let outsiders = message.groups.all().iter().map(AsRef::as_ref);
        let outsiders = outsiders.filter(|group| is_outside(ctx, group) && informed.insert(*group));
        let names: Vec<String> = outsiders.map(|group| groups.name(group)).collect();
        if !names.is_empty() {
            let implementers = implementers_in_order(ctx);
            sink.report(path!["communicatieplan", id, "wanneer"])
                .with("bericht", messages.name(id))
                .with("groepen", names)
                .with("datum", day)
                .with("uitvoerders", implementers)
                .with("later", later);
        }
    }
}

/// The day on which a message is first sent, if all its days are known.
fn first_day(ctx: &RuleContext<'_>, message: &Message) -> Option<Date> {
    let when = message.when.given().filter(|when| when.is_whole())?;
    when.first(ctx.facts.start, ctx.facts.end)
}

fn implementers_in_order(ctx: &RuleContext<'_>) -> Vec<String> {
    let implementers = ctx
        .facts
        .users
        .values()
        .filter(|user| user.is_implementer());
    implementers.map(|user| user.name.clone()).collect()
}

/// Whether a group is outside the organisations that implement.
fn is_outside(ctx: &RuleContext<'_>, group: &str) -> bool {
    use StakeholderRole::{Beneficiary, Environment, Partner, Referrer};
    let group = ctx.plan.groups().get(group);
    let role = group.and_then(|group| group.role.given());
    role.is_some_and(|role| matches!(role, Beneficiary | Partner | Referrer | Environment))
}

#[cfg(test)]
mod tests {
    use crate::rules::testing::{assert_paths, findings};

    const GROUPS: &str = "betrokken_groepen:
  wijkwerkers: {rol: uitvoerder}
  huisartsen: {rol: doorverwijzer}
  bewoners: {rol: profijtgroep}
  bestuur: {rol: beslisser}
gebruikers: {wijkwerkers: , huisartsen: }
";

    #[test]
    fn incomplete_message_is_one_finding() {
        let message: &[&str] = &["communicatieplan.nieuws"];
        assert_paths(
            "communicatie-onvolledig",
            |message| format!("communicatieplan: {{nieuws: {message}}}"),
            &[
                ("", message),
                (
                    "{groep: a, boodschap: b, kanaal: c, wanneer: na 1 maand}",
                    message,
                ),
                (
                    "{boodschap: b, kanaal: c, wanneer: na 1 maand, afzender: d}",
                    message,
                ),
                (
                    "{groep: a, boodschap: b, kanaal: c, wanneer: na 1 maand, afzender: d}",
                    &[],
                ),
                (
                    "{groep: a, boodschap: b, kanaal: c, wanneer: ooit, afzender: d}",
                    &[],
                ),
            ],
        );
        assert!(findings("communicatieplan: {}").is_empty());
    }

    #[test]
    fn implementers_hear_before_outsiders() {
        let (out, again) = (
            "communicatieplan.buiten.wanneer",
            "communicatieplan.brief.wanneer",
        );
        let inside = "binnen: {groep: wijkwerkers, wanneer: na 2 maanden}";
        assert_paths(
            "buiten-hoort-eerder",
            |messages| format!("{GROUPS}communicatieplan: {{{messages}}}"),
            &[
                (
                    &format!("{inside}, buiten: {{groep: bewoners, wanneer: na 1 maand}}"),
                    &[out],
                ),
                (
                    &format!(
                        "{inside}, buiten: {{groep: [bewoners, huisartsen], wanneer: na 1 maand}}"
                    ),
                    &[out],
                ),
                // Only the first message to a group counts.
                (
                    &format!(
                        "{inside}, brief: {{groep: bewoners, wanneer: na 6 weken}}, buiten: {{groep: bewoners, wanneer: elke 1 maand}}"
                    ),
                    &[out],
                ),
                (
                    &format!(
                        "{inside}, buiten: {{groep: bewoners, wanneer: na 1 maand}}, brief: {{groep: huisartsen, wanneer: na 1 week}}"
                    ),
                    &[again, out],
                ),
                (
                    &format!("{inside}, buiten: {{groep: bewoners, wanneer: na 2 maanden}}"),
                    &[],
                ),
                (
                    &format!("{inside}, buiten: {{groep: bestuur, wanneer: na 1 maand}}"),
                    &[],
                ),
                (
                    "alles: {groep: [wijkwerkers, bewoners], wanneer: na 1 maand}",
                    &[],
                ),
                // Without a known first day of the others there is nothing to compare with.
                ("buiten: {groep: bewoners, wanneer: na 1 maand}", &[]),
                (
                    &format!(
                        "{inside}, x: {{groep: wijkwerkers}}, buiten: {{groep: bewoners, wanneer: na 1 maand}}"
                    ),
                    &[],
                ),
                (
                    &format!(
                        "{inside}, x: {{groep: [[a]]}}, buiten: {{groep: bewoners, wanneer: na 1 maand}}"
                    ),
                    &[],
                ),
                (
                    &format!(
                        "{inside}, x: {{groep: iedereen}}, buiten: {{groep: bewoners, wanneer: na 1 maand}}"
                    ),
                    &[],
                ),
                (
                    &format!(
                        "{inside}, x: tekst, buiten: {{groep: bewoners, wanneer: na 1 maand}}"
                    ),
                    &[],
                ),
            ],
        );
    }
}
