//! Sends many small files: sessions are started by the hundred, files are appended by the dozen in one call, and
//! committed by the hundred. The next files are read and sent while a batch commits. A file that is refused, has
//! changed or can't be read never holds up the others.

use super::batch_notes::{Appended, Notes, Session, Started, appended_key, started_key};
use super::buffers::{BUFFER_BYTES, Buffer};
use super::commit::{self, Ready};
use super::decide::Task;
use super::sender::{Sender, Trouble, about, source_problem};
use super::source::{Fingerprint, Source, SourceError};
use crate::api::Body;
use crate::protocol::content_hash;
use crate::protocol::files::{
    BATCH_LIMIT, UPLOAD_SESSION_APPEND_BATCH, UPLOAD_SESSION_START_BATCH, UploadSessionAppendBatchArg,
    UploadSessionAppendBatchArgEntry, UploadSessionAppendBatchEntryError, UploadSessionAppendBatchError,
    UploadSessionAppendBatchResultEntry, UploadSessionCursor, UploadSessionStartBatchArg,
};
use crate::worker::context::Stop;
use crate::worker::progress::Part;
use crate::worker::{blocking, problem};
use bytes::Bytes;
use futures_util::future::BoxFuture;
use futures_util::stream::BoxStream;
use futures_util::{FutureExt, StreamExt, TryStreamExt, stream};
use jiff::Timestamp;
use std::collections::VecDeque;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};
use tokio::sync::mpsc;

/// The argument of a call is kept shorter than this (reference §2.3).
const HEADER_BYTES: usize = 8 * 1024;
/// What the argument has besides its entries, and an entry besides its session.
const FRAME_BYTES: usize = 120;
const ENTRY_BYTES: usize = 72;
/// Calls that are made ready at once; slots bound how many of them are on their way.
const AT_ONCE: usize = 10;
/// Started sessions that wait for files; more are started when so many are left.
const SESSIONS_AHEAD: usize = 256;
/// How often a call may arrive spoilt.
const DAMAGES: u32 = 3;

/// Sends files of at most [`BUFFER_BYTES`] each; gives back those that have to be sent anew.
pub async fn send(sender: &Sender<'_>, tasks: Vec<Arc<Task>>, go_on: bool) -> Result<Vec<Arc<Task>>, Stop> {
    let (ready, to_commit) = mpsc::unbounded_channel();
    let mut notes = if go_on { Notes::find(&sender.transfer.log) } else { Notes::default() };
    let tasks = take_appended(sender, tasks, &mut notes, &ready).await?;
    let batch = Batch {
        sender,
        spare: Mutex::new(std::mem::take(&mut notes.spare)),
        again: Mutex::default(),
        notes: Mutex::new(notes),
    };
    let (ids, sessions) = mpsc::channel(SESSIONS_AHEAD);
    let ((), (), late) = futures_util::future::try_join3(
        batch.start_sessions(tasks.len(), ids).boxed(),
        batch.append_all(tasks, sessions, ready).boxed(),
        commit::all(sender, to_commit).boxed(),
    )
    .await?;
    let mut again = batch.again.into_inner().unwrap_or_else(PoisonError::into_inner);
    again.extend(late);
    Ok(again)
}

/// Files that an earlier run has appended, if they are unchanged, only have to be committed. Gives back the others.
async fn take_appended(
    sender: &Sender<'_>,
    tasks: Vec<Arc<Task>>,
    notes: &mut Notes,
    ready: &mpsc::UnboundedSender<Ready>,
) -> Result<Vec<Arc<Task>>, Stop> {
    let mut others = Vec::with_capacity(tasks.len());
    for task in tasks {
        let Some(appended) = notes.appended.remove(&task.place) else {
            others.push(task);
            continue;
        };
        let local_path = task.file.local_path.clone();
        let now = blocking(move || Source::open(&local_path).map(|source| source.fingerprint)).await?;
        if now.ok() != Some(appended.fingerprint) {
            others.push(task);
            continue;
        }
        sender.transfer.meter.add_known(appended.fingerprint.size_bytes);
        hand_on(sender, task, appended, ready).await?;
    }
    Ok(others)
}

/// Has a file that the service holds committed.
async fn hand_on(
    sender: &Sender<'_>,
    task: Arc<Task>,
    held: Appended,
    ready: &mpsc::UnboundedSender<Ready>,
) -> Result<(), Stop> {
    let size_bytes = held.fingerprint.size_bytes;
    match Ready::new(sender, Arc::clone(&task), held.session_id, size_bytes, held.hash).await {
        Ok(file) => drop(ready.send(file)),
        Err(trouble) => sender.settle(&task, trouble)?,
    }
    Ok(())
}

struct Batch<'a> {
    sender: &'a Sender<'a>,
    /// Sessions that nothing was appended to.
    spare: Mutex<Vec<Session>>,
    again: Mutex<Vec<Arc<Task>>>,
    notes: Mutex<Notes>,
}

