//! What is sent in a request: bytes in memory or a stream of them.

use std::fmt;
use std::io;
use std::path::Path;
use std::sync::Arc;

use bytes::Bytes;
use futures_util::stream::{BoxStream, Stream, StreamExt, TryStreamExt, try_unfold};
use tokio::fs::File;
use tokio::io::AsyncRead;
use tokio_util::io::ReaderStream;

use super::pacer::{Pacer, wait_with_heartbeat};

/// Sent pieces are at most this long, so that progress is seen while they are on their way.
const PIECE_BYTES: usize = 64 * 1024;

/// Is told the length of each piece when it is handed to the network.
pub type BodyWatcher = Arc<dyn Fn(u64) + Send + Sync>;

/// The body of a request.
pub struct Body {
    kind: BodyKind,
    watcher: Option<BodyWatcher>,
    pacer: Option<Arc<dyn Pacer>>,
}

enum BodyKind {
    /// Can be sent again, should the token have expired.
    Bytes(Bytes),
    /// Can be sent once.
    Stream { stream: BoxStream<'static, io::Result<Bytes>>, length: Option<u64> },
}

impl Body {
    pub fn empty() -> Self {
        Bytes::new().into()
    }

    /// A stream of pieces. Where `length` in bytes is known it is announced: what comes beyond it is not sent, and
    /// a stream that ends early is an error. Where it is not known, the service sees only the end.
    pub fn from_stream(
        stream: impl Stream<Item = io::Result<Bytes>> + Send + 'static,
        length: Option<u64>,
    ) -> Self {
        BodyKind::Stream { stream: stream.boxed(), length }.into()
    }

    /// Reads to the end of `reader`, or `length` bytes where that is given.
    pub fn from_reader(reader: impl AsyncRead + Send + 'static, length: Option<u64>) -> Self {
        Self::from_stream(ReaderStream::with_capacity(reader, PIECE_BYTES), length)
    }

    /// What is in the file at `local_path`, with its length.
    pub async fn from_file(local_path: impl AsRef<Path>) -> io::Result<Self> {
        let file = File::open(local_path).await?;
        let length = file.metadata().await?.len();
        Ok(Self::from_reader(file, Some(length)))
    }

    /// Tells `watcher` how the body gets on. A body that is sent twice is told twice.
    #[must_use]
    pub fn watched(mut self, watcher: BodyWatcher) -> Self {
        self.watcher = Some(watcher);
        self
    }

    /// Lets its pieces go only when `pacer` does.
    #[must_use]
    pub fn paced(mut self, pacer: Arc<dyn Pacer>) -> Self {
        self.pacer = Some(pacer);
        self
    }

    /// How many bytes there are, where that is known.
    pub fn length(&self) -> Option<u64> {
        match &self.kind {
            BodyKind::Bytes(bytes) => Some(bytes.len() as u64),
            BodyKind::Stream { length, .. } => *length,
        }
    }

    /// All bytes, if they are in memory, no more than `limit`, and not held back; that counts as handed over.
    pub(super) fn take_small(&self, limit: usize) -> Option<Bytes> {
        let limited = self.pacer.as_ref().is_some_and(|pacer| pacer.is_limited());
        match &self.kind {
            BodyKind::Bytes(bytes) if bytes.len() <= limit && !limited => {
                if let Some(watcher) = &self.watcher {
                    watcher(bytes.len() as u64);
                }
                Some(bytes.clone())
            }
            _ => None,
        }
    }

    /// The body again, if it can be sent more than once.
    pub(super) fn try_clone(&self) -> Option<Self> {
        match &self.kind {
            BodyKind::Bytes(bytes) => {
                let kind = BodyKind::Bytes(bytes.clone());
                Some(Self { kind, watcher: self.watcher.clone(), pacer: self.pacer.clone() })
            }
            BodyKind::Stream { .. } => None,
        }
    }

