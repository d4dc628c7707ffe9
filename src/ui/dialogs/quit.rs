//! The question before the window closes over running transfers. What was begun goes on at the next start, so that is
//! what is offered.

use super::frame::{DialogFrame, footer_ui, grab_focus, paragraph_ui};
use crate::ui::View;
use crate::ui::format;
use crate::ui::theme::UiTokens;
use crate::ui::widgets::PushButton;
use coffer_state::Action;
use coffer_state::action::DialogAction;
use coffer_state::transfers::Summary;
use egui::{Context, Ui};

pub(super) fn quit_ui(ctx: &Context, view: &mut View<'_>) {
    let summary = view.state.transfers.summary();
    let frame = DialogFrame { title: "Transfers are still running", subtitle: "", width: 540.0, light: true };
    frame.show(ctx, view, |ui, view| {
        let color = ui.tokens().dimmed;
        paragraph_ui(ui, &what_is_left(&summary), color);
        if summary.preparing > 0 {
            paragraph_ui(ui, "Uploads that are still being prepared have to be started again.", color);
        }
        ui.add_space(12.0);
        buttons_ui(ui, view);
    });
}

/// "3 transfers have 2.8 GB left. They will resume when you open Coffer again."
fn what_is_left(summary: &Summary) -> String {
    let left = summary.bytes_total.saturating_sub(summary.bytes_done);
    let transfers = format::counted(summary.running, "transfer");
    let (has, is, they) = if summary.running == 1 { ("has", "is", "It") } else { ("have", "are", "They") };
    let rest =
        if left > 0 { format!("{has} {} left", format::size(left)) } else { format!("{is} not finished") };
    format!("{transfers} {rest}. {they} will resume when you open Coffer again.")
}

fn buttons_ui(ui: &mut Ui, view: &mut View<'_>) {
    let stopping = view.state.is_stopping();
    let buttons = |ui: &mut Ui, view: &mut View<'_>| {
        let go_on = ui.add(PushButton::primary("Quit and resume later").enabled(!stopping));
        grab_focus(view, &go_on);
        if go_on.clicked() {
            view.act(Action::Dialog(DialogAction::ContinueNextTime));
        }
        let words = if stopping { "Cancelling…" } else { "Cancel transfers and quit" };
        if ui.add(PushButton::danger(words).enabled(!stopping)).clicked() {
            view.act(Action::Dialog(DialogAction::CancelAndQuit));
        }
    };
    footer_ui(ui, view, buttons, |ui, view| {
        if ui.add(PushButton::quiet("Keep Coffer open")).clicked() {
            view.act(Action::CloseDialog);
        }
    });
}

#[cfg(test)]
mod tests {
    use super::what_is_left;
    use coffer_state::transfers::Summary;

    #[test]
    fn what_is_left_is_told_in_a_sentence_or_two() {
        let summary = Summary { running: 1, bytes_done: 1_000, bytes_total: 5_000, ..Summary::default() };
        assert_eq!(
            what_is_left(&summary),
            "1 transfer has 4 KB left. It will resume when you open Coffer again."
        );
        assert_eq!(
            what_is_left(&Summary { running: 2, ..Summary::default() }),
            "2 transfers are not finished. They will resume when you open Coffer again."
        );
    }
}
