//! The sessions of large files: which blocks the service has confirmed, so that a later run sends only the others. A
//! session is found by the account and both paths, so the file may be part of another transfer by then.

use super::key::{RecordKey, file_key};
use super::lease::{Lease, LeaseKey};
use super::writer::Writer;
use super::{Change, StoreError, TransferStore};
use crate::fingerprint::Fingerprint;
use coffer_model::{AccountChoice, RemotePath};
use dropbox_protocol::content_hash::BlockHash;
use dropbox_protocol::files::UPLOAD_SESSION_DAYS;
use jiff::Timestamp;
use rusqlite::{Connection, OptionalExtension as _, params};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

/// A session that is about to end is not worth continuing.
const MARGIN: Duration = Duration::from_hours(1);

/// What the service is known to hold of a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct KnownSession {
    pub session_id: String,
    /// By their indexes.
    pub blocks: BTreeMap<u64, BlockHash>,
}

/// The row of one large upload. While it is held no other program uses the same session. Dropped, the row stays for a
/// later run.
#[derive(Debug)]
pub(crate) struct UploadSessionRecord {
    /// `None`: it can't be kept, and a kill costs what was sent.
    kept: Option<LeasedSession>,
}

#[derive(Debug)]
struct LeasedSession {
    writer: Arc<Writer>,
    program: String,
    key: RecordKey,
    fingerprint: Fingerprint,
    /// Once a session is known.
    row: Option<i64>,
    _lease: Lease,
}

impl TransferStore {
    /// The row of an upload, and what is known of it: it counts only for the same state of the file and while the
    /// session lives. What can't be kept is uploaded all the same.
    pub(crate) async fn upload_session(
        &self,
        account: &AccountChoice,
        local_path: &Path,
        fingerprint: Fingerprint,
        remote_path: &RemotePath,
    ) -> (UploadSessionRecord, Option<KnownSession>) {
        let key = file_key(account, local_path, remote_path);
        let store = self.clone();
        let opened = tokio::task::spawn_blocking(move || store.open_upload_session(key, fingerprint)).await;
        match opened {
            Ok(Ok(opened)) => opened,
            Ok(Err(error)) => {
                tracing::warn!(%error, "could not save the upload session; it will not be resumed after a crash");
                (UploadSessionRecord { kept: None }, None)
            }
            Err(_) => (UploadSessionRecord { kept: None }, None),
        }
    }

    fn open_upload_session(
        &self,
        key: RecordKey,
        fingerprint: Fingerprint,
    ) -> Result<(UploadSessionRecord, Option<KnownSession>), StoreError> {
        // Another task of this program sends the same file: each has a session of its own.
        let Some(lease) = self.lease(LeaseKey::UploadSession(key)) else {
            return Ok((UploadSessionRecord { kept: None }, None));
        };
        let (writer, leasing) = (self.open()?, self.leasing()?);
        let program = leasing.program.clone();
        let found = writer.call_blocking::<_, StoreError>(move |connection| {
            let Some(row) = find(connection, key)? else { return Ok(SessionLookup::Nothing) };
            if !leasing.is_free(row.program.as_deref()) {
                return Ok(SessionLookup::Running);
            }
            if row.fingerprint != fingerprint || !is_session_alive(row.started_secs) {
                connection.execute("DELETE FROM upload_session WHERE id = ?1", [row.id])?;
                return Ok(SessionLookup::Nothing);
            }
            connection.execute(
                "UPDATE upload_session SET program = ?2 WHERE id = ?1",
                params![row.id, leasing.program],
            )?;
            let blocks = blocks(connection, row.id)?;
            Ok(SessionLookup::Resumable(row.id, KnownSession { session_id: row.session_id, blocks }))
        })?;
        let (row, known) = match found {
            SessionLookup::Running => return Ok((UploadSessionRecord { kept: None }, None)),
            SessionLookup::Nothing => (None, None),
            SessionLookup::Resumable(row, known) => (Some(row), Some(known)),
        };
        let kept = LeasedSession { writer, program, key, fingerprint, row, _lease: lease };
        Ok((UploadSessionRecord { kept: Some(kept) }, known))
    }

    /// Forgets what is known of an upload. Called for files that are there, or that nobody wants any more.
    pub(crate) async fn remove_upload_sessions(
        &self,
        account: &AccountChoice,
        files: impl IntoIterator<Item = (PathBuf, RemotePath)>,
    ) -> Result<(), StoreError> {
        let keys: Vec<RecordKey> = files
            .into_iter()
            .map(|(local_path, remote_path)| file_key(account, &local_path, &remote_path))
            .collect();
        if keys.is_empty() {
            return Ok(());
        }
        let remove = move |connection: &Connection| {
            let mut delete = connection.prepare_cached("DELETE FROM upload_session WHERE key = ?1")?;
            for key in keys {
                delete.execute([key])?;
            }
            Ok(())
        };
        self.writer().await?.call(remove).await
    }

