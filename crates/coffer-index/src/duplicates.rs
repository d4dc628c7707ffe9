//! Files with the same content, by the account's hash of it. Nothing is downloaded.

use crate::error::IndexError;
use crate::folder_tree::FolderNumber;
use crate::item_row::{FILES, file_entry};
use crate::spelt_paths::spelt_path;
use coffer_model::{DuplicateGroup, Entry, RemotePath};
use rusqlite::{Connection, params};
use std::collections::HashMap;

pub(crate) fn files_with_content(
    connection: &Connection,
    content_hash: &str,
) -> Result<Vec<Entry>, IndexError> {
    let Ok(hash) = hex::decode(content_hash) else { return Ok(Vec::new()) };
    // The index is over the first bytes, which differ for all but equal contents.
    let sql = format!("{FILES} WHERE substr(hash, 1, 6) = substr(?1, 1, 6) AND hash = ?1");
    let mut statement = connection.prepare_cached(&sql)?;
    let mut rows = statement.query([&hash])?;
    let mut files = Vec::new();
    while let Some(row) = rows.next()? {
        let folder = RemotePath::new(&spelt_path(connection, row.get(10)?)?);
        files.push(file_entry(&folder, row)?);
    }
    Ok(files)
}

/// Empty files are left out: they waste nothing, and are equal for no reason.
pub(crate) fn groups(connection: &Connection, below: &RemotePath) -> Result<Vec<DuplicateGroup>, IndexError> {
    let mut candidates =
        connection.prepare_cached("SELECT substr(hash, 1, 6) AS start FROM file GROUP BY start HAVING count(*) > 1 AND start IS NOT NULL")?;
    let sql = format!(
        "{FILES} WHERE substr(hash, 1, 6) = ?1 AND bytes > 0
         ORDER BY hash, client_modified, folder, key"
    );
    let mut members = connection.prepare_cached(&sql)?;
    let mut folders: HashMap<FolderNumber, Option<RemotePath>> = HashMap::new();
    let mut groups: Vec<DuplicateGroup> = Vec::new();
    let mut starts = candidates.query([])?;
    while let Some(start) = starts.next()? {
        let mut rows = members.query(params![start.get_ref(0)?.as_blob().map_err(rusqlite::Error::from)?])?;
        let mut files: Vec<Entry> = Vec::new();
        while let Some(row) = rows.next()? {
            let number = row.get(10)?;
            let folder = if let Some(folder) = folders.get(&number) {
                folder.clone()
            } else {
                let path = RemotePath::new(&spelt_path(connection, number)?);
                let path = below.contains(&path).then_some(path);
                folders.entry(number).or_insert(path).clone()
            };
            let Some(folder) = folder else { continue };
            let file = file_entry(&folder, row)?;
            if files.first().is_some_and(|first| content_hash(first) != content_hash(&file)) {
                add(&mut groups, std::mem::take(&mut files));
            }
            files.push(file);
        }
        add(&mut groups, files);
    }
    groups.sort_by(|left, right| {
        right
            .wasted_bytes()
            .cmp(&left.wasted_bytes())
            .then_with(|| left.files[0].path.cmp(&right.files[0].path))
    });
    Ok(groups)
}

fn add(groups: &mut Vec<DuplicateGroup>, files: Vec<Entry>) {
    if let [first, _, ..] = files.as_slice()
        && let Some(file) = first.file()
    {
        groups.push(DuplicateGroup { size_bytes: file.size_bytes, files });
    }
}

fn content_hash(entry: &Entry) -> Option<&str> {
    entry.file()?.content_hash.as_deref()
}
