//! Fills the index: takes the latest cursor, lists folders side by side, and leaves what has changed since to the feed.
//!
//! A chain of pages can only be asked for one after the other, so the account is listed in several chains: the root by
//! itself, then each of its folders with everything below it; where there are too few, one level more. Each page is taken in
//! together with where its list goes on, so a kill costs a page of each chain.
//!
//! A page that was asked for before a change may be taken in after it. That does no harm: the feed tells of the change again,
//! because it is followed from a cursor that is older than every list.

use super::wire;
use crate::account::OpenAccount;
use crate::context::JobContext;
use crate::error::{Classify, ServiceError};
use crate::lanes::Lanes;
use crate::worker_context::WorkerContext;
use crate::{blocking, problem};
use coffer_index::{Index, IndexError, PendingList};
use coffer_model::{IndexPhase, IndexStatus, Problem, ProblemKind, Update};
use coffer_texts::tr;
use dropbox_protocol::files::{
    LIST_FOLDER, LIST_FOLDER_GET_LATEST_CURSOR, ListFolderArg, ListFolderResult, Metadata,
};
use std::collections::HashSet;
use std::sync::Arc;
use std::time::Duration;
use tokio::task::JoinSet;
use tokio::time::Instant;

/// Lists at once. More wait for the service only.
const LISTS_AT_ONCE: usize = 6;
/// With so many lists there is no need to list a level by itself.
const ENOUGH_LISTS: usize = 16;
/// Of a folder with more folders than that, everything is listed in one chain.
const MOST_LISTS_OF_A_FOLDER: usize = 300;
/// How often the window hears how far it is.
const NEWS_STEP: Duration = Duration::from_millis(500);
/// After the feed could not be taken in.
const STEP_BACK: Duration = Duration::from_secs(2);
const LONGEST_PAUSE: Duration = Duration::from_mins(5);

/// Why the index could not be filled.
#[derive(Debug, thiserror::Error)]
pub(crate) enum FillError {
    #[error("{0}")]
    Service(ServiceError),
    #[error("the index can’t be written on this computer")]
    Index,
}

impl<E: Into<ServiceError>> From<E> for FillError {
    fn from(error: E) -> Self {
        Self::Service(error.into())
    }
}

impl FillError {
    fn is_away(&self) -> bool {
        matches!(self, Self::Service(error) if error.kind().is_away())
    }

    /// For whoever has asked for it.
    pub(super) fn problem(&self, title: &str) -> Problem {
        let subject = problem::general(title);
        match self {
            Self::Service(error) => subject.call(error),
            Self::Index => subject.because(ProblemKind::LocalError, tr!("why-index-not-written")),
        }
    }
}

/// Keeps the index of the open account filled, and tells how far it is. Waits until the account was reached.
pub(crate) async fn keep_filled(worker: &WorkerContext, job: &JobContext, account: &Arc<OpenAccount>) {
    let mut failures = 0_u32;
    loop {
        wait_while_metered(worker, job, account).await;
        let filled = tokio::select! {
            filled = fill_if_needed(&worker.lanes, account, |status| job.update(Update::Index(status))) => filled,
            () = becomes_metered(worker) => continue,
        };
        match filled {
            Ok(was_filled) => {
                failures = 0;
                if was_filled {
                    job.update(Update::Index(account.index.status().await));
                    // What is shown was listed before anybody knew what is below its folders.
                    job.update(Update::Changed { folders: None });
                }
                account.index.filled.notify_one();
                account.index.expired.notified().await;
                // Where it can't be written, that may go on for long.
                tokio::time::sleep(STEP_BACK).await;
            }
            Err(error) => {
                tracing::debug!(%error, failures, "the index of the account could not be filled");
                failures += 1;
                let pause = Duration::from_millis(500 * u64::from(1_u32 << failures.min(10)));
                tokio::select! {
                    () = tokio::time::sleep(pause.min(LONGEST_PAUSE)) => {}
                    () = account.service.answered(), if error.is_away() => {}
                }
            }
        }
    }
}

/// How often the desktop is asked whether the network is metered, while there is something to list.
const METERED_STEP: Duration = Duration::from_secs(30);

/// Whoever pays by the byte has not asked for the whole account to be listed.
async fn wait_while_metered(worker: &WorkerContext, job: &JobContext, account: &OpenAccount) {
    if account.index.ask(Index::state).await.is_some_and(|state| state.is_complete) {
        return;
    }
    while is_metered(worker).await {
        let status = account.index.status().await;
        job.update(Update::Index(IndexStatus { phase: IndexPhase::Metered, ..status }));
        tokio::time::sleep(METERED_STEP).await;
    }
}

async fn becomes_metered(worker: &WorkerContext) {
    loop {
        tokio::time::sleep(METERED_STEP).await;
        if is_metered(worker).await {
            return;
        }
    }
}

async fn is_metered(worker: &WorkerContext) -> bool {
    let desktop = Arc::clone(&worker.config.desktop);
    blocking(move || desktop.is_metered()).await.unwrap_or(false)
}

/// Lists everything unless the index is complete. Tells whether it did.
pub(super) async fn fill_if_needed(
    lanes: &Lanes,
    account: &Arc<OpenAccount>,
    tell: impl Fn(IndexStatus),
) -> Result<bool, FillError> {
    let _filling = account.index.filling.lock().await;
    // The paths of an index are those of one root.
    account.index.set_root(account.service.path_root().await?).await;
    let state = ask(account, Index::state).await?;
    if state.is_complete {
        return Ok(false);
    }
    if state.cursor.is_none() {
        begin(account).await?;
    }
    read_lists(lanes, account, &tell).await?;
    ask(account, Index::finish_lists).await?;
    Ok(true)
}

