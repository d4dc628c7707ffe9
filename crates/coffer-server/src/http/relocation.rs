//! Copying and moving, one or many (reference 3.4).

use super::batches;
use super::call::Call;
use super::failure::CallFailure;
use crate::app_state::AppState;
use crate::jobs::Finished;
use crate::paths::{BadPath, PATH_OR_ID};
use crate::store::edit::EditTransaction;
use crate::store::error::StoreError;
use crate::store::refusal::Refusal;
use crate::store::relocation::{RelocationLimits, copy_item, move_item as move_in_store};
use crate::view::{AccountView, RequestPath};
use dropbox_protocol::files::{
    CopyBatchArg, Metadata, MoveBatchArg, RelocationArg, RelocationBatchErrorEntry, RelocationBatchJobStatus,
    RelocationBatchLaunch, RelocationBatchResult, RelocationBatchResultEntry, RelocationError,
    RelocationPath, RelocationResult,
};
use dropbox_protocol::job::{PollArg, PollError};
use std::sync::Arc;

/// Which of the two.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum RelocationKind {
    Copy,
    Move,
}

/// What is to go where.
#[derive(Clone, Debug)]
struct RelocationPair {
    from: RequestPath,
    to: RequestPath,
    autorename: bool,
}

impl RelocationPair {
    fn parse(
        view: &Arc<AccountView>,
        from_path: &str,
        to_path: &str,
        autorename: bool,
    ) -> Result<Self, BadPath> {
        let from = view.parse(from_path, PATH_OR_ID)?;
        Ok(Self { from, to: view.parse(to_path, PATH_OR_ID)?, autorename })
    }
}

pub(super) async fn copy(
    call: Call,
    argument: RelocationArg,
) -> Result<RelocationResult, CallFailure<RelocationError>> {
    one(&call, RelocationKind::Copy, &argument).await
}

pub(super) async fn move_item(
    call: Call,
    argument: RelocationArg,
) -> Result<RelocationResult, CallFailure<RelocationError>> {
    one(&call, RelocationKind::Move, &argument).await
}

async fn one(
    call: &Call,
    kind: RelocationKind,
    argument: &RelocationArg,
) -> Result<RelocationResult, CallFailure<RelocationError>> {
    let relocation =
        RelocationPair::parse(&call.view, &argument.from_path, &argument.to_path, argument.autorename)?;
    Ok(RelocationResult { metadata: relocate(&call.app, kind, relocation).await? })
}

async fn relocate(
    app: &AppState,
    kind: RelocationKind,
    relocation: RelocationPair,
) -> Result<Metadata, Refusal<RelocationError>> {
    let limits = app.config.relocation_limits();
    let relocated = app.store.write(move |edit| carry_out(edit, kind, relocation, limits)).await?;
    app.apply_mounts().await?;
    Ok(relocated)
}

fn carry_out(
    edit: &mut EditTransaction<'_>,
    kind: RelocationKind,
    relocation: RelocationPair,
    limits: RelocationLimits,
) -> Result<Metadata, Refusal<RelocationError>> {
    let RelocationPair { from, to, autorename } = relocation;
    let view = from.view.clone();
    let from = from.find(edit.connection()).map_err(|refusal| refusal.map(RelocationError::FromLookup))?;
    if kind == RelocationKind::Move {
        view.check_removal(&from).map_err(|error| Refusal::Answer(RelocationError::FromWrite(error)))?;
    }
    let to = to.write_path(edit.connection()).map_err(|refusal| refusal.map(RelocationError::To))?;
    let entry = match kind {
        RelocationKind::Copy => copy_item(edit, &from, &to, autorename, limits)?,
        RelocationKind::Move => {
            view.check_nesting(&from, &to.lower).map_err(Refusal::Answer)?;
            let moved = move_in_store(edit, &from, &to, autorename, limits)?;
            view.record_moved(edit, &from, &moved)?;
            moved
        }
    };
    Ok(view.metadata(&entry))
}

pub(super) async fn copy_batch(
    call: Call,
    argument: CopyBatchArg,
) -> Result<RelocationBatchLaunch, CallFailure<()>> {
    batch(&call, RelocationKind::Copy, &argument.entries, argument.autorename)
}

pub(super) async fn move_batch(
    call: Call,
    argument: MoveBatchArg,
) -> Result<RelocationBatchLaunch, CallFailure<()>> {
    batch(&call, RelocationKind::Move, &argument.entries, argument.autorename)
}

fn batch(
    call: &Call,
    kind: RelocationKind,
    entries: &[RelocationPath],
    autorename: bool,
) -> Result<RelocationBatchLaunch, CallFailure<()>> {
    batches::check_size(entries.len())?;
    let relocations = entries
        .iter()
        .map(|entry| RelocationPair::parse(&call.view, &entry.from_path, &entry.to_path, autorename))
        .collect::<Result<Vec<_>, _>>()?;
    let app = Arc::clone(&call.app);
    let job = batches::launch(call, async move {
        let result = relocate_all(&app, kind, relocations).await;
        match kind {
            RelocationKind::Copy => Finished::Copies(result),
            RelocationKind::Move => Finished::Moves(result),
        }
    })?;
    Ok(RelocationBatchLaunch::AsyncJobId(job))
}

async fn relocate_all(
    app: &AppState,
    kind: RelocationKind,
    relocations: Vec<RelocationPair>,
) -> RelocationBatchResult {
    let (count, limits) = (relocations.len(), app.config.relocation_limits());
    let relocated = app
        .store
        .write(move |edit| {
            let relocate = |relocation| edit.attempt(|edit| carry_out(edit, kind, relocation, limits));
            Ok::<_, StoreError>(relocations.into_iter().map(relocate).collect::<Vec<_>>())
        })
        .await;
    let applied = app.apply_mounts().await;
    let relocated = applied.and(relocated).unwrap_or_else(|error| {
        tracing::error!(%error, "a batch failed");
        (0..count).map(|_| Err(Refusal::Answer(RelocationError::InternalError))).collect()
    });
    let mut entries = Vec::with_capacity(count);
    for result in relocated {
        entries.push(match result {
            Ok(metadata) => RelocationBatchResultEntry::Success(metadata),
            Err(Refusal::Answer(error)) => {
                RelocationBatchResultEntry::Failure(RelocationBatchErrorEntry::RelocationError(error))
            }
            Err(Refusal::Store(error)) => {
                tracing::error!(%error, "an entry of a batch failed");
                RelocationBatchResultEntry::Failure(RelocationBatchErrorEntry::InternalError)
            }
        });
    }
    RelocationBatchResult { entries }
}

pub(super) async fn copy_batch_check(
    call: Call,
    argument: PollArg,
) -> Result<RelocationBatchJobStatus, CallFailure<PollError>> {
    status(batches::check(&call, &argument.async_job_id, |outcome| match outcome {
        Finished::Copies(result) => Some(result),
        _ => None,
    }))
}

pub(super) async fn move_batch_check(
    call: Call,
    argument: PollArg,
) -> Result<RelocationBatchJobStatus, CallFailure<PollError>> {
    status(batches::check(&call, &argument.async_job_id, |outcome| match outcome {
        Finished::Moves(result) => Some(result),
        _ => None,
    }))
}

fn status(
    found: Result<Option<RelocationBatchResult>, CallFailure<PollError>>,
) -> Result<RelocationBatchJobStatus, CallFailure<PollError>> {
    Ok(found?.map_or(RelocationBatchJobStatus::InProgress, RelocationBatchJobStatus::Complete))
}
