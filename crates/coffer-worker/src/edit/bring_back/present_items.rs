//! What the items that are there now were, at the moment to which a folder is brought back.

use crate::past::{Evidence, PastItem, PastTree};
use coffer_model::{Entry, EntryKind, RemotePath, SinceThen};
use std::collections::{HashMap, HashSet};
use std::sync::Arc;

/// What an item of now was.
pub(super) enum Was<'a> {
    /// This one, wherever it was.
    Item(&'a PastItem),
    /// Another item, which is gone, had its place.
    Instead(&'a PastItem),
    /// Nothing; it would have been at this path.
    Nothing(RemotePath),
}

impl<'a> Was<'a> {
    /// The item of then whose place this one has, or had.
    pub(super) fn item(&self) -> Option<&'a PastItem> {
        match self {
            Self::Item(item) | Self::Instead(item) => Some(item),
            Self::Nothing(_) => None,
        }
    }
}

pub(super) struct PresentItems<'a> {
    /// A folder before what is in it.
    pub entries: Vec<&'a Entry>,
    pub by_id: HashMap<&'a str, &'a Entry>,
    /// By the id of now. Nothing of what is elsewhere and was elsewhere.
    pub was: HashMap<&'a str, Was<'a>>,
    /// Folders by where they are, with where they were or would have been.
    pub folders: HashMap<Arc<str>, RemotePath>,
    /// Items of now by the path of the item of then.
    now: HashMap<Arc<str>, &'a Entry>,
    /// Where the folder is now.
    pub folder_now: RemotePath,
}

impl<'a> PresentItems<'a> {
    /// `folder` is where the folder was that is brought back.
    pub(super) fn new(tree: &'a PastTree, evidence: &'a Evidence, folder: &RemotePath) -> Self {
        let mut entries: Vec<&'a Entry> = evidence.present.iter().collect();
        entries.sort_unstable_by(|one, other| one.path.cmp(&other.path));
        let folder_now = match tree.items.get(folder.lower()).map(|item| &item.since) {
            _ if *folder == tree.folder => &evidence.folder,
            Some(SinceThen::Moved(to)) => to,
            _ => folder,
        };
        let mut present = Self {
            by_id: entries.iter().map(|entry| (entry.id(), *entry)).collect(),
            entries,
            was: HashMap::new(),
            folders: HashMap::from([(Arc::clone(folder_now.lower()), folder.clone())]),
            now: HashMap::new(),
            folder_now: folder_now.clone(),
        };
        present.identify(tree, folder);
        present
    }

    /// The item of now that an item of then is, or that has its place.
    pub(super) fn of(&self, item: &PastItem) -> Option<&'a Entry> {
        self.now.get(item.path.lower()).copied()
    }

    /// Whether an item of then is there still, wherever that is. One that was deleted may be there again, which is not the same.
    fn is_there(&self, item: &PastItem) -> bool {
        self.by_id.get(item.id()).is_some_and(|now| match &item.since {
            SinceThen::Added | SinceThen::Deleted => false,
            SinceThen::Moved(path) => now.path == *path,
            SinceThen::Unchanged | SinceThen::Changed => now.path == item.path,
            SinceThen::Unknown | SinceThen::VersionUnknown | SinceThen::NotKept | SinceThen::Pending => true,
        })
    }

    fn identify(&mut self, tree: &'a PastTree, folder: &RemotePath) {
        let items = tree.items.values().filter(|item| self.is_there(item));
        let then: HashMap<&str, &PastItem> = items.map(|item| (item.id(), item)).collect();
        let mut new_folders: HashSet<Arc<str>> = HashSet::new();
        for &entry in &self.entries {
            let around = entry.path.parent().unwrap_or_default();
            let was = if let Some(item) = then.get(entry.id()) {
                Was::Item(item)
            } else {
                let Some(folder) = self.folders.get(around.lower()) else { continue };
                let path = folder.join(entry.path.name());
                let item = tree.items.get(path.lower()).filter(|item| {
                    let is_file = matches!(item.kind, EntryKind::File(_));
                    let is_gone = item.since != SinceThen::Added && !self.is_there(item);
                    is_gone && is_file == entry.file().is_some() && !new_folders.contains(around.lower())
                });
                item.map_or(Was::Nothing(path), Was::Instead)
            };
            if let Some(item) = was.item() {
                self.now.insert(Arc::clone(item.path.lower()), entry);
            }
            if entry.is_folder() {
                let path = match &was {
                    Was::Nothing(path) => {
                        new_folders.insert(Arc::clone(entry.path.lower()));
                        path
                    }
                    Was::Item(item) | Was::Instead(item) => &item.path,
                };
                if folder.contains(path) {
                    self.folders.insert(Arc::clone(entry.path.lower()), path.clone());
                }
            }
            self.was.insert(entry.id(), was);
        }
    }
}

impl PastItem {
    /// Empty where only the contents of a folder tell that it was there.
    fn id(&self) -> &str {
        match &self.kind {
            EntryKind::File(file) => &file.id,
            EntryKind::Folder { id } => id,
            EntryKind::Deleted(_) => "",
        }
    }
}
