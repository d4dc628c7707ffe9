//! The settings: how things are shown, and remembering it. Changed settings are saved when the changes have come to
//! rest.

use super::context::StateContext;
use super::requests::RequestPurpose;
use super::session::is_same_account;
use super::settings_dialog::SettingChange;
use coffer_model::comparison_view::ComparisonView;
use coffer_model::settings::{Bookmark, ColumnWidths, FolderView, KeptSearches, OwnView};
use coffer_model::{AccountChoice, Job, Problem, RemotePath, Settings, SortColumn};
use jiff::Timestamp;
use std::ops::Deref;

/// A width that is dragged is saved once.
const SAVE_AFTER_SECS: f64 = 1.0;

/// Folders of an account that have a view of their own: beyond it, the one is forgotten that was not changed for longest.
pub(super) const OWN_VIEW_LIMIT: usize = 300;

const SIDE_BAR_POINTS: (f32, f32) = (160.0, 480.0);
const INSPECTOR_POINTS: (f32, f32) = (240.0, 640.0);
const TRANSFERS_POINTS: (f32, f32) = (160.0, 1200.0);
const MOST_COLUMN_POINTS: f32 = 400.0;
const SCALE_PERCENT: (u16, u16) = (75, 300);
const WINDOW_POINTS: (f32, f32) = (320.0, 16_384.0);

/// The settings as they are now. They are read as [`Settings`], and each change is saved.
pub struct SavedSettings {
    now: Settings,
    /// When changes are saved.
    due_secs: Option<f64>,
    /// What of them could not be used; shown until an account is chosen.
    pub problem: Option<Problem>,
}

impl Deref for SavedSettings {
    type Target = Settings;

    fn deref(&self) -> &Settings {
        &self.now
    }
}

impl SavedSettings {
    pub(super) fn new(settings: Settings) -> Self {
        Self { now: settings, due_secs: None, problem: None }
    }

    fn save_soon(&mut self, context: &StateContext) {
        self.due_secs = Some(context.now_secs() + SAVE_AFTER_SECS);
    }

    fn save_now(&mut self, context: &mut StateContext) {
        self.due_secs = None;
        context.run(Job::SaveSettings(self.now.clone()), RequestPurpose::SaveSettings);
    }

    pub(super) fn due_secs(&self) -> Option<f64> {
        self.due_secs
    }

    pub(super) fn save_when_due(&mut self, context: &mut StateContext) {
        if context.is_due(self.due_secs) {
            self.save_now(context);
        }
    }

    /// Saves what would be saved later.
    pub(super) fn save_at_end(&mut self, context: &mut StateContext) {
        if self.due_secs.is_some() {
            self.save_now(context);
        }
    }

    /// Bytes a second for all uploads and all downloads; `None` is all there is. They hold at once.
    pub(super) fn set_limits(
        &mut self,
        upload: Option<u64>,
        download: Option<u64>,
        context: &mut StateContext,
    ) {
        // With a limit of nothing, nothing would ever move.
        let (upload, download) = (upload.filter(|limit| *limit > 0), download.filter(|limit| *limit > 0));
        if (self.now.upload_limit, self.now.download_limit) != (upload, download) {
            self.now.upload_limit = upload;
            self.now.download_limit = download;
            self.save_now(context);
        }
    }

    /// The view that a folder of an account has for itself.
    pub(super) fn own_view(&self, account: &str, folder: &str) -> Option<FolderView> {
        let own_views = self.now.folder_views.get(account)?;
        own_views.iter().find(|own| own.folder == folder).map(|own| own.shown)
    }

    pub(super) fn set_own_view(
        &mut self,
        account: &str,
        folder: &str,
        shown: Option<FolderView>,
        context: &StateContext,
    ) {
        let own_views = self.now.folder_views.entry(account.to_owned()).or_default();
        own_views.retain(|own| own.folder != folder);
        own_views.extend(shown.map(|shown| OwnView { folder: folder.to_owned(), shown }));
        if own_views.len() > OWN_VIEW_LIMIT {
            own_views.remove(0);
        }
        self.now.folder_views.retain(|_, own_views| !own_views.is_empty());
        self.save_soon(context);
    }

