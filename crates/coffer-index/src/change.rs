//! What the service says about an item: one entry of a listing or of the feed.

use coffer_model::{ContentAccess, ItemAccess, Sharing};

/// Borrows from the reply, because there may be millions.
#[derive(Clone, Debug)]
pub enum ItemChange<'a> {
    /// There is a file at this path. If there was a folder, it is gone with all that was in it.
    File(FileChange<'a>),
    /// There is a folder at this path. What is known of its content stays.
    Folder(FolderChange<'a>),
    /// There is nothing at this path any more, nor below it.
    Removed { path_lower: &'a str },
}

#[derive(Clone, Debug)]
pub struct FileChange<'a> {
    pub path_lower: &'a str,
    /// The last part of the path as it is spelt.
    pub name: &'a str,
    pub id: &'a str,
    pub rev: &'a str,
    pub size_bytes: u64,
    /// Seconds since 1970.
    pub client_modified: i64,
    pub server_modified: i64,
    /// 64 hexadecimal digits.
    pub content_hash: Option<&'a str>,
    pub is_view_only: bool,
    pub access: ContentAccess,
    /// The account that changed it, in a shared folder.
    pub modified_by: Option<&'a str>,
}

#[derive(Clone, Debug)]
pub struct FolderChange<'a> {
    pub path_lower: &'a str,
    pub name: &'a str,
    pub id: &'a str,
    pub sharing: Sharing,
}

impl ItemChange<'_> {
    pub fn path_lower(&self) -> &str {
        match self {
            Self::File(file) => file.path_lower,
            Self::Folder(folder) => folder.path_lower,
            Self::Removed { path_lower } => path_lower,
        }
    }
}

/// The folder and the name of a path in lower case; `None` for the root.
pub(crate) fn split(path_lower: &str) -> Option<(&str, &str)> {
    path_lower.rsplit_once('/').filter(|(_, key)| !key.is_empty())
}

/// How sharing is kept in a number: whether it is a shared folder, and the access.
pub(crate) fn sharing_bits(sharing: Sharing) -> i64 {
    let access = match sharing.access {
        ItemAccess::Edit => 0,
        ItemAccess::ViewOnly => 1,
        ItemAccess::TraverseOnly => 2,
        ItemAccess::NoAccess => 3,
    };
    i64::from(sharing.is_shared_folder) | access << 1
}

pub(crate) fn sharing_from_bits(bits: i64) -> Sharing {
    let access = match bits >> 1 {
        1 => ItemAccess::ViewOnly,
        2 => ItemAccess::TraverseOnly,
        3 => ItemAccess::NoAccess,
        _ => ItemAccess::Edit,
    };
    Sharing { is_shared_folder: bits & 1 != 0, access }
}

/// How the access to a content is kept in a text.
pub(crate) fn access_text(access: &ContentAccess) -> Option<&str> {
    match access {
        ContentAccess::Download => None,
        ContentAccess::WebOnly => Some(""),
        ContentAccess::Export(format) => Some(format),
    }
}

pub(crate) fn access_from_text(text: Option<&str>) -> ContentAccess {
    match text {
        None => ContentAccess::Download,
        Some("") => ContentAccess::WebOnly,
        Some(format) => ContentAccess::Export(format.into()),
    }
}
