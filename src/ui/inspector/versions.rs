//! The versions of the selected file, shortly; a click opens the dialog where they can be looked at.

use crate::ui::WindowContext;
use crate::ui::theme::UiPalette;
use crate::ui::version_row::{ROW_HEIGHT, VersionRow};
use crate::ui::widgets::{PushButton, paint_skeleton_row};
use coffer_model::Entry;
use coffer_state::{Action, Command};
use coffer_texts::tr;
use egui::{Rect, RichText, ScrollArea, Sense, Ui, vec2};

pub(super) fn versions_ui(ui: &mut Ui, window: &mut WindowContext<'_>, entry: &Entry) {
    let state = window.state;
    let revisions = &state.inspector.revisions;
    match revisions.value() {
        Some(list) if !list.is_empty() => list_ui(ui, window, entry, list),
        _ if revisions.problem().is_some() => {
            if let Some(problem) = revisions.problem() {
                ui.add_space(8.0);
                ui.label(&problem.title);
                ui.label(RichText::new(&problem.detail).color(ui.palette().dimmed));
                if ui.add(PushButton::quiet(tr!("retry"))).clicked() {
                    window.command(Command::Refresh);
                }
            }
        }
        _ => skeleton_ui(ui),
    }
}

fn list_ui(ui: &mut Ui, window: &mut WindowContext<'_>, entry: &Entry, revisions: &[Entry]) {
    ui.spacing_mut().item_spacing.y = 0.0;
    ui.add_space(8.0);
    ScrollArea::vertical().auto_shrink(false).show_rows(ui, ROW_HEIGHT, revisions.len(), |ui, rows| {
        for index in rows {
            let newest = index == 0 && !entry.is_deleted();
            let row = VersionRow { revisions, index, newest, selected: newest, focusable: true, notes: None };
            if row.show(ui, window).clicked() {
                window.act(Action::ShowRevision(index));
            }
        }
    });
}

fn skeleton_ui(ui: &mut Ui) {
    let palette = ui.palette();
    ui.add_space(8.0);
    for index in 0..3 {
        let size = vec2(ui.available_width(), ROW_HEIGHT - 8.0);
        let (rect, _) = ui.allocate_exact_size(size, Sense::hover());
        paint_skeleton_row(ui.painter(), Rect::from_min_size(rect.min, size), index, palette);
    }
}
