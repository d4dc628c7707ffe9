//! The totals in the status pill: of all rows, and of those that are selected.

use super::selection::Selection;
use coffer_model::Listing;

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ListStatus {
    pub items: usize,
    /// Items that are not among the rows, because they could not be read.
    pub unreadable: usize,
    /// Bytes of all files shown.
    pub total_bytes: u64,
    /// False while further rows are on their way.
    pub complete: bool,
    pub selected: usize,
    pub selected_folders: usize,
    pub selected_deleted: usize,
    /// Bytes of the selected files.
    pub selected_bytes: u64,
}

impl ListStatus {
    pub(super) fn new(listing: &Listing, selection: &Selection) -> Self {
        let mut status = Self {
            items: listing.entries.len(),
            unreadable: listing.unreadable,
            total_bytes: listing.total_bytes,
            complete: listing.complete,
            ..Self::default()
        };
        for entry in selection.paths.iter().filter_map(|path| listing.entry_of(path)) {
            status.selected += 1;
            status.selected_folders += usize::from(entry.is_folder());
            status.selected_deleted += usize::from(entry.is_deleted());
            status.selected_bytes += entry.file().map_or(0, |file| file.size_bytes);
        }
        status
    }
}
