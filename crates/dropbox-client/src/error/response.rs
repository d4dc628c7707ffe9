//! A reply that is not a success, taken apart (reference §1.10, §2.6).

use std::fmt;

use http::{HeaderMap, StatusCode};
use serde::de::DeserializeOwned;
use serde_json::Value;

use super::legacy_status::legacy_status;
use dropbox_protocol::auth::{AccessError, AuthError};
use dropbox_protocol::error::{RateLimitError, RateLimitReason, tag_path};
use dropbox_protocol::path_root::PathRootError;

/// What the service answered instead of a result.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct ErrorResponse {
    /// The route or host that was asked.
    pub call: String,
    /// The real status; mostly 409 where the Core API had many.
    pub status: u16,
    /// The usual phrase for the status.
    pub reason: String,
    pub headers: Vec<(String, String)>,
    pub body: ErrorBody,
    /// For developers.
    pub error_msg: Option<String>,
    /// For the person, in their language; rarely there.
    pub user_error_msg: Option<String>,
    /// Names the request to Dropbox's support.
    pub request_id: Option<String>,
    /// Seconds to wait.
    pub retry_after: Option<u64>,
    tags: Vec<String>,
}

/// The body of an error: JSON if it is any, else text.
#[derive(Debug, Clone, PartialEq)]
pub enum ErrorBody {
    Json(Value),
    Text(String),
}

/// What a refusal says that has nothing to do with the route that was called (reference §2.6).
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub enum CommonError {
    /// 400: the service could not read the request.
    BadRequest,
    /// 400 of the token endpoint: the refresh token or the code is no longer good.
    InvalidGrant,
    /// 401: the access token does not open this.
    Auth(AuthError),
    /// 403: the account or the app may not do this.
    Access(AccessError),
    /// 422: the header `Dropbox-API-Path-Root` is wrong.
    PathRoot(PathRootError),
    /// 429: too much at once. How long to wait is in [`ErrorResponse::retry_after`].
    RateLimit(RateLimitReason),
    /// 507: the disk of the service is full, as that of `coffer serve` may be; nothing was done. Dropbox itself says
    /// `insufficient_space` for an account that is full.
    StorageFull,
    /// Any other status from 500: it is unknown whether anything was done.
    Server,
    /// Any other status, and a 409 whose error the route does not know.
    Unknown,
}

impl ErrorResponse {
    pub(crate) fn new(call: &str, status: StatusCode, headers: &HeaderMap, body: &[u8]) -> Self {
        let header = |name: &str| headers.get(name).and_then(|value| value.to_str().ok());
        let body = serde_json::from_slice::<Value>(body)
            .map_or_else(|_| ErrorBody::Text(String::from_utf8_lossy(body).into_owned()), ErrorBody::Json);
        let json = |pointer: &str| match &body {
            ErrorBody::Json(value) => value.pointer(pointer),
            ErrorBody::Text(_) => None,
        };
        let text = |pointer: &str| json(pointer).and_then(Value::as_str).map(str::to_owned);
        let error_msg = text("/error_summary")
            .or_else(|| text("/error_description"))
            .or_else(|| text("/error"))
            .or_else(|| match &body {
                ErrorBody::Text(text) if !text.is_empty() => Some(text.clone()),
                _ => None,
            });
        Self {
            call: call.to_owned(),
            status: status.as_u16(),
            reason: status.canonical_reason().unwrap_or_default().to_owned(),
            headers: headers
                .iter()
                .map(|(name, value)| {
                    (name.to_string(), String::from_utf8_lossy(value.as_bytes()).into_owned())
                })
                .collect(),
            user_error_msg: text("/user_message/text"),
            request_id: header("x-dropbox-request-id").map(str::to_owned),
            retry_after: header("retry-after")
                .and_then(|seconds| seconds.trim().parse().ok())
                .or_else(|| json("/error/retry_after").and_then(Value::as_u64)),
            // The token endpoint has a plain word under `error`; that is no tag.
            tags: json("/error").filter(|error| error.is_object()).map(tag_path).unwrap_or_default(),
            error_msg,
            body,
        }
    }

    /// The tags of the error, outermost first: `["path", "not_found"]`. Compare these, never the text.
    pub fn tags(&self) -> &[String] {
        &self.tags
    }

    /// What the reply says where the error is none of the route's own.
    pub fn common_error(&self) -> CommonError {
        match self.status {
            400 if self.oauth_error() == Some("invalid_grant") => CommonError::InvalidGrant,
            400 => CommonError::BadRequest,
            401 => CommonError::Auth(self.parse_error().unwrap_or(AuthError::Other)),
            403 => CommonError::Access(self.parse_error().unwrap_or(AccessError::Other)),
            422 => CommonError::PathRoot(self.parse_error().unwrap_or(PathRootError::Other)),
            429 => CommonError::RateLimit(
                self.parse_error().map_or(RateLimitReason::Other, |error: RateLimitError| error.reason),
            ),
            507 => CommonError::StorageFull,
            500.. => CommonError::Server,
            _ => CommonError::Unknown,
        }
    }

    /// The value under `error`, if it is an `E`: for replies to requests of one's own. A typed call has done this
    /// with the error type of its route, see [`CallError`](crate::CallError).
    pub fn parse_error<E: DeserializeOwned>(&self) -> Option<E> {
        match &self.body {
            ErrorBody::Json(body) => E::deserialize(body.get("error")?).ok(),
            ErrorBody::Text(_) => None,
        }
    }

    /// The status that the Core API gave for such a failure (reference §1.11).
    pub fn legacy_status(&self) -> u16 {
        legacy_status(self.status, &self.tags)
    }

    /// The word under `error` in a reply of the token endpoint, such as `invalid_grant`.
    pub fn oauth_error(&self) -> Option<&str> {
        match &self.body {
            ErrorBody::Json(body) => body.get("error")?.as_str(),
            ErrorBody::Text(_) => None,
        }
    }

    pub(super) fn needs_sign_in(&self) -> bool {
        match self.common_error() {
            CommonError::Auth(error) => match error {
                AuthError::InvalidAccessToken
                | AuthError::ExpiredAccessToken
                | AuthError::UserSuspended
                | AuthError::Other => true,
                // These are about what was asked for, not about who asks.
                AuthError::MissingScope(_)
                | AuthError::RouteAccessDenied
                | AuthError::InvalidSelectUser
                | AuthError::InvalidSelectAdmin => false,
            },
            CommonError::InvalidGrant => true,
            CommonError::BadRequest
            | CommonError::Access(_)
            | CommonError::PathRoot(_)
            | CommonError::RateLimit(_)
            | CommonError::StorageFull
            | CommonError::Server
            | CommonError::Unknown => false,
        }
    }
}

impl fmt::Display for ErrorResponse {
    fn fmt(&self, formatter: &mut fmt::Formatter) -> fmt::Result {
        write!(formatter, "{}: status {} {}", self.call, self.status, self.reason)?;
        if let Some(message) = &self.error_msg {
            // A page of HTML is no message; and what the service sends must not begin a line of a log.
            let line: String =
                message.chars().take(200).map(|char| if char.is_control() { ' ' } else { char }).collect();
            write!(formatter, ": {}", line.trim_end())?;
        }
        if let Some(request_id) = &self.request_id {
            write!(formatter, " (request {request_id})")?;
        }
        Ok(())
    }
}

impl std::error::Error for ErrorResponse {}
