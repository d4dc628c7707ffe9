//! What an upload has done so far: for its report, and for taking it back.

use super::decisions::{FileUpload, Naming};
use crate::convert;
use crate::history::{FileRevisions, Inverse, NewOperation, Rewind};
use crate::transfer::{Change, TransferHandle};
use coffer_model::transfer::{TransferReport, UploadPlan, Uploaded, UploadedFiles};
use coffer_model::{Entry, OperationKind, Problem, RemotePath};
use dropbox_protocol::files::FolderMetadata;
use std::collections::HashSet;
use std::sync::Arc;

#[derive(Default)]
pub(crate) struct UploadReportBuilder {
    report: TransferReport,
    uploaded: UploadedFiles,
    made_folders: Vec<Entry>,
    rewinds: Vec<Rewind>,
}

impl UploadReportBuilder {
    /// With the folders that earlier runs have made.
    pub(crate) fn new(plan: Arc<UploadPlan>, made_folders: Vec<Entry>) -> Self {
        Self { uploaded: UploadedFiles::new(plan), made_folders, ..Self::default() }
    }

    pub(crate) fn add_skipped(&mut self, files: u64) {
        self.report.skipped += files;
    }

    pub(crate) fn add_failed(&mut self, problem: Problem) {
        self.report.failed.push(problem);
    }

    pub(crate) fn add_made_folders(&mut self, handle: &TransferHandle, folders: &[FolderMetadata]) {
        if !folders.is_empty() {
            let folders: Vec<Entry> =
                folders.iter().map(|folder| convert::folder_entry(folder, None)).collect();
            self.made_folders.extend(folders.iter().cloned());
            handle.record_change(|transfer| Change::FoldersMade { transfer, folders });
        }
    }

    pub(crate) fn add_committed(&mut self, task: &FileUpload, entry: &Entry) {
        let Some(file) = entry.file() else { return };
        let rev = file.rev.clone();
        self.report.files += 1;
        self.report.bytes += file.size_bytes;
        let replaced = match &task.naming {
            Naming::Replace(before) => {
                // The same content makes no new revision; then there is nothing to take back.
                if *before != rev {
                    let rewind =
                        Rewind { path: entry.path.clone(), current: rev.clone(), rev: before.clone() };
                    self.rewinds.push(rewind);
                }
                Some(before.clone())
            }
            Naming::New | Naming::KeepBoth => None,
        };
        self.uploaded.push(task.index, Uploaded { remote_path: entry.path.clone(), rev, replaced });
    }

    /// The folders that were made and hold nothing that has arrived.
    pub(crate) fn idle_folders(&self) -> Vec<Entry> {
        let mut used: HashSet<RemotePath> = HashSet::new();
        for file in self.uploaded.iter() {
            let folders = std::iter::successors(file.remote_path.parent(), RemotePath::parent);
            // The parents of a folder that is known are known as well.
            folders.take_while(|folder| used.insert(folder.clone())).for_each(drop);
        }
        self.made_folders.iter().filter(|folder| !used.contains(&folder.path)).cloned().collect()
    }

    /// They are gone again.
    pub(crate) fn subtract_folders(&mut self, gone: &[Entry]) {
        self.made_folders.retain(|folder| !gone.iter().any(|gone| gone.path == folder.path));
    }

    /// It was cancelled. That may have come too late to change anything; but empty folders do not stay then.
    pub(crate) fn set_cancelled(&mut self, plan: &UploadPlan) {
        let settled = self.report.files + self.report.skipped;
        self.report.cancelled = settled < plan.files.len() as u64 || !plan.empty_folders.is_empty();
    }

    /// Whether there is anything to tell or to take back.
    pub(crate) fn is_empty(&self) -> bool {
        self.report.files == 0 && self.made_folders.is_empty()
    }

    /// The report, and what is kept of it in the history if anything was changed.
    pub(crate) fn finish(mut self, target: &RemotePath) -> (TransferReport, Option<NewOperation>) {
        let replaces_all =
            self.made_folders.is_empty() && self.uploaded.iter().all(|it| it.replaced.is_some());
        let kind = if replaces_all { OperationKind::UploadVersion } else { OperationKind::Upload };
        let mut undo = Vec::new();
        if !self.rewinds.is_empty() {
            undo.push(Inverse::Rewind(self.rewinds));
        }
        let added = self.uploaded.iter().filter(|file| file.replaced.is_none());
        let added: FileRevisions = added.map(|file| (file.remote_path, file.rev)).collect();
        let folders: Vec<RemotePath> = self.made_folders.iter().map(|folder| folder.path.clone()).collect();
        if !added.is_empty() {
            undo.push(Inverse::RemoveUploaded { files: Arc::new(added), folders: self.made_folders });
        } else if !self.made_folders.is_empty() {
            undo.push(Inverse::Remove(self.made_folders));
        }
        let operation = Inverse::all(undo).map(|inverse| {
            let mut new = NewOperation::new(kind, Some(inverse));
            let files = self.uploaded.iter().map(|file| (file.remote_path, false));
            add_top_items(&mut new, target, files.chain(folders.into_iter().map(|folder| (folder, true))));
            (new.files, new.bytes) = (self.report.files, self.report.bytes);
            new.failed = self.report.failed.len() as u64;
            new
        });
        self.report.uploaded = Arc::new(self.uploaded);
        (self.report, operation)
    }
}

/// Adds the items of the target folder that are among these, or hold one of them.
fn add_top_items(
    new: &mut NewOperation,
    target: &RemotePath,
    items: impl Iterator<Item = (RemotePath, bool)>,
) {
    let mut seen: HashSet<RemotePath> = HashSet::new();
    let mut last: Option<RemotePath> = None;
    for (path, is_folder) in items {
        // Files of one folder mostly follow each other, and there may be very many.
        if last.as_ref().is_some_and(|last| last.contains(&path)) {
            continue;
        }
        let steps = path.lineage();
        let Some(top) = steps.into_iter().find(|step| target.is_parent_of(step)) else { continue };
        if seen.insert(top.clone()) {
            new.add_item(&top, is_folder || top != path, None);
        }
        last = Some(top);
    }
}
