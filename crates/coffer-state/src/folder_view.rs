//! How the rows of each folder are shown: as a list or a grid, in which order and groups, how large. A change is of the
//! folder that is shown; all others stay as they are until it is used for all.

use super::settings_dialog::SettingChange;
use super::{Location, State};
use coffer_model::settings::{FolderView, GRID_STEPS, RowHeight};
use coffer_model::{FolderOrder, Grouping, Settings, Sort, SortColumn, ViewMode};
use std::borrow::Cow;

impl Location {
    /// What its view is kept under: a path, or a word for lists that are no folder. A folder as it was looks as it does now.
    fn view_key(&self) -> Cow<'_, str> {
        match self {
            Self::Folder(path) | Self::Past { folder: path, .. } if path.is_root() => "/".into(),
            Self::Folder(path) | Self::Past { folder: path, .. } => path.lower().as_ref().into(),
            Self::Deleted => "deleted".into(),
            Self::Links => "links".into(),
            Self::Search { .. } => "search".into(),
            Self::Changes | Self::Activity { .. } | Self::Duplicates(_) | Self::Space { .. } => {
                "lists".into()
            }
        }
    }
}

impl State {
    /// How the rows are shown that are shown now.
    pub fn folder_view(&self) -> FolderView {
        self.own_view().unwrap_or_else(|| self.settings.view_for_all())
    }

    /// The view that the current location has for itself.
    pub(super) fn own_view(&self) -> Option<FolderView> {
        self.settings.own_view(self.session.key(), &self.navigation.current().view_key())
    }

    fn change_view(&mut self, change: impl FnOnce(&mut FolderView)) {
        let before = self.folder_view();
        let mut view = before;
        change(&mut view);
        if view == before {
            return;
        }
        // One that is as all others are follows these again.
        let own = (view != self.settings.view_for_all()).then_some(view);
        let other_before = self.view_of_other_pane();
        self.set_own_view(own);
        self.follow_view(before);
        self.follow_view_in_other_pane(other_before);
    }

    fn set_own_view(&mut self, own: Option<FolderView>) {
        let key = self.navigation.current().view_key();
        self.settings.set_own_view(self.session.key(), &key, own, &self.context);
    }

    /// Shows the rows as they are to be shown now.
    fn follow_view(&mut self, before: FolderView) {
        let view = self.folder_view();
        if view.view != before.view {
            self.fold_all();
            self.browser.reveal = self.browser.cursor_row();
        }
        if view.sort != before.sort {
            self.browser.unfolded.list_now(view.sort, &mut self.context);
            self.browser.list_now(self.navigation.current(), view.sort, &mut self.context);
        }
    }

    /// Shows the rows of the other pane as those of its location are to be shown now.
    fn follow_view_in_other_pane(&mut self, before: Option<FolderView>) {
        if let Some(before) = before {
            self.with_other_pane(|state| state.follow_view(before));
        }
    }

    fn view_of_other_pane(&mut self) -> Option<FolderView> {
        self.with_other_pane(|state| state.folder_view())
    }

    /// All folders are shown as this one from now on, also those that had a view of their own.
    pub(super) fn use_view_for_all(&mut self) {
        let view = self.folder_view();
        let other_before = self.view_of_other_pane();
        self.settings.set_view_for_all(view, &self.context);
        self.follow_view_in_other_pane(other_before);
    }

    /// The folder is shown as all others again.
    pub(super) fn reset_view(&mut self) {
        let before = self.folder_view();
        let other_before = self.view_of_other_pane();
        self.set_own_view(None);
        self.follow_view(before);
        self.follow_view_in_other_pane(other_before);
    }

    pub(super) fn set_view(&mut self, view: ViewMode) {
        self.change_view(|shown| shown.view = view);
    }

    /// The order of the rows that are shown; `None` where they have one of their own.
    pub fn shown_sort(&self) -> Option<Sort> {
        self.navigation.current().sort(self.folder_view().sort)
    }

    pub(super) fn is_sorted_by(&self, column: SortColumn) -> bool {
        self.shown_sort().is_some_and(|sort| sort.column == column)
    }

    /// Sorts by a column, or by it the other way round.
    pub(super) fn sort_by(&mut self, column: SortColumn) {
        if self.navigation.current().is_search() {
            self.sort_search_by(column);
            return;
        }
        self.change_view(|shown| {
            let old = shown.sort;
            // Sizes and dates are looked at from the largest and newest.
            let first = matches!(column, SortColumn::Size | SortColumn::Modified);
            let descending = if old.column == column { !old.descending } else { first };
            shown.sort = Sort { column, descending, ..old };
        });
    }

    /// Puts folders before all files, or among them if they are before all.
    pub(super) fn toggle_folders_first(&mut self) {
        self.change_view(|shown| {
            let sort = &mut shown.sort;
            sort.folders = if sort.has_folders_first() { FolderOrder::Mixed } else { FolderOrder::First };
        });
    }

    pub(super) fn is_grouped_by(&self, grouping: Grouping) -> bool {
        self.shown_sort().is_some_and(|sort| sort.grouping == grouping)
    }

    pub(super) fn group_by(&mut self, grouping: Grouping) {
        self.change_view(|shown| shown.sort.grouping = grouping);
    }

    pub(super) fn set_grid_points(&mut self, points: f32) {
        if points.is_finite() {
            let (least, most) = (GRID_STEPS[0], GRID_STEPS[GRID_STEPS.len() - 1]);
            self.change_view(|shown| shown.grid_points = points.clamp(least, most));
        }
    }

    /// One step larger or smaller, the pictures of the grid or the rows of the list; 0 goes back to the usual size.
    pub(super) fn zoom(&mut self, direction: i32) {
        if self.folder_view().view == ViewMode::Grid {
            self.zoom_grid(direction);
            return;
        }
        let heights = [RowHeight::Compact, RowHeight::Standard, RowHeight::Roomy];
        let now = heights.iter().position(|height| *height == self.settings.row_height).unwrap_or(1);
        let height = match direction {
            0 => RowHeight::default(),
            1 => heights[(now + 1).min(heights.len() - 1)],
            _ => heights[now.saturating_sub(1)],
        };
        self.change_setting(SettingChange::RowHeight(height));
    }

    fn zoom_grid(&mut self, direction: i32) {
        let now = self.folder_view().grid_points;
        let points = match direction {
            0 => Settings::default().grid_points,
            1 => GRID_STEPS.into_iter().find(|step| *step > now + 0.5).unwrap_or(now),
            _ => GRID_STEPS.into_iter().rev().find(|step| *step < now - 0.5).unwrap_or(now),
        };
        self.set_grid_points(points);
    }
}
