//! The location of deleted items: its folders are unfolded there, and what was deleted together is restored together.

use super::input::Motion;
use super::{Location, State};
use coffer_model::{Edit, Entry, RemotePath, ViewMode};

/// What is done with what was deleted.
#[derive(Clone, Debug, PartialEq)]
pub enum DeletedAction {
    /// Shows what was in a folder, or no longer.
    Unfold { folder: RemotePath, unfold: bool },
    /// Restores everything that was deleted together with an item.
    RestoreAll(RemotePath),
}

impl State {
    pub(super) fn apply_to_deleted(&mut self, action: DeletedAction) {
        match action {
            DeletedAction::Unfold { folder, unfold } => self.unfold_deleted(&folder, unfold),
            DeletedAction::RestoreAll(path) => {
                let entries = self.deleted_with(&path);
                if !entries.is_empty() && !self.session.offline {
                    self.run_edit(Edit::Undelete(entries));
                }
            }
        }
    }

    /// What was deleted in one deletion, also what is hidden of it; folders stand for what was in them.
    fn deleted_with(&self, path: &RemotePath) -> Vec<Entry> {
        let Some(all) = self.browser.all_rows() else { return Vec::new() };
        let (Some(row), Some(deleted)) = (all.row_of(path), &all.deleted) else { return Vec::new() };
        let rows = deleted.deletion_of(row).map(|deletion| deleted.rows_of(deletion)).unwrap_or_default();
        rows.filter(|row| deleted.rows[*row].level == 0).map(|row| all.entries[row].clone()).collect()
    }

    fn unfold_deleted(&mut self, folder: &RemotePath, unfold: bool) {
        self.browser.unfold(folder, unfold, &mut self.context);
    }

    /// Opens a deleted folder in its place; what was in it is not anywhere else.
    pub(super) fn toggle_deleted(&mut self, folder: &RemotePath) {
        let unfold = !self.browser.is_unfolded(folder);
        self.unfold_deleted(folder, unfold);
    }

    /// Left and right fold and unfold folders; from what was in one, left leads to it. False where that means nothing.
    pub(super) fn move_in_deleted(&mut self, motion: Motion) -> bool {
        let is_list =
            *self.navigation.current() == Location::Deleted && self.folder_view().view == ViewMode::List;
        if !is_list || !matches!(motion, Motion::Left | Motion::Right) {
            return false;
        }
        let (Some(row), Some(listing)) = (self.browser.cursor_row(), self.browser.listing.value()) else {
            return true;
        };
        let Some(deleted) = &listing.deleted else { return true };
        let path = listing.entries[row].path.clone();
        let has_contents = deleted.rows[row].contents > 0;
        let is_unfolded = has_contents && self.browser.is_unfolded(&path);
        match motion {
            Motion::Right if has_contents && !is_unfolded => self.unfold_deleted(&path, true),
            Motion::Left if is_unfolded => self.unfold_deleted(&path, false),
            Motion::Left => {
                let level = deleted.rows[row].level;
                let around = deleted.rows[..row].iter().rposition(|above| above.level < level);
                if let Some(around) = around.filter(|_| level > 0) {
                    self.browser.point_at(around);
                }
            }
            _ => {}
        }
        true
    }
}
