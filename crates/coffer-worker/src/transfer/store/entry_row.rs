//! How paths, times and entries of the account are written in columns, and read back.

use coffer_model::entry::{ContentAccess, File};
use coffer_model::{DeletedKind, Entry, EntryKind, RemotePath, Rev};
use coffer_stdx::system;
use jiff::Timestamp;
use rusqlite::types::{FromSql, FromSqlResult, ToSql, ToSqlOutput, ValueRef};
use rusqlite::{Row, Statement};
use std::ffi::OsStr;
use std::path::{Path, PathBuf};

/// A path of this computer, byte by byte: names need not be text.
pub(super) struct LocalPath<'p>(pub &'p Path);

impl ToSql for LocalPath<'_> {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(ToSqlOutput::Borrowed(ValueRef::Blob(self.0.as_os_str().as_encoded_bytes())))
    }
}

/// The same, as it is read.
pub(super) struct LocalPathBuf(pub PathBuf);

impl FromSql for LocalPathBuf {
    fn column_result(value: ValueRef<'_>) -> FromSqlResult<Self> {
        Ok(Self(system::path_from_bytes(value.as_blob()?.to_vec())))
    }
}

/// Nanoseconds since 1970; a time beyond the year 2262 becomes that year.
pub(super) fn nanos(time: Timestamp) -> i64 {
    i64::try_from(time.as_nanosecond()).unwrap_or(i64::MAX)
}

pub(super) fn time(nanos: i64) -> Timestamp {
    Timestamp::from_nanosecond(i128::from(nanos)).unwrap_or_default()
}

/// The columns of an entry, in the order of [`write_entry`] and [`read_entry`].
pub(super) const ENTRY_COLUMNS: &str =
    "kind, path, item_id, rev, size_bytes, client_modified_nanos, server_modified_nanos, content_hash";
/// How many those are.
pub(super) const ENTRY_COLUMN_COUNT: usize = 8;

/// Binds an entry to the parameters of a statement from `first` on.
pub(super) fn write_entry(
    statement: &mut Statement<'_>,
    first: usize,
    entry: &Entry,
) -> rusqlite::Result<()> {
    let (kind, id, file) = match &entry.kind {
        EntryKind::File(file) => ("file", Some(&file.id), Some(file)),
        EntryKind::Folder { id } => ("folder", Some(id), None),
        EntryKind::Deleted(_) => ("deleted", None, None),
    };
    statement.raw_bind_parameter(first, kind)?;
    statement.raw_bind_parameter(first + 1, entry.path.as_str())?;
    statement.raw_bind_parameter(first + 2, id.map(|id| &**id))?;
    statement.raw_bind_parameter(first + 3, file.map(|file| &*file.rev.0))?;
    statement.raw_bind_parameter(first + 4, file.map(|file| file.size_bytes.cast_signed()))?;
    statement.raw_bind_parameter(first + 5, file.map(|file| nanos(file.client_modified)))?;
    statement.raw_bind_parameter(first + 6, file.map(|file| nanos(file.server_modified)))?;
    statement.raw_bind_parameter(first + 7, file.and_then(|file| file.content_hash.as_deref()))
}

/// Reads an entry from the columns of a row from `first` on. Links are not kept: whoever has a link can read the item. Nor
/// is how the content can be had: a list tells it again, and for a file by itself the service.
pub(super) fn read_entry(row: &Row<'_>, first: usize) -> rusqlite::Result<Entry> {
    let text = |column: usize| Ok::<_, rusqlite::Error>(row.get_ref(first + column)?.as_str()?);
    let path = RemotePath::new(text(1)?);
    let kind = match text(0)? {
        "file" => EntryKind::File(File {
            id: text(2)?.into(),
            rev: Rev(text(3)?.into()),
            size_bytes: row.get::<_, i64>(first + 4)?.cast_unsigned(),
            client_modified: time(row.get(first + 5)?),
            server_modified: time(row.get(first + 6)?),
            content_hash: row.get_ref(first + 7)?.as_str_or_null()?.map(Into::into),
            access: ContentAccess::Download,
        }),
        "folder" => EntryKind::Folder { id: text(2)?.into() },
        _ => EntryKind::Deleted(DeletedKind::Unknown),
    };
    Ok(Entry::new(path, kind))
}

/// The bytes of a local path, for hashing.
pub(super) fn path_bytes(name: &OsStr) -> &[u8] {
    name.as_encoded_bytes()
}
