//! Batches of deletes, moves and copies: launched, asked for until they are done, and entries that met contention
//! tried again. One batch runs at a time for an account (reference §2.7).

use super::Editor;
use dropbox_client::ApiError;
use dropbox_protocol::files::{
    COPY_BATCH, COPY_BATCH_CHECK, CopyBatchArg, DELETE_BATCH, DELETE_BATCH_CHECK, DeleteArg, DeleteBatchArg,
    DeleteBatchJobStatus, DeleteBatchLaunch, DeleteBatchResultEntry, DeleteError, MOVE_BATCH,
    MOVE_BATCH_CHECK, Metadata, MoveBatchArg, RelocationBatchErrorEntry, RelocationBatchJobStatus,
    RelocationBatchLaunch, RelocationBatchResultEntry, RelocationPath, WriteError,
};
use dropbox_protocol::job::PollArg;
use std::time::Duration;

/// How often entries that met contention are sent again.
const ROUNDS: u32 = 6;
const FIRST_LOOK: Duration = Duration::from_millis(60);
const LONGEST_LOOK: Duration = Duration::from_secs(2);

/// How one entry of a batch ended: the item (as it was, for a delete), or the error union as JSON.
pub type EntryResult = Result<Metadata, serde_json::Value>;

#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Relocation {
    Move,
    Copy,
}

/// Deletes up to a thousand items; answers in their order.
pub async fn delete(editor: &Editor<'_>, entries: &[DeleteArg]) -> Result<Vec<EntryResult>, ApiError> {
    let _one_at_a_time = editor.shared.lanes.batch().await;
    let mut rounds = Rounds::new(entries.len());
    while let Some(pending) = rounds.next().await {
        let arg =
            DeleteBatchArg::new(pending.iter().map(|&place| entries[place].clone()).collect::<Vec<_>>());
        let results = launch_delete(editor, &arg).await?;
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
            rounds.settle(place, result.map_err(as_json), again);
        }
    }
    Ok(rounds.finish())
}

async fn launch_delete(
    editor: &Editor<'_>,
    arg: &DeleteBatchArg,
) -> Result<Vec<DeleteBatchResultEntry>, ApiError> {
    let service = &editor.account.service;
    let job = match service.rpc(&DELETE_BATCH, arg).await? {
        DeleteBatchLaunch::Complete(result) => return Ok(result.entries),
        DeleteBatchLaunch::AsyncJobId(job) => PollArg::new(job),
        DeleteBatchLaunch::Other => return Ok(Vec::new()),
    };
    let mut look = FIRST_LOOK;
    loop {
        tokio::time::sleep(look).await;
        look = (look * 3 / 2).min(LONGEST_LOOK);
        match service.rpc(&DELETE_BATCH_CHECK, &job).await? {
            DeleteBatchJobStatus::InProgress => {}
            DeleteBatchJobStatus::Complete(result) => return Ok(result.entries),
            // The whole batch met contention: nothing was deleted, and all of it is sent again.
            DeleteBatchJobStatus::Failed(_) => {
                let failure = || DeleteBatchResultEntry::Failure(DeleteError::TooManyWriteOperations);
                return Ok(arg.entries.iter().map(|_| failure()).collect());
            }
            DeleteBatchJobStatus::Other => return Ok(Vec::new()),
        }
    }
}

/// Moves or copies up to a thousand items; answers in their order. A taken name gets a number if `autorename`.
pub async fn relocate(
    editor: &Editor<'_>,
    relocation: Relocation,
    entries: &[RelocationPath],
    autorename: bool,
) -> Result<Vec<EntryResult>, ApiError> {
    let _one_at_a_time = editor.shared.lanes.batch().await;
    let mut rounds = Rounds::new(entries.len());
    while let Some(pending) = rounds.next().await {
        let paths: Vec<RelocationPath> = pending.iter().map(|&place| entries[place].clone()).collect();
        let results = launch_relocation(editor, relocation, paths, autorename).await?;
        for (place, result) in pending.into_iter().zip(results) {
            let (result, again) = match result {
                RelocationBatchResultEntry::Success(metadata) => (Ok(metadata), false),
                RelocationBatchResultEntry::Failure(error) => {
                    let again = matches!(error, RelocationBatchErrorEntry::TooManyWriteOperations);
                    (Err(as_json(error)), again)
                }
                RelocationBatchResultEntry::Other => (Err(serde_json::Value::Null), false),
            };
            rounds.settle(place, result, again);
        }
    }
    Ok(rounds.finish())
}

async fn launch_relocation(
    editor: &Editor<'_>,
    relocation: Relocation,
    entries: Vec<RelocationPath>,
    autorename: bool,
) -> Result<Vec<RelocationBatchResultEntry>, ApiError> {
    let service = &editor.account.service;
    let (launch, check) = match relocation {
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
        RelocationBatchLaunch::AsyncJobId(job) => PollArg::new(job),
    };
    let mut look = FIRST_LOOK;
    loop {
        tokio::time::sleep(look).await;
        look = (look * 3 / 2).min(LONGEST_LOOK);
        if let RelocationBatchJobStatus::Complete(result) = service.rpc(&check, &job).await? {
            return Ok(result.entries);
        }
    }
}

fn as_json<E: serde::Serialize>(error: E) -> serde_json::Value {
    // Only a tag of the future cannot be written; it stays unexplained.
    serde_json::to_value(error).unwrap_or_default()
}

/// Which entries are still to be sent, and how the others ended.
struct Rounds {
    results: Vec<Option<EntryResult>>,
    again: Vec<usize>,
    round: u32,
}

impl Rounds {
    fn new(count: usize) -> Self {
        Self { results: (0..count).map(|_| None).collect(), again: (0..count).collect(), round: 0 }
    }

    /// What to send now; waits before another try.
    async fn next(&mut self) -> Option<Vec<usize>> {
        if self.again.is_empty() || self.round >= ROUNDS {
            return None;
        }
        if self.round > 0 {
            let longest = 300 * u64::from(1_u32 << self.round);
            tokio::time::sleep(Duration::from_millis(fastrand::u64(longest / 2..=longest))).await;
        }
        self.round += 1;
        Some(std::mem::take(&mut self.again))
    }

    fn settle(&mut self, place: usize, result: EntryResult, again: bool) {
        self.results[place] = Some(result);
        if again {
            self.again.push(place);
        }
    }

    fn finish(self) -> Vec<EntryResult> {
        self.results.into_iter().map(|result| result.unwrap_or(Err(serde_json::Value::Null))).collect()
    }
}