    /// The view of all folders: none has one of its own any more.
    pub(super) fn set_view_for_all(&mut self, shown: FolderView, context: &StateContext) {
        let settings = &mut self.now;
        (settings.view, settings.sort, settings.grid_points) = (shown.view, shown.sort, shown.grid_points);
        self.now.folder_views.clear();
        self.save_soon(context);
    }

    /// Folders that moved keep their views, and bookmarks lead to where their items are.
    pub(super) fn follow_move(
        &mut self,
        account: &str,
        from: &RemotePath,
        to: &RemotePath,
        context: &StateContext,
    ) {
        let own_views = self.now.folder_views.get_mut(account).into_iter().flatten();
        let mut has_moved = false;
        for own in own_views {
            let below = own.folder.strip_prefix(from.lower().as_ref());
            if let Some(below) = below.filter(|below| below.is_empty() || below.starts_with('/')) {
                own.folder = format!("{}{below}", to.lower());
                has_moved = true;
            }
        }
        for bookmark in self.now.bookmarks.get_mut(account).into_iter().flatten() {
            if let Some(moved) = bookmark.path.moved(from, to) {
                bookmark.path = moved;
                has_moved = true;
            }
        }
        if has_moved {
            self.save_soon(context);
        }
    }

    pub(super) fn change(&mut self, change: SettingChange, context: &StateContext) {
        let now = &mut self.now;
        match change {
            SettingChange::Theme(theme) => now.theme = theme,
            SettingChange::Accent(accent) => now.accent = accent,
            SettingChange::Language(language) => now.language = language,
            SettingChange::RowHeight(height) => now.row_height = height,
            SettingChange::Scale(percent) => {
                now.scale_percent = percent.clamp(SCALE_PERCENT.0, SCALE_PERCENT.1);
            }
            SettingChange::OpensWithOneClick(one) => now.opens_with_one_click = one,
            SettingChange::ReducedMotion(reduced) => now.reduced_motion = reduced,
            SettingChange::ChangeNotices(notices) => now.notify_changes = notices,
        }
        self.save_soon(context);
    }

    pub(super) fn set_comparison(&mut self, view: ComparisonView, context: &StateContext) {
        self.now.comparison = view;
        self.save_soon(context);
    }

    pub(super) fn toggle_side_bar(&mut self, context: &StateContext) {
        self.now.side_bar_open = !self.now.side_bar_open;
        self.save_soon(context);
    }

    pub(super) fn toggle_inspector(&mut self, context: &StateContext) {
        self.now.inspector_open = !self.now.inspector_open;
        self.save_soon(context);
    }

    pub(super) fn toggle_film_strip(&mut self, context: &StateContext) {
        self.now.film_strip = !self.now.film_strip;
        self.save_soon(context);
    }

    pub(super) fn set_side_bar_width(&mut self, points: f32, context: &StateContext) {
        set_clamped(&mut self.now.side_bar_width, points, SIDE_BAR_POINTS);
        self.save_soon(context);
    }

    /// `None`: as high as what is in it needs.
    pub(super) fn set_transfers_height(&mut self, points: Option<f32>, context: &StateContext) {
        let (least, most) = TRANSFERS_POINTS;
        self.now.transfers_height = points.filter(|points| !points.is_nan()).map(|it| it.clamp(least, most));
        self.save_soon(context);
    }

    pub(super) fn set_inspector_width(&mut self, points: f32, context: &StateContext) {
        set_clamped(&mut self.now.inspector_width, points, INSPECTOR_POINTS);
        self.save_soon(context);
    }

    pub(super) fn set_column_width(&mut self, column: SortColumn, points: f32, context: &StateContext) {
        let widths = &mut self.now.column_widths;
        let (width, least) = match column {
            // The name takes the rest.
            SortColumn::Name => return,
            SortColumn::Size => (&mut widths.size, ColumnWidths::LEAST.size),
            SortColumn::Modified => (&mut widths.modified, ColumnWidths::LEAST.modified),
            SortColumn::Kind => (&mut widths.kind, ColumnWidths::LEAST.kind),
        };
        set_clamped(width, points, (least, MOST_COLUMN_POINTS));
        self.save_soon(context);
    }

