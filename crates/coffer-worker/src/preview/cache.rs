//! What previews keep between jobs, and share.

use super::memory::DecodingMemory;
use super::pages::OpenDocuments;
use super::recent::RecentPictures;
use crate::disk_cache::DiskCache;
use std::path::PathBuf;
use std::sync::Arc;

/// Bytes of small files kept on the disk.
const CACHE_BYTES: u64 = 512 * 1024 * 1024;

pub(crate) struct PreviewCache {
    pub contents: Arc<DiskCache>,
    pub memory: DecodingMemory,
    pub recent: RecentPictures,
    pub documents: OpenDocuments,
}

impl PreviewCache {
    pub(crate) fn new(folder: PathBuf) -> Self {
        Self {
            contents: Arc::new(DiskCache::new(folder, CACHE_BYTES)),
            memory: DecodingMemory::default(),
            recent: RecentPictures::default(),
            documents: OpenDocuments::default(),
        }
    }
}
