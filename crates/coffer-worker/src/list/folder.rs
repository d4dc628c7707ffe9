//! Lists a folder: what is known at once, then what the service says, growing.

use super::cache::Folder;
use crate::account::OpenAccount;
use crate::act::Act;
use crate::context::{JobContext, JobError};
use crate::error::{Classify, HasReply, ServiceError};
use crate::problem::words_for_kind;
use crate::worker_context::WorkerContext;
use crate::{account_index, blocking, convert, problem};
use coffer_model::{ItemAccess, Problem, ProblemKind, Receipt, RemotePath, Sort, Update};
use dropbox_protocol::files::{
    GET_METADATA, GetMetadataArg, LIST_FOLDER, ListFolderArg, ListFolderResult, Metadata,
};
use std::collections::HashMap;
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::{Duration, Instant};

/// The least time between two snapshots of a listing that grows.
const STEP: Duration = Duration::from_millis(200);
/// A folder with more items takes several calls to list. The first time it is opened, one call that says that the index has heard
/// of all changes takes their place; what is asked for again, or has changed, is listed.
const ITEMS_OF_A_PAGE: usize = 2_000;
/// Making snapshots takes at most this part of the time, however long the listing is.
const STEP_PER_COST: u32 = 8;

pub(crate) async fn folder(
    worker: &WorkerContext,
    job: &JobContext,
    path: &RemotePath,
    sort: Sort,
) -> Result<Receipt, JobError> {
    let account = worker.account(job).await?;
    let _permit = worker.lanes.interactive().await;
    let folder = account.listings.folder(path);
    let mut snapshots = SnapshotEmitter {
        job,
        account: &account,
        folder: Arc::clone(&folder),
        sort,
        emitted: None,
        cost: Duration::ZERO,
        uses_index: worker.config.follows_changes,
        shows_index: false,
    };
    if folder.is_known() {
        snapshots.emit().await?;
    } else if snapshots.uses_index
        && let Some(known) = account_index::show_known(&account, path, sort).await
    {
        let is_long = known.entries.len() > ITEMS_OF_A_PAGE;
        job.update(Update::Listing(known));
        snapshots.shows_index = true;
        if is_long
            && !folder.was_left_to_index.swap(true, Ordering::Relaxed)
            && account_index::is_current(&account).await
        {
            return Ok(Receipt::Nothing);
        }
    }
    let _refreshing = folder.refreshing.lock().await;
    refresh(&account, path, &mut snapshots).await?;
    Ok(Receipt::Nothing)
}

/// All items of a folder as the service tells them now, apart from what is known of it.
pub(crate) async fn load_apart(
    account: &OpenAccount,
    path: &RemotePath,
) -> Result<Vec<Metadata>, ServiceError> {
    let mut items: HashMap<String, Metadata> = HashMap::new();
    let mut cursor = None;
    loop {
        let page = next_page(account, path, cursor.as_deref()).await?;
        for metadata in page.entries {
            let Some(lower) = metadata.path_lower().map(str::to_owned) else { continue };
            match metadata {
                Metadata::Deleted(_) => items.remove(&lower),
                metadata => items.insert(lower, metadata),
            };
        }
        if !page.has_more {
            return Ok(items.into_values().collect());
        }
        cursor = Some(page.cursor);
    }
}

/// Brings what is known of a folder up to date, without telling the window.
pub(crate) async fn load(account: &OpenAccount, path: &RemotePath) -> Result<Arc<Folder>, ServiceError> {
    let folder = account.listings.folder(path);
    let refreshing = folder.refreshing.lock().await;
    let mut started_over = false;
    loop {
        let cursor = folder.cursor();
        let page = match next_page(account, path, cursor.as_deref()).await {
            Ok(page) => page,
            Err(error) if cursor.is_some() && error.kind() == ProblemKind::CursorReset && !started_over => {
                started_over = true;
                folder.start_over();
                continue;
            }
            Err(error) => return Err(error),
        };
        let last = !page.has_more;
        folder.apply(&page.entries, page.cursor, last);
        if last {
            drop(refreshing);
            return Ok(Arc::clone(&folder));
        }
    }
}

