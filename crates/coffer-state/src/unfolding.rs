//! Unfolding folders in the list: what is in them stands below them, and everything can be done with it. What is known of each
//! is in `unfolded_folders`; the worker puts the rows together, where it also narrows them.

use super::browser::Browser;
use super::context::StateContext;
use super::input::Motion;
use super::listing_cache::Narrowing;
use super::{Location, State};
use coffer_model::{Listing, Outcome, RemotePath, Sort, ViewMode};
use std::sync::Arc;

impl Browser {
    fn unfold_folder(&mut self, path: &RemotePath, sort: Sort, context: &mut StateContext) {
        if self.shown_rows.all.is_none() {
            self.shown_rows.all = self.listing.value().cloned();
        }
        self.unfolded.folders.entry(path.clone()).or_default().list(path, sort, context);
    }

    /// Unfolds folders as they were when the location was left, with what is known of them.
    pub(super) fn unfold_again(&mut self, paths: &[RemotePath], sort: Sort, context: &mut StateContext) {
        for path in paths {
            let location = Location::Folder(path.clone());
            let known = self.cache.get(&location, &Narrowing::default()).filter(|known| known.sort == sort);
            let folder = self.unfolded.folders.entry(path.clone()).or_default();
            folder.rows = known;
            folder.list(path, sort, context);
        }
    }

    /// Hides what is in a folder. What was selected there no longer is; the cursor goes to the folder.
    fn fold_folder(&mut self, path: &RemotePath, context: &mut StateContext) {
        self.unfolded.fold(path, context);
        let is_hidden = |other: &RemotePath| path.contains(other) && other != path;
        let selection = &mut self.selection;
        selection.paths.retain(|selected| !is_hidden(selected));
        for place in [&mut selection.anchor, &mut selection.cursor] {
            if place.as_ref().is_some_and(is_hidden) {
                *place = Some(path.clone());
            }
        }
        if self.rename.as_ref().and_then(|rename| rename.entry.as_ref()).is_some_and(|it| is_hidden(&it.path))
        {
            self.rename = None;
        }
        self.changed = true;
        // Wherever the cursor is, the rows stay where they are scrolled.
        let reveal = self.reveal;
        self.narrow(context);
        self.reveal = reveal;
    }

    /// The list of an unfolded folder has ended.
    fn on_unfolded_listed(
        &mut self,
        path: &RemotePath,
        failed: bool,
        sort: Sort,
        context: &mut StateContext,
    ) {
        let Some(folder) = self.unfolded.folders.get_mut(path) else { return };
        folder.request = None;
        if folder.list_again {
            folder.list(path, sort, context);
        } else if failed && folder.rows.is_none() {
            self.fold_folder(&path.clone(), context);
        }
        self.show_edits_when_listed();
    }
}

impl State {
    /// Folders have their content below them where they are rows of a list.
    pub fn can_unfold(&self) -> bool {
        let is_folder = matches!(self.navigation.current(), Location::Folder(_));
        is_folder && self.folder_view().view == ViewMode::List
    }

    pub(super) fn unfold_folder(&mut self, path: &RemotePath, unfold: bool) {
        if !unfold {
            self.browser.fold_folder(path, &mut self.context);
        } else if self.can_unfold() && !self.browser.unfolded.contains(path) && !self.refuses_to_open(path) {
            let sort = self.folder_view().sort;
            self.browser.unfold_folder(path, sort, &mut self.context);
        }
    }

    pub(super) fn fold_all(&mut self) {
        for path in self.browser.unfolded.folders.keys().cloned().collect::<Vec<_>>() {
            self.browser.fold_folder(&path, &mut self.context);
        }
    }

    pub(super) fn on_unfolded_listing(&mut self, path: &RemotePath, listing: &Arc<Listing>) {
        let rows = self.browser.without_first_parts(listing);
        let Some(folder) = self.browser.unfolded.folders.get_mut(path) else { return };
        let is_shorter =
            folder.rows.as_ref().is_some_and(|known| known.entries.len() > listing.entries.len());
        // The first pages of a refresh do not take the place of all that is there.
        if listing.complete || !is_shorter {
            self.browser.cache.put(&Location::Folder(path.clone()), Narrowing::default(), listing);
            folder.rows = Some(rows);
            self.browser.narrow(&mut self.context);
        }
    }

    pub(super) fn on_unfolded_listed(&mut self, path: &RemotePath, outcome: Outcome) {
        let failed = matches!(outcome, Outcome::Failed(_));
        if let Outcome::Failed(problem) = outcome {
            self.session.record_failure(&problem);
            // Where its rows are shown already, those around it say what is wrong.
            if self.browser.unfolded.folders.get(path).is_some_and(|folder| folder.rows.is_none()) {
                self.report(problem, None);
            }
        }
        let sort = self.folder_view().sort;
        self.browser.on_unfolded_listed(path, failed, sort, &mut self.context);
    }

    /// Right unfolds a folder; left folds it, or leads to the folder around. False where that means nothing.
    pub(super) fn move_in_unfolded(&mut self, motion: Motion) -> bool {
        if !self.can_unfold() || !matches!(motion, Motion::Left | Motion::Right) {
            return false;
        }
        let (Some(row), Some(listing)) = (self.browser.cursor_row(), self.browser.listing.value()) else {
            return true;
        };
        let (path, is_folder) = (listing.entries[row].path.clone(), listing.entries[row].is_folder());
        let level = listing.level_of(row);
        let around = (0..row).rev().find(|above| listing.level_of(*above) < level);
        let is_unfolded = self.browser.unfolded.contains(&path);
        match motion {
            Motion::Right if is_folder => self.unfold_folder(&path, true),
            Motion::Left if is_unfolded => self.unfold_folder(&path, false),
            Motion::Left => {
                if let Some(around) = around {
                    self.browser.point_at(around);
                }
            }
            _ => {}
        }
        true
    }

    /// Folders that moved stay unfolded, and are listed where they are now.
    pub(super) fn follow_unfolded(&mut self, from: &RemotePath, to: &RemotePath) {
        let sort = self.folder_view().sort;
        let folders = &mut self.browser.unfolded.folders;
        let moved = folders.keys().filter_map(|path| Some((path.clone(), path.moved(from, to)?)));
        for (before, now) in moved.collect::<Vec<_>>() {
            if let Some(folder) = folders.remove(&before) {
                self.context.cancel(folder.request);
                folders.entry(now.clone()).or_default().list(&now, sort, &mut self.context);
            }
        }
    }
}
