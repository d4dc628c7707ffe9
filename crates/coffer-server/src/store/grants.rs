//! What people have allowed apps to do, on disk. Tokens appear here only as their SHA-256.

use super::blobs::Hash;
use super::edit::EditTransaction;
use super::entry::read_hash;
use super::error::StoreError;
use crate::clock::Seconds;
use rusqlite::{Connection, OptionalExtension as _, params};
use serde::Serialize;

/// What was allowed to one app.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Grant {
    pub id: i64,
    pub client_id: String,
    /// Of the app's secret, where it showed one.
    pub secret_hash: Option<Hash>,
    /// Names, separated by spaces.
    pub scopes: String,
}

/// What the owner is shown of a grant.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct GrantSummary {
    pub id: i64,
    pub client_id: String,
    /// Names, separated by spaces.
    pub scopes: String,
    /// Seconds since 1970.
    pub created: Seconds,
    /// When the last token ends, in seconds since 1970; `None`: the app’s access lasts until it is revoked.
    pub expires: Option<Seconds>,
}

/// An access token.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TokenRow {
    pub hash: Hash,
    pub grant_id: i64,
    pub scopes: String,
    /// `None`: works until it is revoked.
    pub expires: Option<Seconds>,
}

/// Notes that something was allowed; `refresh_hash` is of the refresh token, if there is one.
pub fn add_grant(
    edit: &mut EditTransaction<'_>,
    client_id: &str,
    secret_hash: Option<&Hash>,
    scopes: &str,
    refresh_hash: Option<&Hash>,
) -> Result<i64, StoreError> {
    edit.connection().execute(
        "INSERT INTO grants (client_id, secret_hash, scopes, refresh_hash, created) VALUES (?1, ?2, ?3, ?4, ?5)",
        params![client_id, secret_hash.map(|hash| &hash[..]), scopes, refresh_hash.map(|hash| &hash[..]), edit.now()],
    )?;
    Ok(edit.connection().last_insert_rowid())
}

/// Adds an access token to a grant; `false` if that has ended.
pub fn add_token(edit: &mut EditTransaction<'_>, token: &TokenRow) -> Result<bool, StoreError> {
    let added = edit.connection().execute(
        "INSERT INTO access_tokens (hash, grant_id, scopes, expires) \
         SELECT ?1, grant_id, ?3, ?4 FROM grants WHERE grant_id = ?2",
        params![token.hash, token.grant_id, token.scopes, token.expires],
    )?;
    Ok(added > 0)
}

/// The grant that a refresh token belongs to.
pub fn find_by_refresh_token(
    connection: &Connection,
    refresh_hash: &Hash,
) -> Result<Option<Grant>, StoreError> {
    let found = connection
        .prepare_cached(
            "SELECT grant_id, client_id, secret_hash, scopes FROM grants WHERE refresh_hash = ?1",
        )?
        .query_row([&refresh_hash[..]], |row| {
            let has_secret = row.get_ref(2)?.as_blob_or_null()?.is_some();
            Ok(Grant {
                id: row.get(0)?,
                client_id: row.get(1)?,
                secret_hash: if has_secret { Some(read_hash(row, 2)?) } else { None },
                scopes: row.get(3)?,
            })
        })
        .optional()?;
    Ok(found)
}

/// Ends a grant with all its tokens; `false` if there is none with this id.
pub fn remove_grant(edit: &mut EditTransaction<'_>, grant_id: i64) -> Result<bool, StoreError> {
    Ok(edit.connection().execute("DELETE FROM grants WHERE grant_id = ?1", [grant_id])? > 0)
}

/// All grants, the oldest first. One without a refresh token ends with its last access token.
pub fn list(connection: &Connection) -> Result<Vec<GrantSummary>, StoreError> {
    let mut statement = connection.prepare_cached(
        "SELECT grant_id, client_id, scopes, created,
            CASE WHEN refresh_hash IS NULL AND NOT EXISTS (
                SELECT 1 FROM access_tokens AS token
                WHERE token.grant_id = grants.grant_id AND token.expires IS NULL
            ) THEN coalesce(
                (SELECT max(expires) FROM access_tokens AS token WHERE token.grant_id = grants.grant_id), 0
            ) END
         FROM grants ORDER BY grant_id",
    )?;
    let rows = statement.query_map([], |row| {
        Ok(GrantSummary {
            id: row.get(0)?,
            client_id: row.get(1)?,
            scopes: row.get(2)?,
            created: row.get(3)?,
            expires: row.get(4)?,
        })
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// All access tokens, without those that expired before `since`: for them "unknown" is answer enough.
pub fn tokens(edit: &mut EditTransaction<'_>, since: Seconds) -> Result<Vec<TokenRow>, StoreError> {
    let connection = edit.connection();
    connection.execute("DELETE FROM access_tokens WHERE expires < ?1", [since])?;
    let mut statement = connection.prepare("SELECT hash, grant_id, scopes, expires FROM access_tokens")?;
    let rows = statement.query_map([], |row| {
        Ok(TokenRow {
            hash: read_hash(row, 0)?,
            grant_id: row.get(1)?,
            scopes: row.get(2)?,
            expires: row.get(3)?,
        })
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}
