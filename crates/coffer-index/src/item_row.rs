//! Rows of the tables as entries.

use crate::change::{access_from_text, sharing_from_bits};
use coffer_model::entry::File;
use coffer_model::{Entry, EntryKind, FolderTotals, ItemAccess, RemotePath, Rev, Sharing};
use jiff::Timestamp;
use rusqlite::Row;
use std::sync::Arc;

/// Files, in the columns that [`file_entry`] reads; the last one is the folder.
pub(crate) const FILES: &str =
    "SELECT ifnull(name, key), id, rev, bytes, client_modified, server_modified, hash,
   view_only, access, key, folder FROM file";

/// Whether the totals of a folder mean something: that of which nothing is known before the index is complete need not be
/// empty.
pub(crate) const HAS_TOTALS: &str =
    "files + folders > 0 OR EXISTS (SELECT 1 FROM fact WHERE name = 'complete')";

/// Folders, in the columns that [`folder_entry`] reads; the last one is the number of the folder.
pub(crate) fn folders_sql(condition: &str) -> String {
    format!(
        "SELECT ifnull(name, key), id, sharing, key, files, folders, bytes, newest, {HAS_TOTALS}, folder
         FROM folder WHERE {condition}"
    )
}

pub(crate) fn file_entry(parent: &RemotePath, row: &Row<'_>) -> rusqlite::Result<Entry> {
    let mut digits = [0; 64];
    let content_hash = match row.get_ref(6)?.as_blob_or_null()? {
        Some(hash) if hex::encode_to_slice(hash, &mut digits).is_ok() => {
            std::str::from_utf8(&digits).ok().map(Into::into)
        }
        _ => None,
    };
    let kind = EntryKind::File(File {
        id: format!("id:{}", row.get_ref(1)?.as_str()?).into(),
        rev: Rev(row.get_ref(2)?.as_str()?.into()),
        size_bytes: row.get::<_, i64>(3)? as u64,
        client_modified: moment(row.get(4)?),
        server_modified: moment(row.get(5)?),
        content_hash,
        access: access_from_text(row.get_ref(8)?.as_str_or_null()?),
    });
    let access = if row.get(7)? { ItemAccess::ViewOnly } else { ItemAccess::Edit };
    let path = path(parent, row, 9)?;
    Ok(Entry { sharing: Sharing { is_shared_folder: false, access }, ..Entry::new(path, kind) })
}

pub(crate) fn folder_entry(parent: &RemotePath, row: &Row<'_>) -> rusqlite::Result<Entry> {
    let path = path(parent, row, 3)?;
    let kind = EntryKind::Folder { id: row.get_ref(1)?.as_str()?.into() };
    let totals = row.get::<_, bool>(8)?.then(|| read_totals(row, 4).map(Arc::new)).transpose()?;
    Ok(Entry { sharing: sharing_from_bits(row.get(2)?), totals, ..Entry::new(path, kind) })
}

pub(crate) fn read_totals(row: &Row<'_>, first: usize) -> rusqlite::Result<FolderTotals> {
    let number = |place| row.get::<_, i64>(place).map(|number| number as u64);
    let newest: Option<i64> = row.get(first + 3)?;
    Ok(FolderTotals {
        files: number(first)?,
        folders: number(first + 1)?,
        bytes: number(first + 2)?,
        newest: newest.and_then(|seconds| Timestamp::from_second(seconds).ok()),
    })
}

/// The key comes from the service, so nothing about the name is left to find out.
fn path(parent: &RemotePath, row: &Row<'_>, key: usize) -> rusqlite::Result<RemotePath> {
    Ok(parent.join_known(row.get_ref(0)?.as_str()?, row.get_ref(key)?.as_str()?))
}

fn moment(seconds: i64) -> Timestamp {
    Timestamp::from_second(seconds).unwrap_or(if seconds < 0 { Timestamp::MIN } else { Timestamp::MAX })
}
