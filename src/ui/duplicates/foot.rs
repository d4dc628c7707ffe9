//! The bar at the foot: what stays, what goes, and the button that asks.

use super::super::theme::{self, UiPalette};
use super::super::widgets::{PushButton, paint_text};
use super::super::{WindowContext, format};
use super::SIDE;
use coffer_state::Action;
use coffer_state::duplicates::DuplicateAction;
use coffer_texts::tr;
use egui::{Align, Align2, Layout, Ui, UiBuilder, pos2, vec2};

/// Of the bar.
pub(super) const HEIGHT: f32 = 60.0;

pub(super) fn foot_ui(ui: &mut Ui, window: &mut WindowContext<'_>) {
    let palette = ui.palette();
    let bar = ui.max_rect();
    ui.painter().hline(bar.x_range(), bar.min.y, (1.0, palette.line));
    let list = &window.state.duplicates;
    let (count, offline) = (list.chosen_count(), window.state.session.offline);
    let (title, detail) = match count {
        _ if offline => (tr!("duplicates-offline-title").to_owned(), tr!("duplicates-offline")),
        0 => (tr!("duplicates-none-chosen").to_owned(), tr!("duplicates-one-of-each-stays")),
        _ => (tr!("duplicates-chosen", count = count), tr!("duplicates-restorable")),
    };
    let button = match count {
        0 => tr!("duplicates-delete").to_owned(),
        _ => tr!("duplicates-delete-files", count = count, size = format::size(list.chosen_bytes)),
    };
    let mut left_of_button = bar.max.x;
    let inside = bar.shrink2(vec2(SIDE, 0.0));
    let builder = UiBuilder::new().max_rect(inside).layout(Layout::right_to_left(Align::Center));
    ui.scope_builder(builder, |ui| {
        let button = PushButton::danger(&button).enabled(count > 0 && !offline);
        let button = if offline { button.tooltip(tr!("duplicates-offline")) } else { button };
        let response = ui.add(button);
        left_of_button = response.rect.min.x;
        if response.clicked() {
            window.act(Action::Duplicates(DuplicateAction::AskToDelete));
        }
    });
    let width = left_of_button - inside.min.x - 16.0;
    let middle = bar.center().y;
    let (medium, small) = (theme::medium(theme::BODY_TEXT), theme::regular(theme::SMALL_TEXT));
    let at = |y: f32| pos2(inside.min.x, middle + y);
    paint_text(ui.painter(), Align2::LEFT_CENTER, at(-9.0), width, &title, medium, palette.text);
    paint_text(ui.painter(), Align2::LEFT_CENTER, at(10.0), width, detail, small, palette.dimmed);
    let words =
        ui.interact(bar.with_max_x(left_of_button - 8.0), ui.scope_id().with("words"), egui::Sense::hover());
    words.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Status, true, format!("{title}. {detail}")));
}
