//! One file of a download: what it is in the account, and where it is to be on this computer.

use crate::problem::{self, Subject};
use coffer_model::entry::File;
use coffer_model::transfer::{FileNews, FileState};
use coffer_model::{Problem, ProblemKind, RemotePath};
use std::path::PathBuf;
use std::sync::Arc;
use std::time::SystemTime;

/// Cloning is cheap enough.
#[derive(Clone, Debug)]
pub struct Wanted {
    pub path: RemotePath,
    pub file: File,
    /// Its place, when nothing else stands there.
    pub place: PathBuf,
    /// The place below the target, for people: "Trip/Day 1/fjord.jpg".
    pub label: Arc<str>,
}

impl Wanted {
    /// The last part of its place.
    pub fn name(&self) -> String {
        self.place.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default()
    }

    pub fn size(&self) -> u64 {
        self.file.size_bytes
    }

    pub fn modified(&self) -> SystemTime {
        self.file.client_modified.into()
    }

    /// Whether a content hash is the one that the account tells. An account that tells none is believed.
    pub fn has_hash(&self, hash: &str) -> bool {
        self.file.content_hash.as_deref().is_none_or(|expected| expected == hash)
    }

    pub fn news(&self, state: FileState) -> FileNews {
        FileNews { name: self.label.to_string(), size_bytes: self.size(), state }
    }

    pub fn about(&self) -> Subject {
        problem::item(&self.path, "downloaded")
    }

    /// Something arrived that is not this file.
    pub fn damaged(&self) -> Problem {
        let detail = "The downloaded file differs from the one in Dropbox and was discarded. Try again.";
        self.about().because(ProblemKind::ContentMismatch, detail)
    }
}
