//! From Markdown (the common kind) with tables, task lists and strikethrough to blocks. Pure.

use super::inline::{Inline, InlineStyle};
use super::{Block, BlockBody, Document, Marker, Table};
use coffer_texts::tr;
use egui::Align;
use pulldown_cmark::{Alignment, Event, Options, Parser, Tag, TagEnd};
use std::ops::Range;

pub(super) fn document(source: &str) -> Document {
    let options = Options::ENABLE_TABLES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_YAML_STYLE_METADATA_BLOCKS;
    let mut builder = DocumentBuilder::default();
    for (event, source) in Parser::new_ext(source, options).into_offset_iter() {
        builder.record_source(&event, source);
        builder.handle(event);
    }
    builder.finish()
}

#[derive(Default)]
struct DocumentBuilder {
    document: Document,
    inline: Inline,
    style: InlineStyle,
    /// Numbers of the lists around; `None` for bullets.
    lists: Vec<Option<u64>>,
    quote_depth: usize,
    /// The names of footnotes in the order of their numbers, and the number of the one that is gathered.
    footnotes: Vec<String>,
    footnote: Option<u64>,
    marker: Option<Marker>,
    heading: Option<u8>,
    code: Option<String>,
    table: Option<Table>,
    row: Vec<Inline>,
    /// Where the links around began, and where they go.
    links: Vec<(usize, String)>,
    /// Inside the description of a picture.
    picture_depth: usize,
    /// Where the block that is gathered begins in the source, and where its last word ends.
    source_start: Option<usize>,
    source_end: usize,
}

impl DocumentBuilder {
    fn record_source(&mut self, event: &Event<'_>, source: Range<usize>) {
        match event {
            Event::Start(
                Tag::Paragraph
                | Tag::Heading { .. }
                | Tag::CodeBlock(_)
                | Tag::HtmlBlock
                | Tag::MetadataBlock(_)
                | Tag::Table(_)
                | Tag::Item,
            ) => {
                self.source_start.get_or_insert(source.start);
                self.source_end = self.source_end.max(source.start);
            }
            Event::Start(_) | Event::End(_) => {}
            _ => {
                self.source_start.get_or_insert(source.start);
                self.source_end = source.end;
            }
        }
    }

    fn handle(&mut self, event: Event<'_>) {
        match event {
            Event::Start(tag) => self.start(tag),
            Event::End(tag) => self.end(tag),
            Event::Text(text) | Event::Html(text) => self.text(&text),
            Event::Code(text) | Event::InlineMath(text) | Event::DisplayMath(text) => {
                let style = InlineStyle { code: true, ..self.style };
                self.inline.push(&text, style);
            }
            Event::InlineHtml(tag) => {
                if tag.trim_start_matches('<').to_ascii_lowercase().starts_with("br") {
                    self.inline.push_break(self.style);
                }
            }
            Event::SoftBreak => self.inline.push(" ", self.style),
            Event::HardBreak => self.inline.push_break(self.style),
            Event::Rule => self.push(BlockBody::Rule),
            Event::TaskListMarker(done) => self.marker = Some(Marker::Task { done }),
            Event::FootnoteReference(name) => {
                let number = self.footnote_number(&name);
                self.inline.push(&raised(number), InlineStyle { strong: true, ..self.style });
            }
        }
    }

    /// Footnotes are numbered as the text comes to them, whatever they are called.
    fn footnote_number(&mut self, name: &str) -> u64 {
        let known = self.footnotes.iter().position(|known| known == name);
        let index = known.unwrap_or_else(|| {
            self.footnotes.push(name.to_owned());
            self.footnotes.len() - 1
        });
        index as u64 + 1
    }

    fn text(&mut self, text: &str) {
        match &mut self.code {
            Some(code) => code.push_str(text),
            None => self.inline.push(text, self.style),
        }
    }

