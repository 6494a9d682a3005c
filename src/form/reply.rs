//! What a page does next.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;
use serde_json::Value;

/// The effects of an event. What is absent stays as it is.
#[derive(Debug, Clone, PartialEq, Default, Serialize)]
pub struct Reply {
    /// The elements to replace.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub patches: Vec<Patch>,
    /// The text of the plan, to keep.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub text: Option<String>,
    /// The undo list, to keep.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub undo: Option<Value>,
    /// The parts that were visited, to keep.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub visited: Option<BTreeSet<String>>,
    /// What a screen reader says.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub say: Option<String>,
    /// The id of the element that gets the focus.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub focus: Option<String>,
    /// The title of the page.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    /// The part of the address behind `#`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub hash: Option<String>,
    /// The suggested name of the plan's file.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// The file that the bytes are.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub file: Option<File>,
    /// The differences that were asked for, as HTML.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub differences: Option<String>,
    /// The reason that nothing was changed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub refused: Option<String>,
    /// The words that the page itself needs.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub words: BTreeMap<&'static str, &'static str>,
    /// The contents of the file.
    #[serde(skip)]
    pub bytes: Vec<u8>,
}

/// The replacement of an element of the page.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Patch {
    /// The id of the element.
    pub id: String,
    /// The new element.
    pub html: String,
}

/// The name and kind of a file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct File {
    /// Its name.
    pub name: String,
    /// Its media type.
    #[serde(rename = "type")]
    pub media_type: &'static str,
}
