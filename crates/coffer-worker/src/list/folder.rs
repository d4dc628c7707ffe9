//! Lists a folder: what is known at once, then what the service says, growing.

use super::cache::Folder;
use crate::account::OpenAccount;
use crate::context::{JobContext, Stop};
use crate::error::{Classify, ServiceError};
use crate::shared::Shared;
use crate::{blocking, problem};
use coffer_model::{ProblemKind, Receipt, RemotePath, Sort, Update};
use dropbox_protocol::files::{
    LIST_FOLDER, LIST_FOLDER_CONTINUE, ListFolderArg, ListFolderContinueArg, ListFolderResult,
};
use std::sync::Arc;
use std::time::{Duration, Instant};

/// The least time between two snapshots of a listing that grows.
const STEP: Duration = Duration::from_millis(200);
/// Making snapshots takes at most this part of the time, however long the listing is.
const STEP_PER_COST: u32 = 8;

pub(crate) async fn folder(
    shared: &Shared,
    job: &JobContext,
    path: &RemotePath,
    sort: Sort,
) -> Result<Receipt, Stop> {
    let account = shared.account().await?;
    let _permit = shared.lanes.interactive().await;
    let folder = account.listings.folder(path);
    let mut view = View { job, folder: Arc::clone(&folder), sort, told: None, cost: Duration::ZERO };
    if folder.is_known() {
        view.show().await?;
    }
    let _refreshing = folder.refreshing.lock().await;
    refresh(&account, path, &mut view).await?;
    Ok(Receipt::Nothing)
}

/// Brings what is known of a folder up to date, without telling the window.
pub(crate) async fn load(account: &OpenAccount, path: &RemotePath) -> Result<Arc<Folder>, ServiceError> {
    let folder = account.listings.folder(path);
    let refreshing = folder.refreshing.lock().await;
    loop {
        let cursor = folder.cursor();
        let page = match next_page(account, path, cursor.as_deref()).await {
            Ok(page) => page,
            Err(error) if cursor.is_some() && error.kind() == ProblemKind::CursorReset => {
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

async fn refresh(account: &OpenAccount, path: &RemotePath, view: &mut View<'_>) -> Result<(), Stop> {
    let folder = Arc::clone(&view.folder);
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
                    account.listings.forget(path);
                }
                return Err(problem::item(path, "listed").call(&error).into());
            }
        };
        let last = !page.has_more;
        let applied = Arc::clone(&folder);
        blocking(move || applied.apply(&page.entries, page.cursor, last)).await?;
        if last {
            return view.show().await;
        }
        // While a list is loaded again after a reset, the old one stays on screen until the new one is whole.
        if !started_over {
            view.show_when_due().await?;
        }
    }
}

async fn next_page(
    account: &OpenAccount,
    path: &RemotePath,
    cursor: Option<&str>,
) -> Result<ListFolderResult, ServiceError> {
    Ok(match cursor {
        Some(cursor) => {
            account.service.rpc(&LIST_FOLDER_CONTINUE, &ListFolderContinueArg::new(cursor)).await?
        }
        None => account.service.rpc(&LIST_FOLDER, &ListFolderArg::new(path.as_str())).await?,
    })
}

/// What the window was told of a listing that grows.
struct View<'a> {
    job: &'a JobContext,
    folder: Arc<Folder>,
    sort: Sort,
    told: Option<(Instant, Arc<coffer_model::Listing>)>,
    /// How long the last snapshot took to make.
    cost: Duration,
}

impl View<'_> {
    async fn show_when_due(&mut self) -> Result<(), Stop> {
        let due =
            self.told.as_ref().is_none_or(|(when, _)| when.elapsed() >= STEP.max(self.cost * STEP_PER_COST));
        if due { self.show().await } else { Ok(()) }
    }

    async fn show(&mut self) -> Result<(), Stop> {
        let start = Instant::now();
        let listing = if let Some(listing) = self.folder.shown(self.sort) {
            listing
        } else {
            let (folder, sort) = (Arc::clone(&self.folder), self.sort);
            blocking(move || folder.listing(sort)).await?
        };
        self.cost = start.elapsed();
        if !self.told.as_ref().is_some_and(|(_, told)| Arc::ptr_eq(told, &listing)) {
            self.job.update(Update::Listing(Arc::clone(&listing)));
        }
        self.told = Some((Instant::now(), listing));
        Ok(())
    }
}
