//! What a finished job leaves behind.

use super::transfer::{DownloadPlan, TransferReport, UploadPlan};
use super::working_copy::{SaveResult, WorkingCopy, WorkingCopyId};
use super::{
    AccountChoice, BringBackPlan, CacheUse, ChangeGroup, DuplicateGroup, Entry, FoundItems, History,
    IndexReport, Listing, LoggedChange, MarkdownPreview, MountableFolder, Operation, OperationItems,
    PathMatch, Problem, RelocationConflict, RemotePath, RenamePlan, Reversal, SharedLink,
};
use std::path::PathBuf;
use std::sync::Arc;

/// The result of a job that went well.
#[derive(Clone, Debug, PartialEq)]
pub enum Receipt {
    /// The job had nothing to tell beyond its updates.
    Nothing,

    /// An edit of the account: the items as they are now (none after a delete), what is kept of it in the history if
    /// anything was changed, and what did not work while the rest did. `conflicts` are the items of a move or copy into
    /// another folder that stay where they are until somebody has decided; a folder comes before what is in it.
    Edited {
        entries: Vec<Entry>,
        operation: Option<Operation>,
        failed: Vec<Problem>,
        conflicts: Vec<RelocationConflict>,
    },

    /// An operation was undone or redone, or that was refused.
    Reversed(Box<Reversal>),

    RenamePlanned(Arc<RenamePlan>),

    History(Arc<History>),

    OperationItems(Arc<OperationItems>),

    /// Deleted files and folders; none where nothing was deleted.
    UndeletePlanned(Vec<Entry>),

    BringBackPlanned(Arc<BringBackPlan>),

    CacheMeasured(CacheUse),

    GuideRead(Arc<MarkdownPreview>),

    /// How loud the parts of a recording are, which have equal lengths; the loudest has 255.
    Loudness(Arc<[u8]>),

    /// What stands at a path that somebody typed.
    Located(Entry),

    Listed(Arc<Listing>),

    Indexed(IndexReport),

    Found(Arc<FoundItems>),

    /// The best match first.
    FoundPaths(Arc<Vec<PathMatch>>),

    /// Those that waste most first.
    Duplicates(Arc<Vec<DuplicateGroup>>),

    /// The latest first.
    Changes(Arc<Vec<LoggedChange>>),

    /// The earliest first.
    ChangeTimes(Arc<Vec<ChangeGroup>>),

    Planned(Arc<UploadPlan>),

    DownloadPlanned(Arc<DownloadPlan>),

    Transferred {
        report: TransferReport,
        /// Of an upload that has changed anything.
        operation: Option<Operation>,
    },

    CheckedOut(WorkingCopy),

    SavedCopy(SavedCopy),

    /// A local copy for "Open", "Show in file manager".
    LocalCopy(PathBuf),

    /// A link that was there, or one that was made just now: then with what is kept of that in the history.
    Link {
        link: SharedLink,
        operation: Option<Operation>,
    },

    /// The items that have a link, with it.
    Links(Vec<Entry>),

    /// By name.
    SharedFolders(Vec<MountableFolder>),

    SignedIn(AccountChoice),
}

/// What became of the changes in a working copy.
#[derive(Clone, Debug, PartialEq)]
pub struct SavedCopy {
    pub id: WorkingCopyId,

    /// The file that has the content now.
    pub remote_path: RemotePath,

    pub result: SaveResult,

    /// None where nothing was uploaded.
    pub operation: Option<Operation>,
}
