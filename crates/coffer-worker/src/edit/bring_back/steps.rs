//! What is to be done so that a folder is again what it was.

use super::present_items::{PresentItems, Was};
use crate::edit::edit_records::{BringBackSteps, FileStep, MoveStep};
use crate::past::{Evidence, PastItem, PastTree, WantedItems};
use coffer_model::entry::File;
use coffer_model::{BringBack, Entry, EntryKind, RemotePath, SinceThen};
use std::collections::{HashMap, HashSet};
use std::sync::Arc;

/// What is known of a folder, and what of it is wanted.
pub(super) struct WantedPast<'a> {
    pub tree: &'a PastTree,
    /// Where the folder was.
    pub folder: &'a RemotePath,
    pub wanted: WantedItems,
    pub present: PresentItems<'a>,
}

impl<'a> WantedPast<'a> {
    pub(super) fn new(tree: &'a PastTree, evidence: &'a Evidence, asked: &'a BringBack) -> Self {
        let folder = tree.folder_of(asked);
        let present = PresentItems::new(tree, evidence, folder);
        Self { tree, folder, wanted: WantedItems::new(asked), present }
    }

    /// The wanted items of then, and those that came since.
    pub(super) fn items(&self) -> impl Iterator<Item = &'a PastItem> + Clone {
        self.tree.items.values().filter(|item| self.is_wanted(item))
    }

    pub(super) fn is_wanted(&self, item: &PastItem) -> bool {
        self.folder.contains(&item.path) && item.path != *self.folder && self.wanted.contains(&item.path)
    }

    /// The file that is there now of a file of then, wherever it is.
    pub(super) fn file_now(&self, item: &PastItem) -> Option<&'a File> {
        self.present.of(item).and_then(|entry| entry.file())
    }

    /// What was moved goes back, what was deleted is restored, what was changed gets its version of then. What came since
    /// stays, or is moved into the folder `aside`.
    pub(super) fn steps_in_place(&self, aside: Option<&RemotePath>) -> BringBackSteps {
        let new = aside.map(|aside| self.aside(aside)).unwrap_or_default();
        let mut steps = BringBackSteps { target: self.folder.to_string(), ..BringBackSteps::default() };
        // By the path that it has when everything is moved.
        let mut moved: HashMap<Arc<str>, &Entry> = HashMap::new();
        // By the path of now.
        let mut places: HashMap<Arc<str>, RemotePath> = HashMap::new();
        for &entry in &self.present.entries {
            let around = entry.path.parent().unwrap_or_default();
            let around = places.get(around.lower()).cloned().unwrap_or(around);
            let along = around.join(entry.path.name());
            let place = match self.present.was.get(entry.id()) {
                Some(Was::Item(item)) if self.moves_back(item) => item.path.clone(),
                _ if new.going.contains(entry.id()) => {
                    new.places.get(entry.id()).cloned().unwrap_or_else(|| along.clone())
                }
                // Everything else stays where it is, though the folder around it has to give way.
                _ if aside.is_some_and(|aside| aside.contains(&around)) => entry.path.clone(),
                _ => along.clone(),
            };
            if place != along {
                steps.moves.push(move_step(entry, &along, &place));
            }
            let is_taken = moved.get(place.lower()).is_some_and(|other| self.was_at(other, &place));
            if !is_taken {
                moved.insert(Arc::clone(place.lower()), entry);
            }
            if entry.is_folder() {
                places.insert(Arc::clone(entry.path.lower()), place);
            }
        }
        for item in self.items().filter(|item| item.can_be_had()) {
            let EntryKind::File(then) = &item.kind else { continue };
            let at_place = moved.get(item.path.lower()).copied();
            // Another item that stays is not replaced.
            let replaced = at_place.filter(|entry| self.was_at(entry, &item.path)).and_then(|it| it.file());
            if replaced.is_none_or(|file| file.rev != then.rev) {
                steps.files.push(file_step(&item.path, then, replaced));
            }
        }
        let is_missing = |path: &RemotePath| !moved.get(path.lower()).is_some_and(|it| it.is_folder());
        steps.folders = self.folders().filter(|path| is_missing(path)).map(RemotePath::to_string).collect();
        steps.folders.extend(new.folders.iter().map(RemotePath::to_string));
        steps.aside = aside.filter(|_| !new.places.is_empty()).map(RemotePath::to_string);
        steps
    }

    /// Whether an item that is there still comes back from somewhere else.
    pub(super) fn moves_back(&self, item: &PastItem) -> bool {
        matches!(item.since, SinceThen::Moved(_)) && self.is_wanted(item)
    }

    /// Whether an item of now was at a path, or has the place of what was there.
    fn was_at(&self, entry: &Entry, path: &RemotePath) -> bool {
        self.present.was.get(entry.id()).and_then(Was::item).is_some_and(|item| item.path == *path)
    }

    /// The items of then are in a new folder: what is still the same is copied there, and the rest restored.
    pub(super) fn steps_beside(&self, target: &RemotePath) -> BringBackSteps {
        let mut steps = BringBackSteps { target: target.to_string(), ..BringBackSteps::default() };
        let to = |path: &RemotePath| path.moved(self.folder, target);
        for item in self.items().filter(|item| item.can_be_had()) {
            let EntryKind::File(then) = &item.kind else { continue };
            let Some(path) = to(&item.path) else { continue };
            let same = self.present.by_id.get(&*then.id).filter(|now| {
                now.file().is_some_and(|file| file.rev == then.rev && file.content_hash == then.content_hash)
            });
            let copied_from = same.map(|now| now.path.to_string());
            steps.files.push(FileStep { copied_from, ..file_step(&path, then, None) });
        }
        steps.folders.push(target.to_string());
        steps.folders.extend(self.folders().filter_map(to).map(|path| path.to_string()));
        steps
    }

    /// The folders of then that are wanted, or around wanted items.
    fn folders(&self) -> impl Iterator<Item = &'a RemotePath> {
        let around: HashSet<Arc<str>> = self
            .items()
            .filter(|item| item.can_be_had())
            .flat_map(|item| item.path.lineage())
            .filter(|folder| self.folder.contains(folder) && folder != self.folder)
            .map(|folder| Arc::clone(folder.lower()))
            .collect();
        let items = self.tree.items.values().filter(move |item| around.contains(item.path.lower()));
        let folders = items.filter(|item| matches!(item.kind, EntryKind::Folder { .. }));
        folders.filter(|item| item.can_be_had()).map(|item| &item.path)
    }
}

fn file_step(path: &RemotePath, then: &File, replaced: Option<&File>) -> FileStep {
    FileStep {
        path: path.to_string(),
        rev: then.rev.0.to_string(),
        content_hash: then.content_hash.as_deref().map(str::to_owned),
        replaced: replaced.map(|file| file.rev.0.to_string()),
        copied_from: None,
    }
}

fn move_step(entry: &Entry, before: &RemotePath, to: &RemotePath) -> MoveStep {
    MoveStep {
        item_id: entry.id().to_owned(),
        is_folder: entry.is_folder(),
        from: entry.path.to_string(),
        before: before.to_string(),
        to: to.to_string(),
        temporary: None,
    }
}
