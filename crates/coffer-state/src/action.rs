//! What a person can do, with the thing they did it to. Made by the window, understood by [`super::State::act`]. What
//! the window tells of itself is a [`super::WindowEvent`].

use super::Focus;
use super::activity::ActivityAction;
use super::bookmarks::BookmarkAction;
use super::changes::ChangeAction;
use super::command::Command;
use super::deleted::DeletedAction;
use super::duplicates::DuplicateAction;
use super::folder_chooser::ChooserAction;
use super::input::{ClickModifiers, Motion, ZoomStep};
use super::inspector::InspectorTab;
use super::kept_searches::KeptSearchAction;
use super::location::Location;
use super::panes::PaneAction;
use super::past::PastAction;
use super::row_filter::FilterAction;
use super::settings_dialog::SettingChange;
use super::space::SpaceColors;
use super::tabs::TabAction;
use super::transfers::{FileFilter, RowFocus, Section};
use coffer_model::comparison_view::ComparisonView;
use coffer_model::guide::GuidePage;
use coffer_model::link::LinkSettings;
use coffer_model::transfer::Decision;
use coffer_model::working_copy::ConflictChoice;
use coffer_model::{
    AccountChoice, BringBackPlace, Entry, Problem, RemotePath, RenameRule, RequestId, SortColumn, SpacePart,
    TextPart, WorkingCopyId,
};
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

#[derive(Clone, Debug, PartialEq)]
pub enum Action {
    /// A key, menu entry or button without a target of its own; ignored when it does not resolve now.
    Command(Command),

    // Going places
    Go(Location),
    /// A typed path: a folder is opened, a file is shown selected in its folder.
    GoToTyped(String),
    /// Opens a row: a folder is entered, a file opens with the system's program, a deleted file opens its versions,
    /// and a deleted folder unfolds.
    Open(RemotePath),
    /// Something is done with a tab.
    Tab(TabAction),
    /// Something is done with a pane.
    Pane(PaneAction),
    /// Something is done in the other pane, which stays the other.
    InOtherPane(Box<Action>),
    EditPath(String),
    LeavePath,
    /// The text in the search box changed; it is searched at once.
    EditSearch(String),
    /// Sets a filter in the text of the search, or takes it out.
    SetFilter {
        name: &'static str,
        value: Option<String>,
    },
    /// Enter in the search box.
    SubmitSearch,
    /// Esc in the search box: back to where the search began.
    LeaveSearch,
    /// Something is done with a search that is kept.
    KeptSearch(KeptSearchAction),
    Bookmark(BookmarkAction),
    Focus(Focus),
    /// Something is done with what narrows the rows.
    Filter(FilterAction),

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
    /// Keyboard movement by rows, or by lines of the tree while that has the focus.
    /// `extend` is Shift; `toggle_only` is Ctrl, which moves the cursor and leaves the selection alone.
    Move {
        motion: Motion,
        extend: bool,
        toggle_only: bool,
    },
    TypeAhead(char),
    SortBy(SortColumn),
    SetGridPoints(f32),

    // The space of a folder
    ShowSpacePart(SpacePart),
    ColorSpace(SpaceColors),

    /// Shows what is in a folder below its row, or no longer.
    Unfold {
        folder: RemotePath,
        unfold: bool,
    },

    // Side bar
    ToggleTree(RemotePath),
    /// Opens the folder that an item is in, and selects the item.
    ShowInFolder(RemotePath),
    /// Adds the shared folder with this id to the person’s Dropbox.
    AddSharedFolder(Arc<str>),

    // Edits
    RenameText(String),
    /// Enter, or a click elsewhere; a name that cannot be taken keeps the field open with its complaint.
    RenameCommit,
    RenameCancel,
    /// Drops rows of this window onto a folder: moves, or copies with Ctrl.
    DropEntries {
        entries: Vec<Entry>,
        target: RemotePath,
        copy: bool,
    },
    /// Files from outside were dropped; on no folder where none is shown.
    DropFiles {
        local_paths: Vec<PathBuf>,
        target: Option<RemotePath>,
    },
    /// Another program takes items that were promised to it; they are downloaded into this new folder.
    TakePromised {
        entries: Vec<Entry>,
        folder: PathBuf,
    },
    /// Something is done with what has changed.
    Changes(ChangeAction),
    /// Something is done with what was deleted.
    Deleted(DeletedAction),
    /// The folder that is shown is seen at another moment.
    Past(PastAction),
    /// In the list of what this program has done.
    Activity(ActivityAction),
    /// Something is done with the groups of equal files.
    Duplicates(DuplicateAction),
    DismissToast(u64),
    ToastAction(u64),

    // Inspector
    InspectorTab(InspectorTab),
    /// A version in the inspector was clicked: the versions dialog opens with it.
    ShowRevision(usize),

    /// Shows the page on which a network asks to sign in.
    OpenSignInPage(String),

    // Dialogs
    CloseDialog,
    ShowProblem(Problem),
    Dialog(DialogAction),

