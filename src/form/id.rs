//! The ids of elements, which are the paths of what they show.

use crate::value::path::{Path, Step};

/// The id of the control at a path. Other elements of its question have a suffix.
pub(super) fn of(path: &Path) -> String {
    let mut id = "v".to_owned();
    for step in path.steps() {
        match step {
            Step::Index(index) => {
                id.push_str("..");
                id.push_str(&index.to_string());
            }
            Step::Key(key) => {
                id.push('.');
                for c in key.chars() {
                    if c.is_ascii_alphanumeric() || c == '_' || c == '-' {
                        id.push(c);
                    } else {
                        id.push_str(&format!(":{:x}:", u32::from(c)));
                    }
                }
            }
        }
    }
    id
}

/// A path as JSON, for events.
pub(super) fn json(path: &Path) -> String {
    serde_json::to_string(path).unwrap_or_default()
}
