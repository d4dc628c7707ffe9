//! The question before chosen copies are deleted: which they are. What is safe has the keyboard.

use super::frame::{DialogFrame, question_footer_ui};
use crate::ui::WindowContext;
use crate::ui::format;
use crate::ui::theme::{self, UiPalette};
use crate::ui::widgets::{PushButton, elide_middle, paint_text};
use coffer_state::Action;
use coffer_state::action::DialogAction;
use coffer_state::duplicates::DeletionPlan;
use coffer_texts::tr;
use egui::{Align2, Context, Frame, Margin, ScrollArea, Sense, Ui, pos2, vec2};

const LINE: f32 = 26.0;
const LISTED_HEIGHT: f32 = 208.0;

pub(super) fn delete_duplicates_ui(ctx: &Context, window: &mut WindowContext<'_>, plan: &DeletionPlan) {
    let files = plan.entries.len();
    let title = tr!("delete-duplicates-title", count = files, size = format::size(plan.bytes));
    let subtitle = tr!("delete-duplicates-note", count = plan.groups.len());
    let frame = DialogFrame { title: &title, subtitle: &subtitle, width: 620.0, light: true };
    frame.show(ctx, window, |ui, window| {
        files_ui(ui, window, plan);
        ui.add_space(14.0);
        let label = tr!("delete-duplicates-button", count = files);
        if question_footer_ui(ui, window, tr!("delete-duplicates-keep"), PushButton::danger(&label)) {
            window.act(Action::Dialog(DialogAction::ConfirmDeleteDuplicates));
        }
    });
}

/// All of them, of which only those are drawn that are seen.
fn files_ui(ui: &mut Ui, window: &WindowContext<'_>, plan: &DeletionPlan) {
    let palette = ui.palette();
    let frame = Frame::new()
        .fill(palette.surface_0)
        .corner_radius(theme::CORNER)
        .inner_margin(Margin::symmetric(12, 8));
    frame.show(ui, |ui| {
        ui.spacing_mut().item_spacing.y = 0.0;
        let area = ScrollArea::vertical().max_height(LISTED_HEIGHT).auto_shrink([false, true]);
        area.show_rows(ui, LINE, plan.entries.len(), |ui, rows| {
            for entry in &plan.entries[rows] {
                let (line, _) = ui.allocate_exact_size(vec2(ui.available_width(), LINE), Sense::hover());
                let at = pos2(line.max.x - 8.0, line.center().y);
                let size = entry.file().map_or_else(String::new, |file| format::size(file.size_bytes));
                let font = theme::tabular(theme::SMALL_TEXT);
                let size =
                    paint_text(ui.painter(), Align2::RIGHT_CENTER, at, 90.0, &size, font, palette.dimmed);
                let font = theme::regular(theme::BODY_TEXT);
                let width = size.min.x - line.min.x - 16.0;
                let words = window.state.folder_path(&entry.path);
                let words = elide_middle(ui.painter(), &words, &font, palette.text, width);
                ui.painter().galley(
                    pos2(line.min.x, line.center().y - words.size().y / 2.0),
                    words,
                    palette.text,
                );
            }
        });
    });
}
