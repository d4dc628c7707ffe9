//! Uploads many small files with few calls. A call for each file would spend most of its time waiting for the answer,
//! so three steps run side by side, joined by channels:
//!
//! 1. `start_sessions` starts upload sessions, many in one call, a little ahead of their use.
//! 2. `append_all` reads files into a buffer, as many as fit, and appends each to its own session in one call.
//! 3. `commit::all` makes files of complete sessions, many in one call, while the next files are read and sent.
//!
//! Which session a file goes to is on disk before its bytes are sent. Otherwise a run that is killed would leave
//! sessions that nobody knows, and the next run would send everything again. A file that is refused, has changed or
//! can't be read never holds up the others: it is reported by itself, or sent again.

use super::buffers::{BUFFER_BYTES, Buffer};
use super::commit::{self, UploadedFile};
use super::context::{FileError, UploadContext, local_file_problem, problem_for, problem_for_batch};
use super::decisions::FileUpload;
use super::sessions::{KnownSessions, UploadSession};
use super::source::{LocalFile, LocalFileError};
use crate::blocking;
use crate::context::JobError;
use crate::fingerprint::Fingerprint;
use crate::progress::BodyProgress;
use crate::transfer::{AssignedFile, Change};
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
use parking_lot::Mutex;
use std::collections::VecDeque;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::Ordering;
use tokio::sync::mpsc;

/// The argument of a call goes in a header, and is kept shorter than this (reference §2.3).
const HEADER_BYTES: usize = 8 * 1024;
/// The bytes of the argument without its entries, and those of an entry without the id of its session.
const FRAME_BYTES: usize = 120;
const ENTRY_BYTES: usize = 72;
/// Calls that are prepared at once. How many of them run is decided by the transfer permits.
const PARALLEL_CALLS: usize = 10;
/// How many started sessions may wait for files. More would be left over when the upload is cancelled.
const SESSIONS_AHEAD: usize = 256;

/// Whether this upload has sessions already. Then files use them up before others are started, since only a committed
/// file ends a session.
pub(crate) fn is_begun(context: &UploadContext<'_>) -> bool {
    context.has_sessions.load(Ordering::Relaxed)
}

/// Divides files into those that an earlier run has assigned to a session, and the others.
pub(crate) fn begun(
    earlier: &KnownSessions,
    tasks: &[Arc<FileUpload>],
) -> (Vec<Arc<FileUpload>>, Vec<Arc<FileUpload>>) {
    tasks.iter().cloned().partition(|task| earlier.contains(task.index))
}

/// Uploads files of at most [`BUFFER_BYTES`] each, and gives back those that have to be sent again. `earlier` are the
/// sessions of an earlier run: what they hold is not sent again. It is `None` when this run sends files a second time;
/// then the sessions come from the transfer store.
pub(crate) async fn send(
    context: &UploadContext<'_>,
    tasks: Vec<Arc<FileUpload>>,
    earlier: Option<KnownSessions>,
) -> Result<Vec<Arc<FileUpload>>, JobError> {
    let (ready, to_commit) = mpsc::unbounded_channel();
    let (mut notes, tasks) = if let Some(mut notes) = earlier {
        let tasks = forward_uploaded(context, tasks, &mut notes, &ready).await?;
        (notes, tasks)
    } else {
        (KnownSessions::from_rows(context.transfer.handle.batch_sessions().await), tasks)
    };
    let (tasks, grown) = openable(context, tasks).await?;
    let tasks: VecDeque<(Arc<FileUpload>, Option<UploadSession>)> =
        tasks.into_iter().map(|task| (Arc::clone(&task), notes.unsure.remove(&task.index))).collect();
    // A session of a file that is not uploaded any more can still take another file. If it turns out to hold bytes
    // already, the append fails and that file is sent again, so these come last.
    let mut spare: Vec<UploadSession> = std::mem::take(&mut notes.unsure).into_values().collect();
    spare.append(&mut notes.spare);
    let missing = tasks.iter().filter(|(_, session)| session.is_none()).count().saturating_sub(spare.len());
    let batch =
        BatchUpload { context, spare: Mutex::new(spare), again: Mutex::default(), alone: Mutex::new(grown) };
    let (ids, sessions) = mpsc::channel(SESSIONS_AHEAD);
    let ((), (), late) = futures_util::future::try_join3(
        batch.start_sessions(missing, ids).boxed(),
        batch.append_all(tasks, sessions, ready).boxed(),
        commit::all(context, to_commit).boxed(),
    )
    .await?;
    let alone = batch.alone.into_inner();
    context.upload_each(alone).boxed().await?;
    let mut again = batch.again.into_inner();
    again.extend(late);
    Ok(again)
}

