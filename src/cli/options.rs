//! The arguments of the commands, as people type them. What is done with them stands in `commands`.

use clap::{Args, Subcommand, ValueEnum};
use std::path::PathBuf;

#[derive(Subcommand)]
pub enum Command {
    /// Send files and folders to your Dropbox
    Put(Put),
    /// Bring files and folders to this computer
    Get(Get),
    /// List a folder
    Ls(Ls),
    /// Make folders
    Mkdir(Mkdir),
    /// Move or rename files and folders in your Dropbox
    #[command(override_usage = "coffer mv [OPTIONS] <FROM>... <TO>")]
    Mv(Relocate),
    /// Copy files and folders within your Dropbox
    #[command(override_usage = "coffer cp [OPTIONS] <FROM>... <TO>")]
    Cp(Relocate),
    /// Delete files and folders; they can be brought back
    Rm(Rm),
    /// List the versions of a file
    Revs(Revs),
    /// Bring back an old version of a file, or what was deleted
    Restore(Restore),
    /// Print the link of a file or folder, and make it when there is none
    Link(Link),
    /// Find files and folders by name
    Search(Search),
    /// Tell whose account this is, how full it is, and where things are kept
    Account(AccountCommand),
    /// Connect a Dropbox account
    Login(Login),
    /// Disconnect the Dropbox account, here and at Dropbox
    Logout(Logout),
}

/// Whose files, and where Coffer keeps its own things. The window takes the same.
#[derive(Args, Clone, Debug, Default)]
#[command(next_help_heading = "Account")]
pub struct AccountOptions {
    /// Keep everything (settings, account, cache) under this folder
    #[arg(long, value_name = "DIR", env = "COFFER_DATA_DIR", hide_env = true)]
    pub data_dir: Option<PathBuf>,

    /// Use the account of this server instead, for all roles of the API (also `COFFER_API_URL`)
    #[arg(long, value_name = "URL", env = "COFFER_API_URL", hide_env = true)]
    pub api_url: Option<String>,

    /// The file that holds the token for --api-url (or the variable `COFFER_TOKEN`)
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

    /// Print one JSON document instead of text
    #[arg(long, help_heading = "Output")]
    pub json: bool,

    /// Print results and errors only
    #[arg(long, short, help_heading = "Output")]
    pub quiet: bool,
}

/// For commands that change something.
#[derive(Args, Clone, Copy, Debug, Default)]
pub struct DryRun {
    /// Say what would happen, and change nothing
    #[arg(long, short = 'n')]
    pub dry_run: bool,
}

/// For commands that move much data.
#[derive(Args, Clone, Copy, Debug, Default)]
pub struct Limits {
    /// Send at most so many bytes a second, such as 500k or 2M
    #[arg(long, value_name = "SPEED", value_parser = speed, help_heading = "Speed")]
    pub limit_up: Option<u64>,

    /// Receive at most so many bytes a second, such as 500k or 2M
    #[arg(long, value_name = "SPEED", value_parser = speed, help_heading = "Speed")]
    pub limit_down: Option<u64>,
}

#[derive(Args)]
#[command(
    override_usage = "coffer put [OPTIONS] <LOCAL>... [REMOTE]",
    after_help = "Examples:\n  coffer put report.pdf                 into the root\n  coffer put Trip /Photos               the folder becomes /Photos/Trip\n  coffer put -T Trip /Photos/Norway     the folder becomes /Photos/Norway\n  tar c src | coffer put - /src.tar     from the standard input\n  \n  Stopped or killed, the same command goes on where it was."
)]
pub struct Put {
    /// Files and folders of this computer, then the folder of your Dropbox that receives them (its root when there is
    /// none). A single file may get a new name there. `-` is the standard input.
    #[arg(value_name = "LOCAL", required = true)]
    pub paths: Vec<PathBuf>,

    /// The last path is the name of the copy itself, not a folder to put it into
    #[arg(long, short = 'T')]
    pub exact: bool,

