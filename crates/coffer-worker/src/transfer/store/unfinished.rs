//! What earlier runs have left unfinished, read back as the jobs that it was asked for by.

use super::entry_row::{ENTRY_COLUMNS, LocalPathBuf, read_entry, time};
use super::failed_file::read_end;
use super::key::{self, RecordKey};
use super::lease::{LeaseKey, Leasing};
use super::target_disk;
use super::{StoreError, TransferStore};
use crate::account::account_name;
use crate::path_root::NotedRoot;
use crate::problem;
use coffer_model::message::{EndedTransfer, UnfinishedTransfer};
use coffer_model::transfer::{Conflict, PlannedFile, PlannedFiles, UploadPlan};
use coffer_model::{
    AccountChoice, BringBack, BringBackPlace, Entry, Job, OnExisting, PastDownload, Problem, RemotePath,
};
use jiff::Timestamp;
use rusqlite::{Connection, Row};
use std::path::PathBuf;
use std::sync::Arc;

/// A transfer that nobody has worked on for so long is removed.
const KEPT_SECS: i64 = 30 * 24 * 3600;

impl TransferStore {
    /// Transfers of an account that have not ended, or in which files have failed, and that nobody works on, oldest first.
    /// Those that are too old are removed. One that has ended with a problem rests, and so does a download whose target is not as it was.
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
            let mut records = writer.call_blocking(move |connection| {
                remove_old(connection, &leasing)?;
                read_unfinished(connection, &leasing, &leased, &account)
            })?;
            // Not on the thread of the file: a disk may not answer.
            for record in &mut records {
                record.look_at_target();
            }
            Ok(records.into_iter().map(|record| record.told).collect())
        };
        tokio::task::spawn_blocking(work).await.map_err(|_| StoreError::Closed)?
    }
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
) -> Result<Vec<UnfinishedRecord>, StoreError> {
    let mut rows = connection.prepare(
        "SELECT id, program, key, kind, remote_folder, local_path, existing, paused, from_command_line, mount_point,
                problem_kind, problem_title, problem_detail, path_root, ended, at_nanos, local_name
         FROM transfer
         WHERE account = ?1 AND (ended = 0 OR EXISTS (SELECT 1 FROM failed_file WHERE transfer = id))
         ORDER BY created_nanos, id",
    )?;
    let rows = rows.query_map([account], |row| Ok((TransferRow::read(row)?, Remainder::read(row)?)))?;
    let mut unfinished = Vec::new();
    for row in rows {
        let (row, remainder) = row?;
        if store.is_leased(&LeaseKey::Transfer(row.key)) || !leasing.is_free(row.program.as_deref()) {
            continue;
        }
        let ended = if remainder.has_ended { read_end(connection, row.id)? } else { None };
        match row.read_job(connection) {
            Ok(job) => unfinished.push(remainder.of_job(Arc::new(job), ended)),
            Err(error) => tracing::warn!(%error, "could not read a transfer record"),
        }
    }
    Ok(unfinished)
}

/// What is told of a transfer, and what it takes to see whether its target is still there.
struct UnfinishedRecord {
    told: UnfinishedTransfer,
    mount_point: Option<PathBuf>,
}

impl UnfinishedRecord {
    /// Blocks.
    fn look_at_target(&mut self) {
        if self.told.ended.is_some() {
            return;
        }
        let (Some(mount_point), Some(folder)) =
            (&self.mount_point, target_disk::target_folder(&self.told.job))
        else {
            return;
        };
        let state = target_disk::state(mount_point, folder);
        let problem = target_disk::target_problem(state, folder);
        self.told.resting = problem.or(self.told.resting.take());
    }
}

/// The columns of a row besides those of the job.
struct Remainder {
    paused: bool,
    from_command_line: bool,
    mount_point: Option<LocalPathBuf>,
    problem: Option<Problem>,
    has_ended: bool,
}

impl Remainder {
    fn read(row: &Row<'_>) -> rusqlite::Result<Self> {
        let kind: Option<String> = row.get(10)?;
        let problem = match kind {
            Some(kind) => Some(problem::from_columns(&kind, row.get(11)?, row.get(12)?)),
            None => None,
        };
        Ok(Self {
            paused: row.get(7)?,
            from_command_line: row.get(8)?,
            mount_point: row.get(9)?,
            problem,
            has_ended: row.get(14)?,
        })
    }

    fn of_job(self, job: Arc<Job>, ended: Option<EndedTransfer>) -> UnfinishedRecord {
        UnfinishedRecord {
            told: UnfinishedTransfer {
                job,
                paused: self.paused,
                resting: self.problem,
                ended,
                from_command_line: self.from_command_line,
            },
            mount_point: self.mount_point.map(|mount_point| mount_point.0),
        }
    }
}

struct TransferRow {
    id: i64,
    program: Option<String>,
    key: RecordKey,
    kind: String,
    remote_folder: Option<String>,
    local_path: Option<LocalPathBuf>,
    existing: Option<String>,
    noted: NotedRoot,
    /// Of a download of the past.
    at_nanos: Option<i64>,
    local_name: Option<LocalPathBuf>,
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
            noted: NotedRoot::from_column(row.get(13)?),
            at_nanos: row.get(15)?,
            local_name: row.get(16)?,
        })
    }

    fn read_job(self, connection: &Connection) -> Result<Job, StoreError> {
        if self.kind == "upload" {
            let target = RemotePath::new(self.remote_folder.as_deref().unwrap_or_default());
            let mut plan = read_plan(connection, self.id, target)?;
            if let NotedRoot::TeamSpace(id) = self.noted {
                plan.path_root = Some(id);
            }
            return Ok(Job::Upload { plan: Arc::new(plan) });
        }
        let local_path: PathBuf = self.local_path.ok_or(StoreError::Unknown("local path"))?.0;
        let existing: OnExisting =
            self.existing.as_deref().and_then(key::existing).ok_or(StoreError::Unknown("existing"))?;
        if self.kind == "past" {
            let folder = RemotePath::new(&self.remote_folder.ok_or(StoreError::Unknown("remote folder"))?);
            let at = time(self.at_nanos.ok_or(StoreError::Unknown("moment"))?);
            return Ok(Job::DownloadPast(Box::new(PastDownload {
                wanted: read_wanted(connection, self.id, folder, at)?,
                folder: local_path,
                name: self.local_name.map(|name| name.0.into_os_string()),
                existing,
            })));
        }
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

fn read_wanted(
    connection: &Connection,
    transfer: i64,
    folder: RemotePath,
    at: Timestamp,
) -> rusqlite::Result<BringBack> {
    let place = BringBackPlace::ThisComputer;
    let mut wanted = BringBack { place, ..BringBack::of_folder(folder, at) };
    let sql = "SELECT remote_path, is_left_out FROM past_item WHERE transfer = ?1 ORDER BY position";
    let mut items = connection.prepare(sql)?;
    let mut rows = items.query([transfer])?;
    while let Some(row) = rows.next()? {
        let path = RemotePath::new(row.get_ref(0)?.as_str()?);
        if row.get(1)? { wanted.left_out.push(path) } else { wanted.items.push(path) }
    }
    Ok(wanted)
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