/// Forwards files to be committed whose bytes an earlier run has appended, if they are unchanged. Gives back the
/// others.
async fn forward_uploaded(
    context: &UploadContext<'_>,
    tasks: Vec<Arc<FileUpload>>,
    notes: &mut KnownSessions,
    ready: &mpsc::UnboundedSender<UploadedFile>,
) -> Result<Vec<Arc<FileUpload>>, JobError> {
    let mut others = Vec::with_capacity(tasks.len());
    for task in tasks {
        let Some(held) = notes.held.remove(&task.index) else {
            others.push(task);
            continue;
        };
        let local_path = task.file.local_path.clone();
        let now = blocking(move || LocalFile::open(&local_path).map(|source| source.fingerprint)).await?;
        if now.ok() != Some(held.fingerprint) {
            others.push(task);
            continue;
        }
        context.transfer.meter.add_known(held.fingerprint.size_bytes);
        forward(context, task, held, ready).await?;
    }
    Ok(others)
}

/// Divides files into those that still fit a buffer, and those that have grown too large since they were planned. A
/// file that can't be opened is reported now, before a session is started for it that would be left over.
async fn openable(
    context: &UploadContext<'_>,
    tasks: Vec<Arc<FileUpload>>,
) -> Result<(Vec<Arc<FileUpload>>, Vec<Arc<FileUpload>>), JobError> {
    let opened = blocking(move || {
        let length = |path: &Path| LocalFile::open(path).map(|source| source.fingerprint.size_bytes);
        tasks.into_iter().map(|task| (length(&task.file.local_path), task)).collect::<Vec<_>>()
    });
    let (mut good, mut grown) = (Vec::new(), Vec::new());
    for (length, task) in opened.await? {
        match length {
            Ok(length) if length <= BUFFER_BYTES as u64 => good.push(task),
            Ok(_) => grown.push(task),
            Err(error) => context.finish_file(&task, local_file_problem(&task, error.into()).into())?,
        }
    }
    Ok((good, grown))
}

/// Forwards a file whose bytes the service has to be committed.
async fn forward(
    context: &UploadContext<'_>,
    task: Arc<FileUpload>,
    held: AssignedFile,
    ready: &mpsc::UnboundedSender<UploadedFile>,
) -> Result<(), JobError> {
    let size_bytes = held.fingerprint.size_bytes;
    match UploadedFile::new(context, Arc::clone(&task), held.session_id, size_bytes, held.hash).await {
        Ok(file) => drop(ready.send(file)),
        Err(error) => context.finish_file(&task, error)?,
    }
    Ok(())
}

struct BatchUpload<'a> {
    context: &'a UploadContext<'a>,
    /// Sessions to which this run has appended nothing.
    spare: Mutex<Vec<UploadSession>>,
    /// Files to be sent again: the service does not have their bytes.
    again: Mutex<Vec<Arc<FileUpload>>>,
    /// Files that are uploaded one by one: they have grown too large for a buffer, or the disk can't record which
    /// session they would go to.
    alone: Mutex<Vec<Arc<FileUpload>>>,
}

/// The files of one append call, each with its session.
type AppendBatch = Vec<(Arc<FileUpload>, UploadSession)>;

/// The files that are still to be sent, some with a session of an earlier run, and the source of new sessions.
struct Remaining {
    tasks: VecDeque<(Arc<FileUpload>, Option<UploadSession>)>,
    sessions: mpsc::Receiver<UploadSession>,
}

/// A file whose bytes are in the buffer.
struct ReadFile {
    task: Arc<FileUpload>,
    sent: AssignedFile,
}

/// What became of reading one file.
enum ReadResult {
    Complete {
        hash: String,
        fingerprint: Fingerprint,
    },
    /// It has grown since it was planned.
    TooLong,
    Failed(LocalFileError),
}

