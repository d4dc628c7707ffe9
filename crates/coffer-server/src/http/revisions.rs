//! `files/list_revisions` and `files/restore` (reference 3.7).

use super::call::Call;
use super::failure::CallFailure;
use crate::paths::{PATH_OR_ID, PathRef, WRITE_PATH, find_rev, rev_number};
use crate::store::commit::{Commit, CommitMode, commit_file};
use crate::store::edit::NewContent;
use crate::store::history::{revisions_at_path, revisions_of_file};
use crate::store::refusal::Refusal;
use dropbox_protocol::Timestamp;
use dropbox_protocol::files::{
    FileMetadata, ListRevisionsArg, ListRevisionsError, ListRevisionsMode, ListRevisionsResult, LookupError,
    REVISIONS_PAGE_LIMIT, RestoreArg, RestoreError, WriteError,
};
use dropbox_protocol::path::is_rev;

pub(super) async fn list_revisions(
    call: Call,
    argument: ListRevisionsArg,
) -> Result<ListRevisionsResult, CallFailure<ListRevisionsError>> {
    if !(1..=REVISIONS_PAGE_LIMIT).contains(&argument.limit) {
        return Err(CallFailure::BadArgument(format!(
            "request body: limit: {} is not within 1 and {REVISIONS_PAGE_LIMIT}",
            argument.limit
        )));
    }
    let by_id = match argument.mode {
        ListRevisionsMode::Path => false,
        ListRevisionsMode::Id => true,
        ListRevisionsMode::Other => {
            return Err(CallFailure::BadArgument("request body: mode: unknown tag".to_owned()));
        }
    };
    let before = match argument.before_rev {
        Some(_) if by_id => return Err(CallFailure::Answer(ListRevisionsError::BeforeRevNotSupported)),
        Some(rev) if !is_rev(&rev) => {
            return Err(CallFailure::BadArgument(
                "request body: before_rev: did not match pattern".to_owned(),
            ));
        }
        Some(rev) => Some(rev_number(&rev).ok_or(CallFailure::Answer(ListRevisionsError::InvalidBeforeRev))?),
        None => None,
    };
    let path = call.view.parse(&argument.path, PATH_OR_ID)?;
    let limit = argument.limit as usize;
    let result = call
        .app
        .store
        .read(move |connection| -> Result<ListRevisionsResult, Refusal<ListRevisionsError>> {
            let lookup = |error| Refusal::Answer(ListRevisionsError::Path(error));
            let entry = path
                .find_even_deleted(connection)
                .map_err(|refusal| refusal.map(ListRevisionsError::Path))?;
            if entry.is_folder() && entry.is_present() {
                return Err(lookup(LookupError::NotFile));
            }
            // Something else may be where the file was last.
            let id = match &path.path {
                PathRef::Id { id, .. } if by_id => id.clone(),
                _ => entry.id.clone(),
            };
            let is_present = entry.is_present() && entry.id == id;
            let revisions = if by_id {
                revisions_of_file(connection, &id, limit)?
            } else {
                revisions_at_path(connection, &entry, before, limit)?
                    .ok_or(Refusal::Answer(ListRevisionsError::InvalidBeforeRev))?
            };
            // Where a folder was deleted there may have been a file before.
            if entry.is_folder() && revisions.entries.is_empty() && before.is_none() {
                return Err(lookup(LookupError::NotFound));
            }
            Ok(ListRevisionsResult {
                is_deleted: !is_present,
                server_deleted: (!entry.is_present()).then(|| Timestamp::from_unix_secs(entry.changed)),
                entries: revisions
                    .entries
                    .iter()
                    .filter_map(|entry| path.view.file_metadata(entry))
                    .collect(),
                has_more: revisions.has_more,
            })
        })
        .await;
    Ok(result?)
}

/// Brings an earlier content back as a new revision. A file that was deleted gets its id back, so that
/// its history goes on.
pub(super) async fn restore(
    call: Call,
    argument: RestoreArg,
) -> Result<FileMetadata, CallFailure<RestoreError>> {
    if !is_rev(&argument.rev) {
        return Err(CallFailure::BadArgument("request body: rev: did not match pattern".to_owned()));
    }
    let path = call.view.parse(&argument.path, WRITE_PATH)?;
    let quota_bytes = call.app.config.quota_bytes;
    let restored = call
        .app
        .store
        .write(move |edit| -> Result<FileMetadata, Refusal<RestoreError>> {
            let target = path.write_path(edit.connection()).map_err(|refusal| {
                refusal.map(|error| match error {
                    WriteError::MalformedPath(why) => {
                        RestoreError::PathLookup(LookupError::MalformedPath(why))
                    }
                    error => RestoreError::PathWrite(error),
                })
            })?;
            let invalid = || Refusal::Answer(RestoreError::InvalidRevision);
            let old = find_rev(edit.connection(), &argument.rev)?.ok_or_else(invalid)?;
            let version = old.version.ok_or_else(invalid)?;
            let commit = Commit {
                target,
                mode: CommitMode::Overwrite,
                autorename: false,
                // A new revision, also where the file has that content.
                strict_conflict: true,
                content: NewContent {
                    hash: version.hash,
                    size: version.size,
                    client_modified: Some(version.client_modified),
                },
                quota_bytes,
                id: Some(old.id),
            };
            let entry = commit_file(edit, &commit).map_err(|refusal| refusal.map(RestoreError::PathWrite))?;
            path.view.file_metadata(&entry).ok_or_else(invalid)
        })
        .await;
    Ok(restored?)
}
