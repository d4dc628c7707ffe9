//! The words, symbols and keys of commands, the same in menus, buttons, tooltips and the list of keys.

use coffer_state::shortcuts::Shortcut;
use coffer_state::{Command, Location, State};
use coffer_texts::tr;
use egui_material_icons::{MaterialIcon, icons};
use std::borrow::Cow;

/// As it stands in a menu or on a button; `…` when a dialog follows.
pub fn label(command: Command) -> &'static str {
    match command {
        Command::Back => tr!("command-back"),
        Command::Forward => tr!("command-forward"),
        Command::Up => tr!("command-up"),
        Command::Home => tr!("command-home"),
        Command::ShowDeleted => tr!("command-show-deleted"),
        Command::ShowLinks => tr!("command-show-links"),
        Command::ShowChanges => tr!("command-show-changes"),
        Command::ShowActivity => tr!("command-show-activity"),
        Command::ShowDuplicates => tr!("command-show-duplicates"),
        Command::FindDuplicates => tr!("command-find-duplicates"),
        Command::ShowSpace => tr!("command-show-space"),
        Command::ShowSpaceUsed => tr!("command-show-space-used"),
        Command::TogglePast => tr!("command-toggle-past"),
        Command::BringBack | Command::BringBackItems => tr!("command-bring-back"),
        Command::NewTab => tr!("command-new-tab"),
        Command::OpenInNewTab => tr!("command-open-in-new-tab"),
        Command::CloseTab => tr!("command-close-tab"),
        Command::ReopenTab => tr!("command-reopen-tab"),
        Command::NextTab => tr!("command-next-tab"),
        Command::PreviousTab => tr!("command-previous-tab"),
        Command::MoveTabRight => tr!("command-move-tab-right"),
        Command::MoveTabLeft => tr!("command-move-tab-left"),
        Command::TogglePanes => tr!("command-toggle-panes"),
        Command::SwitchPane => tr!("command-switch-pane"),
        Command::CopyToOtherPane => tr!("command-copy-to-other-pane"),
        Command::MoveToOtherPane => tr!("command-move-to-other-pane"),
        Command::TypePath => tr!("command-type-path"),
        Command::Find => tr!("command-find"),
        Command::Filter => tr!("command-filter"),
        Command::SaveSearch => tr!("command-save-search"),
        Command::ToggleBookmark => tr!("command-add-bookmark"),
        Command::GoToAnything => tr!("command-go-to-anything"),
        Command::CommandPalette => tr!("command-command-palette"),
        Command::Refresh => tr!("command-refresh"),
        Command::ListView => tr!("command-list-view"),
        Command::GridView => tr!("command-grid-view"),
        Command::ZoomIn => tr!("command-zoom-in"),
        Command::ZoomOut => tr!("command-zoom-out"),
        Command::ZoomReset => tr!("command-zoom-reset"),
        Command::ViewMenu => tr!("command-view-menu"),
        Command::SortByName => tr!("command-sort-by-name"),
        Command::SortBySize => tr!("command-sort-by-size"),
        Command::SortByModified => tr!("command-sort-by-modified"),
        Command::SortByKind => tr!("command-sort-by-kind"),
        Command::ReverseOrder => tr!("command-reverse-order"),
        Command::FoldersFirst => tr!("command-folders-first"),
        Command::GroupByNothing => tr!("command-group-by-nothing"),
        Command::GroupByKind => tr!("command-group-by-kind"),
        Command::GroupByDate => tr!("command-group-by-date"),
        Command::ToggleSizeColumn => tr!("command-toggle-size-column"),
        Command::ToggleModifiedColumn => tr!("command-toggle-modified-column"),
        Command::ToggleKindColumn => tr!("command-toggle-kind-column"),
        Command::UseViewForAll => tr!("command-use-view-for-all"),
        Command::ResetView => tr!("command-reset-view"),
        Command::CompactRows => tr!("command-compact-rows"),
        Command::StandardRows => tr!("command-standard-rows"),
        Command::RoomyRows => tr!("command-roomy-rows"),
        Command::ToggleSideBar => tr!("command-toggle-side-bar"),
        Command::ToggleInspector => tr!("command-toggle-inspector"),
        Command::ToggleTransfers => tr!("command-toggle-transfers"),
        Command::ToggleFullScreen => tr!("command-toggle-full-screen"),
        Command::ToggleReducedMotion => tr!("command-toggle-reduced-motion"),
        Command::ToggleChangeNotices => tr!("command-toggle-change-notices"),
        Command::ThemeSystem => tr!("command-theme-system"),
        Command::ThemeLight => tr!("command-theme-light"),
        Command::ThemeDark => tr!("command-theme-dark"),
        Command::Open => tr!("command-open"),
        Command::OpenCopy => tr!("command-open-copy"),
        Command::ShowInFolder => tr!("command-show-in-folder"),
        Command::SelectAll => tr!("command-select-all"),
        Command::SelectPattern => tr!("command-select-pattern"),
        Command::InvertSelection => tr!("command-invert-selection"),
        Command::ToggleSelected => tr!("command-toggle-selected"),
        Command::ClearSelection => tr!("command-clear-selection"),
        Command::Cancel => tr!("command-cancel"),
        Command::QuickPreview => tr!("command-quick-preview"),
        Command::ContextMenu => tr!("command-context-menu"),
        Command::NewFolder => tr!("command-new-folder"),
        Command::Rename => tr!("command-rename"),
        Command::MoveTo => tr!("command-move-to"),
        Command::CopyTo => tr!("command-copy-to"),
        Command::Duplicate => tr!("command-duplicate"),
        Command::Cut => tr!("command-cut"),
        Command::Copy => tr!("command-copy"),
        Command::Paste => tr!("command-paste"),
        Command::Delete => tr!("command-delete"),
        Command::RemoveFromDropbox => tr!("command-remove-from-dropbox"),
        Command::Undo => tr!("command-undo"),
        Command::Redo => tr!("command-redo"),
        Command::Undelete => tr!("command-undelete"),
        Command::Upload => tr!("command-upload"),
        Command::UploadFolder => tr!("command-upload-folder"),
        Command::Download => tr!("command-download"),
        Command::ShowInFileManager => tr!("command-show-in-file-manager"),
        Command::CopyName => tr!("command-copy-name"),
        Command::CopyPath => tr!("command-copy-path"),
        Command::CopyLink => tr!("command-copy-link"),
        Command::RemoveLink => tr!("command-remove-link"),
        Command::Share => tr!("command-share"),
        Command::Versions => tr!("command-versions"),
        Command::Compare => tr!("command-compare"),
        Command::CompareWithLocal => tr!("command-compare-with-local"),
        Command::Account => tr!("command-account"),
        Command::SignOut => tr!("command-sign-out"),
        Command::Settings => tr!("command-settings"),
        Command::Guide => tr!("guide-title"),
        Command::Shortcuts => tr!("command-shortcuts"),
    }
}

