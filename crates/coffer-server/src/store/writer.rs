//! The thread that writes. Edits queue up; those that wait together share one transaction and one sync,
//! each in its own savepoint, so that one refused edit leaves the others untouched. Nobody is answered
//! before the commit is on disk.

use super::edit::EditTransaction;
use super::error::StoreError;
use crate::clock::Clock;
use rusqlite::Connection;
use std::thread::JoinHandle;
use tokio::sync::mpsc::{Receiver, Sender, channel};
use tokio::sync::{oneshot, watch};

/// Edits that share a commit at most.
const BATCH: usize = 64;

/// Why a commit failed, for each of the edits that shared it.
#[derive(Clone, Debug)]
struct FailedCommit {
    reason: String,
    is_disk_full: bool,
}

/// Called with the outcome of the commit; passes the edit's result on to its caller.
type Answer = Box<dyn FnOnce(Result<(), FailedCommit>) + Send>;
type WriteTask = Box<dyn FnOnce(&mut EditTransaction<'_>) -> Answer + Send>;

/// The sender to the writing thread.
#[derive(Debug)]
pub(super) struct Writer {
    jobs: Option<Sender<WriteTask>>,
    thread: Option<JoinHandle<()>>,
}

impl Writer {
    /// Moves the connection to a thread of its own. `sequence` receives the last change after each commit.
    pub(super) fn start(
        connection: Connection,
        clock: Clock,
        sequence: watch::Sender<i64>,
    ) -> Result<Self, StoreError> {
        let (jobs, queue) = channel(BATCH);
        let thread = std::thread::Builder::new()
            .name("account-writer".into())
            .spawn(move || run(&connection, queue, &clock, &sequence))
            .map_err(|source| StoreError::File { path: "account-writer".into(), source })?;
        Ok(Self { jobs: Some(jobs), thread: Some(thread) })
    }

    /// Queues an edit and waits until it is durable or refused. The edit happens even if the caller
    /// stops waiting once it is queued.
    pub(super) async fn write<T, E>(
        &self,
        work: impl FnOnce(&mut EditTransaction<'_>) -> Result<T, E> + Send + 'static,
    ) -> Result<T, E>
    where
        T: Send + 'static,
        E: From<StoreError> + Send + 'static,
    {
        let (sender, receiver) = oneshot::channel();
        let job: WriteTask = Box::new(move |edit| {
            let result = edit.attempt(work);
            Box::new(move |commit| {
                // Fails when the request was dropped; the edit is committed all the same.
                let _ = sender.send(match commit {
                    Ok(()) => result,
                    // What was refused anyhow says why itself.
                    Err(FailedCommit { reason, is_disk_full }) => {
                        result.and_then(|_| Err(E::from(StoreError::Commit { reason, is_disk_full })))
                    }
                });
            })
        });
        let jobs = self.jobs.as_ref().ok_or(StoreError::Closed)?;
        jobs.send(job).await.map_err(|_| StoreError::Closed)?;
        receiver.await.unwrap_or_else(|_| Err(E::from(StoreError::Closed)))
    }
}

impl Drop for Writer {
    /// Everything queued is still written; then the thread ends.
    fn drop(&mut self) {
        self.jobs = None;
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

fn run(
    connection: &Connection,
    mut queue: Receiver<WriteTask>,
    clock: &Clock,
    sequence: &watch::Sender<i64>,
) {
    while let Some(first) = queue.blocking_recv() {
        let mut answers = Vec::new();
        let outcome = commit_together(connection, first, &mut queue, clock, &mut answers);
        let outcome = match outcome {
            Ok(last) => {
                sequence.send_if_modified(|known| std::mem::replace(known, last) != last);
                Ok(())
            }
            Err(error) => {
                tracing::error!(%error, "an edit of the account could not be committed");
                Err(FailedCommit { reason: error.to_string(), is_disk_full: error.is_disk_full() })
            }
        };
        for answer in answers {
            answer(outcome.clone());
        }
    }
    // A tidy end: the log is folded into the database, so a vault at rest is one file.
    if let Err(error) = connection.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(())) {
        tracing::warn!(%error, "the account's log could not be folded in");
    }
}

/// Runs `first` and whatever waits behind it in one transaction; returns the sequence of the last change.
fn commit_together(
    connection: &Connection,
    first: WriteTask,
    queue: &mut Receiver<WriteTask>,
    clock: &Clock,
    answers: &mut Vec<Answer>,
) -> Result<i64, StoreError> {
    connection.execute_batch("BEGIN IMMEDIATE")?;
    let result = (|| {
        let mut edit = EditTransaction::begin(connection, clock)?;
        let mut next = Some(first);
        while let Some(job) = next {
            answers.push(job(&mut edit));
            // After some errors, as a full disk, SQLite takes everything back. What was run then would be outside of any
            // transaction.
            if connection.is_autocommit() {
                return Err(StoreError::RolledBack);
            }
            next = if answers.len() < BATCH { queue.try_recv().ok() } else { None };
        }
        let last = edit.finish()?;
        connection.execute_batch("COMMIT")?;
        Ok(last)
    })();
    if result.is_err() && !connection.is_autocommit() {
        connection.execute_batch("ROLLBACK")?;
    }
    result
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::Store;
    use crate::store::edit::{EditTransaction, WritePath};
    use crate::store::entry::find_present;

    fn target(path: &str) -> WritePath {
        WritePath { lower: path.to_lowercase(), display: path.to_owned() }
    }

    async fn exists(store: &Store, path: &'static str) -> bool {
        store.read(move |connection| find_present(connection, path)).await.unwrap().is_some()
    }

    #[tokio::test]
    async fn a_refused_edit_leaves_nothing_and_disturbs_nobody() {
        let vault = tempfile::tempdir().unwrap();
        let store = Store::open(vault.path(), Clock::new()).unwrap();
        let refused = |edit: &mut EditTransaction<'_>| -> Result<(), StoreError> {
            edit.create_folder(&target("/Refused"))?;
            Err(StoreError::Inconsistent("changed its mind".to_owned()))
        };
        let (before, refusal, after) = tokio::join!(
            store.write(|edit| edit.create_folder(&target("/Before"))),
            store.write(refused),
            store.write(|edit| edit.create_folder(&target("/After"))),
        );
        assert!(before.is_ok() && refusal.is_err() && after.is_ok());
        assert!(exists(&store, "/before").await && exists(&store, "/after").await);
        assert!(!exists(&store, "/refused").await);
    }

    /// SQLite takes the whole transaction back when the disk is full.
    #[tokio::test]
    async fn edits_that_wait_together_are_done_or_refused_when_the_disk_is_full() {
        let vault = tempfile::tempdir().unwrap();
        let store = Store::open(vault.path(), Clock::new()).unwrap();
        let limit = |edit: &EditTransaction<'_>, pages: &str| {
            let set = format!("PRAGMA max_page_count = {pages}");
            edit.connection().query_row(&set, [], |row| row.get::<_, i64>(0)).unwrap()
        };
        let (begun, may_end) = std::sync::mpsc::channel();
        let first = move |edit: &mut EditTransaction<'_>| -> Result<(), StoreError> {
            edit.create_folder(&target("/Before"))?;
            may_end.recv().unwrap();
            Ok(())
        };
        let too_large = move |edit: &mut EditTransaction<'_>| -> Result<(), StoreError> {
            limit(edit, "1");
            let mut insert =
                edit.connection().prepare("INSERT INTO account VALUES (?1, hex(zeroblob(2000)))")?;
            for name in 0..1000 {
                insert.execute([name.to_string()])?;
            }
            Ok(())
        };
        let (before, full, after, ()) = tokio::join!(
            store.write(first),
            store.write(too_large),
            store.write(|edit| edit.create_folder(&target("/After"))),
            async { begun.send(()).unwrap() },
        );
        assert!(full.unwrap_err().is_disk_full(), "the change that has found the disk full says so");
        assert_eq!(before.is_ok(), exists(&store, "/before").await);
        assert_eq!(after.is_ok(), exists(&store, "/after").await);
        // And what comes next is whole again.
        store.write(move |edit| Ok::<_, StoreError>(limit(edit, "1000000"))).await.unwrap();
        store.write(|edit| edit.create_folder(&target("/Next"))).await.unwrap();
        assert!(exists(&store, "/next").await);
    }

    #[tokio::test]
    async fn each_commit_tells_the_last_change() {
        let vault = tempfile::tempdir().unwrap();
        let store = Store::open(vault.path(), Clock::new()).unwrap();
        let mut changes = store.changes();
        let before = *changes.borrow_and_update();
        let folder = store.write(|edit| edit.create_folder(&target("/a"))).await.unwrap();
        assert!(changes.has_changed().unwrap());
        assert_eq!(*changes.borrow_and_update(), folder.sequence);
        assert!(folder.sequence > before);
        store.write(|_| Ok::<_, StoreError>(())).await.unwrap();
        assert!(!changes.has_changed().unwrap());
    }

    #[tokio::test]
    async fn what_was_queued_is_written_before_the_vault_closes() {
        let vault = tempfile::tempdir().unwrap();
        let store = Store::open(vault.path(), Clock::new()).unwrap();
        let handle = store.clone();
        let edit =
            tokio::spawn(async move { handle.write(|edit| edit.create_folder(&target("/late"))).await });
        let closed = store.closed();
        drop(store);
        edit.await.unwrap().unwrap();
        closed.await;
        let store = Store::open(vault.path(), Clock::new()).unwrap();
        assert!(exists(&store, "/late").await);
    }
}
