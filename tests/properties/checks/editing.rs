//! Properties of changes to a plan.
//!
//! The expected plan is made without the code under test: the values of the file are changed as JSON, which is YAML too, and read.

use planmaker::editing::{Change, Content, Edit, EditError, apply};
use planmaker::{
    Checked, Document, Focus, Node, NodeValue, Path, Plan, Reading, Step, read_plan, schema,
};
use serde_json::{Map, Value, json};

use crate::edits::{self, Choices};

/// Checks changes to an edited plan in one of several layouts. The bytes are edits, changes and the layout.
pub fn check_editing(bytes: &[u8]) {
    let (changes, edits) = bytes.split_at(bytes.len().min(24));
    let mut choices = Choices::new(changes);
    let text = laid_out(edits::plan(edits).trim_start(), choices.number());
    for _ in 0..3 {
        check_change(&text, &mut choices);
    }
}

/// Checks a change that is chosen by bytes. Reading the new text gives the old plan with exactly that change; undoing it gives
/// the old text; bytes outside the splices are untouched; the file has no new problem.
pub fn check_change(text: &str, choices: &mut Choices<'_>) {
    let document = Document::read(text.as_bytes());
    let change = any_change(document.root(), choices);
    let edit = match apply(text, &change) {
        Ok(edit) => edit,
        Err(error) => return check_refused(&document, &change, &error),
    };
    let new = Edit::splice(text, &edit.splices).expect("splices of the text");
    let old = Edit::splice(&new, &edit.undo);
    assert_eq!(old.as_deref(), Some(text), "{change:?}");
    let (splices, place) = (&edit.splices, place(&document, &change));
    let message = || format!("{change:?}\n{splices:?}\n{place}");
    assert!(is_minimal(text, &edit), "{}", message());
    let (before, after) = (flaws(text), flaws(&new));
    for (nr, rule) in FILE_RULES.iter().enumerate() {
        assert!(after[nr] <= before[nr], "{rule}: {}", message());
    }
    if let Some((expected, found)) = plans(&document, &new, &change) {
        assert_same(&expected, &found, message);
    }
}

/// Only an unsound file may be so entangled or unreadable that a change is refused.
fn check_refused(document: &Document, change: &Change, error: &EditError) {
    let is_sound = document.problems().is_empty() && document.losses().is_empty();
    // A file without any key is no plan.
    let is_root = change.path().steps().count() == 1;
    let may_empty = is_root && matches!(change, Change::Clear { .. } | Change::Set { .. });
    let is_refused = matches!(
        error,
        EditError::Entangled { .. } | EditError::Unread { .. }
    );
    assert!(
        !is_sound || may_empty || !is_refused,
        "{error}: {change:?}\n{}",
        place(document, change)
    );
}

/// The plan that is expected after a change, and the one that was found; `None` if they cannot be compared.
fn plans(document: &Document, new: &str, change: &Change) -> Option<(String, String)> {
    let new = Document::read(new.as_bytes());
    let (before, reading) = read_plan(document);
    let (after, reading_after) = read_plan(&new);
    // A new or missing id changes what a misspelled reference or key means.
    let is_spelled = |reading: &Reading<'_>| {
        reading.renamed.is_empty() && reading.references.iter().all(|it| !it.is_misspelled)
    };
    if !document.stops().is_empty() || !is_spelled(&reading) || !is_spelled(&reading_after) {
        return None;
    }
    let text = |plan: &Plan| serde_json::to_string(plan).unwrap();
    if let Change::Rename { path, id } = change {
        let Some(Step::Key(old)) = path.steps().next_back() else {
            unreachable!("{change:?}");
        };
        let merged = |plan: &Plan| merged(&text(plan), old, id);
        return Some((merged(&before), merged(&after)));
    }
    let mut tree = json(document.root());
    changed(&mut tree, change);
    let expected = Document::read(tree.to_string().as_bytes());
    Some((text(&read_plan(&expected).0), text(&after)))
}

/// The text around the place of a change.
fn place(document: &Document, change: &Change) -> String {
    let start = document.place(change.path(), &Focus::Key).start.line;
    let lines = document
        .source()
        .lines()
        .skip(start.saturating_sub(6))
        .take(16);
    let lines: Vec<String> = lines.map(|line| format!("{line:.200}")).collect();
    lines.join("\n")
}

fn assert_same(expected: &str, found: &str, message: impl Fn() -> String) {
    let same = expected
        .chars()
        .zip(found.chars())
        .take_while(|(one, other)| one == other);
    let same = same.count().saturating_sub(60);
    let part = |text: &str| text.chars().skip(same).take(200).collect::<String>();
    assert!(
        expected == found,
        "expected: {}\nfound:    {}\n{}",
        part(expected),
        part(found),
        message()
    );
}

/// The rules of the file itself that no change may break, other than those about the contents of a value.
const FILE_RULES: [&str; 7] = [
    "yaml-ongeldig",
    "bestand-te-groot",
    "sleutel-dubbel",
    "sleutel-onbekend",
    "id-vorm",
    "tekst-afgekapt",
    "opsomming-niet-herkend",
];

