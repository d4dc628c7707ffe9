//! Shared links and upload links on disk.

use super::edit::{EditTransaction, random};
use super::entry::{StoredEntry, find_by_id};
use super::error::StoreError;
use super::link_password::LinkPassword;
use crate::clock::Seconds;
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use rusqlite::{Connection, OptionalExtension as _, Row, params};

/// A shared link.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoredLink {
    /// Part of the address.
    pub id: String,
    /// The other part, and the secret: who has it has access.
    pub rlkey: String,
    /// The id of what is shared.
    pub item: String,
    pub expires: Option<Seconds>,
    pub password: Option<LinkPassword>,
    /// Nobody else may look, link or not.
    pub only_owner: bool,
    pub allow_download: bool,
}

impl StoredLink {
    /// A new link to an item, open to everybody who has it.
    pub fn new(item: &str) -> Result<Self, StoreError> {
        Ok(Self {
            id: URL_SAFE_NO_PAD.encode(random::<15>()?),
            rlkey: hex::encode(random::<13>()?),
            item: item.to_owned(),
            expires: None,
            password: None,
            only_owner: false,
            allow_download: true,
        })
    }

    /// Protects the link by a password, or no longer.
    pub fn set_password(&mut self, password: Option<&str>) -> Result<(), StoreError> {
        self.password = password.map(LinkPassword::new).transpose()?;
        Ok(())
    }

    /// Whether this password (or none) opens the link.
    pub fn is_opened_by(&self, password: Option<&str>) -> bool {
        match (&self.password, password) {
            (None, _) => true,
            (Some(stored), Some(password)) => stored.is(password),
            (Some(_), None) => false,
        }
    }
}

const COLUMNS: &str = "link, rlkey, item, expires, password, only_owner, allow_download";

fn read_link(row: &Row<'_>) -> rusqlite::Result<StoredLink> {
    Ok(StoredLink {
        id: row.get(0)?,
        rlkey: row.get(1)?,
        item: row.get(2)?,
        expires: row.get(3)?,
        password: row.get(4)?,
        only_owner: row.get(5)?,
        allow_download: row.get(6)?,
    })
}

/// Writes a link, new or changed.
pub fn save(edit: &mut EditTransaction<'_>, link: &StoredLink) -> Result<(), StoreError> {
    edit.connection().execute(
        "INSERT INTO shared_links (link, rlkey, item, created, expires, password, only_owner, allow_download) \
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8) ON CONFLICT (link) DO UPDATE SET expires = excluded.expires, \
         password = excluded.password, only_owner = excluded.only_owner, allow_download = excluded.allow_download",
        params![
            link.id,
            link.rlkey,
            link.item,
            edit.now(),
            link.expires,
            link.password,
            link.only_owner,
            link.allow_download
        ],
    )?;
    Ok(())
}

/// Stores a password of an older version anew, unless somebody has changed it in between.
pub fn replace_password(
    edit: &mut EditTransaction<'_>,
    id: &str,
    old: &LinkPassword,
    new: &LinkPassword,
) -> Result<(), StoreError> {
    let sql = "UPDATE shared_links SET password = ?3 WHERE link = ?1 AND password = ?2";
    edit.connection().execute(sql, params![id, old, new])?;
    Ok(())
}

/// Ends a link.
pub fn remove(edit: &mut EditTransaction<'_>, id: &str) -> Result<(), StoreError> {
    edit.connection().execute("DELETE FROM shared_links WHERE link = ?1", [id])?;
    Ok(())
}

/// The link with this id and key.
pub fn find(connection: &Connection, id: &str, rlkey: &str) -> Result<Option<StoredLink>, StoreError> {
    let sql = format!("SELECT {COLUMNS} FROM shared_links WHERE link = ?1 AND rlkey = ?2");
    Ok(connection.prepare_cached(&sql)?.query_row([id, rlkey], read_link).optional()?)
}

/// The link to an item.
pub fn find_by_item(connection: &Connection, item: &str) -> Result<Option<StoredLink>, StoreError> {
    let sql = format!("SELECT {COLUMNS} FROM shared_links WHERE item = ?1");
    Ok(connection.prepare_cached(&sql)?.query_row([item], read_link).optional()?)
}

/// Links to items that exist, ordered by id, after the id `after`.
pub fn page(
    connection: &Connection,
    after: &str,
    limit: usize,
) -> Result<Vec<(StoredLink, StoredEntry)>, StoreError> {
    let sql = format!(
        "SELECT {COLUMNS} FROM shared_links WHERE link > ?1 \
         AND EXISTS (SELECT 1 FROM entries e WHERE e.id = item AND e.gone = 0) ORDER BY link LIMIT ?2"
    );
    let mut statement = connection.prepare_cached(&sql)?;
    let links =
        statement.query_map(params![after, limit as i64], read_link)?.collect::<Result<Vec<_>, _>>()?;
    let mut found = Vec::with_capacity(links.len());
    for link in links {
        if let Some(entry) = find_by_id(connection, &link.item)? {
            found.push((link, entry));
        }
    }
    Ok(found)
}

/// An address that takes one upload.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UploadLink {
    /// `CommitInfo` as JSON.
    pub commit_info: String,
    pub expires: Seconds,
    pub used: bool,
}

/// Makes an upload link; returns its token.
pub fn add_upload_link(
    edit: &mut EditTransaction<'_>,
    commit_info: &str,
    expires: Seconds,
) -> Result<String, StoreError> {
    let token = URL_SAFE_NO_PAD.encode(random::<24>()?);
    // Those of last week interest nobody any more.
    edit.connection()
        .execute("DELETE FROM upload_links WHERE expires < ?1", [edit.now() - 7 * 24 * 60 * 60])?;
    edit.connection().execute(
        "INSERT INTO upload_links (token, commit_info, expires, used) VALUES (?1, ?2, ?3, 0)",
        params![token, commit_info, expires],
    )?;
    Ok(token)
}

/// The upload link with this token.
pub fn find_upload_link(connection: &Connection, token: &str) -> Result<Option<UploadLink>, StoreError> {
    let found = connection
        .prepare_cached("SELECT commit_info, expires, used FROM upload_links WHERE token = ?1")?
        .query_row([token], |row| {
            Ok(UploadLink { commit_info: row.get(0)?, expires: row.get(1)?, used: row.get(2)? })
        })
        .optional()?;
    Ok(found)
}

/// Notes that an upload link has done its work.
pub fn use_up(edit: &mut EditTransaction<'_>, token: &str) -> Result<(), StoreError> {
    edit.connection().execute("UPDATE upload_links SET used = 1 WHERE token = ?1", [token])?;
    Ok(())
}
