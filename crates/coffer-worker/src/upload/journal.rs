//! Notes about large uploads that are under way, so that a program that was killed goes on where the service is. One
//! small file each, found by account, local path and remote path: a first line that names the session and the state of
//! the local file, then a line for each piece that the service has confirmed, appended as they come. A line that was
//! cut off by a kill does not count. Sessions are forgotten by the service after seven days, and so are the notes. All
//! functions block.

use super::source::Fingerprint;
use coffer_model::RemotePath;
use dropbox_protocol::content_hash::BlockHash;
use dropbox_protocol::files::UPLOAD_SESSION_DAYS;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::{self, Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

/// A session about to end is not worth going on with.
const MARGIN: Duration = Duration::from_hours(1);

#[derive(Clone)]
pub struct Journal {
    folder: PathBuf,
    /// Which account it is for.
    account: String,
}

/// What the service is known to hold of a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Known {
    pub session_id: String,
    /// By place, counted in blocks.
    pub blocks: BTreeMap<u64, BlockHash>,
}

/// The note of one upload. While it is held no other program goes on with the same session.
pub struct Record {
    file: Option<File>,
    path: PathBuf,
    title: Title,
}

#[derive(Clone, Serialize, Deserialize)]
struct Title {
    session_id: String,
    fingerprint: Fingerprint,
    /// When the session was started, in seconds since 1970.
    started_unix_secs: i64,
    /// For people who look into the folder.
    local_path: String,
    remote_path: String,
}

#[derive(Serialize, Deserialize)]
struct Piece {
    /// The first block.
    first: u64,
    /// Of the blocks from there on, in hexadecimal digits.
    hashes: Vec<String>,
}

impl Journal {
    pub fn new(folder: PathBuf, account: String) -> Self {
        Self { folder, account }
    }

    /// Opens the note of an upload. What it knows counts only for the same state of the file and while the session
    /// lives; otherwise it is as good as new. A journal that cannot be written costs the resumption, not the upload.
    pub fn open(
        &self,
        local_path: &Path,
        fingerprint: Fingerprint,
        remote_path: &RemotePath,
    ) -> (Record, Option<Known>) {
        let path = self.file(local_path, remote_path);
        let title = Title {
            session_id: String::new(),
            fingerprint,
            started_unix_secs: 0,
            local_path: local_path.display().to_string(),
            remote_path: remote_path.to_string(),
        };
        let mut record = Record { file: None, path, title };
        match open_alone(&record.path).and_then(|mut file| Ok((read(&mut file)?, file))) {
            Ok((text, file)) => {
                let known = record.take_in(&text);
                record.file = Some(file);
                (record, known)
            }
            Err(error) => {
                tracing::warn!(%error, "could not save the upload session; it will not be resumed after a crash");
                (record, None)
            }
        }
    }

    /// Forgets an upload.
    pub fn remove(&self, local_path: &Path, remote_path: &RemotePath) {
        let _ = fs::remove_file(self.file(local_path, remote_path));
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

    fn file(&self, local_path: &Path, remote_path: &RemotePath) -> PathBuf {
        let mut hasher = Sha256::new();
        for part in [
            self.account.as_bytes(),
            local_path.as_os_str().as_encoded_bytes(),
            remote_path.lower().as_bytes(),
        ] {
            hasher.update((part.len() as u64).to_le_bytes());
            hasher.update(part);
        }
        self.folder.join(format!("{}.jsonl", hex::encode(hasher.finalize())))
    }
}

impl Record {
    fn take_in(&mut self, text: &str) -> Option<Known> {
        let mut lines = text.split_inclusive('\n').filter(|line| line.ends_with('\n'));
        let title: Title = serde_json::from_str(lines.next()?).ok()?;
        if title.fingerprint != self.title.fingerprint || !is_alive(title.started_unix_secs) {
            return None;
        }
        let mut blocks = BTreeMap::new();
        for line in lines {
            let Ok(piece) = serde_json::from_str::<Piece>(line) else { continue };
            for (place, text) in (piece.first..).zip(&piece.hashes) {
                let mut hash = [0; 32];
                if hex::decode_to_slice(text, &mut hash).is_ok() {
                    blocks.insert(place, hash);
                }
            }
        }
        self.title = title;
        Some(Known { session_id: self.title.session_id.clone(), blocks })
    }

    /// From now on it is about this session, which holds nothing yet.
    pub fn begin(&mut self, session_id: &str) {
        session_id.clone_into(&mut self.title.session_id);
        self.title.started_unix_secs = Timestamp::now().as_second();
        let title = self.title.clone();
        self.try_to(|file| {
            file.set_len(0)?;
            file.seek(SeekFrom::Start(0))?;
            append(file, &title)
        });
    }

    /// The service has confirmed these blocks.
    pub fn confirm(&mut self, first: u64, hashes: &[BlockHash]) {
        let piece = Piece { first, hashes: hashes.iter().map(hex::encode).collect() };
        self.try_to(|file| append(file, &piece));
    }

