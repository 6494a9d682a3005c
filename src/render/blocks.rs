//! Parts of the user's own templates that would vanish without an error of the engine: blocks that nothing places, and output
//! outside the blocks of a template that extends another one.

use std::collections::BTreeSet;
use std::ops::Range;

use super::error::Mistake;
use super::{Format, OwnTemplates, environment, loader};
use crate::value::suggest;

/// Limit on the length of a chain of templates that extend each other.
const MOST_ANCESTORS: usize = 20;

/// The maximum length of a quoted piece of a template, in characters.
const LONGEST_QUOTE: usize = 40;

/// The mistakes of this kind in a template.
pub(crate) fn misplaced(name: &str, own: &OwnTemplates) -> Vec<Mistake> {
    let Ok(Some(source)) = own.load(name) else {
        return Vec::new();
    };
    let parts = parts(&source);
    let mut extended = parts.iter().filter_map(|part| match part {
        Part::Extends(other) => Some(*other),
        _ => None,
    });
    // A template that chooses between others has the blocks of one of them.
    let extended = match (extended.next(), extended.next()) {
        (Some(_), Some(_)) => Some(""),
        (extended, _) => extended,
    };
    let mistake = |span: &Range<usize>, kind, detail: String, meant: Option<&str>| {
        let meant = meant.map(str::to_owned);
        Mistake::at(name, &source, span.clone(), kind, detail, meant)
    };
    let Some(extended) = extended else {
        return misspelled_blocks(name, &parts)
            .into_iter()
            .map(|(block, meant)| {
                mistake(&block.1, "blok", format!("block {}", block.0), Some(meant))
            })
            .collect();
    };
    let known = blocks_of(extended, own);
    let mut mistakes = Vec::new();
    let mut depth = 0_usize;
    let mut extends = false;
    for part in &parts {
        match part {
            Part::Extends(_) => extends = true,
            Part::Block(block, span) => {
                // A block inside another one is placed by that one.
                if depth == 0 && known.as_ref().is_some_and(|known| !known.contains(*block)) {
                    let known = known.iter().flatten().map(String::as_str);
                    let detail = format!("block {block}, extends {extended}");
                    mistakes.push(mistake(
                        span,
                        "blok",
                        detail,
                        suggest::nearest(block, known),
                    ));
                }
                depth += 1;
            }
            Part::Opens => depth += 1,
            Part::Closes => depth = depth.saturating_sub(1),
            Part::Prints(span) if extends && depth == 0 => {
                let line = source[span.clone()].lines().next().unwrap_or_default();
                let detail = line.chars().take(LONGEST_QUOTE).collect();
                mistakes.push(mistake(span, "buiten_blok", detail, None));
            }
            Part::Prints(_) => {}
        }
    }
    mistakes
}

/// The blocks of an own version of a built-in template that are probably misspelled names of its blocks.
fn misspelled_blocks<'s>(
    name: &str,
    parts: &[Part<'s>],
) -> Vec<((&'s str, Range<usize>), &'static str)> {
    let built_in = loader::built_in(name).map(self::parts).unwrap_or_default();
    let own: Vec<_> = blocks(parts).collect();
    let is_own = |block: &str| own.iter().any(|(name, _)| *name == block);
    let missing: Vec<&str> = blocks(&built_in)
        .map(|(block, _)| block)
        .filter(|block| !is_own(block))
        .collect();
    own.iter()
        .filter(|(block, _)| blocks(&built_in).all(|(known, _)| known != *block))
        .filter_map(|(block, span)| {
            let meant = suggest::nearest(block, missing.iter().copied())?;
            Some(((*block, span.clone()), meant))
        })
        .collect()
}

/// The blocks that a template and those it extends have, in either format. `None` if that depends on the plan.
fn blocks_of(name: &str, own: &OwnTemplates) -> Option<BTreeSet<String>> {
    let mut found = BTreeSet::new();
    for format in [Format::Html, Format::Markdown] {
        let mut next = Some(name.to_owned());
        for _ in 0..MOST_ANCESTORS {
            let Some(name) = next.take() else { break };
            let name = environment::name_for(format, &name);
            let own = own.load(&name).ok().flatten();
            // The engine reports a template that does not exist.
            let source = own.as_deref().or_else(|| loader::built_in(&name))?;
            for part in parts(source) {
                match part {
                    Part::Extends("") => return None,
                    Part::Extends(other) => next = Some(other.to_owned()),
                    Part::Block(block, _) => {
                        found.insert(block.to_owned());
                    }
                    _ => {}
                }
            }
        }
    }
    Some(found)
}

fn blocks<'p, 's>(parts: &'p [Part<'s>]) -> impl Iterator<Item = (&'s str, Range<usize>)> + 'p {
    parts.iter().filter_map(|part| match part {
        Part::Block(name, span) => Some((*name, span.clone())),
        _ => None,
    })
}

/// The parts of a source that matter here.
#[derive(Debug, PartialEq, Eq)]
enum Part<'s> {
    /// The name of the template that is extended; empty if it is computed.
    Extends(&'s str),
    /// The start of a block: its name and the place of that.
    Block(&'s str, Range<usize>),
    /// The start of a macro or of a `set` with contents, which print nothing where they are.
    Opens,
    /// The end of any of these.
    Closes,
    /// Text or an expression.
    Prints(Range<usize>),
}

/// Splits a source into parts, up to the first syntax error, which the engine reports.
fn parts(source: &str) -> Vec<Part<'_>> {
    let mut parts = Vec::new();
    let mut rest = source;
    let mut is_raw = false;
    while !rest.is_empty() {
        let is_tag = |at: usize| match rest.as_bytes().get(at + 1) {
            Some(b'%') => true,
            Some(b'{' | b'#') => !is_raw,
            _ => false,
        };
        let mut signs = rest.match_indices('{').map(|(at, _)| at);
        let (text, tag) = rest.split_at(signs.find(|at| is_tag(*at)).unwrap_or(rest.len()));
        if !text.trim().is_empty() {
            parts.push(Part::Prints(span_in(source, text.trim())));
        }
        let Some((sign, inside)) = tag.split_at_checked(2) else {
            break;
        };
        let end = match sign {
            "{%" => inside.find("%}"),
            "{{" => inside.find("}}"),
            _ => inside.find("#}"),
        };
        let Some(end) = end else { break };
        let (tag, after) = tag.split_at(end + 4);
        if tag.starts_with("{{") {
            parts.push(Part::Prints(span_in(source, tag)));
        } else if tag.starts_with("{%") {
            let is_sign = |c: char| c.is_whitespace() || matches!(c, '-' | '+');
            let statement = inside[..end].trim_matches(is_sign);
            is_raw = statement == "raw" || (is_raw && statement != "endraw");
            if !is_raw {
                parts.extend(statement_parts(source, statement));
            }
        }
        rest = after;
    }
    parts
}

fn statement_parts<'s>(source: &str, statement: &'s str) -> Vec<Part<'s>> {
    let (word, rest) = statement
        .split_once(char::is_whitespace)
        .unwrap_or((statement, ""));
    let rest = rest.trim();
    match word {
        "block" => {
            let name = rest.split_whitespace().next();
            Vec::from_iter(name.map(|name| Part::Block(name, span_in(source, name))))
        }
        "extends" => {
            let quoted = ['\'', '"'].iter().find_map(|quote| {
                let name = rest.strip_prefix(*quote)?.strip_suffix(*quote)?;
                (!name.contains(*quote)).then_some(name)
            });
            vec![Part::Extends(quoted.unwrap_or_default())]
        }
        "include" => vec![Part::Prints(span_in(source, statement))],
        "call" => vec![Part::Prints(span_in(source, statement)), Part::Opens],
        "macro" => vec![Part::Opens],
        "set" if !rest.contains('=') => vec![Part::Opens],
        "endblock" | "endcall" | "endmacro" | "endset" => vec![Part::Closes],
        _ => Vec::new(),
    }
}