/// The number of findings of each rule of the file.
fn flaws(text: &str) -> [usize; 7] {
    let checked = Checked::read(text);
    let findings = || checked.findings.iter();
    FILE_RULES.map(|rule| findings().filter(|it| it.rule.name == rule).count())
}

/// Whether no splice replaces text by text that begins or ends the same.
fn is_minimal(text: &str, edit: &Edit) -> bool {
    edit.splices.iter().all(|splice| {
        let old = &text[splice.range.clone()];
        let ends = |text: &str| (text.chars().next(), text.chars().next_back());
        let ((first, last), (new_first, new_last)) = (ends(old), ends(&splice.replacement));
        old.is_empty() || splice.replacement.is_empty() || (first != new_first && last != new_last)
    })
}

/// The JSON of a plan in which an old and a new id, and the names that follow from them, are the same.
fn merged(plan: &str, old: &str, new: &str) -> String {
    let name = |id: &str| {
        let words = id.replace('-', " ");
        let mut letters = words.chars();
        let first = letters.next().map(|it| it.to_uppercase().to_string());
        format!("\"{}{}\"", first.unwrap_or_default(), letters.as_str())
    };
    let plan = plan.replace(&name(old), "\"\"").replace(&name(new), "\"\"");
    plan.replace(old, new)
}

/// A text in another layout: other line ends, between brackets, with comments, or without a last line end.
fn laid_out(text: &str, layout: usize) -> String {
    match layout % 6 {
        0 => text.to_owned(),
        1 => text.replace('\n', "\r\n"),
        2 => format!("\u{feff}---\n# Een opmerking.\n{text}"),
        3 => {
            let root = json(Document::read(text.as_bytes()).root());
            let Value::Object(parts) = root else {
                return text.to_owned();
            };
            let lines = parts
                .iter()
                .map(|(key, part)| format!("{}: {part}\n", json!(key)));
            lines.collect()
        }
        4 => format!("{}  # Een opmerking.", text.trim_end()),
        _ => json(Document::read(text.as_bytes()).root()).to_string(),
    }
}

fn any_text(choices: &mut Choices<'_>) -> String {
    match choices.number() % 4 {
        0 => String::from_utf8_lossy(choices.raw()).into_owned(),
        1 => format!(
            "{}{}",
            choices.one_of(&edits::PIECES),
            choices.one_of(&edits::PIECES)
        ),
        2 => format!("een{}twee", choices.one_of(&edits::PIECES)),
        _ => choices.one_of(&edits::VALUES).to_owned(),
    }
}

fn any_change(root: &Node, choices: &mut Choices<'_>) -> Change {
    let mut paths = vec![Path::root()];
    collect(root, &Path::root(), &mut paths);
    let kind = choices.number() % 8;
    let path = paths[choices.below(paths.len())].clone();
    let text = any_text(choices);
    let id = ["a", "nieuw-ding", "null", "2027", "-", "A b"][choices.number() % 6].to_owned();
    match kind {
        0 => Change::Set {
            path,
            value: Content::Text(text),
        },
        1 => {
            let fields = schema::fields();
            let field = &fields[choices.below(fields.len())];
            let keys = field.split('.').filter(|key| !key.contains('['));
            let path = keys
                .map(|key| if key == "*" { "nieuw" } else { key })
                .collect();
            Change::Set {
                path,
                value: Content::Text(text),
            }
        }
        2 => {
            let value = [text, "a".to_owned(), id].into_iter().collect();
            Change::Set { path, value }
        }
        3 => Change::Clear { path },
        4 => {
            let id = choices.number().is_multiple_of(2).then_some(id);
            let at = Some(choices.number() % 4).filter(|at| *at < 3);
            let value = if id.is_some() {
                Content::Nothing
            } else {
                Content::Text(text)
            };
            Change::Add {
                to: path,
                id,
                at,
                value,
            }
        }
        5 => Change::Remove { path },
        6 => Change::Move {
            path,
            to: choices.number() % 4,
        },
        _ => Change::Rename {
            path,
            id: "zo-heet-niets".to_owned(),
        },
    }
}

fn collect(node: &Node, path: &Path, paths: &mut Vec<Path>) {
    let mut add = |node: &Node, path: Path| {
        paths.push(path.clone());
        collect(node, &path, paths);
    };
    match &node.value {
        NodeValue::List(items) => {
            for (nr, item) in items.iter().enumerate() {
                add(item, path.join(nr));
            }
        }
        NodeValue::Mapping(entries) => {
            for (key, entry) in entries.iter() {
                add(&entry.value, path.join(key));
            }
        }
        _ => {}
    }
}

fn json(node: &Node) -> Value {
    match &node.value {
        NodeValue::Empty | NodeValue::Unread => Value::Null,
        NodeValue::Scalar { text, .. } => text.as_str().into(),
        NodeValue::List(items) => items.iter().map(json).collect(),
        NodeValue::Mapping(entries) => {
            let entries = entries.iter();
            let entries = entries.map(|(key, entry)| (key.clone(), json(&entry.value)));
            Value::Object(entries.collect())
        }
    }
}

