//! Linting of the user's own templates, by rendering every document of a full plan and of nearly empty ones.
//!
//! A document stops at its first mistake. To find the others, the mistake is removed from the source in memory, and the document
//! is rendered again without it.

mod page;

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::ops::Range;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use jiff::civil::{Date, date};

use crate::checked::Checked;
use crate::render::{self, Format, Layout, Mistake, OwnTemplates, RenderError, Renderer, Request};
use crate::scaffold;
use crate::view::View;

/// The plans to render: one with everything, one with hardly anything, one with empty parts, and an empty one.
const PLANS: [&str; 4] = [
    scaffold::EXAMPLE,
    include_str!("../examples/minimaal.yaml"),
    "versie: 1\nplan: {titel: Plan, taal: en}\ngebruikers: {een: {}}\nmonitoring: {}\nvoortgang: {}\n",
    "versie: 1\n",
];

/// The day of the documents: in the first plan, some things are late then and others to come.
const DAY: Date = date(2027, 5, 10);

/// The template that lists the parts of the plan.
const PARTS: &str = "delen.j2";

/// A folder with more mistakes than this does not contain templates.
const MOST_MISTAKES: usize = 100;

/// The outcome of linting.
#[derive(Debug, Default)]
pub struct LintReport {
    /// The names of the templates.
    pub templates: Vec<String>,
    /// The number of documents rendered.
    pub documents: usize,
    /// The mistakes, in the order of the templates.
    pub mistakes: Vec<Mistake>,
    /// The templates that no document uses.
    pub unused: Unused,
}

/// Templates that no document uses, each with the name that was probably meant.
pub type Unused = Vec<(String, Option<String>)>;

/// Lints the templates with these names.
#[must_use]
pub fn check(names: Vec<String>, templates: &OwnTemplates) -> LintReport {
    let mut linter = Linter::of(templates);
    for name in &names {
        linter.mistakes.extend(render::misplaced(name, templates));
        if let Err(RenderError::Template(mistake)) = render::compile(name, templates) {
            linter.mistakes.push(*mistake);
            linter.discard(name);
        }
    }
    let mut documents = 0;
    each_document(|renderer, request| {
        documents += 1;
        let before = std::mem::take(&mut *linter.used());
        if let Some(document) = linter.document(renderer, request) {
            linter.judge(&document, request);
        }
        let used = linter.used().clone();
        if request.layout == Layout::Plan {
            let shown = linter.shown.entry(request.format).or_default();
            shown.extend(used);
        }
        linter.used().extend(before);
    });
    linter.missing_parts();
    let mut mistakes = std::mem::take(&mut linter.mistakes);
    mistakes.sort_by(|a, b| (&a.template, a.line, a.column).cmp(&(&b.template, b.line, b.column)));
    let used = linter.used();
    LintReport {
        unused: unused_among(&names, |name| used.contains(name)),
        templates: names,
        documents,
        mistakes,
    }
}

/// Every document that [`check`] renders, without the user's own templates.
pub fn each_document(mut render: impl FnMut(&Renderer<'_>, Request<'_>)) {
    for plan in PLANS {
        let checked = Checked::read(plan);
        let view = View::of(&checked).on(DAY);
        let renderer = Renderer::of(&view);
        let groups = view.facts().users.keys().map(|id| Layout::Group(id));
        let interviews = view.facts().interviewees(view.plan).into_iter();
        let layouts = [
            Layout::Plan,
            Layout::Summary,
            Layout::RedThread,
            Layout::Progress,
        ];
        let of_groups = groups.chain(interviews.map(Layout::Interview));
        for layout in layouts.into_iter().chain(of_groups) {
            for format in [Format::Html, Format::Markdown] {
                let request = Request::from(format);
                render(&renderer, Request { layout, ..request });
            }
        }
    }
}

/// The templates among these names that the documents rendered so far did not use, and that no other template names.
#[must_use]
pub fn unused(names: &[String], templates: &OwnTemplates) -> Unused {
    let used = templates.used();
    let is_in = |other: &String, name: &str| {
        let source = templates.load(other).ok().flatten();
        other != name && source.is_some_and(|source| source.contains(name))
    };
    unused_among(names, |name| {
        used.contains(name) || names.iter().any(|other| is_in(other, name))
    })
}

fn unused_among(names: &[String], is_used: impl Fn(&str) -> bool) -> Unused {
    let built_in = render::templates();
    let unused = names
        .iter()
        .filter(|name| !built_in.contains_key(*name) && !is_used(name));
    let unused = unused.map(|name| {
        let meant = render::nearest_template(name, built_in.keys().map(String::as_str));
        (name.clone(), meant.map(str::to_owned))
    });
    unused.collect()
}

/// Reports a mistake that surfaced in a built-in template in the user's own template that causes it, because the user may have no
/// copy of the built-in one.
pub fn blame(error: RenderError, renderer: &Renderer<'_>, request: Request<'_>) -> RenderError {
    let (Some(own), RenderError::Template(mistake)) = (request.templates, &error) else {
        return error;
    };
    let mut linter = Linter::of(own);
    // Rendering again would exceed the same limit again.
    if linter.is_own(&mistake.template) || mistake.is_endless() {
        return error;
    }
    // This finds which templates the document uses.
    let _ = linter.render(renderer, request);
    let caller = linter.caller(renderer, request, mistake);
    caller.map_or(error, |mistake| RenderError::Template(Box::new(mistake)))
}

