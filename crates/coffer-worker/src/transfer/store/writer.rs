//! The one thread that reads and writes the file. Changes are queued and those that wait together share a commit, so
//! that thousands of files cost dozens of commits.
//!
//! Everything goes through one queue in the order in which it was asked for. So whoever asks sees every change that was
//! queued before, and nobody needs a second connection.

use super::change::Change;
use super::error::StoreError;
use rusqlite::{Connection, TransactionBehavior};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::thread::JoinHandle;
use tokio::sync::oneshot;

/// Changes that share a commit at most: so many rows are written in a few milliseconds, and a commit that is larger
/// would keep those waiting who need theirs on disk before they go on.
const MOST_IN_A_COMMIT: usize = 256;

/// A file without transfers may have so many pages of 4 KiB.
const MOST_EMPTY_PAGES: i64 = 256;

type Call = Box<dyn FnOnce(&mut Connection) + Send>;

enum Message {
    Change(Change),
    /// Answered with whether every change before it is in the file.
    Flush(oneshot::Sender<bool>),
    Call(Call),
}

/// The way to the thread.
#[derive(Debug)]
pub(super) struct Writer {
    messages: Option<Sender<Message>>,
    thread: Option<JoinHandle<()>>,
}

impl Writer {
    pub(super) fn start(connection: Connection) -> Result<Self, StoreError> {
        let (messages, queue) = channel();
        let thread = std::thread::Builder::new()
            .name("transfer-store".into())
            .spawn(move || WriterThread { connection, pending: Vec::new(), is_stuck: false }.run(&queue))?;
        Ok(Self { messages: Some(messages), thread: Some(thread) })
    }

    /// Queues a change. It is written soon, and before anything that is asked for later.
    pub(super) fn change(&self, change: Change) {
        self.send(Message::Change(change));
    }

    /// Tells whether every change so far is in the file: a kill from then on cannot lose it.
    pub(super) async fn flush(&self) -> bool {
        let (sender, written) = oneshot::channel();
        self.send(Message::Flush(sender));
        written.await.unwrap_or(false)
    }

    /// Runs `work` in a transaction of its own, after every change so far.
    pub(super) async fn call<
        T: Send + 'static,
        E: From<StoreError> + From<rusqlite::Error> + Send + 'static,
    >(
        &self,
        work: impl FnOnce(&Connection) -> Result<T, E> + Send + 'static,
    ) -> Result<T, E> {
        let (sender, answer) = oneshot::channel();
        self.send(Message::Call(in_transaction(work, move |result| drop(sender.send(result)))));
        answer.await.unwrap_or_else(|_| Err(StoreError::Closed.into()))
    }

    /// The same for threads that may block.
    pub(super) fn call_blocking<T, E>(
        &self,
        work: impl FnOnce(&Connection) -> Result<T, E> + Send + 'static,
    ) -> Result<T, E>
    where
        T: Send + 'static,
        E: From<StoreError> + From<rusqlite::Error> + Send + 'static,
    {
        let (sender, answer) = channel();
        self.send(Message::Call(in_transaction(work, move |result| drop(sender.send(result)))));
        answer.recv().unwrap_or_else(|_| Err(StoreError::Closed.into()))
    }

    /// The same, and a power cut does not lose it either.
    pub(super) fn call_synced<T, E>(
        &self,
        work: impl FnOnce(&Connection) -> Result<T, E> + Send + 'static,
    ) -> Result<T, E>
    where
        T: Send + 'static,
        E: From<StoreError> + From<rusqlite::Error> + Send + 'static,
    {
        let (sender, answer) = channel();
        let call = in_transaction(work, move |result| drop(sender.send(result)));
        self.send(Message::Call(Box::new(move |connection| {
            // Outside a transaction the setting holds at once. Should it fail, less is synced.
            let _ = connection.pragma_update(None, "synchronous", "FULL");
            call(connection);
            let _ = connection.pragma_update(None, "synchronous", "NORMAL");
        })));
        answer.recv().unwrap_or_else(|_| Err(StoreError::Closed.into()))
    }

