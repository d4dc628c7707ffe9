//! Downloading files.

use super::Metadata;
use crate::{ApiError, ByteRange, DropboxClient, RestResponse};
use dropbox_protocol::files::{DOWNLOAD, DownloadArg, FileMetadata};
use dropbox_protocol::path;

impl DropboxClient {
    /// The bytes of a file, at its newest revision or at `rev` (`files/download`). Read them from the response.
    pub async fn get_file(&self, from_path: &str, rev: Option<&str>) -> Result<RestResponse, ApiError> {
        Ok(self.get_file_and_metadata(from_path, rev).await?.0)
    }

    /// A part of a file's bytes (`files/download` with the header `Range`):
    ///
    /// ```no_run
    /// # async fn example(client: dropbox_client::DropboxClient) -> Result<(), dropbox_client::ApiError> {
    /// let second_kilobyte = client.get_file_range("/film.mkv", None, 1024..2048).await?.read(None).await?;
    /// let rest = client.get_file_range("/film.mkv", None, 2048..).await?;
    /// # Ok(()) }
    /// ```
    pub async fn get_file_range(
        &self,
        from_path: &str,
        rev: Option<&str>,
        range: impl Into<ByteRange>,
    ) -> Result<RestResponse, ApiError> {
        Ok(self.open_file(from_path, rev, Some(range.into())).await?.0)
    }

    /// The bytes of a file and its metadata, from one answer (`files/download`).
    pub async fn get_file_and_metadata(
        &self,
        from_path: &str,
        rev: Option<&str>,
    ) -> Result<(RestResponse, Metadata), ApiError> {
        self.open_file(from_path, rev, None).await
    }

    async fn open_file(
        &self,
        from_path: &str,
        rev: Option<&str>,
        range: Option<ByteRange>,
    ) -> Result<(RestResponse, Metadata), ApiError> {
        let argument = DownloadArg::new(path_or_rev(from_path, rev)?);
        let reply = self.download(&DOWNLOAD, &argument, range).await?;
        check_path_of_rev(&reply.result, from_path, rev)?;
        Ok((reply.response, Metadata::from_file(reply.result, self.root())))
    }
}

/// What to ask for: API v2 takes a revision in the place of a path.
pub(super) fn path_or_rev(path: &str, rev: Option<&str>) -> Result<String, ApiError> {
    match rev {
        None => Ok(path::normalize(path)),
        Some(rev) => check_rev(rev).map(|()| format!("rev:{rev}")),
    }
}

/// Refuses what the service would refuse with a status and a text only.
pub(crate) fn check_rev(rev: &str) -> Result<(), ApiError> {
    if path::is_rev(rev) {
        Ok(())
    } else {
        Err(ApiError::InvalidArgument(format!("{rev:?} is not a revision")))
    }
}

/// The Core API bound a revision to a path; API v2 would answer with any file's.
pub(super) fn check_path_of_rev(file: &FileMetadata, path: &str, rev: Option<&str>) -> Result<(), ApiError> {
    let (Some(rev), Some(found)) = (rev, &file.path_lower) else { return Ok(()) };
    let wanted = path::path_lower(&path::normalize(path));
    if wanted.starts_with('/') && *found != wanted {
        return Err(ApiError::RevisionOfAnotherPath { path: path.to_owned(), rev: rev.to_owned() });
    }
    Ok(())
}
