//! Rules about ids: unresolved references and citations, ambiguous ids, and things that are never referred to.

use std::collections::HashSet;

use indexmap::{IndexMap, IndexSet};

use crate::document::{MAX_SEARCHED, occurrences};
use crate::finding::{Argument, Finding, Findings, Focus, Severity};
use crate::plan::Plan;
use crate::plan::catalogue::{KINDS, Kind, targets};
use crate::plan::intervention::{Effect, EffectKind};
use crate::plan::literature::citations;
use crate::plan::strategies::Phase;
use crate::reading::{Reference, without_brackets};
use crate::rules::check::{FindingSink, RuleContext};
use crate::value::path;
use crate::value::path::{Path, Step};
use crate::value::suggest::nearest;
use crate::value::{Answer, Choice, Entry, Id, Odd, RefKind, SourceRef, Things, plain};

/// A reference must resolve to a thing of the right kind: otherwise the plan's red thread is cut.
pub(super) fn unknown_reference(ctx: &RuleContext<'_>, sink: &mut FindingSink<'_>) {
    let targets = Targets::of(ctx.plan);
    let references = ctx.reading.references.iter();
    let unknown = references.filter(|reference| reference.odd.is_some() || targets.miss(reference));
    for (nr, reference) in unknown.enumerate() {
        let Reference { kind, id, .. } = reference;
        let path = reference.path.to_path();
        let is_phase = reference.is_key && is_use(&path) && Phase::parse(id).is_some();
        let finding = sink.report(path);
        if is_phase {
            finding.with("fase", *id);
        }
        if reference.is_key {
            finding.focus(Focus::Key);
        }
        finding.with("id", *id).with("plaats", place_of(*kind));
        if let Some(odd) = reference.odd {
            finding.severity(Severity::Warning).with("teken", odd);
            continue;
        }
        if let Some(elsewhere) = targets.elsewhere(id) {
            finding.with("elders", place_of(elsewhere));
        }
        if *kind == RefKind::Source {
            let words = SourceRef::WORDS.map(str::to_owned);
            finding.with("woorden", Argument::Choices("bron", words.to_vec()));
            if LITERATURE.contains(&id.to_lowercase().as_str()) {
                finding.with("literatuur", *id);
                let listed: Vec<String> = targets.works().map(str::to_owned).collect();
                if !listed.is_empty() {
                    finding.with("publicaties", listed);
                }
                continue;
            }
        }
        if reference.may_be_list
            && let Some(list) =
                without_brackets(id, |word| Id::is_well_formed(word).then_some(word))
        {
            finding.with("bedoeld", list);
        } else if nr < Findings::LIMIT {
            suggest(finding, id, targets.candidates(*kind));
        }
    }
}

/// Words for literature as such, which do not say which publication is meant.
const LITERATURE: [&str; 8] = [
    "literatuur",
    "literatuuronderzoek",
    "onderzoek",
    "publicatie",
    "wetenschap",
    "literature",
    "research",
    "publication",
];

/// Whether the key at this path is a group that a strategy is used for.
fn is_use(path: &Path) -> bool {
    path.steps().rev().nth(1) == Some(&Step::from("inzet"))
        && path.first() == Some(&Step::from("implementatiestrategieen"))
}

/// The paths of the references that resolve neither literally nor as a misspelling.
pub(crate) fn unresolved(ctx: &RuleContext<'_>) -> Vec<Path> {
    let targets = Targets::of(ctx.plan);
    let references = ctx.reading.references.iter();
    references
        .filter(|reference| !reference.is_misspelled && targets.miss(reference))
        .map(|reference| reference.path.to_path())
        .collect()
}

/// A thing without references is a leftover, or a reference to it is missing. Reports nothing if part of the file could not be
/// read: the references may be there.
pub(super) fn unused(ctx: &RuleContext<'_>, sink: &mut FindingSink<'_>) {
    if ctx.reading.broken || ctx.reading.has_gaps {
        return;
    }
    let plan = ctx.plan;
    let uses = Uses::of(ctx);
    if !plan.active_ingredients().is_empty() {
        let path = path!["beschrijving_interventie", "effecten"];
        // Nothing leads to an unwanted effect on purpose: a description is what a plan can do with it.
        // If no ingredient leads to any effect, `bestanddeel-zonder-effect` says so.
        let is_excused = |effect: &Effect| {
            if effect.kind.is(&EffectKind::Undesired) {
                effect.description.given().is_some()
            } else {
                uses.effects.ids.is_empty()
            }
        };
        uses.effects
            .report(EFFECT, plan.effects(), is_excused, &path, sink);
    }
    if can_use_groups(plan) {
        let path = path!["betrokken_groepen"];
        uses.groups
            .report(GROUP, plan.groups(), |_| false, &path, sink);
    }
    if plan.missing_sections().next().is_none() {
        let path = path!["literatuur"];
        uses.works
            .report(SOURCE, plan.works(), |_| false, &path, sink);
    }
}

/// A citation must refer to a work in the literature.
pub(super) fn unknown_citation(ctx: &RuleContext<'_>, sink: &mut FindingSink<'_>) {
    let works = ctx.plan.works();
    if ctx.plan.literature == Answer::Unreadable {
        return;
    }
    let mut searches = 0..Findings::LIMIT;
    for text in ctx.reading.texts.iter().filter(|text| text.is_prose) {
        let mut reported = HashSet::new();
        for citation in citations(text.text) {
            for id in citation.ids {
                if works.contains(id) || !reported.insert(id) {
                    continue;
                }
                let finding = sink.report(text.path.to_path()).with("id", id);
                // These cost time; no report lists as many. Words beyond the search limit are never located.
                if searches.next().is_some() {
                    if citation.range.start <= MAX_SEARCHED {
                        let phrase = format!("@{id}");
                        let nth = occurrences(text.text, &phrase)
                            .take_while(|place| place.end <= citation.range.start)
                            .count();
                        finding.focus(Focus::Word(phrase, nth));
                    }
                    suggest(finding, id, works.ids());
                }
            }
        }
    }
}

