//! The contents of a new plan: ids for its things, and the values that are known or follow from those ids.
//!
//! The keys and their order come from the model.

use super::answers::{Answers, one_line};
use super::groups::{Groups, Placed};
use crate::plan::Plan;
use crate::plan::stakeholders::StakeholderRole::{Implementer, Manager};
use crate::value::{Choice, plain_words};
use crate::words::Words;
use crate::words::key::nieuw::{id, id_van};

/// Fields that are commented out, because not every plan needs them.
pub(super) const SWITCHED_OFF: [&str; 7] = [
    "contextanalyse.niet_uitgevraagd",
    "implementatiestrategieen.fasen",
    "borging.eigen_punten",
    "planning_en_budget.overige_kosten",
    "voortgang",
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
}

impl<'a> Content<'a> {
    pub(super) fn new(words: Words, answers: &'a Answers) -> Self {
        Self {
            words,
            answers,
            groups: Groups::new(&answers.groups, words),
        }
    }

    /// The value of a field, unless the item has its own.
    pub(super) fn value(&self, pattern: &str) -> Value {
        let id = |key| self.words.get(key).to_owned();
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
            "plan.status" => "concept".to_owned(),
            "plan.taal" => self.words.language().name().to_owned(),
            "plan.start" => answers.start.map(|day| day.to_string()).unwrap_or_default(),
            "beschrijving_interventie.werkzame_bestanddelen.*.onderdeel" => id(id::ONDERDEEL),
            "beschrijving_interventie.werkzame_bestanddelen.*.leidt_tot" => {
                return Value::Ids(vec![id(id::GEWENST), id(id::ONGEWENST)]);
            }
            "randvoorwaarden.voorwaarden.*.eigenaar"
            | "implementatiestrategieen.strategieen.*.eigenaar"
            | "monitoring.*.eigenaar"
            | "planning_en_budget.activiteiten.*.eigenaar"
            | "communicatieplan.*.afzender" => id(id::TREKKER),
            "gebruikers.*.veranderingen[].aspect" => "gedrag".to_owned(),
            "implementatiestrategieen.strategieen.*.belemmeringen" => return self.barriers(),
            "evaluatie.vorm" => "procesevaluatie".to_owned(),
            "planning_en_budget.activiteiten.*.strategieen" => id(id::STRATEGIE),
            "planning_en_budget.activiteiten.*.status" => "gepland".to_owned(),
            "voortgang.metingen[].indicator" => self.of(id_van::TOEPASSING, &self.groups.users[0]),
            _ => String::new(),
        })
    }

    /// The items of a mapping by id.
    pub(super) fn items(&self, pattern: &str) -> Vec<Item> {
        let users = &self.groups.users;
        match pattern {
            "beschrijving_interventie.onderdelen" => vec![self.named(id::ONDERDEEL)],
            "beschrijving_interventie.werkzame_bestanddelen" => vec![self.named(id::BESTANDDEEL)],
            "beschrijving_interventie.effecten" => vec![
                self.named(id::GEWENST).with("soort", "gewenst"),
                self.named(id::ONGEWENST).with("soort", "ongewenst"),
            ],
            "randvoorwaarden.voorwaarden" => vec![self.named(id::VOORWAARDE)],
            "betrokken_groepen" => self.groups.all.iter().map(stakeholder).collect(),
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
            "evaluatie.vragen" => vec![
                self.named(id::BEREIK).with("soort", "bereik"),
                self.named(id::UITVOERING)
                    .with("soort", "uitvoering")
                    .with("doelen", Value::Absent)
                    .with("belemmeringen", self.barriers()),
                self.named(id::DOELBEREIK)
                    .with("soort", "doelbereik")
                    .with("doelen", self.ids_of(id_van::DOEL, users))
                    .with("belemmeringen", Value::Absent),
            ],
            "planning_en_budget.activiteiten" => vec![self.named(id::ACTIVITEIT)],
            "planning_en_budget.activiteiten.*.inzet"
            | "planning_en_budget.uurtarieven"
            | "planning_en_budget.beschikbaar" => {
                let mut all = by_group(users);
                all.push(self.named(id::TREKKER));
                all
            }
            "planning_en_budget.overige_kosten" => vec![self.named(id::KOSTEN)],
            "communicatieplan" if self.groups.reached.is_empty() => vec![self.named(id::BERICHT)],
            "communicatieplan" => self.one_per_group(id_van::BERICHT, &self.groups.reached),
            "literatuur" => vec![self.named(id::BRON)],
            "uitzonderingen" => vec![item("kwaliteit-niet-gemeten")],
            _ => Vec::new(),
        }
    }

    /// A barrier for each hindered group, and a facilitator.
    fn factors(&self) -> Vec<Item> {
        let barriers = self.one_per_group(id_van::BELEMMERING, &self.groups.hindered);
        let barriers = barriers
            .into_iter()
            .map(|barrier| barrier.with("richting", "belemmerend"));
        let facilitator = self.groups.users.last().map(|user| {
            self.named(id::BEVORDEREND)
                .with("groep", &user.id)
                .with("richting", "bevorderend")
                .with("invloed", Value::Absent)
                .with("veranderbaar", Value::Absent)
        });
        barriers.chain(facilitator).collect()
    }

    /// The leader, who represents managers, and the ambassador, who represents the other users.
    fn team(&self) -> Vec<Item> {
        let users = self.groups.users.iter();
        let (managers, others): (Vec<_>, Vec<_>) = users.partition(|user| user.is(Manager));
        let ids = |groups: Vec<&Placed>| {
            Value::Ids(groups.into_iter().map(|group| group.id.clone()).collect())
        };
        vec![
            self.named(id::TREKKER)
                .with("trekker", "ja")
                .with("vertegenwoordigt", ids(managers)),
            self.named(id::AMBASSADEUR)
                .with("ambassadeur", "ja")
                .with("vertegenwoordigt", ids(others)),
        ]
    }

    /// An indicator of use for each user group, and one of quality for implementers.
    fn indicators(&self) -> Vec<Item> {
        let indicator = |key, kind: &'static str| {
            move |user: &Placed| {
                item(self.of(key, user))
                    .with("doel", self.of(id_van::DOEL, user))
                    .with("soort", kind)
            }
        };
        let users = self.groups.users.iter();
        let implementers = users.clone().filter(|user| user.is(Implementer));
        users
            .map(indicator(id_van::TOEPASSING, "toepassing"))
            .chain(implementers.map(indicator(id_van::KWALITEIT, "kwaliteit")))
            .collect()
    }

    fn barriers(&self) -> Value {
        self.ids_of(id_van::BELEMMERING, &self.groups.hindered)
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

    /// The id of a thing that belongs to a group: `doel-consulenten`.
    fn of(&self, key: &str, group: &Placed) -> String {
        format!("{}-{}", self.words.get(key), group.id)
    }
}

fn stakeholder(Placed { id, group }: &Placed) -> Item {
    // Documents already derive such a name from the id.
    let is_derived = group.name == plain_words(id);
    let name = if is_derived {
        String::new()
    } else {
        yaml(&group.name)
    };
    item(id)
        .with("naam", name)
        .with("rol", group.role.map_or("", Choice::name))
        .with("belang", group.interest.map_or("", Choice::name))
        .with("invloed", group.influence.map_or("", Choice::name))
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
