//! What Dropbox tells about a file, a folder, or something deleted (reference §3.0), and `get_metadata`.

use super::{LookupError, PropertyGroup, TemplateFilter};
use crate::Timestamp;
use crate::stone::{record, union};

union! {
    pub closed union Metadata {
        File(flat FileMetadata) = "file",
        Folder(flat FolderMetadata) = "folder",
        Deleted(flat DeletedMetadata) = "deleted",
    }

    pub closed union GetMetadataError {
        Path(nested LookupError) = "path",
    }

    /// What a picture or film says about itself. Never part of a listing.
    pub closed union MediaInfo {
        Pending = "pending",
        Metadata(nested MediaMetadata) = "metadata",
    }

    pub closed union MediaMetadata {
        Photo(flat PhotoMetadata) = "photo",
        Video(flat VideoMetadata) = "video",
    }
}

impl Metadata {
    pub fn name(&self) -> &str {
        match self {
            Self::File(file) => &file.name,
            Self::Folder(folder) => &folder.name,
            Self::Deleted(deleted) => &deleted.name,
        }
    }

    /// The key of the item: its path in lower case. Absent for items that are not mounted.
    pub fn path_lower(&self) -> Option<&str> {
        match self {
            Self::File(file) => file.path_lower.as_deref(),
            Self::Folder(folder) => folder.path_lower.as_deref(),
            Self::Deleted(deleted) => deleted.path_lower.as_deref(),
        }
    }

    /// The path for people. Only the case of its last part can be relied on.
    pub fn path_display(&self) -> Option<&str> {
        match self {
            Self::File(file) => file.path_display.as_deref(),
            Self::Folder(folder) => folder.path_display.as_deref(),
            Self::Deleted(deleted) => deleted.path_display.as_deref(),
        }
    }
}

record! {
    pub struct GetMetadataArg {
        /// A path, id or `rev:`; never the root.
        pub path: String,
        pub include_media_info: bool = false,
        pub include_deleted: bool = false,
        pub include_has_explicit_shared_members: bool = false,
        pub include_property_groups: Option<TemplateFilter> = None,
    }

    pub struct FileMetadata {
        /// The last part of the path.
        pub name: String,
        /// Stays when the file is moved, renamed or overwritten.
        pub id: String,
        /// When the content was changed, as the uploader says.
        pub client_modified: Timestamp,
        /// When the content reached Dropbox.
        pub server_modified: Timestamp,
        /// At least nine hexadecimal digits; new with every change.
        pub rev: String,
        /// Bytes.
        pub size: u64,
        pub path_lower: Option<String> = None,
        pub path_display: Option<String> = None,
        pub parent_shared_folder_id: Option<String> = None,
        pub preview_url: Option<String> = None,
        pub media_info: Option<MediaInfo> = None,
        pub symlink_info: Option<SymlinkInfo> = None,
        pub sharing_info: Option<FileSharingInfo> = None,
        /// Whether `download` works; otherwise `export` does.
        pub is_downloadable: bool = true,
        pub export_info: Option<ExportInfo> = None,
        pub property_groups: Option<Vec<PropertyGroup>> = None,
        pub has_explicit_shared_members: Option<bool> = None,
        /// 64 hexadecimal digits, see `content_hash`.
        pub content_hash: Option<String> = None,
        pub file_lock_info: Option<FileLockMetadata> = None,
        pub is_restorable: Option<bool> = None,
    }

    pub struct FolderMetadata {
        pub name: String,
        pub id: String,
        pub path_lower: Option<String> = None,
        pub path_display: Option<String> = None,
        pub parent_shared_folder_id: Option<String> = None,
        pub preview_url: Option<String> = None,
        pub shared_folder_id: Option<String> = None,
        pub sharing_info: Option<FolderSharingInfo> = None,
        pub property_groups: Option<Vec<PropertyGroup>> = None,
    }

    /// That something is no longer there. It has no id, rev, size or time.
    pub struct DeletedMetadata {
        pub name: String,
        pub path_lower: Option<String> = None,
        pub path_display: Option<String> = None,
        pub parent_shared_folder_id: Option<String> = None,
        pub preview_url: Option<String> = None,
        pub is_restorable: Option<bool> = None,
    }

    pub struct SymlinkInfo {
        pub target: String,
    }

    pub struct FileSharingInfo {
        pub read_only: bool,
        pub parent_shared_folder_id: String,
        pub modified_by: Option<String> = None,
    }

    pub struct FolderSharingInfo {
        pub read_only: bool,
        pub parent_shared_folder_id: Option<String> = None,
        pub shared_folder_id: Option<String> = None,
        pub traverse_only: bool = false,
        pub no_access: bool = false,
    }

    pub struct ExportInfo {
        pub export_as: Option<String> = None,
        pub export_options: Option<Vec<String>> = None,
    }

    pub struct FileLockMetadata {
        pub is_lockholder: Option<bool> = None,
        pub lockholder_name: Option<String> = None,
        pub lockholder_account_id: Option<String> = None,
        pub created: Option<Timestamp> = None,
    }

    pub struct PhotoMetadata {
        pub dimensions: Option<Dimensions> = None,
        pub location: Option<GpsCoordinates> = None,
        pub time_taken: Option<Timestamp> = None,
    }

    pub struct VideoMetadata {
        pub dimensions: Option<Dimensions> = None,
        pub location: Option<GpsCoordinates> = None,
        pub time_taken: Option<Timestamp> = None,
        /// Milliseconds.
        pub duration: Option<u64> = None,
    }

    /// Pixels.
    pub struct Dimensions {
        pub height: u64,
        pub width: u64,
    }

    pub struct GpsCoordinates {
        pub latitude: f64,
        pub longitude: f64,
    }
}
