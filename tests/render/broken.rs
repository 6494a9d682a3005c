//! Plans with missing and wrong values: every plan that can be read can be rendered.

use std::fs;

use planmaker::render;
use rayon::prelude::*;
use serde_yaml::Value;

use crate::support::{FORMATS, with_view};

/// Values to replace another value with.
const WRONG: [&str; 4] = ["~", "5", "[x, {y: z}]", "{x: , y: {z: 1}, 'a b': [c]}"];

/// Every copy of a plan in which one value is wrong, once per kind of place, with a description of the mistake.
fn mistakes(plan: &Value) -> Vec<(String, Value)> {
    let mut places = Vec::new();
    collect(plan, &mut Vec::new(), &mut places);
    let mut mistakes = Vec::new();
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
            mistakes.push((format!("{place:?}: {wrong}"), copy));
        }
    }
    mistakes
}

fn collect(value: &Value, path: &mut Vec<Value>, places: &mut Vec<Vec<Value>>) {
    let children: Vec<(Value, &Value)> = match value {
        // One of the things by id is enough.
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
fn plans_with_mistakes_can_be_rendered() {
    let text = fs::read_to_string("examples/minimaal.yaml").unwrap();
    let mistakes = mistakes(&serde_yaml::from_str(&text).unwrap());
    mistakes
        .par_iter()
        .enumerate()
        .for_each(|(nr, (mistake, plan))| {
            // Markdown first, and then by turns.
            let format = FORMATS[(nr + 1) % 2];
            let plan = serde_yaml::to_string(plan).unwrap();
            let rendered = with_view(&plan, |view, _| render(view, format).map(|_| ()));
            assert!(
                rendered.is_ok(),
                "{mistake}: {:?}",
                rendered.unwrap_err().to_string()
            );
        });
}
