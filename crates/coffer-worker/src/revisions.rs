//! The versions of a file, newest first, and who made them. Restoring one is an edit.

use super::account::OpenAccount;
use super::account_index::names_of_accounts;
use super::context::{JobContext, JobError};
use super::worker_context::WorkerContext;
use super::{convert, problem};
use coffer_model::{Receipt, RemotePath, Rev, Update, VersionMaker};
use coffer_texts::tr;
use dropbox_protocol::files::{FileMetadata, LIST_REVISIONS, ListRevisionsArg, REVISIONS_PAGE_LIMIT};
use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;

/// Pages of at most a hundred; each tells all that came so far.
pub(crate) async fn run(
    worker: &WorkerContext,
    job: &JobContext,
    path: &RemotePath,
) -> Result<Receipt, JobError> {
    let account = worker.account(job).await?;
    let _permit = worker.lanes.interactive().await;
    let mut revisions = Vec::new();
    let mut makers: HashMap<Rev, VersionMaker> = HashMap::new();
    let mut before_rev = None;
    loop {
        let arg = ListRevisionsArg {
            limit: REVISIONS_PAGE_LIMIT,
            before_rev: before_rev.take(),
            ..ListRevisionsArg::new(path.as_str())
        };
        let page = account.service.rpc(&LIST_REVISIONS, &arg).await.map_err(|error| {
            problem::general(tr!("could-not-list-versions", name = path.name())).call(&error)
        })?;
        before_rev = page.entries.last().map(|file| file.rev.clone());
        makers.extend(page.entries.iter().filter_map(maker_of));
        revisions.extend(page.entries.iter().map(|file| convert::file_entry(file, None)));
        let complete = !page.has_more || before_rev.is_none();
        let told = Arc::new(revisions.clone());
        job.update(Update::Revisions {
            revisions: Arc::clone(&told),
            makers: Arc::new(makers.clone()),
            complete,
        });
        if complete {
            if !makers.is_empty() {
                add_names(&account, &mut makers).await;
                job.update(Update::Revisions { revisions: told, makers: Arc::new(makers), complete });
            }
            return Ok(Receipt::Nothing);
        }
    }
}

fn maker_of(file: &FileMetadata) -> Option<(Rev, VersionMaker)> {
    let account_id = file.sharing_info.as_ref()?.modified_by.clone()?;
    Some((Rev(file.rev.as_str().into()), VersionMaker { account_id, name: None }))
}

async fn add_names(account: &OpenAccount, makers: &mut HashMap<Rev, VersionMaker>) {
    let ids: BTreeSet<String> = makers.values().map(|maker| maker.account_id.clone()).collect();
    let names = names_of_accounts(account, ids.into_iter().collect()).await;
    for maker in makers.values_mut() {
        maker.name = names.get(&maker.account_id).cloned().flatten();
    }
}
