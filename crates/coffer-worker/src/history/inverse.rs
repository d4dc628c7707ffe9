//! How an operation is taken back. `edit::undo` carries it out; `packed` is how it is kept on disk.

use super::file_revisions::FileRevisions;
use super::made_items::MadeItems;
use coffer_model::{Entry, MountableFolder, RemotePath, Rev};
use std::sync::Arc;

/// How to take an operation back. Each step is guarded: when an item has changed since, it is refused and explained.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Inverse {
    /// Undoes a delete: makes the folders again and restores the files' last revisions.
    Undelete { folders: Vec<RemotePath>, files: Arc<FileRevisions> },

    /// Undoes a move or rename: (where it is now with its id, where it was).
    MoveBack(Vec<(Entry, RemotePath)>),

    /// Undoes renames that are in each other’s way, all at once: (where it is now with its id, where it was).
    RenameBack(Vec<(Entry, RemotePath)>),

    /// Undoes an overwrite or a restore: back to `rev`, provided that `current` is still the newest.
    Rewind(Vec<Rewind>),

    /// Undoes a create: deletes, provided that it is still what was made.
    Remove(Vec<Entry>),

    /// Undoes what has made very many items: deletes these, provided that all in them is still what was made.
    RemoveMade { entries: Vec<Entry>, made: Arc<MadeItems> },

    /// Undoes an upload: deletes the files that replaced nothing, and the folders that were made for them, provided
    /// that they are still what was made.
    RemoveUploaded { files: Arc<FileRevisions>, folders: Vec<Entry> },

    /// Undoes that a shared folder was removed from the person’s Dropbox: adds it where it was.
    AddSharedFolder(Box<MountableFolder>),

    /// Undoes that a shared folder was added: removes it from the person’s Dropbox.
    RemoveSharedFolder(Box<MountableFolder>),

    /// Undoes that a link was made: this one, and no other that the item may have by now.
    RevokeLink { path: RemotePath, url: String },

    /// Several of the above, in this order.
    All(Vec<Inverse>),
}

#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Rewind {
    pub path: RemotePath,
    pub current: Rev,
    pub rev: Rev,
}

impl Inverse {
    /// One for several, in this order; none for none.
    pub(crate) fn all(mut inverses: Vec<Self>) -> Option<Self> {
        if inverses.len() > 1 { Some(Self::All(inverses)) } else { inverses.pop() }
    }

    /// Shows each step that is not made of others.
    pub(crate) fn visit_steps<'a>(&'a self, visit: &mut impl FnMut(&'a Self)) {
        match self {
            Self::All(steps) => steps.iter().for_each(|step| step.visit_steps(visit)),
            step => visit(step),
        }
    }

    /// How many items it names.
    pub(crate) fn item_count(&self) -> usize {
        let mut count = 0;
        self.visit_steps(&mut |step| {
            count += match step {
                Self::Undelete { folders, files } => folders.len() + files.len(),
                Self::MoveBack(items) | Self::RenameBack(items) => items.len(),
                Self::Rewind(rewinds) => rewinds.len(),
                Self::Remove(entries) | Self::RemoveMade { entries, .. } => entries.len(),
                Self::RemoveUploaded { files, folders } => files.len() + folders.len(),
                Self::AddSharedFolder(_)
                | Self::RemoveSharedFolder(_)
                | Self::RevokeLink { .. }
                | Self::All(_) => 1,
            };
        });
        count
    }

    /// The items that it names, where they are before it, each with whether it is known to be a folder.
    pub(crate) fn items(&self) -> Vec<(RemotePath, bool)> {
        let mut items = Vec::new();
        let of = |entry: &Entry| (entry.path.clone(), entry.is_folder());
        self.visit_steps(&mut |step| match step {
            Self::Undelete { folders, files } => {
                items.extend(folders.iter().map(|folder| (folder.clone(), true)));
                items.extend(files.iter().map(|(path, _)| (path, false)));
            }
            Self::MoveBack(moves) | Self::RenameBack(moves) => {
                items.extend(moves.iter().map(|(entry, _)| of(entry)));
            }
            Self::Rewind(rewinds) => items.extend(rewinds.iter().map(|it| (it.path.clone(), false))),
            Self::Remove(entries) | Self::RemoveMade { entries, .. } => items.extend(entries.iter().map(of)),
            Self::RemoveUploaded { files, folders } => {
                items.extend(folders.iter().map(of));
                items.extend(files.iter().map(|(path, _)| (path, false)));
            }
            Self::AddSharedFolder(folder) | Self::RemoveSharedFolder(folder) => {
                items.extend(folder.path.clone().map(|path| (path, true)));
            }
            Self::RevokeLink { path, .. } => items.push((path.clone(), false)),
            Self::All(_) => {}
        });
        items
    }

