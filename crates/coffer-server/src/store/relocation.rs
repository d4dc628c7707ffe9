//! Moving and copying files and whole folders.
//!
//! A move keeps ids and revisions; in the change feed the old paths go before the new ones come, so that
//! a client that replays it never removes what it has just inserted. A copy has new ids and new revisions.

use super::edit::{EditTransaction, NewContent, WritePath, new_id};
use super::entry::{Presence, StoredEntry, find_present};
use super::error::StoreError;
use super::folders::{check_length, conflict_with, prepare_parents};
use super::free_names::free_path;
use super::refusal::Refusal;
use super::removal::descendants;
use dropbox_protocol::files::RelocationError;

/// How much one request may move or copy.
#[derive(Clone, Copy, Debug)]
pub struct RelocationLimits {
    /// Items, with all that is below them.
    pub most_items: usize,
    /// Bytes that the account may hold afterwards.
    pub quota_bytes: u64,
}

/// Moves `from` to `to`, unless these are too many items. Returns the item at its new path.
///
/// A move that changes nothing but the case of the name succeeds and keeps the old spelling, as the
/// service does (reference 1.6).
pub fn move_item(
    edit: &mut EditTransaction<'_>,
    from: &StoredEntry,
    to: &WritePath,
    autorename: bool,
    limits: RelocationLimits,
) -> Result<StoredEntry, Refusal<RelocationError>> {
    if from.path_lower == to.lower {
        return if from.path_display == to.display {
            Err(Refusal::Answer(RelocationError::DuplicatedOrNestedPaths))
        } else {
            Ok(from.clone())
        };
    }
    if is_inside(to, from) {
        return Err(Refusal::Answer(RelocationError::CantMoveFolderIntoItself));
    }
    let below = items_below(edit, from, limits.most_items)?;
    let to = prepare_target(edit, to, autorename)?;
    check_lengths(from, &below, &to)?;
    Ok(move_with_contents(edit, from, &below, &to)?)
}

/// Moves an item and what is below it to a free path.
pub(super) fn move_with_contents(
    edit: &mut EditTransaction<'_>,
    from: &StoredEntry,
    below: &[StoredEntry],
    to: &WritePath,
) -> Result<StoredEntry, StoreError> {
    edit.remove(from, Presence::MovedAway)?;
    for item in below {
        edit.remove(item, Presence::MovedAway)?;
    }
    let arrived = edit.insert_moved(to, from)?;
    for item in below {
        edit.insert_moved(&write_path_below(to, from, item), item)?;
    }
    Ok(arrived)
}

/// Copies `from` to `to`, unless these are too many items or too many bytes.
pub fn copy_item(
    edit: &mut EditTransaction<'_>,
    from: &StoredEntry,
    to: &WritePath,
    autorename: bool,
    limits: RelocationLimits,
) -> Result<StoredEntry, Refusal<RelocationError>> {
    // Where a file was that is gone, it may come again.
    let is_itself = from.presence == Presence::Present && from.path_lower == to.lower;
    if is_inside(to, from) || (is_itself && !autorename) {
        return Err(Refusal::Answer(RelocationError::DuplicatedOrNestedPaths));
    }
    let below = items_below(edit, from, limits.most_items)?;
    let to = prepare_target(edit, to, autorename)?;
    check_lengths(from, &below, &to)?;
    let added_bytes: u64 =
        below.iter().chain([from]).filter_map(|item| item.version.as_ref()).map(|version| version.size).sum();
    if edit.used_bytes().saturating_add(added_bytes) > limits.quota_bytes {
        return Err(Refusal::Answer(RelocationError::InsufficientQuota));
    }
    let copied = copy_one(edit, from, &to)?;
    for item in &below {
        copy_one(edit, item, &write_path_below(&to, from, item))?;
    }
    Ok(copied)
}

fn copy_one(
    edit: &mut EditTransaction<'_>,
    item: &StoredEntry,
    target: &WritePath,
) -> Result<StoredEntry, Refusal<RelocationError>> {
    Ok(match &item.version {
        None => edit.create_folder(target)?,
        Some(version) => {
            let content = NewContent {
                hash: version.hash,
                size: version.size,
                client_modified: Some(version.client_modified),
            };
            edit.create_file(target, &new_id()?, &content)?
        }
    })
}

fn items_below(
    edit: &EditTransaction<'_>,
    from: &StoredEntry,
    most_items: usize,
) -> Result<Vec<StoredEntry>, Refusal<RelocationError>> {
    descendants(edit.connection(), from, most_items)?.ok_or(Refusal::Answer(RelocationError::TooManyFiles))
}

fn prepare_target(
    edit: &mut EditTransaction<'_>,
    to: &WritePath,
    autorename: bool,
) -> Result<WritePath, Refusal<RelocationError>> {
    let to = prepare_parents(edit, to).map_err(|refusal| refusal.map(RelocationError::To))?;
    match find_present(edit.connection(), &to.lower)? {
        None => Ok(to),
        Some(_) if autorename => Ok(free_path(edit.connection(), &to)?),
        Some(taken) => Err(conflict_with(&taken).map(RelocationError::To)),
    }
}

fn check_lengths(
    from: &StoredEntry,
    below: &[StoredEntry],
    to: &WritePath,
) -> Result<(), Refusal<RelocationError>> {
    check_length(to)
        .and_then(|()| below.iter().try_for_each(|item| check_length(&write_path_below(to, from, item))))
        .map_err(|refusal| refusal.map(RelocationError::To))
}

/// Where something below `from` comes to lie when `from` is at `to`.
fn write_path_below(to: &WritePath, from: &StoredEntry, item: &StoredEntry) -> WritePath {
    // Everything below a folder is stored with exactly the folder's spelling in front.
    let suffix = |path: &str, folder: &str| path.get(folder.len()..).unwrap_or_default().to_owned();
    WritePath {
        lower: to.lower.clone() + &suffix(&item.path_lower, &from.path_lower),
        display: to.display.clone() + &suffix(&item.path_display, &from.path_display),
    }
}

fn is_inside(target: &WritePath, folder: &StoredEntry) -> bool {
    folder.is_folder()
        && target.lower.strip_prefix(folder.path_lower.as_str()).is_some_and(|rest| rest.starts_with('/'))
}