    /// Forgets sessions that have ended at the service.
    pub(crate) async fn prune_upload_sessions(&self) -> Result<(), StoreError> {
        let oldest = Timestamp::now().as_second() - (session_life() + 2 * MARGIN).as_secs().cast_signed();
        let prune = move |connection: &Connection| {
            connection.execute("DELETE FROM upload_session WHERE started_secs < ?1", [oldest])?;
            Ok(())
        };
        self.writer().await?.call(prune).await
    }
}

impl UploadSessionRecord {
    /// From now on it is about this session, which holds nothing yet. On disk when this returns, where that is possible.
    pub(crate) async fn begin(&mut self, session_id: &str) {
        let Some(kept) = &mut self.kept else { return };
        let (key, fingerprint) = (kept.key, kept.fingerprint);
        let (program, session_id) = (kept.program.clone(), session_id.to_owned());
        let inserted = kept.writer.call::<_, StoreError>(move |connection| {
            connection.execute("DELETE FROM upload_session WHERE key = ?1", [key])?;
            connection.execute(
                "INSERT INTO upload_session (key, session_id, started_secs, size_bytes, modified_nanos, inode, program)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
                params![
                    key,
                    session_id,
                    Timestamp::now().as_second(),
                    fingerprint.size_bytes.cast_signed(),
                    fingerprint.modified_nanos.cast_signed(),
                    fingerprint.inode.cast_signed(),
                    program,
                ],
            )?;
            Ok(connection.last_insert_rowid())
        });
        match inserted.await {
            Ok(row) => kept.row = Some(row),
            Err(error) => {
                tracing::warn!(%error, "could not save the upload session; it will not be resumed after a crash");
                self.kept = None;
            }
        }
    }

    /// The service has confirmed these blocks, from `first` on. On disk when this returns, where that is possible: so a
    /// kill costs no more than the calls that were under way.
    pub(crate) async fn confirm(&self, first: u64, hashes: Vec<BlockHash>) {
        if let Some((writer, session)) = self.row() {
            writer.change(Change::BlocksUploaded { session, first, hashes });
            // What can't be written now costs a later run these blocks.
            let _ = writer.flush().await;
        }
    }

    /// There is nothing to continue.
    pub(crate) async fn remove(mut self) {
        if let Some(kept) = &mut self.kept
            && let Some(session) = kept.row.take()
        {
            kept.writer.change(Change::UploadSessionRemoved { session });
            let _ = kept.writer.flush().await;
        }
    }

    fn row(&self) -> Option<(&Writer, i64)> {
        let kept = self.kept.as_ref()?;
        Some((&kept.writer, kept.row?))
    }
}

impl Drop for UploadSessionRecord {
    fn drop(&mut self) {
        if let Some((writer, session)) = self.row() {
            writer.change(Change::UploadSessionReleased { session });
        }
    }
}

/// Whether a session that was started then can still be used.
pub(crate) fn is_session_alive(started_secs: i64) -> bool {
    let age = Timestamp::now().as_second().saturating_sub(started_secs);
    age >= 0 && age < session_life().as_secs().cast_signed()
}

fn session_life() -> Duration {
    Duration::from_hours(UPLOAD_SESSION_DAYS.unsigned_abs() * 24).saturating_sub(MARGIN)
}

enum SessionLookup {
    Nothing,
    /// Another program uses it.
    Running,
    Resumable(i64, KnownSession),
}

struct SessionOfFile {
    id: i64,
    session_id: String,
    started_secs: i64,
    fingerprint: Fingerprint,
    program: Option<String>,
}

fn find(connection: &Connection, key: RecordKey) -> rusqlite::Result<Option<SessionOfFile>> {
    let sql = "SELECT id, session_id, started_secs, size_bytes, modified_nanos, inode, program
               FROM upload_session WHERE key = ?1";
    let read = |row: &rusqlite::Row<'_>| {
        let number = |column| Ok::<u64, rusqlite::Error>(row.get::<_, i64>(column)?.cast_unsigned());
        let fingerprint =
            Fingerprint { size_bytes: number(3)?, modified_nanos: number(4)?, inode: number(5)? };
        Ok(SessionOfFile {
            id: row.get(0)?,
            session_id: row.get(1)?,
            started_secs: row.get(2)?,
            fingerprint,
            program: row.get(6)?,
        })
    };
    connection.prepare_cached(sql)?.query_row([key], read).optional()
}

fn blocks(connection: &Connection, session: i64) -> rusqlite::Result<BTreeMap<u64, BlockHash>> {
    connection
        .prepare_cached("SELECT position, hash FROM upload_block WHERE session = ?1")?
        .query_map([session], |row| Ok((row.get::<_, i64>(0)?.cast_unsigned(), row.get(1)?)))?
        .collect()
}