async fn refresh(
    account: &OpenAccount,
    path: &RemotePath,
    snapshots: &mut SnapshotEmitter<'_>,
) -> Result<(), JobError> {
    let folder = Arc::clone(&snapshots.folder);
    let mut started_over = false;
    loop {
        let cursor = folder.cursor();
        let page = match next_page(account, path, cursor.as_deref()).await {
            Ok(page) => page,
            Err(error) => {
                if cursor.is_some() && error.kind() == ProblemKind::CursorReset && !started_over {
                    started_over = true;
                    folder.start_over();
                    continue;
                }
                if matches!(error.kind(), ProblemKind::NotFound | ProblemKind::NotAFolder) {
                    account.listings.remove(path);
                }
                return Err(not_listed(account, path, &error).await.into());
            }
        };
        let last = !page.has_more;
        let applied = Arc::clone(&folder);
        let changed = blocking(move || applied.apply(&page.entries, page.cursor, last)).await?;
        if last {
            // A folder that was deleted is told by the end of all that was in it; only a new list says whether it is there.
            if changed && cursor.is_some() && folder.is_empty() && !started_over {
                started_over = true;
                folder.start_over();
                continue;
            }
            return snapshots.emit().await;
        }
        // While a list is loaded again after a reset, the old one stays on screen until the new one is whole; so does that
        // of the index.
        if !started_over && !snapshots.shows_index {
            snapshots.emit_when_due().await?;
        }
    }
}

/// Why a folder could not be listed. One that is closed to the person is none for the service, which tells so only when it
/// is asked for the folder itself.
pub(super) async fn not_listed(account: &OpenAccount, path: &RemotePath, error: &impl HasReply) -> Problem {
    let about = problem::item(path, Act::List);
    if error.kind() == ProblemKind::NotFound {
        let found = account.service.rpc(&GET_METADATA, &GetMetadataArg::new(path.as_str())).await;
        let access = found.map(|metadata| convert::entry(&metadata, None).sharing.access);
        if matches!(access, Ok(ItemAccess::NoAccess)) {
            return about.because(ProblemKind::NoAccess, words_for_kind(ProblemKind::NoAccess));
        }
    }
    about.call(error)
}

async fn next_page(
    account: &OpenAccount,
    path: &RemotePath,
    cursor: Option<&str>,
) -> Result<ListFolderResult, ServiceError> {
    Ok(match cursor {
        Some(cursor) => account.service.continue_list(cursor).await?,
        None => account.service.rpc(&LIST_FOLDER, &ListFolderArg::new(path.as_str())).await?,
    })
}

/// Emits snapshots of a listing that grows.
struct SnapshotEmitter<'a> {
    job: &'a JobContext,
    account: &'a OpenAccount,
    folder: Arc<Folder>,
    sort: Sort,
    emitted: Option<(Instant, Arc<coffer_model::Listing>)>,
    /// How long the last snapshot took to make.
    cost: Duration,
    /// A command wants the account as it is, once.
    uses_index: bool,
    /// What the index knows is shown until the list is whole.
    shows_index: bool,
}

impl SnapshotEmitter<'_> {
    async fn emit_when_due(&mut self) -> Result<(), JobError> {
        let due = self
            .emitted
            .as_ref()
            .is_none_or(|(when, _)| when.elapsed() >= STEP.max(self.cost * STEP_PER_COST));
        if due { self.emit().await } else { Ok(()) }
    }

    async fn emit(&mut self) -> Result<(), JobError> {
        let start = Instant::now();
        if self.uses_index {
            let folder = Arc::clone(&self.folder);
            self.account.index.ask(move |index| folder.set_totals(index)).await;
        }
        let listing = if let Some(listing) = self.folder.shown(self.sort) {
            listing
        } else {
            let (folder, sort) = (Arc::clone(&self.folder), self.sort);
            blocking(move || folder.listing(sort)).await?
        };
        self.cost = start.elapsed();
        if !self.emitted.as_ref().is_some_and(|(_, emitted)| Arc::ptr_eq(emitted, &listing)) {
            self.job.update(Update::Listing(Arc::clone(&listing)));
        }
        self.emitted = Some((Instant::now(), listing));
        Ok(())
    }
}
