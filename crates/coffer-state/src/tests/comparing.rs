//! Two versions of a file beside each other.

use super::open_files::{act, in_conflict, saved, tell};
use super::uploads::{drop_files, plan};
use super::version_dialog::opened;
use super::{Script, entry, picture, problem};
use crate::Command;
use crate::action::{Action, DialogAction, OpenFileAction};
use coffer_model::comparison::{ComparedVersion, Comparison, Difference, LineComparison};
use coffer_model::comparison_view::{ComparisonView, LineLayout};
use coffer_model::transfer::Decision;
use coffer_model::working_copy::{ConflictChoice, SaveResult};
use coffer_model::{OperationKind, Recovery, Update, WorkingCopyState};
use std::sync::Arc;

/// Of two texts with so many differences.
pub(super) fn comparison(differences: usize) -> Arc<Comparison> {
    let version = |is_on_this_computer| ComparedVersion {
        name: "a.txt".to_owned(),
        size_bytes: 1,
        modified: jiff::Timestamp::UNIX_EPOCH,
        is_on_this_computer,
        content_hash: None,
    };
    let differences = (0..differences).map(|index| 2 * index..2 * index + 1).collect();
    let difference = Difference::Lines(LineComparison { differences, ..LineComparison::default() });
    Arc::new(Comparison { versions: [version(true), version(false)], difference })
}

/// A comparison of both versions of a file in conflict, with three differences.
fn compared() -> Script {
    let mut script = Script::at_home("a.txt");
    tell(&mut script, vec![in_conflict("/a.txt", WorkingCopyState::Saved)]);
    act(&mut script, "a.txt", OpenFileAction::Compare);
    script.check("/: a.txt dialog[compare a.txt]").check_jobs("compare copy a.txt");
    script.update("compare copy a.txt", Update::Comparison(comparison(3))).done("compare copy a.txt");
    script
}

#[test]
fn after_the_last_difference_comes_the_first() {
    let mut script = compared();
    script.check("/: a.txt dialog[compare a.txt ready 1 of 3]");
    for (action, expected) in [
        (DialogAction::Next, "2 of 3"),
        (DialogAction::Next, "3 of 3"),
        (DialogAction::Next, "1 of 3"),
        (DialogAction::Previous, "3 of 3"),
    ] {
        script.act(Action::Dialog(action));
        script.check(&format!("/: a.txt dialog[compare a.txt ready {expected}]"));
    }
}

#[test]
fn a_version_that_is_chosen_closes_the_comparison() {
    for keep in [ConflictChoice::Mine, ConflictChoice::Theirs, ConflictChoice::Both] {
        let mut script = compared();
        act(&mut script, "a.txt", OpenFileAction::Resolve(keep));
        assert!(script.state.dialog.is_none());
        script.check_jobs(&format!("keep {keep:?} of copy a.txt"));
    }
}

#[test]
fn both_versions_can_be_kept_and_the_person_is_told_which_is_theirs() {
    let mut script = compared();
    act(&mut script, "a.txt", OpenFileAction::Resolve(ConflictChoice::Both));
    let mine = "a (conflicted copy).txt";
    script.finish("keep Both of copy a.txt", saved(mine, SaveResult::Unchanged));
    script.check("/: a.txt … toast[Both versions were kept. Yours is “a (conflicted copy).txt”]");
}

#[test]
fn what_is_changed_meanwhile_is_compared_again() {
    let mut script = compared();
    tell(&mut script, vec![in_conflict("/a.txt", WorkingCopyState::Saved)]);
    script.check_jobs("");
    tell(&mut script, vec![in_conflict("/a.txt", WorkingCopyState::Unsent)]);
    script.check_jobs("compare copy a.txt");
    script.check("/: a.txt dialog[compare a.txt ready 1 of 3]");
}

#[test]
fn a_conflict_that_has_ended_elsewhere_closes_its_comparison() {
    let mut script = compared();
    tell(&mut script, Vec::new());
    assert!(script.state.dialog.is_none());
}

#[test]
fn a_comparison_that_has_failed_is_explained_and_can_be_tried_again() {
    let mut script = Script::at_home("a.txt");
    tell(&mut script, vec![in_conflict("/a.txt", WorkingCopyState::Saved)]);
    act(&mut script, "a.txt", OpenFileAction::Compare);
    script.fail("compare copy a.txt", problem("no", Recovery::Offline));
    script.check("/: a.txt dialog[compare a.txt, no]");
    script.act(Action::Dialog(DialogAction::CompareAgain)).check_jobs("compare copy a.txt");
    script.act(Action::CloseDialog);
    assert_eq!(script.cancelled, ["compare copy a.txt"]);
}

#[test]
fn an_earlier_version_is_compared_with_the_current_one_and_back() {
    let mut script = opened();
    script.act(Action::Dialog(DialogAction::CompareWithCurrent));
    script.check("/: >*a.txt dialog[versions of /a.txt 1 of 3]");
    script.act(Action::Dialog(DialogAction::SelectRevision(2)));
    script.act(Action::Dialog(DialogAction::CompareWithCurrent));
    script.check("/: >*a.txt dialog[compare a.txt]").check_jobs("compare /a.txt@1 with /a.txt@3");
    script.act(Action::Dialog(DialogAction::BackToVersions));
    assert!(script.jobs().contains("revisions /a.txt"), "{}", script.jobs());
}

