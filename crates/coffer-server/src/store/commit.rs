//! Committing a file at a path: the conflict rules of the reference (3.0), in one place for upload,
//! upload sessions, temporary upload links and restore.

use super::edit::{EditTransaction, NewContent, WritePath, new_id};
use super::entry::{StoredEntry, find_by_id, find_present};
use super::folders::{check_length, prepare_parents};
use super::free_names::{conflicted_path, free_path};
use super::refusal::Refusal;
use dropbox_protocol::files::{WriteConflictError, WriteError};

/// What to do when the path is taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CommitMode {
    Add,
    Overwrite,
    /// Overwrite exactly this revision.
    Update(i64),
}

/// A commit as the API's `CommitInfo` describes it.
#[derive(Clone, Debug)]
pub struct Commit {
    pub target: WritePath,
    pub mode: CommitMode,
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
    Keep(StoredEntry),
    Overwrite(StoredEntry),
    Conflict(WriteConflictError),
}

/// Writes a file, or finds that it is there already.
pub fn commit_file(
    edit: &mut EditTransaction<'_>,
    commit: &Commit,
) -> Result<StoredEntry, Refusal<WriteError>> {
    let target = prepare_parents(edit, &commit.target)?;
    let taken = find_present(edit.connection(), &target.lower)?;
    let target = match judge(taken, commit) {
        Judgement::Create => target,
        Judgement::Keep(entry) => return Ok(entry),
        Judgement::Overwrite(entry) => {
            let freed_bytes = entry.version.as_ref().map_or(0, |version| version.size);
            make_room(edit, commit, freed_bytes)?;
            return Ok(edit.overwrite(entry, &commit.content)?);
        }
        Judgement::Conflict(_) if commit.autorename => match commit.mode {
            CommitMode::Add | CommitMode::Overwrite => free_path(edit.connection(), &target)?,
            CommitMode::Update(_) => conflicted_path(edit.connection(), &target)?,
        },
        Judgement::Conflict(conflict) => return Err(Refusal::Answer(WriteError::Conflict(conflict))),
    };
    check_length(&target)?;
    make_room(edit, commit, 0)?;
    let id = match &commit.id {
        Some(id) if find_by_id(edit.connection(), id)?.is_none() => id.clone(),
        _ => new_id()?,
    };
    Ok(edit.create_file(&target, &id, &commit.content)?)
}

fn judge(taken: Option<StoredEntry>, commit: &Commit) -> Judgement {
    let Some(entry) = taken else {
        return match commit.mode {
            CommitMode::Update(_) if commit.strict_conflict => Judgement::Conflict(WriteConflictError::File),
            _ => Judgement::Create,
        };
    };
    let Some(version) = &entry.version else { return Judgement::Conflict(WriteConflictError::Folder) };
    if version.hash == commit.content.hash && !commit.strict_conflict {
        return Judgement::Keep(entry);
    }
    match commit.mode {
        CommitMode::Overwrite => Judgement::Overwrite(entry),
        CommitMode::Update(rev) if rev == version.rev => Judgement::Overwrite(entry),
        CommitMode::Add | CommitMode::Update(_) => Judgement::Conflict(WriteConflictError::File),
    }
}

fn make_room(
    edit: &EditTransaction<'_>,
    commit: &Commit,
    freed_bytes: u64,
) -> Result<(), Refusal<WriteError>> {
    let wanted = (edit.used_bytes().saturating_sub(freed_bytes)).saturating_add(commit.content.size);
    if wanted > commit.quota_bytes {
        return Err(Refusal::Answer(WriteError::InsufficientSpace));
    }
    Ok(())
}
