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
    /// Set when the bytes have become a blob already, because a commit was refused.
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

/// Ends sessions that have expired and names those that are alive.
pub fn expire(edit: &mut EditTransaction<'_>) -> Result<Vec<String>, StoreError> {
    let connection = edit.connection();
    connection.execute("DELETE FROM upload_sessions WHERE created <= ?1", [edit.now() - LIFETIME])?;
    let mut statement = connection.prepare("SELECT session FROM upload_sessions")?;
    Ok(statement.query_map([], |row| row.get(0))?.collect::<Result<_, _>>()?)
}
