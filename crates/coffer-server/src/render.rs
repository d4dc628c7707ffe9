//! Entries of the store as the API describes them.

use super::paths::rev_text;
use super::store::entry::{Presence, StoredEntry, Version};
use super::team::{FolderAccess, HOME_NAMESPACE};
use super::view::AccountView;
use dropbox_protocol::Timestamp;
use dropbox_protocol::files::{
    DeletedMetadata, FileMetadata, FileSharingInfo, FolderMetadata, FolderSharingInfo, Metadata,
};

/// What a visitor with a shared link sees: the path in the owner's account is left out.
pub(crate) fn metadata_without_path(entry: &StoredEntry) -> Metadata {
    let mut metadata = AccountView::default().metadata(entry);
    let (lower, display) = match &mut metadata {
        Metadata::File(file) => (&mut file.path_lower, &mut file.path_display),
        Metadata::Folder(folder) => (&mut folder.path_lower, &mut folder.path_display),
        Metadata::Deleted(deleted) => (&mut deleted.path_lower, &mut deleted.path_display),
    };
    (*lower, *display) = (None, None);
    metadata
}

impl AccountView {
    /// What is at a path, or that nothing is there any more.
    pub(crate) fn metadata(&self, entry: &StoredEntry) -> Metadata {
        match (&entry.version, entry.presence) {
            (_, Presence::Deleted | Presence::MovedAway) => Metadata::Deleted(self.deleted_metadata(entry)),
            (Some(version), Presence::Present) => Metadata::File(self.version_metadata(entry, version)),
            (None, Presence::Present) => Metadata::Folder(self.folder_metadata(entry)),
        }
    }

    /// The metadata of an entry that is known to be a file; `None` for a folder.
    pub(crate) fn file_metadata(&self, entry: &StoredEntry) -> Option<FileMetadata> {
        entry.version.as_ref().map(|version| self.version_metadata(entry, version))
    }

    /// The metadata of a folder.
    pub(crate) fn folder_metadata(&self, entry: &StoredEntry) -> FolderMetadata {
        FolderMetadata {
            path_lower: self.path(&entry.path_lower),
            path_display: self.path(&entry.path_display),
            sharing_info: self.folder_sharing(entry),
            ..FolderMetadata::new(entry.name(), entry.id.as_str())
        }
    }

    /// The metadata of one version of a file.
    pub(crate) fn version_metadata(&self, entry: &StoredEntry, version: &Version) -> FileMetadata {
        FileMetadata {
            path_lower: self.path(&entry.path_lower),
            path_display: self.path(&entry.path_display),
            content_hash: Some(hex::encode(version.hash)),
            sharing_info: self.file_sharing(entry),
            ..FileMetadata::new(
                entry.name(),
                entry.id.as_str(),
                Timestamp::from_unix_secs(version.client_modified),
                Timestamp::from_unix_secs(version.server_modified),
                rev_text(version.rev),
                version.size,
            )
        }
    }

    fn deleted_metadata(&self, entry: &StoredEntry) -> DeletedMetadata {
        DeletedMetadata {
            path_lower: self.path(&entry.path_lower),
            path_display: self.path(&entry.path_display),
            is_restorable: Some(entry.version.is_some()),
            ..DeletedMetadata::new(entry.name())
        }
    }

    fn file_sharing(&self, entry: &StoredEntry) -> Option<FileSharingInfo> {
        let around = self.team.as_ref()?.shared_folder_around(&entry.path_lower)?;
        Some(FileSharingInfo::new(around.access != FolderAccess::Edit, around.namespace_id.as_str()))
    }

    fn folder_sharing(&self, entry: &StoredEntry) -> Option<FolderSharingInfo> {
        let team = self.team.as_ref()?;
        let around = team.shared_folder_around(&entry.path_lower);
        let shared = team.shared_folder(&entry.path_lower);
        let is_home = team.is_home(&entry.path_lower);
        let access = match shared.or(around) {
            Some(folder) => folder.access,
            None if is_home => FolderAccess::Edit,
            None => return None,
        };
        let parent = around.map(|folder| folder.namespace_id.clone());
        let in_root = entry.path_lower.matches('/').count() == 1;
        Some(FolderSharingInfo {
            parent_shared_folder_id: parent.or_else(|| in_root.then(|| team.root_namespace_id.clone())),
            shared_folder_id: shared
                .map(|folder| folder.namespace_id.clone())
                .or_else(|| is_home.then(|| HOME_NAMESPACE.to_owned())),
            traverse_only: access == FolderAccess::TraverseOnly,
            no_access: access == FolderAccess::NoAccess,
            ..FolderSharingInfo::new(access != FolderAccess::Edit)
        })
    }
}
