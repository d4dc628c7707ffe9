//! What opens an account: the tokens that a person gives to an app. How a client uses and refreshes them is in
//! `token_state`.

use super::ApiError;
use dropbox_protocol::oauth::TokenReply;
use dropbox_protocol::{Secret, Timestamp};
use serde::{Deserialize, Serialize};

/// A token that would expire so soon is refreshed before it is used, in seconds.
const REFRESH_MARGIN_SECS: i64 = 60;

/// What opens an account.
///
/// It does not print its tokens, but it can be stored: serialized, they are plain text, so keep that where only the
/// person can read it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Tokens {
    pub access_token: Secret,
    /// Buys new access tokens; only for offline access.
    pub refresh_token: Option<Secret>,
    /// When the access token ends; unknown for long-lived ones.
    pub expires_at: Option<Timestamp>,
}

impl Tokens {
    /// An access token that cannot be refreshed.
    pub fn access(token: impl Into<Secret>) -> Self {
        Self { access_token: token.into(), refresh_token: None, expires_at: None }
    }

    /// The same tokens with one that buys new access tokens.
    #[must_use]
    pub fn with_refresh_token(self, refresh_token: impl Into<Option<Secret>>) -> Self {
        Self { refresh_token: refresh_token.into(), ..self }
    }

    /// The same tokens with the time when the access token ends.
    #[must_use]
    pub fn with_expires_at(self, expires_at: impl Into<Option<Timestamp>>) -> Self {
        Self { expires_at: expires_at.into(), ..self }
    }

    pub(super) fn from_reply(reply: &TokenReply, old_refresh_token: Option<Secret>) -> Self {
        Self {
            access_token: reply.access_token.clone(),
            refresh_token: reply.refresh_token.clone().or(old_refresh_token),
            expires_at: reply.expires_in.map(|seconds| {
                let lifetime = i64::try_from(seconds).unwrap_or(i64::MAX);
                Timestamp::from_unix_secs(Timestamp::now().unix_secs().saturating_add(lifetime))
            }),
        }
    }

    /// Whether the access token can stand in a header at all (RFC 6750), checked before anything is sent.
    pub(super) fn check(&self) -> Result<(), ApiError> {
        let token = self.access_token.reveal();
        let body = token.trim_end_matches('=');
        let legal = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~+/".contains(&byte);
        if body.is_empty() || !body.bytes().all(legal) {
            return Err(ApiError::InvalidArgument(
                "the access token is not one: it has characters that none has".into(),
            ));
        }
        Ok(())
    }

    pub(super) fn ends_soon(&self) -> bool {
        self.expires_at
            .is_some_and(|end| end.unix_secs() - Timestamp::now().unix_secs() < REFRESH_MARGIN_SECS)
    }
}

impl<T: Into<Secret>> From<T> for Tokens {
    fn from(access_token: T) -> Self {
        Self::access(access_token)
    }
}

/// A token of the retired OAuth 1, good for one thing: to be traded with `create_oauth2_access_token`.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct OAuth1Token {
    pub token: Secret,
    pub secret: Secret,
}

impl OAuth1Token {
    pub fn new(token: impl Into<Secret>, secret: impl Into<Secret>) -> Self {
        Self { token: token.into(), secret: secret.into() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tokens_that_could_break_a_header_are_refused() {
        for good in ["abc", "sl.u.A-_~+/.9==", "a="] {
            assert!(Tokens::access(good).check().is_ok(), "{good}");
        }
        for bad in ["", "=", "a b", "a\r\nX: y", "ä", "a=b", "\"a\""] {
            assert!(Tokens::access(bad).check().is_err(), "{bad:?}");
        }
    }

    #[test]
    fn tokens_do_not_print() {
        let tokens = Tokens { refresh_token: Some("hidden-two".into()), ..Tokens::access("hidden-one") };
        let error = Tokens::access("hidden one").check().unwrap_err();
        let printed = format!("{tokens:?} {error} {error:?}");
        assert!(!printed.contains("hidden"), "{printed}");
    }
}
