//! The files of an upload plan, packed, because a plan of a million files has to fit into memory beside everything else.
//!
//! Written out, a [`PlannedFile`] takes some 400 bytes: two whole paths, the lower-case form of one of them, and room
//! for a conflict that few files have. Packed it takes 32 bytes and the bytes of its name: the folder is stored once for
//! all files that follow each other in it, and what few files have is beside the list. So files are made from the list
//! when somebody needs them, and are not references into it.

use super::RemotePath;
use super::packed_texts::PackedTexts;
use super::planned_file::{Conflict, Decision, FileAction, PlannedFile};
use jiff::{SignedDuration, Timestamp};
use std::collections::BTreeMap;
use std::ffi::OsString;
use std::fmt;
use std::path::{Path, PathBuf};

/// Stands for the nanoseconds of a file whose time is not known.
const NO_TIME: i32 = i32::MIN;

#[derive(Clone, Default, PartialEq)]
pub struct PlannedFiles {
    folders: Vec<PlannedFolder>,
    files: Vec<PackedFile>,
    /// The name of each file in the account.
    names: PackedTexts,
    /// By the index of their file, as are the next two.
    conflicts: BTreeMap<usize, Conflict>,
    decisions: BTreeMap<usize, Decision>,
    /// Names on this computer that differ from those in the account.
    local_names: BTreeMap<usize, OsString>,
}

#[derive(Clone, PartialEq)]
struct PlannedFolder {
    local_path: PathBuf,
    remote_path: RemotePath,
}

#[derive(Clone, Copy, PartialEq)]
struct PackedFile {
    size_bytes: u64,
    modified_secs: i64,
    modified_nanos: i32,
    folder: u32,
}

impl PlannedFiles {
    pub fn len(&self) -> usize {
        self.files.len()
    }

    pub fn is_empty(&self) -> bool {
        self.files.is_empty()
    }

    /// Adds a file behind the others. Files of one folder that follow each other take the least memory.
    pub fn push(&mut self, file: PlannedFile) {
        let index = self.files.len();
        let name = file.remote_path.name();
        if file.local_path.file_name() != Some(name.as_ref()) {
            self.local_names.insert(index, file.local_path.file_name().unwrap_or_default().to_owned());
        }
        self.names.push(name);
        let modified = file.modified.map(Timestamp::as_duration);
        let packed = PackedFile {
            size_bytes: file.size_bytes,
            modified_secs: modified.map_or(0, |time| time.as_secs()),
            modified_nanos: modified.map_or(NO_TIME, |time| time.subsec_nanos()),
            folder: self.folder_of(&file),
        };
        self.files.push(packed);
        self.conflicts.extend(file.conflict.map(|conflict| (index, *conflict)));
        self.decisions.extend(file.decision.map(|decision| (index, decision)));
    }

    /// The index of the folder that holds a file, which is mostly the one that was used last.
    fn folder_of(&mut self, file: &PlannedFile) -> u32 {
        let local_path = file.local_path.parent().unwrap_or(Path::new(""));
        let remote_path = file.remote_path.as_str().rsplit_once('/').map_or("", |(folder, _)| folder);
        let is_same = self.folders.last().is_some_and(|folder| {
            folder.local_path == local_path && folder.remote_path.as_str() == remote_path
        });
        if !is_same {
            self.folders.push(PlannedFolder {
                local_path: local_path.to_owned(),
                remote_path: file.remote_path.parent().unwrap_or_default(),
            });
        }
        (self.folders.len() - 1) as u32
    }

    /// The file at `index`, written out.
    pub fn get(&self, index: usize) -> Option<PlannedFile> {
        let file = self.files.get(index)?;
        let folder = self.folders.get(file.folder as usize)?;
        let name = self.name(index);
        let local_path = match self.local_names.get(&index) {
            Some(local_name) => folder.local_path.join(local_name),
            None => folder.local_path.join(name),
        };
        Some(PlannedFile {
            local_path,
            remote_path: folder.remote_path.join(name),
            size_bytes: file.size_bytes,
            modified: file.modified(),
            conflict: self.conflicts.get(&index).cloned().map(Box::new),
            decision: self.decision(index),
        })
    }

