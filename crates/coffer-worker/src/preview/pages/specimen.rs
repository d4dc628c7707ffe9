//! A font as a specimen: a page with its name, its letters, and words in several sizes, written as an SVG picture. A
//! font without Latin letters shows the first characters that it has.

use super::svg::Drawing;
use super::unreadable::UnreadableDocument;
use coffer_stdx::fonts;
use coffer_texts::tr;
use resvg::usvg::fontdb::{Database, FaceInfo, Source, Style, Weight};
use resvg::usvg::{FontFamily, FontResolver, Options};
use skrifa::{FontRef, MetadataProvider};
use std::fmt::Write;
use std::sync::Arc;

const WIDTH: f32 = 840.0;
const MARGIN: f32 = 48.0;

/// The sizes in which words are shown, in pixels.
const SIZES: [u32; 7] = [12, 16, 20, 28, 40, 56, 72];

const LETTERS: [&str; 4] = [
    "ABCDEFGHIJKLMNOPQRSTUVWXYZ",
    "abcdefghijklmnopqrstuvwxyz",
    "0123456789 .,:;!?&@#%()[]{}",
    "ÄÖÜäöüß ÀÉÈÊÇàéèêç ÅØÆåøæ €£$",
];

/// How many characters a font without Latin letters shows, and how many are a line.
const MOST_CHARACTERS: usize = 160;
const CHARACTERS_IN_LINE: usize = 16;

/// The family under which the text of the page names the font.
const SPECIMEN: &str = "specimen";

pub(super) fn read(bytes: Vec<u8>) -> Result<Drawing, UnreadableDocument> {
    let characters = characters(&bytes).ok_or(UnreadableDocument::Damaged)?;
    let mut database = Database::new();
    database.load_font_data(fonts::INTER_REGULAR.to_vec());
    let label = database.faces().next().map(|face| face.id);
    let shown = database.load_font_source(Source::Binary(Arc::new(bytes))).first().copied();
    let (Some(label), Some(shown)) = (label, shown) else { return Err(UnreadableDocument::Damaged) };
    let page = database.face(shown).map(|face| page(face, &characters)).unwrap_or_default();
    let resolver = FontResolver {
        select_font: Box::new(move |font, _| {
            let is_specimen = font.families().contains(&FontFamily::Named(SPECIMEN.to_owned()));
            Some(if is_specimen { shown } else { label })
        }),
        // What the font lacks is not shown in another.
        select_fallback: Box::new(|_, _, _| None),
    };
    let options = Options { fontdb: Arc::new(database), font_resolver: resolver, ..Options::default() };
    Drawing::new(&page, options)
}

/// The characters that the font has.
fn characters(bytes: &[u8]) -> Option<Vec<char>> {
    let font = FontRef::from_index(bytes, 0).ok()?;
    let mappings = font.charmap().mappings();
    // There are no more than these in Unicode.
    let characters = mappings.take(0x11_0000).filter_map(|(character, _)| char::from_u32(character));
    Some(characters.filter(|character| !character.is_control() && !character.is_whitespace()).collect())
}

/// The text of the picture.
fn page(face: &FaceInfo, characters: &[char]) -> String {
    let mut page = Page { inside: String::new(), y: MARGIN };
    let family = face.families.first().map_or(face.post_script_name.as_str(), |(name, _)| name.as_str());
    page.line(family, "Inter", 28, "#1c1c1e");
    let facts = tr!("specimen-facts", style = style(face), count = characters.len());
    page.line(&facts, "Inter", 14, "#6b6b70");
    page.y += 20.0;
    let has_latin = ['A', 'a', 'e', 'n'].iter().all(|letter| characters.contains(letter));
    if has_latin {
        for letters in LETTERS {
            let known: String =
                letters.chars().filter(|letter| *letter == ' ' || characters.contains(letter)).collect();
            if !known.trim().is_empty() {
                page.line(known.trim(), SPECIMEN, 32, "#1c1c1e");
            }
        }
        page.y += 20.0;
        for size in SIZES {
            page.line(tr!("specimen-words"), SPECIMEN, size, "#1c1c1e");
        }
    } else {
        let shown = &characters[..characters.len().min(MOST_CHARACTERS)];
        for line in shown.chunks(CHARACTERS_IN_LINE) {
            page.cells(line);
        }
    }
    let height = page.y + MARGIN;
    format!(
        "<svg xmlns='http://www.w3.org/2000/svg' width='{WIDTH}' height='{height}'>\
         <rect width='100%' height='100%' fill='#fff'/>{}</svg>",
        page.inside
    )
}

fn style(face: &FaceInfo) -> String {
    let slope = if face.style == Style::Normal { "upright" } else { "italic" };
    match face.weight {
        Weight::THIN => tr!("font-thin", slope = slope),
        Weight::EXTRA_LIGHT => tr!("font-extra-light", slope = slope),
        Weight::LIGHT => tr!("font-light", slope = slope),
        Weight::NORMAL => tr!("font-regular", slope = slope),
        Weight::MEDIUM => tr!("font-medium", slope = slope),
        Weight::SEMIBOLD => tr!("font-semibold", slope = slope),
        Weight::BOLD => tr!("font-bold", slope = slope),
        Weight::EXTRA_BOLD => tr!("font-extra-bold", slope = slope),
        Weight::BLACK => tr!("font-black", slope = slope),
        Weight(weight) => tr!("font-other-weight", weight = weight.to_string()),
    }
}

struct Page {
    inside: String,
    /// Where the next line begins.
    y: f32,
}

impl Page {
    fn line(&mut self, text: &str, family: &str, size: u32, color: &str) {
        self.y += size as f32 * 1.3;
        self.text(MARGIN, self.y, text, family, size, color);
        self.y += size as f32 * 0.2;
    }

    fn cells(&mut self, characters: &[char]) {
        const SIZE: u32 = 30;
        let width = (WIDTH - 2.0 * MARGIN) / CHARACTERS_IN_LINE as f32;
        self.y += SIZE as f32 * 1.3;
        for (index, character) in characters.iter().enumerate() {
            let mut buffer = [0; 4];
            let text = character.encode_utf8(&mut buffer);
            self.text(MARGIN + index as f32 * width, self.y, text, SPECIMEN, SIZE, "#1c1c1e");
        }
        self.y += SIZE as f32 * 0.4;
    }

    fn text(&mut self, x: f32, y: f32, text: &str, family: &str, size: u32, color: &str) {
        let mut escaped = String::new();
        for character in text.chars().filter(|character| !character.is_control()) {
            escaped = escaped + "&#" + &u32::from(character).to_string() + ";";
        }
        // Writing to a text can’t fail.
        let _ = write!(
            self.inside,
            "<text x='{x}' y='{y}' font-family='{family}' font-size='{size}' fill='{color}'>{escaped}</text>"
        );
    }
}
