//! What is kept of edits that take several steps. Paths start in the team space `path_root`; none: in the person’s own
//! folder.

use serde::{Deserialize, Serialize};

/// A rename that goes through a temporary name. If it stopped half-way, the item would have a name that nobody has chosen.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(super) struct RenameRecord {
    pub account: String,
    #[serde(default)]
    pub path_root: Option<String>,
    pub item_id: String,
    /// Where it was; records of older versions do not say.
    #[serde(default)]
    pub from: Option<String>,
    pub temporary: String,
    pub to: String,
}

/// A folder that is moved or copied in parts: its contents are in two places. Ids stay the same when somebody moves or
/// renames one of them.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(super) struct SplitFolder {
    pub is_copy: bool,
    pub from_id: String,
    pub into_id: String,
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
