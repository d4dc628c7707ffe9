//! The first lines of a text as a small sheet of paper, written as an SVG picture.

use super::document_pages::DocumentPages;
use super::svg::{self, Drawing};
use coffer_model::Pixels;
use coffer_model::markdown::{MarkdownPreview, read_markdown};
use coffer_model::preview::{PagePart, TextClass, TextPreview};
use pulldown_cmark::{Event, Tag, TagEnd};
use std::fmt::Write;

const WIDTH: f32 = 300.0;
const HEIGHT: f32 = 400.0;
const MARGIN: f32 = 22.0;

/// About as many letters of this size as a line has.
const SOURCE_LETTERS: usize = 38;
const WORD_LETTERS: usize = 42;

const INK: &str = "#3a403d";

/// Lines as they are in the file, in the colours of source.
pub(crate) fn of_text(text: &TextPreview, side: u32) -> Option<Pixels> {
    let mut sheet = TextSheet::default();
    for (index, start) in text.line_starts.iter().enumerate() {
        let end = text.line_starts.get(index + 1).copied().unwrap_or(text.text.len());
        let line = text.text.get(*start..end)?;
        // What is beyond the edge is not drawn.
        let shown = line.char_indices().nth(SOURCE_LETTERS).map_or(line.trim_end().len(), |(at, _)| at);
        let mut at = *start;
        let end = start + shown.min(line.trim_end().len());
        let first = text.spans.partition_point(|(range, _)| range.end <= at);
        let mut pieces = Vec::new();
        for (range, class) in text.spans[first..].iter().take_while(|(range, _)| range.start < end) {
            pieces.push((at..range.start.max(at), INK));
            pieces.push((range.start.max(at)..range.end.min(end), color_of(*class)));
            at = range.end.min(end);
        }
        pieces.push((at..end, INK));
        let pieces: Vec<(&str, &str)> =
            pieces.into_iter().filter_map(|(range, color)| Some((text.text.get(range)?, color))).collect();
        if !sheet.line(&pieces, LineStyle { font: "Hack", size: 11.0, weight: 400 }) {
            break;
        }
    }
    sheet.draw(side)
}

/// Headings, words and code of the beginning.
pub(crate) fn of_markdown(text: &MarkdownPreview, side: u32) -> Option<Pixels> {
    let mut sheet = TextSheet::default();
    let (mut words, mut style) = (String::new(), WORDS);
    for (event, _) in read_markdown(&text.source) {
        match event {
            Event::Start(Tag::Heading { level, .. }) => {
                let points = if level as usize == 1 { 20.0 } else { 16.0 };
                style = LineStyle { font: "Inter", size: points, weight: 600 };
            }
            Event::Start(Tag::CodeBlock(_)) => style = LineStyle { font: "Hack", size: 11.0, weight: 400 },
            Event::Start(Tag::Item) => words.push_str("• "),
            Event::Text(part) | Event::Code(part) => words.push_str(&part),
            Event::SoftBreak | Event::HardBreak | Event::End(TagEnd::TableCell) => words.push(' '),
            Event::End(
                TagEnd::Paragraph
                | TagEnd::Heading(_)
                | TagEnd::Item
                | TagEnd::CodeBlock
                | TagEnd::TableHead
                | TagEnd::TableRow,
            ) => {
                let letters = (WORD_LETTERS as f32 * WORDS.size / style.size) as usize;
                let lines = words.lines().flat_map(|line| wrapped(line, letters));
                let fits = lines.into_iter().all(|line| sheet.line(&[(line, INK)], style));
                if !words.trim().is_empty() {
                    sheet.y += 5.0;
                }
                (words, style) = (String::new(), WORDS);
                if !fits {
                    break;
                }
            }
            _ => {}
        }
    }
    sheet.draw(side)
}

const WORDS: LineStyle = LineStyle { font: "Inter", size: 12.5, weight: 400 };

#[derive(Clone, Copy)]
struct LineStyle {
    font: &'static str,
    size: f32,
    weight: u32,
}

/// A paragraph in lines of so many letters at most.
fn wrapped(text: &str, letters: usize) -> Vec<&str> {
    let mut lines = Vec::new();
    let mut rest = text.trim_end();
    while let Some((end, _)) = rest.char_indices().nth(letters.max(1)) {
        let cut = rest[..end].rfind(' ').filter(|cut| *cut > 0).unwrap_or(end);
        lines.push(&rest[..cut]);
        rest = rest[cut..].trim_start();
    }
    lines.push(rest);
    lines
}

