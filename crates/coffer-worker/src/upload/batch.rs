//! Sends many small files: sessions are started by the hundred, files are appended by the dozen in one call, and
//! committed by the hundred. The next files are read and sent while a batch commits. A file that is refused, has
//! changed or can't be read never holds up the others.

use super::buffers::{BUFFER_BYTES, Buffer};
use super::commit::{self, Ready};
use super::decide::Task;
use super::sender::{Sender, Trouble, about, source_problem};
use super::sessions::{KnownSessions, UploadSession};
use super::source::{Source, SourceError};
use crate::context::Stop;
use crate::fingerprint::Fingerprint;
use crate::progress::Part;
use crate::transfer::{AssignedFile, Change};
use crate::{blocking, problem};
use bytes::Bytes;
use coffer_model::ProblemKind;
use dropbox_client::Body;
use dropbox_protocol::content_hash;
use dropbox_protocol::files::{
    BATCH_LIMIT, UPLOAD_SESSION_APPEND_BATCH, UPLOAD_SESSION_START_BATCH, UploadSessionAppendBatchArg,
    UploadSessionAppendBatchArgEntry, UploadSessionAppendBatchEntryError,
    UploadSessionAppendBatchResultEntry, UploadSessionCursor, UploadSessionStartBatchArg,
};
use futures_util::future::BoxFuture;
use futures_util::stream::BoxStream;
use futures_util::{FutureExt, StreamExt, TryStreamExt, stream};
use jiff::Timestamp;
use std::collections::VecDeque;
use std::path::{Path, PathBuf};
use std::sync::atomic::Ordering;
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

/// Whether sessions of the order are known that files should be sent to before others are begun.
pub fn is_begun(sender: &Sender<'_>) -> bool {
    sender.has_sessions.load(Ordering::Relaxed)
}

/// Those files that an earlier run has sent, or begun to send, and the others.
pub fn begun(earlier: &KnownSessions, tasks: &[Arc<Task>]) -> (Vec<Arc<Task>>, Vec<Arc<Task>>) {
    tasks.iter().cloned().partition(|task| earlier.contains(task.place))
}

/// Sends files of at most [`BUFFER_BYTES`] each; gives back those that have to be sent anew. What the service holds by
/// the notes of an `earlier` run is not sent again; `None`: this run has gone on with them before.
pub async fn send(
    sender: &Sender<'_>,
    tasks: Vec<Arc<Task>>,
    earlier: Option<KnownSessions>,
) -> Result<Vec<Arc<Task>>, Stop> {
    let (ready, to_commit) = mpsc::unbounded_channel();
    let (mut notes, tasks) = if let Some(mut notes) = earlier {
        let tasks = take_held(sender, tasks, &mut notes, &ready).await?;
        (notes, tasks)
    } else {
        (KnownSessions::from_rows(sender.transfer.handle.batch_sessions().await), tasks)
    };
    let (tasks, grown) = openable(sender, tasks).await?;
    let tasks: VecDeque<(Arc<Task>, Option<UploadSession>)> =
        tasks.into_iter().map(|task| (Arc::clone(&task), notes.unsure.remove(&task.place))).collect();
    // Sessions that may hold what is not wanted any more come last.
    let mut spare: Vec<UploadSession> = std::mem::take(&mut notes.unsure).into_values().collect();
    spare.append(&mut notes.spare);
    let missing = tasks.iter().filter(|(_, session)| session.is_none()).count().saturating_sub(spare.len());
    let batch = Batch { sender, spare: Mutex::new(spare), again: Mutex::default(), alone: Mutex::new(grown) };
    let (ids, sessions) = mpsc::channel(SESSIONS_AHEAD);
    let ((), (), late) = futures_util::future::try_join3(
        batch.start_sessions(missing, ids).boxed(),
        batch.append_all(tasks, sessions, ready).boxed(),
        commit::all(sender, to_commit).boxed(),
    )
    .await?;
    let alone = batch.alone.into_inner().unwrap_or_else(PoisonError::into_inner);
    sender.each_alone(alone).boxed().await?;
    let mut again = batch.again.into_inner().unwrap_or_else(PoisonError::into_inner);
    again.extend(late);
    Ok(again)
}

/// Files that an earlier run has appended, if they are unchanged, only have to be committed. Gives back the others.
async fn take_held(
    sender: &Sender<'_>,
    tasks: Vec<Arc<Task>>,
    notes: &mut KnownSessions,
    ready: &mpsc::UnboundedSender<Ready>,
) -> Result<Vec<Arc<Task>>, Stop> {
    let mut others = Vec::with_capacity(tasks.len());
    for task in tasks {
        let Some(held) = notes.held.remove(&task.place) else {
            others.push(task);
            continue;
        };
        let local_path = task.file.local_path.clone();
        let now = blocking(move || Source::open(&local_path).map(|source| source.fingerprint)).await?;
        if now.ok() != Some(held.fingerprint) {
            others.push(task);
            continue;
        }
        sender.transfer.meter.add_known(held.fingerprint.size_bytes);
        hand_on(sender, task, held, ready).await?;
    }
    Ok(others)
}

