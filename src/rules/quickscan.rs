//! Rules of the annex with the quick scan ("quickscan", Toolkit 2).

use std::borrow::Borrow;
use std::hash::Hash;

use crate::facts::{FollowUpPlace, follow_up_places};
use crate::finding::Argument;
use crate::plan::Plan;
use crate::plan::budget::StageKind;
use crate::plan::context::{Factor, FactorDirection, Level};
use crate::plan::quickscan::{QuickScan, ScanAnswer, ScanVerdict};
use crate::plan::users::{Aspect, User};
use crate::rules::check::{Check, FindingSink, RuleContext};
use crate::value::path;
use crate::value::{Answer, Entry, Things};

/// The rules of this annex.
#[rustfmt::skip] // One rule per line.
pub const RULES: &[Check] = &[
    Check::tip("quickscan-nee-zonder-vervolg", &["vraag", "vervolg"], no_without_follow_up),
];

/// A "no" shows what the plan has to work on (Toolkit 2): it is explained, or followed up somewhere in the plan.
fn no_without_follow_up(ctx: &RuleContext<'_>, sink: &mut FindingSink<'_>) {
    let questions = ctx.plan.quick_scan.given().map(QuickScan::questions);
    let is_bare_no = |answer: &Answer<ScanAnswer>| {
        answer.is_given_and(|it| it.answer.is(&ScanVerdict::No) && it.explanation.is_missing())
    };
    for question in questions.into_iter().flatten() {
        let places = follow_up_places(question.key());
        if !is_bare_no(question.answer) || places.iter().any(|place| may_be_in(*place, ctx.plan)) {
            continue;
        }
        let names = places.iter().map(|place| name_of(*place).to_owned());
        sink.report(path!["quickscan", question.key()])
            .with("vraag", Argument::Field(question.field))
            .with(
                "vervolg",
                Argument::Choices("vervolg_quickscan", names.collect()),
            );
    }
}

/// The choice for a place, with its label.
const fn name_of(place: FollowUpPlace) -> &'static str {
    match place {
        FollowUpPlace::Barrier(Level::User) => "factor_gebruiker",
        FollowUpPlace::Barrier(Level::Beneficiary) => "factor_profijtgroep",
        FollowUpPlace::Barrier(Level::Organisation) => "factor_organisatie",
        FollowUpPlace::Barrier(Level::Intervention) => "factor_interventie",
        FollowUpPlace::Barrier(Level::Society) => "factor_maatschappelijk",
        FollowUpPlace::Precondition => "randvoorwaarde",
        FollowUpPlace::Change(Aspect::Behaviour) => "verandering_gedrag",
        FollowUpPlace::Change(Aspect::Skills) => "verandering_vaardigheden",
        FollowUpPlace::Change(Aspect::Knowledge) => "verandering_kennis",
        FollowUpPlace::Change(Aspect::Attitude) => "verandering_houding",
        FollowUpPlace::Pilot => "proef",
    }
}

/// Whether the plan has something at that place, or may have it: a missing section and an unreadable answer have findings of
/// their own.
fn may_be_in(place: FollowUpPlace, plan: &Plan) -> bool {
    match place {
        FollowUpPlace::Barrier(level) => may_have(
            plan.factors(),
            plan.context.given().map(|it| &it.factors),
            |it| may_be_barrier(it, level),
        ),
        FollowUpPlace::Precondition => may_have(
            plan.conditions(),
            plan.preconditions.given().map(|it| &it.conditions),
            |it| !it.action.is_missing(),
        ),
        FollowUpPlace::Change(aspect) => {
            may_have(plan.users(), Some(&plan.users), |it| may_change(it, aspect))
        }
        FollowUpPlace::Pilot => may_have(
            plan.stages(),
            plan.budget.given().map(|it| &it.stages),
            |it| may_be(&it.kind, &StageKind::Pilot),
        ),
    }
}

/// Whether any of the things fits, or may fit because it is unreadable or its section is missing.
fn may_have<K, T, A>(
    things: Things<'_, K, T>,
    answer: Option<&Answer<A>>,
    fits: impl Fn(&T) -> bool,
) -> bool
where
    K: Hash + Eq + AsRef<str> + Borrow<str>,
    T: Entry,
{
    let is_unknown = answer.is_none_or(|answer| matches!(answer, Answer::Unreadable));
    is_unknown || !things.is_whole() || things.iter().any(|(_, thing)| fits(thing))
}

fn may_be<T: PartialEq>(answer: &Answer<T>, value: &T) -> bool {
    answer.is(value) || matches!(answer, Answer::Unreadable)
}

/// Whether a factor of that level hinders. One without a direction may do so.
fn may_be_barrier(factor: &Factor, level: Level) -> bool {
    may_be(&factor.level, &level) && !factor.direction.is(&FactorDirection::Facilitator)
}

