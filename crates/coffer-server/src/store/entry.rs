//! Rows of the account: what is, or was, at a path, and how it is found.
//! Listings are in `listing`, changes in `edit` and its neighbours.

use super::blobs::Hash;
use super::error::StoreError;
use crate::clock::Seconds;
use rusqlite::{Connection, OptionalExtension, Row, types::Type};

/// A path that is or was in use.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoredEntry {
    /// The row's key, the same for ever for one path.
    pub row: i64,
    pub path_lower: String,
    /// The path as the person spelled it, folders included.
    pub path_display: String,
    /// `id:` and 22 characters.
    pub id: String,
    pub presence: Presence,
    /// The content of a file; `None` for a folder.
    pub version: Option<Version>,
    /// The moment of the last change, as the change feed counts.
    pub sequence: i64,
    /// When that was.
    pub changed: Seconds,
}

/// Whether a path is in use.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Presence {
    Present,
    Deleted,
    /// The item lives on under another path: the change feed calls that deleted, a list of deleted files
    /// does not.
    MovedAway,
}

/// One content of a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Version {
    pub rev: i64,
    pub hash: Hash,
    /// In bytes.
    pub size: u64,
    pub client_modified: Seconds,
    pub server_modified: Seconds,
}

impl StoredEntry {
    pub fn is_present(&self) -> bool {
        self.presence == Presence::Present
    }

    pub fn is_folder(&self) -> bool {
        self.version.is_none()
    }

    /// The last part of the path, as spelled.
    pub fn name(&self) -> &str {
        name_of(&self.path_display)
    }
}

impl Presence {
    pub const fn code(self) -> i64 {
        match self {
            Self::Present => 0,
            Self::Deleted => 1,
            Self::MovedAway => 2,
        }
    }

    fn from_code(code: i64) -> rusqlite::Result<Self> {
        match code {
            0 => Ok(Self::Present),
            1 => Ok(Self::Deleted),
            2 => Ok(Self::MovedAway),
            _ => Err(rusqlite::Error::IntegralValueOutOfRange(4, code)),
        }
    }
}

/// The last part of a path.
pub fn name_of(path: &str) -> &str {
    path.rsplit_once('/').map_or(path, |(_, name)| name)
}

/// The folder a path is in; `""` is the root.
pub fn parent_of(path: &str) -> &str {
    path.rsplit_once('/').map_or("", |(parent, _)| parent)
}

/// The columns that [`read_entry`] expects, from entries `e` left-joined with revisions `r`.
pub const ENTRY_COLUMNS: &str = "e.entry, e.path_lower, e.path_display, e.id, e.gone, e.sequence, e.changed, \
     r.rev, r.hash, r.size, r.client_modified, r.server_modified";

/// Entries with their present or last revision.
pub const ENTRY_TABLES: &str = "entries e LEFT JOIN revisions r ON r.rev = e.rev";

/// Reads a row of [`ENTRY_COLUMNS`].
pub fn read_entry(row: &Row<'_>) -> rusqlite::Result<StoredEntry> {
    let version = match row.get::<_, Option<i64>>(7)? {
        None => None,
        Some(rev) => Some(Version {
            rev,
            hash: read_hash(row, 8)?,
            size: row.get::<_, i64>(9)? as u64,
            client_modified: row.get(10)?,
            server_modified: row.get(11)?,
        }),
    };
    Ok(StoredEntry {
        row: row.get(0)?,
        path_lower: row.get(1)?,
        path_display: row.get(2)?,
        id: row.get(3)?,
        presence: Presence::from_code(row.get(4)?)?,
        sequence: row.get(5)?,
        changed: row.get(6)?,
        version,
    })
}

/// Reads a column of 32 bytes.
pub fn read_hash(row: &Row<'_>, column: usize) -> rusqlite::Result<Hash> {
    let bytes = row.get_ref(column)?.as_blob()?;
    Hash::try_from(bytes)
        .map_err(|error| rusqlite::Error::FromSqlConversionFailure(column, Type::Blob, Box::new(error)))
}

/// Whatever is or was at a path.
pub fn find(connection: &Connection, path_lower: &str) -> Result<Option<StoredEntry>, StoreError> {
    one(connection, "e.path_lower = ?1", [path_lower])
}

/// What is at a path now.
pub fn find_present(connection: &Connection, path_lower: &str) -> Result<Option<StoredEntry>, StoreError> {
    Ok(find(connection, path_lower)?.filter(StoredEntry::is_present))
}

/// The file or folder with this id.
pub fn find_by_id(connection: &Connection, id: &str) -> Result<Option<StoredEntry>, StoreError> {
    one(connection, "e.id = ?1 AND e.gone = 0", [id])
}

/// The entry as it was at a revision: its last path, with that revision's content.
pub fn find_by_rev(connection: &Connection, rev: i64) -> Result<Option<StoredEntry>, StoreError> {
    // The path may have a new owner by now; the revision belongs to its own file.
    let columns = ENTRY_COLUMNS.replace("e.id", "r.file_id");
    let sql =
        format!("SELECT {columns} FROM revisions r JOIN entries e ON e.entry = r.entry WHERE r.rev = ?1");
    Ok(connection.prepare_cached(&sql)?.query_row([rev], read_entry).optional()?)
}

fn one(
    connection: &Connection,
    condition: &str,
    parameters: impl rusqlite::Params,
) -> Result<Option<StoredEntry>, StoreError> {
    let sql = format!("SELECT {ENTRY_COLUMNS} FROM {ENTRY_TABLES} WHERE {condition}");
    Ok(connection.prepare_cached(&sql)?.query_row(parameters, read_entry).optional()?)
}