/// Files that can be sent here, and those that have grown too long for it since they were planned. What can't be opened is told at once: a
/// session that is started for it would be left over.
async fn openable(
    sender: &Sender<'_>,
    tasks: Vec<Arc<Task>>,
) -> Result<(Vec<Arc<Task>>, Vec<Arc<Task>>), Stop> {
    let opened = blocking(move || {
        let length = |path: &Path| Source::open(path).map(|source| source.fingerprint.size_bytes);
        tasks.into_iter().map(|task| (length(&task.file.local_path), task)).collect::<Vec<_>>()
    });
    let (mut good, mut grown) = (Vec::new(), Vec::new());
    for (length, task) in opened.await? {
        match length {
            Ok(length) if length <= BUFFER_BYTES as u64 => good.push(task),
            Ok(_) => grown.push(task),
            Err(error) => sender.settle(&task, source_problem(&task, error.into()).into())?,
        }
    }
    Ok((good, grown))
}

/// Has a file that the service holds committed.
async fn hand_on(
    sender: &Sender<'_>,
    task: Arc<Task>,
    held: AssignedFile,
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
    /// Sessions that nothing of this run was appended to.
    spare: Mutex<Vec<UploadSession>>,
    again: Mutex<Vec<Arc<Task>>>,
    /// Files that go by themselves: they are longer than they were when they were planned and no longer fit, or it can't
    /// be noted which session they would go to.
    alone: Mutex<Vec<Arc<Task>>>,
}

/// What goes in one call: files, and where each goes.
type Load = Vec<(Arc<Task>, UploadSession)>;

/// What is still to be sent, and to where.
struct Rest {
    tasks: VecDeque<(Arc<Task>, Option<UploadSession>)>,
    sessions: mpsc::Receiver<UploadSession>,
}

/// A file that was read and is to be sent.
struct Whole {
    task: Arc<Task>,
    sent: AssignedFile,
}

/// What became of reading one file.
enum Read {
    Whole {
        hash: String,
        fingerprint: Fingerprint,
    },
    /// It has grown since it was planned.
    TooLong,
    Failed(SourceError),
}

