//! Uploading a long file in chunks, so that it can go on after a failure: `ChunkedUploader` of the Core API, over
//! `files/upload_session/*`.

mod committed;

use std::fmt;
use std::sync::Arc;

use bytes::{Buf, Bytes, BytesMut};
use tokio::io::{AsyncRead, AsyncReadExt};

use super::{
    ApiError, Body, BodyWatcher, CallError, DropboxClient, Metadata, PutOptions, UploadChunkOptions,
};
use dropbox_protocol::files::{
    UPLOAD_SESSION_FINISH, UploadSessionAppendError, UploadSessionCursor, UploadSessionFinishArg,
    UploadSessionFinishError, UploadSessionLookupError,
};
use dropbox_protocol::{ContentHasher, Timestamp};

/// The size of a chunk unless another one is asked for, in bytes: the 4 MB of the Core API.
pub const CHUNK_BYTES: usize = 4 * 1024 * 1024;

/// Sends what a reader gives, chunk by chunk, and makes a file of it in the end.
///
/// After an error, or when the future of a call was dropped, the same call can be made again: it goes on with the
/// chunk that was not acknowledged.
///
/// ```no_run
/// # use dropbox_client::{DropboxClient, PutOptions};
/// # async fn upload(client: DropboxClient) -> Result<(), Box<dyn std::error::Error>> {
/// let file = tokio::fs::File::open("film.mkv").await?;
/// let length = file.metadata().await?.len();
/// let mut uploader = client.get_chunked_uploader(file, length);
/// while uploader.upload_next(None).await? {
///     println!("{} of {length}", uploader.offset());
/// }
/// uploader.finish("/film.mkv", &PutOptions::default()).await?;
/// # Ok(()) }
/// ```
pub struct ChunkedUploader<R> {
    client: DropboxClient,
    reader: R,
    target_length: Option<u64>,
    offset: u64,
    upload_id: Option<String>,
    expires: Option<Timestamp>,
    /// The chunk that is being read.
    reading: BytesMut,
    /// Read, but not acknowledged yet.
    unsent: Bytes,
    /// The reader has nothing more.
    exhausted: bool,
    /// Of all that was acknowledged; absent where an earlier uploader sent the beginning, unseen by this one.
    hasher: Option<ContentHasher>,
    /// The content hash of the whole file, where the caller knows it.
    content_hash: Option<String>,
    /// Is told how a chunk gets on.
    watcher: Option<BodyWatcher>,
    /// A call of `finish` has failed without an answer, here or in an earlier run, and may have been carried out.
    finish_in_doubt: bool,
}

impl<R> ChunkedUploader<R> {
    /// An uploader from the beginning. Without a length, everything up to the reader's end is sent.
    pub fn new(client: DropboxClient, reader: R, target_length: Option<u64>) -> Self {
        Self {
            client,
            reader,
            target_length,
            offset: 0,
            upload_id: None,
            expires: None,
            reading: BytesMut::new(),
            unsent: Bytes::new(),
            exhausted: false,
            hasher: Some(ContentHasher::new()),
            content_hash: None,
            watcher: None,
            finish_in_doubt: false,
        }
    }

    /// Tells `watcher` the length of each piece of a chunk when it is handed to the network. A chunk that fails and
    /// is sent again is told again; [`offset`](Self::offset) counts only what was acknowledged.
    #[must_use]
    pub fn watched(self, watcher: BodyWatcher) -> Self {
        Self { watcher: Some(watcher), ..self }
    }

    /// Tells the [content hash](fn@dropbox_protocol::content_hash) of the whole file. It is needed where the uploader
    /// does not see all of it, which is after [`resume`](Self::resume) only.
    #[must_use]
    pub fn with_content_hash(self, content_hash: impl Into<String>) -> Self {
        Self { content_hash: Some(content_hash.into()), ..self }
    }

    /// An uploader that goes on where an earlier one, perhaps of another program run, has stopped. The reader must
    /// stand at `offset`, and `target_length` counts from the file's beginning.
    ///
    /// A `finish` whose reply was lost, then or now, is recognised by the file's content hash, so tell that
    /// [`with_content_hash`](Self::with_content_hash), or let [`resume_from_start`](Self::resume_from_start) find it.
    /// Without it such a `finish` fails with `lookup_failed/not_found` although the file is there.
    pub fn resume(
        client: DropboxClient,
        reader: R,
        target_length: Option<u64>,
        upload_id: impl Into<String>,
        offset: u64,
    ) -> Self {
        Self {
            upload_id: Some(upload_id.into()),
            offset,
            hasher: (offset == 0).then(ContentHasher::new),
            finish_in_doubt: true,
            ..Self::new(client, reader, target_length)
        }
    }

