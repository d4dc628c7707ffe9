//! Markdown, read once into blocks and drawn block by block; what is out of sight is not laid out. Pictures that a
//! text points to are never loaded, from nowhere: their descriptions stand in their places.

mod draw;
mod inline;
mod parse;
mod table;

pub use draw::markdown_ui;
use inline::Inline;

/// A text as blocks from top to bottom; lists and quotes are told by how far a block is moved in.
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
    /// Depth in lists and in quotes.
    pub list_depth: usize,
    pub quote_depth: usize,
    /// What stands before the first block of a list item.
    pub marker: Option<Marker>,
    pub body: Body,
}

#[derive(Debug, PartialEq)]
pub enum Body {
    /// Level 1 to 6.
    Heading(u8, Inline),
    Paragraph(Inline),
    Code(String),
    Table(Table),
    Rule,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Marker {
    Bullet,
    Number(u64),
    Task { done: bool },
}

#[derive(Debug, Default, PartialEq)]
pub struct Table {
    pub head: Vec<Inline>,
    pub rows: Vec<Vec<Inline>>,
    /// Columns of numbers stand right.
    pub right: Vec<bool>,
}
