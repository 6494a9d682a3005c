//! Looks for mistakes in a folder of templates by making every document that it can, of a full plan and of empty ones.
//!
//! A document stops at its first mistake. To find the others too, what was wrong is taken out of the copy in memory and the
//! document is made again: a value that is shown, a condition, else the whole file.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};

use ignore::WalkBuilder;
use minijinja::Environment;
use minijinja::value::Serde;

use super::environment::{self, Bounded};
use super::lookup::Lookup;
use super::{Format, Layout, Mistake, RenderError, Request, loader, names};
use crate::checked::Checked;
use crate::scaffold;
use crate::view::View;

/// The plans that documents are made of: one with everything, one with hardly anything, and one with nothing.
const PLANS: [&str; 4] = [
    scaffold::EXAMPLE,
    include_str!("../../examples/minimaal.yaml"),
    "versie: 1\nplan: {titel: Plan, taal: en}\ngebruikers: {een: {}}\nmonitoring: {}\nvoortgang: {}\n",
    "versie: 1\n",
];

/// A folder with more mistakes than this is another thing than templates.
const MOST_MISTAKES: usize = 100;

/// How deep folders of templates may lie in each other.
const DEEPEST: usize = 8;

/// What was found in a folder of templates.
#[derive(Debug, Default)]
pub struct Linted {
    /// The files that are templates.
    pub templates: Vec<String>,
    /// How many documents were made.
    pub documents: usize,
    /// What is wrong, in the order of the files.
    pub mistakes: Vec<Mistake>,
    /// Files that no document uses, and the name that was most likely meant.
    pub unused: Vec<(String, Option<String>)>,
}

/// Checks the templates in a folder.
///
/// # Errors
///
/// When the folder cannot be read.
pub fn check(folder: &Path) -> Result<Linted, RenderError> {
    let mut check = Check {
        folder,
        own: own_templates(folder)?,
        replaced: BTreeMap::new(),
        used: Arc::default(),
        mistakes: Vec::new(),
    };
    check.compile()?;
    let mut documents = 0;
    for plan in PLANS {
        with_view(plan, |view| {
            for layout in layouts(view) {
                for format in [Format::Html, Format::Markdown] {
                    documents += 1;
                    check.document(view, layout, format)?;
                }
            }
            Ok::<_, RenderError>(())
        })?;
    }
    Ok(check.outcome(documents))
}

/// A mistake that came to light in a template of our own, as one of the template in the folder that calls it: of the other the
/// user has no copy.
pub(super) fn blamed(error: RenderError, view: &View<'_>, request: &Request<'_>) -> RenderError {
    let (Some(folder), RenderError::Template(mistake)) = (request.templates, &error) else {
        return error;
    };
    let own = own_templates(folder).unwrap_or_default();
    // To find out who calls it, the document is made again, and what does not end would not end again.
    if own.contains(&mistake.template) || mistake.kind == "te_veel" {
        return error;
    }
    let mut check = Check {
        folder,
        own,
        replaced: BTreeMap::new(),
        used: Arc::default(),
        mistakes: Vec::new(),
    };
    let mistake = (**mistake).clone();
    match check.blame(view, request.layout, request.format, mistake) {
        Ok(true) => check
            .mistakes
            .pop()
            .map_or(error, |mistake| RenderError::Template(Box::new(mistake))),
        _ => error,
    }
}

/// Every document that a plan has.
fn layouts<'v>(view: &View<'v>) -> Vec<Layout<'v>> {
    let groups = view.facts().users.keys().map(|id| Layout::Group(id));
    [Layout::Plan, Layout::Summary, Layout::RedThread]
        .into_iter()
        .chain(groups)
        .collect()
}

/// The templates in a folder, with their names in it. Hidden files are none.
fn own_templates(folder: &Path) -> Result<Vec<String>, RenderError> {
    let unreadable = |source: std::io::Error| RenderError::Folder {
        folder: folder.to_owned(),
        source,
    };
    std::fs::read_dir(folder).map_err(unreadable)?;
    let mut names = Vec::new();
    let files = WalkBuilder::new(folder)
        .standard_filters(false)
        .hidden(true)
        .follow_links(true)
        .max_depth(Some(DEEPEST))
        .build();
    // What cannot be read within it is told when a document needs it.
    for file in files.flatten() {
        let is_template = file
            .path()
            .extension()
            .is_some_and(|extension| extension == "j2" || extension == "css");
        let inside = file.path().strip_prefix(folder).ok();
        if let Some(inside) = inside.filter(|_| is_template && file.path().is_file()) {
            let parts: Vec<_> = inside.iter().map(|part| part.to_string_lossy()).collect();
            names.push(parts.join("/"));
        }
    }
    names.sort();
    Ok(names)
}

