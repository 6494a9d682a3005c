//! The names that templates can use, for who misspells one. What they mean stands in the words, under `sjablonen`.

use minijinja::{Error, ErrorKind};

use super::{functions, loader, lookup};
use crate::plan::Language;
use crate::schema;
use crate::value::suggest;
use crate::words::Words;

/// Filters of the template engine itself.
pub(super) const OWN_FILTERS: [&str; 46] = [
    "abs",
    "attr",
    "batch",
    "bool",
    "capitalize",
    "chain",
    "count",
    "d",
    "default",
    "dictsort",
    "e",
    "escape",
    "first",
    "float",
    "format",
    "groupby",
    "indent",
    "int",
    "items",
    "join",
    "last",
    "length",
    "lines",
    "list",
    "lower",
    "map",
    "max",
    "min",
    "pprint",
    "reject",
    "rejectattr",
    "replace",
    "reverse",
    "round",
    "select",
    "selectattr",
    "slice",
    "sort",
    "split",
    "string",
    "sum",
    "title",
    "trim",
    "unique",
    "upper",
    "zip",
];

/// Tests of the template engine, but for those that are signs.
pub(super) const OWN_TESTS: [&str; 33] = [
    "boolean",
    "defined",
    "divisibleby",
    "endingwith",
    "eq",
    "equalto",
    "escaped",
    "even",
    "false",
    "filter",
    "float",
    "ge",
    "greaterthan",
    "gt",
    "in",
    "int",
    "integer",
    "iterable",
    "le",
    "lessthan",
    "lower",
    "lt",
    "mapping",
    "ne",
    "none",
    "number",
    "odd",
    "safe",
    "sameas",
    "sequence",
    "startingwith",
    "string",
    "true",
];

/// Functions of the template engine.
pub(super) const OWN_FUNCTIONS: [&str; 4] = ["debug", "dict", "namespace", "range"];

/// The names under that key of the words: of functions, filters, macros and values.
pub(super) fn documented(kind: &str) -> impl Iterator<Item = &'static str> {
    let prefix = format!("sjablonen.{kind}.");
    let all = Words::of(Language::Dutch).all();
    all.filter_map(move |(key, _)| {
        let name = key.strip_prefix(&prefix)?;
        match name.rsplit_once('.') {
            Some((name, "uitleg")) => Some(name),
            Some((_, "soort" | "voorbeeld")) => None,
            _ => Some(name),
        }
    })
}

/// The name that was most likely meant where a template names something that is not there.
pub(super) fn meant(error: &Error) -> Option<String> {
    let name = named(error.detail().unwrap_or_default());
    nearest(error).filter(|meant| Some(meant.as_str()) != name)
}

fn nearest(error: &Error) -> Option<String> {
    let detail = error.detail().unwrap_or_default();
    let name = named(detail)?;
    let near = |known: Vec<&str>| suggest::nearest(name, known).map(str::to_owned);
    match error.kind() {
        ErrorKind::UnknownFilter => near(documented("filters").chain(OWN_FILTERS).collect()),
        ErrorKind::UnknownTest => near(OWN_TESTS.to_vec()),
        ErrorKind::TemplateNotFound => {
            let templates = loader::templates();
            nearest_template(name, templates.keys().map(String::as_str)).map(str::to_owned)
        }
        ErrorKind::UndefinedError if name.contains('.') => attribute(name),
        _ if detail.starts_with("there is no text") => {
            let keys = Words::of(Language::Dutch).all().map(|(key, _)| key);
            near(keys.collect())
        }
        _ if detail.starts_with("there are no") => near(lookup::KINDS.to_vec()),
        _ if detail.starts_with("no text has an argument") => near(functions::ARGUMENTS.to_vec()),
        ErrorKind::UndefinedError | ErrorKind::UnknownFunction | ErrorKind::InvalidOperation => {
            let top = documented("namen").filter(|name| !name.contains('.'));
            let callable = documented("functies")
                .chain(documented("macros"))
                .chain(OWN_FUNCTIONS);
            let own = identifiers(error.template_source().unwrap_or_default(), name);
            near(top.chain(callable).collect()).or_else(|| near(own))
        }
        _ => None,
    }
}

