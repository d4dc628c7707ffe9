//! Deleting, so that it can be taken back: what is in a folder is noted before it goes. A folder that is too large for one
//! call goes in parts.

use super::parts::Parts;
use super::{Done, Editor, batch, failure, is_unsure, list_subtree};
use crate::context::JobError;
use crate::history::{FileRevisions, Inverse};
use crate::problem;
use coffer_model::{Entry, Problem, RemotePath};
use dropbox_protocol::files::{BATCH_LIMIT, DELETE, DeleteArg};
use std::collections::{BTreeSet, HashSet};
use std::sync::Arc;

/// Deletes files that are still the revision that was seen, and folders as they are.
pub(crate) async fn items(editor: &Editor<'_>, entries: Vec<Entry>) -> Result<Done, JobError> {
    let mut done = Done::default();
    let (mut ready, mut in_parts) = (Vec::new(), Vec::new());
    for entry in topmost(entries) {
        editor.job.check_wanted()?;
        match list_before_delete(editor, &entry).await {
            Ok((deleted, None)) => ready.push((entry, deleted)),
            Ok((deleted, Some(parts))) => in_parts.push((parts, deleted)),
            Err(problem) => done.failed.push(problem),
        }
    }
    let entries: Vec<&Entry> = ready.iter().map(|(entry, _)| entry).collect();
    let mut gone = DeletedItems::default();
    let deleted = all(editor, &entries, "deleted", &mut done.failed).await;
    for ((_, deleted), _) in ready.into_iter().zip(deleted).filter(|(_, gone)| *gone) {
        gone.add(deleted);
    }
    for (parts, deleted) in in_parts {
        let tops = delete_parts(editor, &parts, &mut done.failed).await;
        gone.add(deleted.in_any_of(&tops));
    }
    if !gone.is_empty() {
        done.undo.push(gone.into_inverse());
    }
    if done.undo.is_empty() && done.failed.is_empty() {
        editor.job.check_wanted()?;
    }
    Ok(done)
}

/// Deletes a folder that is too large for one call; answers with what is gone.
async fn delete_parts(editor: &Editor<'_>, parts: &Parts, failed: &mut Vec<Problem>) -> HashSet<RemotePath> {
    let contents: Vec<&Entry> = parts.contents.iter().collect();
    let deleted = all(editor, &contents, "deleted", failed).await;
    let is_empty = deleted.iter().all(|gone| *gone);
    let mut gone: HashSet<RemotePath> =
        contents.iter().zip(deleted).filter(|(_, gone)| *gone).map(|(entry, _)| entry.path.clone()).collect();
    // A folder in which something was left stays with it.
    for folder in parts.emptied.iter().take_while(|_| is_empty) {
        if all(editor, &[folder], "deleted", failed).await != [true] {
            break;
        }
        gone.insert(folder.path.clone());
    }
    gone
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
    files: FileRevisions,
}

/// With the parts of a folder that is too large to be deleted at once.
async fn list_before_delete(
    editor: &Editor<'_>,
    entry: &Entry,
) -> Result<(DeletedItems, Option<Parts>), Problem> {
    if let Some(file) = entry.file() {
        let files = std::iter::once((entry.path.clone(), file.rev.clone())).collect();
        return Ok((DeletedItems { folders: Vec::new(), files }, None));
    }
    let subtree = list_subtree(&editor.account.service, &entry.path)
        .await
        .map_err(|error| problem::item(&entry.path, "deleted").call(&error))?;
    let mut folders = subtree.folders();
    if !folders.contains(&entry.path) {
        folders.insert(0, entry.path.clone());
    }
    let parts = Parts::of(entry, &subtree);
    Ok((DeletedItems { folders, files: subtree.files().collect() }, parts))
}

impl DeletedItems {
    fn add(&mut self, other: Self) {
        self.folders.extend(other.folders);
        self.files.extend(other.files.iter());
    }

    /// Those at or below one of these paths.
    fn in_any_of(mut self, tops: &HashSet<RemotePath>) -> Self {
        let is_in = |path: &RemotePath| {
            std::iter::successors(Some(path.clone()), RemotePath::parent).any(|path| tops.contains(&path))
        };
        self.folders.retain(is_in);
        self.files = self.files.iter().filter(|(path, _)| is_in(path)).collect();
        self
    }

    fn is_empty(&self) -> bool {
        self.folders.is_empty() && self.files.is_empty()
    }

    fn into_inverse(self) -> Inverse {
        Inverse::Undelete { folders: self.folders, files: Arc::new(self.files) }
    }
}
