//! The JSON Schema of the plan file (draft 2020-12), for editors and other programs, and the list of its fields.
//!
//! Both are derived from the types of the plan; the words only add descriptions. The schema covers keys and values, not
//! missing answers or dangling references: those are for `check`. It is less strict than `reading` where
//! YAML readers have already converted a value (`4.500` to a number) and for empty texts.

mod editors;

use indexmap::IndexMap;
use schemars::Schema;
use schemars::generate::SchemaSettings;
use schemars::transform::RecursiveTransform;
use serde_json::{Map, Value, json};

use crate::plan::{Language, Plan};
use crate::value::{ID_KIND, TEXT_KIND};
use crate::words::{FieldText, Words, key};
use editors::{for_editors, offer_labels};

/// The schema's `$id`: a name, not an address to fetch it from.
const ID: &str = "urn:planmaker:plan:1";

/// Returns the JSON Schema of the plan file, with each field's question and help as its description.
#[must_use]
pub fn plan_schema(words: Words) -> Value {
    let mut types = type_schema();
    for field in flat(&fields_of(&types)) {
        let text = |text| words.field(&field.pattern, text);
        let description = format!("{}\n{}", text(FieldText::Question), text(FieldText::Help));
        if let Some(Value::Object(schema)) = types.pointer_mut(&field.pointer) {
            schema.insert("title".to_owned(), text(FieldText::Label).into());
            schema.insert("description".to_owned(), description.into());
        }
    }
    remove_marks(&mut types);
    explain_patterns(&mut types, words);
    let mut types = for_editors(&types);
    if words.language() == Language::English {
        offer_labels(&mut types, "", words);
    }
    let mut schema = json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": ID,
        "title": words.get(key::schema::TITEL),
        "description": words.get(key::schema::BESCHRIJVING),
    });
    if let (Value::Object(schema), Value::Object(types)) = (&mut schema, types) {
        schema.extend(types);
    }
    schema
}

/// Whether a text is a schema of the plan file, of this version of the program or another.
#[must_use]
pub fn is_plan_schema(text: &str) -> bool {
    let schema: Option<Value> = serde_json::from_str(text).ok();
    schema.is_some_and(|schema| schema["$id"] == ID)
}

/// Returns the pattern of every field of the plan, in the model's order. In a pattern, `*` is any id and `[]` an item of a
/// list.
#[must_use]
pub fn fields() -> Vec<String> {
    kinds().into_keys().collect()
}

/// Returns the pattern of every field, with the kind of value that templates and other programs get.
#[must_use]
pub fn kinds() -> IndexMap<String, Kind> {
    let mut kinds = IndexMap::new();
    for field in flat(&tree()) {
        kinds.entry(field.pattern.clone()).or_insert(field.kind);
    }
    kinds
}

/// The kind of a field's value once it is parsed.
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

/// Returns the pattern of `key` in a value with the pattern `parent`.
///
/// The checklist of sustainment and an author's own points have the same questions, so their fields share one pattern. So do
/// the questions of the quick scan.
#[must_use]
pub fn pattern_of(parent: &str, key: &str) -> String {
    match parent.split_once('.') {
        _ if parent.is_empty() => key.to_owned(),
        Some((checklist @ ("borging" | "quickscan"), point)) if point != "eigen_punten" => {
            format!("{checklist}.*.{key}")
        }
        _ => format!("{parent}.{key}"),
    }
}

/// The schema of the types, without descriptions.
fn type_schema() -> Value {
    let settings = SchemaSettings::draft2020_12().with_transform(RecursiveTransform(tidy));
    let mut schema = settings.into_generator().into_root_schema_for::<Plan>();
    schema.remove("$schema");
    let mut schema = schema.to_value();
    if let Some(version) = schema.pointer_mut("/properties/versie") {
        *version = json!({ "const": Plan::VERSION });
    }
    schema
}

/// Rejects unknown keys in every struct, and drops what comes from the Rust code: its defaults and doc comments.
fn tidy(schema: &mut Schema) {
    for from_code in ["default", "title", "description"] {
        schema.remove(from_code);
    }
    if schema.get("properties").is_some() {
        schema.insert("additionalProperties".to_owned(), false.into());
    }
}

/// Removes the kinds of texts and ids, which only [`Field`] has.
fn remove_marks(schema: &mut Value) {
    match schema {
        Value::Object(entries) => {
            entries.retain(|key, _| ![ID_KIND, TEXT_KIND].contains(&key.as_str()));
            entries.values_mut().for_each(remove_marks);
        }
        Value::Array(items) => items.iter_mut().for_each(remove_marks),
        _ => {}
    }
}

/// Adds `patternErrorMessage`, which is not in the standard: editors show it instead of the regular expression.
fn explain_patterns(schema: &mut Value, words: Words) {
    let kinds = schema.get_mut("$defs").and_then(Value::as_object_mut);
    for (kind, value) in kinds.into_iter().flatten() {
        let Some(value) = value.as_object_mut() else {
            continue;
        };
        if value.contains_key("pattern") {
            let choices = value.get("enum").and_then(Value::as_array);
            let expected = match choices {
                Some(choices) => {
                    let words_only = choices.iter().filter_map(Value::as_str).map(str::to_owned);
                    words.list(words_only)
                }
                None => words.get(&format!("keuzes.soorten.{kind}")).to_owned(),
            };
            let message = if choices.is_some() {
                key::schema::KIES
            } else {
                key::schema::SCHRIJF
            };
            let message = words.get(message).replace("{soort}", &expected);
            value.insert("patternErrorMessage".to_owned(), message.into());
        }
    }
}

