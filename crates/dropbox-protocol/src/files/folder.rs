//! Creating folders, one or many (reference §3.4).

use super::{FolderMetadata, WriteError};
use crate::stone::{record, union};

record! {
    pub struct CreateFolderArg {
        pub path: String,
        pub autorename: bool = false,
    }

    pub struct CreateFolderResult {
        pub metadata: FolderMetadata,
    }

    pub struct CreateFolderBatchArg {
        /// At most 10,000; repeated ones count once.
        pub paths: Vec<String>,
        pub autorename: bool = false,
        pub force_async: bool = false,
    }

    pub struct CreateFolderBatchResult {
        pub entries: Vec<CreateFolderBatchResultEntry>,
    }
}

union! {
    pub closed union CreateFolderError {
        Path(nested WriteError) = "path",
    }

    pub open union CreateFolderBatchLaunch {
        AsyncJobId(nested String) = "async_job_id",
        Complete(flat CreateFolderBatchResult) = "complete",
    }

    pub open union CreateFolderBatchJobStatus {
        InProgress = "in_progress",
        Complete(flat CreateFolderBatchResult) = "complete",
        Failed(nested CreateFolderBatchError) = "failed",
    }

    pub open union CreateFolderBatchError {
        TooManyFiles = "too_many_files",
    }

    pub closed union CreateFolderBatchResultEntry {
        Success(flat CreateFolderResult) = "success",
        Failure(nested CreateFolderEntryError) = "failure",
    }

    pub open union CreateFolderEntryError {
        Path(nested WriteError) = "path",
    }
}
