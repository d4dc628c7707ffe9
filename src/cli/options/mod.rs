//! The arguments of the commands for files, as clap reads them. `commands` runs them; `src/options.rs` adds the commands
//! and options of the program itself.

mod diff;
mod history;
mod index;
mod items;
mod shared;
mod sign_in;
mod transfer;

pub(super) use diff::DiffArgs;
pub(super) use history::{HistoryArgs, UndoArgs};
pub(super) use index::{ChangesArgs, DuArgs, DuSort, DupesArgs, FindArgs, FindSort, IndexArgs};
pub(super) use items::{
    EditArgs, LinkArgs, LinkAudience, LinkExpiry, LsArgs, MkdirArgs, NewItemsChoice, RelocateArgs,
    RestoreArgs, RevsArgs, RmArgs, SearchArgs,
};
pub(super) use shared::SharedArgs;
pub(super) use sign_in::{AccountCommand, LoginArgs, LogoutArgs};
pub(super) use transfer::{GetArgs, OnConflict, OnConflictHere, PutArgs, SpeedLimitArgs};

use clap::{Args, Subcommand};
use std::path::PathBuf;

#[derive(Subcommand)]
pub enum FileCommand {
    /// Upload files and folders
    Put(PutArgs),
    /// Download files and folders
    Get(GetArgs),
    /// List a folder
    Ls(LsArgs),
    /// Create folders
    Mkdir(MkdirArgs),
    /// Move or rename files and folders in your Dropbox
    #[command(override_usage = "coffer mv [OPTIONS] <FROM>... <TO>")]
    Mv(RelocateArgs),
    /// Copy files and folders within your Dropbox
    #[command(override_usage = "coffer cp [OPTIONS] <FROM>... <TO>")]
    Cp(RelocateArgs),
    /// Delete files and folders; they can be restored
    Rm(RmArgs),
    /// List the versions of a file
    Revs(RevsArgs),
    /// Show how two files, or two versions of a file, differ
    Diff(DiffArgs),
    /// Restore an earlier version of a file, or a deleted item
    Restore(RestoreArgs),
    /// Edit a file with `$EDITOR`, and upload it when the editor ends
    Edit(EditArgs),
    /// Print the shared link of a file or folder; create one if there is none
    Link(LinkArgs),
    /// List shared folders; add them to your Dropbox, or remove them
    Shared(SharedArgs),
    /// Find files and folders by name
    Search(SearchArgs),
    /// Find files and folders anywhere by words and filters, also offline
    Find(FindArgs),
    /// Show how much is in folders
    Du(DuArgs),
    /// List files with the same content, and delete copies
    Dupes(DupesArgs),
    /// List what has changed
    Changes(ChangesArgs),
    /// List what Coffer has done
    History(HistoryArgs),
    /// Undo what Coffer has done, also in the window
    Undo(UndoArgs),
    /// Show, check or rebuild what Coffer knows of the account
    Index(IndexArgs),
    /// Show the account, its storage, and where Coffer stores its data
    Account(AccountCommand),
    /// Sign in to a Dropbox account
    Login(LoginArgs),
    /// Sign out and revoke access
    Logout(LogoutArgs),
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
pub struct CommonArgs {
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

impl FileCommand {
    pub fn common(&self) -> &CommonArgs {
        match self {
            Self::Put(it) => &it.common,
            Self::Get(it) => &it.common,
            Self::Ls(it) => &it.common,
            Self::Mkdir(it) => &it.common,
            Self::Mv(it) | Self::Cp(it) => &it.common,
            Self::Rm(it) => &it.common,
            Self::Revs(it) => &it.common,
            Self::Diff(it) => &it.common,
            Self::Restore(it) => &it.common,
            Self::Edit(it) => &it.common,
            Self::Link(it) => &it.common,
            Self::Shared(it) => &it.common,
            Self::Search(it) => &it.common,
            Self::Find(it) => &it.common,
            Self::Du(it) => &it.common,
            Self::Dupes(it) => &it.common,
            Self::Changes(it) => &it.common,
            Self::History(it) => &it.common,
            Self::Undo(it) => &it.common,
            Self::Index(it) => &it.common,
            Self::Account(it) => &it.common,
            Self::Login(it) => &it.common,
            Self::Logout(it) => &it.common,
        }
    }

    /// The speed limits of this run.
    pub fn limits(&self) -> SpeedLimitArgs {
        match self {
            Self::Put(it) => it.transfer.limits,
            Self::Get(it) => it.transfer.limits,
            _ => SpeedLimitArgs::default(),
        }
    }
}
