//! `planmaker render`: writes the documents of a plan.

mod names;
mod pdf;
mod targets;
mod watch;

use std::io::{self, IsTerminal as _, Write as _};
use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};
use jiff::Zoned;
use jiff::civil::Date;
use planmaker::report;
use planmaker::{
    Argument, Checked, Counts, Document, Finding, LeftOut, Reference, Refusal, RenderError,
    Renderer, Request, Severity, Theme, View, Words, key,
};

use super::error::Error;
use super::writing::{self, Batch, Existing};
use super::{
    Status, args, contained, print, print_bytes, shown_argument, shown_path, source, warn,
};
use pdf::Browser;
use targets::Target;

/// The maximum number of documents that `--open` opens: each takes a window.
const MAX_OPENED: usize = 10;

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

    /// The day of the view, which only the document on progress shows: today, unless `--op` names another.
    fn standing_day(&self) -> Option<Date> {
        let needs_day = self.view.contains(&ViewName::Voortgang);
        self.op.or_else(|| needs_day.then(|| Zoned::now().date()))
    }

    fn read_theme(&self) -> Result<Option<(Theme, Vec<u8>)>, Error> {
        let theme = self.theme.as_deref();
        let theme = theme.map(|path| source::theme(path, |path| self.read(path)));
        theme.transpose()
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
        let has_pdf = formats.contains(&To::Pdf);
        if self.theme.is_some() && !has_pdf && !formats.contains(&To::Html) {
            return no_use("theme", ("to", "html"));
        }
        if self.reference.is_some() && !formats.contains(&To::Docx) {
            return no_use("reference", ("to", "docx"));
        }
        if self.browser.is_some() && !has_pdf {
            return no_use("browser", ("to", "pdf"));
        }
        let is_office = formats.iter().all(|to| matches!(to, To::Xlsx | To::Ics));
        if is_office && self.view.iter().any(|view| *view != ViewName::Plan) {
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
            && !self.view.iter().any(is_of_group)
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

/// The outcome of rendering once.
#[derive(Debug)]
struct Outcome {
    status: Status,
    /// The files written.
    files: Vec<PathBuf>,
    /// The findings in the plan, in file order.
    findings: Vec<PlacedFinding>,
    /// The numbers of errors and warnings in words, without those that are zero.
    open_points: Vec<String>,
    /// The number of findings, also of those that are not listed.
    left: usize,
    /// Whether the plan was read to its end, so that there are no other findings.
    is_whole: bool,
}

/// A finding with its title and place.
#[derive(Debug)]
struct PlacedFinding {
    severity: Severity,
    rule: &'static str,
    /// The path in the plan, which stays the same when lines move.
    path: String,
    title: String,
    line: usize,
    column: usize,
}

impl Outcome {
    /// The outcome for a plan of which nothing is written.
    fn of(checked: &Checked, findings: &[&Finding], words: Words) -> Self {
        let counts = checked.findings.counts();
        let placed = |finding: &&Finding| PlacedFinding::of(finding, &checked.document, words);
        Self {
            status: Status::Findings,
            files: Vec::new(),
            findings: findings.iter().map(placed).collect(),
            open_points: open_points(&counts, words),
            left: counts.total(),
            is_whole: checked.is_whole(),
        }
    }
}

/// Renders all documents, and only then replaces any file.
fn once(args: &RenderArgs, words: Words) -> Result<Outcome, Error> {
    let plan = args.read(&args.plan)?;
    let copy = args.templates.as_ref().map(|_| plan.clone());
    let checked = Checked::new(Document::read(&plan), args.op);
    let ordered = checked.findings_in_file_order();
    let outcome = Outcome::of(&checked, &ordered, words);
    let refused = if checked.is_whole() {
        not_strict_enough(args, &outcome.open_points, words)
    } else {
        let text = key::render::ONLEESBAAR;
        Some(unreadable(text, &args.plan, &checked, words))
    };
    if let Some(reason) = refused {
        return Ok(refuse(&reason, outcome));
    }
    let sources = Sources {
        plan: copy,
        theme: args.read_theme()?,
        reference: args
            .reference
            .as_deref()
            .map(source::reference)
            .transpose()?,
    };
    if let (Some(reference), Some(file)) = (&sources.reference, &args.reference) {
        warn(left_out(reference, file, words));
    }
    let view = View::of(&checked);
    let view = match args.standing_day() {
        Some(day) => view.on(day),
        None => view,
    };
    let targets = targets::of(args, &view)?;
    if targets.is_empty() {
        let reason = if args.view.contains(&ViewName::Groep) {
            key::render::GEEN_GROEPEN
        } else {
            key::render::GEEN_GESPREK
        };
        return Ok(refuse(words.get(reason), outcome));
    }
    let mut output = Output::of(args)?;
    let (rendered, refused) = render(&view, &targets, args, &sources, words, &mut output);
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

/// The message for a plan with open points, if `--strict` asks for one without.
fn not_strict_enough(args: &RenderArgs, points: &[String], words: Words) -> Option<String> {
    if !args.strict || points.is_empty() {
        return None;
    }
    let arguments = [
        (
            "optie",
            Argument::Whole(args::shown_option("strict", words)),
        ),
        ("check", Argument::Whole(check_command(args))),
        ("punten", Argument::List(points.to_vec())),
    ];
    Some(words.text(key::render::STRIKT, &arguments))
}

/// The message for a plan that could not be read to its end.
pub fn unreadable(text: &str, plan: &Path, checked: &Checked, words: Words) -> String {
    // Parsing stops at the last of these.
    let stop = checked
        .findings_in_file_order()
        .into_iter()
        .rfind(|finding| ["yaml-ongeldig", "bestand-te-groot"].contains(&finding.rule.name));
    let file = shown_path(plan);
    let (mut place, mut problem) = (file.clone(), String::new());
    if let Some(stop) = stop {
        let stop = PlacedFinding::of(stop, &checked.document, words);
        place = format!("{file}:{}:{}", stop.line, stop.column);
        problem = super::shown(&stop.title);
    }
    words
        .get(text)
        .replace("{plek}", &place)
        .replace("{bestand}", &file)
        .replace("{wat}", &problem)
}

/// Reports why nothing is written: because of the plan, not because of an error.
fn refuse(reason: &str, outcome: Outcome) -> Outcome {
    // There is nowhere to report that standard error is closed.
    let _ = writeln!(io::stderr(), "{reason}");
    outcome
}

/// The numbers of errors and warnings in words, as "2 fouten" and "1 waarschuwing", without those that are zero.
fn open_points(counts: &Counts, words: Words) -> Vec<String> {
    let numbers = [
        (Severity::Error, key::verslag::FOUTEN),
        (Severity::Warning, key::verslag::WAARSCHUWINGEN),
    ];
    numbers
        .into_iter()
        .map(|(severity, text)| (counts.of(severity), text))
        .filter(|(count, _)| *count > 0)
        .map(|(count, text)| words.text(text, &[("aantal", Argument::Count(count))]))
        .collect()
}

/// Prints how many errors and warnings stand open, and the command that shows them.
fn report_open_points(outcome: &Outcome, args: &RenderArgs) -> Result<(), Error> {
    let points = &outcome.open_points;
    if points.is_empty() || outcome.status != Status::Clean {
        return Ok(());
    }
    let line = format!("{}: {}", points.join(", "), check_command(args));
    if targets::go_to_stdout(args) {
        warn([line]);
        return Ok(());
    }
    print(|out| writeln!(out, "{line}"))
}

fn check_command(args: &RenderArgs) -> String {
    format!("planmaker check {}", shown_argument(&args.plan))
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

impl PlacedFinding {
    fn of(finding: &Finding, document: &Document, words: Words) -> Self {
        let place = document.place(&finding.path, &finding.focus);
        Self {
            severity: finding.severity,
            rule: finding.rule.name,
            path: report::shown_path(&finding.path),
            title: report::title(finding, words),
            line: place.start.line,
            column: place.start.column,
        }
    }
}

/// The sources of documents.
struct Sources {
    /// The plan as it was read, for own templates, which are rendered in another process.
    plan: Option<Vec<u8>>,
    theme: Option<(Theme, Vec<u8>)>,
    /// The house style of Word files.
    reference: Option<Reference>,
}

/// The warnings about what of a Word file does not reach the document.
fn left_out(reference: &Reference, file: &Path, words: Words) -> Vec<String> {
    let texts = reference.left_out().map(|what| match what {
        LeftOut::Macros => key::storing::referentie::MACROS,
        LeftOut::Outside => key::storing::referentie::BUITEN,
        LeftOut::Parts => key::storing::referentie::DELEN,
    });
    let path = [("pad", Argument::Whole(shown_path(file)))];
    texts.map(|text| words.text(text, &path)).collect()
}

/// Renders all documents of a plan, and returns warnings about its house style. Each is out of memory before the next is rendered.
fn render(
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
    let theme = sources.theme.as_ref().map(|(theme, _)| theme);
    let renderer = Renderer::of(view);
    let mut render = |target: &Target<'_>| {
        let bytes = match target.template_format() {
            Some(format) => {
                let document = renderer.render(Request {
                    format,
                    layout: target.layout,
                    templates: None,
                    mermaid: args.mermaid,
                    theme,
                })?;
                target.finish(view, document, args, sources)?
            }
            None => target.data(view)?,
        };
        output.add(target, bytes)
    };
    let outcome = targets.iter().try_for_each(&mut render);
    let theme = theme.zip(args.theme.as_ref());
    let refused = theme.map(|(theme, file)| refused_tokens(theme, file, words));
    (outcome, refused.unwrap_or_default())
}

/// The documents to render with the user's own templates.
fn job(targets: &[Target<'_>], args: &RenderArgs, sources: &Sources) -> contained::Render {
    let documents = targets.iter().filter_map(|target| {
        let format = target.template_format()?;
        Some(contained::Document::of(format, target.layout))
    });
    let css = sources.theme.as_ref();
    let css = css.map(|(_, bytes)| String::from_utf8_lossy(bytes).into_owned());
    contained::Render {
        documents: documents.collect(),
        days: [args.op, args.standing_day()],
        mermaid: args.mermaid,
        theme: css.zip(args.theme.clone()),
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

/// The documents that are rendered and not written yet.
#[derive(Debug)]
struct Output {
    files: Batch,
    /// The only document, if it goes to standard output.
    to_stdout: Vec<u8>,
    has_empty_calendar: bool,
}

impl Output {
    fn of(args: &RenderArgs) -> Result<Self, Error> {
        let mut files = Batch::new(Existing::Replace);
        if let Some(folder) = targets::folder(args) {
            files.create_folder(folder)?;
        }
        Ok(Self {
            files,
            to_stdout: Vec::new(),
            has_empty_calendar: false,
        })
    }

    fn add(&mut self, target: &Target<'_>, document: Vec<u8>) -> Result<(), Error> {
        self.has_empty_calendar |= target.to == To::Ics && is_empty_calendar(&document);
        if let Some(file) = &target.file {
            return self.files.add(file, document);
        }
        self.to_stdout = document;
        Ok(())
    }

    /// Writes all documents, and returns the files.
    fn write(self, words: Words) -> Result<Vec<PathBuf>, Error> {
        let (files, written) = self.files.commit();
        let reported = report_written(&files, words);
        written?;
        reported?;
        print_bytes(&self.to_stdout)?;
        if self.has_empty_calendar {
            warn([words.get(key::render::LEGE_AGENDA).to_owned()]);
        }
        Ok(files)
    }
}

/// Whether a calendar has no events. Programs for calendars do not say so when they read it.
fn is_empty_calendar(calendar: &[u8]) -> bool {
    let event = b"BEGIN:VEVENT";
    !calendar.windows(event.len()).any(|piece| piece == event)
}

/// Prints the names of the files that were written.
fn report_written(files: &[PathBuf], words: Words) -> Result<(), Error> {
    let text = words.get(key::render::GESCHREVEN);
    print(|out| {
        files
            .iter()
            .try_for_each(|file| writeln!(out, "{}", text.replace("{bestand}", &shown_path(file))))
    })
}

/// Opens the documents in the user's default programs, if they are many only the first.
fn open(files: &[PathBuf], words: Words) -> Result<(), Error> {
    let opened = &files[..files.len().min(MAX_OPENED)];
    for file in opened {
        // A relative path could be read as an option or an address: `-x.html`, `mailto:x.html`.
        let absolute = std::path::absolute(file);
        let opened = absolute.is_ok_and(|file| opener::open(file).is_ok());
        opened
            .then_some(())
            .ok_or_else(|| Error::NotOpened(file.clone()))?;
    }
    if opened.len() == files.len() {
        return Ok(());
    }
    let numbers = [
        ("documenten", Argument::Count(files.len())),
        ("aantal", Argument::Count(opened.len())),
    ];
    print(|out| writeln!(out, "{}", words.text(key::render::GEOPEND, &numbers)))
}