fn may_change(user: &User, aspect: Aspect) -> bool {
    match &user.changes {
        Answer::Given(changes) => changes.iter().any(|change| match change {
            Answer::Given(change) => may_be(&change.aspect, &aspect),
            Answer::Missing => false,
            Answer::Unreadable => true,
        }),
        Answer::Missing => false,
        Answer::Unreadable => true,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::plan::quickscan::ScanQuestion;
    use crate::rules::testing::{NOWHERE, paths};

    const RULE: &str = "quickscan-nee-zonder-vervolg";

    /// A plan in which nothing follows up a "no" to this question.
    fn plan(question: &str, rest: &str) -> String {
        let sections = [
            ("gebruikers", "{artsen: }"),
            ("contextanalyse", "{werkwijze: interviews}"),
            ("randvoorwaarden", "{voorwaarden: {ruimte: }}"),
            ("planning_en_budget", "{baten: Rust.}"),
        ];
        let mut plan = format!("quickscan: {{{question}: {{antwoord: nee}}}}\n{rest}\n");
        for (section, content) in sections {
            if !rest.starts_with(section) {
                plan += &format!("{section}: {content}\n");
            }
        }
        plan
    }

    #[test]
    fn every_question_has_follow_ups_and_is_reported_without_them() {
        let scan = QuickScan::default();
        let questions = scan.questions();
        for question in questions.iter().map(ScanQuestion::key) {
            let expected = [format!("quickscan.{question}")];
            assert_eq!(paths(RULE, &plan(question, "")), expected);
        }
    }

    fn factor(level: &str) -> String {
        format!("contextanalyse: {{factoren: {{f: {{niveau: {level}, richting: belemmerend}}}}}}")
    }

    fn change(aspect: &str) -> String {
        format!("gebruikers: {{artsen: {{veranderingen: [{{aspect: {aspect}}}]}}}}")
    }

    #[test]
    fn each_place_follows_up_its_own_questions() {
        let scan = QuickScan::default();
        let questions = scan.questions();
        let action = "randvoorwaarden: {voorwaarden: {ruimte: {actie: Huren.}}}".to_owned();
        let pilot = "planning_en_budget: {etappes: {p: {soort: proef}}}".to_owned();
        for (rest, followed_up) in [
            (
                factor("organisatie"),
                &[
                    "past_bij_visie",
                    "commitment",
                    "rust_in_de_organisatie",
                    "betrouwbaar",
                    "invloedrijk",
                ][..],
            ),
            (factor("maatschappelijk"), &["past_bij_beleid_en_wet"]),
            (
                factor("interventie"),
                &[
                    "gebruikers_ontwikkelden_mee",
                    "duidelijk_voordeel",
                    "eenvoudig_toe_te_passen",
                    "past_bij_werkwijze",
                    "aan_te_passen",
                    "betrouwbaar",
                    "invloedrijk",
                ],
            ),
            (
                factor("gebruiker"),
                &["bekend", "gemotiveerd", "verwacht_resultaat"],
            ),
            (factor("profijtgroep"), &[]),
            (
                action,
                &[
                    "randvoorwaarden_aanwezig",
                    "rust_in_de_organisatie",
                    "past_bij_beleid_en_wet",
                ],
            ),
            (pilot, &["gebruikers_ontwikkelden_mee", "uit_te_proberen"]),
            (change("kennis"), &["bekend", "kennis_en_vaardigheden"]),
            (change("vaardigheden"), &["kennis_en_vaardigheden"]),
            (change("houding"), &["gemotiveerd", "verwacht_resultaat"]),
            (change("gedrag"), &[]),
        ] {
            for question in questions.iter().map(ScanQuestion::key) {
                let found = paths(RULE, &plan(question, &rest)).is_empty();
                assert_eq!(found, followed_up.contains(&question), "{question}: {rest}");
            }
        }
    }

    #[test]
    fn only_a_bare_no_needs_a_follow_up() {
        for answer in [
            "{antwoord: ja}",
            "{antwoord: deels}",
            "{antwoord: onbekend}",
            "{antwoord: misschien}",
            "{antwoord: nee, toelichting: De visie wordt herschreven.}",
            "{antwoord: nee, toelichting: [x]}",
            "",
        ] {
            let plan = plan("past_bij_visie", "").replace("{antwoord: nee}", answer);
            assert_eq!(paths(RULE, &plan), NOWHERE, "{answer}");
        }
    }

    #[test]
    fn unknown_places_may_follow_up() {
        for rest in [
            "contextanalyse: later",
            "contextanalyse: {factoren: later}",
            "contextanalyse: {factoren: {f: later}}",
            "contextanalyse: {factoren: {f: {niveau: overal}}}",
            "contextanalyse: {factoren: {f: {niveau: organisatie}}}",
        ] {
            assert_eq!(
                paths(RULE, &plan("past_bij_visie", rest)),
                NOWHERE,
                "{rest}"
            );
        }
        let helps = "contextanalyse: {factoren: {f: {niveau: organisatie, richting: bevorderend}}}";
        assert_eq!(paths(RULE, &plan("past_bij_visie", helps)).len(), 1);
        let no_section = "quickscan: {past_bij_visie: {antwoord: nee}}";
        assert_eq!(paths(RULE, no_section), NOWHERE);
    }
}