fn with_view<T>(plan: &str, read: impl FnOnce(&View<'_>) -> T) -> T {
    read(&View::of(&Checked::read(plan)))
}

/// What is wrong with a document, and where in its template.
type Wrong = (RenderError, Option<Range<usize>>);

/// A check on its way.
struct Check<'f> {
    folder: &'f Path,
    own: Vec<String>,
    /// Templates without the mistakes that were found in them.
    replaced: BTreeMap<String, String>,
    /// The templates that a document asked for.
    used: Arc<Mutex<BTreeSet<String>>>,
    mistakes: Vec<Mistake>,
}

impl Check<'_> {
    /// Reads every template, whether a document uses it or not.
    fn compile(&mut self) -> Result<(), RenderError> {
        with_view("versie: 1", |view| {
            for name in self.own.clone() {
                let environment = self.environment(view, Layout::Plan, Format::Html)?;
                if let Err(error) = environment.get_template(&name) {
                    self.note(RenderError::from(error))?;
                    self.drop(&name);
                }
            }
            // To read a template is not to use it.
            self.used = Arc::default();
            Ok(())
        })
    }

    /// Makes a document until nothing is wrong with it any more.
    fn document(
        &mut self,
        view: &View<'_>,
        layout: Layout<'_>,
        format: Format,
    ) -> Result<(), RenderError> {
        while self.mistakes.len() < MOST_MISTAKES {
            let Err((error, at)) = self.render(view, layout, format)? else {
                break;
            };
            let RenderError::Template(mistake) = error else {
                return Err(error);
            };
            let mistake = *mistake;
            if self.own.contains(&mistake.template) {
                let name = mistake.template.clone();
                let source = self.source(&name).unwrap_or_default();
                let at = mistake
                    .origin()
                    .map_or(at, |(line, wrong)| find(&source, line, &wrong));
                let mistake = mistake.at(&source, at.as_ref());
                let is_new = !self.mistakes.contains(&mistake);
                if is_new {
                    self.mistakes.push(mistake);
                }
                let mended = at.and_then(|at| without(&source, &at)).filter(|_| is_new);
                match mended {
                    Some(mended) => drop(self.replaced.insert(name, mended)),
                    None => self.drop(&name),
                }
            } else if !self.blame(view, layout, format, mistake)? {
                break;
            }
        }
        Ok(())
    }

    /// A mistake in a template of our own comes from one in the folder that calls it: the one without which it is gone.
    fn blame(
        &mut self,
        view: &View<'_>,
        layout: Layout<'_>,
        format: Format,
        mistake: Mistake,
    ) -> Result<bool, RenderError> {
        let is_gone = |check: &Self| -> Result<bool, RenderError> {
            let made = check.render(view, layout, format)?;
            Ok(!matches!(made, Err((RenderError::Template(other), _)) if *other == mistake))
        };
        for name in self.own.clone() {
            let Some(source) = self.source(&name) else {
                continue;
            };
            self.drop(&name);
            if !is_gone(self)? {
                self.replaced.insert(name, source);
                continue;
            }
            // The call itself, if taking it out is enough.
            for (at, _) in source.match_indices("{{") {
                let Some(mended) = without(&source, &(at + 2..at + 2)) else {
                    continue;
                };
                self.replaced.insert(name.clone(), mended);
                if is_gone(self)? {
                    self.mistakes
                        .push(mistake.called_by(name, Some((&source, at))));
                    return Ok(true);
                }
            }
            self.drop(&name);
            self.mistakes.push(mistake.called_by(name, None));
            return Ok(true);
        }
        self.mistakes.push(mistake);
        Ok(false)
    }

    fn render(
        &self,
        view: &View<'_>,
        layout: Layout<'_>,
        format: Format,
    ) -> Result<Result<(), Wrong>, RenderError> {
        let environment = self.environment(view, layout, format)?;
        let made = environment
            .get_template(layout.template())
            .and_then(|template| {
                template.render_captured_to(Serde(view), Bounded::default())?;
                Ok(())
            });
        Ok(made.map_err(|error| {
            let at = super::error::innermost(&error).range();
            (RenderError::from(error), at)
        }))
    }

    fn environment(
        &self,
        view: &View<'_>,
        layout: Layout<'_>,
        format: Format,
    ) -> Result<Environment<'static>, RenderError> {
        let request = Request {
            layout,
            templates: Some(self.folder),
            ..format.into()
        };
        let lookup = Arc::new(Lookup::of(view, format, layout));
        let mut environment = environment::of(&lookup, &request)?;
        let load = loader::of(Some(self.folder))?;
        let replaced = self.replaced.clone();
        let used = Arc::clone(&self.used);
        environment.set_loader(move |name| {
            used.lock()
                .unwrap_or_else(PoisonError::into_inner)
                .insert(name.to_owned());
            replaced
                .get(name)
                .map_or_else(|| load(name), |text| Ok(Some(text.clone())))
        });
        Ok(environment)
    }

    fn note(&mut self, error: RenderError) -> Result<(), RenderError> {
        match error {
            RenderError::Template(mistake) => self.mistakes.push(*mistake),
            error => return Err(error),
        }
        Ok(())
    }

    /// Goes on with our own template of that name, or with nothing.
    fn drop(&mut self, name: &str) {
        let own = loader::templates().remove(name).unwrap_or_default();
        self.replaced.insert(name.to_owned(), own);
    }

    fn source(&self, name: &str) -> Option<String> {
        self.replaced.get(name).cloned().or_else(|| {
            let load = loader::of(Some(self.folder)).ok()?;
            load(name).ok()?
        })
    }

    fn outcome(mut self, documents: usize) -> Linted {
        let used = self
            .used
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .clone();
        let known = loader::templates();
        let documented = |name: &str| known.contains_key(name) && name != loader::SCAFFOLD;
        let unused = self
            .own
            .iter()
            .filter(|name| !used.contains(*name) && !documented(name));
        let unused = unused
            .map(|name| {
                let meant = names::nearest_template(name, known.keys().map(String::as_str));
                (
                    name.clone(),
                    meant
                        .filter(|_| name != loader::SCAFFOLD)
                        .map(str::to_owned),
                )
            })
            .collect();
        self.mistakes
            .sort_by(|a, b| (&a.template, a.line, a.column).cmp(&(&b.template, b.line, b.column)));
        Linted {
            templates: self.own,
            documents,
            mistakes: self.mistakes,
            unused,
        }
    }
}

