//! Transfer records: what was asked for, row by row, so that a plan of a hundred thousand files is never there a second
//! time; and who works on it.

use super::change::prepare_entries;
use super::entry_row::{
    ENTRY_COLUMN_COUNT, ENTRY_COLUMNS, LocalPath, LocalPathBuf, nanos, read_entry, time, write_entry,
};
use super::key::{self, RecordKey, transfer_key};
use super::lease::{Lease, LeaseKey, Leasing};
use super::writer::Writer;
use super::{Change, LeaseError, StoreError, TransferStore};
use crate::account::account_name;
use coffer_model::message::UnfinishedTransfer;
use coffer_model::transfer::{Conflict, PlannedFile, PlannedFiles, UploadPlan};
use coffer_model::{AccountChoice, Entry, Job, OnExisting, RemotePath};
use jiff::Timestamp;
use rusqlite::{Connection, OptionalExtension as _, Row, params};
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

/// A transfer that nobody has worked on for so long is removed.
const KEPT_SECS: i64 = 30 * 24 * 3600;

/// A transfer that this program works on, and nobody else. Dropping it lets other tasks of this program have it; other
/// programs may have it once it is [released](Change::TransferReleased), or when this program has ended.
#[derive(Debug)]
pub(crate) struct TransferRecord {
    pub id: i64,
    writer: Arc<Writer>,
    /// The row says already what became of it.
    is_closed: AtomicBool,
    _lease: Lease,
}

impl TransferRecord {
    /// Queues a change. Returns before it is on disk; changes are written in the order of the calls.
    pub(crate) fn change(&self, change: Change) {
        self.writer.change(change);
    }

    /// Tells whether every change so far is on disk: a kill from then on cannot lose it.
    pub(crate) async fn flush(&self) -> bool {
        self.writer.flush().await
    }

    /// Its last change, with which it is released.
    pub(crate) async fn close(&self, change: Change) {
        self.is_closed.store(true, Ordering::Relaxed);
        self.writer.change(change);
        if !self.writer.flush().await {
            tracing::warn!("could not save the end of a transfer; it will be found unfinished");
        }
    }

    /// Runs `work` after every change so far.
    pub(super) async fn read<T: Send + 'static>(
        &self,
        work: impl FnOnce(&Connection, i64) -> rusqlite::Result<T> + Send + 'static,
    ) -> Result<T, StoreError> {
        let id = self.id;
        self.writer.call(move |connection| Ok(work(connection, id)?)).await
    }
}

impl Drop for TransferRecord {
    /// Also when the program ends before the transfer could be closed. In the queue before whoever leases it next.
    fn drop(&mut self) {
        // Once closed the row may be another program's.
        if !self.is_closed.load(Ordering::Relaxed) {
            self.writer.change(Change::TransferReleased { transfer: self.id });
        }
    }
}

impl TransferStore {
    /// Takes a transfer to work on. One that is not known is written first, as asked for at `created`; that is synced, so
    /// that a power cut forgets no transfer. `None`: the job is no transfer.
    pub(crate) async fn acquire(
        &self,
        account: &AccountChoice,
        job: &Arc<Job>,
        created: Timestamp,
        paused: bool,
    ) -> Result<Option<TransferRecord>, LeaseError> {
        if !matches!(**job, Job::Upload { .. } | Job::Download { .. } | Job::SaveAs { .. }) {
            return Ok(None);
        }
        let writer = self.writer().await?;
        let (store, account, job) = (self.clone(), account.clone(), Arc::clone(job));
        let prepare = move || {
            let key = transfer_key(&account, &job);
            let lease = store.lease(LeaseKey::Transfer(key)).ok_or(LeaseError::Running)?;
            let leasing = store.leasing()?;
            // Only for this one transaction: what is written while a transfer runs may be lost by a power cut.
            let id = writer.call_synced(move |connection| {
                acquire_row(connection, &leasing, &account, key, &job, created, paused)
            })?;
            Ok(TransferRecord { id, writer, is_closed: AtomicBool::new(false), _lease: lease })
        };
        tokio::task::spawn_blocking(prepare).await.map_err(|_| StoreError::Closed)?.map(Some)
    }

