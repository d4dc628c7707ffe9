//! Many upload sessions at once (reference 3.6): appending to several from one body, and finishing several.

use super::batches;
use super::body::{self, Body};
use super::call::Call;
use super::failure::CallFailure;
use super::reply::drain;
use super::session_bytes::{Addition, AppendProblem, add, find};
use super::session_groups;
use super::sessions::commit;
use super::upload::{CommitSpec, is_expected};
use crate::app_state::AppState;
use crate::body_reader::{FileSink, ReadBodyError, write_body};
use crate::jobs::Finished;
use crate::store::error::StoreError;
use crate::uploads::finished;
use dropbox_protocol::ContentHasher;
use dropbox_protocol::files::{
    REQUEST_BODY_LIMIT_BYTES, UploadSessionAppendBatchArg, UploadSessionAppendBatchArgEntry,
    UploadSessionAppendBatchEntryError, UploadSessionAppendBatchError, UploadSessionAppendBatchResult,
    UploadSessionAppendBatchResultEntry, UploadSessionCursor, UploadSessionFinishArg,
    UploadSessionFinishBatchArg, UploadSessionFinishBatchJobStatus, UploadSessionFinishBatchLaunch,
    UploadSessionFinishBatchResult, UploadSessionFinishBatchResultEntry, UploadSessionFinishError,
    UploadSessionLookupError, UploadSessionOffsetError,
};
use dropbox_protocol::job::{PollArg, PollError};
use http_body_util::BodyExt as _;
use std::collections::HashSet;
use std::io::{Seek as _, SeekFrom};
use tokio::io::AsyncReadExt as _;
use tokio_util::io::ReaderStream;

pub(super) async fn append_batch(
    call: Call,
    argument: UploadSessionAppendBatchArg,
    body: Body,
) -> Result<UploadSessionAppendBatchResult, CallFailure<UploadSessionAppendBatchError>> {
    let app = &call.app;
    if let Err(failure) = check_entries(&argument.entries) {
        drain(body).await;
        return Err(failure);
    }
    let whole: u64 = argument.entries.iter().map(|entry| entry.length).fold(0, u64::saturating_add);
    // The body is taken in as a whole first: nothing may be stored when its hash or length is wrong.
    let blobs = app.store.blobs();
    let incoming = app.blocking(move || blobs.incoming()).await?;
    let file = incoming.file().try_clone().map_err(StoreError::at(app.store.path()))?;
    let sink = FileSink::new(file, app.store.path(), 0, ContentHasher::new(), None)?;
    let sink = write_body(body.into_data_stream(), REQUEST_BODY_LIMIT_BYTES, sink).await.map_err(
        |error| match error {
            ReadBodyError::TooLong => CallFailure::Answer(UploadSessionAppendBatchError::PayloadTooLarge),
            other => other.into(),
        },
    )?;
    if !is_expected(argument.content_hash.as_deref(), &finished(sink.content))? {
        return Err(CallFailure::Answer(UploadSessionAppendBatchError::ContentHashMismatch));
    }
    if sink.length != whole {
        return Err(CallFailure::Answer(UploadSessionAppendBatchError::LengthMismatch));
    }
    let file = incoming.file().try_clone().map_err(StoreError::at(app.store.path()))?;
    let together = file.try_clone().map_err(StoreError::at(app.store.path()))?;
    let filled = session_groups::fill(app, &argument.entries, together).await?;
    let mut start = 0;
    let mut entries = Vec::with_capacity(argument.entries.len());
    for (entry, filled) in argument.entries.into_iter().zip(filled) {
        let from = start;
        start += entry.length;
        match filled {
            Some(Ok(())) => {
                entries.push(UploadSessionAppendBatchResultEntry::Success);
                continue;
            }
            Some(Err(problem)) => {
                entries.push(UploadSessionAppendBatchResultEntry::Failure(words(problem)));
                continue;
            }
            None => {}
        }
        let part = part(&file, from, entry.length, app)?;
        let addition = Addition { body: part, close: entry.close, content_hash: None };
        entries.push(match add(app, &entry.cursor, addition).await {
            Ok(()) => UploadSessionAppendBatchResultEntry::Success,
            Err(CallFailure::Answer(problem)) => UploadSessionAppendBatchResultEntry::Failure(words(problem)),
            Err(other) => return Err(other.map(|_| UploadSessionAppendBatchError::PayloadTooLarge)),
        });
    }
    Ok(UploadSessionAppendBatchResult { entries })
}

fn check_entries(
    entries: &[UploadSessionAppendBatchArgEntry],
) -> Result<(), CallFailure<UploadSessionAppendBatchError>> {
    batches::check_size(entries.len())?;
    let mut seen = HashSet::new();
    if entries.iter().all(|entry| seen.insert(entry.cursor.session_id.as_str())) {
        Ok(())
    } else {
        Err(CallFailure::BadArgument("entries: a session may occur once only".to_owned()))
    }
}

