//! What the token endpoint answers (reference §4.2). Its requests are forms, not JSON; each side writes or reads
//! them itself.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::Secret;

/// The page where a person allows an app, on the `www` host.
pub const AUTHORIZE_PATH: &str = "/oauth2/authorize";
/// The token endpoint, on the `api` host.
pub const TOKEN_PATH: &str = "/oauth2/token";

/// A 200 of the token endpoint. The reply to a refresh has only the first three.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct TokenReply {
    pub access_token: Secret,
    pub token_type: String,
    /// Seconds until the access token expires; absent for the long-lived tokens of old apps.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub expires_in: Option<u64>,
    /// Only for offline access.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub refresh_token: Option<Secret>,
    /// Separated by spaces.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub scope: Option<String>,
    /// The account's old numeric identity, as text.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub uid: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub account_id: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub team_id: Option<String>,
}

/// A 400 or 401 of the token endpoint (RFC 6749 §5.2).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct TokenErrorReply {
    /// `invalid_grant`, `invalid_client`, `invalid_request`, `unsupported_grant_type` …
    pub error: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub error_description: Option<String>,
}

impl fmt::Display for TokenErrorReply {
    fn fmt(&self, formatter: &mut fmt::Formatter) -> fmt::Result {
        match &self.error_description {
            Some(description) => write!(formatter, "{}: {description}", self.error),
            None => formatter.write_str(&self.error),
        }
    }
}
