//! A choice between a few words, all in sight: "Replace | Keep both | Skip".

use super::text::paint_text;
use crate::ui::theme::{self, UiPalette};
use egui::{
    Align2, Color32, EventFilter, Key, Modifiers, Rect, Role, Sense, StrokeKind, Ui, WidgetInfo, pos2, vec2,
};

/// Of the whole widget, in points.
pub const CHOICE_HEIGHT: f32 = 30.0;
const PADDING: f32 = 12.0;

/// One word to choose.
#[derive(Clone, Copy)]
pub struct ChoiceOption<'a> {
    pub word: &'a str,
    pub enabled: bool,
}

/// Answers which word was chosen in this frame. `name` says for screen readers what is chosen for. All words are one
/// stop for the Tab key, the chosen one; arrows go to the others.
pub fn choice_ui(
    ui: &mut Ui,
    name: &str,
    parts: &[ChoiceOption<'_>],
    chosen: Option<usize>,
) -> Option<usize> {
    choice_within_ui(ui, name, parts, chosen, f32::INFINITY)
}

/// The same, narrower where there is less room than it takes.
pub fn choice_within_ui(
    ui: &mut Ui,
    name: &str,
    parts: &[ChoiceOption<'_>],
    chosen: Option<usize>,
    room: f32,
) -> Option<usize> {
    let palette = ui.palette();
    let font = theme::medium(theme::SMALL_TEXT);
    let widths = fitted(word_widths(ui, parts), room);
    let size = vec2(widths.iter().sum(), CHOICE_HEIGHT);
    let (rect, group) = ui.allocate_exact_size(size, Sense::hover());
    ui.painter().rect_filled(rect, theme::CORNER, palette.surface_2);
    let (mut answer, mut by_key) = (None, None);
    let stop = chosen.or_else(|| parts.iter().position(|part| part.enabled));
    let mut left = rect.min.x;
    for (index, (part, width)) in parts.iter().zip(&widths).enumerate() {
        let place = Rect::from_min_size(pos2(left, rect.min.y), vec2(*width, rect.height()));
        left += width;
        let sense = match part.enabled {
            true if stop == Some(index) => Sense::click(),
            true => Sense::CLICK,
            false => Sense::hover(),
        };
        let response = ui.interact(place, group.id.with(index), sense);
        let is_chosen = chosen == Some(index);
        response.widget_info(|| {
            let label = format!("{}: {name}", part.word);
            WidgetInfo::selected(Role::RadioButton, part.enabled, is_chosen, label)
        });
        let knob = place.shrink(3.0);
        if is_chosen {
            ui.painter().add(palette.soft_shadow().as_shape(knob, theme::CORNER - 2));
            let raised = theme::blend(palette.surface_2, palette.pressed());
            let fill = if palette.dark { raised } else { palette.surface_1 };
            ui.painter().rect_filled(knob, theme::CORNER - 2, fill);
        } else if response.hovered() && part.enabled {
            ui.painter().rect_filled(knob, theme::CORNER - 2, palette.hover());
        }
        let color = match (is_chosen, part.enabled) {
            (true, _) => palette.text,
            (false, true) => palette.dimmed,
            (false, false) => palette.dimmed.gamma_multiply(0.45),
        };
        paint_text(
            ui.painter(),
            Align2::CENTER_CENTER,
            place.center(),
            *width,
            part.word,
            font.clone(),
            color,
        );
        if response.has_focus() {
            let stroke = palette.focus_ring();
            ui.painter().rect_stroke(knob.expand(1.5), theme::CORNER, stroke, StrokeKind::Outside);
        }
        if response.clicked() {
            answer = Some(index);
        } else if response.has_focus()
            && let Some(next) = next_by_key(ui, parts, index)
        {
            by_key = Some(next);
        }
    }
    // After all are drawn: those that are no stop yet would give the keyboard away again.
    if let Some(next) = by_key {
        ui.memory_mut(|memory| memory.request_focus(group.id.with(next)));
        answer = by_key;
    }
    // Asked for again in each frame: a word that was just chosen has to keep the arrows too.
    let keys = EventFilter { tab: false, horizontal_arrows: true, vertical_arrows: false, escape: false };
    ui.memory_mut(|memory| {
        for index in 0..parts.len() {
            memory.set_focus_lock_filter(group.id.with(index), keys);
        }
    });
    answer
}

/// How wide it will come out.
pub fn choice_width(ui: &Ui, parts: &[ChoiceOption<'_>]) -> f32 {
    word_widths(ui, parts).iter().sum()
}

fn word_widths(ui: &Ui, parts: &[ChoiceOption<'_>]) -> Vec<f32> {
    let width = |part: &ChoiceOption<'_>| {
        let font = theme::medium(theme::SMALL_TEXT);
        let galley = ui.painter().layout_no_wrap(part.word.to_owned(), font, Color32::PLACEHOLDER);
        (galley.size().x + 2.0 * PADDING).ceil()
    };
    parts.iter().map(width).collect()
}

/// Narrower where there is no room for all, so that none is out of sight.
fn fitted(widths: Vec<f32>, room: f32) -> Vec<f32> {
    let missing = widths.iter().sum::<f32>() - room;
    if missing <= 0.0 {
        return widths;
    }
    // What is around the words goes first, then the ends of words.
    let from_each = missing / widths.len().max(1) as f32;
    widths.into_iter().map(|width| (width - from_each).max(2.0 * PADDING)).collect()
}

/// The word that an arrow leads to from `index`.
fn next_by_key(ui: &Ui, parts: &[ChoiceOption<'_>], index: usize) -> Option<usize> {
    let pressed = |key| ui.input_mut(|input| input.consume_key(Modifiers::NONE, key));
    let enabled = |index: &usize| parts[*index].enabled;
    if pressed(Key::ArrowRight) {
        (index + 1..parts.len()).find(enabled)
    } else if pressed(Key::ArrowLeft) {
        (0..index).rev().find(enabled)
    } else {
        None
    }
}
