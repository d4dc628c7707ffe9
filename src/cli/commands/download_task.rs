//! What `get` downloads: the items that are asked for, now or as they were, and the jobs for them.

use crate::cli::failure::CommandFailure;
use crate::cli::options::OnConflictHere;
use coffer_model::{Entry, Job, OnExisting};
use std::path::PathBuf;

/// What is asked for.
#[derive(Default)]
pub(super) struct Sources {
    pub entries: Vec<Entry>,
    /// For each that is not there.
    pub failed: Vec<CommandFailure>,
    /// The contents of a folder are among them, which go into a folder, however few they are.
    pub takes_folder: bool,
}

/// One job, and the folder that it needs.
pub(super) struct DownloadTask {
    pub makes: PathBuf,
    pub job: Job,
}

impl DownloadTask {
    /// The same as a dry run.
    pub(super) fn plan_job(self) -> Job {
        match self.job {
            Job::SaveAs { entry, local_path, existing } => Job::PlanDownload {
                entries: vec![entry],
                folder: self.makes,
                name: local_path.file_name().map(ToOwned::to_owned),
                existing,
            },
            Job::Download { entries, folder, existing } => {
                Job::PlanDownload { entries, folder, name: None, existing }
            }
            Job::DownloadPast(download) => Job::PlanPastDownload(download),
            other => other,
        }
    }
}

/// What a job does about names that are taken on this computer.
pub(super) fn local_existing(on_conflict: OnConflictHere) -> OnExisting {
    match on_conflict {
        OnConflictHere::Replace => OnExisting::Replace,
        OnConflictHere::KeepBoth => OnExisting::Number,
        OnConflictHere::Skip | OnConflictHere::Fail => OnExisting::SkipIdentical,
    }
}
