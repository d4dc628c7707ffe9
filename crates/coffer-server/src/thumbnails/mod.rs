//! Thumbnails: made on a few threads and cached on disk by content, so that each is made once. Scaling is in `scale`,
//! the routes are in `http::thumbnails`.

mod scale;

use super::store::blobs::{Blobs, Hash};
use super::store::error::StoreError;
use coffer_stdx::private;
use dropbox_protocol::files::{THUMBNAIL_SOURCE_LIMIT_BYTES, ThumbnailFormat, ThumbnailMode, ThumbnailSize};
use std::fs;
use std::io;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::SystemTime;
use tokio::sync::Semaphore;

/// Pictures that are decoded at the same time: each may need hundreds of megabytes for a moment.
const AT_A_TIME: usize = 2;

/// Bytes that the cache may take; beyond that the oldest thumbnails are removed.
const CACHE_BYTES: u64 = 256 * 1024 * 1024;

/// Which thumbnail of a picture.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct ThumbnailSpec {
    pub format: ThumbnailFormat,
    pub size: ThumbnailSize,
    pub mode: ThumbnailMode,
}

/// Why a picture has no thumbnail.
#[derive(Debug)]
pub(crate) enum ThumbnailProblem {
    /// Too large in bytes or in pixels, or not a picture that we can read.
    UnsupportedImage,
    /// A picture, but damaged.
    ConversionError,
    Store(StoreError),
}

/// Makes and keeps thumbnails.
#[derive(Debug)]
pub(crate) struct ThumbnailService {
    folder: PathBuf,
    blobs: Arc<Blobs>,
    permits: Semaphore,
    kept_bytes: AtomicU64,
}

impl ThumbnailService {
    /// Keeps thumbnails in `folder`, which may be deleted at any time. Blocks.
    pub(crate) fn open(folder: PathBuf, blobs: Arc<Blobs>) -> Result<Self, StoreError> {
        private::create_folder(&folder).map_err(StoreError::at(&folder))?;
        let thumbnails =
            Self { folder, blobs, permits: Semaphore::new(AT_A_TIME), kept_bytes: AtomicU64::new(0) };
        thumbnails.tidy();
        Ok(thumbnails)
    }

    /// The thumbnail of a content of `size` bytes, encoded.
    pub(crate) async fn get(
        self: &Arc<Self>,
        hash: Hash,
        size: u64,
        kind: ThumbnailSpec,
    ) -> Result<Vec<u8>, ThumbnailProblem> {
        if size > THUMBNAIL_SOURCE_LIMIT_BYTES {
            return Err(ThumbnailProblem::UnsupportedImage);
        }
        let path = self.folder.join(format!(
            "{}-{}-{}.{}",
            hex::encode(hash),
            kind.size.tag(),
            kind.mode.tag(),
            kind.format.tag()
        ));
        if let Ok(kept) = tokio::fs::read(&path).await {
            return Ok(kept);
        }
        let _permit = self.permits.acquire().await.map_err(|_| StoreError::Closed)?;
        let this = Arc::clone(self);
        // A decoder that panics over a malicious file must not take more than this thumbnail with it.
        tokio::task::spawn_blocking(move || this.make(&hash, &kind, &path))
            .await
            .unwrap_or(Err(ThumbnailProblem::ConversionError))
    }

    fn make(&self, hash: &Hash, kind: &ThumbnailSpec, path: &PathBuf) -> Result<Vec<u8>, ThumbnailProblem> {
        let source = fs::read(self.blobs.path(hash)).map_err(StoreError::at(&self.blobs.path(hash)))?;
        let made = scale::thumbnail(&source, kind)?;
        // A thumbnail that cannot be cached is made again next time.
        if let Err(error) = self.cache(path, &made) {
            tracing::warn!(%error, "a thumbnail could not be kept");
        }
        Ok(made)
    }

    fn cache(&self, path: &PathBuf, bytes: &[u8]) -> io::Result<()> {
        let mut file = tempfile::NamedTempFile::new_in(&self.folder)?;
        io::Write::write_all(&mut file, bytes)?;
        file.persist(path)?;
        let kept = self.kept_bytes.fetch_add(bytes.len() as u64, Ordering::Relaxed) + bytes.len() as u64;
        if kept > CACHE_BYTES {
            self.tidy();
        }
        Ok(())
    }

    /// Removes the oldest thumbnails until three quarters of the room are used.
    fn tidy(&self) {
        let mut files: Vec<(SystemTime, u64, PathBuf)> = fs::read_dir(&self.folder)
            .into_iter()
            .flatten()
            .flatten()
            .filter_map(|item| {
                let metadata = item.metadata().ok()?;
                Some((metadata.modified().ok()?, metadata.len(), item.path()))
            })
            .collect();
        let mut total: u64 = files.iter().map(|(_, length, _)| length).sum();
        if total > CACHE_BYTES {
            files.sort();
            for (_, length, path) in files {
                if total <= CACHE_BYTES / 4 * 3 {
                    break;
                }
                if fs::remove_file(path).is_ok() {
                    total -= length;
                }
            }
        }
        self.kept_bytes.store(total, Ordering::Relaxed);
    }
}

impl From<StoreError> for ThumbnailProblem {
    fn from(error: StoreError) -> Self {
        Self::Store(error)
    }
}
