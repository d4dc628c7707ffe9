//! Transfers of earlier runs.

use super::Problem;
use super::message::Job;
use super::transfer::TransferReport;
use jiff::Timestamp;
use std::sync::Arc;

/// A transfer of an earlier run that is not done: it had not ended, or files of it have failed.
#[derive(Clone, Debug, PartialEq)]
pub struct UnfinishedTransfer {
    /// Run again, this job goes on where it was.
    pub job: Arc<Job>,
    pub paused: bool,
    /// It is not to be run before the person asks for it: it has ended with this, or the disk that it goes to is away.
    pub resting: Option<Problem>,
    /// It has ended, and of its files these have failed. It is not to be run before the person asks for it.
    pub ended: Option<EndedTransfer>,
    pub from_command_line: bool,
}

/// How a transfer of an earlier run has ended.
#[derive(Clone, Debug, PartialEq)]
pub struct EndedTransfer {
    pub at: Timestamp,
    /// Without the items that were transferred, which are counted only.
    pub report: TransferReport,
}

impl UnfinishedTransfer {
    /// One of the window that goes on by itself.
    pub fn new(job: Arc<Job>) -> Self {
        Self { job, paused: false, resting: None, ended: None, from_command_line: false }
    }
}
