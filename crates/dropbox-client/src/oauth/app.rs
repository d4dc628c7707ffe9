//! The app that asks.

use dropbox_protocol::Secret;

/// An app as it is registered with Dropbox.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct AppRegistration {
    pub key: String,
    /// Programs that people run themselves cannot keep a secret and have none; their flows use PKCE.
    pub secret: Option<Secret>,
}

impl AppRegistration {
    /// An app without a secret.
    pub fn public(key: impl Into<String>) -> Self {
        Self { key: key.into(), secret: None }
    }

    pub fn with_secret(key: impl Into<String>, secret: impl Into<Secret>) -> Self {
        Self { key: key.into(), secret: Some(secret.into()) }
    }
}
