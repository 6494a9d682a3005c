//! Rendering of the documents of a plan, on all cores or with the user's own templates in a process of its own.

use std::path::Path;

use planmaker::{
    Argument, Format, LeftOut, Logo, Reference, Refusal, Renderer, Request, Theme, View, Words, key,
};

use super::RenderArgs;
use super::output::Output;
use super::targets::Target;
use crate::cli::error::Error;
use crate::cli::{contained, in_order, shown_path, source, warn};

/// The sources of documents.
pub struct Sources {
    /// The plan as it was read, for own templates, which are rendered in another process.
    plan: Option<Vec<u8>>,
    theme: Option<(Theme, Vec<u8>)>,
    logo: Option<(Logo, Vec<u8>)>,
    /// The house style of Word files.
    pub reference: Option<Reference>,
}

impl Sources {
    /// Reads the house style and the logo.
    pub fn read(args: &RenderArgs, plan: Option<Vec<u8>>) -> Result<Self, Error> {
        let read = |path: &Path| args.read(path);
        let theme = args.theme.as_deref();
        let logo = args.logo.as_deref();
        Ok(Self {
            plan,
            theme: theme.map(|path| source::theme(path, read)).transpose()?,
            logo: logo.map(|path| source::logo(path, read)).transpose()?,
            reference: args
                .reference
                .as_deref()
                .map(source::reference)
                .transpose()?,
        })
    }

    /// The warnings about what of a Word file does not reach the documents.
    pub fn left_out(&self, args: &RenderArgs, words: Words) -> Vec<String> {
        let (Some(reference), Some(file)) = (&self.reference, &args.reference) else {
            return Vec::new();
        };
        let texts = reference.left_out().map(|what| match what {
            LeftOut::Macros => key::storing::referentie::MACROS,
            LeftOut::Outside => key::storing::referentie::BUITEN,
            LeftOut::Parts => key::storing::referentie::DELEN,
        });
        let path = [("pad", Argument::Whole(shown_path(file)))];
        texts.map(|text| words.text(text, &path)).collect()
    }
}

/// Renders all documents of a plan, and returns warnings about its house style.
pub fn render(
    view: &View<'_>,
    targets: &[Target<'_>],
    args: &RenderArgs,
    sources: &Sources,
    words: Words,
    output: &mut Output,
) -> (Result<(), Error>, Vec<String>) {
    if let (Some(folder), Some(plan)) = (&args.templates, &sources.plan) {
        let job = job(targets, args, sources);
        return contain(
            view,
            (folder, plan),
            job,
            targets,
            (args, sources),
            words,
            output,
        );
    }
    let rendered = render_on_all_cores(view, targets, args, sources, output);
    let theme = sources.theme.as_ref().zip(args.theme.as_ref());
    let refused = theme.map(|((theme, _), file)| refused_tokens(theme, file, words));
    (rendered, refused.unwrap_or_default())
}

/// Renders the documents at the same time. At most a few wait in memory until those before them are written.
fn render_on_all_cores(
    view: &View<'_>,
    targets: &[Target<'_>],
    args: &RenderArgs,
    sources: &Sources,
    output: &mut Output,
) -> Result<(), Error> {
    let renderer = Renderer::of(view);
    let compile = |format: &Format| renderer.compile(*format);
    in_order::each(
        &shared_formats(targets),
        compile,
        |_, ()| Ok::<_, Error>(()),
    )?;
    let make = |target: &Target<'_>| match target.template_format() {
        Some(format) => renderer
            .render(Request {
                format,
                layout: target.layout,
                templates: None,
                mermaid: args.mermaid,
                theme: sources.theme.as_ref().map(|(theme, _)| theme),
                logo: sources.logo.as_ref().map(|(logo, _)| logo),
            })
            .map_err(Error::from)
            .and_then(|document| target.finish(view, document, args, sources)),
        None => target.data(view).map_err(Error::from),
    };
    let add = |target: &Target<'_>, document: Result<_, Error>| output.add(target, document?);
    in_order::each(targets, make, add)
}

/// The formats of more than one document, whose templates are compiled first.
fn shared_formats(targets: &[Target<'_>]) -> Vec<Format> {
    let mut formats = vec![Format::Html, Format::Markdown];
    formats.retain(|format| {
        let is_of = |target: &&Target<'_>| target.template_format() == Some(*format);
        targets.iter().filter(is_of).count() > 1
    });
    formats
}

/// The documents to render with the user's own templates.
fn job(targets: &[Target<'_>], args: &RenderArgs, sources: &Sources) -> contained::Render {
    let documents = targets.iter().filter_map(|target| {
        let format = target.template_format()?;
        Some(contained::Document::of(format, target.layout))
    });
    let css = sources.theme.as_ref();
    let css = css.map(|(_, bytes)| String::from_utf8_lossy(bytes).into_owned());
    let logo = sources.logo.as_ref();
    contained::Render {
        documents: documents.collect(),
        days: [args.op, args.standing_day()],
        mermaid: args.mermaid,
        theme: css.zip(args.theme.clone()),
        logo: logo.map(|(_, bytes)| bytes.clone()),
    }
}

/// Renders all documents of a plan with the user's own templates, in a process of its own. Data needs no templates.
fn contain(
    view: &View<'_>,
    (folder, plan): (&Path, &[u8]),
    job: contained::Render,
    targets: &[Target<'_>],
    (args, sources): (&RenderArgs, &Sources),
    words: Words,
    output: &mut Output,
) -> (Result<(), Error>, Vec<String>) {
    let (made, data): (Vec<&Target<'_>>, Vec<_>) = targets
        .iter()
        .partition(|target| target.template_format().is_some());
    let mut refused = Vec::new();
    let render = || {
        if !made.is_empty() {
            let mut made = made.iter();
            let mut add = |document: String| {
                let target = made.next();
                target.map_or(Ok(()), |target| {
                    let bytes = target.finish(view, document, args, sources)?;
                    output.add(target, bytes)
                })
            };
            let rendered = contained::render(folder, plan, job, words, &mut add)?;
            refused = rendered.refused_tokens;
            warn(rendered.unused);
            rendered.outcome?;
        }
        data.iter()
            .try_for_each(|target| output.add(target, target.data(view)?))
    };
    let rendered = render();
    (rendered, refused)
}

/// The warnings about design tokens that do not reach the page.
pub fn refused_tokens(theme: &Theme, file: &Path, words: Words) -> Vec<String> {
    let line = |(token, why): (&String, &Refusal)| {
        let (text, twin) = match why {
            Refusal::Value => (key::storing::huisstijl::WAARDE, None),
            Refusal::Reference => (key::storing::huisstijl::VERWIJZING, None),
            Refusal::Alone(twin) => (key::storing::huisstijl::ALLEEN, Some(twin)),
        };
        let mut arguments = vec![
            ("pad", Argument::Whole(shown_path(file))),
            ("token", Argument::Whole(token.clone())),
        ];
        arguments.extend(twin.map(|twin| ("ander", Argument::Whole(twin.clone()))));
        words.text(text, &arguments)
    };
    theme.refused().iter().map(line).collect()
}
