//! `account`, `login` and `logout`.

use super::{CommonArgs, DryRun};
use clap::Args;

#[derive(Args)]
pub struct AccountCommand {
    #[command(flatten)]
    pub common: CommonArgs,
}

#[derive(Args)]
pub struct LoginArgs {
    /// App key from the Dropbox App Console (default: the last one used)
    #[arg(long, value_name = "KEY")]
    pub app_key: Option<String>,

    /// Print the page’s address instead of opening it
    #[arg(long)]
    pub no_browser: bool,

    #[command(flatten)]
    pub common: CommonArgs,
}

#[derive(Args)]
pub struct LogoutArgs {
    #[command(flatten)]
    pub dry_run: DryRun,
    #[command(flatten)]
    pub common: CommonArgs,
}
