//! Upload sessions: what the account has of a file that arrives in pieces. The bytes lie in
//! `sessions/<id>` beside the blobs; how far they count is here, so that bytes of a broken call are
//! written over by the next one.

use super::blobs::Hash;
use super::edit::{EditTransaction, random};
use super::entry::read_hash;
use super::error::StoreError;
use crate::clock::Seconds;
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use rusqlite::{Connection, OptionalExtension as _, params};
use std::collections::HashSet;

/// A session lives for seven days (reference 3.6).
const LIFETIME: Seconds = 7 * 24 * 60 * 60;

/// The state of a session.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoredSession {
    pub id: String,
    pub concurrent: bool,
    /// Bytes that count. For a concurrent session: the sum of its blocks.
    pub received: u64,
    pub closed: bool,
    /// Of all bytes, when the session is closed or its end has begun. The bytes are in its file, or a blob already.
    pub hash: Option<Hash>,
}

/// A block of a concurrent session.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoredBlock {
    /// Counted in blocks, from 0.
    pub index: u64,
    pub length: u64,
    /// Its SHA-256.
    pub digest: Hash,
}

/// An id that is safe as a file name.
fn new_session_id() -> Result<String, StoreError> {
    // Short, because calls for many sessions name each of them in a header.
    Ok(format!("pid_upload_session-{}", URL_SAFE_NO_PAD.encode(random::<16>()?)))
}

/// Opens a session.
pub fn create(edit: &mut EditTransaction<'_>, concurrent: bool) -> Result<StoredSession, StoreError> {
    let session = StoredSession { id: new_session_id()?, concurrent, received: 0, closed: false, hash: None };
    edit.connection()
        .prepare_cached(
            "INSERT INTO upload_sessions (session, concurrent, created, received, closed) VALUES (?1, ?2, ?3, 0, 0)",
        )?
        .execute(params![session.id, concurrent, edit.now()])?;
    Ok(session)
}

/// A session that is still alive.
pub fn find(connection: &Connection, id: &str, now: Seconds) -> Result<Option<StoredSession>, StoreError> {
    let found = connection
        .prepare_cached(
            "SELECT session, concurrent, received, closed, hash FROM upload_sessions \
             WHERE session = ?1 AND created > ?2",
        )?
        .query_row(params![id, now - LIFETIME], |row| {
            let has_hash = row.get_ref(4)?.as_blob_or_null()?.is_some();
            Ok(StoredSession {
                id: row.get(0)?,
                concurrent: row.get(1)?,
                received: row.get::<_, i64>(2)? as u64,
                closed: row.get(3)?,
                hash: if has_hash { Some(read_hash(row, 4)?) } else { None },
            })
        })
        .optional()?;
    Ok(found)
}

/// Writes a session's state back.
pub fn save(edit: &mut EditTransaction<'_>, session: &StoredSession) -> Result<(), StoreError> {
    edit.connection()
        .prepare_cached(
            "UPDATE upload_sessions SET received = ?2, closed = ?3, hash = ?4 WHERE session = ?1",
        )?
        .execute(params![
            session.id,
            session.received as i64,
            session.closed,
            session.hash.as_ref().map(|hash| &hash[..])
        ])?;
    Ok(())
}

/// Adds blocks to a concurrent session, replacing those that arrived before.
pub fn add_blocks(
    edit: &mut EditTransaction<'_>,
    session: &str,
    blocks: &[StoredBlock],
    close: bool,
) -> Result<(), StoreError> {
    let mut insert = edit.connection().prepare_cached(
        "INSERT OR REPLACE INTO upload_blocks (session, block, length, digest) VALUES (?1, ?2, ?3, ?4)",
    )?;
    for block in blocks {
        insert.execute(params![session, block.index as i64, block.length as i64, block.digest])?;
    }
    edit.connection()
        .prepare_cached(
            "UPDATE upload_sessions SET closed = closed OR ?2, \
             received = (SELECT coalesce(sum(length), 0) FROM upload_blocks WHERE session = ?1) WHERE session = ?1",
        )?
        .execute(params![session, close])?;
    Ok(())
}

/// The blocks of a concurrent session in order.
pub fn blocks(connection: &Connection, session: &str) -> Result<Vec<StoredBlock>, StoreError> {
    let mut statement = connection.prepare_cached(
        "SELECT block, length, digest FROM upload_blocks WHERE session = ?1 ORDER BY block",
    )?;
    let rows = statement.query_map([session], |row| {
        Ok(StoredBlock {
            index: row.get::<_, i64>(0)? as u64,
            length: row.get::<_, i64>(1)? as u64,
            digest: read_hash(row, 2)?,
        })
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// Ends a session.
pub fn remove(edit: &mut EditTransaction<'_>, id: &str) -> Result<(), StoreError> {
    edit.connection().prepare_cached("DELETE FROM upload_sessions WHERE session = ?1")?.execute([id])?;
    Ok(())
}

/// What is left when sessions have expired.
#[derive(Debug)]
pub struct AfterExpiry {
    /// The sessions that are alive.
    pub sessions: HashSet<String>,
    /// Contents of expired sessions that no file and no other session has.
    pub unused: HashSet<Hash>,
}

/// Ends sessions that have expired.
pub fn expire(edit: &mut EditTransaction<'_>) -> Result<AfterExpiry, StoreError> {
    let (connection, expired) = (edit.connection(), edit.now() - LIFETIME);
    let hashes = |sql: &str| -> Result<HashSet<Hash>, StoreError> {
        let mut statement = connection.prepare(sql)?;
        Ok(statement.query_map([expired], |row| read_hash(row, 0))?.collect::<Result<_, _>>()?)
    };
    let mut unused = hashes(
        "SELECT hash FROM upload_sessions WHERE created <= ?1 AND hash IS NOT NULL \
         EXCEPT SELECT hash FROM upload_sessions WHERE created > ?1",
    )?;
    if !unused.is_empty() {
        // Revisions have no index of their hashes, so this reads all of them, once.
        let sql =
            "SELECT hash FROM revisions WHERE hash IN (SELECT hash FROM upload_sessions WHERE created <= ?1)";
        for used in hashes(sql)? {
            unused.remove(&used);
        }
    }
    connection.execute("DELETE FROM upload_sessions WHERE created <= ?1", [expired])?;
    let mut statement = connection.prepare("SELECT session FROM upload_sessions")?;
    let sessions = statement.query_map([], |row| row.get(0))?.collect::<Result<_, _>>()?;
    Ok(AfterExpiry { sessions, unused })
}
