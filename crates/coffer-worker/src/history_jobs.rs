//! Jobs that read the history. What is written to it is written by the jobs that change the account.

use super::context::{JobContext, JobError};
use super::history::HistoryError;
use super::problem;
use super::worker_context::WorkerContext;
use coffer_model::{HistoryQuery, OperationId, Problem, ProblemKind, Receipt};
use coffer_texts::tr;
use std::sync::Arc;

pub(crate) async fn list(
    worker: &WorkerContext,
    job: &JobContext,
    query: HistoryQuery,
) -> Result<Receipt, JobError> {
    let account = worker.account(job).await?;
    let history = worker.history.list(&account.choice, query).await.map_err(|error| unreadable(&error))?;
    Ok(Receipt::History(Arc::new(history)))
}

pub(crate) async fn list_items(
    worker: &WorkerContext,
    job: &JobContext,
    id: OperationId,
) -> Result<Receipt, JobError> {
    let account = worker.account(job).await?;
    let items = worker.history.items(&account.choice, id).await.map_err(|error| unreadable(&error))?;
    Ok(Receipt::OperationItems(Arc::new(items)))
}

fn unreadable(error: &HistoryError) -> Problem {
    problem::general(tr!("history-unreadable")).because(ProblemKind::LocalError, format!("{error}."))
}
