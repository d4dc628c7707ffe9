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
    /// Contents that have no thumbnail; the service is not asked again for them.
    pub failed: Arc<Mutex<HashSet<ThumbnailKey>>>,
    /// More decoders than processors would only take turns.
    pub decoders: Semaphore,
}

impl ThumbnailCache {
    pub(crate) fn new(folder: PathBuf) -> Self {
        let processors = std::thread::available_parallelism().map_or(1, usize::from);
        Self {
            disk: Arc::new(DiskCache::new(folder, CACHE_BYTES)),
            failed: Arc::default(),
            decoders: Semaphore::new(processors),
        }
    }
}

/// The service is not asked again for a thumbnail of this content.
pub(crate) fn record_failure(failed: &Mutex<HashSet<ThumbnailKey>>, key: &ThumbnailKey) {
    let mut failed = failed.lock();
    if failed.len() >= MAX_FAILED {
        failed.clear();
    }
    failed.insert(key.clone());
}
