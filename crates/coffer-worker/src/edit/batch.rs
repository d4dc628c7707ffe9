//! Batches of deletes, moves, copies and new folders: launched, asked for until they are done, and entries that met contention
//! tried again. One batch runs at a time for an account (reference §2.7).

use super::Editor;
use crate::context::JobContext;
use crate::error::{Classify, RetriedError, ServiceError};
use crate::retry::{RetryPolicy, TRIES_CONTENTION, back_off};
use crate::service::Service;
use coffer_model::{Relocation, RemotePath};
use dropbox_protocol::files::{
    BATCH_LIMIT, COPY_BATCH, COPY_BATCH_CHECK, CREATE_FOLDER_BATCH, CREATE_FOLDER_BATCH_CHECK, CopyBatchArg,
    CreateFolderBatchArg, CreateFolderBatchJobStatus, CreateFolderBatchLaunch, CreateFolderBatchResultEntry,
    CreateFolderEntryError, DELETE_BATCH, DELETE_BATCH_CHECK, DeleteArg, DeleteBatchArg, DeleteBatchError,
    DeleteBatchJobStatus, DeleteBatchLaunch, DeleteBatchResultEntry, DeleteError, MOVE_BATCH,
    MOVE_BATCH_CHECK, Metadata, MoveBatchArg, RelocationBatchErrorEntry, RelocationBatchJobStatus,
    RelocationBatchLaunch, RelocationBatchResultEntry, RelocationPath, WriteError,
};
use dropbox_protocol::job::PollError;

/// How one entry of a batch ended: the item (as it was, for a delete), or why not.
pub(crate) type EntryResult<E> = Result<Metadata, E>;

/// Deletes up to a thousand items; answers in their order.
pub(crate) async fn delete(
    editor: &Editor<'_>,
    entries: &[DeleteArg],
) -> Result<Vec<EntryResult<DeleteError>>, ServiceError> {
    let _one_at_a_time = editor.worker.lanes.batch().await;
    let mut rounds = Rounds::new(entries.len());
    while let Some(pending) = rounds.next(editor.job).await {
        let arg =
            DeleteBatchArg::new(pending.iter().map(|&place| entries[place].clone()).collect::<Vec<_>>());
        let Some(results) = rounds.answered(launch_delete(editor, &arg).await)? else { break };
        for (place, result) in pending.into_iter().zip(results) {
            let result = match result {
                DeleteBatchResultEntry::Success(success) => Ok(success.metadata),
                DeleteBatchResultEntry::Failure(error) => Err(error),
            };
            let again = matches!(
                result,
                Err(DeleteError::TooManyWriteOperations
                    | DeleteError::PathWrite(WriteError::TooManyWriteOperations))
            );
            rounds.settle(place, result, again);
        }
    }
    Ok(rounds.finish(|| DeleteError::Other))
}

async fn launch_delete(
    editor: &Editor<'_>,
    arg: &DeleteBatchArg,
) -> Result<Vec<DeleteBatchResultEntry>, ServiceError> {
    let service = editor.account.service.until_cancelled(editor.job);
    let job = match service.rpc(&DELETE_BATCH, arg).await? {
        DeleteBatchLaunch::Complete(result) => return Ok(result.entries),
        DeleteBatchLaunch::AsyncJobId(job) => job,
        DeleteBatchLaunch::Other => return Ok(Vec::new()),
    };
    let ended = service.finish_job(&DELETE_BATCH_CHECK, job, |status| match status {
        DeleteBatchJobStatus::InProgress => None,
        DeleteBatchJobStatus::Complete(result) => Some(result.entries),
        // The whole batch met contention: nothing was deleted, and all of it is sent again.
        DeleteBatchJobStatus::Failed(DeleteBatchError::TooManyWriteOperations | DeleteBatchError::Other) => {
            let failure = || DeleteBatchResultEntry::Failure(DeleteError::TooManyWriteOperations);
            Some(arg.entries.iter().map(|_| failure()).collect())
        }
        DeleteBatchJobStatus::Other => Some(Vec::new()),
    });
    ended.await.map_err(end_unknown)
}

