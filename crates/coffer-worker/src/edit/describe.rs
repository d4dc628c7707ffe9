//! What the history keeps of an edit: the items that were changed, and how that is taken back.

use super::Done;
use crate::history::{Inverse, NewOperation};
use coffer_model::relocation::enclosing_folders;
use coffer_model::transfer::Decision;
use coffer_model::{
    DeletedKind, Edit, Entry, EntryKind, OperationKind, Relocation, RelocationConflict, RemotePath,
};
use std::collections::{HashMap, HashSet};

/// `None` where nothing was changed.
pub(super) fn describe(edit: &Edit, done: &Done, inverse: Option<Inverse>) -> Option<NewOperation> {
    let is_kept = inverse.is_some() || matches!(edit, Edit::RevokeLink { .. });
    if !is_kept {
        return None;
    }
    let mut new = NewOperation::new(kind_of(edit), inverse);
    new.failed = done.failed.len() as u64;
    match edit {
        Edit::CreateFolder { .. } | Edit::Restore { .. } => {
            done.entries.iter().for_each(|it| new.add_entry(it));
        }
        Edit::Move(moves) => add_moved(&mut new, moves),
        Edit::Copy(copies) => add_copied(&mut new, copies),
        Edit::Relocate { kind, conflicts, .. } => add_decided(&mut new, *kind, conflicts, done),
        Edit::Delete(entries) => without_unchanged(entries, done).for_each(|it| new.add_entry(it)),
        Edit::DeleteCopies(groups) => {
            let deleted = groups.iter().flat_map(|group| without_unchanged(&group.deleted, done));
            deleted.for_each(|it| new.add_entry(it));
        }
        Edit::Undelete(entries) => add_restored(&mut new, entries, done),
        Edit::BringBack(_) => done.entries.iter().for_each(|it| new.add_entry(it)),
        Edit::RevokeLink { path, .. } => new.add_item(path, false, None),
        Edit::AddSharedFolder(folder) => match done.entries.first() {
            Some(entry) => new.add_entry(entry),
            None => new.add_item(&RemotePath::root().join(&folder.name), true, None),
        },
        Edit::RemoveSharedFolder(entry) => new.add_entry(entry),
        Edit::Undo { .. } => return None,
    }
    (new.item_count > 0).then_some(new)
}

fn kind_of(edit: &Edit) -> OperationKind {
    match edit {
        Edit::CreateFolder { .. } => OperationKind::CreateFolder,
        Edit::Move(_) | Edit::Relocate { kind: Relocation::Move, .. } | Edit::Undo { .. } => {
            OperationKind::Move
        }
        Edit::Copy(_) | Edit::Relocate { kind: Relocation::Copy, .. } => OperationKind::Copy,
        Edit::Delete(_) | Edit::DeleteCopies(_) => OperationKind::Delete,
        Edit::Restore { .. } => OperationKind::RestoreVersion,
        Edit::Undelete(_) => OperationKind::Undelete,
        Edit::BringBack(_) => OperationKind::BringBack,
        Edit::RevokeLink { .. } => OperationKind::RevokeLink,
        Edit::AddSharedFolder(_) => OperationKind::AddSharedFolder,
        Edit::RemoveSharedFolder(_) => OperationKind::RemoveSharedFolder,
    }
}

/// Those of the items that were asked for which are as they were.
fn unchanged(done: &Done) -> HashSet<&RemotePath> {
    done.failed.iter().filter_map(|it| it.path.as_ref()).chain(&done.left).collect()
}

fn without_unchanged<'a>(entries: &'a [Entry], done: &'a Done) -> impl Iterator<Item = &'a Entry> {
    let unchanged = unchanged(done);
    entries.iter().filter(move |entry| !unchanged.contains(&entry.path))
}

/// As the inverse has them: it knows where each is now.
fn add_moved(new: &mut NewOperation, moves: &[(Entry, RemotePath)]) {
    let known: HashMap<&RemotePath, &Entry> = moves.iter().map(|(entry, _)| (&entry.path, entry)).collect();
    let pairs = moved_items(new.inverse.as_ref());
    for (now, before) in &pairs {
        match known.get(before) {
            Some(&entry) => new.add_entry(&Entry { path: now.clone(), ..entry.clone() }),
            None => new.add_item(now, false, None),
        }
    }
    if !pairs.is_empty() && pairs.iter().all(|(now, before)| now.parent() == before.parent()) {
        new.kind = OperationKind::Rename;
    }
    new.before = pairs.into_iter().next().map(|(_, before)| before);
}

/// (now, before) of all that was moved.
fn moved_items(inverse: Option<&Inverse>) -> Vec<(RemotePath, RemotePath)> {
    inverse.map(Inverse::moves).unwrap_or_default()
}

fn add_copied(new: &mut NewOperation, copies: &[(Entry, RemotePath)]) {
    let mut made = Vec::new();
    if let Some(inverse) = &new.inverse {
        inverse.visit_steps(&mut |step| {
            if let Inverse::RemoveMade { entries, .. } = step {
                made.extend(entries.iter().cloned());
            }
        });
    }
    // Copies have the names of their originals, mostly.
    let original = |copy: &Entry| copies.iter().find(|(entry, _)| entry.name() == copy.name());
    let first = made.first().and_then(original).or(copies.first());
    new.before = first.map(|(entry, _)| entry.path.clone());
    for copy in &made {
        new.add_entry(copy);
    }
}

/// What was decided about; what is in a folder that is merged belongs to that.
fn add_decided(new: &mut NewOperation, kind: Relocation, conflicts: &[RelocationConflict], done: &Done) {
    let moved: HashMap<RemotePath, RemotePath> =
        moved_items(new.inverse.as_ref()).into_iter().map(|(now, before)| (before, now)).collect();
    let unchanged = unchanged(done);
    let outer =
        conflicts.iter().zip(enclosing_folders(conflicts)).filter(|(_, enclosing)| enclosing.is_none());
    let changed = |it: &&RelocationConflict| {
        !matches!(it.decision, None | Some(Decision::Skip)) && !unchanged.contains(&it.entry.path)
    };
    for conflict in outer.map(|(conflict, _)| conflict).filter(changed) {
        let copy = done.entries.first().filter(|_| kind == Relocation::Copy && done.entries.len() == 1);
        let now = moved.get(&conflict.entry.path).or(copy.map(|copy| &copy.path)).unwrap_or(&conflict.target);
        new.add_entry(&Entry { path: now.clone(), ..conflict.entry.clone() });
        new.before.get_or_insert_with(|| conflict.entry.path.clone());
    }
}

fn add_restored(new: &mut NewOperation, entries: &[Entry], done: &Done) {
    let folders: HashSet<&RemotePath> =
        done.entries.iter().filter(|entry| entry.is_folder()).map(|entry| &entry.path).collect();
    // Of a cancelled job nobody knows which items it has come to, but by what is back.
    let back: HashSet<RemotePath> = done.entries.iter().flat_map(|entry| entry.path.lineage()).collect();
    for entry in without_unchanged(entries, done).filter(|entry| back.contains(&entry.path)) {
        let is_folder =
            entry.kind == EntryKind::Deleted(DeletedKind::Folder) || folders.contains(&entry.path);
        new.add_item(&entry.path, is_folder, None);
    }
    let files = done.entries.iter().filter_map(Entry::file);
    (new.files, new.bytes) = files.fold((0, 0), |(files, bytes), file| (files + 1, bytes + file.size_bytes));
}
