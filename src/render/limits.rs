//! Limits on the user's own templates: on their source, checked before the engine parses it, and on the values they make.
//!
//! The engine counts steps, and bounds neither the size of a value nor the work of one step. The filters whose arguments give a
//! size are checked here. Operators such as `~` cannot be: a program that renders templates of strangers needs limits on memory
//! and time for its process as well, as the command line has.

use std::fmt::{self, Write as _};

use minijinja::value::{Kwargs, Rest, ValueOrKwargs};
use minijinja::{Environment, Error, ErrorKind, State, Value, filters};

/// Limit on the size of one of the user's own templates, in bytes: a stylesheet of a hundred thousand words.
pub(super) const LARGEST_TEMPLATE: usize = 512 << 10;

/// Limit on the names, values and signs in one tag. The engine calls itself for operators in a row, and overflows the stack at
/// some thousands.
const MOST_TOKENS: usize = 1_000;

/// Limit on the tags `elif` in one template, for which the engine calls itself too.
const MOST_BRANCHES: usize = 250;

/// Limit on the tags in one template. A value that a tag puts around that of the tag before it is as deep as there are tags.
const MOST_TAGS: usize = 4_000;

/// Limit on the text that a filter or function makes, in bytes.
const LONGEST_TEXT: usize = 16 << 20;

/// Limit on the items that a filter makes.
const MOST_ITEMS: usize = 100_000;

/// The widest field of the filter `format`, in digits of its number.
const MOST_DIGITS: usize = 3;

/// A source that exceeds a limit.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{detail}")]
pub(super) struct TooMuch {
    pub template: String,
    /// The line, from 1, unless it is the whole template.
    pub line: Option<usize>,
    pub detail: String,
}

/// Checks the source of one of the user's own templates.
pub(super) fn check_source(name: &str, source: &str) -> Result<(), TooMuch> {
    let too_much = |at: Option<usize>, detail: String| TooMuch {
        template: name.to_owned(),
        line: at.map(|at| {
            source
                .bytes()
                .take(at)
                .filter(|byte| *byte == b'\n')
                .count()
                + 1
        }),
        detail,
    };
    if source.len() > LARGEST_TEMPLATE {
        let detail = format!("more than {} KiB", LARGEST_TEMPLATE >> 10);
        return Err(too_much(None, detail));
    }
    let mut branches = 0;
    for (nr, tag) in (Tags { source, at: 0 }).enumerate() {
        branches += usize::from(tag.is_branch);
        let over = [
            (tag.tokens, MOST_TOKENS, "names and signs in a tag"),
            (branches, MOST_BRANCHES, "times `elif`"),
            (nr + 1, MOST_TAGS, "tags"),
        ];
        if let Some((_, most, what)) = over.iter().find(|(count, most, _)| count > most) {
            return Err(too_much(
                Some(tag.start),
                format!("more than {most} {what}"),
            ));
        }
    }
    Ok(())
}

/// A tag with an expression or a statement.
struct Tag {
    start: usize,
    /// The number of names, values and signs in it.
    tokens: usize,
    is_branch: bool,
}

/// The tags of a source, as the engine's lexer finds them.
struct Tags<'s> {
    source: &'s str,
    at: usize,
}

