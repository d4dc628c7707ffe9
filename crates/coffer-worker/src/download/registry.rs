//! What lies half done beside people's files, so that nothing of it stays for ever: each hidden file or folder has a
//! note here, locked as long as somebody works on it. A note whose lock is free is of a run that was killed. Notes of
//! parts say as well which blocks have been written, one line each, so that another run can go on. All blocks.

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use std::ffi::OsString;
use std::fs::{self, File, OpenOptions, TryLockError};
use std::io::{self, Read, Seek, SeekFrom, Write};
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};
use std::sync::{Arc, OnceLock};
use std::time::{Duration, SystemTime};
use tokio_util::sync::CancellationToken;

/// A part that nobody has gone on with for so long is given up.
const KEPT: Duration = Duration::from_hours(14 * 24);

/// The lines of a file of three terabytes; nothing longer is read into memory.
const LONGEST_NOTE_BYTES: u64 = 64 << 20;

/// The first line of a note.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Note {
    /// A file on its way. Another run can go on with it when all of this is still so.
    Part { place: OsString, rev: String, size_bytes: u64 },
    /// A folder of small files on their way, which are brought again.
    Staging { place: OsString },
}

impl Note {
    fn place(&self) -> &Path {
        match self {
            Self::Part { place, .. } | Self::Staging { place } => Path::new(place),
        }
    }

    fn remove_place(&self) {
        let _ = match self {
            Self::Part { place, .. } => fs::remove_file(place),
            Self::Staging { place } => fs::remove_dir_all(place),
        };
    }
}

/// Where the notes are.
#[derive(Clone, Debug)]
pub struct Registry {
    folder: PathBuf,
}

/// A note that is ours alone until it is dropped.
#[derive(Debug)]
pub struct Held {
    file: File,
    path: PathBuf,
}

impl Registry {
    pub fn new(folder: PathBuf) -> Self {
        Self { folder }
    }

    /// The name of a note about this: the same for the same words.
    pub fn key(words: &[&[u8]]) -> String {
        let mut hasher = Sha256::new();
        for word in words {
            hasher.update((word.len() as u64).to_le_bytes());
            hasher.update(word);
        }
        hex::encode(&hasher.finalize()[..16])
    }

    /// Takes the note of this name, made when there is none. `None`: somebody else works on it.
    pub fn hold(&self, key: &str) -> io::Result<Option<Held>> {
        fs::create_dir_all(&self.folder)?;
        let path = self.folder.join(key);
        loop {
            let file = OpenOptions::new().read(true).write(true).create(true).truncate(false).open(&path)?;
            // On a file system without locks a second run over the same folders is the person's own doing.
            if let Err(TryLockError::WouldBlock) = file.try_lock() {
                return Ok(None);
            }
            // Whoever held it before may have removed it while we waited at its door.
            let here = fs::metadata(&path).is_ok_and(|metadata| {
                file.metadata().is_ok_and(|ours| (ours.dev(), ours.ino()) == (metadata.dev(), metadata.ino()))
            });
            if here {
                return Ok(Some(Held { file, path }));
            }
        }
    }

    /// Removes what killed runs have left: staging folders at once, parts when they are old. A note that stays is not
    /// even locked for a moment, so that whoever comes to go on with it finds it free.
    pub fn prune(&self) {
        let Ok(notes) = fs::read_dir(&self.folder) else { return };
        for file in notes.flatten() {
            let age = file
                .metadata()
                .and_then(|metadata| metadata.modified())
                .ok()
                .and_then(|time| SystemTime::now().duration_since(time).ok());
            let stays = |note: Option<&Note>| {
                matches!(note, Some(Note::Part { .. })) && age.is_none_or(|age| age < KEPT)
            };
            let note = File::open(file.path()).ok().and_then(|file| read_note(&file));
            if stays(note.as_ref().map(|(note, _)| note)) {
                continue;
            }
            let key = file.file_name();
            let Some(Ok(Some(held))) = key.to_str().map(|key| self.hold(key)) else { continue };
            if let Some((note, _)) = held.read() {
                note.remove_place();
            }
            held.remove();
        }
    }
}

impl Held {
    /// What it says, and the whole lines behind the first one.
    pub fn read(&self) -> Option<(Note, Vec<String>)> {
        read_note(&self.file)
    }

    /// Begins anew with this note. What an older one named is removed unless it is the same place.
    pub fn begin(&self, note: &Note) -> io::Result<()> {
        if let Some((old, _)) = self.read()
            && old.place() != note.place()
        {
            old.remove_place();
        }
        self.file.set_len(0)?;
        self.add(&serde_json::to_string(note).map_err(io::Error::other)?)
    }

    /// Adds a line at the end, in one piece.
    pub fn add(&self, line: &str) -> io::Result<()> {
        (&self.file).seek(SeekFrom::End(0))?;
        (&self.file).write_all(format!("{line}\n").as_bytes())
    }

    pub fn remove(self) {
        let _ = fs::remove_file(&self.path);
    }
}

