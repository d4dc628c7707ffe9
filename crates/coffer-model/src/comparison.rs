//! Two files beside each other, and how they differ: two versions of a file, two files, or a version and a file on this
//! computer.

use super::{Entry, Pixels, Preview, WorkingCopyId};
use jiff::Timestamp;
use std::ops::Range;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// What is compared. The first file is shown on the left.
#[derive(Clone, Debug, PartialEq)]
pub enum ComparedFiles {
    /// Those of a working copy in conflict: what it has on this computer, and the file as others changed it.
    Conflict(WorkingCopyId),
    /// Any two files. Of two versions of one file the earlier one is first.
    Pair(Box<[ComparedFile; 2]>),
}

/// One side of a comparison.
#[derive(Clone, Debug, PartialEq)]
pub enum ComparedFile {
    /// A file of the account in one version, the current one or an earlier one.
    Revision(Entry),
    /// A file on this computer.
    Local(PathBuf),
}

impl ComparedFile {
    /// Its name without folders.
    pub fn name(&self) -> String {
        match self {
            Self::Revision(entry) => entry.name().to_owned(),
            Self::Local(local_path) => local_name(local_path),
        }
    }
}

/// The last part of a local path, as text.
pub fn local_name(local_path: &Path) -> String {
    local_path.file_name().unwrap_or(local_path.as_os_str()).to_string_lossy().into_owned()
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
    /// Dropbox’s hash of the content. `None` where the account does not tell it, or nothing needed it.
    pub content_hash: Option<String>,
}

#[derive(Clone, Debug, PartialEq)]
pub enum Difference {
    /// Both have the same bytes.
    None,
    Lines(LineComparison),
    Pictures(PictureComparison),
    Bytes(ByteComparison),
}

/// Two texts, line by line. Line breaks don’t count: lines that differ in nothing else are the same.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct LineComparison {
    pub texts: [Arc<str>; 2],
    pub formats: [TextFormat; 2],
    /// From the first lines to the last. Lines that are the same are in the same row.
    pub rows: Vec<ComparedRow>,
    /// The rows of each run of lines that differ, in order.
    pub differences: Vec<Range<usize>>,
    /// How many lines are in the first text alone, and in the second one alone.
    pub own_lines: [usize; 2],
    /// The words of each text that are not in the line beside theirs, as bytes of the text, in order. A line that has
    /// none beside it, or little in common with it, has no marks: all of it was changed.
    pub marks: [Vec<Range<u32>>; 2],
}

impl LineComparison {
    /// The marks of a text that are within these bytes of it, whole or in part.
    pub fn marks_in(&self, side: usize, bytes: Range<usize>) -> &[Range<u32>] {
        let marks = &self.marks[side];
        let first = marks.partition_point(|mark| mark.end as usize <= bytes.start);
        let count = marks[first..].partition_point(|mark| (mark.start as usize) < bytes.end);
        &marks[first..first + count]
    }

    /// The text of a line, without its break.
    pub fn text_of(&self, side: usize, line: ComparedLine) -> &str {
        self.texts[side].get(line.bytes()).unwrap_or_default()
    }
}

/// How a text is written to its file.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct TextFormat {
    /// "UTF-8", "windows-1252" …
    pub encoding: &'static str,
    pub line_break: LineBreak,
    /// The last line has no break.
    pub is_unterminated: bool,
}

/// The line breaks of a text.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum LineBreak {
    /// There are none.
    #[default]
    None,
    Lf,
    CrLf,
    Mixed,
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
}

impl ComparedLine {
    pub fn bytes(&self) -> Range<usize> {
        self.start as usize..self.end as usize
    }
}

/// Two pictures, of which one may not be readable.
#[derive(Clone, Debug, PartialEq)]
pub struct PictureComparison {
    /// Each by itself.
    pub previews: [Arc<Preview>; 2],
    /// `None` where one of them can’t be shown.
    pub difference: Option<PictureDifference>,
    /// How many bytes of both files are the same before the first that is not; `None` where that was not read.
    pub equal_bytes: Option<u64>,
}

/// Where two pictures differ, both scaled to the larger one’s size.
#[derive(Clone, Debug, PartialEq)]
pub struct PictureDifference {
    /// How much each pixel differs: black where it does not.
    pub pixels: Arc<Pixels>,
    /// The share of pixels that differ enough to be seen, and of those that differ by more than a quarter; 0 to 1.
    pub visible: f32,
    pub strong: f32,
}

/// Two files that are neither texts nor pictures, or are too long to be compared as such.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ByteComparison {
    /// How many bytes are the same before the first that is not; `None` where the files are too large to be read for
    /// that.
    pub equal_bytes: Option<u64>,
    /// Both are texts, which are too long to be compared line by line.
    pub is_long_text: bool,
    /// Some bytes of each from `excerpt_start` on, around the first that differs.
    pub excerpts: [Vec<u8>; 2],
    pub excerpt_start: u64,
}
