//! Folders, single items, and what a search has found.

use crate::change::split;
use crate::error::IndexError;
use crate::folder_tree::{FolderNumber, ROOT, child};
use crate::item_row::{FILES, HAS_TOTALS, file_entry, folder_entry, folders_sql, read_totals};
use crate::name_search::FoundItem;
use crate::spelt_paths::{lower_path, spelt_path};
use coffer_model::{Entry, FolderTotals, RemotePath};
use rusqlite::{Connection, OptionalExtension as _, params};
use std::collections::HashMap;

/// The items of a folder, the folders among them with their totals; `None` if it is not known.
pub(crate) fn folder(connection: &Connection, path: &RemotePath) -> Result<Option<Vec<Entry>>, IndexError> {
    let Some(folder) = find(connection, path)? else { return Ok(None) };
    let path = RemotePath::new(&spelt_path(connection, folder)?);
    let mut entries = Vec::new();
    let mut statement = connection.prepare_cached(&folders_sql("parent = ?1"))?;
    let mut rows = statement.query([folder])?;
    while let Some(row) = rows.next()? {
        entries.push(folder_entry(&path, row)?);
    }
    let mut statement = connection.prepare_cached(&format!("{FILES} WHERE folder = ?1"))?;
    let mut rows = statement.query([folder])?;
    while let Some(row) = rows.next()? {
        entries.push(file_entry(&path, row)?);
    }
    Ok(Some(entries))
}

/// Everything below a folder, each folder before what is in it; `None` if it is not known.
pub(crate) fn tree(connection: &Connection, path: &RemotePath) -> Result<Option<Vec<Entry>>, IndexError> {
    let Some(top) = find(connection, path)? else { return Ok(None) };
    let mut entries = Vec::new();
    let mut open = vec![(top, RemotePath::new(&spelt_path(connection, top)?))];
    let mut folders = connection.prepare_cached(&folders_sql("parent = ?1"))?;
    let mut files = connection.prepare_cached(&format!("{FILES} WHERE folder = ?1"))?;
    while let Some((folder, path)) = open.pop() {
        let mut rows = folders.query([folder])?;
        while let Some(row) = rows.next()? {
            let entry = folder_entry(&path, row)?;
            open.push((row.get("folder")?, entry.path.clone()));
            entries.push(entry);
        }
        let mut rows = files.query([folder])?;
        while let Some(row) = rows.next()? {
            entries.push(file_entry(&path, row)?);
        }
    }
    Ok(Some(entries))
}

pub(crate) fn totals(connection: &Connection, path: &RemotePath) -> Result<Option<FolderTotals>, IndexError> {
    let Some(folder) = find(connection, path)? else { return Ok(None) };
    let totals = connection
        .prepare_cached("SELECT files, folders, bytes, newest FROM folder WHERE folder = ?1")?
        .query_row([folder], |row| read_totals(row, 0))?;
    Ok(Some(totals))
}

/// Of the folders in a folder, by their names in lower case.
pub(crate) fn totals_within(
    connection: &Connection,
    path: &RemotePath,
) -> Result<HashMap<String, FolderTotals>, IndexError> {
    let Some(folder) = find(connection, path)? else { return Ok(HashMap::new()) };
    let mut statement = connection.prepare_cached(&format!(
        "SELECT key, files, folders, bytes, newest FROM folder WHERE parent = ?1 AND ({HAS_TOTALS})"
    ))?;
    let totals = statement.query_map([folder], |row| Ok((row.get(0)?, read_totals(row, 1)?)))?;
    Ok(totals.collect::<rusqlite::Result<_>>()?)
}

pub(crate) fn entry(connection: &Connection, path: &RemotePath) -> Result<Option<Entry>, IndexError> {
    let Some((parent_path, key)) = split(path.lower()) else { return Ok(None) };
    let Some(parent) = find_lower(connection, parent_path)? else { return Ok(None) };
    let parent_path = RemotePath::new(&spelt_path(connection, parent)?);
    if let Some(file) = file(connection, parent, &parent_path, key)? {
        return Ok(Some(file));
    }
    let mut statement = connection.prepare_cached(&folders_sql("parent = ?1 AND key = ?2"))?;
    Ok(statement.query_row(params![parent, key], |row| folder_entry(&parent_path, row)).optional()?)
}

