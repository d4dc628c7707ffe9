//! The tokens that a client uses, and their refreshing by one caller at a time (`/oauth2/token`).

use std::fmt;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, PoisonError, RwLock};

use super::oauth::{AppRegistration, exchange};
use super::{ApiError, OAuth1Token, RestClient, Tokens};

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
