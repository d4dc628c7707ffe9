//! Who may call what: the account's own token, and those handed out by the sign-in page. The page itself
//! and the token endpoint are in `http`; codes that are not redeemed yet are in `authorization`.

use super::clock::{Clock, Seconds};
use super::store::Store;
use super::store::blobs::Hash;
use super::store::edit::random;
use super::store::error::StoreError;
use super::store::grants::{self, Grant, TokenRow};
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
    /// Whether the fixed token is the vault's own, and not one given at the start.
    is_from_vault: bool,
    fixed_token: RwLock<String>,
    tokens: RwLock<HashMap<Hash, TokenRow>>,
}

impl Access {
    /// Reads the tokens of a vault; `token` replaces the one that is stored there.
    pub(crate) async fn open(store: &Store, clock: Clock, token: Option<String>) -> Result<Self, StoreError> {
        let is_from_vault = token.is_none();
        let fixed_token = match token {
            Some(token) => token,
            None => store.fact("token", new_token).await?,
        };
        let since = clock.now() - CACHED_SECS;
        let tokens = store.write(move |edit| grants::tokens(edit, since)).await?;
        Ok(Self {
            store: store.clone(),
            clock,
            is_from_vault,
            fixed_token: RwLock::new(fixed_token),
            tokens: RwLock::new(tokens.into_iter().map(|token| (token.hash, token)).collect()),
        })
    }

    /// The token that always works.
    pub(crate) fn fixed_token(&self) -> String {
        self.fixed_token.read().clone()
    }

    /// What the bearer of a token may do.
    pub(crate) fn authenticate(&self, token: &str) -> Result<GrantedAccess, AuthError> {
        if is_same(token, &self.fixed_token()) {
            return Ok(GrantedAccess { scopes: Scope::ALL.into() });
        }
        let row = self.row(token).ok_or(AuthError::InvalidAccessToken)?;
        match row.expires {
            Some(expires) if expires <= self.clock.now() => Err(AuthError::ExpiredAccessToken),
            _ => Ok(GrantedAccess { scopes: scopes_from(&row.scopes) }),
        }
    }

    fn row(&self, token: &str) -> Option<TokenRow> {
        self.tokens.read().get(&hash_of(token)).cloned()
    }

    /// Notes what was allowed and makes the first tokens: access, and refresh if wanted.
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

    /// Makes another access token for a grant.
    pub(crate) async fn refresh(
        &self,
        grant: &Grant,
        scopes: String,
        expires: Seconds,
    ) -> Result<String, StoreError> {
        let token = new_token()?;
        let row = TokenRow { hash: hash_of(&token), grant_id: grant.id, scopes, expires: Some(expires) };
        let saved = row.clone();
        self.store.write(move |edit| grants::add_token(edit, &saved)).await?;
        self.cache_token(row);
        Ok(token)
    }

    /// Ends a token with its refresh token and their siblings. The fixed token is replaced by a new one,
    /// which stays in the vault: nobody can lock themselves out of their own account.
    pub(crate) async fn revoke(&self, token: &str) -> Result<(), StoreError> {
        if is_same(token, &self.fixed_token()) {
            let new = new_token()?;
            if self.is_from_vault {
                let kept = new.clone();
                self.store
                    .write(move |edit| {
                        let sql = "UPDATE account SET value = ?1 WHERE name = 'token'";
                        Ok::<_, StoreError>(edit.connection().execute(sql, [kept])?)
                    })
                    .await?;
            }
            *self.fixed_token.write() = new;
            return Ok(());
        }
        let Some(row) = self.row(token) else { return Ok(()) };
        self.store.write(move |edit| grants::remove_grant(edit, row.grant_id)).await?;
        self.tokens.write().retain(|_, other| other.grant_id != row.grant_id);
        Ok(())
    }

    fn cache_token(&self, row: TokenRow) {
        self.tokens.write().insert(row.hash, row);
    }
}

/// A token nobody can guess.
pub(crate) fn new_token() -> Result<String, StoreError> {
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
