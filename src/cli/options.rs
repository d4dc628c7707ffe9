//! The arguments of the commands. `commands` runs them.

use clap::{Args, Subcommand, ValueEnum};
use std::path::PathBuf;

#[derive(Subcommand)]
pub enum Command {
    /// Upload files and folders
    Put(Put),
    /// Download files and folders
    Get(Get),
    /// List a folder
    Ls(Ls),
    /// Create folders
    Mkdir(Mkdir),
    /// Move or rename files and folders in your Dropbox
    #[command(override_usage = "coffer mv [OPTIONS] <FROM>... <TO>")]
    Mv(Relocate),
    /// Copy files and folders within your Dropbox
    #[command(override_usage = "coffer cp [OPTIONS] <FROM>... <TO>")]
    Cp(Relocate),
    /// Delete files and folders; they can be restored
    Rm(Rm),
    /// List the versions of a file
    Revs(Revs),
    /// Restore an earlier version of a file, or a deleted item
    Restore(Restore),
    /// Print the shared link of a file or folder; create one if there is none
    Link(Link),
    /// Find files and folders by name
    Search(Search),
    /// Show the account, its storage, and where Coffer stores its data
    Account(AccountCommand),
    /// Sign in to a Dropbox account
    Login(Login),
    /// Sign out and revoke access
    Logout(Logout),
}

/// Whose files, and where Coffer keeps its own things. The window takes the same.
#[derive(Args, Clone, Debug, Default)]
#[command(next_help_heading = "Account")]
pub struct AccountOptions {
    /// Store all data (settings, local account, cache) in this folder
    #[arg(long, value_name = "DIR", env = "COFFER_DATA_DIR", hide_env = true)]
    pub data_dir: Option<PathBuf>,

    /// Use this server instead of Dropbox, for all API hosts (also `COFFER_API_URL`)
    #[arg(long, value_name = "URL", env = "COFFER_API_URL", hide_env = true)]
    pub api_url: Option<String>,

    /// File with the access token for --api-url (or set `COFFER_TOKEN`)
    #[arg(long, value_name = "FILE")]
    pub token_file: Option<PathBuf>,
}

impl AccountOptions {
    /// What stands after the command's name goes before what stands in front of it.
    #[must_use]
    pub fn or(self, outer: Self) -> Self {
        Self {
            data_dir: self.data_dir.or(outer.data_dir),
            api_url: self.api_url.or(outer.api_url),
            token_file: self.token_file.or(outer.token_file),
        }
    }
}

/// What every command takes.
#[derive(Args, Clone, Debug, Default)]
pub struct Common {
    #[command(flatten)]
    pub account: AccountOptions,

    /// Print JSON instead of text
    #[arg(long, help_heading = "Output")]
    pub json: bool,

    /// Print results and errors only
    #[arg(long, short, help_heading = "Output")]
    pub quiet: bool,
}

/// For commands that change something.
#[derive(Args, Clone, Copy, Debug, Default)]
pub struct DryRun {
    /// Show what would be done without doing it
    #[arg(long, short = 'n')]
    pub dry_run: bool,
}

/// For commands that move much data.
#[derive(Args, Clone, Copy, Debug, Default)]
pub struct Limits {
    /// Limit uploads to this many bytes per second, such as 500k or 2M
    #[arg(long, value_name = "SPEED", value_parser = speed, help_heading = "Speed")]
    pub limit_up: Option<u64>,

    /// Limit downloads to this many bytes per second, such as 500k or 2M
    #[arg(long, value_name = "SPEED", value_parser = speed, help_heading = "Speed")]
    pub limit_down: Option<u64>,
}

#[derive(Args)]
#[command(
    override_usage = "coffer put [OPTIONS] <LOCAL>... [REMOTE]",
    after_help = "Examples:\n  coffer put report.pdf                 into the root folder\n  coffer put Trip /Photos               the folder becomes /Photos/Trip\n  coffer put -T Trip /Photos/Norway     the folder becomes /Photos/Norway\n  tar c src | coffer put - /src.tar     from standard input\n  \n  If it is interrupted, run the same command again to resume."
)]
pub struct Put {
    /// Local files and folders, then the Dropbox folder to upload them to (default: the root). A single file can be
    /// given a new name. `-` is standard input
    #[arg(value_name = "LOCAL", required = true)]
    pub paths: Vec<PathBuf>,

    /// Treat the last path as the new name, not as a folder
    #[arg(long, short = 'T')]
    pub exact: bool,

    /// What to do if a different file already exists
    #[arg(long, value_enum, value_name = "WHAT")]
    pub on_conflict: Option<OnConflict>,

    /// Print a line for each file
    #[arg(long, short, help_heading = "Output")]
    pub verbose: bool,

    #[command(flatten)]
    pub dry_run: DryRun,
    #[command(flatten)]
    pub limits: Limits,
    #[command(flatten)]
    pub common: Common,
}

#[derive(Args)]
#[command(
    override_usage = "coffer get [OPTIONS] <REMOTE>... [LOCAL]",
    after_help = "Examples:\n  coffer get /Photos/Trip               into the current folder\n  coffer get /report.pdf old.pdf --rev 5f2c9a00000003\n  coffer get /src.tar - | tar x         to standard output\n  \n  If it is interrupted, run the same command again to resume."
)]
pub struct Get {
    /// Files and folders in Dropbox, then the local folder to download them to (default: the current folder). A single
    /// file can be given a new name. `-` is standard output
    #[arg(value_name = "REMOTE", required = true)]
    pub paths: Vec<PathBuf>,

