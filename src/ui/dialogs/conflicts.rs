//! What has to be known before files are sent: what happens to those whose names are taken, and which cannot be
//! sent at all. Thousands of them scroll like one.

use super::conflict_row::{
    ConflictRow, ConflictSide, FileFacts, for_all_ui, inside, range, row_height, rows_ui,
};
use super::decision_summary::{DecidedItems, Noun, Treatment, sentence};
use super::frame::{DialogFrame, footer_ui, grab_focus, paragraph_ui};
use super::room::{too_much, used_afterwards};
use crate::ui::WindowContext;
use crate::ui::theme::{self, UiPalette};
use crate::ui::widgets::{PushButton, elide_middle, paint_icon, paint_text, small};
use coffer_model::transfer::{Decision, PlannedFile, RefusedName, UploadPlan};
use coffer_model::{AccountChoice, FileKind, Problem};
use coffer_state::Action;
use coffer_state::action::DialogAction;
use coffer_state::conflict_dialog::ConflictDialog;
use coffer_texts::tr;
use egui::{Align2, Context, Rect, Role, Sense, Ui, WidgetInfo, pos2, vec2};
use egui_material_icons::icons;

const REFUSED_HEIGHT: f32 = 48.0;
const HEADING_HEIGHT: f32 = 36.0;

pub(super) fn conflicts_ui(ctx: &Context, window: &mut WindowContext<'_>, questions: &ConflictDialog) {
    let plan = &questions.plan;
    let conflicts = questions.conflict_count();
    let title = title(conflicts, plan);
    let folder = plan.target.display_path();
    let subtitle = if conflicts > 0 {
        tr!("conflicts-in", folder = folder)
    } else {
        tr!("conflicts-others", folder = folder)
    };
    let frame = DialogFrame { title: &title, subtitle: &subtitle, width: 740.0, light: false };
    frame.show(ctx, window, |ui, window| {
        if conflicts > 1 {
            let decided = |decision: &Decision| questions.decided(*decision) == conflicts;
            let chosen = [Decision::Replace, Decision::KeepBoth, Decision::Skip].into_iter().find(decided);
            let words = tr!("conflicts-for-all", count = conflicts);
            if let Some(decision) =
                for_all_ui(ui, (&words, tr!("conflicts-all-files")), tr!("conflict-replace"), chosen)
            {
                window.act(Action::Dialog(DialogAction::DecideAll(decision)));
            }
        }
        list_ui(ui, window, questions);
        ui.add_space(8.0);
        buttons_ui(ui, window, questions);
    });
}

fn title(conflicts: usize, plan: &UploadPlan) -> String {
    let unsent = plan.refused.len() + plan.unreadable.len();
    match (conflicts, unsent) {
        (0, _) => tr!("conflicts-unsent", count = unsent),
        _ => tr!("conflicts-exist", count = conflicts),
    }
}

/// Conflicts first, then what is refused, then what cannot be read.
fn list_ui(ui: &mut Ui, window: &mut WindowContext<'_>, questions: &ConflictDialog) {
    let plan = &questions.plan;
    let conflicts = questions.conflict_count();
    let unsent = plan.refused.len() + plan.unreadable.len();
    let heading = if unsent > 0 && conflicts > 0 { HEADING_HEIGHT } else { 0.0 };
    let height = row_height(ui);
    let conflicts_end = conflicts as f32 * height;
    let unsent_top = conflicts_end + heading;
    let foot = if unsent > 0 { 8.0 } else { 0.0 };
    let total = unsent_top + unsent as f32 * REFUSED_HEIGHT + foot;
    rows_ui(ui, total, |ui, seen, row| {
        let (first, count) = range(seen, 0.0, height);
        let visible = (first..first + count).filter_map(|index| Some((index, questions.conflict(index)?)));
        for (index, file) in visible {
            let rect = row(index as f32 * height, height);
            conflict_ui(ui, window, plan, &file, index, rect);
        }
        if heading > 0.0 {
            heading_ui(ui, row(conflicts_end, heading), unsent);
        }
        let (first, count) = range(seen, unsent_top, REFUSED_HEIGHT);
        let refused = plan.refused.iter().map(refused_words);
        let unreadable = plan.unreadable.iter().map(unreadable_words);
        for (index, (name, reason)) in refused.chain(unreadable).enumerate().skip(first).take(count) {
            let rect = row(unsent_top + index as f32 * REFUSED_HEIGHT, REFUSED_HEIGHT);
            unsent_ui(ui, &name, &reason, rect);
        }
    });
}

fn conflict_ui(
    ui: &mut Ui,
    window: &mut WindowContext<'_>,
    plan: &UploadPlan,
    file: &PlannedFile,
    index: usize,
    rect: Rect,
) {
    let Some(conflict) = &file.conflict else { return };
    let account = match window.state.session.choice {
        AccountChoice::Local => tr!("conflicts-in-account"),
        AccountChoice::Dropbox { .. } | AccountChoice::CommandLine { .. } => tr!("conflicts-in-dropbox"),
    };
    let name = file.remote_path.name();
    let mine = FileFacts { size_bytes: file.size_bytes, modified: file.modified };
    let theirs = conflict.existing.file().map(FileFacts::from);
    let sides = ConflictSide::both(window, [tr!("conflicts-on-computer"), account], &[Some(mine), theirs]);
    let row = ConflictRow {
        index,
        name,
        kind: FileKind::from_name(name),
        inside: inside(file.remote_path.parent(), &plan.target),
        sides,
        entries: [None, Some(&conflict.existing)],
        replace: tr!("conflict-replace"),
        can_replace: !conflict.existing.is_folder(),
        can_compare: !conflict.existing.is_folder(),
        decision: file.decision,
    };
    row.show(ui, window, rect);
}

