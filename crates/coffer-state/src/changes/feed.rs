//! The changes that are known, and how the person looks at them. They are put in groups by the window, which knows where
//! days begin.

use super::ChangeSpan;
use coffer_model::{
    ChangeKind, DeletedKind, Entry, EntryKind, File, LastVersion, LoggedChange, RemotePath, Rev,
};
use jiff::Timestamp;
use std::collections::{HashMap, HashSet};
use std::sync::Arc;

#[derive(Default)]
pub struct ChangeFeed {
    /// The latest first.
    pub changes: Arc<Vec<LoggedChange>>,
    /// Where each stands among them, by its number.
    places: HashMap<i64, usize>,
    pub span: ChangeSpan,
    /// When the person looked at them the time before.
    pub looked: Option<Timestamp>,
    /// The groups whose changes are listed.
    unfolded: HashSet<i64>,
    /// Rises whenever the lines to be drawn are others.
    pub version: u64,
}

impl ChangeFeed {
    /// Without changes, for another account in the same window.
    pub(crate) fn emptied(&self) -> Self {
        Self { span: self.span, version: self.version + 1, ..Self::default() }
    }

    pub fn is_unfolded(&self, group: i64) -> bool {
        self.unfolded.contains(&group)
    }

    pub fn change(&self, number: i64) -> Option<&LoggedChange> {
        self.changes.get(*self.places.get(&number)?)
    }

    pub(super) fn replace(&mut self, changes: &Arc<Vec<LoggedChange>>) {
        if self.changes != *changes {
            self.changes = Arc::clone(changes);
            self.places = changes.iter().zip(0..).map(|(change, place)| (change.number, place)).collect();
            self.version += 1;
        }
    }

    pub(super) fn show(&mut self, span: ChangeSpan) {
        self.span = span;
        self.version += 1;
    }

    pub(super) fn begin_visit(&mut self, looked: Option<Timestamp>) {
        self.looked = looked;
        self.version += 1;
    }

    pub(super) fn unfold(&mut self, group: i64, unfold: bool) {
        if unfold {
            self.unfolded.insert(group);
        } else {
            self.unfolded.remove(&group);
        }
        self.version += 1;
    }

    /// How many versions of a file are newer than the one before a change.
    pub(super) fn versions_since(&self, change: &LoggedChange) -> usize {
        let place = self.places.get(&change.number).copied().unwrap_or_default();
        let later = self.changes.iter().take(place + 1);
        later.filter(|later| later.rev.is_some() && later.path == change.path).count()
    }
}

/// What was deleted, as an item that can be restored.
pub(super) fn deleted_entry(change: &LoggedChange) -> Option<Entry> {
    let size = change.bytes.map_or(LastVersion::Unknown, LastVersion::Size);
    let kind = if change.is_folder { DeletedKind::Folder } else { DeletedKind::File(size) };
    (change.kind == ChangeKind::Deleted).then(|| Entry::new(change.path.clone(), EntryKind::Deleted(kind)))
}

/// The file of a change, as far as the change tells.
pub(super) fn file_entry(path: RemotePath, rev: Rev, change: &LoggedChange) -> Entry {
    let file = File {
        id: "".into(),
        rev,
        size_bytes: change.bytes.unwrap_or_default(),
        client_modified: change.seen,
        server_modified: change.seen,
        content_hash: None,
        access: coffer_model::entry::ContentAccess::Download,
    };
    Entry::new(path, EntryKind::File(file))
}
