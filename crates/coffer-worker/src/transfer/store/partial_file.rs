//! Which hidden files are parts of downloads, and which blocks were written to them. A later run continues with them, or
//! removes them when nobody has for two weeks.

use super::entry_row::{LocalPath, LocalPathBuf};
use super::key::file_key;
use super::lease::{Lease, LeaseKey, Leasing};
use super::writer::Writer;
use super::{Change, StoreError, TransferStore, old_files, staging_folder};
use coffer_model::{AccountChoice, RemotePath, Rev};
use dropbox_protocol::content_hash::BlockHash;
use jiff::Timestamp;
use rusqlite::{Connection, OptionalExtension as _, params};
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// A partial file that nobody has continued for so long is removed.
const KEPT_SECS: i64 = 14 * 24 * 3600;

/// The row of one partial file. While it is held nobody else writes to the file. Dropped, the row stays for a later run.
#[derive(Debug)]
pub(crate) struct PartialFileRecord {
    /// `None`: it can't be kept, or it is removed.
    kept: Option<LeasedPartial>,
}

#[derive(Debug)]
struct LeasedPartial {
    writer: Arc<Writer>,
    id: i64,
    _lease: Lease,
}

/// A partial file that was found or made.
pub(crate) struct OpenedPartial {
    pub record: PartialFileRecord,
    /// The hidden file. It may not be there.
    pub path: PathBuf,
    /// The blocks that an earlier run has written, as far as it knew. A power cut may have lost them all the same.
    pub blocks: Vec<(usize, BlockHash)>,
}

impl TransferStore {
    /// The partial file of one revision that is to be at `local_path`; `hidden_path` names a new one. One of another
    /// revision starts over. Blocks.
    pub(crate) fn open_partial(
        &self,
        account: &AccountChoice,
        remote_path: &RemotePath,
        local_path: &Path,
        rev: &Rev,
        size_bytes: u64,
        hidden_path: impl FnOnce(&str) -> PathBuf,
    ) -> OpenedPartial {
        let suffix = format!("{:08x}", fastrand::u32(..));
        let new_path = hidden_path(&suffix);
        let keys = [
            file_key(account, local_path, remote_path).to_vec(),
            old_files::partial_key(account, remote_path, local_path),
        ];
        let wanted = Wanted { keys, rev: rev.0.to_string(), size_bytes, new_path: new_path.clone() };
        self.try_open_partial(wanted).unwrap_or_else(|error| {
            tracing::warn!(%error, "could not save the partial file; its download will not be resumed after a crash");
            OpenedPartial { record: PartialFileRecord { kept: None }, path: new_path, blocks: Vec::new() }
        })
    }

    fn try_open_partial(&self, wanted: Wanted) -> Result<OpenedPartial, StoreError> {
        let (writer, leasing, store) = (self.open()?, self.leasing()?, self.clone());
        let found =
            writer.call_blocking(move |connection| find_or_insert(connection, &leasing, &store, &wanted))?;
        let kept = LeasedPartial { writer, id: found.id, _lease: found.lease };
        let record = PartialFileRecord { kept: Some(kept) };
        Ok(OpenedPartial { record, path: found.path, blocks: found.blocks })
    }

    /// Removes what killed programs have left: partial files when they are old, staging folders at once. Blocks.
    pub(crate) fn sweep_hidden_files(&self) -> Result<(), StoreError> {
        let (writer, leasing, store) = (self.open()?, self.leasing()?, self.clone());
        let folders = writer.call_blocking(move |connection| {
            remove_old(connection, &leasing, &store)?;
            Ok::<_, StoreError>(staging_folder::left(connection, &leasing)?)
        })?;
        for local_path in folders {
            let _ = fs::remove_dir_all(&local_path);
            writer.change(Change::StagingFolderRemoved { local_path });
        }
        Ok(())
    }
}

impl PartialFileRecord {
    /// A block was written. Returns before that is on disk: a kill in that moment costs another run the block.
    pub(crate) fn record_block(&self, index: usize, hash: BlockHash) {
        if let Some(kept) = &self.kept {
            kept.writer.change(Change::BlockDownloaded { file: kept.id, index, hash });
        }
    }

    /// Nobody is to continue it, because it has its name or is gone.
    pub(crate) fn remove(mut self) {
        if let Some(kept) = self.kept.take() {
            kept.writer.change(Change::PartialFileRemoved { file: kept.id });
        }
    }
}

impl Drop for PartialFileRecord {
    fn drop(&mut self) {
        if let Some(kept) = &self.kept {
            kept.writer.change(Change::PartialFileReleased { file: kept.id });
        }
    }
}

