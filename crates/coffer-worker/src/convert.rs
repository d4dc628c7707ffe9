//! Turns what the service tells into what the program thinks in. Sends nothing.

use coffer_model::entry::{ContentAccess, File};
use coffer_model::link::{Audience, LinkOptions};
use coffer_model::{
    DeletedKind, Entry, EntryKind, ItemAccess, MountableFolder, RemotePath, Rev, SharedLink, Sharing,
};
use dropbox_protocol::Timestamp;
use dropbox_protocol::files::{FileMetadata, FolderMetadata, FolderSharingInfo, Metadata};
use dropbox_protocol::sharing::{
    AccessLevel, FileLinkMetadata, FolderLinkMetadata, LinkAudience, LinkPermissions, SharedFolderMetadata,
    SharedLinkMetadata,
};
use dropbox_protocol::users::{AccountType, FullAccount};
use std::sync::Arc;

/// An item as a row. Only the last part of `path_display` can be trusted to have the right case, so the folder part
/// follows `folder` when the caller knows how that is spelt.
pub(crate) fn entry(metadata: &Metadata, folder: Option<&RemotePath>) -> Entry {
    match metadata {
        Metadata::File(file) => file_entry(file, folder),
        Metadata::Folder(metadata) => folder_entry(metadata, folder),
        Metadata::Deleted(deleted) => Entry::new(
            path(&deleted.name, deleted.path_display.as_deref(), deleted.path_lower.as_deref(), folder),
            EntryKind::Deleted(DeletedKind::Unknown),
        ),
    }
}

pub(crate) fn file_entry(file: &FileMetadata, folder: Option<&RemotePath>) -> Entry {
    let path = path(&file.name, file.path_display.as_deref(), file.path_lower.as_deref(), folder);
    let kind = EntryKind::File(File {
        id: file.id.as_str().into(),
        rev: Rev(file.rev.as_str().into()),
        size_bytes: file.size,
        client_modified: file.client_modified.instant(),
        server_modified: file.server_modified.instant(),
        content_hash: file.content_hash.as_deref().map(Into::into),
        access: content_access(file),
    });
    let is_view_only = file.sharing_info.as_ref().is_some_and(|sharing| sharing.read_only);
    let access = if is_view_only { ItemAccess::ViewOnly } else { ItemAccess::Edit };
    Entry { sharing: Sharing { is_shared_folder: false, access }, ..Entry::new(path, kind) }
}

pub(crate) fn content_access(file: &FileMetadata) -> ContentAccess {
    let format = || file.export_info.as_ref()?.export_as.as_deref();
    match format() {
        _ if file.is_downloadable => ContentAccess::Download,
        Some(format) => ContentAccess::Export(format.into()),
        None => ContentAccess::WebOnly,
    }
}

pub(crate) fn folder_entry(metadata: &FolderMetadata, folder: Option<&RemotePath>) -> Entry {
    let (display, lower) = (metadata.path_display.as_deref(), metadata.path_lower.as_deref());
    let path = path(&metadata.name, display, lower, folder);
    let kind = EntryKind::Folder { id: metadata.id.as_str().into() };
    let sharing = metadata.sharing_info.as_ref().map(folder_sharing).unwrap_or_default();
    Entry { sharing, ..Entry::new(path, kind) }
}

pub(crate) fn folder_sharing(sharing: &FolderSharingInfo) -> Sharing {
    let access = if sharing.no_access {
        ItemAccess::NoAccess
    } else if sharing.traverse_only {
        ItemAccess::TraverseOnly
    } else if sharing.read_only {
        ItemAccess::ViewOnly
    } else {
        ItemAccess::Edit
    };
    Sharing { is_shared_folder: sharing.shared_folder_id.is_some(), access }
}

pub(crate) fn mountable_folder(folder: &SharedFolderMetadata) -> MountableFolder {
    let access = match folder.access_type {
        AccessLevel::Owner | AccessLevel::Editor | AccessLevel::Other => ItemAccess::Edit,
        AccessLevel::Viewer | AccessLevel::ViewerNoComment => ItemAccess::ViewOnly,
        AccessLevel::Traverse => ItemAccess::TraverseOnly,
        AccessLevel::NoAccess => ItemAccess::NoAccess,
    };
    MountableFolder {
        id: folder.shared_folder_id.as_str().into(),
        name: folder.name.clone(),
        access,
        path: folder.path_display.as_deref().or(folder.path_lower.as_deref()).map(RemotePath::new),
        owners: folder.owner_display_names.clone().unwrap_or_default(),
    }
}

