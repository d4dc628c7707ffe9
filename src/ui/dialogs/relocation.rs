//! What happens to moved or copied items whose names are taken: files are replaced, folders merged, both kept, or the
//! item stays where it is. Thousands of them scroll like one.

use super::conflict_row::{
    ConflictRow, ConflictSide, FileFacts, common, for_all_ui, inside, range, row_height, rows_ui,
};
use super::decision_summary::{DecidedItems, Noun, Treatment, sentence};
use super::frame::{DialogFrame, footer_ui, grab_focus};
use crate::ui::WindowContext;
use crate::ui::widgets::{PushButton, small};
use coffer_model::transfer::Decision;
use coffer_model::{Entry, Relocation, RelocationConflict};
use coffer_state::Action;
use coffer_state::action::DialogAction;
use coffer_state::relocation_dialog::RelocationDialog;
use coffer_texts::tr;
use egui::{Context, Rect, Ui};

pub(super) fn relocation_ui(ctx: &Context, window: &mut WindowContext<'_>, questions: &RelocationDialog) {
    let is_other = |conflict: &&RelocationConflict| !conflict.is_merge();
    let others = questions.asked().filter(is_other).count();
    let folders = questions.count() - others;
    let subtitle = match questions.target() {
        Some(target) => tr!("relocation-in", folder = target.display_path()),
        None => tr!("relocation-in-several").to_owned(),
    };
    let title = title(questions);
    let frame = DialogFrame { title: &title, subtitle: &subtitle, width: 740.0, light: false };
    frame.show(ctx, window, |ui, window| {
        if folders > 1 {
            let words = tr!("relocation-for-all-folders", count = folders);
            let chosen = common_decision(questions, true);
            if let Some(decision) =
                for_all_ui(ui, (&words, tr!("relocation-all-folders")), tr!("conflict-merge"), chosen)
            {
                window.act(Action::Dialog(DialogAction::DecideAllFolders(decision)));
            }
        }
        if others > 1 {
            let words = tr!(
                "relocation-for-all",
                items = kind_of(questions.asked().filter(is_other)).counted(others)
            );
            let chosen = common_decision(questions, false);
            if let Some(decision) =
                for_all_ui(ui, (&words, tr!("conflicts-all-files")), tr!("conflict-replace"), chosen)
            {
                window.act(Action::Dialog(DialogAction::DecideAll(decision)));
            }
        }
        let height = row_height(ui);
        rows_ui(ui, questions.count() as f32 * height, |ui, seen, row| {
            let (first, count) = range(seen, 0.0, height);
            for index in first..first + count {
                if let Some(conflict) = questions.conflict(index) {
                    let rect = row(index as f32 * height, height);
                    conflict_ui(ui, window, questions, (index, conflict), rect);
                }
            }
        });
        ui.add_space(8.0);
        buttons_ui(ui, window, questions);
    });
}

fn common_decision(questions: &RelocationDialog, of_merges: bool) -> Option<Decision> {
    common(questions.asked().filter(|it| it.is_merge() == of_merges).map(|it| it.decision))
}

/// What all of these are.
fn kind_of<'a>(conflicts: impl Iterator<Item = &'a RelocationConflict>) -> Noun {
    let (mut files, mut folders) = (false, false);
    for conflict in conflicts {
        if conflict.entry.is_folder() { folders = true } else { files = true }
    }
    match (files, folders) {
        (true, true) => Noun::Item,
        (false, true) => Noun::Folder,
        (_, false) => Noun::File,
    }
}

fn title(questions: &RelocationDialog) -> String {
    let count = questions.count();
    tr!("relocation-exist", items = kind_of(questions.asked()).counted(count), count = count)
}

