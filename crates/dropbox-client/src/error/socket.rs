//! Failures below HTTP: no connection, no trust, no answer, half an answer.

use std::error::Error;
use std::fmt;

/// The service could not be reached, or the conversation broke off.
#[derive(Debug)]
#[non_exhaustive]
pub struct RestSocketError {
    /// Whom we wanted to reach.
    pub host: String,
    pub kind: SocketErrorKind,
    /// Whether the request may have been received, and so carried out.
    pub may_have_arrived: bool,
    source: Option<Box<dyn Error + Send + Sync>>,
}

/// At what point it went wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum SocketErrorKind {
    /// No address, no connection, or no trustworthy certificate.
    Connect,
    /// Silence for too long.
    Timeout,
    /// The connection broke while the request was sent or the answer awaited.
    Request,
    /// The answer broke off.
    Body,
}

impl RestSocketError {
    pub(crate) fn from_request(host: &str, error: reqwest::Error) -> Self {
        let kind = if error.is_connect() {
            SocketErrorKind::Connect
        } else if error.is_timeout() {
            SocketErrorKind::Timeout
        } else {
            SocketErrorKind::Request
        };
        Self::new(host, kind, Some(error))
    }

    pub(crate) fn from_body(host: &str, error: reqwest::Error) -> Self {
        let kind = if error.is_timeout() { SocketErrorKind::Timeout } else { SocketErrorKind::Body };
        Self::new(host, kind, Some(error))
    }

    pub(crate) fn silence(host: &str) -> Self {
        Self::new(host, SocketErrorKind::Timeout, None)
    }

    /// For a transport of one’s own that finds out without sending anything that the service is not there.
    pub fn unreachable(host: &str, source: impl Into<Box<dyn Error + Send + Sync>>) -> Self {
        let kind = SocketErrorKind::Connect;
        Self { host: host.to_owned(), kind, may_have_arrived: false, source: Some(source.into()) }
    }

    fn new(host: &str, kind: SocketErrorKind, source: Option<reqwest::Error>) -> Self {
        Self {
            host: host.to_owned(),
            kind,
            may_have_arrived: kind != SocketErrorKind::Connect,
            // Addresses may carry what opens a shared link, so they stay out of messages.
            source: source.map(|error| error.without_url().into()),
        }
    }
}

impl fmt::Display for RestSocketError {
    fn fmt(&self, formatter: &mut fmt::Formatter) -> fmt::Result {
        let what = match self.kind {
            SocketErrorKind::Connect => "could not connect to",
            SocketErrorKind::Timeout => "no answer from",
            SocketErrorKind::Request => "the connection broke to",
            SocketErrorKind::Body => "the answer broke off from",
        };
        write!(formatter, "{what} {}", self.host)?;
        // The innermost cause says most: "connection refused", "unknown issuer".
        let mut cause = self.source();
        let mut innermost = None;
        while let Some(error) = cause {
            innermost = Some(error);
            cause = error.source();
        }
        innermost.map_or(Ok(()), |error| write!(formatter, ": {error}"))
    }
}

impl Error for RestSocketError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        self.source.as_deref().map(|error| error as &(dyn Error + 'static))
    }
}
