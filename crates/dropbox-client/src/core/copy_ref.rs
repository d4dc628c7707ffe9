//! Copy references: a file of one account, put into another without its bytes travelling.

use super::Metadata;
use crate::{ApiError, DropboxClient};
use dropbox_protocol::files::{
    COPY_REFERENCE_GET, COPY_REFERENCE_SAVE, GetCopyReferenceArg, SaveCopyReferenceArg,
};
use dropbox_protocol::{Timestamp, path};
use serde::{Deserialize, Serialize};

/// Names a file or folder for [`DropboxClient::add_copy_ref`].
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct CopyRef {
    pub copy_ref: String,
    /// Far away.
    pub expires: Timestamp,
}

impl DropboxClient {
    /// A reference to the file or folder (`files/copy_reference/get`).
    pub async fn create_copy_ref(&self, from_path: &str) -> Result<CopyRef, ApiError> {
        let argument = GetCopyReferenceArg::new(path::normalize(from_path));
        let reply = self.rpc(&COPY_REFERENCE_GET, &argument).await?;
        Ok(CopyRef { copy_ref: reply.copy_reference, expires: reply.expires })
    }

    /// Makes a copy of what the reference names (`files/copy_reference/save`). The reference must come from the
    /// same app; a taken path is a conflict.
    pub async fn add_copy_ref(&self, copy_ref: &str, to_path: &str) -> Result<Metadata, ApiError> {
        let argument = SaveCopyReferenceArg::new(copy_ref, path::normalize(to_path));
        let reply = self.rpc(&COPY_REFERENCE_SAVE, &argument).await?;
        Ok(Metadata::from_metadata(reply.metadata, self.root()))
    }
}
