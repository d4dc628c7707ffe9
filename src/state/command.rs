//! Everything a key, a menu entry or a button can mean without saying to what: the state knows.
//!
//! [`Command::resolve`] answers with the action it stands for now, or `None`: that is also whether it is enabled.
//! Texts and icons of commands are the window's; keys are listed here because the state's tests forbid clashes.

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Command {
    // Going places
    Back,
    Forward,
    Up,
    Home,
    ShowDeleted,
    ShowLinks,
    TypePath,
    Find,
    Refresh,

    // View
    ListView,
    GridView,
    ZoomIn,
    ZoomOut,
    ZoomReset,
    ToggleInspector,
    ToggleTransfers,
    ThemeSystem,
    ThemeLight,
    ThemeDark,

    // Selection
    Open,
    SelectAll,
    InvertSelection,
    ClearSelection,
    QuickPreview,
    ContextMenu,

    // Edits
    NewFolder,
    Rename,
    Cut,
    Copy,
    Paste,
    Delete,
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
    CopyLink,
    Share,
    Versions,

    // Account
    Account,
    SignOut,
    Shortcuts,
}

/// A key with its modifiers, by the names that egui gives to keys ("ArrowUp", "F2", "C").
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Shortcut {
    /// Ctrl, or Cmd on macOS.
    pub command: bool,
    pub shift: bool,
    pub alt: bool,
    pub key: &'static str,
}