    /// The bytes in pieces that are not long. A stream that is not as long as announced ends in an error. `alive` is
    /// called now and then while a piece is held back.
    pub(super) fn into_pieces(
        self,
        alive: impl Fn() + Send + Sync + 'static,
    ) -> BoxStream<'static, io::Result<Bytes>> {
        let (watcher, pacer) = (self.watcher, self.pacer);
        let pieces = match self.kind {
            BodyKind::Bytes(bytes) => futures_util::stream::iter(split(bytes).map(Ok)).boxed(),
            BodyKind::Stream { stream, length } => {
                let pieces = stream.flat_map(|chunk| {
                    let (error, chunk) = match chunk {
                        Ok(chunk) => (None, chunk),
                        Err(error) => (Some(Err(error)), Bytes::new()),
                    };
                    futures_util::stream::iter(split(chunk).map(Ok).chain(error))
                });
                match length {
                    Some(length) => exactly(length, pieces).boxed(),
                    None => pieces.boxed(),
                }
            }
        };
        let pieces = match pacer {
            Some(pacer) => {
                let seam = Arc::new((pacer, alive));
                pieces
                    .then(move |piece| {
                        let seam = Arc::clone(&seam);
                        async move {
                            let length = piece.as_ref().map_or(0, Bytes::len);
                            wait_with_heartbeat(Some(&seam.0), length, &seam.1).await;
                            piece
                        }
                    })
                    .boxed()
            }
            None => pieces,
        };
        match watcher {
            Some(watcher) => pieces
                .inspect(move |piece| {
                    if let Ok(piece) = piece {
                        watcher(piece.len() as u64);
                    }
                })
                .boxed(),
            None => pieces,
        }
    }
}

fn split(mut bytes: Bytes) -> impl Iterator<Item = Bytes> {
    std::iter::from_fn(move || {
        let length = bytes.len().min(PIECE_BYTES);
        (length > 0).then(|| bytes.split_to(length))
    })
}

/// Cuts `pieces` after `length` bytes, and ends in an error if there are fewer.
fn exactly(
    length: u64,
    pieces: impl Stream<Item = io::Result<Bytes>> + Send + 'static,
) -> impl Stream<Item = io::Result<Bytes>> + Send {
    let pieces = pieces.boxed();
    try_unfold((pieces, length), |(mut pieces, rest)| async move {
        if rest == 0 {
            return Ok(None);
        }
        let Some(mut piece) = pieces.try_next().await? else {
            let message = format!("the source ended {rest} bytes early");
            return Err(io::Error::new(io::ErrorKind::UnexpectedEof, message));
        };
        piece.truncate(usize::try_from(rest).unwrap_or(usize::MAX));
        let rest = rest - piece.len() as u64;
        Ok(Some((piece, (pieces, rest))))
    })
}

impl From<BodyKind> for Body {
    fn from(kind: BodyKind) -> Self {
        Self { kind, watcher: None, pacer: None }
    }
}

impl From<Bytes> for Body {
    fn from(bytes: Bytes) -> Self {
        BodyKind::Bytes(bytes).into()
    }
}

impl From<Vec<u8>> for Body {
    fn from(bytes: Vec<u8>) -> Self {
        Bytes::from(bytes).into()
    }
}

impl From<String> for Body {
    fn from(text: String) -> Self {
        Bytes::from(text).into()
    }
}

/// Copies the text.
impl From<&str> for Body {
    fn from(text: &str) -> Self {
        text.to_owned().into()
    }
}

/// Copies the bytes; `Bytes` and `Vec<u8>` are taken as they are.
impl From<&[u8]> for Body {
    fn from(bytes: &[u8]) -> Self {
        bytes.to_vec().into()
    }
}

impl<const LENGTH: usize> From<&[u8; LENGTH]> for Body {
    fn from(bytes: &[u8; LENGTH]) -> Self {
        bytes.as_slice().into()
    }
}

/// The file from where it stands to its end. Its length is not asked for, so `put_file` sends it in chunks;
/// [`Body::from_file`] does ask.
impl From<File> for Body {
    fn from(file: File) -> Self {
        Self::from_reader(file, None)
    }
}

impl fmt::Debug for Body {
    fn fmt(&self, formatter: &mut fmt::Formatter) -> fmt::Result {
        write!(formatter, "Body({:?} bytes)", self.length())
    }
}
