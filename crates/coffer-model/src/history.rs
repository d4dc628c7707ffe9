//! What this program has changed in an account, as it is kept on this computer: to be looked at, undone and redone. How an
//! operation is undone is known to the worker alone.

use super::{Entry, Problem, RemotePath};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

/// Names one operation for as long as it is kept. Rises with every operation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct OperationId(pub i64);

/// One change of the account that was asked for here, and how it stands now.
#[derive(Clone, Debug, PartialEq)]
pub struct Operation {
    pub id: OperationId,

    /// Rises with every operation, undo and redo: what has the highest was done last. That of an operation that was never
    /// undone is its id, unless it took so long that others were done meanwhile.
    pub changed: i64,

    pub at: Timestamp,

    pub kind: OperationKind,

    /// The first of its items, where the operation has put it; where it was, if it was deleted.
    pub item: RemotePath,

    pub is_folder: bool,

    /// Where the first item was before: of what was moved, renamed or copied.
    pub before: Option<RemotePath>,

    /// How many items it has changed, without those that are in them.
    pub items: u64,

    /// The files in them, and their bytes; 0 where that is not known.
    pub files: u64,
    pub bytes: u64,

    /// Items that it could not change.
    pub failed: u64,

    /// When it was undone; none while it is done.
    pub undone: Option<Timestamp>,

    /// How to undo it, or redo it where it is undone, is kept.
    pub can_reverse: bool,

    /// Why the last undo or redo was refused. Where `undone` says that the undo was done: why not for all items.
    pub problem: Option<Box<Problem>>,
}

impl Operation {
    /// Whether it would be undone or redone now.
    pub fn next_step(&self) -> UndoStep {
        if self.undone.is_some() { UndoStep::Redo } else { UndoStep::Undo }
    }

    /// The folder that shows what it has done.
    pub fn folder(&self) -> RemotePath {
        self.item.parent().unwrap_or_default()
    }
}

/// Whether what was done is to be undone, or what was undone to be done again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum UndoStep {
    Undo,
    Redo,
}

/// What an operation has done. The names are stable: they are written to disk.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum OperationKind {
    CreateFolder,
    Delete,
    Move,
    /// One item got another name in its folder.
    Rename,
    Copy,
    /// At least one of the files is new.
    Upload,
    /// All files replaced others.
    UploadVersion,
    RestoreVersion,
    Undelete,
    /// Items of a folder are again what they were at a moment.
    BringBack,
    CreateLink,
    /// A link is for others now, or ends at another time.
    ChangeLink,
    RevokeLink,
    AddSharedFolder,
    RemoveSharedFolder,
}

impl OperationKind {
    pub const ALL: [Self; 15] = [
        Self::CreateFolder,
        Self::Delete,
        Self::Move,
        Self::Rename,
        Self::Copy,
        Self::Upload,
        Self::UploadVersion,
        Self::RestoreVersion,
        Self::Undelete,
        Self::BringBack,
        Self::CreateLink,
        Self::ChangeLink,
        Self::RevokeLink,
        Self::AddSharedFolder,
        Self::RemoveSharedFolder,
    ];

    pub fn group(self) -> OperationGroup {
        match self {
            Self::Delete => OperationGroup::Deleted,
            Self::Move | Self::Rename => OperationGroup::Moved,
            Self::Upload | Self::UploadVersion => OperationGroup::Uploaded,
            Self::RestoreVersion | Self::Undelete | Self::BringBack => OperationGroup::Restored,
            Self::CreateLink | Self::ChangeLink | Self::RevokeLink => OperationGroup::Links,
            Self::CreateFolder | Self::Copy | Self::AddSharedFolder | Self::RemoveSharedFolder => {
                OperationGroup::Other
            }
        }
    }
}

/// Operations that are shown together.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum OperationGroup {
    Deleted,
    Moved,
    Uploaded,
    Restored,
    Links,
    Other,
}

/// Which operations are wanted.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct HistoryQuery {
    /// Letters of the names of items or of the folders above; of several words each must be there.
    pub text: String,
    pub group: Option<OperationGroup>,
    /// At most so many, the latest; `None`: all.
    pub most: Option<usize>,
}

/// Operations of one account, the latest first.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct History {
    pub operations: Vec<Operation>,

    /// Why not all that was done is here, or why it is not kept.
    pub problem: Option<Problem>,
}

/// The items of an operation, as far as they are kept.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct OperationItems {
    pub items: Vec<OperationItem>,

    /// How many more there were.
    pub more: u64,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct OperationItem {
    /// Where the operation has put it.
    pub path: String,
    pub is_folder: bool,
    pub bytes: Option<u64>,
}

/// What an undo or redo has done.
#[derive(Clone, Debug, PartialEq)]
pub struct Reversal {
    /// The operation as it stands now. Where all was refused it stands as before, with the reason.
    pub operation: Operation,

    /// The items that are there now.
    pub entries: Vec<Entry>,

    /// What was refused, each with its reason.
    pub failed: Vec<Problem>,

    /// Items that went from one path to another.
    pub moved: Vec<(RemotePath, RemotePath)>,

    /// Items that are no longer there.
    pub removed: Vec<RemotePath>,

    /// Folders whose items have changed; `None`: that is not known.
    pub folders: Option<Vec<RemotePath>>,
}
