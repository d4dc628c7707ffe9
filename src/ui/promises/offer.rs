//! Items that are offered to other programs, and how far they are.

use coffer_model::Entry;
use std::path::{Path, PathBuf};
use std::sync::Arc;

pub(super) struct Offer {
    pub(super) entries: Arc<Vec<Entry>>,
    /// Where they come when they are taken: a folder of this offer alone, by which it is known.
    pub(super) folder: PathBuf,
    pub(super) progress: OfferProgress,
}

#[derive(Debug, PartialEq)]
pub(super) enum OfferProgress {
    /// No program has taken them.
    Open,
    /// They are being downloaded.
    Taken,
    Here(Vec<PathBuf>),
    Failed,
}

impl Offer {
    pub(super) fn new(entries: Arc<Vec<Entry>>, all: &Path) -> Self {
        let folder = all.join(new_name());
        Self { entries, folder, progress: OfferProgress::Open }
    }

    /// Where the items will be: for programs that want to see a list before anything is dropped on them.
    pub(super) fn expected_paths(&self) -> Vec<PathBuf> {
        self.entries.iter().map(|entry| self.folder.join(entry.name())).collect()
    }

    /// Begins anew if a paste wants files that have gone, or could not be downloaded before.
    pub(super) fn renew(&mut self, all: &Path) {
        let is_over = match &self.progress {
            OfferProgress::Open | OfferProgress::Taken => false,
            OfferProgress::Here(local_paths) => !local_paths.iter().all(|path| path.exists()),
            OfferProgress::Failed => true,
        };
        if is_over {
            *self = Self::new(Arc::clone(&self.entries), all);
        }
    }
}

/// The name of a folder that nobody has.
fn new_name() -> String {
    // Without random numbers the name is the same each time, and files in the folder get others.
    format!("{:016x}", getrandom::u64().unwrap_or_default())
}
