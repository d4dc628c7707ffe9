//! Work that Dropbox does in the background: one asks for its state by a job id.

use super::stone::{record, union};

record! {
    /// Asks for the state of a job.
    pub struct PollArg {
        /// What the launch answered; at least one character.
        pub async_job_id: String,
    }
}

union! {
    pub open union PollError {
        InvalidAsyncJobId = "invalid_async_job_id",
        InternalError = "internal_error",
    }
}
