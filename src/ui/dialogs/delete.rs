//! The question before very much is deleted: how much, and what is used afterwards. What is safe has the keyboard.

use super::frame::{DialogFrame, footer_ui, grab_focus, paragraph_ui};
use crate::ui::theme::UiPalette;
use crate::ui::widgets::PushButton;
use crate::ui::{WindowContext, format};
use coffer_model::Account;
use coffer_state::Action;
use coffer_state::action::DialogAction;
use coffer_state::delete_question::DeleteQuestion;
use egui::{Context, Ui};

pub(super) fn delete_ui(ctx: &Context, window: &mut WindowContext<'_>, question: &DeleteQuestion) {
    let title = match &*question.entries {
        [entry] => format!("Delete “{}”?", entry.name()),
        entries => format!("Delete {}?", format::items(entries.len())),
    };
    let files = format::counted(question.files as usize, "file");
    let amount = format!("{files}, {}", format::size(question.bytes));
    let words = consequences(question, window.state.session.account.as_ref());
    let frame = DialogFrame { title: &title, subtitle: &amount, width: 480.0, light: true };
    frame.show(ctx, window, |ui, window| {
        let color = ui.palette().dimmed;
        paragraph_ui(ui, &words, color);
        ui.add_space(12.0);
        let delete = |ui: &mut Ui, window: &mut WindowContext<'_>| {
            if ui.add(PushButton::danger(&format!("Delete {files}"))).clicked() {
                window.act(Action::Dialog(DialogAction::ConfirmDelete));
            }
        };
        footer_ui(ui, window, delete, |ui, window| {
            let keep = ui.add(PushButton::quiet("Keep"));
            grab_focus(window, &keep);
            if keep.clicked() {
                window.act(Action::CloseDialog);
            }
        });
    });
}

fn consequences(question: &DeleteQuestion, account: Option<&Account>) -> String {
    let restore = "You can undo this, or restore them later from “Deleted files”.";
    match account {
        // Folders of others may not count in this account.
        Some(account) if account.allocated_bytes > 0 && account.used_bytes >= question.bytes => {
            let used = format::size(account.used_bytes - question.bytes);
            let all = format::size(account.allocated_bytes);
            format!("{restore} Afterwards you use {used} of {all}.")
        }
        _ => restore.to_owned(),
    }
}
