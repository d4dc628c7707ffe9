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
    let entries: Vec<&Entry> = ready.iter().map(|(entry, _)| entry).collect();
    let mut gone = DeletedItems::default();
    let deleted = all(editor, &entries, "deleted", &mut done.failed).await;
    for ((_, deleted), _) in ready.iter().zip(deleted).filter(|(_, gone)| *gone) {
        gone.add(deleted);
    }
    if !gone.is_empty() {
        done.undo.push(gone.into_inverse());
    }
    if done.undo.is_empty() && done.failed.is_empty() {
        editor.job.check_wanted()?;
    }
    Ok(done)
}

/// Deletes files that are still the revision that was seen, and folders as they are; tells of each whether it is gone.
/// `done` is the rest of the sentence "“Budget.csv” could not be …".
pub(crate) async fn all(
    editor: &Editor<'_>,
    entries: &[&Entry],
    done: &str,
    failed: &mut Vec<Problem>,
) -> Vec<bool> {
    let about = |entry: &Entry| problem::item(&entry.path, done);
    if let [entry] = entries {
        return match editor.account.service.rpc(&DELETE, &arg(entry)).await {
            Ok(_) => vec![true],
            Err(error) if is_unsure(&error) && editor.is_gone(&entry.path).await => vec![true],
            Err(error) => {
                failed.push(failure(about(entry), &error));
                vec![false]
            }
        };
    }
    let mut gone = vec![false; entries.len()];
    for (chunk, gone) in entries.chunks(BATCH_LIMIT).zip(gone.chunks_mut(BATCH_LIMIT)) {
        if editor.job.cancel.is_cancelled() {
            break;
        }
        let args: Vec<DeleteArg> = chunk.iter().map(|entry| arg(entry)).collect();
        match batch::delete(editor, &args).await {
            Ok(results) => {
                for ((entry, gone), result) in chunk.iter().zip(gone).zip(results) {
                    match result {
                        Ok(_) => *gone = true,
                        Err(error) => failed.push(about(entry).entry(&error)),
                    }
                }
            }
            Err(error) => {
                // The answer to the whole chunk is lost: look which items are gone.
                for (entry, gone) in chunk.iter().zip(gone) {
                    if is_unsure(&error) && editor.is_gone(&entry.path).await {
                        *gone = true;
                    } else {
                        failed.push(failure(about(entry), &error));
                    }
                }
                break;
            }
        }
    }
    gone
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
        .map_err(|error| problem::item(&entry.path, "deleted").call(&error))?;
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
