//! Actions and commands: each goes to the file of its subject.

use super::activity::ActivityAction;
use super::dialog::Dialog;
use super::effect::Effect;
use super::input::Motion;
use super::kept_searches::KeptSearchAction;
use super::row_filter::FilterAction;
use super::settings_dialog::SettingChange;
use super::{Action, Command, Focus, Location, State};
use coffer_model::message::OpenWith;
use coffer_model::settings::RowHeight;
use coffer_model::{Grouping, Relocation, RemotePath, SortColumn, ThemeChoice, UndoStep, ViewMode};
use coffer_texts::tr;

impl State {
    pub(super) fn apply(&mut self, action: Action) {
        if self.welcome.is_some() && !action.needs_no_account() {
            return;
        }
        match action {
            Action::Command(command) => match command.resolve(self) {
                Some(Action::Command(command)) => self.apply_command(command),
                Some(action) => self.apply(action),
                None => {}
            },
            Action::Go(location) => self.navigate_to(location),
            Action::GoToTyped(text) => self.go_to_typed(&text),
            Action::Open(path) => self.open(&path),
            Action::Tab(action) => self.apply_to_tabs(action),
            Action::Pane(action) => self.apply_to_panes(action),
            Action::InOtherPane(action) => {
                self.with_other_pane(|state| state.apply(*action));
            }
            Action::EditPath(text) => self.path_field.edit(text, &mut self.context),
            Action::LeavePath => self.leave_path_field(),
            Action::EditSearch(text) => self.edit_search(text),
            Action::SetFilter { name, value } => self.set_filter(name, value.as_deref()),
            Action::SubmitSearch => self.submit_search(),
            Action::LeaveSearch => self.leave_search(),
            Action::KeptSearch(action) => self.apply_to_kept_searches(action),
            Action::Bookmark(action) => self.apply_to_bookmarks(action),
            Action::Focus(focus) => self.set_focus(focus),
            Action::Filter(action) => self.apply_to_filter(action),

            Action::Click { row, modifiers } => self.browser.click(row, modifiers),
            Action::ClickEmpty => self.browser.clear_selection(),
            Action::RubberBand { rows, keep } => self.browser.rubber_band(&rows, keep),
            Action::RubberBandEnd => self.browser.selection.before_band = None,
            Action::Move { motion, extend, toggle_only } => self.move_anywhere(motion, extend, toggle_only),
            Action::TypeAhead(letter) => self.browser.type_ahead(letter, self.context.now_secs()),
            Action::SortBy(column) => self.sort_by(column),
            Action::SetGridPoints(points) => self.set_grid_points(points),

            Action::ShowSpacePart(part) => self.show_space_part(part),
            Action::ColorSpace(colors) => self.space.colors = colors,

            Action::AddSharedFolder(id) => self.add_shared_folder(&id),
            Action::Unfold { folder, unfold } => self.unfold_folder(&folder, unfold),
            Action::ToggleTree(path) => self.tree.toggle(&path, &mut self.context),
            Action::ShowInFolder(path) => self.show_in_its_folder(path),

            Action::RenameText(text) => self.rename_text(text),
            Action::RenameCommit => self.rename_commit(),
            Action::RenameCancel => self.browser.rename_cancel(),
            Action::DropEntries { entries, target, copy } => self.drop_entries(entries, &target, copy),
            Action::DropFiles { local_paths, target } => self.drop_files(local_paths, target),
            Action::TakePromised { entries, folder } => self.fetch_promised(entries, folder),
            Action::Changes(action) => self.apply_to_changes(action),
            Action::Deleted(action) => self.apply_to_deleted(action),
            Action::Past(action) => self.apply_to_past(action),
            Action::Activity(action) => self.apply_to_activity(action),
            Action::Duplicates(action) => self.apply_to_duplicates(action),
            Action::DismissToast(id) => {
                self.toasts.remove(id);
            }
            Action::ToastAction(id) => self.toast_action(id),

            Action::InspectorTab(tab) => self.open_inspector_tab(tab),
            Action::ShowRevision(index) => self.show_revision(index),
            Action::OpenSignInPage(url) => self.context.browse(url),
            Action::CloseDialog => self.close_dialog(),
            Action::ShowProblem(problem) => self.open_dialog(Dialog::Problem(problem)),
            Action::Dialog(action) => self.apply_in_dialog(action),

            Action::CancelTransfer(id) => self.transfers.cancel(id, &mut self.context),
            Action::RetryTransfer(id) => self.retry_transfer(id),
            Action::PauseTransfer(id) => self.transfers.pause(id, &mut self.context),
            Action::ResumeTransfer(id) => self.transfers.resume(id, &mut self.context),
            Action::PauseAllTransfers => self.transfers.pause_all(&mut self.context),
            Action::ResumeAllTransfers => self.transfers.resume_all(&mut self.context),
            Action::PrioritizeTransfer(id) => self.transfers.prioritize(id, &mut self.context),
            Action::RetryAllFailed => self.retry_all_failed(),
            Action::OpenFile { id, action } => self.apply_to_open_file(id, action),
            Action::ClearTransfers(section) => self.clear_transfers(section),
            Action::ShowTransferred(id) => self.show_transferred(id),
            Action::SetLimits { upload, download } => {
                self.settings.set_limits(upload, download, &mut self.context);
            }
            Action::ChooseSection(section) => self.transfers.choose_section(section),
            Action::UnfoldTransfer { id, unfold } => self.transfers.unfold(id, unfold),
            Action::ShowFiles(shown) => self.transfers.show_files(shown),
            Action::PointTransfer(cursor) => self.transfers.cursor = Some(cursor),
            Action::MoveInTransfers(motion) => self.transfers.move_cursor(motion),
            Action::AskToQuit => self.ask_to_quit(),
            Action::Start { path, local_paths } => self.start_with(path.as_deref(), local_paths),

            Action::SetSideBarWidth(points) => self.settings.set_side_bar_width(points, &self.context),
            Action::SetInspectorWidth(points) => self.settings.set_inspector_width(points, &self.context),
            Action::SetTransfersHeight(points) => self.settings.set_transfers_height(points, &self.context),
            Action::SetColumnWidth(column, points) => {
                self.settings.set_column_width(column, points, &self.context);
            }
            Action::MoveColumn { column, before } => {
                self.settings.move_column(column, before, &self.context);
            }
        }
    }

