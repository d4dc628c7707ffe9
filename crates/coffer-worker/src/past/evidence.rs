//! What is known of a folder's history: what is there now, what is deleted, what the index has logged, and the versions that
//! the service has listed.

use coffer_index::{PathChange, PathChanges};
use coffer_model::entry::File;
use coffer_model::{ChangeKind, Entry, RemotePath};
use jiff::Timestamp;
use std::collections::HashMap;
use std::sync::Arc;

/// Everything from which the past of a folder is worked out.
#[derive(Clone, Debug, Default)]
pub(crate) struct Evidence {
    pub folder: RemotePath,
    /// Everything below the folder now, and what was moved out of it since.
    pub present: Vec<Entry>,
    /// Paths below it at which something was deleted and nothing is now.
    pub deleted: Vec<RemotePath>,
    pub log: PathChanges,
    pub versions: HashMap<Question, Arc<VersionList>>,
}

impl Evidence {
    /// Whether the index has seen everything that happened at a moment and later.
    pub(crate) fn is_observed(&self, at: Timestamp) -> bool {
        let later = || self.log.changes.iter().take_while(|change| change.seen > at);
        let is_between = later().any(|change| change.after < at);
        self.log.since.is_some_and(|since| since <= at)
            && !is_between
            && !self
                .log
                .changes
                .chunk_by(|one, other| one.seen == other.seen)
                .take_while(|page| page[0].seen > at)
                .any(is_unclear)
    }
}

/// Whether changes that were heard of together leave open which of them came first: something was changed in a folder that was
/// moved or deleted, or came in its place.
fn is_unclear(page: &[PathChange]) -> bool {
    let is_of_folder = |change: &&PathChange| change.is_folder && change.kind != ChangeKind::Added;
    page.iter().filter(is_of_folder).any(|folder| {
        let touches = |path: &RemotePath| {
            folder.path.contains(path) || folder.old_path.as_ref().is_some_and(|old| old.contains(path))
        };
        page.iter().any(|other| {
            let went_with_it = folder.kind == ChangeKind::Deleted && other.kind == ChangeKind::Deleted;
            !std::ptr::eq(folder, other)
                && !went_with_it
                && (touches(&other.path) || other.old_path.as_ref().is_some_and(touches))
        })
    })
}

/// Whose versions the service lists.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) enum Question {
    /// The files that were at a path.
    AtPath(RemotePath),
    /// One file, wherever it was.
    OfFile(Arc<str>),
}

impl Question {
    /// As the service takes it, and the key under which the answer is kept.
    pub(crate) fn text(&self) -> &str {
        match self {
            Self::AtPath(path) => path.lower(),
            Self::OfFile(id) => id,
        }
    }
}

/// The versions that the service has listed for a question.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct VersionList {
    /// The newest first.
    pub versions: Vec<FileVersion>,
    /// When the newest one was deleted, if it was.
    pub deleted: Option<Timestamp>,
    /// The service has no older ones.
    pub is_complete: bool,
}

#[derive(Clone, Debug, PartialEq)]
pub(crate) struct FileVersion {
    /// How the path was spelt.
    pub path: RemotePath,
    pub file: File,
    /// Whether the service still has its content.
    pub is_kept: bool,
}
