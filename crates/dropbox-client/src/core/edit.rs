//! Copying, moving, deleting, and new folders.

use super::Metadata;
use crate::options::setters;
use crate::{ApiError, DropboxClient, random};
use dropbox_protocol::files::{COPY, CREATE_FOLDER, CreateFolderArg, DELETE, DeleteArg, MOVE, RelocationArg};
use dropbox_protocol::path;

/// How to move.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct MoveOptions {
    /// Take a free name if the target is taken, rather than fail with `to/conflict`.
    pub autorename: bool,
}

impl Default for MoveOptions {
    fn default() -> Self {
        Self { autorename: true }
    }
}

setters! { MoveOptions: with_autorename sets autorename to value(bool) }

impl DropboxClient {
    /// Copies a file, or a folder with all that it contains (`files/copy_v2`). A taken target is a conflict.
    pub async fn file_copy(&self, from_path: &str, to_path: &str) -> Result<Metadata, ApiError> {
        let argument = RelocationArg::new(path::normalize(from_path), path::normalize(to_path));
        let reply = self.rpc(&COPY, &argument).await?;
        Ok(Metadata::from_metadata(reply.metadata, self.root()))
    }

    /// Makes a folder, and its parents where they are missing (`files/create_folder_v2`). A taken path is a
    /// conflict.
    pub async fn file_create_folder(&self, path: &str) -> Result<Metadata, ApiError> {
        let reply = self.rpc(&CREATE_FOLDER, &CreateFolderArg::new(path::normalize(path))).await?;
        Ok(Metadata::from_folder(reply.metadata, self.root()))
    }

    /// Deletes a file, or a folder with all that it contains (`files/delete_v2`). Returns the item as it was,
    /// marked as deleted.
    pub async fn file_delete(&self, path: &str) -> Result<Metadata, ApiError> {
        let reply = self.rpc(&DELETE, &DeleteArg::new(path::normalize(path))).await?;
        Ok(Metadata { is_deleted: true, ..Metadata::from_metadata(reply.metadata, self.root()) })
    }

    /// Moves or renames (`files/move_v2`). With the default options a taken target gets a free name, which the
    /// result tells.
    ///
    /// API v2 knows no renaming that only changes the case of letters. Such a one is done in two moves, through a
    /// temporary name beside the item.
    pub async fn file_move(
        &self,
        from_path: &str,
        to_path: &str,
        options: &MoveOptions,
    ) -> Result<Metadata, ApiError> {
        let (from, to) = (path::normalize(from_path), path::normalize(to_path));
        let is_case_only =
            path::path_lower(&from) == path::path_lower(&to) && path::name(&from) != path::name(&to);
        if is_case_only {
            self.change_case(from, to).await
        } else {
            self.relocate(from, to, options.autorename).await
        }
    }

    async fn change_case(&self, from: String, to: String) -> Result<Metadata, ApiError> {
        let parking = format!("{}/renaming {}", path::parent(&from), random::name()?);
        let first = self.relocate(from.clone(), parking.clone(), false).await;
        // Where the reply was lost, the item may have the temporary name, and the next step tells.
        if first.as_ref().is_err_and(|error| !error.may_have_happened()) {
            return first;
        }
        match self.relocate(parking.clone(), to, false).await {
            Ok(metadata) => Ok(metadata),
            Err(error) => {
                // The first failure is the one to report, whether or not the item could be put back.
                let _ = self.relocate(parking, from, false).await;
                Err(first.err().unwrap_or(error))
            }
        }
    }

    async fn relocate(&self, from: String, to: String, autorename: bool) -> Result<Metadata, ApiError> {
        let argument = RelocationArg { autorename, ..RelocationArg::new(from, to) };
        let reply = self.rpc(&MOVE, &argument).await?;
        Ok(Metadata::from_metadata(reply.metadata, self.root()))
    }
}
