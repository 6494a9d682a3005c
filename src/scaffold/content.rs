//! The contents of a new plan: its keys, ids for its things, and the values that are known or follow from those ids.
//!
//! All keys and their order come from the model.

use super::Form;
use super::answers::{Answers, one_line};
use super::groups::{Groups, Placed};
use crate::plan::context::FactorDirection;
use crate::plan::monitoring::IndicatorKind;
use crate::plan::stakeholders::StakeholderRole::Implementer;
use crate::plan::{Language, Plan, PlanStatus};
use crate::schema::Field;
use crate::value::YesNo::Yes;
use crate::value::{Choice, plain_words};
use crate::words::Words;
use crate::words::key::nieuw::{id, id_van};

/// The keys that a first good plan needs: those that an error or a warning requires, and the names and references without which
/// those cannot be answered.
const NEEDED: &[&str] = &[
    "versie",
    "plan.titel",
    "plan.interventie",
    "plan.organisaties",
    "plan.taal",
    "plan.start",
    "beschrijving_interventie.beschrijving",
    "beschrijving_interventie.profijtgroep",
    "beschrijving_interventie.doel",
    "beschrijving_interventie.werkzame_bestanddelen.*.werking",
    "beschrijving_interventie.effecten.*.soort",
    "randvoorwaarden.voorwaarden.*.geregeld",
    "randvoorwaarden.voorwaarden.*.actie",
    "randvoorwaarden.voorwaarden.*.eigenaar",
    "randvoorwaarden.voorwaarden.*.gereed",
    "betrokken_groepen.*.naam",
    "betrokken_groepen.*.rol",
    "betrokken_groepen.*.belang",
    "betrokken_groepen.*.invloed",
    "betrokken_groepen.*.betrekken",
    "gebruikers.*.veranderingen[].ist",
    "gebruikers.*.veranderingen[].soll",
    "implementatiedoelen.*.groep",
    "implementatiedoelen.*.naam",
    "implementatiedoelen.*.resultaten",
    "implementatiedoelen.*.norm",
    "implementatiedoelen.*.termijn",
    "contextanalyse.factoren.*.naam",
    "contextanalyse.factoren.*.groep",
    "contextanalyse.factoren.*.richting",
    "contextanalyse.factoren.*.invloed",
    "contextanalyse.factoren.*.veranderbaar",
    "implementatiestrategieen.strategieen.*.belemmeringen",
    "implementatiestrategieen.strategieen.*.inzet",
    "implementatiestrategieen.strategieen.*.eigenaar",
    "implementatieteam.*.persoon",
    "implementatieteam.*.trekker",
    "implementatieteam.*.vertegenwoordigt",
    "borging.*.geborgd",
    "borging.*.actie",
    "borging.*.eigenaar",
    "borging.*.gereed",
    "monitoring.*.doel",
    "monitoring.*.soort",
    "monitoring.*.indicator",
    "monitoring.*.data",
    "monitoring.*.wanneer",
    "monitoring.*.bijsturen",
    "monitoring.*.eigenaar",
    "evaluatie.vragen.*.vraag",
    "evaluatie.vragen.*.doelen",
    "evaluatie.wanneer",
    "evaluatie.uitvoerder",
    "planning_en_budget.activiteiten.*.strategieen",
    "planning_en_budget.activiteiten.*.start",
    "planning_en_budget.activiteiten.*.einde",
    "planning_en_budget.activiteiten.*.eigenaar",
    "planning_en_budget.activiteiten.*.inzet.*.personen",
    "planning_en_budget.activiteiten.*.inzet.*.uren",
    "planning_en_budget.activiteiten.*.kosten",
    "planning_en_budget.uurtarieven",
    "planning_en_budget.budget.bedrag",
    "planning_en_budget.budget.dekking",
    "communicatieplan.*.groep",
    "communicatieplan.*.boodschap",
    "communicatieplan.*.kanaal",
    "communicatieplan.*.wanneer",
    "communicatieplan.*.afzender",
];

/// Keys that only the first of several things has: the others need them only after the answer no.
pub(super) const ONCE: [&str; 3] = ["borging.*.actie", "borging.*.eigenaar", "borging.*.gereed"];

/// Keys without a question of their own in a short plan: that of the key above or the keys inside is theirs too.
pub(super) const ASKED_NEARBY: [&str; 3] = [
    "borging.*.eigenaar",
    "borging.*.gereed",
    "planning_en_budget.budget",
];

