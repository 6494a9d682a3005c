//! Work with the user's own templates, in a process of its own: templates can ask for any amount of memory, time and stack, and the
//! template engine bounds only the number of steps.
//!
//! The program runs itself with a job on standard input, and limits itself before it starts. It only reads, and sends what it
//! makes to the program that started it, which writes the files. If it dies, that program looks for the place in the templates.
//! Systems without such limits do the work in the program itself.

mod limits;
mod search;

use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use jiff::civil::Date;
use planmaker::{
    Checked, Format, Language, Layout, Logo, OwnTemplates, RenderError, Renderer, Request, Theme,
    ThemeError, View, Words, key, lint,
};
use serde::{Deserialize, Serialize};

use super::error::Error;
use super::{own_templates, render, shown_path, templates};
use search::{Place, Search, place_of_death};

/// The argument with which the program starts itself, before the folder of templates.
const ARGUMENT: &str = "--with-own-templates";

/// Limit on the address space of the process, in bytes. The largest document takes half of it.
const MOST_MEMORY: u64 = 1 << 30;

/// Limit on the address space while the place is searched at which it is too little. Many tries follow each other.
const MOST_MEMORY_OF_TRY: u64 = 256 << 20;

/// Limit on the processor time of a document, in seconds. The steps that a document may take are fewer.
const MOST_SECONDS: u64 = 10;

/// Limit on the processor time of `templates --check`, in seconds: it renders dozens of documents.
const MOST_SECONDS_OF_CHECK: u64 = 60;

/// The work of the process.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Job {
    is_dutch: bool,
    /// Documents of a plan, or all documents of `templates --check`.
    render: Option<Render>,
    /// Search for the steps after which the process dies, from this document on.
    find: Option<Search>,
}

/// Documents of a plan.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Render {
    pub documents: Vec<Document>,
    /// The day for findings, and that of the view.
    pub days: [Option<Date>; 2],
    pub mermaid: bool,
    /// The house style and the path of its file.
    pub theme: Option<(String, PathBuf)>,
    /// The file of the logo.
    pub logo: Option<Vec<u8>>,
}

/// A document of a plan.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Document {
    is_page: bool,
    view: Kind,
}

/// A layout.
#[derive(Debug, Clone, Serialize, Deserialize)]
enum Kind {
    Plan,
    Summary,
    Group(String),
    RedThread,
    Interview(String),
    Progress,
}

impl Document {
    pub fn of(format: Format, layout: Layout<'_>) -> Self {
        Self {
            is_page: format == Format::Html,
            view: match layout {
                Layout::Plan => Kind::Plan,
                Layout::Summary => Kind::Summary,
                Layout::Group(id) => Kind::Group(id.to_owned()),
                Layout::RedThread => Kind::RedThread,
                Layout::Interview(id) => Kind::Interview(id.to_owned()),
                Layout::Progress => Kind::Progress,
            },
        }
    }

    const fn format(&self) -> Format {
        if self.is_page {
            Format::Html
        } else {
            Format::Markdown
        }
    }

    fn layout(&self) -> Layout<'_> {
        match &self.view {
            Kind::Plan => Layout::Plan,
            Kind::Summary => Layout::Summary,
            Kind::Group(id) => Layout::Group(id),
            Kind::RedThread => Layout::RedThread,
            Kind::Interview(id) => Layout::Interview(id),
            Kind::Progress => Layout::Progress,
        }
    }
}

/// A message of the process.
#[derive(Debug, Serialize, Deserialize)]
enum Reply {
    Document(String),
    /// Why a document cannot be rendered.
    Refused(String),
    /// The house style sets nothing that the document uses.
    ThemeRefused,
    Warnings(Vec<String>),
    /// The number of the document that is rendered next.
    Starts(usize),
    /// The lines of `templates --check`, and whether there is no mistake.
    Checked(String, bool),
    /// The place in the own templates after a number of steps.
    Survived {
        document: usize,
        steps: u64,
        place: Option<(String, Option<usize>)>,
    },
}

/// The outcome of rendering the documents of a plan, with warnings.
pub struct Rendered {
    /// Why there are not all documents.
    pub outcome: Result<(), Error>,
    /// About the house style.
    pub refused_tokens: Vec<String>,
    /// About templates that no document uses.
    pub unused: Vec<String>,
}

/// Renders documents of a plan with the templates in a folder, and hands out each as soon as it is there.
pub fn render(
    folder: &Path,
    plan: &[u8],
    render: Render,
    words: Words,
    add: &mut dyn FnMut(String) -> Result<(), Error>,
) -> Result<Rendered, Error> {
    own_templates::open(folder)?;
    let job = Job::new(Some(render), words);
    let mut outcome = Ok(());
    let mut warnings = Vec::new();
    let mut current = 0;
    let end = run(folder, &job, plan, &mut |reply| {
        match reply {
            Reply::Document(text) => add(text)?,
            Reply::Refused(message) => outcome = Err(Error::Template(message)),
            Reply::ThemeRefused => outcome = Err(RenderError::Theme(ThemeError::NoTokens).into()),
            Reply::Warnings(lines) => warnings.push(lines),
            Reply::Starts(nr) => current = nr,
            Reply::Checked(..) | Reply::Survived { .. } => {}
        }
        Ok(())
    })?;
    if end == End::Died {
        let place = place_of_death(folder, &job, plan, current);
        outcome = Err(Error::Template(message(place, folder, words)));
    }
    let mut warnings = warnings.into_iter();
    Ok(Rendered {
        outcome,
        refused_tokens: warnings.next().unwrap_or_default(),
        unused: warnings.next().unwrap_or_default(),
    })
}