/// The key that was meant at the end of `plan.plan.titl`; where a key of that name is only known elsewhere, where that is.
fn attribute(name: &str) -> Option<String> {
    let of_plan = schema::fields().into_iter();
    let paths: Vec<String> = of_plan
        .map(|field| format!("plan.{field}"))
        .chain(documented("namen").map(str::to_owned))
        .collect();
    let last = |path: &'_ str| -> String {
        let path = path.trim_end_matches("[]");
        path.rsplit('.').next().unwrap_or(path).to_owned()
    };
    let key = last(name);
    let keys: Vec<String> = paths.iter().map(|path| last(path)).collect();
    if !keys.contains(&key) {
        return suggest::nearest(&key, keys.iter().map(String::as_str)).map(str::to_owned);
    }
    let elsewhere = paths.iter().filter(|path| last(path) == key);
    suggest::nearest(name, elsewhere.map(String::as_str)).map(str::to_owned)
}

/// The template with the name that lies nearest, else one whose name says more; in the same folder rather than in another.
pub(super) fn nearest_template<'t>(
    name: &str,
    templates: impl IntoIterator<Item = &'t str>,
) -> Option<&'t str> {
    let folder = |name: &str| name.rsplit_once('/').map(|(folder, _)| folder.to_owned());
    let mut templates: Vec<&str> = templates.into_iter().collect();
    templates.sort_by_key(|template| folder(template) != folder(name));
    let bare = bare(name);
    let near = suggest::nearest(bare, templates.iter().map(|template| self::bare(template)));
    let alike = |template: &&str| near.is_some_and(|near| self::bare(template) == near);
    let says_more = |template: &&str| bare.len() > 3 && template.contains(bare);
    templates
        .iter()
        .find(|template| alike(template))
        .or_else(|| templates.iter().find(|template| says_more(template)))
        .copied()
}

/// The name of a file without what many have: a folder and a number before it, a format behind it.
fn bare(name: &str) -> &str {
    name.rsplit('/')
        .next()
        .unwrap_or(name)
        .trim_start_matches(|c: char| c.is_ascii_digit() || c == '-')
        .trim_end_matches(".j2")
}

/// The name that a message of the template engine is about.
pub(super) fn named(detail: &str) -> Option<&str> {
    let quoted = |sign: char| {
        let (_, rest) = detail.split_once(sign)?;
        rest.split_once(sign).map(|(name, _)| name)
    };
    let unknown = || {
        let name = detail.strip_suffix(" is unknown")?;
        name.rsplit(' ').next()
    };
    quoted('`')
        .or_else(|| quoted('\''))
        .or_else(|| quoted('"'))
        .or_else(unknown)
}

/// The other words of a template, of which one may be what was meant.
fn identifiers<'s>(source: &'s str, but: &str) -> Vec<&'s str> {
    let words = source.split(|c: char| !c.is_ascii_alphanumeric() && c != '_');
    words
        .filter(|word| word.len() > 1 && *word != but)
        .collect()
}

#[cfg(test)]
mod tests {
    use minijinja::Environment;

    use super::*;

    #[test]
    fn the_template_engine_has_these_names() {
        let environment = Environment::new();
        let compiles = |text: &str| {
            let error = environment.render_str(text, ()).err();
            let kind = error.map(|error| error.kind());
            !matches!(
                kind,
                Some(
                    ErrorKind::UnknownFilter | ErrorKind::UnknownTest | ErrorKind::UnknownFunction
                )
            )
        };
        for name in OWN_FILTERS {
            assert!(compiles(&format!("{{{{ 1 | {name} }}}}")), "{name}");
        }
        for name in OWN_TESTS {
            assert!(compiles(&format!("{{{{ 1 is {name} }}}}")), "{name}");
        }
        let globals: Vec<&str> = environment.globals().map(|(name, _)| name).collect();
        assert_eq!(globals.len(), OWN_FUNCTIONS.len(), "{globals:?}");
        assert!(OWN_FUNCTIONS.iter().all(|name| globals.contains(name)));
    }
}
