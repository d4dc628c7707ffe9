//! The parts of a text that match what is searched for, marked where they are drawn. They are found as the index finds
//! them: without case, accents and typographic signs.

use crate::ui::bidi::{Reading, in_visual_order, spans};
use crate::ui::theme::{self, Palette};
use coffer_stdx::folding::folded;
use egui::epaint::text::PlacedRow;
use egui::{Color32, Galley, Painter, Pos2, Rect, vec2};
use std::ops::Range;
use std::sync::Arc;

/// The letters of `text`, counted from 0, that belong to one of the words. Ranges that touch are one.
fn matching_letters(text: &str, words: &[String]) -> Vec<Range<usize>> {
    let mut letters = String::new();
    // Of each byte of the folded text, to which letter it belongs.
    let mut letter_of = Vec::new();
    for (index, letter) in text.chars().enumerate() {
        letters.extend(folded(letter.encode_utf8(&mut [0; 4])));
        letter_of.resize(letters.len(), index);
    }
    let mut ranges: Vec<Range<usize>> = Vec::new();
    for word in words.iter().map(|word| folded(word).collect::<String>()).filter(|word| !word.is_empty()) {
        for (start, _) in letters.match_indices(&word) {
            ranges.push(letter_of[start]..letter_of[start + word.len() - 1] + 1);
        }
    }
    ranges.sort_by_key(|range| range.start);
    let mut joined: Vec<Range<usize>> = Vec::new();
    for range in ranges {
        match joined.last_mut().filter(|last| range.start <= last.end) {
            Some(last) => last.end = last.end.max(range.end),
            None => joined.push(range),
        }
    }
    joined
}

/// Draws a name with what belongs to the words marked.
pub fn paint_marked(
    painter: &Painter,
    at: Pos2,
    galley: Arc<Galley>,
    words: &[String],
    color: Color32,
    palette: &Palette,
) {
    let galley = in_visual_order(painter.ctx(), galley, Reading::Words);
    let rows = if words.is_empty() { &[][..] } else { &galley.rows };
    for row in rows {
        let text: String = row.glyphs.iter().map(|glyph| glyph.chr).collect();
        for range in matching_letters(&text, words) {
            paint_mark(painter, at, row, range, palette);
        }
    }
    painter.galley(at, galley, color);
}

/// Draws one line with these letters of it marked.
pub fn paint_letters(
    painter: &Painter,
    at: Pos2,
    galley: Arc<Galley>,
    letters: &[u32],
    color: Color32,
    palette: &Palette,
) {
    let galley = in_visual_order(painter.ctx(), galley, Reading::Words);
    if let Some(row) = galley.rows.first() {
        for run in letters.chunk_by(|one, next| one + 1 == *next) {
            if let (Some(first), Some(last)) = (run.first(), run.last()) {
                paint_mark(painter, at, row, *first as usize..*last as usize + 1, palette);
            }
        }
    }
    painter.galley(at, galley, color);
}

fn paint_mark(painter: &Painter, at: Pos2, row: &PlacedRow, letters: Range<usize>, palette: &Palette) {
    let top_left = at + row.pos.to_vec2();
    for span in spans(row, letters) {
        let rect = Rect::from_min_max(
            top_left + vec2(span.min - 1.0, 0.0),
            top_left + vec2(span.max + 1.0, row.size.y),
        );
        painter.rect_filled(rect, theme::CORNER_SMALL - 1, palette.mark());
    }
}

#[cfg(test)]
mod tests {
    use super::matching_letters;

    fn marked(text: &str, words: &[&str]) -> String {
        let words: Vec<String> = words.iter().map(|word| (*word).to_owned()).collect();
        let ranges = matching_letters(text, &words);
        let is_marked = |index: usize| ranges.iter().any(|range| range.contains(&index));
        text.chars().enumerate().map(|(at, letter)| if is_marked(at) { letter } else { '.' }).collect()
    }

    #[test]
    fn what_matches_is_marked_whatever_its_case_and_accents() {
        assert_eq!(marked("Fjord at dawn.jpg", &["fjord", "da"]), "Fjord....da......");
        assert_eq!(marked("Fjörd_dag1.tif", &["FJORD", "da"]), "Fjörd.da......");
        assert_eq!(marked("Straße", &["ss"]), "....ß.");
        assert_eq!(marked("cafe\u{301}", &["café"]), "cafe.");
        assert_eq!(marked("东京 2026", &["京"]), ".京.....");
        assert_eq!(marked("a", &[""]), ".");
    }

    #[test]
    fn marks_that_overlap_or_touch_are_one() {
        let words = ["ab".to_owned(), "bc".to_owned(), "cd".to_owned()];
        assert_eq!(matching_letters("xabcdx", &words), vec![1..5]);
        assert_eq!(matching_letters("abxab", &words), vec![0..2, 3..5]);
    }
}
