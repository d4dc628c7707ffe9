//! The text of a page of a PDF file, and where each of its letters is drawn.

use std::ops::Range;
use std::sync::Arc;

/// What one page says, in the order in which it is read. Lines are separated by line breaks.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct PageText {
    pub text: Arc<str>,
    /// In the order of the text. Spaces and line breaks between words mostly have none.
    pub glyphs: Arc<[PageGlyph]>,
}

/// One or more letters that are drawn as one shape.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PageGlyph {
    /// The byte of the text with which it begins.
    pub start: u32,
    pub bytes: u16,
    pub area: PageArea,
}

/// A rectangle of a page, upright, in parts of its width and height: 65,535 are all of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PageArea {
    pub left: u16,
    pub top: u16,
    pub right: u16,
    pub bottom: u16,
}

impl PageGlyph {
    pub fn range(&self) -> Range<usize> {
        let start = self.start as usize;
        start..start + usize::from(self.bytes)
    }
}

impl PageArea {
    /// From parts of one: left, top, right, bottom. What is outside of the page is cut off.
    pub fn from_shares([left, top, right, bottom]: [f64; 4]) -> Self {
        let part = |share: f64| (share.clamp(0.0, 1.0) * f64::from(u16::MAX)).round() as u16;
        Self { left: part(left), top: part(top), right: part(right), bottom: part(bottom) }
    }

    /// In parts of one: left, top, right, bottom.
    pub fn shares(self) -> [f32; 4] {
        [self.left, self.top, self.right, self.bottom].map(|part| f32::from(part) / f32::from(u16::MAX))
    }

    fn joined(self, other: Self) -> Self {
        Self {
            left: self.left.min(other.left),
            top: self.top.min(other.top),
            right: self.right.max(other.right),
            bottom: self.bottom.max(other.bottom),
        }
    }

    /// Whether most of the lower one of both is beside the other.
    fn is_beside(self, other: Self) -> bool {
        let shared = self.bottom.min(other.bottom).saturating_sub(self.top.max(other.top));
        let lower = (self.bottom - self.top).min(other.bottom - other.top);
        u32::from(shared) * 2 > u32::from(lower)
    }
}

impl PageText {
    /// The glyphs that have something of a part of the text.
    pub fn glyphs_in(&self, range: &Range<usize>) -> &[PageGlyph] {
        let first = self.glyphs.partition_point(|glyph| glyph.range().end <= range.start);
        let end = self.glyphs.partition_point(|glyph| (glyph.start as usize) < range.end);
        self.glyphs.get(first..end).unwrap_or_default()
    }

    /// Where a part of the text is: one area for what stands beside each other without a line break.
    pub fn areas_of(&self, range: &Range<usize>) -> Vec<PageArea> {
        let mut areas: Vec<PageArea> = Vec::new();
        let mut end = None;
        for glyph in self.glyphs_in(range) {
            let between = end.and_then(|end| self.text.get(end..glyph.start as usize));
            match areas.last_mut().filter(|last| last.is_beside(glyph.area)) {
                Some(last) if between.is_some_and(|between| !between.contains('\n')) => {
                    *last = last.joined(glyph.area);
                }
                _ => areas.push(glyph.area),
            }
            end = Some(glyph.range().end);
        }
        areas
    }

    /// The byte that is nearest to a point, which is in parts of one, on a page that is
    /// `proportion` times as wide as high; `None` where it has no text. Before the
    /// middle of a glyph it is its first byte.
    pub fn byte_at(&self, x: f32, y: f32, proportion: f32) -> Option<usize> {
        let distance = |glyph: &PageGlyph| {
            let [left, top, right, bottom] = glyph.area.shares();
            let beyond = |at: f32, from: f32, to: f32| (from - at).max(at - to).max(0.0);
            // The line first: what is beside the end of a line is not in the one below.
            beyond(x, left, right) * proportion + 4.0 * beyond(y, top, bottom)
        };
        let nearest = self.glyphs.iter().min_by(|a, b| distance(a).total_cmp(&distance(b)))?;
        let [left, _, right, _] = nearest.area.shares();
        let range = nearest.range();
        Some(if x < f32::midpoint(left, right) { range.start } else { range.end })
    }

    /// Whether a glyph is drawn at a point, which is in parts of one.
    pub fn is_at(&self, x: f32, y: f32) -> bool {
        self.glyphs.iter().any(|glyph| {
            let [left, top, right, bottom] = glyph.area.shares();
            (left..=right).contains(&x) && (top..=bottom).contains(&y)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::{PageArea, PageGlyph, PageText};

    /// Each character is a hundredth of the page wide, each line a tenth high.
    fn page(text: &str) -> PageText {
        let mut glyphs = Vec::new();
        let (mut line, mut column) = (0, 0);
        for (start, character) in text.char_indices() {
            match character {
                '\n' => (line, column) = (line + 1, 0),
                ' ' => column += 1,
                _ => {
                    let (left, top) = (f64::from(column) / 100.0, f64::from(line) / 10.0);
                    let area = PageArea::from_shares([left, top, left + 0.01, top + 0.08]);
                    glyphs.push(PageGlyph { start: start as u32, bytes: character.len_utf8() as u16, area });
                    column += 1;
                }
            }
        }
        PageText { text: text.into(), glyphs: glyphs.into() }
    }

    #[test]
    fn a_part_of_the_text_is_in_one_area_of_each_of_its_lines() {
        let page = page("one two\nthree");
        let areas = |from: usize, to: usize| page.areas_of(&(from..to));
        assert_eq!(areas(0, 7), [PageArea::from_shares([0.0, 0.0, 0.07, 0.08])], "spaces between are in it");
        assert_eq!(areas(4, 9).len(), 2);
        assert_eq!(areas(3, 4), [], "a space alone is nowhere");
        assert_eq!(areas(0, 900).len(), 2);
    }

    #[test]
    fn the_nearest_letter_is_found_of_the_line_at_that_height() {
        let page = page("one two\nänd");
        let at = |x, y| page.byte_at(x, y, 0.7).unwrap();
        assert_eq!(at(0.002, 0.05), 0);
        assert_eq!(at(0.008, 0.05), 1);
        assert_eq!(at(0.9, 0.05), 7, "beside the end of the line");
        assert_eq!(at(0.009, 0.12), 10, "behind a letter of two bytes");
        assert_eq!(at(0.5, 0.9), 12);
        assert_eq!(PageText::default().byte_at(0.5, 0.5, 0.7), None);
        assert!(page.is_at(0.005, 0.05) && !page.is_at(0.5, 0.05));
    }
}
