//! The templates of screens, and what they can call.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use minijinja::syntax::SyntaxConfig;
use minijinja::value::{Kwargs, Serde};
use minijinja::{AutoEscape, Environment, Error, ErrorKind, UndefinedBehavior, Value};
use serde::Serialize;

use super::fragments::{CLOSE, NAMED, OPEN, SHOWN, TYPED};
use crate::finding::Argument;
use crate::plan::Language;
use crate::render::escape;
use crate::words::{FieldText, Words};

// `TEMPLATES`, by name.
include!(concat!(env!("OUT_DIR"), "/form.rs"));

static DUTCH: LazyLock<Environment<'static>> = LazyLock::new(|| environment(Language::Dutch));
static ENGLISH: LazyLock<Environment<'static>> = LazyLock::new(|| environment(Language::English));

/// Renders a template, with marks around fragments.
pub(super) fn render(words: Words, name: &str, context: impl Serialize) -> Result<String, Error> {
    let environment = match words.language() {
        Language::Dutch => &*DUTCH,
        Language::English => &*ENGLISH,
    };
    environment.get_template(name)?.render(Serde(context))
}

fn environment(language: Language) -> Environment<'static> {
    let words = Words::of(language);
    let mut environment = Environment::new();
    environment.set_undefined_behavior(UndefinedBehavior::Strict);
    if let Ok(syntax) = SyntaxConfig::builder()
        .trim_blocks(true)
        .lstrip_blocks(true)
        .build()
    {
        environment.set_syntax(syntax);
    }
    environment.set_auto_escape_callback(|_| AutoEscape::Html);
    environment.set_formatter(|out, _, value| {
        if value.is_none() {
            return Ok(());
        }
        match value.as_str() {
            Some(text) if value.is_safe() => out.write_str(text)?,
            Some(text) => out.write_str(&escape::html(text))?,
            None => out.write_str(&escape::html(&value.to_string()))?,
        }
        Ok(())
    });
    environment.add_function("t", move |key: String, given: Kwargs| {
        text(words, &key, &given)
    });
    environment.add_function("label", move |pattern: String| {
        words.field(&pattern, FieldText::Label)
    });
    environment.add_function("open", |id: String| {
        let id = escape::html_verbatim(&id).into_owned();
        Value::from_safe_string(format!("{OPEN}{id}{NAMED}"))
    });
    environment.add_function("close", || Value::from_safe_string(CLOSE.to_string()));
    environment.add_filter("value", |text: String| {
        Value::from_safe_string(format!("{TYPED}{}{SHOWN}", exact(&text)))
    });
    environment.add_filter("exact", |text: String| {
        Value::from_safe_string(exact(&text))
    });
    environment.add_filter("json", |text: String| {
        Value::from_safe_string(exact(&serde_json::Value::from(text).to_string()))
    });
    // What a template wrote before.
    environment.add_filter("ready", Value::from_safe_string);
    environment.add_global("is_english", language == Language::English);
    environment.set_loader(|name| {
        let mut templates = TEMPLATES.iter();
        let found = templates.find(|(known, _)| *known == name);
        Ok(found.map(|(_, source)| (*source).to_owned()))
    });
    environment
}

/// A text for a control, which has to keep every character.
fn exact(text: &str) -> String {
    let is_mark = |c: char| c.is_control() && !matches!(c, '\n' | '\t');
    escape::html_verbatim(&text.replace(is_mark, "\u{fffd}")).into_owned()
}

/// A text from the words, with its arguments.
fn text(words: Words, key: &str, given: &Kwargs) -> Result<String, Error> {
    let missing = || {
        Error::new(
            ErrorKind::InvalidOperation,
            format!("there is no text `{key}`"),
        )
    };
    let text = words.find(key).ok_or_else(missing)?;
    let mut arguments = BTreeMap::new();
    for name in given.args() {
        let value: Value = given.get(name)?;
        let argument = match usize::try_from(value.clone()) {
            Ok(count) => Argument::Count(count),
            Err(_) => Argument::Whole(value.to_string()),
        };
        arguments.insert(name.to_owned(), argument);
    }
    // The words want names that outlive the template.
    let slots = [
        "aantal", "naam", "van", "nummer", "wat", "regel", "waarde", "meer",
    ];
    let arguments: Vec<(&'static str, Argument)> = slots
        .into_iter()
        .filter_map(|slot| Some((slot, arguments.remove(slot)?)))
        .collect();
    Ok(words.fill(text, &arguments))
}
