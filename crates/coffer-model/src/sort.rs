//! The order of rows.

use serde::{Deserialize, Serialize};

/// How rows are ordered.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(default)]
pub struct Sort {
    pub column: SortColumn,
    pub descending: bool,
    pub folders: FolderOrder,
    pub grouping: Grouping,
}

impl Default for Sort {
    fn default() -> Self {
        Self::by(SortColumn::Name, false)
    }
}

impl Sort {
    pub fn by(column: SortColumn, descending: bool) -> Self {
        Self { column, descending, folders: FolderOrder::default(), grouping: Grouping::default() }
    }

    /// Whether folders come before all files. By size and date, the usual order has those with totals among the files.
    pub fn has_folders_first(self) -> bool {
        match self.folders {
            FolderOrder::Usual => !matches!(self.column, SortColumn::Size | SortColumn::Modified),
            FolderOrder::First => true,
            FolderOrder::Mixed => false,
        }
    }
}

/// Which rows stand together, below headings.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Grouping {
    #[default]
    None,
    Kind,
    /// By the date of the last change.
    Date,
}

/// Where folders stand.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FolderOrder {
    /// First, but by size and date those whose totals are known stand among the files.
    #[default]
    Usual,
    First,
    /// Among the files, whatever the column.
    Mixed,
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
