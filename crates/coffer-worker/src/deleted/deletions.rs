//! Puts deleted items in rows: what was deleted together is one deletion, the latest first, and what was in a folder follows it.

use super::tree::{DeletedItem, DeletedTop, DeletedTree};
use crate::list::name_key;
use coffer_model::{
    DeletedCounts, DeletedKind, DeletedRow, DeletedSummary, Deletion, DeletionTime, Entry, EntryKind,
    FolderTotals, Listing, RemotePath, Sort,
};
use std::cmp::Reverse;
use std::collections::HashMap;
use std::sync::Arc;

/// What is deleted within so many seconds of each other in one folder is one deletion.
const SAME_DELETION_SECS: i64 = 60;
/// A deletion of which this computer heard so soon is shown as if it had happened then: it waits for news that long.
const HEARD_SOON_SECS: i64 = 600;

/// All rows, each folder followed by what was in it.
pub(super) fn deleted_listing(tree: &DeletedTree, pending: usize) -> Listing {
    let mut rows = DeletedRows { tree, entries: Vec::new(), rows: Vec::new() };
    let mut deletions = Vec::new();
    for DeletedTogether { time, mut tops } in groups(tree) {
        let first_row = rows.entries.len();
        let mut items = DeletedCounts::default();
        let folder = common_folder(&tops);
        tops.sort_by_cached_key(|top| order(tree, top.item));
        for top in tops {
            rows.push_top(&top, &mut items);
        }
        let bytes = rows.bytes_from(first_row);
        deletions.push(Deletion { first_row, time, folder, items, bytes });
    }
    let summary = DeletedSummary { deletions, rows: rows.rows, pending };
    Listing { deleted: Some(Arc::new(summary)), ..Listing::new(rows.entries, Sort::default(), true) }
}

/// What was deleted together.
struct DeletedTogether<'a> {
    time: DeletionTime,
    tops: Vec<DeletedTop<'a>>,
}

