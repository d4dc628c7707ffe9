//! What is kept of thumbnails between jobs: pictures on the disk, and which contents have none.

use super::disk_cache::DiskCache;
use coffer_model::preview::ThumbnailKey;
use parking_lot::Mutex;
use std::collections::HashSet;
use std::path::PathBuf;
use std::sync::Arc;
use tokio::sync::Semaphore;

/// Bytes of thumbnails kept on the disk.
const CACHE_BYTES: u64 = 400 * 1024 * 1024;
/// Failures are remembered until there are so many.
const MAX_FAILED: usize = 50_000;

/// What is kept between jobs.
pub(crate) struct ThumbnailCache {
    pub disk: Arc<DiskCache>,
    /// More decoders than processors would only take turns.
    pub decoders: Semaphore,
}

impl ThumbnailCache {
    pub(crate) fn new(folder: PathBuf) -> Self {
        let processors = std::thread::available_parallelism().map_or(1, usize::from);
        Self { disk: Arc::new(DiskCache::new(folder, CACHE_BYTES)), decoders: Semaphore::new(processors) }
    }
}

/// Contents of one account that have no thumbnail; the service is not asked again for them.
#[derive(Default)]
pub(crate) struct FailedThumbnails(Mutex<HashSet<ThumbnailKey>>);

impl FailedThumbnails {
    pub(crate) fn contains(&self, key: &ThumbnailKey) -> bool {
        self.0.lock().contains(key)
    }

    pub(crate) fn record(&self, key: &ThumbnailKey) {
        let mut failed = self.0.lock();
        if failed.len() >= MAX_FAILED {
            failed.clear();
        }
        failed.insert(key.clone());
    }
}
