//! The text of documents and slides: of Word and PowerPoint since 2007, and of LibreOffice. Their elements have other
//! prefixes, but hardly a name in common that means something else.

use super::UnreadableOffice;
use super::markdown_writer::{MarkdownWriter, ParagraphKind};
use super::package::Package;
use super::xml::{Attributes, XmlPiece, read_xml};
use coffer_texts::tr;
use std::collections::HashMap;
use std::io::{BufRead, Read, Seek};
use std::ops::ControlFlow;

pub(super) fn read<F: Read + Seek>(
    package: &mut Package<F>,
    writer: &mut MarkdownWriter,
) -> Result<(), UnreadableOffice> {
    const WORD: &str = "word/document.xml";
    const OPEN_DOCUMENT: &str = "content.xml";
    let slides = package.numbered("ppt/slides/slide", ".xml");
    if package.has(WORD) {
        let headings = package.read_if_there("word/styles.xml", heading_styles)?;
        return package.read(WORD, |part| read_part(part, TextPlace::Marked, &headings, writer));
    }
    if package.has(OPEN_DOCUMENT) {
        if is_locked(package)? {
            return Err(UnreadableOffice::Locked);
        }
        return package
            .read(OPEN_DOCUMENT, |part| read_part(part, TextPlace::Plain, &HashMap::new(), writer));
    }
    if slides.is_empty() {
        return Err(UnreadableOffice::Damaged);
    }
    for (index, slide) in slides.iter().enumerate() {
        if writer.is_full() {
            break;
        }
        slide_heading(writer, index + 1);
        package.read(slide, |part| read_part(part, TextPlace::Marked, &HashMap::new(), writer))?;
    }
    Ok(())
}

/// Whether the manifest of an OpenDocument file has a part that is encrypted.
pub(super) fn is_locked<F: Read + Seek>(package: &mut Package<F>) -> Result<bool, UnreadableOffice> {
    const MANIFEST: &str = "META-INF/manifest.xml";
    if !package.has(MANIFEST) {
        return Ok(false);
    }
    package.read(MANIFEST, |part| {
        let mut is_locked = false;
        read_xml(part, |piece| {
            is_locked |= matches!(piece, XmlPiece::Open("encryption-data", _));
            if is_locked { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
        })?;
        Ok(is_locked)
    })
}

/// The styles of a Word document that are headings, and of which level. Their names are English in all languages.
fn heading_styles(part: &mut dyn BufRead) -> Result<HashMap<String, usize>, UnreadableOffice> {
    let mut headings = HashMap::new();
    let mut style = None;
    read_xml(part, |piece| {
        match piece {
            XmlPiece::Open("style", attributes) => style = attributes.get("styleId"),
            XmlPiece::Open("name", attributes) => {
                let name = attributes.get("val").unwrap_or_default().to_lowercase();
                let level = name.strip_prefix("heading ").and_then(|level| level.parse().ok());
                let level = level.or((name == "title").then_some(1));
                if let (Some(level), Some(style)) = (level, style.take()) {
                    headings.insert(style, level);
                }
            }
            _ => {}
        }
        ControlFlow::Continue(())
    })?;
    Ok(headings)
}

/// Where the words of a paragraph are.
#[derive(Clone, Copy, PartialEq, Eq)]
enum TextPlace {
    /// In elements of their own (`w:t`, `a:t`).
    Marked,
    /// Anywhere inside.
    Plain,
}

/// Where the reader is in a part.
struct PartReader<'a> {
    text: TextPlace,
    headings: &'a HashMap<String, usize>,
    /// Inside of these nothing is read: properties, what was deleted, comments, what stands in for new elements.
    skipped: usize,
    /// Paragraphs around this reader. Text boxes are in paragraphs.
    paragraphs: usize,
    in_text: bool,
    kind: ParagraphKind,
    lists: usize,
    is_title: bool,
    slides: usize,
}

