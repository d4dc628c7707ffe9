//! Making folders: those of a call, and the missing parents of other items.

use super::edit::{EditTransaction, WritePath};
use super::entry::{StoredEntry, find_present, name_of, parent_of};
use super::free_names::free_path;
use super::refusal::Refusal;
use dropbox_protocol::files::{WriteConflictError, WriteError};
use dropbox_protocol::path::{NameProblem, PATH_LIMIT_BYTES};

/// `files/create_folder_v2`: makes a folder and the missing ones above it.
pub fn create_folder(
    edit: &mut EditTransaction<'_>,
    target: &WritePath,
    autorename: bool,
) -> Result<StoredEntry, Refusal<WriteError>> {
    let target = prepare_parents(edit, target)?;
    let target = match find_present(edit.connection(), &target.lower)? {
        None => target,
        Some(_) if autorename => free_path(edit.connection(), &target)?,
        Some(taken) => return Err(conflict_with(&taken)),
    };
    check_length(&target)?;
    Ok(edit.create_folder(&target)?)
}

/// Makes the missing folders above a path. Returns the path with its folders spelled as they
/// are in the account.
pub fn prepare_parents(
    edit: &mut EditTransaction<'_>,
    target: &WritePath,
) -> Result<WritePath, Refusal<WriteError>> {
    let parent_lower = target.parent_lower();
    if parent_lower.is_empty() {
        return Ok(target.clone());
    }
    let parent_display = match find_present(edit.connection(), parent_lower)? {
        Some(parent) if parent.is_folder() => parent.path_display,
        Some(_) => return Err(Refusal::Answer(WriteError::Conflict(WriteConflictError::FileAncestor))),
        None => {
            let wanted =
                WritePath { lower: parent_lower.to_owned(), display: parent_of(&target.display).to_owned() };
            let parent = prepare_parents(edit, &wanted)?;
            edit.create_folder(&parent)?.path_display
        }
    };
    Ok(WritePath {
        lower: target.lower.clone(),
        display: format!("{parent_display}/{}", name_of(&target.display)),
    })
}

/// A name with a number may be longer than the one that was asked for, and so may what is below another folder.
pub fn check_length(target: &WritePath) -> Result<(), Refusal<WriteError>> {
    if target.display.len().max(target.lower.len()) > PATH_LIMIT_BYTES {
        let problem = NameProblem::TooLong.to_string();
        return Err(Refusal::Answer(WriteError::MalformedPath(Some(problem))));
    }
    Ok(())
}

/// The conflict with what is at a path.
pub fn conflict_with(taken: &StoredEntry) -> Refusal<WriteError> {
    Refusal::Answer(WriteError::Conflict(if taken.is_folder() {
        WriteConflictError::Folder
    } else {
        WriteConflictError::File
    }))
}
