//! Ends replacements that stopped between the two steps, when the account is opened: what was to come into the place of a
//! deleted file comes there, or, where that is not possible any more, the deleted file is restored.

use super::Editor;
use super::edit_records::{ReplacementItem, ReplacementRecord};
use super::relocate::relocate_all;
use super::restore::bring_back;
use super::stored_record::StoredRecord;
use crate::account::{OpenAccount, account_name};
use crate::blocking;
use crate::context::{JobContext, JobError};
use crate::error::ServiceError;
use crate::worker_context::WorkerContext;
use coffer_model::{PathRootId, Relocation, RemotePath, Rev, Update};
use std::sync::Arc;

pub(crate) async fn finish_replacements(
    worker: &WorkerContext,
    job: &JobContext,
    account: &Arc<OpenAccount>,
) {
    let folder = worker.config.dirs.replacements();
    let stored = match blocking(move || StoredRecord::<ReplacementRecord>::all(&folder)).await {
        Ok(Ok(stored)) => stored,
        Ok(Err(error)) => return tracing::warn!(%error, "unfinished replacements could not be looked for"),
        Err(_) => return,
    };
    let name = account_name(&account.choice);
    for replacement in stored.into_iter().filter(|replacement| replacement.record.account == name) {
        let path_root = replacement.record.path_root.as_deref().map(|root| PathRootId(root.into()));
        let account = account.noted_under(path_root.into());
        let editor = Editor { worker, account: &account, job };
        if finish(&editor, &replacement.record).await {
            let folders = Some(folders(&replacement.record));
            if let Ok(Err(error)) = blocking(move || replacement.remove()).await {
                tracing::warn!(%error, "the record of a replacement could not be removed");
            }
            job.update(Update::Changed { folders });
        }
    }
}

/// Every folder in which something may have changed.
fn folders(record: &ReplacementRecord) -> Vec<RemotePath> {
    let paths = record.items.iter().flat_map(|item| [&item.from, &item.to]);
    let mut folders: Vec<RemotePath> = paths.filter_map(|path| RemotePath::new(path).parent()).collect();
    folders.sort_unstable();
    folders.dedup();
    folders
}

/// False if the record is to stay for the next start.
async fn finish(editor: &Editor<'_>, record: &ReplacementRecord) -> bool {
    let mut is_done = true;
    for item in &record.items {
        if let Err(error) = finish_item(editor, record.is_copy, item).await {
            tracing::warn!(?error, "a replacement could not be finished");
            is_done = false;
        }
    }
    is_done
}

async fn finish_item(editor: &Editor<'_>, is_copy: bool, item: &ReplacementItem) -> Result<(), JobError> {
    let (from, to) = (RemotePath::new(&item.from), RemotePath::new(&item.to));
    let read = |error: ServiceError| JobError::from(crate::problem::item(&to, "replaced").call(&error));
    if editor.find_entry(&to).await.map_err(read)?.is_some() {
        // It was not deleted yet, or replaced already; or somebody has given its name to something else.
        return Ok(());
    }
    let source = editor.find_entry(&from).await.map_err(read)?;
    if let Some(source) = source.filter(|source| source.id() == item.item_id) {
        let kind = if is_copy { Relocation::Copy } else { Relocation::Move };
        let relocated = relocate_all(editor, kind, &[(source, to)], false).await;
        if !relocated.done.is_empty() {
            tracing::info!("an unfinished replacement was finished");
            return Ok(());
        }
        if let Some(problem) = relocated.failed.into_iter().find(|problem| problem.kind.may_succeed_later()) {
            return Err(problem.into());
        }
    }
    let replaced = (RemotePath::new(&item.replaced), Rev(item.replaced_rev.as_str().into()));
    let back = bring_back(editor, Vec::new(), &[replaced].into_iter().collect()).await?;
    match back.failed.into_iter().find(|problem| problem.kind.may_succeed_later()) {
        Some(problem) => Err(problem.into()),
        None => Ok(()),
    }
}
