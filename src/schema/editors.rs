//! The schema in the form that suits editors.

use serde_json::{Map, Value, json};

use crate::words::Words;

/// Returns the same schema in the form that suits editors: they join the titles of alternatives with `||`, and offer `null` and
/// `true` wherever a type allows them. So alternatives become keywords side by side, each of which only concerns values of its
/// own type; types are conditions on values that are not empty; the one alternative that is left makes editors put a colon behind
/// a key; and choices, which may be spelled freely, are `defaultSnippets`, which is not in the
/// standard: editors offer these, and do not show them as ten examples.
pub(super) fn for_editors(types: &Value) -> Value {
    let mut schema = Value::Object(side_by_side(types, types));
    if let Some(Value::Object(definitions)) = types.get("$defs") {
        let definitions = definitions
            .iter()
            .map(|(name, definition)| (name.clone(), side_by_side(definition, types).into()));
        schema["$defs"] = Value::Object(definitions.collect());
    }
    schema["type"] = "object".into();
    schema
}

/// Offers the choices below a key by their labels, which are read too, with the word in a Dutch plan as their description.
pub(super) fn offer_labels(schema: &mut Value, key: &str, words: Words) {
    match schema {
        Value::Object(schema) => {
            for (key, value) in &mut *schema {
                offer_labels(value, key, words);
            }
            let snippets = schema
                .get_mut("defaultSnippets")
                .and_then(Value::as_array_mut);
            for snippet in snippets.into_iter().flatten() {
                let word = snippet["body"].as_str().map(str::to_owned);
                let label = word.as_deref().and_then(|word| {
                    let label = |kind| words.find(&format!("keuzes.{kind}.{word}"));
                    // The words for sources are not a type of their own.
                    label(key).or_else(|| label("bron"))
                });
                // A language is written as its tag.
                if let Some(label) = label.filter(|_| key != "taal") {
                    let label = label.to_lowercase();
                    *snippet = json!({ "label": label, "body": label, "description": word });
                }
            }
        }
        Value::Array(items) => items
            .iter_mut()
            .for_each(|item| offer_labels(item, key, words)),
        _ => {}
    }
}

/// The keywords of a schema and its alternatives, without its own type.
fn side_by_side(schema: &Value, types: &Value) -> Map<String, Value> {
    let mut flat = Map::new();
    for (keyword, value) in schema.as_object().into_iter().flatten() {
        match (keyword.as_str(), value) {
            ("type", _) => {}
            ("anyOf", Value::Array(alternatives)) => {
                for alternative in alternatives {
                    flat.extend(side_by_side(alternative, types));
                }
            }
            ("enum" | "examples", Value::Array(choices)) => {
                let numbers = || choices.iter().filter(|choice| choice.is_number());
                let number_words: Vec<String> = numbers().map(Value::to_string).collect();
                let is_offered = |choice: &&Value| match choice.as_str() {
                    Some(word) => !number_words.iter().any(|number| number == word),
                    None => choice.is_number(),
                };
                let offered = choices.iter().filter(is_offered);
                let snippet = |choice: &Value| {
                    let label = choice
                        .as_str()
                        .map_or_else(|| choice.to_string(), str::to_owned);
                    json!({ "label": label, "body": choice })
                };
                let snippets: Value = offered.map(snippet).collect();
                flat.insert("defaultSnippets".to_owned(), snippets);
                if let (Some(first), Some(last)) = (numbers().next(), numbers().next_back()) {
                    flat.insert("minimum".to_owned(), first.clone());
                    flat.insert("maximum".to_owned(), last.clone());
                }
            }
            ("properties", Value::Object(fields)) => {
                let fields = fields
                    .iter()
                    .map(|(key, field)| (key.clone(), filled_in(field, types)));
                flat.insert(keyword.clone(), Value::Object(fields.collect()));
            }
            ("items" | "additionalProperties", Value::Object(_)) => {
                flat.insert(keyword.clone(), filled_in(value, types));
            }
            _ => _ = flat.insert(keyword.clone(), value.clone()),
        }
    }
    flat
}

/// The schema of a value, which may also be empty.
fn filled_in(schema: &Value, types: &Value) -> Value {
    let mut flat = side_by_side(schema, types);
    let mut kinds = Vec::new();
    add_types(schema, types, &mut kinds);
    if kinds.is_empty() {
        return flat.into();
    }
    let words = ["title", "description"].map(|word| Some((word.to_owned(), flat.remove(word)?)));
    let mut value: Map<String, Value> = words.into_iter().flatten().collect();
    value.insert("anyOf".to_owned(), json!([flat]));
    value.insert("if".to_owned(), json!({ "type": "null" }));
    let kinds = match kinds.as_slice() {
        [kind] => kind.clone(),
        _ => kinds.into(),
    };
    value.insert("else".to_owned(), json!({ "type": kinds }));
    value.into()
}

/// Adds the types that a value may have, besides none.
fn add_types(schema: &Value, types: &Value, kinds: &mut Vec<Value>) {
    let mut add = |kind: &Value| {
        if kind != "null" && !kinds.contains(kind) {
            kinds.push(kind.clone());
        }
    };
    match schema.get("type") {
        Some(Value::Array(several)) => several.iter().for_each(&mut add),
        Some(kind) => add(kind),
        None => {}
    }
    for choice in schema
        .get("enum")
        .and_then(Value::as_array)
        .into_iter()
        .flatten()
    {
        add(&match choice {
            Value::Bool(_) => json!("boolean"),
            Value::Number(_) => json!("integer"),
            _ => json!("string"),
        });
    }
    let reference = schema.get("$ref").and_then(Value::as_str);
    if let Some(definition) = reference.and_then(|to| types.pointer(to.trim_start_matches('#'))) {
        add_types(definition, types, kinds);
    }
    for alternative in schema
        .get("anyOf")
        .and_then(Value::as_array)
        .into_iter()
        .flatten()
    {
        add_types(alternative, types, kinds);
    }
}
