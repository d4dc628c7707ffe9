//! From Markdown (the common kind) with tables, task lists and strikethrough to blocks. Pure.

use super::inline::{Inline, InlineStyle};
use super::{Block, BlockBody, Code, Document, LinkTarget, Marker, ShownPicture, Table};
use coffer_model::MarkdownPreview;
use coffer_model::markdown::{MarkdownPicture, read_markdown};
use coffer_texts::tr;
use egui::Align;
use pulldown_cmark::{Alignment, Event, Tag, TagEnd};
use std::ops::Range;

pub(super) fn document(text: &MarkdownPreview) -> Document {
    let mut builder = DocumentBuilder { text: text.clone(), ..DocumentBuilder::default() };
    for (event, source) in read_markdown(&text.source) {
        let start = source.start;
        builder.record_source(&event, source);
        builder.handle(event, start);
    }
    builder.finish()
}

#[derive(Default)]
struct DocumentBuilder {
    text: MarkdownPreview,
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
    code: Option<Code>,
    table: Option<Table>,
    row: Vec<Inline>,
    /// Where the links around began, and where they go.
    links: Vec<(usize, String)>,
    /// Inside the description of a picture that is not shown.
    picture_depth: usize,
    /// One that is shown, with what was gathered before its description.
    picture: Option<(MarkdownPicture, Inline)>,
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

