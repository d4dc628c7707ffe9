//! Commands for what Coffer has done: `history`, `undo`.

use super::{CommonArgs, DryRun};
use clap::Args;

#[derive(Args)]
#[command(
    after_help = "What Coffer has changed on this computer, in the window and by commands, is kept for 90 days.\n\nExamples:\n  coffer history --limit 10\n  coffer history --find budget"
)]
pub struct HistoryArgs {
    /// Only what has to do with items or folders of this name
    #[arg(long, value_name = "TEXT")]
    pub find: Option<String>,

    /// Show at most so many, the latest
    #[arg(long, value_name = "N")]
    pub limit: Option<usize>,

    #[command(flatten)]
    pub common: CommonArgs,
}

#[derive(Args)]
#[command(
    after_help = "Nothing is undone of items that have changed since; you are told which and why.\n\nExamples:\n  coffer undo          undo what was done last\n  coffer undo 41       undo what has this number in: coffer history\n  coffer undo --redo   do again what was undone last"
)]
pub struct UndoArgs {
    /// The number that `coffer history` shows (default: what was done last)
    #[arg(value_name = "N")]
    pub number: Option<i64>,

    /// Do again what was undone
    #[arg(long)]
    pub redo: bool,

    #[command(flatten)]
    pub dry_run: DryRun,
    #[command(flatten)]
    pub common: CommonArgs,
}
