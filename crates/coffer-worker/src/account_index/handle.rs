//! The index of one account: opened when it is first needed, and asked beside the jobs.

use super::own_changes::OwnChanges;
use crate::blocking;
use crate::config::TimeSource;
use coffer_index::{Index, IndexError, OpenedIndex};
use coffer_model::{IndexPhase, IndexStatus, PathRootId, Problem};
use coffer_stdx::private;
use jiff::Timestamp;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use tokio::sync::{Notify, OnceCell};

/// The index of an account, and how its parts wait for each other.
pub(crate) struct AccountIndex {
    /// `None` for an account of which none is kept.
    file: Option<PathBuf>,
    clock: TimeSource,
    index: OnceCell<Option<Arc<Index>>>,
    /// Bytes in the account as it says itself; 0 while it has not.
    pub used_bytes: AtomicU64,
    /// Held by whoever fills it.
    pub filling: tokio::sync::Mutex<()>,
    /// Everything is listed: the feed goes on from the cursor of the index.
    pub filled: Notify,
    /// Something is to be listed anew: the service does not know the cursor of the index any more, or what was known is lost.
    pub expired: Notify,
    /// What was known is lost because the file was damaged, or of another version; until somebody was told.
    was_replaced: AtomicBool,
    /// What this program changes itself.
    pub own: OwnChanges,
}

impl AccountIndex {
    pub(crate) fn new(file: Option<PathBuf>, clock: TimeSource) -> Self {
        Self {
            file,
            clock,
            index: OnceCell::new(),
            used_bytes: AtomicU64::new(0),
            filling: tokio::sync::Mutex::default(),
            filled: Notify::new(),
            expired: Notify::new(),
            was_replaced: AtomicBool::new(false),
            own: OwnChanges::default(),
        }
    }

    /// The present moment.
    pub(crate) fn now(&self) -> Timestamp {
        (self.clock)()
    }

    /// Where something may be kept beside its file; `None` where none is.
    pub(crate) fn neighbour(&self, extension: &str) -> Option<PathBuf> {
        self.file.as_ref().map(|file| file.with_extension(extension))
    }

    /// Opens the file when it is first needed. `None` where none can be kept.
    pub(crate) async fn get(&self) -> Option<Arc<Index>> {
        self.index
            .get_or_init(|| async {
                let file = self.file.clone()?;
                let opened = blocking(move || {
                    if let Some(folder) = file.parent() {
                        private::create_folder(folder)?;
                    }
                    Index::open(&file)
                });
                match opened.await {
                    Ok(Ok((index, opened))) => {
                        if opened == OpenedIndex::Replaced {
                            tracing::warn!(
                                "the index of the account was damaged or of another version; it is made anew"
                            );
                            self.was_replaced.store(true, Ordering::Relaxed);
                        }
                        Some(Arc::new(index))
                    }
                    Ok(Err(error)) => {
                        tracing::warn!(%error, "no index of the account can be kept");
                        None
                    }
                    Err(_) => None,
                }
            })
            .await
            .clone()
    }

    /// Asks the index, beside the jobs. `None` where there is none, or it can't be read.
    pub(crate) async fn ask<T: Send + 'static>(
        &self,
        question: impl FnOnce(&Index) -> Result<T, IndexError> + Send + 'static,
    ) -> Option<T> {
        let index = self.get().await?;
        let asked = Arc::clone(&index);
        match blocking(move || question(&asked)).await {
            Ok(Ok(answer)) => Some(answer),
            Ok(Err(error)) => {
                self.handle_error(index, &error).await;
                None
            }
            Err(Problem { .. }) => None,
        }
    }

    /// Of a question or a change: if the file is damaged, everything is listed anew.
    pub(super) async fn handle_error(&self, index: Arc<Index>, error: &IndexError) {
        tracing::warn!(%error, "the index of the account can’t be read or written");
        if !error.is_damage() {
            return;
        }
        match blocking(move || index.replace_damaged()).await {
            Ok(Ok(())) => {
                tracing::warn!("the index of the account was damaged; it is made anew");
                self.was_replaced.store(true, Ordering::Relaxed);
                self.expired.notify_one();
            }
            Ok(Err(error)) => tracing::warn!(%error, "the damaged index can’t be made anew"),
            Err(Problem { .. }) => {}
        }
    }

    /// Whether what was known is lost, since this was last asked.
    pub(super) fn take_replaced(&self) -> bool {
        self.was_replaced.swap(false, Ordering::Relaxed)
    }

    /// Where its file is, and how many bytes it takes on the disk.
    pub(super) async fn on_disk(&self) -> Option<(PathBuf, u64)> {
        let file = self.file.clone()?;
        let log = file.with_extension("sqlite-wal");
        let bytes = |path: &Path| path.metadata().map_or(0, |metadata| metadata.len());
        blocking(move || (bytes(&file) + bytes(&log), file)).await.ok().map(|(bytes, file)| (file, bytes))
    }

    /// Of one root: what is known of another is forgotten.
    pub(super) async fn set_root(&self, root: Option<PathRootId>) {
        let root = root.map(|root| root.0.to_string()).unwrap_or_default();
        self.ask(move |index| index.set_root(&root)).await;
    }

    pub(crate) async fn status(&self) -> IndexStatus {
        let Some(state) = self.ask(Index::state).await else {
            let phase = IndexPhase::Unavailable;
            return IndexStatus { phase, files: 0, folders: 0, bytes: 0, as_of: None };
        };
        let used_bytes = self.used_bytes.load(Ordering::Relaxed);
        let percent = (used_bytes > 0).then(|| (state.bytes.saturating_mul(100) / used_bytes).min(99) as u8);
        let phase = if state.is_complete { IndexPhase::Complete } else { IndexPhase::Building { percent } };
        let coffer_index::IndexState { files, folders, bytes, as_of, .. } = state;
        IndexStatus { phase, files, folders, bytes, as_of }
    }

    /// The service was reached at this moment.
    pub(crate) async fn confirm(&self, moment: Timestamp) {
        self.ask(move |index| index.confirm(moment)).await;
    }
}
