//! One item of the account: a folder, a file, or a file that was deleted.

use super::{FileKind, RemotePath, SharedLink};
use jiff::Timestamp;
use std::sync::Arc;

/// A revision of a file as the account names it (lower-case hex, at least nine digits).
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Rev(pub Arc<str>);

#[derive(Clone, Debug, PartialEq)]
pub struct Entry {
    pub path: RemotePath,

    pub kind: EntryKind,

    /// The link to it that this account made, when it is known.
    pub link: Option<Arc<SharedLink>>,

    pub sharing: Sharing,

    /// What is below a folder, when that is known.
    pub totals: Option<Arc<FolderTotals>>,
}

/// What is below a folder, however deep.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct FolderTotals {
    pub files: u64,
    pub folders: u64,
    pub bytes: u64,
    /// When the latest of the files was changed.
    pub newest: Option<Timestamp>,
}

#[derive(Clone, Debug, PartialEq)]
pub enum EntryKind {
    Folder {
        /// Stays the same when the folder is renamed or moved.
        id: Arc<str>,
    },
    File(File),

    Deleted(DeletedKind),
}

/// What sharing means for an item. The default is an item that nobody else has to do with.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Sharing {
    /// It is a folder with members of its own, such as a team folder, and not only inside one.
    pub is_shared_folder: bool,
    pub access: ItemAccess,
}

/// What the person may do with an item.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ItemAccess {
    #[default]
    Edit,
    ViewOnly,
    /// They see nothing in the folder but those folders below that are shared with them.
    TraverseOnly,
    /// They see that there is such a folder, and nothing in it.
    NoAccess,
}

/// What a deleted item was when it was deleted. The account does not say so; it follows from what else was deleted.
#[derive(Clone, Debug, PartialEq)]
pub enum DeletedKind {
    File(LastVersion),
    Folder,
    Unknown,
}

/// What is known of a deleted file as it was last.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum LastVersion {
    #[default]
    Unknown,
    /// Only its size in bytes.
    Size(u64),
    Known(Arc<File>),
}

/// What is known of a file without its content.
#[derive(Clone, Debug, PartialEq)]
pub struct File {
    /// Stays the same when the file is renamed, moved or overwritten.
    pub id: Arc<str>,
    pub rev: Rev,
    pub size_bytes: u64,

    /// When the person last changed it, as the program that uploaded it said.
    pub client_modified: Timestamp,

    /// When the account received it.
    pub server_modified: Timestamp,

    /// The account's hash of the content (64 hex digits): the key of all caches of content.
    pub content_hash: Option<Arc<str>>,

    pub access: ContentAccess,
}

/// Who made a version of a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct VersionMaker {
    /// Of the account.
    pub account_id: String,
    /// What that person is called, where that is known.
    pub name: Option<String>,
}

/// How the content of a file can be had.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ContentAccess {
    Download,
    /// It is a document on dropbox.com, which the service gives out in this format: `markdown`, `docx`.
    Export(Arc<str>),
    /// It can only be opened on dropbox.com.
    WebOnly,
}

impl Entry {
    /// An item that is not shared, and without a link.
    pub fn new(path: RemotePath, kind: EntryKind) -> Self {
        Self { path, kind, link: None, sharing: Sharing::default(), totals: None }
    }

    pub fn name(&self) -> &str {
        self.path.name()
    }

    pub fn is_folder(&self) -> bool {
        matches!(self.kind, EntryKind::Folder { .. })
    }

    pub fn is_deleted(&self) -> bool {
        matches!(self.kind, EntryKind::Deleted(_))
    }

    /// Stays the same when the item is renamed or moved; empty where it is not known.
    pub fn id(&self) -> &str {
        match &self.kind {
            EntryKind::Folder { id } => id,
            EntryKind::File(file) => &file.id,
            EntryKind::Deleted(_) => "",
        }
    }

    pub fn file(&self) -> Option<&File> {
        match &self.kind {
            EntryKind::File(file) => Some(file),
            _ => None,
        }
    }

    /// The version that a file has, or had last if it was deleted and that is known.
    pub fn last_version(&self) -> Option<&File> {
        match &self.kind {
            EntryKind::File(file) => Some(file),
            EntryKind::Deleted(DeletedKind::File(LastVersion::Known(file))) => Some(file),
            EntryKind::Folder { .. } | EntryKind::Deleted(_) => None,
        }
    }

    /// The file as it is, or as it was last if it was deleted and that is known.
    pub fn as_last_version(&self) -> Option<Self> {
        let kind = EntryKind::File(self.last_version()?.clone());
        Some(Self { kind, ..self.clone() })
    }

    pub fn is_deleted_folder(&self) -> bool {
        matches!(self.kind, EntryKind::Deleted(DeletedKind::Folder))
    }

    /// Bytes that it takes: its own, or those of the files in it where they are known. A deleted item takes none.
    pub fn taken_bytes(&self) -> u64 {
        if self.is_deleted() { 0 } else { self.size_bytes().unwrap_or(0) }
    }

    /// The size of a file, or of all files below a folder, where that is known.
    pub fn size_bytes(&self) -> Option<u64> {
        match (&self.totals, &self.kind) {
            (Some(totals), _) => Some(totals.bytes),
            (None, EntryKind::Deleted(DeletedKind::File(LastVersion::Size(bytes)))) => Some(*bytes),
            (None, _) => self.last_version().map(|file| file.size_bytes),
        }
    }

    /// When a file was changed, or the latest one below a folder where that is known.
    pub fn modified(&self) -> Option<Timestamp> {
        match &self.totals {
            Some(totals) => totals.newest,
            None => self.last_version().map(|file| file.client_modified),
        }
    }

    pub fn file_kind(&self) -> FileKind {
        match self.kind {
            EntryKind::Folder { .. } | EntryKind::Deleted(DeletedKind::Folder) => FileKind::Folder,
            _ => FileKind::from_name(self.name()),
        }
    }
}
