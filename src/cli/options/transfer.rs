//! `put` and `get`.

use super::{CommonArgs, DryRun};
use clap::{Args, ValueEnum};
use std::path::PathBuf;

#[derive(Args)]
#[command(
    override_usage = "coffer put [OPTIONS] <LOCAL>... [REMOTE]",
    after_help = "Examples:\n  coffer put report.pdf                 into the root folder\n  coffer put Trip /Photos               the folder becomes /Photos/Trip\n  coffer put Trip/ /Photos              what is in the folder goes into /Photos\n  coffer put -T Trip /Photos/Norway     the folder becomes /Photos/Norway\n  tar c src | coffer put - /src.tar     from standard input\n  \n  If it is interrupted, run the same command again to resume."
)]
pub struct PutArgs {
    /// Local files and folders, then the Dropbox folder to upload them to (default: the root). A single file can be
    /// given a new name. A folder with a slash at its end stands for what is in it. `-` is standard input
    #[arg(value_name = "LOCAL", required = true)]
    pub paths: Vec<PathBuf>,

    /// What to do if a different file already exists
    #[arg(long, value_enum, value_name = "WHAT")]
    pub on_conflict: Option<OnConflict>,

    /// Also follow symbolic links that lead out of the uploaded folders. Other links are always followed: what they lead
    /// to is uploaded in their place
    #[arg(long, short = 'L')]
    pub follow_links: bool,

    #[command(flatten)]
    pub transfer: TransferArgs,
    #[command(flatten)]
    pub common: CommonArgs,
}

#[derive(Args)]
#[command(
    override_usage = "coffer get [OPTIONS] <REMOTE>... [LOCAL]",
    after_help = "Examples:\n  coffer get /Photos/Trip               into the current folder\n  coffer get /Photos/Trip/ trip         what is in the folder, into trip\n  coffer get /report.pdf old.pdf --rev 5f2c9a00000003\n  coffer get /Photos/Trip --at 3d       as it was three days ago\n  coffer get /src.tar - | tar x         to standard output\n  \n  If it is interrupted, run the same command again to resume."
)]
pub struct GetArgs {
    /// Files and folders in Dropbox, then the local folder to download them to (default: the current folder). A single
    /// file can be given a new name. A folder with a slash at its end stands for what is in it. `-` is standard output
    #[arg(value_name = "REMOTE", required = true)]
    pub paths: Vec<PathBuf>,

    /// Download this version of the file (see `revs`)
    #[arg(long, value_name = "REV")]
    pub rev: Option<String>,

    /// Download files and folders as they were at a moment: "2025-06-30 14:00", 3d, yesterday
    #[arg(long, value_name = "TIME", conflicts_with = "rev")]
    pub at: Option<String>,

    /// What to do if a different file already exists
    #[arg(long, value_enum, value_name = "WHAT", default_value_t)]
    pub on_conflict: OnConflictHere,

    #[command(flatten)]
    pub transfer: TransferArgs,
    #[command(flatten)]
    pub common: CommonArgs,
}

/// The options of `put` and `get` alike.
#[derive(Args)]
pub struct TransferArgs {
    /// Treat the last path as the new name, not as a folder
    #[arg(long, short = 'T')]
    pub exact: bool,

    /// Print a line for each file
    #[arg(long, short, help_heading = "Output")]
    pub verbose: bool,

    #[command(flatten)]
    pub dry_run: DryRun,
    #[command(flatten)]
    pub limits: SpeedLimitArgs,
}

/// Speed limits of one run, in place of those in the settings.
#[derive(Args, Clone, Copy, Debug, Default)]
pub struct SpeedLimitArgs {
    /// Limit uploads to this many bytes per second, such as 500k or 2M
    #[arg(long, value_name = "SPEED", value_parser = speed, help_heading = "Speed")]
    pub limit_up: Option<u64>,

    /// Limit downloads to this many bytes per second, such as 500k or 2M
    #[arg(long, value_name = "SPEED", value_parser = speed, help_heading = "Speed")]
    pub limit_down: Option<u64>,
}

/// What to do if the name is taken on this computer. Identical files are never downloaded again.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum OnConflictHere {
    /// Replace it after the download is verified
    Replace,
    /// Keep both; the new one gets a number
    KeepBoth,
    /// Skip it
    Skip,
    /// Skip it, download the others, and exit with code 3 or 7
    #[default]
    Fail,
}

/// What to do if the name is taken in the account. Identical files are never uploaded again.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum OnConflict {
    /// Ask about each file (default on a terminal)
    Ask,
    /// Replace it; earlier versions are kept
    Replace,
    /// Keep both; the new one gets a number
    KeepBoth,
    /// Skip it
    Skip,
    /// Upload nothing and exit with code 3 (default if not on a terminal)
    Fail,
}

/// `500k`, `2M`, `1.5GB`: bytes a second; units count in thousands, and in 1024s when they have an `i`.
fn speed(text: &str) -> Result<u64, String> {
    let complaint = || "expected bytes per second, such as 500k or 2M".to_owned();
    let text = text.trim().trim_end_matches("/s");
    let digits = text.find(|c: char| !c.is_ascii_digit() && c != '.').unwrap_or(text.len());
    let (number, unit) = text.split_at(digits);
    let factor: f64 = match unit.trim().to_ascii_lowercase().trim_end_matches('b') {
        "" => 1.0,
        "k" => 1e3,
        "m" => 1e6,
        "g" => 1e9,
        "ki" => 1024.0,
        "mi" => 1024.0 * 1024.0,
        "gi" => 1024.0 * 1024.0 * 1024.0,
        _ => return Err(complaint()),
    };
    let bytes = (number.parse::<f64>().map_err(|_| complaint())? * factor).round();
    if (1.0..1e15).contains(&bytes) { Ok(bytes as u64) } else { Err(complaint()) }
}

#[cfg(test)]
mod tests {
    use super::speed;

    #[test]
    fn speeds_are_read_with_their_units() {
        let check = |text, expected| assert_eq!(speed(text).ok(), expected, "{text}");
        check("500", Some(500));
        check("500k", Some(500_000));
        check("2M", Some(2_000_000));
        check("1.5 MB/s", Some(1_500_000));
        check("1MiB", Some(1_048_576));
        check("0", None);
        check("fast", None);
        check("-1k", None);
        check("2 parsecs", None);
    }
}
