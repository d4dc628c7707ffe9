//! The question before the window closes over running transfers. What was begun goes on at the next start, so that is
//! what is offered.

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
    let frame = DialogFrame { title: tr!("quit-title"), subtitle: "", width: 540.0, light: true };
    frame.show(ctx, window, |ui, window| {
        let color = ui.palette().dimmed;
        paragraph_ui(ui, &what_is_left(&summary), color);
        if summary.preparing > 0 {
            paragraph_ui(ui, tr!("quit-preparing"), color);
        }
        ui.add_space(12.0);
        buttons_ui(ui, window);
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
    footer_ui(ui, window, buttons, |ui, window| {
        if ui.add(PushButton::quiet(tr!("quit-stay"))).clicked() {
            window.act(Action::CloseDialog);
        }
    });
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