    // Transfers
    PauseTransfer(RequestId),
    ResumeTransfer(RequestId),
    PauseAllTransfers,
    ResumeAllTransfers,
    /// Before all others from now on.
    PrioritizeTransfer(RequestId),
    CancelTransfer(RequestId),
    RetryTransfer(RequestId),
    RetryAllFailed,
    /// Something is done with a file that is open in another program.
    OpenFile {
        id: WorkingCopyId,
        action: OpenFileAction,
    },
    /// Forgets what has ended in a section.
    ClearTransfers(Section),
    ShowTransferred(RequestId),
    /// Bytes a second for all uploads and all downloads together; `None` is all there is.
    SetLimits {
        upload: Option<u64>,
        download: Option<u64>,
    },
    /// Another section of the panel.
    ChooseSection(Section),
    /// Lists the files of a transfer below it, or no longer.
    UnfoldTransfer {
        id: RequestId,
        unfold: bool,
    },
    /// Which files are listed.
    ShowFiles(FileFilter),
    /// The line of the panel that was clicked.
    PointTransfer(RowFocus),
    /// Keyboard movement by lines of the panel; left and right fold and unfold.
    MoveInTransfers(Motion),

    // The window itself
    /// The program was started, perhaps once more, to show a folder or file of the account and to upload local files.
    Start {
        path: Option<String>,
        local_paths: Vec<PathBuf>,
    },
    /// The person wants to close the window and [`super::State::may_close`] says no.
    AskToQuit,

    // Settings that are dragged
    SetSideBarWidth(f32),
    SetInspectorWidth(f32),
    /// `None`: as high as what is in it needs.
    SetTransfersHeight(Option<f32>),
    SetColumnWidth(SortColumn, f32),
    /// Puts a column of the list before another one, or behind all others.
    MoveColumn {
        column: SortColumn,
        before: Option<SortColumn>,
    },
}

/// What is done inside the open dialog.
#[derive(Clone, Debug, PartialEq)]
pub enum DialogAction {
    // Versions
    SelectRevision(usize),
    /// Marks a version to compare the selected one with, or no longer.
    MarkRevision(usize),
    RestoreRevision,
    /// Opens a copy of the selected version.
    OpenRevision,
    SaveRevision,
    /// The selected version with the marked or the current one.
    CompareWithCurrent,

    // Share
    CopyLink,
    OpenLink,
    RevokeLink,
    /// How the link is to be.
    EditLink(LinkSettings),
    /// A new link, also after the old one was revoked, or another try.
    CreateLink,
    /// Lets the link that there is be as it was chosen.
    ChangeLink,
    /// Another try, when the link could not be looked up or made.
    RetryLink,

    // Sign-in
    ChooseAccount(AccountChoice),
    EditAppKey(String),
    /// The base URL of another service than Dropbox; empty for Dropbox.
    EditApiUrl(String),
    EditCode(String),
    HowToGetAppKey,
    OpenAuthorizePage,
    CopyAuthorizePage,
    Connect,

    // Questions about taken names
    DecideConflict {
        index: usize,
        decision: Decision,
    },
    /// For all but folders that could be merged.
    DecideAll(Decision),
    /// For all folders that could be merged.
    DecideAllFolders(Decision),
    ConfirmUpload,
    ConfirmRelocation,

    // Files that may run a program
    ConfirmOpen,

    // Copies that are to be deleted
    ConfirmDeleteDuplicates,

    // A shared folder that is to be removed
    ConfirmRemoveFromDropbox,
    ConfirmBringBack,
    /// Where what is brought back comes.
    BringBackTo(BringBackPlace),
    /// Leaves an item out of what is brought back, or takes it in again.
    ToggleBringBackItem(RemotePath),
    ListBringBackItems(bool),

    // An edit or transfer of very much
    ConfirmLargeOperation,

    // Quit
    ContinueNextTime,
    CancelAndQuit,

    // Settings
    ChangeSetting(SettingChange),
    /// Deletes the pictures and previews that are kept on this computer.
    ClearCache,

    // The guide
    ShowGuidePage(GuidePage),

    // Commands
    EditCommand(String),
    PointAtCommand(usize),
    RunCommand(Command),

    // Comparison
    /// Another try.
    CompareAgain,
    BackToVersions,
    /// Makes the earlier of both versions the current one.
    RestoreCompared,
    /// The two files of a question about taken names, by its index.
    CompareAsked(usize),
    ViewComparison(ComparisonView),

    // Going to anything
    EditGoTo(String),
    /// Opens a match, or shows it in its folder.
    GoToMatch {
        index: usize,
        in_folder: bool,
    },

    /// Where items are moved or copied.
    Chooser(ChooserAction),

    // Selecting by a pattern
    EditPattern(String),
    ConfirmPattern,

    // Renaming many items
    EditRenameRule(Box<RenameRule>),
    ConfirmRenameMany,

    // Large preview, and the differences of a comparison
    Next,
    Previous,
    /// To the file of a row.
    ShowRow(usize),
    /// Shows the files beside it, or no longer.
    ToggleFilmStrip,
    Zoom(ZoomStep),
    /// A table as it is written in its file, or in columns.
    ShowTableAsText(bool),
    /// Of a workbook, from 0.
    ShowSheet(usize),
    /// Words are looked for in all of a long text.
    FindInText(String),
    ShowTextPart(TextPart),
    /// Plays the recording, or pauses it.
    TogglePlayer,
    Seek(Duration),
}

/// What is done with a file that is open in another program.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OpenFileAction {
    /// Uploads its changes now.
    Save,
    /// Opens it in its program again.
    Reopen,
    /// Shows both versions of a conflict beside each other.
    Compare,
    /// Shows it in its folder, in a conflict both versions.
    Show,
    /// Closes it here, if its changes are in the account and no program works with it.
    Close,
    /// Throws it away with its changes, when it is pressed a second time.
    Discard,
    /// Not to discard it after all.
    KeepChanges,
    Resolve(ConflictChoice),
}
