//! Bytes into upload sessions, and out of them as one content. Sequential sessions grow at their end;
//! concurrent ones take blocks of 4 MiB in any order. The routes are in `sessions`.

use super::body::{self, Body};
use super::failure::CallFailure;
use super::reply::drain;
use super::upload::is_expected;
use crate::app_state::AppState;
use crate::body_reader::{BlockSink, FileSink, ReadBodyError, write_body};
use crate::store::blobs::Hash;
use crate::store::error::StoreError;
use crate::store::sessions::{self, StoredBlock, StoredSession};
use crate::uploads::{BlockCutter, SessionProgress, finished, hash_of_blocks, rehash};
use coffer_stdx::disk::DiskFile;
use dropbox_protocol::ContentHasher;
use dropbox_protocol::content_hash::BLOCK_BYTES;
use dropbox_protocol::files::{FILE_LIMIT_BYTES, REQUEST_BODY_LIMIT_BYTES, UploadSessionCursor};
use futures_util::StreamExt as _;
use http_body_util::BodyExt as _;
use std::fs::File;

const BLOCK: u64 = BLOCK_BYTES as u64;

/// Why bytes were not added to a session. Start, append and finish each have an error type of their own for it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum AppendProblem {
    NotFound,
    /// The session holds this many bytes.
    IncorrectOffset(u64),
    Closed,
    TooLarge,
    InvalidOffset,
    InvalidDataSize,
    PayloadTooLarge,
    ContentHashMismatch,
}

/// What a call wants to add.
#[derive(Debug)]
pub(super) struct Addition {
    pub body: Body,
    /// Whether these are the last bytes.
    pub close: bool,
    /// The hash that `body` should have.
    pub content_hash: Option<String>,
}

/// A session that is alive.
pub(super) async fn find(app: &AppState, id: &str) -> Result<Option<StoredSession>, StoreError> {
    let (id, now) = (id.to_owned(), app.config.clock.now());
    app.store.read(move |connection| sessions::find(connection, &id, now)).await
}

/// Adds bytes to a session at the offset of its cursor.
pub(super) async fn add(
    app: &AppState,
    cursor: &UploadSessionCursor,
    addition: Addition,
) -> Result<(), CallFailure<AppendProblem>> {
    match find(app, &cursor.session_id).await? {
        Some(session) if session.concurrent => add_blocks(app, &session, cursor.offset, addition).await,
        Some(_) => add_at_end(app, cursor, addition).await,
        None => refuse(addition.body, AppendProblem::NotFound).await,
    }
}

async fn refuse<T>(body: Body, problem: AppendProblem) -> Result<T, CallFailure<AppendProblem>> {
    drain(body).await;
    Err(CallFailure::Answer(problem))
}

async fn add_at_end(
    app: &AppState,
    cursor: &UploadSessionCursor,
    addition: Addition,
) -> Result<(), CallFailure<AppendProblem>> {
    let shared = app.uploads.progress(&cursor.session_id);
    let mut progress = shared.lock_owned().await;
    // Somebody may have written or finished while this call waited for its turn.
    let Some(mut session) = find(app, &cursor.session_id).await? else {
        app.uploads.remove(&cursor.session_id);
        return refuse(addition.body, AppendProblem::NotFound).await;
    };
    // The offset comes first: a repeated closing call then learns that its bytes have arrived.
    if session.received != cursor.offset {
        return refuse(addition.body, AppendProblem::IncorrectOffset(session.received)).await;
    }
    if session.closed {
        return refuse(addition.body, AppendProblem::Closed).await;
    }
    reopen(app, &mut session).await?;
    catch_up(app, &session, &mut progress).await?;

    let file = open(app, &session.id).await?;
    let synced = file.try_clone().map_err(StoreError::at(session.id.as_ref()))?;
    let own_hasher = (session.received > 0 && addition.content_hash.is_some()).then(ContentHasher::new);
    let hasher = progress.hasher.clone();
    let mut sink = FileSink::new(file, session.id.as_ref(), session.received, hasher, own_hasher)?;
    sink.turn = Some(progress);
    let sink = write_body(addition.body.into_data_stream(), REQUEST_BODY_LIMIT_BYTES, sink)
        .await
        .map_err(too_long)?;
    if session.received + sink.length > FILE_LIMIT_BYTES {
        return Err(CallFailure::Answer(AppendProblem::TooLarge));
    }
    let call_hash = sink.call.clone().unwrap_or_else(|| sink.content.clone());
    check_hash(addition.content_hash.as_deref(), || finished(call_hash))?;
    if sink.length > 0 {
        sync(app, &session.id, synced).await?;
    }
    session.received += sink.length;
    session.closed = addition.close;
    session.hash = session.closed.then(|| finished(sink.content.clone()));
    let saved = session.clone();
    app.store.write(move |edit| sessions::save(edit, &saved)).await?;
    if let Some(mut progress) = sink.turn {
        *progress = SessionProgress { hashed: session.received, hasher: sink.content };
    }
    Ok(())
}