    /// Does a command that is enabled and stands for itself.
    fn apply_command(&mut self, command: Command) {
        match command {
            Command::Back => self.go_back(),
            Command::Forward => self.go_forward(),
            Command::Up => self.go_up(),
            Command::TogglePast => self.toggle_past(),
            Command::BringBack => self.ask_to_bring_back(),
            Command::BringBackItems => self.ask_to_bring_back_items(),
            Command::NewTab => self.new_tab(),
            Command::CloseTab => self.close_shown_tab(),
            Command::ReopenTab => self.reopen_tab(),
            Command::NextTab | Command::PreviousTab => self.step_tab(command == Command::NextTab),
            Command::MoveTabRight => self.move_shown_tab(true),
            Command::MoveTabLeft => self.move_shown_tab(false),
            Command::OpenInNewTab => self.open_selected_behind(),
            Command::TogglePanes => self.toggle_panes(),
            Command::SwitchPane => self.show_other_pane(),
            Command::CopyToOtherPane => self.send_to_other_pane(true),
            Command::MoveToOtherPane => self.send_to_other_pane(false),
            Command::TypePath => self.open_path_field(),
            Command::GoToAnything => self.open_go_to(),
            Command::CommandPalette => self.open_command_palette(),
            Command::Find => self.focus = Focus::Search,
            Command::Filter => self.open_filter(),
            Command::SaveSearch => self.toggle_saved_search(),
            Command::ToggleBookmark => self.toggle_bookmarks(),
            Command::Refresh => self.refresh_or_reopen(),

            Command::ListView => self.set_view(ViewMode::List),
            Command::GridView => self.set_view(ViewMode::Grid),
            Command::ZoomIn => self.zoom(1),
            Command::ZoomOut => self.zoom(-1),
            Command::ZoomReset => self.zoom(0),
            Command::FoldersFirst => self.toggle_folders_first(),
            Command::GroupByNothing => self.group_by(Grouping::None),
            Command::GroupByKind => self.group_by(Grouping::Kind),
            Command::GroupByDate => self.group_by(Grouping::Date),
            Command::CompactRows => self.change_setting(SettingChange::RowHeight(RowHeight::Compact)),
            Command::StandardRows => self.change_setting(SettingChange::RowHeight(RowHeight::Standard)),
            Command::RoomyRows => self.change_setting(SettingChange::RowHeight(RowHeight::Roomy)),
            Command::ToggleSizeColumn => self.settings.toggle_column(SortColumn::Size, &self.context),
            Command::ToggleModifiedColumn => {
                self.settings.toggle_column(SortColumn::Modified, &self.context);
            }
            Command::ToggleKindColumn => self.settings.toggle_column(SortColumn::Kind, &self.context),
            Command::UseViewForAll => self.use_view_for_all(),
            Command::ResetView => self.reset_view(),
            Command::ViewMenu => self.context.emit(Effect::OpenViewMenu),
            Command::ToggleSideBar => self.toggle_side_bar(),
            Command::ToggleInspector => self.toggle_inspector(),
            Command::ToggleFullScreen => self.context.emit(Effect::ToggleFullScreen),
            Command::ToggleTransfers => self.transfers.toggle_panel(),
            Command::ToggleChangeNotices => {
                self.change_setting(SettingChange::ChangeNotices(!self.settings.notify_changes));
                let is_on = self.settings.notify_changes;
                let words = if is_on { tr!("notices-are-on") } else { tr!("notices-are-off") };
                self.toast_done(words.to_owned(), None);
            }
            Command::ToggleReducedMotion => {
                self.change_setting(SettingChange::ReducedMotion(!self.settings.reduced_motion));
                let is_on = self.settings.reduced_motion;
                let words = if is_on { tr!("motion-is-reduced") } else { tr!("motion-is-full") };
                self.toast_done(words.to_owned(), None);
            }
            Command::ThemeSystem => self.change_setting(SettingChange::Theme(ThemeChoice::System)),
            Command::ThemeLight => self.change_setting(SettingChange::Theme(ThemeChoice::Light)),
            Command::ThemeDark => self.change_setting(SettingChange::Theme(ThemeChoice::Dark)),

            Command::Open => self.open_selected(),
            Command::OpenCopy => self.open_read_only_copies(),
            Command::ShowInFolder => {
                if let Some(path) = self.browser.only_selected().map(|entry| entry.path.clone()) {
                    self.record_search();
                    self.show_in_its_folder(path);
                }
            }
            Command::SelectAll => self.browser.select_all(),
            Command::SelectPattern => self.open_select_pattern(),
            Command::InvertSelection => self.browser.invert_selection(),
            Command::ToggleSelected => self.browser.toggle_selected(),
            Command::ClearSelection => self.browser.clear_selection(),
            Command::Cancel => self.clipboard.clear(),
            Command::QuickPreview => self.open_large_preview(),
            Command::ContextMenu => self.context.emit(Effect::OpenMenu),

            Command::NewFolder => self.begin_new_folder(),
            Command::Rename => self.begin_rename(),
            Command::MoveTo => self.open_folder_chooser(Relocation::Move),
            Command::CopyTo => self.open_folder_chooser(Relocation::Copy),
            Command::Duplicate => self.duplicate_selected(),
            Command::Cut => self.put_on_clipboard(true),
            Command::Copy => self.put_on_clipboard(false),
            Command::Paste => self.paste(),
            Command::Delete => self.delete_selected(),
            Command::RemoveFromDropbox => self.ask_to_remove_shared_folder(),
            Command::Undo => self.undo_step(UndoStep::Undo),
            Command::Redo => self.undo_step(UndoStep::Redo),
            Command::Undelete => self.undelete_selected(),

            Command::Upload => self.pick_upload(false),
            Command::UploadFolder => self.pick_upload(true),
            Command::Download if self.navigation.current().is_past() => self.download_selected_past(),
            Command::Download => self.pick_download(),
            Command::ShowInFileManager => self.show_in_file_manager(),
            Command::CopyPath => self.copy_path(),
            Command::CopyName => self.copy_name(),
            Command::CopyLink => self.copy_link(),
            // What a removed link led to is gone for good, so the dialog asks.
            Command::Share | Command::RemoveLink => self.open_share(),
            Command::Versions => self.open_versions(),
            Command::Compare => self.compare_selected(),
            Command::CompareWithLocal => self.pick_comparison(),

            Command::Account => self.open_sign_in(),
            Command::SignOut => self.sign_out(),
            Command::Settings => self.open_settings(),
            Command::Guide => self.open_guide(),
            Command::Shortcuts => self.open_dialog(Dialog::Shortcuts),
            // These always resolve to actions of their own.
            Command::Home
            | Command::ShowDeleted
            | Command::ShowLinks
            | Command::ShowChanges
            | Command::ShowActivity
            | Command::ShowDuplicates
            | Command::FindDuplicates
            | Command::ShowSpace
            | Command::ShowSpaceUsed
            | Command::SortByName
            | Command::SortBySize
            | Command::SortByModified
            | Command::SortByKind
            | Command::ReverseOrder => {}
        }
    }