/// Lints the templates in a folder. Returns the lines to print, and whether there is no mistake.
pub fn check(folder: &Path, words: Words) -> Result<(String, bool), Error> {
    own_templates::open(folder)?;
    let job = Job::new(None, words);
    let mut checked = None;
    let end = run(folder, &job, &[], &mut |reply| {
        if let Reply::Checked(lines, is_clean) = reply {
            checked = Some((lines, is_clean));
        }
        Ok(())
    })?;
    match checked.filter(|_| end == End::Normal) {
        Some(checked) => Ok(checked),
        None => Err(Error::Template(message(
            place_of_death(folder, &job, &[], 0),
            folder,
            words,
        ))),
    }
}

/// The message about templates that ask for too much, in words.
fn message(place: Option<Place>, folder: &Path, words: Words) -> String {
    let what = words.get(key::render::fout::AFGEBROKEN);
    match place {
        Some((template, Some(line))) => words
            .get(key::render::fout::SJABLOON)
            .replace("{sjabloon}", &template)
            .replace("{regel}", &line.to_string())
            .replace("{wat}", what),
        place => {
            let template = place.map_or_else(|| shown_path(folder), |(template, _)| template);
            words
                .get(key::render::fout::SJABLOON_ZONDER_REGEL)
                .replace("{sjabloon}", &template)
                .replace("{wat}", what)
        }
    }
}

impl Job {
    fn new(render: Option<Render>, words: Words) -> Self {
        Self {
            is_dutch: words.language() == Language::Dutch,
            render,
            find: None,
        }
    }

    const fn words(&self) -> Words {
        Words::of(if self.is_dutch {
            Language::Dutch
        } else {
            Language::English
        })
    }

    /// Does the work. `limit` sets the processor time, in seconds, that it may take from then on.
    fn perform(
        &self,
        folder: &Path,
        plan: &[u8],
        send: Send<'_>,
        limit: fn(u64),
    ) -> Result<(), Error> {
        let own = own_templates::open(folder)?;
        match (&self.render, self.find) {
            (Some(render), None) => {
                let checked = render.read(plan);
                let view = render.view(&checked);
                self.documents(render, &view, (folder, &own), send, limit);
            }
            (Some(render), Some(search)) => {
                let checked = render.read(plan);
                let view = render.view(&checked);
                let renderer = Renderer::of(&view);
                let (theme, logo) = (render.theme(), render.logo());
                for (nr, document) in render.documents.iter().enumerate() {
                    let request = render.request(document, theme.as_ref(), logo.as_ref());
                    search.document(nr, &renderer, request, &own, send, limit);
                }
            }
            (None, None) => {
                limit(MOST_SECONDS_OF_CHECK);
                let checked = lint::check(own_templates::names(folder).found, &own);
                let (lines, is_clean) = templates::report(&checked, folder, self.words());
                send(Reply::Checked(lines, is_clean));
            }
            (None, Some(search)) => {
                let mut nr = 0;
                lint::each_document(|renderer, request| {
                    search.document(nr, renderer, request, &own, send, limit);
                    nr += 1;
                });
            }
        }
        Ok(())
    }

    /// Renders the documents until one is refused.
    fn documents(
        &self,
        render: &Render,
        view: &View<'_>,
        (folder, own): (&Path, &OwnTemplates),
        send: Send<'_>,
        limit: fn(u64),
    ) {
        let words = self.words();
        let (theme, logo) = (render.theme(), render.logo());
        let renderer = Renderer::of(view);
        for (nr, document) in render.documents.iter().enumerate() {
            limit(MOST_SECONDS);
            send(Reply::Starts(nr));
            let request = Request {
                templates: Some(own),
                ..render.request(document, theme.as_ref(), logo.as_ref())
            };
            let made = renderer
                .render(request)
                .map_err(|error| lint::blame(error, &renderer, request));
            match made {
                Ok(text) => send(Reply::Document(text)),
                Err(error) => {
                    send(match error {
                        RenderError::Theme(_) => Reply::ThemeRefused,
                        error => Reply::Refused(error.message(words)),
                    });
                    break;
                }
            }
        }
        let tokens = theme.as_ref().zip(render.theme.as_ref());
        let tokens = tokens.map(|(theme, (_, file))| render::refused_tokens(theme, file, words));
        send(Reply::Warnings(tokens.unwrap_or_default()));
        limit(MOST_SECONDS);
        let is_theme = |name: &String| {
            let theme = render.theme.as_ref();
            theme.is_some_and(|(_, file)| *file == folder.join(name))
        };
        let mut names = own_templates::names(folder).found;
        names.retain(|name| !is_theme(name));
        let unused = lint::unused(&names, own);
        send(Reply::Warnings(templates::unused(&unused, words).collect()));
    }
}