/// Where in a line of a text something stands.
fn find(source: &str, line: usize, wrong: &str) -> Option<Range<usize>> {
    let lines = source.split_inclusive('\n');
    let start: usize = lines.take(line.saturating_sub(1)).map(str::len).sum();
    let at = start + source.get(start..)?.lines().next()?.find(wrong)?;
    Some(at..at + wrong.len())
}

/// A template without the expression or include in which something is wrong, every other byte where it was.
fn without(source: &str, at: &Range<usize>) -> Option<String> {
    let before = source.get(..at.start)?;
    let (shown, statement) = (before.rfind("{{"), before.rfind("{%"));
    let after = source.get(at.end..)?;
    if shown > statement {
        let end = at.end + after.find("}}")? + 2;
        return blank(source, shown?..end, "");
    }
    let start = statement? + 2;
    let end = at.end + after.find("%}")?;
    let inside = source.get(start..end)?;
    let words = inside.trim_start_matches(['-', '+', ' ', '\n']);
    let skipped = start + inside.len() - words.len();
    match words.split_whitespace().next()? {
        "include" => blank(source, start - 2..end + 2, ""),
        word @ ("if" | "elif") => blank(source, skipped + word.len()..end, " true"),
        _ => None,
    }
}

/// Writes something over a part of a text, and spaces over what is left of the part.
fn blank(source: &str, part: Range<usize>, with: &str) -> Option<String> {
    let old = source.get(part.clone())?;
    let rest: String = old
        .bytes()
        .skip(with.len())
        .map(|byte| if byte == b'\n' { '\n' } else { ' ' })
        .collect();
    let (before, after) = (source.get(..part.start)?, source.get(part.end..)?);
    (old.len() >= with.len()).then(|| format!("{before}{with}{rest}{after}"))
}

#[cfg(test)]
mod tests {
    use super::without;

    #[test]
    fn what_is_wrong_is_taken_out_and_the_rest_stays_where_it_was() {
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
            let mended = without(source, &(start..start + wrong.len()));
            assert_eq!(
                mended.as_deref().map(str::len),
                left.map(|_| source.len()),
                "{source}"
            );
            let words = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
            assert_eq!(mended.as_deref().map(words), left.map(words), "{source}");
        }
    }
}