/// What goes in one call.
struct Load {
    tasks: Vec<Arc<Task>>,
    sessions: Vec<Session>,
}

/// What is still to be sent, and to where.
struct Rest {
    tasks: VecDeque<Arc<Task>>,
    sessions: mpsc::Receiver<Session>,
}

/// What became of reading one file.
enum Read {
    Whole {
        length: u64,
        hash: String,
        fingerprint: Fingerprint,
    },
    /// It has grown since it was planned.
    TooLong,
    Failed(SourceError),
}

impl Batch<'_> {
    /// Starts as many sessions as there are files, a little ahead of their use.
    async fn start_sessions(&self, files: usize, ids: mpsc::Sender<Session>) -> Result<(), Stop> {
        let mut wanted = files;
        let mut spare = std::mem::take(&mut *lock(&self.spare));
        spare.truncate(wanted);
        wanted -= spare.len();
        for session in spare {
            if self.sender.wanted(ids.send(session)).await?.is_err() {
                return Ok(());
            }
        }
        while wanted > 0 {
            self.sender.job.check_wanted()?;
            let arg = UploadSessionStartBatchArg::new(wanted.min(BATCH_LIMIT) as u64);
            let started = self.sender.service().rpc(&UPLOAD_SESSION_START_BATCH, &arg);
            let started = self.sender.ended(started).await?;
            let started = started.map_err(|error| whole("begun").call(&error))?.session_ids;
            if started.is_empty() {
                let detail = "Dropbox answered in a way that Coffer does not know.";
                return Err(whole("begun").because(detail, crate::model::Recovery::Retry).into());
            }
            wanted = wanted.saturating_sub(started.len());
            self.note_started(&started);
            for id in started {
                if self.sender.wanted(ids.send(Session { id, fresh: true })).await?.is_err() {
                    return Ok(());
                }
            }
        }
        Ok(())
    }

    fn note_started(&self, ids: &[String]) {
        let mut notes = lock(&self.notes);
        let note = Started { started_unix_secs: Timestamp::now().as_second(), ids: ids.to_vec() };
        self.sender.transfer.log.note(&started_key(notes.times_started), &note);
        notes.times_started += 1;
    }

    /// Reads and appends all files, several calls at once.
    async fn append_all(
        &self,
        tasks: Vec<Arc<Task>>,
        sessions: mpsc::Receiver<Session>,
        ready: mpsc::UnboundedSender<Ready>,
    ) -> Result<(), Stop> {
        let rest = Rest { tasks: tasks.into(), sessions };
        let loads: BoxStream<'_, Load> = stream::unfold(rest, |rest| self.next_load(rest)).boxed();
        let appending: BoxFuture<'_, Result<(), Stop>> =
            loads.map(|load| self.append(load, &ready)).buffer_unordered(AT_ONCE).try_collect().boxed();
        self.sender.wanted(appending).await?
    }

    /// The files that go in the next call.
    async fn next_load(&self, mut rest: Rest) -> Option<(Load, Rest)> {
        let mut load = Load { tasks: Vec::new(), sessions: Vec::new() };
        let (mut header, mut bytes) = (FRAME_BYTES, 0);
        while let Some(task) = rest.tasks.front() {
            let length = task.file.size_bytes;
            if !load.tasks.is_empty() && bytes + length > BUFFER_BYTES as u64 {
                break;
            }
            let spare = lock(&self.spare).pop();
            let session = match spare {
                Some(session) => session,
                None => rest.sessions.recv().await?,
            };
            let entry = ENTRY_BYTES + session.id.len();
            if !load.tasks.is_empty() && header + entry > HEADER_BYTES {
                lock(&self.spare).push(session);
                break;
            }
            header += entry;
            bytes += length;
            load.sessions.push(session);
            load.tasks.extend(rest.tasks.pop_front());
        }
        (!load.tasks.is_empty()).then_some((load, rest))
    }

    /// Reads and appends the files of one call, and hands on what has arrived.
    async fn append(&self, load: Load, ready: &mpsc::UnboundedSender<Ready>) -> Result<(), Stop> {
        let sender = self.sender;
        let Load { tasks, mut sessions } = load;
        let buffer = sender.buffers.take().await;
        let paths: Vec<PathBuf> = tasks.iter().map(|task| task.file.local_path.clone()).collect();
        let (bytes, hash, read) = blocking(move || read_all(buffer, &paths)).await?;
        let mut files = Vec::new();
        for (task, read) in tasks.into_iter().zip(read) {
            match read {
                Read::Whole { length, hash, fingerprint } => {
                    if let Some(session) = sessions.pop() {
                        files.push((task, session, length, hash, fingerprint));
                    }
                }
                Read::TooLong => lock(&self.again).push(task),
                Read::Failed(error) => sender.settle(&task, source_problem(&task, error).into())?,
            }
        }
        lock(&self.spare).append(&mut sessions);
        let Some((first, ..)) = files.first() else { return Ok(()) };
        sender.transfer.meter.begin_file(first.file.remote_path.name());
        let entries: Vec<_> = files
            .iter()
            .map(|(_, session, length, ..)| UploadSessionAppendBatchArgEntry {
                close: true,
                ..UploadSessionAppendBatchArgEntry::new(
                    UploadSessionCursor::new(session.id.as_str(), 0u64),
                    *length,
                )
            })
            .collect();
        let arg = UploadSessionAppendBatchArg {
            content_hash: Some(hash),
            ..UploadSessionAppendBatchArg::new(entries)
        };
        let part = Part::new(&sender.transfer.meter);
        let results = match self.call(first, &arg, &bytes, &part).await {
            Ok(results) => results,
            Err(trouble) => {
                part.settle(0);
                let Trouble::This(problem) = trouble else { return Err(trouble.into()) };
                tracing::info!(?problem, "the files of a call are sent again");
                lock(&self.again).extend(files.iter().map(|(task, ..)| Arc::clone(task)));
                return Ok(());
            }
        };
        drop(bytes);
        let mut arrived = Vec::new();
        let mut results = results.into_iter();
        for (task, session, length, hash, fingerprint) in files {
            let held = match results.next() {
                Some(UploadSessionAppendBatchResultEntry::Success) => true,
                // An earlier call whose answer was lost has brought it. A session of an earlier run may hold
                // something else.
                Some(UploadSessionAppendBatchResultEntry::Failure(error)) => {
                    session.fresh
                        && match error {
                            UploadSessionAppendBatchEntryError::Closed => true,
                            UploadSessionAppendBatchEntryError::IncorrectOffset(offset) => {
                                offset.correct_offset == length
                            }
                            _ => false,
                        }
                }
                None => false,
            };
            if held {
                let place = task.place;
                arrived.push((task, Appended { place, session_id: session.id, hash, fingerprint }));
            } else {
                lock(&self.again).push(task);
            }
        }
        part.settle(arrived.iter().map(|(_, file)| file.fingerprint.size_bytes).sum());
        self.note_appended(&arrived.iter().map(|(_, file)| file).collect::<Vec<_>>());
        for (task, file) in arrived {
            hand_on(sender, task, file, ready).await?;
        }
        Ok(())
    }

    async fn call(
        &self,
        first: &Task,
        arg: &UploadSessionAppendBatchArg,
        bytes: &Bytes,
        part: &Part,
    ) -> Result<Vec<UploadSessionAppendBatchResultEntry>, Trouble> {
        let mut damages = 0;
        loop {
            let mut slot = self.sender.slot().await?;
            let body = || Body::from(bytes.clone()).watched(part.restart());
            let error = match self.sender.service().upload(&UPLOAD_SESSION_APPEND_BATCH, arg, body).await {
                Ok(result) => {
                    slot.moved(bytes.len() as u64);
                    return Ok(result.entries);
                }
                Err(error) => error,
            };
            damages += 1;
            let spoilt = matches!(
                error.route_error(),
                Some(
                    UploadSessionAppendBatchError::ContentHashMismatch
                        | UploadSessionAppendBatchError::LengthMismatch
                )
            );
            if !spoilt || damages > DAMAGES {
                return Err(about(first).call(&error).into());
            }
        }
    }

    fn note_appended(&self, files: &[&Appended]) {
        let mut notes = lock(&self.notes);
        self.sender.transfer.log.note(&appended_key(notes.times_appended), &files);
        notes.times_appended += 1;
    }
}

