//! Selecting rows: by clicks, by the rubber band, by commands, and when items are listed that were waited for.

use super::browser::Browser;
use super::input::ClickModifiers;
use super::selection::SelectionMark;
use coffer_model::{Entry, Listing, RemotePath};
use std::collections::HashSet;
use std::sync::Arc;

impl Browser {
    /// The selected items in the order of the rows, without those in an unfolded folder that is selected as well: what is
    /// done with that is done with them.
    pub fn selected_entries(&self) -> Vec<&Entry> {
        let Some(listing) = self.listing.value() else { return Vec::new() };
        let mut rows: Vec<usize> =
            self.selection.paths.iter().filter_map(|path| listing.row_of(path)).collect();
        rows.sort_unstable();
        let mut entries: Vec<&Entry> = Vec::with_capacity(rows.len());
        for row in rows {
            let entry = &listing.entries[row];
            // All that is in a folder follows it, so the last one that was kept is the only one that can be around it.
            let is_inside = listing.level_of(row) > 0
                && entries.last().is_some_and(|around| around.path.contains(&entry.path));
            if !is_inside {
                entries.push(entry);
            }
        }
        entries
    }

    /// As [`Self::selected_entries`], to be kept.
    pub(super) fn cloned_selection(&self) -> Vec<Entry> {
        self.selected_entries().into_iter().cloned().collect()
    }

    /// The selected item when there is exactly one.
    pub fn only_selected(&self) -> Option<&Entry> {
        let mut paths = self.selection.paths.iter();
        let path = paths.next()?;
        if paths.next().is_some() {
            return None;
        }
        self.listing.value()?.entry_of(path)
    }

    pub fn cursor_row(&self) -> Option<usize> {
        let cursor = self.selection.cursor.as_ref()?;
        self.listing.value()?.row_of(cursor)
    }

    /// What Enter and Space act on: the row of the cursor when it is selected or nothing is, else the selected one.
    pub(super) fn subject(&self) -> Option<&Entry> {
        let selection = &self.selection;
        let cursor = selection.cursor.as_ref();
        match cursor.filter(|cursor| selection.paths.is_empty() || selection.paths.contains(cursor)) {
            Some(cursor) => self.listing.value()?.entry_of(cursor),
            None => self.only_selected(),
        }
    }

    /// As [`Browser::subject`], but nothing when several are selected.
    pub(super) fn subject_alone(&self) -> Option<&Entry> {
        if self.selection.paths.len() > 1 { None } else { self.subject() }
    }

    pub(super) fn click(&mut self, row: usize, modifiers: ClickModifiers) {
        let Some(listing) = self.rows_to_select() else { return };
        let Some(entry) = listing.entries.get(row) else { return };
        let selection = &mut self.selection;
        if modifiers.secondary && selection.contains(&entry.path) {
            selection.cursor = Some(entry.path.clone());
        } else if modifiers.extend {
            selection.extend(&listing, row, modifiers.toggle);
        } else if modifiers.toggle {
            selection.toggle(&entry.path);
        } else {
            selection.select_only(&entry.path);
        }
    }

    /// Selects the first row, unless keys have something to act on.
    pub(super) fn begin_in_rows(&mut self) {
        let Some(listing) = self.rows_to_select().filter(|_| self.subject().is_none()) else { return };
        if let Some(first) = listing.entries.first().filter(|_| self.selection.paths.is_empty()) {
            self.selection.select_only(&first.path);
            self.reveal = Some(0);
        }
    }

    /// Moves the cursor to a row, which is then the selected one.
    pub(super) fn point_at(&mut self, row: usize) {
        let Some(listing) = self.rows_to_select() else { return };
        if let Some(entry) = listing.entries.get(row) {
            self.selection.select_only(&entry.path);
            self.reveal = Some(row);
        }
    }

    pub(super) fn clear_selection(&mut self) {
        self.selection.paths.clear();
        self.selection.anchor = None;
        self.changed = true;
    }

    pub(super) fn select_all(&mut self) {
        let Some(listing) = self.rows_to_select() else { return };
        let selection = &mut self.selection;
        selection.paths = listing.entries.iter().map(|entry| entry.path.clone()).collect();
    }

