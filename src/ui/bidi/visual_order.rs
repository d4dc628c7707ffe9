//! The plugin of egui that puts in order what is drawn, and remembers what it has put in order.

use super::line_order::{Reading, has_right_to_left};
use super::reorder::reordered;
use egui::{Context, FullOutput, Galley, Plugin, Shape};
use std::collections::HashMap;
use std::sync::Arc;

/// The galley as it is read. One without letters from the right is the same.
pub fn in_visual_order(ctx: &Context, galley: Arc<Galley>, reading: Reading) -> Arc<Galley> {
    if !has_right_to_left(galley.text()) {
        return galley;
    }
    match ctx.plugin_opt::<BidiText>() {
        Some(plugin) => plugin.lock().ordered(&galley, reading),
        None => reordered(&galley, reading).map_or(galley, Arc::new),
    }
}

/// Puts in order what is drawn. Galleys stay the same from frame to frame as long as egui keeps them, so each is put in
/// order once.
#[derive(Default)]
pub struct BidiText {
    /// By the address of the galley of egui, which is kept so that no other one gets that address.
    known: HashMap<(usize, Reading), OrderedGalley>,
    frame: u64,
}

struct OrderedGalley {
    source: Arc<Galley>,
    ordered: Arc<Galley>,
    /// The frame in which it was needed.
    used: u64,
}

impl BidiText {
    fn ordered(&mut self, galley: &Arc<Galley>, reading: Reading) -> Arc<Galley> {
        let known = self.known.entry((address(galley), reading)).or_insert_with(|| {
            let ordered = reordered(galley, reading).map_or_else(|| Arc::clone(galley), Arc::new);
            OrderedGalley { source: Arc::clone(galley), ordered, used: 0 }
        });
        debug_assert!(Arc::ptr_eq(&known.source, galley), "another galley has its address");
        known.used = self.frame;
        Arc::clone(&known.ordered)
    }

    fn put_in_order(&mut self, shape: &mut Shape) {
        match shape {
            Shape::Text(text) if has_right_to_left(text.galley.text()) && !is_in_order(&text.galley) => {
                text.galley = self.ordered(&text.galley, Reading::Words);
            }
            Shape::Vec(shapes) => shapes.iter_mut().for_each(|shape| self.put_in_order(shape)),
            _ => {}
        }
    }
}

/// Only glyphs that were put in order begin at their right edge. What is drawn may be a copy, with a selection in it.
fn is_in_order(galley: &Galley) -> bool {
    galley.rows.iter().any(|row| row.glyphs.iter().any(|glyph| glyph.advance_width < 0.0))
}

fn address(galley: &Arc<Galley>) -> usize {
    Arc::as_ptr(galley).addr()
}

impl Plugin for BidiText {
    fn debug_name(&self) -> &'static str {
        "bidirectional text"
    }

    fn output_hook(&mut self, _ctx: &Context, output: &mut FullOutput) {
        for clipped in &mut output.shapes {
            self.put_in_order(&mut clipped.shape);
        }
        let frame = self.frame;
        self.known.retain(|_, known| known.used == frame);
        self.frame += 1;
    }
}

#[cfg(test)]
mod tests {
    use super::super::places::{character_at, spans};
    use super::{BidiText, Reading, in_visual_order};
    use crate::ui::theme;
    use egui::text::{LayoutJob, TextFormat, TextWrapping};
    use egui::{Color32, Context, Galley, Label, RawInput, Shape, Ui, Widget as _};
    use std::sync::Arc;

    fn draw(mut ui: impl FnMut(&mut Ui)) -> Vec<Shape> {
        let ctx = Context::default();
        theme::install(&ctx);
        let mut output = ctx.run_ui(RawInput::default(), |root| ui(root));
        output.textures_delta.clear();
        output.shapes.into_iter().map(|clipped| clipped.shape).collect()
    }

    fn laid_out(ui: &Ui, text: &str, width: f32) -> Arc<Galley> {
        let job = LayoutJob::simple(text.to_owned(), theme::regular(14.0), Color32::BLACK, width);
        in_visual_order(ui.ctx(), ui.painter().layout_job(job), Reading::Words)
    }

