//! The thread that writes. Edits queue up; those that wait together share one transaction and one sync,
//! each in its own savepoint, so that one refused edit leaves the others untouched. Nobody is answered
//! before the commit is on disk.

use super::edit::Edit;
use super::error::StoreError;
use crate::server::clock::Clock;
use rusqlite::Connection;
use std::thread::JoinHandle;
use tokio::sync::mpsc::{Receiver, Sender, channel};
use tokio::sync::{oneshot, watch};

/// Edits that share a commit at most.
const BATCH: usize = 64;

/// Called with the outcome of the commit; passes the edit's result on to whoever waits.
type Answer = Box<dyn FnOnce(Result<(), String>) + Send>;
type Job = Box<dyn FnOnce(&mut Edit<'_>) -> Answer + Send>;

/// The way to the writing thread.
#[derive(Debug)]
pub struct Writer {
    jobs: Option<Sender<Job>>,
    thread: Option<JoinHandle<()>>,
}

impl Writer {
    /// Takes the connection to a thread of its own. `sequence` is told the last change after each commit.
    pub fn start(
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
    pub async fn write<T, E>(
        &self,
        work: impl FnOnce(&mut Edit<'_>) -> Result<T, E> + Send + 'static,
    ) -> Result<T, E>
    where
        T: Send + 'static,
        E: From<StoreError> + Send + 'static,
    {
        let (sender, receiver) = oneshot::channel();
        let job: Job = Box::new(move |edit| {
            let result = edit.attempt(work);
            Box::new(move |commit| {
                // Nobody listens any more when the request was dropped; the edit stands all the same.
                let _ = sender.send(match commit {
                    Ok(()) => result,
                    Err(why) => Err(E::from(StoreError::Commit(why))),
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

fn run(connection: &Connection, mut queue: Receiver<Job>, clock: &Clock, sequence: &watch::Sender<i64>) {
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
                Err(error.to_string())
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
    first: Job,
    queue: &mut Receiver<Job>,
    clock: &Clock,
    answers: &mut Vec<Answer>,
) -> Result<i64, StoreError> {
    connection.execute_batch("BEGIN IMMEDIATE")?;
    let result = (|| {
        let mut edit = Edit::begin(connection, clock.now())?;
        answers.push(first(&mut edit));
        while answers.len() < BATCH
            && let Ok(job) = queue.try_recv()
        {
            answers.push(job(&mut edit));
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
