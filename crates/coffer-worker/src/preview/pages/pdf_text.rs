//! What a page of an open PDF says: the letters that it draws, with their places. Of scanned pages that is what was
//! recognized of them and lies over the picture, unseen. It runs on the thread of the document.

use super::reading_budget::ReadingBudget;
use super::text_lines::{Letter, page_text};
use coffer_model::PageText;
use hayro::hayro_interpret::font::{Glyph, GlyphRun};
use hayro::hayro_interpret::hayro_cmap::{BfString, WritingMode};
use hayro::hayro_interpret::hayro_syntax::Pdf;
use hayro::hayro_interpret::hayro_syntax::object::{Dict, String as PdfString};
use hayro::hayro_interpret::util::TransformExt;
use hayro::hayro_interpret::{
    BlendMode, ClipPath, Context, Device, DrawMode, DrawProps, Image, ImageDrawProps, InterpreterCache,
    InterpreterSettings, SoftMask, interpret_page,
};
use hayro::kurbo::{Affine, BezPath, Point, Rect, Shape};

/// A page of a map with more letters is read so far.
const MOST_LETTERS: usize = 100_000;

/// A letter is drawn in units of which these are the height of its font.
const FONT_UNITS: f64 = 1000.0;

/// How far letters go above and below the line that they stand on, in heights of the font.
const ABOVE: f64 = 0.9;
const BELOW: f64 = 0.22;

/// `None` where there is no such page. It panics as `pdf::draw` does.
pub(super) fn read<'a>(pdf: &'a Pdf, cache: &InterpreterCache<'a>, page: u32) -> Option<PageText> {
    let page = pdf.pages().get(page as usize)?;
    let (width, height) = page.render_dimensions();
    let (width, height) = (f64::from(width), f64::from(height));
    let target = Rect::new(0.0, 0.0, width, height);
    let transform = page.initial_transform(true).to_kurbo();
    let settings = InterpreterSettings::default();
    let mut context = Context::new(transform, target, cache, page.xref(), settings);
    let mut reader = LetterReader {
        budget: ReadingBudget::new(),
        page: target,
        letters: Vec::new(),
        highest: 0.0,
        replacements: Vec::new(),
    };
    interpret_page(page, &mut context, &mut reader);
    Some(page_text(reader.letters, width, height))
}

/// Collects the letters that are drawn.
struct LetterReader {
    budget: ReadingBudget,
    page: Rect,
    letters: Vec<Letter>,
    /// Of the fonts whose letters are drawings, which do not tell how high they are.
    highest: f64,
    /// For each mark that is open: the text that stands for what is drawn in it, and the first letter of that.
    replacements: Vec<(Option<String>, usize)>,
}

impl LetterReader {
    fn push(&mut self, glyph: &Glyph<'_>, transform: Affine, is_vertical: bool) {
        let advance = match glyph {
            Glyph::Outline(outline) => outline.advance_width(),
            Glyph::Type3(drawing) => drawing.advance_width(),
        };
        let advance = f64::from(advance.unwrap_or(500.0)).clamp(0.0, 4.0 * FONT_UNITS);
        let mut units = FONT_UNITS;
        if matches!(glyph, Glyph::Type3(_)) {
            self.highest = self.highest.max(advance);
            units = units.max(self.highest);
        }
        let (start, end) = if is_vertical {
            let middle = advance / 2.0;
            (Point::new(middle, ABOVE * units), Point::new(middle, -BELOW * units))
        } else {
            (Point::ZERO, Point::new(advance, 0.0))
        };
        let upward = transform * Point::new(0.0, units) - transform * Point::ZERO;
        let covered = Rect::new(0.0, -BELOW * units, advance.max(1.0), ABOVE * units);
        let bounds = (transform * covered.to_path(0.1)).bounding_box();
        let is_on_page = bounds.is_finite() && bounds.overlaps(self.page) && upward.hypot() > 0.0;
        let text = glyph.as_unicode().map(|found| match found {
            BfString::Char(character) => readable(&character.to_string()),
            BfString::String(text) => readable(&text),
        });
        if let Some(text) = text.filter(|text| is_on_page && !text.is_empty()) {
            let (start, end) = (transform * start, transform * end);
            self.letters.push(Letter { text, start, end, height: upward.hypot(), bounds });
        }
    }

