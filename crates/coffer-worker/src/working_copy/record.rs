//! What is known of a working copy on disk: `record.json` beside it. Blocks.

use super::copy_lock::{CopyLock, CopyLockError};
use crate::fingerprint::Fingerprint;
use coffer_model::working_copy::EditConflict;
use coffer_model::{PathRootId, RemotePath, WorkingCopy, WorkingCopyId, WorkingCopyState};
use coffer_stdx::{atomic_file, private};
use serde::{Deserialize, Serialize};
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

const RECORD: &str = "record.json";
/// The folder that holds nothing but the copy, and what other programs put beside it.
const CONTENT: &str = "file";
/// The folder for a version that is on its way into the copy.
const INCOMING: &str = "incoming";

/// One working copy. The version that it was made from, or saved as last, is its base: `rev` and `content_hash`. After the
/// save was undone, `rev` is that of the version which was restored by that, and `content_hash` what had been saved.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct CopyRecord {
    /// As in the transfer store.
    pub account: String,
    /// Where the file was when it was looked up last.
    pub remote_path: String,
    /// The team space from which the path starts; none: the person’s own folder.
    #[serde(default)]
    pub path_root: Option<String>,
    /// Stays the same when the file is moved, renamed or overwritten.
    pub file_id: String,
    pub rev: String,
    pub content_hash: String,
    /// Its name here.
    pub name: String,
    /// When it was opened last.
    pub opened_unix_secs: i64,
    /// Of the copy while its content was that of the base. Another one says nothing: the content has to be hashed.
    pub fingerprint: Option<Fingerprint>,
    pub conflict: Option<ConflictRecord>,
}

/// The file that stands beside the one of the copy, as others changed it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct ConflictRecord {
    pub file_id: String,
    pub remote_path: String,
    /// The content that the person was told of or shown: what replaces it replaces no other. None: written by 0.1.0.
    #[serde(default)]
    pub content_hash: Option<String>,
}

/// A working copy on disk, with the right to work on it.
#[derive(Debug)]
pub(crate) struct StoredCopy {
    pub id: WorkingCopyId,
    folder: PathBuf,
    pub record: CopyRecord,
    /// It was there when the program started.
    pub is_from_earlier_run: bool,
    _lock: CopyLock,
}

impl StoredCopy {
    /// `None` where there is none, or another program works on it.
    pub(crate) fn open(copies: &Path, id: &WorkingCopyId) -> io::Result<Option<Self>> {
        let folder = copies.join(&*id.0);
        // One that is being made is not in the way of the task that makes it.
        if !folder.join(RECORD).exists() {
            return Ok(None);
        }
        let lock = match CopyLock::acquire(&folder) {
            Ok(lock) => lock,
            Err(CopyLockError::Taken) => return Ok(None),
            Err(CopyLockError::Io(error)) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
            Err(CopyLockError::Io(error)) => return Err(error),
        };
        match fs::read(folder.join(RECORD)) {
            Ok(bytes) => {
                let record = serde_json::from_slice(&bytes)?;
                Ok(Some(Self { id: id.clone(), folder, record, is_from_earlier_run: true, _lock: lock }))
            }
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
            Err(error) => Err(error),
        }
    }

    /// A folder for a copy that is to be made. It is one once its record has been written.
    pub(crate) fn create(copies: &Path, record: CopyRecord) -> io::Result<Self> {
        let id = WorkingCopyId(format!("{:016x}", fastrand::u64(..)).into());
        let folder = copies.join(&*id.0);
        make_private(&folder.join(CONTENT))?;
        let lock = CopyLock::acquire(&folder).map_err(io::Error::from)?;
        Ok(Self { id, folder, record, is_from_earlier_run: false, _lock: lock })
    }

    /// Durably.
    pub(crate) fn write(&self) -> io::Result<()> {
        atomic_file::write(&self.folder.join(RECORD), &serde_json::to_vec_pretty(&self.record)?)
    }

    /// The file that other programs open.
    pub(crate) fn local_path(&self) -> PathBuf {
        self.content_folder().join(&self.record.name)
    }

    pub(crate) fn content_folder(&self) -> PathBuf {
        self.folder.join(CONTENT)
    }

    /// Where a version arrives before it becomes the copy.
    pub(crate) fn incoming_path(&self) -> PathBuf {
        self.folder.join(INCOMING).join(&self.record.name)
    }

