//! What the commands share: the worker, the output and the settings, and how they find an item of the account.

use super::failure::{CommandError, CommandFailure, FailureCode};
use super::output::Output;
use super::worker::CommandWorker;
use coffer_model::{Entry, Job, Receipt, Relocation, RemotePath, Settings};
use coffer_worker::Dirs;

/// What every command shares.
pub(super) struct CommandContext {
    pub worker: CommandWorker,
    pub output: Output,
    pub settings: Settings,
    pub dirs: Dirs,
    pub api_url: Option<String>,
}

impl CommandContext {
    /// The item at a path; fails if there is none.
    pub(super) fn require_entry(&mut self, path: &RemotePath) -> Result<Entry, CommandError> {
        match self.find_entry(path)? {
            Some(entry) => Ok(entry),
            None => Err(not_found(path).into()),
        }
    }

    /// The item at a path; `None` if there is none.
    pub(super) fn find_entry(&mut self, path: &RemotePath) -> Result<Option<Entry>, CommandError> {
        match self.worker.run(Job::Locate { path: path.clone() }) {
            Ok(Receipt::Located(entry)) => Ok(Some(entry)),
            Ok(_) => Ok(None),
            // There is none, or what should be its folder is a file.
            Err(CommandError::Failed(failure))
                if matches!(failure.code, FailureCode::NotFound | FailureCode::Conflict) =>
            {
                Ok(None)
            }
            Err(stop) => Err(stop),
        }
    }

    /// Where the first parts of a folder are that was moved or copied in part.
    pub(super) fn first_parts(
        &mut self,
        kind: Relocation,
        entry: &Entry,
    ) -> Result<Option<RemotePath>, CommandError> {
        if !entry.is_folder() {
            return Ok(None);
        }
        match self.worker.run(Job::FindFirstParts { kind, folder: entry.clone() })? {
            Receipt::Located(folder) => Ok(Some(folder.path)),
            _ => Ok(None),
        }
    }
}

/// The failure of a path without an item.
pub(super) fn not_found(path: &RemotePath) -> CommandFailure {
    CommandFailure::new(
        FailureCode::NotFound,
        format!("{path} does not exist"),
        "There is no such file or folder in your Dropbox.",
    )
    .with_path(path)
}