fn path(name: &str, display: Option<&str>, lower: Option<&str>, folder: Option<&RemotePath>) -> RemotePath {
    // Only when it really lies there: a listing may contain the folder itself.
    if let Some(folder) = folder
        && lower
            .and_then(|lower| lower.rsplit_once('/'))
            .is_some_and(|(parent, _)| *parent == **folder.lower())
    {
        return folder.join(name);
    }
    display.or(lower).map_or_else(|| RemotePath::root().join(name), RemotePath::new)
}

/// A link, and the item that it leads to as far as the link tells.
pub(crate) fn link(metadata: &SharedLinkMetadata) -> Option<(SharedLink, Entry)> {
    let link = |url: &str, permissions: &LinkPermissions, expires: Option<Timestamp>| SharedLink {
        url: url.to_owned(),
        audience: audience(permissions),
        expires: expires.map(Timestamp::instant),
        can_revoke: permissions.can_revoke,
        options: link_options(permissions),
    };
    let (shared, path, kind) = match metadata {
        SharedLinkMetadata::File(file) => (
            link(&file.url, &file.link_permissions, file.expires),
            link_path(&file.name, file.path_lower.as_deref()),
            file_kind(file),
        ),
        SharedLinkMetadata::Folder(folder) => (
            link(&folder.url, &folder.link_permissions, folder.expires),
            link_path(&folder.name, folder.path_lower.as_deref()),
            folder_kind(folder),
        ),
        SharedLinkMetadata::Other => return None,
    };
    let entry = Entry { link: Some(Arc::new(shared.clone())), ..Entry::new(path, kind) };
    Some((shared, entry))
}

/// A link tells the place in lower case only, and the name as it is spelt.
fn link_path(name: &str, path_lower: Option<&str>) -> RemotePath {
    match path_lower.map(RemotePath::new) {
        Some(lower) => lower.parent().unwrap_or_default().join(name),
        None => RemotePath::root().join(name),
    }
}

fn file_kind(file: &FileLinkMetadata) -> EntryKind {
    EntryKind::File(File {
        id: file.id.as_deref().unwrap_or_default().into(),
        rev: Rev(file.rev.as_str().into()),
        size_bytes: file.size,
        client_modified: file.client_modified.instant(),
        server_modified: file.server_modified.instant(),
        content_hash: None,
        access: ContentAccess::Download,
    })
}

fn folder_kind(folder: &FolderLinkMetadata) -> EntryKind {
    EntryKind::Folder { id: folder.id.as_deref().unwrap_or_default().into() }
}

/// What the owner may choose for this link.
fn link_options(permissions: &LinkPermissions) -> LinkOptions {
    let mut audiences = vec![audience(permissions)];
    let offered = permissions.audience_options.iter().flatten().filter(|option| option.allowed);
    for option in offered {
        let audience = match option.audience {
            LinkAudience::Public => Audience::Anyone,
            LinkAudience::Team => Audience::Team,
            LinkAudience::NoOne | LinkAudience::Members => Audience::OnlyInvited,
            _ => continue,
        };
        audiences.push(audience);
    }
    if permissions.can_set_password == Some(true) {
        audiences.push(Audience::Password);
    }
    LinkOptions { audiences: in_order(&audiences), expiry: permissions.can_set_expiry }
}

/// What may be chosen for a new link goes by what the person pays for; no call tells more before there is one.
pub(crate) fn new_link_options(owner: &FullAccount) -> LinkOptions {
    if owner.account_type == AccountType::Basic {
        return LinkOptions { audiences: vec![Audience::Anyone], expiry: false };
    }
    let mut audiences = vec![Audience::Anyone, Audience::Password, Audience::OnlyInvited];
    audiences.extend(owner.team.is_some().then_some(Audience::Team));
    LinkOptions { audiences: in_order(&audiences), expiry: true }
}

/// From the most people to the fewest, each once.
fn in_order(audiences: &[Audience]) -> Vec<Audience> {
    let all = [Audience::Anyone, Audience::Password, Audience::Team, Audience::OnlyInvited];
    all.into_iter().filter(|audience| audiences.contains(audience)).collect()
}

fn audience(permissions: &LinkPermissions) -> Audience {
    if permissions.require_password == Some(true) {
        return Audience::Password;
    }
    match &permissions.effective_audience {
        Some(LinkAudience::Team) => Audience::Team,
        Some(LinkAudience::Password) => Audience::Password,
        Some(LinkAudience::NoOne | LinkAudience::Members) => Audience::OnlyInvited,
        _ => Audience::Anyone,
    }
}