    /// Transfers of an account that have not ended and that nobody works on, oldest first. Those that are too old are
    /// removed.
    pub(crate) async fn unfinished(
        &self,
        account: &AccountChoice,
    ) -> Result<Vec<UnfinishedTransfer>, StoreError> {
        let (store, account) = (self.clone(), account_name(account));
        let work = move || {
            // A program that has never moved anything makes no file for that.
            if !store.exists() {
                return Ok(Vec::new());
            }
            let (writer, leasing) = (store.open()?, store.leasing()?);
            let leased = store.clone();
            writer.call_blocking(move |connection| {
                remove_old(connection, &leasing)?;
                read_unfinished(connection, &leasing, &leased, &account)
            })
        };
        tokio::task::spawn_blocking(work).await.map_err(|_| StoreError::Closed)?
    }
}

fn acquire_row(
    connection: &Connection,
    leasing: &Leasing,
    account: &AccountChoice,
    key: RecordKey,
    job: &Job,
    created: Timestamp,
    paused: bool,
) -> Result<i64, LeaseError> {
    let account = account_name(account);
    let known: Option<(i64, Option<String>)> = connection
        .prepare_cached("SELECT id, program FROM transfer WHERE account = ?1 AND key = ?2")?
        .query_row(params![account, key], |row| Ok((row.get(0)?, row.get(1)?)))
        .optional()?;
    let id = match known {
        Some((_, program)) if !leasing.is_free(program.as_deref()) => return Err(LeaseError::Running),
        Some((id, _)) => id,
        None => insert_transfer(connection, &account, key, job, created)?,
    };
    connection.execute(
        "UPDATE transfer SET program = ?2, paused = ?3, ended = 0, touched_secs = ?4 WHERE id = ?1",
        params![id, leasing.program, paused, Timestamp::now().as_second()],
    )?;
    Ok(id)
}

/// Writes what was asked for; gives the new row.
pub(super) fn insert_transfer(
    connection: &Connection,
    account: &str,
    key: RecordKey,
    job: &Job,
    created: Timestamp,
) -> rusqlite::Result<i64> {
    let (kind, remote_folder, local_path, existing) = match job {
        Job::Upload { plan } => ("upload", Some(&plan.target), None, None),
        Job::Download { folder, existing, .. } => ("download", None, Some(folder), Some(*existing)),
        Job::SaveAs { local_path, existing, .. } => ("save_as", None, Some(local_path), Some(*existing)),
        _ => return Err(rusqlite::Error::QueryReturnedNoRows),
    };
    connection.execute(
        "INSERT INTO transfer (account, key, kind, remote_folder, local_path, existing, created_nanos, touched_secs,
                               paused, ended)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, 0, 0)",
        params![
            account,
            key,
            kind,
            remote_folder.map(RemotePath::as_str),
            local_path.map(|path| LocalPath(path)),
            existing.map(key::existing_word),
            nanos(created),
            Timestamp::now().as_second(),
        ],
    )?;
    let id = connection.last_insert_rowid();
    match job {
        Job::Upload { plan } => insert_plan(connection, id, plan)?,
        Job::Download { entries, .. } => insert_entries(connection, id, entries)?,
        Job::SaveAs { entry, .. } => insert_entries(connection, id, std::slice::from_ref(entry))?,
        _ => {}
    }
    Ok(id)
}

