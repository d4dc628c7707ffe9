//! Many small uploads in few steps on disk: contents that arrive whole are written and synced together, and their
//! commits share one transaction. Entries that are not simple are handled one by one, by the functions of `session_bytes`.

use super::session_bytes::AppendProblem;
use super::upload::CommitSpec;
use crate::app_state::AppState;
use crate::store::blobs::Hash;
use crate::store::error::StoreError;
use crate::store::sessions::{self, StoredSession};
use crate::uploads::{SessionProgress, SessionWriteGuard, finished};
use dropbox_protocol::ContentHasher;
use dropbox_protocol::files::{
    FileMetadata, UploadSessionAppendBatchArgEntry, UploadSessionCursor, UploadSessionFinishError, WriteError,
};
use std::collections::HashMap;
use std::fs::File;
use std::io::{Read as _, Seek as _, SeekFrom};

/// Contents up to this size are taken from memory.
const SMALL_BYTES: u64 = 8 * 1024 * 1024;
/// Memory for the contents of one step.
const STEP_BYTES: u64 = 16 * 1024 * 1024;

/// The result of an entry; `None` for one that has to be handled alone.
pub(super) type Added = Option<Result<(), AppendProblem>>;

/// One content that fills its session.
struct Filling {
    index: usize,
    start: u64,
    length: u64,
    session: StoredSession,
    turn: SessionWriteGuard,
}

/// Sessions by their ids, read in one transaction.
async fn find_all(app: &AppState, ids: Vec<String>) -> Result<HashMap<String, StoredSession>, StoreError> {
    let now = app.config.clock.now();
    app.store
        .read(move |connection| {
            let mut found = HashMap::with_capacity(ids.len());
            for id in ids {
                if let Some(session) = sessions::find(connection, &id, now)? {
                    found.insert(id, session);
                }
            }
            Ok(found)
        })
        .await
}

/// Adds those contents of `body` (the contents of all entries, one behind the other) that are small and come whole.
pub(super) async fn fill(
    app: &AppState,
    entries: &[UploadSessionAppendBatchArgEntry],
    body: File,
) -> Result<Vec<Added>, StoreError> {
    let mut results: Vec<Added> = (0..entries.len()).map(|_| None).collect();
    let mut turns = Vec::new();
    let mut start = 0;
    for (index, entry) in entries.iter().enumerate() {
        if entry.close && entry.cursor.offset == 0 && entry.length <= SMALL_BYTES {
            // Another call writes to it at the moment; alone it waits for that one.
            if let Ok(turn) = app.uploads.progress(&entry.cursor.session_id).try_lock_owned() {
                turns.push((index, start, turn));
            }
        }
        start += entry.length;
    }
    let ids = turns.iter().map(|(index, ..)| entries[*index].cursor.session_id.clone()).collect();
    let mut found = find_all(app, ids).await?;
    let mut fillings = Vec::new();
    for (index, start, turn) in turns {
        let entry = &entries[index];
        match found.remove(&entry.cursor.session_id) {
            Some(session) if session.concurrent => {}
            Some(session) if session.received != 0 => {
                results[index] = Some(Err(AppendProblem::IncorrectOffset(session.received)));
            }
            Some(session) if session.closed => results[index] = Some(Err(AppendProblem::Closed)),
            Some(session) if session.hash.is_some() => {}
            Some(session) => {
                fillings.push(Filling { index, start, length: entry.length, session, turn });
            }
            None => {
                app.uploads.remove(&entry.cursor.session_id);
                results[index] = Some(Err(AppendProblem::NotFound));
            }
        }
    }
    if fillings.is_empty() {
        return Ok(results);
    }
    let (blobs, path) = (app.store.blobs(), app.store.path().to_owned());
    let mut filled = app
        .blocking(move || {
            let mut body = body;
            let mut rest = fillings.as_mut_slice();
            while !rest.is_empty() {
                let mut bytes = 0;
                let count = rest.iter().take_while(|filling| {
                    bytes += filling.length;
                    bytes <= STEP_BYTES.max(filling.length)
                });
                let (step, later) = rest.split_at_mut(count.count().max(1));
                let mut contents = Vec::with_capacity(step.len());
                for filling in &mut *step {
                    let mut content = vec![0; filling.length as usize];
                    body.seek(SeekFrom::Start(filling.start))
                        .and_then(|_| body.read_exact(&mut content))
                        .map_err(StoreError::at(&path))?;
                    let mut hasher = ContentHasher::new();
                    hasher.update(&content);
                    *filling.turn = SessionProgress { hashed: filling.length, hasher };
                    contents.push(content);
                }
                let ids = step.iter().map(|filling| filling.session.id.as_str());
                blobs.fill_sessions(ids.zip(contents.iter().map(Vec::as_slice)))?;
                rest = later;
            }
            Ok::<_, StoreError>(fillings)
        })
        .await?;
    let mut saved = Vec::with_capacity(filled.len());
    for filling in &mut filled {
        filling.session.received = filling.length;
        filling.session.closed = true;
        filling.session.hash = Some(finished(filling.turn.hasher.clone()));
        saved.push(filling.session.clone());
        results[filling.index] = Some(Ok(()));
    }
    app.store.write(move |edit| saved.iter().try_for_each(|session| sessions::save(edit, session))).await?;
    // Only now may others write to the sessions.
    drop(filled);
    Ok(results)
}

