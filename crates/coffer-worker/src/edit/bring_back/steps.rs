//! What is to be done so that a folder is again what it was.

use crate::edit::edit_records::{BringBackSteps, FileStep, MoveStep};
use crate::past::{PastItem, PastTree};
use coffer_model::entry::File;
use coffer_model::{Entry, EntryKind, RemotePath, Rev, SinceThen};
use std::collections::HashMap;
use std::sync::Arc;

/// What was moved goes back, what was deleted is restored, what was changed gets its version of then. What came since stays.
pub(super) fn steps_in_place(tree: &PastTree, present: &[Entry], folder: &RemotePath) -> BringBackSteps {
    let folder = if tree.folder.contains(folder) { folder } else { &tree.folder };
    let now: HashMap<&str, &Entry> = present.iter().map(|entry| (&**entry.path.lower(), entry)).collect();
    let by_id: HashMap<&str, &Entry> = present.iter().map(|entry| (entry.id(), entry)).collect();
    let mut steps = BringBackSteps { target: folder.to_string(), ..BringBackSteps::default() };
    let inside = tree.items.values().filter(|item| folder.contains(&item.path) && item.path != *folder);
    let moved_folders = FolderMoves::new(inside.clone().filter_map(|item| match &item.since {
        SinceThen::Moved(from) => {
            let is_folder = now.get(&**from.lower()).is_some_and(|entry| entry.is_folder());
            is_folder.then(|| (from.clone(), item.path.clone()))
        }
        _ => None,
    }));
    for PastItem { path, kind, since } in inside {
        match (kind, since) {
            (EntryKind::Folder { .. }, SinceThen::Deleted) => steps.folders.push(path.to_string()),
            (EntryKind::File(then), SinceThen::Deleted) => steps.files.push(file_step(path, then, None)),
            (EntryKind::File(then), SinceThen::Changed) => {
                if let Some(file) = now.get(&**path.lower()).and_then(|entry| entry.file()) {
                    steps.files.push(file_step(path, then, Some(&file.rev)));
                }
            }
            (kind, SinceThen::Moved(from)) => {
                if let Some(entry) = now.get(&**from.lower())
                    && !moved_folders.take_along(from, path)
                {
                    steps.moves.push(MoveStep {
                        item_id: entry.id().to_owned(),
                        is_folder: entry.is_folder(),
                        from: from.to_string(),
                        before: moved_folders.before(from).to_string(),
                        to: path.to_string(),
                    });
                }
                if let EntryKind::File(then) = kind
                    && let Some(file) = by_id.get(&*then.id).and_then(|entry| entry.file())
                    && file.rev != then.rev
                {
                    steps.files.push(file_step(path, then, Some(&file.rev)));
                }
            }
            _ => {}
        }
    }
    steps
}

fn file_step(path: &RemotePath, then: &File, replaced: Option<&Rev>) -> FileStep {
    FileStep {
        path: path.to_string(),
        rev: then.rev.0.to_string(),
        content_hash: then.content_hash.as_deref().map(str::to_owned),
        replaced: replaced.map(|rev| rev.0.to_string()),
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
