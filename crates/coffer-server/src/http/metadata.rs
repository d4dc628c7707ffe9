//! `files/get_metadata` (reference 3.2).

use super::call::Call;
use super::failure::CallFailure;
use crate::paths::{PathRef, READ_PATH};
use crate::store::entry::{Presence, StoredEntry};
use crate::store::refusal::Refusal;
use crate::view::AccountView;
use dropbox_protocol::files::{GetMetadataArg, GetMetadataError, LookupError, Metadata};

pub(super) async fn get_metadata(
    call: Call,
    argument: GetMetadataArg,
) -> Result<Metadata, CallFailure<GetMetadataError>> {
    let path = call.view.parse(&argument.path, READ_PATH)?;
    let found = call
        .app
        .store
        .read(move |connection| -> Result<Metadata, Refusal<LookupError>> {
            // A revision is a file, whatever is at its path now.
            if let PathRef::Rev(_) = path.path {
                let entry = path.find(connection)?;
                return Ok(revision_metadata(&path.view, &entry));
            }
            if !argument.include_deleted {
                return Ok(path.view.metadata(&path.find(connection)?));
            }
            let entry = path.find_even_deleted(connection)?;
            if entry.presence == Presence::MovedAway {
                return Err(Refusal::Answer(LookupError::NotFound));
            }
            Ok(path.view.metadata(&entry))
        })
        .await;
    Ok(found.map_err(|refusal| refusal.map(GetMetadataError::Path))?)
}

fn revision_metadata(view: &AccountView, entry: &StoredEntry) -> Metadata {
    match &entry.version {
        Some(version) => Metadata::File(view.version_metadata(entry, version)),
        None => view.metadata(entry),
    }
}
