//! The things in a plan that concern each group: a document about one group should not search through those of all others.

use std::collections::HashMap;

use indexmap::IndexMap;
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
        minijinja::context! {
            doelen => things.goals.clone(),
            belemmeringen => things.barriers.clone(),
            activiteiten => things.activities.clone(),
            hulp => things.support.clone(),
            indicatoren => things.indicators.clone(),
            berichten => things.messages.clone(),
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
