//! Deleting, one or many (reference §3.4).

use super::{LookupError, Metadata, WriteError};
use crate::stone::{record, union};

record! {
    pub struct DeleteArg {
        pub path: String,
        /// Deletes a file only if this is its present revision.
        pub parent_rev: Option<String> = None,
    }

    pub struct DeleteResult {
        /// The item as it was before.
        pub metadata: Metadata,
    }

    pub struct DeleteBatchArg {
        /// At most 1000.
        pub entries: Vec<DeleteArg>,
    }

    pub struct DeleteBatchResult {
        pub entries: Vec<DeleteBatchResultEntry>,
    }
}

union! {
    pub open union DeleteError {
        PathLookup(nested LookupError) = "path_lookup",
        PathWrite(nested WriteError) = "path_write",
        TooManyWriteOperations = "too_many_write_operations",
        TooManyFiles = "too_many_files",
    }

    pub open union DeleteBatchLaunch {
        AsyncJobId(nested String) = "async_job_id",
        Complete(flat DeleteBatchResult) = "complete",
    }

    pub open union DeleteBatchJobStatus {
        InProgress = "in_progress",
        Complete(flat DeleteBatchResult) = "complete",
        Failed(nested DeleteBatchError) = "failed",
    }

    pub open union DeleteBatchError {
        TooManyWriteOperations = "too_many_write_operations",
    }

    pub closed union DeleteBatchResultEntry {
        Success(flat DeleteResult) = "success",
        Failure(nested DeleteError) = "failure",
    }
}
