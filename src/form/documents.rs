//! The documents of the plan, to look at and to keep.

use serde::Serialize;

use super::block::Choice;
use super::reply::{File, Reply};
use super::session::Session;
use crate::calendar::calendar;
use crate::checked::Checked;
use crate::office::{docx, odt};
use crate::render::{Format, Layout, RenderError, Request, render};
use crate::sheets::workbook;
use crate::view::View;
use crate::words::key;

/// The names of the views of a plan.
const VIEWS: [&str; 6] = [
    "plan",
    "samenvatting",
    "groep",
    "rode-draad",
    "voortgang",
    "gesprek",
];

/// The formats by their names, with the kind of file, and whether a document of its view is made rather than one of all.
const FORMS: [(&str, &str, bool); 6] = [
    (
        "docx",
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        true,
    ),
    ("html", "text/html;charset=utf-8", true),
    (
        "xlsx",
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        false,
    ),
    ("ics", "text/calendar;charset=utf-8", false),
    ("odt", "application/vnd.oasis.opendocument.text", true),
    ("md", "text/markdown;charset=utf-8", true),
];

/// The document that was asked for last.
#[derive(Debug, Clone, Default)]
pub(super) struct Chosen {
    view: String,
    group: String,
}

/// What the screen with documents shows.
#[derive(Debug, Serialize)]
pub(super) struct Documents {
    pub views: Vec<(&'static str, bool)>,
    pub groups: Vec<Choice>,
    pub forms: Vec<&'static str>,
    /// The numbers of points that make the document a draft.
    pub errors: usize,
    pub warnings: usize,
}

impl Session {
    pub(super) fn documents(&self, checked: &Checked) -> Documents {
        let plan = checked.plan();
        let ids = plan.group_ids();
        let first = ids.first().map_or("", |id| id);
        let chosen = ids.get(self.chosen.group.as_str()).map_or(first, |id| id);
        let group = |id: &&str| Choice {
            value: (*id).to_owned(),
            label: plan.party_name(id).into_owned(),
            is_chosen: *id == chosen,
            ..Choice::default()
        };
        let view = VIEWS.iter().find(|view| **view == self.chosen.view);
        let view = view.unwrap_or(&VIEWS[0]);
        let counts = checked.findings.counts();
        Documents {
            views: VIEWS.iter().map(|name| (*name, name == view)).collect(),
            groups: ids.iter().map(group).collect(),
            forms: FORMS.iter().map(|(name, ..)| *name).collect(),
            errors: counts.of(crate::finding::Severity::Error),
            warnings: counts.of(crate::finding::Severity::Warning),
        }
    }

    /// Makes a document.
    pub(super) fn make(
        &mut self,
        view: &str,
        group: Option<String>,
        form: &str,
        reply: &mut Reply,
    ) {
        self.chosen = Chosen {
            view: view.to_owned(),
            group: group.unwrap_or_default(),
        };
        let form = FORMS.iter().find(|(name, ..)| *name == form);
        let (Some(checked), Some((form, media_type, _))) = (&self.checked, form) else {
            return;
        };
        if let Ok((bytes, name)) = self.document(checked, form) {
            reply.bytes = bytes;
            reply.file = Some(File { name, media_type });
        } else {
            let why = self.words.get(key::scherm::geweigerd::DOCUMENT);
            reply.refused = Some(why.to_owned());
        }
    }

    fn document(&self, checked: &Checked, form: &str) -> Result<(Vec<u8>, String), RenderError> {
        let groups = checked.plan().group_ids();
        let group = groups.get(self.chosen.group.as_str()).or(groups.first());
        let group = group.copied().unwrap_or_default();
        let layout = match self.chosen.view.as_str() {
            "samenvatting" => Layout::Summary,
            "groep" => Layout::Group(group),
            "rode-draad" => Layout::RedThread,
            "voortgang" => Layout::Progress,
            "gesprek" => Layout::Interview(group),
            _ => Layout::Plan,
        };
        let mut view = View::of(checked);
        if let Some(today) = self.today.filter(|_| layout == Layout::Progress) {
            view = view.on(today);
        }
        let format = if form == "md" {
            Format::Markdown
        } else {
            Format::Html
        };
        let page = || {
            render(
                &view,
                Request {
                    layout,
                    ..Request::from(format)
                },
            )
        };
        let bytes = match form {
            "docx" => docx(&view, &page()?, None)?,
            "odt" => odt(&view, &page()?)?,
            "xlsx" => workbook(&view)?,
            "ics" => calendar(&view, layout.group())?.into_bytes(),
            _ => page()?.into_bytes(),
        };
        let stem = self.file_name();
        let stem = stem
            .rsplit_once('.')
            .map_or(stem.as_str(), |(stem, _)| stem);
        let is_of_view = FORMS
            .iter()
            .any(|(name, _, is_of_view)| *name == form && *is_of_view);
        let part = layout
            .name(view.language)
            .filter(|_| is_of_view || form == "ics" && layout.group().is_some());
        let name = part.map_or_else(
            || format!("{stem}.{form}"),
            |part| format!("{stem}-{part}.{form}"),
        );
        Ok((bytes, name))
    }
}
