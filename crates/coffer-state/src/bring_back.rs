//! Bringing back what was in the folder whose past is shown: the question, and the edit.

use super::bring_back_question::BringBackQuestion;
use super::dialog::Dialog;
use super::requests::RequestPurpose;
use super::{Location, State, text};
use coffer_model::message::Pick;
use coffer_model::{
    BringBack, BringBackPlace, Edit, Job, OnExisting, Outcome, PastDownload, Problem, RemotePath,
    SinceCounts, SinceThen,
};
use std::path::PathBuf;
use std::sync::Arc;

impl State {
    /// The whole folder that is shown as it was, if that is known and anything in it is not as it was.
    fn folder_to_bring_back(&self) -> Option<BringBack> {
        let Location::Past { folder, at } = self.navigation.current() else { return None };
        let is_complete = self.browser.all_rows().is_some_and(|listing| listing.complete);
        let summary = self.past_summary().filter(|summary| summary.at == *at && is_complete)?;
        can_bring_back(&summary.counts).then(|| BringBack::of_folder(folder.clone(), *at))
    }

    /// The same of what is selected in it.
    pub(super) fn items_to_bring_back(&self) -> Option<BringBack> {
        let Location::Past { folder, at } = self.navigation.current() else { return None };
        let listing = self.browser.listing.value().filter(|listing| listing.complete)?;
        let summary = listing.past.as_ref().filter(|summary| summary.at == *at)?;
        let (mut counts, mut items) = (SinceCounts::default(), Vec::new());
        for entry in self.browser.selected_entries() {
            let row = listing.row_of(&entry.path)?;
            let (since, below) = (summary.since.get(row)?, summary.below.get(row)?);
            if entry.file().is_some() || matches!(since, SinceThen::Deleted | SinceThen::Moved(_)) {
                counts.add(since);
            }
            counts.add_all(below);
            items.push(entry.path.clone());
        }
        let whole = BringBack::of_folder(folder.clone(), *at);
        can_bring_back(&counts).then_some(BringBack { items, ..whole })
    }

    /// Whether there is anything to bring back.
    pub fn can_bring_back(&self) -> bool {
        self.folder_to_bring_back().is_some()
    }

    pub(super) fn ask_to_bring_back(&mut self) {
        self.open_bring_back_question(self.folder_to_bring_back());
    }

    pub(super) fn ask_to_bring_back_items(&mut self) {
        self.open_bring_back_question(self.items_to_bring_back());
    }

    /// The question what of the selected items is downloaded.
    pub(super) fn ask_to_download_past(&mut self) {
        if let Location::Past { folder, at } = self.navigation.current() {
            let items = self.browser.selected_entries().into_iter().map(|entry| entry.path.clone()).collect();
            let place = BringBackPlace::ThisComputer;
            let asked = BringBack { items, place, ..BringBack::of_folder(folder.clone(), *at) };
            self.open_bring_back_question(Some(asked));
        }
    }

    fn open_bring_back_question(&mut self, asked: Option<BringBack>) {
        if let Some(asked) = asked {
            let beside = text::folder_of_then(&asked.folder, asked.at);
            let question = BringBackQuestion::new(asked, beside, &mut self.context);
            self.open_dialog(Dialog::BringBack(Box::new(question)));
        }
    }

    pub(super) fn on_bring_back_planned(&mut self, outcome: Outcome) {
        if let Some(Dialog::BringBack(question)) = &mut self.dialog {
            question.on_planned(outcome);
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

    /// The folder is then shown as it is, or the one with the new folder in it. A download asks for a folder of this computer
    /// first.
    pub(super) fn confirm_bring_back(&mut self) {
        let Some(Dialog::BringBack(question)) = &self.dialog else { return };
        if !question.is_ready() {
            return;
        }
        let asked = question.asked.clone();
        let shown = match &asked.place {
            BringBackPlace::InPlace(_) => asked.folder.clone(),
            BringBackPlace::Beside(target) => target.parent().unwrap_or_default(),
            BringBackPlace::ThisComputer => {
                return self
                    .context
                    .pick(Pick::DownloadFolder, RequestPurpose::PickPastDownload(Arc::new(asked)));
            }
        };
        self.close_dialog();
        self.navigate_to(Location::Folder(shown));
        self.run_edit(Edit::BringBack(Box::new(asked)));
    }

    /// The person chose the folder, or none: then the question is still open.
    pub(super) fn download_past(&mut self, wanted: &BringBack, picked: Vec<PathBuf>) {
        let Some(folder) = picked.into_iter().next() else { return };
        if matches!(self.dialog, Some(Dialog::BringBack(_))) {
            self.close_dialog();
        }
        let name = || text::folder_of_then(&wanted.folder, wanted.at).name().into();
        self.start_download(Job::DownloadPast(Box::new(PastDownload {
            wanted: wanted.clone(),
            folder,
            name: wanted.items.is_empty().then(name),
            existing: OnExisting::Number,
        })));
    }
}

fn can_bring_back(counts: &SinceCounts) -> bool {
    counts.deleted + counts.changed + counts.moved + counts.added > 0
}
