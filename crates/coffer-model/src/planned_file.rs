//! One file of an upload plan: what it is here, what has its name in the account, and what a person has decided about
//! that. A plan keeps its files packed, in [`PlannedFiles`](super::planned_files::PlannedFiles).

use super::{Entry, RemotePath, Rev};
use jiff::Timestamp;
use std::path::PathBuf;

/// One file of a plan, written out.
#[derive(Clone, Debug, PartialEq)]
pub struct PlannedFile {
    pub local_path: PathBuf,
    pub remote_path: RemotePath,
    pub size_bytes: u64,
    pub modified: Option<Timestamp>,
    /// Boxed, because few files have one.
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
    /// What is done with a file whose name is taken, and about which somebody has decided.
    pub fn new(conflict: Option<&Conflict>, decision: Option<Decision>) -> Self {
        match (conflict, decision) {
            (None, _) => Self::Add,
            (Some(conflict), _) if conflict.identical => Self::SkipIdentical,
            (Some(conflict), Some(Decision::Replace)) => match conflict.existing.file() {
                Some(existing) => Self::Replace(existing.rev.clone()),
                None => Self::KeepBoth,
            },
            (Some(_), Some(Decision::KeepBoth)) => Self::KeepBoth,
            // Without a decision nothing is done to what is there.
            (Some(_), Some(Decision::Skip) | None) => Self::Skip,
        }
    }

    /// Whether the file is sent.
    pub fn is_sent(&self) -> bool {
        !matches!(self, Self::SkipIdentical | Self::Skip)
    }
}

impl Conflict {
    /// The decision that is taken when somebody chooses this one: none where both are identical, and a file never
    /// replaces a folder, so both are kept then.
    pub fn allowed(&self, decision: Decision) -> Option<Decision> {
        let is_impossible = decision == Decision::Replace && self.existing.file().is_none();
        (!self.identical).then_some(if is_impossible { Decision::KeepBoth } else { decision })
    }
}

impl PlannedFile {
    /// What has its name, if a decision is needed: an identical file is left as it is without one.
    pub fn open_conflict(&self) -> Option<&Conflict> {
        self.conflict.as_deref().filter(|conflict| !conflict.identical)
    }

    /// What the upload does with it.
    pub fn action(&self) -> FileAction {
        FileAction::new(self.conflict.as_deref(), self.decision)
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
            Box::new(Conflict { existing: Entry::new(path.clone(), kind), identical })
        });
        let decision = conflict.as_ref().and_then(|conflict| conflict.allowed(decision?));
        PlannedFile {
            local_path: "/home/a.txt".into(),
            remote_path: path,
            size_bytes: 1,
            modified: None,
            conflict,
            decision,
        }
    }

    fn file() -> EntryKind {
        EntryKind::File(File {
            id: "id:1".into(),
            rev: Rev("abcdef123".into()),
            size_bytes: 1,
            client_modified: Timestamp::UNIX_EPOCH,
            server_modified: Timestamp::UNIX_EPOCH,
            content_hash: None,
            access: crate::entry::ContentAccess::Download,
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
