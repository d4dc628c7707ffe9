//! A folder as it was at a moment: what its items were then, and what has become of them since.

use super::{RemotePath, Sort};
use jiff::Timestamp;

/// A folder as it was at a moment, found by where it was then or is now.
#[derive(Clone, Debug, PartialEq)]
pub struct PastQuery {
    pub folder: RemotePath,
    pub at: Timestamp,
    pub sort: Sort,
}

/// What has become of an item of then.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SinceThen {
    /// It is still the same.
    Unchanged,
    /// There is another version now.
    Changed,
    Deleted,
    /// It is at this path now.
    Moved(RemotePath),
    /// It was not there then, and is now.
    Added,
    /// Nobody can tell whether it was there then.
    Unknown,
    /// It was there, but nobody can tell which version.
    VersionUnknown,
    /// It was there in a version whose content the service does not keep any more.
    NotKept,
    /// The service is still to be asked.
    Pending,
}

/// How many files below a folder have become what since then.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct SinceCounts {
    pub changed: u64,
    pub deleted: u64,
    pub moved: u64,
    pub added: u64,
    pub unknown: u64,
    pub not_kept: u64,
    pub pending: u64,
}

impl SinceCounts {
    pub fn add(&mut self, since: &SinceThen) {
        let count = match since {
            SinceThen::Unchanged => return,
            SinceThen::Changed => &mut self.changed,
            SinceThen::Deleted => &mut self.deleted,
            SinceThen::Moved(_) => &mut self.moved,
            SinceThen::Added => &mut self.added,
            SinceThen::Unknown | SinceThen::VersionUnknown => &mut self.unknown,
            SinceThen::NotKept => &mut self.not_kept,
            SinceThen::Pending => &mut self.pending,
        };
        *count += 1;
    }

    pub fn add_all(&mut self, other: &Self) {
        self.changed += other.changed;
        self.deleted += other.deleted;
        self.moved += other.moved;
        self.added += other.added;
        self.unknown += other.unknown;
        self.not_kept += other.not_kept;
        self.pending += other.pending;
    }

    /// All that are not what they were.
    pub fn total(&self) -> u64 {
        self.changed + self.deleted + self.moved + self.added + self.unknown + self.not_kept + self.pending
    }
}

/// What a listing of a folder at a moment says beside its items.
#[derive(Clone, Debug, PartialEq)]
pub struct PastSummary {
    pub at: Timestamp,
    /// What has become of each item, in the order of the listing.
    pub since: Vec<SinceThen>,
    /// What has become of the files below each item, in the order of the listing; nothing for a file.
    pub below: Vec<SinceCounts>,
    /// What has become of everything below the folder.
    pub counts: SinceCounts,
    /// How many items were there then, without folders.
    pub files: u64,
    /// How many lists of versions have been read, and how many are needed as far as is known.
    pub read: u64,
    pub needed: u64,
    /// The index has seen everything that happened at that moment and later. Else something that was moved or deleted may be
    /// left out, and something that was moved here may have been elsewhere.
    pub is_observed: bool,
}

/// Changes of a folder that followed each other closely.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ChangeGroup {
    pub first: Timestamp,
    pub last: Timestamp,
    pub count: u64,
}
