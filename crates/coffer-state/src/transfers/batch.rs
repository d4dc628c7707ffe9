//! What has been going on since nothing ran, for the message when all of it has ended.

use super::end::TransferEnd;
use super::transfer::TransferItem;

/// All transfers from the moment on when the first of them began until none runs any more.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct TransferBatch {
    pub since_secs: f64,
    pub done: usize,
    pub failed: usize,
    pub files: u64,
    pub bytes: u64,
    /// Of what is done, for the sum of all.
    pub progress_bytes: u64,
    /// The one that ended last.
    pub title: String,
}

impl TransferBatch {
    pub(crate) fn record_finished(&mut self, transfer: &TransferItem) {
        self.title = transfer.title.quoted();
        match &transfer.end {
            Some(TransferEnd::Cancelled) => {}
            _ if transfer.has_failed() => self.failed += 1,
            _ => self.done += 1,
        }
        if let Some(TransferEnd::Done { report, .. }) = &transfer.end {
            self.files += report.files;
            self.bytes += report.bytes;
            self.progress_bytes += transfer.progress.as_ref().map_or(report.bytes, |it| it.bytes_total);
        }
    }
}