fn json_of(content: &Content) -> Value {
    match content {
        Content::Nothing => Value::Null,
        Content::Text(text) => text.replace("\r\n", "\n").replace('\r', "\n").into(),
        Content::List(items) => items.iter().map(json_of).collect(),
        Content::Mapping(entries) => {
            let entries = entries.iter();
            let entries = entries.map(|(key, value)| (key.clone(), json_of(value)));
            Value::Object(entries.collect())
        }
    }
}

/// Whether a plan counts a text as no answer.
fn is_blank(content: &Content) -> bool {
    let plan = json!({ "plan": { "titel": json_of(content) } }).to_string();
    let document = Document::read(plan.as_bytes());
    let plan = serde_json::to_value(read_plan(&document).0).unwrap();
    matches!(content, Content::Text(_)) && plan["plan"]["titel"].is_null()
}

/// The value at a path, with parents that are made where they are missing.
fn value_at<'v>(tree: &'v mut Value, path: &Path) -> &'v mut Value {
    path.steps().fold(tree, |tree, step| match step {
        Step::Key(key) => {
            if tree.is_null() || tree.as_array().is_some_and(Vec::is_empty) {
                *tree = Value::Object(Map::new());
            }
            let entries = tree.as_object_mut().expect("a mapping");
            entries.entry(key.clone()).or_insert(Value::Null)
        }
        Step::Index(index) => &mut tree[*index],
    })
}

/// Removes an answer, and parents that are left empty, unless they are things.
fn clear(tree: &mut Value, path: &Path) {
    let mut parent = path.clone();
    parent.pop();
    let steps: Vec<&Step> = path.steps().collect();
    let [.., Step::Key(key)] = steps[..] else {
        return;
    };
    let whole = steps[..steps.len() - 1]
        .iter()
        .try_fold(&mut *tree, |tree, step| match step {
            Step::Key(key) => tree.get_mut(key),
            Step::Index(index) => tree.get_mut(index),
        });
    let Some(Value::Object(entries)) = whole else {
        return;
    };
    entries.shift_remove(key);
    let kinds = schema::kinds();
    let is_thing = steps.len() > 2 && {
        let keys = steps[..steps.len() - 2]
            .iter()
            .filter_map(|step| match step {
                Step::Key(key) => Some(key.as_str()),
                Step::Index(_) => None,
            });
        let of_thing = kinds.keys().any(|pattern| {
            let outer = pattern.strip_suffix(".*");
            outer.is_some_and(|outer| outer.split('.').eq(keys.clone()))
        });
        let phases = "implementatiestrategieen.strategieen.*.inzet";
        of_thing
            || parent.matches("planning_en_budget.activiteiten.*.inzet.*")
            || parent.matches(&format!("{phases}.*"))
    };
    let is_last = steps.len() == 2 && tree.as_object().is_some_and(|root| root.len() == 1);
    let is_item = matches!(parent.steps().next_back(), Some(Step::Index(_)));
    let is_empty = steps.len() > 1
        && value_at(tree, &parent)
            .as_object()
            .is_some_and(Map::is_empty);
    if is_empty && !is_thing && !is_last && !is_item {
        clear(tree, &parent);
    }
}

fn changed(tree: &mut Value, change: &Change) {
    let path = change.path();
    let mut parent = path.clone();
    parent.pop();
    let last = path.steps().next_back();
    match change {
        Change::Set { value, .. } if !(is_blank(value) && matches!(last, Some(Step::Key(_)))) => {
            *value_at(tree, path) = json_of(value);
        }
        Change::Set { .. } | Change::Clear { .. } => clear(tree, path),
        Change::Add { id, at, value, .. } => {
            let whole = value_at(tree, path);
            let at = at.unwrap_or(usize::MAX);
            if let Some(id) = id {
                let mut entries = whole.as_object().cloned().unwrap_or_default();
                entries.shift_insert(at.min(entries.len()), id.clone(), json_of(value));
                *whole = Value::Object(entries);
            } else {
                let mut items = match whole.take() {
                    Value::Array(items) => items,
                    Value::String(text) => vec![text.into()],
                    _ => Vec::new(),
                };
                items.insert(at.min(items.len()), json_of(value));
                *whole = Value::Array(items);
            }
        }
        Change::Remove { .. } => match (value_at(tree, &parent), last) {
            (Value::Object(entries), Some(Step::Key(key))) => drop(entries.shift_remove(key)),
            (Value::Array(items), Some(Step::Index(index))) => drop(items.remove(*index)),
            _ => unreachable!("{change:?}"),
        },
        Change::Move { to, .. } => match (value_at(tree, &parent), last) {
            (Value::Object(entries), Some(Step::Key(key))) => {
                let value = entries.shift_remove(key).expect("a thing");
                entries.shift_insert((*to).min(entries.len()), key.clone(), value);
            }
            (Value::Array(items), Some(Step::Index(index))) => {
                let item = items.remove(*index);
                items.insert((*to).min(items.len()), item);
            }
            _ => unreachable!("{change:?}"),
        },
        _ => {}
    }
}
