//! Which paths an edit is about: those that it changes, moves and removes, and the folders whose rows change.

use super::runs::EditRun;
use coffer_model::transfer::Decision;
use coffer_model::{
    BringBackPlace, CopiesToDelete, Edit, Entry, NewItems, Operation, Relocation, RemotePath,
};

/// The items that an edit changes, drawn dimmed meanwhile.
pub(super) fn touched(run: &EditRun) -> Vec<RemotePath> {
    match &run.edit {
        Edit::Move(moves) => moves.iter().map(|(entry, _)| entry.path.clone()).collect(),
        Edit::Delete(entries) | Edit::Undelete(entries) => {
            entries.iter().map(|entry| entry.path.clone()).collect()
        }
        Edit::DeleteCopies(groups) => deleted_copies(groups).collect(),
        Edit::Relocate { kind: Relocation::Move, conflicts, .. } => {
            let moved = conflicts.iter().filter(|conflict| conflict.decision != Some(Decision::Skip));
            moved.map(|conflict| conflict.entry.path.clone()).collect()
        }
        Edit::Restore { path, .. } | Edit::RevokeLink { path, .. } => vec![path.clone()],
        Edit::RemoveSharedFolder(entry) => vec![entry.path.clone()],
        // Of several items the others are dimmed by nobody.
        Edit::Undo { .. } => run.reversed.iter().map(place_now).collect(),
        Edit::CreateFolder { .. }
        | Edit::BringBack(_)
        | Edit::Copy(_)
        | Edit::Relocate { kind: Relocation::Copy, .. }
        | Edit::AddSharedFolder(_) => Vec::new(),
    }
}

/// Where the first item of an operation is now.
fn place_now(operation: &Operation) -> RemotePath {
    let before = operation.before.as_ref().filter(|_| operation.undone.is_some());
    before.unwrap_or(&operation.item).clone()
}

/// The names that items get where they are.
pub(super) fn names_given(edit: &Edit) -> Vec<(RemotePath, String)> {
    let Edit::Move(moves) = edit else { return Vec::new() };
    let renamed = moves.iter().filter(|(entry, to)| entry.path.parent() == to.parent());
    renamed.map(|(entry, to)| (entry.path.clone(), to.name().to_owned())).collect()
}

/// (from, to) of all that moves.
pub(super) fn moves_of(edit: &Edit) -> Vec<(RemotePath, RemotePath)> {
    match edit {
        Edit::Move(moves) => moves.iter().map(|(entry, to)| (entry.path.clone(), to.clone())).collect(),
        // Where both are kept, the name is known only afterwards.
        Edit::Relocate { kind: Relocation::Move, conflicts, .. } => {
            let replaced = conflicts.iter().filter(|conflict| conflict.decision == Some(Decision::Replace));
            replaced.map(|conflict| (conflict.entry.path.clone(), conflict.target.clone())).collect()
        }
        _ => Vec::new(),
    }
}

/// What is no longer there afterwards.
pub(super) fn removed_by(edit: &Edit) -> Vec<RemotePath> {
    match edit {
        Edit::Delete(entries) => entries.iter().map(|entry| entry.path.clone()).collect(),
        Edit::DeleteCopies(groups) => deleted_copies(groups).collect(),
        Edit::RemoveSharedFolder(entry) => vec![entry.path.clone()],
        _ => Vec::new(),
    }
}

fn deleted_copies(groups: &[CopiesToDelete]) -> impl Iterator<Item = RemotePath> {
    groups.iter().flat_map(|group| &group.deleted).map(|entry| entry.path.clone())
}

/// The folders whose rows an edit changes.
pub(super) fn affected_folders(edit: &Edit, results: &[Entry]) -> Vec<RemotePath> {
    let mut paths: Vec<RemotePath> = results.iter().map(|entry| entry.path.clone()).collect();
    match edit {
        Edit::CreateFolder { path } | Edit::Restore { path, .. } | Edit::RevokeLink { path, .. } => {
            paths.push(path.clone());
        }
        Edit::Move(moves) | Edit::Copy(moves) => {
            paths.extend(moves.iter().flat_map(|(entry, to)| [entry.path.clone(), to.clone()]));
        }
        Edit::Relocate { conflicts, .. } => {
            paths.extend(conflicts.iter().flat_map(|it| [it.entry.path.clone(), it.target.clone()]));
        }
        Edit::Delete(entries) | Edit::Undelete(entries) => {
            paths.extend(entries.iter().map(|entry| entry.path.clone()));
        }
        Edit::DeleteCopies(groups) => paths.extend(deleted_copies(groups)),
        Edit::RemoveSharedFolder(entry) => paths.push(entry.path.clone()),
        // What was brought back is in the results.
        Edit::BringBack(asked) => match &asked.place {
            BringBackPlace::InPlace(new_items) => {
                paths.push(asked.folder.clone());
                if let NewItems::Aside(folder) = new_items {
                    paths.push(folder.clone());
                }
            }
            BringBackPlace::Beside(target) => paths.push(target.clone()),
            BringBackPlace::ThisComputer => {}
        },
        // Where it came to be is in the results.
        Edit::AddSharedFolder(_) | Edit::Undo { .. } => {}
    }
    let mut folders: Vec<RemotePath> = paths.iter().filter_map(RemotePath::parent).collect();
    folders.sort_unstable();
    folders.dedup();
    folders
}

/// Whether dropping these on that folder would do anything: not into itself, its child, or where they are.
pub fn can_drop(entries: &[Entry], target: &RemotePath, copy: bool) -> bool {
    entries.iter().any(|entry| {
        let stays = entry.path.parent().as_ref() == Some(target);
        !entry.is_deleted() && !entry.path.contains(target) && (copy || !stays)
    })
}
