//! Where the letters of a galley in visual order stand.

use egui::Rangef;
use egui::epaint::text::{Glyph, Row};
use std::ops::Range;

const LINE_BREAK: f32 = 4.0;

/// What these characters of a line cover: more than one stretch where the direction changes.
pub fn spans(row: &Row, characters: Range<usize>) -> Vec<Rangef> {
    let mut spans: Vec<Rangef> = Vec::new();
    let end = characters.end.min(row.glyphs.len());
    for span in row.glyphs[characters.start.min(end)..end].iter().map(span) {
        match spans.last_mut().filter(|last| span.min <= last.max + 1.0 && span.max >= last.min - 1.0) {
            Some(last) => *last = Rangef::new(last.min.min(span.min), last.max.max(span.max)),
            None => spans.push(span),
        }
    }
    spans
}

/// Where the break after a line is marked, when it is selected.
pub fn line_break_span(row: &Row) -> Rangef {
    let end = match row.glyphs.last() {
        Some(last) if last.advance_width < 0.0 => last.pos.x + last.advance_width - LINE_BREAK,
        _ => row.size.x,
    };
    Rangef::new(end, end + LINE_BREAK)
}

/// Before which character of a line a press at `x` means.
pub fn character_at(row: &Row, x: f32) -> usize {
    let distance = |glyph: &Glyph| {
        let span = span(glyph);
        (span.min - x).max(x - span.max).max(0.0)
    };
    let nearest = row
        .glyphs
        .iter()
        .enumerate()
        .min_by(|(_, one), (_, other)| distance(one).total_cmp(&distance(other)));
    nearest.map_or(0, |(index, glyph)| {
        let middle = glyph.pos.x + glyph.advance_width / 2.0;
        let is_behind = if glyph.advance_width < 0.0 { x < middle } else { x >= middle };
        index + usize::from(is_behind)
    })
}

fn span(glyph: &Glyph) -> Rangef {
    let (one, other) = (glyph.pos.x, glyph.pos.x + glyph.advance_width);
    Rangef::new(one.min(other), one.max(other))
}