    /// Arrow keys: through the rows or the tree, or through the files and revisions of a dialog.
    fn move_anywhere(&mut self, motion: Motion, extend: bool, toggle_only: bool) {
        let is_in_rows = self.dialog.is_none() && self.focus != Focus::Tree;
        if is_in_rows && (self.move_in_space(motion) || self.move_in_deleted(motion)) {
            return;
        }
        if is_in_rows && !extend && !toggle_only && self.move_in_unfolded(motion) {
            return;
        }
        if is_in_rows && self.is_in_activity() {
            self.move_in_activity(motion);
            return;
        }
        match (&mut self.dialog, motion) {
            (None, _) if self.focus == Focus::Tree => {
                let shown = self.navigation.current().shown_folder();
                self.tree.move_cursor(motion, self.browser.page_lines, shown, &mut self.context);
            }
            (None, _) => {
                let view = self.navigation.current().view(self.folder_view().view);
                self.browser.move_cursor(motion, view, extend, toggle_only);
            }
            (Some(Dialog::LargePreview(_)), Motion::Right | Motion::Down | Motion::PageDown) => {
                self.step_large_preview(true);
            }
            (Some(Dialog::LargePreview(_)), Motion::Left | Motion::Up | Motion::PageUp) => {
                self.step_large_preview(false);
            }
            (Some(Dialog::FolderChooser(chooser)), _) => chooser.step(motion, &mut self.context),
            (Some(Dialog::GoTo(go_to)), Motion::Down | Motion::Up) => go_to.step(motion == Motion::Down),
            (Some(Dialog::Versions(versions)), Motion::Down) => {
                let next = versions.selected + 1;
                self.select_revision(next);
            }
            (Some(Dialog::Versions(versions)), Motion::Up) => {
                let previous = versions.selected.saturating_sub(1);
                self.select_revision(previous);
            }
            (Some(_), _) => {}
        }
    }

