//! Bringing the folder whose past is shown back: the question, and the edit.

use super::bring_back_question::BringBackQuestion;
use super::dialog::Dialog;
use super::{Location, State, text};
use coffer_model::{Edit, Problem, RemotePath};

impl State {
    /// What bringing back the folder that is shown would do, once all of it is known; `None` where that is nothing.
    pub(super) fn bring_back_question(&self) -> Option<BringBackQuestion> {
        let Location::Past { folder, at } = self.navigation.current() else { return None };
        let is_complete = self.browser.all_rows().is_some_and(|listing| listing.complete);
        let summary = self.past_summary().filter(|summary| summary.at == *at && is_complete)?;
        let question = BringBackQuestion { folder: folder.clone(), at: *at, counts: summary.counts };
        (question.files() > 0).then_some(question)
    }

    /// Whether there is anything to bring back.
    pub fn can_bring_back(&self) -> bool {
        self.bring_back_question().is_some()
    }

    pub(super) fn ask_to_bring_back(&mut self) {
        if let Some(question) = self.bring_back_question() {
            self.open_dialog(Dialog::BringBack(question));
        }
    }

    /// The worker has ended what an earlier run had begun.
    pub(super) fn on_brought_back(&mut self, folder: &RemotePath, failed: &[Problem]) {
        let said = text::brought_back(folder);
        if failed.is_empty() {
            self.toast_done(said, None);
        } else {
            self.report_all(text::edit_partly_done(&said, failed), failed);
        }
    }

    /// The folder is then shown as it is.
    pub(super) fn confirm_bring_back(&mut self) {
        if !matches!(self.dialog, Some(Dialog::BringBack(_))) {
            return;
        }
        if let Some(Dialog::BringBack(BringBackQuestion { folder, at, .. })) = self.dialog.take() {
            self.navigate_to(Location::Folder(folder.clone()));
            self.run_edit(Edit::BringBack { folder, at });
        }
    }
}
