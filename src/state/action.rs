//! What a person can do, with the thing they did it to. Made by the window, understood by [`super::State::act`].

use super::Command;
use super::Focus;
use super::Place;
use crate::model::transfer::ConflictAnswer;
use crate::model::{AccountChoice, Entry, RemotePath, RequestId, SortColumn, Thumbnail};
use std::path::PathBuf;

#[derive(Clone, Debug, PartialEq)]
pub enum Action {
    /// A key, menu entry or button without a target of its own; ignored when it does not resolve now.
    Command(Command),

    // Going places
    Go(Place),
    /// A typed path: a folder is opened, a file is shown selected in its folder.
    GoToTyped(String),
    /// Opens a row: a folder is entered, a file opens with the system's program.
    Open(RemotePath),
    EditPath(String),
    LeavePath,
    EditSearch(String),
    Focus(Focus),

    // Rows
    /// Plain, Ctrl and Shift clicks on a row.
    Click {
        row: usize,
        modifiers: ClickModifiers,
    },
    ClickEmpty,
    /// Rows under the rubber band; `keep` adds to what was selected when it began.
    RubberBand {
        rows: Vec<usize>,
        keep: bool,
    },
    RubberBandEnd,
    /// Keyboard movement by rows; `columns` is the number of grid cells in a line (1 in the list), `page` rows in a page.
    Move {
        motion: Motion,
        extend: bool,
        toggle_only: bool,
    },
    TypeAhead(char),
    SortBy(SortColumn),
    SetGridPoints(f32),
    /// The window tells how many cells stand in a line and how many lines on a page.
    Layout {
        columns: usize,
        page_lines: usize,
    },
    /// The window scrolled to the focused row, so that it is not asked again.
    Scrolled {
        top: f32,
    },

    // Tree
    ToggleTree(RemotePath),

    // Edits
    RenameText(String),
    RenameCommit,
    RenameCancel,
    /// Drops rows of this window onto a folder: moves, or copies with Ctrl.
    DropEntries {
        entries: Vec<Entry>,
        target: RemotePath,
        copy: bool,
    },
    /// Files from outside are over the window, over this folder (none: not a place for files).
    DragOver(Option<DragOver>),
    /// Files from outside were dropped.
    DropFiles {
        local_paths: Vec<PathBuf>,
        target: RemotePath,
    },
    DismissToast(u64),
    ToastAction(u64),
    /// The pointer rests on a toast: it stays.
    HoldToast(u64),

    // Dialogs
    CloseDialog,
    Dialog(DialogAction),

    // Transfers
    CancelTransfer(RequestId),
    RetryTransfer(RequestId),
    ClearTransfers,
    ShowTransferred(RequestId),

    // Thumbnails: what the window needs to draw now, in order
    WantThumbnails(Vec<Thumbnail>),

    // Settings that are dragged
    SetSideBarWidth(f32),
    SetInspectorWidth(f32),
    SetColumnWidth(SortColumn, f32),
    SetWindowSize([f32; 2]),
}

/// Files from another program over this window.
#[derive(Clone, Debug, PartialEq)]
pub struct DragOver {
    pub count: usize,
    pub target: RemotePath,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ClickModifiers {
    pub toggle: bool,
    pub extend: bool,
    /// A press of the secondary button keeps a selection that it is inside of.
    pub secondary: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Motion {
    Up,
    Down,
    Left,
    Right,
    PageUp,
    PageDown,
    Home,
    End,
}

/// What is done inside the open dialog.
#[derive(Clone, Debug, PartialEq)]
pub enum DialogAction {
    // Versions
    SelectRevision(usize),
    RestoreRevision,
    SaveRevision,

    // Share
    CopyLink,
    OpenLink,
    RevokeLink,

    // Sign-in
    ChooseAccount(AccountChoice),
    EditAppKey(String),
    EditCode(String),
    HowToGetAppKey,
    OpenAuthorizePage,
    CopyAuthorizePage,
    Connect,

    // Upload questions
    AnswerConflict { index: usize, answer: ConflictAnswer },
    AnswerAll(ConflictAnswer),
    ConfirmUpload,

    // Large preview
    Next,
    Previous,
    Zoom(ZoomStep),
}

#[derive(Clone, Copy, Debug, PartialEq)]
pub enum ZoomStep {
    In,
    Out,
    Fit,
    Actual,
    /// Screen points for each pixel of the picture.
    To(f32),
}
