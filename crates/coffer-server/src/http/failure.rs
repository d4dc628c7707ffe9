//! How a call fails, and what that is as a reply.

use super::reply::{self, Reply};
use super::user_message::{self, MessageLanguage};
use crate::guess_limiter::TooManyGuesses;
use crate::paths::BadPath;
use crate::store::error::StoreError;
use crate::store::refusal::Refusal;
use dropbox_protocol::auth::{AccessError, AuthError};
use dropbox_protocol::error::ErrorReply;
use http::{StatusCode, header};
use serde::Serialize;

/// Why a call of a route with the error `E` fails.
#[derive(Debug)]
pub(super) enum CallFailure<E> {
    /// The route's own error: 409.
    Answer(E),
    /// The caller's mistake: 400 with this text.
    BadArgument(String),
    /// 401.
    Unauthorized(AuthError),
    /// 403.
    Forbidden(AccessError),
    /// A range that begins behind the end of a file of this many bytes: 416.
    NotSatisfiable(u64),
    /// A password was wrong too often: 429.
    TooManyGuesses(TooManyGuesses),
    /// The store failed: 500, or 507 when the disk is full.
    Store(StoreError),
}

impl<E> CallFailure<E> {
    /// The same failure with the error of another route.
    pub(super) fn map<F>(self, words: impl FnOnce(E) -> F) -> CallFailure<F> {
        match self {
            Self::Answer(error) => CallFailure::Answer(words(error)),
            Self::BadArgument(why) => CallFailure::BadArgument(why),
            Self::Unauthorized(error) => CallFailure::Unauthorized(error),
            Self::Forbidden(error) => CallFailure::Forbidden(error),
            Self::NotSatisfiable(length) => CallFailure::NotSatisfiable(length),
            Self::TooManyGuesses(wait) => CallFailure::TooManyGuesses(wait),
            Self::Store(error) => CallFailure::Store(error),
        }
    }
}

impl<E: Serialize> CallFailure<E> {
    /// The reply for a call of `route` by a person who reads `language`.
    pub(super) fn into_reply(self, route: &str, language: MessageLanguage) -> Reply {
        match self {
            Self::Answer(error) => {
                let mut reply = ErrorReply::new(error);
                user_message::add(&mut reply, language);
                reply::json(StatusCode::CONFLICT, &reply)
            }
            Self::BadArgument(why) => bad_request(route, &why),
            Self::Unauthorized(error) => {
                let mut reply = reply::error(StatusCode::UNAUTHORIZED, error);
                reply::set(&mut reply, header::WWW_AUTHENTICATE, "Dropbox-API");
                reply
            }
            Self::Forbidden(error) => reply::error(StatusCode::FORBIDDEN, error),
            Self::NotSatisfiable(length) => {
                let mut reply = reply::text(
                    StatusCode::RANGE_NOT_SATISFIABLE,
                    "The range starts after the end of the file.",
                );
                reply::set(&mut reply, header::CONTENT_RANGE, &format!("bytes */{length}"));
                reply
            }
            Self::TooManyGuesses(wait) => reply::too_many_requests(wait.retry_after_secs()),
            Self::Store(error) if error.is_disk_full() => {
                tracing::error!(%error, route, "the disk is full");
                reply::text(StatusCode::INSUFFICIENT_STORAGE, "The disk of the account is full.")
            }
            Self::Store(error) => {
                tracing::error!(%error, route, "a call failed");
                reply::text(
                    StatusCode::INTERNAL_SERVER_ERROR,
                    "Internal error of the local account; see its log.",
                )
            }
        }
    }
}

/// A 400 with the text that all callers know.
pub(super) fn bad_request(route: &str, why: &str) -> Reply {
    reply::text(StatusCode::BAD_REQUEST, &format!("Error in call to API function \"{route}\": {why}"))
}

impl<E> From<StoreError> for CallFailure<E> {
    fn from(error: StoreError) -> Self {
        Self::Store(error)
    }
}

impl<E> From<Refusal<E>> for CallFailure<E> {
    fn from(refusal: Refusal<E>) -> Self {
        match refusal {
            Refusal::Answer(error) => Self::Answer(error),
            Refusal::Store(error) => Self::Store(error),
        }
    }
}

impl<E> From<BadPath> for CallFailure<E> {
    fn from(BadPath(why): BadPath) -> Self {
        Self::BadArgument(why)
    }
}
