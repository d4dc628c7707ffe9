//! Lists the folders that are shared with the person. Adding and removing one is an edit.

use super::context::{JobContext, JobError};
use super::error::ServiceError;
use super::service::Service;
use super::worker_context::WorkerContext;
use super::{convert, problem};
use coffer_model::{MountableFolder, Receipt};
use coffer_texts::tr;
use dropbox_protocol::sharing::{
    LIST_MOUNTABLE_FOLDERS, LIST_MOUNTABLE_FOLDERS_CONTINUE, ListFoldersArgs, ListFoldersContinueArg,
};
use std::collections::HashSet;

pub(crate) async fn list(worker: &WorkerContext, job: &JobContext) -> Result<Receipt, JobError> {
    let account = worker.account(job).await?;
    let _permit = worker.lanes.interactive().await;
    let folders = list_mountable(&account.service)
        .await
        .map_err(|error| problem::general(tr!("could-not-list-shared-folders")).call(&error))?;
    Ok(Receipt::SharedFolders(folders))
}

/// All that are in the person’s Dropbox or could be, by name.
pub(crate) async fn list_mountable(service: &Service) -> Result<Vec<MountableFolder>, ServiceError> {
    let (mut folders, mut known) = (Vec::new(), HashSet::new());
    let mut page = service.rpc(&LIST_MOUNTABLE_FOLDERS, &ListFoldersArgs::new()).await?;
    loop {
        let before = known.len();
        for folder in page.entries.iter().map(convert::mountable_folder) {
            if known.insert(folder.id.clone()) {
                folders.push(folder);
            }
        }
        // A service that says nothing new, and that there is more, would be asked for ever.
        let Some(cursor) = page.cursor.take().filter(|_| known.len() > before) else { break };
        page = service.rpc(&LIST_MOUNTABLE_FOLDERS_CONTINUE, &ListFoldersContinueArg::new(cursor)).await?;
    }
    folders.sort_by_cached_key(|folder| folder.name.to_lowercase());
    Ok(folders)
}