async fn add_blocks(
    app: &AppState,
    session: &StoredSession,
    offset: u64,
    addition: Addition,
) -> Result<(), CallFailure<AppendProblem>> {
    if session.closed {
        return refuse(addition.body, AppendProblem::Closed).await;
    }
    if !offset.is_multiple_of(BLOCK) {
        return refuse(addition.body, AppendProblem::InvalidOffset).await;
    }
    if offset > FILE_LIMIT_BYTES {
        return refuse(addition.body, AppendProblem::TooLarge).await;
    }
    let first = offset / BLOCK;
    let known = blocks(app, &session.id).await?;
    // Bytes that are here already are not written again, so that a broken repetition cannot spoil them.
    let is_repetition = known.iter().any(|block| block.index == first);
    let file = if is_repetition { None } else { Some(open_for_blocks(app, &session.id).await?) };
    let sink = BlockSink::new(file, session.id.as_ref(), offset, BlockCutter::new(first));
    let sink = write_body(addition.body.into_data_stream(), REQUEST_BODY_LIMIT_BYTES, sink)
        .await
        .map_err(too_long)?;
    if !sink.length.is_multiple_of(BLOCK) && !addition.close {
        return Err(CallFailure::Answer(AppendProblem::InvalidDataSize));
    }
    let added = sink.hasher.finish();
    check_hash(addition.content_hash.as_deref(), || hash_of_blocks(&added))?;
    if is_repetition && !added.iter().all(|block| known.contains(block)) {
        return Err(CallFailure::Answer(AppendProblem::InvalidOffset));
    }
    if let Some(file) = sink.file {
        sync(app, &session.id, file.file).await?;
    }
    let id = session.id.clone();
    app.store.write(move |edit| sessions::add_blocks(edit, &id, &added, addition.close)).await?;
    Ok(())
}

/// The content of a sequential session as a durable blob: its hash and its size.
/// `offset` is what the caller believes it holds.
pub(super) async fn close_sequential(
    app: &AppState,
    id: &str,
    offset: u64,
) -> Result<(StoredSession, Hash), CallFailure<AppendProblem>> {
    let shared = app.uploads.progress(id);
    let mut progress = shared.lock().await;
    let Some(mut session) = find(app, id).await? else {
        app.uploads.remove(id);
        return Err(CallFailure::Answer(AppendProblem::NotFound));
    };
    if session.received != offset {
        return Err(CallFailure::Answer(AppendProblem::IncorrectOffset(session.received)));
    }
    let hash = if let Some(hash) = session.hash {
        hash
    } else {
        catch_up(app, &session, &mut progress).await?;
        let hash = *session.hash.insert(finished(progress.hasher.clone()));
        // On disk before its file goes: a kill in between must not leave a session without bytes.
        let saved = session.clone();
        app.store.write(move |edit| sessions::save(edit, &saved)).await?;
        hash
    };
    store_content(app, &session, hash).await?;
    Ok((session, hash))
}

