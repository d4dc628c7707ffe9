//! Writes request bodies to disk: a blocking thread writes and hashes, while the async side reads from the
//! network. Memory holds a few pieces at a time, however long the body is.

use super::store::error::StoreError;
use super::uploads::{BlockCutter, SessionWriteGuard};
use bytes::{Bytes, BytesMut};
use coffer_stdx::disk::{self, BATCH_BYTES, DiskFile};
use dropbox_protocol::ContentHasher;
use dropbox_protocol::files::REQUEST_BODY_LIMIT_BYTES;
use futures_util::{Stream, StreamExt as _};
use std::io::{Seek as _, SeekFrom, Write as _};
use std::path::{Path, PathBuf};
use tokio::sync::mpsc;

/// Pieces of a body that may wait for the disk.
const PIECES_AHEAD: usize = 16;

/// What is still read of a body that is refused already. Most clients read an answer only when they have sent
/// everything; one that is cut off reports a broken connection instead of the reason.
const LINGER_BYTES: u64 = REQUEST_BODY_LIMIT_BYTES;

/// Why a body did not arrive as a whole.
#[derive(Debug)]
pub(crate) enum ReadBodyError {
    /// It is longer than a request may be.
    TooLong,
    /// The connection broke.
    Broken(String),
    Store(StoreError),
}

impl From<StoreError> for ReadBodyError {
    fn from(error: StoreError) -> Self {
        Self::Store(error)
    }
}

/// Something that is fed the bytes of a body in order.
pub(crate) trait BodySink: Send + 'static {
    fn write_chunk(&mut self, bytes: &[u8]) -> Result<(), StoreError>;

    /// All bytes have been taken.
    fn end(&mut self) -> Result<(), StoreError> {
        Ok(())
    }
}

/// Feeds a whole body to `sink`, at most `limit` bytes, and gives the sink back.
pub(crate) async fn write_body<S, B, E>(body: B, limit: u64, mut sink: S) -> Result<S, ReadBodyError>
where
    S: BodySink,
    B: Stream<Item = Result<Bytes, E>> + Unpin,
    E: std::fmt::Display,
{
    let (sender, mut receiver) = mpsc::channel::<Bytes>(PIECES_AHEAD);
    let disk = tokio::task::spawn_blocking(move || {
        while let Some(bytes) = receiver.blocking_recv() {
            sink.write_chunk(&bytes)?;
        }
        sink.end()?;
        Ok::<S, StoreError>(sink)
    });
    let fed = feed(body, limit, sender).await;
    let sink = disk.await.map_err(|_| StoreError::Closed)?;
    // A full disk also ends the feeding; its own reason is the better one.
    let sink = sink?;
    fed.map(|()| sink)
}

async fn feed<B, E>(mut body: B, limit: u64, sender: mpsc::Sender<Bytes>) -> Result<(), ReadBodyError>
where
    B: Stream<Item = Result<Bytes, E>> + Unpin,
    E: std::fmt::Display,
{
    let mut length = 0;
    while let Some(bytes) = body.next().await {
        let bytes = bytes.map_err(|error| ReadBodyError::Broken(error.to_string()))?;
        length += bytes.len() as u64;
        if length > limit {
            linger(body).await;
            return Err(ReadBodyError::TooLong);
        }
        if sender.send(bytes).await.is_err() {
            // The disk side has stopped and says why when it is joined.
            linger(body).await;
            return Ok(());
        }
    }
    Ok(())
}

/// Reads on and throws away.
async fn linger<B, E>(mut body: B)
where
    B: Stream<Item = Result<Bytes, E>> + Unpin,
{
    let mut read = 0;
    while read < LINGER_BYTES
        && let Some(Ok(bytes)) = body.next().await
    {
        read += bytes.len() as u64;
    }
}

/// Writes to a file from an offset on, and hashes.
#[derive(Debug)]
pub(crate) struct FileSink {
    file: std::fs::File,
    path: PathBuf,
    /// Bytes taken so far.
    pub length: u64,
    /// The hash of the whole content, the bytes before this body included.
    pub content: ContentHasher,
    /// The hash of this body alone, where that is something else and was asked for.
    pub call: Option<ContentHasher>,
    /// The right to write here. It is kept with the bytes, because they may still be being written when
    /// the request that brought them has been given up.
    pub turn: Option<SessionWriteGuard>,
}

impl FileSink {
    /// Continues `file` (named `path` in errors) at `offset`, cutting off whatever is behind that.
    pub(crate) fn new(
        mut file: std::fs::File,
        path: &Path,
        offset: u64,
        content: ContentHasher,
        call: Option<ContentHasher>,
    ) -> Result<Self, StoreError> {
        file.set_len(offset).map_err(StoreError::at(path))?;
        file.seek(SeekFrom::Start(offset)).map_err(StoreError::at(path))?;
        Ok(Self { file, path: path.to_owned(), length: 0, content, call, turn: None })
    }
}

impl BodySink for FileSink {
    fn write_chunk(&mut self, bytes: &[u8]) -> Result<(), StoreError> {
        self.file.write_all(bytes).map_err(StoreError::at(&self.path))?;
        self.content.update(bytes);
        if let Some(call) = &mut self.call {
            call.update(bytes);
        }
        self.length += bytes.len() as u64;
        Ok(())
    }
}

/// Hashes block by block, and writes if there is a file.
#[derive(Debug)]
pub(crate) struct BlockSink {
    /// Absent when the bytes are here already and only have to be compared.
    pub file: Option<DiskFile>,
    path: PathBuf,
    /// Where the bytes that are gathered begin in the file.
    position: u64,
    gathered: BytesMut,
    /// Bytes taken so far.
    pub length: u64,
    pub hasher: BlockCutter,
}

impl BlockSink {
    /// Writes to `file` (named `path` in errors) from `offset` on, leaving everything else as it is.
    pub(crate) fn new(file: Option<DiskFile>, path: &Path, offset: u64, hasher: BlockCutter) -> Self {
        let gathered = disk::room(BATCH_BYTES);
        Self { file, path: path.to_owned(), position: offset, gathered, length: 0, hasher }
    }

    fn write(&mut self) -> Result<(), StoreError> {
        if let Some(file) = &self.file {
            file.write_at(&self.gathered, self.position).map_err(StoreError::at(&self.path))?;
        }
        self.hasher.update(&self.gathered);
        self.position += self.gathered.len() as u64;
        self.gathered.clear();
        Ok(())
    }
}

impl BodySink for BlockSink {
    fn write_chunk(&mut self, mut bytes: &[u8]) -> Result<(), StoreError> {
        self.length += bytes.len() as u64;
        while !bytes.is_empty() {
            let (piece, rest) = bytes.split_at(bytes.len().min(BATCH_BYTES - self.gathered.len()));
            self.gathered.extend_from_slice(piece);
            bytes = rest;
            if self.gathered.len() == BATCH_BYTES {
                self.write()?;
            }
        }
        Ok(())
    }

    fn end(&mut self) -> Result<(), StoreError> {
        self.write()
    }
}
