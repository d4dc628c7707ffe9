//! Committing a file at a path: the conflict rules of the reference (3.0), in one place for upload,
//! upload sessions, temporary upload links and restore.

use super::edit::{Edit, NewContent, Place, new_id};
use super::entry::{Entry, find_by_id, find_present};
use super::folders::prepare_parents;
use super::naming::{conflicted_place, free_place};
use super::refusal::Refusal;
use dropbox_protocol::files::{WriteConflictError, WriteError};

/// What to do when the path is taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mode {
    Add,
    Overwrite,
    /// Overwrite exactly this revision.
    Update(i64),
}

/// A commit as the API's `CommitInfo` describes it.
#[derive(Clone, Debug)]
pub struct Commit {
    pub place: Place,
    pub mode: Mode,
    pub autorename: bool,
    pub strict_conflict: bool,
    pub content: NewContent,
    /// Bytes the account may hold in all.
    pub quota_bytes: u64,
    /// The id that a new file should have, unless another item has it: that of a file that comes back.
    pub id: Option<String>,
}

/// What the rules say about a commit.
enum Judgement {
    Create,
    /// The content is there already: nothing is written.
    Keep(Entry),
    Overwrite(Entry),
    Conflict(WriteConflictError),
}

/// Writes a file, or finds that it is there already.
pub fn commit_file(edit: &mut Edit<'_>, commit: &Commit) -> Result<Entry, Refusal<WriteError>> {
    let place = prepare_parents(edit, &commit.place)?;
    let taken = find_present(edit.connection(), &place.lower)?;
    let place = match judge(taken, commit) {
        Judgement::Create => place,
        Judgement::Keep(entry) => return Ok(entry),
        Judgement::Overwrite(entry) => {
            let freed_bytes = entry.version.as_ref().map_or(0, |version| version.size);
            make_room(edit, commit, freed_bytes)?;
            return Ok(edit.overwrite(entry, &commit.content)?);
        }
        Judgement::Conflict(_) if commit.autorename => match commit.mode {
            Mode::Add | Mode::Overwrite => free_place(edit.connection(), &place)?,
            Mode::Update(_) => conflicted_place(edit.connection(), &place)?,
        },
        Judgement::Conflict(conflict) => return Err(Refusal::Answer(WriteError::Conflict(conflict))),
    };
    make_room(edit, commit, 0)?;
    let id = match &commit.id {
        Some(id) if find_by_id(edit.connection(), id)?.is_none() => id.clone(),
        _ => new_id()?,
    };
    Ok(edit.create_file(&place, &id, &commit.content)?)
}

fn judge(taken: Option<Entry>, commit: &Commit) -> Judgement {
    let Some(entry) = taken else {
        return match commit.mode {
            Mode::Update(_) if commit.strict_conflict => Judgement::Conflict(WriteConflictError::File),
            _ => Judgement::Create,
        };
    };
    let Some(version) = &entry.version else { return Judgement::Conflict(WriteConflictError::Folder) };
    if version.hash == commit.content.hash && !commit.strict_conflict {
        return Judgement::Keep(entry);
    }
    match commit.mode {
        Mode::Overwrite => Judgement::Overwrite(entry),
        Mode::Update(rev) if rev == version.rev => Judgement::Overwrite(entry),
        Mode::Add | Mode::Update(_) => Judgement::Conflict(WriteConflictError::File),
    }
}

fn make_room(edit: &Edit<'_>, commit: &Commit, freed_bytes: u64) -> Result<(), Refusal<WriteError>> {
    let wanted = (edit.used_bytes().saturating_sub(freed_bytes)).saturating_add(commit.content.size);
    if wanted > commit.quota_bytes {
        return Err(Refusal::Answer(WriteError::InsufficientSpace));
    }
    Ok(())
}
