//! Two versions of a file beside each other, and how they differ.

use super::{Entry, Preview, WorkingCopyId};
use jiff::Timestamp;
use std::ops::Range;
use std::sync::Arc;

/// Two versions of a file. The first one is shown on the left.
#[derive(Clone, Debug, PartialEq)]
pub enum ComparedFiles {
    /// Those of a working copy in conflict: what it has on this computer, and the file as others changed it.
    Conflict(WorkingCopyId),
    /// Two revisions in the account, the earlier one first.
    Revisions(Box<[Entry; 2]>),
}

#[derive(Clone, Debug, PartialEq)]
pub struct Comparison {
    pub versions: [ComparedVersion; 2],
    pub difference: Difference,
}

/// What is known of one of both without its content.
#[derive(Clone, Debug, PartialEq)]
pub struct ComparedVersion {
    pub name: String,
    pub size_bytes: u64,
    /// When it was changed, where it is: on this computer, or in the account.
    pub modified: Timestamp,
    pub is_on_this_computer: bool,
}

#[derive(Clone, Debug, PartialEq)]
pub enum Difference {
    /// Both have the same bytes.
    None,
    Lines(LineComparison),
    /// Of pictures, each by itself.
    Previews([Arc<Preview>; 2]),
    Bytes {
        /// How many bytes are the same before the first that is not; `None` where the files are too large to be read
        /// for that.
        equal_bytes: Option<u64>,
        /// Both are texts, which are too long to be compared line by line.
        is_long_text: bool,
    },
}

/// Two texts, line by line. Line breaks don’t count: lines that differ in nothing else are the same.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct LineComparison {
    pub texts: [Arc<str>; 2],
    /// From the first lines to the last. Lines that are the same are in the same row.
    pub rows: Vec<ComparedRow>,
    /// The rows of each run of lines that differ, in order.
    pub differences: Vec<Range<usize>>,
    /// How many lines are in the first text alone, and in the second one alone.
    pub own_lines: [usize; 2],
}

/// The lines that are beside each other; at least one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ComparedRow {
    pub lines: [Option<ComparedLine>; 2],
    pub is_equal: bool,
}

/// One line of a text. Offsets are bytes of the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ComparedLine {
    /// From 1.
    pub number: u32,
    pub start: u32,
    /// Without the line break.
    pub end: u32,
    /// The part that is not in the line beside it; all of a line that has none beside it.
    pub changed_start: u32,
    pub changed_end: u32,
}

impl ComparedLine {
    pub fn bytes(&self) -> Range<usize> {
        self.start as usize..self.end as usize
    }

    pub fn changed_bytes(&self) -> Range<usize> {
        self.changed_start as usize..self.changed_end as usize
    }
}
