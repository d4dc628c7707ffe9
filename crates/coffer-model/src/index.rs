//! What the index of an account knows: how far it is, equal files, and what has changed.

use super::{Entry, RemotePath, Rev};
use jiff::Timestamp;
use std::path::PathBuf;

/// How far the index of the open account is.
#[derive(Clone, Debug, PartialEq)]
pub struct IndexStatus {
    pub phase: IndexPhase,
    /// What is in it.
    pub files: u64,
    pub folders: u64,
    pub bytes: u64,
    /// When the service was last asked what has changed; `None` before the index is complete.
    pub as_of: Option<Timestamp>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum IndexPhase {
    /// It is being filled. What part of the bytes of the account it has, in percent, where the account tells how many there are.
    Building { percent: Option<u8> },
    /// It is to be filled, but the network costs by the byte.
    Metered,
    /// Everything is in it, as of the last time the service was asked.
    Complete,
    /// It can't be kept on this computer.
    Unavailable,
}

impl Default for IndexStatus {
    fn default() -> Self {
        Self { phase: IndexPhase::Unavailable, files: 0, folders: 0, bytes: 0, as_of: None }
    }
}

/// What an update of the index has found.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct IndexReport {
    pub status: IndexStatus,
    /// Where it is kept; `None` where it is not.
    pub file: Option<PathBuf>,
    /// What it takes on the disk.
    pub file_bytes: u64,
    /// The file was damaged or of another version, so everything is listed anew. Told once.
    pub was_replaced: bool,
    /// Folders that were listed and compared.
    pub checked_folders: u64,
    /// Items that the index knew otherwise, or not, or that are not there. They are mended.
    pub differences: u64,
    /// Folders of which it did not know rightly what is below them. They are mended.
    pub wrong_totals: u64,
}

/// What a query has found in the index.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct FoundItems {
    /// In order; not more than were asked for.
    pub entries: Vec<Entry>,
    /// How many items match.
    pub count: u64,
    /// The size of all files that match.
    pub bytes: u64,
    /// Filters that can’t be understood, as they were typed.
    pub mistakes: Vec<String>,
}

/// An item that has what was typed as letters of its path, in their order.
#[derive(Clone, Debug, PartialEq)]
pub struct PathMatch {
    pub entry: Entry,
    /// Which letters of the path these are, counted from 0 behind the first slash; rising.
    pub letters: Vec<u32>,
}

/// By what the found items are ordered.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum SearchSort {
    /// The best match first.
    #[default]
    Match,
    Largest,
    Smallest,
    Newest,
    Oldest,
}

/// Files with one content, the oldest first.
#[derive(Clone, Debug, PartialEq)]
pub struct DuplicateGroup {
    pub files: Vec<Entry>,
    /// Of each of them.
    pub size_bytes: u64,
}

impl DuplicateGroup {
    /// What all but one of them take.
    pub fn wasted_bytes(&self) -> u64 {
        self.size_bytes * (self.files.len() as u64).saturating_sub(1)
    }
}

/// What was changed elsewhere, by other people or programs.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct News {
    /// The folders in which something was changed since the person last looked into them.
    pub folders: Vec<RemotePath>,
    /// What was changed since this was told before, the latest first.
    pub changes: Vec<LoggedChange>,
}

/// One change of the account.
#[derive(Clone, Debug, PartialEq)]
pub struct LoggedChange {
    /// Rises with each change.
    pub number: i64,
    pub kind: ChangeKind,
    pub is_folder: bool,
    pub path: RemotePath,
    /// When this computer heard of it.
    pub seen: Timestamp,
    /// Where a moved item was before.
    pub old_path: Option<RemotePath>,
    /// How many files went with a deleted or moved folder.
    pub files: u64,
    pub bytes: Option<u64>,
    pub rev: Option<Rev>,
    /// The version that was there before.
    pub old_rev: Option<Rev>,
    /// The id of the account that made it, where the service tells.
    pub modified_by: Option<String>,
    /// What that person is called, where that is known.
    pub modified_by_name: Option<String>,
    /// How many more of its kind there are in its folder that are not told one by one, because they are many. They came before it.
    pub further: u64,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ChangeKind {
    Added,
    Edited,
    Moved,
    Deleted,
}
