//! Rules of section 11, the evaluation.

use jiff::ToSpan;

use crate::facts::links::pointing_at;
use crate::plan::Plan;
use crate::plan::evaluation::{Question, QuestionKind};
use crate::rules::check::{Check, FindingSink, RuleContext};
use crate::rules::support::{letters, measured_goals, missing};
use crate::value::path;
use crate::value::{Answer, OneOrMany, Text, YesNo};

/// The rules of this section.
#[rustfmt::skip] // One rule per line.
pub const RULES: &[Check] = &[
    Check::error("evaluatievragen-ontbreken", &[], no_questions),
    Check::warning("evaluatievraag-leeg", &["vraag"], empty_question),
    Check::tip("gebruik-ontbreekt", &[], use_of_results_missing),
    Check::tip("trekker-evalueert-zelf", &["uitvoerder"], lead_evaluates),
    Check::warning("doel-niet-geevalueerd", &["doel"], goal_not_evaluated),
    Check::tip("speerpunt-niet-geevalueerd", &["belemmering"], focus_barrier_not_evaluated),
    Check::tip("bereik-niet-geevalueerd", &[], reach_not_evaluated),
    Check::tip("uitvoering-niet-geevalueerd", &[], delivery_not_evaluated),
    Check::warning("evaluatie-voor-termijn", &["datum", "doel", "termijn"], evaluated_before_term),
    Check::tip("dataverzameling-te-laat", &["datum", "ontbreekt", "start"], data_collected_too_late),
    Check::warning("evaluatie-zonder-uitvoerder", &["ontbreekt"], nobody_evaluates),
];

/// An evaluation needs questions. Without any it has no focus, and there is nothing whose coverage other rules can check.
fn no_questions(ctx: &RuleContext<'_>, sink: &mut FindingSink<'_>) {
    let Some(evaluation) = ctx.plan.evaluation.given() else {
        return;
    };
    let has_no_text = !ctx.plan.questions().is_empty()
        && ctx.plan.questions().is_whole()
        && asked(ctx.plan).next().is_none();
    if evaluation.questions.is_missing() || has_no_text {
        sink.report(path!["evaluatie"]);
    }
}

/// A question without a text asks nothing, and counts for no other rule.
fn empty_question(ctx: &RuleContext<'_>, sink: &mut FindingSink<'_>) {
    let questions = ctx.plan.questions().iter();
    for (id, _) in questions.filter(|(_, question)| question.text.is_missing()) {
        sink.report(path!["evaluatie", "vragen", id])
            .with("vraag", ctx.plan.questions().name(id));
    }
}

/// The questions that have a text, readable or not.
fn asked(plan: &Plan) -> impl Iterator<Item = &Question> {
    let questions = plan.questions().iter().map(|(_, question)| question);
    questions.filter(|question| !question.text.is_missing())
}

/// An evaluation is done for those who use its results (Toolkit, check).
fn use_of_results_missing(ctx: &RuleContext<'_>, sink: &mut FindingSink<'_>) {
    let evaluation = ctx.plan.evaluation.given();
    if evaluation.is_some_and(|evaluation| evaluation.use_of_results.is_missing()) {
        sink.report(path!["evaluatie"]);
    }
}

/// The project lead is the last to see what went wrong: an outsider looks with fresh eyes (Toolkit, check).
fn lead_evaluates(ctx: &RuleContext<'_>, sink: &mut FindingSink<'_>) {
    let evaluation = ctx.plan.evaluation.given();
    let Some(evaluator) = evaluation.and_then(|evaluation| evaluation.evaluator.given()) else {
        return;
    };
    let roles = ctx.plan.roles().iter();
    let mut leads = roles.filter(|(_, role)| role.leads.is(&YesNo::Yes));
    let is_evaluator = |name: &Text| letters(name.as_str()) == letters(evaluator.as_str());
    if leads.any(|(_, role)| {
        role.person.is_given_and(is_evaluator) || role.name.is_given_and(is_evaluator)
    }) {
        sink.report(path!["evaluatie", "uitvoerder"])
            .with("uitvoerder", evaluator.as_str());
    }
}

