//! `diff`.

use super::CommonArgs;
use clap::Args;
use std::path::PathBuf;

#[derive(Args)]
#[command(
    override_usage = "coffer diff [OPTIONS] <REMOTE> [OTHER]",
    after_help = "Examples:\n  coffer diff /notes.md --rev 5f2c9a00000003                 a version, and the current one\n  coffer diff /notes.md --rev 5f2c9a00000003 --rev 5f2c9a00000007\n  coffer diff /notes.md /Archive/notes.md\n  coffer diff /notes.md --local notes.md\n  \n  Exit codes: 0 if both are the same, 1 if they differ, 2 if something failed."
)]
pub struct DiffArgs {
    /// A file in Dropbox, and the one that it is compared with
    #[arg(value_name = "REMOTE", required = true, num_args = 1..=2)]
    pub paths: Vec<String>,

    /// A version of the file (see `revs`), compared with the current one or with a second version. Of two files: the
    /// version of the first, and of the second
    #[arg(long, value_name = "REV")]
    pub rev: Vec<String>,

    /// Compare with this file on this computer
    #[arg(long, value_name = "LOCAL")]
    pub local: Option<PathBuf>,

    /// Print this many equal lines around each change
    #[arg(long = "unified", short = 'U', value_name = "LINES", default_value_t = 3)]
    pub context: usize,

    /// Take lines that differ in white space alone for the same
    #[arg(long = "ignore-all-space", short = 'w')]
    pub ignore_all_space: bool,

    #[command(flatten)]
    pub common: CommonArgs,
}
