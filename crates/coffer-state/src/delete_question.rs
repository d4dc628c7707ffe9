//! A delete that touches very much is asked about first, with how much that is. All others are done at once, and can be undone.

use super::status::ListStatus;
use coffer_model::Entry;

/// From so many files or bytes on a delete is asked about.
const MANY_FILES: u64 = 1_000;
const MANY_BYTES: u64 = 10_000_000_000;

/// What is to be deleted, and how much that is as far as is known.
pub struct DeleteQuestion {
    pub entries: Vec<Entry>,
    pub files: u64,
    pub bytes: u64,
}

impl DeleteQuestion {
    /// About what is selected, if that is much.
    pub(super) fn about(entries: &[Entry], status: &ListStatus) -> Option<Self> {
        let ListStatus { selected_files: files, selected_bytes: bytes, .. } = *status;
        let is_much = files >= MANY_FILES || bytes >= MANY_BYTES;
        // Rows that are selected one by one are seen; what is in folders is not.
        let asks = is_much && entries.iter().any(Entry::is_folder);
        asks.then(|| Self { entries: entries.to_vec(), files, bytes })
    }
}
