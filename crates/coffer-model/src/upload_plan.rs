//! What an upload would do, and what a person has decided about it: everything that is known before anything is sent.
//! How the plan is made and carried out is in the worker.

use super::{Entry, Problem, RemotePath, Rev};
use jiff::Timestamp;
use std::path::PathBuf;

/// What an upload would do, looked up before anything is sent.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct UploadPlan {
    /// The files and folders of this computer that it was made from; it can be made again from them.
    pub sources: Vec<PathBuf>,

    /// The folder that receives it all.
    pub target: RemotePath,

    /// Files to send, in order; parents of files are made by the account.
    pub files: Vec<PlannedFile>,

    /// Folders that hold no file and must be made by themselves.
    pub empty_folders: Vec<RemotePath>,

    /// Names that the account refuses; they are never sent.
    pub refused: Vec<RefusedName>,

    /// What could not be read here (gone, no permission, not a file).
    pub unreadable: Vec<Problem>,

    /// Sum of the sizes of `files`.
    pub total_bytes: u64,
}

#[derive(Clone, Debug, PartialEq)]
pub struct PlannedFile {
    pub local_path: PathBuf,
    pub remote_path: RemotePath,
    pub size_bytes: u64,
    pub modified: Option<Timestamp>,
    /// Boxed, because few files have one and a plan may have a hundred thousand files.
    pub conflict: Option<Box<Conflict>>,
    /// What the person has chosen for the conflict. Means nothing where there is none or both are identical.
    pub decision: Option<Decision>,
}

/// Another item has the name already.
#[derive(Clone, Debug, PartialEq)]
pub struct Conflict {
    pub existing: Entry,
    /// The content is the same: nothing needs to be sent and nobody asked.
    pub identical: bool,
}

#[derive(Clone, Debug, PartialEq)]
pub struct RefusedName {
    pub local_path: PathBuf,
    /// "This name is reserved by Dropbox", "Names can’t end with a space" …
    pub reason: String,
}

/// What the person has chosen for one conflict.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Decision {
    /// A new revision of the existing file, guarded by the revision that was seen.
    Replace,
    /// The new file gets a free name.
    KeepBoth,
    Skip,
}

/// What an upload does with one planned file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FileAction {
    /// The name was free when the plan was made.
    Add,
    /// A new revision of the existing file, if it still has this revision.
    Replace(Rev),
    /// The file gets the next free number.
    KeepBoth,
    /// The same content is there already.
    SkipIdentical,
    /// The person has chosen to leave what is there, or has not been asked.
    Skip,
}

impl FileAction {
    /// Whether the file is sent.
    pub fn is_sent(&self) -> bool {
        !matches!(self, Self::SkipIdentical | Self::Skip)
    }
}

impl UploadPlan {
    /// The files that need a decision, with what has their names.
    pub fn conflicts(&self) -> impl Iterator<Item = (&PlannedFile, &Conflict)> {
        self.files.iter().filter_map(|file| file.open_conflict().map(|conflict| (file, conflict)))
    }

    /// The same decision for every conflict.
    pub fn decide_all(&mut self, decision: Decision) {
        self.files.iter_mut().for_each(|file| file.decide(decision));
    }
}

impl PlannedFile {
    /// What has its name, if a decision is needed: an identical file is left as it is without one.
    pub fn open_conflict(&self) -> Option<&Conflict> {
        self.conflict.as_deref().filter(|conflict| !conflict.identical)
    }

    /// Takes a decision, if one is needed. A file never replaces a folder: both are kept then.
    pub fn decide(&mut self, decision: Decision) {
        let Some(conflict) = self.open_conflict() else { return };
        let is_impossible = decision == Decision::Replace && conflict.existing.file().is_none();
        self.decision = Some(if is_impossible { Decision::KeepBoth } else { decision });
    }

    /// What the upload does with it.
    pub fn action(&self) -> FileAction {
        match (&self.conflict, self.decision) {
            (None, _) => FileAction::Add,
            (Some(conflict), _) if conflict.identical => FileAction::SkipIdentical,
            (Some(conflict), Some(Decision::Replace)) => match conflict.existing.file() {
                Some(existing) => FileAction::Replace(existing.rev.clone()),
                None => FileAction::KeepBoth,
            },
            (Some(_), Some(Decision::KeepBoth)) => FileAction::KeepBoth,
            // Without a decision nothing is done to what is there.
            (Some(_), Some(Decision::Skip) | None) => FileAction::Skip,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Conflict, Decision, FileAction, PlannedFile};
    use crate::entry::File;
    use crate::{Entry, EntryKind, RemotePath, Rev};
    use jiff::Timestamp;

    fn planned(existing: Option<(EntryKind, bool)>, decision: Option<Decision>) -> PlannedFile {
        let path = RemotePath::new("/a.txt");
        let conflict = existing.map(|(kind, identical)| {
            Box::new(Conflict { existing: Entry { path: path.clone(), kind, link: None }, identical })
        });
        let mut file = PlannedFile {
            local_path: "/home/a.txt".into(),
            remote_path: path,
            size_bytes: 1,
            modified: None,
            conflict,
            decision: None,
        };
        if let Some(decision) = decision {
            file.decide(decision);
        }
        file
    }

    fn file() -> EntryKind {
        EntryKind::File(File {
            id: "id:1".into(),
            rev: Rev("abcdef123".into()),
            size_bytes: 1,
            client_modified: Timestamp::UNIX_EPOCH,
            server_modified: Timestamp::UNIX_EPOCH,
            content_hash: None,
        })
    }

    #[test]
    fn a_file_is_sent_as_was_decided_and_left_without_a_decision() {
        let check = |existing, decision, expected| {
            assert_eq!(planned(existing, decision).action(), expected);
        };
        let (other, same) = (Some((file(), false)), Some((file(), true)));
        let replace = FileAction::Replace(Rev("abcdef123".into()));
        check(None, Some(Decision::Skip), FileAction::Add);
        check(same, Some(Decision::Replace), FileAction::SkipIdentical);
        check(other.clone(), Some(Decision::Replace), replace);
        check(other.clone(), Some(Decision::KeepBoth), FileAction::KeepBoth);
        check(other.clone(), Some(Decision::Skip), FileAction::Skip);
        check(other, None, FileAction::Skip);
    }

    #[test]
    fn a_file_never_replaces_a_folder() {
        let folder = EntryKind::Folder { id: "id:2".into() };
        assert_eq!(
            planned(Some((folder, false)), Some(Decision::Replace)).decision,
            Some(Decision::KeepBoth)
        );
    }
}
