//! Where a person was in an account when the program ended: the tabs, the tree, and where items were moved to. The file is
//! readable; what of it cannot be used is left out.

use super::{RemotePath, Sort, SpacePart};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// The places of each account, by what the settings call it.
pub type AccountPlaces = BTreeMap<String, Places>;

#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Places {
    /// Which of the tabs is shown, counted from 0.
    pub shown: usize,

    /// The folders that are unfolded in the tree.
    pub unfolded: Vec<RemotePath>,

    /// The folders that items were moved or copied into by choosing one, the latest first.
    pub targets: Vec<RemotePath>,

    /// From left to right.
    pub tabs: Vec<SavedLocation>,

    /// The transfers that are done, the latest first.
    pub finished: Vec<FinishedTransfer>,

    /// The pane beside the active one, which has the tab that is shown.
    pub other_pane: Option<SavedPane>,
}

/// The pane that is not active.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct SavedPane {
    pub is_left: bool,
    #[serde(flatten)]
    pub location: SavedLocation,
}

/// The location of a tab.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "location", rename_all = "snake_case")]
pub enum SavedLocation {
    Folder {
        folder: RemotePath,
    },
    Past {
        folder: RemotePath,
        /// As 2026-03-12T14:00:00Z.
        at: String,
    },
    Deleted,
    Links,
    Changes,
    Activity,
    Duplicates {
        folder: RemotePath,
    },
    Search {
        query: String,
        sort: Option<Sort>,
    },
    Space {
        folder: RemotePath,
        part: SpacePart,
    },
    /// One of a newer version.
    #[serde(other)]
    Unknown,
}

/// What is kept of a transfer that is done.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct FinishedTransfer {
    /// As the list shows it, and where it came from and went to, in words.
    pub title: String,
    pub origin: String,
    pub target: String,

    /// As 2026-03-12T14:00:00Z.
    pub at: String,
    pub files: u64,
    pub bytes: u64,
    pub skipped: u64,
    pub items: TransferredItems,
}

/// Where the items of a transfer are.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "on", rename_all = "snake_case")]
pub enum TransferredItems {
    /// Uploaded.
    Remote {
        folder: RemotePath,
        /// Those right in the folder.
        items: Vec<RemotePath>,
        /// The team space from which these paths start.
        path_root: Option<String>,
    },
    /// Downloaded: the item, or the folder with all of them. `None` where its path is no text.
    Local { path: Option<String> },
}
