//! Sends a large file in chunks: several at once into one concurrent session, in any order, the last one by itself at
//! the end, because it closes the session. Each chunk is read once, hashed while it is in memory, and noted when the
//! service has confirmed it, so that a later run goes on with what is missing.

use super::buffers::ONE_CALL_BYTES;
use super::commit_file::UploadedContent;
use super::context::{FileError, UploadContext, local_file_problem, problem_for};
use super::decisions::FileUpload;
use super::source::{LocalFile, LocalFileError};
use crate::blocking;
use crate::progress::{BodyProgress, FileProgress};
use crate::transfer::UploadSessionRecord;
use bytes::Bytes;
use dropbox_client::Body;
use dropbox_protocol::content_hash::{self, BLOCK_BYTES, BlockHash};
use dropbox_protocol::files::{
    FileMetadata, UPLOAD_SESSION_APPEND, UPLOAD_SESSION_START, UploadSessionAppendArg,
    UploadSessionAppendError, UploadSessionCursor, UploadSessionStartArg, UploadSessionType,
};
use futures_util::{FutureExt, StreamExt, TryStreamExt, stream};
use parking_lot::Mutex;
use std::collections::BTreeMap;
use std::sync::Arc;

const BLOCK: u64 = BLOCK_BYTES as u64;
/// Blocks in a chunk.
const CHUNK_BLOCKS: u64 = super::buffers::BUFFER_BYTES as u64 / BLOCK;
/// Chunks of a file in memory at once; permits bound how many of them are on their way.
const PARALLEL_CHUNKS: usize = 6;

const _: () = assert!(ONE_CALL_BYTES >= BLOCK);

/// Sends what is missing and makes it a file; answers with it and the hash of what was read. `None`: the service has
/// lost what it had, and the file has to begin anew.
pub(crate) async fn send(
    context: &UploadContext<'_>,
    task: &FileUpload,
    source: LocalFile,
) -> Result<Option<(FileMetadata, String)>, FileError> {
    let fingerprint = source.fingerprint;
    let (local_path, remote_path) = (&task.file.local_path, &task.file.remote_path);
    let account = &context.account().choice;
    let (mut record, known) =
        context.store.upload_session(account, local_path, fingerprint, remote_path).await;
    let (session_id, blocks) = if let Some(known) = known {
        (known.session_id, known.blocks)
    } else {
        let session_id = start(context, task).await?;
        record.begin(&session_id).await;
        (session_id, BTreeMap::new())
    };
    let upload = ChunkedFileUpload {
        context,
        task,
        source: Arc::new(source),
        size_bytes: fingerprint.size_bytes,
        session_id,
        record,
        progress: context.file_progress(&task.file),
        done: Mutex::new(0),
    };
    let result = upload.run(blocks).await;
    if !matches!(result, Ok(Some(_))) {
        context.transfer.meter.subtract_bytes(upload.done());
    }
    // What failed in a way that another try could go on with stays noted.
    if result.is_ok() {
        upload.record.remove().await;
    }
    result
}

async fn start(context: &UploadContext<'_>, task: &FileUpload) -> Result<String, FileError> {
    let arg = UploadSessionStartArg {
        session_type: Some(UploadSessionType::Concurrent),
        ..UploadSessionStartArg::new()
    };
    // Not given up half-way: a session that nobody knows would be left.
    let started = context
        .finish_before_exit(context.service().upload(&UPLOAD_SESSION_START, &arg, Body::empty))
        .await?;
    Ok(started.map_err(|error| problem_for(task).call(&error))?.session_id)
}

struct ChunkedFileUpload<'a> {
    context: &'a UploadContext<'a>,
    task: &'a FileUpload,
    source: Arc<LocalFile>,
    size_bytes: u64,
    session_id: String,
    record: UploadSessionRecord,
    progress: FileProgress,
    /// Bytes of confirmed chunks.
    done: Mutex<u64>,
}

/// Some blocks that follow each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Chunk {
    first: u64,
    count: u64,
}

/// The service has another session than we think.
struct SessionLost;

type Confirmed = Result<(Chunk, Vec<BlockHash>), SessionLost>;

