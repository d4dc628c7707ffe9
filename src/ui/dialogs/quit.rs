//! The question before the window closes over running transfers or edits. A transfer goes on at the next start, so that is what
//! is offered; an edit does not, so it is finished first.

use super::frame::{DialogFrame, footer_ui, grab_focus, paragraph_ui};
use crate::ui::WindowContext;
use crate::ui::format;
use crate::ui::theme::UiPalette;
use crate::ui::widgets::PushButton;
use coffer_state::Action;
use coffer_state::action::DialogAction;
use coffer_state::transfers::TransferTotals;
use coffer_texts::tr;
use egui::{Context, Ui};

pub(super) fn quit_ui(ctx: &Context, window: &mut WindowContext<'_>) {
    let summary = window.state.transfers.summary();
    let edit = window.state.edit_under_way().map(str::to_owned);
    let title = if edit.is_some() { tr!("quit-edit-title") } else { tr!("quit-title") };
    let frame = DialogFrame { title, subtitle: "", width: 540.0, light: true };
    frame.show(ctx, window, |ui, window| {
        let color = ui.palette().dimmed;
        if let Some(edit) = &edit {
            paragraph_ui(ui, edit, ui.palette().text);
            paragraph_ui(ui, tr!("quit-edit-note"), color);
        }
        if summary.running > 0 {
            paragraph_ui(ui, &what_is_left(&summary), color);
        }
        if summary.preparing > 0 {
            paragraph_ui(ui, tr!("quit-preparing"), color);
        }
        ui.add_space(12.0);
        if edit.is_some() {
            edit_buttons_ui(ui, window);
        } else {
            buttons_ui(ui, window);
        }
    });
}

/// "3 transfers have 2.8 GB left. They will resume when you open Coffer again."
fn what_is_left(summary: &TransferTotals) -> String {
    let left = summary.bytes_total.saturating_sub(summary.bytes_done);
    if left > 0 {
        tr!("quit-left", count = summary.running, size = format::size(left))
    } else {
        tr!("quit-unfinished", count = summary.running)
    }
}

fn buttons_ui(ui: &mut Ui, window: &mut WindowContext<'_>) {
    let stopping = window.state.is_stopping();
    let buttons = |ui: &mut Ui, window: &mut WindowContext<'_>| {
        let words = if stopping { tr!("quit-cancelling") } else { tr!("quit-cancel-all") };
        if ui.add(PushButton::danger(words).enabled(!stopping)).clicked() {
            window.act(Action::Dialog(DialogAction::CancelAndQuit));
        }
        let go_on = ui.add(PushButton::primary(tr!("quit-later")).enabled(!stopping));
        grab_focus(window, &go_on);
        if go_on.clicked() {
            window.act(Action::Dialog(DialogAction::ContinueNextTime));
        }
    };
    footer_ui(ui, window, buttons, stay_ui);
}

fn edit_buttons_ui(ui: &mut Ui, window: &mut WindowContext<'_>) {
    let (stopping, finishing) = (window.state.is_stopping(), window.state.is_finishing());
    let buttons = |ui: &mut Ui, window: &mut WindowContext<'_>| {
        let words = if stopping { tr!("quit-stopping") } else { tr!("quit-stop") };
        if ui.add(PushButton::danger(words).enabled(!stopping)).clicked() {
            window.act(Action::Dialog(DialogAction::CancelAndQuit));
        }
        let words = if finishing { tr!("quit-finishing") } else { tr!("quit-finish") };
        let finish = ui.add(PushButton::primary(words).enabled(!stopping && !finishing));
        grab_focus(window, &finish);
        if finish.clicked() {
            window.act(Action::Dialog(DialogAction::ContinueNextTime));
        }
    };
    footer_ui(ui, window, buttons, stay_ui);
}

fn stay_ui(ui: &mut Ui, window: &mut WindowContext<'_>) {
    if ui.add(PushButton::quiet(tr!("quit-stay"))).clicked() {
        window.act(Action::CloseDialog);
    }
}

#[cfg(test)]
mod tests {
    use super::what_is_left;
    use coffer_state::transfers::TransferTotals;

    #[test]
    fn what_is_left_is_told_in_a_sentence_or_two() {
        let summary =
            TransferTotals { running: 1, bytes_done: 1_000, bytes_total: 5_000, ..TransferTotals::default() };
        assert_eq!(
            what_is_left(&summary),
            "1 transfer has 4 KB left. It will resume when you open Coffer again."
        );
        assert_eq!(
            what_is_left(&TransferTotals { running: 2, ..TransferTotals::default() }),
            "2 transfers are not finished. They will resume when you open Coffer again."
        );
    }
}
