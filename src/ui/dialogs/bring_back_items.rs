//! What is brought back, item by item: each can be left out.

use crate::ui::WindowContext;
use crate::ui::format;
use crate::ui::theme::{self, UiPalette};
use crate::ui::widgets::{elide_middle, paint_icon, paint_text};
use coffer_model::{BringBackItem, SinceThen};
use coffer_state::Action;
use coffer_state::action::DialogAction;
use coffer_state::bring_back_question::BringBackQuestion;
use coffer_texts::tr;
use egui::{Align2, Frame, Margin, Role, ScrollArea, Sense, StrokeKind, Ui, WidgetInfo, pos2, vec2};
use egui_material_icons::icons;

const HEAD: f32 = 34.0;
const LINE: f32 = 28.0;
const LISTED_HEIGHT: f32 = 150.0;

pub(super) fn items_ui(ui: &mut Ui, window: &mut WindowContext<'_>, question: &BringBackQuestion) {
    let items = &question.items.items;
    if items.is_empty() {
        return;
    }
    head_ui(ui, window, question);
    if !question.lists_items {
        return;
    }
    let palette = ui.palette();
    let frame = Frame::new()
        .fill(palette.surface_0)
        .corner_radius(theme::CORNER)
        .inner_margin(Margin::symmetric(8, 4));
    frame.show(ui, |ui| {
        ui.spacing_mut().item_spacing.y = 0.0;
        let area = ScrollArea::vertical().max_height(LISTED_HEIGHT).auto_shrink([false, true]);
        area.show_rows(ui, LINE, items.len(), |ui, rows| {
            for item in &items[rows] {
                let path = relative_path(window, question, item);
                if item_ui(ui, item, &path, question.is_wanted(item)) {
                    let path = item.path.clone();
                    window.act(Action::Dialog(DialogAction::ToggleBringBackItem(path)));
                }
            }
        });
    });
}

/// Unfolds the list.
fn head_ui(ui: &mut Ui, window: &mut WindowContext<'_>, question: &BringBackQuestion) {
    let palette = ui.palette();
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), HEAD), Sense::click());
    let words = tr!("bring-back-all-items", count = question.items.items.len());
    response.widget_info(|| WidgetInfo::selected(Role::Button, true, question.lists_items, &words));
    let (painter, middle) = (ui.painter(), rect.center().y);
    let fill =
        if response.hovered() { theme::blend(palette.surface_2, palette.hover()) } else { palette.surface_2 };
    painter.rect_filled(rect, theme::CORNER, fill);
    if response.has_focus() {
        painter.rect_stroke(rect.expand(2.0), theme::CORNER, palette.focus_ring(), StrokeKind::Outside);
    }
    let icon = if question.lists_items { icons::ICON_EXPAND_MORE } else { icons::ICON_CHEVRON_RIGHT };
    paint_icon(painter, pos2(rect.min.x + 18.0, middle), icon, 18.0, palette.dimmed);
    let font = theme::medium(theme::BODY_TEXT);
    let at = pos2(rect.min.x + 34.0, middle);
    paint_text(painter, Align2::LEFT_CENTER, at, rect.width() - 200.0, &words, font, palette.text);
    let (at, font) = (pos2(rect.max.x - 12.0, middle), theme::regular(theme::SMALL_TEXT));
    painter.text(at, Align2::RIGHT_CENTER, tr!("bring-back-leave-out"), font, palette.dimmed);
    if response.clicked() {
        window.act(Action::Dialog(DialogAction::ListBringBackItems(!question.lists_items)));
    }
}

/// "Station photos / IMG 2200.jpg"
fn relative_path(window: &WindowContext<'_>, question: &BringBackQuestion, item: &BringBackItem) -> String {
    let folder = &question.asked.folder;
    match item.path.as_str().get(folder.as_str().len() + 1..) {
        Some(path) if folder.contains(&item.path) => path.replace('/', " / "),
        _ => window.state.folder_path(&item.path),
    }
}

/// Answers whether it is to be left out, or taken in again.
fn item_ui(ui: &mut Ui, item: &BringBackItem, path: &str, is_wanted: bool) -> bool {
    let palette = ui.palette();
    let (line, response) = ui.allocate_exact_size(vec2(ui.available_width(), LINE), Sense::click());
    response.widget_info(|| WidgetInfo::selected(Role::CheckBox, true, is_wanted, path));
    let (painter, middle) = (ui.painter(), line.center().y);
    if response.hovered() {
        painter.rect_filled(line, theme::CORNER_SMALL, palette.hover());
    }
    if response.has_focus() {
        painter.rect_stroke(line, theme::CORNER_SMALL, palette.focus_ring(), StrokeKind::Inside);
    }
    let (icon, color) = if is_wanted {
        (icons::ICON_CHECK_BOX, palette.accent)
    } else {
        (icons::ICON_CHECK_BOX_OUTLINE_BLANK, palette.dimmed)
    };
    paint_icon(painter, pos2(line.min.x + 12.0, middle), icon, 18.0, color);
    let font = theme::regular(theme::SMALL_TEXT);
    // Beside the bar that scrolls.
    let at = pos2(line.max.x - 14.0, middle);
    let size = if item.is_folder { "–".to_owned() } else { format::size(item.size_bytes) };
    painter.text(at, Align2::RIGHT_CENTER, size, theme::tabular(theme::SMALL_TEXT), palette.dimmed);
    let at = pos2(line.max.x - 86.0, middle);
    let since = paint_text(painter, Align2::RIGHT_CENTER, at, 120.0, words(item), font, palette.dimmed);
    let font = theme::regular(theme::BODY_TEXT);
    let color = if is_wanted { palette.text } else { palette.dimmed };
    let name = elide_middle(painter, path, &font, color, since.min.x - line.min.x - 44.0);
    painter.galley(pos2(line.min.x + 28.0, middle - name.size().y / 2.0), name, color);
    response.clicked()
}

fn words(item: &BringBackItem) -> &'static str {
    match item.since {
        SinceThen::Deleted => tr!("bring-back-is-gone"),
        SinceThen::Changed => tr!("bring-back-is-changed"),
        SinceThen::Moved(_) => tr!("bring-back-is-moved"),
        SinceThen::Added => tr!("bring-back-is-new"),
        _ => tr!("bring-back-is-same"),
    }
}
