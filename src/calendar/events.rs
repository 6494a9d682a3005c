//! The events of a plan, with their days.

use std::borrow::Cow;

use jiff::civil::Date;

use super::{Calendar, Event};
use crate::facts::{Milestone, MilestoneKind};
use crate::finding::Argument;
use crate::plan::Plan;
use crate::plan::budget::{Activity, Decision, Stage};
use crate::plan::communication::Message;
use crate::plan::monitoring::Indicator;
use crate::render::RenderError;
use crate::render::plain::{PlainTexts, line, plain_line};
use crate::value::{Answer, Choice, Moment, OneOrMany, Rhythm, shortened};
use crate::view::View;
use crate::words::{FieldText, Words, key};

/// Limit on a summary, in bytes. Calendars show one line.
const LONGEST_SUMMARY: usize = 200;

/// Limit on a text in a description, in bytes.
const LONGEST_TEXT: usize = 4_000;

/// Adds everything that has a day, in the order of the plan.
pub(super) fn add_all(
    view: &View<'_>,
    party: Option<&str>,
    calendar: &mut Calendar,
) -> Result<(), RenderError> {
    let mut events = Events {
        view,
        plan: view.plan,
        words: view.words(),
        texts: PlainTexts::of(view),
        party,
        calendar,
    };
    events.goals()?;
    events.milestones()?;
    events.measurements()?;
    events.evaluation()?;
    events.activities()?;
    events.stages()?;
    events.messages()
}

struct Events<'v, 'c> {
    view: &'v View<'v>,
    plan: &'v Plan,
    words: Words,
    texts: PlainTexts,
    /// The group or role to which the calendar is limited.
    party: Option<&'c str>,
    calendar: &'c mut Calendar,
}

