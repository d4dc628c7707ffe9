//! The histories of folders that are in memory, and the file of what the service has told of versions.

use super::evidence::{Evidence, Question, VersionList};
use super::known_versions::KnownVersions;
use crate::blocking;
use coffer_model::{Problem, RemotePath};
use parking_lot::Mutex;
use std::path::PathBuf;
use std::sync::Arc;

/// The pasts of folders that were looked at.
#[derive(Default)]
pub(crate) struct FolderPasts {
    /// Where versions are kept; `None` where they are not.
    file: Option<PathBuf>,
    known: Arc<Mutex<Option<KnownVersions>>>,
    /// That of the folder that was looked at last.
    latest: Mutex<Option<Arc<FolderPast>>>,
}

/// The history of a folder with everything below it.
pub(crate) struct FolderPast {
    /// Of the index when it was gathered.
    index_version: u64,
    evidence: Mutex<Arc<Evidence>>,
}

impl FolderPasts {
    pub(crate) fn new(file: Option<PathBuf>) -> Self {
        Self { file, ..Self::default() }
    }

    pub(super) fn keep(&self, past: Arc<FolderPast>) {
        *self.latest.lock() = Some(past);
    }

    /// That of the folder that was looked at last.
    pub(super) fn latest(&self) -> Option<Arc<FolderPast>> {
        self.latest.lock().clone()
    }

    /// That of a folder or of one around it, if nothing has changed since.
    pub(super) fn find(&self, folder: &RemotePath, index_version: u64) -> Option<Arc<FolderPast>> {
        let latest = self.latest.lock();
        let past = latest.as_ref().filter(|past| past.index_version == index_version)?;
        past.evidence().folder.contains(folder).then(|| Arc::clone(past))
    }

    /// Reads or writes what is kept. `None` where nothing is.
    pub(super) async fn with_known<T: Send + 'static>(
        &self,
        work: impl FnOnce(&mut KnownVersions) -> rusqlite::Result<T> + Send + 'static,
    ) -> Option<T> {
        let file = self.file.clone()?;
        let known = Arc::clone(&self.known);
        let done = blocking(move || {
            let mut known = known.lock();
            if known.is_none() {
                *known = Some(KnownVersions::open(&file)?);
            }
            match &mut *known {
                Some(known) => work(known),
                None => Err(rusqlite::Error::InvalidQuery),
            }
        });
        match done.await {
            Ok(Ok(value)) => Some(value),
            Ok(Err(error)) => {
                tracing::warn!(%error, "what is known of versions can’t be read or written");
                None
            }
            Err(Problem { .. }) => None,
        }
    }
}

impl FolderPast {
    pub(super) fn new(index_version: u64, evidence: Evidence) -> Self {
        Self { index_version, evidence: Mutex::new(Arc::new(evidence)) }
    }

    pub(crate) fn evidence(&self) -> Arc<Evidence> {
        Arc::clone(&self.evidence.lock())
    }

    pub(crate) fn add(&self, lists: Vec<(Question, Arc<VersionList>)>) {
        let mut evidence = self.evidence.lock();
        Arc::make_mut(&mut evidence).versions.extend(lists);
    }
}