    /// Puts the text that a mark gives in the place of what was drawn in it, where that is on one line.
    fn replace(&mut self, text: &str, first: usize) {
        let text = readable(text);
        let Some(letters) = self.letters.get(first..) else { return };
        let (Some(begin), Some(last)) = (letters.first(), letters.last()) else { return };
        let is_one_line = (begin.start.y - last.start.y).abs() < begin.height / 2.0;
        if text.is_empty() || !is_one_line || text.len() > usize::from(u16::MAX) {
            return;
        }
        let bounds = letters.iter().map(|letter| letter.bounds).reduce(|all, bounds| all.union(bounds));
        let bounds = bounds.unwrap_or(begin.bounds);
        let letter = Letter { text, end: last.end, bounds, ..begin.clone() };
        self.letters.truncate(first);
        self.letters.push(letter);
    }
}

/// Text without what is not seen, and with the letters of those that are drawn as one.
fn readable(text: &str) -> String {
    let mut readable = String::new();
    for character in text.chars() {
        match character {
            '\u{fb00}' => readable.push_str("ff"),
            '\u{fb01}' => readable.push_str("fi"),
            '\u{fb02}' => readable.push_str("fl"),
            '\u{fb03}' => readable.push_str("ffi"),
            '\u{fb04}' => readable.push_str("ffl"),
            '\u{fb05}' | '\u{fb06}' => readable.push_str("st"),
            '\u{ad}' => readable.push('-'),
            '\u{e000}'..='\u{f8ff}' | '\u{fffd}' | '\u{feff}' => {}
            _ if character.is_whitespace() => readable.push(' '),
            _ if character.is_control() => {}
            _ => readable.push(character),
        }
    }
    readable
}

/// A text of the file: in UTF-16 or UTF-8 where it begins so, and else in Latin letters.
fn decoded(bytes: &[u8]) -> String {
    match bytes {
        [0xfe, 0xff, rest @ ..] => {
            let units = rest.as_chunks().0.iter().map(|pair| u16::from_be_bytes(*pair));
            char::decode_utf16(units).filter_map(Result::ok).collect()
        }
        [0xef, 0xbb, 0xbf, rest @ ..] => String::from_utf8_lossy(rest).into_owned(),
        _ => bytes.iter().copied().map(char::from).collect(),
    }
}

impl<'a> Device<'a> for LetterReader {
    fn draw_path(&mut self, _: &BezPath, _: DrawProps<'a>, _: &DrawMode) {
        self.budget.step();
    }

    fn push_clip_path(&mut self, _: &ClipPath) {
        self.budget.step();
    }

    fn push_transparency_group(&mut self, _: f32, _: Option<SoftMask<'a>>, _: BlendMode) {
        self.budget.step();
    }

    fn draw_glyph_run(&mut self, run: &GlyphRun<'_, 'a>, props: DrawProps<'a>, _: &DrawMode) {
        let is_vertical = matches!(run.writing_mode(), WritingMode::Vertical);
        for glyph in run.glyphs() {
            self.budget.step();
            if self.letters.len() < MOST_LETTERS {
                self.push(glyph, props.transform * glyph.transform(), is_vertical);
            }
        }
    }

    fn draw_image(&mut self, _: Image<'a, '_>, _: ImageDrawProps<'a>) {
        self.budget.step();
    }

    fn pop_clip(&mut self) {
        self.budget.step();
    }

    fn pop_transparency_group(&mut self) {
        self.budget.step();
    }

    fn begin_marked_content(&mut self, _: &[u8], properties: Option<&Dict<'_>>) {
        let text = properties.and_then(|properties| properties.get::<PdfString<'_>>(b"ActualText"));
        self.replacements.push((text.map(|text| decoded(text.as_bytes())), self.letters.len()));
    }

    fn end_marked_content(&mut self) {
        if let Some((Some(text), first)) = self.replacements.pop() {
            self.replace(&text, first);
        }
    }
}
