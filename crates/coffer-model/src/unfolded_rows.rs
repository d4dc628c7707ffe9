//! What is in unfolded folders stands among the rows of a listing, each below its folder.

use super::{Entry, Listing, RemotePath};
use std::collections::HashMap;
use std::sync::Arc;

/// What is in folders that are unfolded, as far as it is there.
pub type UnfoldedRows = HashMap<RemotePath, Arc<Listing>>;

impl Listing {
    /// With what is in unfolded folders. Groups and totals stay those of the rows that were there.
    #[must_use]
    pub fn with_unfolded(&self, unfolded: &UnfoldedRows) -> Self {
        let mut rows = RowCollector { unfolded, entries: Vec::new(), levels: Vec::new(), tops: Vec::new() };
        for (top, entry) in self.entries.iter().enumerate() {
            rows.add(entry, 0, top);
        }
        let mut groups = self.groups.of_rows(rows.tops.into_iter());
        for group in &mut groups.list {
            let end = group.first_row + group.rows;
            group.rows = rows.levels[group.first_row..end].iter().filter(|level| **level == 0).count();
        }
        let listing = Self::new(rows.entries, self.sort, self.complete).with_groups(groups);
        let levels = if rows.levels.iter().any(|level| *level > 0) { rows.levels } else { Vec::new() };
        Self { levels, total_bytes: self.total_bytes, unreadable: self.unreadable, ..listing }
    }

    /// In how many unfolded folders a row is.
    pub fn level_of(&self, row: usize) -> u16 {
        self.levels.get(row).copied().unwrap_or_default()
    }
}

struct RowCollector<'a> {
    unfolded: &'a UnfoldedRows,
    entries: Vec<Entry>,
    levels: Vec<u16>,
    /// The row of the listing in which each is, or which it is.
    tops: Vec<usize>,
}

impl RowCollector<'_> {
    fn add(&mut self, entry: &Entry, level: u16, top: usize) {
        self.entries.push(entry.clone());
        self.levels.push(level);
        self.tops.push(top);
        let inside = self.unfolded.get(&entry.path).filter(|_| entry.is_folder());
        for entry in inside.into_iter().flat_map(|inside| &inside.entries) {
            self.add(entry, level + 1, top);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::UnfoldedRows;
    use crate::{Entry, EntryKind, FileKind, GroupKey, Listing, RemotePath, RowGroups, Sort};
    use std::sync::Arc;

    fn listing(paths: &[&str]) -> Listing {
        let folder = |path: &&str| Entry::new(RemotePath::new(path), EntryKind::Folder { id: "".into() });
        Listing::new(paths.iter().map(folder).collect(), Sort::default(), true)
    }

    #[test]
    fn what_is_in_an_unfolded_folder_follows_it_in_its_group() {
        let keys = [FileKind::Folder, FileKind::Other].into_iter().map(GroupKey::Kind);
        let rows = listing(&["/a", "/b"]).with_groups(RowGroups::new(keys, None));
        let unfolded: UnfoldedRows = [("/a", &["/a/x", "/a/y"]), ("/a/x", &["/a/x/1", "/a/x/2"])]
            .map(|(path, inside)| (RemotePath::new(path), Arc::new(listing(inside))))
            .into();
        let all = rows.with_unfolded(&unfolded);
        let shown: Vec<String> = all
            .entries
            .iter()
            .enumerate()
            .map(|(row, entry)| format!("{} {}", all.level_of(row), entry.path))
            .collect();
        assert_eq!(shown, ["0 /a", "1 /a/x", "2 /a/x/1", "2 /a/x/2", "1 /a/y", "0 /b"]);
        assert_eq!(all.groups.list.iter().map(|group| group.first_row).collect::<Vec<_>>(), [0, 5]);
        assert_eq!(all.groups.list.iter().map(|group| group.rows).collect::<Vec<_>>(), [1, 1]);
        assert_eq!(all.row_of(&RemotePath::new("/A/Y")), Some(4));

        let narrowed = all.narrowed_to(vec![all.entries[2].clone(), all.entries[5].clone()]);
        assert_eq!([narrowed.level_of(0), narrowed.level_of(1)], [2, 0]);
        assert!(rows.with_unfolded(&UnfoldedRows::new()).levels.is_empty());
    }
}