    /// There is nothing to go on with.
    pub fn remove(self) {
        let _ = fs::remove_file(&self.path);
    }

    fn try_to(&mut self, work: impl FnOnce(&mut File) -> io::Result<()>) {
        let Some(file) = &mut self.file else { return };
        if let Err(error) = work(file) {
            tracing::warn!(%error, "an upload can't be noted any more; it may not go on after a kill");
            self.file = None;
        }
    }
}

/// One line in one write, so that a kill leaves it whole or away.
fn append(file: &mut File, line: &impl Serialize) -> io::Result<()> {
    let mut line = serde_json::to_vec(line)?;
    line.push(b'\n');
    file.seek(SeekFrom::End(0))?;
    file.write_all(&line)
}

fn open_alone(path: &Path) -> io::Result<File> {
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder)?;
    }
    let file = File::options().read(true).write(true).create(true).truncate(false).open(path)?;
    file.try_lock()?;
    Ok(file)
}

fn read(file: &mut File) -> io::Result<String> {
    let mut bytes = Vec::new();
    file.read_to_end(&mut bytes)?;
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}

/// Whether a session that was started then can still be used.
pub fn is_alive(started_unix_secs: i64) -> bool {
    let age = Timestamp::now().as_second().saturating_sub(started_unix_secs);
    age >= 0 && age < session_life().as_secs() as i64
}

fn session_life() -> Duration {
    Duration::from_hours(UPLOAD_SESSION_DAYS.unsigned_abs() * 24).saturating_sub(MARGIN)
}

#[cfg(test)]
mod tests {
    use super::{Journal, Known};
    use crate::upload::source::{Fingerprint, Source};
    use coffer_model::RemotePath;
    use std::collections::BTreeMap;
    use std::fs;
    use std::io::Write;
    use std::path::Path;

    struct Place {
        folder: tempfile::TempDir,
        journal: Journal,
        remote: RemotePath,
    }

    fn place() -> Place {
        let folder = tempfile::tempdir().unwrap();
        let journal = Journal::new(folder.path().join("uploads"), "embedded".into());
        Place { folder, journal, remote: RemotePath::new("/film.mp4") }
    }

    impl Place {
        fn state(&self, text: &str) -> Fingerprint {
            let path = self.folder.path().join("film.mp4");
            fs::write(&path, text).unwrap();
            Source::open(&path).unwrap().fingerprint
        }

        fn known(&self, fingerprint: Fingerprint) -> Option<Known> {
            self.journal.open(Path::new("/home/film.mp4"), fingerprint, &self.remote).1
        }

        fn note(&self) -> std::path::PathBuf {
            fs::read_dir(self.folder.path().join("uploads")).unwrap().next().unwrap().unwrap().path()
        }
    }

    #[test]
    fn a_note_is_found_for_the_same_state_of_the_same_file_only() {
        let place = place();
        let state = place.state("nine");
        let (mut record, known) = place.journal.open(Path::new("/home/film.mp4"), state, &place.remote);
        assert_eq!(known, None);
        record.begin("session");
        record.confirm(2, &[[2; 32], [3; 32]]);
        record.confirm(0, &[[0; 32]]);
        drop(record);
        let blocks = BTreeMap::from([(0, [0; 32]), (2, [2; 32]), (3, [3; 32])]);
        assert_eq!(place.known(state), Some(Known { session_id: "session".into(), blocks }));
        let elsewhere = RemotePath::new("/other.mp4");
        assert_eq!(place.journal.open(Path::new("/home/film.mp4"), state, &elsewhere).1, None);
        assert_eq!(place.known(place.state("changed")), None);
    }

    #[test]
    fn a_line_that_a_kill_has_cut_off_does_not_count() {
        let place = place();
        let state = place.state("nine");
        let (mut record, _) = place.journal.open(Path::new("/home/film.mp4"), state, &place.remote);
        record.begin("session");
        record.confirm(0, &[[0; 32]]);
        drop(record);
        let mut file = fs::File::options().append(true).open(place.note()).unwrap();
        file.write_all(br#"{"first":1,"hashes":[""#).unwrap();
        assert_eq!(place.known(state).unwrap().blocks.len(), 1);
    }

    #[test]
    fn a_session_that_has_ended_is_not_gone_on_with() {
        let place = place();
        let state = place.state("nine");
        let (mut record, _) = place.journal.open(Path::new("/home/film.mp4"), state, &place.remote);
        record.begin("session");
        record.title.started_unix_secs -= 7 * 24 * 3600;
        let title = record.title.clone();
        record.try_to(|file| {
            file.set_len(0)?;
            super::append(file, &title)
        });
        drop(record);
        assert_eq!(place.known(state), None);
    }

    #[test]
    fn two_programs_never_go_on_with_the_same_session() {
        let place = place();
        let state = place.state("nine");
        let (mut record, _) = place.journal.open(Path::new("/home/film.mp4"), state, &place.remote);
        record.begin("session");
        assert_eq!(place.known(state), None);
        drop(record);
        assert!(place.known(state).is_some());
    }
}
