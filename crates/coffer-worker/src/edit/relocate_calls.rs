//! The calls that move or copy: one item, or batches of them. Folders that are too large for a call are left to
//! `relocate_parts`, and taken names to `conflicts`.

use super::existing::existing;
use super::relocation_item::{Item, about, about_several};
use super::{Editor, batch, failure, is_unsure, not_tried};
use crate::convert;
use crate::error::{Classify, ServiceError};
use crate::history::MadeItems;
use coffer_model::{Entry, Problem, ProblemKind, Relocation, RemotePath};
use dropbox_protocol::files::{BATCH_LIMIT, COPY, MOVE, Metadata, RelocationArg, RelocationPath};
use std::collections::HashSet;

/// How items ended that were moved or copied.
#[derive(Default)]
pub(super) struct Relocated {
    /// Each with what it is now.
    pub done: Vec<(Item, Entry)>,
    /// Folders that were too large for one call, whether or not all of them is done.
    pub in_parts: Vec<FolderInParts>,
    /// Their names are taken in another folder.
    pub taken: Vec<Item>,
    /// Folders with more items than the service moves or copies at once.
    pub too_large: Vec<Item>,
    pub failed: Vec<Problem>,
    /// The rest was not tried: a batch has failed as a whole, or the job was cancelled.
    pub is_stopped: bool,
    /// The items of the rest.
    pub left: Vec<RemotePath>,
}

/// A folder that went in parts.
pub(super) struct FolderInParts {
    pub item: Item,
    /// The folder at the new place.
    pub now: Entry,
    /// What was copied, with the folders around it; nothing of a move.
    pub made: MadeItems,
    /// Why not all of it is at the new place.
    pub incomplete: Option<Problem>,
}

impl Relocated {
    /// Files an item that was refused under what can be done about it.
    pub(super) fn refuse(&mut self, item: &Item, kind: ProblemKind, problem: impl FnOnce() -> Problem) {
        let (entry, to) = item;
        match kind {
            ProblemKind::TooManyItems if entry.is_folder() => self.too_large.push(item.clone()),
            // A person can decide about it. Who renames an item has typed the name, and takes another one.
            ProblemKind::NameTaken | ProblemKind::FolderExists if entry.path.parent() != to.parent() => {
                self.taken.push(item.clone());
            }
            _ => self.failed.push(problem()),
        }
    }
}

/// Moves or copies each item by itself; a taken name gets a number if `autorename`. A batch that fails as a whole ends
/// the work.
pub(super) async fn relocate_each(
    editor: &Editor<'_>,
    kind: Relocation,
    items: &[Item],
    autorename: bool,
) -> Relocated {
    let mut relocated = Relocated::default();
    if let [item] = items {
        match relocate_one(editor, kind, (&item.0.path, &item.1), autorename).await {
            Ok(now) => relocated.done.push((item.clone(), now)),
            Err(error) => relocated.refuse(item, error.kind(), || failure(about(kind, item), &error)),
        }
        return relocated;
    }
    let mut rest = items;
    for chunk in items.chunks(BATCH_LIMIT) {
        if editor.job.cancel.is_cancelled() {
            relocated.is_stopped = true;
            break;
        }
        let paths: Vec<RelocationPath> =
            chunk.iter().map(|(entry, to)| RelocationPath::new(entry.path.as_str(), to.as_str())).collect();
        let results = match batch::relocate(editor, kind, &paths, autorename).await {
            Ok(results) => results,
            Err(error) => {
                let mut moved = Vec::new();
                if kind == Relocation::Move && is_unsure(&error) && !autorename {
                    moved = find_moved(editor, chunk).await;
                }
                if moved.len() == chunk.len() {
                    relocated.done.extend(moved);
                    rest = &rest[chunk.len()..];
                    continue;
                }
                if !editor.gave_up(error.kind()) {
                    let (begun, untried) = (chunk.len() - moved.len(), rest.len() - chunk.len());
                    relocated.failed.push(failure(about_several(kind, begun), &error));
                    if untried > 0 {
                        relocated.failed.push(not_tried(about_several(kind, untried), &error));
                    }
                }
                relocated.done.extend(moved);
                relocated.is_stopped = true;
                break;
            }
        };
        rest = &rest[chunk.len()..];
        for (item, result) in chunk.iter().zip(results) {
            match result {
                Ok(metadata) => relocated.done.push((item.clone(), entry_at(&metadata, &item.1))),
                Err(error) => relocated.refuse(item, error.kind(), || about(kind, item).entry(&error)),
            }
        }
    }
    let done: HashSet<&RemotePath> = relocated.done.iter().map(|((entry, _), _)| &entry.path).collect();
    let left = rest.iter().map(|(entry, _)| &entry.path).filter(|path| !done.contains(path));
    relocated.left = left.cloned().collect();
    relocated
}

/// After a batch whose answer was lost: those that are at the new place.
async fn find_moved(editor: &Editor<'_>, items: &[Item]) -> Vec<(Item, Entry)> {
    let targets: Vec<RemotePath> = items.iter().map(|(_, to)| to.clone()).collect();
    let found = existing(editor, &targets).await.unwrap_or_default();
    let now = items.iter().zip(found).filter_map(|(item, now)| Some((item.clone(), now.ok()??)));
    now.filter(|((entry, _), now)| now.id() == entry.id()).collect()
}

/// Moves one item to a free name.
pub(super) async fn move_one(
    editor: &Editor<'_>,
    from: &RemotePath,
    to: &RemotePath,
) -> Result<Entry, ServiceError> {
    move_to(editor, from, to, false).await
}

/// Moves one item; a taken name gets a number if `autorename`.
pub(super) async fn move_to(
    editor: &Editor<'_>,
    from: &RemotePath,
    to: &RemotePath,
    autorename: bool,
) -> Result<Entry, ServiceError> {
    relocate_one(editor, Relocation::Move, (from, to), autorename).await
}

/// When the answer to a move is lost it looks whether the item has arrived.
async fn relocate_one(
    editor: &Editor<'_>,
    kind: Relocation,
    (from, to): (&RemotePath, &RemotePath),
    autorename: bool,
) -> Result<Entry, ServiceError> {
    let arg = RelocationArg { autorename, ..RelocationArg::new(from.as_str(), to.as_str()) };
    let route = match kind {
        Relocation::Move => MOVE,
        Relocation::Copy => COPY,
    };
    match editor.service().rpc(&route, &arg).await {
        Ok(result) => Ok(entry_at(&result.metadata, to)),
        // With another name than was asked for it is not found again.
        Err(error) if kind == Relocation::Move && is_unsure(&error) && !autorename => {
            match editor.find_entry(to).await {
                Ok(Some(entry)) if editor.is_gone(from).await => Ok(entry),
                _ => Err(error.into()),
            }
        }
        Err(error) => Err(error.into()),
    }
}

/// Copies one item if its place is free; `None` when it did not work, or it is not known whether it did.
pub(crate) async fn copy_one(editor: &Editor<'_>, path: &RelocationPath) -> Option<Metadata> {
    let arg = RelocationArg::new(path.from_path.as_str(), path.to_path.as_str());
    match editor.service().rpc(&COPY, &arg).await {
        Ok(result) => Some(result.metadata),
        Err(error) => {
            tracing::info!(%error, "an item could not be copied");
            None
        }
    }
}

/// The moved item, its folder spelt as it was asked for.
fn entry_at(metadata: &Metadata, to: &RemotePath) -> Entry {
    convert::entry(metadata, to.parent().as_ref())
}
