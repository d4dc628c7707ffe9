//! Commands that list, change, restore and share items of the account.

use super::{CommonArgs, DryRun};
use clap::{Args, ValueEnum};
use jiff::civil::Date;
use std::path::PathBuf;
use std::str::FromStr;

#[derive(Args)]
#[command(
    after_help = "Examples:\n  coffer ls -l /Photos\n  coffer ls -R --json / | jq -r '.entries[].path'\n  coffer ls --deleted"
)]
pub struct LsArgs {
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

    /// List folders as they were at a moment: "2025-06-30 14:00", 3d, yesterday
    #[arg(long, value_name = "TIME", conflicts_with = "deleted")]
    pub at: Option<String>,

    #[command(flatten)]
    pub common: CommonArgs,
}

#[derive(Args)]
pub struct MkdirArgs {
    /// The new folders
    #[arg(value_name = "REMOTE", required = true)]
    pub paths: Vec<String>,

    /// Create parent folders as needed; no error if the folder exists
    #[arg(long, short)]
    pub parents: bool,

    #[command(flatten)]
    pub dry_run: DryRun,
    #[command(flatten)]
    pub common: CommonArgs,
}

#[derive(Args)]
pub struct RelocateArgs {
    /// Files and folders in Dropbox, then the target folder, or the new name of a single item
    #[arg(value_name = "PATH", required = true, num_args = 2..)]
    pub paths: Vec<String>,

    #[command(flatten)]
    pub dry_run: DryRun,
    #[command(flatten)]
    pub common: CommonArgs,
}

#[derive(Args)]
pub struct RmArgs {
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
    pub common: CommonArgs,
}

#[derive(Args)]
pub struct RevsArgs {
    /// A file, which may be deleted
    #[arg(value_name = "REMOTE")]
    pub path: String,

    #[command(flatten)]
    pub common: CommonArgs,
}

/// What `restore --at` does with what was made since.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum NewItemsChoice {
    Stay,
    Aside,
}

#[derive(Args)]
#[command(
    after_help = "Examples:\n  coffer restore /report.pdf                        a deleted file\n  coffer restore /report.pdf --rev 5f2c9a00000003   an earlier version"
)]
pub struct RestoreArgs {
    /// A file, a deleted item, or with --at a folder
    #[arg(value_name = "REMOTE")]
    pub path: String,

    /// Version to restore (see `revs`). Without it, deleted items are restored to their last version
    #[arg(long, value_name = "REV")]
    pub rev: Option<String>,

    /// Bring a folder with all that is in it back to what it was at a moment: "2025-06-30 14:00", 3d, yesterday
    #[arg(long, value_name = "TIME", conflicts_with = "rev")]
    pub at: Option<String>,

    /// With --at: bring what was there into this new folder, and change nothing else
    #[arg(long, value_name = "REMOTE", requires = "at")]
    pub to: Option<String>,

    /// With --at: what was made since stays, or is moved to a new folder beside, as in “Trip (new since 2025-06-30)”
    #[arg(long, value_name = "WHERE", default_value = "stay", requires = "at", conflicts_with = "to")]
    pub new_items: NewItemsChoice,

    /// With --at: bring only this item of the folder back; can be repeated
    #[arg(long, value_name = "NAME", requires = "at")]
    pub only: Vec<String>,

    /// With --at: leave this item of the folder as it is; can be repeated
    #[arg(long, value_name = "NAME", requires = "at")]
    pub except: Vec<String>,

    #[command(flatten)]
    pub dry_run: DryRun,
    #[command(flatten)]
    pub common: CommonArgs,
}

#[derive(Args)]
#[command(
    after_help = "A link that exists keeps what is not named.\n\nExamples:\n  coffer link /report.pdf\n  coffer link /report.pdf --expires 2026-12-31\n  coffer link /report.pdf --password-file ~/password\n  coffer link /report.pdf --for anyone --expires never"
)]
pub struct LinkArgs {
    /// A file or folder
    #[arg(value_name = "REMOTE")]
    pub path: String,

    /// Who can open it, without a password
    #[arg(long = "for", value_name = "WHO", conflicts_with = "revoke")]
    pub audience: Option<LinkAudience>,

    /// Ask everyone for the password in the first line of this file
    #[arg(long, value_name = "FILE", conflicts_with_all = ["revoke", "audience"])]
    pub password_file: Option<PathBuf>,

    /// The last day that the link works, such as 2026-12-31, or “never”
    #[arg(long, value_name = "DAY", conflicts_with = "revoke")]
    pub expires: Option<LinkExpiry>,

    /// Remove the link
    #[arg(long)]
    pub revoke: bool,

    #[command(flatten)]
    pub dry_run: DryRun,
    #[command(flatten)]
    pub common: CommonArgs,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum LinkAudience {
    Anyone,
    Team,
    Invited,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LinkExpiry {
    Never,
    After(Date),
}

impl FromStr for LinkExpiry {
    type Err = &'static str;

    fn from_str(text: &str) -> Result<Self, &'static str> {
        if text == "never" {
            return Ok(Self::Never);
        }
        text.parse().map(Self::After).map_err(|_| "expected a day, such as 2026-12-31, or “never”")
    }
}

#[derive(Args)]
pub struct EditArgs {
    /// A file
    #[arg(value_name = "REMOTE")]
    pub path: String,

    #[command(flatten)]
    pub common: CommonArgs,
}

#[derive(Args)]
pub struct SearchArgs {
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
    pub common: CommonArgs,
}