fn heading_ui(ui: &Ui, rect: Rect, unsent: usize) {
    let palette = ui.palette();
    ui.painter().hline(rect.x_range().shrink(12.0), rect.min.y, (1.0, palette.line));
    let words = tr!("conflicts-others-unsent", count = unsent);
    let response = ui.interact(rect, ui.scope_id().with("unsent"), Sense::hover());
    response.widget_info(|| WidgetInfo::labeled(Role::Heading, true, &words));
    let at = rect.left_center() + vec2(14.0, 4.0);
    let font = theme::semibold(theme::SMALL_TEXT);
    paint_text(ui.painter(), Align2::LEFT_CENTER, at, rect.width(), &words, font, palette.warning);
}

fn refused_words(refused: &RefusedName) -> (String, String) {
    let name = refused.local_path.file_name().unwrap_or(refused.local_path.as_os_str());
    (name.to_string_lossy().into_owned(), refused.reason.clone())
}

fn unreadable_words(problem: &Problem) -> (String, String) {
    (problem.title.clone(), problem.detail.clone())
}

fn unsent_ui(ui: &Ui, name: &str, reason: &str, rect: Rect) {
    let palette = ui.palette();
    let response = ui.interact(rect, ui.scope_id().with((name, reason)), Sense::hover());
    response.widget_info(|| WidgetInfo::labeled(Role::ListItem, true, format!("{name}. {reason}")));
    paint_icon(ui.painter(), rect.min + vec2(28.0, 24.0), icons::ICON_BLOCK, 20.0, palette.warning);
    let left = rect.min.x + 48.0;
    let width = rect.max.x - left - 16.0;
    let font = theme::medium(theme::BODY_TEXT);
    let galley = elide_middle(ui.painter(), name, &font, palette.text, width);
    let at = pos2(left, rect.min.y + 16.0 - galley.size().y / 2.0);
    ui.painter().galley(at, galley, palette.text);
    let font = theme::regular(theme::SMALL_TEXT);
    let at = pos2(left, rect.min.y + 34.0);
    paint_text(ui.painter(), Align2::LEFT_CENTER, at, width, reason, font, palette.dimmed);
}

fn buttons_ui(ui: &mut Ui, window: &mut WindowContext<'_>, questions: &ConflictDialog) {
    let to_send = questions.files_to_send() + questions.plan.empty_folders.len();
    let replaced = questions.decided(Decision::Replace);
    let verb = verb(questions.files_to_send(), questions.plan.empty_folders.len(), replaced);
    let nothing = to_send == 0 && questions.conflict_count() == 0;
    let account = window.state.session.account.as_ref();
    let used = account.and_then(|account| used_afterwards(account, questions.growth_bytes));
    let too_much = account.and_then(|account| too_much(account, questions.growth_bytes));
    let summary = (!questions.plan.files.is_empty()).then(|| summary(questions, replaced));
    let buttons = |ui: &mut Ui, window: &mut WindowContext<'_>| {
        let cancel = ui.add(PushButton::quiet(if nothing { tr!("close") } else { tr!("cancel") }));
        grab_focus(window, &cancel);
        if cancel.clicked() {
            window.act(Action::CloseDialog);
        }
        if !nothing && ui.add(PushButton::primary(&verb)).clicked() {
            window.act(Action::Dialog(DialogAction::ConfirmUpload));
        }
    };
    if let Some(summary) = summary {
        small(ui, &std::iter::once(summary).chain(used).collect::<Vec<_>>().join(" "));
        if let Some(too_much) = too_much {
            let color = ui.palette().warning;
            paragraph_ui(ui, &too_much, color);
        }
        ui.add_space(8.0);
    }
    footer_ui(ui, window, buttons, |_, _| {});
}

/// What the button does, in words.
fn verb(files: usize, folders: usize, replaced: usize) -> String {
    match files {
        0 if folders > 0 => tr!("conflicts-create-folders", count = folders),
        0 => tr!("conflicts-skip-all").to_owned(),
        _ if replaced == files => tr!("conflicts-replace-files", count = files),
        _ => tr!("conflicts-upload-files", count = files),
    }
}

fn summary(questions: &ConflictDialog, replaced: usize) -> String {
    let (kept, skipped) = (questions.decided(Decision::KeepBoth), questions.decided(Decision::Skip));
    let new = questions.files_to_send() - replaced - kept;
    let same = questions.plan.files.len() - questions.files_to_send() - skipped;
    sentence(&[
        DecidedItems::new(new, Noun::NewFile, Treatment::Added),
        DecidedItems::new(replaced, Noun::File, Treatment::Replaced),
        DecidedItems::new(kept, Noun::File, Treatment::Kept),
        DecidedItems::new(skipped, Noun::File, Treatment::Skipped),
        DecidedItems::new(same, Noun::File, Treatment::Unchanged),
    ])
}

#[cfg(test)]
mod tests {
    use super::verb;

    #[test]
    fn the_button_says_what_it_does() {
        assert_eq!(verb(12, 0, 3), "Upload 12 files");
        assert_eq!(verb(3, 0, 3), "Replace 3 files");
        assert_eq!(verb(1, 0, 0), "Upload 1 file");
        assert_eq!(verb(0, 0, 0), "Skip all");
        assert_eq!(verb(0, 2, 0), "Create 2 folders");
    }
}