struct Linter {
    own: OwnTemplates,
    /// Sources from which mistakes were removed.
    repaired: BTreeMap<String, String>,
    /// The names of templates that could not be repaired.
    discarded: BTreeSet<String>,
    /// The names of the templates that documents loaded.
    used: Arc<Mutex<BTreeSet<String>>>,
    /// The names of the templates that the documents of whole plans loaded.
    shown: HashMap<Format, BTreeSet<String>>,
    mistakes: Vec<Mistake>,
}

impl Linter {
    fn of(own: &OwnTemplates) -> Self {
        Self {
            own: own.clone(),
            repaired: BTreeMap::new(),
            discarded: BTreeSet::new(),
            used: Arc::default(),
            shown: HashMap::new(),
            mistakes: Vec::new(),
        }
    }

    /// Renders a document until it has no more mistakes, and returns it.
    fn document(&mut self, renderer: &Renderer<'_>, request: Request<'_>) -> Option<String> {
        while self.mistakes.len() < MOST_MISTAKES {
            let mistake = match self.render(renderer, request) {
                Ok(document) => return Some(document),
                Err(RenderError::Template(mistake)) => mistake,
                Err(_) => break,
            };
            let mistake = *mistake;
            if !self.is_own(&mistake.template) {
                let caller = self.caller(renderer, request, &mistake);
                let is_known = caller.is_some();
                self.mistakes.push(caller.unwrap_or(mistake));
                if is_known {
                    continue;
                }
                break;
            }
            let is_new = !self.mistakes.contains(&mistake);
            let name = mistake.template.clone();
            let repaired = self.source(&name).filter(|_| is_new);
            match repaired.and_then(|source| without(&source, mistake.span.as_ref()?)) {
                Some(repaired) => self.repair(&name, repaired),
                None => self.discard(&name),
            }
            if is_new {
                self.mistakes.push(mistake);
            }
        }
        None
    }

    /// Reports what is wrong with a document in the user's own template that has it, else in the only one, else in the one that
    /// was rendered.
    fn judge(&mut self, document: &str, request: Request<'_>) {
        let used = self.used().clone();
        let own: Vec<&String> = used.iter().filter(|name| self.is_own(name)).collect();
        let main = request.layout.template();
        let only = match own.as_slice() {
            [only] => only,
            _ => main,
        };
        for fault in page::faults(document, request.format) {
            let found = fault.traces().find_map(|trace| {
                own.iter().find_map(|name| {
                    let source = self.source(name)?;
                    let at = source.find(trace)?;
                    Some((*name, source, at))
                })
            });
            let detail = fault.detail().to_owned();
            let mistake = match found {
                Some((name, source, at)) => {
                    Mistake::at(name, &source, at..at, fault.kind(), detail, None)
                }
                None => Mistake::in_template(only, fault.kind(), detail),
            };
            if self.mistakes.len() < MOST_MISTAKES && !self.mistakes.contains(&mistake) {
                self.mistakes.push(mistake);
            }
        }
    }

    /// Reports the parts of the plan that a document of it does not show, unless the template that leaves them out names them.
    fn missing_parts(&mut self) {
        let bases = [
            PARTS,
            Layout::Plan.template(),
            "page.html.j2",
            "page.markdown.j2",
        ];
        let bases = bases.into_iter().filter(|name| self.is_own(name));
        let bases: Vec<(&str, String)> = bases
            .filter_map(|name| Some((name, self.source(name)?)))
            .collect();
        let Some((base, _)) = bases.first() else {
            return;
        };
        let parts = render::templates().remove(PARTS).unwrap_or_default();
        // The names are the quoted texts.
        let mut parts: Vec<&str> = parts.split('\'').skip(1).step_by(2).collect();
        parts.retain(|part| {
            let is_shown = self.shown.values().all(|shown| shown.contains(*part));
            !is_shown && bases.iter().all(|(_, source)| !source.contains(part))
        });
        if !parts.is_empty() {
            let mistake = Mistake::in_template(base, "deel_ontbreekt", parts.join(", "));
            self.mistakes.push(mistake);
        }
    }

