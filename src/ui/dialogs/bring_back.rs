//! The question before a folder is brought back to what it was: what comes back, what is changed, what stays.

use super::frame::{DialogFrame, footer_ui, grab_focus, paragraph_ui};
use crate::ui::past::moment_in_words;
use crate::ui::theme::UiPalette;
use crate::ui::widgets::PushButton;
use crate::ui::{WindowContext, format};
use coffer_state::Action;
use coffer_state::action::DialogAction;
use coffer_state::bring_back_question::BringBackQuestion;
use egui::{Context, Ui};

const CONSEQUENCES: &str = "What has changed meanwhile is left alone, and one Undo takes all of it back.";

pub(super) fn bring_back_ui(ctx: &Context, window: &mut WindowContext<'_>, question: &BringBackQuestion) {
    let title = format!("Bring “{}” back?", question.folder.display_name());
    let subtitle = format!("To {}, with all that is below it", moment_in_words(window, question.at));
    let frame = DialogFrame { title: &title, subtitle: &subtitle, width: 480.0, light: true };
    frame.show(ctx, window, |ui, window| {
        let palette = ui.palette();
        for line in lines(question) {
            paragraph_ui(ui, &line, palette.text);
        }
        ui.add_space(4.0);
        paragraph_ui(ui, CONSEQUENCES, palette.dimmed);
        ui.add_space(12.0);
        let bring_back = |ui: &mut Ui, window: &mut WindowContext<'_>| {
            let label = format!("Bring back {}", files(question.files()));
            if ui.add(PushButton::primary(&label)).clicked() {
                window.act(Action::Dialog(DialogAction::ConfirmBringBack));
            }
        };
        footer_ui(ui, window, bring_back, |ui, window| {
            let cancel = ui.add(PushButton::quiet("Cancel"));
            grab_focus(window, &cancel);
            if cancel.clicked() {
                window.act(Action::CloseDialog);
            }
        });
    });
}

/// What happens to how many files.
fn lines(question: &BringBackQuestion) -> Vec<String> {
    let counts = question.counts;
    let one_or_more = |count: u64, one: &str, more: &str| {
        let words = if count == 1 { one } else { more };
        (count > 0).then(|| format!("{} {words}", files(count)))
    };
    [
        one_or_more(counts.deleted, "that was deleted comes back", "that were deleted come back"),
        one_or_more(counts.changed, "goes back to its version of then", "go back to their versions of then"),
        one_or_more(
            counts.moved,
            "gets its old name and place again",
            "get their old names and places again",
        ),
        one_or_more(counts.added, "made since then stays", "made since then stay"),
        one_or_more(
            counts.unknown,
            "can’t be brought back, because nobody knows what it was",
            "can’t be brought back, because nobody knows what they were",
        ),
    ]
    .into_iter()
    .flatten()
    .collect()
}

fn files(count: u64) -> String {
    format::counted(count as usize, "file")
}

#[cfg(test)]
mod tests {
    use super::lines;
    use coffer_model::{RemotePath, SinceCounts};
    use coffer_state::bring_back_question::BringBackQuestion;
    use jiff::Timestamp;

    #[test]
    fn the_question_says_what_happens_to_how_many_files() {
        let counts = SinceCounts { deleted: 1, changed: 0, moved: 2, added: 3, unknown: 1, pending: 0 };
        let question = BringBackQuestion { folder: RemotePath::new("/a"), at: Timestamp::UNIX_EPOCH, counts };
        assert_eq!(
            lines(&question),
            [
                "1 file that was deleted comes back",
                "2 files get their old names and places again",
                "3 files made since then stay",
                "1 file can’t be brought back, because nobody knows what it was",
            ]
        );
    }
}
