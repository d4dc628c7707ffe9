//! The tokens of a client, and their refreshing by one caller at a time (`/oauth2/token`).

use std::fmt;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, PoisonError, RwLock};

use super::oauth::{AppRegistration, exchange};
use super::{ApiError, RestClient};
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

    fn ends_soon(&self) -> bool {
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

/// Is told the new tokens whenever they have been refreshed, so that they can be stored.
pub type TokenKeeper = Arc<dyn Fn(&Tokens) + Send + Sync>;

/// The tokens in use, shared by all clones of a client.
pub(super) struct TokenState {
    pub(super) app: Option<AppRegistration>,
    pub(super) oauth1: Option<OAuth1Token>,
    tokens: RwLock<Arc<Tokens>>,
    keeper: Option<TokenKeeper>,
    /// Held by the one caller who refreshes.
    refreshing: tokio::sync::Mutex<()>,
    disabled: AtomicBool,
}

impl TokenState {
    pub(super) fn new(
        tokens: Tokens,
        oauth1: Option<OAuth1Token>,
        app: Option<AppRegistration>,
        keeper: Option<TokenKeeper>,
    ) -> Self {
        Self {
            app,
            oauth1,
            tokens: RwLock::new(Arc::new(tokens)),
            keeper,
            refreshing: tokio::sync::Mutex::default(),
            disabled: AtomicBool::new(false),
        }
    }

    pub(super) fn tokens(&self) -> Arc<Tokens> {
        self.tokens.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Tokens that are good for some time, as far as their date tells.
    pub(super) async fn fresh_tokens(&self, rest: &RestClient) -> Result<Arc<Tokens>, ApiError> {
        let tokens = self.tokens();
        if tokens.ends_soon() && self.can_refresh() {
            return self.refresh(rest, &tokens).await;
        }
        Ok(tokens)
    }

    pub(super) fn can_refresh(&self) -> bool {
        self.app.is_some() && self.tokens().refresh_token.is_some()
    }

    /// Replaces the tokens `used`. If another caller has done so meanwhile, theirs are returned.
    pub(super) async fn refresh(&self, rest: &RestClient, used: &Tokens) -> Result<Arc<Tokens>, ApiError> {
        let _turn = self.refreshing.lock().await;
        let present = self.tokens();
        if present.access_token != used.access_token {
            return Ok(present);
        }
        let (Some(app), Some(refresh_token)) = (&self.app, &present.refresh_token) else {
            return Ok(present);
        };
        let reply = exchange::refresh(rest, app, refresh_token).await?;
        let tokens = Arc::new(Tokens::from_reply(&reply, present.refresh_token.clone()));
        tokens.check()?;
        *self.tokens.write().unwrap_or_else(PoisonError::into_inner) = Arc::clone(&tokens);
        if let Some(keeper) = &self.keeper {
            keeper(&tokens);
        }
        Ok(tokens)
    }

    pub(super) fn disable(&self) {
        self.disabled.store(true, Ordering::Release);
    }

    pub(super) fn check_enabled(&self) -> Result<(), ApiError> {
        if self.disabled.load(Ordering::Acquire) { Err(ApiError::TokenDisabled) } else { Ok(()) }
    }
}

impl fmt::Debug for TokenState {
    fn fmt(&self, formatter: &mut fmt::Formatter) -> fmt::Result {
        formatter.debug_struct("TokenState").field("disabled", &self.disabled).finish_non_exhaustive()
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
