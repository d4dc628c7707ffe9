//! One file of a group: a box that chooses it to be deleted, where it is, and its date. It is a row of the location, so
//! it is selected, previewed and opened as rows are everywhere.

use super::super::WindowContext;
use super::super::entries::{self, EntryStyle};
use super::super::theme::{self, UiPalette};
use super::super::widgets::{elide_middle, paint_icon, paint_text};
use coffer_state::Action;
use coffer_state::duplicates::{DuplicateAction, ShownGroup};
use coffer_texts::tr;
use egui::{Align2, Rect, Role, Sense, StrokeKind, Ui, Vec2, WidgetInfo, pos2};
use egui_material_icons::icons;

const BOX: f32 = 18.0;
const DATE_WIDTH: f32 = 88.0;
/// The last column, where a file that is chosen has a bin.
const MARK_WIDTH: f32 = 30.0;

pub(super) fn file_row_ui(
    ui: &Ui,
    window: &mut WindowContext<'_>,
    index: usize,
    group: &ShownGroup,
    place: usize,
    row: Rect,
) {
    let palette = ui.palette();
    let file = &group.group.files[place];
    let has_keys = entries::content_has_keys(ui.ctx(), window.state);
    let style = EntryStyle::new(window, file, has_keys);
    let response = ui.interact(row, entries::row_id(window, &file.path), Sense::CLICK | Sense::DRAG);
    let date = file.file().map_or_else(String::new, |file| window.clock.relative(file.client_modified));
    let folder = window.state.folder_path(&file.path.parent().unwrap_or_default());
    let chosen = window.state.duplicates.is_chosen(file);
    let at = (group.first_row + place, window.state.browser.row_count());
    entries::describe(
        ui,
        &response,
        Role::Row,
        file.name(),
        &style,
        at,
        &tr!("duplicates-place", folder = folder, date = date),
    );
    if style.cursor {
        window.ui_state.cursor_rect = Some(row);
    }
    if style.selected {
        ui.painter().rect_filled(row, theme::CORNER, palette.selection());
    } else if response.hovered() {
        ui.painter().rect_filled(row, theme::CORNER, palette.hover());
    }
    if style.cursor {
        ui.painter().rect_stroke(row, theme::CORNER, palette.focus_ring(), StrokeKind::Inside);
    }

    let mut painter = ui.painter().clone();
    painter.multiply_opacity(style.opacity());
    let middle = row.center().y;
    let mut right = row.max.x - 10.0;
    let font = theme::regular(13.0);
    paint_text(&painter, Align2::RIGHT_CENTER, pos2(right, middle), DATE_WIDTH, &date, font, palette.dimmed);
    right -= DATE_WIDTH;
    if chosen {
        paint_icon(
            &painter,
            pos2(right - MARK_WIDTH / 2.0, middle),
            icons::ICON_DELETE,
            18.0,
            palette.danger,
        );
    }
    right -= MARK_WIDTH;
    let left = row.min.x + 40.0;
    // The name is that of the group unless it is another one here.
    let is_renamed = group.group.files.first().is_some_and(|first| first.name() != file.name());
    let place_words = if is_renamed { format!("{folder} / {}", file.name()) } else { folder };
    let color = if chosen { palette.dimmed } else { palette.text };
    let words = elide_middle(&painter, &place_words, &theme::regular(theme::BODY_TEXT), color, right - left);
    let size = words.size();
    painter.galley(pos2(left, middle - size.y / 2.0), words, color);
    if chosen {
        painter.hline(left..=left + size.x, middle, (1.0, palette.dimmed.gamma_multiply(0.6)));
    }

    entries::handle_row(ui, window, &response, group.first_row + place, file, style.selected, true);
    check_box_ui(ui, window, index, group, place, row);
}

fn check_box_ui(
    ui: &Ui,
    window: &mut WindowContext<'_>,
    index: usize,
    group: &ShownGroup,
    place: usize,
    row: Rect,
) {
    let palette = ui.palette();
    let file = &group.group.files[place];
    let (chosen, enabled) =
        (window.state.duplicates.is_chosen(file), window.state.duplicates.can_choose(group, file));
    let square = Rect::from_center_size(pos2(row.min.x + 20.0, row.center().y), Vec2::splat(BOX));
    let id = entries::row_id(window, &file.path).with("chosen");
    let sense = if enabled { Sense::click() } else { Sense::hover() };
    let response = ui.interact(square.expand(6.0), id, sense);
    response.widget_info(|| {
        WidgetInfo::selected(
            Role::CheckBox,
            enabled,
            chosen,
            tr!("duplicates-delete-named", name = file.path.as_str()),
        )
    });
    let fade = if enabled { 1.0 } else { 0.4 };
    if chosen {
        ui.painter().rect_filled(square, 5.0, palette.danger);
        paint_icon(ui.painter(), square.center(), icons::ICON_CHECK, 16.0, palette.surface_1);
    } else {
        let color = palette.dimmed.gamma_multiply(fade * 0.8);
        ui.painter().rect_stroke(square, 5.0, (1.5, color), StrokeKind::Inside);
    }
    if response.has_focus() {
        ui.painter().rect_stroke(square.expand(2.0), 6.0, palette.focus_ring(), StrokeKind::Outside);
    }
    if response.clicked() {
        let action = DuplicateAction::Choose { group: index, file: place, chosen: !chosen };
        window.act(Action::Duplicates(action));
    }
    if !enabled {
        let is_last = group.chosen + 1 == group.group.files.len();
        response.on_hover_text(if is_last {
            tr!("duplicates-one-stays")
        } else {
            tr!("duplicates-view-only")
        });
    }
}