    /// What to do with files that are already there with other content
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
    after_help = "Examples:\n  coffer get /Photos/Trip               into the current folder\n  coffer get /report.pdf old.pdf --rev 5f2c9a00000003\n  coffer get /src.tar - | tar x         to the standard output\n  \n  Stopped or killed, the same command goes on where it was."
)]
pub struct Get {
    /// Files and folders of your Dropbox, then the folder of this computer that receives them (the current one when
    /// there is none). A single file may get a new name here. `-` is the standard output.
    #[arg(value_name = "REMOTE", required = true)]
    pub paths: Vec<PathBuf>,

    /// This version of the file; `revs` lists them
    #[arg(long, value_name = "REV")]
    pub rev: Option<String>,

    /// The last path is the name of the copy itself, not a folder to put it into
    #[arg(long, short = 'T')]
    pub exact: bool,

    /// What to do with files that are already here with other content
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

/// What to do with a name on this computer that is taken by something else. The same content is never fetched twice.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum OnConflictHere {
    /// Replace it, once the new file is whole and verified
    Replace,
    /// Give the new one a number
    KeepBoth,
    /// Leave it alone
    Skip,
    /// Leave it alone, bring the others, and end with code 3 or 7
    #[default]
    Fail,
}

/// What to do with a name in the account that is taken by something else. The same content is never sent twice.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum OnConflict {
    /// Ask for each (the default on a terminal)
    Ask,
    /// Replace it; your Dropbox keeps the old version
    Replace,
    /// Give the new one a number
    KeepBoth,
    /// Leave it alone
    Skip,
    /// Do nothing at all and end with code 3 (the default elsewhere)
    Fail,
}

#[derive(Args)]
#[command(
    after_help = "Examples:\n  coffer ls -l /Photos\n  coffer ls -R --json / | jq -r '.entries[].path'\n  coffer ls --deleted"
)]
pub struct Ls {
    /// Folders or files; the root of your Dropbox when there is none
    #[arg(value_name = "REMOTE")]
    pub paths: Vec<String>,

    /// With size, date and revision
    #[arg(long, short)]
    pub long: bool,

    /// With everything in the folders below
    #[arg(long, short = 'R')]
    pub recursive: bool,

    /// What was deleted in the folder, and can be brought back
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

    /// Make the folders around it as well; a folder that is there is no error
    #[arg(long, short)]
    pub parents: bool,

    #[command(flatten)]
    pub dry_run: DryRun,
    #[command(flatten)]
    pub common: Common,
}

#[derive(Args)]
pub struct Relocate {
    /// Files and folders of your Dropbox, then the folder that receives them, or the new name of a single one
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

    /// Folders too, with everything in them
    #[arg(long, short)]
    pub recursive: bool,

    /// What is not there is no error
    #[arg(long, short)]
    pub force: bool,

    #[command(flatten)]
    pub dry_run: DryRun,
    #[command(flatten)]
    pub common: Common,
}

#[derive(Args)]
pub struct Revs {
    /// A file, also one that was deleted
    #[arg(value_name = "REMOTE")]
    pub path: String,

    #[command(flatten)]
    pub common: Common,
}

#[derive(Args)]
#[command(
    after_help = "Examples:\n  coffer restore /report.pdf                        it was deleted\n  coffer restore /report.pdf --rev 5f2c9a00000003   it was changed"
)]
pub struct Restore {
    /// A file, or something that was deleted
    #[arg(value_name = "REMOTE")]
    pub path: String,

    /// The version to bring back; `revs` lists them. Without it, what was deleted comes back as it was last
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

    /// End the link: nobody can use it any more
    #[arg(long)]
    pub revoke: bool,

    #[command(flatten)]
    pub dry_run: DryRun,
    #[command(flatten)]
    pub common: Common,
}

#[derive(Args)]
pub struct Search {
    /// Words of the name
    #[arg(value_name = "WORDS", required = true)]
    pub words: Vec<String>,

    /// Only below this folder
    #[arg(long = "in", value_name = "REMOTE")]
    pub below: Option<String>,

    /// With size, date and revision
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
    /// The app key from the Dropbox App Console; the one that was used last when there is none
    #[arg(long, value_name = "KEY")]
    pub app_key: Option<String>,

    /// Print the address of the page, but do not open it
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
    let complaint = || "expected bytes a second, such as 500k or 2M".to_owned();
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
