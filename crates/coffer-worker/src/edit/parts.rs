//! Folders with more items than the service deletes at once, as parts that are small enough.

use super::Subtree;
use coffer_model::{Entry, RemotePath};
use std::collections::HashMap;

/// The service refuses to delete a folder with more items in it (`too_many_files`).
const MOST_ITEMS: usize = 10_000;

/// How a folder is deleted in parts.
#[derive(Debug)]
pub(super) struct Parts {
    /// These go first; each of them is small enough.
    pub contents: Vec<Entry>,
    /// The folders that are empty then, inner ones first; the whole folder is the last.
    pub emptied: Vec<Entry>,
}

impl Parts {
    /// `None` for a folder that can be deleted at once.
    pub(super) fn of(folder: &Entry, subtree: &Subtree) -> Option<Self> {
        Self::with_limit(folder, subtree, MOST_ITEMS)
    }

    fn with_limit(folder: &Entry, subtree: &Subtree, most: usize) -> Option<Self> {
        let inner = || subtree.entries.iter().filter(|entry| entry.path != folder.path);
        let mut items_below: HashMap<RemotePath, usize> = HashMap::new();
        for entry in inner() {
            for above in folders_above(&entry.path, &folder.path) {
                *items_below.entry(above).or_default() += 1;
            }
        }
        let is_large = |path: &RemotePath| items_below.get(path).is_some_and(|items| *items > most);
        if !is_large(&folder.path) {
            return None;
        }
        let is_part = |entry: &&Entry| {
            !is_large(&entry.path) && entry.path.parent().is_some_and(|parent| is_large(&parent))
        };
        let contents = inner().filter(is_part).cloned().collect();
        let mut emptied: Vec<Entry> = inner().filter(|entry| is_large(&entry.path)).cloned().collect();
        emptied.push(folder.clone());
        emptied.sort_by(|one, other| other.path.cmp(&one.path));
        Some(Self { contents, emptied })
    }
}

/// The folders around an item, up to `top`.
fn folders_above(path: &RemotePath, top: &RemotePath) -> impl Iterator<Item = RemotePath> {
    let around = std::iter::successors(path.parent(), RemotePath::parent);
    let mut is_top_passed = false;
    around.take_while(move |folder| !std::mem::replace(&mut is_top_passed, folder == top))
}

#[cfg(test)]
mod tests {
    use super::{Parts, Subtree};
    use coffer_model::{Entry, EntryKind, RemotePath};

    fn folder(path: &str) -> Entry {
        Entry::new(RemotePath::new(path), EntryKind::Folder { id: "".into() })
    }

    fn parts(paths: &[&str], most: usize) -> Option<(Vec<String>, Vec<String>)> {
        let subtree = Subtree { entries: paths.iter().map(|path| folder(path)).collect() };
        let parts = Parts::with_limit(&folder("/a"), &subtree, most)?;
        let names = |entries: Vec<Entry>| entries.iter().map(|entry| entry.path.to_string()).collect();
        Some((names(parts.contents), names(parts.emptied)))
    }

    #[test]
    fn a_small_folder_has_no_parts() {
        assert_eq!(parts(&["/a", "/a/b", "/a/c"], 2), None);
    }

    #[test]
    fn a_large_folder_is_split_where_it_is_large_and_goes_last() {
        let paths = ["/a", "/a/b", "/a/b/1", "/a/b/2", "/a/b/3", "/a/c", "/a/c/1"];
        let (contents, emptied) = parts(&paths, 2).unwrap();
        assert_eq!(contents, ["/a/b/1", "/a/b/2", "/a/b/3", "/a/c"]);
        assert_eq!(emptied, ["/a/b", "/a"]);
    }
}
