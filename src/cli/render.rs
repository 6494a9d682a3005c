//! `planmaker render`: makes documents of a plan.

mod targets;
mod watch;

use std::io::{self, Write as _};
use std::path::PathBuf;

use clap::{Args, ValueEnum};
use planmaker::document::Document;
use planmaker::error::Error;
use planmaker::facts::Facts;
use planmaker::finding::{Argument, Finding, Findings, Severity};
use planmaker::reading;
use planmaker::render::{self, Data, Format, Request, Theme};
use planmaker::rule::{self, Whole};
use planmaker::view::View;
use planmaker::words::Words;

use super::writing::{self, Existing};
use super::{Status, print, source};
use targets::Target;

/// The options of `render`.
// Each flag stands for itself.
#[allow(clippy::struct_excessive_bools)]
#[derive(Debug, Args)]
pub struct RenderArgs {
    #[arg(default_value = "plan.yaml", value_name = "PLAN")]
    pub plan: PathBuf,
    #[arg(long, value_enum, value_delimiter = ',', value_name = "VORM", default_values_t = [To::Html])]
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

/// Makes the documents, opens them if asked, and goes on doing so while the plan is watched.
pub fn run(args: &RenderArgs, words: Words) -> Result<Status, Error> {
    if args.watch && source::is_stdin(&args.plan) {
        return Err(Error::NoFile { option: "--watch" });
    }
    if args.open && targets::go_to_stdout(args) {
        return Err(Error::NoFile { option: "--open" });
    }
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
    let mut findings = Findings::default();
    let document = Document::read(&source::read(&args.plan)?, &mut findings);
    let (plan, reading) = reading::read(&document, &mut findings);
    let facts = Facts::of(&plan);
    let whole = Whole {
        plan: &plan,
        facts: &facts,
        reading: &reading,
        today: None,
    };
    let silenced = rule::check(&whole, &mut findings);
    let ordered = in_file_order(&document, &findings);
    let refused = if reading.broken {
        Some(words.get("render.onleesbaar").to_owned())
    } else {
        counts(&findings)
            .filter(|_| args.strict)
            .map(|counts| words.text("render.strikt", &counts))
    };
    let noted = ordered
        .iter()
        .map(|finding| Noted::of(finding, &document, words))
        .collect();
    if let Some(why) = refused {
        return Ok(refuse(&why, noted));
    }
    let theme = args.theme.as_deref().map(source::theme).transpose()?;
    let targets = targets::of(args, facts.users.keys().copied())?;
    if targets.is_empty() {
        return Ok(refuse(words.get("render.geen_groepen"), noted));
    }
    // What was read is in the plan now: documents need the room.
    drop(reading);
    drop(document);
    let view = View::of(&plan, &facts, &ordered, &silenced);
    let documents = targets
        .iter()
        .map(|target| make(&view, target, args, theme.as_ref()))
        .collect::<Result<Vec<_>, Error>>()?;
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
    })
}

/// Says why nothing is written. What is wrong is the plan, not the tool.
fn refuse(why: &str, noted: Vec<Noted>) -> Made {
    // When standard error is gone too there is nobody left to tell.
    let _ = writeln!(io::stderr(), "{why}");
    Made {
        status: Status::Findings,
        files: Vec::new(),
        noted,
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

fn in_file_order(document: &Document, findings: &Findings) -> Vec<Finding> {
    let mut findings: Vec<Finding> = findings.iter().cloned().collect();
    findings.sort_by_cached_key(|finding| document.place(&finding.path, &finding.focus).start);
    findings
}

impl Noted {
    fn of(finding: &Finding, document: &Document, words: Words) -> Self {
        let place = document.place(&finding.path, &finding.focus);
        Self {
            severity: finding.severity,
            rule: finding.rule,
            path: finding.path.to_string(),
            title: words.text(
                &format!("regels.{}.titel", finding.rule),
                &finding.arguments,
            ),
            line: place.start.line,
            column: place.start.column,
        }
    }
}

fn make(
    view: &View<'_>,
    target: &Target<'_>,
    args: &RenderArgs,
    theme: Option<&Theme>,
) -> Result<Vec<u8>, Error> {
    let request = |format: Format| Request {
        format,
        layout: target.layout,
        templates: args.templates.as_deref(),
        mermaid: args.mermaid,
        theme,
    };
    Ok(match target.to {
        To::Html => render::render(view, request(Format::Html))?.into_bytes(),
        To::Md => render::render(view, request(Format::Markdown))?.into_bytes(),
        To::Json => render::data(view, Data::Json)?,
        To::Yaml => render::data(view, Data::Yaml)?,
    })
}

fn write(target: &Target<'_>, bytes: &[u8], words: Words) -> Result<(), Error> {
    let Some(file) = &target.file else {
        return print(|out| out.write_all(bytes));
    };
    writing::write(file, bytes, Existing::Replace)?;
    // A path is to be copied, so it is not shortened as texts in messages are.
    let done = words
        .get("render.geschreven")
        .replace("{bestand}", &super::shown(&file.display().to_string()));
    print(|out| writeln!(out, "{done}"))
}

/// Opens the documents in the programs that open such files.
fn open(made: &Made) -> Result<(), Error> {
    for file in &made.files {
        opener::open(file).map_err(|error| Error::NotOpened {
            path: file.clone(),
            cause: error.to_string(),
        })?;
    }
    Ok(())
}
