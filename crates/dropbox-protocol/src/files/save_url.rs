//! Letting Dropbox fetch a file from the web (reference §3.6).

use super::{FileMetadata, WriteError};
use crate::stone::{record, union};

record! {
    pub struct SaveUrlArg {
        pub path: String,
        pub url: String,
    }
}

union! {
    pub closed union SaveUrlResult {
        AsyncJobId(nested String) = "async_job_id",
        Complete(flat FileMetadata) = "complete",
    }

    pub closed union SaveUrlJobStatus {
        InProgress = "in_progress",
        Complete(flat FileMetadata) = "complete",
        Failed(nested SaveUrlError) = "failed",
    }

    pub open union SaveUrlError {
        Path(nested WriteError) = "path",
        DownloadFailed = "download_failed",
        InvalidUrl = "invalid_url",
        NotFound = "not_found",
    }
}