fn read_part(
    part: &mut dyn BufRead,
    text: TextPlace,
    headings: &HashMap<String, usize>,
    writer: &mut MarkdownWriter,
) -> Result<(), UnreadableOffice> {
    let mut reader = PartReader {
        text,
        headings,
        skipped: 0,
        paragraphs: 0,
        in_text: false,
        kind: ParagraphKind::Plain,
        lists: 0,
        is_title: false,
        slides: 0,
    };
    read_xml(part, |piece| {
        match piece {
            XmlPiece::Open(name, attributes) => reader.open(name, &attributes, writer),
            XmlPiece::Close(name) => reader.close(name, writer),
            XmlPiece::Text(words) => {
                if reader.skipped == 0
                    && reader.paragraphs > 0
                    && (reader.in_text || reader.text == TextPlace::Plain)
                {
                    writer.text(words);
                }
            }
        }
        if writer.is_full() { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
    })
}

/// Nothing inside of these is a word of the document.
fn is_skipped(name: &str) -> bool {
    matches!(
        name,
        "tabs" | "rPr" | "del" | "Fallback" | "annotation" | "tracked-changes" | "forms" | "notes" | "desc"
    )
}

impl PartReader<'_> {
    fn open(&mut self, name: &str, attributes: &Attributes<'_>, writer: &mut MarkdownWriter) {
        if is_skipped(name) {
            self.skipped += 1;
        }
        if self.skipped > 0 {
            return;
        }
        match name {
            "p" | "h" => {
                if self.paragraphs > 0 {
                    writer.end_paragraph(self.kind);
                }
                self.paragraphs += 1;
                self.kind = match name {
                    "h" => ParagraphKind::Heading(attributes.number("outline-level").unwrap_or(1)),
                    _ if self.is_title => ParagraphKind::Heading(2),
                    _ if self.lists > 0 => ParagraphKind::Item(self.lists - 1),
                    _ => ParagraphKind::Plain,
                };
            }
            "pStyle" => {
                let level = attributes.get("val").and_then(|style| self.headings.get(&style).copied());
                if let Some(level) = level {
                    self.kind = ParagraphKind::Heading(level);
                }
            }
            "ilvl" if !matches!(self.kind, ParagraphKind::Heading(_)) => {
                self.kind = ParagraphKind::Item(attributes.number("val").unwrap_or(0));
            }
            "ph" => {
                let kind = attributes.get("type").unwrap_or_default();
                self.is_title = matches!(kind.as_str(), "title" | "ctrTitle");
            }
            "t" => self.in_text = true,
            "tab" => writer.text("  "),
            "s" if self.text == TextPlace::Plain => {
                writer.text(&" ".repeat(attributes.number("c").unwrap_or(1).min(40)));
            }
            "br" | "cr" | "line-break" => writer.line_break(),
            "list" => self.lists += 1,
            "tbl" | "table" => writer.begin_table(),
            "tr" | "table-row" => writer.begin_row(),
            "page" if self.text == TextPlace::Plain => {
                self.slides += 1;
                slide_heading(writer, self.slides);
            }
            _ => {}
        }
    }

    fn close(&mut self, name: &str, writer: &mut MarkdownWriter) {
        if is_skipped(name) {
            self.skipped = self.skipped.saturating_sub(1);
            return;
        }
        if self.skipped > 0 {
            return;
        }
        match name {
            "p" | "h" => {
                self.paragraphs = self.paragraphs.saturating_sub(1);
                writer.end_paragraph(self.kind);
                self.kind = ParagraphKind::Plain;
            }
            "t" => self.in_text = false,
            "sp" => self.is_title = false,
            "list" => self.lists = self.lists.saturating_sub(1),
            "tc" | "table-cell" => writer.end_cell(),
            "tbl" | "table" => writer.end_table(),
            _ => {}
        }
    }
}

fn slide_heading(writer: &mut MarkdownWriter, number: usize) {
    writer.text(&tr!("slide-number", number = number));
    writer.end_paragraph(ParagraphKind::Heading(5));
}