    /// Shows a column behind the others, or hides it.
    pub(super) fn toggle_column(&mut self, column: SortColumn, context: &StateContext) {
        let columns = &mut self.now.columns;
        if columns.contains(&column) {
            columns.retain(|shown| *shown != column);
        } else {
            columns.push(column);
        }
        self.save_soon(context);
    }

    /// Puts a column before another one, or behind all others.
    pub(super) fn move_column(
        &mut self,
        column: SortColumn,
        before: Option<SortColumn>,
        context: &StateContext,
    ) {
        let columns = &mut self.now.columns;
        if before == Some(column) || !columns.contains(&column) {
            return;
        }
        columns.retain(|shown| *shown != column);
        let index = before.and_then(|before| columns.iter().position(|shown| *shown == before));
        columns.insert(index.unwrap_or(columns.len()), column);
        self.save_soon(context);
    }

    pub(super) fn set_window_size(&mut self, [width, height]: [f32; 2], context: &StateContext) {
        let [old_width, old_height] = self.now.window_size;
        // The window says its size often; it is saved when it is another.
        if (width - old_width).abs() >= 1.0 || (height - old_height).abs() >= 1.0 {
            set_clamped(&mut self.now.window_size[0], width, WINDOW_POINTS);
            set_clamped(&mut self.now.window_size[1], height, WINDOW_POINTS);
            self.save_soon(context);
        }
    }

    /// When the changes of an account were looked at last.
    pub(super) fn changes_looked(&self, account: &str) -> Option<Timestamp> {
        Timestamp::from_second(*self.now.changes_looked.get(account)?).ok()
    }

    pub(super) fn set_changes_looked(&mut self, account: &str, at: Timestamp, context: &StateContext) {
        self.now.changes_looked.insert(account.to_owned(), at.as_second());
        self.save_soon(context);
    }

    /// Changes the bookmarks of an account.
    pub(super) fn change_bookmarks(
        &mut self,
        account: &str,
        change: impl FnOnce(&mut Vec<Bookmark>),
        context: &StateContext,
    ) {
        change(self.now.bookmarks.entry(account.to_owned()).or_default());
        self.now.bookmarks.retain(|_, bookmarks| !bookmarks.is_empty());
        self.save_soon(context);
    }

    /// Changes the searches that are kept of an account.
    pub(super) fn change_searches(
        &mut self,
        account: &str,
        change: impl FnOnce(&mut KeptSearches),
        context: &StateContext,
    ) {
        change(self.now.searches.entry(account.to_owned()).or_default());
        self.save_soon(context);
    }

    pub(super) fn set_app_key(&mut self, app_key: String, context: &StateContext) {
        if self.now.app_key != app_key {
            self.now.app_key = app_key;
            self.save_soon(context);
        }
    }

    /// The account that opens at the next start.
    pub(super) fn set_account(&mut self, choice: &AccountChoice, context: &mut StateContext) {
        if matches!(choice, AccountChoice::CommandLine { .. }) {
            return;
        }
        if matches!(choice, AccountChoice::Dropbox { .. }) {
            let sign_ins = &mut self.now.sign_ins;
            match sign_ins.iter_mut().find(|account| is_same_account(account, choice)) {
                // It may call itself otherwise now.
                Some(known) => known.clone_from(choice),
                None => sign_ins.push(choice.clone()),
            }
        }
        self.now.account = choice.clone();
        // It is set now, whatever stood there.
        self.now.unreadable.remove("account");
        self.problem = None;
        self.save_now(context);
    }

    /// After a sign-out: the local account opens at the next start.
    pub(super) fn remove_account(&mut self, choice: &AccountChoice, context: &mut StateContext) {
        self.now.sign_ins.retain(|account| !is_same_account(account, choice));
        self.set_account(&AccountChoice::Local, context);
    }
}

fn set_clamped(value: &mut f32, new: f32, (least, most): (f32, f32)) {
    if new.is_finite() {
        *value = new.clamp(least, most);
    }
}
