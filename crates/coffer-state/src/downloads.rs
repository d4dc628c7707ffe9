//! Bringing files to this computer: into a folder, under a chosen name, or into the cache to be opened.

use super::dialog::Dialog;
use super::large_operation::PlannedOperation;
use super::open_question::OpenQuestion;
use super::requests::RequestPurpose;
use super::transfers::{NewTransfer, TransferTitle};
use super::{State, text};
use coffer_model::message::{OpenWith, Pick};
use coffer_model::{Direction, Entry, Job, OnExisting, PastDownload, RequestId, file_kind};
use std::path::PathBuf;
use std::sync::Arc;

impl State {
    pub(super) fn pick_download(&mut self) {
        let entries = self.browser.cloned_selection();
        if !entries.is_empty() {
            self.context.pick(Pick::DownloadFolder, RequestPurpose::PickDownload(Arc::new(entries)));
        }
    }

    /// The person chose the folder, or none.
    pub(super) fn download(&mut self, entries: &[Entry], picked: Vec<PathBuf>) {
        if let Some(folder) = picked.into_iter().next() {
            self.begin_or_ask(PlannedOperation::Download { entries: entries.to_vec(), folder });
        }
    }

    /// Saves the revision that is selected in the versions dialog.
    pub(super) fn save_revision(&mut self) {
        let selected = self.versions_mut().and_then(|(versions, _)| versions.selected_entry().cloned());
        let Some(entry) = selected else { return };
        let suggested_name = text::revision_file_name(&entry);
        self.context.pick(Pick::SaveAs { suggested_name }, RequestPurpose::PickSaveAs(Arc::new(entry)));
    }

    /// The person chose where to save, or not to.
    pub(super) fn save_as(&mut self, entry: &Entry, picked: Vec<PathBuf>) {
        if let Some(local_path) = picked.into_iter().next() {
            self.start_download(Job::SaveAs {
                entry: entry.clone(),
                local_path,
                existing: OnExisting::Replace,
            });
        }
    }

    /// Opens all selected files; folders among them cannot all be entered.
    pub(super) fn open_selected(&mut self) {
        for file in self.browser.cloned_selection() {
            if file.file().is_some() {
                self.open_file(file);
            }
        }
    }

    /// Opens copies of all selected files that cannot be changed.
    pub(super) fn open_read_only_copies(&mut self) {
        for file in self.browser.cloned_selection() {
            if file.file().is_some() {
                self.open_copy(file, OpenWith::SystemProgram);
            }
        }
    }

    pub(super) fn show_in_file_manager(&mut self) {
        if let Some(entry) = self.browser.only_selected().filter(|entry| entry.file().is_some()).cloned() {
            self.open_copy(entry, OpenWith::FileManager);
        }
    }

    pub(super) fn open_copy(&mut self, entry: Entry, with: OpenWith) {
        let job = Job::Open { entry: entry.clone(), with };
        match with {
            OpenWith::SystemProgram => self.ask_and_open(entry, job),
            OpenWith::FileManager => drop(self.start_download(job)),
        }
    }

    /// Starts a job that opens a file, once the person has been asked where that is needed.
    pub(super) fn ask_and_open(&mut self, entry: Entry, job: Job) {
        if !file_kind::may_run(entry.name()) {
            self.start_download(job);
            return;
        }
        if !matches!(self.dialog, Some(Dialog::Open(_))) {
            self.open_dialog(OpenQuestion::default());
        }
        if let Some(Dialog::Open(question)) = &mut self.dialog {
            question.push(entry, job);
        }
    }

    pub(super) fn confirm_open(&mut self) {
        if !matches!(self.dialog, Some(Dialog::Open(_))) {
            return;
        }
        if let Some(Dialog::Open(question)) = self.dialog.take() {
            for job in question.into_jobs() {
                self.start_download(job);
            }
        }
    }

    /// Starts a job that downloads.
    pub(super) fn start_download(&mut self, job: Job) -> Option<RequestId> {
        Some(self.start_transfer(NewTransfer::of_download(job, false)?))
    }
}

impl NewTransfer {
    /// A job that downloads; its words follow from it.
    pub(super) fn of_download(job: Job, from_command_line: bool) -> Option<Self> {
        let (title, origin, target) = match &job {
            Job::Download { entries, folder, .. } => {
                (TransferTitle::from_entries(entries), text::origin_of(entries), folder.display().to_string())
            }
            Job::DownloadPast(download) => {
                let PastDownload { wanted, folder, name, .. } = &**download;
                let title = TransferTitle::from_past(wanted, name.as_deref());
                (title, text::origin_of_past(wanted), folder.display().to_string())
            }
            Job::SaveAs { entry, local_path, .. } => (
                TransferTitle::from_local_path(local_path),
                text::origin_of(std::slice::from_ref(entry)),
                text::local_folder(local_path),
            ),
            Job::Open { entry, .. } => {
                let one = std::slice::from_ref(entry);
                (TransferTitle::from_entries(one), text::origin_of(one), text::temporary_copy().to_owned())
            }
            Job::FetchPromised { entries, .. } => {
                let title = TransferTitle::from_entries(entries);
                (title, text::origin_of(entries), text::other_program().to_owned())
            }
            Job::CheckOut { entry, .. } => {
                let one = std::slice::from_ref(entry);
                (TransferTitle::from_entries(one), text::origin_of(one), text::other_program().to_owned())
            }
            _ => return None,
        };
        let direction = Direction::Download;
        Some(Self { job, direction, title, origin, target, source: None, from_command_line })
    }
}