#[test]
fn the_key_esc_leads_from_a_comparison_back_to_the_versions_and_from_these_to_the_rows() {
    let mut script = opened();
    script.act(Action::Dialog(DialogAction::SelectRevision(2)));
    script.act(Action::Dialog(DialogAction::CompareWithCurrent));
    script.command(Command::Cancel).check("/: >*a.txt dialog[versions of /a.txt 3 of 0]");
    script.command(Command::Cancel).check("/: >*a.txt");
}

#[test]
fn the_earlier_version_of_a_comparison_is_restored_and_that_can_be_undone() {
    let mut script = opened();
    script.act(Action::Dialog(DialogAction::SelectRevision(2)));
    script.act(Action::Dialog(DialogAction::CompareWithCurrent));
    script.act(Action::Dialog(DialogAction::RestoreCompared));
    script.check_jobs("restore /a.txt to 1 over 3");
    let undo = Some(super::operation(1, OperationKind::RestoreVersion, "/a.txt", None));
    script.edited("restore /a.txt to 1 over 3", &[entry("/", "a.txt@4")], undo).list("/", "a.txt@4");
    script.check("/: >*a.txt toast[Restored an earlier version of “a.txt” | Undo]");

    // Of other files nothing is restored.
    let mut script = compared();
    script.act(Action::Dialog(DialogAction::RestoreCompared)).check_jobs("");
    script.check("/: a.txt dialog[compare a.txt ready 1 of 3]");
}

#[test]
fn two_selected_files_are_compared_the_one_that_was_changed_earlier_on_the_left() {
    let mut script = Script::at_home("a.txt b.txt folder/");
    script.click(0);
    assert!(!Command::Compare.is_enabled(&script.state), "with what?");
    script.ctrl_click(1).command(Command::Compare).check_jobs("compare /a.txt@1 with /b.txt@1");
    script.act(Action::CloseDialog).ctrl_click(2);
    assert!(!Command::Compare.is_enabled(&script.state), "folders are not compared");
}

#[test]
fn a_file_is_compared_with_one_that_is_picked_on_this_computer() {
    let mut script = Script::at_home("a.txt folder/");
    script.click(0).command(Command::CompareWithLocal).check_jobs("pick file");
    script.update("pick file", Update::Picked(vec!["/home/ida/b.txt".into()])).done("pick file");
    script.check("/: >*a.txt folder/ dialog[compare b.txt and a.txt]");
    script.check_jobs("compare /home/ida/b.txt with /a.txt@1");

    let mut script = Script::at_home("a.txt folder/");
    script.click(0).command(Command::CompareWithLocal).update("pick file", Update::Picked(Vec::new()));
    assert!(script.state.dialog.is_none(), "the person chose none");
    script.click(1);
    assert!(!Command::CompareWithLocal.is_enabled(&script.state));
}

#[test]
fn files_of_a_question_are_compared_and_the_question_waits_with_its_decisions() {
    let mut script = Script::at_home("a.txt");
    drop_files(&mut script, plan("/", "a.txt!"));
    script.act(Action::Dialog(DialogAction::DecideAll(Decision::Skip)));
    let asked = picture(&script.state);
    script.act(Action::Dialog(DialogAction::CompareAsked(0)));
    script.check("/: a.txt dialog[compare a.txt]");
    script.act(Action::CloseDialog).check(&asked);
    // So does one behind another dialog.
    script
        .act(Action::Dialog(DialogAction::CompareAsked(0)))
        .act(Action::ShowProblem(problem("no", Recovery::Offline)));
    script.act(Action::CloseDialog).check(&asked);
}

#[test]
fn how_comparisons_are_looked_at_holds_for_the_next_one() {
    let mut script = compared();
    let view = ComparisonView { lines: LineLayout::Unified, ..ComparisonView::default() };
    script.act(Action::Dialog(DialogAction::ViewComparison(view))).act(Action::CloseDialog);
    act(&mut script, "a.txt", OpenFileAction::Compare);
    assert_eq!(script.state.settings.comparison, view);
    script.wait(20.0);
    let saved = script.jobs_list();
    assert!(saved.contains(&"save settings".to_owned()), "it holds for the next start: {saved:?}");
}

#[test]
fn who_ignores_white_space_has_both_compared_again_and_the_next_files_as_well() {
    let mut script = compared();
    let view = ComparisonView { ignores_space: true, ..ComparisonView::default() };
    let asked = |script: &Script| {
        let jobs = script.jobs_list();
        jobs.iter().filter(|job| job.ends_with("but for white space")).count()
    };
    assert_eq!(asked(&script), 0);
    script.act(Action::Dialog(DialogAction::ViewComparison(view)));
    assert_eq!(asked(&script), 1);
    let lines = ComparisonView { lines: LineLayout::Unified, ..view };
    script.act(Action::Dialog(DialogAction::ViewComparison(lines)));
    assert_eq!(asked(&script), 1, "another layout is no other comparison");
    script.act(Action::CloseDialog);
    act(&mut script, "a.txt", OpenFileAction::Compare);
    assert_eq!(asked(&script), 1, "so are the next files");
}
