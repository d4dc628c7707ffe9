//! What a new embedded account contains: the steps that fill it, made one by one as they are asked for.
//! Nothing here writes, sends or knows an account; whoever has one takes the steps in order.

mod documents;
mod paint;
mod pictures;
mod sensors;
mod tree;

#[cfg(test)]
mod tests;

/// One file as it is written, with the time it claims to have been changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SampleFile {
    /// Absolute, `/`-separated, with the capitals to be shown.
    pub remote_path: String,
    pub bytes: Vec<u8>,
    /// Seconds since 1970 UTC, never later than the `now_unix_secs` of the options.
    pub modified_unix_secs: i64,
}

/// What to do next. Steps depend on those before them, so they are taken in order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SampleStep {
    /// Create a folder whose place in the window matters before anything is in it, or that stays empty.
    /// Other folders come into being with their first file.
    Folder { remote_path: String },
    /// Write one file. A path that was written before gets a new version: replace, do not rename.
    File(SampleFile),
    /// Write small files (at most [`BATCH_FILES`], each below [`BATCH_FILE_BYTES`]), none of which exists and
    /// no two of which are the same. They may be written together and in any order.
    Files(Vec<SampleFile>),
    /// Delete a file that an earlier step wrote.
    Delete { remote_path: String },
}

/// The most files in one [`SampleStep::Files`].
pub const BATCH_FILES: usize = 250;
/// Every file of a [`SampleStep::Files`] is smaller than this.
pub const BATCH_FILE_BYTES: usize = 256 * 1024;

/// What differs between one sample account and another; everything else is always the same, to the byte.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SampleOptions {
    /// The moment that "two hours ago" is counted from, in seconds since 1970 UTC.
    pub now_unix_secs: i64,
    /// 1 paints pictures in full size. A larger divisor shortens their sides by as much, so that a build
    /// without optimisation is done in a moment.
    pub picture_divisor: u32,
}

impl SampleOptions {
    /// Full-size pictures, as a person gets them.
    pub fn at(now_unix_secs: i64) -> Self {
        Self { now_unix_secs, picture_divisor: 1 }
    }
}

/// All steps, in the order in which a person who watches should see the account grow: the root, documents and
/// photos first, a thousand small files last.
///
/// A step is made when it is asked for, and a large picture takes about a second; ask from a thread that may be
/// busy that long.
pub fn steps(options: SampleOptions) -> impl Iterator<Item = SampleStep> + Send {
    steps_from(options, 0)
}

/// The same steps without the first ones, which are not made: for going on after an interruption.
pub fn steps_from(options: SampleOptions, first: usize) -> impl Iterator<Item = SampleStep> + Send {
    tree::plans().into_iter().skip(first).map(move |plan| plan.make(options))
}

/// How many files, each version counted, the steps up to `end` write; nothing is made for it. All of them:
/// `usize::MAX`.
pub fn files_until(end: usize) -> usize {
    tree::plans().iter().take(end).map(tree::Plan::files).sum()
}
