//! The text of documents and slides: of Word and PowerPoint since 2007, and of LibreOffice. Their elements have other
//! prefixes, but hardly a name in common that means something else.

use super::UnreadableOffice;
use super::markdown_writer::{MarkdownWriter, ParagraphKind, WordStyle};
use super::package::Package;
use super::word_styles::WordStyles;
use super::xml::{Attributes, XmlPiece, read_xml};
use coffer_texts::tr;
use std::collections::{HashMap, HashSet};
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
        let styles = WordStyles::read(package)?;
        return package.read(WORD, |part| read_part(part, TextPlace::Marked, &styles, writer));
    }
    if package.has(OPEN_DOCUMENT) {
        if is_locked(package)? {
            return Err(UnreadableOffice::Locked);
        }
        let none = WordStyles::default();
        return package.read(OPEN_DOCUMENT, |part| read_part(part, TextPlace::Plain, &none, writer));
    }
    if slides.is_empty() {
        return Err(UnreadableOffice::Damaged);
    }
    for (index, slide) in slides.iter().enumerate() {
        if writer.is_full() {
            break;
        }
        slide_heading(writer, index + 1);
        package.read(slide, |part| read_part(part, TextPlace::Marked, &WordStyles::default(), writer))?;
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
    styles: &'a WordStyles,
    /// Inside of these nothing is read: properties, what was deleted, comments, what stands in for new elements.
    skipped: usize,
    /// Paragraphs around this reader. Text boxes are in paragraphs.
    paragraphs: usize,
    in_text: bool,
    kind: ParagraphKind,
    /// The lists around, with how many items of those with numbers there were.
    lists: Vec<Option<u64>>,
    /// Of the run of words.
    style: WordStyle,
    /// Inside the properties of a run.
    in_properties: bool,
    /// In OpenDocument: what spans of a style are, those around, and which list styles have numbers.
    span_styles: HashMap<String, WordStyle>,
    defined_style: String,
    spans: Vec<WordStyle>,
    numbered_lists: HashSet<String>,
    /// In Word: the level of the item, and the last numbers of each list.
    level: usize,
    numbers: HashMap<String, Vec<u64>>,
    /// What a picture shows.
    description: String,
    is_title: bool,
    slides: usize,
}

fn read_part(
    part: &mut dyn BufRead,
    text: TextPlace,
    styles: &WordStyles,
    writer: &mut MarkdownWriter,
) -> Result<(), UnreadableOffice> {
    let mut reader = PartReader {
        text,
        styles,
        skipped: 0,
        paragraphs: 0,
        in_text: false,
        kind: ParagraphKind::Plain,
        lists: Vec::new(),
        style: WordStyle::default(),
        in_properties: false,
        span_styles: HashMap::new(),
        defined_style: String::new(),
        spans: Vec::new(),
        numbered_lists: HashSet::new(),
        level: 0,
        numbers: HashMap::new(),
        description: String::new(),
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
                    writer.styled(words, reader.style_now());
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
        "tabs"
            | "rPrChange"
            | "pPrChange"
            | "del"
            | "Fallback"
            | "annotation"
            | "tracked-changes"
            | "forms"
            | "notes"
            | "desc"
    )
}

impl PartReader<'_> {
    /// Of the words that come now. Headings are bold anyway.
    fn style_now(&self) -> WordStyle {
        let style = self.spans.iter().fold(self.style, |all, span| WordStyle {
            strong: all.strong || span.strong,
            emphasis: all.emphasis || span.emphasis,
        });
        let is_heading = matches!(self.kind, ParagraphKind::Heading(_));
        WordStyle { strong: style.strong && !is_heading, ..style }
    }

    /// The paragraph is an item of a list of Word at a level; of none with the identifier 0.
    fn item_of(&mut self, list: &str, level: usize) {
        if matches!(self.kind, ParagraphKind::Heading(_)) {
            return;
        }
        if list == "0" {
            self.kind = ParagraphKind::Plain;
            return;
        }
        let number = self.styles.is_numbered(list, level).then(|| {
            let numbers = self.numbers.entry(list.to_owned()).or_default();
            numbers.resize(level + 1, 0);
            numbers[level] += 1;
            numbers[level]
        });
        self.kind = ParagraphKind::Item { depth: level, number };
    }

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
                    _ if !self.lists.is_empty() => ParagraphKind::Item {
                        depth: self.lists.len() - 1,
                        number: self.lists.last().copied().flatten(),
                    },
                    _ => ParagraphKind::Plain,
                };
            }
            "pStyle" => {
                let style = attributes.get("val").unwrap_or_default();
                if let Some(level) = self.styles.headings.get(&style) {
                    self.kind = ParagraphKind::Heading(*level);
                } else if let Some(list) = self.styles.lists.get(&style) {
                    self.item_of(&list.clone(), 0);
                }
            }
            "numPr" => self.level = 0,
            "ilvl" => self.level = attributes.number("val").unwrap_or(0).min(8),
            "numId" => self.item_of(&attributes.get("val").unwrap_or_default(), self.level),
            "r" => self.style = WordStyle::default(),
            "rPr" => {
                self.in_properties = true;
                // Slides have them as attributes.
                let is_set = |name| attributes.get(name).as_deref() == Some("1");
                self.style = WordStyle { strong: is_set("b"), emphasis: is_set("i") };
            }
            "b" | "i" if self.in_properties => {
                let is_set = !matches!(attributes.get("val").as_deref(), Some("0" | "false" | "none"));
                let style = if name == "b" { &mut self.style.strong } else { &mut self.style.emphasis };
                *style = is_set;
            }
            "docPr" => {
                let description = attributes.get("descr").filter(|words| !words.is_empty());
                self.description = description.unwrap_or_default();
            }
            "blip" => {
                if let Some(name) = attributes.get("embed") {
                    writer.picture(name, &std::mem::take(&mut self.description));
                }
            }
            "image" if self.text == TextPlace::Plain => {
                if let Some(path) = attributes.get("href") {
                    writer.picture(path, "");
                }
            }
            "style" | "list-style" => self.defined_style = attributes.get("name").unwrap_or_default(),
            "text-properties" => {
                let strong = attributes.get("font-weight").is_some_and(|weight| weight == "bold");
                let emphasis = attributes.get("font-style").is_some_and(|style| style == "italic");
                self.span_styles.insert(self.defined_style.clone(), WordStyle { strong, emphasis });
            }
            "span" => {
                let style = attributes.get("style-name").unwrap_or_default();
                self.spans.push(self.span_styles.get(&style).copied().unwrap_or_default());
            }
            "list-level-style-number" if attributes.number("level") == Some(1) => {
                self.numbered_lists.insert(self.defined_style.clone());
            }
            "list-item" => {
                if let Some(Some(number)) = self.lists.last_mut() {
                    *number += 1;
                }
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
            "list" => {
                let style = attributes.get("style-name").unwrap_or_default();
                self.lists.push(self.numbered_lists.contains(&style).then_some(0));
            }
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
            "list" => drop(self.lists.pop()),
            "span" => drop(self.spans.pop()),
            "rPr" => self.in_properties = false,
            "r" => self.style = WordStyle::default(),
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
