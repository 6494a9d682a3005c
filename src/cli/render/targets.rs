//! The documents to render and the files they go to.

use std::ffi::{OsStr, OsString};
use std::path::{Path, PathBuf};

use indexmap::IndexSet;
use planmaker::{
    Data, Format, Layout, RenderError, View, calendar, docx, odt, parties, render_data, workbook,
};

use super::documents::Sources;
use super::{Browser, RenderArgs, To, ViewName, names};
use crate::cli::error::Error;
use crate::cli::{source, writing};

/// A document to render.
#[derive(Debug, Clone)]
pub struct Target<'p> {
    pub to: To,
    pub layout: Layout<'p>,
    /// The output file; standard output if `None`.
    pub file: Option<PathBuf>,
}

impl Target<'_> {
    /// The format of its template; data needs none.
    pub const fn template_format(&self) -> Option<Format> {
        match self.to {
            // Those for the office are made from the elements of a page.
            To::Html | To::Docx | To::Odt | To::Pdf => Some(Format::Html),
            To::Md => Some(Format::Markdown),
            To::Json | To::Yaml | To::Xlsx | To::Ics => None,
        }
    }

    /// The bytes of what its template made.
    pub fn finish(
        &self,
        view: &View<'_>,
        document: String,
        args: &RenderArgs,
        sources: &Sources,
    ) -> Result<Vec<u8>, Error> {
        match self.to {
            To::Docx => Ok(docx(view, &document, sources.reference.as_ref())?),
            To::Odt => Ok(odt(view, &document)?),
            To::Pdf => Browser::find(args.browser.as_deref())?.print(&document),
            _ => Ok(document.into_bytes()),
        }
    }

    /// The data of a plan, for a target without a template.
    pub fn data(&self, view: &View<'_>) -> Result<Vec<u8>, RenderError> {
        match self.to {
            To::Xlsx => workbook(view),
            To::Ics => calendar(view, self.layout.group()).map(String::into_bytes),
            To::Yaml => render_data(view, Data::Yaml),
            To::Html | To::Md | To::Docx | To::Odt | To::Pdf | To::Json => {
                render_data(view, Data::Json)
            }
        }
    }
}

/// Returns every document of a plan that the arguments select.
pub fn of<'p>(args: &'p RenderArgs, view: &View<'p>) -> Result<Vec<Target<'p>>, Error> {
    let documents = documents(args, &layouts(args, view)?, &calendar_layout(args, view)?);
    let to_stdout = go_to_stdout(args);
    let output = args.output.as_deref();
    let folder = folder(args);
    if documents.len() > 1 && (to_stdout || (output.is_some() && folder.is_none())) {
        return Err(Error::OneOutput(
            args.output.clone().unwrap_or_else(|| "-".into()),
        ));
    }
    let names = names::of(stem(&args.plan), &documents, view.language);
    let plan = args.plan.canonicalize().ok();
    let target = |((to, layout), name): ((To, Layout<'p>), OsString)| {
        let file = match (output, folder) {
            _ if to_stdout => None,
            (_, Some(folder)) => Some(folder.join(name)),
            (Some(output), None) => Some(output.to_owned()),
            (None, None) => Some(args.plan.with_file_name(name)),
        };
        match file {
            Some(file) if plan.is_some() && file.canonicalize().ok() == plan => {
                Err(Error::OwnPlan(file))
            }
            file => Ok(Target { to, layout, file }),
        }
    };
    documents.into_iter().zip(names).map(target).collect()
}

/// Whether the documents go to standard output.
pub fn go_to_stdout(args: &RenderArgs) -> bool {
    let output = args.output.as_deref();
    output.map_or_else(|| is_stdin(&args.plan), writing::is_stdout)
}

/// The folder that the documents go to, if they go to one that the user named.
pub fn folder(args: &RenderArgs) -> Option<&Path> {
    let output = args.output.as_deref();
    output.filter(|output| !writing::is_stdout(output) && writing::is_folder(output))
}

/// Whether the plan is read from standard input, or another file that is already open: nothing can be written beside it.
pub fn is_stdin(plan: &Path) -> bool {
    source::is_stdin(plan) || writing::is_open_file(plan)
}

/// The layouts to render in each format. `--groep` without `--view` selects the document of that group.
fn layouts<'p>(args: &'p RenderArgs, view: &View<'p>) -> Result<IndexSet<Layout<'p>>, Error> {
    let formats = args.formats();
    if formats.contains(&To::Ics) && !formats.into_iter().any(To::has_view) {
        return Ok(IndexSet::new());
    }
    let named = args.group.as_deref();
    let mut views = args.views();
    if views.is_empty() {
        views.push(if named.is_some() {
            ViewName::Groep
        } else {
            ViewName::Plan
        });
    }
    let mut layouts = IndexSet::new();
    for name in views {
        match name {
            ViewName::Plan | ViewName::Alle => layouts.extend([Layout::Plan]),
            ViewName::Samenvatting => layouts.extend([Layout::Summary]),
            ViewName::RodeDraad => layouts.extend([Layout::RedThread]),
            ViewName::Voortgang => layouts.extend([Layout::Progress]),
            ViewName::Groep => {
                let users: Vec<&str> = view.facts().users.keys().copied().collect();
                layouts.extend(
                    only(named, &users, users.clone(), true)?
                        .into_iter()
                        .map(Layout::Group),
                );
            }
            ViewName::Gesprek => {
                let all: Vec<&str> = view.plan.group_ids().into_iter().collect();
                let default = view.facts().interviewees(view.plan);
                layouts.extend(
                    only(named, &all, default, false)?
                        .into_iter()
                        .map(Layout::Interview),
                );
            }
        }
    }
    Ok(layouts)
}

/// The group that was asked for, if it is one of those that may be, or else the default ones.
fn only<'p>(
    named: Option<&'p str>,
    all: &[&'p str],
    default: Vec<&'p str>,
    is_user: bool,
) -> Result<Vec<&'p str>, Error> {
    match named {
        None => Ok(default),
        Some(id) if all.contains(&id) => Ok(vec![id]),
        Some(id) => Err(Error::unknown_group(id, all, is_user)),
    }
}

/// The part of the plan that a calendar shows.
fn calendar_layout<'p>(args: &'p RenderArgs, view: &View<'p>) -> Result<Layout<'p>, Error> {
    let named = args.group.as_deref();
    let Some(id) = named.filter(|_| args.formats().contains(&To::Ics)) else {
        return Ok(Layout::Plan);
    };
    let known = parties(view);
    if known.contains(&id) {
        Ok(Layout::Group(id))
    } else {
        Err(Error::unknown_party(id, known))
    }
}

/// Combines formats and layouts, without duplicates. Data and workbooks have all of the plan.
fn documents<'p>(
    args: &RenderArgs,
    layouts: &IndexSet<Layout<'p>>,
    calendar: &Layout<'p>,
) -> IndexSet<(To, Layout<'p>)> {
    let calendar = IndexSet::from([*calendar]);
    let data = IndexSet::from([Layout::Plan]);
    let documents = args.formats().into_iter().flat_map(|to| {
        let layouts = match to {
            To::Html | To::Md | To::Docx | To::Odt | To::Pdf => layouts,
            To::Json | To::Yaml | To::Xlsx => &data,
            To::Ics => &calendar,
        };
        layouts.iter().map(move |layout| (to, *layout))
    });
    documents.collect()
}

/// The plan's part of file names: `plan` for `plan.yaml`.
fn stem(plan: &Path) -> &OsStr {
    let stem = plan.file_stem().filter(|_| !is_stdin(plan));
    stem.unwrap_or("plan".as_ref())
}
