//! How an edit or transfer of given items begins. What is large is asked about first; all others begin at once, because an
//! edit can be undone, and a transfer be cancelled.

use super::State;
use super::dialog::Dialog;
use super::large_operation::{LargeOperation, PlannedOperation, PlannedUpload};
use coffer_model::{Job, OnExisting};
use std::sync::Arc;

impl State {
    /// Begins an edit or transfer, or asks about it as soon as no other dialog is open.
    pub(super) fn begin_or_ask(&mut self, operation: PlannedOperation) {
        if matches!(&operation, PlannedOperation::Edit(edit) if self.refuses_edit(edit)) {
            return;
        }
        let large = LargeOperation::new(operation);
        if large.needs_question(self.session.account.as_ref()) {
            self.waiting_questions.push_back(Dialog::LargeOperation(large));
        } else {
            self.begin(large.operation);
        }
    }

    pub(super) fn confirm_large_operation(&mut self) {
        if !matches!(self.dialog, Some(Dialog::LargeOperation(_))) {
            return;
        }
        if let Some(Dialog::LargeOperation(large)) = self.dialog.take() {
            self.begin(large.operation);
        }
    }

    fn begin(&mut self, operation: PlannedOperation) {
        match operation {
            PlannedOperation::Edit(edit) => {
                self.clipboard.remove_moved(&edit);
                self.run_edit(edit);
            }
            PlannedOperation::Download { entries, folder } => {
                self.start_download(Job::Download { entries, folder, existing: OnExisting::Number });
            }
            PlannedOperation::Upload(PlannedUpload { plan, source }) => {
                self.run_upload(Job::Upload { plan: Arc::new(plan) }, &source);
            }
        }
    }
}
