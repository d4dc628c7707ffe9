//! Deleting, so that it can be taken back: what is in a folder is noted before it goes.

use super::{Done, Editor, batch, failure, is_unsure, list_subtree};
use crate::context::JobError;
use crate::problem;
use coffer_model::{Entry, Inverse, Problem, RemotePath, Rev};
use dropbox_protocol::files::{BATCH_LIMIT, DELETE, DeleteArg};
use std::collections::BTreeSet;

/// Deletes files that are still the revision that was seen, and folders as they are.
pub(crate) async fn items(editor: &Editor<'_>, entries: Vec<Entry>) -> Result<Done, JobError> {
    let mut done = Done::default();
    let mut ready = Vec::new();
    for entry in topmost(entries) {
        editor.job.check_wanted()?;
        match list_before_delete(editor, &entry).await {
            Ok(deleted) => ready.push((entry, deleted)),
            Err(problem) => done.failed.push(problem),
        }
    }
    if let [(entry, _)] = ready.as_slice() {
        match one(editor, entry).await {
            Ok(()) => done.undo.extend(ready.into_iter().map(|(_, deleted)| deleted.into_inverse())),
            Err(problem) => done.failed.push(problem),
        }
        return Ok(done);
    }
    let mut gone = DeletedItems::default();
    for chunk in ready.chunks(BATCH_LIMIT) {
        if editor.job.cancel.is_cancelled() {
            break;
        }
        let args: Vec<DeleteArg> = chunk.iter().map(|(entry, _)| arg(entry)).collect();
        match batch::delete(editor, &args).await {
            Ok(results) => {
                for ((entry, deleted), result) in chunk.iter().zip(results) {
                    match result {
                        Ok(_) => gone.add(deleted),
                        Err(error) => done.failed.push(about(&entry.path).entry(&error)),
                    }
                }
            }
            Err(error) => {
                // The answer to the whole chunk is lost: look which items are gone.
                for (entry, deleted) in chunk {
                    if is_unsure(&error) && editor.is_gone(&entry.path).await {
                        gone.add(deleted);
                    } else {
                        done.failed.push(failure(about(&entry.path), &error));
                    }
                }
                break;
            }
        }
    }
    if !gone.is_empty() {
        done.undo.push(gone.into_inverse());
    }
    if done.undo.is_empty() && done.failed.is_empty() {
        editor.job.check_wanted()?;
    }
    Ok(done)
}

async fn one(editor: &Editor<'_>, entry: &Entry) -> Result<(), Problem> {
    match editor.account.service.rpc(&DELETE, &arg(entry)).await {
        Ok(_) => Ok(()),
        Err(error) if is_unsure(&error) && editor.is_gone(&entry.path).await => Ok(()),
        Err(error) => Err(failure(about(&entry.path), &error)),
    }
}

fn about(path: &RemotePath) -> problem::Subject {
    problem::item(path, "deleted")
}

fn arg(entry: &Entry) -> DeleteArg {
    let parent_rev = entry.file().map(|file| file.rev.0.to_string());
    DeleteArg { parent_rev, ..DeleteArg::new(entry.path.as_str()) }
}

/// Without what lies in another of them.
pub(crate) fn topmost(entries: Vec<Entry>) -> Vec<Entry> {
    let folders: BTreeSet<RemotePath> =
        entries.iter().filter(|entry| entry.is_folder()).map(|entry| entry.path.clone()).collect();
    let mut seen = BTreeSet::new();
    entries
        .into_iter()
        .filter(|entry| {
            let mut above = std::iter::successors(entry.path.parent(), RemotePath::parent);
            seen.insert(entry.path.clone()) && !above.any(|folder| folders.contains(&folder))
        })
        .collect()
}

/// What is needed to restore an item with all that is in it.
#[derive(Default)]
struct DeletedItems {
    folders: Vec<RemotePath>,
    files: Vec<(RemotePath, Rev)>,
}

async fn list_before_delete(editor: &Editor<'_>, entry: &Entry) -> Result<DeletedItems, Problem> {
    if let Some(file) = entry.file() {
        return Ok(DeletedItems { folders: Vec::new(), files: vec![(entry.path.clone(), file.rev.clone())] });
    }
    let subtree = list_subtree(&editor.account.service, &entry.path)
        .await
        .map_err(|error| about(&entry.path).call(&error))?;
    let mut folders = subtree.folders();
    if !folders.contains(&entry.path) {
        folders.insert(0, entry.path.clone());
    }
    Ok(DeletedItems { folders, files: subtree.files().collect() })
}

impl DeletedItems {
    fn add(&mut self, other: &Self) {
        self.folders.extend(other.folders.iter().cloned());
        self.files.extend(other.files.iter().cloned());
    }

    fn is_empty(&self) -> bool {
        self.folders.is_empty() && self.files.is_empty()
    }

    fn into_inverse(self) -> Inverse {
        Inverse::Undelete { folders: self.folders, files: self.files }
    }
}
