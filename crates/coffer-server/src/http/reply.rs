//! Making replies in the shapes the API prescribes (reference 2.2, 2.6).

use super::body::{self, Body};
use dropbox_protocol::error::{ErrorReply, RateLimitError, RateLimitReason};
use futures_util::StreamExt as _;
use http::{HeaderName, HeaderValue, Response, StatusCode, header};
use http_body_util::BodyExt as _;
use serde::Serialize;
use std::time::Duration;
use tokio::time::timeout;

/// A reply with its body.
pub(super) type Reply = Response<Body>;

/// Bytes of a request that is refused, read on for politeness: a client that is still sending would see
/// a broken pipe instead of the reply.
const DRAINED_BYTES: usize = 160 * 1024 * 1024;

/// How long that may take.
const DRAINING_TIME: Duration = Duration::from_mins(1);

/// A status with JSON. The content type is exactly `application/json`, as clients compare it.
pub(super) fn json<T: Serialize + ?Sized>(status: StatusCode, value: &T) -> Reply {
    match serde_json::to_vec(value) {
        Ok(bytes) => with_type(status, "application/json", body::full(bytes)),
        Err(error) => {
            tracing::error!(%error, "a reply cannot be written as JSON");
            text(StatusCode::INTERNAL_SERVER_ERROR, "the reply could not be written")
        }
    }
}

/// A status with a sentence.
pub(super) fn text(status: StatusCode, sentence: &str) -> Reply {
    with_type(status, "text/plain; charset=utf-8", body::full(sentence.to_owned()))
}

/// A status with a body of some type.
pub(super) fn with_type(status: StatusCode, content_type: &'static str, body: Body) -> Reply {
    let mut reply = Reply::new(body);
    *reply.status_mut() = status;
    reply.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static(content_type));
    reply
}

/// Adds a header; a value that cannot be one is left out.
pub(super) fn set(reply: &mut Reply, name: HeaderName, value: &str) {
    if let Ok(value) = HeaderValue::from_str(value) {
        reply.headers_mut().insert(name, value);
    }
}

/// An error in the API's envelope.
pub(super) fn error<E: Serialize>(status: StatusCode, error: E) -> Reply {
    json(status, &ErrorReply::new(error))
}

/// A 429 as rclone and Java want it: JSON and a whole number of seconds.
pub(super) fn too_many_requests(retry_after_secs: u64) -> Reply {
    let limit = RateLimitError { reason: RateLimitReason::TooManyRequests, retry_after: retry_after_secs };
    let mut reply = error(StatusCode::TOO_MANY_REQUESTS, limit);
    set(&mut reply, header::RETRY_AFTER, &retry_after_secs.to_string());
    reply
}

/// The reply of an injected fault.
pub(super) fn injected(status: u16, retry_after_secs: u64) -> Reply {
    match StatusCode::from_u16(status) {
        Ok(StatusCode::TOO_MANY_REQUESTS) => too_many_requests(retry_after_secs),
        Ok(StatusCode::UNAUTHORIZED) => {
            error(StatusCode::UNAUTHORIZED, dropbox_protocol::auth::AuthError::ExpiredAccessToken)
        }
        Ok(status) => text(status, "This error was injected for testing."),
        Err(_) => text(StatusCode::INTERNAL_SERVER_ERROR, "This error was injected for testing."),
    }
}

/// Reads what is left of a request's body and throws it away.
pub(super) async fn drain(body: Body) {
    let mut stream = body.into_data_stream();
    let mut read = 0;
    let reading = async {
        while read < DRAINED_BYTES
            && let Some(Ok(bytes)) = stream.next().await
        {
            read += bytes.len();
        }
    };
    // Who has not sent the rest by then does not want to know why it was refused.
    let _ = timeout(DRAINING_TIME, reading).await;
}
