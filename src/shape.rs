//! The rules of "The file itself" that a readable file can still break: keys, values, ids and texts.
//!
//! Rules about what the answers *say* live with their section; rules about YAML itself in [`document`](crate::document).

use std::collections::{BTreeSet, HashSet};
use std::sync::LazyLock;

use comrak::nodes::NodeValue;
use comrak::{Arena, Options, parse_document};
use indexmap::{IndexMap, IndexSet};

use crate::annex::literature::citations;
use crate::document::{MAX_SEARCHED, occurrences};
use crate::finding::{Argument, Finding, Findings, Focus, Severity};
use crate::path;
use crate::path::{Path, Step};
use crate::plan::Plan;
use crate::reading::Reference;
use crate::rule::{Found, Rule, Whole};
use crate::suggest::nearest;
use crate::value::{Answer, Entries, Entry, Id, RefKind, SourceRef, Things};

/// A key that the model does not have. What stands behind it counts for nothing, and nobody would notice.
pub const UNKNOWN_KEY: Rule = Rule::seen_elsewhere("sleutel-onbekend", Severity::Error);
/// A wrong kind of value, or not one of the choices: nothing can be reckoned with it.
pub const INVALID_VALUE: Rule = Rule::seen_elsewhere("waarde-ongeldig", Severity::Error);

/// The rules of the file itself.
pub const RULES: &[Rule] = &[
    UNKNOWN_KEY,
    INVALID_VALUE,
    Rule::error("verwijzing-onbekend", unknown_reference),
    Rule::error("id-dubbel", ambiguous_id),
    Rule::error("id-vorm", malformed_id),
    Rule::error("versie-onbekend", unknown_version),
    Rule::error("onderdeel-ontbreekt", section_missing),
    Rule::warning("nog-in-te-vullen", placeholder),
    Rule::warning("html-in-tekst", raw_html),
    Rule::tip("niet-gebruikt", unused),
    Rule::error("bron-onbekend", unknown_citation),
];

/// An id leads to a thing of the right kind: where it does not, the red thread is cut.
fn unknown_reference(whole: &Whole<'_>, found: &mut Found<'_>) {
    let targets = Targets::of(whole.plan);
    let unknown = whole
        .reading
        .references
        .iter()
        .filter(|reference| targets.miss(reference));
    for (nr, reference) in unknown.enumerate() {
        let Reference { kind, id, .. } = reference;
        let finding = found.at(reference.path.clone());
        if reference.is_key {
            finding.focus(Focus::Key);
        }
        finding
            .with("id", id.as_str())
            .with("plaats", place_of(*kind));
        if let Some(elsewhere) = targets.elsewhere(id) {
            finding.with("elders", place_of(elsewhere));
        }
        if *kind == RefKind::Source {
            let words = SourceRef::WORDS.map(str::to_owned);
            finding.with("woorden", words.to_vec());
        }
        if nr < Findings::LIMIT {
            suggest(finding, id, targets.candidates(*kind));
        }
    }
}

/// Where the references stand that lead nowhere, and of which nobody knows what they were meant to point at.
pub(crate) fn astray<'p>(whole: &Whole<'p>) -> Vec<&'p Path> {
    let targets = Targets::of(whole.plan);
    let references = whole.reading.references.iter();
    references
        .filter(|reference| !reference.is_misspelt && targets.miss(reference))
        .map(|reference| &reference.path)
        .collect()
}

/// Groups and team roles share one space of ids, so that an id says which of the two it is.
fn ambiguous_id(whole: &Whole<'_>, found: &mut Found<'_>) {
    let groups = whole.plan.groups();
    for id in whole.plan.roles().ids().filter(|id| groups.contains(id)) {
        found
            .at(path!["implementatieteam", id])
            .focus(Focus::Key)
            .with("id", id);
    }
}

/// Ids stand in file names, links and other people's scripts, where capitals, spaces and accents give trouble.
fn malformed_id(whole: &Whole<'_>, found: &mut Found<'_>) {
    for path in &whole.reading.malformed_ids {
        let Some(Step::Key(id)) = path.steps().last() else {
            continue;
        };
        let finding = found.at(path.clone()).focus(Focus::Key);
        finding.with("id", id.as_str());
        let proposal = well_formed(id);
        if !proposal.is_empty() {
            finding.with("voorstel", proposal);
        }
    }
}

