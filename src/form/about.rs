//! The request of a user about a question or thing.

use super::block::Asked;
use super::build::Builder;
use crate::editing;
use crate::value::path::{Path, Step};
use crate::words::FieldText;

/// A request of the user, which the page shows until there is another one.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) enum About {
    #[default]
    Nothing,
    /// Everything that can be chosen at a path.
    Options(Path),
    /// Whether to remove the thing at a path.
    Removal(Path),
    /// Another name for it.
    Name(Path),
    /// The reason of an exception to a rule at a path.
    Reason(String, Path),
}

/// The most places that name a thing that are listed.
const MOST_PLACES: usize = 8;

impl Builder<'_> {
    /// The question about the thing at a path, if the user asked for one.
    pub(super) fn asked(&self, path: &Path) -> Option<Asked> {
        let about = match self.about {
            About::Removal(at) if at == path => "remove",
            About::Name(at) if at == path => "rename",
            _ => return None,
        };
        let references = editing::references(&self.checked.document, path);
        let mut places: Vec<String> = Vec::new();
        for reference in &references {
            let place = self.place(reference);
            if !places.contains(&place) && places.len() < MOST_PLACES {
                places.push(place);
            }
        }
        Some(Asked {
            about,
            references: references.len(),
            places,
        })
    }

    /// A path in words: the part of the plan, and the thing in it.
    fn place(&self, path: &Path) -> String {
        let part = match path.first() {
            Some(Step::Key(key)) => self.words.field(key, FieldText::Label),
            _ => "",
        };
        let mut at = path.clone();
        while at != Path::root() {
            if let Some(name) = self.things.name_at(&at) {
                return format!("{part}: {name}");
            }
            at.pop();
        }
        part.to_owned()
    }
}