    /// How many bytes the service has acknowledged.
    pub fn offset(&self) -> u64 {
        self.offset
    }

    /// What is read from. It may have been read further than [`offset`](Self::offset) tells.
    pub fn reader(&self) -> &R {
        &self.reader
    }

    /// Names the upload; present once the first chunk has been acknowledged. Keep it with the offset to be able to
    /// [`resume`](Self::resume).
    pub fn upload_id(&self) -> Option<&str> {
        self.upload_id.as_deref()
    }

    /// How many bytes there will be.
    pub fn target_length(&self) -> Option<u64> {
        self.target_length
    }

    /// When the service forgets the upload, if this uploader has started it.
    pub fn expires(&self) -> Option<Timestamp> {
        self.expires
    }

    /// Whether everything has been sent, so that only `finish` is left.
    pub fn is_complete(&self) -> bool {
        self.unsent.is_empty() && self.target_length.map_or(self.exhausted, |length| self.offset >= length)
    }
}

impl<R: AsyncRead + Unpin> ChunkedUploader<R> {
    /// As [`resume`](Self::resume), but with a reader that stands at the file's beginning. What is before `offset` is
    /// read for the content hash only.
    pub async fn resume_from_start(
        client: DropboxClient,
        mut reader: R,
        target_length: Option<u64>,
        upload_id: impl Into<String>,
        offset: u64,
    ) -> Result<Self, ApiError> {
        let mut hasher = ContentHasher::new();
        let mut buffer = BytesMut::new();
        let mut rest = offset;
        while rest > 0 {
            buffer.clear();
            buffer.reserve(CHUNK_BYTES);
            let read = (&mut reader).take(rest).read_buf(&mut buffer).await.map_err(ApiError::Source)?;
            if read == 0 {
                return Err(ended_early(rest));
            }
            hasher.update(&buffer);
            rest -= read as u64;
        }
        let uploader = Self::resume(client, reader, target_length, upload_id, offset);
        Ok(Self { hasher: Some(hasher), ..uploader })
    }

    /// Sends everything that is left, in chunks of `chunk_bytes`; `None` stands for [`CHUNK_BYTES`]. Multiples of that
    /// are best.
    pub async fn upload_chunked(&mut self, chunk_bytes: impl Into<Option<usize>>) -> Result<(), ApiError> {
        let chunk_bytes = chunk_bytes.into();
        while self.upload_next(chunk_bytes).await? {}
        Ok(())
    }

    /// Sends one chunk, of [`CHUNK_BYTES`] if `chunk_bytes` is `None`. False means that there was none left.
    pub async fn upload_next(&mut self, chunk_bytes: impl Into<Option<usize>>) -> Result<bool, ApiError> {
        self.read_chunk(chunk_bytes.into().unwrap_or(CHUNK_BYTES).max(1)).await?;
        if self.unsent.is_empty() {
            return Ok(false);
        }
        let options = UploadChunkOptions { offset: self.offset, upload_id: self.upload_id.clone() };
        match self.client.send_chunk(self.body(), &options).await {
            Ok(reply) => {
                self.expires = reply.expires.or(self.expires);
                self.upload_id = Some(reply.upload_id);
                self.acknowledge(self.unsent.len());
                Ok(true)
            }
            Err(error) => {
                // An earlier try whose answer was lost may have brought some of the chunk, or all of it.
                let received = self.received(&error).ok_or(error)?;
                self.acknowledge(received);
                Ok(true)
            }
        }
    }

