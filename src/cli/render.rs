//! `planmaker render`: makes documents of a plan.

mod targets;
mod watch;

use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use crate::cli::error::Error;
use clap::{Args, ValueEnum};
use planmaker::lint;
use planmaker::{
    Argument, Checked, Data, Document, Finding, Findings, Format, Renderer, Request, Severity,
    Theme, View, Words, key, render_data,
};

use super::writing::{self, Existing};
use super::{Status, own_templates, print, source};
use targets::Target;

/// The options of `render`.
// Each flag stands for itself.
#[allow(clippy::struct_excessive_bools)]
#[derive(Debug, Args)]
pub struct RenderArgs {
    #[arg(default_value = "plan.yaml", value_name = "PLAN")]
    pub plan: PathBuf,
    #[arg(long, value_enum, value_delimiter = ',', value_name = "VORM")]
    pub to: Vec<To>,
    #[arg(long, value_enum, value_delimiter = ',', value_name = "WEERGAVE")]
    pub view: Vec<ViewName>,
    #[arg(long, value_name = "ID")]
    pub groep: Option<String>,
    #[arg(short, long, value_name = "BESTAND")]
    pub output: Option<PathBuf>,
    #[arg(long, value_name = "MAP")]
    pub templates: Option<PathBuf>,
    #[arg(long, value_name = "BESTAND")]
    pub theme: Option<PathBuf>,
    #[arg(long)]
    pub mermaid: bool,
    #[arg(long)]
    pub strict: bool,
    #[arg(long)]
    pub watch: bool,
    #[arg(long)]
    pub open: bool,
}

/// What a plan can become.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum To {
    Html,
    Md,
    /// What templates see, for other programs.
    Yaml,
    Json,
}

/// The documents that can be made of a plan.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum ViewName {
    Plan,
    Samenvatting,
    /// One per user group.
    Groep,
    RodeDraad,
}

impl To {
    /// What it is called on the command line.
    const fn name(self) -> &'static str {
        match self {
            Self::Html => "html",
            Self::Md => "md",
            Self::Yaml => "yaml",
            Self::Json => "json",
        }
    }

    /// What the name of a file says that it is.
    fn of_file(file: &Path) -> Option<Self> {
        Some(match file.extension()?.to_str()? {
            "html" | "htm" => Self::Html,
            "md" | "markdown" => Self::Md,
            "yaml" | "yml" => Self::Yaml,
            "json" => Self::Json,
            _ => return None,
        })
    }
}

impl RenderArgs {
    /// What the name of the file that is asked for says that it is.
    fn named_form(&self) -> Option<(&Path, To)> {
        let file = self.output.as_deref().filter(|file| !file.is_dir())?;
        To::of_file(file).map(|form| (file, form))
    }

    /// What the plan becomes: what is asked, else what the name of the file says, else a page.
    fn forms(&self) -> Vec<To> {
        if !self.to.is_empty() {
            return self.to.clone();
        }
        vec![self.named_form().map_or(To::Html, |(_, form)| form)]
    }

    /// Options that would do nothing are a mistake of who asks for them.
    fn refuse_what_has_no_use(&self) -> Result<(), Error> {
        if let ([asked], Some((file, named))) = (self.to.as_slice(), self.named_form())
            && *asked != named
        {
            return Err(Error::OtherForm {
                path: file.to_owned(),
                named: named.name(),
                asked: asked.name(),
            });
        }
        let forms = self.forms();
        let no_use = |option, with| Err(Error::NoUse { option, with });
        if self.mermaid && !forms.contains(&To::Md) {
            return no_use("--mermaid", "--to md");
        }
        if self.theme.is_some() && !forms.contains(&To::Html) {
            return no_use("--theme", "--to html");
        }
        if self.groep.is_some() && !self.view.is_empty() && !self.view.contains(&ViewName::Groep) {
            return no_use("--groep", "--view groep");
        }
        Ok(())
    }
}

/// Makes the documents, opens them if asked, and goes on doing so while the plan is watched.
pub fn run(args: &RenderArgs, words: Words) -> Result<Status, Error> {
    if args.watch && (source::is_stdin(&args.plan) || targets::go_to_stdout(args)) {
        return Err(Error::NoFile { option: "--watch" });
    }
    if args.open && targets::go_to_stdout(args) {
        return Err(Error::NoFile { option: "--open" });
    }
    args.refuse_what_has_no_use()?;
    if args.watch {
        return watch::run(args, words);
    }
    let made = once(args, words)?;
    if args.open {
        open(&made)?;
    }
    Ok(made.status)
}

/// What came of making the documents once.
#[derive(Debug)]
struct Made {
    status: Status,
    /// The documents.
    files: Vec<PathBuf>,
    /// What is wrong with the plan, in file order.
    noted: Vec<Noted>,
    /// Whether the plan could be read to its end, so that what is not noted is not there.
    is_whole: bool,
}

/// A finding in words, with where it stands.
#[derive(Debug)]
struct Noted {
    severity: Severity,
    rule: &'static str,
    /// What it is about, which stays the same when lines move.
    path: String,
    title: String,
    line: usize,
    column: usize,
}

