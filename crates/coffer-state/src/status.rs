//! The totals in the status pill: of all rows, and of those that are selected.

use super::selection::Selection;
use coffer_model::{Entry, Listing, RemotePath};
use std::iter::successors;

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ListStatus {
    pub items: usize,
    /// Items that are not among the rows, because they could not be read.
    pub unreadable: usize,
    /// Bytes of all files shown.
    pub total_bytes: u64,
    /// False while further rows are on their way.
    pub complete: bool,
    /// How many items a search has found and their bytes, where the index counts them: more than are listed.
    pub found: Option<(u64, u64)>,
    pub selected: usize,
    pub selected_folders: usize,
    pub selected_deleted: usize,
    /// The selected files, and those below the selected folders whose totals are known.
    pub selected_files: u64,
    /// Bytes of the selected files, and of the selected folders whose totals are known.
    pub selected_bytes: u64,
}

impl ListStatus {
    pub(super) fn new(listing: &Listing, selection: &Selection) -> Self {
        let mut status = Self {
            items: listing.entries.len(),
            unreadable: listing.unreadable,
            total_bytes: listing.total_bytes,
            complete: listing.complete,
            found: listing.search.as_ref().map(|search| {
                let others = listing.entries.iter().skip(search.service_from);
                let bytes: u64 = others.clone().filter_map(|it| it.file()).map(|file| file.size_bytes).sum();
                (search.count + others.count() as u64, search.bytes + bytes)
            }),
            ..Self::default()
        };
        // Items mostly lie in one folder, so it is looked at once whether that one is selected as well.
        let mut last_folder: Option<(&str, bool)> = None;
        for entry in selection.paths.iter().filter_map(|path| listing.entry_of(path)) {
            status.selected += 1;
            status.selected_folders += usize::from(entry.is_folder());
            status.selected_deleted += usize::from(entry.is_deleted());
            let folder = entry.path.lower().rsplit_once('/').map_or("", |(folder, _)| folder);
            let is_counted = match last_folder {
                Some((last, is_counted)) if last == folder => is_counted,
                _ => has_totals_above(listing, selection, entry),
            };
            last_folder = Some((folder, is_counted));
            if !is_counted {
                let below = entry.totals.as_ref().map(|totals| totals.files);
                status.selected_files += below.unwrap_or_else(|| u64::from(entry.file().is_some()));
                status.selected_bytes += entry.size_bytes().unwrap_or(0);
            }
        }
        status
    }
}

/// Whether an item lies below a selected folder, in whose totals it is.
fn has_totals_above(listing: &Listing, selection: &Selection, entry: &Entry) -> bool {
    successors(entry.path.parent(), RemotePath::parent)
        .filter(|folder| selection.contains(folder))
        .filter_map(|folder| listing.entry_of(&folder))
        .any(|folder| folder.totals.is_some())
}

#[cfg(test)]
mod tests {
    use super::ListStatus;
    use crate::selection::Selection;
    use coffer_model::entry::{ContentAccess, File};
    use coffer_model::{Entry, EntryKind, FolderTotals, Listing, RemotePath, Rev, Sort};
    use jiff::Timestamp;
    use std::sync::Arc;

    fn file(path: &str, size_bytes: u64) -> Entry {
        let kind = EntryKind::File(File {
            id: path.into(),
            rev: Rev("123456789".into()),
            size_bytes,
            client_modified: Timestamp::UNIX_EPOCH,
            server_modified: Timestamp::UNIX_EPOCH,
            content_hash: None,
            access: ContentAccess::Download,
        });
        Entry::new(RemotePath::new(path), kind)
    }

    fn folder(path: &str, bytes: Option<u64>) -> Entry {
        let totals = bytes.map(|bytes| Arc::new(FolderTotals { bytes, files: 4, ..FolderTotals::default() }));
        Entry { totals, ..Entry::new(RemotePath::new(path), EntryKind::Folder { id: path.into() }) }
    }

    #[test]
    fn selected_folders_count_with_what_is_below_them_and_that_only_once() {
        let check = |entries: Vec<Entry>, expected| {
            let selection = Selection {
                paths: entries.iter().map(|entry| entry.path.clone()).collect(),
                ..Selection::default()
            };
            let listing = Listing::new(entries, Sort::default(), true);
            let status = ListStatus::new(&listing, &selection);
            assert_eq!((status.selected_bytes, status.selected_files), expected);
        };
        check(vec![folder("/A", Some(100)), file("/b", 7)], (107, 5));
        check(vec![folder("/A", None), file("/b", 7)], (7, 1));
        // A search finds a folder and what is in it.
        check(
            vec![folder("/A", Some(100)), file("/A/x/y", 30), folder("/A/x", Some(60)), file("/b", 7)],
            (107, 5),
        );
        check(vec![folder("/A", None), file("/A/x/y", 30), file("/AB", 7)], (37, 2));
    }
}