    fn start(&mut self, tag: Tag<'_>) {
        match tag {
            Tag::Heading { level, .. } => self.heading = Some(level as u8),
            Tag::CodeBlock(_) | Tag::HtmlBlock | Tag::MetadataBlock(_) => {
                self.flush();
                self.code = Some(String::new());
            }
            Tag::BlockQuote(_) => {
                self.flush();
                self.quote_depth += 1;
            }
            Tag::List(first) => {
                self.flush();
                self.lists.push(first);
            }
            Tag::FootnoteDefinition(name) => {
                self.flush();
                let number = self.footnote_number(&name);
                self.footnote = Some(number);
                self.lists.push(None);
                self.marker = Some(Marker::Number(number));
            }
            Tag::Item => {
                self.marker = Some(match self.lists.last_mut() {
                    Some(Some(number)) => {
                        *number += 1;
                        Marker::Number(*number - 1)
                    }
                    _ => Marker::Bullet,
                });
            }
            Tag::Table(alignments) => {
                let align = |alignment: &Alignment| match alignment {
                    Alignment::None | Alignment::Left => Align::Min,
                    Alignment::Center => Align::Center,
                    Alignment::Right => Align::Max,
                };
                let alignments = alignments.iter().map(align).collect();
                self.table = Some(Table { alignments, ..Table::default() });
            }
            Tag::Emphasis => self.style.emphasis = true,
            Tag::Strong => self.style.strong = true,
            Tag::Strikethrough => self.style.strikethrough = true,
            Tag::Link { dest_url, .. } => {
                self.style.link = true;
                self.links.push((self.inline.text.len(), dest_url.into_string()));
            }
            Tag::Image { .. } => {
                self.picture_depth += 1;
                self.style.emphasis = true;
                self.inline.push(&format!("[{}: ", tr!("markdown-image")), self.style);
            }
            _ => {}
        }
    }

    fn end(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::Paragraph | TagEnd::Heading(_) | TagEnd::Item => self.flush(),
            TagEnd::CodeBlock | TagEnd::HtmlBlock | TagEnd::MetadataBlock(_) => {
                if let Some(code) = self.code.take() {
                    self.push(BlockBody::Code(code.trim_end_matches('\n').to_owned()));
                }
            }
            TagEnd::BlockQuote(_) => {
                self.flush();
                self.quote_depth = self.quote_depth.saturating_sub(1);
            }
            TagEnd::List(_) => {
                self.lists.pop();
            }
            TagEnd::FootnoteDefinition => {
                self.flush();
                self.lists.pop();
                self.footnote = None;
                self.marker = None;
            }
            TagEnd::TableCell => {
                let cell = std::mem::take(&mut self.inline);
                self.row.push(cell);
            }
            TagEnd::TableHead | TagEnd::TableRow => {
                let row = std::mem::take(&mut self.row);
                if let Some(table) = &mut self.table {
                    if tag == TagEnd::TableHead { table.head = row } else { table.rows.push(row) }
                }
            }
            TagEnd::Table => {
                if let Some(table) = self.table.take() {
                    self.push(BlockBody::Table(table));
                }
            }
            TagEnd::Emphasis => self.style.emphasis = false,
            TagEnd::Strong => self.style.strong = false,
            TagEnd::Strikethrough => self.style.strikethrough = false,
            TagEnd::Link => {
                self.style.link = false;
                if let Some((start, url)) = self.links.pop() {
                    self.inline.links.push((start..self.inline.text.len(), url));
                }
            }
            TagEnd::Image => {
                self.inline.push("]", self.style);
                self.picture_depth -= 1;
                self.style.emphasis = self.picture_depth > 0;
            }
            _ => {}
        }
    }

    /// Ends the words that were gathered.
    fn flush(&mut self) {
        if self.inline.text.trim().is_empty() {
            self.inline = Inline::default();
            return;
        }
        let inline = std::mem::take(&mut self.inline);
        let body = match self.heading.take() {
            Some(level) => BlockBody::Heading(level, inline),
            None => BlockBody::Paragraph(inline),
        };
        self.push(body);
    }

    fn push(&mut self, body: BlockBody) {
        let start = self.source_start.take().unwrap_or(self.source_end);
        self.document.blocks.push(Block {
            source: start..self.source_end.max(start),
            list_depth: self.lists.len(),
            quote_depth: self.quote_depth,
            footnote: self.footnote,
            marker: self.marker.take(),
            body,
        });
    }

    fn finish(mut self) -> Document {
        self.flush();
        self.document
    }
}

/// A number as it stands at the top of a line.
fn raised(number: u64) -> String {
    const DIGITS: [char; 10] = ['⁰', '¹', '²', '³', '⁴', '⁵', '⁶', '⁷', '⁸', '⁹'];
    number.to_string().bytes().map(|digit| DIGITS[usize::from(digit - b'0')]).collect()
}

