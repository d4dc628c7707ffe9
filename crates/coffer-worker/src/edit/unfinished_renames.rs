//! Finishes renames that stopped at their temporary name, when the account is opened.

use super::edit_records::RenameRecord;
use super::rename::temporary_to_name;
use super::stored_record::StoredRecord;
use super::{Done, Editor, record_finished};
use crate::account::{OpenAccount, account_name};
use crate::blocking;
use crate::context::JobContext;
use crate::error::ServiceError;
use crate::history::Inverse;
use crate::worker_context::WorkerContext;
use coffer_model::{Edit, Entry, PathRootId, RemotePath, Update};
use std::sync::Arc;

pub(crate) async fn finish_renames(worker: &WorkerContext, job: &JobContext, account: &Arc<OpenAccount>) {
    let folder = worker.config.dirs.renames();
    let stored = match blocking(move || StoredRecord::<RenameRecord>::all(&folder)).await {
        Ok(Ok(stored)) => stored,
        Ok(Err(error)) => return tracing::warn!(%error, "unfinished renames could not be looked for"),
        Err(_) => return,
    };
    let name = account_name(&account.choice);
    for rename in stored.into_iter().filter(|rename| rename.record.account == name) {
        let path_root = rename.record.path_root.as_deref().map(|root| PathRootId(root.into()));
        let account = account.noted_under(path_root.into());
        let editor = Editor { worker, account: &account, job };
        match finish(&editor, &rename.record).await {
            Ok(renamed) => {
                if let Some(now) = renamed {
                    let folder = now.path.parent();
                    if let Some(from) = &rename.record.from {
                        let undo = vec![Inverse::MoveBack(vec![(now, RemotePath::new(from))])];
                        let done = Done { undo, ..Done::default() };
                        record_finished(&editor, &Edit::Move(Vec::new()), done).await;
                    }
                    job.update(Update::Changed { folders: folder.map(|folder| vec![folder]) });
                }
                if let Ok(Err(error)) = blocking(move || rename.remove()).await {
                    tracing::warn!(%error, "the record of a rename could not be removed");
                }
            }
            // The record stays for the next start.
            Err(error) => tracing::warn!(%error, "a rename could not be finished"),
        }
    }
}

/// Gives the item its name, if it still has the temporary one; returns it then.
async fn finish(editor: &Editor<'_>, record: &RenameRecord) -> Result<Option<Entry>, ServiceError> {
    let temporary = RemotePath::new(&record.temporary);
    match editor.find_entry(&temporary).await? {
        Some(entry) if entry.id() == record.item_id => {
            let now = temporary_to_name(editor, &temporary, &RemotePath::new(&record.to)).await?;
            tracing::info!("an unfinished rename was finished");
            Ok(Some(now))
        }
        _ => Ok(None),
    }
}