fn conflict_ui(
    ui: &mut Ui,
    window: &mut WindowContext<'_>,
    questions: &RelocationDialog,
    (index, conflict): (usize, &RelocationConflict),
    rect: Rect,
) {
    let labels = match questions.kind {
        Relocation::Move => [tr!("relocation-to-move"), tr!("relocation-there")],
        Relocation::Copy => [tr!("relocation-to-copy"), tr!("relocation-there")],
    };
    let facts = |entry: &Entry| entry.file().map(FileFacts::from);
    let mut sides = ConflictSide::both(window, labels, &[&conflict.entry, &conflict.existing].map(facts));
    // Nothing is lost whatever is chosen.
    // Nothing is lost whatever is chosen.
    if conflict.is_identical() {
        sides[1].badge = Some(tr!("relocation-same"));
    }
    let outer = questions.enclosing(index);
    let row = ConflictRow {
        index,
        name: conflict.entry.name(),
        kind: conflict.entry.file_kind(),
        inside: outer.and_then(|outer| {
            let base = outer.target.parent().unwrap_or_default();
            inside(conflict.target.parent(), &base)
        }),
        sides,
        entries: [Some(&conflict.entry), Some(&conflict.existing)],
        replace: if conflict.is_merge() { tr!("conflict-merge") } else { tr!("conflict-replace") },
        can_replace: conflict.can_replace(),
        can_compare: conflict.entry.file().is_some() && conflict.existing.file().is_some(),
        decision: conflict.decision,
    };
    row.show(ui, window, rect);
}

fn buttons_ui(ui: &mut Ui, window: &mut WindowContext<'_>, questions: &RelocationDialog) {
    let decided = DecisionCounts::new(questions);
    let verb = decided.verb(questions.kind);
    let buttons = |ui: &mut Ui, window: &mut WindowContext<'_>| {
        let cancel = ui.add(PushButton::quiet(tr!("cancel")));
        grab_focus(window, &cancel);
        if cancel.clicked() {
            window.act(Action::CloseDialog);
        }
        if ui.add(PushButton::primary(&verb)).clicked() {
            window.act(Action::Dialog(DialogAction::ConfirmRelocation));
        }
    };
    small(ui, &decided.summary());
    ui.add_space(8.0);
    footer_ui(ui, window, buttons, |_, _| {});
}

/// How many items have which decision.
#[derive(Default)]
struct DecisionCounts {
    merged: usize,
    replaced: usize,
    kept: usize,
    skipped: usize,
    /// What those are that are kept and skipped.
    kept_noun: Noun,
    skipped_noun: Noun,
}

impl DecisionCounts {
    fn new(questions: &RelocationDialog) -> Self {
        let noun = |decision: Decision| {
            kind_of(questions.asked().filter(|it| it.decision.unwrap_or(Decision::Skip) == decision))
        };
        let mut decided = Self {
            kept_noun: noun(Decision::KeepBoth),
            skipped_noun: noun(Decision::Skip),
            ..Self::default()
        };
        for conflict in questions.asked() {
            *match conflict.decision {
                Some(Decision::Replace) if conflict.is_merge() => &mut decided.merged,
                Some(Decision::Replace) => &mut decided.replaced,
                Some(Decision::KeepBoth) => &mut decided.kept,
                Some(Decision::Skip) | None => &mut decided.skipped,
            } += 1;
        }
        decided
    }

    /// What the button does.
    fn verb(&self, kind: Relocation) -> String {
        let all = self.merged + self.replaced + self.kept;
        match kind {
            _ if all == 0 => tr!("conflicts-skip-all").to_owned(),
            _ if all == self.replaced => tr!("conflicts-replace-files", count = all),
            _ if all == self.merged => tr!("relocation-merge", count = all),
            Relocation::Move => tr!("move-items", count = all),
            Relocation::Copy => tr!("copy-items", count = all),
        }
    }

    fn summary(&self) -> String {
        sentence(&[
            DecidedItems::new(self.merged, Noun::Folder, Treatment::Merged),
            DecidedItems::new(self.replaced, Noun::File, Treatment::Replaced),
            DecidedItems::new(self.kept, self.kept_noun, Treatment::Kept),
            DecidedItems::new(self.skipped, self.skipped_noun, Treatment::Skipped),
        ])
    }
}

#[cfg(test)]
mod tests {
    use super::DecisionCounts;
    use coffer_model::Relocation::{Copy, Move};

    #[test]
    fn the_button_says_what_it_does() {
        let check = |merged, replaced, kept, kind, expected: &str| {
            let counts = DecisionCounts { merged, replaced, kept, skipped: 1, ..DecisionCounts::default() };
            assert_eq!(counts.verb(kind), expected);
        };
        check(0, 0, 0, Move, "Skip all");
        check(0, 1, 0, Move, "Replace 1 file");
        check(2, 0, 0, Copy, "Merge 2 folders");
        check(1, 3, 0, Move, "Move 4 items");
        check(0, 0, 1, Copy, "Copy 1 item");
    }
}