impl Tags<'_> {
    fn rest(&self) -> &str {
        self.source.get(self.at..).unwrap_or_default()
    }

    /// Moves behind the next occurrence of a sign, or to the end.
    fn skip_past(&mut self, sign: &str) {
        let found = self.rest().find(sign).map(|found| found + sign.len());
        self.at += found.unwrap_or(self.rest().len());
    }

    /// The length of a tag `raw` or `endraw` from after its `{%`.
    fn basic_tag(&self, name: &str) -> Option<usize> {
        let inside = self.rest();
        let inside = inside.strip_prefix(['-', '+']).unwrap_or(inside);
        let inside = inside.trim_ascii_start().strip_prefix(name)?;
        let inside = inside.trim_ascii_start();
        let inside = inside.strip_prefix(['-', '+']).unwrap_or(inside);
        let after = inside.strip_prefix("%}")?;
        Some(self.rest().len() - after.len())
    }

    fn skip_raw(&mut self) {
        while !self.rest().is_empty() {
            self.skip_past("{%");
            if let Some(length) = self.basic_tag("endraw") {
                self.at += length;
                return;
            }
        }
    }

    /// Reads a tag from after its start to after its end.
    fn read(&mut self, start: usize, end: &str) -> Tag {
        let mut tag = Tag {
            start,
            tokens: 0,
            is_branch: false,
        };
        let mut depth = 0_isize;
        let is_word = |c: char| c.is_alphanumeric() || c == '_';
        while let Some(c) = self.rest().chars().next() {
            if depth == 0 && self.rest().starts_with(end) {
                self.at += end.len();
                break;
            }
            match c {
                '(' | '[' | '{' => depth += 1,
                ')' | ']' | '}' => depth -= 1,
                _ => {}
            }
            if c == '\'' || c == '"' {
                self.skip_text(c);
            } else if is_word(c) {
                let length = self.rest().find(|c| !is_word(c));
                let word = self.rest().get(..length.unwrap_or(self.rest().len()));
                let word = word.unwrap_or_default();
                tag.is_branch |= tag.tokens == 0 && word == "elif";
                self.at += word.len();
            } else {
                self.at += c.len_utf8();
                let is_control = tag.tokens == 0 && matches!(c, '-' | '+');
                if c.is_whitespace() || is_control && end == "%}" {
                    continue;
                }
            }
            tag.tokens += 1;
        }
        tag
    }

    /// Moves behind a quoted text.
    fn skip_text(&mut self, quote: char) {
        let mut is_escaped = false;
        let end = self.rest().char_indices().skip(1).find(|(_, c)| {
            let ends = *c == quote && !is_escaped;
            is_escaped = *c == '\\' && !is_escaped;
            ends
        });
        let end = end.map(|(end, _)| end + quote.len_utf8());
        self.at += end.unwrap_or(self.rest().len());
    }
}

impl Iterator for Tags<'_> {
    type Item = Tag;

    fn next(&mut self) -> Option<Tag> {
        loop {
            let rest = self.rest().as_bytes();
            let signs = rest.windows(2);
            let found = signs
                .enumerate()
                .find(|(_, pair)| matches!(pair, [b'{', b'{' | b'%' | b'#']))?;
            let (offset, sign) = (found.0, found.1.get(1).copied().unwrap_or_default());
            let start = self.at + offset;
            self.at = start + 2;
            match sign {
                b'#' => self.skip_past("#}"),
                b'{' => return Some(self.read(start, "}}")),
                _ => match self.basic_tag("raw") {
                    Some(length) => {
                        self.at += length;
                        self.skip_raw();
                    }
                    None => return Some(self.read(start, "%}")),
                },
            }
        }
    }
}

/// The text of a value, unless it is too long.
pub(super) fn text(value: &Value) -> Result<String, Error> {
    if let Some(text) = value.as_str() {
        check_length(text.len())?;
        return Ok(text.to_owned());
    }
    let mut text = Limited::default();
    write!(text, "{value}").map_err(|_| too_long())?;
    Ok(text.0)
}

/// Returns an error for a text that is too long.
pub(super) fn check_length(length: usize) -> Result<(), Error> {
    if length > LONGEST_TEXT {
        Err(too_long())
    } else {
        Ok(())
    }
}

fn too_long() -> Error {
    let most = LONGEST_TEXT >> 20;
    Error::new(
        ErrorKind::OutOfFuel,
        format!("a text of more than {most} MiB"),
    )
}

/// A text of limited length.
#[derive(Default)]
struct Limited(String);

impl fmt::Write for Limited {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        if self.0.len() + text.len() > LONGEST_TEXT {
            return Err(fmt::Error);
        }
        self.0.push_str(text);
        Ok(())
    }
}

