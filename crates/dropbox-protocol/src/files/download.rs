//! Getting bytes out: downloads, archives, exports, previews and temporary links (reference §3.5).

use super::{FileMetadata, FolderMetadata, LookupError};
use crate::stone::{record, union};

record! {
    pub struct DownloadArg {
        /// A path, id or `rev:`.
        pub path: String,
        /// Deprecated: give `rev:` as the path.
        pub rev: Option<String> = None,
    }

    pub struct DownloadZipArg {
        pub path: String,
    }

    pub struct DownloadZipResult {
        pub metadata: FolderMetadata,
    }

    pub struct ExportArg {
        pub path: String,
        /// One of the file's `export_info.export_options`.
        pub export_format: Option<String> = None,
    }

    pub struct ExportResult {
        pub export_metadata: ExportMetadata,
        pub file_metadata: FileMetadata,
    }

    pub struct ExportMetadata {
        pub name: String,
        /// Bytes.
        pub size: u64,
        pub export_hash: Option<String> = None,
        pub paper_revision: Option<i64> = None,
    }

    pub struct PreviewArg {
        pub path: String,
        /// Deprecated: give `rev:` as the path.
        pub rev: Option<String> = None,
    }

    pub struct GetTemporaryLinkArg {
        pub path: String,
    }

    pub struct GetTemporaryLinkResult {
        pub metadata: FileMetadata,
        /// Works for four hours, without a token.
        pub link: String,
    }
}

union! {
    pub open union DownloadError {
        Path(nested LookupError) = "path",
        /// Must be exported, see `FileMetadata::is_downloadable`.
        UnsupportedFile = "unsupported_file",
    }

    pub open union DownloadZipError {
        Path(nested LookupError) = "path",
        TooLarge = "too_large",
        TooManyFiles = "too_many_files",
    }

    pub open union ExportError {
        Path(nested LookupError) = "path",
        NonExportable = "non_exportable",
        InvalidExportFormat = "invalid_export_format",
        RetryError = "retry_error",
    }

    pub closed union PreviewError {
        Path(nested LookupError) = "path",
        InProgress = "in_progress",
        UnsupportedExtension = "unsupported_extension",
        UnsupportedContent = "unsupported_content",
    }

    pub open union GetTemporaryLinkError {
        Path(nested LookupError) = "path",
        EmailNotVerified = "email_not_verified",
        UnsupportedFile = "unsupported_file",
        NotAllowed = "not_allowed",
    }
}
