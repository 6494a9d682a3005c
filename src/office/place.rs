//! Where a block stands in a file, which decides its style.

use super::content::{Apart, Cell, Row};

/// Where a block stands.
#[allow(clippy::struct_excessive_bools, reason = "each is independent")]
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Place {
    pub in_cell: bool,
    pub is_column_head: bool,
    pub is_number: bool,
    pub is_bold: bool,
    pub apart: Option<Apart>,
    /// How deep the list is in which it stands.
    pub lists: usize,
}

impl Place {
    /// The place in a cell.
    pub fn in_cell(cell: &Cell, row: &Row, is_head: bool) -> Self {
        Self {
            in_cell: true,
            is_column_head: is_head,
            is_number: cell.is_number,
            is_bold: row.is_total || (cell.is_head && !is_head),
            ..Self::default()
        }
    }

    /// The same place for bold texts.
    pub fn bold(self) -> Self {
        Self {
            is_bold: true,
            ..self
        }
    }

    /// The place in a list that stands here.
    pub fn in_list(self) -> Self {
        Self {
            lists: self.lists + 1,
            ..self
        }
    }
}