/// The ids of each kind. Kinds whose mapping is missing or unreadable are left out: their ids are unknown.
struct Targets<'p>(IndexMap<RefKind, IndexSet<&'p str>>);

impl<'p> Targets<'p> {
    fn of(plan: &'p Plan) -> Self {
        let known = KINDS.iter().filter_map(|kind| {
            let reference = kind.reference;
            let mut ids: IndexSet<&str> = kind.ids(plan)?.into_iter().collect();
            if reference == RefKind::Source {
                ids.extend(SourceRef::WORDS);
            }
            Some((reference, ids))
        });
        Self(known.collect())
    }

    /// Whether a reference certainly does not resolve.
    fn miss(&self, reference: &Reference) -> bool {
        targets(reference.kind).all(|kind| {
            let ids = self.0.get(&kind.reference);
            ids.is_some_and(|ids| !ids.contains(reference.id))
        })
    }

    /// A kind that has a thing with this id.
    fn elsewhere(&self, id: &str) -> Option<RefKind> {
        let mut kinds = self.0.iter();
        let found = kinds.find(|(_, ids)| ids.contains(id) && !SourceRef::WORDS.contains(&id));
        found.map(|(kind, _)| *kind)
    }

    /// The ids of publications, as many as a message can list.
    fn works(&self) -> impl Iterator<Item = &'p str> {
        let sources = self.candidates(RefKind::Source);
        sources
            .filter(|id| !SourceRef::WORDS.contains(id))
            .take(MAX_LISTED)
    }

    /// The ids that a reference of this kind may have.
    fn candidates(&self, kind: RefKind) -> impl Iterator<Item = &'p str> {
        let known = targets(kind).filter_map(|kind| self.0.get(&kind.reference));
        known.flatten().copied()
    }
}

/// The mapping that holds the targets of a reference.
pub(super) fn place_of(kind: RefKind) -> Argument {
    let mapping = match kind {
        RefKind::Anything => "plan".to_owned(),
        kind => {
            let keys: Vec<&str> = targets(kind).map(Kind::key).collect();
            keys.join("_of_")
        }
    };
    Argument::Choice("mapping", mapping)
}

/// Limit for typo suggestions, which are linear in the number of ids. No real plan has more.
const MAX_CANDIDATES: usize = 300;

/// Publications in one message.
const MAX_LISTED: usize = 10;

fn suggest<'a>(finding: &mut Finding, id: &str, candidates: impl Iterator<Item = &'a str>) {
    let plain = plain(id);
    if let Some(meant) = nearest(&plain, candidates.take(MAX_CANDIDATES)) {
        finding.with("bedoeld", meant);
        if let Some(odd) = Odd::first_in(id).filter(|_| plain == meant) {
            finding.with("teken", odd);
        }
    }
}

/// The ids that are referred to.
#[derive(Default)]
struct Uses<'p> {
    effects: Used<'p>,
    groups: Used<'p>,
    works: Used<'p>,
}

/// The ids of one kind that are referred to.
#[derive(Default)]
struct Used<'p> {
    ids: HashSet<&'p str>,
    /// Whether some reference does not resolve. It may have meant any id, so none is certainly unused.
    is_unsure: bool,
}

const EFFECT: &str = "effect";

const GROUP: &str = "groep";

const SOURCE: &str = "literatuur";

impl<'p> Uses<'p> {
    fn of(ctx: &RuleContext<'p>) -> Self {
        let targets = Targets::of(ctx.plan);
        let works = ctx.plan.works();
        let mut uses = Self::default();
        for reference in &ctx.reading.references {
            let referred: &mut [&mut Used<'_>] = match reference.kind {
                RefKind::Effect => &mut [&mut uses.effects],
                RefKind::Group | RefKind::GroupOrRole => &mut [&mut uses.groups],
                RefKind::Anything => &mut [&mut uses.effects, &mut uses.groups],
                RefKind::Source => &mut [&mut uses.works],
                _ => continue,
            };
            for used in referred {
                used.ids.insert(reference.id);
                used.is_unsure |= targets.miss(reference);
            }
        }
        for text in ctx.reading.texts.iter().filter(|text| text.is_prose) {
            for id in citations(text.text).flat_map(|citation| citation.ids) {
                uses.works.ids.insert(id);
                uses.works.is_unsure |= !works.contains(id);
            }
        }
        uses
    }
}

impl Used<'_> {
    fn report<T: Entry>(
        &self,
        kind: &str,
        things: Things<'_, Id, T>,
        is_excused: impl Fn(&T) -> bool,
        path: &Path,
        sink: &mut FindingSink<'_>,
    ) {
        if self.is_unsure {
            return;
        }
        let is_used = |id: &&str| self.ids.contains(id) || things.get(id).is_some_and(&is_excused);
        for id in things.ids().filter(|id| !is_used(id)) {
            sink.report(path.join(id))
                .with("soort", Argument::Choice("ongebruikt", kind.to_owned()))
                .with("naam", things.name(id));
        }
    }
}

/// Whether the plan has every section that can refer to groups.
fn can_use_groups(plan: &Plan) -> bool {
    plan.users.given().is_some()
        && plan.goals.given().is_some()
        && plan.context.given().is_some()
        && plan.strategies.given().is_some()
        && plan.team.given().is_some()
        && plan.budget.given().is_some()
}
