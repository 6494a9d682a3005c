//! `planmaker render`: writes the documents of a plan.

mod documents;
mod names;
mod outcome;
mod output;
mod pdf;
mod targets;
mod watch;

use std::io::{self, IsTerminal as _};
use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};
use jiff::Zoned;
use jiff::civil::Date;
use planmaker::{Checked, Document, RenderError, View, Words, key};

use super::error::Error;
use super::{Status, source, warn, writing};
use documents::Sources;
pub use documents::refused_tokens;
pub use outcome::unreadable;
use outcome::{Outcome, PlacedFinding, refuse, report_open_points};
use output::{Output, open};
use pdf::Browser;

/// The options of `render`.
#[allow(clippy::struct_excessive_bools, reason = "each is an independent flag")]
#[derive(Debug, Args)]
pub struct RenderArgs {
    #[arg(default_value = "plan.yaml", value_name = "PLAN")]
    pub plan: PathBuf,
    #[arg(long, value_enum, value_delimiter = ',', value_name = "VORM")]
    pub to: Vec<To>,
    #[arg(long, value_enum, value_delimiter = ',', value_name = "WEERGAVE")]
    pub view: Vec<ViewName>,
    #[arg(long, value_name = "ID")]
    pub group: Option<String>,
    #[arg(short, long, value_name = "BESTAND")]
    pub output: Option<PathBuf>,
    #[arg(long, value_name = "MAP")]
    pub templates: Option<PathBuf>,
    #[arg(long, value_name = "BESTAND")]
    pub theme: Option<PathBuf>,
    #[arg(long, value_name = "BESTAND")]
    pub logo: Option<PathBuf>,
    #[arg(long, value_name = "BESTAND")]
    pub reference: Option<PathBuf>,
    #[arg(long, value_name = "PROGRAMMA")]
    pub browser: Option<PathBuf>,
    #[arg(long)]
    pub mermaid: bool,
    #[arg(long)]
    pub strict: bool,
    #[arg(long, value_name = "DATUM", value_parser = super::day)]
    pub op: Option<Date>,
    #[arg(long)]
    pub watch: bool,
    #[arg(long)]
    pub open: bool,
}

/// The format of an output file. Doc comments on the variants would be in completions, in English.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, ValueEnum)]
pub enum To {
    Html,
    Md,
    // The data that templates get, for other programs.
    Yaml,
    Json,
    // For office programs: every view, then the whole plan.
    Docx,
    Odt,
    Pdf,
    Xlsx,
    Ics,
}

/// The kinds of document.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum ViewName {
    Plan,
    #[value(alias = "summary")]
    Samenvatting,
    // One per user group.
    #[value(alias = "group")]
    Groep,
    #[value(alias = "golden-thread")]
    RodeDraad,
    #[value(alias = "progress")]
    Voortgang,
    // One per group to talk with.
    #[value(alias = "interview")]
    Gesprek,
    // All of these.
    #[value(alias = "all")]
    Alle,
}

impl ViewName {
    /// The views that `alle` means, in the order of their names on the command line.
    const ALL: [Self; 6] = [
        Self::Plan,
        Self::Samenvatting,
        Self::Groep,
        Self::RodeDraad,
        Self::Voortgang,
        Self::Gesprek,
    ];
}

impl To {
    /// The name on the command line.
    const fn name(self) -> &'static str {
        match self {
            Self::Html => "html",
            Self::Md => "md",
            Self::Yaml => "yaml",
            Self::Json => "json",
            Self::Docx => "docx",
            Self::Odt => "odt",
            Self::Pdf => "pdf",
            Self::Xlsx => "xlsx",
            Self::Ics => "ics",
        }
    }

    /// Whether it is rendered by templates, and so has a view.
    const fn has_view(self) -> bool {
        matches!(
            self,
            Self::Html | Self::Md | Self::Docx | Self::Odt | Self::Pdf
        )
    }

    /// Whether it is for programs, and of no use on a terminal.
    const fn is_binary(self) -> bool {
        matches!(self, Self::Docx | Self::Odt | Self::Pdf | Self::Xlsx)
    }

    /// The format that a file name's extension means.
    fn of_file(file: &Path) -> Option<Self> {
        Some(match file.extension()?.to_str()?.to_lowercase().as_str() {
            "html" | "htm" => Self::Html,
            "md" | "markdown" => Self::Md,
            "yaml" | "yml" => Self::Yaml,
            "json" => Self::Json,
            "docx" => Self::Docx,
            "odt" => Self::Odt,
            "pdf" => Self::Pdf,
            "xlsx" => Self::Xlsx,
            "ics" => Self::Ics,
            _ => return None,
        })
    }
}

impl RenderArgs {
    /// The output file, if its name has to mean a format.
    fn named_file(&self) -> Option<&Path> {
        let file = self.output.as_deref()?;
        let has_any_name = targets::go_to_stdout(self)
            || targets::folder(self).is_some()
            || writing::is_stream(file);
        (!has_any_name).then_some(file)
    }

    /// The formats to write: those of `--to`, else that of the output file's name, else HTML.
    fn formats(&self) -> Vec<To> {
        if !self.to.is_empty() {
            return self.to.clone();
        }
        vec![self.named_file().and_then(To::of_file).unwrap_or(To::Html)]
    }

    /// Reads the plan or theme. During a watch, a pipe may replace it at any time, and must not block.
    fn read(&self, path: &Path) -> Result<Vec<u8>, Error> {
        if self.watch {
            source::read_file(path)
        } else {
            source::read(path)
        }
    }

    /// The views of `--view`, with `alle` written out.
    fn views(&self) -> Vec<ViewName> {
        if self.view.contains(&ViewName::Alle) {
            return ViewName::ALL.to_vec();
        }
        self.view.clone()
    }

