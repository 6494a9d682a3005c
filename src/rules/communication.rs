//! Rules of the annex with the communication plan ("communicatieplan", Toolkit 1.1).

use std::collections::HashSet;

use jiff::civil::Date;

use crate::facts::UserGroup;
use crate::plan::communication::Message;
use crate::plan::stakeholders::StakeholderRole;
use crate::rules::check::{Check, FindingSink, RuleContext};
use crate::rules::support::missing;
use crate::value::path;

/// The rules of this annex.
#[rustfmt::skip] // One rule per line.
pub const RULES: &[Check] = &[
    Check::warning("communicatie-onvolledig", &["bericht", "ontbreekt"], incomplete_message),
    Check::tip("buiten-hoort-eerder", &["bericht", "groepen", "datum", "uitvoerder", "later"], outsiders_hear_first)
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
    let messages = ctx.plan.messages();
    let Some((later, implementer)) = first_to_implementers(ctx) else {
        return;
    };
    let first_days = messages
        .iter()
        .filter_map(|(id, message)| Some((first_day(ctx, message)?, id, message)));
    let mut earlier: Vec<_> = first_days.filter(|(day, ..)| *day < later).collect();
    earlier.sort_by_key(|(day, ..)| *day);
    let mut informed = HashSet::new();
    for (day, id, message) in earlier {
        let groups = message.groups.all().iter().map(AsRef::as_ref);
        let outsiders = groups.filter(|group| is_outside(ctx, group) && informed.insert(*group));
        let outsiders: Vec<_> = outsiders
            .map(|group| ctx.plan.groups().name(group))
            .collect();
        if !outsiders.is_empty() {
            sink.report(path!["communicatieplan", id, "wanneer"])
                .with("bericht", messages.name(id))
                .with("groepen", outsiders)
                .with("datum", day)
                .with("uitvoerder", ctx.plan.groups().name(implementer))
                .with("later", later);
        }
    }
}

/// The day of the first message to a user group that applies the intervention, and that group; `None` if there is none, or if
/// an unreadable message or day may be the first.
fn first_to_implementers<'p>(ctx: &RuleContext<'p>) -> Option<(Date, &'p str)> {
    let messages = ctx.plan.messages();
    let is_implementer = |group: &&str| {
        ctx.facts
            .users
            .get(group)
            .is_some_and(UserGroup::is_implementer)
    };
    let mut first = None;
    for (_, message) in messages.iter() {
        let mut groups = message.groups.all().iter().map(AsRef::as_ref);
        let Some(group) = groups.find(is_implementer) else {
            continue;
        };
        let reached = (first_day(ctx, message)?, group);
        first = Some(first.map_or(reached, |first| reached.min(first)));
    }
    let all_groups_are_known = messages.iter().all(|(_, it)| it.groups.is_whole());
    first.filter(|_| messages.is_whole() && all_groups_are_known)
}

/// The day on which a message is first sent, if all its days are known.
fn first_day(ctx: &RuleContext<'_>, message: &Message) -> Option<Date> {
    let when = message.when.given().filter(|when| when.is_whole())?;
    when.first(ctx.facts.start, ctx.facts.end)
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
    use crate::rules::testing::{assert_paths, findings, paths};

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
        let (first, second) = ("communicatieplan.a.wanneer", "communicatieplan.b.wanneer");
        let message = |id: &str, group: &str, month: u8| {
            format!("{id}: {{groep: {group}, wanneer: na {month} maanden}}, ")
        };
        let outside = message("a", "bewoners", 1);
        #[rustfmt::skip]
        let cases: &[(&str, &[&str])] = &[
            (&outside, &[first]),
            (&message("a", "[bewoners, huisartsen]", 1), &[first]),
            (&(message("a", "bewoners", 1) + &message("b", "huisartsen", 2)), &[first, second]),
            // Only the first message to a group counts.
            (&(message("b", "bewoners", 2) + &message("a", "bewoners", 1)), &[first]),
            (&message("a", "bewoners", 3), &[]),
            (&message("a", "bestuur", 1), &[]),
            (&message("a", "[wijkwerkers, bewoners]", 1), &[]),
            // What is unreadable or unknown may be for those who do the work.
            (&format!("{outside} b: {{groep: wijkwerkers}}"), &[]),
            (&format!("{outside} b: {{groep: [[x]]}}"), &[]),
            (&format!("{outside} b: {{groep: iedereen}}"), &[]),
            (&format!("{outside} b: tekst"), &[]),
        ];
        let inside = message("binnen", "wijkwerkers", 3);
        assert_paths(
            "buiten-hoort-eerder",
            |messages| format!("{GROUPS}communicatieplan: {{{inside}{messages}}}"),
            cases,
        );
        let alone = format!("{GROUPS}communicatieplan: {{{outside}}}");
        assert_eq!(paths("buiten-hoort-eerder", &alone), [""; 0]);
    }
}
