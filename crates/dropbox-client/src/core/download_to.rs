//! Downloading to a file on this computer, which is there only once its content has been verified.

use std::io;
use std::path::{Path, PathBuf};

use dropbox_protocol::ContentHasher;
use tokio::fs::{self, File};
use tokio::io::AsyncWriteExt;

use super::Metadata;
use crate::{ApiError, DropboxClient, random};

impl DropboxClient {
    /// Downloads a file, at its newest revision or at `rev`, to `local_path`, over the file that is there
    /// (`files/download`).
    ///
    /// The bytes go to a hidden file in the same folder first. It takes the name only when it has the content hash that
    /// the service tells; after an error, or when the future is dropped, what was at `local_path` is as it was.
    pub async fn get_file_to(
        &self,
        from_path: &str,
        rev: Option<&str>,
        local_path: impl AsRef<Path>,
    ) -> Result<Metadata, ApiError> {
        let (mut response, metadata) = self.get_file_and_metadata(from_path, rev).await?;
        let mut partial = UnverifiedFile::create(local_path.as_ref()).await?;
        let mut hasher = ContentHasher::new();
        while let Some(chunk) = response.chunk().await? {
            hasher.update(&chunk);
            partial.file.write_all(&chunk).await.map_err(ApiError::LocalFile)?;
        }
        let received = hasher.finish();
        match &metadata.content_hash {
            Some(expected) if *expected != received => {
                Err(ApiError::ContentMismatch { expected: expected.clone(), received })
            }
            _ => partial.finalize(local_path.as_ref()).await.map(|()| metadata).map_err(ApiError::LocalFile),
        }
    }
}

/// A hidden file beside the one that it becomes. Dropping it deletes it.
struct UnverifiedFile {
    file: File,
    path: PathBuf,
    is_final: bool,
}

impl UnverifiedFile {
    async fn create(local_path: &Path) -> Result<Self, ApiError> {
        let name = local_path.file_name().ok_or_else(|| {
            ApiError::InvalidArgument(format!("{} does not name a file", local_path.display()))
        })?;
        let hidden = format!(".{}.{}.part", name.to_string_lossy(), random::name()?);
        let path = local_path.with_file_name(hidden);
        let file = File::create_new(&path).await.map_err(ApiError::LocalFile)?;
        Ok(Self { file, path, is_final: false })
    }

    async fn finalize(mut self, local_path: &Path) -> io::Result<()> {
        self.file.sync_all().await?;
        fs::rename(&self.path, local_path).await?;
        self.is_final = true;
        Ok(())
    }
}

impl Drop for UnverifiedFile {
    fn drop(&mut self) {
        if !self.is_final {
            // Nothing else can be done about a file that cannot be deleted.
            let _ = std::fs::remove_file(&self.path);
        }
    }
}
