//! A large file on its way: it lies hidden beside its final place, and the transfer store says which blocks are there,
//! so that another run goes on where this one stopped, also after a kill. What the store claims is hashed again from
//! the disk before it counts: after a power cut the store may know more than the disk. All blocks.

use super::blocks::{block_count, hash_of};
use super::cancel_policy::CancelPolicy;
use super::download_file::DownloadFile;
use crate::local_name::hidden_name;
use crate::transfer::{PartialFileRecord, TransferStore};
use coffer_model::AccountChoice;
use coffer_stdx::disk::DiskFile;
use coffer_stdx::system;
use dropbox_protocol::content_hash::BlockHash;
use parking_lot::{Mutex, MutexGuard};
use std::fs::{self, File, OpenOptions};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::SystemTime;

/// Dropped before it is detached, it stays for another run unless it is to be removed.
pub(crate) struct PartialFile {
    pub target: Arc<DiskFile>,
    path: PathBuf,
    /// `None` once it is detached or removed.
    record: Mutex<Option<PartialFileRecord>>,
    policy: CancelPolicy,
}

impl PartialFile {
    /// Opens the part of this file, and tells which of its blocks are there already. Makes room for the whole file,
    /// so that a disk that is too small is known now.
    pub(crate) fn open(
        store: &TransferStore,
        account: &AccountChoice,
        wanted: &DownloadFile,
        policy: &CancelPolicy,
    ) -> io::Result<(Self, Vec<Option<BlockHash>>)> {
        let size_bytes = wanted.size_bytes;
        let folder = wanted.local_path.parent().unwrap_or(Path::new("."));
        let hidden =
            |suffix: &str| folder.join(hidden_name(&wanted.name(), &format!(".{suffix}.coffer-part")));
        let known =
            store.open_partial(account, &wanted.path, &wanted.local_path, &wanted.rev, size_bytes, hidden);
        let (path, record) = (known.path, known.record);
        if !known.blocks.is_empty()
            && let Ok(file) = opened(&path, false)
            && file.metadata()?.len() == size_bytes
        {
            let part = Self::new(path, file, record, policy);
            let blocks = part.verified(&known.blocks, size_bytes);
            return Ok((part, blocks));
        }
        let file = match opened(&path, true) {
            Ok(file) => file,
            Err(error) => {
                record.remove();
                return Err(error);
            }
        };
        let part = Self::new(path, file, record, policy);
        if let Err(error) = system::make_room(&part.target.file, size_bytes) {
            part.remove();
            return Err(error);
        }
        Ok((part, vec![None; block_count(size_bytes)]))
    }

    fn new(path: PathBuf, file: File, record: PartialFileRecord, policy: &CancelPolicy) -> Self {
        Self {
            target: Arc::new(DiskFile::new(file, &path)),
            path,
            record: Mutex::new(Some(record)),
            policy: policy.clone(),
        }
    }

    /// Those of the known blocks that the file really has.
    fn verified(&self, known: &[(usize, BlockHash)], size_bytes: u64) -> Vec<Option<BlockHash>> {
        let mut blocks = vec![None; block_count(size_bytes)];
        let mut buffer = Vec::new();
        for &(index, claimed) in known {
            if self.policy.is_stopped() {
                break;
            }
            let Some(block) = blocks.get_mut(index) else { continue };
            let found = hash_of(&self.target.file, index, size_bytes, &mut buffer).ok();
            *block = found.filter(|digest| *digest == claimed);
        }
        blocks
    }

    /// A block has been written.
    pub(crate) fn record_block(&self, index: usize, hash: &BlockHash) {
        if let Some(record) = &*self.lock() {
            record.record_block(index, *hash);
        }
    }

    pub(crate) fn path(&self) -> &Path {
        &self.path
    }

    /// The bytes are whole: from here on a power cut loses nothing.
    pub(crate) fn finish_writing(&self, modified: SystemTime) -> io::Result<()> {
        // Some file systems keep no times; the content counts.
        let _ = self.target.file.set_modified(modified);
        self.target.file.sync_all()
    }

    /// The file has its final name.
    pub(crate) fn detach(&self) {
        if let Some(record) = self.lock().take() {
            record.remove();
        }
    }

    /// Nobody is to go on with it.
    pub(crate) fn remove(&self) {
        if let Some(record) = self.lock().take() {
            let _ = fs::remove_file(&self.path);
            record.remove();
        }
    }

    fn lock(&self) -> MutexGuard<'_, Option<PartialFileRecord>> {
        self.record.lock()
    }
}

impl Drop for PartialFile {
    fn drop(&mut self) {
        if self.policy.is_removal() {
            self.remove();
        }
    }
}

/// Opens a part; never through a link that somebody has laid there.
fn opened(path: &Path, anew: bool) -> io::Result<File> {
    let mut options = OpenOptions::new();
    options.read(true).write(true).create(anew).truncate(anew);
    system::never_through_links(&mut options);
    options.open(path)
}