/// A field of the plan.
#[derive(Debug)]
pub(crate) struct Field {
    pub pattern: String,
    pub kind: Kind,
    /// The fields inside it, or in each item if it is a list. Things by id are the single field `*`.
    pub fields: Vec<Field>,
    /// The choices for the value, or for each value in it.
    pub choices: Option<Choices>,
    /// The kind of the text, or of each text in it: prose, or what it refers to.
    pub text: Option<String>,
    /// The kind of its ids, if it is things or values by id.
    pub ids: Option<String>,
    /// The kind of each single value, if it is values by id.
    pub values: Kind,
    /// A JSON pointer to the field's schema.
    pointer: String,
}

/// The words to choose from.
#[derive(Debug)]
pub(crate) struct Choices {
    /// The kind of choice, as in the words files (`keuzes.…`).
    pub kind: String,
    pub words: Vec<String>,
}

impl Field {
    pub fn key(&self) -> &str {
        self.pattern.rsplit('.').next().unwrap_or_default()
    }
}

/// Returns the fields of the plan as a tree, in the model's order. The fields of a type occur wherever the type is used.
pub(crate) fn tree() -> Vec<Field> {
    fields_of(&type_schema())
}

fn fields_of(types: &Value) -> Vec<Field> {
    Types(types).fields("", "")
}

/// The fields of a tree, each followed by those inside it.
fn flat(tree: &[Field]) -> Vec<&Field> {
    tree.iter()
        .flat_map(|field| std::iter::once(field).chain(flat(&field.fields)))
        .collect()
}

struct Types<'s>(&'s Value);

impl Types<'_> {
    /// The fields inside the value with this pointer and pattern.
    fn fields(&self, pointer: &str, pattern: &str) -> Vec<Field> {
        let mut fields = Vec::new();
        for (pointer, node) in self.alternatives(pointer) {
            let properties = node.get("properties").and_then(Value::as_object);
            for key in properties.into_iter().flat_map(Map::keys) {
                let field = format!("{pointer}/properties/{key}");
                fields.push(self.field(field, pattern_of(pattern, key)));
            }
            if node.get("items").is_some() {
                fields.extend(self.fields(&format!("{pointer}/items"), &format!("{pattern}[]")));
            }
            // A single value by id is not a field.
            let by_id = format!("{pointer}/additionalProperties");
            let mut values = self.alternatives(&by_id).into_iter();
            if values.any(|(_, value)| value.get("properties").is_some()) {
                fields.push(self.field(by_id, pattern_of(pattern, "*")));
            }
        }
        fields
    }

    fn field(&self, pointer: String, pattern: String) -> Field {
        Field {
            kind: self.kind(&pointer),
            fields: self.fields(&pointer, &pattern),
            choices: self.choices(&pointer),
            text: self.mark(&pointer, TEXT_KIND),
            ids: self.mark(&pointer, ID_KIND),
            values: self.kind(&format!("{pointer}/additionalProperties")),
            pattern,
            pointer,
        }
    }

    /// The kind of text or ids of a value, or of each value in it.
    fn mark(&self, pointer: &str, key: &str) -> Option<String> {
        let nodes = self.alternatives(pointer);
        nodes.into_iter().find_map(|(pointer, node)| {
            let own = node.get(key).and_then(Value::as_str).map(str::to_owned);
            let inside = || {
                let items = node.get("items").is_some() && key == TEXT_KIND;
                items.then(|| self.mark(&format!("{pointer}/items"), key))?
            };
            let by_id = || {
                let values = node.get("additionalProperties")?.is_object() && key == TEXT_KIND;
                values.then(|| self.mark(&format!("{pointer}/additionalProperties"), key))?
            };
            own.or_else(inside).or_else(by_id)
        })
    }

    /// The choices for a value, or for each value in it.
    fn choices(&self, pointer: &str) -> Option<Choices> {
        let nodes = self.alternatives(pointer);
        nodes.into_iter().find_map(|(pointer, node)| {
            for inside in ["items", "additionalProperties"] {
                if node.get(inside).is_some() {
                    return self.choices(&format!("{pointer}/{inside}"));
                }
            }
            let kind = pointer.strip_prefix("/$defs/")?.split('/').next()?;
            let words = node.get("enum")?.as_array()?.iter();
            let words = words.filter_map(Value::as_str).map(str::to_owned);
            Some(Choices {
                kind: kind.to_owned(),
                words: words.collect(),
            })
        })
    }

    /// The kind of a value. One or many becomes a list when it is parsed, and so does a rhythm.
    fn kind(&self, pointer: &str) -> Kind {
        let nodes = self.alternatives(pointer);
        let named = |name: &str| {
            let definition = format!("/$defs/{name}");
            nodes.iter().any(|(pointer, _)| *pointer == definition)
        };
        let has = |key: &str| nodes.iter().any(|(_, node)| node.get(key).is_some());
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

    /// The alternatives for a value, with references followed.
    fn alternatives(&self, pointer: &str) -> Vec<(String, &Value)> {
        let Some(node) = self.0.pointer(pointer) else {
            return Vec::new();
        };
        if let Some(reference) = node.get("$ref").and_then(Value::as_str) {
            return self.alternatives(reference.trim_start_matches('#'));
        }
        match node.get("anyOf").and_then(Value::as_array) {
            None => vec![(pointer.to_owned(), node)],
            Some(any) => (0..any.len())
                .flat_map(|nr| self.alternatives(&format!("{pointer}/anyOf/{nr}")))
                .collect(),
        }
    }
}
