//! What a command means now. [`Command::resolve`] answers with an action, or `None`: that is also whether the command is
//! enabled.

use super::action::DialogAction;
use super::activity::ActivityAction;
use super::dialog::Dialog;
use super::folder_chooser::ChooserAction;
use super::input::ZoomStep;
use super::{Action, Command, Focus, Location, State};
use coffer_model::settings::RowHeight;
use coffer_model::{
    AccountChoice, Entry, Grouping, ItemAccess, RemotePath, Sort, SortColumn, ThemeChoice, UndoStep, ViewMode,
};

impl Command {
    pub fn is_enabled(self, state: &State) -> bool {
        self.resolve(state).is_some()
    }

    /// Whether it is a choice that is on now (a view, a theme, an open panel); `None` for what is no choice.
    pub fn is_on(self, state: &State) -> Option<bool> {
        let settings = &state.settings;
        Some(match self {
            Self::ListView => state.folder_view().view == ViewMode::List,
            Self::GridView => state.folder_view().view == ViewMode::Grid,
            Self::SortByName => state.is_sorted_by(SortColumn::Name),
            Self::SortBySize => state.is_sorted_by(SortColumn::Size),
            Self::SortByModified => state.is_sorted_by(SortColumn::Modified),
            Self::SortByKind => state.is_sorted_by(SortColumn::Kind),
            Self::FoldersFirst => state.shown_sort().is_some_and(Sort::has_folders_first),
            Self::GroupByNothing => state.is_grouped_by(Grouping::None),
            Self::GroupByKind => state.is_grouped_by(Grouping::Kind),
            Self::GroupByDate => state.is_grouped_by(Grouping::Date),
            Self::ToggleSizeColumn => settings.columns.contains(&SortColumn::Size),
            Self::ToggleModifiedColumn => settings.columns.contains(&SortColumn::Modified),
            Self::ToggleKindColumn => settings.columns.contains(&SortColumn::Kind),
            Self::CompactRows => settings.row_height == RowHeight::Compact,
            Self::StandardRows => settings.row_height == RowHeight::Standard,
            Self::RoomyRows => settings.row_height == RowHeight::Roomy,
            Self::ToggleSideBar => settings.side_bar_open,
            Self::ToggleInspector => state.is_inspector_open(),
            Self::TogglePanes => state.other_pane.is_some(),
            Self::SaveSearch => state.is_search_saved(),
            Self::ToggleTransfers => state.transfers.panel_open,
            Self::ToggleReducedMotion => settings.reduced_motion,
            Self::ToggleChangeNotices => settings.notify_changes,
            Self::ThemeSystem => settings.theme == ThemeChoice::System,
            Self::ThemeLight => settings.theme == ThemeChoice::Light,
            Self::ThemeDark => settings.theme == ThemeChoice::Dark,
            _ => return None,
        })
    }

    /// What it stands for now; `None` while it makes no sense.
    pub fn resolve(self, state: &State) -> Option<Action> {
        if state.dialog.is_some() {
            return self.resolve_in_dialog(state);
        }
        if state.welcome.is_some() && !self.is_about_first_account() {
            return None;
        }
        self.resolve_in_window(state)
    }

