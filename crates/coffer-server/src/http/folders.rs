//! Creating folders and deleting anything, one or many (reference 3.4).

use super::batches;
use super::call::Call;
use super::failure::CallFailure;
use crate::app_state::AppState;
use crate::jobs::Finished;
use crate::paths::{PATH_OR_ID, WRITE_PATH, rev_text};
use crate::store::edit::EditTransaction;
use crate::store::error::StoreError;
use crate::store::folders;
use crate::store::refusal::Refusal;
use crate::store::removal;
use crate::view::RequestPath;
use dropbox_protocol::auth::{AccessError, InvalidAccountTypeError};
use dropbox_protocol::files::{
    CreateFolderArg, CreateFolderBatchArg, CreateFolderBatchJobStatus, CreateFolderBatchLaunch,
    CreateFolderBatchResult, CreateFolderBatchResultEntry, CreateFolderEntryError, CreateFolderError,
    CreateFolderResult, DeleteArg, DeleteBatchArg, DeleteBatchJobStatus, DeleteBatchLaunch,
    DeleteBatchResult, DeleteBatchResultEntry, DeleteError, DeleteResult, FolderMetadata, Metadata,
    WriteConflictError, WriteError,
};
use dropbox_protocol::job::{PollArg, PollError};
use std::collections::HashSet;
use std::sync::Arc;

/// Paths of one batch.
const MOST_FOLDERS: usize = 10_000;

/// A batch up to this size is answered at once unless the caller wants a job.
const AT_ONCE: usize = 100;

pub(super) async fn create_folder(
    call: Call,
    argument: CreateFolderArg,
) -> Result<CreateFolderResult, CallFailure<CreateFolderError>> {
    let path = call.view.parse(&argument.path, WRITE_PATH)?;
    let created = create(&call.app, path, argument.autorename).await;
    let metadata = created.map_err(|refusal| refusal.map(CreateFolderError::Path))?;
    Ok(CreateFolderResult { metadata })
}

async fn create(
    app: &AppState,
    path: RequestPath,
    autorename: bool,
) -> Result<FolderMetadata, Refusal<WriteError>> {
    app.store.write(move |edit| make(edit, &path, autorename)).await
}

fn make(
    edit: &mut EditTransaction<'_>,
    path: &RequestPath,
    autorename: bool,
) -> Result<FolderMetadata, Refusal<WriteError>> {
    let target = path.write_path(edit.connection())?;
    let folder = folders::create_folder(edit, &target, autorename)?;
    Ok(path.view.folder_metadata(&folder))
}

pub(super) async fn create_folder_batch(
    call: Call,
    argument: CreateFolderBatchArg,
) -> Result<CreateFolderBatchLaunch, CallFailure<()>> {
    if argument.paths.len() > MOST_FOLDERS {
        return Err(CallFailure::BadArgument(format!("request body: paths: more than {MOST_FOLDERS}")));
    }
    let mut seen = HashSet::new();
    let mut paths = Vec::new();
    for text in &argument.paths {
        if seen.insert(text.as_str()) {
            paths.push(call.view.parse(text, WRITE_PATH)?);
        }
    }
    let at_once = paths.len() <= AT_ONCE && !argument.force_async;
    let work = create_all(Arc::clone(&call.app), paths, argument.autorename);
    if at_once {
        return Ok(CreateFolderBatchLaunch::Complete(work.await));
    }
    let job = batches::launch(&call, async { Finished::Folders(work.await) })?;
    Ok(CreateFolderBatchLaunch::AsyncJobId(job))
}

async fn create_all(
    app: Arc<AppState>,
    paths: Vec<RequestPath>,
    autorename: bool,
) -> CreateFolderBatchResult {
    let count = paths.len();
    let created = app
        .store
        .write(move |edit| {
            let create = |path: RequestPath| edit.attempt(|edit| make(edit, &path, autorename));
            Ok::<_, StoreError>(paths.into_iter().map(create).collect::<Vec<_>>())
        })
        .await;
    let created = created.unwrap_or_else(|error| {
        tracing::error!(%error, "a batch failed");
        (0..count).map(|_| Err(Refusal::Answer(WriteError::TooManyWriteOperations))).collect()
    });
    let entries = created.into_iter().map(|result| match result {
        Ok(metadata) => CreateFolderBatchResultEntry::Success(CreateFolderResult { metadata }),
        Err(refusal) => CreateFolderBatchResultEntry::Failure(CreateFolderEntryError::Path(or_busy(refusal))),
    });
    CreateFolderBatchResult { entries: entries.collect() }
}

