//! `files/download` (reference 3.5).

use super::call::Call;
use super::content::{ContentReply, serve};
use super::failure::CallFailure;
use crate::app_state::AppState;
use crate::paths::{BadPath, PathRef, READ_PATH};
use crate::store::entry::{StoredEntry, Version};
use crate::store::refusal::Refusal;
use crate::view::RequestPath;
use dropbox_protocol::files::{DownloadArg, DownloadError, FileMetadata, LookupError};
use dropbox_protocol::path::is_rev;

pub(super) async fn download(
    call: Call,
    argument: DownloadArg,
) -> Result<ContentReply<FileMetadata>, CallFailure<DownloadError>> {
    let path = file_path(&call, &argument.path, argument.rev.as_deref())?;
    let found = find_file(&call.app, path).await;
    let (entry, version) = found.map_err(|refusal| refusal.map(DownloadError::Path))?;
    let reply = serve(&call.app, &call.headers, &version, "application/octet-stream").await?;
    Ok(ContentReply { result: call.view.version_metadata(&entry, &version), reply })
}

/// A path to read, where a `rev` beside it, which is deprecated, counts more.
pub(super) fn file_path(call: &Call, path: &str, rev: Option<&str>) -> Result<RequestPath, BadPath> {
    let parsed = call.view.parse(path, READ_PATH)?;
    match rev {
        None => Ok(parsed),
        Some(rev) if is_rev(rev) => Ok(RequestPath { path: PathRef::Rev(rev.to_owned()), ..parsed }),
        Some(_) => Err(BadPath("rev: did not match pattern".to_owned())),
    }
}

/// The file at a path, and its content.
pub(super) async fn find_file(
    app: &AppState,
    path: RequestPath,
) -> Result<(StoredEntry, Version), Refusal<LookupError>> {
    app.store
        .read(move |connection| {
            let entry = path.find(connection)?;
            match entry.version.clone() {
                Some(version) => Ok((entry, version)),
                None => Err(Refusal::Answer(LookupError::NotFile)),
            }
        })
        .await
}