/// Fields whose contents are a commented-out example: what they are about has no name yet, and `check` must not judge things
/// that nobody named.
const EXAMPLES: [&str; 21] = [
    "beschrijving_interventie.onderdelen",
    "beschrijving_interventie.werkzame_bestanddelen",
    "beschrijving_interventie.effecten",
    "beschrijving_interventie.materialen",
    "randvoorwaarden.voorwaarden",
    "contextanalyse.niet_uitgevraagd",
    "implementatiestrategieen.fasen",
    "implementatiestrategieen.strategieen",
    "borging.eigen_punten",
    "evaluatie.vragen",
    "evaluatie.terugkoppeling",
    "planning_en_budget.activiteiten",
    "planning_en_budget.etappes",
    "planning_en_budget.beslismomenten",
    "planning_en_budget.overige_kosten",
    "risicos",
    "voortgang.metingen",
    "voortgang.fasen",
    "voortgang.aanpassingen",
    "literatuur",
    "uitzonderingen",
];

/// The value of a key, written as YAML.
#[derive(Debug, Clone)]
pub(super) enum Value {
    /// The key does not apply.
    Absent,
    Text(String),
    /// One id, or a list on one line if that fits.
    Ids(Vec<String>),
    /// One item, or a list with one item per line.
    Lines(Vec<String>),
}

impl<T: Into<String>> From<T> for Value {
    fn from(text: T) -> Self {
        Self::Text(text.into())
    }
}

/// A thing in a mapping by id.
#[derive(Debug, Default)]
pub(super) struct Item {
    pub id: String,
    /// The values that differ between the items of the mapping.
    pub values: Vec<(&'static str, Value)>,
}

impl Item {
    fn with(mut self, key: &'static str, value: impl Into<Value>) -> Self {
        self.values.push((key, value.into()));
        self
    }
}

fn item(id: impl Into<String>) -> Item {
    Item {
        id: id.into(),
        ..Item::default()
    }
}

/// An item for each group, under the group's own id.
fn by_group(groups: &[Placed]) -> Vec<Item> {
    groups.iter().map(|placed| item(&placed.id)).collect()
}

/// The known contents of a new plan.
pub(super) struct Content<'a> {
    words: Words,
    answers: &'a Answers,
    groups: Groups,
    pub every_key: bool,
    quick_scan: bool,
}

impl<'a> Content<'a> {
    pub(super) fn new(words: Words, answers: &'a Answers, form: Form) -> Self {
        Self {
            words,
            answers,
            groups: Groups::new(&answers.groups, words),
            every_key: form.every_key,
            quick_scan: form.quick_scan,
        }
    }

    /// Whether the plan has a field.
    pub(super) fn asks(&self, field: &Field) -> bool {
        let groups = &self.groups;
        self.every_key
            || match field.pattern.as_str() {
                // An author's own points have the keys of the checklist, which every plan has.
                "borging.eigen_punten" => false,
                "communicatieplan" if groups.are_named && groups.reached.is_empty() => false,
                pattern if self.quick_scan && pattern.split('.').next() == Some("quickscan") => {
                    true
                }
                // Documents are in Dutch by default.
                "plan.taal" => self.words.language() != Language::Dutch,
                pattern => {
                    NEEDED.contains(&pattern) || field.fields.iter().any(|field| self.asks(field))
                }
            }
    }

    /// Whether the contents of a field are commented out.
    pub(super) fn is_example(&self, pattern: &str) -> bool {
        let groups = &self.groups;
        match pattern {
            "contextanalyse.factoren" => !groups.are_named,
            "communicatieplan" => !groups.are_named || groups.reached.is_empty(),
            pattern => EXAMPLES.contains(&pattern),
        }
    }

    /// The value of a field, unless the item has its own.
    pub(super) fn value(&self, pattern: &str) -> Value {
        let text = |answer: &Option<String>| answer.as_deref().map(yaml).unwrap_or_default();
        let answers = self.answers;
        Value::Text(match pattern {
            "versie" => Plan::VERSION.to_string(),
            "plan.titel" => text(&answers.title),
            "plan.interventie" => text(&answers.intervention),
            "plan.organisaties" => {
                let names = answers.organisations.iter().map(|name| yaml(name));
                return Value::Lines(names.filter(|name| !name.is_empty()).collect());
            }
            "plan.status" => self.word(PlanStatus::Draft),
            "plan.taal" => self.words.language().name().to_owned(),
            "plan.start" => answers.start.map(|day| day.to_string()).unwrap_or_default(),
            "voortgang.metingen[].indicator" => self.of(id_van::TOEPASSING, &self.groups.users[0]),
            _ => String::new(),
        })
    }

