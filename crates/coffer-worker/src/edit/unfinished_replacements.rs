//! Ends replacements that stopped between the two steps, when the account is opened: what was to come into the place of a
//! deleted file comes there, or, where that is not possible any more, the deleted file is restored.

use super::edit_records::{ReplacementItem, ReplacementRecord};
use super::relocate::relocate_all;
use super::restore::bring_back;
use super::stored_record::StoredRecord;
use super::{Done, Editor, record_finished};
use crate::account::{OpenAccount, account_name};
use crate::act::Act;
use crate::blocking;
use crate::context::{JobContext, JobError};
use crate::error::ServiceError;
use crate::history::{FileRevisions, Inverse};
use crate::worker_context::WorkerContext;
use coffer_model::{Edit, PathRootId, Relocation, RemotePath, Rev, Update};
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
        if let Some(done) = finish(&editor, &replacement.record).await {
            let folders = Some(folders(&replacement.record));
            let is_copy = replacement.record.is_copy;
            let asked = if is_copy { Edit::Copy(Vec::new()) } else { Edit::Move(Vec::new()) };
            record_finished(&editor, &asked, done).await;
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

/// What was done, now or before the kill; `None` if the record is to stay for the next start.
async fn finish(editor: &Editor<'_>, record: &ReplacementRecord) -> Option<Done> {
    let mut all_done = Some(Done::default());
    for item in &record.items {
        match (finish_item(editor, record.is_copy, item).await, &mut all_done) {
            (Ok(done), Some(all_done)) => all_done.add(done),
            (Ok(_), None) => {}
            (Err(error), _) => {
                tracing::warn!(?error, "a replacement could not be finished");
                all_done = None;
            }
        }
    }
    all_done
}

async fn finish_item(editor: &Editor<'_>, is_copy: bool, item: &ReplacementItem) -> Result<Done, JobError> {
    let (from, to) = (RemotePath::new(&item.from), RemotePath::new(&item.to));
    let read = |error: ServiceError| JobError::from(crate::problem::item(&to, Act::Replace).call(&error));
    let replaced: FileRevisions =
        std::iter::once((RemotePath::new(&item.replaced), Rev(item.replaced_rev.as_str().into()))).collect();
    let undelete = || Inverse::Undelete { folders: Vec::new(), files: Arc::new(replaced.clone()) };
    match editor.find_entry(&to).await.map_err(read)? {
        Some(now) if !is_copy && now.id() == item.item_id => {
            let undo = vec![Inverse::MoveBack(vec![(now, from)]), undelete()];
            return Ok(Done { undo, ..Done::default() });
        }
        // It was not deleted yet; or somebody has given its name to something else, or it was copied already.
        Some(_) => return Ok(Done::default()),
        None => {}
    }
    let source = editor.find_entry(&from).await.map_err(read)?;
    if let Some(source) = source.filter(|source| source.id() == item.item_id) {
        let kind = if is_copy { Relocation::Copy } else { Relocation::Move };
        let relocated = relocate_all(editor, kind, &[(source, to)], false).await;
        if !relocated.done.is_empty() {
            tracing::info!("an unfinished replacement was finished");
            let (_, mut done) = relocated.into_done(editor, kind).await;
            done.undo.push(undelete());
            return Ok(done);
        }
        if let Some(problem) = relocated.failed.into_iter().find(|problem| problem.kind.may_succeed_later()) {
            return Err(problem.into());
        }
    }
    let back = bring_back(editor, Vec::new(), &replaced, None).await?;
    match back.failed.into_iter().find(|problem| problem.kind.may_succeed_later()) {
        Some(problem) => Err(problem.into()),
        None => Ok(Done::default()),
    }
}
