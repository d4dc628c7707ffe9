//! The body of requests and replies: one type, whether its bytes are in memory, on disk or still on the network.

use crate::connections::RequestGuard;
use bytes::Bytes;
use futures_util::{Stream, StreamExt as _};
use http_body::{Frame, SizeHint};
use http_body_util::combinators::UnsyncBoxBody;
use http_body_util::{BodyExt as _, Full, Limited, StreamBody};
use std::pin::Pin;
use std::task::{Context, Poll, ready};
use std::time::Duration;
use tokio::time::{Instant, Sleep, sleep};

/// A body of which nothing arrives for so long has lost its sender. An upload that is limited in speed may well be silent
/// for a minute.
const SILENCE: Duration = Duration::from_mins(5);

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

/// The body of a request as it comes from the connection; it breaks off when nothing arrives for too long.
pub(super) fn from_connection<B>(body: B) -> Body
where
    B: http_body::Body<Data = Bytes> + Send + 'static,
    B::Error: Into<BoxError>,
{
    let body = body.map_err(|error| BodyError(error.into())).boxed_unsync();
    AliveBody { body, silence: Box::pin(sleep(SILENCE)) }.boxed_unsync()
}

/// A reply during which its request counts as under way.
pub(super) fn guarded(body: Body, guard: RequestGuard) -> Body {
    GuardedBody { body, _guard: guard }.boxed_unsync()
}

struct AliveBody {
    body: Body,
    silence: Pin<Box<Sleep>>,
}

impl http_body::Body for AliveBody {
    type Data = Bytes;
    type Error = BodyError;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, BodyError>>> {
        if let Poll::Ready(frame) = Pin::new(&mut self.body).poll_frame(context) {
            self.silence.as_mut().reset(Instant::now() + SILENCE);
            return Poll::Ready(frame);
        }
        ready!(self.silence.as_mut().poll(context));
        Poll::Ready(Some(Err(BodyError("nothing has arrived for too long".into()))))
    }

    fn is_end_stream(&self) -> bool {
        self.body.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.body.size_hint()
    }
}

struct GuardedBody {
    body: Body,
    _guard: RequestGuard,
}

impl http_body::Body for GuardedBody {
    type Data = Bytes;
    type Error = BodyError;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, BodyError>>> {
        Pin::new(&mut self.body).poll_frame(context)
    }

    fn is_end_stream(&self) -> bool {
        self.body.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.body.size_hint()
    }
}

/// All bytes of a body; fails when there are more than `limit`.
pub(super) async fn read_all(body: Body, limit: usize) -> Result<Bytes, BodyError> {
    Ok(Limited::new(body, limit).collect().await?.to_bytes())
}
