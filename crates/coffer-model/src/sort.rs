//! The order of rows.

use serde::{Deserialize, Serialize};

/// How rows are ordered. Folders come first, but by size and date those whose totals are known stand among the files.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Sort {
    pub column: SortColumn,
    pub descending: bool,
}

impl Default for Sort {
    fn default() -> Self {
        Self { column: SortColumn::Name, descending: false }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SortColumn {
    /// By the Unicode collator, numbers in names by their value.
    Name,
    Size,
    Modified,
    Kind,
}
