//! `shared`.

use super::{CommonArgs, DryRun};
use clap::Args;

#[derive(Args)]
#[command(
    after_help = "Examples:\n  coffer shared                          list them\n  coffer shared --add Recipes            add one to your Dropbox\n  coffer shared --remove /Recipes        remove it; its other members keep it"
)]
pub struct SharedArgs {
    /// Add a shared folder to your Dropbox
    #[arg(long, value_name = "NAME", conflicts_with = "remove")]
    pub add: Option<String>,

    /// Remove a shared folder from your Dropbox; its other members keep it
    #[arg(long, value_name = "REMOTE")]
    pub remove: Option<String>,

    #[command(flatten)]
    pub dry_run: DryRun,
    #[command(flatten)]
    pub common: CommonArgs,
}