    /// Whatever dialog is open.
    fn resolve_in_window(self, state: &State) -> Option<Action> {
        if state.navigation.current().is_past() && self.is_about_now() {
            return None;
        }
        let itself = Action::Command(self);
        let when = |enabled: bool| enabled.then(|| itself.clone());
        let location = state.navigation.current();
        let go = |to: Location| (*location != to).then_some(Action::Go(to));
        let can_add = location.folder().is_some_and(|folder| state.add_refusal(folder).is_none());
        let can_change = location.folder().is_none_or(|folder| {
            state.browser.access() != ItemAccess::ViewOnly && !state.is_team_root(folder)
        });
        let sort_by = |column| state.shown_sort().map(|_| Action::SortBy(column));
        let view = state.folder_view().view;
        let has_tabs = state.navigation.tabs().len() > 1;
        let is_list = location.has_views() && view == ViewMode::List;
        let selected = SelectionFacts::new(state);
        match self {
            Self::Back => when(state.navigation.can_go_back()),
            Self::Forward => when(state.navigation.can_go_forward()),
            Self::Up => when(!location.shown_folder().is_some_and(RemotePath::is_root)),
            Self::BringBack => when(state.can_bring_back()),
            Self::BringBackItems => when(!selected.none() && state.items_to_bring_back().is_some()),
            Self::TogglePast => when(location.shown_folder().is_some()),
            Self::Home => go(Location::Folder(state.home())),
            Self::ShowDeleted => go(Location::Deleted),
            Self::ShowLinks => go(Location::Links),
            Self::ShowChanges => go(Location::Changes),
            Self::ShowActivity => (!state.is_in_activity()).then(|| Action::Go(Location::activity())),
            Self::ShowDuplicates => go(Location::Duplicates(RemotePath::root())),
            Self::FindDuplicates => {
                let selected = selected.one().filter(|entry| entry.is_folder()).map(|entry| &entry.path);
                let shown = location.folder().filter(|_| state.browser.selection.paths.is_empty());
                selected.or(shown).map(|folder| Action::Go(Location::Duplicates(folder.clone())))
            }
            Self::ShowSpace => go(Location::space(RemotePath::root())),
            Self::ShowSpaceUsed => {
                state.folder_for_space().cloned().and_then(|folder| go(Location::space(folder)))
            }

            Self::CloseTab | Self::NextTab | Self::PreviousTab => when(has_tabs),
            Self::MoveTabRight => when(state.navigation.shown_tab() + 1 < state.navigation.tabs().len()),
            Self::MoveTabLeft => when(state.navigation.shown_tab() > 0),
            Self::ReopenTab => when(state.navigation.has_closed_tab()),
            Self::OpenInNewTab => when(state.folder_for_tab().is_some()),
            Self::SwitchPane => when(state.other_pane.is_some()),

            Self::Open if state.focus == Focus::Tree => {
                state.tree.cursor.clone().map(|path| Action::Go(state.tree_location(path)))
            }
            Self::Open if state.is_in_activity() => {
                state.activity.selected.map(|id| Action::Activity(ActivityAction::Show(id)))
            }
            Self::Open if state.browser.selection.paths.len() > 1 => when(true),
            Self::Open => state.browser.subject().map(|entry| Action::Open(entry.path.clone())),
            Self::OpenCopy => when(
                selected.all_live() && state.browser.selected_entries().iter().any(|it| it.file().is_some()),
            ),
            Self::ShowInFolder => {
                when(location.folder().is_none() && selected.one().is_some_and(|entry| !entry.is_deleted()))
            }
            Self::SelectPattern => {
                when(location.has_rows() && *location != Location::Deleted && state.browser.row_count() > 0)
            }
            Self::SelectAll | Self::InvertSelection => when(state.browser.row_count() > 0),
            Self::ToggleSelected => when(state.browser.selection.cursor.is_some()),
            Self::ContextMenu => when(location.has_rows() || state.browser.selection.cursor.is_some()),
            Self::ClearSelection => when(!state.browser.selection.paths.is_empty()),
            Self::Cancel => state.cancel_action(),
            Self::QuickPreview if state.is_typing_ahead() => Some(Action::TypeAhead(' ')),
            Self::QuickPreview => {
                when(state.browser.subject().is_some_and(|entry| entry.last_version().is_some()))
            }

            Self::NewFolder | Self::Paste | Self::Upload | Self::UploadFolder => when(can_add),
            Self::Rename if state.browser.status.selected > 1 => when(can_change && selected.all_live()),
            Self::Rename => {
                let renamed = state.browser.subject_alone();
                when(can_change && renamed.is_some_and(|entry| !entry.is_deleted()))
            }
            Self::RemoveFromDropbox => when(state.removable_shared_folder().is_some()),
            // Whoever looks at links means these, and not the items.
            Self::Delete if *location == Location::Links => {
                Self::RemoveLink.resolve_in_window(state).map(|_| Action::Command(Self::RemoveLink))
            }
            Self::Delete if state.removable_shared_folder().is_some() => {
                Some(Action::Command(Self::RemoveFromDropbox))
            }
            Self::Cut | Self::Delete | Self::MoveTo => when(can_change && selected.all_live()),
            Self::MoveToOtherPane => {
                when(can_change && selected.all_live() && state.folder_of_other_pane().is_some())
            }
            Self::CopyToOtherPane => when(selected.all_live() && state.folder_of_other_pane().is_some()),
            Self::Duplicate => {
                let can_add_here = location.folder().is_none() || can_add;
                when(can_add_here && can_change && selected.all_live())
            }
            Self::Copy | Self::CopyTo | Self::Download => when(selected.all_live()),
            Self::Undelete => when(selected.all_deleted()),
            Self::CopyPath | Self::CopyName => when(!selected.none()),
            Self::RemoveLink => {
                when(*location == Location::Links && selected.one().is_some_and(|entry| !entry.is_deleted()))
            }
            Self::CopyLink | Self::Share => when(selected.one().is_some_and(|entry| !entry.is_deleted())),
            Self::ShowInFileManager => when(selected.one().is_some_and(|entry| entry.file().is_some())),
            Self::Versions => {
                when(selected.one().is_some_and(|entry| !entry.is_folder() && !entry.is_deleted_folder()))
            }
            Self::Compare => {
                let status = &state.browser.status;
                when(selected.all_live() && (status.selected, status.selected_folders) == (2, 0))
            }
            Self::CompareWithLocal => {
                when(selected.all_live() && selected.one().is_some_and(|entry| entry.file().is_some()))
            }
            Self::Filter => when(state.can_filter()),
            Self::SaveSearch => when(location.is_search()),
            Self::ToggleBookmark => when(state.can_bookmark()),
            Self::Undo => when(state.undo.can(UndoStep::Undo)),
            Self::Redo => when(state.undo.can(UndoStep::Redo)),

            Self::SortByName => sort_by(SortColumn::Name),
            Self::SortBySize => sort_by(SortColumn::Size),
            Self::SortByModified => sort_by(SortColumn::Modified),
            Self::SortByKind => sort_by(SortColumn::Kind),
            Self::ReverseOrder => state.shown_sort().map(|sort| Action::SortBy(sort.column)),
            Self::FoldersFirst | Self::GroupByNothing | Self::GroupByKind | Self::GroupByDate => {
                when(location.shown_folder().is_some())
            }
            Self::UseViewForAll => {
                when(location.shown_folder().is_some() && !state.settings.folder_views.is_empty())
            }
            Self::ResetView => when(location.shown_folder().is_some() && state.own_view().is_some()),
            // There, other columns take its room.
            Self::ToggleKindColumn => when(is_list && location.folder().is_some()),
            Self::ToggleSizeColumn
            | Self::ToggleModifiedColumn
            | Self::CompactRows
            | Self::StandardRows
            | Self::RoomyRows => when(is_list),
            Self::ListView
            | Self::GridView
            | Self::ViewMenu
            | Self::ZoomIn
            | Self::ZoomOut
            | Self::ZoomReset => when(location.has_views()),
            Self::SignOut => when(matches!(state.session.choice, AccountChoice::Dropbox { .. })),
            Self::TypePath
            | Self::NewTab
            | Self::TogglePanes
            | Self::Find
            | Self::GoToAnything
            | Self::CommandPalette
            | Self::Refresh
            | Self::ToggleSideBar
            | Self::ToggleInspector
            | Self::ToggleTransfers
            | Self::ToggleReducedMotion
            | Self::ToggleFullScreen
            | Self::ToggleChangeNotices
            | Self::ThemeSystem
            | Self::ThemeLight
            | Self::ThemeDark
            | Self::Account
            | Self::Settings
            | Self::Guide
            | Self::Shortcuts => when(true),
        }
    }

