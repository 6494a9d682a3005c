//! Rules of section 11.

use jiff::ToSpan;

use crate::facts::links::pointing_at;
use crate::plan::Plan;
use crate::plan::evaluation::{Question, QuestionKind};
use crate::rules::check::{Check, FindingSink, RuleContext};
use crate::value::path;
use crate::value::{Answer, OneOrMany};

/// The rules of this section.
pub const RULES: &[Check] = &[
    Check::error("evaluatievragen-ontbreken", &[], no_questions),
    Check::warning("doel-niet-geevalueerd", &["doel"], goal_not_evaluated),
    Check::tip(
        "speerpunt-niet-geevalueerd",
        &["belemmering"],
        focus_barrier_not_evaluated,
    ),
    Check::tip("bereik-niet-geevalueerd", &[], reach_not_evaluated),
    Check::tip("uitvoering-niet-geevalueerd", &[], delivery_not_evaluated),
    Check::warning(
        "evaluatie-voor-termijn",
        &["datum", "doel", "termijn"],
        evaluated_before_term,
    ),
    Check::tip(
        "dataverzameling-te-laat",
        &["datum", "ontbreekt", "start"],
        data_collected_too_late,
    ),
    Check::warning(
        "evaluatie-zonder-uitvoerder",
        &["ontbreekt"],
        nobody_evaluates,
    ),
];

/// `evaluatievragen-ontbreken`: an evaluation answers questions. Without any it has no focus, and the rules about what
/// the questions cover have nothing to look at.
fn no_questions(ctx: &RuleContext<'_>, sink: &mut FindingSink<'_>) {
    let Some(evaluation) = ctx.plan.evaluation.given() else {
        return;
    };
    if evaluation.questions.is_missing() {
        sink.report(path!["evaluatie"]);
    }
}

/// `doel-niet-geevalueerd`: the evaluation tells to what extent the goals are reached (handreiking 11), so each goal
/// has a question.
fn goal_not_evaluated(ctx: &RuleContext<'_>, sink: &mut FindingSink<'_>) {
    let goals = ctx.plan.goals();
    if !coverage_is_known(
        ctx.plan,
        |question| &question.goals,
        |id| goals.contains(id),
    ) {
        return;
    }
    for (id, _) in goals
        .iter()
        .filter(|(id, _)| pointing_at(&ctx.facts.links.questions_of_goal, id).is_empty())
    {
        sink.report(path!["implementatiedoelen", id])
            .with("doel", goals.name(id));
    }
}

/// `speerpunt-niet-geevalueerd`: asking about the barriers that the plan is aimed at keeps the evaluation to the point
/// (handreiking 11).
fn focus_barrier_not_evaluated(ctx: &RuleContext<'_>, sink: &mut FindingSink<'_>) {
    let factors = ctx.plan.factors();
    if !coverage_is_known(
        ctx.plan,
        |question| &question.barriers,
        |id| factors.contains(id),
    ) {
        return;
    }
    let barriers = ctx.facts.focus_barriers.iter();
    for id in
        barriers.filter(|id| pointing_at(&ctx.facts.links.questions_of_barrier, id).is_empty())
    {
        sink.report(path!["contextanalyse", "factoren", *id])
            .with("belemmering", factors.name(id));
    }
}

/// Whether there are questions, and all that they point at could be read and exists. What a misspelt id was meant to
/// cover is not known, and the misspelling has its own finding.
fn coverage_is_known<'p, R: AsRef<str> + 'p>(
    plan: &'p Plan,
    pointers: impl Fn(&'p Question) -> &'p Answer<OneOrMany<R>>,
    exists: impl Fn(&str) -> bool,
) -> bool {
    let questions = plan.questions();
    let is_known = |question: &'p Question| {
        let pointers = pointers(question);
        pointers.is_whole() && pointers.all().iter().all(|id| exists(id.as_ref()))
    };
    !questions.is_empty()
        && questions
            .ids()
            .all(|id| questions.get(id).is_some_and(is_known))
}

/// `bereik-niet-geevalueerd`: a process evaluation looks at who was reached (handreiking 11).
fn reach_not_evaluated(ctx: &RuleContext<'_>, sink: &mut FindingSink<'_>) {
    kind_not_asked(QuestionKind::Reach, ctx, sink);
}

/// `uitvoering-niet-geevalueerd`: a process evaluation looks at whether things were done as planned (handreiking 11).
fn delivery_not_evaluated(ctx: &RuleContext<'_>, sink: &mut FindingSink<'_>) {
    kind_not_asked(QuestionKind::Delivery, ctx, sink);
}

