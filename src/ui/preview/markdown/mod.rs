//! Markdown, read once into blocks and drawn block by block; what is out of sight is not laid out. Pictures that a
//! text points to are never loaded, from nowhere: their descriptions stand in their places.

mod draw;
mod inline;
mod parse;
mod table;
mod words;

pub(super) use draw::markdown_ui;
pub use draw::{block_ui, gap_before, guessed_height};
use inline::Inline;
use std::ops::Range;

/// A text as blocks from top to bottom; lists and quotes are blocks that are indented.
#[derive(Debug, Default, PartialEq)]
pub struct Document {
    pub blocks: Vec<Block>,
}

impl Document {
    pub fn parse(source: &str) -> Self {
        parse::document(source)
    }
}

#[derive(Debug, PartialEq)]
pub struct Block {
    /// Its bytes in the source, from its first one to the last of its words.
    pub source: Range<usize>,
    /// Depth in lists and in quotes.
    pub list_depth: usize,
    pub quote_depth: usize,
    /// What stands before the first block of a list item.
    pub(super) marker: Option<Marker>,
    pub(super) body: BlockBody,
}

#[derive(Debug, PartialEq)]
pub(super) enum BlockBody {
    /// Level 1 to 6.
    Heading(u8, Inline),
    Paragraph(Inline),
    Code(String),
    Table(Table),
    Rule,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Marker {
    Bullet,
    Number(u64),
    Task { done: bool },
}

#[derive(Debug, Default, PartialEq)]
pub(super) struct Table {
    pub head: Vec<Inline>,
    pub rows: Vec<Vec<Inline>>,
    /// Columns of numbers stand right.
    pub right: Vec<bool>,
}