/// The evaluation shows to what extent the goals are reached, so each goal needs a question (handreiking 11).
fn goal_not_evaluated(ctx: &RuleContext<'_>, sink: &mut FindingSink<'_>) {
    let goals = ctx.plan.goals();
    let exists = |id: &str| goals.contains(id);
    if !coverage_is_known(ctx.plan, |question| &question.goals, exists) {
        return;
    }
    for (id, _) in measured_goals(ctx) {
        if pointing_at(&ctx.facts.links.questions_of_goal, id).is_empty() {
            sink.report(path!["implementatiedoelen", id])
                .with("doel", goals.name(id));
        }
    }
}

/// Questions about the focus barriers keep the evaluation to the point (handreiking 11).
fn focus_barrier_not_evaluated(ctx: &RuleContext<'_>, sink: &mut FindingSink<'_>) {
    let factors = ctx.plan.factors();
    let exists = |id: &str| factors.contains(id);
    if !coverage_is_known(ctx.plan, |question| &question.barriers, exists) {
        return;
    }
    for id in &ctx.facts.focus_barriers {
        if pointing_at(&ctx.facts.links.questions_of_barrier, id).is_empty() {
            sink.report(path!["contextanalyse", "factoren", *id])
                .with("belemmering", factors.name(id));
        }
    }
}

/// Whether questions are asked and all their references are readable and resolve. An unresolved reference may have meant
/// anything, and has its own finding.
fn coverage_is_known<'p, R: AsRef<str> + 'p>(
    plan: &'p Plan,
    references: impl Fn(&'p Question) -> &'p Answer<OneOrMany<R>>,
    exists: impl Fn(&str) -> bool,
) -> bool {
    let questions = plan.questions();
    let is_known = |question: &'p Question| {
        let references = references(question);
        references.is_whole() && references.all().iter().all(|id| exists(id.as_ref()))
    };
    questions.is_whole() && asked(plan).next().is_some() && asked(plan).all(is_known)
}

/// A process evaluation covers who was reached (handreiking 11).
fn reach_not_evaluated(ctx: &RuleContext<'_>, sink: &mut FindingSink<'_>) {
    no_question_of_kind(QuestionKind::Reach, ctx, sink);
}

/// A process evaluation covers whether things were done as planned (handreiking 11).
fn delivery_not_evaluated(ctx: &RuleContext<'_>, sink: &mut FindingSink<'_>) {
    no_question_of_kind(QuestionKind::Delivery, ctx, sink);
}

/// Reports that no question is of this kind. A question without a kind does not count as one that may be of this kind:
/// no other rule requires the kind, so the plan would get no finding at all.
fn no_question_of_kind(kind: QuestionKind, ctx: &RuleContext<'_>, sink: &mut FindingSink<'_>) {
    let questions = ctx.plan.questions();
    let may_be = |question: &Question| {
        question.kind.is(&kind) || matches!(question.kind, Answer::Unreadable)
    };
    let is_asked = asked(ctx.plan).next().is_some();
    if is_asked && questions.is_whole() && !asked(ctx.plan).any(may_be) {
        sink.report(path!["evaluatie", "vragen"]);
    }
}

/// Only after a goal's term can an evaluation see whether the goal was reached.
fn evaluated_before_term(ctx: &RuleContext<'_>, sink: &mut FindingSink<'_>) {
    let facts = ctx.facts;
    let evaluation = ctx.plan.evaluation.given();
    let when = evaluation.and_then(|evaluation| evaluation.when.given());
    let Some(day) = when.and_then(|when| when.date(facts.start)) else {
        return;
    };
    let terms = measured_goals(ctx).filter_map(|(id, _)| Some((id, facts.terms.get(id)?.ends?)));
    let Some((goal, ends)) = terms.max_by_key(|(_, ends)| *ends) else {
        return;
    };
    if day < ends {
        sink.report(path!["evaluatie", "wanneer"])
            .with("datum", day)
            .with("doel", ctx.plan.goals().name(goal))
            .with("termijn", ends);
    }
}