/// A filter of the engine, with its name.
type Filter = (&'static str, Value, Check, Apart);

/// The filters that take a text apart.
fn of_texts() -> [Filter; 7] {
    let [indent, replace, format] = [
        Value::from_function(filters::indent),
        Value::from_function(filters::replace),
        Value::from_function(filters::format),
    ];
    let [split, reverse, last, trim] = [
        Value::from_function(filters::split),
        Value::from_function(filters::reverse),
        Value::from_function(filters::last),
        Value::from_function(filters::trim),
    ];
    [
        ("indent", indent, check_indent, Apart::Always),
        ("replace", replace, check_replace, Apart::Always),
        ("format", format, check_format, Apart::Always),
        ("split", split, |_| Ok(()), Apart::Always),
        ("reverse", reverse, |_| Ok(()), Apart::Always),
        ("last", last, |_| Ok(()), Apart::Always),
        ("trim", trim, |_| Ok(()), Apart::WithArguments),
    ]
}

/// The filters that make or join lists.
fn of_lists() -> [Filter; 3] {
    let [join, batch, slice] = [
        Value::from_function(filters::join),
        Value::from_function(filters::batch),
        Value::from_function(filters::slice),
    ];
    [
        ("join", join, check_join, Apart::Never),
        ("batch", batch, check_count, Apart::Never),
        ("slice", slice, check_count, Apart::Never),
    ]
}

/// Replaces some filters of the engine: those whose arguments give the size of what they make get a limit, and those that take
/// an escaped text apart make plain text of it, which is escaped again. Part of an escape may be gone.
pub(super) fn add(environment: &mut Environment<'static>) {
    for (name, filter, check, apart) in of_texts().into_iter().chain(of_lists()) {
        let limited = move |state: &mut State, arguments: Rest<ValueOrKwargs>| {
            let mut arguments = arguments.into_values();
            check(&arguments)?;
            if apart == Apart::Always || (apart == Apart::WithArguments && arguments.len() > 1) {
                for argument in &mut arguments {
                    if let Some(text) = argument.as_str().filter(|_| argument.is_safe()) {
                        *argument = Value::from(text);
                    }
                }
            }
            if name == "join" {
                arguments = with_escaped_joiner(state, arguments)?;
            }
            filter.call(state, &arguments)
        };
        environment.add_filter(name, limited);
    }
}

type Check = fn(&[Value]) -> Result<(), Error>;

/// When a filter takes its texts apart.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Apart {
    Always,
    WithArguments,
    Never,
}

/// A positional or named argument. The piped value is the first.
fn argument(arguments: &[Value], nr: usize, name: &str) -> Option<Value> {
    let named = || {
        let kwargs = Kwargs::try_from(arguments.last()?.clone()).ok()?;
        kwargs.peek::<Value>(name).ok()
    };
    let given = arguments.get(nr).filter(|it| !it.is_kwargs());
    given.cloned().or_else(named)
}

/// The text of an argument, empty if it is none.
fn text_of(argument: Option<&Value>) -> &str {
    argument.and_then(Value::as_str).unwrap_or_default()
}

fn check_indent(arguments: &[Value]) -> Result<(), Error> {
    let text = text_of(arguments.first());
    let width = argument(arguments, 1, "width").and_then(|width| width.as_usize());
    let lines = text.matches('\n').count().saturating_add(2);
    check_length(
        lines
            .saturating_mul(width.unwrap_or(0))
            .saturating_add(text.len()),
    )
}

fn check_replace(arguments: &[Value]) -> Result<(), Error> {
    let [text, from, to] = [0, 1, 2].map(|nr| text_of(arguments.get(nr)));
    let added = text.matches(from).count().saturating_mul(to.len());
    check_length(added.saturating_add(text.len()))
}

