//! What a new local account contains: the steps that fill it. The files are in `assets/sample`; most pictures there are
//! made by `make-samples`. Nothing here writes to an account: the worker takes the steps in order.

mod diary;
pub mod noise;
pub mod sensors;
mod tree;

#[cfg(test)]
mod tests;

use bytes::Bytes;

/// One file as it is written, with the time at which it claims to have been changed and to have come.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SampleFile {
    /// Absolute, `/`-separated, with the capitals to be shown.
    pub remote_path: String,
    pub bytes: Bytes,
    /// Seconds since 1970 UTC, never later than the time at which the account was made.
    pub modified_unix_secs: i64,
}

/// What to do next. Steps depend on those before them, so they are taken in order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SampleStep {
    /// Create a folder whose place in the window matters before anything is in it, or that stays empty.
    /// Other folders come into being with their first file.
    Folder { remote_path: String, at_unix_secs: i64 },
    /// Write one file. A path that was written before gets a new version: replace, do not rename.
    File(SampleFile),
    /// Write small files (at most [`BATCH_FILES`], each below [`BATCH_FILE_BYTES`]), none of which exists and
    /// no two of which are the same. They may be written together and in any order.
    Files(Vec<SampleFile>),
    /// Move a file or folder of an earlier step to a free path.
    Move { from: String, to: String, at_unix_secs: i64 },
    /// Delete a file or folder of an earlier step.
    Delete { remote_path: String, at_unix_secs: i64 },
}

impl SampleStep {
    /// The paths of what it changes, with the times at which that claims to have happened, in seconds since 1970 UTC. What is
    /// below a path claims the same.
    pub fn times(&self) -> Vec<(&str, i64)> {
        match self {
            Self::Folder { remote_path, at_unix_secs } | Self::Delete { remote_path, at_unix_secs } => {
                vec![(remote_path, *at_unix_secs)]
            }
            Self::Move { from, to, at_unix_secs } => vec![(from, *at_unix_secs), (to, *at_unix_secs)],
            Self::File(file) => vec![(&file.remote_path, file.modified_unix_secs)],
            Self::Files(files) => {
                files.iter().map(|file| (file.remote_path.as_str(), file.modified_unix_secs)).collect()
            }
        }
    }
}

/// The most files in one [`SampleStep::Files`].
pub const BATCH_FILES: usize = 250;
/// Every file of a [`SampleStep::Files`] is smaller than this.
pub const BATCH_FILE_BYTES: usize = 256 * 1024;

/// All steps after the first ones, in the order in which a person who watches should see the account grow: the root,
/// documents and photos first, a thousand small files last. `now_unix_secs` is the moment that "two hours ago" is
/// counted from, in seconds since 1970 UTC; everything else is always the same, to the byte.
pub fn steps_from(first: usize, now_unix_secs: i64) -> impl Iterator<Item = SampleStep> + Send {
    tree::plans().into_iter().skip(first).map(move |plan| plan.into_step(now_unix_secs))
}

/// How many files, each version counted, the steps before `end` write. All of them: `usize::MAX`.
pub fn files_until(end: usize) -> usize {
    tree::plans().iter().take(end).map(tree::Plan::files).sum()
}
