//! Commands that ask the index of the account: `find`, `du`, `dupes`, `changes`, `index`.

use super::CommonArgs;
use clap::{Args, ValueEnum};
use coffer_model::RemotePath;
use coffer_model::keep_rule::KeepRule;

/// For commands that ask the index.
#[derive(Args, Clone, Copy, Debug, Default)]
pub struct OfflineArgs {
    /// Answer from what is known already, without asking Dropbox what has changed
    #[arg(long)]
    pub offline: bool,
}

#[derive(Args)]
#[command(after_help = "\
Words are looked for in names and in the names of the folders above, in any order; case and accents don’t matter.
  \"annual report\"    a phrase                 -draft      without this word (after --)
  *.md  IMG_?.jpg    a pattern for the name   in:/Photos  below this folder
  kind:picture       folder, document, text, code, table, pdf, archive, video, audio, other
  ext:jpg,png        size:>100MB  size:1MB..2MB  size:empty
  modified:today     yesterday, this-week, last-month, 2025, 2025-06, 2025-06-30
  before:2025        after:2025-06  since:yesterday  since:2h

Examples:
  coffer find tax kind:pdf modified:last-year
  coffer find 'size:>1GB' --sort size
  coffer find -0 '*.tmp' --in /Work | xargs -0 coffer rm")]
pub struct FindArgs {
    /// Words, patterns and filters; all must hold
    #[arg(value_name = "QUERY", required = true)]
    pub query: Vec<String>,

    /// Look only below this folder
    #[arg(long = "in", value_name = "REMOTE")]
    pub below: Option<String>,

    /// What comes first: the best match, the largest, the latest, or the first by name
    #[arg(long, value_name = "ORDER", default_value = "match")]
    pub sort: FindSort,

    /// Reverse the order
    #[arg(long, short)]
    pub reverse: bool,

    /// Print at most so many
    #[arg(long, value_name = "N")]
    pub limit: Option<usize>,

    /// Show size, date and revision
    #[arg(long, short)]
    pub long: bool,

    /// End each path with a zero byte instead of a line break, for `xargs -0`
    #[arg(long, short = '0', conflicts_with_all = ["long", "json"])]
    pub print0: bool,

    #[command(flatten)]
    pub offline: OfflineArgs,
    #[command(flatten)]
    pub common: CommonArgs,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum FindSort {
    Match,
    Size,
    Date,
    Name,
}

#[derive(Args)]
#[command(
    after_help = "Examples:\n  coffer du -d 1              the folders of the root folder, and the total\n  coffer du -d 1 --sort size  the largest first\n  coffer du --largest 20 /Photos"
)]
pub struct DuArgs {
    /// Folder or file (default: the root folder)
    #[arg(value_name = "REMOTE")]
    pub path: Option<String>,

    /// Show folders down to so many levels; 0 shows the total only
    #[arg(long = "max-depth", short = 'd', value_name = "N")]
    pub depth: Option<usize>,

    /// Show files as well
    #[arg(long, short = 'a')]
    pub files: bool,

    /// The order within each folder
    #[arg(long, value_name = "ORDER", default_value = "name")]
    pub sort: DuSort,

    /// Show exact numbers of bytes
    #[arg(long, short)]
    pub bytes: bool,

    /// Show the N largest files instead
    #[arg(long, value_name = "N", conflicts_with_all = ["depth", "files", "sort"])]
    pub largest: Option<usize>,

    #[command(flatten)]
    pub offline: OfflineArgs,
    #[command(flatten)]
    pub common: CommonArgs,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum DuSort {
    Name,
    Size,
}

#[derive(Args)]
#[command(
    after_help = "Nothing is downloaded: equal files have the same content hash. Nothing is deleted without --delete.\n\nExamples:\n  coffer dupes --min-size 1MB\n  coffer dupes /Photos --keep oldest            show what would be deleted\n  coffer dupes --keep in:/Photos --delete       delete copies that are elsewhere"
)]
pub struct DupesArgs {
    /// Look only below this folder (default: the root folder)
    #[arg(value_name = "REMOTE")]
    pub path: Option<String>,

    /// Leave out smaller files, such as 1MB
    #[arg(long, value_name = "SIZE", value_parser = parse_size)]
    pub min_size: Option<u64>,

    /// Which file of each group to keep: newest, oldest, shortest-path, or in:FOLDER for those in a folder
    #[arg(long, value_name = "RULE", value_parser = parse_rule)]
    pub keep: Option<KeepRule>,

    /// Delete the other files of each group; they can be restored
    #[arg(long, requires = "keep", conflicts_with_all = ["dry_run", "offline"])]
    pub delete: bool,

    /// Don’t ask before deleting
    #[arg(long, short, requires = "delete")]
    pub yes: bool,

    /// Show what would be deleted, and delete nothing (this is the default)
    #[arg(long, short = 'n')]
    pub dry_run: bool,

    #[command(flatten)]
    pub offline: OfflineArgs,
    #[command(flatten)]
    pub common: CommonArgs,
}

fn parse_rule(text: &str) -> Result<KeepRule, String> {
    match text {
        "newest" => Ok(KeepRule::Newest),
        "oldest" => Ok(KeepRule::Oldest),
        "shortest-path" => Ok(KeepRule::ShortestPath),
        _ => match text.strip_prefix("in:") {
            Some(folder) if !folder.is_empty() => Ok(KeepRule::InFolder(RemotePath::new(folder))),
            _ => Err("use newest, oldest, shortest-path or in:FOLDER".to_owned()),
        },
    }
}

fn parse_size(text: &str) -> Result<u64, String> {
    coffer_model::search_query::parse_bytes(text)
        .ok_or_else(|| "use a number such as 500, 20kB or 1.5GB".to_owned())
}

#[derive(Args)]
#[command(
    after_help = "Changes are kept for 90 days, at most 100,000.\n\nExamples:\n  coffer changes --since yesterday\n  coffer changes /Work --since 2h"
)]
pub struct ChangesArgs {
    /// Only below this folder (default: the root folder)
    #[arg(value_name = "REMOTE")]
    pub path: Option<String>,

    /// Since a moment: 30min, 2h, 3d, 1w ago; today, yesterday, last-week; 2025-06-30, 2025-06-30T14:00
    #[arg(long, value_name = "TIME")]
    pub since: Option<String>,

    /// Show at most so many, the latest
    #[arg(long, value_name = "N")]
    pub limit: Option<usize>,

    #[command(flatten)]
    pub offline: OfflineArgs,
    #[command(flatten)]
    pub common: CommonArgs,
}

#[derive(Args)]
#[command(
    after_help = "The index is what Coffer knows of the account: names, sizes and dates, no content. It is brought up to date by every\ncommand that needs it, and may be deleted at any time."
)]
pub struct IndexArgs {
    /// Compare it with the account, folder by folder, count what is in folders anew, and correct what differs
    #[arg(long, conflicts_with_all = ["rebuild", "status"])]
    pub verify: bool,

    /// List the whole account anew
    #[arg(long, conflicts_with = "status")]
    pub rebuild: bool,

    /// Only say how far it is, without asking Dropbox
    #[arg(long)]
    pub status: bool,

    #[command(flatten)]
    pub common: CommonArgs,
}
