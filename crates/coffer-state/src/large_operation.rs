//! Edits and transfers that touch very much, or for which there is no room: which they are, and how much that is. How they
//! are asked about is in `begin_operation`.

use super::runs::PlanRun;
use coffer_model::transfer::UploadPlan;
use coffer_model::{Account, Amount, Edit, Entry};
use std::path::PathBuf;
use std::sync::Arc;

/// From so many files on an operation is large.
const MANY_FILES: u64 = 1_000;
/// From so many bytes on. A copy takes as much of the quota at once, and nothing of it is seen until it is done.
const MANY_BYTES: u64 = 10_000_000_000;
const MANY_COPIED_BYTES: u64 = 1_000_000_000;

/// An edit or transfer, and how much it touches.
pub struct LargeOperation {
    pub operation: PlannedOperation,
    pub amount: Amount,
    /// How much more is in the account afterwards.
    pub growth_bytes: i64,
}

pub enum PlannedOperation {
    /// A delete, move or copy.
    Edit(Edit),
    Download {
        entries: Vec<Entry>,
        folder: PathBuf,
    },
    Upload(PlannedUpload),
}

/// What was planned, and from what.
pub struct PlannedUpload {
    pub plan: UploadPlan,
    pub(super) source: Arc<PlanRun>,
}

impl LargeOperation {
    pub(super) fn new(operation: PlannedOperation) -> Self {
        let amount = match &operation {
            PlannedOperation::Edit(Edit::Delete(entries)) | PlannedOperation::Download { entries, .. } => {
                Amount::of(entries.iter())
            }
            PlannedOperation::Edit(Edit::Move(items) | Edit::Copy(items)) => {
                Amount::of(items.iter().map(|(entry, _)| entry))
            }
            PlannedOperation::Edit(_) => Amount::default(),
            PlannedOperation::Upload(PlannedUpload { plan, .. }) => Amount {
                files: plan.files.sent_count() as u64,
                bytes: plan.files.sent_bytes(),
                is_partial: false,
            },
        };
        let bytes = amount.bytes as i64;
        let growth_bytes = match &operation {
            PlannedOperation::Edit(Edit::Delete(_)) => -bytes,
            PlannedOperation::Edit(Edit::Copy(_)) => bytes,
            PlannedOperation::Edit(_) | PlannedOperation::Download { .. } => 0,
            PlannedOperation::Upload(PlannedUpload { plan, .. }) => plan.files.growth_bytes(),
        };
        Self { operation, amount, growth_bytes }
    }

    /// Rows that are selected one by one are seen; what is in folders is not, so only that makes an operation large.
    fn is_large(&self) -> bool {
        let Amount { files, bytes, .. } = self.amount;
        let (is_hidden, many_bytes) = match &self.operation {
            PlannedOperation::Edit(Edit::Delete(entries)) | PlannedOperation::Download { entries, .. } => {
                (entries.iter().any(Entry::is_folder), Some(MANY_BYTES))
            }
            PlannedOperation::Edit(Edit::Copy(items)) => (has_folder(items), Some(MANY_COPIED_BYTES)),
            PlannedOperation::Edit(Edit::Move(items)) => (has_folder(items), None),
            PlannedOperation::Edit(_) => (false, None),
            PlannedOperation::Upload(upload) => (!upload.source.is_confirmed, Some(MANY_BYTES)),
        };
        is_hidden && (files >= MANY_FILES || many_bytes.is_some_and(|many| bytes >= many))
    }

    pub(super) fn needs_question(&self, account: Option<&Account>) -> bool {
        self.is_large() || account.and_then(|account| account.lacking_bytes(self.growth_bytes)).is_some()
    }
}

fn has_folder<T>(items: &[(Entry, T)]) -> bool {
    items.iter().any(|(entry, _)| entry.is_folder())
}
