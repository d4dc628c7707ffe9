//! What an upload has done so far: for its report, for taking it back, and for a later run of the same order.

use super::decide::{Naming, Task};
use crate::convert;
use crate::transfer::TransferLog;
use coffer_model::receipt::Rewind;
use coffer_model::transfer::{TransferReport, UploadPlan, Uploaded};
use coffer_model::{Entry, Inverse, Problem, Receipt, RemotePath, Rev};
use dropbox_protocol::files::{FileMetadata, FolderMetadata};
use serde::{Deserialize, Serialize};
use std::collections::HashSet;

const FOLDERS: &str = "folders";

/// A file that has arrived, as it is noted.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Arrival {
    /// The file's place in the plan.
    pub place: usize,
    pub size_bytes: u64,
    pub metadata: FileMetadata,
}

#[derive(Default)]
pub struct Outcome {
    report: TransferReport,
    made: Vec<Entry>,
    made_folders: Vec<FolderMetadata>,
    rewinds: Vec<Rewind>,
    /// Notes of arrivals written by this run and earlier ones.
    notes: usize,
}

impl Outcome {
    /// What earlier runs of the order have done: the arrivals are to be told by [`arrived`](Self::arrived), without
    /// noting them again.
    pub fn go_on(log: &TransferLog) -> (Self, Vec<Arrival>) {
        let mut outcome = Self::default();
        let mut arrivals = Vec::new();
        while let Some(noted) = log.find::<Vec<Arrival>>(&note_key(outcome.notes)) {
            arrivals.extend(noted);
            outcome.notes += 1;
        }
        outcome.made_folders = log.find(FOLDERS).unwrap_or_default();
        (outcome, arrivals)
    }

    pub fn skipped(&mut self, files: u64) {
        self.report.skipped += files;
    }

    pub fn failed(&mut self, problem: Problem) {
        self.report.failed.push(problem);
    }

    /// Remembers arrivals for a later run.
    pub fn note(&mut self, log: &TransferLog, arrivals: &[Arrival]) {
        log.note(&note_key(self.notes), &arrivals);
        self.notes += 1;
    }

    pub fn made_folders(&mut self, log: &TransferLog, folders: Vec<FolderMetadata>) {
        if !folders.is_empty() {
            self.made_folders.extend(folders);
            log.note(FOLDERS, &self.made_folders);
        }
    }

    pub fn arrived(&mut self, task: &Task, arrival: &Arrival) {
        let entry = convert::file_entry(&arrival.metadata, task.file.remote_path.parent().as_ref());
        let rev = Rev(arrival.metadata.rev.as_str().into());
        self.report.files += 1;
        self.report.bytes += arrival.size_bytes;
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
        self.report.uploaded.push(Uploaded {
            remote_path: entry.path.clone(),
            rev,
            replaced: replaced.clone(),
        });
        if replaced.is_none() {
            self.made.push(entry);
        }
    }

    /// The folders that were made and hold nothing that has arrived.
    pub fn idle_folders(&self) -> Vec<Entry> {
        let arrived: HashSet<RemotePath> =
            self.report.uploaded.iter().flat_map(|file| file.remote_path.lineage()).collect();
        let folders = self.made_folders.iter().map(|folder| convert::folder_entry(folder, None));
        folders.filter(|folder| !arrived.contains(&folder.path)).collect()
    }

    /// They are gone again.
    pub fn folders_removed(&mut self, gone: &[Entry]) {
        self.made_folders.retain(|folder| {
            let path = convert::folder_entry(folder, None).path;
            !gone.iter().any(|gone| gone.path == path)
        });
    }

    /// It was cancelled. That may have come too late to change anything; but empty folders do not stay then.
    pub fn cancelled(&mut self, plan: &UploadPlan) {
        let settled = self.report.files + self.report.skipped;
        self.report.stopped = settled < plan.files.len() as u64 || !plan.empty_folders.is_empty();
    }

    /// Whether there is anything to tell or to take back.
    pub fn is_empty(&self) -> bool {
        self.report.files == 0 && self.made_folders.is_empty()
    }

    pub fn into_receipt(mut self) -> Receipt {
        self.made.extend(self.made_folders.iter().map(|folder| convert::folder_entry(folder, None)));
        let mut undo = Vec::new();
        if !self.rewinds.is_empty() {
            undo.push(Inverse::Rewind(self.rewinds));
        }
        if !self.made.is_empty() {
            undo.push(Inverse::Remove(self.made));
        }
        let undo = if undo.len() > 1 { Some(Inverse::All(undo)) } else { undo.pop() };
        Receipt::Transferred { report: self.report, undo }
    }
}

fn note_key(number: usize) -> String {
    format!("arrived {number}")
}
