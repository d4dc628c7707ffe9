//! The searches that were used last, below the search box while that has the keyboard and nothing is typed in it.

use super::theme::{self, UiPalette};
use super::widgets::{elide_middle, paint_icon, section_label};
use super::{WindowContext, menu};
use coffer_state::Action;
use coffer_state::kept_searches::KeptSearchAction;
use coffer_texts::tr;
use egui::{Area, Frame, Id, Key, Margin, Order, Rect, Response, Role, Sense, Ui, WidgetInfo, pos2, vec2};
use egui_material_icons::{MaterialIcon, icons};

const ROW_HEIGHT: f32 = 32.0;
const MOST_WIDTH: f32 = 420.0;

/// What the list keeps while it is open.
#[derive(Default)]
pub struct RecentUiState {
    /// The search that Enter runs.
    cursor: Option<usize>,
    /// Where it was drawn last.
    rect: Option<Rect>,
}

/// Draws them below the box; answers which one Enter runs.
pub fn recent_searches_ui(
    ui: &Ui,
    window: &mut WindowContext<'_>,
    search_box: &Response,
    rect: Rect,
) -> Option<String> {
    let recent = &window.state.kept_searches().recent;
    let chosen = window.ui_state.recent.cursor.and_then(|cursor| recent.get(cursor)).cloned();
    // A press on it takes the keyboard from the box.
    let pressed = ui.input(|input| {
        let is_pressed = input.pointer.any_down() || input.pointer.any_released();
        input.pointer.latest_pos().filter(|_| is_pressed)
    });
    let is_held = window.ui_state.recent.rect.zip(pressed).is_some_and(|(rect, at)| rect.contains(at));
    let is_empty = recent.is_empty() || !window.state.search.is_blank();
    if is_empty || window.state.dialog.is_some() || !(search_box.has_focus() || is_held) {
        window.ui_state.recent = RecentUiState::default();
        return chosen;
    }
    if search_box.has_focus() {
        let (down, up) =
            ui.input(|input| (input.key_pressed(Key::ArrowDown), input.key_pressed(Key::ArrowUp)));
        let cursor = &mut window.ui_state.recent.cursor;
        *cursor = match (*cursor, down, up) {
            (None, true, _) => Some(0),
            (Some(at), true, _) => Some((at + 1).min(recent.len() - 1)),
            (Some(at), _, true) => at.checked_sub(1),
            (cursor, ..) => cursor,
        };
    }
    list_ui(ui, window, rect);
    chosen
}

fn list_ui(ui: &Ui, window: &mut WindowContext<'_>, search_box: Rect) {
    let palette = ui.palette();
    let width = search_box.width().min(MOST_WIDTH);
    let area = Area::new(Id::unique("recent searches"))
        .order(Order::Foreground)
        .fixed_pos(search_box.left_bottom() + vec2(0.0, 4.0))
        .fade_in(false);
    let shown = area.show(ui.ctx(), |ui| {
        let frame = Frame::new()
            .fill(palette.surface_raised)
            .corner_radius(theme::CORNER_LARGE)
            .inner_margin(Margin::same(6))
            .shadow(palette.shadow());
        frame.show(ui, |ui| {
            ui.set_width(width - 12.0);
            ui.spacing_mut().item_spacing = vec2(0.0, 0.0);
            ui.add_space(6.0);
            ui.horizontal(|ui| {
                ui.add_space(10.0);
                section_label(ui, tr!("recent-searches"));
            });
            ui.add_space(6.0);
            for (index, query) in window.state.kept_searches().recent.iter().enumerate() {
                let has_cursor = window.ui_state.recent.cursor == Some(index);
                if row_ui(ui, icons::ICON_HISTORY, query, has_cursor) {
                    window.actions.push(Action::KeptSearch(KeptSearchAction::Run(query.clone())));
                }
            }
            menu::separator_ui(ui);
            if row_ui(ui, icons::ICON_DELETE_SWEEP, tr!("recent-searches-clear"), false) {
                window.act(Action::KeptSearch(KeptSearchAction::ClearRecent));
            }
        });
    });
    window.ui_state.recent.rect = Some(shown.response.rect);
}

/// Answers whether it was clicked. The keyboard stays in the search box.
fn row_ui(ui: &mut Ui, icon: MaterialIcon, text: &str, has_cursor: bool) -> bool {
    let palette = ui.palette();
    let size = vec2(ui.available_width(), ROW_HEIGHT);
    let (row, response) = ui.allocate_exact_size(size, Sense::CLICK);
    response.widget_info(|| WidgetInfo::selected(Role::ListBoxOption, true, has_cursor, text));
    if has_cursor {
        ui.painter().rect_filled(row, theme::CORNER, palette.selection());
    } else if response.hovered() {
        ui.painter().rect_filled(row, theme::CORNER, palette.hover());
    }
    let middle = row.center().y;
    paint_icon(ui.painter(), pos2(row.min.x + 19.0, middle), icon, 18.0, palette.dimmed);
    let font = theme::regular(theme::BODY_TEXT);
    let galley = elide_middle(ui.painter(), text, &font, palette.text, row.width() - 48.0);
    ui.painter().galley(pos2(row.min.x + 38.0, middle - galley.size().y / 2.0), galley, palette.text);
    response.clicked()
}
