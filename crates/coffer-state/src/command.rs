//! Everything a key, a menu entry or a button can mean without saying to what. What each means now, and whether it
//! means anything, is in `resolve`. Texts and icons of commands are the window's; keys are in [`super::shortcuts`],
//! where tests forbid clashes.

pub use super::shortcuts::Shortcut;

use strum::VariantArray;

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, strum::VariantArray)]
pub enum Command {
    // Going places
    Back,
    Forward,
    Up,
    Home,
    ShowDeleted,
    ShowLinks,
    ShowChanges,
    ShowActivity,
    ShowDuplicates,
    /// Looks for equal files in the selected folder, or in the one that is shown.
    FindDuplicates,
    /// What takes the space of the whole account.
    ShowSpace,
    /// What takes the space of the selected folder, or of the one that is shown.
    ShowSpaceUsed,
    /// Shows the folder as it was, or as it is now again.
    TogglePast,
    /// Brings the folder whose past is shown back.
    BringBack,
    /// The same of what is selected in it.
    BringBackItems,
    TypePath,
    Find,
    /// Narrows the rows that are shown.
    Filter,
    /// Keeps the search that is shown under a name, or no longer.
    SaveSearch,
    /// Keeps what is selected, or the folder that is shown, in the side bar, or no longer.
    ToggleBookmark,
    /// Opens an item by some letters of its path.
    GoToAnything,
    /// Runs a command by some letters of its name.
    CommandPalette,
    Refresh,

    // Tabs
    /// At the folder that is shown.
    NewTab,
    /// The selected folder, behind the tab that is shown.
    OpenInNewTab,
    CloseTab,
    /// Opens the tab again that was closed last.
    ReopenTab,
    NextTab,
    PreviousTab,
    MoveTabRight,
    MoveTabLeft,

    // Panes
    /// Two side by side, or one again.
    TogglePanes,
    /// The other one becomes active.
    SwitchPane,
    /// What is selected, into the folder of the other pane.
    CopyToOtherPane,
    MoveToOtherPane,

    // View
    /// Opens the menu of all that follows.
    ViewMenu,
    ListView,
    GridView,
    ZoomIn,
    ZoomOut,
    ZoomReset,
    SortByName,
    SortBySize,
    SortByModified,
    SortByKind,
    ReverseOrder,
    /// Puts folders before all files, or among them.
    FoldersFirst,
    GroupByNothing,
    GroupByKind,
    GroupByDate,
    ToggleSizeColumn,
    ToggleModifiedColumn,
    ToggleKindColumn,
    /// Shows all folders as this one is shown.
    UseViewForAll,
    /// Shows the folder as all others are shown.
    ResetView,
    CompactRows,
    StandardRows,
    RoomyRows,
    ToggleSideBar,
    ToggleInspector,
    ToggleTransfers,
    ToggleReducedMotion,
    ToggleFullScreen,
    ToggleChangeNotices,
    ThemeSystem,
    ThemeLight,
    ThemeDark,

    // Selection
    Open,
    /// Opens copies that cannot be changed.
    OpenCopy,
    /// Shows an item of a list gathered from the whole account in its folder.
    ShowInFolder,
    SelectAll,
    /// Selects the rows whose names have a pattern.
    SelectPattern,
    InvertSelection,
    /// Selects the row of the cursor, or takes it out of the selection.
    ToggleSelected,
    ClearSelection,
    /// Esc: leaves whatever is entered last: a dialog, a name, a path, a search, a filter, a selection.
    Cancel,
    QuickPreview,
    ContextMenu,

    // Edits
    NewFolder,
    Rename,
    /// Asks for the folder that the selected items are moved or copied into.
    MoveTo,
    CopyTo,
    /// Copies the selected items beside themselves.
    Duplicate,
    Cut,
    Copy,
    Paste,
    Delete,
    /// Takes the selected shared folder out of the person’s Dropbox.
    RemoveFromDropbox,
    Undo,
    Redo,
    /// Brings selected deleted items back.
    Undelete,

    // Files
    Upload,
    UploadFolder,
    Download,
    ShowInFileManager,
    CopyPath,
    CopyName,
    CopyLink,
    RemoveLink,
    Share,
    Versions,
    /// Shows the two selected files beside each other.
    Compare,
    /// Shows the selected file beside one on this computer.
    CompareWithLocal,

    // Account
    Account,
    SignOut,
    Settings,
    Guide,
    Shortcuts,
}

impl Command {
    /// All commands, in the order of menus and of the list of keys.
    pub const ALL: &'static [Self] = Self::VARIANTS;
}
