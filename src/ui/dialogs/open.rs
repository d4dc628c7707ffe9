//! The question before files are opened that may run a program. What is safe has the keyboard.

use super::frame::{DialogFrame, paragraph_ui, question_footer_ui};
use crate::ui::WindowContext;
use crate::ui::theme::UiPalette;
use crate::ui::widgets::PushButton;
use coffer_state::Action;
use coffer_state::action::DialogAction;
use coffer_state::open_question::OpenQuestion;
use coffer_texts::tr;
use egui::Context;

pub(super) fn open_ui(ctx: &Context, window: &mut WindowContext<'_>, question: &OpenQuestion) {
    let (title, why) = match question.entries() {
        [entry] => (tr!("open-one", name = entry.name()), tr!("open-one-note")),
        entries => (tr!("open-many", count = entries.len()), tr!("open-many-note")),
    };
    let frame = DialogFrame { title: &title, subtitle: "", width: 480.0, light: true };
    frame.show(ctx, window, |ui, window| {
        let color = ui.palette().dimmed;
        paragraph_ui(ui, why, color);
        ui.add_space(12.0);
        let button = PushButton::danger(tr!("open-anyway"));
        if question_footer_ui(ui, window, tr!("open-not"), button) {
            window.act(Action::Dialog(DialogAction::ConfirmOpen));
        }
    });
}
