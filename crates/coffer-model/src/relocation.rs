//! Moving and copying within the account where names are taken: what has them, and what a person has decided.

use super::planned_file::Decision;
use super::{Entry, RemotePath};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Relocation {
    Move,
    Copy,
}

/// An item that was not moved or copied, because another one has its name there.
#[derive(Clone, Debug, PartialEq)]
pub struct RelocationConflict {
    pub entry: Entry,

    /// Where it was to go.
    pub target: RemotePath,

    /// The item that has that name, as it was when the person was asked.
    pub existing: Entry,

    /// Without one nothing is done.
    pub decision: Option<Decision>,
}

impl RelocationConflict {
    /// Two folders, whose items can be merged: that is what [`Decision::Replace`] means then.
    pub fn is_merge(&self) -> bool {
        self.entry.is_folder() && self.existing.is_folder()
    }

    /// Two files with the same content.
    pub fn is_identical(&self) -> bool {
        let hash = |entry: &Entry| entry.file().and_then(|file| file.content_hash.clone());
        hash(&self.entry).is_some_and(|moved| hash(&self.existing) == Some(moved))
    }

    /// Whether [`Decision::Replace`] is possible: a file replaces a file, and a folder is merged with a folder that it
    /// is not in.
    pub fn can_replace(&self) -> bool {
        let is_outside = !self.existing.path.contains(&self.entry.path);
        is_outside && self.entry.is_folder() == self.existing.is_folder()
    }

    fn is_inside(&self, folders: &Self) -> bool {
        folders.entry.path.contains(&self.entry.path) && folders.target.contains(&self.target)
    }

    /// Takes a decision. Where nothing can be replaced, both are kept.
    pub fn decide(&mut self, decision: Decision) {
        let is_impossible = decision == Decision::Replace && !self.can_replace();
        self.decision = Some(if is_impossible { Decision::KeepBoth } else { decision });
    }
}

/// For each conflict the index of the folder of another one that it lies in: it counts only where that is merged.
/// A folder comes right before what is in it.
pub fn enclosing_folders(conflicts: &[RelocationConflict]) -> Vec<Option<usize>> {
    let mut folder: Option<usize> = None;
    let enclosing = |(index, conflict): (usize, &RelocationConflict)| {
        let enclosing = folder.filter(|&folder| conflict.is_inside(&conflicts[folder]));
        folder = enclosing.or(conflict.is_merge().then_some(index));
        enclosing
    };
    conflicts.iter().enumerate().map(enclosing).collect()
}

#[cfg(test)]
mod tests {
    use super::{RelocationConflict, enclosing_folders};
    use crate::entry::File;
    use crate::planned_file::Decision;
    use crate::{Entry, EntryKind, RemotePath, Rev};
    use jiff::Timestamp;

    fn file(path: &str, hash: Option<&str>) -> Entry {
        let file = File {
            id: "id:1".into(),
            rev: Rev("abcdef123".into()),
            size_bytes: 1,
            client_modified: Timestamp::UNIX_EPOCH,
            server_modified: Timestamp::UNIX_EPOCH,
            content_hash: hash.map(Into::into),
            access: crate::entry::ContentAccess::Download,
        };
        Entry::new(RemotePath::new(path), EntryKind::File(file))
    }

    fn folder(path: &str) -> Entry {
        Entry::new(RemotePath::new(path), EntryKind::Folder { id: "id:2".into() })
    }

    fn conflict(entry: Entry, existing: Entry) -> RelocationConflict {
        let target = existing.path.clone();
        RelocationConflict { entry, target, existing, decision: None }
    }

    #[test]
    fn files_replace_files_and_folders_are_merged_with_folders_that_they_are_not_in() {
        let check = |entry: Entry, existing: Entry, expected| {
            let mut conflict = conflict(entry, existing);
            conflict.decide(Decision::Replace);
            assert_eq!(conflict.decision, Some(expected), "{conflict:?}");
        };
        check(file("/A/x", None), file("/B/x", None), Decision::Replace);
        check(folder("/A/x"), folder("/B/x"), Decision::Replace);
        check(file("/A/x", None), folder("/B/x"), Decision::KeepBoth);
        check(folder("/A/x"), file("/B/x", None), Decision::KeepBoth);
        check(folder("/x/x"), folder("/x"), Decision::KeepBoth);
    }

    #[test]
    fn only_files_whose_hashes_are_known_and_equal_are_identical() {
        let check = |one, other, expected| assert_eq!(conflict(one, other).is_identical(), expected);
        check(file("/A/x", Some("h")), file("/B/x", Some("h")), true);
        check(file("/A/x", Some("h")), file("/B/x", Some("i")), false);
        check(file("/A/x", None), file("/B/x", None), false);
        check(folder("/A/x"), folder("/B/x"), false);
    }

    #[test]
    fn what_is_in_a_folder_follows_it_and_belongs_to_it_only_with_its_target() {
        let conflicts = [
            conflict(folder("/A/T"), folder("/B/T")),
            conflict(file("/A/T/x", None), file("/B/T/x", None)),
            conflict(file("/A/T/deep/y", None), file("/B/T/deep/y", None)),
            conflict(file("/A/T/x", None), file("/B/x", None)),
            conflict(folder("/A/U"), folder("/B/U")),
            conflict(file("/A/U/x", None), file("/B/U/x", None)),
        ];
        assert_eq!(enclosing_folders(&conflicts), [None, Some(0), Some(0), None, None, Some(4)]);
    }
}
