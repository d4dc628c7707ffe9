//! Earlier versions of a file, and getting one back (reference §3.7).

use super::{FileMetadata, LookupError, WriteError};
use crate::stone::{record, union};
use crate::{ReadableList, Timestamp};

/// A page of revisions holds at most so many.
pub const REVISIONS_PAGE_LIMIT: u64 = 100;

record! {
    pub struct ListRevisionsArg {
        pub path: String,
        pub mode: ListRevisionsMode = (ListRevisionsMode::Path),
        /// 1 to 100.
        pub limit: u64 = 10,
        /// Continues behind this revision; only in path mode.
        pub before_rev: Option<String> = None,
        pub include_restorable_info: bool = false,
    }

    pub struct ListRevisionsResult {
        /// Whether the newest state of the path is a deletion.
        pub is_deleted: bool,
        /// Newest first; deletions are not among them.
        pub entries: ReadableList<FileMetadata>,
        /// When the deletion happened.
        pub server_deleted: Option<Timestamp> = None,
        /// Older services leave this away.
        pub has_more: bool = false,
    }

    pub struct RestoreArg {
        pub path: String,
        pub rev: String,
    }
}

union! {
    pub open union ListRevisionsMode {
        Path = "path",
        /// Follows the file through moves.
        Id = "id",
    }

    pub open union ListRevisionsError {
        Path(nested LookupError) = "path",
        InvalidBeforeRev = "invalid_before_rev",
        BeforeRevNotSupported = "before_rev_not_supported",
    }

    pub open union RestoreError {
        PathLookup(nested LookupError) = "path_lookup",
        PathWrite(nested WriteError) = "path_write",
        InvalidRevision = "invalid_revision",
        InProgress = "in_progress",
    }
}
