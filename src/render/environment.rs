//! The environment that templates of one format run in: escaping, limits, and what they can call.

use std::borrow::Cow;
use std::io;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use minijinja::syntax::SyntaxConfig;
use minijinja::{AutoEscape, Environment, Error, ErrorKind, State, UndefinedBehavior, Value};

use super::lookup::Lookup;
use super::{Format, Logo, OwnTemplates, Request, Theme, functions, limits, loader};

/// Limit on the steps that a document takes, against templates that never end. A plan of ten thousand lines takes a hundredth,
/// the largest plan that is read takes half.
pub(super) const FUEL: u64 = 50_000_000;

/// Limit on the depth of calls between templates.
const DEEPEST: usize = 200;

/// Limit on the size of a document, in bytes.
pub(super) const LARGEST: usize = 64 << 20;

/// Limit on the bytes that templates print for a document. The output of nested macros is printed more than once.
const MOST_PRINTED: usize = 8 * LARGEST;

/// An environment for documents of one format, which share the templates that it compiles. [`begin`] prepares a copy of it for
/// each.
pub(super) fn of(format: Format, templates: Option<&OwnTemplates>) -> Environment<'static> {
    let mut environment = without_functions(format, templates);
    environment.remove_filter("safe");
    // The engine's own ones escape for the format of a tag `autoescape`.
    for name in ["escape", "e"] {
        environment.add_filter(name, |state: &mut State, value: Value| {
            state.format(value).map(Value::from_safe_string)
        });
    }
    environment.set_auto_escape_callback(move |_| match format {
        Format::Html => AutoEscape::Html,
        Format::Markdown => AutoEscape::Custom("markdown".into()),
    });
    if templates.is_some() {
        limits::add(&mut environment);
    }
    environment
}

/// Prepares an environment for a document.
pub(super) fn begin(
    environment: &mut Environment<'static>,
    lookup: &Arc<Lookup>,
    request: &Request<'_>,
) {
    functions::add(environment, lookup);
    // The same templates may be tried with fewer steps.
    environment.set_fuel(Some(fuel(request.templates)));
    escape_everything(environment, request.format);
    environment.add_global("groep", Value::from(request.layout.group()));
    environment.add_global("weergave", request.layout.key());
    environment.add_global("logo", Value::from(request.logo.map(Logo::address)));
    environment.add_global("mermaid", request.mermaid);
    add_theme(environment, request.theme.cloned());
}

/// An environment that can compile templates, but not render them.
pub(super) fn without_functions(
    format: Format,
    templates: Option<&OwnTemplates>,
) -> Environment<'static> {
    let mut environment = Environment::new();
    environment.set_undefined_behavior(UndefinedBehavior::Strict);
    environment.set_fuel(Some(fuel(templates)));
    environment.set_recursion_limit(DEEPEST);
    environment.set_debug(true);
    if let Ok(syntax) = SyntaxConfig::builder()
        .trim_blocks(true)
        .lstrip_blocks(true)
        .build()
    {
        environment.set_syntax(syntax);
    }
    environment.set_path_join_callback(move |name, _| name_for(format, name));
    environment.set_loader(loader::of(templates.cloned()));
    environment
}

fn fuel(templates: Option<&OwnTemplates>) -> u64 {
    templates.map_or(FUEL, |own| own.most_steps().min(FUEL))
}

/// The name of a template for a format: each has its own page and vocabulary.
pub(super) fn name_for(format: Format, name: &str) -> Cow<'_, str> {
    match name {
        "vocabulary.j2" => format!("vocabulary/{}.j2", format.name()).into(),
        "page.j2" => format!("page.{}.j2", format.name()).into(),
        name => name.into(),
    }
}

/// Whether documents of a format may need a template.
pub(super) fn has(format: Format, name: &str) -> bool {
    let other = match format {
        Format::Html => Format::Markdown,
        Format::Markdown => Format::Html,
    };
    ["vocabulary.j2", "page.j2"]
        .iter()
        .all(|shared| name_for(other, shared) != name)
}

/// Adds `huisstijl(opmaak)`: the theme's rules for a stylesheet, or nothing without a theme.
fn add_theme(environment: &mut Environment<'static>, theme: Option<Theme>) {
    environment.add_function("huisstijl", move |stylesheet: String| {
        let Some(theme) = &theme else {
            return Ok(Value::from_safe_string(String::new()));
        };
        theme
            .rules_for(&stylesheet)
            .map(Value::from_safe_string)
            .map_err(|error| {
                Error::new(ErrorKind::InvalidOperation, error.to_string()).with_source(error)
            })
    });
}

/// Escapes everything that templates print, except output of a macro or filter for this format, and limits how much a document
/// prints. No template can disable it.
fn escape_everything(environment: &mut Environment<'static>, format: Format) {
    let printed = AtomicUsize::new(0);
    environment.set_formatter(move |out, _, value| {
        let text = match value.as_str() {
            Some(text) if value.is_safe() => Cow::Borrowed(text),
            Some(text) => format.escape(text),
            None if value.is_none() => return Ok(()),
            None => Cow::Owned(format.escape(&limits::text(value)?).into_owned()),
        };
        if printed.fetch_add(text.len(), Ordering::Relaxed) > MOST_PRINTED {
            return Err(Error::new(ErrorKind::OutOfFuel, "too much output"));
        }
        out.write_str(&text).map_err(Error::from)
    });
}

/// A document being written, of limited size.
#[derive(Debug, Default)]
pub(super) struct Bounded(Vec<u8>);

impl Bounded {
    pub fn into_bytes(self) -> Vec<u8> {
        self.0
    }

    pub fn into_text(self) -> String {
        String::from_utf8(self.0).unwrap_or_default()
    }
}

impl io::Write for Bounded {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if self.0.len() + bytes.len() > LARGEST {
            return Err(io::ErrorKind::FileTooLarge.into());
        }
        self.0.extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
