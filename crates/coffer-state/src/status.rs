//! The totals in the status strip: of all rows, and of those that are selected.

use super::selection::Selection;
use coffer_model::{Amount, Entry, Listing, SinceThen};
use jiff::Timestamp;

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ListStatus {
    /// In the past, without those that were not there then.
    pub items: usize,
    /// They are shown as they were.
    pub is_past: bool,
    /// How many there are with those that the filter hides, while it hides any.
    pub filtered_from: Option<usize>,
    /// Items that are not among the rows, because they could not be read.
    pub unreadable: usize,
    /// Bytes of all items shown, with those in folders where they are known.
    pub total_bytes: u64,
    /// False while further rows are on their way.
    pub complete: bool,
    /// How many items a search has found and their bytes, where the index counts them: more than are listed.
    pub found: Option<(u64, u64)>,
    pub selected: usize,
    pub selected_folders: usize,
    pub selected_deleted: usize,
    /// The selected files, and those in the selected folders whose totals are known.
    pub selected_amount: Amount,
    /// The earliest and the latest change of the selected files.
    pub selected_dates: Option<(Timestamp, Timestamp)>,
}

impl ListStatus {
    pub(super) fn new(listing: &Listing, selection: &Selection) -> Self {
        let mut status = Self {
            items: item_count(listing),
            is_past: listing.past.is_some(),
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
        // A folder that was found may hold others that were.
        if let Some((_, bytes)) = status.found {
            status.total_bytes = bytes;
        }
        if let Some(past) = &listing.past {
            let is_new = |(_, since): &(&Entry, &SinceThen)| **since == SinceThen::Added;
            for (entry, _) in listing.entries.iter().zip(&past.since).filter(is_new) {
                status.items -= 1;
                status.total_bytes -= entry.taken_bytes();
            }
        }
        let selected: Vec<&Entry> =
            selection.paths.iter().filter_map(|path| listing.entry_of(path)).collect();
        status.selected = selected.len();
        status.selected_folders = selected.iter().filter(|entry| entry.is_folder()).count();
        status.selected_deleted = selected.iter().filter(|entry| entry.is_deleted()).count();
        status.selected_amount = Amount::of(selected.iter().copied());
        let dates = selected.iter().filter_map(|entry| entry.file()).map(|file| file.client_modified);
        status.selected_dates = dates.clone().min().zip(dates.max());
        status
    }
}

/// What was in deleted folders, or is in unfolded ones, counts with them.
fn item_count(listing: &Listing) -> usize {
    match &listing.deleted {
        Some(deleted) => deleted.rows.iter().filter(|row| row.level == 0).count(),
        None => listing.entries.len() - listing.levels.iter().filter(|level| **level > 0).count(),
    }
}
