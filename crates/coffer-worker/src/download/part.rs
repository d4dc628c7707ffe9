//! A large file on its way: it lies hidden beside its final place, and a note says which blocks are there, so that
//! another run goes on where this one stopped, also after a kill. What the note claims is hashed again from the disk
//! before it counts: after a power cut a note may know more than the disk. All blocks.

use super::blocks::{block_count, hash_of};
use super::local_name::hidden_name;
use super::registry::{Fate, Held, Note, Registry};
use super::wanted::Wanted;
use coffer_model::AccountChoice;
use coffer_stdx::disk::DiskFile;
use dropbox_protocol::content_hash::BlockHash;
use rustix::fs::{FallocateFlags, OFlags, fallocate};
use std::fs::{self, File, OpenOptions};
use std::io;
use std::os::unix::ffi::OsStrExt;
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::SystemTime;

/// Dropped before it is settled, it stays for another run unless its fate is to be removed.
pub struct Part {
    pub target: Arc<DiskFile>,
    path: PathBuf,
    /// `None` once it is settled or removed.
    note: Mutex<Option<Held>>,
    fate: Fate,
}

impl Part {
    /// Opens the part of this file, and tells which of its blocks are there already. Makes room for the whole file,
    /// so that a disk that is too small is known now.
    pub fn open(
        registry: &Registry,
        account: &AccountChoice,
        wanted: &Wanted,
        fate: &Fate,
    ) -> io::Result<(Self, Vec<Option<BlockHash>>)> {
        let account = serde_json::to_vec(account).map_err(io::Error::other)?;
        let mut key =
            Registry::key(&[&account, wanted.path.lower().as_bytes(), wanted.place.as_os_str().as_bytes()]);
        let held = registry.hold(&key)?;
        let held = if let Some(held) = held {
            held
        } else {
            // The same file is brought to the same place by somebody else: each brings a file of their own.
            key = format!("{key}-{:016x}", fastrand::u64(..));
            registry.hold(&key)?.ok_or_else(|| io::Error::from(io::ErrorKind::WouldBlock))?
        };
        let suffix = key.rsplit_once('-').map_or(&key[..8], |(_, random)| random);
        let name = hidden_name(&wanted.name(), &format!(".{suffix}.coffer-part"));
        let path = wanted.place.parent().unwrap_or(Path::new(".")).join(name);
        let (rev, size_bytes) = (wanted.file.rev.0.to_string(), wanted.file.size_bytes);
        let note = Note::Part { place: path.clone().into(), rev, size_bytes };
        Self::open_noted(path, held, &note, size_bytes, fate)
    }

    fn open_noted(
        path: PathBuf,
        held: Held,
        note: &Note,
        size_bytes: u64,
        fate: &Fate,
    ) -> io::Result<(Self, Vec<Option<BlockHash>>)> {
        let known = held.read().filter(|(known, _)| known == note);
        let existing = opened(&path, false);
        if let (Some((_, lines)), Ok(file)) = (known, existing)
            && file.metadata()?.len() == size_bytes
        {
            let part = Self::of(path, file, held, fate);
            let blocks = part.verified(&lines, size_bytes);
            return Ok((part, blocks));
        }
        held.begin(note)?;
        let file = opened(&path, true)?;
        let part = Self::of(path, file, held, fate);
        if let Err(error) = make_room(&part.target.file, size_bytes) {
            part.remove();
            return Err(error);
        }
        Ok((part, vec![None; block_count(size_bytes)]))
    }

    fn of(path: PathBuf, file: File, held: Held, fate: &Fate) -> Self {
        Self {
            target: Arc::new(DiskFile::new(file, &path)),
            path,
            note: Mutex::new(Some(held)),
            fate: fate.clone(),
        }
    }

    /// The blocks that the lines of the note claim and that the file really has.
    fn verified(&self, lines: &[String], size_bytes: u64) -> Vec<Option<BlockHash>> {
        let mut blocks = vec![None; block_count(size_bytes)];
        let mut buffer = Vec::new();
        for (index, claimed) in lines.iter().filter_map(|line| read_line(line)) {
            if self.fate.is_stopped() {
                break;
            }
            let Some(block) = blocks.get_mut(index) else { continue };
            let found = hash_of(&self.target.file, index, size_bytes, &mut buffer).ok();
            *block = found.filter(|digest| *digest == claimed);
        }
        blocks
    }

    /// Notes that a block has been written.
    pub fn note(&self, index: usize, digest: &BlockHash) {
        let line = format!("{index} {}", hex::encode(digest));
        if let Some(note) = &*self.lock()
            && let Err(error) = note.add(&line)
        {
            // It costs another run this block and nothing else.
            tracing::debug!(%error, "a block could not be noted");
        }
    }

    pub fn path(&self) -> &Path {
        &self.path
    }

    /// The bytes are whole: from here on a power cut loses nothing.
    pub fn seal(&self, modified: SystemTime) -> io::Result<()> {
        // Some file systems keep no times; the content counts.
        let _ = self.target.file.set_modified(modified);
        self.target.file.sync_all()
    }

    /// The file has its final name.
    pub fn settled(&self) {
        if let Some(note) = self.lock().take() {
            note.remove();
        }
    }

    /// Nobody is to go on with it.
    pub fn remove(&self) {
        if let Some(note) = self.lock().take() {
            let _ = fs::remove_file(&self.path);
            note.remove();
        }
    }

    fn lock(&self) -> MutexGuard<'_, Option<Held>> {
        self.note.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for Part {
    fn drop(&mut self) {
        if self.fate.is_removal() {
            self.remove();
        }
    }
}

/// Opens a part; never through a link that somebody has laid there.
fn opened(path: &Path, anew: bool) -> io::Result<File> {
    let mut options = OpenOptions::new();
    options.read(true).write(true).create(anew).truncate(anew);
    options.custom_flags(OFlags::NOFOLLOW.bits().cast_signed()).open(path)
}

fn read_line(line: &str) -> Option<(usize, BlockHash)> {
    let (index, digest) = line.split_once(' ')?;
    let mut bytes = BlockHash::default();
    hex::decode_to_slice(digest, &mut bytes).ok()?;
    Some((index.parse().ok()?, bytes))
}

/// Gives the file its size, with room on the disk where the file system can promise it.
fn make_room(file: &File, size_bytes: u64) -> io::Result<()> {
    match fallocate(file, FallocateFlags::empty(), 0, size_bytes).map_err(io::Error::from) {
        Err(error) if error.kind() == io::ErrorKind::Unsupported => file.set_len(size_bytes),
        result => result,
    }
}
