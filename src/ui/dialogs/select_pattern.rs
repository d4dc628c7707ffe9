//! Selecting the rows whose names have a pattern: a field, and how many rows that are.

use super::frame::{DialogFrame, footer_ui, grab_focus};
use crate::ui::WindowContext;
use crate::ui::theme::UiPalette;
use crate::ui::widgets::{PushButton, TextField};
use coffer_state::Action;
use coffer_state::action::DialogAction;
use coffer_state::select_pattern::SelectPatternDialog;
use coffer_texts::tr;
use egui::{Context, Key, Modifiers, Role, WidgetInfo};

pub(super) fn select_pattern_ui(ctx: &Context, window: &mut WindowContext<'_>, dialog: &SelectPatternDialog) {
    let subtitle = tr!("select-pattern-note");
    let frame = DialogFrame { title: tr!("select-pattern-title"), subtitle, width: 460.0, light: true };
    frame.show(ctx, window, |ui, window| {
        if ctx.text_edit_focused() && ui.input_mut(|input| input.consume_key(Modifiers::NONE, Key::Enter)) {
            window.act(Action::Dialog(DialogAction::ConfirmPattern));
        }
        let mut text = dialog.typed().to_owned();
        let response =
            TextField::new(tr!("select-pattern-field"), &mut text).hint("*.jpg").height(40.0).show(ui);
        grab_focus(window, &response);
        if response.changed() {
            window.act(Action::Dialog(DialogAction::EditPattern(text)));
        }
        ui.add_space(12.0);
        let found = dialog.found.entries.len();
        let buttons = |ui: &mut egui::Ui, window: &mut WindowContext<'_>| {
            if ui.add(PushButton::quiet(tr!("cancel"))).clicked() {
                window.act(Action::CloseDialog);
            }
            let words = tr!("select-items", count = found);
            let can = found > 0 && !dialog.is_searching();
            if ui.add(PushButton::primary(&words).enabled(can)).clicked() {
                window.act(Action::Dialog(DialogAction::ConfirmPattern));
            }
        };
        footer_ui(ui, window, buttons, |ui, _| {
            let palette = ui.palette();
            let (words, color) = match &dialog.problem {
                Some(problem) => (problem.title.clone(), palette.danger),
                None if dialog.typed().trim().is_empty() => (String::new(), palette.dimmed),
                None => (tr!("progress-of-items", done = found, count = dialog.row_count()), palette.dimmed),
            };
            let response = ui.colored_label(color, &words);
            response.widget_info(|| WidgetInfo::labeled(Role::Status, true, &words));
        });
    });
}