impl BatchUpload<'_> {
    /// Starts `wanted` sessions. The channel makes it wait while enough of them are unused.
    async fn start_sessions(
        &self,
        mut wanted: usize,
        ids: mpsc::Sender<UploadSession>,
    ) -> Result<(), JobError> {
        while wanted > 0 {
            self.context.job.check_wanted()?;
            let arg = UploadSessionStartBatchArg::new(wanted.min(BATCH_LIMIT) as u64);
            let started = self.context.service().rpc(&UPLOAD_SESSION_START_BATCH, &arg);
            let started = self.context.finish_before_exit(started).await?;
            let started = started.map_err(|error| problem_for_batch("started").call(&error))?.session_ids;
            if started.is_empty() {
                let detail = "Dropbox sent a reply that Coffer does not understand.";
                return Err(problem_for_batch("started").because(ProblemKind::Refused, detail).into());
            }
            wanted = wanted.saturating_sub(started.len());
            let handle = &self.context.transfer.handle;
            let (started_secs, recorded) = (Timestamp::now().as_second(), started.clone());
            let change = |transfer| Change::SessionsStarted { transfer, started_secs, ids: recorded };
            handle.record_change(change);
            self.context.has_sessions.store(true, Ordering::Relaxed);
            if !handle.flush().await {
                // They are not on disk, so a later run could not use them. The files are uploaded one by one.
                return Ok(());
            }
            for id in started {
                if self.context.unless_cancelled(ids.send(UploadSession::new(id))).await?.is_err() {
                    return Ok(());
                }
            }
        }
        Ok(())
    }

    /// Appends all files, with several calls at once.
    async fn append_all(
        &self,
        tasks: VecDeque<(Arc<FileUpload>, Option<UploadSession>)>,
        sessions: mpsc::Receiver<UploadSession>,
        ready: mpsc::UnboundedSender<UploadedFile>,
    ) -> Result<(), JobError> {
        let remaining = Remaining { tasks, sessions };
        let batches: BoxStream<'_, AppendBatch> =
            stream::unfold(remaining, |remaining| self.next_batch(remaining)).boxed();
        let appending: BoxFuture<'_, Result<(), JobError>> = batches
            .map(|batch| self.append(batch, &ready))
            .buffer_unordered(PARALLEL_CALLS)
            .try_collect()
            .boxed();
        self.context.unless_cancelled(appending).await?
    }

    /// Fills the next append call: as many files as fit the buffer, and as many entries as fit the argument.
    async fn next_batch(&self, mut remaining: Remaining) -> Option<(AppendBatch, Remaining)> {
        let mut batch = AppendBatch::new();
        let (mut header, mut bytes) = (FRAME_BYTES, 0);
        while let Some((task, own)) = remaining.tasks.pop_front() {
            let length = task.file.size_bytes;
            if !batch.is_empty() && bytes + length > BUFFER_BYTES as u64 {
                remaining.tasks.push_front((task, own));
                break;
            }
            let spare = own.or_else(|| self.spare.lock().pop());
            let session = match spare {
                Some(session) => Some(session),
                None => remaining.sessions.recv().await,
            };
            let Some(session) = session else {
                self.alone.lock().push(task);
                continue;
            };
            let entry = ENTRY_BYTES + session.id.len();
            if !batch.is_empty() && header + entry > HEADER_BYTES {
                remaining.tasks.push_front((task, Some(session)));
                break;
            }
            header += entry;
            bytes += length;
            batch.push((task, session));
        }
        (!batch.is_empty()).then_some((batch, remaining))
    }

    /// Reads the files of one call, appends them, and forwards those that the service has to be committed.
    ///
    /// The permit is taken before the buffer: a paused upload then holds no memory.
    async fn append(
        &self,
        batch: AppendBatch,
        ready: &mpsc::UnboundedSender<UploadedFile>,
    ) -> Result<(), JobError> {
        let context = self.context;
        let mut permit = context.acquire_permit().await?;
        let buffer = context.buffers.acquire().await;
        let paths: Vec<PathBuf> = batch.iter().map(|(task, _)| task.file.local_path.clone()).collect();
        let (bytes, hash, read) = blocking(move || read_all(buffer, &paths)).await?;
        let mut files = Vec::new();
        for ((task, session), read) in batch.into_iter().zip(read) {
            match read {
                ReadResult::Complete { hash, fingerprint } => {
                    let fits = session.fits(&hash);
                    let (index, session_id) = (task.index, session.id);
                    let sent = AssignedFile { index, session_id, hash, fingerprint, fits };
                    files.push(ReadFile { task, sent });
                }
                ReadResult::TooLong => {
                    self.spare.lock().push(session);
                    self.alone.lock().push(task);
                }
                ReadResult::Failed(error) => {
                    self.spare.lock().push(session);
                    context.finish_file(&task, local_file_problem(&task, error).into())?;
                }
            }
        }
        let Some(first) = files.first() else { return Ok(()) };
        context.transfer.meter.begin_file(first.task.file.remote_path.name());
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
        let handle = &context.transfer.handle;
        let assigned: Vec<AssignedFile> = files.iter().map(|file| file.sent.clone()).collect();
        handle.record_change(|transfer| Change::FilesAssigned { transfer, files: assigned });
        if !handle.flush().await {
            self.alone.lock().extend(files.iter().map(|file| Arc::clone(&file.task)));
            self.spare.lock().extend(files.into_iter().map(|file| UploadSession::from_assigned(file.sent)));
            return Ok(());
        }
        let part = BodyProgress::new(&context.transfer.meter);
        let results = match self.call(&first.task, &arg, &bytes, &part).await {
            Ok(results) => results,
            Err(error) => {
                part.complete(0);
                let FileError::ThisFile(problem) = error else { return Err(error.into()) };
                tracing::info!(?problem, "sending a batch again");
                self.again.lock().extend(files.into_iter().map(|file| file.task));
                return Ok(());
            }
        };
        permit.add_moved(bytes.len() as u64);
        drop((bytes, permit));
        let mut results = results.into_iter();
        let answered =
            files.into_iter().map(|file| (results.next().is_some_and(|it| file.is_held(&it)), file));
        let (mut held, mut useless) = (Vec::new(), Vec::new());
        for (is_held, file) in answered {
            if is_held {
                held.push(file);
            } else {
                useless.push(file.sent.session_id);
                self.again.lock().push(file.task);
            }
        }
        part.complete(held.iter().map(ReadFile::length).sum());
        let proven = held.iter().map(|file| (file.sent.session_id.clone(), file.sent.hash.clone())).collect();
        handle.record_change(|transfer| Change::FilesHeld { transfer, held: proven, useless });
        for ReadFile { task, sent } in held {
            forward(context, task, sent, ready).await?;
        }
        Ok(())
    }

    async fn call(
        &self,
        first: &FileUpload,
        arg: &UploadSessionAppendBatchArg,
        bytes: &Bytes,
        part: &BodyProgress,
    ) -> Result<Vec<UploadSessionAppendBatchResultEntry>, FileError> {
        let body = || Body::from(bytes.clone()).watched(part.restart());
        match self.context.service().upload(&UPLOAD_SESSION_APPEND_BATCH, arg, body).await {
            Ok(result) => Ok(result.entries),
            Err(error) => Err(problem_for(first).call(&error).into()),
        }
    }
}

