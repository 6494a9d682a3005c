//! Plans with holes and mistakes in them: whatever can be read can be rendered.

use std::fs;

use planmaker::render;
use serde_yaml::Value;

use crate::reader::{FORMATS, with_view};

/// What may stand where something else should.
const WRONG: [&str; 4] = ["~", "5", "[x, {y: z}]", "{x: , y: {z: 1}, 'a b': [c]}"];

/// Calls back with every copy of a plan in which one value is something else, once per kind of place.
fn each_mistake(plan: &Value, check: &mut dyn FnMut(&str, &str)) {
    let mut places = Vec::new();
    collect(plan, &mut Vec::new(), &mut places);
    for place in places {
        for wrong in WRONG {
            let mut copy = plan.clone();
            let mut at = &mut copy;
            for key in &place {
                at = match key.as_u64() {
                    Some(_) if at.is_sequence() => at.get_mut(0).unwrap(),
                    _ => at.get_mut(key).unwrap(),
                };
            }
            *at = serde_yaml::from_str(wrong).unwrap();
            check(
                &format!("{place:?}: {wrong}"),
                &serde_yaml::to_string(&copy).unwrap(),
            );
        }
    }
}

fn collect(value: &Value, path: &mut Vec<Value>, places: &mut Vec<Vec<Value>>) {
    let children: Vec<(Value, &Value)> = match value {
        // Of things by id one stands for all.
        Value::Mapping(things) if !path.is_empty() && things.values().all(Value::is_mapping) => {
            things
                .iter()
                .take(1)
                .map(|(id, thing)| (id.clone(), thing))
                .collect()
        }
        Value::Mapping(mapping) => mapping
            .iter()
            .map(|(key, value)| (key.clone(), value))
            .collect(),
        Value::Sequence(items) => items
            .iter()
            .take(1)
            .map(|item| (Value::from(0), item))
            .collect(),
        _ => Vec::new(),
    };
    for (key, child) in children {
        path.push(key);
        places.push(path.clone());
        collect(child, path, places);
        path.pop();
    }
}

#[test]
fn whatever_can_be_read_can_be_rendered() {
    let text = fs::read_to_string("examples/minimaal.yaml").unwrap();
    let mut nr = 0;
    each_mistake(
        &serde_yaml::from_str(&text).unwrap(),
        &mut |mistake, plan| {
            nr += 1;
            let format = FORMATS[nr % 2];
            let made = with_view(plan, |view, _| render(view, format).map(|_| ()));
            assert!(
                made.is_ok(),
                "{mistake}: {:?}",
                made.unwrap_err().to_string()
            );
        },
    );
}
