//! Notes about uploads that are under way, so that a program that was killed goes on where the service is. One small
//! file each; sessions are forgotten by the service after seven days, and so are the notes. All functions block.

use super::source::Fingerprint;
use crate::model::RemotePath;
use crate::protocol::files::UPLOAD_SESSION_DAYS;
use crate::worker::atomic_file;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use std::fs;
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

/// A session about to end is not worth going on with.
const MARGIN: Duration = Duration::from_hours(1);

#[derive(Clone)]
pub struct Journal {
    folder: PathBuf,
    /// Which account it is for.
    account: String,
}

/// Names one upload of one state of one file to one place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Key(String);

/// What is needed to go on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Note {
    pub session_id: String,
    /// Bytes that the service has confirmed.
    pub offset: u64,
    /// When the session was started, in seconds since 1970.
    pub started_unix_secs: i64,
    /// For people who look into the folder.
    pub local_path: String,
    pub remote_path: String,
}

impl Journal {
    pub fn new(folder: PathBuf, account: String) -> Self {
        Self { folder, account }
    }

    pub fn key(&self, local_path: &Path, fingerprint: Fingerprint, remote_path: &RemotePath) -> Key {
        let modified = fingerprint
            .modified
            .and_then(|time| time.duration_since(UNIX_EPOCH).ok())
            .map_or(0, |since| since.as_nanos());
        let mut hasher = Sha256::new();
        for part in [
            self.account.as_bytes(),
            local_path.as_os_str().as_encoded_bytes(),
            &fingerprint.size_bytes.to_le_bytes(),
            &modified.to_le_bytes(),
            remote_path.lower().as_bytes(),
        ] {
            hasher.update((part.len() as u64).to_le_bytes());
            hasher.update(part);
        }
        Key(hex::encode(hasher.finalize()))
    }

    /// The note of an upload, if its session is still alive.
    pub fn find(&self, key: &Key) -> Option<Note> {
        let note: Note = serde_json::from_slice(&fs::read(self.file(key)).ok()?).ok()?;
        let age = Timestamp::now().as_second().saturating_sub(note.started_unix_secs);
        (age >= 0 && age < session_life().as_secs() as i64).then_some(note)
    }

    /// A journal that cannot be written costs the resumption, not the upload.
    pub fn save(&self, key: &Key, note: &Note) {
        let written = serde_json::to_vec(note)
            .map_err(std::io::Error::other)
            .and_then(|bytes| atomic_file::write_quickly(&self.file(key), &bytes));
        if let Err(error) = written {
            tracing::warn!(%error, "an upload could not be noted; it can't be resumed after a kill");
        }
    }

    pub fn remove(&self, key: &Key) {
        let _ = fs::remove_file(self.file(key));
    }

    /// Removes the notes of sessions that have ended.
    pub fn prune(&self) {
        let Ok(entries) = fs::read_dir(&self.folder) else { return };
        for entry in entries.flatten() {
            let changed = entry.metadata().and_then(|metadata| metadata.modified());
            let age = changed.ok().and_then(|time| SystemTime::now().duration_since(time).ok());
            if age.is_some_and(|age| age > session_life() + MARGIN) {
                let _ = fs::remove_file(entry.path());
            }
        }
    }

    fn file(&self, key: &Key) -> PathBuf {
        self.folder.join(format!("{}.json", key.0))
    }
}

fn session_life() -> Duration {
    Duration::from_hours(UPLOAD_SESSION_DAYS.unsigned_abs() * 24).saturating_sub(MARGIN)
}

#[cfg(test)]
mod tests {
    use super::{Journal, Note};
    use crate::model::RemotePath;
    use crate::worker::upload::source::Fingerprint;
    use jiff::Timestamp;
    use std::path::Path;
    use std::time::{Duration, UNIX_EPOCH};

    fn note(started_unix_secs: i64) -> Note {
        Note {
            session_id: "session".into(),
            offset: 8 << 20,
            started_unix_secs,
            local_path: "/home/film.mp4".into(),
            remote_path: "/film.mp4".into(),
        }
    }

    #[test]
    fn a_note_is_found_for_the_same_file_only_and_while_its_session_lives() {
        let folder = tempfile::tempdir().unwrap();
        let journal = Journal::new(folder.path().join("uploads"), "embedded".into());
        let other = Journal::new(folder.path().join("uploads"), "someone else".into());
        let state = |size_bytes, secs| Fingerprint {
            size_bytes,
            modified: Some(UNIX_EPOCH + Duration::from_secs(secs)),
        };
        let local = Path::new("/home/film.mp4");
        let remote = RemotePath::new("/film.mp4");
        let key = journal.key(local, state(9, 9), &remote);
        let now = Timestamp::now().as_second();
        journal.save(&key, &note(now));
        assert_eq!(journal.find(&key), Some(note(now)));
        assert_eq!(journal.find(&journal.key(local, state(10, 9), &remote)), None);
        assert_eq!(journal.find(&journal.key(local, state(9, 10), &remote)), None);
        assert_eq!(journal.find(&journal.key(local, state(9, 9), &RemotePath::new("/b.mp4"))), None);
        assert_eq!(other.find(&other.key(local, state(9, 9), &remote)), None);
        journal.save(&key, &note(now - 7 * 24 * 3600));
        assert_eq!(journal.find(&key), None);
        journal.remove(&key);
        assert_eq!(journal.find(&key), None);
    }
}
