//! What stands for a character that no font has, and for those that would turn the order of others round: a thin box,
//! lighter than the letters around it.

use crate::ui::bidi::is_order_control;
use egui::epaint::text::{
    FontPriority, GlyphBitmap, GlyphRasterizer, GlyphRasterizerRequest, RasterizedGlyph,
};
use egui::{Color32, ColorImage, vec2};

/// Of the colour of the text.
const STRENGTH: u8 = 120;

/// In parts of the size of the font.
const WIDTH: f32 = 0.5;
const HEIGHT: f32 = 0.7;
const MARGIN: f32 = 0.08;

/// For what no font has.
pub(super) fn missing_glyphs() -> GlyphRasterizer {
    GlyphRasterizer::new("coffer: missing glyphs", |request: &GlyphRasterizerRequest<'_>| {
        request
            .cluster
            .chars()
            .next()
            .filter(|character| is_seen(*character))
            .map(|_| thin_box(request.font_size_px))
    })
}

/// For what fonts draw as nothing, and nobody would see in a name.
pub(super) fn order_controls() -> GlyphRasterizer {
    GlyphRasterizer::new("coffer: order controls", |request: &GlyphRasterizerRequest<'_>| {
        request.cluster.chars().all(is_order_control).then(|| thin_box(request.font_size_px))
    })
    .with_priority(FontPriority::Highest)
}

/// Whether a character has a shape at all. egui draws the others as nothing or as a space.
fn is_seen(character: char) -> bool {
    let is_ignored = matches!(
        u32::from(character),
        0xAD | 0x34F | 0x61C | 0x180B..=0x180F | 0x200B..=0x200F | 0x2060..=0x206F | 0xFE00..=0xFE0F | 0xFEFF
            | 0xE_0000..=0xE_0FFF
    );
    !is_ignored && !character.is_whitespace() && !character.is_control()
}

/// Stands on the line as a capital letter does.
fn thin_box(font_size_px: f32) -> RasterizedGlyph {
    let pixels = |part: f32| (part * font_size_px).round().max(3.0);
    let (width, height) = (pixels(WIDTH), pixels(HEIGHT));
    let stroke = (font_size_px / 24.0).round().max(1.0) as usize;
    let (columns, rows) = (width as usize, height as usize);
    let mut image = ColorImage::filled([columns, rows], Color32::TRANSPARENT);
    for y in 0..rows {
        for x in 0..columns {
            let is_edge = x < stroke || y < stroke || columns - x <= stroke || rows - y <= stroke;
            if is_edge {
                image[(x, y)] = Color32::from_white_alpha(STRENGTH);
            }
        }
    }
    let margin = (MARGIN * font_size_px).round().max(1.0);
    let bitmap = GlyphBitmap { image, offset_px: vec2(margin, -height), is_color: false };
    RasterizedGlyph { bitmap, advance_px: width + 2.0 * margin }
}

#[cfg(test)]
mod tests {
    use super::{is_seen, order_controls, thin_box};
    use egui::FontFamily;
    use egui::epaint::text::GlyphRasterizerRequest;

    #[test]
    fn what_has_no_shape_gets_no_box() {
        for character in ['\t', '\n', ' ', '\u{2009}', '\u{200D}', '\u{FE0F}', '\u{FEFF}', '\u{AD}'] {
            assert!(!is_seen(character), "{character:?}");
        }
        assert!(is_seen('😀') && is_seen('क') && is_seen('א'));
    }

    #[test]
    fn what_turns_the_order_round_is_seen() {
        let is_drawn = |cluster| {
            let family = FontFamily::Proportional;
            let request = GlyphRasterizerRequest {
                cluster,
                family: &family,
                font_size_px: 14.0,
                subpixel_offset_px: 0.0,
            };
            (order_controls().rasterize)(&request).is_some()
        };
        assert!(is_drawn("\u{202E}") && is_drawn("\u{2066}"));
        assert!(!is_drawn("a") && !is_drawn("\u{200F}"));
    }

    #[test]
    fn the_box_is_hollow_and_lighter_than_letters() {
        let image = thin_box(14.0).bitmap.image;
        let covered: usize = image.pixels.iter().map(|pixel| usize::from(pixel.a())).sum();
        let all = image.pixels.len() * 255;
        assert!(covered > 0 && covered * 4 < all, "{covered} of {all}");
    }
}