    /// Removes the copy with all that lies beside it.
    pub(crate) fn remove(&self) -> io::Result<()> {
        // Without its record it is no copy any more, whatever happens to the rest.
        match fs::remove_file(self.folder.join(RECORD)) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
            _ => match fs::remove_dir_all(&self.folder) {
                Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
                removed => removed,
            },
        }
    }

    pub(crate) fn path_root(&self) -> Option<PathRootId> {
        self.record.path_root.as_deref().map(|root| PathRootId(root.into()))
    }

    pub(crate) fn remote_path(&self) -> RemotePath {
        RemotePath::new(&self.record.remote_path)
    }

    pub(crate) fn to_model(&self, state: WorkingCopyState) -> WorkingCopy {
        let remote_path = self.remote_path();
        let conflict = self.record.conflict.as_ref().map(|conflict| EditConflict {
            theirs: RemotePath::new(&conflict.remote_path),
            mine: remote_path.clone(),
        });
        WorkingCopy { id: self.id.clone(), remote_path, local_path: self.local_path(), state, conflict }
    }
}

/// What a person edits is nobody else's business, whatever the folders around it allow.
pub(super) fn make_private(folder: &Path) -> io::Result<()> {
    private::create_missing_folder(folder)
}

/// The ids of all folders that may hold a copy.
pub(crate) fn ids(copies: &Path) -> io::Result<Vec<WorkingCopyId>> {
    let folders = match fs::read_dir(copies) {
        Ok(folders) => folders,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
        Err(error) => return Err(error),
    };
    let mut ids = Vec::new();
    for folder in folders {
        if let Ok(name) = folder?.file_name().into_string() {
            ids.push(WorkingCopyId(name.into()));
        }
    }
    ids.sort_unstable();
    Ok(ids)
}

/// The copy to which a path below the folder of copies belongs, if it is the file or something beside it.
pub(crate) fn id_of(copies: &Path, path: &Path) -> Option<WorkingCopyId> {
    let mut names = path.strip_prefix(copies).ok()?.components();
    let id = names.next()?.as_os_str().to_str()?;
    (names.next()?.as_os_str() == CONTENT).then(|| WorkingCopyId(id.into()))
}

#[cfg(test)]
mod tests {
    use super::{CopyRecord, StoredCopy, id_of, ids};
    use coffer_model::WorkingCopyId;
    use std::fs;
    use std::path::Path;

    fn record() -> CopyRecord {
        CopyRecord {
            account: "local".into(),
            remote_path: "/a.txt".into(),
            path_root: None,
            file_id: "id:1".into(),
            rev: "123456789".into(),
            content_hash: "0".repeat(64),
            name: "a.txt".into(),
            opened_unix_secs: 0,
            fingerprint: None,
            conflict: None,
        }
    }

    #[test]
    fn a_copy_is_found_again_and_one_program_has_it_at_a_time() {
        let copies = tempfile::tempdir().unwrap();
        let made = StoredCopy::create(copies.path(), record()).unwrap();
        let id = made.id.clone();
        assert_eq!(ids(copies.path()).unwrap(), std::slice::from_ref(&id));
        made.write().unwrap();
        assert!(StoredCopy::open(copies.path(), &id).unwrap().is_none(), "it is in use");
        drop(made);
        let found = StoredCopy::open(copies.path(), &id).unwrap().unwrap();
        assert_eq!(found.record, record());
        found.remove().unwrap();
        assert!(StoredCopy::open(copies.path(), &id).unwrap().is_none());
        assert!(ids(copies.path()).unwrap().is_empty());
    }

    #[test]
    fn a_folder_without_a_record_is_no_copy_and_a_damaged_record_is_an_error() {
        let copies = tempfile::tempdir().unwrap();
        let id = StoredCopy::create(copies.path(), record()).unwrap().id.clone();
        assert!(StoredCopy::open(copies.path(), &id).unwrap().is_none());
        fs::write(copies.path().join(&*id.0).join("record.json"), "{").unwrap();
        assert!(StoredCopy::open(copies.path(), &id).is_err());
    }

    #[test]
    fn what_lies_beside_the_file_belongs_to_its_copy_and_the_record_does_not() {
        let id = |path: &str| id_of(Path::new("/state/copies"), Path::new(path));
        let copy = Some(WorkingCopyId("7f".into()));
        assert_eq!(id("/state/copies/7f/file/a.txt"), copy);
        assert_eq!(id("/state/copies/7f/file/.a.txt.swp"), copy);
        assert_eq!(id("/state/copies/7f/file"), copy);
        assert_eq!(id("/state/copies/7f/record.json"), None);
        assert_eq!(id("/state/copies"), None);
    }
}
