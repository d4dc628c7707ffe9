//! How much space a folder takes, and what takes it.

use super::{Entry, FileKind, FolderTotals, RemotePath};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

/// What a view of the space of a folder shows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SpacePart {
    /// What is large, folder by folder.
    #[default]
    Map,
    LargestFiles,
    OldestFiles,
    Kinds,
}

/// What is large below a folder: as much of it as a picture can show.
#[derive(Clone, Debug, PartialEq)]
pub struct SpaceMap {
    pub folder: RemotePath,
    pub totals: FolderTotals,
    /// What is in the folder itself, the largest first.
    pub blocks: Vec<SpaceBlock>,
}

/// A part of a map: an item, or what is too small to be seen alone.
#[derive(Clone, Debug, PartialEq)]
pub struct SpaceBlock {
    pub content: BlockContent,
    pub bytes: u64,
    /// When the latest file in it was changed, where that is known.
    pub newest: Option<Timestamp>,
    /// What is in a folder, the largest first; nothing where the map does not go on.
    pub blocks: Vec<SpaceBlock>,
}

#[derive(Clone, Debug, PartialEq)]
pub enum BlockContent {
    Item(Entry),
    /// So many files, of a folder and those of its folders that are too small.
    SmallerFiles(u64),
}

impl SpaceBlock {
    pub fn entry(&self) -> Option<&Entry> {
        match &self.content {
            BlockContent::Item(entry) => Some(entry),
            BlockContent::SmallerFiles(_) => None,
        }
    }
}

impl SpaceMap {
    /// All items in it, those in the folder itself first, and then level by level.
    pub fn items(&self) -> Vec<Entry> {
        let mut items = Vec::new();
        let mut level: Vec<&SpaceBlock> = self.blocks.iter().collect();
        while !level.is_empty() {
            items.extend(level.iter().filter_map(|block| block.entry().cloned()));
            level = level.into_iter().flat_map(|block| &block.blocks).collect();
        }
        items
    }
}

/// What is below a folder, by kinds of files, and which of them stand out.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct FolderSummary {
    pub folder: RemotePath,
    /// The kind that takes most first.
    pub kinds: Vec<KindTotals>,
    pub largest: Vec<Entry>,
    pub newest: Vec<Entry>,
    pub oldest: Vec<Entry>,
}

/// The files of one kind.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct KindTotals {
    pub kind: FileKind,
    pub files: u64,
    pub bytes: u64,
}