    /// `at` is where the event begins in the source.
    fn handle(&mut self, event: Event<'_>, at: usize) {
        match event {
            Event::Start(tag) => self.start(tag, at),
            Event::End(tag) => self.end(tag),
            Event::Text(text) | Event::Html(text) => self.text(&text),
            Event::Code(text) | Event::InlineMath(text) | Event::DisplayMath(text) => {
                let style = InlineStyle { code: true, ..self.style };
                self.inline.push(&text, style);
            }
            Event::InlineHtml(tag) => match tag.to_ascii_lowercase().as_str() {
                "<b>" | "<strong>" => self.style.strong = true,
                "</b>" | "</strong>" => self.style.strong = false,
                "<i>" | "<em>" => self.style.emphasis = true,
                "</i>" | "</em>" => self.style.emphasis = false,
                tag if tag.starts_with("<br") => self.inline.push_break(self.style),
                _ => {}
            },
            Event::SoftBreak => self.inline.push(" ", self.style),
            Event::HardBreak => self.inline.push_break(self.style),
            Event::Rule => self.push(BlockBody::Rule),
            Event::TaskListMarker(done) => self.marker = Some(Marker::Task { done }),
            Event::FootnoteReference(name) => {
                let number = self.footnote_number(&name);
                let style = InlineStyle { strong: true, ..self.style };
                self.inline.push_link(&raised(number), style, LinkTarget::Footnote(number));
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
            Some(code) => code.text.push_str(text),
            None => self.inline.push(text, self.style),
        }
    }

    fn start(&mut self, tag: Tag<'_>, at: usize) {
        match tag {
            Tag::Heading { level, .. } => self.heading = Some(level as u8),
            Tag::CodeBlock(_) | Tag::HtmlBlock | Tag::MetadataBlock(_) => {
                self.flush();
                let colors = self.text.code.iter().find(|colors| colors.start == at);
                let spans = colors.map(|colors| colors.spans.clone()).unwrap_or_default();
                self.code = Some(Code { text: String::new(), spans });
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
            Tag::Image { dest_url, .. } => {
                // A picture in a cell of a table is its description.
                let shown = self.text.picture(&dest_url).filter(|_| self.table.is_none());
                if let Some(picture) = shown.filter(|_| self.picture.is_none() && self.picture_depth == 0) {
                    self.picture = Some((picture.clone(), std::mem::take(&mut self.inline)));
                    return;
                }
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
                if let Some(mut code) = self.code.take() {
                    code.text.truncate(code.text.trim_end_matches('\n').len());
                    self.push(BlockBody::Code(code));
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
                self.link_back();
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
                    let range = start.min(self.inline.text.len())..self.inline.text.len();
                    self.inline.links.push((range, LinkTarget::Address(url)));
                }
            }
            TagEnd::Image if self.picture_depth == 0 => {
                let Some((picture, before)) = self.picture.take() else { return };
                let description = std::mem::replace(&mut self.inline, before).text;
                // A picture is a block of its own, between the words before and after it.
                let heading = self.heading;
                self.flush();
                self.heading = heading;
                self.push(BlockBody::Picture(ShownPicture { description, picture }));
                for (start, _) in &mut self.links {
                    *start = 0;
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

    /// Below a footnote one gets back to where the text refers to it.
    fn link_back(&mut self) {
        let last = self.document.blocks.last_mut().filter(|block| block.footnote == self.footnote);
        if let (Some(Block { body: BlockBody::Paragraph(inline), .. }), Some(number)) = (last, self.footnote)
        {
            inline.push(" ", InlineStyle::default());
            inline.push_link("↑", InlineStyle::default(), LinkTarget::Reference(number));
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
    use crate::ui::preview::markdown::{BlockBody, Document, LinkTarget, Marker};
    use coffer_model::MarkdownPreview;
    use coffer_model::Pixels;
    use coffer_model::markdown::{CodeColors, MarkdownPicture, PictureContent};
    use coffer_model::preview::TextClass;
    use std::sync::Arc;

    /// A line for each block: depth, marker, kind and words.
    fn picture(source: &str) -> Vec<String> {
        let blocks = document(&source.into()).blocks;
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
                BlockBody::Code(code) => format!("code {:?}", code.text),
                BlockBody::Picture(picture) => format!("picture {}", picture.description),
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
        let blocks = Document::parse("| a | b | c |\n|---|:-:|--:|\n| 1 | 2 | 3 |\n").blocks;
        let BlockBody::Table(table) = &blocks[0].body else { panic!("a table") };
        assert_eq!(table.alignments, [Align::Min, Align::Center, Align::Max]);
    }

    #[test]
    fn footnotes_are_numbered_as_the_text_comes_to_them_and_stand_at_the_end() {
        let source = "[^why]: Because.\n\n    And so on.\n\nOne[^how] and two[^why].\n\n[^how]: Slowly.\n";
        let parsed = ["1. Because.", "And so on. ↑", "One² and two¹.", "2. Slowly. ↑"];
        assert_eq!(picture(source).iter().map(|line| line.trim()).collect::<Vec<_>>(), parsed);
        let last = Document::parse(source).with_footnotes_last();
        let numbers: Vec<Option<u64>> = last.blocks.iter().map(|block| block.footnote).collect();
        assert_eq!(numbers, [None, None, Some(1), Some(1), Some(2)]);
        assert_eq!(
            (&last.blocks[1].body, Document::parse("No notes.").with_footnotes_last().blocks.len()),
            (&BlockBody::Rule, 1)
        );
    }

    #[test]
    fn blocks_know_where_they_are_in_the_source() {
        let source = "# Title\n\nTwo\nlines\n\n- one\n  - inner\n- two\n\n```\ncode\n```\n\n---\n\n| a |\n|---|\n| b |\n";
        let blocks = document(&source.into()).blocks;
        let sources: Vec<&str> = blocks.iter().map(|block| source[block.source.clone()].trim()).collect();
        let expected =
            ["# Title", "Two\nlines", "- one", "- inner", "- two", "```\ncode", "---", "| a |\n|---|\n| b"];
        assert_eq!(sources, expected);
    }

    #[test]
    fn a_picture_is_its_description_and_a_link_knows_where_it_goes() {
        let blocks =
            Document::parse("See ![the map](http://example.org/a.png) and [this](https://example.org)")
                .blocks;
        let BlockBody::Paragraph(inline) = &blocks[0].body else { panic!("a paragraph") };
        assert_eq!(inline.text, "See [image: the map] and this");
        assert_eq!(inline.links.len(), 1);
        assert_eq!(&inline.text[inline.links[0].0.clone()], "this");
        assert_eq!(inline.links[0].1, LinkTarget::Address("https://example.org".to_owned()));
    }
    #[test]
    fn a_known_picture_is_a_block_between_the_words_around_it() {
        let pixels = Arc::new(Pixels { width: 1, height: 1, rgba: vec![[0; 4]] });
        let picture = MarkdownPicture {
            destination: "map.png".to_owned(),
            size: Some((400, 300)),
            content: PictureContent::Inside(pixels),
        };
        let source = "Before ![the *map*](map.png) after [![it](map.png) again](map.png).\n\n| ![m](map.png) |\n|---|\n";
        let text = MarkdownPreview { pictures: vec![picture], ..source.into() };
        let blocks = document(&text).blocks;
        let words: Vec<String> = blocks
            .iter()
            .map(|block| match &block.body {
                BlockBody::Paragraph(inline) => inline.text.trim().to_owned(),
                BlockBody::Picture(picture) => format!("<{}>", picture.description),
                BlockBody::Table(table) => table.head[0].text.clone(),
                other => panic!("{other:?}"),
            })
            .collect();
        assert_eq!(words, ["Before", "<the map>", "after", "<it>", "again.", "[image: m]"]);
    }

    #[test]
    fn code_has_the_colours_that_belong_to_its_place() {
        let source = "- one\n\n  ```rust\n  let x;\n  ```\n\n```\nplain\n```\n";
        let colors =
            CodeColors { start: source.find("```rust").unwrap(), spans: vec![(0..3, TextClass::Keyword)] };
        let text = MarkdownPreview { code: vec![colors], ..source.into() };
        let spans: Vec<usize> = document(&text)
            .blocks
            .iter()
            .filter_map(|block| match &block.body {
                BlockBody::Code(code) => Some(code.spans.len()),
                _ => None,
            })
            .collect();
        assert_eq!(spans, [1, 0]);
    }
}