    /// Makes the file (`files/upload_session/finish`). Everything must have been sent.
    ///
    /// It can be called again after an error. If the file was made although the reply was lost, the service no longer
    /// knows the upload; then the file is recognised by its content hash, at `path` or under the free name that the
    /// service has given it.
    pub async fn finish(&mut self, path: &str, options: &PutOptions) -> Result<Metadata, ApiError> {
        let commit = options.commit(path)?;
        if !self.is_complete() {
            return Err(ApiError::InvalidArgument(format!(
                "only {} of {} bytes have been sent",
                self.offset,
                self.target_length.map_or("an unknown number of".into(), |length| length.to_string())
            )));
        }
        if self.upload_id.is_none() {
            // An empty file has had no chunk that would have started the upload.
            let reply = self.client.upload_chunk(Bytes::new(), &UploadChunkOptions::default()).await?;
            self.upload_id = Some(reply.upload_id);
        }
        let upload_id = self.upload_id.clone().unwrap_or_default();
        let autorename = commit.autorename;
        let argument = UploadSessionFinishArg::new(UploadSessionCursor::new(upload_id, self.offset), commit);
        let was_in_doubt = std::mem::replace(&mut self.finish_in_doubt, true);
        match self.client.upload(&UPLOAD_SESSION_FINISH, &argument, Bytes::new()).await {
            Ok(file) => {
                self.finish_in_doubt = false;
                Ok(Metadata::from_file(file, self.client.root()))
            }
            Err(error) => {
                let is_gone = matches!(
                    error.route_error(),
                    Some(UploadSessionFinishError::LookupFailed(UploadSessionLookupError::NotFound))
                );
                if was_in_doubt && is_gone {
                    let Some(hash) = self.content_hash() else { return Err(error.into()) };
                    let committed = committed::find(&self.client, path, autorename, &hash).await?;
                    return committed.ok_or_else(|| error.into());
                }
                self.finish_in_doubt = was_in_doubt || error.may_have_happened();
                Err(error.into())
            }
        }
    }

    fn content_hash(&self) -> Option<String> {
        self.content_hash.clone().or_else(|| self.hasher.clone().map(ContentHasher::finish))
    }

    /// Fills `unsent`, unless it still holds something. What was read is kept even if the future is dropped.
    async fn read_chunk(&mut self, chunk_bytes: usize) -> Result<(), ApiError> {
        let rest = self.target_length.map_or(u64::MAX, |length| length.saturating_sub(self.offset));
        if self.unsent.is_empty() {
            let wanted = usize::try_from(rest).unwrap_or(usize::MAX).min(chunk_bytes);
            while self.reading.len() < wanted && !self.exhausted {
                let room = wanted - self.reading.len();
                self.reading.reserve(room.min(CHUNK_BYTES));
                let mut source = (&mut self.reader).take(room as u64);
                let read = source.read_buf(&mut self.reading).await.map_err(ApiError::Source)?;
                self.exhausted = read == 0;
            }
            self.unsent = self.reading.split().freeze();
        }
        let missing = rest.saturating_sub(self.unsent.len() as u64);
        if self.exhausted && self.target_length.is_some() && missing > 0 {
            return Err(ended_early(missing));
        }
        Ok(())
    }

    fn acknowledge(&mut self, length: usize) {
        if let Some(hasher) = &mut self.hasher {
            hasher.update(&self.unsent[..length]);
        }
        self.offset += length as u64;
        self.unsent.advance(length);
    }

    fn body(&self) -> Body {
        let body = Body::from(self.unsent.clone());
        match &self.watcher {
            Some(watcher) => body.watched(Arc::clone(watcher)),
            None => body,
        }
    }

    /// How much of the chunk the service has, if the error says that it has some.
    fn received(&self, error: &CallError<UploadSessionAppendError>) -> Option<usize> {
        let UploadSessionAppendError::IncorrectOffset(offset) = error.route_error()? else { return None };
        let ahead = usize::try_from(offset.correct_offset.checked_sub(self.offset)?).ok()?;
        (1..=self.unsent.len()).contains(&ahead).then_some(ahead)
    }
}

fn ended_early(missing: u64) -> ApiError {
    let message = format!("the source ended {missing} bytes early");
    ApiError::Source(std::io::Error::new(std::io::ErrorKind::UnexpectedEof, message))
}

impl<R> fmt::Debug for ChunkedUploader<R> {
    fn fmt(&self, formatter: &mut fmt::Formatter) -> fmt::Result {
        formatter
            .debug_struct("ChunkedUploader")
            .field("offset", &self.offset)
            .field("upload_id", &self.upload_id)
            .field("target_length", &self.target_length)
            .field("unsent", &self.unsent.len())
            .finish_non_exhaustive()
    }
}
