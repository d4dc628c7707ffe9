//! What a list of deleted items says beside them: which were deleted together, when, and what was in which folder.

use super::RemotePath;
use jiff::Timestamp;
use std::ops::Range;

/// What stands beside the rows of a list of deleted items.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct DeletedSummary {
    /// The latest first. Their rows follow each other.
    pub deletions: Vec<Deletion>,
    /// One for each row.
    pub rows: Vec<DeletedRow>,
    /// Of how many items it is still being asked when they were deleted, and what they were.
    pub pending: usize,
}

/// What one person or program has deleted at once.
#[derive(Clone, Debug, PartialEq)]
pub struct Deletion {
    /// The row of its first item.
    pub first_row: usize,
    pub time: DeletionTime,
    /// The nearest folder around all of its items.
    pub folder: RemotePath,
    /// How many items it has, without what was in their folders.
    pub items: DeletedCounts,
    /// The size of all files in it, where that of each is known.
    pub bytes: Option<u64>,
}

/// How many deleted items were what.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct DeletedCounts {
    pub files: usize,
    pub folders: usize,
    /// Either.
    pub unknown: usize,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum DeletionTime {
    Unknown,
    /// This computer heard of it then, some time after it had happened.
    Before(Timestamp),
    At(Timestamp),
}

/// Where a row stands among the others of its deletion.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct DeletedRow {
    /// In how many folders it is that were deleted with it.
    pub level: u16,
    /// How many of the rows that follow were in it.
    pub contents: u32,
}

impl DeletedCounts {
    pub fn total(self) -> usize {
        self.files + self.folders + self.unknown
    }
}

impl DeletionTime {
    pub fn timestamp(self) -> Option<Timestamp> {
        match self {
            Self::Unknown => None,
            Self::Before(time) | Self::At(time) => Some(time),
        }
    }
}

impl DeletedSummary {
    /// Some of the rows are in a folder that is another one.
    pub fn has_contents(&self) -> bool {
        self.rows.iter().any(|row| row.contents > 0)
    }

    /// The deletion that a row belongs to.
    pub fn deletion_of(&self, row: usize) -> Option<usize> {
        self.deletions.partition_point(|deletion| deletion.first_row <= row).checked_sub(1)
    }

    /// The rows of a deletion.
    pub fn rows_of(&self, deletion: usize) -> Range<usize> {
        let begin = |index: usize| self.deletions.get(index).map_or(self.rows.len(), |it| it.first_row);
        begin(deletion)..begin(deletion + 1)
    }
}