    /// (from, to) of what it moves.
    pub(crate) fn moves(&self) -> Vec<(RemotePath, RemotePath)> {
        let mut moves = Vec::new();
        self.visit_steps(&mut |step| {
            if let Self::MoveBack(items) | Self::RenameBack(items) = step {
                moves.extend(items.iter().map(|(entry, to)| (entry.path.clone(), to.clone())));
            }
        });
        moves
    }

    /// The items that it deletes. Of an upload only the folders: of what may be a million files nobody is in one.
    pub(crate) fn removed(&self) -> Vec<RemotePath> {
        let mut removed = Vec::new();
        self.visit_steps(&mut |step| match step {
            Self::Remove(entries)
            | Self::RemoveMade { entries, .. }
            | Self::RemoveUploaded { folders: entries, .. } => {
                removed.extend(entries.iter().map(|entry| entry.path.clone()));
            }
            Self::RemoveSharedFolder(folder) => removed.extend(folder.path.clone()),
            _ => {}
        });
        removed
    }

    /// The items that it changes.
    pub(crate) fn changed_items(&self) -> Vec<RemotePath> {
        let mut paths = Vec::new();
        let of = |entries: &[Entry]| entries.iter().map(|entry| entry.path.clone()).collect::<Vec<_>>();
        self.visit_steps(&mut |step| match step {
            Self::Undelete { folders, files } => {
                paths.extend(folders.iter().cloned());
                paths.extend(files.iter().map(|(path, _)| path));
            }
            Self::MoveBack(items) | Self::RenameBack(items) => {
                paths.extend(items.iter().flat_map(|(entry, to)| [entry.path.clone(), to.clone()]));
            }
            Self::Rewind(rewinds) => paths.extend(rewinds.iter().map(|rewind| rewind.path.clone())),
            Self::Remove(entries) | Self::RemoveMade { entries, .. } => paths.extend(of(entries)),
            Self::RemoveUploaded { files, folders } => {
                paths.extend(files.iter().map(|(path, _)| path));
                paths.extend(of(folders));
            }
            Self::AddSharedFolder(folder) | Self::RemoveSharedFolder(folder) => {
                paths.extend(folder.path.clone());
            }
            Self::RevokeLink { .. } | Self::All(_) => {}
        });
        paths
    }

    /// The folders whose items it changes, each once.
    pub(crate) fn changed_folders(&self) -> Vec<RemotePath> {
        let mut folders = Vec::new();
        self.visit_steps(&mut |step| match step {
            Self::Undelete { folders: made, files } => {
                folders.extend(made.iter().filter_map(RemotePath::parent));
                folders.extend_from_slice(files.folders());
            }
            Self::MoveBack(items) | Self::RenameBack(items) => {
                let paths = items.iter().flat_map(|(entry, to)| [&entry.path, to]);
                folders.extend(paths.filter_map(RemotePath::parent));
            }
            Self::Rewind(rewinds) => folders.extend(rewinds.iter().filter_map(|rewind| rewind.path.parent())),
            Self::Remove(entries) | Self::RemoveMade { entries, .. } => {
                folders.extend(entries.iter().filter_map(|entry| entry.path.parent()));
            }
            Self::RemoveUploaded { files, folders: made } => {
                folders.extend(made.iter().filter_map(|folder| folder.path.parent()));
                folders.extend_from_slice(files.folders());
            }
            Self::AddSharedFolder(folder) | Self::RemoveSharedFolder(folder) => {
                folders.extend(folder.path.as_ref().and_then(RemotePath::parent));
            }
            Self::RevokeLink { path, .. } => folders.extend(path.parent()),
            Self::All(_) => {}
        });
        folders.sort_unstable();
        folders.dedup();
        folders
    }
}
