//! Who may call what: the account's own token, and (see `grants`) those handed out by the sign-in page.

use super::store::Store;
use super::store::edit::random;
use super::store::error::StoreError;
use crate::protocol::Scope;
use crate::protocol::auth::AuthError;
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use std::collections::BTreeSet;
use std::sync::RwLock;

/// What a caller is allowed to do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Permit {
    pub scopes: BTreeSet<Scope>,
}

/// Knows all tokens.
#[derive(Debug)]
pub struct Access {
    fixed_token: RwLock<String>,
}

impl Access {
    /// Reads the tokens of a vault; `token` takes the place of the one kept there.
    pub async fn open(store: &Store, token: Option<String>) -> Result<Self, StoreError> {
        let token = match token {
            Some(token) => token,
            None => store.fact("token", new_token).await?,
        };
        Ok(Self { fixed_token: RwLock::new(token) })
    }

    /// The token that always works.
    pub fn fixed_token(&self) -> String {
        self.fixed_token.read().map(|token| token.clone()).unwrap_or_default()
    }

    /// What the bearer of a token may do.
    pub fn authenticate(&self, token: &str) -> Result<Permit, AuthError> {
        if token == self.fixed_token() {
            return Ok(Permit { scopes: Scope::ALL.into() });
        }
        Err(AuthError::InvalidAccessToken)
    }
}

/// A token nobody can guess.
pub fn new_token() -> Result<String, StoreError> {
    Ok(format!("coffer.{}", URL_SAFE_NO_PAD.encode(random::<32>()?)))
}
