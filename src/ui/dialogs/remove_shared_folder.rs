//! The question before a shared folder is removed from the person’s Dropbox. What is safe has the keyboard.

use super::frame::{DialogFrame, footer_ui, grab_focus, paragraph_ui};
use crate::ui::WindowContext;
use crate::ui::theme::UiPalette;
use crate::ui::widgets::PushButton;
use coffer_model::Entry;
use coffer_state::Action;
use coffer_state::action::DialogAction;
use egui::{Context, Ui};

const CONSEQUENCES: &str = "Its other members keep it, and nothing in it is deleted. \
     You can add it again: it will be in the side bar, below “Not in your Dropbox”.";

pub(super) fn remove_shared_folder_ui(ctx: &Context, window: &mut WindowContext<'_>, entry: &Entry) {
    let title = format!("Remove “{}” from your Dropbox?", entry.name());
    let frame = DialogFrame { title: &title, subtitle: "", width: 480.0, light: true };
    frame.show(ctx, window, |ui, window| {
        let color = ui.palette().dimmed;
        paragraph_ui(ui, CONSEQUENCES, color);
        ui.add_space(12.0);
        let remove = |ui: &mut Ui, window: &mut WindowContext<'_>| {
            if ui.add(PushButton::danger("Remove from my Dropbox")).clicked() {
                window.act(Action::Dialog(DialogAction::ConfirmRemoveFromDropbox));
            }
        };
        footer_ui(ui, window, remove, |ui, window| {
            let keep = ui.add(PushButton::quiet("Keep folder"));
            grab_focus(window, &keep);
            if keep.clicked() {
                window.act(Action::CloseDialog);
            }
        });
    });
}