    /// Download this version of the file (see `revs`)
    #[arg(long, value_name = "REV")]
    pub rev: Option<String>,

    /// Treat the last path as the new name, not as a folder
    #[arg(long, short = 'T')]
    pub exact: bool,

    /// What to do if a different file already exists
    #[arg(long, value_enum, value_name = "WHAT", default_value_t)]
    pub on_conflict: OnConflictHere,

    /// Print a line for each file
    #[arg(long, short, help_heading = "Output")]
    pub verbose: bool,

    #[command(flatten)]
    pub dry_run: DryRun,
    #[command(flatten)]
    pub limits: Limits,
    #[command(flatten)]
    pub common: Common,
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

#[derive(Args)]
#[command(
    after_help = "Examples:\n  coffer ls -l /Photos\n  coffer ls -R --json / | jq -r '.entries[].path'\n  coffer ls --deleted"
)]
pub struct Ls {
    /// Folders or files (default: the root folder)
    #[arg(value_name = "REMOTE")]
    pub paths: Vec<String>,

    /// Show size, date and revision
    #[arg(long, short)]
    pub long: bool,

    /// Include all subfolders
    #[arg(long, short = 'R')]
    pub recursive: bool,

    /// List deleted items that can be restored
    #[arg(long)]
    pub deleted: bool,

    #[command(flatten)]
    pub common: Common,
}

#[derive(Args)]
pub struct Mkdir {
    /// The new folders
    #[arg(value_name = "REMOTE", required = true)]
    pub paths: Vec<String>,

    /// Create parent folders as needed; no error if the folder exists
    #[arg(long, short)]
    pub parents: bool,

    #[command(flatten)]
    pub dry_run: DryRun,
    #[command(flatten)]
    pub common: Common,
}

#[derive(Args)]
pub struct Relocate {
    /// Files and folders in Dropbox, then the target folder, or the new name of a single item
    #[arg(value_name = "PATH", required = true, num_args = 2..)]
    pub paths: Vec<String>,

    #[command(flatten)]
    pub dry_run: DryRun,
    #[command(flatten)]
    pub common: Common,
}

#[derive(Args)]
pub struct Rm {
    /// Files and folders
    #[arg(value_name = "REMOTE", required = true)]
    pub paths: Vec<String>,

    /// Delete folders with all their contents
    #[arg(long, short)]
    pub recursive: bool,

    /// Ignore items that don’t exist
    #[arg(long, short)]
    pub force: bool,

    #[command(flatten)]
    pub dry_run: DryRun,
    #[command(flatten)]
    pub common: Common,
}

#[derive(Args)]
pub struct Revs {
    /// A file, which may be deleted
    #[arg(value_name = "REMOTE")]
    pub path: String,

    #[command(flatten)]
    pub common: Common,
}

#[derive(Args)]
#[command(
    after_help = "Examples:\n  coffer restore /report.pdf                        a deleted file\n  coffer restore /report.pdf --rev 5f2c9a00000003   an earlier version"
)]
pub struct Restore {
    /// A file or a deleted item
    #[arg(value_name = "REMOTE")]
    pub path: String,

    /// Version to restore (see `revs`). Without it, deleted items are restored to their last version
    #[arg(long, value_name = "REV")]
    pub rev: Option<String>,

    #[command(flatten)]
    pub dry_run: DryRun,
    #[command(flatten)]
    pub common: Common,
}

#[derive(Args)]
pub struct Link {
    /// A file or folder
    #[arg(value_name = "REMOTE")]
    pub path: String,

    /// Remove the link
    #[arg(long)]
    pub revoke: bool,

    #[command(flatten)]
    pub dry_run: DryRun,
    #[command(flatten)]
    pub common: Common,
}

#[derive(Args)]
pub struct Search {
    /// Part of a name
    #[arg(value_name = "WORDS", required = true)]
    pub words: Vec<String>,

    /// Search only in this folder
    #[arg(long = "in", value_name = "REMOTE")]
    pub below: Option<String>,

    /// Show size, date and revision
    #[arg(long, short)]
    pub long: bool,

    #[command(flatten)]
    pub common: Common,
}

#[derive(Args)]
pub struct AccountCommand {
    #[command(flatten)]
    pub common: Common,
}

#[derive(Args)]
pub struct Login {
    /// App key from the Dropbox App Console (default: the last one used)
    #[arg(long, value_name = "KEY")]
    pub app_key: Option<String>,

    /// Print the page’s address instead of opening it
    #[arg(long)]
    pub no_browser: bool,

    #[command(flatten)]
    pub common: Common,
}

#[derive(Args)]
pub struct Logout {
    #[command(flatten)]
    pub dry_run: DryRun,
    #[command(flatten)]
    pub common: Common,
}

impl Command {
    pub fn common(&self) -> &Common {
        match self {
            Self::Put(it) => &it.common,
            Self::Get(it) => &it.common,
            Self::Ls(it) => &it.common,
            Self::Mkdir(it) => &it.common,
            Self::Mv(it) | Self::Cp(it) => &it.common,
            Self::Rm(it) => &it.common,
            Self::Revs(it) => &it.common,
            Self::Restore(it) => &it.common,
            Self::Link(it) => &it.common,
            Self::Search(it) => &it.common,
            Self::Account(it) => &it.common,
            Self::Login(it) => &it.common,
            Self::Logout(it) => &it.common,
        }
    }

    /// The limits of speed for this run.
    pub fn limits(&self) -> Limits {
        match self {
            Self::Put(it) => it.limits,
            Self::Get(it) => it.limits,
            _ => Limits::default(),
        }
    }
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
