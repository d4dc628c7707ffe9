//! Copy references: a text that stands for an item and makes a copy of it elsewhere (reference 3.4).
//! For a file it stands for the content at the time, whatever happens to the file later.

use super::call::Call;
use super::failure::Failure;
use crate::clock::Seconds;
use crate::paths::{PLAIN_PATH, PathRef, READ_PATH};
use crate::render::metadata;
use crate::seal::{self, Purpose};
use crate::store::entry::{find_by_id, find_by_rev};
use crate::store::refusal::Refusal;
use crate::store::relocation::copy_item;
use dropbox_protocol::Timestamp;
use dropbox_protocol::files::{
    GetCopyReferenceArg, GetCopyReferenceError, GetCopyReferenceResult, RelocationError,
    SaveCopyReferenceArg, SaveCopyReferenceError, SaveCopyReferenceResult, WriteError,
};
use serde::{Deserialize, Serialize};

/// References live for thirty years, as the service's do.
const LIFETIME: Seconds = 30 * 365 * 24 * 60 * 60;

/// What a reference stands for.
#[derive(Clone, Debug, Serialize, Deserialize)]
enum Source {
    Revision(i64),
    Folder(String),
}

pub async fn get(
    call: Call,
    argument: GetCopyReferenceArg,
) -> Result<GetCopyReferenceResult, Failure<GetCopyReferenceError>> {
    let account = &call.account;
    let path = PathRef::parse(&argument.path, READ_PATH)?;
    let found = account.store.read(move |connection| path.find(connection)).await;
    let entry = found.map_err(|refusal| refusal.map(GetCopyReferenceError::Path))?;
    let source = match &entry.version {
        Some(version) => Source::Revision(version.rev),
        None => Source::Folder(entry.id.clone()),
    };
    let expires = account.config.clock.now() + LIFETIME;
    let reference = seal::seal(account, Purpose::CopyReference, &(source, expires));
    Ok(GetCopyReferenceResult::new(metadata(&entry), reference, Timestamp::from_unix_secs(expires)))
}

pub async fn save(
    call: Call,
    argument: SaveCopyReferenceArg,
) -> Result<SaveCopyReferenceResult, Failure<SaveCopyReferenceError>> {
    let account = &call.account;
    let path = PathRef::parse(&argument.path, PLAIN_PATH)?;
    let (source, expires): (Source, Seconds) =
        seal::open(account, Purpose::CopyReference, &argument.copy_reference)
            .map_err(|_| Failure::Answer(SaveCopyReferenceError::InvalidCopyReference))?;
    if expires <= account.config.clock.now() {
        return Err(Failure::Answer(SaveCopyReferenceError::InvalidCopyReference));
    }
    let quota_bytes = account.config.quota_bytes;
    let saved = account
        .store
        .write(move |edit| -> Result<_, Refusal<SaveCopyReferenceError>> {
            let place =
                path.place(edit.connection()).map_err(|refusal| refusal.map(SaveCopyReferenceError::Path))?;
            let found = match &source {
                Source::Revision(rev) => find_by_rev(edit.connection(), *rev)?,
                Source::Folder(id) => find_by_id(edit.connection(), id)?,
            };
            let from = found.ok_or(Refusal::Answer(SaveCopyReferenceError::NotFound))?;
            let copied = copy_item(edit, &from, &place, false, quota_bytes)
                .map_err(|refusal| refusal.map(in_words_of_save))?;
            Ok(metadata(&copied))
        })
        .await;
    Ok(SaveCopyReferenceResult::new(saved?))
}

fn in_words_of_save(error: RelocationError) -> SaveCopyReferenceError {
    match error {
        RelocationError::To(error) => SaveCopyReferenceError::Path(error),
        RelocationError::InsufficientQuota => SaveCopyReferenceError::Path(WriteError::InsufficientSpace),
        RelocationError::TooManyFiles => SaveCopyReferenceError::TooManyFiles,
        // What is left are paths inside each other.
        _ => SaveCopyReferenceError::Path(WriteError::Conflict(
            dropbox_protocol::files::WriteConflictError::Folder,
        )),
    }
}
