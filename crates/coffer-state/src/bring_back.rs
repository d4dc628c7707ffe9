//! Bringing the folder whose past is shown back: the question, and the edit.

use super::bring_back_question::BringBackQuestion;
use super::dialog::Dialog;
use super::{Location, State};
use coffer_model::Edit;

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
