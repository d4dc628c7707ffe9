//! Upload sessions (reference 3.6): starting, appending, finishing one at a time. How bytes get in and out
//! is in `session_bytes`, many sessions at once in `session_batches`.

use super::batches::BATCH_LIMIT;
use super::body::Body;
use super::call::Call;
use super::failure::CallFailure;
use super::reply::drain;
use super::session_bytes::{
    Addition, AppendProblem, add, check_hash, close_concurrent, close_sequential, find, non_empty,
};
use super::upload::CommitSpec;
use crate::app_state::AppState;
use crate::store::blobs::Hash;
use crate::store::error::StoreError;
use crate::store::sessions::{self, StoredSession};
use crate::uploads::finished;
use dropbox_protocol::ContentHasher;
use dropbox_protocol::files::{
    FileMetadata, InvalidPropertyGroupError, UploadSessionAppendArg, UploadSessionAppendError,
    UploadSessionCursor, UploadSessionFinishArg, UploadSessionFinishError, UploadSessionLookupError,
    UploadSessionOffsetError, UploadSessionStartArg, UploadSessionStartBatchArg,
    UploadSessionStartBatchResult, UploadSessionStartError, UploadSessionStartResult, UploadSessionType,
};

pub(super) async fn start(
    call: Call,
    argument: UploadSessionStartArg,
    body: Body,
) -> Result<UploadSessionStartResult, CallFailure<UploadSessionStartError>> {
    let concurrent = is_concurrent(argument.session_type.as_ref())?;
    if concurrent {
        if argument.close {
            drain(body).await;
            return Err(CallFailure::Answer(UploadSessionStartError::ConcurrentSessionCloseNotAllowed));
        }
        if let Some(body) = non_empty(body).await {
            drain(body).await;
            return Err(CallFailure::Answer(UploadSessionStartError::ConcurrentSessionDataNotAllowed));
        }
        let session = call.app.store.write(|edit| sessions::create(edit, true)).await?;
        return Ok(UploadSessionStartResult { session_id: session.id });
    }
    let session = call.app.store.write(|edit| sessions::create(edit, false)).await?;
    let session_id = session.id.clone();
    let addition = Addition { body, close: argument.close, content_hash: argument.content_hash };
    let added = add(&call.app, &UploadSessionCursor::new(session_id.as_str(), 0u64), addition).await;
    if let Err(failure) = added {
        let id = session_id.clone();
        call.app.store.write(move |edit| sessions::remove(edit, &id)).await?;
        call.app.uploads.remove(&session_id);
        let blobs = call.app.store.blobs();
        call.app.blocking(move || blobs.remove_session(&session_id)).await?;
        return Err(failure.map(|problem| match problem {
            AppendProblem::ContentHashMismatch => UploadSessionStartError::ContentHashMismatch,
            _ => UploadSessionStartError::PayloadTooLarge,
        }));
    }
    Ok(UploadSessionStartResult { session_id })
}

pub(super) async fn start_batch(
    call: Call,
    argument: UploadSessionStartBatchArg,
) -> Result<UploadSessionStartBatchResult, CallFailure<()>> {
    if !(1..=BATCH_LIMIT as u64).contains(&argument.num_sessions) {
        return Err(CallFailure::BadArgument(format!(
            "request body: num_sessions: must be within 1 and {BATCH_LIMIT}"
        )));
    }
    let concurrent = is_concurrent(argument.session_type.as_ref())?;
    let session_ids = call
        .app
        .store
        .write(move |edit| {
            (0..argument.num_sessions)
                .map(|_| sessions::create(edit, concurrent).map(|session| session.id))
                .collect::<Result<Vec<_>, StoreError>>()
        })
        .await?;
    Ok(UploadSessionStartBatchResult { session_ids })
}

pub(super) async fn append(
    call: Call,
    argument: UploadSessionAppendArg,
    body: Body,
) -> Result<(), CallFailure<UploadSessionAppendError>> {
    let addition = Addition { body, close: argument.close, content_hash: argument.content_hash };
    add(&call.app, &argument.cursor, addition).await.map_err(|failure| {
        failure.map(|problem| match problem {
            AppendProblem::NotFound => UploadSessionAppendError::NotFound,
            AppendProblem::IncorrectOffset(offset) => {
                UploadSessionAppendError::IncorrectOffset(UploadSessionOffsetError::new(offset))
            }
            AppendProblem::Closed => UploadSessionAppendError::Closed,
            AppendProblem::TooLarge => UploadSessionAppendError::TooLarge,
            AppendProblem::InvalidOffset => UploadSessionAppendError::ConcurrentSessionInvalidOffset,
            AppendProblem::InvalidDataSize => UploadSessionAppendError::ConcurrentSessionInvalidDataSize,
            AppendProblem::PayloadTooLarge => UploadSessionAppendError::PayloadTooLarge,
            AppendProblem::ContentHashMismatch => UploadSessionAppendError::ContentHashMismatch,
        })
    })
}