    /// The author's answer to a question.
    pub(super) fn answer(&self, pattern: &str) -> String {
        let answers = self.answers;
        match pattern {
            "plan.titel" => answers.title.clone().unwrap_or_default(),
            "plan.interventie" => answers.intervention.clone().unwrap_or_default(),
            "plan.organisaties" => self.words.list(answers.organisations.clone()),
            "plan.start" => answers
                .start
                .map(|day| self.words.date(day))
                .unwrap_or_default(),
            _ => String::new(),
        }
    }

    /// The names of the author's groups where the plan has things by group.
    pub(super) fn names(&self, pattern: &str) -> Vec<String> {
        let groups = match pattern {
            _ if !self.groups.are_named => return Vec::new(),
            "betrokken_groepen" => &self.groups.all,
            "gebruikers" | "planning_en_budget.uurtarieven" | "planning_en_budget.beschikbaar" => {
                &self.groups.users
            }
            _ => return Vec::new(),
        };
        groups
            .iter()
            .map(|placed| placed.group.name.clone())
            .collect()
    }

    /// The items of a mapping by id.
    pub(super) fn items(&self, pattern: &str) -> Vec<Item> {
        let users = &self.groups.users;
        match pattern {
            "beschrijving_interventie.onderdelen" => vec![self.named(id::ONDERDEEL)],
            "beschrijving_interventie.werkzame_bestanddelen" => vec![self.named(id::BESTANDDEEL)],
            "beschrijving_interventie.effecten" => vec![self.named(id::EFFECT)],
            "beschrijving_interventie.materialen" => vec![self.named(id::MATERIAAL)],
            "randvoorwaarden.voorwaarden" => vec![self.named(id::VOORWAARDE)],
            "betrokken_groepen" => self
                .groups
                .all
                .iter()
                .map(|group| self.stakeholder(group))
                .collect(),
            "gebruikers" | "implementatiestrategieen.strategieen.*.inzet" => by_group(users),
            "implementatiedoelen" => self.one_per_group(id_van::DOEL, users),
            "contextanalyse.niet_uitgevraagd" | "implementatiestrategieen.fasen" => {
                by_group(&users[users.len() - 1..])
            }
            "contextanalyse.factoren" => self.factors(),
            "implementatiestrategieen.strategieen" => vec![self.named(id::STRATEGIE)],
            "implementatieteam" => self.team(),
            "borging.eigen_punten" => vec![self.named(id::PUNT)],
            "monitoring" => self.indicators(),
            "evaluatie.vragen" => {
                let goals = self.ids_of(id_van::DOEL, users);
                vec![self.named(id::VRAAG).with("doelen", goals)]
            }
            "evaluatie.terugkoppeling" | "planning_en_budget.etappes.*.groepen" => {
                by_group(&users[..1])
            }
            "planning_en_budget.activiteiten" => vec![self.named(id::ACTIVITEIT)],
            "planning_en_budget.etappes" => vec![self.named(id::ETAPPE)],
            "planning_en_budget.beslismomenten" => vec![self.named(id::BESLISMOMENT)],
            "planning_en_budget.activiteiten.*.inzet" => {
                let mut example = by_group(&users[..1]);
                example.push(self.named(id::TREKKER));
                example
            }
            "planning_en_budget.uurtarieven" | "planning_en_budget.beschikbaar" => {
                let mut all = by_group(users);
                all.push(self.named(id::TREKKER));
                all
            }
            "planning_en_budget.overige_kosten" => vec![self.named(id::KOSTEN)],
            "communicatieplan" if self.is_example(pattern) => {
                vec![self.named(id::BERICHT)]
            }
            "communicatieplan" => self.messages(),
            "risicos" => vec![self.named(id::RISICO)],
            "literatuur" => vec![self.named(id::BRON)],
            "uitzonderingen" => vec![item("kwaliteit-niet-gemeten")],
            _ => Vec::new(),
        }
    }