    /// The letters of each line as they stand, from left to right.
    fn seen(galley: &Galley) -> Vec<String> {
        let line = |row: &egui::epaint::text::PlacedRow| {
            let mut glyphs = row.glyphs.clone();
            glyphs.sort_by(|one, other| {
                let middle = |glyph: &egui::epaint::text::Glyph| glyph.pos.x + glyph.advance_width / 2.0;
                middle(one).total_cmp(&middle(other))
            });
            glyphs.iter().map(|glyph| glyph.chr).collect()
        };
        galley.rows.iter().map(line).collect()
    }

    #[test]
    fn a_galley_has_its_letters_where_they_are_read_and_keeps_their_order() {
        draw(|ui| {
            for (text, expected) in [
                ("שלום עולם", "םלוע םולש"),
                ("report שלום (1).txt", "report )1( םולש.txt"),
                ("דוח 2026.pdf", "pdf.2026 חוד"),
                ("plain", "plain"),
            ] {
                let galley = laid_out(ui, text, f32::INFINITY);
                assert_eq!(seen(&galley), [expected]);
                assert_eq!(galley.rows[0].text(), text);
                let drawn: usize = galley.rows.iter().map(|row| row.visuals.mesh.vertices.len()).sum();
                assert_eq!(drawn, 4 * text.chars().filter(|character| !character.is_whitespace()).count());
            }
        });
    }

    #[test]
    fn words_are_put_in_order_within_each_line_and_lines_begin_at_the_right() {
        draw(|ui| {
            let galley = laid_out(ui, "אבג דהו\nזח", f32::INFINITY);
            assert_eq!(seen(&galley), ["והד גבא", "חז"]);
            let right: Vec<f32> = galley.rows.iter().map(|row| row.rect().max.x).collect();
            assert!((right[0] - right[1]).abs() < 1.0, "{right:?}");
            // Each word is shaped for itself, as it is where the blanks are of another font.
            let mut job =
                LayoutJob { wrap: TextWrapping::wrap_at_width(right[0] + 8.0), ..LayoutJob::default() };
            for (word, color) in [("אבג", 1), (" ", 2), ("דהו", 3), (" ", 4), ("זח", 5)] {
                job.append(word, 0.0, TextFormat::simple(theme::regular(14.0), Color32::from_gray(color)));
            }
            let wrapped = in_visual_order(ui.ctx(), ui.painter().layout_job(job), Reading::Words);
            assert_eq!(wrapped.rows.iter().map(|row| row.text()).collect::<Vec<_>>(), ["אבג דהו ", "זח"]);
            assert_eq!(seen(&wrapped), ["והד גבא ", "חז"]);
        });
    }

    #[test]
    fn what_is_marked_lies_over_its_letters_where_the_direction_changes() {
        draw(|ui| {
            let galley = laid_out(ui, "ab אב", f32::INFINITY);
            let row = &galley.rows[0];
            assert_eq!(spans(row, 0..2).len(), 1);
            // The last letter stands left of the one before it.
            let (last, before) = (spans(row, 4..5)[0], spans(row, 3..4)[0]);
            assert!(last.max <= before.min + 0.1, "{last:?} {before:?}");
            assert!(spans(row, 1..4).len() > 1);
            for (index, glyph) in row.glyphs.iter().enumerate() {
                assert_eq!(character_at(row, glyph.pos.x + glyph.advance_width * 0.25), index);
                assert_eq!(character_at(row, glyph.pos.x + glyph.advance_width * 0.75), index + 1);
            }
        });
    }

    #[test]
    fn all_that_is_drawn_is_put_in_order_once() {
        let shapes = draw(|ui| {
            Label::new("שלום עולם").ui(ui);
            let galley = laid_out(ui, "אב גד", f32::INFINITY);
            ui.painter().galley(egui::Pos2::ZERO, galley, Color32::BLACK);
        });
        let texts: Vec<String> = shapes
            .iter()
            .filter_map(|shape| match shape {
                Shape::Text(text) => Some(seen(&text.galley).concat()),
                _ => None,
            })
            .collect();
        assert_eq!(texts, ["םלוע םולש", "דג בא"]);
    }

    #[test]
    fn a_galley_is_kept_as_long_as_it_is_drawn() {
        let ctx = Context::default();
        theme::install(&ctx);
        let frame = |text: &str| {
            let mut output = ctx.run_ui(RawInput::default(), |ui| {
                Label::new(text).ui(ui);
            });
            output.textures_delta.clear();
            ctx.plugin::<BidiText>().lock().known.len()
        };
        assert_eq!((frame("שלום"), frame("שלום"), frame("plain"), frame("plain")), (1, 1, 0, 0));
    }
}
