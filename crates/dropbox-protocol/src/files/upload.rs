//! Uploading in one request, how a write treats what is there, and temporary upload links (reference §3.6).

use super::{InvalidPropertyGroupError, PropertyGroup, WriteError};
use crate::Timestamp;
use crate::stone::{record, union};

/// No request body may be longer, in bytes.
pub const REQUEST_BODY_LIMIT_BYTES: u64 = 150 * 1024 * 1024;

/// No file may be longer, in bytes.
pub const FILE_LIMIT_BYTES: u64 = (1 << 41) - (1 << 22);

macro_rules! commit_record {
    ($( $(#[$meta:meta])* pub struct $name:ident { $($more:tt)* } )+) => {$(
        record! {
            $(#[$meta])*
            pub struct $name {
                /// A path, `ns:` or id.
                pub path: String,
                pub mode: WriteMode = (WriteMode::Add),
                /// Take a free name rather than fail.
                pub autorename: bool = false,
                /// Whole seconds.
                pub client_modified: Option<Timestamp> = None,
                /// Do not notify the person's other devices.
                pub mute: bool = false,
                pub property_groups: Option<Vec<PropertyGroup>> = None,
                /// A conflict also where contents are equal, or the target of an update is gone.
                pub strict_conflict: bool = false,
                $($more)*
            }
        }
    )+};
}

commit_record! {
    /// Where and how bytes become a file.
    pub struct CommitInfo {}

    /// The argument of `upload`: a commit and the hash of the body.
    pub struct UploadArg {
        pub content_hash: Option<String> = None,
    }
}

impl From<CommitInfo> for UploadArg {
    fn from(commit: CommitInfo) -> Self {
        Self {
            path: commit.path,
            mode: commit.mode,
            autorename: commit.autorename,
            client_modified: commit.client_modified,
            mute: commit.mute,
            property_groups: commit.property_groups,
            strict_conflict: commit.strict_conflict,
            content_hash: None,
        }
    }
}

impl From<UploadArg> for CommitInfo {
    fn from(upload: UploadArg) -> Self {
        Self {
            path: upload.path,
            mode: upload.mode,
            autorename: upload.autorename,
            client_modified: upload.client_modified,
            mute: upload.mute,
            property_groups: upload.property_groups,
            strict_conflict: upload.strict_conflict,
        }
    }
}

record! {
    pub struct UploadWriteFailed {
        pub reason: WriteError,
        /// The session that keeps the bytes, for another `finish`.
        pub upload_session_id: String,
    }

    pub struct GetTemporaryUploadLinkArg {
        /// Judged when the link is used.
        pub commit_info: CommitInfo,
        /// Seconds, 60 to 14400.
        pub duration: f64 = 14400.0,
    }

    pub struct GetTemporaryUploadLinkResult {
        /// Takes one POST of raw bytes.
        pub link: String,
    }
}

union! {
    /// What to do when the path is taken.
    pub closed union WriteMode {
        /// Never overwrite.
        Add = "add",
        Overwrite = "overwrite",
        /// Overwrite if this is still the present revision.
        Update(nested String) = "update",
    }

    pub open union UploadError {
        Path(flat UploadWriteFailed) = "path",
        PropertiesError(nested InvalidPropertyGroupError) = "properties_error",
        PayloadTooLarge = "payload_too_large",
        ContentHashMismatch = "content_hash_mismatch",
        EncryptionNotSupported = "encryption_not_supported",
    }
}
