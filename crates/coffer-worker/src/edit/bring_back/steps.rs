//! What is to be done so that a folder is again what it was.

use crate::edit::edit_records::{BringBackSteps, FileStep, MoveStep};
use crate::past::{Evidence, PastItem, PastTree, WantedItems};
use coffer_model::entry::File;
use coffer_model::{BringBack, Entry, EntryKind, RemotePath, Rev, SinceThen};
use std::collections::{HashMap, HashSet};
use std::sync::Arc;

/// What is known of a folder, and what of it is wanted.
pub(super) struct WantedPast<'a> {
    pub tree: &'a PastTree,
    /// The folder of which that is known, as it is called now.
    pub gathered: &'a RemotePath,
    /// Where the folder was.
    pub folder: &'a RemotePath,
    pub wanted: WantedItems,
    pub now: HashMap<&'a str, &'a Entry>,
    pub by_id: HashMap<&'a str, &'a Entry>,
}

impl<'a> WantedPast<'a> {
    pub(super) fn new(tree: &'a PastTree, evidence: &'a Evidence, asked: &'a BringBack) -> Self {
        let present = &evidence.present;
        Self {
            tree,
            gathered: &evidence.folder,
            folder: tree.folder_of(asked),
            wanted: WantedItems::new(asked),
            now: present.iter().map(|entry| (&**entry.path.lower(), entry)).collect(),
            by_id: present.iter().map(|entry| (entry.id(), entry)).collect(),
        }
    }

    /// The wanted items of then, and those that came since.
    pub(super) fn items(&self) -> impl Iterator<Item = &'a PastItem> + Clone {
        let inside = self.tree.items.values().filter(|item| self.folder.contains(&item.path));
        inside.filter(|item| item.path != *self.folder && self.wanted.contains(&item.path))
    }

    /// The file that is there now of a file of then, wherever it is.
    pub(super) fn file_now(&self, item: &PastItem) -> Option<&'a File> {
        let EntryKind::File(then) = &item.kind else { return None };
        match item.since {
            SinceThen::Changed => self.now.get(&**item.path.lower()).and_then(|entry| entry.file()),
            _ => self.by_id.get(&*then.id).and_then(|entry| entry.file()),
        }
    }

    /// What was moved goes back, what was deleted is restored, what was changed gets its version of then. What came since
    /// stays, or is moved into the folder `aside`.
    pub(super) fn steps_in_place(&self, aside: Option<&RemotePath>) -> BringBackSteps {
        let new = aside.map(|aside| self.aside_steps(aside)).unwrap_or_default();
        let mut steps = BringBackSteps { target: self.folder.to_string(), ..BringBackSteps::default() };
        let new_folders = new.moves.iter().filter(|(entry, _)| entry.is_folder());
        let new_folders = new_folders.map(|(entry, to)| (entry.path.clone(), to.clone()));
        let moved_back = self.items().filter_map(|item| match &item.since {
            SinceThen::Moved(from) => {
                let is_folder = self.now.get(&**from.lower()).is_some_and(|entry| entry.is_folder());
                is_folder.then(|| (from.clone(), item.path.clone()))
            }
            _ => None,
        });
        let returning = new.returning.iter().filter(|entry| entry.is_folder());
        let returning = returning.map(|entry| (entry.path.clone(), entry.path.clone()));
        let moved_folders = FolderMoves::new(moved_back.chain(new_folders).chain(returning));
        for item in self.items() {
            let PastItem { path, kind, since } = item;
            match (kind, since) {
                (EntryKind::File(then), SinceThen::Deleted) => steps.files.push(file_step(path, then, None)),
                (EntryKind::File(then), SinceThen::Changed) => {
                    // Where a new item has its name now, that goes first.
                    let now = self.file_now(item).filter(|file| !new.ids.contains(&*file.id));
                    let replaced = now.map(|file| &file.rev);
                    steps.files.push(file_step(path, then, replaced));
                }
                (kind, SinceThen::Moved(from)) => {
                    if let Some(entry) = self.now.get(&**from.lower())
                        && !moved_folders.take_along(from, path)
                    {
                        steps.moves.push(moved_folders.step(entry, path));
                    }
                    if let EntryKind::File(then) = kind
                        && let Some(file) = self.file_now(item)
                        && file.rev != then.rev
                    {
                        steps.files.push(file_step(path, then, Some(&file.rev)));
                    }
                }
                _ => {}
            }
        }
        let is_deleted = |item: &PastItem| item.since == SinceThen::Deleted;
        steps.folders = self.folders(is_deleted).map(RemotePath::to_string).collect();
        steps.moves.extend(new.moves.iter().map(|(entry, to)| moved_folders.step(entry, to)));
        steps.moves.extend(new.returning.iter().map(|entry| moved_folders.step(entry, &entry.path)));
        steps.folders.extend(new.folders.iter().map(RemotePath::to_string));
        steps.aside = aside.filter(|_| !new.moves.is_empty()).map(RemotePath::to_string);
        steps
    }

    /// The items of then are in a new folder: what is still the same is copied there, and the rest restored.
    pub(super) fn steps_beside(&self, target: &RemotePath) -> BringBackSteps {
        let mut steps = BringBackSteps { target: target.to_string(), ..BringBackSteps::default() };
        let to = |path: &RemotePath| path.moved(self.folder, target);
        for item in self.items().filter(|item| item.can_be_had()) {
            let EntryKind::File(then) = &item.kind else { continue };
            let Some(path) = to(&item.path) else { continue };
            let same = self.by_id.get(&*then.id).filter(|now| {
                now.file().is_some_and(|file| file.rev == then.rev && file.content_hash == then.content_hash)
            });
            let copied_from = same.map(|now| now.path.to_string());
            steps.files.push(FileStep { copied_from, ..file_step(&path, then, None) });
        }
        steps.folders.push(target.to_string());
        steps.folders.extend(self.folders(PastItem::can_be_had).filter_map(to).map(|path| path.to_string()));
        steps
    }

    /// Folders of then, with those around wanted items.
    fn folders(&self, fits: fn(&PastItem) -> bool) -> impl Iterator<Item = &'a RemotePath> {
        let wanted = self.items().filter(move |item| fits(item));
        let around: HashSet<Arc<str>> = wanted
            .flat_map(|item| item.path.lineage())
            .filter(|folder| self.folder.contains(folder) && folder != self.folder)
            .map(|folder| Arc::clone(folder.lower()))
            .collect();
        let items = self.tree.items.values().filter(move |item| around.contains(item.path.lower()));
        let folders = items.filter(|item| matches!(item.kind, EntryKind::Folder { .. }));
        folders.filter(move |item| fits(item)).map(|item| &item.path)
    }
}