/// Refuses fields so wide that they are no layout.
fn check_format(arguments: &[Value]) -> Result<(), Error> {
    let numbers = text_of(arguments.first()).split(|c: char| !c.is_ascii_digit());
    let is_variable = text_of(arguments.first()).contains('*');
    if is_variable || numbers.into_iter().any(|number| number.len() > MOST_DIGITS) {
        let detail = format!("a width of more than {MOST_DIGITS} digits, or `*`, in a format");
        return Err(Error::new(ErrorKind::OutOfFuel, detail));
    }
    Ok(())
}

fn check_join(arguments: &[Value]) -> Result<(), Error> {
    let between = argument(arguments, 1, "d").map_or(0, |between| text_of(Some(&between)).len());
    let mut length = 0_usize;
    for item in arguments
        .first()
        .into_iter()
        .flat_map(Value::try_iter)
        .flatten()
    {
        let of_item = match item.as_str() {
            Some(text) => text.len(),
            None => text(&item)?.len(),
        };
        length = length.saturating_add(of_item).saturating_add(between);
        check_length(length)?;
    }
    Ok(())
}

/// The arguments of `join` with the text between the items escaped, if items are: the engine would escape it for the format of a
/// tag `autoescape`.
fn with_escaped_joiner(state: &mut State, arguments: Vec<Value>) -> Result<Vec<Value>, Error> {
    let mut items = arguments
        .first()
        .into_iter()
        .flat_map(Value::try_iter)
        .flatten();
    let attribute = argument(&arguments, 2, "attribute");
    let has_markup = attribute.is_some() || items.any(|item| item.is_safe());
    match argument(&arguments, 1, "d").filter(|_| has_markup) {
        Some(between) => {
            let between = Value::from_safe_string(state.format(between)?);
            let others = [between, attribute.unwrap_or_else(|| Value::from(()))];
            Ok(arguments.into_iter().take(1).chain(others).collect())
        }
        None => Ok(arguments),
    }
}

