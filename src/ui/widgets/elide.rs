//! Names that do not fit, cut in the middle so that the extension stays.

use crate::ui::bidi::{Reading, has_right_to_left, in_visual_order};
use egui::epaint::text::{LayoutJob, Row, TextWrapping};
use egui::{Align, Color32, FontId, Galley, Painter};
use std::ops::Range;
use std::sync::Arc;

/// The part of the width that the end of a name gets when it is cut.
const TAIL_SHARE: f32 = 0.34;

/// One line of at most `max_width` points.
pub fn elide_middle(
    painter: &Painter,
    text: &str,
    font: &FontId,
    color: Color32,
    max_width: f32,
) -> Arc<Galley> {
    let full = line(painter, text.to_owned(), font, color);
    if full.size().x <= max_width {
        return full;
    }
    let ellipsis = line(painter, "…".to_owned(), font, color).size().x;
    let full = in_visual_order(painter.ctx(), full, Reading::Words);
    let Some(row) = full.rows.first() else { return full };
    let room = max_width - ellipsis;
    let tail_room = room * TAIL_SHARE;
    let letters = letter_spans(row);
    let end = letters.last().map_or(0.0, |last| last.end).max(row.size.x);

    // Where each letter starts is known from the full line, so nothing is laid out twice to find the cut.
    let tail_from =
        letters.iter().position(|letter| end - letter.start <= tail_room).unwrap_or(letters.len());
    let tail_width = letters.get(tail_from).map_or(0.0, |letter| end - letter.start);
    let head_to = letters.iter().take_while(|letter| letter.end <= room - tail_width).count();
    let head: String = text.chars().take(head_to).collect();
    let tail: String = text.chars().skip(tail_from.max(head_to)).collect();
    line(painter, format!("{}…{}", head.trim_end(), tail.trim_start()), font, color)
}

/// One line of at most `max_width` points, cut at the end of the text.
pub(super) fn elide_end(
    painter: &Painter,
    text: &str,
    font: &FontId,
    color: Color32,
    max_width: f32,
) -> Arc<Galley> {
    if !has_right_to_left(text) {
        let mut job = LayoutJob::simple_singleline(text.to_owned(), font.clone(), color);
        job.wrap = TextWrapping::truncate_at_width(max_width);
        return painter.layout_job(job);
    }
    // egui would cut the beginning of the last word.
    let full = in_visual_order(painter.ctx(), line(painter, text.to_owned(), font, color), Reading::Words);
    let Some(row) = full.rows.first().filter(|_| full.size().x > max_width) else { return full };
    let room = max_width - line(painter, "…".to_owned(), font, color).size().x;
    let kept = letter_spans(row).iter().take_while(|letter| letter.end <= room).count();
    let head: String = text.chars().take(kept).collect();
    line(painter, format!("{}…", head.trim_end()), font, color)
}

/// How far from the beginning of a line each letter starts and ends, in the direction in which it is read.
fn letter_spans(row: &Row) -> Vec<Range<f32>> {
    if row.glyphs.iter().all(|glyph| glyph.advance_width >= 0.0) {
        return row.glyphs.iter().map(|glyph| glyph.pos.x..glyph.max_x()).collect();
    }
    let mut at = 0.0;
    let mut spans = Vec::with_capacity(row.glyphs.len());
    for glyph in &row.glyphs {
        let end = at + glyph.advance_width.abs();
        spans.push(at..end);
        at = end;
    }
    spans
}

/// At most `lines` lines of `max_width` points.
pub fn elide_middle_in_lines(
    painter: &Painter,
    text: &str,
    font: &FontId,
    color: Color32,
    (align, max_width): (Align, f32),
    lines: usize,
) -> Arc<Galley> {
    let layout = |text: String| {
        let mut job = LayoutJob::simple(text, font.clone(), color, max_width);
        job.halign = align;
        job.wrap = TextWrapping { max_width, max_rows: lines, break_anywhere: false, ..Default::default() };
        painter.layout_job(job)
    };
    let full = layout(text.to_owned());
    if !full.elided {
        return full;
    }
    let characters: Vec<char> = text.chars().collect();
    let shortened = |keep: usize| {
        let tail = (keep as f32 * TAIL_SHARE) as usize;
        let head: String = characters.iter().take(keep - tail).collect();
        let tail: String = characters.iter().skip(characters.len() - tail).collect();
        format!("{}…{}", head.trim_end(), tail.trim_start())
    };
    let (mut fits, mut too_long) = (1, characters.len());
    while too_long - fits > 1 {
        let middle = usize::midpoint(fits, too_long);
        if layout(shortened(middle)).elided { too_long = middle } else { fits = middle }
    }
    layout(shortened(fits))
}

fn line(painter: &Painter, text: String, font: &FontId, color: Color32) -> Arc<Galley> {
    painter.layout_job(LayoutJob::simple_singleline(text, font.clone(), color))
}