#[derive(Default)]
struct TextSheet {
    inside: String,
    /// Below the last line.
    y: f32,
    has_words: bool,
}

impl TextSheet {
    /// Adds a line of pieces with their colours. Answers whether there is room for another.
    fn line(&mut self, pieces: &[(&str, &str)], style: LineStyle) -> bool {
        let LineStyle { font, size, weight } = style;
        self.y += size * 1.4;
        if self.y > HEIGHT - 2.0 * MARGIN {
            return false;
        }
        // What is written into a text can’t fail.
        let _ = write!(
            self.inside,
            "<text x='{MARGIN}' y='{}' font-family='{font}' font-size='{size}' font-weight='{weight}' \
             xml:space='preserve'>",
            MARGIN + self.y
        );
        for (text, color) in pieces.iter().filter(|(text, _)| !text.is_empty()) {
            let text = escaped(text);
            self.has_words |= !text.trim().is_empty();
            let _ = write!(self.inside, "<tspan fill='{color}'>{text}</tspan>");
        }
        self.inside.push_str("</text>");
        true
    }

    /// `None` for a sheet that would be empty.
    fn draw(self, side: u32) -> Option<Pixels> {
        if !self.has_words {
            return None;
        }
        let page = format!(
            "<svg xmlns='http://www.w3.org/2000/svg' width='{WIDTH}' height='{HEIGHT}'>\
             <rect width='100%' height='100%' fill='#fff'/>{}</svg>",
            self.inside
        );
        let mut drawing: Drawing = svg::read(page.as_bytes()).ok()?;
        let page_width = (side as f32 * WIDTH / HEIGHT) as u32;
        drawing.draw(PagePart { page: 0, page_width, column: 0, row: 0 })
    }
}

fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '\t' => escaped.push_str("    "),
            // Not allowed in XML.
            _ if character.is_control() || matches!(character, '\u{fffe}' | '\u{ffff}') => escaped.push(' '),
            _ => escaped.push(character),
        }
    }
    escaped
}

/// Of source on white paper, whatever the theme.
fn color_of(class: TextClass) -> &'static str {
    match class {
        TextClass::Comment | TextClass::Punctuation => "#7b827f",
        TextClass::Keyword => "#8a3fa0",
        TextClass::String => "#267344",
        TextClass::Number => "#a04a12",
        TextClass::Function => "#235fa3",
        TextClass::Type => "#0f6c7e",
        TextClass::Tag | TextClass::Heading => "#b3372e",
    }
}

#[cfg(test)]
mod tests {
    use super::{of_markdown, of_text, wrapped};
    use crate::preview::text;
    use coffer_model::PreviewKind;
    use coffer_model::preview::PreviewBody;

    fn page(name: &str, source: &str) -> Option<coffer_model::Pixels> {
        match text::body(name, PreviewKind::Text, source.as_bytes(), None) {
            PreviewBody::Text(text) => of_text(&text, 256),
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn a_page_has_ink_where_there_are_words() {
        let dark = |pixels: &coffer_model::Pixels| pixels.rgba.iter().filter(|pixel| pixel[1] < 160).count();
        let short = page("a.txt", "One line").unwrap();
        assert_eq!((short.width, short.height), (192, 256));
        let long = page("a.txt", &"One line <&> of many\n".repeat(500)).unwrap();
        assert!(dark(&short) > 20 && dark(&long) > 10 * dark(&short), "{} {}", dark(&short), dark(&long));
        let below =
            |pixels: &coffer_model::Pixels| pixels.rgba[250 * 192..].iter().all(|pixel| *pixel == [255; 4]);
        assert!(below(&long), "the margin is free");
        assert!(page("a.txt", " \n\u{1b}\n").is_none(), "an empty sheet tells nothing");
        assert!(of_markdown(&"# Title\n\n- one\n\n```\ncode\n```\n".into(), 256).is_some());
    }

    #[test]
    fn source_is_coloured() {
        let is_green = |pixel: &[u8; 4]| {
            let [red, green, blue, _] = pixel.map(i16::from);
            green > red + 20 && green > blue + 20
        };
        let page = page("a.rs", &"\"a string in green\"\n".repeat(9)).unwrap();
        assert!(page.rgba.iter().any(is_green));
    }

    #[test]
    fn words_are_wrapped_between_them() {
        assert_eq!(wrapped("the quick brown fox", 10), ["the quick", "brown fox"]);
        assert_eq!(wrapped("unbreakable", 5), ["unbre", "akabl", "e"]);
        assert_eq!(wrapped("", 5), [""]);
    }
}
