//! From a plan with all that is known of it ([`View`]) to a document.
//!
//! A section template says *what* stands in a section, a vocabulary how a format says it. Each format has an environment of its
//! own that escapes whatever a template prints, so no template can forget to. Where a document is written to is not decided
//! here.

mod environment;
mod error;
mod escape;
mod functions;
mod load;
mod loader;
mod lookup;
mod prose;

use std::io::{self, Write as _};
use std::path::Path;
use std::sync::Arc;

use minijinja::value::Serde;

pub use error::RenderError;
pub use loader::templates;

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
    fn escape(self, text: &str) -> String {
        match self {
            Self::Html => escape::html(text),
            Self::Markdown => escape::markdown(text, escape::Position::ANYWHERE),
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

/// Renders a plan. Templates come from the program, and from `overlay` where that folder has a file of the same name.
///
/// # Errors
///
/// When a template cannot be read or has a mistake in it. Nothing of the document is returned then.
pub fn render(
    view: &View<'_>,
    format: Format,
    overlay: Option<&Path>,
) -> Result<String, RenderError> {
    let lookup = Arc::new(Lookup::of(view, format));
    let environment = environment::of(&lookup, overlay)?;
    let mut document = Bounded::default();
    environment
        .get_template("plan.j2")?
        .render_captured_to(Serde(view), &mut document)?;
    Ok(escape::tidy(&document.into_text()))
}