/// A question without a kind is of no kind: no other rule asks for it, so this one is not silent about it.
fn kind_not_asked(kind: QuestionKind, ctx: &RuleContext<'_>, sink: &mut FindingSink<'_>) {
    let questions = ctx.plan.questions();
    let may_be = |question: &Question| {
        question.kind.is(&kind) || matches!(question.kind, Answer::Unreadable)
    };
    if !questions.is_empty()
        && !questions
            .ids()
            .any(|id| questions.get(id).is_none_or(may_be))
    {
        sink.report(path!["evaluatie", "vragen"]);
    }
}

/// `evaluatie-voor-termijn`: whether a goal is reached can be told when its term is over. A term that ends after the plan
/// itself has its own finding and does not count.
fn evaluated_before_term(ctx: &RuleContext<'_>, sink: &mut FindingSink<'_>) {
    let facts = ctx.facts;
    let Some(evaluation) = ctx.plan.evaluation.given() else {
        return;
    };
    let Some(day) = evaluation
        .when
        .given()
        .and_then(|when| when.date(facts.start))
    else {
        return;
    };
    let terms = facts
        .terms
        .iter()
        .filter_map(|(id, term)| Some((*id, term.ends?)));
    let within_plan = terms.filter(|(_, ends)| facts.end.is_none_or(|end| *ends <= end));
    let Some((goal, ends)) = within_plan.max_by_key(|(_, ends)| *ends) else {
        return;
    };
    if day < ends {
        sink.report(path!["evaluatie", "wanneer"])
            .with("datum", day)
            .with("doel", ctx.plan.goals().name(goal))
            .with("termijn", ends);
    }
}

/// `dataverzameling-te-laat`: data are collected from the beginning (handreiking 11), or there is nothing to compare with.
fn data_collected_too_late(ctx: &RuleContext<'_>, sink: &mut FindingSink<'_>) {
    let Some(evaluation) = ctx.plan.evaluation.given() else {
        return;
    };
    if evaluation.data_from.is_missing() {
        sink.report(path!["evaluatie"])
            .with("ontbreekt", "dataverzameling_vanaf");
        return;
    }
    let start = ctx.facts.start;
    let day = evaluation
        .data_from
        .given()
        .and_then(|moment| moment.date(start));
    let latest = start.and_then(|start| start.checked_add(1.month()).ok());
    if let Some((day, start)) = day.zip(start)
        && latest.is_some_and(|latest| day > latest)
    {
        sink.report(path!["evaluatie", "dataverzameling_vanaf"])
            .with("datum", day)
            .with("start", start);
    }
}

/// `evaluatie-zonder-uitvoerder`: an evaluation that nobody does, or that has no day, does not take place (handreiking 11,
/// Toolkit 5.2).
fn nobody_evaluates(ctx: &RuleContext<'_>, sink: &mut FindingSink<'_>) {
    let Some(evaluation) = ctx.plan.evaluation.given() else {
        return;
    };
    let answers = [
        ("wanneer", evaluation.when.is_missing()),
        ("uitvoerder", evaluation.evaluator.is_missing()),
    ];
    let missing: Vec<String> = answers
        .into_iter()
        .filter(|(_, is_missing)| *is_missing)
        .map(|(key, _)| key.to_owned())
        .collect();
    if !missing.is_empty() {
        sink.report(path!["evaluatie"]).with("ontbreekt", missing);
    }
}

#[cfg(test)]
mod tests {
    use crate::rules::testing::{findings, paths};

    const GOALS: &str = "implementatiedoelen:
  vragen: {termijn: 6 maanden}
  noteren: {termijn: 1 jaar}
";

    fn names(plan: &str) -> Vec<String> {
        let is_ours = |rule: &String| rule.contains("geevalueerd") || rule.contains("evaluatie");
        let names = findings(plan).into_iter().map(|(rule, _)| rule);
        names.filter(is_ours).collect()
    }

    #[test]
    fn missing_questions_suppress_coverage_findings() {
        let plan =
            format!("{GOALS}evaluatie: {{vragen: {{}}, wanneer: na 1 jaar, uitvoerder: Els}}");
        assert_eq!(names(&plan), ["evaluatievragen-ontbreken"]);
        assert_eq!(names(GOALS), Vec::<String>::new());
    }