#[cfg(test)]
mod tests {
    use super::{Align, document};
    use crate::ui::preview::markdown::{BlockBody, Marker};

    /// A line for each block: depth, marker, kind and words.
    fn picture(source: &str) -> Vec<String> {
        let blocks = document(source).blocks;
        let line = |block: &super::Block| {
            let marker = match block.marker {
                None => String::new(),
                Some(Marker::Bullet) => "* ".to_owned(),
                Some(Marker::Number(number)) => format!("{number}. "),
                Some(Marker::Task { done }) => format!("[{}] ", if done { 'x' } else { ' ' }),
            };
            let depth = " ".repeat(block.list_depth) + &">".repeat(block.quote_depth);
            let body = match &block.body {
                BlockBody::Heading(level, inline) => format!("h{level} {}", inline.text),
                BlockBody::Paragraph(inline) => inline.text.clone(),
                BlockBody::Code(code) => format!("code {code:?}"),
                BlockBody::Table(table) => format!("table {}x{}", table.rows.len(), table.head.len()),
                BlockBody::Rule => "rule".to_owned(),
            };
            format!("{depth}{marker}{body}")
        };
        blocks.iter().map(line).collect()
    }

    #[test]
    fn lists_and_quotes_are_told_by_their_depth() {
        let source = "# Title\n\n- one\n  1. inner\n- [x] done\n\n> quoted\n\n---\n";
        assert_eq!(picture(source), ["h1 Title", " * one", "  1. inner", " [x] done", ">quoted", "rule"]);
    }

    #[test]
    fn tables_and_code_are_blocks() {
        let source = "| a | b |\n|---|--:|\n| 1 | 2 |\n\n```rust\nfn main() {}\n```\n";
        assert_eq!(picture(source), ["table 1x2", "code \"fn main() {}\""]);
    }

    #[test]
    fn columns_stand_left_in_the_middle_or_right() {
        let blocks = document("| a | b | c |\n|---|:-:|--:|\n| 1 | 2 | 3 |\n").blocks;
        let BlockBody::Table(table) = &blocks[0].body else { panic!("a table") };
        assert_eq!(table.alignments, [Align::Min, Align::Center, Align::Max]);
    }

    #[test]
    fn footnotes_are_numbered_as_the_text_comes_to_them_and_stand_at_the_end() {
        let source = "[^why]: Because.\n\n    And so on.\n\nOne[^how] and two[^why].\n\n[^how]: Slowly.\n";
        let parsed = ["1. Because.", "And so on.", "One² and two¹.", "2. Slowly."];
        assert_eq!(picture(source).iter().map(|line| line.trim()).collect::<Vec<_>>(), parsed);
        let last = document(source).with_footnotes_last();
        let numbers: Vec<Option<u64>> = last.blocks.iter().map(|block| block.footnote).collect();
        assert_eq!(numbers, [None, None, Some(1), Some(1), Some(2)]);
        assert_eq!(
            (&last.blocks[1].body, document("No notes.").with_footnotes_last().blocks.len()),
            (&BlockBody::Rule, 1)
        );
    }

    #[test]
    fn blocks_know_where_they_are_in_the_source() {
        let source = "# Title\n\nTwo\nlines\n\n- one\n  - inner\n- two\n\n```\ncode\n```\n\n---\n\n| a |\n|---|\n| b |\n";
        let blocks = document(source).blocks;
        let sources: Vec<&str> = blocks.iter().map(|block| source[block.source.clone()].trim()).collect();
        let expected =
            ["# Title", "Two\nlines", "- one", "- inner", "- two", "```\ncode", "---", "| a |\n|---|\n| b"];
        assert_eq!(sources, expected);
    }

    #[test]
    fn a_picture_is_its_description_and_a_link_knows_where_it_goes() {
        let blocks =
            document("See ![the map](http://example.org/a.png) and [this](https://example.org)").blocks;
        let BlockBody::Paragraph(inline) = &blocks[0].body else { panic!("a paragraph") };
        assert_eq!(inline.text, "See [image: the map] and this");
        assert_eq!(inline.links.len(), 1);
        assert_eq!(&inline.text[inline.links[0].0.clone()], "this");
        assert_eq!(inline.links[0].1, "https://example.org");
    }
}
