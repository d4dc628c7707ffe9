//! The foot of a comparison: what can be said of it in one line, and what can be done.

use super::is_text;
use crate::ui::WindowContext;
use crate::ui::commands::key_names;
use crate::ui::dialogs::frame::footer_ui;
use crate::ui::format;
use crate::ui::theme::{self, UiPalette};
use crate::ui::widgets::{PushButton, paint_text};
use coffer_model::comparison::{
    ComparedFiles, Comparison, Difference, LineBreak, LineComparison, PictureDifference, TextFormat,
};
use coffer_model::working_copy::ConflictChoice;
use coffer_state::Action;
use coffer_state::action::{DialogAction, OpenFileAction};
use coffer_state::compare_dialog::{CompareDialog, ComparisonOrigin};
use coffer_texts::tr;
use egui::{Align2, Role, Sense, Ui, WidgetInfo, vec2};

pub(super) fn foot_ui(ui: &mut Ui, window: &mut WindowContext<'_>, compare: &CompareDialog) {
    let words = compare.comparison.value().map(|comparison| words(window, comparison)).unwrap_or_default();
    let buttons = |ui: &mut Ui, window: &mut WindowContext<'_>| match &compare.files {
        ComparedFiles::Conflict(id) => {
            if ui.add(PushButton::link(tr!("command-show-in-folder"))).clicked() {
                window.act(Action::OpenFile { id: id.clone(), action: OpenFileAction::Show });
            }
            for (words, hint, keep) in [
                (tr!("open-file-mine"), tr!("compare-mine-hint"), ConflictChoice::Mine),
                (tr!("open-file-theirs"), tr!("compare-theirs-hint"), ConflictChoice::Theirs),
                (tr!("conflict-keep-both"), tr!("compare-both-hint"), ConflictChoice::Both),
            ] {
                if ui.add(PushButton::quiet(words).tooltip(hint)).clicked() {
                    let action = OpenFileAction::Resolve(keep);
                    window.act(Action::OpenFile { id: id.clone(), action });
                }
            }
        }
        ComparedFiles::Pair(_) => {
            let (words, action) = match compare.origin {
                Some(ComparisonOrigin::Versions(..)) => {
                    (tr!("compare-back-to-versions"), Action::Dialog(DialogAction::BackToVersions))
                }
                Some(ComparisonOrigin::Question) => (tr!("compare-back-to-question"), Action::CloseDialog),
                None => (tr!("close"), Action::CloseDialog),
            };
            if ui.add(PushButton::quiet(words)).clicked() {
                window.act(action);
            }
            let comparison = compare.comparison.value();
            let differs = comparison.is_some_and(|comparison| comparison.difference != Difference::None);
            if differs && compare.versions() == Some(true) {
                let restore = PushButton::primary(tr!("compare-restore-earlier"));
                if ui.add(restore.tooltip(tr!("compare-restore-hint"))).clicked() {
                    window.act(Action::Dialog(DialogAction::RestoreCompared));
                }
            }
        }
    };
    footer_ui(ui, window, buttons, |ui, window| {
        if shows_lines(window, compare) {
            copy_ui(ui, window);
            unfold_ui(ui, window);
        }
        let (rect, response) =
            ui.allocate_exact_size(vec2(ui.available_width() - 12.0, theme::CONTROL_HEIGHT), Sense::hover());
        response.widget_info(|| WidgetInfo::labeled(Role::Label, true, &words));
        let font = theme::regular(theme::SMALL_TEXT);
        let color = ui.palette().dimmed;
        paint_text(ui.painter(), Align2::LEFT_CENTER, rect.left_center(), rect.width(), &words, font, color);
    });
}

fn shows_lines(window: &WindowContext<'_>, compare: &CompareDialog) -> bool {
    let comparison = compare.comparison.value();
    comparison.is_some_and(|comparison| is_text(comparison) && !shows_blocks(window, comparison))
}

fn shows_blocks(window: &WindowContext<'_>, comparison: &Comparison) -> bool {
    window.state.settings.comparison.is_rendered
        && matches!(&comparison.difference, Difference::Lines(lines) if super::blocks::can_show(comparison, lines))
}

