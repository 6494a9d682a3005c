//! What a new plan starts with: ids for its things, and the values that are known or follow from those ids.
//!
//! Which keys there are, and in which order, comes from the model.

use super::answers::{Answers, one_line};
use super::groups::{Group, Groups};
use crate::plan::Plan;
use crate::section::stakeholders::StakeholderRole;
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

/// The value of a key. Every string in it is valid YAML.
#[derive(Debug)]
pub(super) enum Value {
    /// Nothing, if empty.
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
    /// Keys that do not apply to this item.
    pub without: &'static [&'static str],
}

impl Item {
    fn with(mut self, key: &'static str, value: impl Into<Value>) -> Self {
        self.values.push((key, value.into()));
        self
    }

    fn without(mut self, keys: &'static [&'static str]) -> Self {
        self.without = keys;
        self
    }
}

fn item(id: impl Into<String>) -> Item {
    Item {
        id: id.into(),
        ..Item::default()
    }
}

fn ids<'g>(groups: impl IntoIterator<Item = &'g Group>) -> Value {
    Value::Ids(groups.into_iter().map(|group| group.id.clone()).collect())
}

/// What is known about a new plan.
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

    /// The value of a field, unless it differs between items.
    pub(super) fn value(&self, pattern: &str) -> Value {
        let answers = self.answers;
        let text = |answer: &Option<String>| yaml(answer.as_deref().unwrap_or_default());
        match pattern {
            "versie" => Plan::VERSION.to_string().into(),
            "plan.titel" => text(&answers.title).into(),
            "plan.interventie" => text(&answers.intervention).into(),
            "plan.organisaties" => {
                let names = answers.organisations.iter().map(|name| yaml(name));
                Value::Lines(names.filter(|name| !name.is_empty()).collect())
            }
            "plan.status" => "concept".into(),
            "plan.taal" => self.words.language().name().into(),
            "plan.start" => answers
                .start
                .map_or_else(String::new, |day| day.to_string())
                .into(),
            "beschrijving_interventie.werkzame_bestanddelen.*.onderdeel" => {
                self.words.get(id::ONDERDEEL).into()
            }
            "beschrijving_interventie.werkzame_bestanddelen.*.leidt_tot" => Value::Ids(
                [id::GEWENST, id::ONGEWENST]
                    .map(|effect| self.words.get(effect).to_owned())
                    .into(),
            ),
            "randvoorwaarden.voorwaarden.*.eigenaar"
            | "implementatiestrategieen.strategieen.*.eigenaar"
            | "monitoring.*.eigenaar"
            | "planning_en_budget.activiteiten.*.eigenaar"
            | "communicatieplan.*.afzender" => self.words.get(id::TREKKER).into(),
            "gebruikers.*.veranderingen[].aspect" => "gedrag".into(),
            "implementatiestrategieen.strategieen.*.belemmeringen" => self.barriers(),
            "evaluatie.vorm" => "procesevaluatie".into(),
            "planning_en_budget.activiteiten.*.strategieen" => self.words.get(id::STRATEGIE).into(),
            "planning_en_budget.activiteiten.*.status" => "gepland".into(),
            "voortgang.metingen[].indicator" => {
                let first = self.groups.users.first();
                first
                    .map_or_else(String::new, |group| self.of(id_van::TOEPASSING, group))
                    .into()
            }
            _ => "".into(),
        }
    }

    /// The things, or single values, of a mapping by id.
    pub(super) fn items(&self, pattern: &str) -> Vec<Item> {
        let Groups {
            all,
            users,
            hindered,
            reached,
        } = &self.groups;
        let named = |key: &str| item(self.words.get(key));
        let of = |key: &str, group: &Group| item(self.of(key, group));
        let goal = |group: &Group| self.of(id_van::DOEL, group);
        // Its reason or exception differs from group to group, so that one example is enough.
        let last_user = || users.last().map(|group| item(&group.id));
        match pattern {
            "beschrijving_interventie.onderdelen" => vec![named(id::ONDERDEEL)],
            "beschrijving_interventie.werkzame_bestanddelen" => vec![named(id::BESTANDDEEL)],
            "beschrijving_interventie.effecten" => vec![
                named(id::GEWENST).with("soort", "gewenst"),
                named(id::ONGEWENST).with("soort", "ongewenst"),
            ],
            "randvoorwaarden.voorwaarden" => vec![named(id::VOORWAARDE)],
            "betrokken_groepen" => all.iter().map(stakeholder).collect(),
            "gebruikers" | "implementatiestrategieen.strategieen.*.inzet" => {
                users.iter().map(|group| item(&group.id)).collect()
            }
            "implementatiedoelen" => users
                .iter()
                .map(|group| item(goal(group)).with("groep", &group.id))
                .collect(),
            "contextanalyse.niet_uitgevraagd" | "implementatiestrategieen.fasen" => {
                last_user().into_iter().collect()
            }
            "contextanalyse.factoren" => {
                let barriers = hindered.iter().map(|group| {
                    of(id_van::BELEMMERING, group)
                        .with("groep", &group.id)
                        .with("richting", "belemmerend")
                });
                let facilitator = users.last().map(|group| {
                    named(id::BEVORDEREND)
                        .with("groep", &group.id)
                        .with("richting", "bevorderend")
                        .without(&["invloed", "veranderbaar"])
                });
                barriers.chain(facilitator).collect()
            }
            "implementatiestrategieen.strategieen" => vec![named(id::STRATEGIE)],
            "implementatieteam" => {
                let (managers, others): (Vec<&Group>, Vec<&Group>) =
                    users.iter().partition(|user| user.is_manager());
                vec![
                    named(id::TREKKER)
                        .with("trekker", "ja")
                        .with("vertegenwoordigt", ids(managers)),
                    named(id::AMBASSADEUR)
                        .with("ambassadeur", "ja")
                        .with("vertegenwoordigt", ids(others)),
                ]
            }
            "borging.eigen_punten" => vec![named(id::PUNT)],
            "monitoring" => {
                let applied = users.iter().map(|group| {
                    of(id_van::TOEPASSING, group)
                        .with("doel", goal(group))
                        .with("soort", "toepassing")
                });
                let implementers = users
                    .iter()
                    .filter(|group| group.role == Some(StakeholderRole::Implementer));
                let done_well = implementers.map(|group| {
                    of(id_van::KWALITEIT, group)
                        .with("doel", goal(group))
                        .with("soort", "kwaliteit")
                });
                applied.chain(done_well).collect()
            }
            "evaluatie.vragen" => vec![
                named(id::BEREIK).with("soort", "bereik"),
                named(id::UITVOERING)
                    .with("soort", "uitvoering")
                    .with("belemmeringen", self.barriers())
                    .without(&["doelen"]),
                named(id::DOELBEREIK)
                    .with("soort", "doelbereik")
                    .with("doelen", Value::Ids(users.iter().map(goal).collect()))
                    .without(&["belemmeringen"]),
            ],
            "planning_en_budget.activiteiten" => vec![named(id::ACTIVITEIT)],
            "planning_en_budget.activiteiten.*.inzet"
            | "planning_en_budget.uurtarieven"
            | "planning_en_budget.beschikbaar" => {
                let users = users.iter().map(|group| item(&group.id));
                users.chain([named(id::TREKKER)]).collect()
            }
            "planning_en_budget.overige_kosten" => vec![named(id::KOSTEN)],
            "communicatieplan" if reached.is_empty() => vec![named(id::BERICHT)],
            "communicatieplan" => reached
                .iter()
                .map(|group| of(id_van::BERICHT, group).with("groep", &group.id))
                .collect(),
            "literatuur" => vec![named(id::BRON)],
            "uitzonderingen" => vec![item("kwaliteit-niet-gemeten")],
            _ => Vec::new(),
        }
    }

    fn barriers(&self) -> Value {
        let groups = self.groups.hindered.iter();
        Value::Ids(
            groups
                .map(|group| self.of(id_van::BELEMMERING, group))
                .collect(),
        )
    }

    /// The id of a thing that belongs to a group: `doel-consulenten`.
    fn of(&self, key: &str, group: &Group) -> String {
        format!("{}-{}", self.words.get(key), group.id)
    }
}

fn stakeholder(group: &Group) -> Item {
    // Documents derive this name from the id.
    let name = Some(&group.name).filter(|name| **name != plain_words(&group.id));
    item(&group.id)
        .with("naam", name.map_or_else(String::new, |name| yaml(name)))
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
