//! The versions dialog.

use super::inspector::preview;
use super::{Script, entries, entry, problem};
use crate::action::DialogAction;
use crate::input::Motion;
use crate::{Action, Command};
use coffer_model::{OperationKind, Recovery, Update};
use std::sync::Arc;

fn revisions(words: &str) -> Update {
    Update::Revisions { revisions: Arc::new(entries("/", words)), makers: Arc::default(), complete: true }
}

pub(super) fn opened() -> Script {
    let mut script = Script::at_home("a.txt@3");
    script.click(0).command(Command::Versions).check_jobs("revisions /a.txt");
    script.update("revisions /a.txt", revisions("a.txt@3 a.txt@2 a.txt@1")).done("revisions /a.txt");
    script
}

#[test]
fn it_lists_all_revisions_and_looks_at_the_newest() {
    let mut script = opened();
    script.check("/: >*a.txt dialog[versions of /a.txt 1 of 3]").check_jobs("preview a.txt@3");
    script.update("preview a.txt@3", preview("a.txt", "3")).done("preview a.txt@3");
    script.check("/: >*a.txt dialog[versions of /a.txt 1 of 3, preview]");
    assert!(!Command::Delete.is_enabled(&script.state), "the dialog covers the rows");
}

#[test]
fn another_revision_is_looked_at_when_the_selection_rests() {
    let mut script = opened();
    script.press(Motion::Down).press(Motion::Down).press(Motion::Down);
    script.check("/: >*a.txt dialog[versions of /a.txt 3 of 3]").check_jobs("");
    script.wait(0.1).check_jobs("preview a.txt@1");
    script.act(Action::Dialog(DialogAction::SelectRevision(1))).check_jobs("").wait(0.1);
    script.check_jobs("preview a.txt@2");
}

#[test]
fn an_old_revision_becomes_the_newest_and_that_can_be_undone() {
    let mut script = opened();
    script.act(Action::Dialog(DialogAction::RestoreRevision));
    assert!(!script.jobs().contains("restore"), "the newest is there already");
    script
        .act(Action::Dialog(DialogAction::SelectRevision(2)))
        .act(Action::Dialog(DialogAction::RestoreRevision));
    script.act(Action::Dialog(DialogAction::RestoreRevision)).check_jobs("restore /a.txt to 1 over 3");
    let undo = Some(super::operation(1, OperationKind::RestoreVersion, "/a.txt", None));
    script.edited("restore /a.txt to 1 over 3", &[entry("/", "a.txt@4")], undo).list("/", "a.txt@4");
    script.check("/: >*a.txt toast[Restored an earlier version of “a.txt” | Undo]");
}

#[test]
fn a_refused_restore_is_explained_in_the_dialog() {
    let mut script = opened();
    script
        .act(Action::Dialog(DialogAction::SelectRevision(1)))
        .act(Action::Dialog(DialogAction::RestoreRevision));
    script.fail("restore /a.txt to 2 over 3", problem("It has changed since", Recovery::Refresh));
    script.check("/: >*a.txt dialog[versions of /a.txt 2 of 3, It has changed since]");
}

#[test]
fn a_deleted_file_comes_back_as_any_of_its_revisions() {
    let mut script = Script::at_home("");
    script.command(Command::ShowDeleted).answer_list("list deleted", "/", "a.txt†").click(0);
    script
        .command(Command::Open)
        .update("revisions /a.txt", revisions("a.txt@2 a.txt@1"))
        .done("revisions /a.txt");
    script.check("deleted: >*a.txt† dialog[versions of /a.txt 1 of 2]");
    script.act(Action::Dialog(DialogAction::RestoreRevision)).edited(
        "restore /a.txt to 2 over nothing",
        &[entry("/", "a.txt@3")],
        None,
    );
    script.check("deleted: >*a.txt†~ … toast[Restored an earlier version of “a.txt”]");
}

