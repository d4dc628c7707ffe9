//! What one or more transfers have uploaded or downloaded, for one toast that says so.

use coffer_model::Direction;
use std::collections::BTreeSet;

#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct TransferSummary {
    pub(super) direction: Direction,
    pub(super) files: u64,
    /// Of transfers that had no files.
    pub(super) folders: u64,
    /// Files that were there already.
    pub(super) skipped: u64,
    /// Items that have another name on this computer.
    pub(super) renamed: u64,
    /// The folders in which it can be shown, in words.
    pub(super) targets: BTreeSet<String>,
}

impl TransferSummary {
    pub(super) fn add(&mut self, other: Self) {
        self.files += other.files;
        self.folders += other.folders;
        self.skipped += other.skipped;
        self.renamed += other.renamed;
        self.targets.extend(other.targets);
    }
}