    /// What Esc leaves: whatever was entered last.
    pub(super) fn cancel_action(&self) -> Option<Action> {
        let browser = &self.browser;
        if browser.is_renaming() {
            Some(Action::RenameCancel)
        } else if self.search_name.is_some() {
            Some(Action::KeptSearch(KeptSearchAction::EndRename { keep: false }))
        } else if self.path_field.text().is_some() {
            Some(Action::LeavePath)
        } else if !self.search.text().is_empty() || self.focus == Focus::Search {
            Some(Action::LeaveSearch)
        } else if self.is_inspector_over() {
            Some(Action::Command(Command::ToggleInspector))
        } else if self.transfers.panel_open {
            Some(Action::Command(Command::ToggleTransfers))
        } else if browser.filter.is_some() {
            Some(Action::Filter(FilterAction::Close))
        } else if self.is_in_activity() && self.activity.selected.is_some() {
            Some(Action::Activity(ActivityAction::ClearSelection))
        } else if !browser.selection.paths.is_empty() {
            Some(Action::Command(Command::ClearSelection))
        } else if self.navigation.current().is_past() {
            Some(Action::Command(Command::TogglePast))
        } else {
            self.clipboard.has_cut().then_some(Action::Command(Command::Cancel))
        }
    }

    /// Opens one item: a folder, also a deleted one; a file with its program, a deleted file's versions.
    fn open(&mut self, path: &RemotePath) {
        let Some(entry) = self.browser.entry_of(path).cloned() else { return };
        self.record_search();
        if entry.is_folder() {
            self.close_dialog();
            self.navigate_to(self.navigation.current().of_folder(entry.path));
        } else if self.navigation.current().is_past() {
            self.open_copy(entry, OpenWith::SystemProgram);
        } else if entry.is_deleted_folder() {
            self.toggle_deleted(&entry.path);
        } else if entry.is_deleted() {
            self.open_versions_of(&entry, 0);
        } else if let (Location::Duplicates(_), Some(parent)) = (self.navigation.current(), path.parent()) {
            self.close_dialog();
            self.show_in(parent, vec![entry.path]);
        } else {
            self.open_file(entry);
        }
    }

    fn show_in_its_folder(&mut self, path: RemotePath) {
        if let Some(folder) = path.parent() {
            self.show_in(folder, vec![path]);
        }
    }
}
