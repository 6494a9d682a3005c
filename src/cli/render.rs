//! `planmaker render`: makes documents of a plan.

use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};
use planmaker::document::Document;
use planmaker::error::Error;
use planmaker::facts::Facts;
use planmaker::finding::{Argument, Finding, Findings, Severity};
use planmaker::reading;
use planmaker::render::{self, Format};
use planmaker::rule::{self, Whole};
use planmaker::view::View;
use planmaker::words::Words;

use super::writing::{self, Existing};
use super::{Status, print, source};

/// The options of `render`.
#[derive(Debug, Args)]
pub struct RenderArgs {
    #[arg(default_value = "plan.yaml", value_name = "PLAN")]
    pub plan: PathBuf,
    #[arg(long, value_enum, value_delimiter = ',', value_name = "VORM", default_values_t = [To::Html])]
    pub to: Vec<To>,
    #[arg(short, long, value_name = "BESTAND")]
    pub output: Option<PathBuf>,
    #[arg(long, value_name = "MAP")]
    pub templates: Option<PathBuf>,
    #[arg(long)]
    pub strict: bool,
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

/// Renders the plan in every form that was asked for, and only then writes any of them.
pub fn run(args: &RenderArgs, words: Words) -> Result<Status, Error> {
    let targets = targets(args)?;
    let mut findings = Findings::default();
    let document = Document::read(&source::read(&args.plan)?, &mut findings);
    let reading = reading::read(&document, &mut findings);
    if reading.broken {
        return Ok(refuse(words.get("render.onleesbaar")));
    }
    let plan = &reading.plan;
    let facts = Facts::of(plan);
    let whole = Whole {
        plan,
        facts: &facts,
        reading: &reading,
        today: None,
    };
    let silenced = rule::check(&whole, &mut findings);
    if let Some(counts) = counts(&findings).filter(|_| args.strict) {
        return Ok(refuse(&words.text("render.strikt", &counts)));
    }
    let view = View::of(
        plan,
        &facts,
        &in_file_order(&document, &findings),
        &silenced,
    );
    let made = targets
        .iter()
        .map(|target| make(&view, target.to, args.templates.as_deref()))
        .collect::<Result<Vec<_>, Error>>()?;
    for (target, bytes) in targets.iter().zip(made) {
        write(target, &bytes, words)?;
    }
    Ok(Status::Clean)
}

/// Says why nothing is written. What is wrong is the plan, not the tool.
fn refuse(why: &str) -> Status {
    // When standard error is gone too there is nobody left to tell.
    let _ = writeln!(io::stderr(), "{why}");
    Status::Findings
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
    findings.sort_by_key(|finding| document.place(&finding.path, &finding.focus).start);
    findings
}

/// A form, and the file that it goes to; standard output if there is none.
#[derive(Debug, Clone)]
struct Target {
    to: To,
    file: Option<PathBuf>,
}

fn targets(args: &RenderArgs) -> Result<Vec<Target>, Error> {
    let mut forms = args.to.clone();
    forms.dedup();
    let is_dash = |path: &Path| path == Path::new("-");
    let to_stdout = args
        .output
        .as_deref()
        .map_or_else(|| is_dash(&args.plan), is_dash);
    let folder = args
        .output
        .as_deref()
        .filter(|output| !is_dash(output) && is_folder(output));
    if forms.len() > 1 && (to_stdout || (args.output.is_some() && folder.is_none())) {
        return Err(Error::OneOutput(
            args.output.clone().unwrap_or_else(|| "-".into()),
        ));
    }
    let target = |to: To| {
        let file = match (&args.output, folder) {
            _ if to_stdout => None,
            (_, Some(folder)) => Some(folder.join(name_of(&args.plan, to))),
            (Some(output), None) => Some(output.clone()),
            (None, None) => Some(args.plan.with_file_name(name_of(&args.plan, to))),
        };
        match &file {
            Some(file) if is_same(file, &args.plan) => Err(Error::OwnPlan(file.clone())),
            _ => Ok(Target { to, file }),
        }
    };
    forms.into_iter().map(target).collect()
}

/// A folder that is there, or a name that can only be one.
fn is_folder(path: &Path) -> bool {
    path.is_dir() || path.as_os_str().as_encoded_bytes().ends_with(b"/")
}

/// `plan.html` for `plan.yaml`. What templates see gets a name that is not a plan's.
fn name_of(plan: &Path, to: To) -> PathBuf {
    let stem = plan
        .file_stem()
        .filter(|stem| *stem != "-")
        .unwrap_or("plan".as_ref());
    let mut name = stem.to_owned();
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

fn make(view: &View<'_>, to: To, templates: Option<&Path>) -> Result<Vec<u8>, Error> {
    let unwritable = |error: String| Error::Unwritable {
        path: "-".into(),
        source: io::Error::other(error),
    };
    let text = match to {
        To::Html => render::render(view, Format::Html, templates)?,
        To::Md => render::render(view, Format::Markdown, templates)?,
        To::Json => {
            serde_json::to_string_pretty(view).map_err(|error| unwritable(error.to_string()))?
                + "\n"
        }
        To::Yaml => serde_yaml::to_string(view).map_err(|error| unwritable(error.to_string()))?,
    };
    Ok(text.into_bytes())
}

fn write(target: &Target, bytes: &[u8], words: Words) -> Result<(), Error> {
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
