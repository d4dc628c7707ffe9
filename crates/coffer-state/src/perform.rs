//! Actions and commands: each goes to the file of its subject.

use super::action::DialogAction;
use super::dialog::Dialog;
use super::undo::Step;
use super::{Action, Command, Focus, Place, State};
use coffer_model::{RemotePath, ThemeChoice, ViewMode};

impl State {
    pub(super) fn perform(&mut self, action: Action) {
        match action {
            Action::Command(command) => match command.resolve(self) {
                Some(Action::Command(command)) => self.perform_command(command),
                Some(action) => self.perform(action),
                None => {}
            },
            Action::Go(place) => self.go(place),
            Action::GoToTyped(text) => self.go_to_typed(&text),
            Action::Open(path) => self.open(&path),
            Action::EditPath(text) => self.path_text = Some(text),
            Action::LeavePath => self.leave_path(),
            Action::EditSearch(text) => self.edit_search(text),
            Action::SubmitSearch => self.submit_search(),
            Action::LeaveSearch => self.leave_search(),
            Action::Focus(focus) => self.set_focus(focus),

            Action::Click { row, modifiers } => self.click(row, modifiers),
            Action::ClickEmpty => self.clear_selection(),
            Action::RubberBand { rows, keep } => self.rubber_band(&rows, keep),
            Action::RubberBandEnd => self.browser.selection.before_band = None,
            Action::Move { motion, extend, toggle_only } => self.move_anywhere(motion, extend, toggle_only),
            Action::TypeAhead(letter) => self.type_ahead(letter),
            Action::SortBy(column) => self.sort_by(column),
            Action::SetGridPoints(points) => self.set_grid_points(points),
            Action::Layout { columns, page_lines } => {
                self.browser.columns = columns;
                self.browser.page_lines = page_lines;
            }
            Action::Scrolled { top } => self.scrolled(top),

            Action::ToggleTree(path) => self.toggle_tree(&path),

            Action::RenameText(text) => self.rename_text(text),
            Action::RenameCommit => self.rename_commit(),
            Action::RenameCancel => self.rename_cancel(),
            Action::DropEntries { entries, target, copy } => self.drop_entries(entries, &target, copy),
            Action::DropFiles { local_paths, target } => self.plan_upload(local_paths, target),
            Action::DismissToast(id) => self.toasts.retain(|toast| toast.id != id),
            Action::ToastAction(id) => self.toast_action(id),
            Action::HoldToast(id) => self.hold_toast(id),

            Action::InspectorTab(tab) => self.open_inspector_tab(tab),
            Action::ShowRevision(index) => self.show_revision(index),
            Action::CloseDialog => self.close_dialog(),
            Action::ShowProblem(problem) => self.open_dialog(Dialog::Problem(problem)),
            Action::Dialog(action) => self.perform_in_dialog(action),

            Action::CancelTransfer(id) => self.cancel_transfer(id),
            Action::RetryTransfer(id) => self.retry_transfer(id),
            Action::PauseTransfer(id) => self.pause_transfer(id),
            Action::ResumeTransfer(id) => self.resume_transfer(id),
            Action::PauseAllTransfers => self.pause_all_transfers(),
            Action::ResumeAllTransfers => self.resume_all_transfers(),
            Action::PutTransferFirst(id) => self.put_transfer_first(id),
            Action::RetryAllFailed => self.retry_all_failed(),
            Action::ClearTransfers(section) => {
                self.transfers.clear(section);
                self.forget_toasts();
            }
            Action::ShowTransferred(id) => self.show_transferred(id),
            Action::SetLimits { upload, download } => self.set_limits(upload, download),
            Action::ChooseSection(section) => self.transfers.choose_section(section),
            Action::UnfoldTransfer { id, unfold } => self.transfers.unfold(id, unfold),
            Action::ShowFiles(shown) => self.transfers.show_files(shown),
            Action::PointTransfer(cursor) => self.transfers.cursor = Some(cursor),
            Action::MoveInTransfers(motion) => self.transfers.move_cursor(motion),
            Action::WindowFocused(focused) => self.window_focused = focused,
            Action::AskToQuit => self.ask_to_quit(),
            Action::WantThumbnails(wanted) => self.want_thumbnails(&wanted),

            Action::SetSideBarWidth(points) => self.set_side_bar_width(points),
            Action::SetInspectorWidth(points) => self.set_inspector_width(points),
            Action::SetColumnWidth(column, points) => self.set_column_width(column, points),
            Action::SetWindowSize(points) => self.set_window_size(points),
        }
    }

