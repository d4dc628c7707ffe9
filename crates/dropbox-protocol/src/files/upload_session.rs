//! Uploading in many requests: a session is started, bytes are appended, and finishing makes the file
//! (reference §3.6). Sessions live seven days.

use super::{CommitInfo, InvalidPropertyGroupError, WriteError};
use crate::stone::{record, union};

/// Days after which an unfinished session is forgotten.
pub const UPLOAD_SESSION_DAYS: i64 = 7;

record! {
    pub struct UploadSessionStartArg {
        /// Whether these are all the bytes.
        pub close: bool = false,
        pub session_type: Option<UploadSessionType> = None,
        /// Of this request's body.
        pub content_hash: Option<String> = None,
    }

    pub struct UploadSessionStartResult {
        pub session_id: String,
    }

    pub struct UploadSessionCursor {
        pub session_id: String,
        /// How many bytes the session holds already; checked by the service.
        pub offset: u64,
    }

    pub struct UploadSessionAppendArg {
        pub cursor: UploadSessionCursor,
        pub close: bool = false,
        /// Of this request's body.
        pub content_hash: Option<String> = None,
    }

    pub struct UploadSessionFinishArg {
        pub cursor: UploadSessionCursor,
        pub commit: CommitInfo,
        /// Of this request's body.
        pub content_hash: Option<String> = None,
    }

    pub struct UploadSessionOffsetError {
        /// The bytes that the session really holds.
        pub correct_offset: u64,
    }
}

union! {
    pub open union UploadSessionType {
        Sequential = "sequential",
        /// Parts of 4 MiB multiples may come in any order.
        Concurrent = "concurrent",
    }

    pub open union UploadSessionStartError {
        ConcurrentSessionDataNotAllowed = "concurrent_session_data_not_allowed",
        ConcurrentSessionCloseNotAllowed = "concurrent_session_close_not_allowed",
        PayloadTooLarge = "payload_too_large",
        ContentHashMismatch = "content_hash_mismatch",
    }

    pub open union UploadSessionAppendError {
        NotFound = "not_found",
        IncorrectOffset(flat UploadSessionOffsetError) = "incorrect_offset",
        Closed = "closed",
        TooLarge = "too_large",
        ConcurrentSessionInvalidOffset = "concurrent_session_invalid_offset",
        ConcurrentSessionInvalidDataSize = "concurrent_session_invalid_data_size",
        PayloadTooLarge = "payload_too_large",
        ContentHashMismatch = "content_hash_mismatch",
    }

    pub open union UploadSessionLookupError {
        NotFound = "not_found",
        IncorrectOffset(flat UploadSessionOffsetError) = "incorrect_offset",
        Closed = "closed",
        NotClosed = "not_closed",
        TooLarge = "too_large",
        ConcurrentSessionInvalidOffset = "concurrent_session_invalid_offset",
        ConcurrentSessionInvalidDataSize = "concurrent_session_invalid_data_size",
        PayloadTooLarge = "payload_too_large",
    }

    pub open union UploadSessionFinishError {
        LookupFailed(nested UploadSessionLookupError) = "lookup_failed",
        Path(nested WriteError) = "path",
        PropertiesError(nested InvalidPropertyGroupError) = "properties_error",
        TooManySharedFolderTargets = "too_many_shared_folder_targets",
        TooManyWriteOperations = "too_many_write_operations",
        ConcurrentSessionDataNotAllowed = "concurrent_session_data_not_allowed",
        ConcurrentSessionNotClosed = "concurrent_session_not_closed",
        ConcurrentSessionMissingData = "concurrent_session_missing_data",
        PayloadTooLarge = "payload_too_large",
        ContentHashMismatch = "content_hash_mismatch",
        EncryptionNotSupported = "encryption_not_supported",
    }
}
