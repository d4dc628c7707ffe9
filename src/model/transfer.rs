//! Uploads and downloads: what is planned, what is asked, how far it is.

use super::{Entry, Problem, RemotePath, Rev};
use jiff::Timestamp;
use std::path::PathBuf;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Direction {
    Upload,
    Download,
}

/// What an upload would do, looked up before anything is sent.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct UploadPlan {
    /// The folder that receives it all.
    pub target: RemotePath,

    /// Files to send, in order; parents of files are made by the account.
    pub files: Vec<PlannedFile>,

    /// Folders that hold no file and must be made by themselves.
    pub empty_folders: Vec<RemotePath>,

    /// Names that the account refuses; they are never sent.
    pub refused: Vec<RefusedName>,

    /// What could not be read here (gone, no permission, not a file).
    pub unreadable: Vec<Problem>,

    /// Sum of the sizes of `files`.
    pub total_bytes: u64,
}

#[derive(Clone, Debug, PartialEq)]
pub struct PlannedFile {
    pub local_path: PathBuf,
    pub remote_path: RemotePath,
    pub size_bytes: u64,
    pub modified: Option<Timestamp>,
    pub conflict: Option<Conflict>,
}

/// Another item has the name already.
#[derive(Clone, Debug, PartialEq)]
pub struct Conflict {
    pub existing: Entry,
    /// The content is the same: nothing needs to be sent and nobody asked.
    pub identical: bool,
}

#[derive(Clone, Debug, PartialEq)]
pub struct RefusedName {
    pub local_path: PathBuf,
    /// "Dropbox keeps this name for itself", "Names can't end with a space" …
    pub reason: String,
}

/// The person's answer for one conflict.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ConflictAnswer {
    /// A new revision of the existing file, guarded by the revision that was seen.
    Replace,
    /// The new file gets a free name.
    KeepBoth,
    Skip,
}

/// Where one running transfer stands; sent at most ten times a second.
#[derive(Clone, Debug, PartialEq)]
pub struct Progress {
    pub phase: Phase,
    pub files_done: u64,
    pub files_total: u64,
    pub bytes_done: u64,
    pub bytes_total: u64,
    /// Smoothed over the last seconds.
    pub bytes_per_second: f64,
    /// The file under way.
    pub current: Option<String>,
}

#[derive(Clone, Debug, PartialEq)]
pub enum Phase {
    /// Waiting for its turn.
    Queued,
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

/// How a transfer ended, file by file where it matters.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct TransferReport {
    pub files: u64,
    pub bytes: u64,
    /// Files that were already there with the same content, or that the person skipped.
    pub skipped: u64,
    /// Files that did not make it, each with its reason; the others did.
    pub failed: Vec<Problem>,
    /// The files that arrived, with their final names (an upload) or places on this computer (a download).
    pub uploaded: Vec<Uploaded>,
    pub downloaded: Vec<PathBuf>,
}

#[derive(Clone, Debug, PartialEq)]
pub struct Uploaded {
    pub remote_path: RemotePath,
    pub rev: Rev,
    /// The revision that it replaced.
    pub replaced: Option<Rev>,
}
