//! A block of code, in the colours that the worker found.

use super::Code;
use super::inline::Inline;
use super::words::selectable_ui;
use crate::ui::preview::text::class_color;
use crate::ui::theme::{self, Palette};
use coffer_model::preview::TextClass;
use egui::text::{LayoutJob, TextFormat};
use egui::{Rect, Role, Sense, Ui, UiBuilder, vec2};

const LINE_HEIGHT: f32 = 18.0;

pub(super) fn code_ui(ui: &mut Ui, code: &Code, width: f32, palette: &Palette) {
    let padding = vec2(12.0, 10.0);
    let inner_width = width - 2.0 * padding.x;
    let background = ui.painter().add(egui::Shape::Noop);
    let rect = Rect::from_min_size(ui.max_rect().min + padding, vec2(inner_width, f32::INFINITY));
    let inner = ui.scope_builder(UiBuilder::new().max_rect(rect), |ui| {
        selectable_ui(ui, job(code, inner_width, palette), &Inline::default(), Role::Label, palette)
    });
    let card = inner.response.rect.expand2(padding);
    let card = Rect::from_min_size(card.min, vec2(width, card.height()));
    ui.painter().set(background, egui::Shape::rect_filled(card, theme::CORNER, palette.surface_2));
    ui.allocate_rect(card, Sense::hover());
}

fn job(code: &Code, width: f32, palette: &Palette) -> LayoutJob {
    let mut job = LayoutJob::default();
    let mut push = |part: &str, class: Option<TextClass>| {
        let color = class.map_or(palette.text, |class| class_color(class, palette));
        let mut format = TextFormat::simple(theme::mono(theme::SMALL_TEXT), color);
        format.italics = class == Some(TextClass::Comment);
        format.line_height = Some(LINE_HEIGHT);
        job.append(&part.replace('\t', "    "), 0.0, format);
    };
    let mut at = 0;
    for (range, class) in &code.spans {
        push(code.text.get(at..range.start).unwrap_or_default(), None);
        push(code.text.get(range.start..range.end.min(code.text.len())).unwrap_or_default(), Some(*class));
        at = range.end.min(code.text.len());
    }
    push(code.text.get(at..).unwrap_or_default(), None);
    job.wrap.max_width = width;
    job.wrap.break_anywhere = true;
    job
}