#[test]
fn closing_it_stops_what_only_it_waited_for() {
    let mut script = opened();
    script.command(Command::Cancel).check("/: >*a.txt").check_jobs("");
    assert_eq!(script.cancelled, ["preview a.txt@3"]);
}

#[test]
fn versions_that_cannot_be_listed_say_why() {
    let mut script = Script::at_home("a.txt");
    script
        .click(0)
        .command(Command::Versions)
        .fail("revisions /a.txt", problem("Offline", Recovery::Offline));
    let Some(crate::dialog::Dialog::Versions(versions)) = &script.state.dialog else { panic!("no dialog") };
    assert_eq!(versions.revisions.problem().map(|problem| problem.title.as_str()), Some("Offline"));
    assert!(!versions.preview.is_pending());
}

#[test]
fn folders_have_no_versions() {
    let mut script = Script::at_home("Docs/");
    assert!(!Command::Versions.is_enabled(&script.click(0).state));
}

#[test]
fn two_earlier_versions_are_compared_when_one_is_marked() {
    let mut script = opened();
    let compare = || Action::Dialog(DialogAction::CompareWithCurrent);
    script.act(compare()).check("/: >*a.txt dialog[versions of /a.txt 1 of 3]");
    script.act(Action::Dialog(DialogAction::SelectRevision(2)));
    script.act(Action::Dialog(DialogAction::MarkRevision(1))).act(compare());
    assert_eq!(script.jobs(), "compare /a.txt@1 with /a.txt@2");
    let Some(crate::dialog::Dialog::Compare(compare)) = &script.state.dialog else { panic!("no comparison") };
    assert_eq!(compare.versions(), Some(false), "neither is the current one");
    script.act(Action::Dialog(DialogAction::BackToVersions));
    script.check("/: >*a.txt dialog[versions of /a.txt 3 of 0]");
}

#[test]
fn two_versions_of_a_deleted_file_are_compared_and_it_is_still_deleted_then() {
    let mut script = Script::at_home("");
    script.command(Command::ShowDeleted).answer_list("list deleted", "/", "a.txt†").click(0);
    script.command(Command::Open).update("revisions /a.txt", revisions("a.txt@2 a.txt@1"));
    script
        .act(Action::Dialog(DialogAction::CompareWithCurrent))
        .act(Action::Dialog(DialogAction::MarkRevision(1)));
    script
        .act(Action::Dialog(DialogAction::CompareWithCurrent))
        .act(Action::Dialog(DialogAction::BackToVersions));
    let Some(crate::dialog::Dialog::Versions(versions)) = &script.state.dialog else { panic!("no dialog") };
    assert!(versions.deleted);
}

#[test]
fn a_version_opens_as_a_copy() {
    let mut script = opened();
    script
        .act(Action::Dialog(DialogAction::SelectRevision(1)))
        .act(Action::Dialog(DialogAction::OpenRevision));
    assert!(script.jobs().contains("open a copy of a.txt"), "{}", script.jobs());
}

#[test]
fn a_version_with_the_content_of_an_older_one_says_so_unless_that_is_its_neighbour() {
    let mut script = Script::at_home("a.txt@4");
    script.click(0).command(Command::Versions);
    let mut list = entries("/", "a.txt@4 a.txt@3 a.txt@2 a.txt@1");
    for (newer, older) in [(2, 3), (0, 2)] {
        let hash = list[older].file().unwrap().content_hash.clone();
        if let coffer_model::EntryKind::File(file) = &mut list[newer].kind {
            file.content_hash = hash;
        }
    }
    let update = Update::Revisions { revisions: Arc::new(list), makers: Arc::default(), complete: true };
    script.update("revisions /a.txt", update);
    let Some(crate::dialog::Dialog::Versions(versions)) = &script.state.dialog else { panic!("no dialog") };
    let restored =
        [0, 1, 2, 3].map(|index| versions.restored_from(index).and_then(coffer_model::Entry::file));
    assert_eq!(restored[0].map(|file| &*file.rev.0), Some("2"));
    assert!(restored[1..].iter().all(Option::is_none), "the second last was only uploaded again");
}
