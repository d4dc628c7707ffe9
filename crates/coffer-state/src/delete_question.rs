//! A delete that touches very much is asked about first, with how much that is. All others are done at once, and can be undone.

use super::State;
use super::dialog::Dialog;
use super::status::ListStatus;
use coffer_model::{Edit, Entry};

/// From so many files or bytes on a delete is asked about.
const MANY_FILES: u64 = 1_000;
const MANY_BYTES: u64 = 10_000_000_000;

/// What is to be deleted, and how much that is as far as is known.
pub struct DeleteQuestion {
    pub entries: Vec<Entry>,
    pub files: u64,
    pub bytes: u64,
}

impl State {
    /// Whether a question was asked instead. `entries` are what is selected.
    pub(super) fn asks_to_delete(&mut self, entries: &[Entry]) -> bool {
        let ListStatus { selected_files: files, selected_bytes: bytes, .. } = self.browser.status;
        let is_much = files >= MANY_FILES || bytes >= MANY_BYTES;
        // Rows that are selected one by one are seen; what is in folders is not.
        let asks = is_much && entries.iter().any(Entry::is_folder);
        if asks {
            let entries = entries.to_vec();
            self.open_dialog(Dialog::Delete(DeleteQuestion { entries, files, bytes }));
        }
        asks
    }

    pub(super) fn confirm_delete(&mut self) {
        if !matches!(self.dialog, Some(Dialog::Delete(_))) {
            return;
        }
        if let Some(Dialog::Delete(question)) = self.dialog.take() {
            self.run_edit(Edit::Delete(question.entries));
        }
    }
}