    fn send(&self, message: Message) {
        if let Some(messages) = &self.messages {
            // The thread ends only after this is dropped, unless it has panicked: then nothing is kept any more, and
            // whoever waits for an answer gets none and takes that for a failure.
            let _ = messages.send(message);
        }
    }
}

impl Drop for Writer {
    /// Everything queued is still written; then the thread ends.
    fn drop(&mut self) {
        self.messages = None;
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

/// The write lock is taken at the start: a transaction that read first and then wanted to write would fail at once when
/// another program has written in between, instead of waiting for its turn.
fn in_transaction<T, E: From<rusqlite::Error>>(
    work: impl FnOnce(&Connection) -> Result<T, E> + Send + 'static,
    answer: impl FnOnce(Result<T, E>) + Send + 'static,
) -> Call {
    Box::new(move |connection| {
        let result = (|| {
            let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
            let result = work(&transaction)?;
            transaction.commit()?;
            Ok(result)
        })();
        answer(result);
    })
}

struct WriterThread {
    connection: Connection,
    /// Changes that are not in the file yet, in their order.
    pending: Vec<Change>,
    /// They could not be written, and that was logged.
    is_stuck: bool,
}

impl WriterThread {
    fn run(mut self, queue: &Receiver<Message>) {
        let mut flushes = Vec::new();
        while let Ok(message) = queue.recv() {
            let mut next = Some(message);
            let mut call = None;
            while let Some(message) = next.take() {
                match message {
                    Message::Change(change) => self.pending.push(change),
                    Message::Flush(sender) => flushes.push(sender),
                    Message::Call(work) => {
                        call = Some(work);
                        break;
                    }
                }
                if self.pending.len() < MOST_IN_A_COMMIT {
                    next = queue.try_recv().ok();
                }
            }
            let is_written = self.write_pending();
            for flush in flushes.drain(..) {
                // Nobody waits any more when the transfer was cancelled.
                let _ = flush.send(is_written);
            }
            if let Some(call) = call {
                call(&mut self.connection);
            }
        }
        self.write_pending();
        self.shrink();
    }

    /// Gives back the room of transfers that are gone, once none is left.
    fn shrink(&self) {
        let number = |sql: &str| self.connection.query_row(sql, [], |row| row.get::<_, i64>(0)).unwrap_or(0);
        if number("PRAGMA page_count") > MOST_EMPTY_PAGES
            && number("SELECT NOT EXISTS (SELECT 1 FROM transfer)") == 1
        {
            // Another program may be reading; then it is for that one to do.
            let _ = self.connection.execute_batch("VACUUM");
        }
    }

    /// Whether nothing is left to write. What cannot be written, for want of room say, is tried again with the next
    /// change; should it never be, that costs a later run some work and nothing else.
    fn write_pending(&mut self) -> bool {
        if self.pending.is_empty() {
            return true;
        }
        match self.try_to_write() {
            Ok(()) => {
                self.pending.clear();
                self.is_stuck = false;
                true
            }
            Err(error) => {
                if !std::mem::replace(&mut self.is_stuck, true) {
                    tracing::warn!(%error, "could not save how far transfers are; trying again later");
                }
                false
            }
        }
    }

    fn try_to_write(&mut self) -> rusqlite::Result<()> {
        let transaction = self.connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        for change in &self.pending {
            match change.apply(&transaction) {
                // Its transfer is gone meanwhile: there is nothing to keep. Tried again it would fail for ever, and hold
                // up everything behind it.
                Err(error) if is_contradiction(&error) => {
                    tracing::debug!(%error, "a change of a transfer was dropped");
                }
                result => result?,
            }
        }
        transaction.commit()
    }
}

fn is_contradiction(error: &rusqlite::Error) -> bool {
    error.sqlite_error_code() == Some(rusqlite::ErrorCode::ConstraintViolation)
}
