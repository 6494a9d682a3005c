//! The things in a plan that concern each group: a document about one group should not search through those of all others.

use std::collections::HashMap;

use indexmap::{IndexMap, IndexSet};
use minijinja::Value;

use super::functions::all;

/// The things that concern each group, as templates see them.
#[derive(Debug, Default)]
pub(super) struct ThingsByGroup(HashMap<String, Things>);

/// The things that concern a group, in the order of the plan: things by id as pairs of id and thing.
#[derive(Debug, Default)]
struct Things {
    goals: Vec<Value>,
    barriers: Vec<Value>,
    activities: Vec<Value>,
    support: Vec<Value>,
    indicators: Vec<Value>,
    messages: Vec<Value>,
    agenda: Vec<Task>,
}

/// What is asked of a group: an activity that takes its time, is aimed at it or is its own, or something that it sees to.
#[derive(Debug, Clone)]
struct Task {
    /// The first day, or the only one that is known; days are texts that sort by time.
    day: Option<String>,
    record: Value,
}

impl ThingsByGroup {
    /// Collects the things from all that templates see of a plan.
    pub fn of(context: &Value) -> Self {
        let (plan, facts) = (at(context, "plan"), at(context, "feiten"));
        let mut found = Self::default();
        found.add_goals(&plan);
        for barrier in items(&at(&at(&facts, "rode_draad"), "belemmeringen")) {
            if let Some(group) = at(&barrier, "groep").as_str() {
                found.group(group).barriers.push(barrier.clone());
            }
        }
        let groups_of = Self::groups_by_activity(&plan, &facts);
        for pair in items(&at(&facts, "activiteiten")) {
            for group in groups_of.get(&id(&pair)).into_iter().flatten() {
                found.group(group).activities.push(pair.clone());
            }
        }
        found.add_support(&plan, &facts, &groups_of);
        found.add_tasks(&plan, &facts);
        for pair in items(&at(&plan, "communicatieplan")) {
            for group in texts(&at(&thing(&pair), "groep")) {
                let messages = &mut found.group(&group).messages;
                if messages.last() != Some(&pair) {
                    messages.push(pair.clone());
                }
            }
        }
        found
    }

    /// The things of a group as a record for templates.
    pub fn of_group(&self, group: &str) -> Value {
        let none = Things::default();
        let things = self.0.get(group).unwrap_or(&none);
        let agenda = things.agenda.iter().map(|task| task.record.clone());
        minijinja::context! {
            doelen => things.goals.clone(),
            belemmeringen => things.barriers.clone(),
            activiteiten => things.activities.clone(),
            hulp => things.support.clone(),
            indicatoren => things.indicators.clone(),
            berichten => things.messages.clone(),
            agenda => agenda.collect::<Vec<Value>>(),
        }
    }

    fn group(&mut self, group: &str) -> &mut Things {
        self.0.entry(group.to_owned()).or_default()
    }

    /// Adds goals, and the indicators that measure them.
    fn add_goals(&mut self, plan: &Value) {
        let mut group_of = HashMap::new();
        for pair in items(&at(plan, "implementatiedoelen")) {
            if let Some(group) = at(&thing(&pair), "groep").as_str() {
                group_of.insert(id(&pair), group.to_owned());
                self.group(group).goals.push(pair.clone());
            }
        }
        for pair in items(&at(plan, "monitoring")) {
            let goal = at(&thing(&pair), "doel");
            if let Some(group) = goal.as_str().and_then(|goal| group_of.get(goal)) {
                self.group(group).indicators.push(pair);
            }
        }
    }

    /// The groups whose time each activity takes, without cancelled activities.
    fn groups_by_activity(plan: &Value, facts: &Value) -> HashMap<String, Vec<String>> {
        let activities = at(&at(plan, "planning_en_budget"), "activiteiten");
        let planned = items(&at(facts, "activiteiten")).map(|pair| id(&pair));
        let groups = |activity: &str| {
            let efforts = at(&at(&activities, activity), "inzet");
            let efforts = efforts.try_iter().into_iter().flatten();
            efforts.map(|group| group.to_string()).collect()
        };
        planned
            .map(|activity| {
                let groups = groups(&activity);
                (activity, groups)
            })
            .collect()
    }

