//! Which rows are selected. Kept by path, so that it survives a refresh and a new order. What changes it is in
//! `selecting` and `keyboard`.

use coffer_model::{Listing, RemotePath};
use std::collections::HashSet;

/// Tells whether the person has selected something else: the row of the cursor, and how many are selected.
pub(crate) type SelectionMark = (Option<RemotePath>, usize);

#[derive(Clone, Debug, Default, PartialEq)]
pub struct Selection {
    pub paths: HashSet<RemotePath>,

    /// Where a Shift range starts.
    pub anchor: Option<RemotePath>,

    /// The row with the focus ring: keys move it, Enter and Space act on it.
    pub cursor: Option<RemotePath>,

    /// Letters typed within a second, and when the last came.
    pub(super) type_ahead: String,
    pub(super) type_ahead_secs: f64,

    /// What was selected when the rubber band began.
    pub(super) before_band: Option<HashSet<RemotePath>>,
}

impl Selection {
    pub fn contains(&self, path: &RemotePath) -> bool {
        self.paths.contains(path)
    }

    /// Without what ends when the place is left.
    pub(super) fn to_keep(&self) -> Self {
        Self { type_ahead: String::new(), before_band: None, ..self.clone() }
    }

    /// What has no row is no longer selected.
    pub(super) fn keep_only(&mut self, listing: &Listing) {
        self.paths.retain(|path| listing.row_of(path).is_some());
        for place in [&mut self.anchor, &mut self.cursor] {
            place.take_if(|path| listing.row_of(path).is_none());
        }
    }

    pub(super) fn select_only(&mut self, path: &RemotePath) {
        self.paths.clear();
        self.paths.insert(path.clone());
        self.anchor = Some(path.clone());
        self.cursor = Some(path.clone());
    }

    pub(super) fn toggle(&mut self, path: &RemotePath) {
        if !self.paths.remove(path) {
            self.paths.insert(path.clone());
        }
        self.anchor = Some(path.clone());
        self.cursor = Some(path.clone());
    }

    /// All rows from the anchor to `row`; `keep` leaves what else is selected.
    pub(super) fn extend(&mut self, listing: &Listing, row: usize, keep: bool) {
        let Some(entry) = listing.entries.get(row) else { return };
        let anchor_row = [&self.anchor, &self.cursor]
            .into_iter()
            .flatten()
            .find_map(|path| listing.row_of(path))
            .unwrap_or(0);
        if !keep {
            self.paths.clear();
        }
        let range = anchor_row.min(row)..=anchor_row.max(row);
        self.paths.extend(listing.entries[range].iter().map(|entry| entry.path.clone()));
        self.anchor = listing.entries.get(anchor_row).map(|entry| entry.path.clone());
        self.cursor = Some(entry.path.clone());
    }
}
