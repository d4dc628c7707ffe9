//! The body of requests and replies: one type, whether its bytes are in memory, on disk or still on the network.

use bytes::Bytes;
use futures_util::{Stream, StreamExt as _};
use http_body::Frame;
use http_body_util::combinators::UnsyncBoxBody;
use http_body_util::{BodyExt as _, Full, Limited, StreamBody};

pub(super) type BoxError = Box<dyn std::error::Error + Send + Sync>;

/// Why a body ended early.
#[derive(Debug, thiserror::Error)]
#[error(transparent)]
pub(crate) struct BodyError(#[from] BoxError);

/// A body whose bytes come in pieces.
pub(super) type Body = UnsyncBoxBody<Bytes, BodyError>;

/// A body without bytes.
pub(super) fn empty() -> Body {
    Body::default()
}

/// A body whose bytes are in memory.
pub(super) fn full(bytes: impl Into<Bytes>) -> Body {
    Full::new(bytes.into()).map_err(|never| match never {}).boxed_unsync()
}

/// A body whose bytes come from elsewhere; an error breaks it off.
pub(super) fn from_stream<S, E>(pieces: S) -> Body
where
    S: Stream<Item = Result<Bytes, E>> + Send + 'static,
    E: Into<BoxError>,
{
    StreamBody::new(pieces.map(|piece| piece.map(Frame::data).map_err(|error| BodyError(error.into()))))
        .boxed_unsync()
}

/// The body of a request as it comes from the connection.
pub(super) fn from_connection<B>(body: B) -> Body
where
    B: http_body::Body<Data = Bytes> + Send + 'static,
    B::Error: Into<BoxError>,
{
    body.map_err(|error| BodyError(error.into())).boxed_unsync()
}

/// All bytes of a body; fails when there are more than `limit`.
pub(super) async fn read_all(body: Body, limit: usize) -> Result<Bytes, BodyError> {
    Ok(Limited::new(body, limit).collect().await?.to_bytes())
}
