//! One file of a download: what it is in the account, and where it is to be on this computer.

use crate::act::Act;
use crate::problem::{self, Subject};
use coffer_model::entry::{ContentAccess, File};
use coffer_model::transfer::{FileState, FileUpdate};
use coffer_model::{Problem, ProblemKind, RemotePath, Rev};
use coffer_texts::tr;
use jiff::Timestamp;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::SystemTime;

/// A file under way. Those whose turn has not come are packed, in [`PendingFiles`](super::pending_files::PendingFiles).
#[derive(Clone, Debug)]
pub(crate) struct DownloadFile {
    pub path: RemotePath,
    pub rev: Rev,
    pub size_bytes: u64,
    pub client_modified: Timestamp,
    /// As the account tells it, if it does.
    pub content_hash: Option<Arc<str>>,
    /// The service exports it; its size and hash are known after that.
    pub is_exported: bool,
    /// Where it is to be, if no other item has this local path.
    pub local_path: PathBuf,
    /// The folder into which the transfer downloads.
    pub target: Arc<Path>,
}

impl DownloadFile {
    pub(crate) fn new(path: RemotePath, file: &File, local_path: PathBuf, target: &Arc<Path>) -> Self {
        Self {
            path,
            rev: file.rev.clone(),
            size_bytes: file.size_bytes,
            client_modified: file.client_modified,
            content_hash: file.content_hash.clone(),
            is_exported: matches!(file.access, ContentAccess::Export(_)),
            local_path,
            target: Arc::clone(target),
        }
    }

    /// The last part of its local path.
    pub(crate) fn name(&self) -> String {
        self.local_path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default()
    }

    pub(crate) fn modified(&self) -> SystemTime {
        self.client_modified.into()
    }

    /// Whether a content hash is the one that the account tells. An account that tells none is believed.
    pub(crate) fn has_hash(&self, hash: &str) -> bool {
        self.content_hash.as_deref().is_none_or(|expected| expected == hash)
    }

    /// Named by its local path below the target, for people: "Trip/Day 1/fjord.jpg".
    pub(crate) fn update(&self, state: FileState) -> FileUpdate {
        let below = self.local_path.strip_prefix(&self.target).unwrap_or(&self.local_path);
        FileUpdate { name: below.to_string_lossy().into_owned(), size_bytes: self.size_bytes, state }
    }

    pub(crate) fn problem(&self) -> Subject {
        problem::item(&self.path, Act::Download)
    }

    /// Something arrived that is not this file.
    pub(crate) fn damaged(&self) -> Problem {
        let detail = tr!("why-download-damaged");
        self.problem().because(ProblemKind::ContentMismatch, detail)
    }

    /// Something else than this file has its local path, and stays.
    pub(crate) fn conflict_problem(&self) -> Problem {
        let detail = if self.local_path.is_dir() {
            tr!("why-local-folder-exists")
        } else {
            tr!("why-local-file-exists")
        };
        self.problem().because(ProblemKind::LocalNameTaken, detail)
    }
}
