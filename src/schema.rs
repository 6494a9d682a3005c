//! The JSON Schema of the plan file (draft 2020-12), for editors and other programs, and the list of its fields.
//!
//! Both are derived from the types in `section/` and `annex/`; the words only describe. A schema says which keys and
//! values a plan can have, and no more: what is missing, or points nowhere, is for `check`. Where a reader of YAML has made
//! a number of `4.500` already, or where an answer is an empty text, the schema cannot be as exact as
//! [`reading`](crate::reading) is.

use indexmap::{IndexMap, IndexSet};
use schemars::Schema;
use schemars::generate::SchemaSettings;
use schemars::transform::RecursiveTransform;
use serde_json::{Map, Value, json};

use crate::plan::Plan;
use crate::words::Words;

/// The name of the schema. It is no address: nothing is ever fetched.
const ID: &str = "urn:planmaker:plan:1";

/// The JSON Schema of the plan file, with each field's question and help in the language of the words.
#[must_use]
pub fn plan_schema(words: Words) -> Value {
    let mut shape = shape();
    for field in walk(&shape) {
        let text = |what: &str| words.get(&format!("velden.{}.{what}", field.pattern));
        let description = format!("{}\n{}", text("vraag"), text("hulp"));
        if let Some(Value::Object(schema)) = shape.pointer_mut(&field.pointer) {
            schema.insert("description".to_owned(), description.into());
        }
    }
    explain_patterns(&mut shape, words);
    let mut schema = Map::new();
    schema.insert(
        "$schema".to_owned(),
        json!("https://json-schema.org/draft/2020-12/schema"),
    );
    schema.insert("$id".to_owned(), json!(ID));
    schema.insert("title".to_owned(), json!(words.get("schema.titel")));
    schema.insert(
        "description".to_owned(),
        json!(words.get("schema.beschrijving")),
    );
    if let Value::Object(shape) = shape {
        schema.extend(shape);
    }
    Value::Object(schema)
}

/// The pattern of every field of the plan, as the words know it: `*` stands for an id, `[]` for an item of a list.
#[must_use]
pub fn fields() -> Vec<String> {
    let patterns: IndexSet<String> = walk(&shape())
        .into_iter()
        .map(|field| field.pattern)
        .collect();
    patterns.into_iter().collect()
}

/// The pattern of every field with the kind of its value, as templates and other programs see it.
#[must_use]
pub fn kinds() -> IndexMap<String, Kind> {
    let shape = shape();
    let mut kinds = IndexMap::new();
    for field in walk(&shape) {
        let walker = Walker {
            schema: &shape,
            fields: Vec::new(),
        };
        kinds
            .entry(field.pattern)
            .or_insert_with(|| walker.kind(&field.pointer));
    }
    kinds
}

/// What sort of value a field has once it is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Kind {
    /// Any text.
    Text,
    /// One of a few words.
    Choice,
    /// A number.
    Number,
    /// Euros, as a text.
    Money,
    /// A day, as a text.
    Day,
    /// A moment, as a text.
    Moment,
    /// A term, as a text.
    Term,
    /// A list.
    List,
    /// Things by their ids.
    ById,
    /// Known keys.
    Keys,
}

/// The pattern of `key` in what has the pattern `parent`.
///
/// The points of the checklist of sustainment and the points of one's own ask the same: their fields are one.
#[must_use]
pub fn pattern_of(parent: &str, key: &str) -> String {
    match parent.strip_prefix("borging.") {
        _ if parent.is_empty() => key.to_owned(),
        None | Some("eigen_punten") => format!("{parent}.{key}"),
        Some(_) => format!("borging.*.{key}"),
    }
}

/// What the types say, without any words.
fn shape() -> Value {
    let settings = SchemaSettings::draft2020_12().with_transform(RecursiveTransform(tidy));
    let mut schema = settings.into_generator().into_root_schema_for::<Plan>();
    schema.remove("$schema");
    let mut schema = schema.to_value();
    if let Some(version) = schema.pointer_mut("/properties/versie") {
        *version = json!({ "const": Plan::VERSION });
    }
    schema
}

/// Closes every struct to other keys, and drops what is about the program rather than the plan.
fn tidy(schema: &mut Schema) {
    for about_types in ["default", "title", "description"] {
        schema.remove(about_types);
    }
    if schema.get("properties").is_some() {
        schema.insert("additionalProperties".to_owned(), false.into());
    }
}

