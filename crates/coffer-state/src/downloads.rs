//! Bringing files to this computer: into a folder, under a chosen name, or into the cache to be opened.

use super::State;
use super::dialog::Dialog;
use super::requests::Purpose;
use super::text;
use coffer_model::message::{OpenWith, Pick};
use coffer_model::{Direction, Entry, Existing, Job};
use std::path::PathBuf;
use std::sync::Arc;

impl State {
    pub(super) fn pick_download(&mut self) {
        let entries: Vec<Entry> = self.selected_entries().into_iter().cloned().collect();
        if !entries.is_empty() {
            self.cancel_picks();
            self.run(Job::Pick(Pick::Folder), Purpose::PickDownload(Arc::new(entries)));
        }
    }

    /// The person chose the folder, or none.
    pub(super) fn download(&mut self, entries: &[Entry], picked: Vec<PathBuf>) {
        if let Some(folder) = picked.into_iter().next() {
            self.run_download(entries.to_vec(), folder);
        }
    }

    pub(super) fn run_download(&mut self, entries: Vec<Entry>, folder: PathBuf) {
        let words = [text::items(&entries), text::origin_of(&entries), folder.display().to_string()];
        let job = Job::Download { entries, folder, existing: Existing::Number };
        self.run_transfer(job, Direction::Download, words, None);
    }

    /// Saves the revision that is selected in the versions dialog.
    pub(super) fn save_revision(&mut self) {
        let Some(Dialog::Versions(versions)) = &self.dialog else { return };
        let revision = versions.revisions.value().and_then(|revisions| revisions.get(versions.selected));
        let Some(entry) = revision.cloned() else { return };
        self.cancel_picks();
        let suggested_name = text::revision_file_name(&entry);
        self.run(Job::Pick(Pick::SaveAs { suggested_name }), Purpose::PickSaveAs(Arc::new(entry)));
    }

    /// The person chose where to save, or not to.
    pub(super) fn save_as(&mut self, entry: &Entry, picked: Vec<PathBuf>) {
        if let Some(local_path) = picked.into_iter().next() {
            let words = text::save_as(entry, &local_path);
            let job = Job::SaveAs { entry: entry.clone(), local_path, existing: Existing::Replace };
            self.run_transfer(job, Direction::Download, words, None);
        }
    }

    pub(super) fn open_file(&mut self, entry: Entry) {
        self.open_copy(entry, OpenWith::SystemProgram);
    }

    /// Opens all selected files; folders among them cannot all be entered.
    pub(super) fn open_selected(&mut self) {
        let files: Vec<Entry> =
            self.selected_entries().into_iter().filter(|entry| entry.file().is_some()).cloned().collect();
        for file in files {
            self.open_file(file);
        }
    }

    pub(super) fn show_in_file_manager(&mut self) {
        if let Some(entry) = self.only_selected().filter(|entry| entry.file().is_some()).cloned() {
            self.open_copy(entry, OpenWith::FileManager);
        }
    }

    fn open_copy(&mut self, entry: Entry, with: OpenWith) {
        let origin = text::origin_of(std::slice::from_ref(&entry));
        let words = [entry.name().to_owned(), origin, text::COPY_TO_OPEN.to_owned()];
        self.run_transfer(Job::Open { entry, with }, Direction::Download, words, None);
    }
}
