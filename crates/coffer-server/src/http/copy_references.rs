//! Copy references: signed tokens that name an item, from which a copy of it is made elsewhere (reference 3.4).
//! That of a file names the content at the time, whatever happens to the file later.

use super::call::Call;
use super::failure::CallFailure;
use crate::clock::Seconds;
use crate::paths::{PLAIN_PATH, READ_PATH};
use crate::signed_token::{self, TokenKind};
use crate::store::entry::{StoredEntry, find_by_id, find_by_rev};
use crate::store::refusal::Refusal;
use crate::store::relocation::copy_item;
use dropbox_protocol::Timestamp;
use dropbox_protocol::files::{
    GetCopyReferenceArg, GetCopyReferenceError, GetCopyReferenceResult, RelocationError,
    SaveCopyReferenceArg, SaveCopyReferenceError, SaveCopyReferenceResult, WriteConflictError, WriteError,
};
use serde::{Deserialize, Serialize};

/// References live for thirty years, as the service's do.
const LIFETIME: Seconds = 30 * 365 * 24 * 60 * 60;

/// What a copy reference names.
#[derive(Clone, Debug, Serialize, Deserialize)]
enum CopyReferenceSource {
    Revision(i64),
    Folder(String),
}

pub(super) async fn get(
    call: Call,
    argument: GetCopyReferenceArg,
) -> Result<GetCopyReferenceResult, CallFailure<GetCopyReferenceError>> {
    let app = &call.app;
    let path = call.view.parse(&argument.path, READ_PATH)?;
    let found = app.store.read(move |connection| path.find(connection)).await;
    let entry = found.map_err(|refusal| refusal.map(GetCopyReferenceError::Path))?;
    let source = match &entry.version {
        Some(version) => CopyReferenceSource::Revision(version.rev),
        None => CopyReferenceSource::Folder(entry.id.clone()),
    };
    let expires = app.config.clock.now() + LIFETIME;
    let reference = signed_token::sign(app, TokenKind::CopyReference, &(source, expires));
    Ok(GetCopyReferenceResult::new(call.view.metadata(&entry), reference, Timestamp::from_unix_secs(expires)))
}

pub(super) async fn save(
    call: Call,
    argument: SaveCopyReferenceArg,
) -> Result<SaveCopyReferenceResult, CallFailure<SaveCopyReferenceError>> {
    let app = &call.app;
    let path = call.view.parse(&argument.path, PLAIN_PATH)?;
    let (source, expires): (CopyReferenceSource, Seconds) =
        signed_token::verify(app, TokenKind::CopyReference, &argument.copy_reference)
            .map_err(|_| CallFailure::Answer(SaveCopyReferenceError::InvalidCopyReference))?;
    if expires <= app.config.clock.now() {
        return Err(CallFailure::Answer(SaveCopyReferenceError::InvalidCopyReference));
    }
    let limits = app.config.relocation_limits();
    let saved = app
        .store
        .write(move |edit| -> Result<_, Refusal<SaveCopyReferenceError>> {
            let target = path
                .write_path(edit.connection())
                .map_err(|refusal| refusal.map(SaveCopyReferenceError::Path))?;
            let found = match &source {
                CopyReferenceSource::Revision(rev) => find_by_rev(edit.connection(), *rev)?,
                CopyReferenceSource::Folder(id) => find_by_id(edit.connection(), id)?,
            };
            let from = found.ok_or(Refusal::Answer(SaveCopyReferenceError::NotFound))?;
            let copied = copy_item(edit, &from, &target, false, limits)
                .map_err(|refusal| refusal.map(|error| in_words_of_save(error, &from)))?;
            Ok(path.view.metadata(&copied))
        })
        .await;
    Ok(SaveCopyReferenceResult::new(saved?))
}

fn in_words_of_save(error: RelocationError, from: &StoredEntry) -> SaveCopyReferenceError {
    match error {
        RelocationError::To(error) => SaveCopyReferenceError::Path(error),
        RelocationError::InsufficientQuota => SaveCopyReferenceError::Path(WriteError::InsufficientSpace),
        RelocationError::TooManyFiles => SaveCopyReferenceError::TooManyFiles,
        // What is left are paths inside each other, and the item’s own.
        _ => SaveCopyReferenceError::Path(WriteError::Conflict(if from.is_folder() {
            WriteConflictError::Folder
        } else {
            WriteConflictError::File
        })),
    }
}
