//! Who may call what: the owner's token, and those handed out by the sign-in page. The page itself and the token endpoint
//! are in `http`; codes that are not redeemed yet are in `authorization`.

use super::clock::{Clock, Seconds};
use super::store::Store;
use super::store::blobs::Hash;
use super::store::edit::random;
use super::store::error::StoreError;
use super::store::grants::{self, Grant, GrantSummary, TokenRow};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use dropbox_protocol::Scope;
use dropbox_protocol::auth::AuthError;
use parking_lot::RwLock;
use sha2::{Digest as _, Sha256};
use std::collections::{BTreeSet, HashMap};

/// An expired token is distinguished from an unknown one for this long.
const CACHED_SECS: Seconds = 30 * 24 * 60 * 60;

/// What a caller is allowed to do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct GrantedAccess {
    pub scopes: BTreeSet<Scope>,
}

/// Knows all tokens.
#[derive(Debug)]
pub(crate) struct Access {
    store: Store,
    clock: Clock,
    /// Whether the tokens of apps work.
    allows_apps: bool,
    owner_token: RwLock<String>,
    tokens: RwLock<HashMap<Hash, TokenRow>>,
    /// Held while `tokens` follows the store, so that a grant which has ended gets no token.
    tokens_update: tokio::sync::Mutex<()>,
}

impl Access {
    /// Reads the tokens of a vault. `token` is the owner's; without one it is made anew, so that a token which somebody
    /// got hold of ends with this server.
    pub(crate) async fn open(
        store: &Store,
        clock: Clock,
        token: Option<String>,
        allows_apps: bool,
    ) -> Result<Self, StoreError> {
        let owner_token = match token {
            Some(token) => token,
            None => new_token()?,
        };
        let since = clock.now() - CACHED_SECS;
        let tokens = store.write(move |edit| {
            // Version 0.1 kept the owner's token in the vault, where it worked for ever.
            edit.connection().execute("DELETE FROM account WHERE name = 'token'", [])?;
            grants::tokens(edit, since)
        });
        let tokens = tokens.await?.into_iter().map(|token| (token.hash, token)).collect();
        Ok(Self {
            store: store.clone(),
            clock,
            allows_apps,
            owner_token: RwLock::new(owner_token),
            tokens: RwLock::new(tokens),
            tokens_update: tokio::sync::Mutex::default(),
        })
    }

    /// The owner's token, which always works.
    pub(crate) fn owner_token(&self) -> String {
        self.owner_token.read().clone()
    }

    /// Whether a token is the owner's, which may do more than any app.
    pub(crate) fn is_owner(&self, token: &str) -> bool {
        is_same(token, &self.owner_token())
    }

    /// What the bearer of a token may do.
    pub(crate) fn authenticate(&self, token: &str) -> Result<GrantedAccess, AuthError> {
        if self.is_owner(token) {
            return Ok(GrantedAccess { scopes: Scope::ALL.into() });
        }
        let row = self.row(token).filter(|_| self.allows_apps).ok_or(AuthError::InvalidAccessToken)?;
        match row.expires {
            Some(expires) if expires <= self.clock.now() => Err(AuthError::ExpiredAccessToken),
            _ => Ok(GrantedAccess { scopes: scopes_from(&row.scopes) }),
        }
    }

    fn row(&self, token: &str) -> Option<TokenRow> {
        self.tokens.read().get(&hash_of(token)).cloned()
    }

    /// Records what was allowed and makes the first tokens: access, and refresh if wanted.
    pub(crate) async fn grant(
        &self,
        client_id: String,
        secret: Option<String>,
        scopes: String,
        expires: Option<Seconds>,
        with_refresh_token: bool,
    ) -> Result<(String, Option<String>), StoreError> {
        let access_token = new_token()?;
        let refresh_token = if with_refresh_token { Some(new_token()?) } else { None };
        let refresh_hash = refresh_token.as_deref().map(hash_of);
        let secret_hash = secret.as_deref().map(hash_of);
        let hash = hash_of(&access_token);
        let _update = self.tokens_update.lock().await;
        let row = self
            .store
            .write(move |edit| {
                let grant_id = grants::add_grant(
                    edit,
                    &client_id,
                    secret_hash.as_ref(),
                    &scopes,
                    refresh_hash.as_ref(),
                )?;
                let row = TokenRow { hash, grant_id, scopes, expires };
                grants::add_token(edit, &row)?;
                Ok::<_, StoreError>(row)
            })
            .await?;
        self.cache_token(row);
        Ok((access_token, refresh_token))
    }

    /// The grant that a refresh token belongs to.
    pub(crate) async fn grant_of(&self, refresh_token: &str) -> Result<Option<Grant>, StoreError> {
        let hash = hash_of(refresh_token);
        self.store.read(move |connection| grants::find_by_refresh_token(connection, &hash)).await
    }

    /// Makes another access token for a grant; `None` if that has ended.
    pub(crate) async fn refresh(
        &self,
        grant: &Grant,
        scopes: String,
        expires: Seconds,
    ) -> Result<Option<String>, StoreError> {
        let token = new_token()?;
        let row = TokenRow { hash: hash_of(&token), grant_id: grant.id, scopes, expires: Some(expires) };
        let saved = row.clone();
        let _update = self.tokens_update.lock().await;
        if !self.store.write(move |edit| grants::add_token(edit, &saved)).await? {
            return Ok(None);
        }
        self.cache_token(row);
        Ok(Some(token))
    }

    /// Ends a token with its refresh token and their siblings. The owner's token is replaced by a new one: nobody can lock
    /// themselves out of their own account.
    pub(crate) async fn revoke(&self, token: &str) -> Result<(), StoreError> {
        if self.is_owner(token) {
            *self.owner_token.write() = new_token()?;
            return Ok(());
        }
        if let Some(row) = self.row(token) {
            self.end_grant(row.grant_id).await?;
        }
        Ok(())
    }

    /// What apps have been allowed, the oldest first.
    pub(crate) async fn grants(&self) -> Result<Vec<GrantSummary>, StoreError> {
        self.store.read(grants::list).await
    }

    /// Ends a grant with all its tokens; `false` if there is none with this id.
    pub(crate) async fn end_grant(&self, grant_id: i64) -> Result<bool, StoreError> {
        let _update = self.tokens_update.lock().await;
        let is_found = self.store.write(move |edit| grants::remove_grant(edit, grant_id)).await?;
        self.tokens.write().retain(|_, row| row.grant_id != grant_id);
        Ok(is_found)
    }

    fn cache_token(&self, row: TokenRow) {
        self.tokens.write().insert(row.hash, row);
    }
}

/// A token nobody can guess.
fn new_token() -> Result<String, StoreError> {
    Ok(format!("coffer.{}", URL_SAFE_NO_PAD.encode(random::<32>()?)))
}

/// The hash by which a token or secret is known.
pub(crate) fn hash_of(token: &str) -> Hash {
    Sha256::digest(token).into()
}

/// The scopes in a text of names; unknown ones are left out.
pub(crate) fn scopes_from(text: &str) -> BTreeSet<Scope> {
    text.split_whitespace().filter_map(Scope::from_name).collect()
}

/// Compares without telling by the time it takes how much is right.
fn is_same(one: &str, other: &str) -> bool {
    hash_of(one) == hash_of(other)
}