    /// A barrier for each user group, or an example.
    fn factors(&self) -> Vec<Item> {
        if self.groups.are_named {
            let barriers = self.one_per_group(id_van::BELEMMERING, &self.groups.users);
            let hinders = self.word(FactorDirection::Barrier);
            let barriers = barriers.into_iter();
            barriers
                .map(|barrier| barrier.with("richting", hinders.as_str()))
                .collect()
        } else {
            vec![self.named(id::FACTOR)]
        }
    }

    /// A message for each group that needs one, and one for all user groups among them: these hear the same news.
    fn messages(&self) -> Vec<Item> {
        let is_user = |group: &&Placed| self.groups.users.iter().any(|user| user.id == group.id);
        let (users, others): (Vec<&Placed>, Vec<&Placed>) =
            self.groups.reached.iter().partition(is_user);
        let to_users = users.first().map(|first| {
            let ids = users.iter().map(|user| user.id.clone());
            item(self.of(id_van::BERICHT, first)).with("groep", Value::Ids(ids.collect()))
        });
        let to_others = others.into_iter().cloned().collect::<Vec<_>>();
        let to_others = self.one_per_group(id_van::BERICHT, &to_others);
        to_users.into_iter().chain(to_others).collect()
    }

    /// The leader, and among all keys an ambassador.
    fn team(&self) -> Vec<Item> {
        let mut team = vec![self.named(id::TREKKER).with("trekker", self.word(Yes))];
        if self.every_key {
            team.push(
                self.named(id::AMBASSADEUR)
                    .with("ambassadeur", self.word(Yes)),
            );
        }
        team
    }

    /// An indicator of use for each user group, and one of quality for the first implementers if there are few groups.
    fn indicators(&self) -> Vec<Item> {
        /// The number of user groups up to which there is space for both kinds of indicators.
        const FEW: usize = 2;

        let indicator = |key, kind| {
            move |user: &Placed| {
                item(self.of(key, user))
                    .with("doel", self.of(id_van::DOEL, user))
                    .with("soort", self.word(kind))
            }
        };
        let users = self.groups.users.iter();
        let implementers = users
            .clone()
            .filter(|_| self.every_key || users.len() <= FEW)
            .find(|user| user.is(Implementer));
        users
            .map(indicator(id_van::TOEPASSING, IndicatorKind::Adoption))
            .chain(implementers.map(indicator(id_van::KWALITEIT, IndicatorKind::Fidelity)))
            .collect()
    }

    /// An item with an id from the words.
    fn named(&self, key: &str) -> Item {
        item(self.words.get(key))
    }

    /// An item that belongs to a group, for each group.
    fn one_per_group(&self, key: &str, groups: &[Placed]) -> Vec<Item> {
        groups
            .iter()
            .map(|group| item(self.of(key, group)).with("groep", &group.id))
            .collect()
    }

    fn ids_of(&self, key: &str, groups: &[Placed]) -> Value {
        Value::Ids(groups.iter().map(|group| self.of(key, group)).collect())
    }

    fn stakeholder(&self, Placed { id, group }: &Placed) -> Item {
        // Documents already derive such a name from the id.
        let is_derived = group.name == plain_words(id);
        let name = if is_derived && !self.every_key {
            Value::Absent
        } else if is_derived {
            "".into()
        } else {
            yaml(&group.name).into()
        };
        item(id)
            .with("naam", name)
            .with("rol", self.word_if(group.role))
            .with("belang", self.word_if(group.interest))
            .with("invloed", self.word_if(group.influence))
    }

    /// The word for a choice in the plan. A plan file takes the words of both languages.
    fn word<T: Choice>(&self, choice: T) -> String {
        self.words.choice(T::KIND, choice.name())
    }

    fn word_if<T: Choice>(&self, choice: Option<T>) -> String {
        choice.map_or_else(String::new, |choice| self.word(choice))
    }

    /// The id of a thing that belongs to a group: `doel-consulenten`.
    fn of(&self, key: &str, group: &Placed) -> String {
        format!("{}-{}", self.words.get(key), group.id)
    }
}

/// A text as YAML on one line, quoted if needed.
fn yaml(text: &str) -> String {
    let line = one_line(text);
    if line.is_empty() {
        return line;
    }
    // JSON is YAML too.
    serde_yaml::to_string(&line).map_or_else(
        |_| serde_json::Value::from(line).to_string(),
        |yaml| yaml.trim_end().to_owned(),
    )
}
