//! The words, symbols and keys of commands, the same in menus, buttons, tooltips and the list of keys.

use coffer_state::shortcuts::Shortcut;
use coffer_state::{Command, Location, State};
use egui_material_icons::{MaterialIcon, icons};
use std::borrow::Cow;

/// As it stands in a menu or on a button; `…` when a dialog follows.
pub fn label(command: Command) -> &'static str {
    match command {
        Command::Back => "Back",
        Command::Forward => "Forward",
        Command::Up => "Parent folder",
        Command::Home => "Home",
        Command::ShowDeleted => "Deleted files",
        Command::ShowLinks => "Shared links",
        Command::ShowChanges => "Changes",
        Command::ShowActivity => "Activity",
        Command::ShowDuplicates => "Duplicates",
        Command::FindDuplicates => "Find duplicates here",
        Command::ShowSpace => "Space",
        Command::ShowSpaceUsed => "Show space used",
        Command::TogglePast => "As it was",
        Command::BringBack | Command::BringBackItems => "Bring back…",
        Command::NewTab => "New tab",
        Command::OpenInNewTab => "Open in new tab",
        Command::CloseTab => "Close tab",
        Command::ReopenTab => "Reopen closed tab",
        Command::NextTab => "Next tab",
        Command::PreviousTab => "Previous tab",
        Command::MoveTabRight => "Move tab right",
        Command::MoveTabLeft => "Move tab left",
        Command::TogglePanes => "Two panes",
        Command::SwitchPane => "Go to the other pane",
        Command::CopyToOtherPane => "Copy to the other pane",
        Command::MoveToOtherPane => "Move to the other pane",
        Command::TypePath => "Go to path…",
        Command::Find => "Search",
        Command::Filter => "Filter",
        Command::SaveSearch => "Save search",
        Command::GoToAnything => "Go to anything…",
        Command::CommandPalette => "Run a command…",
        Command::Refresh => "Refresh",
        Command::ListView => "List",
        Command::GridView => "Grid",
        Command::ZoomIn => "Zoom in",
        Command::ZoomOut => "Zoom out",
        Command::ZoomReset => "Reset zoom",
        Command::ViewMenu => "Sort and view",
        Command::SortByName => "Sort by name",
        Command::SortBySize => "Sort by size",
        Command::SortByModified => "Sort by date",
        Command::SortByKind => "Sort by kind",
        Command::ReverseOrder => "Reverse order",
        Command::FoldersFirst => "Folders first",
        Command::GroupByNothing => "No groups",
        Command::GroupByKind => "Group by kind",
        Command::GroupByDate => "Group by date",
        Command::ToggleSizeColumn => "Size column",
        Command::ToggleModifiedColumn => "Modified column",
        Command::ToggleKindColumn => "Kind column",
        Command::UseViewForAll => "Use for all folders",
        Command::ResetView => "Reset this folder",
        Command::CompactRows => "Compact rows",
        Command::StandardRows => "Standard rows",
        Command::RoomyRows => "Roomy rows",
        Command::ToggleSideBar => "Side bar",
        Command::ToggleInspector => "Details",
        Command::ToggleTransfers => "Transfers",
        Command::ToggleReducedMotion => "Reduce motion",
        Command::ToggleChangeNotices => "Notify about changes",
        Command::ThemeSystem => "System",
        Command::ThemeLight => "Light",
        Command::ThemeDark => "Dark",
        Command::Open => "Open",
        Command::OpenCopy => "Open a copy",
        Command::ShowInFolder => "Show in folder",
        Command::SelectAll => "Select all",
        Command::SelectPattern => "Select by pattern…",
        Command::InvertSelection => "Invert selection",
        Command::ToggleSelected => "Toggle selection",
        Command::ClearSelection => "Deselect all",
        Command::Cancel => "Cancel",
        Command::QuickPreview => "Preview",
        Command::ContextMenu => "Context menu",
        Command::NewFolder => "New folder",
        Command::Rename => "Rename",
        Command::MoveTo => "Move to…",
        Command::CopyTo => "Copy to…",
        Command::Duplicate => "Duplicate",
        Command::Cut => "Cut",
        Command::Copy => "Copy",
        Command::Paste => "Paste",
        Command::Delete => "Delete",
        Command::RemoveFromDropbox => "Remove from my Dropbox…",
        Command::Undo => "Undo",
        Command::Redo => "Redo",
        Command::Undelete => "Restore",
        Command::Upload => "Upload files…",
        Command::UploadFolder => "Upload folder…",
        Command::Download => "Download…",
        Command::ShowInFileManager => "Show in file manager",
        Command::CopyPath => "Copy path",
        Command::CopyLink => "Copy link",
        Command::Share => "Share…",
        Command::Versions => "Versions…",
        Command::Compare => "Compare",
        Command::CompareWithLocal => "Compare with a file on this computer…",
        Command::Account => "Account…",
        Command::SignOut => "Sign out",
        Command::Settings => "Settings…",
        Command::Shortcuts => "Keyboard shortcuts",
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
        Command::ShowChanges => icons::ICON_UPDATE,
        Command::ShowActivity => icons::ICON_MANAGE_HISTORY,
        Command::ShowDuplicates | Command::FindDuplicates => icons::ICON_FILE_COPY,
        Command::ShowSpace | Command::ShowSpaceUsed => icons::ICON_DONUT_SMALL,
        Command::BringBack | Command::BringBackItems => icons::ICON_RESTORE_PAGE,
        Command::Find => icons::ICON_SEARCH,
        Command::Filter => icons::ICON_FILTER_LIST,
        Command::SaveSearch => icons::ICON_BOOKMARK_ADD,
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
        Command::Copy | Command::CopyPath => icons::ICON_CONTENT_COPY,
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
        return Cow::Borrowed("Save a copy…");
    }
    if command == Command::Rename && state.browser.status.selected > 1 {
        return Cow::Owned(format!(
            "Rename {}…",
            super::format::counted(state.browser.status.selected, "item")
        ));
    }
    let label = label(command);
    let edit = match command {
        Command::Undo => state.undo.undo_label(),
        Command::Redo => state.undo.redo_label(),
        _ => None,
    };
    edit.map_or(Cow::Borrowed(label), |edit| format!("{label} {edit}").into())
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
    format!(
        "{}{}{}{key}",
        if shortcut.command { control } else { "" },
        if shortcut.alt { "Alt+" } else { "" },
        if shortcut.shift { "Shift+" } else { "" },
    )
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
            format!("{} in {}", label(Command::ShowDuplicates), state.folder_name(below))
        }
        Location::Duplicates(_) => label(Command::ShowDuplicates).to_owned(),
        Location::Search { query, .. } => format!("“{query}”"),
        Location::Space { folder, .. } if folder.is_root() => label(Command::ShowSpace).to_owned(),
        Location::Space { folder, .. } => format!("Space in {}", state.folder_name(folder)),
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
