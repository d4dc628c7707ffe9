//! Making folders: those that are asked for, and those on the way to something else.

use super::edit::{Edit, Place};
use super::entry::{Entry, find_present, name_of, parent_of};
use super::naming::free_place;
use super::refusal::Refusal;
use dropbox_protocol::files::{WriteConflictError, WriteError};

/// `files/create_folder_v2`: makes a folder and the missing ones above it.
pub fn create_folder(
    edit: &mut Edit<'_>,
    place: &Place,
    autorename: bool,
) -> Result<Entry, Refusal<WriteError>> {
    let place = prepare_parents(edit, place)?;
    let place = match find_present(edit.connection(), &place.lower)? {
        None => place,
        Some(_) if autorename => free_place(edit.connection(), &place)?,
        Some(taken) => return Err(conflict_with(&taken)),
    };
    Ok(edit.create_folder(&place)?)
}

/// Makes the folders above a place that are missing. Returns the place with its folders spelled as they
/// are in the account.
pub fn prepare_parents(edit: &mut Edit<'_>, place: &Place) -> Result<Place, Refusal<WriteError>> {
    let parent_lower = place.parent_lower();
    if parent_lower.is_empty() {
        return Ok(place.clone());
    }
    let parent_display = match find_present(edit.connection(), parent_lower)? {
        Some(parent) if parent.is_folder() => parent.path_display,
        Some(_) => return Err(Refusal::Answer(WriteError::Conflict(WriteConflictError::FileAncestor))),
        None => {
            let wanted =
                Place { lower: parent_lower.to_owned(), display: parent_of(&place.display).to_owned() };
            let parent = prepare_parents(edit, &wanted)?;
            edit.create_folder(&parent)?.path_display
        }
    };
    Ok(Place { lower: place.lower.clone(), display: format!("{parent_display}/{}", name_of(&place.display)) })
}

/// The conflict with what is at a path.
pub fn conflict_with(taken: &Entry) -> Refusal<WriteError> {
    Refusal::Answer(WriteError::Conflict(if taken.is_folder() {
        WriteConflictError::Folder
    } else {
        WriteConflictError::File
    }))
}
