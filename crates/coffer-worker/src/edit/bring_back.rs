//! Brings a folder back to what it was at a moment: what was deleted is restored, what was changed gets its version of then,
//! what was moved goes back. What came since stays.
//!
//! All of it is what an undo does, with the same guards: what has changed meanwhile is left alone and named. So one undo takes
//! it back as well, and done again after it was stopped it does the rest.

use super::undo;
use super::{Done, Editor};
use crate::context::JobError;
use crate::history::{FileRevisions, Inverse, Rewind};
use crate::past::{PastItem, PastTree, complete, gather};
use crate::problem;
use coffer_model::{Entry, EntryKind, ProblemKind, RemotePath, SinceThen};
use futures_util::FutureExt;
use jiff::Timestamp;
use std::collections::HashMap;
use std::future::ready;
use std::sync::Arc;

pub(super) async fn bring_back(
    editor: &Editor<'_>,
    folder: &RemotePath,
    at: Timestamp,
) -> Result<Done, JobError> {
    let about = || problem::item(folder, "brought back");
    let past = gather(editor.account, folder).await.map_err(|error| about().call(&error))?;
    let past = past.ok_or_else(|| {
        about().because(ProblemKind::NotFound, "The account is not indexed yet. Try again when that is done.")
    })?;
    let tree = complete(editor.account, &past, folder, at, &mut |_, _| ready(Ok(())).boxed()).await?;
    let evidence = past.evidence();
    let steps = steps(&tree, &evidence.present, folder);
    undo::run(editor, Inverse::All(steps)).await
}

/// What is to be done, in this order: moves first, because what is moved makes room.
fn steps(tree: &PastTree, present: &[Entry], folder: &RemotePath) -> Vec<Inverse> {
    let folder = if tree.folder.contains(folder) { folder } else { &tree.folder };
    let now: HashMap<&str, &Entry> = present.iter().map(|entry| (&**entry.path.lower(), entry)).collect();
    let by_id: HashMap<&str, &Entry> = present.iter().map(|entry| (entry.id(), entry)).collect();
    let (mut moves, mut folders, mut rewinds) = (Vec::new(), Vec::new(), Vec::new());
    let mut deleted = FileRevisions::default();
    // Folders that go back, from where to where: what is in them goes along.
    let mut moved_folders: Vec<(RemotePath, RemotePath)> = Vec::new();
    let inside = tree.items.values().filter(|item| folder.contains(&item.path) && item.path != *folder);
    for PastItem { path, kind, since } in inside {
        match (kind, since) {
            (EntryKind::Folder { .. }, SinceThen::Deleted) => folders.push(path.clone()),
            (EntryKind::File(then), SinceThen::Deleted) => deleted.push(path, &then.rev),
            (EntryKind::File(then), SinceThen::Changed) => {
                if let Some(file) = now.get(&**path.lower()).and_then(|entry| entry.file()) {
                    let (current, rev) = (file.rev.clone(), then.rev.clone());
                    rewinds.push(Rewind { path: path.clone(), current, rev });
                }
            }
            (kind, SinceThen::Moved(from)) => {
                let goes_along = moved_folders
                    .iter()
                    .any(|(from_folder, to)| from.moved(from_folder, to).as_ref() == Some(path));
                let entry = now.get(&**from.lower());
                if let Some(entry) = entry.filter(|_| !goes_along) {
                    moves.push(((*entry).clone(), path.clone()));
                    if entry.is_folder() {
                        moved_folders.push((from.clone(), path.clone()));
                    }
                }
                if let EntryKind::File(then) = kind
                    && let Some(file) = by_id.get(&*then.id).and_then(|entry| entry.file())
                    && file.rev != then.rev
                {
                    let (current, rev) = (file.rev.clone(), then.rev.clone());
                    rewinds.push(Rewind { path: path.clone(), current, rev });
                }
            }
            _ => {}
        }
    }
    let mut steps = Vec::new();
    // A step for each depth: what is moved into a folder that was moved before is moved out before that goes back.
    let depth = |path: &RemotePath| path.lower().matches('/').count();
    moves.sort_by_key(|(_, to)| depth(to));
    let steps_of_moves = moves.chunk_by(|(_, one), (_, other)| depth(one) == depth(other));
    steps.extend(steps_of_moves.map(|moves| Inverse::MoveBack(moves.to_vec())));
    if !folders.is_empty() || !deleted.is_empty() {
        steps.push(Inverse::Undelete { folders, files: Arc::new(deleted) });
    }
    if !rewinds.is_empty() {
        steps.push(Inverse::Rewind(rewinds));
    }
    steps
}