impl Batch<'_> {
    /// Starts as many sessions as are wanted, a little ahead of their use.
    async fn start_sessions(&self, mut wanted: usize, ids: mpsc::Sender<UploadSession>) -> Result<(), Stop> {
        while wanted > 0 {
            self.sender.job.check_wanted()?;
            let arg = UploadSessionStartBatchArg::new(wanted.min(BATCH_LIMIT) as u64);
            let started = self.sender.service().rpc(&UPLOAD_SESSION_START_BATCH, &arg);
            let started = self.sender.ended(started).await?;
            let started = started.map_err(|error| whole("started").call(&error))?.session_ids;
            if started.is_empty() {
                let detail = "Dropbox sent a reply that Coffer does not understand.";
                return Err(whole("started").because(ProblemKind::Refused, detail).into());
            }
            wanted = wanted.saturating_sub(started.len());
            let handle = &self.sender.transfer.handle;
            let (started_secs, recorded) = (Timestamp::now().as_second(), started.clone());
            let change = |transfer| Change::SessionsStarted { transfer, started_secs, ids: recorded };
            handle.record_change(change);
            self.sender.has_sessions.store(true, Ordering::Relaxed);
            if !handle.flush().await {
                // Nobody would know of them after a kill. The files go without.
                return Ok(());
            }
            for id in started {
                if self.sender.wanted(ids.send(UploadSession::new(id))).await?.is_err() {
                    return Ok(());
                }
            }
        }
        Ok(())
    }

    /// Reads and appends all files, several calls at once.
    async fn append_all(
        &self,
        tasks: VecDeque<(Arc<Task>, Option<UploadSession>)>,
        sessions: mpsc::Receiver<UploadSession>,
        ready: mpsc::UnboundedSender<Ready>,
    ) -> Result<(), Stop> {
        let rest = Rest { tasks, sessions };
        let loads: BoxStream<'_, Load> = stream::unfold(rest, |rest| self.next_load(rest)).boxed();
        let appending: BoxFuture<'_, Result<(), Stop>> =
            loads.map(|load| self.append(load, &ready)).buffer_unordered(AT_ONCE).try_collect().boxed();
        self.sender.wanted(appending).await?
    }

    /// The files that go in the next call.
    async fn next_load(&self, mut rest: Rest) -> Option<(Load, Rest)> {
        let mut load = Load::new();
        let (mut header, mut bytes) = (FRAME_BYTES, 0);
        while let Some((task, own)) = rest.tasks.pop_front() {
            let length = task.file.size_bytes;
            if !load.is_empty() && bytes + length > BUFFER_BYTES as u64 {
                rest.tasks.push_front((task, own));
                break;
            }
            let spare = own.or_else(|| lock(&self.spare).pop());
            let session = match spare {
                Some(session) => Some(session),
                None => rest.sessions.recv().await,
            };
            let Some(session) = session else {
                lock(&self.alone).push(task);
                continue;
            };
            let entry = ENTRY_BYTES + session.id.len();
            if !load.is_empty() && header + entry > HEADER_BYTES {
                rest.tasks.push_front((task, Some(session)));
                break;
            }
            header += entry;
            bytes += length;
            load.push((task, session));
        }
        (!load.is_empty()).then_some((load, rest))
    }

    /// Reads and appends the files of one call, and hands on what has arrived.
    async fn append(&self, load: Load, ready: &mpsc::UnboundedSender<Ready>) -> Result<(), Stop> {
        let sender = self.sender;
        let mut slot = sender.slot().await?;
        let buffer = sender.buffers.take().await;
        let paths: Vec<PathBuf> = load.iter().map(|(task, _)| task.file.local_path.clone()).collect();
        let (bytes, hash, read) = blocking(move || read_all(buffer, &paths)).await?;
        let mut files = Vec::new();
        for ((task, session), read) in load.into_iter().zip(read) {
            match read {
                Read::Whole { hash, fingerprint } => {
                    let fits = session.fits(&hash);
                    let (index, session_id) = (task.place, session.id);
                    let sent = AssignedFile { index, session_id, hash, fingerprint, fits };
                    files.push(Whole { task, sent });
                }
                Read::TooLong => {
                    lock(&self.spare).push(session);
                    lock(&self.alone).push(task);
                }
                Read::Failed(error) => {
                    lock(&self.spare).push(session);
                    sender.settle(&task, source_problem(&task, error).into())?;
                }
            }
        }
        let Some(first) = files.first() else { return Ok(()) };
        sender.transfer.meter.begin_file(first.task.file.remote_path.name());
        let entries: Vec<_> = files
            .iter()
            .map(|file| UploadSessionAppendBatchArgEntry {
                close: true,
                ..UploadSessionAppendBatchArgEntry::new(
                    UploadSessionCursor::new(file.sent.session_id.as_str(), 0u64),
                    file.length(),
                )
            })
            .collect();
        let arg = UploadSessionAppendBatchArg {
            content_hash: Some(hash),
            ..UploadSessionAppendBatchArg::new(entries)
        };
        let handle = &sender.transfer.handle;
        let assigned: Vec<AssignedFile> = files.iter().map(|file| file.sent.clone()).collect();
        handle.record_change(|transfer| Change::FilesAssigned { transfer, files: assigned });
        if !handle.flush().await {
            lock(&self.alone).extend(files.iter().map(|file| Arc::clone(&file.task)));
            lock(&self.spare).extend(files.into_iter().map(|file| UploadSession::from_assigned(file.sent)));
            return Ok(());
        }
        let part = Part::new(&sender.transfer.meter);
        let results = match self.call(&first.task, &arg, &bytes, &part).await {
            Ok(results) => results,
            Err(trouble) => {
                part.settle(0);
                let Trouble::This(problem) = trouble else { return Err(trouble.into()) };
                tracing::info!(?problem, "sending a batch again");
                lock(&self.again).extend(files.into_iter().map(|file| file.task));
                return Ok(());
            }
        };
        slot.moved(bytes.len() as u64);
        drop((bytes, slot));
        let mut results = results.into_iter();
        let answered =
            files.into_iter().map(|file| (results.next().is_some_and(|it| file.is_held(&it)), file));
        let (mut held, mut useless) = (Vec::new(), Vec::new());
        for (is_held, file) in answered {
            if is_held {
                held.push(file);
            } else {
                useless.push(file.sent.session_id);
                lock(&self.again).push(file.task);
            }
        }
        part.settle(held.iter().map(Whole::length).sum());
        let proven = held.iter().map(|file| (file.sent.session_id.clone(), file.sent.hash.clone())).collect();
        handle.record_change(|transfer| Change::FilesHeld { transfer, held: proven, useless });
        for Whole { task, sent } in held {
            hand_on(sender, task, sent, ready).await?;
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
        let body = || Body::from(bytes.clone()).watched(part.restart());
        match self.sender.service().upload(&UPLOAD_SESSION_APPEND_BATCH, arg, body).await {
            Ok(result) => Ok(result.entries),
            Err(error) => Err(about(first).call(&error).into()),
        }
    }
}

impl Whole {
    fn length(&self) -> u64 {
        self.sent.fingerprint.size_bytes
    }

    /// Whether the service holds it, by its answer.
    fn is_held(&self, result: &UploadSessionAppendBatchResultEntry) -> bool {
        match result {
            UploadSessionAppendBatchResultEntry::Success => true,
            // An earlier call whose answer was lost has brought it.
            UploadSessionAppendBatchResultEntry::Failure(UploadSessionAppendBatchEntryError::Closed) => {
                self.sent.fits
            }
            UploadSessionAppendBatchResultEntry::Failure(
                UploadSessionAppendBatchEntryError::IncorrectOffset(offset),
            ) => self.sent.fits && offset.correct_offset == self.length(),
            UploadSessionAppendBatchResultEntry::Failure(_) => false,
        }
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
            if let Read::Whole { fingerprint, .. } = &read {
                filled += fingerprint.size_bytes as usize;
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
        Ok(()) => Read::Whole { hash: content_hash(space), fingerprint },
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
