//! Paths of folders, which the tables do not have: each knows its parent and its own name.

use crate::change_log::FolderItem;
use crate::folder_tree::FolderNumber;
use rusqlite::Connection;

/// The path of a folder as it is spelt.
pub(crate) fn spelt_path(connection: &Connection, folder: FolderNumber) -> rusqlite::Result<String> {
    path(connection, folder, "SELECT parent, ifnull(name, key) FROM folder WHERE folder = ?1")
}

/// The path of a folder in lower case.
pub(crate) fn lower_path(connection: &Connection, folder: FolderNumber) -> rusqlite::Result<String> {
    path(connection, folder, "SELECT parent, key FROM folder WHERE folder = ?1")
}

fn path(connection: &Connection, folder: FolderNumber, sql: &str) -> rusqlite::Result<String> {
    let mut names = Vec::new();
    let mut above = Some(folder);
    let mut statement = connection.prepare_cached(sql)?;
    while let Some(folder) = above {
        let (parent, name) = statement.query_row([folder], |row| {
            Ok((row.get::<_, Option<FolderNumber>>(0)?, row.get::<_, String>(1)?))
        })?;
        if parent.is_some() {
            names.push(name);
        }
        above = parent;
    }
    names.reverse();
    Ok(names.iter().fold(String::new(), |path, name| path + "/" + name))
}

/// Everything below a folder.
pub(crate) fn contents(
    connection: &Connection,
    folder: FolderNumber,
    path: &str,
) -> rusqlite::Result<Vec<FolderItem>> {
    let mut files = connection.prepare_cached("SELECT ifnull(name, key), id FROM file WHERE folder = ?1")?;
    let mut folders =
        connection.prepare_cached("SELECT ifnull(name, key), id, folder FROM folder WHERE parent = ?1")?;
    let mut items = Vec::new();
    let mut open = vec![(folder, path.to_owned())];
    while let Some((folder, path)) = open.pop() {
        let mut rows = folders.query([folder])?;
        while let Some(row) = rows.next()? {
            let path = format!("{path}/{}", row.get_ref(0)?.as_str()?);
            open.push((row.get(2)?, path.clone()));
            items.push(FolderItem { is_folder: true, id: row.get(1)?, path });
        }
        let mut rows = files.query([folder])?;
        while let Some(row) = rows.next()? {
            let path = format!("{path}/{}", row.get_ref(0)?.as_str()?);
            items.push(FolderItem { is_folder: false, id: row.get(1)?, path });
        }
    }
    Ok(items)
}
