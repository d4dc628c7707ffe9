//! Lists what was deleted: first as far as it is known, then as the service lists it, then with what is found out item by
//! item. The service tells when a file was deleted, and what it was, on request only; so that is asked for a bounded
//! number each time, and kept for ever.

use super::deletions::deleted_listing;
use super::tree::{DeletedState, DeletedTree};
use crate::account::OpenAccount;
use crate::context::{JobContext, JobError};
use crate::past::{self, Question, VersionList};
use crate::worker_context::WorkerContext;
use crate::{blocking, convert, problem};
use coffer_index::PathChanges;
use coffer_model::{DeletedKind, Entry, EntryKind, Receipt, RemotePath, Update};
use coffer_texts::tr;
use dropbox_protocol::files::{LIST_FOLDER, ListFolderArg};
use futures_util::{StreamExt, stream};
use jiff::Timestamp;
use std::sync::Arc;
use std::time::{Duration, Instant};

/// How many items are asked about each time: that is a call for each.
const MOST_ASKED: usize = 300;
const AT_ONCE: usize = 6;
/// The least time between two pictures of a list that becomes better known.
const STEP: Duration = Duration::from_millis(300);

/// What was deleted below a folder. What was made again since is not deleted any more.
pub(crate) async fn deleted(
    worker: &WorkerContext,
    job: &JobContext,
    path: &RemotePath,
    details: bool,
) -> Result<Receipt, JobError> {
    let account = worker.account(job).await?;
    let _permit = worker.lanes.interactive().await;
    let known = past::known_deleted(&account, path).await;
    if details && !known.paths.is_empty() {
        let entries = known.paths.into_iter().map(deleted_entry);
        let mut items = DeletedTree::default();
        items.add(entries);
        let mut list = DeletedList::new(job, &account, known.log.clone(), items);
        list.add_known().await;
        list.emit(0).await?;
    }
    let listed = account.index.now();
    let items = list_service(job, &account, path).await?;
    let paths = items.paths().cloned().collect();
    past::write_deleted(&account, path, listed, paths).await;
    let mut list = DeletedList::new(job, &account, known.log, items);
    list.add_known().await;
    if details {
        list.ask().await?;
    }
    list.emit(0).await?;
    Ok(Receipt::Nothing)
}

fn deleted_entry(path: RemotePath) -> Entry {
    Entry::new(path, EntryKind::Deleted(DeletedKind::Unknown))
}

/// Everything that the service says is deleted below a folder.
async fn list_service(
    job: &JobContext,
    account: &OpenAccount,
    path: &RemotePath,
) -> Result<DeletedTree, JobError> {
    let about = || problem::general(tr!("could-not-list-deleted"));
    let arg = ListFolderArg { recursive: true, include_deleted: true, ..ListFolderArg::new(path.as_str()) };
    let mut page = account.service.rpc(&LIST_FOLDER, &arg).await.map_err(|error| about().call(&error))?;
    let mut items = DeletedTree::default();
    loop {
        items.add(page.entries.iter().map(|metadata| convert::entry(metadata, None)));
        if !page.has_more {
            return Ok(items);
        }
        job.check_wanted()?;
        page = account.service.continue_list(&page.cursor).await.map_err(|error| about().call(&error))?;
    }
}

/// A list while more is found out about its items.
struct DeletedList<'a> {
    job: &'a JobContext,
    account: &'a OpenAccount,
    log: PathChanges,
    items: DeletedTree,
}

impl<'a> DeletedList<'a> {
    fn new(job: &'a JobContext, account: &'a OpenAccount, log: PathChanges, mut items: DeletedTree) -> Self {
        items.set_log(&log.changes);
        Self { job, account, log, items }
    }

    /// Takes in what was found out before.
    async fn add_known(&mut self) {
        let paths: Vec<RemotePath> = self.items.paths().cloned().collect();
        let lists = past::known_lists(self.account, self.log.clone(), paths.into_iter()).await;
        self.add(&lists);
    }

    fn add(&mut self, lists: &[(Question, Arc<VersionList>)]) {
        for (question, list) in lists {
            if let Question::AtPath(path) = question {
                self.items.set_state(path, DeletedState::from_versions(list));
            }
        }
    }

    /// Asks the service about those that are not known, as far as that is not too much. Without the answers the list is
    /// still worth something, so a failure ends only the asking.
    async fn ask(&mut self) -> Result<(), JobError> {
        let mut questions = self.items.questions();
        questions.truncate(MOST_ASKED);
        if questions.is_empty() {
            return Ok(());
        }
        let mut pending = questions.len();
        self.emit(pending).await?;
        let (account, asked) = (self.account, self.account.index.now());
        let mut answers = stream::iter(questions)
            .map(|path| async move {
                let question = Question::AtPath(path);
                let list = past::ask(account, &question, Timestamp::MAX).await;
                list.map(|list| (question, Arc::new(list)))
            })
            .buffer_unordered(AT_ONCE);
        let mut batch = Vec::new();
        let mut told = Instant::now();
        loop {
            let answer = answers.next().await;
            let is_last = !matches!(answer, Some(Ok(_)));
            match answer {
                Some(Ok(answer)) => {
                    pending -= 1;
                    batch.push(answer);
                }
                Some(Err(error)) => tracing::debug!(%error, "not all is known of what was deleted"),
                None => {}
            }
            if is_last || told.elapsed() >= STEP {
                self.add(&batch);
                past::keep(self.account, std::mem::take(&mut batch), asked).await;
                self.job.check_wanted()?;
                if is_last {
                    return Ok(());
                }
                self.emit(pending).await?;
                told = Instant::now();
            }
        }
    }

    async fn emit(&mut self, pending: usize) -> Result<(), JobError> {
        let items = std::mem::take(&mut self.items);
        let (items, listing) = blocking(move || {
            let listing = deleted_listing(&items, pending);
            (items, listing)
        })
        .await?;
        self.items = items;
        self.job.update(Update::Listing(Arc::new(listing)));
        Ok(())
    }
}
