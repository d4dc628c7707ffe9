//! Uploads many small files with few calls.
//!
//! A call for each file would spend most of its time waiting for the answer. So three steps run side by side, joined by
//! channels of limited length, each of which does many files in one call:
//!
//! 1. `start_sessions` starts upload sessions, a little ahead of their use.
//! 2. `append_all` reads files into a buffer, as many as fit, and appends each to its own session.
//! 3. `commit::commit_all` makes files of complete sessions, while the next files are read and appended.
//!
//! **What a kill may cost.** A session can't be ended, only used up, and nobody can ask the service which ones there are.
//! So a session is in the transfer store before it is used, and which file it gets is there before the bytes are sent.
//! The next run finds for each session: nothing was sent to it (any file can have it), a file was sent and confirmed
//! (only the commit is missing), or a file was sent and the answer is not known. In the last case the same file is
//! appended to the same session once more: if the service has its bytes already it refuses them with the offset that
//! proves it.
//!
//! **Where a file fails** it never holds up the others. It is reported by itself when it can't be read or is refused; it
//! is sent again, in the next pass, when the service does not have its bytes; and it is uploaded by a call of its own
//! when it has outgrown the buffer.
//!
//! **Memory.** A file is an index into the plan until it is part of a call, and a call is prepared only when the ones
//! before it have gone. What is read is bounded by the buffers, which are acquired after the transfer permit; what waits
//! to be committed is bounded by its channel.

use super::buffers::BUFFER_BYTES;
use super::commit::{self, UploadedFile};
use super::context::{FileError, UploadContext, local_file_problem, problem_for};
use super::decisions::FileUpload;
use super::read_files::{ReadResult, read_files};
use super::sessions::{KnownSessions, UploadSession};
use super::source::LocalFile;
use crate::blocking;
use crate::context::JobError;
use crate::problem;
use crate::progress::BodyProgress;
use crate::transfer::{AssignedFile, Change};
use bytes::Bytes;
use coffer_model::ProblemKind;
use coffer_texts::tr;
use dropbox_client::Body;
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
use std::collections::{HashMap, VecDeque};
use std::path::PathBuf;
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
/// Files whose bytes the service has and that wait to be committed. When there are more the appends wait: otherwise an
/// account that commits slowly would let them, and the memory, grow without end.
const FILES_TO_COMMIT: usize = 1000;
/// How many started sessions may wait for files. More would be left over when the upload is cancelled.
const SESSIONS_AHEAD: usize = 256;

/// Whether this upload has sessions already. Then files use them up before others are started, since only a committed
/// file ends a session.
pub(crate) fn is_begun(context: &UploadContext<'_>) -> bool {
    context.has_sessions.load(Ordering::Relaxed)
}

/// Uploads files of at most [`BUFFER_BYTES`] each, and returns those that have to be sent again. `earlier` are the
/// sessions of an earlier run: what they hold is not sent again. It is `None` when this run sends files a second time;
/// then the sessions come from the transfer store.
pub(crate) async fn send(
    context: &UploadContext<'_>,
    files: Vec<usize>,
    earlier: Option<KnownSessions>,
) -> Result<Vec<usize>, JobError> {
    let is_first_pass = earlier.is_some();
    let mut known = match earlier {
        Some(earlier) => earlier,
        None => KnownSessions::from_rows(context.transfer.handle.batch_sessions().await),
    };
    let (uploaded, files) =
        if is_first_pass { divide_uploaded(context, files, &mut known).await? } else { (Vec::new(), files) };
    let (files, grown) = divide_by_size(context, files).await?;
    let mut assigned = known.unsure;
    // A session of a file that is not uploaded any more can still take another file. If it turns out to hold bytes
    // already, the append fails and that file is sent again, so these come last.
    let own: HashMap<usize, UploadSession> =
        files.iter().filter_map(|index| Some((*index, assigned.remove(index)?))).collect();
    let mut spare: Vec<UploadSession> = assigned.into_values().collect();
    spare.append(&mut known.spare);
    let missing = (files.len() - own.len()).saturating_sub(spare.len());
    let batch =
        BatchUpload { context, spare: Mutex::new(spare), again: Mutex::default(), alone: Mutex::new(grown) };
    let (ids, sessions) = mpsc::channel(SESSIONS_AHEAD);
    let (ready, to_commit) = mpsc::channel(FILES_TO_COMMIT);
    let remaining = Remaining { files: files.into(), own, sessions };
    let append = async {
        for held in uploaded {
            if let Some(task) = context.file_upload(held.index) {
                forward(context, task, held, &ready).await?;
            }
        }
        batch.append_all(remaining, ready).await
    };
    let ((), (), late) = futures_util::future::try_join3(
        batch.start_sessions(missing, ids).boxed(),
        append.boxed(),
        commit::commit_all(context, to_commit).boxed(),
    )
    .await?;
    context.upload_each(batch.alone.into_inner()).boxed().await?;
    let mut again = batch.again.into_inner();
    again.extend(late);
    Ok(again)
}

/// Divides files into those whose bytes an earlier run has appended and that are unchanged, and the others.
async fn divide_uploaded(
    context: &UploadContext<'_>,
    files: Vec<usize>,
    known: &mut KnownSessions,
) -> Result<(Vec<AssignedFile>, Vec<usize>), JobError> {
    let (mut uploaded, mut others) = (Vec::new(), Vec::with_capacity(files.len()));
    for index in files {
        let held = known.held.remove(&index);
        let Some((held, file)) = held.and_then(|held| Some((held, context.plan.files.get(index)?))) else {
            others.push(index);
            continue;
        };
        let now =
            blocking(move || LocalFile::open(&file.local_path).map(|source| source.fingerprint)).await?;
        if now.ok() == Some(held.fingerprint) {
            context.transfer.meter.add_known(held.fingerprint.size_bytes);
            uploaded.push(held);
        } else {
            others.push(index);
        }
    }
    Ok((uploaded, others))
}

