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

/// The first of two lines is not shorter than this part of the width: a single letter above looks lost.
const LEAST_LINE: f32 = 0.3;

/// At most two lines of `max_width` points. A word is not broken: the name continues below at a blank, a dot, a hyphen
/// or an underscore; what still does not fit is cut in its middle.
pub fn elide_middle_in_two_lines(
    painter: &Painter,
    text: &str,
    font: &FontId,
    color: Color32,
    (align, max_width): (Align, f32),
) -> Arc<Galley> {
    let layout = |text: String| {
        let mut job = LayoutJob::simple(text, font.clone(), color, f32::INFINITY);
        job.halign = align;
        painter.layout_job(job)
    };
    let full = line(painter, text.to_owned(), font, color);
    let mut first = None;
    if full.size().x > max_width
        && let Some(row) = full.rows.first()
    {
        let places = break_places(text);
        first = places.into_iter().rev().find(|at| {
            let end =
                row.glyphs.get(at.saturating_sub(1)).map_or(f32::INFINITY, egui::epaint::text::Glyph::max_x);
            (max_width * LEAST_LINE..=max_width).contains(&end)
        });
    }
    let Some(at) = first else {
        return layout(elide_middle(painter, text, font, color, max_width).text().to_owned());
    };
    let above: String = text.chars().take(at).collect();
    let below: String = text.chars().skip(at).collect();
    let below = elide_middle(painter, below.trim_start(), font, color, max_width);
    layout(format!("{}\n{}", above.trim_end(), below.text()))
}

/// Before which letters a name may continue on the next line.
fn break_places(text: &str) -> Vec<usize> {
    let letters: Vec<char> = text.chars().collect();
    // Scripts without blanks break anywhere.
    let is_ideograph = |letter: char| ('\u{2e80}'..='\u{9fff}').contains(&letter);
    let may_break = |at: &usize| {
        let (before, after) = (letters[at - 1], letters[*at]);
        let is_behind = matches!(before, '-' | '_' | ' ' | ',' | '\u{2013}') || after == ' ';
        // The ending stays with its dot.
        is_behind || (after == '.' && before != '.') || is_ideograph(before) || is_ideograph(after)
    };
    (1..letters.len()).filter(may_break).collect()
}

fn line(painter: &Painter, text: String, font: &FontId, color: Color32) -> Arc<Galley> {
    painter.layout_job(LayoutJob::simple_singleline(text, font.clone(), color))
}

#[cfg(test)]
mod tests {
    use super::break_places;

    #[test]
    fn names_continue_below_between_words_and_before_their_ending() {
        let check = |name: &str, expected: &[&str]| {
            let places = break_places(name);
            let tails: Vec<String> = places.into_iter().map(|at| name.chars().skip(at).collect()).collect();
            assert_eq!(tails, expected);
        };
        check("LICENSE", &[]);
        check("notebook.ipynb", &[".ipynb"]);
        check("big_log-2.txt", &["log-2.txt", "2.txt", ".txt"]);
        check("a b", &[" b", "b"]);
        check("写真.jpg", &["真.jpg", ".jpg"]);
    }
}
