//! Entries of the store as the API describes them.

use super::paths::rev_text;
use super::store::entry::{Presence, StoredEntry, Version};
use dropbox_protocol::Timestamp;
use dropbox_protocol::files::{DeletedMetadata, FileMetadata, FolderMetadata, Metadata};

/// What is at a path, or that nothing is there any more.
pub(crate) fn metadata(entry: &StoredEntry) -> Metadata {
    match (&entry.version, entry.presence) {
        (_, Presence::Deleted | Presence::MovedAway) => Metadata::Deleted(deleted(entry)),
        (Some(version), Presence::Present) => Metadata::File(version_metadata(entry, version)),
        (None, Presence::Present) => Metadata::Folder(folder_metadata(entry)),
    }
}

/// What a visitor with a shared link sees: the path in the owner's account is left out.
pub(crate) fn metadata_without_path(entry: &StoredEntry) -> Metadata {
    let mut metadata = metadata(entry);
    let (lower, display) = match &mut metadata {
        Metadata::File(file) => (&mut file.path_lower, &mut file.path_display),
        Metadata::Folder(folder) => (&mut folder.path_lower, &mut folder.path_display),
        Metadata::Deleted(deleted) => (&mut deleted.path_lower, &mut deleted.path_display),
    };
    (*lower, *display) = (None, None);
    metadata
}

/// The metadata of an entry that is known to be a file; `None` for a folder.
pub(crate) fn file_metadata(entry: &StoredEntry) -> Option<FileMetadata> {
    entry.version.as_ref().map(|version| version_metadata(entry, version))
}

/// The metadata of a folder.
pub(crate) fn folder_metadata(entry: &StoredEntry) -> FolderMetadata {
    FolderMetadata {
        path_lower: Some(entry.path_lower.clone()),
        path_display: Some(entry.path_display.clone()),
        ..FolderMetadata::new(entry.name(), entry.id.as_str())
    }
}

/// The metadata of one version of a file.
pub(crate) fn version_metadata(entry: &StoredEntry, version: &Version) -> FileMetadata {
    FileMetadata {
        path_lower: Some(entry.path_lower.clone()),
        path_display: Some(entry.path_display.clone()),
        content_hash: Some(hex::encode(version.hash)),
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

fn deleted(entry: &StoredEntry) -> DeletedMetadata {
    DeletedMetadata {
        path_lower: Some(entry.path_lower.clone()),
        path_display: Some(entry.path_display.clone()),
        is_restorable: Some(entry.version.is_some()),
        ..DeletedMetadata::new(entry.name())
    }
}