/// Reads files one behind the other into a buffer; gives the bytes of those that could be read, their hash, and what
/// became of each file. Blocks.
fn read_all(mut buffer: Buffer, paths: &[PathBuf]) -> (Bytes, String, Vec<Read>) {
    let mut filled = 0;
    let reads = paths
        .iter()
        .map(|path| {
            let read = read_one(&mut buffer, filled, path);
            if let Read::Whole { length, .. } = &read {
                filled += *length as usize;
            }
            read
        })
        .collect();
    let bytes = buffer.freeze(filled);
    let hash = content_hash(&bytes);
    (bytes, hash, reads)
}

fn read_one(buffer: &mut Buffer, filled: usize, path: &Path) -> Read {
    let source = match Source::open(path) {
        Ok(source) => source,
        Err(error) => return Read::Failed(error.into()),
    };
    let fingerprint = source.fingerprint;
    let length = fingerprint.size_bytes;
    if length > (BUFFER_BYTES - filled) as u64 {
        return Read::TooLong;
    }
    let space = &mut buffer.space(filled + length as usize)[filled..];
    match source.read_at(space, 0) {
        Ok(()) => Read::Whole { length, hash: content_hash(space), fingerprint },
        Err(error) => Read::Failed(error),
    }
}

/// A failure that is no single file's.
pub fn whole(done: &str) -> problem::Subject {
    problem::general(format!("The upload could not be {done}"))
}

fn lock<T>(mutex: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