pub fn icon(command: Command) -> Option<MaterialIcon> {
    Some(match command {
        Command::Back => icons::ICON_ARROW_BACK,
        Command::Forward => icons::ICON_ARROW_FORWARD,
        Command::Up => icons::ICON_ARROW_UPWARD,
        Command::Home => icons::ICON_HOME,
        Command::ShowDeleted | Command::Delete => icons::ICON_DELETE,
        Command::ShowLinks | Command::CopyLink => icons::ICON_LINK,
        Command::RemoveLink => icons::ICON_LINK_OFF,
        Command::ShowChanges => icons::ICON_UPDATE,
        Command::ShowActivity => icons::ICON_MANAGE_HISTORY,
        Command::ShowDuplicates | Command::FindDuplicates => icons::ICON_FILE_COPY,
        Command::ShowSpace | Command::ShowSpaceUsed => icons::ICON_DONUT_SMALL,
        Command::BringBack | Command::BringBackItems => icons::ICON_RESTORE_PAGE,
        Command::Find => icons::ICON_SEARCH,
        Command::Filter => icons::ICON_FILTER_LIST,
        Command::SaveSearch | Command::ToggleBookmark => icons::ICON_BOOKMARK_ADD,
        Command::Refresh => icons::ICON_REFRESH,
        Command::ListView => icons::ICON_TABLE_ROWS,
        Command::GridView => icons::ICON_GRID_VIEW,
        Command::ThemeSystem => icons::ICON_CONTRAST,
        Command::ThemeLight => icons::ICON_LIGHT_MODE,
        Command::ThemeDark => icons::ICON_DARK_MODE,
        Command::Open => icons::ICON_OPEN_IN_NEW,
        Command::OpenCopy => icons::ICON_FILE_OPEN,
        Command::ShowInFolder | Command::MoveTo | Command::MoveToOtherPane => icons::ICON_DRIVE_FILE_MOVE,
        Command::NewTab | Command::OpenInNewTab => icons::ICON_TAB,
        Command::CloseTab => icons::ICON_CLOSE,
        Command::TogglePanes => icons::ICON_SPLITSCREEN_RIGHT,
        Command::SwitchPane => icons::ICON_SWAP_HORIZ,
        Command::SelectAll => icons::ICON_SELECT_ALL,
        Command::QuickPreview => icons::ICON_VISIBILITY,
        Command::RemoveFromDropbox => icons::ICON_FOLDER_OFF,
        Command::NewFolder => icons::ICON_CREATE_NEW_FOLDER,
        Command::Rename => icons::ICON_EDIT,
        Command::CopyTo | Command::CopyToOtherPane => icons::ICON_FOLDER_COPY,
        Command::Duplicate => icons::ICON_LIBRARY_ADD,
        Command::Cut => icons::ICON_CONTENT_CUT,
        Command::Copy | Command::CopyPath | Command::CopyName => icons::ICON_CONTENT_COPY,
        Command::Paste => icons::ICON_CONTENT_PASTE,
        Command::Undo => icons::ICON_UNDO,
        Command::Redo => icons::ICON_REDO,
        Command::Undelete => icons::ICON_RESTORE_FROM_TRASH,
        Command::Upload => icons::ICON_UPLOAD,
        Command::UploadFolder => icons::ICON_DRIVE_FOLDER_UPLOAD,
        Command::Download => icons::ICON_DOWNLOAD,
        Command::ShowInFileManager => icons::ICON_FOLDER_OPEN,
        Command::Share => icons::ICON_SHARE,
        Command::Versions | Command::TogglePast => icons::ICON_HISTORY,
        Command::Compare | Command::CompareWithLocal => icons::ICON_DIFFERENCE,
        Command::Account => icons::ICON_ACCOUNT_CIRCLE,
        Command::SignOut => icons::ICON_LOGOUT,
        Command::Settings => icons::ICON_SETTINGS,
        Command::Guide => icons::ICON_HELP,
        Command::Shortcuts => icons::ICON_KEYBOARD,
        Command::ViewMenu => icons::ICON_TUNE,
        Command::UseViewForAll => icons::ICON_DONE_ALL,
        Command::ResetView => icons::ICON_RESTART_ALT,
        Command::ToggleInspector => icons::ICON_INFO,
        Command::ToggleTransfers | Command::ReverseOrder => icons::ICON_SWAP_VERT,
        _ => return None,
    })
}

