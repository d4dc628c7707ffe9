//! The question before a shared folder is removed from the person’s Dropbox. What is safe has the keyboard.

use super::frame::{DialogFrame, paragraph_ui, question_footer_ui};
use crate::ui::WindowContext;
use crate::ui::theme::UiPalette;
use crate::ui::widgets::PushButton;
use coffer_model::Entry;
use coffer_state::Action;
use coffer_state::action::DialogAction;
use coffer_texts::tr;
use egui::Context;

pub(super) fn remove_shared_folder_ui(ctx: &Context, window: &mut WindowContext<'_>, entry: &Entry) {
    let title = tr!("remove-shared-title", name = entry.name());
    let frame = DialogFrame { title: &title, subtitle: "", width: 480.0, light: true };
    frame.show(ctx, window, |ui, window| {
        let color = ui.palette().dimmed;
        paragraph_ui(ui, tr!("remove-shared-note"), color);
        ui.add_space(12.0);
        let button = PushButton::danger(tr!("remove-shared"));
        if question_footer_ui(ui, window, tr!("remove-shared-keep"), button) {
            window.act(Action::Dialog(DialogAction::ConfirmRemoveFromDropbox));
        }
    });
}