/// Divides files into those that still fit a buffer, and those that have grown too large since they were planned. A
/// file that can't be opened is reported now, before a session is started for it that would be left over.
async fn divide_by_size(
    context: &UploadContext<'_>,
    files: Vec<usize>,
) -> Result<(Vec<usize>, Vec<usize>), JobError> {
    let plan = Arc::clone(&context.plan);
    let opened = blocking(move || {
        let (mut good, mut grown, mut failed) = (Vec::with_capacity(files.len()), Vec::new(), Vec::new());
        for index in files {
            let Some(file) = plan.files.get(index) else { continue };
            match LocalFile::open(&file.local_path).map(|source| source.fingerprint.size_bytes) {
                Ok(length) if length <= BUFFER_BYTES as u64 => good.push(index),
                Ok(_) => grown.push(index),
                Err(error) => failed.push((index, error)),
            }
        }
        (good, grown, failed)
    });
    let (good, grown, failed) = opened.await?;
    for (index, error) in failed {
        if let Some(task) = context.file_upload(index) {
            context.finish_file(&task, local_file_problem(&task, error.into()).into())?;
        }
    }
    Ok((good, grown))
}

/// Forwards a file whose bytes the service has to be committed.
async fn forward(
    context: &UploadContext<'_>,
    task: Arc<FileUpload>,
    held: AssignedFile,
    ready: &mpsc::Sender<UploadedFile>,
) -> Result<(), JobError> {
    let size_bytes = held.fingerprint.size_bytes;
    match UploadedFile::new(context, Arc::clone(&task), held.session_id, size_bytes, held.hash).await {
        // The receiver is dropped only when the whole upload has failed.
        Ok(file) => drop(ready.send(file).await),
        Err(error) => context.finish_file(&task, error)?,
    }
    Ok(())
}

struct BatchUpload<'a> {
    context: &'a UploadContext<'a>,
    /// Sessions to which this run has appended nothing.
    spare: Mutex<Vec<UploadSession>>,
    /// Files to be sent again, by their indexes in the plan: the service does not have their bytes.
    again: Mutex<Vec<usize>>,
    /// Files that are uploaded one by one: they have grown too large for a buffer, the disk can't record which session
    /// they would go to, or the service has no room for all files of their call.
    alone: Mutex<Vec<usize>>,
}

/// The files of one append call, each with its session.
type AppendBatch = Vec<(Arc<FileUpload>, UploadSession)>;

/// The files that are still to be sent, the sessions that some of them have, and the source of new sessions.
struct Remaining {
    files: VecDeque<usize>,
    own: HashMap<usize, UploadSession>,
    sessions: mpsc::Receiver<UploadSession>,
}

/// A file whose bytes are in the buffer.
struct ReadFile {
    task: Arc<FileUpload>,
    sent: AssignedFile,
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
            let started = started
                .map_err(|error| problem::general(tr!("could-not-start-upload")).call(&error))?
                .session_ids;
            if started.is_empty() {
                let detail = tr!("why-reply-not-understood");
                return Err(problem::general(tr!("could-not-start-upload"))
                    .because(ProblemKind::Refused, detail)
                    .into());
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
        remaining: Remaining,
        ready: mpsc::Sender<UploadedFile>,
    ) -> Result<(), JobError> {
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
        while let Some(&index) = remaining.files.front() {
            let length = self.context.plan.files.size_bytes(index);
            if !batch.is_empty() && bytes + length > BUFFER_BYTES as u64 {
                break;
            }
            // Every file that remains is one that is sent.
            let task = self.context.file_upload(index);
            let Some(task) = task else {
                remaining.files.pop_front();
                continue;
            };
            if !self.context.has_room(&task).await {
                remaining.files.pop_front();
                continue;
            }
            let spare = remaining.own.remove(&index).or_else(|| self.spare.lock().pop());
            let session = match spare {
                Some(session) => Some(session),
                None => remaining.sessions.recv().await,
            };
            let Some(session) = session else {
                remaining.files.pop_front();
                self.alone.lock().push(index);
                continue;
            };
            let entry = ENTRY_BYTES + session.id.len();
            if !batch.is_empty() && header + entry > HEADER_BYTES {
                remaining.own.insert(index, session);
                break;
            }
            remaining.files.pop_front();
            header += entry;
            bytes += length;
            batch.push((task, session));
        }
        (!batch.is_empty()).then_some((batch, remaining))
    }

    /// Reads the files of one call, appends them, and forwards those that the service has to be committed.
    ///
    /// The permit is acquired before the buffer: a paused upload then holds no memory.
    async fn append(&self, batch: AppendBatch, ready: &mpsc::Sender<UploadedFile>) -> Result<(), JobError> {
        let context = self.context;
        let mut permit = context.acquire_permit().await?;
        let buffer = context.buffers.acquire().await;
        let paths: Vec<PathBuf> = batch.iter().map(|(task, _)| task.file.local_path.clone()).collect();
        let (bytes, hash, read) = blocking(move || read_files(buffer, &paths)).await?;
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
                    self.alone.lock().push(task.index);
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
            self.alone.lock().extend(files.iter().map(|file| file.task.index));
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
                // Where there is no room for all of them there may be some for a few.
                let later = if problem.kind.is_full() { &self.alone } else { &self.again };
                later.lock().extend(files.into_iter().map(|file| file.task.index));
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
                self.again.lock().push(file.task.index);
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