fn read_note(mut file: &File) -> Option<(Note, Vec<String>)> {
    let mut text = String::new();
    file.seek(SeekFrom::Start(0)).ok()?;
    file.take(LONGEST_NOTE_BYTES).read_to_string(&mut text).ok()?;
    // What stands behind the last line break was cut off by the end of its program.
    let (whole, _) = text.rsplit_once('\n')?;
    let mut lines = whole.lines();
    let note = serde_json::from_str(lines.next()?).ok()?;
    Some((note, lines.map(str::to_owned).collect()))
}

/// What is to become of parts when their transfer stops in the middle: they stay when the program closes or the
/// transfer fails, so that another run can go on; they go when the person has cancelled it. Clones agree.
#[derive(Clone, Debug)]
pub struct Fate(Arc<FateState>);

#[derive(Debug)]
struct FateState {
    cancel: CancellationToken,
    closing: CancellationToken,
    removed: OnceLock<bool>,
}

impl Fate {
    /// `closing` is the parent of `cancel`.
    pub fn new(cancel: CancellationToken, closing: CancellationToken) -> Self {
        Self(Arc::new(FateState { cancel, closing, removed: OnceLock::new() }))
    }

    pub fn is_stopped(&self) -> bool {
        self.0.cancel.is_cancelled()
    }

    /// Whether parts are to be removed. Once stopped the answer stays, even when the program closes a moment later.
    pub fn is_removal(&self) -> bool {
        self.is_stopped() && *self.0.removed.get_or_init(|| !self.0.closing.is_cancelled())
    }
}

#[cfg(test)]
mod tests {
    use super::{Fate, KEPT, Note, Registry};
    use std::fs::{self, File};
    use std::path::Path;
    use std::time::SystemTime;
    use tokio_util::sync::CancellationToken;

    fn part(place: &Path) -> Note {
        Note::Part { place: place.into(), rev: "0123456789".into(), size_bytes: 7 }
    }

    #[test]
    fn a_note_is_read_again_without_the_line_that_was_cut() {
        let folder = tempfile::tempdir().unwrap();
        let registry = Registry::new(folder.path().join("notes"));
        let note = part(Path::new("/somewhere"));
        let held = registry.hold("a").unwrap().unwrap();
        assert_eq!(held.read(), None);
        held.begin(&note).unwrap();
        held.add("one").unwrap();
        held.add("two").unwrap();
        assert!(registry.hold("a").unwrap().is_none(), "it is held");
        drop(held);
        let path = folder.path().join("notes/a");
        let text = fs::read_to_string(&path).unwrap();
        fs::write(&path, &text[..text.len() - 1]).unwrap();
        let held = registry.hold("a").unwrap().unwrap();
        assert_eq!(held.read(), Some((note, vec!["one".to_owned()])));
    }

    #[test]
    fn what_killed_runs_have_left_goes_when_nobody_holds_it() {
        let folder = tempfile::tempdir().unwrap();
        let registry = Registry::new(folder.path().join("notes"));
        let place = |name: &str| folder.path().join(name);
        for name in ["young.part", "old.part", "held.part"] {
            fs::write(place(name), "x").unwrap();
            registry.hold(name).unwrap().unwrap().begin(&part(&place(name))).unwrap();
        }
        for name in ["old.part", "held.part"] {
            let note = File::options().write(true).open(folder.path().join("notes").join(name)).unwrap();
            note.set_modified(SystemTime::now() - KEPT * 2).unwrap();
        }
        fs::create_dir(place("staging")).unwrap();
        let staging = Note::Staging { place: place("staging").into() };
        registry.hold("staging").unwrap().unwrap().begin(&staging).unwrap();
        fs::write(folder.path().join("notes/nonsense"), "{").unwrap();
        let held = registry.hold("held.part").unwrap().unwrap();
        registry.prune();
        drop(held);
        let left = |folder: &Path| {
            let mut names: Vec<String> = fs::read_dir(folder)
                .unwrap()
                .map(|entry| entry.unwrap().file_name().into_string().unwrap())
                .collect();
            names.sort();
            names
        };
        assert_eq!(left(&folder.path().join("notes")), ["held.part", "young.part"]);
        assert_eq!(left(folder.path()), ["held.part", "notes", "young.part"]);
    }

    #[test]
    fn a_cancel_removes_parts_and_a_close_keeps_them() {
        let fate = || {
            let closing = CancellationToken::new();
            let cancel = closing.child_token();
            (Fate::new(cancel.clone(), closing.clone()), cancel, closing)
        };
        let (untouched, ..) = fate();
        assert!(!untouched.is_removal());
        let (cancelled, cancel, closing) = fate();
        cancel.cancel();
        assert!(cancelled.is_removal());
        closing.cancel();
        assert!(cancelled.is_removal(), "it was cancelled before");
        let (closed, _cancel, closing) = fate();
        closing.cancel();
        assert!(!closed.is_removal());
    }
}
