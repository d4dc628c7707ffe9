//! How a comparison is looked at: chosen once, the same for every comparison.

use serde::{Deserialize, Serialize};

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct ComparisonView {
    pub lines: LineLayout,
    pub pictures: PictureLayout,
    /// Tables are shown as cells, and Markdown as blocks, rather than as lines.
    pub is_rendered: bool,
    /// Lines that differ in white space alone are taken for the same. It is not kept: whoever has forgotten it would miss
    /// differences.
    #[serde(skip)]
    pub ignores_space: bool,
}

/// Where the lines of two texts are.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LineLayout {
    #[default]
    SideBySide,
    /// Below each other: removed lines before those that were added in their place.
    Unified,
}

/// Where two pictures are.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PictureLayout {
    #[default]
    SideBySide,
    /// One over the other, up to a line that is dragged.
    Swipe,
    /// One through the other.
    OnionSkin,
    /// Only what differs.
    Difference,
}