/// Data must be collected from the start (handreiking 11): otherwise there is nothing to compare the results with.
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
    let from = evaluation.data_from.given();
    let day = from.and_then(|moment| moment.date(start));
    let latest = start.and_then(|start| start.checked_add(1.month()).ok());
    if let Some((day, start)) = day.zip(start)
        && latest.is_some_and(|latest| day > latest)
    {
        sink.report(path!["evaluatie", "dataverzameling_vanaf"])
            .with("datum", day)
            .with("start", start);
    }
}

/// An evaluation without an evaluator or a date does not take place (handreiking 11, Toolkit 5.2).
fn nobody_evaluates(ctx: &RuleContext<'_>, sink: &mut FindingSink<'_>) {
    let Some(evaluation) = ctx.plan.evaluation.given() else {
        return;
    };
    if let Some(missing) = missing(&[
        ("wanneer", evaluation.when.is_missing()),
        ("uitvoerder", evaluation.evaluator.is_missing()),
    ]) {
        sink.report(path!["evaluatie"]).with("ontbreekt", missing);
    }
}

#[cfg(test)]
mod tests {
    use crate::rules::testing::{assert_paths, findings, paths};

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
        let (asking, noting) = ("implementatiedoelen.vragen", "implementatiedoelen.noteren");
        assert_paths(
            "doel-niet-geevalueerd",
            |question| format!("{GOALS}evaluatie: {{vragen: {{a: {question}}}}}"),
            &[
                ("{vraag: Hoe?, soort: doelbereik}", &[asking, noting]),
                // Without questions there is nothing to cover goals with.
                ("", &[]),
                ("{doelen: vragen}", &[]),
                ("{vraag: Hoe?, doelen: vragen}", &[noting]),
                ("{vraag: {a: b}, doelen: vragen}", &[noting]),
                ("{vraag: Hoe?, doelen: [noteren, vragen]}", &[]),
                // A typo counts as the goal that it must mean; any other unknown id may mean any goal.
                ("{vraag: Hoe?, doelen: noteeren}", &[asking]),
                ("{vraag: Hoe?, doelen: iets-anders}", &[]),
                ("{vraag: Hoe?, doelen: {noteren: ja}}", &[]),
                ("{vraag: Hoe?, doelen: [vragen, noteren: ja]}", &[]),
                ("Noteren zij wat zij bespreken?", &[]),
            ],
        );
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
evaluatie: {vragen: {a: {vraag: Hoe?, belemmeringen: ruimte}}}";
        assert_eq!(
            paths("speerpunt-niet-geevalueerd", plan),
            ["contextanalyse.factoren.tijd"]
        );
        let unread = plan.replace(
            "belemmeringen: ruimte}",
            "belemmeringen: [ruimte, tijd: ja]}",
        );
        assert!(paths("speerpunt-niet-geevalueerd", &unread).is_empty());
    }

    #[test]
    fn question_without_a_kind_covers_no_kind() {
        assert_paths(
            "bereik-niet-geevalueerd",
            |questions| format!("evaluatie: {{vragen: {questions}}}"),
            &[
                ("{a: {vraag: Wie?}}", &["evaluatie.vragen"]),
                ("{a: {vraag: Wie?, soort: bereik}, b: {vraag: Wie?}}", &[]),
                (
                    "{a: {soort: bereik}, b: {vraag: Wie?}}",
                    &["evaluatie.vragen"],
                ),
                ("{a: {vraag: Wie?, soort: bereikt}}", &[]),
                ("{a: {soort: uitvoering}}", &[]),
                ("{}", &[]),
            ],
        );
    }

    #[test]
    fn evaluation_may_be_on_the_last_day_of_the_last_term() {
        assert_paths(
            "evaluatie-voor-termijn",
            |when| format!("{GOALS}evaluatie: {{wanneer: {when}}}"),
            &[
                ("2028-01-04", &[]),
                ("2028-01-03", &["evaluatie.wanneer"]),
                ("ooit", &[]),
            ],
        );
    }

    #[test]
    fn empty_question_counts_for_no_other_rule() {
        let found = |questions: &str| {
            let plan = format!(
                "{GOALS}evaluatie: {{vragen: {{{questions}}}, wanneer: na 1 jaar, uitvoerder: Els}}"
            );
            names(&plan)
        };
        let empty = ["evaluatievragen-ontbreken", "evaluatievraag-leeg"];
        for questions in [
            "a: ",
            "a: {vraag: , soort: bereik, doelen: [vragen, noteren]}",
        ] {
            assert_eq!(found(questions), empty, "{questions}");
        }
        let one = found("a: , b: {vraag: Hoe?, soort: bereik, doelen: [vragen, noteren]}");
        assert_eq!(one, ["evaluatievraag-leeg", "uitvoering-niet-geevalueerd"]);
        assert_eq!(found("a: {vraag: [x]}, b: tekst"), [""; 0]);
        let at = paths(
            "evaluatievraag-leeg",
            "evaluatie: {vragen: {a: {soort: bereik}}}",
        );
        assert_eq!(at, ["evaluatie.vragen.a"]);
    }

    #[test]
    fn evaluation_says_what_its_results_are_for() {
        let evaluation: &[&str] = &["evaluatie"];
        assert_paths(
            "gebruik-ontbreekt",
            |answers| format!("evaluatie: {{vorm: procesevaluatie, {answers}}}"),
            &[
                ("gebruik: ' '", evaluation),
                ("gebruik: Het team beslist.", &[]),
                ("gebruik: {a: b}", &[]),
            ],
        );
        assert!(paths("gebruik-ontbreekt", "evaluatie: ").is_empty());
    }

    #[test]
    fn project_lead_should_not_evaluate() {
        let evaluator: &[&str] = &["evaluatie.uitvoerder"];
        assert_paths(
            "trekker-evalueert-zelf",
            |name| {
                format!(
                    "implementatieteam:
  trekker: {{naam: Projectleider, persoon: Noor de Vries, trekker: ja}}
  onderzoeker: {{persoon: Els, trekker: nee}}
evaluatie: {{uitvoerder: {name}}}"
                )
            },
            &[
                ("Noor de Vries", evaluator),
                ("noor de  vries.", evaluator),
                ("Projectleider", evaluator),
                ("Els", &[]),
                ("Noor", &[]),
                ("", &[]),
            ],
        );
    }

    #[test]
    fn goals_of_beneficiaries_need_no_question() {
        let plan = "betrokken_groepen: {bewoners: {rol: profijtgroep}}
implementatiedoelen: {rust: {groep: bewoners, termijn: 2 jaar}}
evaluatie: {wanneer: na 1 jaar, vragen: {a: {vraag: Hoe?}}}";
        assert!(paths("doel-niet-geevalueerd", plan).is_empty());
        assert!(paths("evaluatie-voor-termijn", plan).is_empty());
    }

    #[test]
    fn terms_after_the_end_of_the_plan_are_ignored() {
        let plan = "implementatiedoelen: {vragen: {termijn: 3 jaar}, noteren: {termijn: 1 jaar}}
evaluatie: {wanneer: na 18 maanden}";
        assert!(paths("evaluatie-voor-termijn", plan).is_empty());
    }

    #[test]
    fn data_collection_must_start_within_a_month() {
        assert_paths(
            "dataverzameling-te-laat",
            |day| format!("evaluatie: {{vorm: procesevaluatie, dataverzameling_vanaf: {day}}}"),
            &[
                ("2027-02-04", &[]),
                ("na 1 maand", &[]),
                ("2026-12-01", &[]),
                ("meteen", &[]),
                ("2027-02-05", &["evaluatie.dataverzameling_vanaf"]),
                ("", &["evaluatie"]),
            ],
        );
    }

    #[test]
    fn moments_relative_to_an_unknown_start_are_not_compared() {
        let plan = "versie: 1
implementatiedoelen: {vragen: {termijn: 1 jaar}}
evaluatie: {wanneer: na 1 maand, dataverzameling_vanaf: na 3 maanden, uitvoerder: Els}";
        assert_eq!(names(plan), ["evaluatievragen-ontbreken"]);
    }
}