/// A part of the collected bytes as a body of its own.
fn part(file: &std::fs::File, start: u64, length: u64, app: &AppState) -> Result<Body, StoreError> {
    let mut file = file.try_clone().map_err(StoreError::at(app.store.path()))?;
    // The parts are read one after the other, so that they may share a position.
    file.seek(SeekFrom::Start(start)).map_err(StoreError::at(app.store.path()))?;
    Ok(body::from_stream(ReaderStream::new(tokio::fs::File::from_std(file).take(length))))
}

fn words(problem: AppendProblem) -> UploadSessionAppendBatchEntryError {
    match problem {
        AppendProblem::NotFound => UploadSessionAppendBatchEntryError::NotFound,
        AppendProblem::IncorrectOffset(offset) => {
            UploadSessionAppendBatchEntryError::IncorrectOffset(UploadSessionOffsetError::new(offset))
        }
        AppendProblem::Closed => UploadSessionAppendBatchEntryError::Closed,
        // The body as a whole was not too long, and an entry names no hash.
        AppendProblem::TooLarge | AppendProblem::PayloadTooLarge | AppendProblem::ContentHashMismatch => {
            UploadSessionAppendBatchEntryError::TooLarge
        }
        AppendProblem::InvalidOffset => UploadSessionAppendBatchEntryError::ConcurrentSessionInvalidOffset,
        AppendProblem::InvalidDataSize => {
            UploadSessionAppendBatchEntryError::ConcurrentSessionInvalidDataSize
        }
    }
}

pub(super) async fn finish_batch(
    call: Call,
    argument: UploadSessionFinishBatchArg,
) -> Result<UploadSessionFinishBatchResult, CallFailure<()>> {
    let commits = parse_commits(&call, argument)?;
    Ok(finish_all(&call.app, commits).await)
}

/// The older form. It may answer with a job, and need not.
pub(super) async fn finish_batch_v1(
    call: Call,
    argument: UploadSessionFinishBatchArg,
) -> Result<UploadSessionFinishBatchLaunch, CallFailure<()>> {
    let commits = parse_commits(&call, argument)?;
    let app = std::sync::Arc::clone(&call.app);
    let job = batches::launch(&call, async move { Finished::Commits(finish_all(&app, commits).await) })?;
    Ok(UploadSessionFinishBatchLaunch::AsyncJobId(job))
}

pub(super) async fn finish_batch_check(
    call: Call,
    argument: PollArg,
) -> Result<UploadSessionFinishBatchJobStatus, CallFailure<PollError>> {
    let found = batches::check(&call, &argument.async_job_id, |outcome| match outcome {
        Finished::Commits(result) => Some(result),
        _ => None,
    })?;
    Ok(found
        .map_or(UploadSessionFinishBatchJobStatus::InProgress, UploadSessionFinishBatchJobStatus::Complete))
}

type CommitRequest = (UploadSessionCursor, CommitSpec);

fn parse_commits(
    call: &Call,
    argument: UploadSessionFinishBatchArg,
) -> Result<Vec<CommitRequest>, CallFailure<()>> {
    batches::check_size(argument.entries.len())?;
    let parse =
        |entry: UploadSessionFinishArg| Ok((entry.cursor, CommitSpec::parse(&call.view, entry.commit)?));
    argument.entries.into_iter().map(parse).collect()
}

async fn finish_all(app: &AppState, commits: Vec<CommitRequest>) -> UploadSessionFinishBatchResult {
    let together = session_groups::commit(app, &commits).await.unwrap_or_else(|error| {
        tracing::error!(%error, "a batch could not be committed together");
        commits.iter().map(|_| None).collect()
    });
    let mut entries = Vec::with_capacity(commits.len());
    for ((cursor, spec), committed) in commits.into_iter().zip(together) {
        match committed {
            Some(Ok(metadata)) => {
                entries.push(UploadSessionFinishBatchResultEntry::Success(metadata));
                continue;
            }
            Some(Err(error)) => {
                entries.push(UploadSessionFinishBatchResultEntry::Failure(error));
                continue;
            }
            None => {}
        }
        entries.push(match finish_one(app, &cursor, spec).await {
            Ok(metadata) => UploadSessionFinishBatchResultEntry::Success(metadata),
            Err(CallFailure::Answer(error)) => UploadSessionFinishBatchResultEntry::Failure(error),
            Err(other) => {
                tracing::error!(?other, "an entry of a batch failed");
                UploadSessionFinishBatchResultEntry::Failure(UploadSessionFinishError::TooManyWriteOperations)
            }
        });
    }
    UploadSessionFinishBatchResult { entries }
}

async fn finish_one(
    app: &AppState,
    cursor: &UploadSessionCursor,
    spec: CommitSpec,
) -> Result<dropbox_protocol::files::FileMetadata, CallFailure<UploadSessionFinishError>> {
    let lookup = |error| CallFailure::Answer(UploadSessionFinishError::LookupFailed(error));
    let session = find(app, &cursor.session_id).await?.ok_or(lookup(UploadSessionLookupError::NotFound))?;
    if !session.closed {
        return Err(lookup(UploadSessionLookupError::NotClosed));
    }
    commit(app, &session, cursor.offset, spec).await
}
