//! Transfer records: what was asked for, row by row, so that a plan of a hundred thousand files is never there a second
//! time; and who works on it.

use super::change::prepare_entries;
use super::entry_row::{ENTRY_COLUMN_COUNT, ENTRY_COLUMNS, LocalPath, LocalPathBuf, nanos, write_entry};
use super::failed_file::forget_failed;
use super::key::{self, RecordKey, transfer_key};
use super::lease::{Lease, LeaseKey, Leasing};
use super::target_disk::{self, TargetDiskState};
use super::writer::Writer;
use super::{Change, LeaseError, StoreError, TransferStore};
use crate::account::account_name;
use crate::path_root::NotedRoot;
use coffer_model::transfer::UploadPlan;
use coffer_model::{AccountChoice, Entry, Job, PastDownload, RemotePath};
use jiff::Timestamp;
use rusqlite::{Connection, OptionalExtension as _, params};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

/// A transfer that this program works on, and nobody else. Dropping it lets other tasks of this program have it; other
/// programs may have it once it is [released](Change::TransferReleased), or when this program has ended.
#[derive(Debug)]
pub(crate) struct TransferRecord {
    pub id: i64,
    /// The root under which its remote paths were noted.
    pub noted: NotedRoot,
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
    /// that a power cut forgets no transfer. `noted` is for a new one: what is known keeps the root under which its paths
    /// were noted. `None`: the job is no transfer.
    pub(crate) async fn acquire(
        &self,
        account: &AccountChoice,
        noted: NotedRoot,
        job: &Arc<Job>,
        created: Timestamp,
        paused: bool,
    ) -> Result<Option<TransferRecord>, LeaseError> {
        let is_kept = matches!(
            **job,
            Job::Upload { .. } | Job::Download { .. } | Job::DownloadPast(_) | Job::SaveAs { .. }
        );
        if !is_kept {
            return Ok(None);
        }
        let writer = self.writer().await?;
        let (store, account, job) = (self.clone(), account.clone(), Arc::clone(job));
        let prepare = move || {
            let key = transfer_key(&account, &job);
            let lease = store.lease(LeaseKey::Transfer(key)).ok_or(LeaseError::Running)?;
            let leasing = store.leasing()?;
            let folder = target_disk::target_folder(&job);
            if let Some(folder) = folder
                && let Some(mount_point) = known_mount_point(&writer, &account, key)?
                && target_disk::state(&mount_point, folder) == TargetDiskState::Disconnected
                && let Some(problem) = target_disk::target_problem(TargetDiskState::Disconnected, folder)
            {
                return Err(LeaseError::Target(problem));
            }
            let mount_point = folder.and_then(target_disk::mount_point);
            let from_command_line = store.0.from_command_line;
            // Only for this one transaction: what is written while a transfer runs may be lost by a power cut.
            let (id, noted) = writer.call_synced(move |connection| {
                let new = NewRecord { account: &account_name(&account), noted, key, created };
                let begin = TransferBegin { paused, from_command_line, mount_point };
                acquire_row(connection, &leasing, new, &job, &begin)
            })?;
            Ok(TransferRecord { id, noted, writer, is_closed: AtomicBool::new(false), _lease: lease })
        };
        tokio::task::spawn_blocking(prepare).await.map_err(|_| StoreError::Closed)?.map(Some)
    }

    /// Forgets transfers that the person wants no more.
    pub(crate) async fn remove(&self, account: &AccountChoice, jobs: Vec<Job>) -> Result<(), StoreError> {
        let (store, account) = (self.clone(), account.clone());
        let work = move || {
            if !store.exists() {
                return Ok(());
            }
            let (writer, leasing) = (store.open()?, store.leasing()?);
            // None is worked on by this program meanwhile.
            let leases: Vec<(RecordKey, Lease)> = jobs
                .iter()
                .map(|job| transfer_key(&account, job))
                .filter_map(|key| Some((key, store.lease(LeaseKey::Transfer(key))?)))
                .collect();
            let account = account_name(&account);
            writer.call_blocking(move |connection| {
                for (key, _) in &leases {
                    remove_free(connection, &leasing, &account, *key)?;
                }
                Ok(())
            })
        };
        tokio::task::spawn_blocking(work).await.map_err(|_| StoreError::Closed)?
    }
}

/// Where the disk of a download that is known was mounted.
fn known_mount_point(
    writer: &Writer,
    account: &AccountChoice,
    key: RecordKey,
) -> Result<Option<PathBuf>, StoreError> {
    let account = account_name(account);
    writer.call_blocking(move |connection| {
        let sql = "SELECT mount_point FROM transfer WHERE account = ?1 AND key = ?2";
        let known: Option<Option<LocalPathBuf>> =
            connection.query_row(sql, params![account, key], |row| row.get(0)).optional()?;
        Ok(known.flatten().map(|mount_point| mount_point.0))
    })
}

/// How a program begins to work on a transfer.
struct TransferBegin {
    paused: bool,
    from_command_line: bool,
    mount_point: Option<PathBuf>,
}