fn file_step(path: &RemotePath, then: &File, replaced: Option<&Rev>) -> FileStep {
    FileStep {
        path: path.to_string(),
        rev: then.rev.0.to_string(),
        content_hash: then.content_hash.as_deref().map(str::to_owned),
        replaced: replaced.map(|rev| rev.0.to_string()),
        copied_from: None,
    }
}

/// Folders that go back, by where they are now: what is in them goes along.
struct FolderMoves(HashMap<Arc<str>, FolderMove>);

struct FolderMove {
    from: RemotePath,
    /// Where it is when the folders around it are back.
    before: RemotePath,
    to: RemotePath,
}

impl FolderMoves {
    fn new(folders: impl Iterator<Item = (RemotePath, RemotePath)>) -> Self {
        let mut folders: Vec<_> = folders.collect();
        // A folder before those in it.
        folders.sort();
        let mut moved = Self(HashMap::new());
        for (from, to) in folders {
            let before = moved.before(&from);
            moved.0.insert(Arc::clone(from.lower()), FolderMove { from, before, to });
        }
        moved
    }

    /// Those around a path, the outermost first.
    fn around(&self, path: &RemotePath) -> impl Iterator<Item = &FolderMove> {
        let around = path.lineage().into_iter().filter(move |folder| folder != path);
        around.filter_map(|folder| self.0.get(folder.lower()))
    }

    /// Where an item is when the folders around it are back.
    fn before(&self, from: &RemotePath) -> RemotePath {
        let moved =
            |place: RemotePath, folder: &FolderMove| place.moved(&folder.before, &folder.to).unwrap_or(place);
        self.around(from).fold(from.clone(), moved)
    }

    fn step(&self, entry: &Entry, to: &RemotePath) -> MoveStep {
        MoveStep {
            item_id: entry.id().to_owned(),
            is_folder: entry.is_folder(),
            from: entry.path.to_string(),
            before: self.before(&entry.path).to_string(),
            to: to.to_string(),
        }
    }

    /// Whether an item comes to its place together with a folder.
    fn take_along(&self, from: &RemotePath, to: &RemotePath) -> bool {
        self.around(from).any(|folder| from.moved(&folder.from, &folder.to).as_ref() == Some(to))
    }
}

#[cfg(test)]
mod tests {
    use super::FolderMoves;
    use coffer_model::RemotePath;

    #[test]
    fn an_item_in_folders_that_go_back_is_where_they_have_taken_it() {
        let path = RemotePath::new;
        let moved = [("/Old/In", "/F/Inner"), ("/Old", "/F/Notes")];
        let moved = FolderMoves::new(moved.into_iter().map(|(from, to)| (path(from), path(to))));
        let check = |from: &str, expected: &str| assert_eq!(moved.before(&path(from)).as_str(), expected);
        check("/Old/a", "/F/Notes/a");
        check("/Old/In", "/F/Notes/In");
        check("/Old/In/b", "/F/Inner/b");
        check("/Elsewhere/c", "/Elsewhere/c");
        assert!(moved.take_along(&path("/Old/a"), &path("/F/Notes/a")));
        assert!(!moved.take_along(&path("/Old/a"), &path("/F/a")));
    }
}