    #[test]
    fn goals_without_a_question_are_reported() {
        let covering = |question: &str| {
            let plan = format!("{GOALS}evaluatie: {{vragen: {{a: {question}}}}}");
            paths("doel-niet-geevalueerd", &plan)
        };
        let both = ["implementatiedoelen.vragen", "implementatiedoelen.noteren"];
        assert_eq!(covering("{soort: doelbereik}"), both);
        assert_eq!(covering(""), both);
        assert_eq!(covering("{doelen: vragen}"), both[1..]);
        assert!(covering("{doelen: [noteren, vragen]}").is_empty());
        // A slip of the pen covers what it can only mean; what anything else was meant to cover is not known.
        assert_eq!(covering("{doelen: noteeren}"), both[..1]);
        assert!(covering("{doelen: iets-anders}").is_empty());
        assert!(covering("{doelen: {noteren: ja}}").is_empty());
        assert!(covering("{doelen: [vragen, noteren: ja]}").is_empty());
        assert!(covering("Noteren zij wat zij bespreken?").is_empty());
    }

    #[test]
    fn only_focus_barriers_need_a_question() {
        let plan = "contextanalyse:
  factoren:
    tijd: {richting: belemmerend, invloed: 3, veranderbaar: ja}
    ruimte: {richting: belemmerend, invloed: 2}
    wet: {richting: belemmerend, invloed: 3, veranderbaar: nee}
    gewoonte: {richting: belemmerend, invloed: 1, veranderbaar: ja}
    steun: {richting: bevorderend, invloed: 3, veranderbaar: ja}
evaluatie: {vragen: {a: {belemmeringen: ruimte}}}";
        assert_eq!(
            paths("speerpunt-niet-geevalueerd", plan),
            ["contextanalyse.factoren.tijd"]
        );
        let unread = plan.replace(
            "{belemmeringen: ruimte}",
            "{belemmeringen: [ruimte, tijd: ja]}",
        );
        assert!(paths("speerpunt-niet-geevalueerd", &unread).is_empty());
    }

    #[test]
    fn question_without_a_kind_covers_no_kind() {
        let kinds = |questions: &str| {
            paths(
                "bereik-niet-geevalueerd",
                &format!("evaluatie: {{vragen: {questions}}}"),
            )
        };
        assert_eq!(kinds("{a: {vraag: Wie?}}"), ["evaluatie.vragen"]);
        assert!(kinds("{a: {soort: bereik}, b: {soort: anders}}").is_empty());
        assert!(kinds("{a: {soort: bereikt}}").is_empty());
        assert!(kinds("{}").is_empty());
    }

    #[test]
    fn evaluation_may_be_on_the_last_day_of_the_last_term() {
        let evaluated = |when: &str| {
            let plan = format!("{GOALS}evaluatie: {{wanneer: {when}}}");
            paths("evaluatie-voor-termijn", &plan)
        };
        assert!(evaluated("2028-01-04").is_empty());
        assert_eq!(evaluated("2028-01-03"), ["evaluatie.wanneer"]);
        assert!(evaluated("ooit").is_empty());
    }

    #[test]
    fn terms_after_the_end_of_the_plan_are_ignored() {
        let plan = "implementatiedoelen: {vragen: {termijn: 3 jaar}, noteren: {termijn: 1 jaar}}
evaluatie: {wanneer: na 18 maanden}";
        assert!(paths("evaluatie-voor-termijn", plan).is_empty());
    }

    #[test]
    fn data_collection_must_start_within_a_month() {
        let from = |day: &str| {
            let plan =
                format!("evaluatie: {{vorm: procesevaluatie, dataverzameling_vanaf: {day}}}");
            paths("dataverzameling-te-laat", &plan)
        };
        assert!(from("2027-02-04").is_empty());
        assert!(from("na 1 maand").is_empty());
        assert!(from("2026-12-01").is_empty());
        assert!(from("meteen").is_empty());
        assert_eq!(from("2027-02-05"), ["evaluatie.dataverzameling_vanaf"]);
        assert_eq!(from(""), ["evaluatie"]);
    }

    #[test]
    fn moments_relative_to_an_unknown_start_are_not_compared() {
        let plan = "versie: 1
implementatiedoelen: {vragen: {termijn: 1 jaar}}
evaluatie: {wanneer: na 1 maand, dataverzameling_vanaf: na 3 maanden, uitvoerder: Els}";
        assert_eq!(names(plan), ["evaluatievragen-ontbreken"]);
    }
}
