//! What a finished edit leaves behind: what happened, and from what its inverse is made.

use super::transfer::{DownloadPlan, TransferReport, UploadPlan, UploadedFiles};
use super::working_copy::{SaveResult, WorkingCopy, WorkingCopyId};
use super::{
    AccountChoice, DuplicateGroup, Entry, FileRevisions, FoundItems, IndexReport, Listing, LoggedChange,
    MadeItems, MountableFolder, PathMatch, Problem, RelocationConflict, RemotePath, Rev, SharedLink,
};
use std::path::PathBuf;
use std::sync::Arc;

/// The result of a job that went well.
#[derive(Clone, Debug, PartialEq)]
pub enum Receipt {
    /// The job had nothing to tell beyond its updates.
    Nothing,

    /// An edit of the account: the items as they are now (none after a delete), how to take it back, and what did
    /// not work while the rest did. `conflicts` are the items of a move or copy into another folder that stay where
    /// they are until somebody has decided; a folder comes before what is in it.
    Edited {
        entries: Vec<Entry>,
        undo: Option<Inverse>,
        failed: Vec<Problem>,
        conflicts: Vec<RelocationConflict>,
    },

    /// Deleted files and folders; none where nothing was deleted.
    UndeletePlanned(Vec<Entry>),

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

    Planned(Arc<UploadPlan>),

    DownloadPlanned(Arc<DownloadPlan>),

    Transferred {
        report: TransferReport,
        undo: Option<Inverse>,
    },

    CheckedOut(WorkingCopy),

    SavedCopy(SavedCopy),

    /// A local copy for "Open", "Show in file manager".
    LocalCopy(PathBuf),

    Link(SharedLink),

    /// By name.
    SharedFolders(Vec<MountableFolder>),

    SignedIn(AccountChoice),
}

/// How to take an edit back. Each step is guarded: when an item has changed since, it is refused and explained.
#[derive(Clone, Debug, PartialEq)]
pub enum Inverse {
    /// Undoes a delete: makes the folders again and restores the files' last revisions.
    Undelete { folders: Vec<RemotePath>, files: Arc<FileRevisions> },

    /// Undoes a move or rename: (where it is now with its id, where it was).
    MoveBack(Vec<(Entry, RemotePath)>),

    /// Undoes an overwrite or a restore: back to `rev`, provided that `current` is still the newest.
    Rewind(Vec<Rewind>),

    /// Undoes a create: deletes, provided that it is still what was made.
    Remove(Vec<Entry>),

    /// Undoes what has made very many items: deletes these, provided that all in them is still what was made.
    RemoveMade { entries: Vec<Entry>, made: Arc<MadeItems> },

    /// Undoes an upload: deletes the files that replaced nothing, and the folders that were made for them, provided
    /// that they are still what was made.
    RemoveUploaded { files: Arc<UploadedFiles>, folders: Vec<Entry> },

    /// Undoes that a shared folder was removed from the person’s Dropbox: adds it where it was.
    AddSharedFolder(Box<MountableFolder>),

    /// Undoes that a shared folder was added: removes it from the person’s Dropbox.
    RemoveSharedFolder(Box<MountableFolder>),

    /// Several of the above, in this order.
    All(Vec<Inverse>),
}

#[derive(Clone, Debug, PartialEq)]
pub struct Rewind {
    pub path: RemotePath,
    pub current: Rev,
    pub rev: Rev,
}

/// What became of the changes in a working copy.
#[derive(Clone, Debug, PartialEq)]
pub struct SavedCopy {
    pub id: WorkingCopyId,

    /// The file that has the content now.
    pub remote_path: RemotePath,

    pub result: SaveResult,

    /// Takes the upload back; none where nothing was uploaded.
    pub undo: Option<Inverse>,
}
