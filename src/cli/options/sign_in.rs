//! `account`, `login` and `logout`.

use super::{Common, DryRun};
use clap::Args;

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