    /// All files in order, each written out.
    pub fn iter(&self) -> impl Iterator<Item = PlannedFile> {
        (0..self.len()).filter_map(|index| self.get(index))
    }

    /// The name of a file in the account; empty when there is no such file.
    pub fn name(&self, index: usize) -> &str {
        self.names.get(index).unwrap_or_default()
    }

    /// The folder of the account that receives a file.
    pub fn remote_folder(&self, index: usize) -> Option<&RemotePath> {
        let file = self.files.get(index)?;
        self.folders.get(file.folder as usize).map(|folder| &folder.remote_path)
    }

    /// Folders of the account that receive files, in order; some more than once.
    pub fn remote_folders(&self) -> impl Iterator<Item = &RemotePath> {
        self.folders.iter().map(|folder| &folder.remote_path)
    }

    pub fn size_bytes(&self, index: usize) -> u64 {
        self.files.get(index).map_or(0, |file| file.size_bytes)
    }

    pub fn modified(&self, index: usize) -> Option<Timestamp> {
        self.files.get(index)?.modified()
    }

    pub fn total_bytes(&self) -> u64 {
        self.files.iter().map(|file| file.size_bytes).sum()
    }

    /// What has the name of a file already.
    pub fn conflict(&self, index: usize) -> Option<&Conflict> {
        self.conflicts.get(&index)
    }

    pub fn set_conflict(&mut self, index: usize, conflict: Conflict) {
        self.conflicts.insert(index, conflict);
    }

    pub fn decision(&self, index: usize) -> Option<Decision> {
        self.decisions.get(&index).copied()
    }

    /// The files that need a decision, with what has their names.
    pub fn open_conflicts(&self) -> impl Iterator<Item = (usize, &Conflict)> {
        self.conflicts
            .iter()
            .filter(|(_, conflict)| !conflict.identical)
            .map(|(index, conflict)| (*index, conflict))
    }

    /// Decides about a file, if that is needed.
    pub fn decide(&mut self, index: usize, decision: Decision) {
        if let Some(decision) = self.conflicts.get(&index).and_then(|conflict| conflict.allowed(decision)) {
            self.decisions.insert(index, decision);
        }
    }

    /// What an upload does with a file.
    pub fn action(&self, index: usize) -> FileAction {
        FileAction::new(self.conflicts.get(&index), self.decision(index))
    }

    /// How many files are sent.
    pub fn sent_count(&self) -> usize {
        self.len() - self.unsent().count()
    }

    /// The sizes of all files that are sent, together.
    pub fn sent_bytes(&self) -> u64 {
        self.total_bytes() - self.unsent().map(|index| self.size_bytes(index)).sum::<u64>()
    }

    /// How many more bytes are in the account when all of them are sent: replaced versions do not count there.
    pub fn growth_bytes(&self) -> i64 {
        let replaced = self
            .open_conflicts()
            .filter(|(index, _)| matches!(self.action(*index), FileAction::Replace(_)))
            .filter_map(|(_, conflict)| conflict.existing.size_bytes());
        self.sent_bytes() as i64 - replaced.sum::<u64>() as i64
    }

    fn unsent(&self) -> impl Iterator<Item = usize> {
        self.conflicts.keys().copied().filter(|index| !self.action(*index).is_sent())
    }
}

impl PackedFile {
    fn modified(&self) -> Option<Timestamp> {
        let duration = SignedDuration::new(self.modified_secs, self.modified_nanos);
        (self.modified_nanos != NO_TIME).then(|| Timestamp::from_duration(duration).ok())?
    }
}

impl Extend<PlannedFile> for PlannedFiles {
    fn extend<T: IntoIterator<Item = PlannedFile>>(&mut self, files: T) {
        files.into_iter().for_each(|file| self.push(file));
    }
}

