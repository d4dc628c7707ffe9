//! One file of a download: what it is in the account, and where it is to be on this computer.

use crate::problem::{self, Subject};
use coffer_model::entry::File;
use coffer_model::transfer::{FileState, FileUpdate};
use coffer_model::{Problem, ProblemKind, RemotePath};
use std::path::PathBuf;
use std::sync::Arc;
use std::time::SystemTime;

/// Cloning is cheap enough.
#[derive(Clone, Debug)]
pub(crate) struct DownloadFile {
    pub path: RemotePath,
    pub file: File,
    /// Its place, when nothing else stands there.
    pub local_path: PathBuf,
    /// The place below the target, for people: "Trip/Day 1/fjord.jpg".
    pub label: Arc<str>,
}

impl DownloadFile {
    /// The last part of its local path.
    pub(crate) fn name(&self) -> String {
        self.local_path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default()
    }

    pub(crate) fn size(&self) -> u64 {
        self.file.size_bytes
    }

    pub(crate) fn modified(&self) -> SystemTime {
        self.file.client_modified.into()
    }

    /// Whether a content hash is the one that the account tells. An account that tells none is believed.
    pub(crate) fn has_hash(&self, hash: &str) -> bool {
        self.file.content_hash.as_deref().is_none_or(|expected| expected == hash)
    }

    pub(crate) fn update(&self, state: FileState) -> FileUpdate {
        FileUpdate { name: self.label.to_string(), size_bytes: self.size(), state }
    }

    pub(crate) fn problem(&self) -> Subject {
        problem::item(&self.path, "downloaded")
    }

    /// Something arrived that is not this file.
    pub(crate) fn damaged(&self) -> Problem {
        let detail = "The downloaded file differs from the one in Dropbox and was discarded. Try again.";
        self.problem().because(ProblemKind::ContentMismatch, detail)
    }

    /// Something else than this file has its local path, and stays.
    pub(crate) fn conflict_problem(&self) -> Problem {
        let detail = if self.local_path.is_dir() {
            "A folder with this name already exists, so it was not replaced."
        } else {
            "A different file with this name already exists, so it was not replaced."
        };
        self.problem().because(ProblemKind::LocalNameTaken, detail)
    }
}