/// The content of a concurrent session as a durable blob; `Ok(None)`: bytes are missing in between.
pub(super) async fn close_concurrent(
    app: &AppState,
    session: &StoredSession,
    offset: u64,
) -> Result<Option<Hash>, CallFailure<AppendProblem>> {
    if let Some(hash) = session.hash {
        return Ok(Some(hash));
    }
    let blocks = blocks(app, &session.id).await?;
    let last = blocks.len().saturating_sub(1);
    let complete = blocks
        .iter()
        .enumerate()
        .all(|(place, block)| block.index == place as u64 && (block.length == BLOCK || place == last));
    if !complete {
        return Ok(None);
    }
    if session.received != offset {
        return Err(CallFailure::Answer(AppendProblem::IncorrectOffset(session.received)));
    }
    let hash = hash_of_blocks(&blocks);
    store_content(app, session, hash).await?;
    Ok(Some(hash))
}

/// A body that has bytes; `None` for an empty one.
pub(super) async fn non_empty(body: Body) -> Option<Body> {
    let mut stream = body.into_data_stream();
    while let Some(piece) = stream.next().await {
        match piece {
            Ok(bytes) if bytes.is_empty() => {}
            piece => return Some(body::from_stream(futures_util::stream::iter([piece]).chain(stream))),
        }
    }
    None
}

/// Checks the hash of a call against the one it named.
pub(super) fn check_hash(
    named: Option<&str>,
    hash: impl FnOnce() -> Hash,
) -> Result<(), CallFailure<AppendProblem>> {
    if named.is_none() || is_expected(named, &hash())? {
        Ok(())
    } else {
        Err(CallFailure::Answer(AppendProblem::ContentHashMismatch))
    }
}

fn too_long(error: ReadBodyError) -> CallFailure<AppendProblem> {
    match error {
        ReadBodyError::TooLong => CallFailure::Answer(AppendProblem::PayloadTooLarge),
        other => other.into(),
    }
}

/// Takes bytes back that had become a blob when a commit was refused.
async fn reopen(app: &AppState, session: &mut StoredSession) -> Result<(), StoreError> {
    let Some(hash) = session.hash.take() else { return Ok(()) };
    let (blobs, id, size) = (app.store.blobs(), session.id.clone(), session.received);
    app.blocking(move || blobs.reopen_session(&id, &hash, size)).await
}

/// Makes the running hash agree with what counts of the session.
async fn catch_up(
    app: &AppState,
    session: &StoredSession,
    progress: &mut SessionProgress,
) -> Result<(), StoreError> {
    if progress.hashed != session.received {
        let (blobs, id, length) = (app.store.blobs(), session.id.clone(), session.received);
        *progress = app.blocking(move || rehash(&blobs, &id, length)).await?;
    }
    Ok(())
}

async fn open(app: &AppState, id: &str) -> Result<File, StoreError> {
    let (blobs, id) = (app.store.blobs(), id.to_owned());
    app.blocking(move || blobs.session_file(&id)).await
}

async fn open_for_blocks(app: &AppState, id: &str) -> Result<DiskFile, StoreError> {
    let (blobs, id) = (app.store.blobs(), id.to_owned());
    app.blocking(move || blobs.session_disk_file(&id)).await
}

async fn sync(app: &AppState, id: &str, file: File) -> Result<(), StoreError> {
    let id = id.to_owned();
    app.blocking(move || file.sync_data().map_err(StoreError::at(id.as_ref()))).await
}

async fn blocks(app: &AppState, id: &str) -> Result<Vec<StoredBlock>, StoreError> {
    let id = id.to_owned();
    app.store.read(move |connection| sessions::blocks(connection, &id)).await
}

async fn store_content(app: &AppState, session: &StoredSession, hash: Hash) -> Result<(), StoreError> {
    let (blobs, id, size) = (app.store.blobs(), session.id.clone(), session.received);
    app.blocking(move || blobs.insert_session(&id, &hash, size)).await
}
