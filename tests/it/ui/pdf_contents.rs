//! The made-up PDF: pages with bars for words, and what they say.

use coffer_model::preview::{PageSize, PagesPreview};
use coffer_model::{PageArea, PageGlyph, PagePart, PageText, Pixels};
use std::sync::Arc;

/// A page of a made-up document: a heading and lines of words, seen in a window of `part`.
pub fn page_part(part: PagePart) -> Option<Pixels> {
    let place = part.place(PAGE)?;
    let scale = PAGE.width / part.page_width as f32;
    let shade = |x: u32, y: u32| {
        let (x, y) = ((place.x + x) as f32 * scale, (place.y + y) as f32 * scale);
        if !(80.0..PAGE.width - 80.0).contains(&x) || !(90.0..PAGE.height - 90.0).contains(&y) {
            return 255;
        }
        let (line, down) = ((y - 90.0) / 22.0, (y - 90.0) % 22.0);
        let line = line as u32;
        if line == 0 {
            return if down < 16.0 && x < 380.0 { 40 } else { 255 };
        }
        // Words of different lengths; a paragraph ends after every seventh line.
        let is_last = line % 7 == 6;
        let word = ((x - 80.0) / 54.0) as u32;
        let length = 24.0 + ((word * 7 + line * 13 + part.page * 5) % 22) as f32;
        let is_ink =
            !line.is_multiple_of(7) && down < 8.0 && (x - 80.0) % 54.0 < length && !(is_last && x > 300.0);
        if is_ink { 120 } else { 255 }
    };
    let (width, height) = (place.width, place.height);
    let pixel = |index: u32| {
        let shade = shade(index % width, index / width);
        [shade, shade, shade, 255]
    };
    let rgba = (0..width * height).map(pixel).collect();
    Some(Pixels { width: width as usize, height: height as usize, rgba })
}

/// What the made-up page says: a word for each bar that stands for one.
pub fn page_text(page: u32) -> PageText {
    const WORDS: [&str; 6] = ["glacier", "permit", "the", "camp", "fjord", "ice"];
    let mut text = format!("Sheet {}", page + 1);
    let mut glyphs = Vec::new();
    place_word(&mut glyphs, 0, &text, (80.0, 300.0), 90.0);
    for line in (1..42_u32).filter(|line| !line.is_multiple_of(7)) {
        text.push('\n');
        for word in 0..11_u32 {
            let left = 80.0 + 54.0 * word as f32;
            if line % 7 == 6 && left > 300.0 {
                break;
            }
            let length = 24.0 + ((word * 7 + line * 13 + page * 5) % 22) as f32;
            let written = WORDS[(word + line + page) as usize % WORDS.len()];
            if word > 0 {
                text.push(' ');
            }
            place_word(&mut glyphs, text.len(), written, (left, length), 90.0 + 22.0 * line as f32);
            text.push_str(written);
        }
    }
    PageText { text: text.into(), glyphs: glyphs.into() }
}

fn place_word(glyphs: &mut Vec<PageGlyph>, start: usize, word: &str, (left, length): (f32, f32), top: f32) {
    let width = length / word.len() as f32;
    for index in 0..word.len() {
        let x = left + width * index as f32;
        let shares =
            [x / PAGE.width, (top - 3.0) / PAGE.height, (x + width) / PAGE.width, (top + 12.0) / PAGE.height];
        let area = PageArea::from_shares(shares.map(f64::from));
        glyphs.push(PageGlyph { start: (start + index) as u32, bytes: 1, area });
    }
}

/// A4 at 100 %.
const PAGE: PageSize = PageSize { width: 794.0, height: 1123.0 };

pub fn pdf() -> PagesPreview {
    let part = PagePart { page: 0, page_width: 724, column: 0, row: 0 };
    PagesPreview {
        pages: vec![PAGE; 311].into(),
        first_page: page_part(part).map(Arc::new),
        has_paper: true,
        can_have_text: true,
    }
}