/// Moves or copies up to a thousand items; answers in their order. A taken name gets a number if `autorename`.
pub(crate) async fn relocate(
    editor: &Editor<'_>,
    kind: Relocation,
    entries: &[RelocationPath],
    autorename: bool,
) -> Result<Vec<EntryResult<RelocationBatchErrorEntry>>, ServiceError> {
    let _one_at_a_time = editor.worker.lanes.batch().await;
    let mut rounds = Rounds::new(entries.len());
    while let Some(pending) = rounds.next(editor.job).await {
        let paths: Vec<RelocationPath> = pending.iter().map(|&place| entries[place].clone()).collect();
        let launched = launch_relocation(editor, kind, paths, autorename).await;
        let results = match rounds.answered(launched) {
            Ok(Some(results)) => results,
            Ok(None) => break,
            // What earlier rounds have made is known, and who moves items without a choice of names looks where they are. Of
            // these nobody knows, which the service itself says of some.
            Err(error) if rounds.round > 1 && (kind == Relocation::Copy || autorename) => {
                tracing::info!(%error, "the end of a repeated batch is not known");
                for place in pending {
                    rounds.settle(place, Err(RelocationBatchErrorEntry::InternalError), false);
                }
                break;
            }
            Err(error) => return Err(error),
        };
        for (place, result) in pending.into_iter().zip(results) {
            let (result, again) = match result {
                RelocationBatchResultEntry::Success(metadata) => (Ok(metadata), false),
                RelocationBatchResultEntry::Failure(error) => {
                    let again = matches!(error, RelocationBatchErrorEntry::TooManyWriteOperations);
                    (Err(error), again)
                }
                RelocationBatchResultEntry::Other => (Err(RelocationBatchErrorEntry::Other), false),
            };
            rounds.settle(place, result, again);
        }
    }
    Ok(rounds.finish(|| RelocationBatchErrorEntry::Other))
}

async fn launch_relocation(
    editor: &Editor<'_>,
    kind: Relocation,
    entries: Vec<RelocationPath>,
    autorename: bool,
) -> Result<Vec<RelocationBatchResultEntry>, ServiceError> {
    let service = editor.account.service.until_cancelled(editor.job);
    let (launch, check) = match kind {
        Relocation::Move => {
            let arg = MoveBatchArg { autorename, ..MoveBatchArg::new(entries) };
            (service.rpc(&MOVE_BATCH, &arg).await?, MOVE_BATCH_CHECK)
        }
        Relocation::Copy => {
            let arg = CopyBatchArg { autorename, ..CopyBatchArg::new(entries) };
            (service.rpc(&COPY_BATCH, &arg).await?, COPY_BATCH_CHECK)
        }
    };
    let job = match launch {
        RelocationBatchLaunch::Complete(result) => return Ok(result.entries),
        RelocationBatchLaunch::AsyncJobId(job) => job,
    };
    let ended = service.finish_job(&check, job, |status| match status {
        RelocationBatchJobStatus::InProgress => None,
        RelocationBatchJobStatus::Complete(result) => Some(result.entries),
    });
    ended.await.map_err(end_unknown)
}

/// Makes any number of folders; answers in their order, parents first, and with the error that came before the last ones.
/// One that is there already is refused.
pub(crate) async fn create_folders(
    editor: &Editor<'_>,
    folders: &[RemotePath],
) -> (Vec<EntryResult<CreateFolderEntryError>>, Option<ServiceError>) {
    let mut all = Vec::with_capacity(folders.len());
    let service = editor.account.service.until_cancelled(editor.job);
    for folders in folders.chunks(BATCH_LIMIT) {
        let _one_at_a_time = editor.worker.lanes.batch().await;
        let mut rounds = Rounds::new(folders.len());
        while let Some(pending) = rounds.next(editor.job).await {
            let paths: Vec<String> = pending.iter().map(|&place| folders[place].to_string()).collect();
            let launched = launch_folders(&service, RetryPolicy::Once, paths).await;
            let results = match rounds.answered(launched) {
                Ok(Some(results)) => results,
                Ok(None) => break,
                Err(error) => return (all, Some(error)),
            };
            for (place, result) in pending.into_iter().zip(results) {
                let result = match result {
                    CreateFolderBatchResultEntry::Success(made) => Ok(Metadata::Folder(made.metadata)),
                    CreateFolderBatchResultEntry::Failure(error) => Err(error),
                };
                let again =
                    matches!(result, Err(CreateFolderEntryError::Path(WriteError::TooManyWriteOperations)));
                rounds.settle(place, result, again);
            }
        }
        all.extend(rounds.finish(|| CreateFolderEntryError::Other));
    }
    (all, None)
}