impl Render {
    fn read(&self, plan: &[u8]) -> Checked {
        Checked::new(planmaker::Document::read(plan), self.days[0])
    }

    fn view<'c>(&self, checked: &'c Checked) -> View<'c> {
        let view = View::of(checked);
        match self.days[1] {
            Some(day) => view.on(day),
            None => view,
        }
    }

    fn theme(&self) -> Option<Theme> {
        let (css, _) = self.theme.as_ref()?;
        Theme::read(css.as_bytes()).ok()
    }

    fn logo(&self) -> Option<Logo> {
        Logo::read(self.logo.as_ref()?).ok()
    }

    fn request<'r>(
        &self,
        document: &'r Document,
        theme: Option<&'r Theme>,
        logo: Option<&'r Logo>,
    ) -> Request<'r> {
        Request {
            format: document.format(),
            layout: document.layout(),
            templates: None,
            mermaid: self.mermaid,
            theme,
            logo,
        }
    }
}

type Send<'s> = &'s mut dyn FnMut(Reply);

type Receive<'r> = &'r mut dyn FnMut(Reply) -> Result<(), Error>;

/// The end of the process.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum End {
    Normal,
    #[cfg_attr(not(unix), allow(dead_code, reason = "systems without limits"))]
    /// The system ended it: it asked for too much.
    Died,
}

/// Does the work if this process was started for that.
pub fn child() -> Option<ExitCode> {
    let mut arguments = std::env::args_os().skip(1);
    if arguments.next()? != ARGUMENT {
        return None;
    }
    let folder = PathBuf::from(arguments.next()?);
    let mut input = Vec::new();
    io::stdin().lock().read_to_end(&mut input).ok()?;
    let end = input.iter().position(|byte| *byte == b'\n')?;
    let (job, plan) = input.split_at(end);
    let job: Job = serde_json::from_slice(job).ok()?;
    limits::set_memory(match job.find {
        Some(_) => MOST_MEMORY_OF_TRY,
        None => MOST_MEMORY,
    });
    let mut out = io::BufWriter::new(io::stdout().lock());
    let mut send = |reply| {
        let sent = serde_json::to_writer(&mut out, &reply).map_err(io::Error::from);
        let sent = sent.and_then(|()| out.flush());
        if sent.is_err() {
            // Nobody waits for the rest.
            #[allow(clippy::exit, reason = "there is no one to report to")]
            std::process::exit(1);
        }
    };
    let done = job.perform(&folder, plan.get(1..)?, &mut send, limits::set_time);
    Some(if done.is_ok() {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    })
}

/// Starts the process, and receives what it sends.
#[cfg(unix)]
fn run(folder: &Path, job: &Job, plan: &[u8], receive: Receive<'_>) -> Result<End, Error> {
    use std::os::unix::process::ExitStatusExt;
    use std::process::{Command, Stdio};

    let mut received = Ok(());
    let mut start = || {
        let mut child = Command::new(std::env::current_exe()?)
            .arg(ARGUMENT)
            .arg(folder)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()?;
        let mut input = child.stdin.take().ok_or(io::ErrorKind::BrokenPipe)?;
        let sent = serde_json::to_vec(job)
            .map_err(io::Error::from)
            .and_then(|job| {
                [&job, &b"\n"[..], plan]
                    .iter()
                    .try_for_each(|it| input.write_all(it))
            });
        drop(input);
        let output = child.stdout.take().ok_or(io::ErrorKind::BrokenPipe)?;
        let replies = serde_json::Deserializer::from_reader(io::BufReader::new(output));
        // What it was sending when it died is of no use.
        let replies = replies.into_iter().map_while(Result::ok);
        received = { replies }.try_for_each(&mut *receive);
        let output = child.wait_with_output()?;
        sent.map(|()| output)
    };
    let output = start().map_err(Error::NotContained)?;
    received?;
    if output.status.signal().is_some() {
        return Ok(End::Died);
    }
    if output.status.success() {
        return Ok(End::Normal);
    }
    // There is nowhere to report that standard error is closed.
    let _ = io::stderr().write_all(&output.stderr);
    Err(Error::NotContained(io::ErrorKind::Other.into()))
}

/// Does the work in this process.
#[cfg(not(unix))]
fn run(folder: &Path, job: &Job, plan: &[u8], receive: Receive<'_>) -> Result<End, Error> {
    let mut received = Ok(());
    let mut send = |reply| {
        if received.is_ok() {
            received = receive(reply);
        }
    };
    job.perform(folder, plan, &mut send, |_| {})?;
    received.map(|()| End::Normal)
}
