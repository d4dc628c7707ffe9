//! Changes of the account that a person asks for.

use super::{Entry, Inverse, MountableFolder, Relocation, RelocationConflict, RemotePath, Rev, SharedLink};

/// A change of the account. Each answers `Receipt::Edited`.
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
    /// the revision that was seen, and of folders that are merged, what nobody has decided about stays.
    Relocate {
        kind: Relocation,
        conflicts: Vec<RelocationConflict>,
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
    RevokeLink {
        path: RemotePath,
        link: SharedLink,
    },
    /// Adds a shared folder to the person’s Dropbox, where its path says if it has one.
    AddSharedFolder(Box<MountableFolder>),
    /// Takes a shared folder out of the person’s Dropbox. Its other members keep it.
    RemoveSharedFolder(Entry),
    Undo(Inverse),
}

/// Of files with the same content those that are deleted, and those of which at least one must be as it was.
#[derive(Clone, Debug, PartialEq)]
pub struct CopiesToDelete {
    pub deleted: Vec<Entry>,
    pub kept: Vec<Entry>,
}