/// Makes up to a thousand folders. Answers with no entries when the service has made none of them. Where the call may be
/// repeated, a folder that was made by an earlier one, whose answer was lost, is told to be there already.
pub(crate) async fn launch_folders(
    service: &Service,
    policy: RetryPolicy,
    folders: Vec<String>,
) -> Result<Vec<CreateFolderBatchResultEntry>, ServiceError> {
    let arg = CreateFolderBatchArg::new(folders);
    let job = match service.rpc_with(policy, &CREATE_FOLDER_BATCH, &arg).await? {
        CreateFolderBatchLaunch::Complete(result) => return Ok(result.entries),
        CreateFolderBatchLaunch::AsyncJobId(job) => job,
        CreateFolderBatchLaunch::Other => return Ok(Vec::new()),
    };
    let ended = service.finish_job(&CREATE_FOLDER_BATCH_CHECK, job, |status| match status {
        CreateFolderBatchJobStatus::InProgress => None,
        CreateFolderBatchJobStatus::Complete(result) => Some(result.entries),
        CreateFolderBatchJobStatus::Failed(_) | CreateFolderBatchJobStatus::Other => Some(Vec::new()),
    });
    match policy {
        RetryPolicy::Once => ended.await.map_err(end_unknown),
        RetryPolicy::Repeat => Ok(ended.await?),
    }
}

/// The job was launched, so the service does it, whatever kept its end from being heard.
fn end_unknown(error: RetriedError<PollError>) -> ServiceError {
    ServiceError::from(error).with_unknown_outcome()
}

/// Which entries are still to be sent, and how the others ended.
struct Rounds<E> {
    results: Vec<Option<EntryResult<E>>>,
    again: Vec<usize>,
    round: u32,
}

impl<E> Rounds<E> {
    fn new(count: usize) -> Self {
        Self { results: (0..count).map(|_| None).collect(), again: (0..count).collect(), round: 0 }
    }

    /// What to send now; waits before another try, which is not begun when the job was cancelled.
    async fn next(&mut self, job: &JobContext) -> Option<Vec<usize>> {
        if self.again.is_empty() || self.round >= TRIES_CONTENTION {
            return None;
        }
        if self.round > 0 {
            job.cancel.run_until_cancelled(tokio::time::sleep(back_off(self.round))).await?;
        }
        self.round += 1;
        Some(std::mem::take(&mut self.again))
    }

    /// The results of a round. `None` where another try could not be begun: what the service has said before holds then.
    fn answered<T>(&self, launched: Result<T, ServiceError>) -> Result<Option<T>, ServiceError> {
        match launched {
            Ok(results) => Ok(Some(results)),
            Err(error) if self.round > 1 && !error.kind().is_unsure() => {
                tracing::info!(%error, "a batch could not be tried again");
                Ok(None)
            }
            Err(error) => Err(error),
        }
    }

    fn settle(&mut self, place: usize, result: EntryResult<E>, again: bool) {
        self.results[place] = Some(result);
        if again {
            self.again.push(place);
        }
    }

    /// `unanswered` is the error of those that the service has said nothing about.
    fn finish(self, unanswered: impl Fn() -> E) -> Vec<EntryResult<E>> {
        self.results.into_iter().map(|result| result.unwrap_or_else(|| Err(unanswered()))).collect()
    }
}