/// As [`label`], with what it would do now: "Undo Delete “Budget.csv”".
pub fn label_now(command: Command, state: &State) -> Cow<'static, str> {
    if command == Command::Download && state.navigation.current().is_past() {
        return Cow::Borrowed(tr!("versions-save"));
    }
    if command == Command::ToggleBookmark && state.has_bookmarks_of_command() {
        return Cow::Borrowed(tr!("command-remove-bookmark"));
    }
    if command == Command::Rename && state.browser.status.selected > 1 {
        return Cow::Owned(tr!("command-rename-items", count = state.browser.status.selected));
    }
    let label = label(command);
    let named = match command {
        Command::Undo => state.undo.undo_label().map(|edit| tr!("command-undo-named", edit = edit)),
        Command::Redo => state.undo.redo_label().map(|edit| tr!("command-redo-named", edit = edit)),
        _ => None,
    };
    named.map_or(Cow::Borrowed(label), Cow::Owned)
}

/// The first of its keys in words, "Ctrl+Shift+N"; empty when it has none.
pub fn keys(command: Command) -> String {
    command.shortcuts().first().map_or_else(String::new, |shortcut| in_words(*shortcut))
}

/// A key as it stands on keyboards.
pub fn in_words(shortcut: Shortcut) -> String {
    let control = if cfg!(target_os = "macos") { "Cmd+" } else { "Ctrl+" };
    let key = match shortcut.key {
        "ArrowLeft" => "←",
        "ArrowRight" => "→",
        "ArrowUp" => "↑",
        "ArrowDown" => "↓",
        "Slash" => "/",
        "Plus" => "+",
        "Minus" => "−",
        "Equals" => "=",
        "Comma" => ",",
        "Questionmark" => "?",
        "OpenBracket" => "[",
        "CloseBracket" => "]",
        "Escape" => "Esc",
        "Delete" => "Del",
        "PageUp" => "PgUp",
        "PageDown" => "PgDn",
        other => other,
    };
    let keys = format!(
        "{}{}{}{key}",
        if shortcut.command { control } else { "" },
        if shortcut.alt { "Alt+" } else { "" },
        if shortcut.shift { "Shift+" } else { "" },
    );
    key_names(&keys)
}

