//! Markdown, read once into blocks and drawn block by block; what is out of sight is not laid out. Pictures of the
//! network are never loaded: their descriptions stand in their places.

mod code;
mod draw;
mod inline;
mod links;
mod parse;
mod picture;
mod table;
mod words;

use coffer_model::MarkdownPreview;
use coffer_model::markdown::MarkdownPicture;
use coffer_model::preview::TextClass;
pub(super) use draw::markdown_ui;
pub use draw::{BlockArea, block_ui, document_ui, gap_before, guessed_height};
use egui::Align;
use inline::Inline;
pub use links::LinkTarget;
use std::ops::Range;
use std::sync::Arc;

/// A text as blocks from top to bottom; lists and quotes are blocks that are indented.
#[derive(Debug, Default, PartialEq)]
pub struct Document {
    pub blocks: Vec<Block>,
}

impl Document {
    /// A text alone: its pictures are their descriptions, its code has no colours.
    pub fn parse(source: &str) -> Self {
        Self::read(&source.into())
    }

    pub(super) fn read(text: &MarkdownPreview) -> Self {
        parse::document(text)
    }

    /// With its footnotes below a line at the end, wherever they are written.
    pub(super) fn with_footnotes_last(mut self) -> Self {
        self.blocks.sort_by_key(|block| block.footnote);
        let first = self.blocks.partition_point(|block| block.footnote.is_none());
        if let Some(note) = self.blocks.get(first) {
            let source = note.source.start..note.source.start;
            let line = Block {
                source,
                list_depth: 0,
                quote_depth: 0,
                footnote: None,
                marker: None,
                body: BlockBody::Rule,
            };
            self.blocks.insert(first, line);
        }
        self
    }
}

/// What one place that shows a text remembers.
pub struct DocumentUiState {
    document: Arc<Document>,
    /// The heights of blocks that were drawn once, for `width`.
    heights: Vec<Option<f32>>,
    width: f32,
    /// The block that is to be scrolled to.
    jump: Option<usize>,
}

impl DocumentUiState {
    pub fn new(text: &MarkdownPreview) -> Self {
        let document = Document::read(text).with_footnotes_last();
        let heights = vec![None; document.blocks.len()];
        Self { document: document.into(), heights, width: 0.0, jump: None }
    }
}

#[derive(Debug, PartialEq)]
pub struct Block {
    /// Its bytes in the source, from its first one to the last of its words.
    pub source: Range<usize>,
    /// Depth in lists and in quotes.
    pub list_depth: usize,
    pub quote_depth: usize,
    /// The number of the footnote that it is a part of.
    pub(super) footnote: Option<u64>,
    /// What stands before the first block of a list item or footnote.
    pub(super) marker: Option<Marker>,
    pub(super) body: BlockBody,
}

#[derive(Debug, PartialEq)]
pub(super) enum BlockBody {
    /// Level 1 to 6.
    Heading(u8, Inline),
    Paragraph(Inline),
    Code(Code),
    Picture(ShownPicture),
    Table(Table),
    Rule,
}

/// Source, or what is not to be wrapped at words.
#[derive(Debug, PartialEq)]
pub(super) struct Code {
    pub text: String,
    /// Byte ranges of `text`, in order, without overlaps.
    pub spans: Vec<(Range<usize>, TextClass)>,
}

#[derive(Debug, PartialEq)]
pub(super) struct ShownPicture {
    pub description: String,
    pub picture: MarkdownPicture,
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
    /// Of each column.
    pub alignments: Vec<Align>,
}