/// Inside a batch there is no room for a 500: a failure of the store is reported as "try again".
fn or_busy(refusal: Refusal<WriteError>) -> WriteError {
    match refusal {
        Refusal::Answer(error) => error,
        Refusal::Store(error) => {
            tracing::error!(%error, "an entry of a batch failed");
            WriteError::TooManyWriteOperations
        }
    }
}

pub(super) async fn create_folder_batch_check(
    call: Call,
    argument: PollArg,
) -> Result<CreateFolderBatchJobStatus, CallFailure<PollError>> {
    let found = batches::check(&call, &argument.async_job_id, |outcome| match outcome {
        Finished::Folders(result) => Some(result),
        _ => None,
    })?;
    Ok(found.map_or(CreateFolderBatchJobStatus::InProgress, CreateFolderBatchJobStatus::Complete))
}

pub(super) async fn delete(
    call: Call,
    argument: DeleteArg,
) -> Result<DeleteResult, CallFailure<DeleteError>> {
    let path = call.view.parse(&argument.path, PATH_OR_ID)?;
    let metadata = delete_one(&call.app, path, argument.parent_rev).await?;
    Ok(DeleteResult { metadata })
}

async fn delete_one(
    app: &AppState,
    path: RequestPath,
    parent_rev: Option<String>,
) -> Result<Metadata, Refusal<DeleteError>> {
    let most_items = app.config.most_items;
    let deleted = app
        .store
        .write(move |edit| {
            let entry =
                path.find(edit.connection()).map_err(|refusal| refusal.map(DeleteError::PathLookup))?;
            if let Some(parent_rev) = parent_rev {
                let rev = entry.version.as_ref().map(|version| rev_text(version.rev));
                if rev.as_ref() != Some(&parent_rev) {
                    let conflict =
                        if rev.is_some() { WriteConflictError::File } else { WriteConflictError::Folder };
                    return Err(Refusal::Answer(DeleteError::PathWrite(WriteError::Conflict(conflict))));
                }
            }
            path.view
                .check_removal(&entry)
                .map_err(|error| Refusal::Answer(DeleteError::PathWrite(error)))?;
            // A shared folder only leaves the member’s Dropbox: it is the other members’ as well.
            let is_unmounted = path.view.unmount_in(edit, &entry)?;
            if !is_unmounted && !removal::delete(edit, &entry, most_items)? {
                return Err(Refusal::Answer(DeleteError::TooManyFiles));
            }
            Ok(path.view.metadata(&entry))
        })
        .await?;
    app.apply_mounts().await?;
    Ok(deleted)
}

pub(super) async fn delete_batch(
    call: Call,
    argument: DeleteBatchArg,
) -> Result<DeleteBatchLaunch, CallFailure<()>> {
    batches::check_size(argument.entries.len())?;
    let mut entries = Vec::new();
    for entry in argument.entries {
        entries.push((call.view.parse(&entry.path, PATH_OR_ID)?, entry.parent_rev));
    }
    let app = Arc::clone(&call.app);
    let job = batches::launch(&call, async move { Finished::Deletions(delete_all(&app, entries).await) })?;
    Ok(DeleteBatchLaunch::AsyncJobId(job))
}

async fn delete_all(app: &AppState, paths: Vec<(RequestPath, Option<String>)>) -> DeleteBatchResult {
    let mut entries = Vec::with_capacity(paths.len());
    for (path, parent_rev) in paths {
        entries.push(match delete_one(app, path, parent_rev).await {
            Ok(metadata) => DeleteBatchResultEntry::Success(DeleteResult { metadata }),
            Err(Refusal::Answer(error)) => DeleteBatchResultEntry::Failure(error),
            Err(Refusal::Store(error)) => {
                tracing::error!(%error, "an entry of a batch failed");
                DeleteBatchResultEntry::Failure(DeleteError::TooManyWriteOperations)
            }
        });
    }
    DeleteBatchResult { entries }
}

pub(super) async fn delete_batch_check(
    call: Call,
    argument: PollArg,
) -> Result<DeleteBatchJobStatus, CallFailure<PollError>> {
    let found = batches::check(&call, &argument.async_job_id, |outcome| match outcome {
        Finished::Deletions(result) => Some(result),
        _ => None,
    })?;
    Ok(found.map_or(DeleteBatchJobStatus::InProgress, DeleteBatchJobStatus::Complete))
}

/// Only apps of a team may, which are none of a person.
pub(super) async fn permanently_delete(
    call: Call,
    argument: DeleteArg,
) -> Result<(), CallFailure<DeleteError>> {
    call.view.parse(&argument.path, PATH_OR_ID)?;
    Err(CallFailure::Forbidden(AccessError::InvalidAccountType(InvalidAccountTypeError::Endpoint)))
}
