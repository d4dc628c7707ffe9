//! Finishes renames that stopped at their temporary name, when the account is opened.

use super::edit_records::RenameRecord;
use super::existing::existing;
use super::relocate_calls::relocate_each;
use super::stored_record::StoredRecord;
use super::{Done, Editor, record_finished};
use crate::account::{OpenAccount, account_name};
use crate::act::Act;
use crate::context::{JobContext, JobError};
use crate::history::Inverse;
use crate::worker_context::WorkerContext;
use crate::{blocking, problem};
use coffer_model::{Edit, Entry, PathRootId, Relocation, RemotePath, Update};
use std::collections::{HashMap, HashSet};
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
                if !renamed.is_empty() {
                    let folders: HashSet<RemotePath> =
                        renamed.iter().filter_map(|(now, _)| now.path.parent()).collect();
                    let known = renamed.into_iter().filter_map(|(now, from)| Some((now, from?)));
                    let undo = vec![Inverse::RenameBack(known.collect())];
                    let done = Done { undo, ..Done::default() };
                    record_finished(&editor, &Edit::Move(Vec::new()), done).await;
                    job.update(Update::Changed { folders: Some(folders.into_iter().collect()) });
                }
                if let Ok(Err(error)) = blocking(move || rename.remove()).await {
                    tracing::warn!(%error, "the record of a rename could not be removed");
                }
            }
            // The record stays for the next start.
            Err(error) => tracing::warn!(?error, "renames could not be finished"),
        }
    }
}

/// Gives the items their names that still have temporary ones; each with where it was, which old records do not say. A name
/// that another item has got meanwhile gets a number.
async fn finish(
    editor: &Editor<'_>,
    record: &RenameRecord,
) -> Result<Vec<(Entry, Option<RemotePath>)>, JobError> {
    let temporary: Vec<RemotePath> = record.items().map(|item| RemotePath::new(&item.temporary)).collect();
    let found = existing(editor, &temporary).await?;
    let mut renamed = Vec::new();
    let mut from: HashMap<RemotePath, RemotePath> = HashMap::new();
    for (item, now) in record.items().zip(found) {
        let now = now.map_err(|error| problem::item(&RemotePath::new(&item.to), Act::Rename).call(&error))?;
        if let Some(now) = now.filter(|now| now.id() == item.item_id) {
            from.extend(item.from.as_deref().map(|from| (now.path.clone(), RemotePath::new(from))));
            renamed.push((now, RemotePath::new(&item.to)));
        }
    }
    if renamed.is_empty() {
        return Ok(Vec::new());
    }
    let relocated = relocate_each(editor, Relocation::Move, &renamed, true).await;
    if let Some(problem) = relocated.failed.into_iter().next() {
        return Err(problem.into());
    }
    tracing::info!("unfinished renames were finished");
    let done = relocated.done.into_iter();
    Ok(done.map(|((aside, _), now)| (now, from.remove(&aside.path))).collect())
}