    /// Adds what is asked of each group, in the order of its days: what has no day comes last.
    fn add_tasks(&mut self, plan: &Value, facts: &Value) {
        let strategies = at(&at(plan, "implementatiestrategieen"), "strategieen");
        let activities = at(&at(plan, "planning_en_budget"), "activiteiten");
        for pair in items(&at(facts, "activiteiten")) {
            let (activity_id, scheduled) = (id(&pair), thing(&pair));
            let activity = at(&activities, &activity_id);
            let effort = at(&activity, "inzet");
            let aimed = texts(&at(&activity, "strategieen"));
            let aimed = aimed.flat_map(|strategy| keys(&at(&at(&strategies, &strategy), "inzet")));
            let owners = texts(&at(&activity, "eigenaar"));
            let groups: IndexSet<String> = keys(&effort).chain(aimed).chain(owners).collect();
            for group in groups {
                let (start, end) = (at(&scheduled, "start"), at(&scheduled, "einde"));
                let of_group = at(&effort, &group);
                self.group(&group).agenda.push(Task {
                    day: day(&start).or_else(|| day(&end)),
                    record: minijinja::context! {
                        soort => (),
                        id => activity_id.clone(),
                        naam => at(&scheduled, "naam"),
                        actie => (),
                        start => start,
                        einde => end,
                        uren => given(&of_group, "uren"),
                        mensen => given(&of_group, "personen"),
                        klaar => at(&activity, "status").as_str() == Some("klaar"),
                        doet_mee => !of_group.is_undefined(),
                        eigenaar => at(&activity, "eigenaar"),
                    },
                });
            }
        }
        for milestone in items(&at(facts, "mijlpalen")) {
            if !at(&milestone, "open").is_true() {
                continue;
            }
            for group in texts(&at(&milestone, "eigenaar")) {
                let end = at(&milestone, "dag");
                self.group(&group).agenda.push(Task {
                    day: day(&end),
                    record: minijinja::context! {
                        soort => at(&milestone, "soort"),
                        id => at(&milestone, "id"),
                        naam => at(&milestone, "naam"),
                        actie => at(&milestone, "actie"),
                        start => (),
                        einde => end,
                        uren => (),
                        mensen => (),
                        klaar => false,
                        doet_mee => false,
                        eigenaar => at(&milestone, "eigenaar"),
                    },
                });
            }
        }
        for things in self.0.values_mut() {
            things.agenda.sort_by(|one, other| {
                (one.day.is_none(), &one.day).cmp(&(other.day.is_none(), &other.day))
            });
        }
    }

    /// Adds the roles of the team that support a group: they speak for it, or own activities with it.
    fn add_support(
        &mut self,
        plan: &Value,
        facts: &Value,
        groups_of: &HashMap<String, Vec<String>>,
    ) {
        let owned = at(facts, "eigendom");
        for pair in items(&at(plan, "implementatieteam")) {
            let (role_id, role) = (id(&pair), thing(&pair));
            let mut support: IndexMap<String, (bool, Vec<String>)> = IndexMap::new();
            for group in texts(&at(&role, "vertegenwoordigt")) {
                support.entry(group).or_default().0 = true;
            }
            for own in items(&at(&owned, &role_id)) {
                if at(&own, "soort").as_str() != Some("activiteit") {
                    continue;
                }
                let activity = at(&own, "id").to_string();
                for group in groups_of.get(&activity).into_iter().flatten() {
                    let (_, activities) = support.entry(group.clone()).or_default();
                    activities.push(activity.clone());
                }
            }
            for (group, (speaks_for_it, activities)) in support {
                self.group(&group).support.push(minijinja::context! {
                    id => role_id.clone(),
                    rol => role.clone(),
                    spreekt_namens => speaks_for_it,
                    activiteiten => activities,
                });
            }
        }
    }
}

/// The value at a key; undefined if there is none.
fn at(value: &Value, key: &str) -> Value {
    value.get_item(&Value::from(key)).unwrap_or_default()
}

/// The value at a key, or none.
fn given(value: &Value, key: &str) -> Value {
    let value = at(value, key);
    if value.is_undefined() {
        Value::from(())
    } else {
        value
    }
}

fn day(value: &Value) -> Option<String> {
    value.as_str().map(str::to_owned)
}

/// The ids of a mapping.
fn keys(things: &Value) -> impl Iterator<Item = String> + use<> {
    let keys = things.as_object().and_then(|_| things.try_iter().ok());
    keys.into_iter().flatten().map(|key| key.to_string())
}

fn items(things: &Value) -> impl Iterator<Item = Value> + use<> {
    let items = all(things).ok().and_then(|items| items.try_iter().ok());
    items.into_iter().flatten()
}

fn texts(things: &Value) -> impl Iterator<Item = String> + use<> {
    items(things).map(|text| text.to_string())
}

/// The id in a pair of id and thing.
fn id(pair: &Value) -> String {
    pair.get_item_by_index(0).unwrap_or_default().to_string()
}

/// The thing in a pair of id and thing.
fn thing(pair: &Value) -> Value {
    pair.get_item_by_index(1).unwrap_or_default()
}
