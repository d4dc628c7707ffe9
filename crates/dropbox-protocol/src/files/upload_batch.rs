//! Many upload sessions at once (reference §3.6).

use super::{
    FileMetadata, UploadSessionCursor, UploadSessionFinishArg, UploadSessionFinishError,
    UploadSessionOffsetError, UploadSessionType,
};
use crate::stone::{record, union};

/// At most so many entries in a batch of sessions, deletions, copies or moves.
pub const BATCH_LIMIT: usize = 1000;

record! {
    pub struct UploadSessionStartBatchArg {
        /// 1 to 1000.
        pub num_sessions: u64,
        pub session_type: Option<UploadSessionType> = None,
    }

    pub struct UploadSessionStartBatchResult {
        pub session_ids: Vec<String>,
    }

    pub struct UploadSessionAppendBatchArg {
        /// At most 1000. The body is their contents, one after the other.
        pub entries: Vec<UploadSessionAppendBatchArgEntry>,
        /// Of the whole body.
        pub content_hash: Option<String> = None,
    }

    pub struct UploadSessionAppendBatchArgEntry {
        pub cursor: UploadSessionCursor,
        /// Bytes of the body that belong to this session.
        pub length: u64,
        pub close: bool = false,
    }

    pub struct UploadSessionAppendBatchResult {
        pub entries: Vec<UploadSessionAppendBatchResultEntry>,
    }

    pub struct UploadSessionFinishBatchArg {
        /// At most 1000, all closed.
        pub entries: Vec<UploadSessionFinishArg>,
    }

    pub struct UploadSessionFinishBatchResult {
        /// In the order of the request.
        pub entries: Vec<UploadSessionFinishBatchResultEntry>,
    }
}

union! {
    pub open union UploadSessionAppendBatchError {
        PayloadTooLarge = "payload_too_large",
        ContentHashMismatch = "content_hash_mismatch",
        LengthMismatch = "length_mismatch",
    }

    pub closed union UploadSessionAppendBatchResultEntry {
        Success = "success",
        Failure(nested UploadSessionAppendBatchEntryError) = "failure",
    }

    pub open union UploadSessionAppendBatchEntryError {
        NotFound = "not_found",
        IncorrectOffset(flat UploadSessionOffsetError) = "incorrect_offset",
        Closed = "closed",
        TooLarge = "too_large",
        ConcurrentSessionInvalidOffset = "concurrent_session_invalid_offset",
        ConcurrentSessionInvalidDataSize = "concurrent_session_invalid_data_size",
    }

    pub closed union UploadSessionFinishBatchResultEntry {
        Success(flat FileMetadata) = "success",
        Failure(nested UploadSessionFinishError) = "failure",
    }

    pub open union UploadSessionFinishBatchLaunch {
        AsyncJobId(nested String) = "async_job_id",
        Complete(flat UploadSessionFinishBatchResult) = "complete",
    }

    pub closed union UploadSessionFinishBatchJobStatus {
        InProgress = "in_progress",
        Complete(flat UploadSessionFinishBatchResult) = "complete",
    }
}