/// The version says how the file must be read, also by the programs of years from now.
fn unknown_version(whole: &Whole<'_>, found: &mut Found<'_>) {
    match &whole.plan.version {
        Answer::Missing if !whole.reading.broken => {
            found.at(Path::root());
        }
        Answer::Given(version) if version.value() != Plan::VERSION => {
            found
                .at(path!["versie"])
                .with("versie", version.value().to_string());
        }
        _ => {}
    }
}

/// A plan has the twelve sections of the handreiking.
fn section_missing(whole: &Whole<'_>, found: &mut Found<'_>) {
    for (nr, key) in whole.plan.missing_sections() {
        found
            .at(Path::root())
            .with("nummer", nr)
            .with("onderdeel", Argument::Field(key))
            .with("sleutel", key);
    }
}

/// Who wrote "TODO" meant to come back to it.
fn placeholder(whole: &Whole<'_>, found: &mut Found<'_>) {
    for text in &whole.reading.texts {
        if is_placeholder(&text.text) {
            found
                .at(text.path.clone())
                .with("tekst", text.text.as_str());
        }
    }
}

/// A plan is rendered in more formats than HTML, and a page must not run what a plan says.
fn raw_html(whole: &Whole<'_>, found: &mut Found<'_>) {
    let prose = whole.reading.texts.iter().filter(|text| text.is_prose);
    for text in prose {
        if let Some(tag) = first_tag(&text.text) {
            found
                .at(text.path.clone())
                .focus(Focus::Word(tag.clone(), 0))
                .with("tekst", tag);
        }
    }
}

/// What nothing points at is left over, or something that should point at it does not. As long as something in the file
/// could not be read, nobody knows what points where.
fn unused(whole: &Whole<'_>, found: &mut Found<'_>) {
    if whole.reading.broken || whole.reading.has_gaps {
        return;
    }
    let plan = whole.plan;
    let uses = Uses::of(whole);
    if !plan.active_ingredients().is_empty() {
        let path = path!["beschrijving_interventie", "effecten"];
        uses.effects.report(EFFECT, plan.effects(), &path, found);
    }
    if can_use_groups(plan) {
        uses.groups
            .report(GROUP, plan.groups(), &path!["betrokken_groepen"], found);
    }
    if plan.missing_sections().next().is_none() {
        uses.works
            .report(SOURCE, plan.works(), &path!["literatuur"], found);
    }
}