    /// It changes the account, or is about an item as it is now: what is shown as it was has nothing of that.
    fn is_about_now(self) -> bool {
        matches!(
            self,
            Self::FindDuplicates
                | Self::ShowSpaceUsed
                | Self::ShowInFolder
                | Self::NewFolder
                | Self::Paste
                | Self::Upload
                | Self::UploadFolder
                | Self::Rename
                | Self::RemoveFromDropbox
                | Self::Delete
                | Self::Cut
                | Self::Copy
                | Self::MoveTo
                | Self::CopyTo
                | Self::MoveToOtherPane
                | Self::CopyToOtherPane
                | Self::Duplicate
                | Self::Undelete
                | Self::CopyLink
                | Self::RemoveLink
                | Self::Share
                | Self::Versions
                | Self::Undo
                | Self::Redo
        )
    }

    /// A dialog covers the window: only what belongs to it can be reached.
    fn resolve_in_dialog(self, state: &State) -> Option<Action> {
        let zoom = |step| Some(Action::Dialog(DialogAction::Zoom(step)));
        match (self, state.dialog.as_ref()?) {
            (Self::Cancel, Dialog::FolderChooser(chooser)) if chooser.new_folder.is_some() => {
                Some(Action::Dialog(DialogAction::Chooser(ChooserAction::CancelNewFolder)))
            }
            (Self::Cancel, Dialog::Compare(compare)) if compare.is_of_versions() => {
                Some(Action::Dialog(DialogAction::BackToVersions))
            }
            (Self::Cancel, _) | (Self::QuickPreview, Dialog::LargePreview(_)) => Some(Action::CloseDialog),
            (Self::ZoomIn, Dialog::LargePreview(_) | Dialog::Compare(_)) => zoom(ZoomStep::In),
            (Self::ZoomOut, Dialog::LargePreview(_) | Dialog::Compare(_)) => zoom(ZoomStep::Out),
            (Self::ZoomReset, Dialog::LargePreview(_) | Dialog::Compare(_)) => zoom(ZoomStep::Fit),
            (Self::Download | Self::Share | Self::Versions, Dialog::LargePreview(large))
                if state
                    .browser
                    .only_selected()
                    .is_some_and(|selected| selected.path == large.entry.path) =>
            {
                self.resolve_in_window(state)
            }
            (Self::ToggleFullScreen, _) => Some(Action::Command(self)),
            (Self::Open, Dialog::LargePreview(large)) => Some(Action::Open(large.entry.path.clone())),
            _ => None,
        }
    }
}

/// What the selection allows, found out without walking through all of a large one.
struct SelectionFacts<'a> {
    state: &'a State,
}

impl<'a> SelectionFacts<'a> {
    fn new(state: &'a State) -> Self {
        Self { state }
    }

    fn none(&self) -> bool {
        self.state.browser.status.selected == 0
    }

    fn one(&self) -> Option<&'a Entry> {
        self.state.browser.only_selected()
    }

    fn all_live(&self) -> bool {
        !self.none() && self.state.browser.status.selected_deleted == 0
    }

    fn all_deleted(&self) -> bool {
        !self.none() && self.state.browser.status.selected_deleted == self.state.browser.status.selected
    }
}