/// What was deleted together, the latest first.
fn groups(tree: &DeletedTree) -> Vec<DeletedTogether<'_>> {
    let mut timed: Vec<(DeletionTime, DeletedTop<'_>)> =
        tree.tops().into_iter().map(|top| (time_of(&top), top)).collect();
    // Stable: within one moment in the order of the paths.
    timed.sort_by_key(|(time, _)| Reverse((time.timestamp(), *time)));
    let mut groups: Vec<DeletedTogether<'_>> = Vec::new();
    let mut cluster: Vec<(DeletionTime, DeletedTop<'_>)> = Vec::new();
    for (time, top) in timed {
        if cluster.last().is_some_and(|(last, _)| !is_same(*last, time)) {
            push_groups(&mut groups, std::mem::take(&mut cluster));
        }
        cluster.push((time, top));
    }
    push_groups(&mut groups, cluster);
    groups
}

/// Whether two moments that follow each other are of one deletion.
fn is_same(one: DeletionTime, other: DeletionTime) -> bool {
    match (one, other) {
        (DeletionTime::At(one), DeletionTime::At(other)) => {
            (one.as_second() - other.as_second()).abs() <= SAME_DELETION_SECS
        }
        _ => one == other,
    }
}

/// What happened at one time in unrelated folders was not one deletion.
fn push_groups<'a>(groups: &mut Vec<DeletedTogether<'a>>, cluster: Vec<(DeletionTime, DeletedTop<'a>)>) {
    let Some(&(first, _)) = cluster.first() else { return };
    let is_one = first == DeletionTime::Unknown
        || !common(cluster.iter().map(|(_, top)| parent(&top.item.path))).is_root();
    if is_one {
        return groups
            .push(DeletedTogether { time: first, tops: cluster.into_iter().map(|(_, top)| top).collect() });
    }
    let mut places: HashMap<Option<RemotePath>, usize> = HashMap::new();
    for (time, top) in cluster {
        // The folder at the top of the account; none for what was there itself.
        let folder = parent(&top.item.path).lineage().into_iter().find(|path| !path.is_root());
        let place = *places.entry(folder).or_insert(groups.len());
        match groups.get_mut(place) {
            Some(group) => group.tops.push(top),
            None => groups.push(DeletedTogether { time, tops: vec![top] }),
        }
    }
}

fn time_of(top: &DeletedTop<'_>) -> DeletionTime {
    let items = || std::iter::once(top.item).chain(top.contents.iter().copied());
    if let Some(time) = items().filter_map(DeletedItem::deleted).max() {
        return DeletionTime::At(time);
    }
    let logged = items().filter_map(|item| item.logged.as_ref()).max_by_key(|logged| logged.seen);
    match logged {
        Some(logged) if logged.seen.as_second() - logged.after.as_second() <= HEARD_SOON_SECS => {
            DeletionTime::At(logged.seen)
        }
        Some(logged) => DeletionTime::Before(logged.seen),
        None => DeletionTime::Unknown,
    }
}

fn parent(path: &RemotePath) -> RemotePath {
    path.parent().unwrap_or_default()
}

fn common_folder(tops: &[DeletedTop<'_>]) -> RemotePath {
    common(tops.iter().map(|top| parent(&top.item.path)))
}

/// The nearest folder around all of these, or the one that they all are.
fn common(mut folders: impl Iterator<Item = RemotePath>) -> RemotePath {
    let Some(mut common) = folders.next() else { return RemotePath::root() };
    for folder in folders {
        while !common.contains(&folder) {
            common = parent(&common);
        }
    }
    common
}

/// Folders first, then by name.
fn order(tree: &DeletedTree, item: &DeletedItem) -> (bool, Arc<[u8]>, RemotePath) {
    (!tree.entry(item).is_deleted_folder(), name_key(item.path.name()), item.path.clone())
}

/// Rows as they are made.
struct DeletedRows<'a> {
    tree: &'a DeletedTree,
    entries: Vec<Entry>,
    rows: Vec<DeletedRow>,
}

impl<'a> DeletedRows<'a> {
    fn push_top(&mut self, top: &DeletedTop<'a>, items: &mut DeletedCounts) {
        // In their order within each folder; what is in no folder of these is in the one at the top.
        let mut children: HashMap<&Arc<str>, Vec<&'a DeletedItem>> = HashMap::new();
        let known: HashMap<&str, &'a DeletedItem> = std::iter::once(top.item)
            .chain(top.contents.iter().copied())
            .map(|item| (&**item.path.lower(), item))
            .collect();
        for &item in &top.contents {
            let around = std::iter::successors(item.path.parent(), RemotePath::parent)
                .find_map(|path| known.get(&**path.lower()).copied())
                .unwrap_or(top.item);
            children.entry(around.path.lower()).or_default().push(item);
        }
        for siblings in children.values_mut() {
            siblings.sort_by_cached_key(|item| Reverse(order(self.tree, item)));
        }
        let row = self.entries.len();
        let mut pending = vec![(top.item, 0)];
        while let Some((item, level)) = pending.pop() {
            self.entries.push(self.tree.entry(item));
            self.rows.push(DeletedRow { level, contents: 0 });
            let inside = children.remove(item.path.lower()).unwrap_or_default();
            pending.extend(inside.into_iter().map(|item| (item, level.saturating_add(1))));
        }
        self.add_contents(row);
        let logged_bytes = top.item.logged.as_ref().and_then(|logged| logged.bytes);
        if let (Some(bytes), None, true) =
            (logged_bytes, &self.entries[row].totals, self.entries[row].is_deleted_folder())
        {
            let totals = FolderTotals { bytes, ..self.counts_below(row) };
            self.entries[row].totals = Some(Arc::new(totals));
        }
        match self.entries[row].kind {
            EntryKind::Deleted(DeletedKind::File(_)) => items.files += 1,
            EntryKind::Deleted(DeletedKind::Folder) => items.folders += 1,
            _ => items.unknown += 1,
        }
    }

    /// Counts what is in each folder from a row on.
    fn add_contents(&mut self, first: usize) {
        for row in (first..self.rows.len()).rev() {
            let level = self.rows[row].level;
            let contents = self.rows[row + 1..].iter().take_while(|inner| inner.level > level).count();
            self.rows[row].contents = u32::try_from(contents).unwrap_or(u32::MAX);
            if contents > 0 {
                let totals = self.counts_below(row);
                let sizes = self.files_below(row).map(Entry::size_bytes);
                let bytes = sizes.sum::<Option<u64>>();
                self.entries[row].totals = bytes.map(|bytes| Arc::new(FolderTotals { bytes, ..totals }));
            }
        }
    }

    /// All but the bytes.
    fn counts_below(&self, row: usize) -> FolderTotals {
        let below = row + 1..=row + self.rows[row].contents as usize;
        let folders = self.entries[below].iter().filter(|entry| entry.is_deleted_folder()).count() as u64;
        FolderTotals {
            files: u64::from(self.rows[row].contents) - folders,
            folders,
            bytes: 0,
            newest: self.files_below(row).filter_map(Entry::modified).max(),
        }
    }

    fn files_below(&self, row: usize) -> impl Iterator<Item = &Entry> {
        let below = row + 1..=row + self.rows[row].contents as usize;
        self.entries[below].iter().filter(|entry| !entry.is_deleted_folder())
    }

    /// Of all files from a row on that are in no folder, and of the folders.
    fn bytes_from(&self, first: usize) -> Option<u64> {
        let tops = (first..self.rows.len()).filter(|row| self.rows[*row].level == 0);
        tops.map(|row| match self.entries[row].size_bytes() {
            // An empty one.
            None if self.entries[row].is_deleted_folder() && self.rows[row].contents == 0 => Some(0),
            bytes => bytes,
        })
        .sum()
    }
}
