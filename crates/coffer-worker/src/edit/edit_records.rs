//! What is kept of edits that take several steps. Paths start in the team space `path_root`; none: in the person’s own
//! folder.

use serde::{Deserialize, Serialize};

/// Renames that go through temporary names. If they stopped half-way, items would have names that nobody has chosen.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(super) struct RenameRecord {
    pub account: String,
    #[serde(default)]
    pub path_root: Option<String>,
    #[serde(flatten)]
    pub first: RenameItem,
    /// Those that are renamed together with it; records of older versions have none.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub others: Vec<RenameItem>,
}

impl RenameRecord {
    pub(super) fn items(&self) -> impl Iterator<Item = &RenameItem> {
        std::iter::once(&self.first).chain(&self.others)
    }
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(super) struct RenameItem {
    pub item_id: String,
    /// Where it was; records of older versions do not say.
    #[serde(default)]
    pub from: Option<String>,
    pub temporary: String,
    pub to: String,
}

/// A folder that is moved or copied in parts: its contents are in two places. Ids stay the same when somebody moves or
/// renames one of them. Records of older versions have no more than the ids.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(super) struct SplitFolder {
    pub is_copy: bool,
    pub from_id: String,
    pub into_id: String,
    #[serde(default)]
    pub account: String,
    #[serde(default)]
    pub path_root: Option<String>,
    /// Where it was when that began.
    #[serde(default)]
    pub from: String,
    /// The edit has ended in part, and the history has what it did; otherwise the program was killed.
    #[serde(default)]
    pub is_recorded: bool,
    /// The person has heard what is where.
    #[serde(default)]
    pub is_told: bool,
}

/// Files that are replaced by others: they are deleted first. If that stopped half-way, they would only be among the deleted
/// files.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(super) struct ReplacementRecord {
    pub account: String,
    pub path_root: Option<String>,
    /// The items are copied instead of moved.
    pub is_copy: bool,
    pub items: Vec<ReplacementItem>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(super) struct ReplacementItem {
    pub item_id: String,
    pub from: String,
    pub to: String,
    /// What has the name `to` until then.
    pub replaced: String,
    pub replaced_rev: String,
}

/// What is brought back of a folder: every step, from before the first one until after the last. A step says what is at its
/// place when it is done, so whoever goes on can see which ones are.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(super) struct BringBackRecord {
    pub account: String,
    pub path_root: Option<String>,
    pub folder: String,
    pub at_millis: i64,
    /// Paths of then that are wanted; none: everything in the folder.
    #[serde(default)]
    pub items: Vec<String>,
    #[serde(default)]
    pub left_out: Vec<String>,
    /// When it was begun.
    pub begun_millis: i64,
    /// The new folder that was asked for, whose name may have got a number.
    #[serde(default)]
    pub beside: Option<String>,
    /// The same of the folder into which what was made since is moved.
    #[serde(default)]
    pub aside: Option<String>,
    /// Its number in the history, which is given out before the first step: so it is there once, however often it is ended.
    pub operation: Option<i64>,
    pub steps: BringBackSteps,
}

/// What is to be there in the end. Of each file and folder either nothing was at its place before the first step, or what is
/// replaced.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub(super) struct BringBackSteps {
    /// Everything comes into this folder.
    pub target: String,
    /// But what was made since comes into this one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub aside: Option<String>,
    pub moves: Vec<MoveStep>,
    pub folders: Vec<String>,
    pub files: Vec<FileStep>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(super) struct MoveStep {
    pub item_id: String,
    pub is_folder: bool,
    /// Where it was before the first step.
    pub from: String,
    /// Where it is when the folders around it are back.
    pub before: String,
    pub to: String,
    /// Another item has its place and waits for it, so it goes here first.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub temporary: Option<TemporaryPlace>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(super) struct TemporaryPlace {
    /// Where the item was before it went there.
    pub from: String,
    pub path: String,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(super) struct FileStep {
    pub path: String,
    pub rev: String,
    pub content_hash: Option<String>,
    /// The revision that is at the path until then.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub replaced: Option<String>,
    /// A file that has the content now: a copy costs less than a restore.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub copied_from: Option<String>,
}