impl FromIterator<PlannedFile> for PlannedFiles {
    fn from_iter<T: IntoIterator<Item = PlannedFile>>(files: T) -> Self {
        let mut planned = Self::default();
        planned.extend(files);
        planned
    }
}

impl fmt::Debug for PlannedFiles {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_list().entries(self.iter()).finish()
    }
}

#[cfg(test)]
mod tests {
    use super::PlannedFiles;
    use crate::transfer::{Conflict, Decision, FileAction, PlannedFile};
    use crate::{Entry, EntryKind, RemotePath};
    use jiff::Timestamp;

    fn file(local_path: &str, remote_path: &str) -> PlannedFile {
        PlannedFile {
            local_path: local_path.into(),
            remote_path: RemotePath::new(remote_path),
            size_bytes: local_path.len() as u64,
            modified: None,
            conflict: None,
            decision: None,
        }
    }

    fn conflict(path: &str, identical: bool) -> Conflict {
        let kind = EntryKind::Folder { id: "id:1".into() };
        Conflict { existing: Entry::new(RemotePath::new(path), kind), identical }
    }

    #[test]
    fn every_file_comes_out_as_it_went_in() {
        let time = |text: &str| Some(text.parse::<Timestamp>().unwrap());
        let files = vec![
            file("/home/ida/Trip/a.jpg", "/Photos/Trip/a.jpg"),
            PlannedFile {
                modified: time("2026-01-02T03:04:05.678901234Z"),
                ..file("/h/Trip/É", "/Photos/Trip/É")
            },
            PlannedFile {
                modified: time("-000044-03-15T12:00:00.5Z"),
                ..file("/h/Trip/b", "/photos/trip/b")
            },
            file("/h/Trip/b", "/Photos/Trip/other name"),
            file("b", "/b"),
            PlannedFile {
                conflict: Some(Box::new(conflict("/Photos/Trip/c", false))),
                decision: Some(Decision::KeepBoth),
                size_bytes: u64::MAX,
                ..file("/h/Trip/c", "/Photos/Trip/c")
            },
        ];
        let planned: PlannedFiles = files.iter().cloned().collect();
        assert_eq!(planned.iter().collect::<Vec<_>>(), files);
        let spelling = |file: &PlannedFile| file.remote_path.as_str().to_owned();
        assert_eq!(
            planned.iter().map(|file| spelling(&file)).collect::<Vec<_>>(),
            files.iter().map(spelling).collect::<Vec<_>>()
        );
        assert_eq!((planned.name(0), planned.name(3), planned.name(9)), ("a.jpg", "other name", ""));
        assert_eq!(planned.get(files.len()), None);
    }

    #[test]
    fn a_decision_is_kept_only_where_one_is_needed() {
        let mut planned: PlannedFiles = ["/a", "/b", "/c"].into_iter().map(|path| file(path, path)).collect();
        planned.set_conflict(1, conflict("/b", true));
        planned.set_conflict(2, conflict("/c", false));
        for index in 0..3 {
            planned.decide(index, Decision::Replace);
        }
        let actions: Vec<FileAction> = (0..3).map(|index| planned.action(index)).collect();
        assert_eq!(actions, [FileAction::Add, FileAction::SkipIdentical, FileAction::KeepBoth]);
        assert_eq!(planned.open_conflicts().map(|(index, _)| index).collect::<Vec<_>>(), [2]);
        assert_eq!(planned.sent_count(), 2);
    }

    #[test]
    fn a_file_in_a_folder_with_others_takes_little_memory() {
        let path = |index: usize| format!("/home/ida/Pictures/2026/file {index:06}.bin");
        let planned: PlannedFiles = (0..1000).map(|index| file(&path(index), &path(index))).collect();
        let bytes = planned.folders.len() * 200
            + planned.files.len() * size_of::<super::PackedFile>()
            + planned.names.size_bytes();
        assert!(bytes < 50 * planned.len(), "{bytes}");
    }
}