/// What was refused or could not be read is not kept: it was told when the upload was planned.
fn insert_plan(connection: &Connection, transfer: i64, plan: &UploadPlan) -> rusqlite::Result<()> {
    let mut source = connection
        .prepare_cached("INSERT INTO upload_source (transfer, position, local_path) VALUES (?1, ?2, ?3)")?;
    for (position, local_path) in plan.sources.iter().enumerate() {
        source.execute(params![transfer, position as i64, LocalPath(local_path)])?;
    }
    let mut folder = connection
        .prepare_cached("INSERT INTO empty_folder (transfer, position, remote_path) VALUES (?1, ?2, ?3)")?;
    for (position, path) in plan.empty_folders.iter().enumerate() {
        folder.execute(params![transfer, position as i64, path.as_str()])?;
    }
    let mut planned = connection.prepare_cached(
        "INSERT INTO planned_file (transfer, position, local_path, remote_path, size_bytes, modified_nanos, decision)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
    )?;
    let mut conflict = prepare_conflict(connection)?;
    for (position, file) in plan.files.iter().enumerate() {
        planned.execute(params![
            transfer,
            position as i64,
            LocalPath(&file.local_path),
            file.remote_path.as_str(),
            file.size_bytes.cast_signed(),
            file.modified.map(nanos),
            file.decision.map(key::decision_word),
        ])?;
        if let Some(found) = plan.files.conflict(position) {
            conflict.raw_bind_parameter(1, transfer)?;
            conflict.raw_bind_parameter(2, position as i64)?;
            conflict.raw_bind_parameter(3, found.identical)?;
            write_entry(&mut conflict, 4, &found.existing)?;
            conflict.raw_execute()?;
        }
    }
    Ok(())
}

fn prepare_conflict(connection: &Connection) -> rusqlite::Result<rusqlite::CachedStatement<'_>> {
    let parameters: Vec<String> = (1..=3 + ENTRY_COLUMN_COUNT).map(|number| format!("?{number}")).collect();
    connection.prepare_cached(&format!(
        "INSERT INTO conflict (transfer, position, identical, {ENTRY_COLUMNS}) VALUES ({})",
        parameters.join(", ")
    ))
}

fn insert_entries(connection: &Connection, transfer: i64, entries: &[Entry]) -> rusqlite::Result<()> {
    let mut insert = prepare_entries(connection, "requested_entry")?;
    for (position, entry) in entries.iter().enumerate() {
        insert.raw_bind_parameter(1, transfer)?;
        insert.raw_bind_parameter(2, position as i64)?;
        write_entry(&mut insert, 3, entry)?;
        insert.raw_execute()?;
    }
    Ok(())
}

/// A transfer that is being worked on stays, however old it is.
fn remove_old(connection: &Connection, leasing: &Leasing) -> rusqlite::Result<()> {
    let oldest = Timestamp::now().as_second() - KEPT_SECS;
    let mut old = connection.prepare("SELECT id, program FROM transfer WHERE touched_secs < ?1")?;
    let old: Vec<(i64, Option<String>)> =
        old.query_map([oldest], |row| Ok((row.get(0)?, row.get(1)?)))?.collect::<rusqlite::Result<_>>()?;
    // One of this program is either released or being worked on.
    let is_free = |program: &Option<String>| {
        program.as_deref() != Some(&*leasing.program) && leasing.is_free(program.as_deref())
    };
    for (id, _) in old.iter().filter(|(_, program)| is_free(program)) {
        connection.execute("DELETE FROM transfer WHERE id = ?1", [id])?;
    }
    Ok(())
}

fn read_unfinished(
    connection: &Connection,
    leasing: &Leasing,
    store: &TransferStore,
    account: &str,
) -> Result<Vec<UnfinishedTransfer>, StoreError> {
    let mut rows = connection.prepare(
        "SELECT id, program, key, kind, remote_folder, local_path, existing, paused FROM transfer
         WHERE account = ?1 AND ended = 0 ORDER BY created_nanos, id",
    )?;
    let rows = rows.query_map([account], |row| Ok((TransferRow::read(row)?, row.get(7)?)))?;
    let mut unfinished = Vec::new();
    for row in rows {
        let (row, paused) = row?;
        if store.is_leased(&LeaseKey::Transfer(row.key)) || !leasing.is_free(row.program.as_deref()) {
            continue;
        }
        match row.read_job(connection) {
            Ok(job) => unfinished.push(UnfinishedTransfer { job: Arc::new(job), paused }),
            Err(error) => tracing::warn!(%error, "could not read a transfer record"),
        }
    }
    Ok(unfinished)
}