pub(crate) fn file(
    connection: &Connection,
    folder: FolderNumber,
    path: &RemotePath,
    key: &str,
) -> Result<Option<Entry>, IndexError> {
    let mut statement = connection.prepare_cached(&format!("{FILES} WHERE folder = ?1 AND key = ?2"))?;
    Ok(statement.query_row(params![folder, key], |row| file_entry(path, row)).optional()?)
}

pub(crate) fn largest_files(
    connection: &Connection,
    below: &RemotePath,
    most: usize,
) -> Result<Vec<Entry>, IndexError> {
    let Some(folder) = find(connection, below)? else { return Ok(Vec::new()) };
    let mut statement = connection.prepare_cached(
        "WITH RECURSIVE below (folder) AS (VALUES (?1) UNION ALL
           SELECT folder.folder FROM folder JOIN below ON folder.parent = below.folder)
         SELECT file.folder, file.key FROM below JOIN file ON file.folder = below.folder
         ORDER BY file.bytes DESC LIMIT ?2",
    )?;
    let found = statement
        .query_map(params![folder, most as i64], |row| {
            Ok(FoundItem { parent: row.get(0)?, key: row.get(1)?, is_folder: false })
        })?
        .collect::<rusqlite::Result<Vec<_>>>()?;
    found_entries(connection, &found)
}

/// The items in their order; without those that have gone meanwhile.
pub(crate) fn found_entries(connection: &Connection, found: &[FoundItem]) -> Result<Vec<Entry>, IndexError> {
    let mut folders = connection.prepare_cached(&folders_sql("parent = ?1 AND key = ?2"))?;
    let mut paths: HashMap<FolderNumber, RemotePath> = HashMap::new();
    let mut entries = Vec::with_capacity(found.len());
    for item in found {
        let path = match paths.get(&item.parent) {
            Some(path) => path.clone(),
            None => match spelt_path(connection, item.parent) {
                Ok(path) => paths.entry(item.parent).or_insert(RemotePath::new(&path)).clone(),
                Err(rusqlite::Error::QueryReturnedNoRows) => continue,
                Err(error) => return Err(error.into()),
            },
        };
        entries.extend(if item.is_folder {
            folders.query_row(params![item.parent, item.key], |row| folder_entry(&path, row)).optional()?
        } else {
            file(connection, item.parent, &path, &item.key)?
        });
    }
    Ok(entries)
}

/// The lower-case paths of what was told of in another round of lists only; not of what lies in such folders.
pub(crate) fn of_other_rounds(connection: &Connection, round: i64) -> Result<Vec<String>, IndexError> {
    let mut statement = connection.prepare(
        "SELECT child.parent, child.key FROM folder AS child JOIN folder AS parent ON parent.folder = child.parent
           WHERE child.round <> ?1 AND (parent.round = ?1 OR parent.parent IS NULL)
         UNION ALL
         SELECT file.folder, file.key FROM file JOIN folder AS parent ON parent.folder = file.folder
           WHERE file.round <> ?1 AND (parent.round = ?1 OR parent.parent IS NULL)",
    )?;
    let mut rows = statement.query([round])?;
    let mut paths = Vec::new();
    while let Some(row) = rows.next()? {
        let folder = lower_path(connection, row.get(0)?)?;
        paths.push(format!("{folder}/{}", row.get_ref(1)?.as_str().map_err(rusqlite::Error::from)?));
    }
    Ok(paths)
}

pub(crate) fn find(connection: &Connection, path: &RemotePath) -> rusqlite::Result<Option<FolderNumber>> {
    find_lower(connection, path.lower())
}

fn find_lower(connection: &Connection, path_lower: &str) -> rusqlite::Result<Option<FolderNumber>> {
    let mut folder = ROOT;
    for key in path_lower.split('/').skip(1) {
        match child(connection, folder, key)? {
            Some(next) => folder = next,
            None => return Ok(None),
        }
    }
    Ok(Some(folder))
}