fn check_count(arguments: &[Value]) -> Result<(), Error> {
    let count = argument(arguments, 1, "count").and_then(|count| count.as_usize());
    if count.is_some_and(|count| count > MOST_ITEMS) {
        let detail = format!("more than {MOST_ITEMS} items");
        return Err(Error::new(ErrorKind::OutOfFuel, detail));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refused(source: &str) -> Option<String> {
        let error = check_source("plan.j2", source).err()?;
        let line = error
            .line
            .map_or_else(String::new, |line| format!("{line}: "));
        Some(format!("{line}{}", error.detail))
    }

    #[test]
    fn templates_are_limited_in_size_and_depth() {
        let many = |sign: &str| format!("a\n{{{{ {}1 }}}}", sign.repeat(30_000));
        let signs = Some("2: more than 1000 names and signs in a tag".to_owned());
        for sign in ["-", "not ", "1|e|", "a.", "[", "1 if 1 else ", "1~"] {
            assert_eq!(refused(&many(sign)), signs, "{sign}");
        }
        let branches = format!("{{% if 1 %}}{}{{% endif %}}", "{% elif 1 %}".repeat(10_000));
        assert_eq!(
            refused(&branches),
            Some("1: more than 250 times `elif`".to_owned())
        );
        let tags = "{{ 1 }}\n".repeat(MOST_TAGS + 1);
        assert_eq!(refused(&tags), Some("4001: more than 4000 tags".to_owned()));
        let text = "a".repeat(LARGEST_TEMPLATE + 1);
        assert_eq!(refused(&text), Some("more than 512 KiB".to_owned()));
        for (name, source) in super::super::templates() {
            assert_eq!(check_source(&name, &source), Ok(()));
        }
    }

    /// Neither text, comments and raw blocks, nor quotes and brackets in a tag, hide where it ends.
    #[test]
    fn tags_are_found_as_the_engine_finds_them() {
        let deep = format!("{{{{ {}1 }}}}", "-".repeat(MOST_TOKENS));
        for before in [
            "{# {{ ' #}",
            "{{ '}}' }}",
            "{{ \"\\\"}}'\" }}",
            "{{ {'a': {}} }}",
            "{% raw %}{{ ' {% endraw %}",
            "{%-raw-%}{{ ' {%- endraw -%}",
            "{% if '%}' %}{% endif %}",
            "{%- set a = -1 -%}",
            "{{- [1, (2)] -}}",
            "it's {",
        ] {
            assert!(refused(&format!("{before}{deep}")).is_some(), "{before}");
            assert_eq!(refused(&format!("{before}{{{{ 1 }}}}")), None, "{before}");
            let hidden = format!("{{% raw %}}{deep}{{% endraw %}}{{# {deep} #}}{before}");
            assert_eq!(refused(&hidden), None, "{before}");
        }
    }

    /// The limits leave the engine enough of a stack as small as that of a test.
    #[test]
    fn templates_within_the_limits_do_not_overflow_the_stack() {
        let most = MOST_TOKENS - 10;
        let sign = |sign: &str, count: usize| format!("{{{{ {}1 }}}}", sign.repeat(count));
        let nested = "{% set a = [a] %}".repeat(MOST_TAGS - 10);
        let sources = [
            sign("-", most),
            sign("not ", most),
            sign("1 ~ ", most / 2),
            sign("1 or ", most / 2),
            sign("1 < ", most / 2),
            format!("{{{{ 1{} }}}}", "|string".repeat(most / 2)),
            format!("{{{{ a{} }}}}", ".a".repeat(most / 2)),
            format!("{{{{ a{} }}}}", "[0]".repeat(most / 3)),
            format!("{{{{ {}1{} }}}}", "[".repeat(100), "]".repeat(100)),
            format!(
                "{{% if a %}}{}{{% endif %}}",
                "{% elif a %}".repeat(MOST_BRANCHES)
            ),
            format!("{{% set a = 1 %}}{nested}{{{{ a }}}}"),
            format!("{{% set a = 1 %}}{nested}{{{{ a == a }}}}{{{{ [a, a] | sort | unique }}}}"),
        ];
        for source in sources {
            let start: String = source.chars().take(40).collect();
            assert_eq!(refused(&source), None, "{start}");
            let mut environment = Environment::new();
            add(&mut environment);
            // Whether it succeeds does not matter.
            let _ = environment.render_str(&source, ());
        }
    }

    #[test]
    fn filters_refuse_to_make_large_values() {
        let mut environment = Environment::new();
        add(&mut environment);
        let made = |source: &str| {
            let made = environment.render_str(&format!("{{{{ {source} }}}}"), ());
            made.map_err(|error| error.detail().unwrap_or_default().to_owned())
        };
        let too_long = Err("a text of more than 16 MiB".to_owned());
        for source in [
            "'a' | indent(2000000000)",
            "'a' | indent(width=2000000000)",
            "'aaaa' | replace('a', 'a' * 9000000)",
            "'aaaa' | replace('', 'a' * 9000000)",
            "range(100000) | join('a' * 1000)",
            "range(100000) | join(d='a' * 1000)",
            "['a' * 9000000, 'a' * 9000000] | join",
        ] {
            assert_eq!(made(source), too_long, "{source}");
        }
        for source in [
            "[1] | batch(1000000000, 0)",
            "[1] | slice(1000000000)",
            "'%1000000000d' | format(1)",
            "'%*d' | format(1000000000, 1)",
        ] {
            assert!(made(source).is_err(), "{source}");
        }
        assert_eq!(
            made("'a\nb' | indent(2, blank=true)").as_deref(),
            Ok("a\n  b")
        );
        assert_eq!(
            made("[1, 2, 3] | batch(2, 0)").as_deref(),
            Ok("[[1, 2], [3, 0]]")
        );
        assert_eq!(made("'%03d' | format(7)").as_deref(), Ok("007"));
        assert_eq!(made("[1, 2] | join(d='-')").as_deref(), Ok("1-2"));
        assert_eq!(made("'ab' | replace('a', 'c')").as_deref(), Ok("cb"));
    }
}
