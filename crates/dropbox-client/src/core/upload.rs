//! Uploading: whole files, and single chunks of them. The logic around chunks is in
//! `ChunkedUploader`.

use tokio::io::AsyncRead;
use tokio_util::io::StreamReader;

use super::Metadata;
use super::download::check_rev;
use crate::options::setters;
use crate::{ApiError, Body, CallError, ChunkedUploader, DropboxClient};
use dropbox_protocol::files::{
    CommitInfo, REQUEST_BODY_LIMIT_BYTES, UPLOAD, UPLOAD_SESSION_APPEND, UPLOAD_SESSION_DAYS,
    UPLOAD_SESSION_START, UploadArg, UploadSessionAppendArg, UploadSessionAppendError, UploadSessionCursor,
    UploadSessionStartArg, WriteMode,
};
use dropbox_protocol::{Timestamp, path};
use serde::{Deserialize, Serialize};

/// The chunk size of uploads that are too long for one request, in bytes.
const PUT_CHUNK_BYTES: usize = 16 * 1024 * 1024;

/// What to do when the path is taken, and more about the new file.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
#[non_exhaustive]
pub struct PutOptions {
    /// Replace what is there. Otherwise the upload gets a free name such as `name (1).txt`, which the result tells.
    pub overwrite: bool,
    /// The revision that the upload is based on; beats `overwrite`. If it is no longer the newest, the upload is put
    /// beside it as a conflicted copy.
    pub parent_rev: Option<String>,
    /// When the content was changed, instead of now.
    pub client_mtime: Option<Timestamp>,
    /// Do not notify the person's other devices.
    pub mute: bool,
}

setters! { PutOptions:
    with_overwrite sets overwrite to value(bool),
    with_parent_rev sets parent_rev to some(String),
    with_client_mtime sets client_mtime to some(Timestamp),
    with_mute sets mute to value(bool),
}

impl PutOptions {
    pub(crate) fn commit(&self, path: &str) -> Result<CommitInfo, ApiError> {
        let (mode, autorename) = match &self.parent_rev {
            Some(rev) => {
                check_rev(rev)?;
                (WriteMode::Update(rev.clone()), true)
            }
            None if self.overwrite => (WriteMode::Overwrite, false),
            None => (WriteMode::Add, true),
        };
        Ok(CommitInfo {
            mode,
            autorename,
            client_modified: self.client_mtime,
            mute: self.mute,
            ..CommitInfo::new(path::normalize(path))
        })
    }
}

/// Where a chunk belongs.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
#[non_exhaustive]
pub struct UploadChunkOptions {
    /// How many bytes have been sent before. Does not matter for the first chunk.
    pub offset: u64,
    /// What the first chunk's reply said; absent for the first chunk.
    pub upload_id: Option<String>,
}

setters! { UploadChunkOptions:
    with_offset sets offset to value(u64),
    with_upload_id sets upload_id to some(String),
}

/// What became of a chunk.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct UploadChunkReply {
    pub upload_id: String,
    /// How many bytes the service holds now.
    pub offset: u64,
    /// When an unfinished upload is forgotten; told with the first chunk only.
    pub expires: Option<Timestamp>,
}

impl DropboxClient {
    /// Uploads a file; missing parents are created. Equal content is not written again: the result is what is there.
    ///
    /// Up to 150 MiB in one request (`files/upload`); what is longer, or of unknown length, goes in chunks
    /// (`files/upload_session/*`), which cannot be continued here after an error: for files that take long,
    /// [`get_chunked_uploader`](Self::get_chunked_uploader) can. Above the quota the error is
    /// `path/insufficient_space` (503 in the Core API).
    pub async fn put_file(
        &self,
        full_path: &str,
        body: impl Into<Body>,
        options: &PutOptions,
    ) -> Result<Metadata, ApiError> {
        let body = body.into();
        let commit = options.commit(full_path)?;
        let length = body.length();
        if length.is_some_and(|length| length <= REQUEST_BODY_LIMIT_BYTES) {
            let file = self.upload(&UPLOAD, &UploadArg::from(commit), body).await?;
            return Ok(Metadata::from_file(file, self.root()));
        }
        let mut uploader =
            ChunkedUploader::new(self.clone(), StreamReader::new(body.into_pieces(|| {})), length);
        uploader.upload_chunked(PUT_CHUNK_BYTES).await?;
        uploader.finish(full_path, options).await
    }

    /// An uploader for a long file. Without a `length`, everything up to the end is sent.
    pub fn get_chunked_uploader<R: AsyncRead + Unpin>(
        &self,
        file_obj: R,
        length: impl Into<Option<u64>>,
    ) -> ChunkedUploader<R> {
        ChunkedUploader::new(self.clone(), file_obj, length.into())
    }

    /// Sends one chunk of at most 150 MiB (`files/upload_session/start` or `append_v2`).
    /// [`ChunkedUploader`] is easier to use.
    pub async fn upload_chunk(
        &self,
        chunk: impl Into<Body>,
        options: &UploadChunkOptions,
    ) -> Result<UploadChunkReply, ApiError> {
        Ok(self.send_chunk(chunk.into(), options).await?)
    }

    /// As [`upload_chunk`](Self::upload_chunk), with the refusal of an append as its type.
    pub(crate) async fn send_chunk(
        &self,
        chunk: Body,
        options: &UploadChunkOptions,
    ) -> Result<UploadChunkReply, CallError<UploadSessionAppendError>> {
        let unknown = || ApiError::InvalidArgument("the length of a chunk must be known".into());
        let length = chunk.length().ok_or_else(unknown)?;
        if length > REQUEST_BODY_LIMIT_BYTES {
            return Err(ApiError::InvalidArgument("a chunk is longer than 150 MiB".into()).into());
        }
        let Some(upload_id) = options.upload_id.clone() else {
            let reply = self.upload(&UPLOAD_SESSION_START, &UploadSessionStartArg::new(), chunk).await;
            let reply = reply.map_err(ApiError::from)?;
            let expires = Timestamp::now().unix_secs() + UPLOAD_SESSION_DAYS * 24 * 60 * 60;
            let expires = Some(Timestamp::from_unix_secs(expires));
            return Ok(UploadChunkReply { upload_id: reply.session_id, offset: length, expires });
        };
        let cursor = UploadSessionCursor::new(upload_id.as_str(), options.offset);
        self.upload(&UPLOAD_SESSION_APPEND, &UploadSessionAppendArg::new(cursor), chunk).await?;
        Ok(UploadChunkReply { upload_id, offset: options.offset + length, expires: None })
    }
}
