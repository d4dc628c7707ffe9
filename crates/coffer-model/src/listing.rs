//! The rows of a location, already in the order in which they are shown: the worker sorts.

use super::{DeletedRow, DeletedSummary, Deletion, Entry, PastSummary, RemotePath, RowGroups, Sort};
use std::collections::{HashMap, HashSet};
use std::sync::Arc;

/// A snapshot of the items of one place. Shared by pointer, never changed after it was made.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Listing {
    /// In the order of `sort`.
    pub entries: Vec<Entry>,

    /// Where each item stands in `entries`, by [`RemotePath::lower`].
    pub index: HashMap<Arc<str>, u32>,

    pub sort: Sort,

    /// As `sort` groups them.
    pub groups: RowGroups,

    /// In how many unfolded folders each row is; empty where none is in any.
    pub levels: Vec<u16>,

    /// False while further pages are on their way.
    pub complete: bool,

    /// Bytes of its files, and of those in its folders where they are known.
    pub total_bytes: u64,

    /// What a search says of its matches; `None` where nothing was searched.
    pub search: Option<SearchSummary>,

    /// What a folder at a moment says of its items; `None` for what is there now.
    pub past: Option<Arc<PastSummary>>,

    /// What a list of deleted items says of them; `None` for all others.
    pub deleted: Option<Arc<DeletedSummary>>,

    /// How many items are not in it, because what the account says of them can't be read.
    pub unreadable: usize,
}

impl Listing {
    /// Takes entries that are in the order of `sort`.
    pub fn new(entries: Vec<Entry>, sort: Sort, complete: bool) -> Self {
        let index =
            entries.iter().zip(0..).map(|(entry, row)| (Arc::clone(entry.path.lower()), row)).collect();
        let total_bytes = entries.iter().map(Entry::taken_bytes).sum();
        Self {
            entries,
            index,
            sort,
            groups: RowGroups::default(),
            levels: Vec::new(),
            complete,
            total_bytes,
            search: None,
            past: None,
            deleted: None,
            unreadable: 0,
        }
    }

    #[must_use]
    pub fn with_groups(self, groups: RowGroups) -> Self {
        Self { groups, ..self }
    }

    #[must_use]
    pub fn with_unreadable(self, unreadable: usize) -> Self {
        Self { unreadable, ..self }
    }

    pub fn row_of(&self, path: &RemotePath) -> Option<usize> {
        self.index.get(path.lower()).map(|&row| row as usize)
    }

    pub fn entry_of(&self, path: &RemotePath) -> Option<&Entry> {
        self.row_of(path).and_then(|row| self.entries.get(row))
    }

    /// Some of its rows, in their order. They stay in their groups.
    #[must_use]
    pub fn narrowed_to(&self, entries: Vec<Entry>) -> Self {
        let rows = || entries.iter().filter_map(|entry| self.row_of(&entry.path));
        let groups = self.groups.of_rows(rows());
        let levels =
            if self.levels.is_empty() { Vec::new() } else { rows().map(|row| self.level_of(row)).collect() };
        let listing = Self::new(entries, self.sort, self.complete).with_groups(groups);
        Self { levels, unreadable: self.unreadable, ..listing }
    }

    /// Of a list of deleted items those that are in no folder but in unfolded ones.
    #[must_use]
    pub fn of_unfolded(&self, unfolded: &HashSet<RemotePath>) -> Self {
        let places = self.deleted.as_ref().map_or(&[][..], |deleted| &deleted.rows);
        let mut shown = Vec::new();
        let mut row = 0;
        while let (Some(entry), Some(place)) = (self.entries.get(row), places.get(row)) {
            shown.push((row, *place));
            let is_folded = place.contents > 0 && !unfolded.contains(&entry.path);
            row += 1 + if is_folded { place.contents as usize } else { 0 };
        }
        self.of_deleted(&shown)
    }

    /// Of a list of deleted items these, rising, each for itself whatever folder it was in.
    #[must_use]
    pub fn of_found(&self, found: &[Entry]) -> Self {
        let rows = found.iter().filter_map(|entry| self.row_of(&entry.path));
        self.of_deleted(&rows.map(|row| (row, DeletedRow::default())).collect::<Vec<_>>())
    }

    /// These rows alone, and where each stands then.
    fn of_deleted(&self, rows: &[(usize, DeletedRow)]) -> Self {
        let entries = rows.iter().map(|(row, _)| self.entries[*row].clone()).collect();
        let listing = Self::new(entries, self.sort, self.complete);
        let deleted = self.deleted.as_ref().map(|all| {
            let mut deletions: Vec<Deletion> = Vec::new();
            let mut last = None;
            for (place, (row, _)) in rows.iter().enumerate() {
                let deletion = all.deletion_of(*row);
                if deletion != last
                    && let Some(deletion) = deletion
                {
                    deletions.push(Deletion { first_row: place, ..all.deletions[deletion].clone() });
                }
                last = deletion;
            }
            let rows = rows.iter().map(|(_, row)| *row).collect();
            DeletedSummary { deletions, rows, pending: all.pending }.into()
        });
        Self { deleted, unreadable: self.unreadable, ..listing }
    }
}

/// What a search says of its matches beside listing them.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct SearchSummary {
    /// How many items of the index match, of which the first are listed.
    pub count: u64,
    /// The size of all of them.
    pub bytes: u64,
    /// The row from which on are matches that only the service has found, by what is in the files.
    pub service_from: usize,
    /// Filters that can’t be understood, as they were typed.
    pub mistakes: Vec<String>,
}