fn unfold_ui(ui: &mut Ui, window: &mut WindowContext<'_>) {
    let Some(lines) = &mut window.ui_state.dialogs.compare.lines else { return };
    if !lines.has_folds() {
        return;
    }
    let words = if lines.folded() > 0 { tr!("compare-show-all-lines") } else { tr!("compare-fold-lines") };
    if ui.add(PushButton::link(words)).clicked() {
        lines.toggle_folds();
    }
}

/// The lines that are selected.
fn copy_ui(ui: &mut Ui, window: &WindowContext<'_>) {
    let Some(text) =
        window.ui_state.dialogs.compare.lines.as_ref().and_then(super::LinesUiState::selected_text)
    else {
        return;
    };
    let words = tr!("compare-copy-lines", count = text.split('\n').count());
    if ui.add(PushButton::link(&words).tooltip(&key_names("Ctrl+C"))).clicked() {
        ui.ctx().copy_text(text.to_owned());
    }
}

fn words(window: &WindowContext<'_>, comparison: &Comparison) -> String {
    match &comparison.difference {
        Difference::Lines(lines) => {
            let mut parts = vec![tr!("changes", count = lines.differences.len())];
            let ui_state = window.ui_state.dialogs.compare.lines.as_ref();
            let folded = ui_state.map_or(0, super::LinesUiState::folded);
            if folded > 0 && !shows_blocks(window, comparison) {
                parts.push(tr!("compare-folded", count = folded));
            }
            if window.state.settings.comparison.ignores_space {
                parts.push(tr!("compare-space-ignored").to_owned());
            }
            parts.push(formats_in_words(lines));
            parts.join(" · ")
        }
        Difference::Pictures(pictures) => pictures.difference.as_ref().map(picture_words).unwrap_or_default(),
        Difference::None | Difference::Bytes(_) => String::new(),
    }
}

fn picture_words(difference: &PictureDifference) -> String {
    let percent = |share: f32| match share * 100.0 {
        percent if percent > 0.0 && percent < 0.1 => tr!("compare-least-percent").to_owned(),
        percent if percent < 10.0 => format::with_decimal_sign(&format!("{percent:.1} %")),
        percent => format!("{percent:.0} %"),
    };
    if difference.visible == 0.0 {
        return tr!("compare-look-same").to_owned();
    }
    tr!("compare-pixels-differ", visible = percent(difference.visible), strong = percent(difference.strong))
}

/// "UTF-8, LF on both sides"
pub(super) fn formats_in_words(lines: &LineComparison) -> String {
    let [first, second] = lines.formats.map(format_in_words);
    if first == second {
        return tr!("compare-formats-same", format = first);
    }
    tr!("compare-formats", first = first, second = second)
}

fn format_in_words(format: TextFormat) -> String {
    let encoding = format.encoding;
    let words = match format.line_break {
        LineBreak::None => return encoding.to_owned(),
        LineBreak::Lf => format!("{encoding}, LF"),
        LineBreak::CrLf => format!("{encoding}, CRLF"),
        LineBreak::Mixed => tr!("compare-mixed-breaks", encoding = encoding),
    };
    if format.is_unterminated { tr!("compare-unterminated", format = words) } else { words }
}

#[cfg(test)]
mod tests {
    use super::formats_in_words;
    use coffer_model::comparison::{LineBreak, LineComparison, TextFormat};

    #[test]
    fn the_formats_of_both_texts_are_told_once_where_they_are_the_same() {
        let check = |formats: [TextFormat; 2], expected: &str| {
            assert_eq!(formats_in_words(&LineComparison { formats, ..LineComparison::default() }), expected);
        };
        let unix = TextFormat { encoding: "UTF-8", line_break: LineBreak::Lf, is_unterminated: false };
        let old = TextFormat { encoding: "windows-1252", line_break: LineBreak::CrLf, is_unterminated: true };
        check([unix, unix], "UTF-8, LF on both sides");
        check([unix, old], "UTF-8, LF on the left, windows-1252, CRLF but none at the end on the right");
    }
}