pub(super) async fn finish(
    call: Call,
    argument: UploadSessionFinishArg,
    body: Body,
) -> Result<FileMetadata, CallFailure<UploadSessionFinishError>> {
    let app = &call.app;
    let body = non_empty(body).await;
    let spec = match CommitSpec::parse(&call.view, argument.commit) {
        Ok(spec) => spec,
        Err(failure) => {
            drain(body.unwrap_or_default()).await;
            return Err(failure);
        }
    };
    let cursor = argument.cursor;
    let Some(session) = find(app, &cursor.session_id).await? else {
        drain(body.unwrap_or_default()).await;
        return Err(CallFailure::Answer(UploadSessionFinishError::LookupFailed(
            UploadSessionLookupError::NotFound,
        )));
    };
    let end = match body {
        Some(body) if session.concurrent => {
            drain(body).await;
            return Err(CallFailure::Answer(UploadSessionFinishError::ConcurrentSessionDataNotAllowed));
        }
        Some(body) => {
            let addition = Addition { body, close: false, content_hash: argument.content_hash };
            add(app, &cursor, addition).await.map_err(|failure| failure.map(finish_words))?;
            // What the session holds now is what counts; another call cannot have come in between unnoticed.
            find(app, &cursor.session_id).await?.map_or(cursor.offset, |session| session.received)
        }
        None => {
            check_hash(argument.content_hash.as_deref(), || finished(ContentHasher::new()))
                .map_err(|failure| failure.map(finish_words))?;
            cursor.offset
        }
    };
    commit(app, &session, end, spec).await
}

/// Makes a session's content a file and ends the session. If the commit is refused, the session stays and
/// keeps the bytes.
pub(super) async fn commit(
    app: &AppState,
    session: &StoredSession,
    offset: u64,
    spec: CommitSpec,
) -> Result<FileMetadata, CallFailure<UploadSessionFinishError>> {
    if let Some(template) = spec.template {
        let unknown = InvalidPropertyGroupError::TemplateNotFound(template);
        return Err(CallFailure::Answer(UploadSessionFinishError::PropertiesError(unknown)));
    }
    let (session, hash) = close_session(app, session, offset).await?;
    let (id, quota_bytes) = (session.id.clone(), app.config.quota_bytes);
    let committed =
        app.store.write(move |edit| spec.commit_session(edit, session, hash, quota_bytes)).await?;
    if committed.is_ok() {
        app.uploads.remove(&id);
    }
    committed.map_err(|error| CallFailure::Answer(UploadSessionFinishError::Path(error)))
}

async fn close_session(
    app: &AppState,
    session: &StoredSession,
    offset: u64,
) -> Result<(StoredSession, Hash), CallFailure<UploadSessionFinishError>> {
    if !session.concurrent {
        return close_sequential(app, &session.id, offset).await.map_err(|failure| failure.map(finish_words));
    }
    if !session.closed {
        return Err(CallFailure::Answer(UploadSessionFinishError::ConcurrentSessionNotClosed));
    }
    let hash = close_concurrent(app, session, offset)
        .await
        .map_err(|failure| failure.map(finish_words))?
        .ok_or(CallFailure::Answer(UploadSessionFinishError::ConcurrentSessionMissingData))?;
    Ok((session.clone(), hash))
}

fn finish_words(problem: AppendProblem) -> UploadSessionFinishError {
    UploadSessionFinishError::LookupFailed(match problem {
        AppendProblem::NotFound => UploadSessionLookupError::NotFound,
        AppendProblem::IncorrectOffset(offset) => {
            UploadSessionLookupError::IncorrectOffset(UploadSessionOffsetError::new(offset))
        }
        AppendProblem::Closed => UploadSessionLookupError::Closed,
        AppendProblem::TooLarge => UploadSessionLookupError::TooLarge,
        AppendProblem::InvalidOffset => UploadSessionLookupError::ConcurrentSessionInvalidOffset,
        AppendProblem::InvalidDataSize => UploadSessionLookupError::ConcurrentSessionInvalidDataSize,
        AppendProblem::PayloadTooLarge => return UploadSessionFinishError::PayloadTooLarge,
        AppendProblem::ContentHashMismatch => return UploadSessionFinishError::ContentHashMismatch,
    })
}

fn is_concurrent<E>(session_type: Option<&UploadSessionType>) -> Result<bool, CallFailure<E>> {
    match session_type {
        None | Some(UploadSessionType::Sequential) => Ok(false),
        Some(UploadSessionType::Concurrent) => Ok(true),
        Some(UploadSessionType::Other) => {
            Err(CallFailure::BadArgument("session_type: unknown tag".to_owned()))
        }
    }
}