/// Says what a value must look like: editors show that where they would show a pattern.
fn explain_patterns(schema: &mut Value, words: Words) {
    let kinds = schema.get_mut("$defs").and_then(Value::as_object_mut);
    for (kind, value) in kinds.into_iter().flatten() {
        let Some(value) = value.as_object_mut() else {
            continue;
        };
        if value.contains_key("pattern") {
            let expected = words.get(&format!("keuzes.soorten.{kind}"));
            let message = words.get("schema.schrijf").replace("{soort}", expected);
            value.insert("patternErrorMessage".to_owned(), message.into());
        }
    }
}

/// A field of the plan.
struct Field {
    /// Its key, with the keys that it lies in.
    pattern: String,
    /// Where its schema stands, as a JSON pointer.
    pointer: String,
}

/// Every field, in the order of the plan. What several keys share appears for each of them.
fn walk(schema: &Value) -> Vec<Field> {
    let mut walker = Walker {
        schema,
        fields: Vec::new(),
    };
    walker.look_into("", "");
    walker.fields
}

struct Walker<'s> {
    schema: &'s Value,
    fields: Vec<Field>,
}

impl Walker<'_> {
    fn look_into(&mut self, pointer: &str, pattern: &str) {
        for pointer in self.alternatives(pointer) {
            let Some(node) = self.schema.pointer(&pointer) else {
                continue;
            };
            for key in node
                .get("properties")
                .and_then(Value::as_object)
                .into_iter()
                .flat_map(Map::keys)
            {
                let field = format!("{pointer}/properties/{key}");
                self.add(&field, &pattern_of(pattern, key));
            }
            if node.get("items").is_some() {
                self.look_into(&format!("{pointer}/items"), &format!("{pattern}[]"));
            }
            let behind_ids = format!("{pointer}/additionalProperties");
            if self.is_thing(&behind_ids) {
                self.add(&behind_ids, &pattern_of(pattern, "*"));
            }
        }
    }

    fn add(&mut self, pointer: &str, pattern: &str) {
        self.fields.push(Field {
            pattern: pattern.to_owned(),
            pointer: pointer.to_owned(),
        });
        self.look_into(pointer, pattern);
    }

    /// Whether a thing with fields of its own may stand there, and not just a value.
    fn is_thing(&self, pointer: &str) -> bool {
        let shapes = self.alternatives(pointer);
        shapes
            .iter()
            .filter_map(|shape| self.schema.pointer(shape))
            .any(|shape| shape.get("properties").is_some())
    }

    /// The kind of value that stands there. What may be one or many is always many once it is read, and so is a rhythm.
    fn kind(&self, pointer: &str) -> Kind {
        let shapes = self.alternatives(pointer);
        let nodes: Vec<(&str, &Value)> = shapes
            .iter()
            .filter_map(|shape| Some((shape.as_str(), self.schema.pointer(shape)?)))
            .collect();
        let any = |is: &dyn Fn(&str, &Value) -> bool| nodes.iter().any(|(at, node)| is(at, node));
        let named = |name: &'static str| {
            let place = format!("/$defs/{name}");
            any(&|at, _| at == place)
        };
        let has = |key: &str| any(&|_, node| node.get(key).is_some());
        if has("items") || named("ritme") {
            Kind::List
        } else if has("properties") {
            Kind::Keys
        } else if has("additionalProperties") {
            Kind::ById
        } else if has("enum") {
            Kind::Choice
        } else if named("bedrag") {
            Kind::Money
        } else if named("getal") || named("geheel_getal") || has("const") {
            Kind::Number
        } else if named("datum") {
            Kind::Day
        } else if named("tijdstip") {
            Kind::Moment
        } else if named("termijn") {
            Kind::Term
        } else {
            Kind::Text
        }
    }

    /// Every shape that a value may have there, references followed.
    fn alternatives(&self, pointer: &str) -> Vec<String> {
        let node = self.schema.pointer(pointer);
        if let Some(elsewhere) = node
            .and_then(|node| node.get("$ref"))
            .and_then(Value::as_str)
        {
            return self.alternatives(elsewhere.trim_start_matches('#'));
        }
        let Some(shapes) = node
            .and_then(|node| node.get("anyOf"))
            .and_then(Value::as_array)
        else {
            return vec![pointer.to_owned()];
        };
        (0..shapes.len())
            .flat_map(|nr| self.alternatives(&format!("{pointer}/anyOf/{nr}")))
            .collect()
    }
}