    /// Attributes a mistake in a built-in template to the user's own template that causes it, and repairs that template.
    fn caller(
        &mut self,
        renderer: &Renderer<'_>,
        request: Request<'_>,
        mistake: &Mistake,
    ) -> Option<Mistake> {
        let is_gone = |linter: &Self| match linter.render(renderer, request) {
            // The removed part may have belonged to something else.
            Err(RenderError::Template(other)) => *other != *mistake && !other.is_syntax(),
            _ => true,
        };
        let used = self.used().clone();
        for name in used {
            let Some(source) = self.source(&name).filter(|_| self.is_own(&name)) else {
                continue;
            };
            self.discard(&name);
            if !is_gone(self) {
                self.repair(&name, source);
                continue;
            }
            // The call that causes the mistake is the first one whose removal solves it.
            let calls: Vec<usize> = source.match_indices("{{").map(|(at, _)| at).collect();
            let without_call = |source: String, at: &usize| without(&source, &(at + 2..at + 2));
            let nr = calls.partition_point(|last| {
                let mut removed = calls.iter().take_while(|at| *at <= last);
                let repaired = removed.try_fold(source.clone(), without_call);
                self.repair(&name, repaired.unwrap_or_default());
                !is_gone(self)
            });
            let call = calls.get(nr);
            let repaired = call.and_then(|at| Some((at, without_call(source.clone(), at)?)));
            if let Some((at, repaired)) = repaired {
                self.repair(&name, repaired);
                if is_gone(self) {
                    let call = Some((source.as_str(), *at..at + 2));
                    return Some(mistake.clone().called_by(name, call));
                }
            }
            self.discard(&name);
            return Some(mistake.clone().called_by(name, None));
        }
        None
    }

    fn render(&self, renderer: &Renderer<'_>, request: Request<'_>) -> Result<String, RenderError> {
        let (own, repaired) = (self.own.clone(), self.repaired.clone());
        let used = Arc::clone(&self.used);
        let templates = OwnTemplates::new(move |name| {
            let mut used = used.lock().unwrap_or_else(PoisonError::into_inner);
            used.insert(name.to_owned());
            repaired
                .get(name)
                .map_or_else(|| own.load(name), |source| Ok(Some(source.clone())))
        });
        let templates = Some(&templates);
        renderer.render_leniently(Request {
            templates,
            ..request
        })
    }

    fn used(&self) -> MutexGuard<'_, BTreeSet<String>> {
        self.used.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Replaces the source of a template in further rendering.
    fn repair(&mut self, name: &str, source: String) {
        self.repaired.insert(name.to_owned(), source);
        self.discarded.remove(name);
    }

    /// Replaces a template by the built-in one of that name, or an empty one.
    fn discard(&mut self, name: &str) {
        let built_in = render::templates().remove(name).unwrap_or_default();
        self.repair(name, built_in);
        self.discarded.insert(name.to_owned());
    }

    /// Whether the template is the user's own, readable or not, and was not discarded.
    fn is_own(&self, name: &str) -> bool {
        !self.discarded.contains(name) && !matches!(self.own.load(name), Ok(None))
    }

    fn source(&self, name: &str) -> Option<String> {
        let repaired = self.repaired.get(name).cloned();
        repaired.or_else(|| self.own.load(name).ok()?)
    }
}

/// Blanks the expression or include around a part of a source. Everything else keeps its position.
fn without(source: &str, part: &Range<usize>) -> Option<String> {
    let before = source.get(..part.start)?;
    let (expression, statement) = (before.rfind("{{"), before.rfind("{%"));
    let after = source.get(part.end..)?;
    if expression > statement {
        let end = part.end + after.find("}}")? + 2;
        return blank(source, expression?..end, "");
    }
    let start = statement? + 2;
    let end = part.end + after.find("%}")?;
    let inside = source.get(start..end)?;
    let words = inside.trim_start_matches(['-', '+', ' ', '\n']);
    let skipped = start + inside.len() - words.len();
    match words.split_whitespace().next()? {
        "include" => blank(source, start - 2..end + 2, ""),
        word @ ("if" | "elif") => blank(source, skipped + word.len()..end, " true"),
        _ => None,
    }
}

/// Replaces a part of a source by a text, padded with spaces.
fn blank(source: &str, part: Range<usize>, text: &str) -> Option<String> {
    let old = source.get(part.clone())?;
    let rest: String = old
        .bytes()
        .skip(text.len())
        .map(|byte| if byte == b'\n' { '\n' } else { ' ' })
        .collect();
    let (before, after) = (source.get(..part.start)?, source.get(part.end..)?);
    (old.len() >= text.len()).then(|| format!("{before}{text}{rest}{after}"))
}

#[cfg(test)]
mod tests {
    use super::without;

    #[test]
    fn mistakes_are_blanked_and_everything_else_keeps_its_position() {
        let cases = [
            ("a {{ b | c }} d", "b", Some("a             d")),
            (
                "{%- if b\n and c -%}x{% endif %}",
                "c",
                Some("{%- if true\n       %}x{% endif %}"),
            ),
            (
                "{% include 'b' %}{{ c }}",
                "include 'b'",
                Some("                 {{ c }}"),
            ),
            ("{% set a = b %}", "b", None),
            ("{% for a in b %}{% endfor %}", "b", None),
        ];
        for (source, wrong, left) in cases {
            let start = source.find(wrong).unwrap_or_default();
            let repaired = without(source, &(start..start + wrong.len()));
            assert_eq!(
                repaired.as_deref().map(str::len),
                left.map(|_| source.len()),
                "{source}"
            );
            let words = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
            assert_eq!(repaired.as_deref().map(words), left.map(words), "{source}");
        }
    }
}