    /// Does a command that is enabled and stands for itself.
    fn perform_command(&mut self, command: Command) {
        match command {
            Command::Back => self.go_back(),
            Command::Forward => self.go_forward(),
            Command::Up => self.go_up(),
            Command::TypePath => self.type_path(),
            Command::Find => self.focus = Focus::Search,
            Command::Refresh => self.refresh_or_reopen(),

            Command::ListView => self.set_view(ViewMode::List),
            Command::GridView => self.set_view(ViewMode::Grid),
            Command::ZoomIn => self.zoom_grid(1),
            Command::ZoomOut => self.zoom_grid(-1),
            Command::ZoomReset => self.zoom_grid(0),
            Command::ToggleInspector => self.toggle_inspector(),
            Command::ToggleTransfers => self.transfers.toggle_panel(),
            Command::ToggleReducedMotion => self.toggle_reduced_motion(),
            Command::ThemeSystem => self.set_theme(ThemeChoice::System),
            Command::ThemeLight => self.set_theme(ThemeChoice::Light),
            Command::ThemeDark => self.set_theme(ThemeChoice::Dark),

            Command::Open => self.open_selected(),
            Command::SelectAll => self.select_all(),
            Command::InvertSelection => self.invert_selection(),
            Command::ToggleSelected => self.toggle_selected(),
            Command::ClearSelection => self.clear_selection(),
            Command::Cancel => self.clipboard.clear(),
            Command::QuickPreview => self.open_large_preview(),
            Command::ContextMenu => self.menu_wanted = true,

            Command::NewFolder => self.begin_new_folder(),
            Command::Rename => self.begin_rename(),
            Command::Cut => self.put_on_clipboard(true),
            Command::Copy => self.put_on_clipboard(false),
            Command::Paste => self.paste(),
            Command::Delete => self.delete_selected(),
            Command::Undo => self.step(Step::Undo),
            Command::Redo => self.step(Step::Redo),
            Command::Undelete => self.undelete_selected(),

            Command::Upload => self.pick_upload(false),
            Command::UploadFolder => self.pick_upload(true),
            Command::Download => self.pick_download(),
            Command::ShowInFileManager => self.show_in_file_manager(),
            Command::CopyPath => self.copy_path(),
            Command::CopyLink => self.copy_link(),
            Command::Share => self.open_share(),
            Command::Versions => self.open_versions(),

            Command::Account => self.open_sign_in(),
            Command::SignOut => self.sign_out(),
            Command::Shortcuts => self.open_dialog(Dialog::Shortcuts),
            // These always resolve to actions of their own.
            Command::Home | Command::ShowDeleted | Command::ShowLinks => {}
        }
    }

    fn perform_in_dialog(&mut self, action: DialogAction) {
        match action {
            DialogAction::SelectRevision(index) => self.select_revision(index),
            DialogAction::RestoreRevision => self.restore_revision(),
            DialogAction::SaveRevision => self.save_revision(),

            DialogAction::CopyLink => self.copy_shared_link(),
            DialogAction::OpenLink => self.open_shared_link(),
            DialogAction::RevokeLink => self.revoke_link(),
            DialogAction::CreateLink => self.create_link(),

            DialogAction::ChooseAccount(choice) => self.choose_account(choice),
            DialogAction::EditAppKey(text) => self.edit_app_key(text),
            DialogAction::EditApiUrl(text) => self.edit_api_url(&text),
            DialogAction::EditCode(text) => self.edit_code(text),
            DialogAction::HowToGetAppKey => self.show_how_to_get_app_key(),
            DialogAction::OpenAuthorizePage => self.open_authorize_page(),
            DialogAction::CopyAuthorizePage => self.copy_authorize_page(),
            DialogAction::Connect => self.connect(),

            DialogAction::AnswerConflict { index, answer } => self.answer_conflict(index, answer),
            DialogAction::AnswerAll(answer) => self.answer_all_conflicts(answer),
            DialogAction::ConfirmUpload => self.confirm_upload(),

            DialogAction::ContinueNextTime => self.continue_next_time(),
            DialogAction::CancelAndQuit => self.cancel_and_quit(),

            DialogAction::Next => self.step_large_preview(true),
            DialogAction::Previous => self.step_large_preview(false),
            DialogAction::Zoom(step) => self.zoom_large_preview(step),
            DialogAction::FitZoom(zoom) => self.set_fit_zoom(zoom),
        }
    }

    /// What Esc leaves: whatever was entered last.
    pub(super) fn cancel_action(&self) -> Option<Action> {
        let browser = &self.browser;
        let naming = browser.rename.as_ref().is_some_and(|rename| rename.committing.is_none());
        if naming {
            Some(Action::RenameCancel)
        } else if self.path_text.is_some() {
            Some(Action::LeavePath)
        } else if !self.search_text.is_empty() || self.focus == Focus::Search {
            Some(Action::LeaveSearch)
        } else if !browser.selection.paths.is_empty() {
            Some(Action::Command(Command::ClearSelection))
        } else {
            self.clipboard.cut.then_some(Action::Command(Command::Cancel))
        }
    }

    /// Opens one item: a folder, a file with its program, a match of a search where it is, a deleted file's versions.
    fn open(&mut self, path: &RemotePath) {
        let Some(entry) = self.browser.listing.value().and_then(|listing| listing.entry_of(path)).cloned()
        else {
            return;
        };
        if entry.is_folder() {
            self.close_dialog();
            self.go(Place::Folder(entry.path));
        } else if entry.is_deleted() {
            self.open_versions_of(&entry, 0);
        } else if let (Place::Search { .. }, Some(parent)) = (self.navigation.current(), path.parent()) {
            self.close_dialog();
            self.show_in(parent, vec![entry.path]);
        } else {
            self.open_file(entry);
        }
    }

    fn set_focus(&mut self, focus: Focus) {
        self.focus = focus;
        if focus == Focus::Tree && self.tree.cursor.is_none() {
            self.tree.cursor = self.tree_start(&self.tree.lines());
        }
    }

    fn type_path(&mut self) {
        self.path_text = Some(match self.navigation.current() {
            Place::Folder(path) => path.to_string(),
            _ => "/".to_owned(),
        });
        self.focus = Focus::Path;
    }

    /// The window reports where it scrolled to; rows that are not there yet cannot have been scrolled.
    fn scrolled(&mut self, top: f32) {
        if self.browser.listing.value().is_some() {
            self.browser.scroll_top = top;
            self.browser.restore_scroll = None;
            self.browser.reveal = None;
        }
    }
}
