//! Routes of `files` that this account can only refuse: exports and previews of kinds of documents that it
//! does not convert (reference 3.5).

use super::call::Call;
use super::content::ContentReply;
use super::download::{file_path, find_file};
use super::failure::CallFailure;
use crate::paths::READ_PATH;
use dropbox_protocol::files::{ExportArg, ExportError, ExportResult, FileMetadata, PreviewArg, PreviewError};

/// Every file here can be downloaded as it is, so none is for export.
pub(super) async fn export(
    call: Call,
    argument: ExportArg,
) -> Result<ContentReply<ExportResult>, CallFailure<ExportError>> {
    let path = call.view.parse(&argument.path, READ_PATH)?;
    find_file(&call.app, path).await.map_err(|refusal| refusal.map(ExportError::Path))?;
    Err(CallFailure::Answer(ExportError::NonExportable))
}

/// Nothing here turns documents into PDF or HTML.
pub(super) async fn get_preview(
    call: Call,
    argument: PreviewArg,
) -> Result<ContentReply<FileMetadata>, CallFailure<PreviewError>> {
    let path = file_path(&call, &argument.path, argument.rev.as_deref())?;
    find_file(&call.app, path).await.map_err(|refusal| refusal.map(PreviewError::Path))?;
    Err(CallFailure::Answer(PreviewError::UnsupportedExtension))
}
