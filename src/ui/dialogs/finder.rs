//! What the dialogs have in common in which letters find something: a field near the top of the window, and rows below it of
//! which one is chosen while the keyboard stays in the field.

use super::frame::content_space;
use crate::ui::WindowContext;
use crate::ui::theme::{self, Palette, UiPalette};
use coffer_state::Action;
use egui::{Align2, Context, Id, Modal, Rect, Response, Role, Sense, Ui, WidgetInfo, vec2};

/// Of a row, in points.
pub(super) const ROW_HEIGHT: f32 = 34.0;

/// Draws the dialog, which stays where it is while its rows come and go. `name` is for screen readers.
pub(super) fn finder_ui(
    ctx: &Context,
    window: &mut WindowContext<'_>,
    name: &str,
    width: f32,
    content: impl FnOnce(&mut Ui, &mut WindowContext<'_>),
) {
    let palette = Palette::in_use(ctx);
    let id = Id::unique(name);
    let area = Modal::default_area(id).role(Role::Dialog).accessible_name(name);
    let area = area.anchor(Align2::CENTER_TOP, vec2(0.0, 64.0));
    let shown = Modal::new(id)
        .area(area)
        .frame(theme::dialog_frame(palette).inner_margin(12.0))
        .backdrop_color(palette.backdrop())
        .show(ctx, |ui| {
            ui.set_width(width.min(content_space(ctx).x));
            content(ui, window);
        });
    if shown.backdrop_response.clicked() {
        window.act(Action::CloseDialog);
    }
}

/// The ground of one row. The chosen one is brought into view when it was not chosen before.
pub(super) fn row_ui(ui: &mut Ui, name: &str, index: usize, is_selected: bool) -> (Rect, Response) {
    let palette = ui.palette();
    let (row, response) = ui.allocate_exact_size(vec2(ui.available_width(), ROW_HEIGHT), Sense::CLICK);
    response.widget_info(|| WidgetInfo::selected(Role::ListBoxOption, true, is_selected, name));
    if is_selected {
        ui.painter().rect_filled(row, theme::CORNER, palette.selection());
        let key = ui.scope_id().with("shown");
        if ui.data_mut(|data| data.get_temp::<usize>(key) != Some(index)) {
            ui.data_mut(|data| data.insert_temp(key, index));
            ui.scroll_to_rect_animation(row, None, egui::style::ScrollAnimation::none());
        }
    } else if response.hovered() {
        ui.painter().rect_filled(row, theme::CORNER, palette.hover());
    }
    (row, response)
}
