//! Changes of the account that a person asks for.

use super::{
    BringBack, Entry, MountableFolder, Operation, OperationId, Relocation, RelocationConflict, RemotePath,
    Rev, SharedLink, UndoStep,
};

/// A change of the account. Each answers `Receipt::Edited`, and [`Edit::Undo`] `Receipt::Reversed`.
#[derive(Clone, Debug, PartialEq)]
pub enum Edit {
    CreateFolder {
        path: RemotePath,
    },
    /// Each item and its new path. Nothing is replaced: an item whose name is taken in another folder comes back as a
    /// conflict, and where it would only be renamed, that fails.
    Move(Vec<(Entry, RemotePath)>),
    /// Each item and the path of its copy; conflicts as for `Move`. A copy beside its original gets a number.
    Copy(Vec<(Entry, RemotePath)>),
    /// Moves or copies what was left because of conflicts, as was decided. Files are replaced only if they still have
    /// the revision that was seen, and of folders that are merged, what nobody has decided about stays. `earlier` is what
    /// was done before the questions: both are one operation, unless that was undone meanwhile.
    Relocate {
        kind: Relocation,
        conflicts: Vec<RelocationConflict>,
        earlier: Option<OperationId>,
    },
    Delete(Vec<Entry>),
    /// Of groups of equal files some, where another one of the group still has the content.
    DeleteCopies(Vec<CopiesToDelete>),
    /// Makes an old revision the newest one.
    Restore {
        path: RemotePath,
        rev: Rev,
        current: Option<Rev>,
    },
    /// Restores deleted items as they were when they were deleted: a folder with what was deleted together with it.
    Undelete(Vec<Entry>),
    /// Brings items of a folder back to what they were at a moment, as far as that is known. Asked for
    /// again after it was stopped, it does the rest.
    BringBack(Box<BringBack>),
    RevokeLink {
        path: RemotePath,
        link: SharedLink,
    },
    /// Adds a shared folder to the person’s Dropbox, where its path says if it has one.
    AddSharedFolder(Box<MountableFolder>),
    /// Takes a shared folder out of the person’s Dropbox. Its other members keep it.
    RemoveSharedFolder(Entry),
    /// Undoes an operation, or redoes it. Each step is guarded: when an item has changed since, it is refused and explained.
    Undo {
        operation: OperationId,
        step: UndoStep,
    },
}

impl Edit {
    /// Undoes an operation, or redoes it where it is undone.
    pub fn reverse(operation: &Operation) -> Self {
        Self::Undo { operation: operation.id, step: operation.next_step() }
    }
}

/// Of files with the same content those that are deleted, and those of which at least one must be as it was.
#[derive(Clone, Debug, PartialEq)]
pub struct CopiesToDelete {
    pub deleted: Vec<Entry>,
    pub kept: Vec<Entry>,
}