impl<'v> Events<'v, '_> {
    /// Whether the calendar shows what concerns these groups and roles.
    fn shows(&self, mut parties: impl Iterator<Item = &'v str>) -> bool {
        self.party.is_none_or(|party| parties.any(|it| it == party))
    }

    fn goals(&mut self) -> Result<(), RenderError> {
        let goals = self.plan.goals();
        for (id, goal) in goals.iter() {
            let term = self.view.facts().terms.get(id);
            let Some(day) = term.and_then(|term| term.ends) else {
                continue;
            };
            if !self.shows(goal.group.given().into_iter().map(AsRef::as_ref)) {
                continue;
            }
            let group = goal
                .group
                .given()
                .map(|group| self.plan.party_name(group.as_str()));
            let description = self.description([
                ("implementatiedoelen.*.groep", group.map(Into::into)),
                ("implementatiedoelen.*.norm", line(&goal.target)),
                (
                    "implementatiedoelen.*.resultaten",
                    self.texts.all_prose(&goal.results),
                ),
            ]);
            self.calendar.add(&Event {
                kind: "termijn",
                id,
                number: None,
                first: day,
                last: day,
                category: self.words.get(key::agenda::soort::TERMIJN),
                summary: self.summary(key::agenda::TERMIJN, &goals.name(id)),
                description: &description,
                is_cancelled: false,
            })?;
        }
        Ok(())
    }

    /// Materials, actions and decisions.
    fn milestones(&mut self) -> Result<(), RenderError> {
        for milestone in &self.view.facts().milestones {
            let Some(day) = milestone.day else {
                continue;
            };
            if self.shows(milestone.owners.iter().copied()) {
                self.milestone(milestone, day)?;
            }
        }
        Ok(())
    }

    fn milestone(&mut self, milestone: &'v Milestone<'v>, day: Date) -> Result<(), RenderError> {
        let is_own_point = milestone.path.steps().count() > 2;
        let (kind, summary, category) = match milestone.kind {
            MilestoneKind::Precondition => (
                "randvoorwaarde",
                key::agenda::GEREGELD,
                key::agenda::soort::ACTIE,
            ),
            MilestoneKind::Sustainment if is_own_point => (
                "eigen-punt",
                key::agenda::GEREGELD,
                key::agenda::soort::ACTIE,
            ),
            MilestoneKind::Sustainment => {
                ("borging", key::agenda::GEREGELD, key::agenda::soort::ACTIE)
            }
            MilestoneKind::Material => (
                "materiaal",
                key::agenda::MATERIAAL,
                key::agenda::soort::MATERIAAL,
            ),
            MilestoneKind::Decision => (
                "beslismoment",
                key::agenda::BESLISMOMENT,
                key::agenda::soort::BESLISMOMENT,
            ),
        };
        let name = match milestone.kind {
            MilestoneKind::Sustainment if !is_own_point => {
                let pattern = format!("borging.{}", milestone.id);
                self.words.field(&pattern, FieldText::Label).to_owned()
            }
            _ => milestone.name.clone().into_owned(),
        };
        let description = match milestone.kind {
            MilestoneKind::Decision => match self.plan.decisions().get(milestone.id) {
                Some(decision) => self.decision(decision),
                None => Vec::new(),
            },
            _ => self.action(milestone),
        };
        // The keys of the checklist have underscores.
        let id = if kind == "borging" {
            Cow::Owned(milestone.id.replace('_', "-"))
        } else {
            Cow::Borrowed(milestone.id)
        };
        self.calendar.add(&Event {
            kind,
            id: &id,
            number: None,
            first: day,
            last: day,
            category: self.words.get(category),
            summary: self.summary(summary, &name),
            description: &description,
            is_cancelled: false,
        })
    }

    fn action(&self, milestone: &Milestone<'_>) -> Vec<String> {
        let action = milestone.action.map(|action| Answer::Given(action.into()));
        let action = action.and_then(|action| self.texts.prose(&action));
        let status = if milestone.is_open {
            key::agenda::OPEN
        } else {
            key::agenda::KLAAR
        };
        let owners = milestone.owners.iter().copied();
        self.description([
            ("randvoorwaarden.voorwaarden.*.actie", action),
            ("randvoorwaarden.voorwaarden.*.eigenaar", self.names(owners)),
            (
                "planning_en_budget.activiteiten.*.status",
                Some(self.words.get(status).to_owned()),
            ),
        ])
    }

    fn decision(&self, decision: &Decision) -> Vec<String> {
        let outcome = decision.outcome.given().map_or_else(
            || self.words.get(key::document::NOG_TE_NEMEN).to_owned(),
            |outcome| self.choice(*outcome),
        );
        self.description([
            (
                "planning_en_budget.beslismomenten.*.beslisser",
                self.parties(&decision.deciders),
            ),
            (
                "planning_en_budget.beslismomenten.*.criteria",
                self.texts.all_prose(&decision.criteria),
            ),
            (
                "planning_en_budget.beslismomenten.*.bij_nee",
                self.texts.prose(&decision.otherwise),
            ),
            ("planning_en_budget.beslismomenten.*.besluit", Some(outcome)),
        ])
    }

    fn measurements(&mut self) -> Result<(), RenderError> {
        for (id, indicator) in self.plan.indicators().iter() {
            if !self.shows(indicator.owners.all().iter().map(AsRef::as_ref)) {
                continue;
            }
            let name = self.texts.prose(&indicator.description);
            let name = name.unwrap_or_else(|| self.plan.indicators().name(id).into_owned());
            let description = self.indicator(indicator);
            let event = Event {
                kind: "meting",
                id,
                number: None,
                first: Date::ZERO,
                last: Date::ZERO,
                category: self.words.get(key::agenda::soort::METING),
                summary: self.summary(key::agenda::METING, &name),
                description: &description,
                is_cancelled: false,
            };
            self.repeat(event, &indicator.when)?;
        }
        Ok(())
    }

    fn indicator(&self, indicator: &Indicator) -> Vec<String> {
        let goal = indicator.goal.given();
        let goal = goal.map(|goal| plain_line(&self.plan.goals().name(goal.as_str())));
        self.description([
            ("monitoring.*.doel", goal),
            ("monitoring.*.data", self.texts.prose(&indicator.data)),
            ("monitoring.*.eigenaar", self.parties(&indicator.owners)),
            (
                "monitoring.*.bijsturen",
                self.texts.prose(&indicator.adjustment),
            ),
        ])
    }

    fn evaluation(&mut self) -> Result<(), RenderError> {
        let Some(evaluation) = self.plan.evaluation.given() else {
            return Ok(());
        };
        if self.party.is_some() {
            return Ok(());
        }
        let description = self.description([
            ("evaluatie.vorm", line(&evaluation.form)),
            ("evaluatie.uitvoerder", line(&evaluation.evaluator)),
            (
                "evaluatie.gebruik",
                self.texts.prose(&evaluation.use_of_results),
            ),
        ]);
        for (id, moment, summary) in [
            (
                "gegevens",
                evaluation.data_from,
                key::agenda::DATAVERZAMELING,
            ),
            ("wanneer", evaluation.when, key::agenda::EVALUATIE),
        ] {
            let Some(day) = self.day(moment) else {
                continue;
            };
            self.calendar.add(&Event {
                kind: "evaluatie",
                id,
                number: None,
                first: day,
                last: day,
                category: self.words.get(key::agenda::soort::EVALUATIE),
                summary: self.words.get(summary).to_owned(),
                description: &description,
                is_cancelled: false,
            })?;
        }
        Ok(())
    }

    /// Activities, also cancelled ones: they may be in a calendar that was imported before.
    fn activities(&mut self) -> Result<(), RenderError> {
        let activities = self.plan.activities();
        for (id, activity) in activities.iter() {
            let (first, last) = (self.day(activity.start), self.day(activity.end));
            let Some((first, last)) = first.or(last).zip(last.or(first)) else {
                continue;
            };
            let owners = activity.owners.all().iter().map(AsRef::as_ref);
            let effort = activity.effort.given().into_iter();
            let effort = effort.flat_map(|effort| effort.ids().map(AsRef::as_ref));
            // Of days in the wrong order, either may be wrong.
            if last < first || !self.shows(owners.chain(effort)) {
                continue;
            }
            let description = self.activity(activity);
            self.calendar.add(&Event {
                kind: "activiteit",
                id,
                number: None,
                first,
                last,
                category: self.words.get(key::agenda::soort::ACTIVITEIT),
                summary: shortened(&plain_line(&activities.name(id)), LONGEST_SUMMARY).into_owned(),
                description: &description,
                is_cancelled: activity.is_cancelled(),
            })?;
        }
        Ok(())
    }

    fn activity(&self, activity: &Activity) -> Vec<String> {
        let stage = activity.stage.given();
        let stage = stage.map(|stage| plain_line(&self.plan.stages().name(stage.as_str())));
        let unknown_end = activity.start.given().is_some() && self.day(activity.end).is_none();
        let end = unknown_end.then(|| self.words.get(key::document::NOG_ONBEKEND).to_owned());
        self.description([
            (
                "planning_en_budget.activiteiten.*.eigenaar",
                self.parties(&activity.owners),
            ),
            (
                "planning_en_budget.activiteiten.*.status",
                activity.status.given().map(|status| self.choice(*status)),
            ),
            ("planning_en_budget.activiteiten.*.einde", end),
            ("planning_en_budget.activiteiten.*.etappe", stage),
            (
                "planning_en_budget.activiteiten.*.inzet",
                self.effort(activity),
            ),
        ])
    }

    /// "Managers: 3 × 4 uur; Trekker: 1 × 8 uur".
    fn effort(&self, activity: &Activity) -> Option<String> {
        let mut all = String::new();
        for (party, effort) in activity.effort.given()?.iter() {
            let (Some(people), Some(hours)) = (effort.people.given(), effort.hours.given()) else {
                continue;
            };
            let arguments = [
                ("personen", Argument::Whole(people.value().to_string())),
                ("uren", Argument::Hours(hours.value())),
            ];
            if !all.is_empty() {
                all.push_str("; ");
            }
            all.push_str(&plain_line(&self.plan.party_name(party.as_str())));
            all.push_str(": ");
            all.push_str(&self.words.text(key::document::PERSONEN_UREN, &arguments));
            if all.len() > LONGEST_TEXT {
                break;
            }
        }
        Some(all).filter(|all| !all.is_empty())
    }

    fn stages(&mut self) -> Result<(), RenderError> {
        let stages = self.plan.stages();
        for (id, stage) in stages.iter() {
            let groups = stage.groups.given().into_iter();
            let groups = groups.flat_map(|groups| groups.iter().map(|(id, _)| id.as_ref()));
            if !self.shows(groups) {
                continue;
            }
            let description = self.stage(stage);
            for (kind, moment, summary) in [
                ("etappe-begin", stage.start, key::agenda::ETAPPE_BEGIN),
                ("etappe-einde", stage.end, key::agenda::ETAPPE_EINDE),
            ] {
                let Some(day) = self.day(moment) else {
                    continue;
                };
                self.calendar.add(&Event {
                    kind,
                    id,
                    number: None,
                    first: day,
                    last: day,
                    category: self.words.get(key::agenda::soort::ETAPPE),
                    summary: self.summary(summary, &stages.name(id)),
                    description: &description,
                    is_cancelled: false,
                })?;
            }
        }
        Ok(())
    }

    fn stage(&self, stage: &Stage) -> Vec<String> {
        let places = stage.places.all().iter().map(|it| plain_line(it.as_str()));
        let groups = stage.groups.given().into_iter();
        let groups = groups.flat_map(|groups| groups.iter().map(|(id, _)| id.as_ref()));
        self.description([
            (
                "planning_en_budget.etappes.*.soort",
                stage.kind.given().map(|kind| self.choice(*kind)),
            ),
            (
                "planning_en_budget.etappes.*.waar",
                Some(self.words.list(places)).filter(|places| !places.is_empty()),
            ),
            ("planning_en_budget.etappes.*.groepen", self.names(groups)),
            (
                "planning_en_budget.etappes.*.toets",
                self.texts.prose(&stage.criterion),
            ),
        ])
    }

    fn messages(&mut self) -> Result<(), RenderError> {
        for (id, message) in self.plan.messages().iter() {
            let groups = message.groups.all().iter().map(AsRef::as_ref);
            let senders = message.senders.all().iter().map(AsRef::as_ref);
            if !self.shows(groups.chain(senders)) {
                continue;
            }
            let groups = message.groups.all().iter().map(AsRef::as_ref);
            let name = self.names(groups);
            let name = name.unwrap_or_else(|| self.plan.messages().name(id).into_owned());
            let description = self.message(message);
            let event = Event {
                kind: "boodschap",
                id,
                number: None,
                first: Date::ZERO,
                last: Date::ZERO,
                category: self.words.get(key::agenda::soort::BOODSCHAP),
                summary: self.summary(key::agenda::BOODSCHAP, &name),
                description: &description,
                is_cancelled: false,
            };
            self.repeat(event, &message.when)?;
        }
        Ok(())
    }

    fn message(&self, message: &Message) -> Vec<String> {
        let senders = message.senders.all().iter().map(AsRef::as_ref);
        self.description([
            (
                "communicatieplan.*.boodschap",
                self.texts.prose(&message.text),
            ),
            ("communicatieplan.*.kanaal", line(&message.channel)),
            ("communicatieplan.*.afzender", self.names(senders)),
        ])
    }

    /// Adds an event for each day of a rhythm.
    fn repeat(&mut self, mut event: Event<'_>, when: &Answer<Rhythm>) -> Result<(), RenderError> {
        let facts = self.view.facts();
        let parts = when.given().into_iter().flat_map(Rhythm::parts);
        let days = parts.flat_map(|part| part.dates(facts.start, facts.end));
        let mut days: Vec<Date> = days.collect();
        days.sort_unstable();
        days.dedup();
        for (nr, day) in days.into_iter().enumerate() {
            event.number = Some(nr + 1);
            (event.first, event.last) = (day, day);
            self.calendar.add(&event)?;
        }
        Ok(())
    }

    /// Lines with a label, without those that have no text.
    fn description<const N: usize>(&self, lines: [(&str, Option<String>); N]) -> Vec<String> {
        let line = |(pattern, text): (&str, Option<String>)| {
            let text = text?;
            let label = self.words.field(pattern, FieldText::Label);
            let between = if text.contains('\n') { '\n' } else { ' ' };
            Some(format!(
                "{label}:{between}{}",
                shortened(&text, LONGEST_TEXT)
            ))
        };
        lines.into_iter().filter_map(line).collect()
    }

    fn summary(&self, key: &str, name: &str) -> String {
        let name = plain_line(name);
        let name = shortened(&name, LONGEST_SUMMARY).into_owned();
        let name = Argument::Whole(name);
        self.words.text(key, &[("naam", name)])
    }

    fn parties<R: AsRef<str>>(&self, parties: &Answer<OneOrMany<R>>) -> Option<String> {
        self.names(parties.all().iter().map(AsRef::as_ref))
    }

    /// The names of groups and roles.
    fn names<'i>(&self, ids: impl Iterator<Item = &'i str>) -> Option<String> {
        let mut length = 0;
        let names = ids.map(|id| plain_line(&self.plan.party_name(id)));
        let names = names.take_while(|name| {
            let is_short = length <= LONGEST_TEXT;
            length += name.len();
            is_short
        });
        Some(self.words.list(names)).filter(|names| !names.is_empty())
    }

    fn choice<T: Choice>(&self, choice: T) -> String {
        self.words.choice(T::KIND, choice.name())
    }

    fn day(&self, moment: Answer<Moment>) -> Option<Date> {
        moment.given()?.date(self.view.facts().start)
    }
}
