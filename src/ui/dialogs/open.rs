//! The question before files are opened that may run a program. What is safe has the keyboard.

use super::frame::{DialogFrame, footer_ui, grab_focus, paragraph_ui};
use crate::ui::WindowContext;
use crate::ui::format;
use crate::ui::theme::UiPalette;
use crate::ui::widgets::PushButton;
use coffer_state::Action;
use coffer_state::action::DialogAction;
use coffer_state::open_question::OpenQuestion;
use egui::{Context, Ui};

pub(super) fn open_ui(ctx: &Context, window: &mut WindowContext<'_>, question: &OpenQuestion) {
    let (title, why) = match question.entries() {
        [entry] => (
            format!("Open “{}”?", entry.name()),
            "A file of this kind can run a program on your computer. Open it only if you know where it comes from.",
        ),
        entries => (
            format!("Open {}?", format::counted(entries.len(), "file")),
            "Files of these kinds can run programs on your computer. Open them only if you know where they come from.",
        ),
    };
    let frame = DialogFrame { title: &title, subtitle: "", width: 480.0, light: true };
    frame.show(ctx, window, |ui, window| {
        let color = ui.palette().dimmed;
        paragraph_ui(ui, why, color);
        ui.add_space(12.0);
        let open = |ui: &mut Ui, window: &mut WindowContext<'_>| {
            if ui.add(PushButton::danger("Open anyway")).clicked() {
                window.act(Action::Dialog(DialogAction::ConfirmOpen));
            }
        };
        footer_ui(ui, window, open, |ui, window| {
            let leave = ui.add(PushButton::quiet("Don’t open"));
            grab_focus(window, &leave);
            if leave.clicked() {
                window.act(Action::CloseDialog);
            }
        });
    });
}
