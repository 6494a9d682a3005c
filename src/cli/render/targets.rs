//! The documents to render and the files they go to.

use std::path::{Path, PathBuf};

use planmaker::{Language, Layout};

use super::{RenderArgs, To, ViewName};
use crate::cli::error::Error;
use crate::cli::writing;

/// A document to render.
#[derive(Debug, Clone)]
pub struct Target<'p> {
    pub to: To,
    pub layout: Layout<'p>,
    /// The output file; standard output if `None`.
    pub file: Option<PathBuf>,
}

/// Returns every document that the arguments select, for a plan in this language with these user groups.
pub fn of<'p>(
    args: &'p RenderArgs,
    language: Language,
    groups: impl Iterator<Item = &'p str>,
) -> Result<Vec<Target<'p>>, Error> {
    let documents = documents(args, &layouts(args, groups)?);
    let to_stdout = go_to_stdout(args);
    let output = args.output.as_deref();
    let folder = folder(args);
    if documents.len() > 1 && (to_stdout || (output.is_some() && folder.is_none())) {
        return Err(Error::OneOutput(
            args.output.clone().unwrap_or_else(|| "-".into()),
        ));
    }
    let target = |(to, layout): (To, Layout<'p>)| {
        let name = || name_of(&args.plan, to, layout, language);
        let file = match (output, folder) {
            _ if to_stdout => None,
            (_, Some(folder)) => Some(folder.join(name())),
            (Some(output), None) => Some(output.to_owned()),
            (None, None) => Some(args.plan.with_file_name(name())),
        };
        match file {
            Some(file) if is_same(&file, &args.plan) => Err(Error::OwnPlan(file)),
            file => Ok(Target { to, layout, file }),
        }
    };
    documents.into_iter().map(target).collect()
}

/// Whether the documents go to standard output.
pub fn go_to_stdout(args: &RenderArgs) -> bool {
    let output = args.output.as_deref();
    output.map_or_else(|| is_dash(&args.plan), writing::is_stdout)
}

/// The folder that the documents go to, if they go to one that the user named.
pub fn folder(args: &RenderArgs) -> Option<&Path> {
    let output = args.output.as_deref();
    output.filter(|output| !writing::is_stdout(output) && writing::is_folder(output))
}

fn is_dash(path: &Path) -> bool {
    path == Path::new("-")
}

/// The layouts to render in each format. `--groep` without `--view` selects the document of that group.
fn layouts<'p>(
    args: &'p RenderArgs,
    groups: impl Iterator<Item = &'p str>,
) -> Result<Vec<Layout<'p>>, Error> {
    let groups: Vec<&str> = groups.collect();
    let named = args.group.as_deref();
    if let Some(id) = named.filter(|id| !groups.contains(id)) {
        return Err(Error::unknown_group(id, groups));
    }
    let views = match (args.view.as_slice(), named) {
        ([], None) => &[ViewName::Plan],
        ([], Some(_)) => &[ViewName::Groep],
        (views, _) => views,
    };
    let mut layouts = Vec::new();
    for view in views {
        match view {
            ViewName::Plan => layouts.push(Layout::Plan),
            ViewName::Samenvatting => layouts.push(Layout::Summary),
            ViewName::RodeDraad => layouts.push(Layout::RedThread),
            ViewName::Groep => match named {
                Some(id) => layouts.push(Layout::Group(id)),
                None => layouts.extend(groups.iter().copied().map(Layout::Group)),
            },
        }
    }
    Ok(layouts)
}

/// Combines formats and layouts, without duplicates. Data files do not depend on the layout.
fn documents<'p>(args: &RenderArgs, layouts: &[Layout<'p>]) -> Vec<(To, Layout<'p>)> {
    let mut documents = Vec::new();
    for to in args.formats() {
        let layouts = match to {
            To::Html | To::Md => layouts,
            To::Json | To::Yaml => &[Layout::Plan],
        };
        for layout in layouts {
            if !documents.contains(&(to, *layout)) {
                documents.push((to, *layout));
            }
        }
    }
    documents
}

/// The default file name: `plan.html` for `plan.yaml`, `plan-samenvatting.html` for its summary. YAML data gets a name that
/// differs from the plan's.
fn name_of(plan: &Path, to: To, layout: Layout<'_>, language: Language) -> PathBuf {
    let stem = plan
        .file_stem()
        .filter(|stem| *stem != "-")
        .unwrap_or("plan".as_ref());
    let mut name = stem.to_owned();
    if let Some(layout) = layout.name(language) {
        name.push("-");
        name.push(layout);
    }
    name.push(match to {
        To::Html => ".html",
        To::Md => ".md",
        To::Json => ".json",
        To::Yaml => ".weergave.yaml",
    });
    name.into()
}

fn is_same(file: &Path, plan: &Path) -> bool {
    let both = file.canonicalize().ok().zip(plan.canonicalize().ok());
    both.is_some_and(|(file, plan)| file == plan)
}
