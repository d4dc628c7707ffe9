//! Deletes what an edit has made, provided that it is still what was made. A folder goes only if nothing is in it that the
//! edit did not make.

use super::Undone;
use crate::account::OpenAccount;
use crate::act::Act;
use crate::context::{JobContext, JobError};
use crate::edit::delete::{LISTS_AT_ONCE, ListedItem, listed_items, topmost};
use crate::edit::existing::{Existing, existing};
use crate::edit::{Editor, list_subtree};
use crate::error::Classify;
use crate::history::{FileRevisions, Inverse, ItemState, MadeItems, known_file};
use crate::problem;
use crate::progress::Meter;
use crate::worker_context::WorkerContext;
use coffer_model::{Entry, Problem, ProblemKind, RemotePath};
use coffer_texts::tr;
use futures_util::{FutureExt, StreamExt, stream};
use std::collections::HashSet;
use std::sync::Arc;

/// Deletes what was made here, also when the job is no longer wanted; gives back what is gone.
pub(crate) async fn remove_made(
    worker: &WorkerContext,
    account: &OpenAccount,
    job: &JobContext,
    entries: Vec<Entry>,
) -> Vec<Entry> {
    let job = job.to_the_end();
    let editor = Editor { worker, account, job: &job };
    let undone = remove(&editor, entries.clone(), None).await;
    if undone.done.failed.is_empty() { entries } else { Vec::new() }
}

pub(super) async fn remove(editor: &Editor<'_>, entries: Vec<Entry>, meter: Option<&Meter>) -> Undone {
    let made = entries.iter().collect();
    let removed = remove_if_made(editor, entries.clone(), &made, meter).await;
    removed.into_undone(|left| {
        let left: Vec<Entry> = entries.into_iter().filter(|entry| left.contains(&entry.path)).collect();
        Inverse::Remove(left)
    })
}

pub(super) async fn remove_made_items(
    editor: &Editor<'_>,
    entries: Vec<Entry>,
    made: Arc<MadeItems>,
    meter: Option<&Meter>,
) -> Undone {
    let removed = remove_if_made(editor, entries.clone(), &made, meter).await;
    removed.into_undone(|left| {
        let entries = entries.into_iter().filter(|entry| left.contains(&entry.path)).collect();
        Inverse::RemoveMade { entries, made }
    })
}

pub(super) async fn remove_uploaded(
    editor: &Editor<'_>,
    files: &FileRevisions,
    folders: Vec<Entry>,
    meter: Option<&Meter>,
) -> Undone {
    let known = files.iter().map(|(path, rev)| known_file(path, "", rev));
    let entries: Vec<Entry> = folders.iter().cloned().chain(known).collect();
    let made = entries.iter().collect();
    let removed = remove_if_made(editor, entries, &made, meter).await;
    removed.into_undone(|left| Inverse::RemoveUploaded {
        files: Arc::new(files.iter().filter(|(path, _)| left.contains(path)).collect()),
        folders: folders.into_iter().filter(|folder| left.contains(&folder.path)).collect(),
    })
}

#[derive(Default)]
struct Removed {
    undone: Undone,
    /// What is left of that which was to be deleted.
    left: Vec<RemotePath>,
}

/// Items with everything below them.
struct LeftItems(HashSet<RemotePath>);

impl LeftItems {
    fn contains(&self, path: &RemotePath) -> bool {
        std::iter::successors(Some(path.clone()), RemotePath::parent).any(|path| self.0.contains(&path))
    }
}

impl Removed {
    fn into_undone(self, inverse: impl FnOnce(&LeftItems) -> Inverse) -> Undone {
        let mut undone = self.undone;
        if !self.left.is_empty() {
            undone.left.push(inverse(&LeftItems(self.left.into_iter().collect())));
        }
        undone
    }
}

async fn remove_if_made(
    editor: &Editor<'_>,
    entries: Vec<Entry>,
    made: &MadeItems,
    meter: Option<&Meter>,
) -> Removed {
    let entries = topmost(entries);
    let mut removed = Removed::default();
    let Ok(checked) = check_all(editor, &entries, made).await else {
        // Nobody wants it any more, and nothing was done.
        removed.left.extend(entries.into_iter().map(|entry| entry.path));
        return removed;
    };
    let mut ready = Vec::new();
    for (entry, checked) in entries.into_iter().zip(checked) {
        match checked {
            Ok(item) => ready.push(item),
            Err(refused) => {
                removed.left.extend(refused.is_there.then_some(entry.path));
                removed.undone.done.failed.push(refused.problem);
                Meter::end_items(meter, 1);
            }
        }
    }
    let (done, left) = listed_items(editor, ready, meter).await;
    removed.left.extend(left.into_iter().map(|entry| entry.path));
    removed.undone.done.add(done);
    removed
}

/// Why an item is not deleted.
struct Refused {
    problem: Problem,
    /// It may be deleted later.
    is_there: bool,
}

/// Whether each is still what was made, with what is in it: files are asked about together, and folders listed.
async fn check_all(
    editor: &Editor<'_>,
    entries: &[Entry],
    made: &MadeItems,
) -> Result<Vec<Result<ListedItem, Refused>>, JobError> {
    let files: Vec<RemotePath> =
        entries.iter().filter(|entry| !entry.is_folder()).map(|entry| entry.path.clone()).collect();
    let mut now = existing(editor, &files).await?.into_iter();
    let checks: Vec<_> = entries
        .iter()
        .map(|entry| {
            let now = if entry.is_folder() { None } else { now.next() };
            async move {
                editor.job.check_wanted()?;
                Ok(match now {
                    Some(now) => check_file(entry, now),
                    None => check_folder(editor, entry, made).await,
                })
            }
            .boxed()
        })
        .collect();
    stream::iter(checks).buffered(LISTS_AT_ONCE).collect::<Vec<_>>().await.into_iter().collect()
}

fn about(entry: &Entry) -> problem::Subject {
    problem::item(&entry.path, Act::Delete)
}

fn changed(entry: &Entry, detail: impl AsRef<str>) -> Refused {
    Refused { problem: about(entry).because(ProblemKind::Changed, detail.as_ref()), is_there: true }
}

fn gone(entry: &Entry) -> Refused {
    Refused { is_there: false, ..changed(entry, tr!("why-not-found")) }
}

fn check_file(entry: &Entry, now: Existing) -> Result<ListedItem, Refused> {
    match now {
        Ok(Some(now)) if ItemState::new(&now) == ItemState::new(entry) => Ok(ListedItem::file(entry.clone())),
        Ok(Some(_)) => Err(changed(entry, tr!("why-changed-kept"))),
        Ok(None) => Err(gone(entry)),
        Err(error) => Err(Refused { problem: about(entry).call(&error), is_there: true }),
    }
}

async fn check_folder(editor: &Editor<'_>, entry: &Entry, made: &MadeItems) -> Result<ListedItem, Refused> {
    let subtree = match list_subtree(&editor.service(), &entry.path).await {
        Ok(subtree) => subtree,
        Err(error) if error.kind() == ProblemKind::NotFound => return Err(gone(entry)),
        Err(error) => return Err(Refused { problem: about(entry).call(&error), is_there: true }),
    };
    match subtree.entries.iter().find(|item| !made.contains(item)) {
        None => Ok(ListedItem::folder(entry.clone(), &subtree)),
        Some(item) if item.path == entry.path => Err(changed(entry, tr!("why-folder-name-taken-now"))),
        Some(item) => {
            let detail = tr!("why-item-inside-changed", name = item.name());
            Err(changed(entry, detail))
        }
    }
}
