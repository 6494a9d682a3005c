//! Suggestions for misspelled names in templates. The words describe the names, under `sjablonen`.

use std::error::Error as _;

use minijinja::{Environment, Error, ErrorKind};

use super::loader;
use crate::plan::Language;
use crate::schema;
use crate::value::suggest;
use crate::words::Words;

/// The source of an error of one of our own functions about an unknown name: the name that was probably meant.
#[derive(Debug, thiserror::Error)]
#[error("probably {0:?} was meant")]
pub(super) struct Meant(pub Option<String>);

/// The names that the words describe: those of a kind that end in `uitleg`, or have one text only.
pub(super) fn documented(kind: &str) -> impl Iterator<Item = &'static str> {
    let prefix = format!("sjablonen.{kind}.");
    Words::of(Language::Dutch)
        .all()
        .filter_map(move |(key, _)| {
            let name = key.strip_prefix(&prefix)?;
            match name.rsplit_once('.') {
                Some((name, "uitleg")) => Some(name),
                Some((_, "soort" | "voorbeeld")) => None,
                _ => Some(name),
            }
        })
}

/// The template engine's own functions that templates can call.
pub(super) fn engine_functions() -> Vec<String> {
    let environment = Environment::new();
    let globals = environment.globals();
    globals.map(|(name, _)| name.to_owned()).collect()
}

/// The template engine's own `filters` or `tests`, without operators. It lists them in its debug output only.
pub(super) fn engine_names(kind: &str) -> Vec<String> {
    let debug = format!("{:?}", Environment::new());
    let list = debug.split_once(&format!("{kind}: ["));
    let list = list.and_then(|(_, list)| list.split_once(']'));
    let names = list.map_or("", |(names, _)| names).split('"').skip(1);
    names
        .step_by(2)
        .filter(|name| name.starts_with(|c: char| c.is_ascii_alphabetic()))
        .filter(|name| (kind, *name) != ("filters", "safe"))
        .map(str::to_owned)
        .collect()
}

/// The name that was probably meant by the unknown name that an error is about.
pub(super) fn meant(error: &Error) -> Option<String> {
    if let Some(Meant(meant)) = error.source().and_then(|source| source.downcast_ref()) {
        return meant.clone();
    }
    let name = named(error.detail()?)?;
    let meant = match error.kind() {
        ErrorKind::UnknownFilter => nearest(name, documented("filters"), &engine_names("filters")),
        ErrorKind::UnknownTest => nearest(name, [], &engine_names("tests")),
        ErrorKind::TemplateNotFound => {
            let templates = loader::templates();
            nearest_template(name, templates.keys().map(String::as_str)).map(str::to_owned)
        }
        ErrorKind::UndefinedError if name.contains('.') => attribute(name),
        ErrorKind::UndefinedError | ErrorKind::UnknownFunction | ErrorKind::InvalidOperation => {
            let known = documented("namen").filter(|name| !name.contains('.'));
            let known = known
                .chain(documented("functies"))
                .chain(documented("macros"));
            nearest(name, known, &engine_functions()).or_else(|| {
                let source = error.template_source().unwrap_or_default();
                let words = source.split(|c: char| !c.is_ascii_alphanumeric() && c != '_');
                let words = words.filter(|word| word.len() > 1 && *word != name);
                suggest::nearest(name, words).map(str::to_owned)
            })
        }
        _ => None,
    };
    meant.filter(|meant| meant != name)
}

fn nearest(
    name: &str,
    ours: impl IntoIterator<Item = &'static str>,
    engine: &[String],
) -> Option<String> {
    let ours = ours.into_iter().map(|known| -> &str { known });
    let known = ours.chain(engine.iter().map(String::as_str));
    suggest::nearest(name, known).map(str::to_owned)
}

/// The key that was probably meant at the end of a path (`titel` for `plan.plan.titl`). If the key is known but not on that
/// path, the path that was probably meant.
fn attribute(name: &str) -> Option<String> {
    fn last(path: &str) -> &str {
        let path = path.trim_end_matches("[]");
        path.rsplit('.').next().unwrap_or(path)
    }
    let fields = schema::fields().into_iter();
    let paths: Vec<String> = fields
        .map(|field| format!("plan.{field}"))
        .chain(documented("namen").map(str::to_owned))
        .collect();
    let paths = || paths.iter().map(String::as_str);
    let key = last(name);
    let meant = if paths().any(|path| last(path) == key) {
        suggest::nearest(name, paths().filter(|path| last(path) == key))
    } else {
        suggest::nearest(key, paths().map(last))
    };
    meant.map(str::to_owned)
}

/// The template with the nearest name, else one whose name contains it; preferably in the same folder.
pub(crate) fn nearest_template<'t>(
    name: &str,
    templates: impl IntoIterator<Item = &'t str>,
) -> Option<&'t str> {
    /// The name without folder, number and extension.
    fn bare(name: &str) -> &str {
        let (_, name) = name.rsplit_once('/').unwrap_or(("", name));
        name.trim_start_matches(|c: char| c.is_ascii_digit() || c == '-')
            .trim_end_matches(".j2")
    }
    let folder = |name: &str| name.rsplit_once('/').map(|(folder, _)| folder.to_owned());
    let mut templates: Vec<&str> = templates.into_iter().collect();
    templates.sort_by_key(|template| folder(template) != folder(name));
    let name = bare(name);
    let near = suggest::nearest(name, templates.iter().map(|template| bare(template)));
    let is_near = |template: &&str| near == Some(bare(template));
    let contains = |template: &&str| name.len() > 3 && template.contains(name);
    let mut found = templates.iter().copied();
    found.clone().find(is_near).or_else(|| found.find(contains))
}

/// The name that a message of the template engine is about: quoted, or before "is unknown".
pub(super) fn named(detail: &str) -> Option<&str> {
    let quoted = |sign: char| {
        let (_, rest) = detail.split_once(sign)?;
        rest.split_once(sign).map(|(name, _)| name)
    };
    let unknown = || detail.strip_suffix(" is unknown")?.rsplit(' ').next();
    ['`', '\'', '"']
        .into_iter()
        .find_map(quoted)
        .or_else(unknown)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_template_engine_has_these_names() {
        let environment = Environment::new();
        let is_unknown = |text: &str| {
            let error = environment.render_str(text, ()).err();
            let kind = error.map(|error| error.kind());
            matches!(
                kind,
                Some(ErrorKind::UnknownFilter | ErrorKind::UnknownTest)
            )
        };
        let [filters, tests] = ["filters", "tests"].map(engine_names);
        for filter in &filters {
            assert!(!is_unknown(&format!("{{{{ 1 | {filter} }}}}")), "{filter}");
        }
        for test in &tests {
            assert!(!is_unknown(&format!("{{{{ 1 is {test} }}}}")), "{test}");
        }
        assert!(filters.len() >= 46 && tests.len() >= 33);
        assert_eq!(engine_functions(), ["debug", "dict", "namespace", "range"]);
    }
}
