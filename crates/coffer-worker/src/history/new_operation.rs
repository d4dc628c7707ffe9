//! An operation that has just been done, as it is written to the history.

use super::inverse::Inverse;
use coffer_model::{Entry, OperationId, OperationItem, OperationKind, RemotePath};

#[derive(Clone, Debug)]
pub(crate) struct NewOperation {
    /// Given out before ([`super::HistoryStore::reserve`]), so that it is kept once, however often it is recorded.
    pub reserved: Option<OperationId>,
    pub kind: OperationKind,
    /// The first of its items; the others are counted only.
    pub items: Vec<OperationItem>,
    pub item_count: u64,
    /// Where the first item was before.
    pub before: Option<RemotePath>,
    pub files: u64,
    pub bytes: u64,
    /// Items that could not be changed.
    pub failed: u64,
    pub inverse: Option<Inverse>,
}

impl NewOperation {
    /// More items are not listed.
    pub(super) const MOST_ITEMS: usize = 200;

    pub(crate) fn new(kind: OperationKind, inverse: Option<Inverse>) -> Self {
        let (items, before) = (Vec::new(), None);
        Self { reserved: None, kind, items, item_count: 0, before, files: 0, bytes: 0, failed: 0, inverse }
    }

    /// Adds an item that is at `path` now, or was there until it was deleted.
    pub(crate) fn add_item(&mut self, path: &RemotePath, is_folder: bool, bytes: Option<u64>) {
        self.item_count += 1;
        if self.items.len() < Self::MOST_ITEMS {
            self.items.push(OperationItem { path: path.to_string(), is_folder, bytes });
        }
    }

    /// Adds an item with what is known of its size.
    pub(crate) fn add_entry(&mut self, entry: &Entry) {
        self.add_item(&entry.path, entry.is_folder(), entry.size_bytes());
        self.files += match &entry.totals {
            Some(totals) => totals.files,
            None => u64::from(entry.file().is_some()),
        };
        self.bytes += entry.size_bytes().unwrap_or(0);
    }
}
