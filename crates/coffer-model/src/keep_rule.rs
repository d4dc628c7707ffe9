//! Rules that say which of several equal files is kept. Whatever the rule, at least one is.

use super::{DuplicateGroup, Entry, ItemAccess, RemotePath};
use std::cmp::Reverse;

#[derive(Clone, Debug, PartialEq)]
pub enum KeepRule {
    Newest,
    Oldest,
    ShortestPath,
    /// All copies in this folder or below it are kept. Groups without a copy there are left alone.
    InFolder(RemotePath),
}

impl KeepRule {
    /// Which files of a group are to be deleted, by their places.
    pub fn chosen(&self, group: &DuplicateGroup) -> Vec<usize> {
        let files = group.files.iter().enumerate();
        let kept: Vec<usize> = match self {
            Self::Newest => files.max_by_key(|(place, file)| (modified(file), Reverse(*place))),
            Self::Oldest => files.min_by_key(|(place, file)| (modified(file), *place)),
            // Of paths that are equally long, the first by the alphabet: the order of a group follows its dates.
            Self::ShortestPath => files.min_by(|(_, one), (_, other)| by_path(one).cmp(&by_path(other))),
            Self::InFolder(folder) => {
                let inside = files.filter(|(_, file)| folder.contains(&file.path));
                let kept: Vec<usize> = inside.map(|(place, _)| place).collect();
                return if kept.is_empty() { Vec::new() } else { all_but(group, &kept) };
            }
        }
        .map(|(place, _)| place)
        .into_iter()
        .collect();
        all_but(group, &kept)
    }
}

/// The files that can be deleted and are not among those that are kept, whose places rise.
fn all_but(group: &DuplicateGroup, kept: &[usize]) -> Vec<usize> {
    let files = group.files.iter().enumerate();
    let gone = files.filter(|(place, file)| kept.binary_search(place).is_err() && can_delete(file));
    gone.map(|(place, _)| place).collect()
}

/// Whether the person may delete it.
pub fn can_delete(file: &Entry) -> bool {
    file.sharing.access == ItemAccess::Edit
}

fn modified(file: &Entry) -> Option<(jiff::Timestamp, jiff::Timestamp)> {
    file.file().map(|file| (file.client_modified, file.server_modified))
}

fn by_path(file: &Entry) -> (usize, &str) {
    (file.path.lower().chars().count(), file.path.lower())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{ContentAccess, EntryKind, File, Rev};

    fn file(path: &str, secs: i64) -> Entry {
        let modified = jiff::Timestamp::from_second(secs).unwrap();
        let file = File {
            id: path.into(),
            rev: Rev("1".into()),
            size_bytes: 1,
            client_modified: modified,
            server_modified: modified,
            content_hash: None,
            access: ContentAccess::Download,
        };
        Entry::new(RemotePath::new(path), EntryKind::File(file))
    }

    #[test]
    fn of_equally_short_paths_the_same_is_kept_whatever_their_dates() {
        for dates in [(1, 2), (2, 1)] {
            let mut files = vec![file("/b/x", dates.0), file("/a/x", dates.1)];
            files.sort_by_key(|file| modified(file).unwrap());
            let group = DuplicateGroup { size_bytes: 1, files };
            let gone = KeepRule::ShortestPath.chosen(&group);
            assert_eq!(
                gone.iter().map(|place| group.files[*place].path.as_str()).collect::<Vec<_>>(),
                ["/b/x"]
            );
        }
    }
}
