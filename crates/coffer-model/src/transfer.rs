//! Uploads and downloads: what is planned, what is asked, how far it is.

pub use super::planned_file::{Conflict, Decision, FileAction, PlannedFile};
pub use super::planned_files::PlannedFiles;
pub use super::upload_plan::{RefusalReason, RefusedName, UploadPlan};
pub use super::uploaded_files::{Uploaded, UploadedFiles};

use super::{Problem, RemotePath};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use std::path::PathBuf;
use std::sync::Arc;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Direction {
    Upload,
    Download,
}

/// What a download would do, looked up before anything is brought.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct DownloadPlan {
    pub files: Vec<PlannedDownload>,
    /// Folders that would be made here, parents first.
    pub folders: Vec<PathBuf>,
    /// Items that would get other names here, because this computer can't hold theirs or they are taken by other items.
    pub renamed: Vec<RenamedLocally>,
    /// What could not be looked at, or has no place here.
    pub failed: Vec<Problem>,
}

#[derive(Clone, Debug, PartialEq)]
pub struct PlannedDownload {
    pub remote_path: RemotePath,
    pub local_path: PathBuf,
    pub size_bytes: u64,
    pub local_state: LocalState,
}

/// What stands where a file would be brought to.
#[derive(Clone, Debug, PartialEq)]
pub enum LocalState {
    Nothing,
    /// The same content: nothing needs to be brought.
    Identical,
    /// Something else, which would be replaced.
    Replaced,
    /// Something else, beside which the file would get a number.
    Numbered,
    /// Something else, which would be left as it is: told as the download would tell it.
    Conflict(Problem),
}

/// What a download does where a name on this computer is taken.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum OnExisting {
    /// The new file or folder gets a number, as in `Photo (1).jpg`: what is there is never looked at.
    #[default]
    Number,
    /// Folders are merged. A file of the same size and content is skipped; a different one is left as it is, and told
    /// among the report's `failed` with [`ProblemKind::LocalNameTaken`](super::ProblemKind::LocalNameTaken). Run twice,
    /// it does nothing the second time.
    SkipIdentical,
    /// As `SkipIdentical`, but a different file is replaced, once the new one is whole and verified.
    Replace,
}

/// Where one running transfer stands; sent at most ten times a second.
#[derive(Clone, Debug, PartialEq)]
pub struct Progress {
    pub phase: TransferPhase,
    pub files_done: u64,
    pub files_total: u64,
    pub bytes_done: u64,
    pub bytes_total: u64,
    /// Smoothed over the last seconds.
    pub bytes_per_second: f64,
    /// What went over the network in this run, also what had to go again.
    pub bytes_passed: u64,
    /// The file under way.
    pub current: Option<String>,
}

#[derive(Clone, Debug, PartialEq)]
pub enum TransferPhase {
    /// Waiting for its turn.
    Queued,
    /// The person has stopped it for now; what has arrived is kept.
    Paused,
    /// Looking at files, hashing, asking for names.
    Preparing,
    Moving,
    /// The service asked us to wait, or it cannot be reached: until when, and why in words.
    Waiting {
        until: Timestamp,
        reason: String,
    },
    Verifying,
}

/// How a person changes the course of a running transfer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TransferCommand {
    /// What is on its way arrives, nothing new is begun.
    Pause,
    Resume,
    /// It goes before all other transfers from now on.
    Prioritize,
}

/// What became of one file of a transfer.
#[derive(Clone, Debug, PartialEq)]
pub struct FileUpdate {
    /// Below the target of the transfer, as in "Trip/Day 1/fjord.jpg".
    pub name: String,
    pub size_bytes: u64,
    pub state: FileState,
}

#[derive(Clone, Debug, PartialEq)]
pub enum FileState {
    Moving {
        bytes_done: u64,
    },
    /// It is there, and its content is what was sent.
    Verified,
    /// It was copied within the account instead of being sent, because the account had the same content.
    CopiedInAccount,
    /// The same content stood at the place already, or the person skipped it.
    Skipped,
    Failed(Problem),
}

/// How a transfer ended, file by file where it matters.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct TransferReport {
    pub files: u64,
    pub bytes: u64,
    /// Files that were already there with the same content, or that the person skipped.
    pub skipped: u64,
    /// Downloaded files that could not be verified, because the service tells no content hash of them.
    pub unverified: u64,
    /// Files that did not make it, each with its reason; the others did.
    pub failed: Vec<Problem>,
    /// The files that were uploaded.
    pub uploaded: Arc<UploadedFiles>,
    /// The local paths of the files and folders that were downloaded; those in such a folder are not listed.
    pub downloaded: Vec<PathBuf>,
    /// Items that have another name on this computer than in the account: it does not take theirs, another item has it, or
    /// the item was exported.
    pub renamed: Vec<RenamedLocally>,
    /// It was cancelled before all was there; this tells what is.
    pub cancelled: bool,
}

/// An item of the account under the name that this computer can hold.
#[derive(Clone, Debug, PartialEq)]
pub struct RenamedLocally {
    pub remote_path: RemotePath,
    pub local_path: PathBuf,
}
