//! From a plan with all that is known of it ([`View`]) to a document.
//!
//! A section template says *what* stands in a section, a vocabulary how a format says it. Each format has an environment of its
//! own that escapes whatever a template prints, so no template can forget to. Where a document is written to is not decided
//! here.

mod check;
mod environment;
mod error;
mod escape;
mod figures;
mod functions;
mod load;
mod loader;
mod lookup;
mod names;
mod prose;
mod reference;
mod theme;

use std::borrow::Cow;
use std::io::{self, Write as _};
use std::path::Path;
use std::sync::Arc;

use minijinja::value::Serde;

pub use check::{Linted, check};
pub use error::{Mistake, RenderError, cause};
pub use loader::templates;
pub use reference::reference;
pub use theme::{Theme, ThemeError};

use crate::view::View;
use environment::Bounded;
use lookup::Lookup;

/// What a document is written in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Format {
    /// One self-contained page.
    Html,
    /// GitHub Flavored Markdown without any HTML.
    Markdown,
}

impl Format {
    /// Its name in the names of templates.
    const fn name(self) -> &'static str {
        match self {
            Self::Html => "html",
            Self::Markdown => "markdown",
        }
    }

    /// A text as this format shows it.
    fn escape(self, text: &str) -> Cow<'_, str> {
        match self {
            Self::Html => escape::html(text),
            Self::Markdown => escape::markdown(text, escape::Position::ANYWHERE).into(),
        }
    }
}

/// Which document is made of a plan. Each is a template that names its sections and partials, in order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Layout<'p> {
    /// All of it.
    #[default]
    Plan,
    /// One sheet for who decides.
    Summary,
    /// What changes for one user group, by its id.
    Group(&'p str),
    /// The red thread alone, on wide paper.
    RedThread,
}

impl<'p> Layout<'p> {
    /// The template that it is made with.
    const fn template(self) -> &'static str {
        match self {
            Self::Plan => "plan.j2",
            Self::Summary => "samenvatting.j2",
            Self::Group(_) => "groep.j2",
            Self::RedThread => "rode-draad.j2",
        }
    }

    /// What tells its file from that of the whole plan: "samenvatting", "groep-consulenten"; an id that is none cannot lead elsewhere.
    #[must_use]
    pub fn name(self) -> Option<String> {
        match self {
            Self::Plan => None,
            Self::Summary => Some("samenvatting".to_owned()),
            Self::Group(id) => Some(lookup::anchor("groep", id)),
            Self::RedThread => Some("rode-draad".to_owned()),
        }
    }

    /// The group that it is about, if it is about one.
    const fn group(self) -> Option<&'p str> {
        match self {
            Self::Group(id) => Some(id),
            _ => None,
        }
    }
}

/// What is asked of [`render`].
#[derive(Debug, Clone, Copy)]
pub struct Request<'r> {
    /// What the document is written in.
    pub format: Format,
    /// Which document it is.
    pub layout: Layout<'r>,
    /// A folder of templates that go before the program's own of the same name.
    pub templates: Option<&'r Path>,
    /// Whether Markdown has figures as Mermaid charts, which GitHub and GitLab draw.
    pub mermaid: bool,
    /// The house style of a page. Markdown has none.
    pub theme: Option<&'r Theme>,
}

/// The whole plan in that format, by the program's own templates.
impl From<Format> for Request<'_> {
    fn from(format: Format) -> Self {
        Self {
            format,
            layout: Layout::Plan,
            templates: None,
            mermaid: false,
            theme: None,
        }
    }
}

/// What a plan is handed to other programs in, with all that is known of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Data {
    /// JSON, indented.
    Json,
    /// YAML.
    Yaml,
}

/// Writes down what templates see.
///
/// # Errors
///
/// When it grows larger than a document may be.
pub fn data(view: &View<'_>, form: Data) -> Result<Vec<u8>, RenderError> {
    let mut out = Bounded::default();
    let written = match form {
        Data::Json => serde_json::to_writer_pretty(&mut out, view)
            .map_err(io::Error::from)
            .and_then(|()| out.write_all(b"\n")),
        Data::Yaml => serde_yaml::to_writer(&mut out, view).map_err(io::Error::other),
    };
    // In memory nothing else is in the way.
    written.map_err(|_| RenderError::TooLarge)?;
    Ok(out.into_bytes())
}

/// Renders a plan.
///
/// # Errors
///
/// When a template cannot be read or has a mistake in it. Nothing of the document is returned then.
pub fn render<'r>(view: &View<'_>, request: impl Into<Request<'r>>) -> Result<String, RenderError> {
    let request = request.into();
    made(view, &request).map_err(|error| check::blamed(error, view, &request))
}

fn made(view: &View<'_>, request: &Request<'_>) -> Result<String, RenderError> {
    let lookup = Arc::new(Lookup::of(view, request.format, request.layout));
    let environment = environment::of(&lookup, request)?;
    let mut document = Bounded::default();
    environment
        .get_template(request.layout.template())?
        .render_captured_to(Serde(view), &mut document)?;
    Ok(escape::tidy(&document.into_text()))
}
