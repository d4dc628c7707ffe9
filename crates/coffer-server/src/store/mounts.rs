//! Shared folders that are added to the member’s Dropbox (mounted), are removed from it, or are moved in it. One that is
//! not mounted is kept with all that is in it in a folder of the vault that nobody sees. So mounting and unmounting are
//! moves: whoever follows the changes learns of them like of any others.

use super::edit::{EditTransaction, WritePath};
use super::entry::{StoredEntry, name_of};
use super::error::StoreError;
use super::folders::prepare_parents;
use super::free_names::free_path;
use super::refusal::Refusal;
use super::relocation::move_with_contents;
use super::removal::all_below;
use super::unmounted::UNMOUNTED;
use crate::store::entry::find_present;
use rusqlite::{Connection, params};

/// Comes before the namespace in the names of the facts that are recorded.
const FACT: &str = "mount ";

/// Where a shared folder is, if it is not where the team says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MountRecord {
    pub namespace_id: String,
    /// Where it is mounted, or was last.
    pub path: String,
    pub is_mounted: bool,
}

/// Where a shared folder is kept that is not mounted.
pub fn unmounted_path(namespace_id: &str) -> WritePath {
    let path = format!("{UNMOUNTED}/{namespace_id}");
    WritePath { lower: path.clone(), display: path }
}

/// What is known of shared folders that are not where they were at first.
pub fn records(connection: &Connection) -> Result<Vec<MountRecord>, StoreError> {
    let mut statement = connection
        .prepare_cached("SELECT name, value FROM account WHERE name LIKE 'mount %' ORDER BY name")?;
    let rows = statement.query_map([], |row| Ok((row.get::<_, String>(0)?, row.get::<_, String>(1)?)))?;
    let mut records = Vec::new();
    for row in rows {
        let (name, value) = row?;
        let (is_mounted, path) = match value.strip_prefix('-') {
            Some(path) => (false, path.to_owned()),
            None => (true, value),
        };
        let namespace_id = name.trim_start_matches(FACT).to_owned();
        records.push(MountRecord { namespace_id, path, is_mounted });
    }
    Ok(records)
}

/// Notes where a shared folder is now.
pub fn record(edit: &EditTransaction<'_>, record: &MountRecord) -> Result<(), StoreError> {
    let sign = if record.is_mounted { "" } else { "-" };
    edit.connection()
        .prepare_cached(
            "INSERT INTO account (name, value) VALUES (?1, ?2) \
             ON CONFLICT (name) DO UPDATE SET value = excluded.value",
        )?
        .execute(params![format!("{FACT}{}", record.namespace_id), format!("{sign}{}", record.path)])?;
    Ok(())
}

/// The bytes of all that is in a folder.
pub fn bytes_in(connection: &Connection, folder: &StoredEntry) -> Result<u64, StoreError> {
    let below = all_below(connection, folder, None)?;
    Ok(below.iter().filter_map(|item| item.version.as_ref()).map(|version| version.size).sum())
}

/// Mounts the shared folder that is kept as `folder` at `target`, or beside what has that name.
pub fn mount(
    edit: &mut EditTransaction<'_>,
    folder: &StoredEntry,
    namespace_id: &str,
    target: &WritePath,
) -> Result<StoredEntry, StoreError> {
    let target = match find_present(edit.connection(), &target.lower)? {
        Some(_) => free_path(edit.connection(), target)?,
        None => target.clone(),
    };
    let mounted = move_all(edit, folder, &target)?;
    let path = mounted.path_display.clone();
    record(edit, &MountRecord { namespace_id: namespace_id.to_owned(), path, is_mounted: true })?;
    Ok(mounted)
}

/// Takes a shared folder out of the member’s Dropbox. Nothing of it is deleted.
pub fn unmount(
    edit: &mut EditTransaction<'_>,
    folder: &StoredEntry,
    namespace_id: &str,
) -> Result<(), StoreError> {
    let path = folder.path_display.clone();
    move_all(edit, folder, &unmounted_path(namespace_id))?;
    record(edit, &MountRecord { namespace_id: namespace_id.to_owned(), path, is_mounted: false })
}

/// Unlike a move of a person, this one has no limit.
fn move_all(
    edit: &mut EditTransaction<'_>,
    folder: &StoredEntry,
    target: &WritePath,
) -> Result<StoredEntry, StoreError> {
    let below = all_below(edit.connection(), folder, None)?;
    let target = prepare_parents(edit, target).map_err(|refusal| match refusal {
        Refusal::Answer(_) => {
            StoreError::Inconsistent(format!("{} can’t be a folder", name_of(&target.lower)))
        }
        Refusal::Store(error) => error,
    })?;
    move_with_contents(edit, folder, &below, &target)
}