/// The place of a part of a source in it.
fn span_in(source: &str, part: &str) -> Range<usize> {
    let start = part.as_ptr() as usize - source.as_ptr() as usize;
    start..start + part.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mistakes(templates: &[(&str, &str)], name: &str) -> Vec<String> {
        let own: OwnTemplates = templates.iter().copied().collect();
        let mistakes = misplaced(name, &own);
        let shown = mistakes.iter().map(|mistake| {
            let meant = mistake.meant.as_deref().unwrap_or("-");
            format!("{} {} {meant}", mistake.place(), mistake.kind)
        });
        shown.collect()
    }

    #[test]
    fn built_in_templates_have_no_misplaced_parts() {
        let all = loader::templates();
        let own: OwnTemplates = all.clone().into_iter().collect();
        for name in all.keys() {
            assert_eq!(misplaced(name, &own), [], "{name}");
        }
    }

    #[test]
    fn unknown_blocks_are_reported_where_they_are() {
        let plan = "{% extends 'page.j2' %}\n{% block bodie %}a{% endblock %}\n{%- block title -%}{% block own %}{% endblock %}{% endblock %}\n{% block x %}{% endblock %}";
        assert_eq!(
            mistakes(&[("plan.j2", plan)], "plan.j2"),
            ["plan.j2:2:10 blok body", "plan.j2:4:10 blok -"]
        );
        let base = "{% extends \"page.j2\" %}{% block body %}{% block middle %}{% endblock %}{% endblock %}";
        let plan =
            "{% extends 'base.j2' %}{% block midle %}{% endblock %}{% block cover %}{% endblock %}";
        assert_eq!(
            mistakes(&[("plan.j2", plan), ("base.j2", base)], "plan.j2"),
            ["plan.j2:1:33 blok middle"]
        );
        let page = "{% block title %}{% endblock %}{% block bodie %}{% endblock %}{% block own %}{% endblock %}";
        assert_eq!(
            mistakes(&[("page.markdown.j2", page)], "page.markdown.j2"),
            ["page.markdown.j2:1:41 blok body"]
        );
    }

    #[test]
    fn output_outside_blocks_is_reported() {
        let plan = "{# {% block a %} #}{% extends 'page.j2' %}{% set a = 1 %}{% set b %}text{% endset %}{% macro c() %}text{% endmacro %}\n {{ a }}{% include 'x' %} text\n{% block body %}{% raw %}{{ {% block a %}{% endraw %}{% endblock %}";
        assert_eq!(
            mistakes(&[("plan.j2", plan)], "plan.j2"),
            [
                "plan.j2:2:2 buiten_blok -",
                "plan.j2:2:12 buiten_blok -",
                "plan.j2:2:27 buiten_blok -"
            ]
        );
    }

    #[test]
    fn no_source_causes_a_panic() {
        for source in [
            "",
            "{",
            "{%}",
            "{#}",
            "{{}",
            "{% include%}{%extends%}",
            "{%",
            "{%%}",
            "{% block %}",
            "{% extends %}",
            "{{}}",
            "é{# é",
            "{% raw %}{%",
            "{% extends a %}{% block b %}",
        ] {
            mistakes(&[("plan.j2", source)], "plan.j2");
        }
        let circle = [
            ("a.j2", "{% extends 'b.j2' %}{% block c %}"),
            ("b.j2", "{% extends 'a.j2' %}"),
        ];
        mistakes(&circle, "a.j2");
    }
}