    /// The day of the view, which only the document on progress shows: today, unless `--op` names another.
    fn standing_day(&self) -> Option<Date> {
        let needs_day = self.views().contains(&ViewName::Voortgang);
        self.op.or_else(|| needs_day.then(|| Zoned::now().date()))
    }

    /// Returns an error for options that would have no effect, because they must be a mistake.
    fn reject_useless_options(&self) -> Result<(), Error> {
        if let Some(file) = self.named_file() {
            match (self.to.as_slice(), To::of_file(file)) {
                (_, None) => return Err(Error::UnknownForm(file.to_owned())),
                ([asked], Some(named)) if *asked != named => {
                    return Err(Error::OtherForm {
                        path: file.to_owned(),
                        named: named.name(),
                        asked: asked.name(),
                    });
                }
                _ => {}
            }
        }
        let formats = self.formats();
        let no_use = |option, with| Err(Error::NoUse { option, with });
        if self.mermaid && !formats.contains(&To::Md) {
            return no_use("mermaid", ("to", "md"));
        }
        let of_pages = [("theme", &self.theme), ("logo", &self.logo)];
        if let Some((option, _)) = of_pages.into_iter().find(|(_, file)| file.is_some())
            && !formats.contains(&To::Html)
            && !formats.contains(&To::Pdf)
        {
            return no_use(option, ("to", "html"));
        }
        if self.reference.is_some() && !formats.contains(&To::Docx) {
            return no_use("reference", ("to", "docx"));
        }
        if self.browser.is_some() && !formats.contains(&To::Pdf) {
            return no_use("browser", ("to", "pdf"));
        }
        let is_office = formats.iter().all(|to| matches!(to, To::Xlsx | To::Ics));
        if is_office && self.views().iter().any(|view| *view != ViewName::Plan) {
            return no_use("view", ("to", "html"));
        }
        if self.group.is_some() && is_office && !formats.contains(&To::Ics) {
            return no_use("group", ("to", "ics"));
        }
        let is_of_group = |view: &ViewName| matches!(view, ViewName::Groep | ViewName::Gesprek);
        let is_for_calendar = formats.contains(&To::Ics);
        if self.group.is_some()
            && !is_for_calendar
            && !self.view.is_empty()
            && !self.views().iter().any(is_of_group)
        {
            return no_use("group", ("view", "groep"));
        }
        Ok(())
    }
}

/// Renders the documents once, or after every save.
pub fn run(args: &RenderArgs, words: Words) -> Result<Status, Error> {
    let is_stream =
        targets::go_to_stdout(args) || args.output.as_deref().is_some_and(writing::is_stream);
    if args.watch && (is_stream || targets::is_stdin(&args.plan)) {
        return Err(Error::NoFile { option: "watch" });
    }
    if args.open && is_stream {
        return Err(Error::NoFile { option: "open" });
    }
    if args.output.is_none() && writing::is_open_file(&args.plan) {
        return Err(Error::NoPlace(args.plan.clone()));
    }
    args.reject_useless_options()?;
    let binary = args.formats().into_iter().find(|to| to.is_binary());
    if let Some(binary) = binary.filter(|_| goes_to_terminal(args)) {
        return Err(Error::BinaryToTerminal(binary.name()));
    }
    if args.formats().contains(&To::Pdf) {
        // Fail before anything is made.
        Browser::find(args.browser.as_deref())?;
    }
    if args.watch {
        return watch::run(args, words);
    }
    let outcome = once(args, words)?;
    report_open_points(&outcome, args)?;
    if args.open {
        open(&outcome.files, words)?;
    }
    Ok(outcome.status)
}

/// Whether the document goes to a terminal.
fn goes_to_terminal(args: &RenderArgs) -> bool {
    if targets::go_to_stdout(args) {
        return io::stdout().is_terminal();
    }
    let output = args.output.as_deref();
    output.is_some_and(writing::is_terminal)
}

/// Renders all documents, and only then replaces any file.
fn once(args: &RenderArgs, words: Words) -> Result<Outcome, Error> {
    let plan = args.read(&args.plan)?;
    let copy = args.templates.as_ref().map(|_| plan.clone());
    let checked = Checked::new(Document::read(&plan), args.op);
    let ordered = checked.findings_in_file_order();
    let outcome = Outcome::of(&checked, &ordered, words);
    let refused = if checked.is_whole() {
        outcome::not_strict_enough(args, &outcome.open_points, words)
    } else {
        let text = key::render::ONLEESBAAR;
        Some(unreadable(text, &args.plan, &checked, words))
    };
    if let Some(reason) = refused {
        return Ok(refuse(&reason, outcome));
    }
    let sources = Sources::read(args, copy)?;
    warn(sources.left_out(args, words));
    let view = View::of(&checked);
    let view = match args.standing_day() {
        Some(day) => view.on(day),
        None => view,
    };
    let targets = targets::of(args, &view)?;
    if targets.is_empty() {
        let reason = if args.views().contains(&ViewName::Groep) {
            key::render::GEEN_GROEPEN
        } else {
            key::render::GEEN_GESPREK
        };
        return Ok(refuse(words.get(reason), outcome));
    }
    let mut output = Output::of(args)?;
    let (rendered, refused) =
        documents::render(&view, &targets, args, &sources, words, &mut output);
    let has_refused = !refused.is_empty();
    warn(refused);
    rendered.map_err(|error| match (error, &args.theme) {
        (Error::Render(RenderError::Theme(_)), Some(file)) if has_refused => {
            Error::ThemeRefused(file.clone())
        }
        (error, _) => error,
    })?;
    Ok(Outcome {
        status: Status::Clean,
        files: output.write(words)?,
        ..outcome
    })
}