/// A transfer that somebody works on stays.
fn remove_free(
    connection: &Connection,
    leasing: &Leasing,
    account: &str,
    key: RecordKey,
) -> rusqlite::Result<()> {
    let known: Option<(i64, Option<String>)> = connection
        .query_row(
            "SELECT id, program FROM transfer WHERE account = ?1 AND key = ?2",
            params![account, key],
            |row| Ok((row.get(0)?, row.get(1)?)),
        )
        .optional()?;
    if let Some((id, program)) = known
        && leasing.is_free(program.as_deref())
    {
        connection.execute("DELETE FROM transfer WHERE id = ?1", [id])?;
    }
    Ok(())
}

/// What a transfer that is not known is written with.
pub(super) struct NewRecord<'a> {
    pub account: &'a str,
    pub noted: NotedRoot,
    pub key: RecordKey,
    pub created: Timestamp,
}

fn acquire_row(
    connection: &Connection,
    leasing: &Leasing,
    new: NewRecord<'_>,
    job: &Job,
    begin: &TransferBegin,
) -> Result<(i64, NotedRoot), LeaseError> {
    let known: Option<(i64, Option<String>, NotedRoot)> = connection
        .prepare_cached("SELECT id, program, path_root FROM transfer WHERE account = ?1 AND key = ?2")?
        .query_row(params![new.account, new.key], |row| {
            Ok((row.get(0)?, row.get(1)?, NotedRoot::from_column(row.get(2)?)))
        })
        .optional()?;
    let (id, noted) = match known {
        Some((_, program, _)) if !leasing.is_free(program.as_deref()) => return Err(LeaseError::Running),
        Some((id, _, noted)) => (id, noted),
        None => {
            let id = insert_transfer(connection, &new, job)?;
            let sql = "UPDATE transfer SET from_command_line = ?2 WHERE id = ?1";
            connection.execute(sql, params![id, begin.from_command_line])?;
            (id, new.noted)
        }
    };
    connection.execute(
        "UPDATE transfer SET program = ?2, paused = ?3, ended = 0, touched_secs = ?4, problem_kind = NULL,
                             problem_title = NULL, problem_detail = NULL, mount_point = ?5 WHERE id = ?1",
        params![
            id,
            leasing.program,
            begin.paused,
            Timestamp::now().as_second(),
            begin.mount_point.as_deref().map(LocalPath),
        ],
    )?;
    forget_failed(connection, id)?;
    Ok((id, noted))
}

/// Writes what was asked for; gives the new row.
pub(super) fn insert_transfer(
    connection: &Connection,
    new: &NewRecord<'_>,
    job: &Job,
) -> rusqlite::Result<i64> {
    let (kind, remote_folder, local_path, existing) = match job {
        Job::Upload { plan } => ("upload", Some(&plan.target), None, None),
        Job::Download { folder, existing, .. } => ("download", None, Some(folder), Some(*existing)),
        Job::DownloadPast(download) => {
            let PastDownload { wanted, folder, existing, .. } = &**download;
            ("past", Some(&wanted.folder), Some(folder), Some(*existing))
        }
        Job::SaveAs { local_path, existing, .. } => ("save_as", None, Some(local_path), Some(*existing)),
        _ => return Err(rusqlite::Error::QueryReturnedNoRows),
    };
    connection.execute(
        "INSERT INTO transfer (account, path_root, key, kind, remote_folder, local_path, existing, created_nanos,
                               touched_secs, paused, ended)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, 0, 0)",
        params![
            new.account,
            new.noted.to_column(),
            new.key,
            kind,
            remote_folder.map(RemotePath::as_str),
            local_path.map(|path| LocalPath(path)),
            existing.map(key::existing_word),
            nanos(new.created),
            Timestamp::now().as_second(),
        ],
    )?;
    let id = connection.last_insert_rowid();
    match job {
        Job::Upload { plan } => insert_plan(connection, id, plan)?,
        Job::Download { entries, .. } => insert_entries(connection, id, entries)?,
        Job::DownloadPast(download) => insert_past(connection, id, download)?,
        Job::SaveAs { entry, .. } => insert_entries(connection, id, std::slice::from_ref(entry))?,
        _ => {}
    }
    Ok(id)
}

fn insert_past(connection: &Connection, transfer: i64, download: &PastDownload) -> rusqlite::Result<()> {
    let PastDownload { wanted, name, .. } = download;
    connection.execute(
        "UPDATE transfer SET at_nanos = ?2, local_name = ?3 WHERE id = ?1",
        params![transfer, nanos(wanted.at), name.as_deref().map(|name| LocalPath(Path::new(name)))],
    )?;
    let mut item = connection.prepare_cached(
        "INSERT INTO past_item (transfer, position, remote_path, is_left_out) VALUES (?1, ?2, ?3, ?4)",
    )?;
    let items = wanted.items.iter().map(|path| (path, false));
    let paths = items.chain(wanted.left_out.iter().map(|path| (path, true)));
    for (position, (path, is_left_out)) in paths.enumerate() {
        item.execute(params![transfer, position as i64, path.as_str(), is_left_out])?;
    }
    Ok(())
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