impl ReadFile {
    fn length(&self) -> u64 {
        self.sent.fingerprint.size_bytes
    }

    /// Whether the service has all bytes of the file, by its answer.
    fn is_held(&self, result: &UploadSessionAppendBatchResultEntry) -> bool {
        match result {
            UploadSessionAppendBatchResultEntry::Success => true,
            // An earlier call whose answer was lost may have appended these bytes, or other ones. `fits` says that only
            // these can be in the session.
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

/// Reads files one after the other into a buffer. Gives the bytes of those that could be read, the hash of these bytes,
/// and the result of each file. Blocks.
fn read_all(mut buffer: Buffer, paths: &[PathBuf]) -> (Bytes, String, Vec<ReadResult>) {
    let mut filled = 0;
    let reads = paths
        .iter()
        .map(|path| {
            let read = read_one(&mut buffer, filled, path);
            if let ReadResult::Complete { fingerprint, .. } = &read {
                filled += fingerprint.size_bytes as usize;
            }
            read
        })
        .collect();
    let bytes = buffer.freeze(filled);
    let hash = content_hash(&bytes);
    (bytes, hash, reads)
}

fn read_one(buffer: &mut Buffer, filled: usize, path: &Path) -> ReadResult {
    let source = match LocalFile::open(path) {
        Ok(source) => source,
        Err(error) => return ReadResult::Failed(error.into()),
    };
    let fingerprint = source.fingerprint;
    let length = fingerprint.size_bytes;
    if length > (BUFFER_BYTES - filled) as u64 {
        return ReadResult::TooLong;
    }
    let space = &mut buffer.space(filled + length as usize)[filled..];
    match source.read_at(space, 0) {
        Ok(()) => ReadResult::Complete { hash: content_hash(space), fingerprint },
        Err(error) => ReadResult::Failed(error),
    }
}
