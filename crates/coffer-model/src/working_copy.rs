//! Files of the account that are edited with other programs of this computer: each has a *working copy*, whose changes
//! are uploaded as new versions. The worker keeps and watches them; here is what the window shows of them.

use super::RemotePath;
use std::path::PathBuf;
use std::sync::Arc;

/// Names a working copy on this computer for as long as there is one.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct WorkingCopyId(pub Arc<str>);

#[derive(Clone, Debug, PartialEq)]
pub struct WorkingCopy {
    pub id: WorkingCopyId,

    /// Where the file is in the account, as far as is known: it is followed when it is moved or renamed.
    pub remote_path: RemotePath,

    /// What other programs open.
    pub local_path: PathBuf,

    pub state: WorkingCopyState,

    /// Set while another version of the file stands beside the one that was made here, and nobody has chosen one.
    pub conflict: Option<EditConflict>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WorkingCopyState {
    /// Its content is in the account.
    Saved,
    /// It was changed, no program is writing to it, and the change is not in the account yet.
    Edited,
    /// As `Edited`, but it was changed before this program started: it is uploaded only when the person says so.
    Unsent,
}

/// The file was changed in the account while its working copy was. Both versions are files of the account.
#[derive(Clone, Debug, PartialEq)]
pub struct EditConflict {
    /// The file as others changed it: it has kept its name.
    pub theirs: RemotePath,
    /// The file with the changes made here; the working copy belongs to it.
    pub mine: RemotePath,
}

/// Which version of a file stays, after a conflict.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ConflictChoice {
    /// A new version of the file has the changes made here. Their version stays among the earlier ones.
    Mine,
    /// The file stays as others changed it. The one with the changes made here is deleted, which can be undone.
    Theirs,
    /// Both files stay as they are, under their names. The working copy belongs to the one with the changes made here.
    Both,
}

/// What a save of a working copy has made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SaveResult {
    /// The account had this content already.
    Unchanged,
    /// A new version of the file.
    NewVersion,
    /// The file had been deleted in the account, and was made again.
    NewFile,
    /// The file had been changed in the account, so both versions were kept.
    Conflict,
}
