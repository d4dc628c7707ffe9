//! What the service says, as changes of the index. Nothing is copied: there may be millions.

use crate::convert;
use coffer_index::{FileChange, FolderChange, ItemChange};
use dropbox_protocol::files::Metadata;

/// `None` for an item that is not mounted, and so not part of the tree.
pub(super) fn change(metadata: &Metadata) -> Option<ItemChange<'_>> {
    let path_lower = metadata.path_lower()?;
    Some(match metadata {
        Metadata::Deleted(_) => ItemChange::Removed { path_lower },
        Metadata::Folder(folder) => ItemChange::Folder(FolderChange {
            path_lower,
            name: &folder.name,
            id: &folder.id,
            sharing: folder.sharing_info.as_ref().map(convert::folder_sharing).unwrap_or_default(),
        }),
        Metadata::File(file) => ItemChange::File(FileChange {
            path_lower,
            name: &file.name,
            id: &file.id,
            rev: &file.rev,
            size_bytes: file.size,
            client_modified: file.client_modified.instant().as_second(),
            server_modified: file.server_modified.instant().as_second(),
            content_hash: file.content_hash.as_deref(),
            is_view_only: file.sharing_info.as_ref().is_some_and(|sharing| sharing.read_only),
            access: convert::content_access(file),
            modified_by: file.sharing_info.as_ref().and_then(|sharing| sharing.modified_by.as_deref()),
        }),
    })
}

pub(super) fn changes(entries: &[Metadata]) -> Vec<ItemChange<'_>> {
    entries.iter().filter_map(change).collect()
}