/// A citation leads to the list of literature.
fn unknown_citation(whole: &Whole<'_>, found: &mut Found<'_>) {
    let works = whole.plan.works();
    if whole.plan.literature == Answer::Unreadable {
        return;
    }
    let mut looks = 0..Findings::LIMIT;
    for text in whole.reading.texts.iter().filter(|text| text.is_prose) {
        let mut told = HashSet::new();
        for citation in citations(&text.text) {
            for id in citation.ids {
                if works.contains(id) || !told.insert(id) {
                    continue;
                }
                let finding = found.at(text.path.clone()).with("id", id);
                // What lies further than places are looked for, or past what is kept, is not worth a search through the text.
                if looks.next().is_some() {
                    if citation.range.start <= MAX_SEARCHED {
                        let phrase = format!("@{id}");
                        let nth = occurrences(&text.text, &phrase)
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

/// Where references lead: the ids of each kind. A kind is not there when what its things stand in is missing or could not
/// be read, so that nobody can say which ids there are.
struct Targets<'p>(IndexMap<RefKind, IndexSet<&'p str>>);

impl<'p> Targets<'p> {
    fn of(plan: &'p Plan) -> Self {
        let intervention = plan.intervention.given();
        let context = plan.context.given();
        let strategies = plan.strategies.given();
        let budget = plan.budget.given();
        let words = SourceRef::WORDS.into_iter();
        let sources =
            ids_in(Some(&plan.literature)).map(|ids| ids.into_iter().chain(words).collect());
        let all = [
            (RefKind::Group, ids_of(&plan.stakeholders)),
            (RefKind::Role, ids_of(&plan.team)),
            (RefKind::Goal, ids_of(&plan.goals)),
            (RefKind::Indicator, ids_of(&plan.monitoring)),
            (
                RefKind::Part,
                ids_in(intervention.map(|section| &section.parts)),
            ),
            // Without any effect `effecten-ontbreken` says enough.
            (
                RefKind::Effect,
                ids_in(intervention.map(|section| &section.effects)).filter(|ids| !ids.is_empty()),
            ),
            (
                RefKind::Factor,
                ids_in(context.map(|section| &section.factors)),
            ),
            (
                RefKind::Strategy,
                ids_in(strategies.map(|section| &section.strategies)),
            ),
            (
                RefKind::Activity,
                ids_in(budget.map(|section| &section.activities)),
            ),
            (RefKind::Source, sources),
        ];
        Self(
            all.into_iter()
                .filter_map(|(kind, ids)| Some((kind, ids?)))
                .collect(),
        )
    }

    /// Whether a reference leads nowhere, as far as can be known.
    fn miss(&self, reference: &Reference) -> bool {
        kinds(&reference.kind).iter().all(|kind| {
            let ids = self.0.get(kind);
            ids.is_some_and(|ids| !ids.contains(reference.id.as_str()))
        })
    }

    /// The kind of thing that has this id.
    fn elsewhere(&self, id: &str) -> Option<RefKind> {
        let mut kinds = self.0.iter();
        let found = kinds.find(|(_, ids)| ids.contains(id) && !SourceRef::WORDS.contains(&id));
        found.map(|(kind, _)| *kind)
    }

    /// The ids that a reference of this kind may name.
    fn candidates(&self, kind: RefKind) -> impl Iterator<Item = &'p str> {
        let known = kinds(&kind).iter().filter_map(|kind| self.0.get(kind));
        known
            .flatten()
            .copied()
            .take(MOST_CANDIDATES)
            .collect::<Vec<_>>()
            .into_iter()
    }
}

/// The kinds of thing that a reference may lead to.
fn kinds(kind: &RefKind) -> &[RefKind] {
    match kind {
        RefKind::GroupOrRole => &[RefKind::Group, RefKind::Role],
        other => std::slice::from_ref(other),
    }
}

/// The mapping that a reference looks in.
fn place_of(kind: RefKind) -> Argument {
    let mapping = match kind {
        RefKind::Part => "onderdelen",
        RefKind::Effect => "effecten",
        RefKind::Group => "betrokken_groepen",
        RefKind::Role => "implementatieteam",
        RefKind::GroupOrRole => "betrokken_groepen_of_implementatieteam",
        RefKind::Goal => "implementatiedoelen",
        RefKind::Factor => "factoren",
        RefKind::Strategy => "strategieen",
        RefKind::Activity => "activiteiten",
        RefKind::Indicator => "monitoring",
        RefKind::Source => "literatuur",
    };
    Argument::Choice("mapping", mapping.to_owned())
}

/// The ids of a section that is a mapping of things.
fn ids_of<T>(section: &Answer<Entries<Id, T>>) -> Option<IndexSet<&str>> {
    let things = section.given()?;
    Some(things.ids().map(Id::as_str).collect())
}

/// The ids of a mapping in a section that is there: when it is missing there are none.
fn ids_in<T>(things: Option<&Answer<Entries<Id, T>>>) -> Option<IndexSet<&str>> {
    match things? {
        Answer::Missing => Some(IndexSet::new()),
        things => ids_of(things),
    }
}

/// Among how many ids the one that was meant is looked for. No plan has more.
const MOST_CANDIDATES: usize = 300;

fn suggest<'a>(finding: &mut Finding, id: &str, candidates: impl Iterator<Item = &'a str>) {
    if let Some(meant) = nearest(id, candidates.take(MOST_CANDIDATES)) {
        finding.with("bedoeld", meant);
    }
}

/// What is pointed at.
#[derive(Default)]
struct Uses<'p> {
    effects: Used<'p>,
    groups: Used<'p>,
    works: Used<'p>,
}

/// The ids of one kind that are pointed at.
#[derive(Default)]
struct Used<'p> {
    ids: HashSet<&'p str>,
    /// Whether something points at an id that is not there: nobody knows which was meant, so none is surely unused.
    astray: bool,
}

const EFFECT: &str = "effect";
const GROUP: &str = "groep";
const SOURCE: &str = "literatuur";

impl<'p> Uses<'p> {
    fn of(whole: &Whole<'p>) -> Self {
        let targets = Targets::of(whole.plan);
        let works = whole.plan.works();
        let mut uses = Self::default();
        for reference in &whole.reading.references {
            let pointed_at = match reference.kind {
                RefKind::Effect => &mut uses.effects,
                RefKind::Group | RefKind::GroupOrRole => &mut uses.groups,
                RefKind::Source => &mut uses.works,
                _ => continue,
            };
            pointed_at.ids.insert(&reference.id);
            pointed_at.astray |= targets.miss(reference);
        }
        for text in whole.reading.texts.iter().filter(|text| text.is_prose) {
            for id in citations(&text.text).flat_map(|citation| citation.ids) {
                uses.works.ids.insert(id);
                uses.works.astray |= !works.contains(id);
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
        path: &Path,
        found: &mut Found<'_>,
    ) {
        let unused = things
            .ids()
            .filter(|id| !self.astray && !self.ids.contains(id));
        for id in unused {
            found
                .at(path.join(id))
                .with("soort", Argument::Choice("ongebruikt", kind.to_owned()))
                .with("naam", things.name(id));
        }
    }
}

/// Whether every part of the plan in which groups have something to do is there.
fn can_use_groups(plan: &Plan) -> bool {
    plan.users.given().is_some()
        && plan.goals.given().is_some()
        && plan.context.given().is_some()
        && plan.strategies.given().is_some()
        && plan.team.given().is_some()
        && plan.budget.given().is_some()
}

/// An id that looks like the given one and is well-formed; empty if nothing of it can stay.
fn well_formed(id: &str) -> String {
    let mut formed = String::with_capacity(id.len());
    for character in id.chars().flat_map(char::to_lowercase) {
        match character {
            'a'..='z' | '0'..='9' => formed.push(character),
            'à'..='å' => formed.push('a'),
            'æ' => formed.push_str("ae"),
            'ç' => formed.push('c'),
            'è'..='ë' => formed.push('e'),
            'ì'..='ï' => formed.push('i'),
            'ñ' => formed.push('n'),
            'ò'..='ö' | 'ø' => formed.push('o'),
            'ù'..='ü' => formed.push('u'),
            'ý' | 'ÿ' => formed.push('y'),
            'ß' => formed.push_str("ss"),
            'œ' => formed.push_str("oe"),
            'ĳ' => formed.push_str("ij"),
            '\'' | '’' | '‘' | '\u{300}'..='\u{36f}' => {}
            _ if formed.is_empty() || formed.ends_with('-') => {}
            _ => formed.push('-'),
        }
    }
    formed.truncate(formed.trim_end_matches('-').len());
    formed
}

/// The words and signs that people leave where something is still to come.
static PLACEHOLDERS: LazyLock<BTreeSet<String>> = LazyLock::new(|| {
    let lines = include_str!("lists/placeholders.txt")
        .lines()
        .map(str::trim);
    let phrases = lines.filter(|line| !line.is_empty() && !line.starts_with('#'));
    phrases
        .flat_map(|phrase| {
            let (letters, _) = run_together(phrase);
            if letters.is_empty() {
                signs(phrase).map(String::from).collect()
            } else {
                vec![letters]
            }
        })
        .collect()
});

/// Whether a text is nothing more than one placeholder or several.
fn is_placeholder(text: &str) -> bool {
    if !may_be_placeholder(text) {
        return false;
    }
    let (letters, ends) = run_together(text);
    if letters.is_empty() {
        let mut signs = signs(text).peekable();
        return signs.peek().is_some()
            && signs.all(|sign| PLACEHOLDERS.contains(sign.encode_utf8(&mut [0; 4])));
    }
    let mut start = 0;
    while start < letters.len() {
        let longest = ends.iter().rev().find(|end| {
            (1..=LONGEST_PLACEHOLDER).contains(&end.saturating_sub(start))
                && PLACEHOLDERS.contains(&letters[start..**end])
        });
        let Some(end) = longest else { return false };
        start = *end;
    }
    true
}

/// Whether a placeholder begins with the first word of a text: hardly any text needs a closer look.
fn may_be_placeholder(text: &str) -> bool {
    let mut words = text.split(|character: char| !character.is_alphanumeric());
    let Some(first) = words.find(|word| !word.is_empty()) else {
        return true;
    };
    let first: String = first.chars().flat_map(char::to_lowercase).collect();
    // Those that begin with it stand side by side.
    let mut from_first = PLACEHOLDERS.range(first.clone()..);
    from_first
        .next()
        .is_some_and(|placeholder| placeholder.starts_with(&first))
}

/// No placeholder has more letters, in bytes: of a longer text only its beginning has to be looked up.
const LONGEST_PLACEHOLDER: usize = 32;

/// The words of a text in lower case, without their signs and what stands between them, and where each of them ends; no
/// more than tell a placeholder from a sentence.
fn run_together(text: &str) -> (String, Vec<usize>) {
    const MOST: usize = 16;

    let (mut letters, mut ends) = (String::new(), Vec::new());
    let words = text.split(|character: char| !character.is_alphanumeric());
    for word in words.filter(|word| !word.is_empty()).take(MOST) {
        letters.extend(word.chars().flat_map(char::to_lowercase));
        ends.push(letters.len());
    }
    (letters, ends)
}

/// The signs of a text, without brackets, quotes and emphasis around them.
fn signs(text: &str) -> impl Iterator<Item = char> {
    text.chars()
        .filter(|sign| !sign.is_whitespace() && !"[](){}<>*`\"'‘’“”".contains(*sign))
}

/// The first tag in a text that Markdown takes for HTML, as far as places are looked for.
fn first_tag(prose: &str) -> Option<String> {
    let most = prose.len().min(MAX_SEARCHED);
    let prose = (0..=most).rev().find_map(|end| prose.get(..end))?;
    if !prose.contains('<') {
        return None;
    }
    let mut options = Options::default();
    options.extension.table = true;
    options.extension.strikethrough = true;
    options.extension.autolink = true;
    options.extension.tasklist = true;
    let arena = Arena::new();
    let document = parse_document(&arena, prose, &options);
    let html = document
        .descendants()
        .find_map(|node| match &node.data.borrow().value {
            NodeValue::HtmlBlock(block) => Some(block.literal.clone()),
            NodeValue::HtmlInline(tag) => Some(tag.clone()),
            _ => None,
        })?;
    let tag = html.trim().split_inclusive('>').next().unwrap_or_default();
    Some(tag.lines().next().unwrap_or_default().to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::{Cause, Limit};
    use crate::plan::Language;
    use crate::testing::{findings, paths};
    use crate::value::{
        ActivityRef, Count, Day, EffectRef, FactorRef, GoalRef, GroupOrRoleRef, GroupRef,
        IndicatorRef, Moment, Money, Number, PartRef, Period, RhythmPart, RoleRef, Scalar,
        StrategyRef, Term,
    };
    use crate::words::Words;

    #[test]
    fn a_reference_leads_to_a_thing_of_its_kind() {
        let at = |plan: &str| paths("verwijzing-onbekend", plan);
        let group = "betrokken_groepen: {artsen: }";
        let team = "implementatieteam: {trekker: {vertegenwoordigt: [artsen, arsen]}}";
        assert_eq!(
            at(&format!("{group}\n{team}")),
            ["implementatieteam.trekker.vertegenwoordigt[1]"]
        );
        assert_eq!(
            at(&format!("{group}\ngebruikers: {{arsen: }}")),
            ["gebruikers.arsen"]
        );
        let rates = "planning_en_budget: {uurtarieven: {artsen: 60, trekker: 70, x: 80}}";
        assert_eq!(
            at(&format!("{group}\n{team}\n{rates}"))[1..],
            ["planning_en_budget.uurtarieven.x"]
        );
        let owner = "monitoring: {a: {eigenaar: artsen}}";
        assert_eq!(
            at(&format!(
                "{group}\n{owner}\nimplementatieteam: {{trekker: }}"
            )),
            ["monitoring.a.eigenaar"]
        );
        let measured = "monitoring: {a: }\nvoortgang: {metingen: [{indicator: a}, {indicator: b}]}";
        assert_eq!(at(measured), ["voortgang.metingen[1].indicator"]);
    }

    #[test]
    fn a_reference_into_what_is_not_there_yet_is_not_unknown() {
        let at = |plan: &str| paths("verwijzing-onbekend", plan);
        for plan in [
            "gebruikers: {artsen: {veranderingen: [{onderdeel: x}]}}",
            "betrokken_groepen: {artsen: }\nplanning_en_budget: {uurtarieven: {trekker: 70}}",
            "betrokken_groepen: geen\ngebruikers: {artsen: }",
            "beschrijving_interventie: {werkzame_bestanddelen: {a: {leidt_tot: b}}}",
            "contextanalyse: {factoren: x}\nimplementatiestrategieen: {strategieen: {a: {belemmeringen: b}}}",
            "randvoorwaarden: {voorwaarden: {a: {bron: interviews}}}",
        ] {
            assert_eq!(at(plan), [""; 0], "{plan}");
        }
        let factors = "contextanalyse: {werkwijze: brainstorm}\nimplementatiestrategieen: {strategieen: {a: {belemmeringen: b}}}";
        assert_eq!(
            at(factors),
            ["implementatiestrategieen.strategieen.a.belemmeringen"]
        );
        assert_eq!(
            at("randvoorwaarden: {voorwaarden: {a: {bron: x}}}"),
            ["randvoorwaarden.voorwaarden.a.bron"]
        );
    }

    #[test]
    fn a_well_formed_id_is_proposed() {
        for (id, proposal) in [
            ("Basis training", "basis-training"),
            ("stress_bespreken", "stress-bespreken"),
            ("financiële-zorg", "financiele-zorg"),
            ("  Één & ander! ", "een-ander"),
            ("foto's", "fotos"),
            ("???", ""),
        ] {
            assert_eq!(well_formed(id), proposal, "{id}");
            assert!(proposal.is_empty() || Id::is_well_formed(proposal));
        }
    }

    #[test]
    fn the_version_is_the_one_that_is_known() {
        let at = |version: &str| {
            paths(
                "versie-onbekend",
                &format!("versie: {version}\nplan: {{titel: x}}"),
            )
        };
        assert_eq!(at("1"), [""; 0]);
        assert_eq!(at("2"), ["versie"]);
        assert_eq!(at(""), [""]);
        assert_eq!(at("een"), [""; 0]);
    }

    #[test]
    fn a_placeholder_says_nothing_more() {
        assert!(
            PLACEHOLDERS
                .iter()
                .all(|letters| letters.len() <= LONGEST_PLACEHOLDER)
        );
        for text in [
            "TODO",
            "t.b.d.",
            "???",
            "…",
            "...",
            "n.t.b.",
            "Nader te bepalen!",
            "**nog invullen**",
            "[ xxx ]",
            "TODO: uitzoeken",
            "?",
        ] {
            assert!(is_placeholder(text), "{text}");
        }
        for text in [
            "",
            "-",
            "n.v.t.",
            "Nog niet bekend",
            "TODO: Karin bellen",
            "Wij checken dit elk kwartaal",
            "ja/nee",
            "3",
        ] {
            assert!(!is_placeholder(text), "{text}");
        }
        assert_eq!(
            paths(
                "nog-in-te-vullen",
                "literatuur: {a: {kort: TBD, tekst: '...'}}"
            ),
            ["literatuur.a.kort", "literatuur.a.tekst"]
        );
    }

    #[test]
    fn html_is_what_markdown_takes_for_it() {
        for (prose, tag) in [
            ("een<br>twee", "<br>"),
            ("<div class=\"x\">\nhoi\n</div>", "<div class=\"x\">"),
            ("| a |\n|---|\n| <b>x</b> |", "<b>"),
            ("vul <naam> in", "<naam>"),
        ] {
            assert_eq!(first_tag(prose).as_deref(), Some(tag), "{prose}");
        }
        for prose in [
            "1 < 2 en 3 > 2",
            "`<br>`",
            "```\n<br>\n```",
            "<https://example.nl>",
            "<a@example.nl>",
            "\\<br>",
            "<3",
        ] {
            assert_eq!(first_tag(prose), None, "{prose}");
        }
        assert_eq!(
            paths(
                "html-in-tekst",
                "literatuur: {a: {kort: x<br>y, tekst: x<br>y<br>z}}"
            ),
            ["literatuur.a.tekst"]
        );
    }

    #[test]
    fn a_citation_leads_to_literature() {
        let cited = |literature: &str| {
            paths(
                "bron-onbekend",
                &format!(
                    "randvoorwaarden: {{voorwaarden: {{a: {{actie: '[@x; @y] `[@z]` [@y]'}}}}}}\n{literature}"
                ),
            )
        };
        let path = "randvoorwaarden.voorwaarden.a.actie";
        assert_eq!(cited("literatuur: {x: , y: }"), [""; 0]);
        assert_eq!(cited("literatuur: {x: }"), [path]);
        assert_eq!(cited(""), [path, path]);
        assert_eq!(cited("literatuur: nog niet"), [""; 0]);
    }

    #[test]
    fn what_nothing_refers_to_is_told_of_only_when_all_that_could_is_there() {
        let unused = |plan: &str| paths("niet-gebruikt", plan);
        let whole = include_str!("../examples/minimaal.yaml");
        let more = "literatuur: {gelezen: {kort: A}, genoemd: {kort: B}, vergeten: {kort: C}}";
        let whole = format!(
            "{}\n{more}\n",
            whole.replace(
                "  interventie: Het",
                "  aanleiding: Zie [@genoemd].\n  interventie: Het"
            )
        )
        .replace("{geregeld: ja}", "{geregeld: ja, bron: gelezen}");
        assert_eq!(
            unused(&whole),
            ["betrokken_groepen.bewoners", "literatuur.vergeten"]
        );
        let no_borging = whole.replace("blijvende_eigenaar: {geborgd", "#");
        assert_eq!(unused(&no_borging), ["betrokken_groepen.bewoners"]);
        assert_eq!(
            unused(&whole.replace("monitoring:", "monitorring:")),
            [""; 0]
        );
        assert_eq!(
            unused(&whole.replace("[@genoemd]", "[@genoemt]")),
            ["betrokken_groepen.bewoners"]
        );
        assert_eq!(
            unused(&whole.replace("groep: wijkwerkers", "groep: wijkwerker")),
            ["literatuur.vergeten"]
        );
        let effects = "effecten: {a: {soort: gewenst}, b: }";
        let section = |more: &str| format!("beschrijving_interventie: {{{effects}, {more}}}");
        assert_eq!(
            unused(&section("werkzame_bestanddelen: {x: {leidt_tot: a}}")),
            ["beschrijving_interventie.effecten.b"]
        );
        assert_eq!(unused(&section("doel: x")), [""; 0]);
    }

    #[test]
    fn an_id_is_of_one_kind_and_every_section_is_there() {
        let plan = "betrokken_groepen: {a: , b: }\nimplementatieteam: {b: , c: }";
        assert_eq!(paths("id-dubbel", plan), ["implementatieteam.b"]);
        assert_eq!(
            paths(
                "id-vorm",
                "literatuur: {A b: }\nborging: {eigen_punten: {Nazorg: }}"
            ),
            ["literatuur.A b", "borging.eigen_punten.Nazorg"]
        );
        assert!(
            findings(include_str!("../examples/psycho-educatie.yaml"))
                .iter()
                .all(|(rule, _)| !rule.starts_with("onderdeel"))
        );
    }

    #[test]
    fn every_kind_of_value_cause_and_place_has_words() {
        let soorten = [
            "lijst",
            "sleutels",
            "een_of_meer",
            "keuze",
            "antwoord",
            "inzet_per_fase",
            "tekst",
            "proza",
            "id",
            "getal_te_groot",
            "bedrag_te_groot",
            Money::AMBIGUOUS,
            Money::KIND,
            Number::KIND,
            Count::KIND,
            Period::KIND,
            Day::KIND,
            Moment::KIND,
            Term::KIND,
            RhythmPart::KIND,
            PartRef::KIND,
            EffectRef::KIND,
            GroupRef::KIND,
            RoleRef::KIND,
            GroupOrRoleRef::KIND,
            GoalRef::KIND,
            FactorRef::KIND,
            StrategyRef::KIND,
            ActivityRef::KIND,
            IndicatorRef::KIND,
            SourceRef::KIND,
        ];
        let mut keys: Vec<String> = soorten
            .iter()
            .map(|kind| format!("soorten.{kind}"))
            .collect();
        for (kind, codes) in [("oorzaak_yaml", Cause::CODES), ("grens", Limit::CODES)] {
            for code in codes {
                keys.extend([format!("{kind}.{code}"), format!("{kind}_oplossing.{code}")]);
            }
        }
        for kind in soorten.iter().filter_map(|kind| RefKind::of(kind)) {
            let Argument::Choice(kind, mapping) = place_of(kind) else {
                panic!("{kind:?}")
            };
            keys.push(format!("{kind}.{mapping}"));
        }
        for language in [Language::Dutch, Language::English] {
            let words = Words::of(language);
            for key in &keys {
                assert!(words.find(&format!("keuzes.{key}")).is_some(), "{key}");
            }
        }
    }
}