/// "Ctrl+Del", "Shift+Enter": keys by the names that they have on keyboards of the language.
pub fn key_names(keys: &str) -> String {
    let names = [
        ("Ctrl", tr!("key-control")),
        ("Shift", tr!("key-shift")),
        ("Enter", tr!("key-enter")),
        ("Space", tr!("key-space")),
        ("Backspace", tr!("key-backspace")),
        ("Del", tr!("key-delete")),
        ("Home", tr!("key-home")),
        ("PgUp", tr!("key-page-up")),
        ("PgDn", tr!("key-page-down")),
    ];
    let name_of = |key| names.iter().find(|(name, _)| *name == key).map_or(key, |(_, name)| *name);
    // "Ctrl++" is Ctrl and plus.
    keys.split('+').map(name_of).collect::<Vec<_>>().join("+")
}

/// What the header calls a location; also the title of the window.
pub fn location_name(state: &State, location: &Location) -> String {
    match location {
        Location::Folder(path) | Location::Past { folder: path, .. } => state.folder_name(path).to_owned(),
        Location::Deleted => label(Command::ShowDeleted).to_owned(),
        Location::Links => label(Command::ShowLinks).to_owned(),
        Location::Changes => label(Command::ShowChanges).to_owned(),
        Location::Activity { .. } => label(Command::ShowActivity).to_owned(),
        Location::Duplicates(below) if !below.is_root() => {
            tr!("duplicates-in", folder = state.folder_name(below))
        }
        Location::Duplicates(_) => label(Command::ShowDuplicates).to_owned(),
        Location::Search { query, .. } => tr!("quoted", name = query),
        Location::Space { folder, .. } if folder.is_root() => label(Command::ShowSpace).to_owned(),
        Location::Space { folder, .. } => tr!("space-in", folder = state.folder_name(folder)),
    }
}

/// The symbol of a location that is not a folder as it is now.
pub fn location_icon(location: &Location) -> Option<MaterialIcon> {
    Some(match location {
        Location::Folder(_) => return None,
        Location::Past { .. } => icons::ICON_HISTORY,
        Location::Deleted => icons::ICON_DELETE,
        Location::Links => icons::ICON_LINK,
        Location::Changes => icons::ICON_UPDATE,
        Location::Activity { .. } => icons::ICON_MANAGE_HISTORY,
        Location::Duplicates(_) => icons::ICON_FILE_COPY,
        Location::Search { .. } => icons::ICON_SEARCH,
        Location::Space { .. } => icons::ICON_DONUT_SMALL,
    })
}