/// Renders the plan in every form that was asked for, and only then writes any of them.
fn once(args: &RenderArgs, words: Words) -> Result<Made, Error> {
    let checked = Checked::read(source::read(&args.plan)?);
    let ordered = checked.findings_in_file_order();
    let refused = if checked.is_whole() {
        counts(&checked.findings)
            .filter(|_| args.strict)
            .map(|counts| words.text(key::render::STRIKT, &counts))
    } else {
        Some(unreadable(args, &checked.document, &ordered, words))
    };
    let noted = ordered
        .iter()
        .map(|finding| Noted::of(finding, &checked.document, words))
        .collect();
    if let Some(why) = refused {
        return Ok(Made {
            is_whole: checked.is_whole(),
            ..refuse(&why, noted)
        });
    }
    let theme = args.theme.as_deref().map(source::theme).transpose()?;
    let targets = targets::of(args, checked.facts().users.keys().copied())?;
    if targets.is_empty() {
        return Ok(refuse(words.get(key::render::GEEN_GROEPEN), noted));
    }
    let view = View::of(&checked);
    let documents = make(&view, &targets, args, theme.as_ref())?;
    for (target, bytes) in targets.iter().zip(documents) {
        write(target, &bytes, words)?;
    }
    Ok(Made {
        status: Status::Clean,
        files: targets
            .into_iter()
            .filter_map(|target| target.file)
            .collect(),
        noted,
        is_whole: true,
    })
}

/// Where the file cannot be read any further, and why.
fn unreadable(
    args: &RenderArgs,
    document: &Document,
    findings: &[&Finding],
    words: Words,
) -> String {
    // Reading stops at the last of what is wrong with the file as a text.
    let stop = findings
        .iter()
        .rfind(|finding| ["yaml-ongeldig", "bestand-te-groot"].contains(&finding.rule.name));
    let noted = stop.map(|stop| Noted::of(stop, document, words));
    let file = super::shown(&args.plan.display().to_string());
    let (place, what) = noted.map_or_else(
        || (file.clone(), String::new()),
        |noted| {
            let place = format!("{file}:{}:{}", noted.line, noted.column);
            (place, super::shown(&noted.title))
        },
    );
    words
        .get(key::render::ONLEESBAAR)
        .replace("{plek}", &place)
        .replace("{bestand}", &file)
        .replace("{wat}", &what)
}

/// Says why nothing is written. What is wrong is the plan, not the tool.
fn refuse(why: &str, noted: Vec<Noted>) -> Made {
    // When standard error is gone too there is nobody left to tell.
    let _ = writeln!(io::stderr(), "{why}");
    Made {
        status: Status::Findings,
        files: Vec::new(),
        noted,
        is_whole: true,
    }
}

/// How many fouten and waarschuwingen there are, if there are any.
fn counts(findings: &Findings) -> Option<Vec<(&'static str, Argument)>> {
    let count = |severity| {
        findings
            .iter()
            .filter(|finding| finding.severity == severity)
            .count()
    };
    let (errors, warnings) = (count(Severity::Error), count(Severity::Warning));
    let counts = vec![
        ("fouten", Argument::Count(errors)),
        ("waarschuwingen", Argument::Count(warnings)),
    ];
    (errors + warnings > 0).then_some(counts)
}

impl Noted {
    fn of(finding: &Finding, document: &Document, words: Words) -> Self {
        let place = document.place(&finding.path, &finding.focus);
        Self {
            severity: finding.severity,
            rule: finding.rule.name,
            path: finding.path.to_string(),
            title: words.text(
                &format!("regels.{}.titel", finding.rule.name),
                &finding.arguments,
            ),
            line: place.start.line,
            column: place.start.column,
        }
    }
}

/// Makes all documents of a plan.
fn make(
    view: &View<'_>,
    targets: &[Target<'_>],
    args: &RenderArgs,
    theme: Option<&Theme>,
) -> Result<Vec<Vec<u8>>, Error> {
    // Data is made without templates.
    let needs_templates = targets
        .iter()
        .any(|target| matches!(target.to, To::Html | To::Md));
    let folder = args.templates.as_deref().filter(|_| needs_templates);
    let templates = folder.map(own_templates::open).transpose()?;
    let renderer = Renderer::of(view);
    let document = |format: Format, layout| {
        let request = Request {
            format,
            layout,
            templates: templates.as_ref(),
            mermaid: args.mermaid,
            theme,
        };
        renderer
            .render(request)
            .map(String::into_bytes)
            .map_err(|error| lint::blame(error, &renderer, request))
    };
    let documents = targets.iter().map(|target| match target.to {
        To::Html => document(Format::Html, target.layout),
        To::Md => document(Format::Markdown, target.layout),
        To::Json => render_data(view, Data::Json),
        To::Yaml => render_data(view, Data::Yaml),
    });
    Ok(documents.collect::<Result<_, _>>()?)
}

fn write(target: &Target<'_>, bytes: &[u8], words: Words) -> Result<(), Error> {
    let Some(file) = &target.file else {
        return print(|out| out.write_all(bytes));
    };
    writing::write(file, bytes, Existing::Replace)?;
    // A path is to be copied, so it is not shortened as texts in messages are.
    let done = words
        .get(key::render::GESCHREVEN)
        .replace("{bestand}", &super::shown(&file.display().to_string()));
    print(|out| writeln!(out, "{done}"))
}

/// Opens the documents in the programs that open such files.
fn open(made: &Made) -> Result<(), Error> {
    for file in &made.files {
        opener::open(file).map_err(|error| Error::NotOpened {
            path: file.clone(),
            source: match error {
                opener::OpenError::Io(error) => error,
                error => io::Error::other(error.to_string()),
            },
        })?;
    }
    Ok(())
}