/// The result of the commit of an entry; `None` for one that has to be committed alone.
pub(super) type Committed = Option<Result<FileMetadata, UploadSessionFinishError>>;

/// A session that is complete, and its hash is known.
struct CompleteContent {
    index: usize,
    session: StoredSession,
    hash: Hash,
    spec: CommitSpec,
}

/// Makes files of those sequential sessions that are closed and hold what their cursors say.
pub(super) async fn commit(
    app: &AppState,
    commits: &[(UploadSessionCursor, CommitSpec)],
) -> Result<Vec<Committed>, StoreError> {
    let mut results: Vec<Committed> = (0..commits.len()).map(|_| None).collect();
    let ids = commits.iter().map(|(cursor, _)| cursor.session_id.clone()).collect();
    let mut found = find_all(app, ids).await?;
    let mut complete = Vec::new();
    for (index, (cursor, spec)) in commits.iter().enumerate() {
        // A session that is named twice is committed alone the second time.
        let Some(session) = found.remove(&cursor.session_id) else { continue };
        if session.concurrent
            || !session.closed
            || session.received != cursor.offset
            || spec.template.is_some()
        {
            continue;
        }
        // A session that version 0.1 closed has none, and is committed alone.
        if let Some(hash) = session.hash {
            complete.push(CompleteContent { index, session, hash, spec: spec.clone() });
        }
    }
    if complete.is_empty() {
        return Ok(results);
    }
    let kept: Vec<(String, Hash, u64)> = complete
        .iter()
        .map(|content| (content.session.id.clone(), content.hash, content.session.received))
        .collect();
    let blobs = app.store.blobs();
    app.blocking(move || blobs.insert_sessions(&kept)).await?;
    let quota_bytes = app.config.quota_bytes;
    let committed = app
        .store
        .write(move |edit| {
            let mut committed = Vec::with_capacity(complete.len());
            for CompleteContent { index, session, hash, spec } in complete {
                let id = session.id.clone();
                let result = spec.commit_session(edit, session, hash, quota_bytes)?;
                committed.push((index, id, result));
            }
            Ok::<_, StoreError>(committed)
        })
        .await?;
    for (index, id, result) in committed {
        if result.is_ok() {
            app.uploads.remove(&id);
        }
        results[index] = Some(result.map_err(path_error));
    }
    Ok(results)
}

fn path_error(error: WriteError) -> UploadSessionFinishError {
    UploadSessionFinishError::Path(error)
}