    pub(super) fn invert_selection(&mut self) {
        let Some(listing) = self.rows_to_select() else { return };
        let selection = &mut self.selection;
        let old = std::mem::take(&mut selection.paths);
        selection.paths = listing
            .entries
            .iter()
            .filter(|entry| !old.contains(&entry.path))
            .map(|entry| entry.path.clone())
            .collect();
    }

    /// Selects these rows and no others; keys go on from the first of them.
    pub(super) fn select_found(&mut self, found: &Listing) {
        let Some(listing) = self.rows_to_select() else { return };
        let rows: Vec<usize> = found.entries.iter().filter_map(|entry| listing.row_of(&entry.path)).collect();
        let Some(&first) = rows.iter().min() else { return };
        self.selection.select_only(&listing.entries[first].path);
        self.selection.paths.extend(rows.iter().map(|&row| listing.entries[row].path.clone()));
        self.reveal = Some(first);
    }

    pub(super) fn toggle_selected(&mut self) {
        if self.rows_to_select().is_none() {
            return;
        }
        if let Some(cursor) = self.selection.cursor.clone() {
            self.selection.toggle(&cursor);
        }
    }

    pub(super) fn rubber_band(&mut self, rows: &[usize], keep: bool) {
        let Some(listing) = self.rows_to_select() else { return };
        let selection = &mut self.selection;
        let before = selection
            .before_band
            .get_or_insert_with(|| if keep { selection.paths.clone() } else { HashSet::new() });
        let under = rows.iter().filter_map(|&row| listing.entries.get(row)).map(|entry| &entry.path);
        selection.paths = before.iter().chain(under.clone()).cloned().collect();
        if let Some(last) = under.clone().next_back() {
            selection.anchor = under.clone().next().cloned();
            selection.cursor = Some(last.clone());
        }
    }

    /// The rows, for a change of the selection by the person: what was to be selected later no longer is.
    pub(super) fn rows_to_select(&mut self) -> Option<Arc<Listing>> {
        self.select_when_listed.clear();
        self.changed = true;
        self.listing.value().cloned()
    }

    pub(super) fn selection_mark(&self) -> SelectionMark {
        (self.selection.cursor.clone(), self.selection.paths.len())
    }

    /// Selects items now if they are there, else as soon as they are listed.
    pub(super) fn select_when_listed(&mut self, items: Vec<RemotePath>) {
        self.select_when_listed = items;
        if let Some(listing) = self.listing.value().cloned() {
            self.select_listed(&listing);
        }
    }

    /// Selects those that were waited for and have come.
    pub(super) fn select_listed(&mut self, listing: &Listing) {
        let wanted = &self.select_when_listed;
        let rows: Vec<usize> = wanted.iter().filter_map(|path| listing.row_of(path)).collect();
        let all_there = rows.len() == wanted.len();
        let Some(first) = rows.iter().min().copied() else { return };
        let selection = &mut self.selection;
        selection.select_only(&listing.entries[first].path);
        selection.paths.extend(rows.iter().map(|&row| listing.entries[row].path.clone()));
        self.reveal = Some(first);
        self.changed = true;
        if all_there {
            self.select_when_listed.clear();
        }
    }

    /// Carries the selection over to new rows: what is gone is no longer selected, and a cursor whose row is gone
    /// goes to the next row that is still there.
    pub(super) fn keep_selection(&mut self, old: Option<&Listing>, new: &Listing) {
        if !new.complete {
            return;
        }
        let selection = &mut self.selection;
        selection.paths.retain(|path| new.row_of(path).is_some());
        if selection.anchor.as_ref().is_some_and(|path| new.row_of(path).is_none()) {
            selection.anchor = None;
        }
        let lost = selection.cursor.as_ref().filter(|path| new.row_of(path).is_none());
        if let Some(cursor) = lost {
            selection.cursor = old.and_then(|old| {
                let row = old.row_of(cursor)?;
                let (before, after) = old.entries.split_at(row);
                let still_there = |entry: &&Entry| new.row_of(&entry.path).is_some();
                let neighbour = after.iter().find(still_there).or(before.iter().rev().find(still_there));
                neighbour.map(|entry| entry.path.clone())
            });
        }
    }
}