async fn ask<T: Send + 'static>(
    account: &OpenAccount,
    question: impl FnOnce(&Index) -> Result<T, IndexError> + Send + 'static,
) -> Result<T, FillError> {
    account.index.ask(question).await.ok_or(FillError::Index)
}

/// From now on everything is listed anew.
pub(super) async fn begin(account: &OpenAccount) -> Result<(), FillError> {
    let cursor = latest_cursor(account).await?;
    ask(account, move |index| index.begin(&cursor)).await
}

/// The same, unless somebody else has begun since the cursor was found to be too old.
pub(super) async fn begin_instead_of(account: &OpenAccount, expired: &str) -> Result<(), FillError> {
    let cursor = latest_cursor(account).await?;
    let expired = expired.to_owned();
    ask(account, move |index| index.begin_instead_of(&expired, &cursor)).await
}

async fn latest_cursor(account: &OpenAccount) -> Result<String, FillError> {
    let arg = ListFolderArg { recursive: true, ..ListFolderArg::new("") };
    Ok(account.service.rpc(&LIST_FOLDER_GET_LATEST_CURSOR, &arg).await?.cursor)
}

/// Until nothing is left to be listed.
async fn read_lists(
    lanes: &Lanes,
    account: &Arc<OpenAccount>,
    tell: &impl Fn(IndexStatus),
) -> Result<(), FillError> {
    let mut running: JoinSet<(String, Result<(), FillError>)> = JoinSet::new();
    let mut begun: HashSet<String> = HashSet::new();
    let mut told = Instant::now();
    loop {
        if running.len() < LISTS_AT_ONCE {
            let pending = ask(account, |index| index.pending_lists(LISTS_AT_ONCE * 2)).await?;
            let free = LISTS_AT_ONCE - running.len();
            for list in
                pending.into_iter().filter(|list| !begun.contains(&list.path)).take(free).collect::<Vec<_>>()
            {
                begun.insert(list.path.clone());
                let (lanes, account) = (lanes.clone(), Arc::clone(account));
                running.spawn(async move {
                    let path = list.path.clone();
                    (path, read_list(&lanes, &account, list).await)
                });
            }
        }
        let ended = tokio::select! {
            ended = running.join_next() => ended,
            () = tokio::time::sleep_until(told + NEWS_STEP) => {
                told = Instant::now();
                tell(account.index.status().await);
                continue;
            }
        };
        match ended {
            None => return Ok(()),
            Some(Ok((path, result))) => {
                begun.remove(&path);
                result?;
            }
            Some(Err(error)) => tracing::error!(%error, "a list of the account ended too soon"),
        }
    }
}

/// Reads one list to its end.
async fn read_list(lanes: &Lanes, account: &OpenAccount, mut list: PendingList) -> Result<(), FillError> {
    loop {
        lanes.quiet().await;
        let page = match next_page(account, &list).await {
            Ok(page) => page,
            Err(error) => match error.kind() {
                ProblemKind::CursorReset if list.cursor.is_some() => {
                    return ask(account, move |index| index.restart_pending(&list)).await;
                }
                // What became of it is for the feed to tell; others can be closed to the person.
                ProblemKind::NotFound | ProblemKind::NotAFolder | ProblemKind::NoAccess => {
                    return ask(account, move |index| index.drop_pending(&list)).await;
                }
                _ => return Err(error.into()),
            },
        };
        let next_cursor = page.has_more.then(|| page.cursor.clone());
        let taken = list.clone();
        let is_taken = ask(account, move |index| take(index, &taken, &page)).await?;
        if !is_taken || next_cursor.is_none() {
            return Ok(());
        }
        list.cursor = next_cursor;
    }
}

/// False if another program has taken it in.
fn take(index: &Index, list: &PendingList, page: &ListFolderResult) -> Result<bool, IndexError> {
    let folders: Vec<&str> = if list.is_recursive {
        Vec::new()
    } else {
        page.entries
            .iter()
            .filter(|entry| matches!(entry, Metadata::Folder(_)))
            .filter_map(Metadata::path_lower)
            .collect()
    };
    if folders.len() > MOST_LISTS_OF_A_FOLDER {
        // Listing each by itself would cost more calls than one chain of all of them.
        return Ok(index
            .apply_listed(list, &wire::changes(&page.entries), None, &[(&list.path, true)])?
            .is_some());
    }
    let is_recursive = folders.len() + index.state()?.pending_lists as usize >= ENOUGH_LISTS
        || list.path.matches('/').count() > 1;
    let then: Vec<(&str, bool)> = folders.into_iter().map(|path| (path, is_recursive)).collect();
    let next_cursor = page.has_more.then_some(page.cursor.as_str());
    Ok(index.apply_listed(list, &wire::changes(&page.entries), next_cursor, &then)?.is_some())
}

async fn next_page(account: &OpenAccount, list: &PendingList) -> Result<ListFolderResult, ServiceError> {
    if let Some(cursor) = &list.cursor {
        return Ok(account.service.continue_list(cursor).await?);
    }
    let arg = ListFolderArg { recursive: list.is_recursive, ..ListFolderArg::new(list.path.as_str()) };
    Ok(account.service.rpc(&LIST_FOLDER, &arg).await?)
}