struct Wanted {
    /// As this version and as 0.1.0 makes them.
    keys: [Vec<u8>; 2],
    rev: String,
    size_bytes: u64,
    new_path: PathBuf,
}

struct PartialFileRow {
    id: i64,
    lease: Lease,
    path: PathBuf,
    blocks: Vec<(usize, BlockHash)>,
}

fn find_or_insert(
    connection: &Connection,
    leasing: &Leasing,
    store: &TransferStore,
    wanted: &Wanted,
) -> Result<PartialFileRow, StoreError> {
    let now = Timestamp::now().as_second();
    let rows: Vec<(i64, Option<String>)> = connection
        .prepare_cached("SELECT id, program FROM partial_file WHERE key IN (?1, ?2) ORDER BY id")?
        .query_map(params![wanted.keys[0], wanted.keys[1]], |row| Ok((row.get(0)?, row.get(1)?)))?
        .collect::<rusqlite::Result<_>>()?;
    let free = rows.into_iter().filter(|(_, program)| leasing.is_free(program.as_deref()));
    let leased = free.map(|(id, _)| (id, store.lease(LeaseKey::PartialFile(id))));
    let Some((id, lease)) = leased.into_iter().find_map(|(id, lease)| Some((id, lease?))) else {
        connection.execute(
            "INSERT INTO partial_file (key, local_path, rev, size_bytes, touched_secs, program)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
            params![
                wanted.keys[0],
                LocalPath(&wanted.new_path),
                wanted.rev,
                wanted.size_bytes.cast_signed(),
                now,
                leasing.program,
            ],
        )?;
        let id = connection.last_insert_rowid();
        // Numbers are never used again, so nobody has this one.
        let lease = store.lease(LeaseKey::PartialFile(id)).ok_or(StoreError::Closed)?;
        return Ok(PartialFileRow { id, lease, path: wanted.new_path.clone(), blocks: Vec::new() });
    };
    let is_same = connection
        .query_row(
            "SELECT 1 FROM partial_file WHERE id = ?1 AND rev = ?2 AND size_bytes = ?3",
            params![id, wanted.rev, wanted.size_bytes.cast_signed()],
            |_| Ok(()),
        )
        .optional()?
        .is_some();
    if !is_same {
        connection.execute("DELETE FROM partial_block WHERE file = ?1", [id])?;
    }
    connection.execute(
        "UPDATE partial_file SET program = ?2, touched_secs = ?3, rev = ?4, size_bytes = ?5 WHERE id = ?1",
        params![id, leasing.program, now, wanted.rev, wanted.size_bytes.cast_signed()],
    )?;
    let path: LocalPathBuf =
        connection.query_row("SELECT local_path FROM partial_file WHERE id = ?1", [id], |row| row.get(0))?;
    let blocks = connection
        .prepare_cached("SELECT position, hash FROM partial_block WHERE file = ?1 ORDER BY position")?
        .query_map([id], |row| Ok((row.get::<_, i64>(0)? as usize, row.get(1)?)))?
        .collect::<rusqlite::Result<_>>()?;
    Ok(PartialFileRow { id, lease, path: path.0, blocks })
}

/// Removes old partial files that nobody writes to: first the file, so that none is forgotten.
fn remove_old(connection: &Connection, leasing: &Leasing, store: &TransferStore) -> rusqlite::Result<()> {
    let oldest = Timestamp::now().as_second() - KEPT_SECS;
    let mut old =
        connection.prepare("SELECT id, program, local_path FROM partial_file WHERE touched_secs < ?1")?;
    let rows: Vec<(i64, Option<String>, LocalPathBuf)> = old
        .query_map([oldest], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?
        .collect::<rusqlite::Result<_>>()?;
    for (id, program, path) in rows {
        if leasing.is_free(program.as_deref()) && !store.is_leased(&LeaseKey::PartialFile(id)) {
            let _ = fs::remove_file(&path.0);
            connection.execute("DELETE FROM partial_file WHERE id = ?1", [id])?;
        }
    }
    Ok(())
}

#[cfg(test)]
impl TransferStore {
    /// As if nobody had continued any partial file for longer than they are kept.
    pub(crate) fn age_partial_files(&self) {
        let age = |connection: &Connection| {
            connection
                .execute("UPDATE partial_file SET touched_secs = touched_secs - ?1", [2 * KEPT_SECS])?;
            Ok::<_, StoreError>(())
        };
        self.open().unwrap().call_blocking(age).unwrap();
    }
}