impl ChunkedFileUpload<'_> {
    async fn run(
        &self,
        mut blocks: BTreeMap<u64, BlockHash>,
    ) -> Result<Option<(FileMetadata, String)>, FileError> {
        let count = self.size_bytes.div_ceil(BLOCK);
        let last = count - 1;
        blocks.retain(|&place, _| place < count);
        let held = blocks.keys().map(|&place| self.length(Chunk { first: place, count: 1 })).sum();
        self.context.transfer.meter.add_known(held);
        self.progress.add(held as i64);
        self.confirmed(held);
        let missing = missing_chunks(&blocks, last);
        let mut confirmed = stream::iter(missing)
            .map(|chunk| self.chunk(chunk, false).boxed())
            .buffer_unordered(PARALLEL_CHUNKS);
        while let Some(done) = confirmed.try_next().await? {
            let Ok((chunk, hashes)) = done else { return Ok(None) };
            blocks.extend((chunk.first..).zip(hashes));
        }
        drop(confirmed);
        if !blocks.contains_key(&last) {
            let chunk = Chunk { first: last, count: 1 };
            let Ok((_, hashes)) = self.chunk(chunk, true).await? else { return Ok(None) };
            blocks.extend((last..).zip(hashes));
        }
        let unchanged = self.source.check().and_then(|()| self.source.check_place());
        unchanged.map_err(|error| local_file_problem(self.task, error))?;
        let hash = content_hash::of_blocks(blocks.values());
        let held = UploadedContent {
            session_id: self.session_id.clone(),
            size_bytes: self.size_bytes,
            hash: hash.clone(),
        };
        Ok(self.context.commit_session(self.task, &held).await?.map(|metadata| (metadata, hash)))
    }

    /// Reads, hashes and sends one chunk, and notes that it has arrived.
    async fn chunk(&self, chunk: Chunk, close: bool) -> Result<Confirmed, FileError> {
        let context = self.context;
        let length = self.length(chunk);
        let (bytes, hashes, mut permit) = loop {
            // The next chunks are read while others are on their way.
            let ahead = context.unless_cancelled(context.buffers.acquire_read_ahead()).await?;
            let (bytes, hashes) = self.read(chunk).await?;
            if let Some(permit) =
                context.unless_cancelled(context.transfer.acquire_permit_unless_paused()).await?
            {
                break (bytes, hashes, permit);
            }
            drop((bytes, ahead));
            context.unless_cancelled(context.transfer.wait_until_resumed()).await?;
        };
        let arg = UploadSessionAppendArg {
            close,
            content_hash: Some(content_hash::of_blocks(&hashes)),
            ..UploadSessionAppendArg::new(UploadSessionCursor::new(
                self.session_id.clone(),
                chunk.first * BLOCK,
            ))
        };
        let part = BodyProgress::of_file(&context.transfer.meter, &self.progress);
        let body = || Body::from(bytes.clone()).watched(part.restart());
        let sent = match context
            .unless_cancelled(context.service().upload(&UPLOAD_SESSION_APPEND, &arg, body))
            .await
        {
            Ok(sent) => sent,
            Err(stop) => {
                part.complete(0);
                return Err(stop.into());
            }
        };
        match sent {
            Ok(()) => permit.add_moved(length),
            Err(error) => {
                part.complete(0);
                match error.route_error() {
                    // An earlier call whose answer was lost has brought it; `finish` tells if that is wrong.
                    Some(
                        UploadSessionAppendError::Closed
                        | UploadSessionAppendError::IncorrectOffset(_)
                        | UploadSessionAppendError::ConcurrentSessionInvalidOffset,
                    ) => {}
                    Some(UploadSessionAppendError::NotFound) => return Ok(Err(SessionLost)),
                    _ => return Err(problem_for(self.task).call(&error).into()),
                }
            }
        }
        drop(bytes);
        part.complete(length);
        self.record.confirm(chunk.first, hashes.clone()).await;
        // Only now: so a kill costs no more than one chunk for each permit.
        drop(permit);
        self.confirmed(length);
        Ok(Ok((chunk, hashes)))
    }

    async fn read(&self, chunk: Chunk) -> Result<(Bytes, Vec<BlockHash>), FileError> {
        let mut buffer = self.context.unless_cancelled(self.context.buffers.acquire()).await?;
        let (source, length) = (Arc::clone(&self.source), self.length(chunk));
        let read = blocking(move || {
            // There may have been a long pause.
            source.check_place()?;
            let hashes = source.read_blocks_at(buffer.space(length as usize), chunk.first * BLOCK)?;
            Ok::<(Bytes, Vec<BlockHash>), LocalFileError>((buffer.freeze(length as usize), hashes))
        });
        read.await?.map_err(|error| local_file_problem(self.task, error).into())
    }

    fn confirmed(&self, bytes: u64) {
        *self.done.lock() += bytes;
    }

    fn done(&self) -> u64 {
        *self.done.lock()
    }

    fn length(&self, chunk: Chunk) -> u64 {
        (self.size_bytes - chunk.first * BLOCK).min(chunk.count * BLOCK)
    }
}

/// All blocks but the last that are not there yet, in chunks of whole blocks.
fn missing_chunks(known: &BTreeMap<u64, BlockHash>, last: u64) -> Vec<Chunk> {
    let mut chunks: Vec<Chunk> = Vec::new();
    for place in (0..last).filter(|place| !known.contains_key(place)) {
        match chunks.last_mut() {
            Some(chunk) if chunk.first + chunk.count == place && chunk.count < CHUNK_BLOCKS => {
                chunk.count += 1;
            }
            _ => chunks.push(Chunk { first: place, count: 1 }),
        }
    }
    chunks
}

#[cfg(test)]
mod tests {
    use super::{Chunk, missing_chunks};
    use std::collections::BTreeMap;

    #[test]
    fn what_is_missing_goes_in_pieces_of_two_blocks_and_the_last_block_by_itself() {
        let check = |known: &[u64], last: u64, expected: &[(u64, u64)]| {
            let known: BTreeMap<_, _> = known.iter().map(|&place| (place, [0; 32])).collect();
            let expected: Vec<_> = expected.iter().map(|&(first, count)| Chunk { first, count }).collect();
            assert_eq!(missing_chunks(&known, last), expected);
        };
        check(&[], 5, &[(0, 2), (2, 2), (4, 1)]);
        check(&[0, 1], 5, &[(2, 2), (4, 1)]);
        check(&[1, 4], 6, &[(0, 1), (2, 2), (5, 1)]);
        check(&[0, 1, 2], 3, &[]);
    }
}
