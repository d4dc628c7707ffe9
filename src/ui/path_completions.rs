//! The folders that a typed path may become, below its field while that has the keyboard. Tab completes the path.

use super::WindowContext;
use super::theme::{self, UiPalette};
use super::widgets::{elide_middle, paint_folder};
use coffer_model::RemotePath;
use coffer_state::Action;
use egui::text::{CCursor, CCursorRange};
use egui::text_edit::TextEditState;
use egui::{
    Area, Context, EventFilter, Frame, Id, Key, Margin, Modifiers, Order, Rect, Response, Role, Sense, Ui,
    Vec2, WidgetInfo, pos2, vec2,
};

const ROW_HEIGHT: f32 = 32.0;
const MOST_WIDTH: f32 = 420.0;

/// What the list keeps while it is open.
#[derive(Default)]
pub struct CompletionsUiState {
    /// The folder that Tab and Enter take; without one, Tab takes the first.
    cursor: Option<usize>,
    /// Where it was drawn last.
    rect: Option<Rect>,
}

/// Reads the keys that are about the list, before the field does, and completes its text. Answers
/// with the folder that Enter goes to.
pub(super) fn completion_keys(
    ctx: &Context,
    window: &mut WindowContext<'_>,
    field: Id,
    text: &mut String,
) -> Option<RemotePath> {
    let completions = window.state.path_field.completions();
    let cursor = &mut window.ui_state.completions.cursor;
    *cursor = cursor.filter(|cursor| *cursor < completions.len());
    if !ctx.memory(|memory| memory.has_focus(field)) {
        return None;
    }
    let pressed = |key| ctx.input_mut(|input| input.consume_key(Modifiers::NONE, key));
    if pressed(Key::ArrowDown) && !completions.is_empty() {
        *cursor = Some(cursor.map_or(0, |at| (at + 1).min(completions.len() - 1)));
    }
    if pressed(Key::ArrowUp) {
        *cursor = cursor.and_then(|at| at.checked_sub(1));
    }
    let chosen = cursor.and_then(|at| completions.get(at)).cloned();
    if pressed(Key::Tab)
        && let Some(path) = chosen.as_ref().or(completions.first())
    {
        *text = format!("{path}/");
        *cursor = None;
        let mut state = TextEditState::load(ctx, field).unwrap_or_default();
        state.cursor.set_char_range(Some(CCursorRange::one(CCursor::new(text.chars().count()))));
        state.store(ctx, field);
        window.act(Action::EditPath(text.clone()));
        return None;
    }
    chosen
}

/// Draws the list below the field; answers whether a press on it has taken the keyboard from the field.
pub(super) fn completions_ui(ui: &Ui, window: &mut WindowContext<'_>, field: &Response, rect: Rect) -> bool {
    if field.has_focus() {
        // Tab stays in the field.
        let keys = EventFilter { tab: true, horizontal_arrows: true, vertical_arrows: true, escape: false };
        ui.memory_mut(|memory| memory.set_focus_lock_filter(field.id, keys));
    }
    let at = ui.input(|input| {
        let is_pressed = input.pointer.any_down() || input.pointer.any_released();
        input.pointer.latest_pos().filter(|_| is_pressed)
    });
    let is_held = window.ui_state.completions.rect.zip(at).is_some_and(|(rect, at)| rect.contains(at));
    if window.state.path_field.completions().is_empty() || !(field.has_focus() || is_held) {
        window.ui_state.completions = CompletionsUiState::default();
        return false;
    }
    let palette = ui.palette();
    let area = Area::new(Id::unique("path completions"))
        .order(Order::Foreground)
        .fixed_pos(rect.left_bottom() + vec2(0.0, 4.0))
        .fade_in(false);
    let shown = area.show(ui.ctx(), |ui| {
        let frame = Frame::new()
            .fill(palette.surface_raised)
            .corner_radius(theme::CORNER_LARGE)
            .inner_margin(Margin::same(6))
            .shadow(palette.shadow());
        frame.show(ui, |ui| {
            ui.set_width(rect.width().min(MOST_WIDTH) - 12.0);
            ui.spacing_mut().item_spacing = Vec2::ZERO;
            for (index, path) in window.state.path_field.completions().iter().enumerate() {
                let has_cursor = window.ui_state.completions.cursor == Some(index);
                if row_ui(ui, path, has_cursor) {
                    window.actions.push(Action::GoToTyped(path.to_string()));
                }
            }
        });
    });
    window.ui_state.completions.rect = Some(shown.response.rect);
    is_held
}

/// Answers whether it was clicked.
fn row_ui(ui: &mut Ui, path: &RemotePath, has_cursor: bool) -> bool {
    let palette = ui.palette();
    let (row, response) = ui.allocate_exact_size(vec2(ui.available_width(), ROW_HEIGHT), Sense::CLICK);
    response.widget_info(|| WidgetInfo::selected(Role::ListBoxOption, true, has_cursor, path.to_string()));
    if has_cursor {
        ui.painter().rect_filled(row, theme::CORNER, palette.selection());
    } else if response.hovered() {
        ui.painter().rect_filled(row, theme::CORNER, palette.hover());
    }
    let middle = row.center().y;
    let folder = Rect::from_center_size(pos2(row.min.x + 19.0, middle), Vec2::splat(20.0));
    paint_folder(ui.painter(), folder, palette.folder);
    let font = theme::regular(theme::BODY_TEXT);
    let galley = elide_middle(ui.painter(), path.name(), &font, palette.text, row.width() - 48.0);
    ui.painter().galley(pos2(row.min.x + 38.0, middle - galley.size().y / 2.0), galley, palette.text);
    response.clicked()
}