struct TransferRow {
    id: i64,
    program: Option<String>,
    key: RecordKey,
    kind: String,
    remote_folder: Option<String>,
    local_path: Option<LocalPathBuf>,
    existing: Option<String>,
}

impl TransferRow {
    fn read(row: &Row<'_>) -> rusqlite::Result<Self> {
        Ok(Self {
            id: row.get(0)?,
            program: row.get(1)?,
            key: row.get(2)?,
            kind: row.get(3)?,
            remote_folder: row.get(4)?,
            local_path: row.get(5)?,
            existing: row.get(6)?,
        })
    }

    fn read_job(self, connection: &Connection) -> Result<Job, StoreError> {
        if self.kind == "upload" {
            let target = RemotePath::new(self.remote_folder.as_deref().unwrap_or_default());
            return Ok(Job::Upload { plan: Arc::new(read_plan(connection, self.id, target)?) });
        }
        let local_path: PathBuf = self.local_path.ok_or(StoreError::Unknown("local path"))?.0;
        let existing: OnExisting =
            self.existing.as_deref().and_then(key::existing).ok_or(StoreError::Unknown("existing"))?;
        let mut entries = read_entries(connection, self.id)?;
        match self.kind.as_str() {
            "download" => Ok(Job::Download { entries, folder: local_path, existing }),
            "save_as" => match entries.pop() {
                Some(entry) => Ok(Job::SaveAs { entry, local_path, existing }),
                None => Err(StoreError::Unknown("entry")),
            },
            _ => Err(StoreError::Unknown("kind")),
        }
    }
}

fn read_entries(connection: &Connection, transfer: i64) -> rusqlite::Result<Vec<Entry>> {
    let sql = format!("SELECT {ENTRY_COLUMNS} FROM requested_entry WHERE transfer = ?1 ORDER BY position");
    connection.prepare(&sql)?.query_map([transfer], |row| read_entry(row, 0))?.collect()
}

fn read_plan(connection: &Connection, transfer: i64, target: RemotePath) -> rusqlite::Result<UploadPlan> {
    let sources = connection
        .prepare("SELECT local_path FROM upload_source WHERE transfer = ?1 ORDER BY position")?
        .query_map([transfer], |row| Ok(row.get::<_, LocalPathBuf>(0)?.0))?
        .collect::<rusqlite::Result<_>>()?;
    let empty_folders = connection
        .prepare("SELECT remote_path FROM empty_folder WHERE transfer = ?1 ORDER BY position")?
        .query_map([transfer], |row| Ok(RemotePath::new(row.get_ref(0)?.as_str()?)))?
        .collect::<rusqlite::Result<_>>()?;
    let mut files = PlannedFiles::default();
    let mut planned = connection.prepare(
        "SELECT local_path, remote_path, size_bytes, modified_nanos, decision FROM planned_file
         WHERE transfer = ?1 ORDER BY position",
    )?;
    let mut rows = planned.query([transfer])?;
    while let Some(row) = rows.next()? {
        files.push(PlannedFile {
            local_path: row.get::<_, LocalPathBuf>(0)?.0,
            remote_path: RemotePath::new(row.get_ref(1)?.as_str()?),
            size_bytes: row.get::<_, i64>(2)?.cast_unsigned(),
            modified: row.get::<_, Option<i64>>(3)?.map(time),
            conflict: None,
            decision: row.get_ref(4)?.as_str_or_null()?.and_then(key::decision),
        });
    }
    let sql = format!("SELECT position, identical, {ENTRY_COLUMNS} FROM conflict WHERE transfer = ?1");
    let mut conflicts = connection.prepare(&sql)?;
    let mut rows = conflicts.query([transfer])?;
    while let Some(row) = rows.next()? {
        let conflict = Conflict { existing: read_entry(row, 2)?, identical: row.get(1)? };
        files.set_conflict(row.get::<_, i64>(0)? as usize, conflict);
    }
    let total_bytes = files.total_bytes();
    Ok(UploadPlan { sources, target, files, empty_folders, total_bytes, ..UploadPlan::default() })
}
