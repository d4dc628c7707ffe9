//! Transfers that are done are listed again after a restart: what the list says of them, and where their items are. They are
//! kept with the places of their account. Those that are not done are kept by the worker (`resume_transfers`).

use super::State;
use super::session::is_same_account;
use super::start_transfer::{child_towards, shown_path};
use super::transfers::{NewTransfer, Section, TransferEnd, TransferItem, TransferTitle};
use coffer_model::transfer::{Direction, TransferReport, UploadPlan, Uploaded, UploadedFiles};

use coffer_model::{FinishedTransfer, Job, OnExisting, RemotePath, RequestId, Rev, TransferredItems};
use std::path::PathBuf;
use std::sync::Arc;

/// So many of an account are kept, the latest.
const MOST_KEPT: usize = 200;

/// So many items of an upload are selected when it is shown.
const MOST_ITEMS: usize = 50;

/// Tells whether others are in the list than before.
pub(super) type FinishedMark = (usize, Option<RequestId>);

impl State {
    pub(super) fn finished_mark(&self) -> FinishedMark {
        let finished = self.transfers.ids(Section::Finished);
        (finished.len(), finished.front().copied())
    }

    /// Those of the account that is open, the latest first.
    pub(super) fn finished_transfers(&self) -> Vec<FinishedTransfer> {
        let finished = self.transfers.in_section(Section::Finished);
        let here = finished.filter(|it| is_same_account(&it.account, &self.session.choice));
        here.filter_map(to_keep).take(MOST_KEPT).collect()
    }

    /// Lists those of an earlier run.
    pub(super) fn restore_finished_transfers(&mut self, finished: Vec<FinishedTransfer>) {
        for transfer in finished.into_iter().rev() {
            if let Ok(at) = transfer.at.parse() {
                let (new, report) = restored(transfer);
                self.add_ended_transfer(new, TransferEnd::Done { at, report });
            }
        }
    }
}

/// What is kept of a transfer; `None` of one that is not done.
fn to_keep(transfer: &TransferItem) -> Option<FinishedTransfer> {
    let Some(TransferEnd::Done { at, report }) = &transfer.end else { return None };
    let local = |path: PathBuf| TransferredItems::Local { path: path.to_str().map(str::to_owned) };
    let items = match &transfer.job {
        Job::Upload { plan, .. } => {
            let towards = |it: Uploaded| child_towards(&plan.target, &it.remote_path);
            let mut items: Vec<RemotePath> =
                report.uploaded.iter().take(MOST_ITEMS).filter_map(towards).collect();
            items.dedup();
            let path_root = transfer.path_root.clone().map(|root| root.0.to_string());
            TransferredItems::Remote { folder: plan.target.clone(), items, path_root }
        }
        Job::Download { folder, .. } => local(shown_path(report, folder)),
        Job::DownloadPast(download) => local(shown_path(report, &download.folder)),
        Job::SaveAs { local_path, .. } => local(local_path.clone()),
        _ => return None,
    };
    Some(FinishedTransfer {
        title: transfer.title.plain(),
        origin: transfer.origin.clone(),
        target: transfer.target.clone(),
        at: at.to_string(),
        files: report.files,
        bytes: report.bytes,
        skipped: report.skipped,
        items,
    })
}

/// The transfer as the list knows it. It can’t be run again, so its job says only where its items are.
fn restored(kept: FinishedTransfer) -> (NewTransfer, TransferReport) {
    let FinishedTransfer { title, origin, target, files, bytes, skipped, .. } = kept;
    let report = TransferReport { files, bytes, skipped, ..TransferReport::default() };
    let (job, direction, report) = match kept.items {
        TransferredItems::Remote { folder, items, path_root } => {
            let path_root = path_root.map(|root| coffer_model::PathRootId(root.into()));
            let plan = Arc::new(UploadPlan { target: folder, path_root, ..UploadPlan::default() });
            let mut uploaded = UploadedFiles::new(Arc::clone(&plan));
            for remote_path in items {
                uploaded.push(usize::MAX, Uploaded { remote_path, rev: Rev("".into()), replaced: None });
            }
            let report = TransferReport { uploaded: Arc::new(uploaded), ..report };
            (Job::Upload { plan }, Direction::Upload, report)
        }
        TransferredItems::Local { path } => {
            let folder = path.map(PathBuf::from).unwrap_or_default();
            let job = Job::Download { entries: Vec::new(), folder, existing: OnExisting::Number };
            (job, Direction::Download, report)
        }
    };
    let title = TransferTitle::Item { name: title, files: None };
    let new = NewTransfer { job, direction, title, origin, target, source: None, from_command_line: false };
    (new, report)
}
