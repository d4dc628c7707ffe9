//! One group: its name, how many copies there are, what they waste, and its files.

use super::super::theme::{self, UiPalette};
use super::super::widgets::{elide_middle, paint_icon, paint_text};
use super::super::{WindowContext, format};
use super::file_row::file_row_ui;
use super::layout::{FILE_HEIGHT, HEADING_HEIGHT, seen_files};
use super::picture_ui;
use coffer_state::Action;
use coffer_state::duplicates::{DuplicateAction, ShownGroup};
use coffer_texts::tr;
use egui::{Align2, Id, Rect, Role, Sense, Ui, Vec2, WidgetInfo, pos2, vec2};
use egui_material_icons::icons;

const PICTURE: f32 = 40.0;
const BAR: Vec2 = Vec2 { x: 96.0, y: 4.0 };

pub(super) fn group_ui(
    ui: &Ui,
    window: &mut WindowContext<'_>,
    index: usize,
    group: &ShownGroup,
    card: Rect,
    seen: Rect,
) {
    ui.painter().rect_filled(card, theme::CORNER_LARGE, ui.palette().surface_0);
    heading_ui(ui, window, index, group, card.with_max_y(card.min.y + HEADING_HEIGHT));
    if !group.unfolded {
        return;
    }
    let first_top = card.min.y + HEADING_HEIGHT;
    for place in seen_files(first_top, group.group.files.len(), seen.y_range()) {
        let top = first_top + FILE_HEIGHT * place as f32;
        let row = Rect::from_x_y_ranges(card.x_range().shrink(6.0), top..=top + FILE_HEIGHT);
        file_row_ui(ui, window, index, group, place, row);
    }
}

/// A click on it folds and unfolds.
fn heading_ui(ui: &Ui, window: &mut WindowContext<'_>, index: usize, group: &ShownGroup, rect: Rect) {
    let palette = ui.palette();
    let Some(first) = group.group.files.first() else { return };
    let id = Id::unique("duplicate group").with(first.path.lower());
    let response = ui.interact(rect, id, Sense::click());
    let copies =
        tr!("duplicates-each", count = group.group.files.len(), size = format::size(group.group.size_bytes));
    let wasted = format::size(group.group.wasted_bytes());
    response.widget_info(|| {
        let name = tr!("duplicates-group", name = first.name(), copies = copies, wasted = wasted);
        WidgetInfo::selected(Role::DisclosureTriangle, true, group.unfolded, name)
    });
    if response.hovered() {
        ui.painter().rect_filled(rect, theme::CORNER_LARGE, palette.hover());
    }
    if response.has_focus() {
        let stroke = palette.focus_ring();
        ui.painter().rect_stroke(rect, theme::CORNER_LARGE, stroke, egui::StrokeKind::Inside);
    }
    let middle = rect.center().y;
    let icon = if group.unfolded { icons::ICON_EXPAND_MORE } else { icons::ICON_CHEVRON_RIGHT };
    paint_icon(ui.painter(), pos2(rect.min.x + 18.0, middle), icon, 18.0, palette.dimmed);
    let square =
        Rect::from_center_size(pos2(rect.min.x + 34.0 + PICTURE / 2.0, middle), Vec2::splat(PICTURE));
    picture_ui(ui, window, first, square);

    let bar = Rect::from_min_size(pos2(rect.max.x - 16.0 - BAR.x, middle + 8.0), BAR);
    let most = window.state.duplicates.most_wasted_bytes.max(1);
    let part = (group.group.wasted_bytes() as f64 / most as f64).clamp(0.0, 1.0) as f32;
    ui.painter().rect_filled(bar, BAR.y / 2.0, palette.line);
    let filled = Rect::from_min_size(bar.min, vec2((BAR.x * part).max(BAR.y), BAR.y));
    ui.painter().rect_filled(filled, BAR.y / 2.0, palette.warning);
    let at = pos2(bar.max.x, middle - 7.0);
    let font = theme::semibold(theme::BODY_TEXT);
    paint_text(ui.painter(), Align2::RIGHT_CENTER, at, BAR.x, &wasted, font, palette.text);

    let left = square.max.x + 12.0;
    let width = bar.min.x - left - 16.0;
    let font = theme::medium(theme::BODY_TEXT);
    let name = elide_middle(ui.painter(), first.name(), &font, palette.text, width);
    ui.painter().galley(pos2(left, middle - 1.0 - name.size().y), name, palette.text);
    let font = theme::regular(theme::SMALL_TEXT);
    let at = pos2(left, middle + 9.0);
    paint_text(ui.painter(), Align2::LEFT_CENTER, at, width, &copies, font, palette.dimmed);
    if response.clicked() {
        let action = DuplicateAction::Unfold { group: index, unfold: !group.unfolded };
        window.act(Action::Duplicates(action));
    }
}
