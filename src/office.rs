//! Documents for the office: Word (docx) and OpenDocument (odt).
//!
//! They are made from the elements of a page, so that they say what the page says, also with the user's own templates. The same page
//! gives the same bytes.

mod content;
mod form;
mod odt;
mod package;
mod page;
mod place;
mod widths;
mod word;
mod xml;

use jiff::civil::{Date, date};

use crate::plan::Language;
use crate::render::RenderError;
use crate::render::plain::plain_line;
use crate::scaffold::{Answers, Form};
use crate::value::Answer;
use crate::view::View;
use crate::words::{Words, key};
use content::Contents;
pub(crate) use package::made_on_unix;
pub use word::{LeftOut, Reference, ReferenceError};

/// The day on which the document of a plan without a date and a start was made.
const WITHOUT_DATE: Date = date(2020, 1, 1);

/// Limit on the title at the top of each page and in the properties, in characters.
const LONGEST_TITLE: usize = 160;

/// Limit on each of the other properties, in characters.
const LONGEST_PROPERTY: usize = 255;

/// Returns the Word document with what a page has, which was rendered from that view, in a house style or in ours.
///
/// # Errors
///
/// If it exceeds the maximum size of a document.
pub fn docx(
    view: &View<'_>,
    page: &str,
    reference: Option<&Reference>,
) -> Result<Vec<u8>, RenderError> {
    let (contents, about) = read(view, page);
    word::document(&contents, &about, reference).map_err(|_| RenderError::TooLarge)
}

/// Returns the OpenDocument text with what a page has, which was rendered from that view.
///
/// # Errors
///
/// If it exceeds the maximum size of a document.
pub fn odt(view: &View<'_>, page: &str) -> Result<Vec<u8>, RenderError> {
    let (contents, about) = read(view, page);
    odt::document(&contents, &about).map_err(|_| RenderError::TooLarge)
}

/// Returns a Word document with the questions of a new plan, to fill in.
///
/// # Errors
///
/// If it exceeds the maximum size of a document.
pub fn blank_form(words: Words, answers: &Answers, form: Form) -> Result<Vec<u8>, RenderError> {
    let contents = form::contents(words, answers, form);
    let title = answers.title.as_deref().map(plain_line);
    let title = title.unwrap_or_else(|| words.get(key::document::IMPLEMENTATIEPLAN).to_owned());
    let about = About {
        running_title: shortened(&title, LONGEST_TITLE),
        title: shortened(&title, LONGEST_PROPERTY),
        organisations: shortened(&words.list(answers.organisations.clone()), LONGEST_PROPERTY),
        ..About::of_nothing(words)
    };
    word::document(&contents, &about, None).map_err(|_| RenderError::TooLarge)
}

fn read(view: &View<'_>, page: &str) -> (Contents, About) {
    let contents = Contents::of(&page::body(page));
    let title = page::title(page).unwrap_or_default();
    (contents, About::of(view, &title))
}

/// What is known of a document besides its text.
struct About {
    title: String,
    authors: String,
    organisations: String,
    /// The tag of its language.
    language: &'static str,
    day: Date,
    /// The title and the status at the top of pages.
    running_title: String,
    status: String,
    /// The texts around the number of a page and that of all pages.
    page_of: [String; 3],
}

impl About {
    fn of(view: &View<'_>, title: &str) -> Self {
        let words = view.words();
        let header = view.plan.header.given();
        let authors = header.map(|header| &header.authors);
        let authors = authors.into_iter().flat_map(Answer::all);
        let organisations = header.map(|header| &header.organisations);
        let organisations = organisations.into_iter().flat_map(Answer::all);
        let list = |texts: Vec<String>| shortened(&words.list(texts), LONGEST_PROPERTY);
        let day = header.and_then(|header| header.date.given());
        let day = day.map(|day| day.date()).or(view.facts().start);
        let title = plain_line(title);
        Self {
            running_title: shortened(&plain_line(view.title), LONGEST_TITLE),
            title: shortened(&title, LONGEST_PROPERTY),
            authors: list(authors.map(|it| plain_line(it.as_str())).collect()),
            organisations: list(organisations.map(|it| plain_line(it.as_str())).collect()),
            day: day.unwrap_or(WITHOUT_DATE),
            status: if view.is_draft {
                words.choice("status_plan", "concept")
            } else {
                String::new()
            },
            ..Self::of_nothing(words)
        }
    }

    /// What is known of any document in a language.
    fn of_nothing(words: Words) -> Self {
        let page_of = words.get(key::tekstdocument::BLADZIJDE);
        let (before, rest) = page_of.split_once("{nummer}").unwrap_or((page_of, ""));
        let (between, after) = rest.split_once("{totaal}").unwrap_or((rest, ""));
        Self {
            title: String::new(),
            authors: String::new(),
            organisations: String::new(),
            language: match words.language() {
                Language::Dutch => "nl-NL",
                Language::English => "en-GB",
            },
            day: WITHOUT_DATE,
            running_title: String::new(),
            status: String::new(),
            page_of: [before, between, after].map(str::to_owned),
        }
    }
}

/// The beginning of a text that is too long.
fn shortened(text: &str, most: usize) -> String {
    if text.chars().count() <= most {
        return text.to_owned();
    }
    let beginning: String = text.chars().take(most - 1).collect();
    beginning.trim_end().to_owned() + "…"
}
