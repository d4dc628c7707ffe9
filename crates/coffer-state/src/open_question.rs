//! The question before files are opened that may run a program: anybody who shares a folder with the person may have put
//! them there.

use coffer_model::{Entry, Job};

/// Files that wait for the answer.
#[derive(Default)]
pub struct OpenQuestion {
    entries: Vec<Entry>,
    jobs: Vec<Job>,
}

impl OpenQuestion {
    pub fn entries(&self) -> &[Entry] {
        &self.entries
    }

    /// Adds a file, and the job that opens it.
    pub(super) fn push(&mut self, entry: Entry, job: Job) {
        self.entries.push(entry);
        self.jobs.push(job);
    }

    pub(super) fn into_jobs(self) -> Vec<Job> {
        self.jobs
    }
}
