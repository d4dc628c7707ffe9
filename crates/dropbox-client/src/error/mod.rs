//! Everything that can go wrong with a call. [`CallError`] keeps the error of the route that was called; [`ApiError`]
//! is what all operations of the Core API fail with. What to do about it is for others to decide.

mod call;
mod legacy_status;
mod response;
mod socket;

use std::io;

use dropbox_protocol::auth::AuthError;

pub use call::CallError;
pub use response::{CommonError, ErrorBody, ErrorResponse};
pub use socket::{RestSocketError, SocketErrorKind};

/// Why a call failed. No variant holds a token.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ApiError {
    /// The service refused, or the reply was not a success.
    #[error(transparent)]
    Response(Box<ErrorResponse>),

    /// The service could not be reached, or went silent.
    #[error(transparent)]
    Socket(#[from] RestSocketError),

    /// The reply was a success, but not what the route promises.
    #[error("{call}: status {status}, but {problem}")]
    Malformed {
        /// Route or host.
        call: String,
        status: u16,
        problem: String,
    },

    /// The reply is a web page: it does not come from the service, but from a network that wants a sign-in first.
    #[error("{call}: status {status}, but the reply is a web page")]
    WebPage {
        /// Route or host.
        call: String,
        status: u16,
    },

    /// What was to be sent could not be read, or was not as long as announced.
    #[error("what was to be sent could not be read: {0}")]
    Source(#[source] io::Error),

    /// The file on this computer that was to be written could not be.
    #[error("the local file could not be written: {0}")]
    LocalFile(#[source] io::Error),

    /// What was received is not the file's content.
    #[error("the content received has the hash {received} and not {expected}")]
    ContentMismatch { expected: String, received: String },

    /// Nothing was sent, because the arguments cannot be right.
    #[error("{0}")]
    InvalidArgument(String),

    /// A response was read after it had been closed.
    #[error("the response is already closed")]
    AlreadyClosed,

    /// The folder is as it was when `hash` was made; `hash` here is the one to keep from now on.
    #[error("the folder has not changed")]
    NotModified { hash: String },

    /// The folder has more entries than the caller wants.
    #[error("the folder has more than {file_limit} entries")]
    TooManyEntries { file_limit: usize },

    /// The revision exists, but belongs to another path.
    #[error("revision {rev} does not belong to {path}")]
    RevisionOfAnotherPath { path: String, rev: String },

    /// This client has given its token back with `disable_access_token`.
    #[error("the access token has been disabled")]
    TokenDisabled,
}

impl ApiError {
    /// The reply, where there was one and it was no success.
    pub fn response(&self) -> Option<&ErrorResponse> {
        match self {
            Self::Response(response) => Some(response),
            _ => None,
        }
    }

    /// The status of the reply, where there was one.
    pub fn status(&self) -> Option<u16> {
        match self {
            Self::Response(response) => Some(response.status),
            Self::Malformed { status, .. } | Self::WebPage { status, .. } => Some(*status),
            _ => None,
        }
    }

    /// The status that the Core API gave for such a failure.
    pub fn legacy_status(&self) -> Option<u16> {
        match self {
            Self::Response(response) => Some(response.legacy_status()),
            Self::Malformed { status, .. } | Self::WebPage { status, .. } => Some(*status),
            Self::InvalidArgument(_) => Some(400),
            Self::TokenDisabled => Some(401),
            Self::RevisionOfAnotherPath { .. } => Some(404),
            Self::NotModified { .. } => Some(304),
            Self::TooManyEntries { .. } => Some(406),
            Self::Socket(_)
            | Self::Source(_)
            | Self::LocalFile(_)
            | Self::ContentMismatch { .. }
            | Self::AlreadyClosed => None,
        }
    }

    /// The parsed tags of the error, outermost first; empty where there are none.
    pub fn tags(&self) -> &[String] {
        match self {
            Self::Response(response) => response.tags(),
            _ => &[],
        }
    }

    /// Whether the tags are `expected`, or start with them.
    pub fn has_tags(&self, expected: &[&str]) -> bool {
        let tags = self.tags();
        tags.len() >= expected.len() && tags.iter().zip(expected).all(|(tag, expected)| tag == expected)
    }

    /// Whether only signing in again can help: the token is wrong, revoked, or expired beyond refreshing.
    pub fn needs_sign_in(&self) -> bool {
        match self {
            Self::Response(response) => response.needs_sign_in(),
            Self::TokenDisabled => true,
            _ => false,
        }
    }

    /// Seconds to wait before anything is asked again, as the service says.
    pub fn retry_after(&self) -> Option<u64> {
        match self {
            Self::Response(response) => response.retry_after,
            _ => None,
        }
    }

    /// Whether the request may have been carried out although the call failed.
    pub fn may_have_happened(&self) -> bool {
        match self {
            Self::Response(response) => response.status >= 500,
            Self::Socket(socket) => socket.may_have_arrived,
            Self::Malformed { .. } => true,
            _ => false,
        }
    }

    /// Keeps the error of the route apart, if this is one.
    pub(crate) fn into_call_error<E: serde::de::DeserializeOwned>(self) -> CallError<E> {
        let Self::Response(response) = self else { return CallError::Api(self) };
        match response.status {
            409 => match response.parse_error() {
                Some(error) => CallError::Route { error, response },
                None => CallError::Api(Self::Response(response)),
            },
            _ => CallError::Api(Self::Response(response)),
        }
    }

    /// Whether the access token has expired.
    pub(crate) fn is_expired_token(&self) -> bool {
        match self {
            Self::Response(response) => {
                response.common_error() == CommonError::Auth(AuthError::ExpiredAccessToken)
            }
            _ => false,
        }
    }
}

impl From<ErrorResponse> for ApiError {
    fn from(response: ErrorResponse) -> Self {
        Self::Response(Box::new(response))
    }
}
