//! Files that are edited with other programs: what was changed is saved by itself, unless it is older than the program.

use super::{Script, operation, problem};
use crate::action::{Action, DialogAction, OpenFileAction};
use crate::command::Command;
use crate::open_files::OpenFileStatus;
use crate::transfers::Section;
use coffer_model::receipt::SavedCopy;
use coffer_model::working_copy::{ConflictChoice, EditConflict, SaveResult};
use coffer_model::{
    OperationKind, Outcome, Problem, ProblemKind, Receipt, Recovery, RemotePath, Update, WorkingCopy,
    WorkingCopyId, WorkingCopyState,
};

fn copy(path: &str, state: WorkingCopyState) -> WorkingCopy {
    let name = path.rsplit('/').next().unwrap();
    WorkingCopy {
        id: WorkingCopyId(name.into()),
        remote_path: RemotePath::new(path),
        local_path: format!("/state/{name}").into(),
        state,
        conflict: None,
    }
}

/// The copy of a file that others have changed as well.
pub(super) fn in_conflict(path: &str, state: WorkingCopyState) -> WorkingCopy {
    let mine = RemotePath::new("/a (conflicted copy).txt");
    let conflict = EditConflict { theirs: RemotePath::new(path), mine: mine.clone() };
    WorkingCopy { remote_path: mine, conflict: Some(conflict), ..copy(path, state) }
}

pub(super) fn tell(script: &mut Script, copies: Vec<WorkingCopy>) {
    script.update("session Local", Update::WorkingCopies(copies));
}

pub(super) fn saved(name: &str, result: SaveResult) -> Outcome {
    let path = RemotePath::new(&format!("/{name}"));
    let done = operation(1, OperationKind::UploadVersion, path.as_str(), None);
    let operation = (result == SaveResult::NewVersion).then_some(done);
    let id = WorkingCopyId(name.into());
    Outcome::Done(Receipt::SavedCopy(SavedCopy { id, remote_path: path, result, operation }))
}

pub(super) fn act(script: &mut Script, name: &str, action: OpenFileAction) {
    script.act(Action::OpenFile { id: WorkingCopyId(name.into()), action });
}

fn status(script: &Script, name: &str) -> OpenFileStatus {
    let open_files = &script.state.transfers.open_files;
    open_files.status(open_files.get(&WorkingCopyId(name.into())).unwrap())
}

#[test]
fn what_was_edited_is_saved_by_itself_and_can_be_undone() {
    let mut script = Script::at_home("a.txt");
    tell(&mut script, vec![copy("/a.txt", WorkingCopyState::Saved)]);
    script.check_jobs("");
    tell(&mut script, vec![copy("/a.txt", WorkingCopyState::Edited)]);
    script.check_jobs("save copy a.txt");
    assert_eq!(status(&script, "a.txt"), OpenFileStatus::Saving);
    script.finish("save copy a.txt", saved("a.txt", SaveResult::NewVersion));
    tell(&mut script, vec![copy("/a.txt", WorkingCopyState::Saved)]);
    script.check("/: a.txt … toast[Saved “a.txt” | Undo]");
    assert_eq!(status(&script, "a.txt"), OpenFileStatus::Saved);
    assert_eq!(script.state.undo.undo_label(), Some("Upload “a.txt”"));
    assert_eq!(script.state.transfers.count(Section::Running), 0);
}

#[test]
fn what_was_changed_again_during_a_save_is_saved_after_it() {
    let mut script = Script::at_home("a.txt");
    let edited = || vec![copy("/a.txt", WorkingCopyState::Edited)];
    tell(&mut script, edited());
    tell(&mut script, edited());
    script.check_jobs("save copy a.txt");
    script.finish("save copy a.txt", saved("a.txt", SaveResult::NewVersion));
    assert!(script.jobs().contains("save copy a.txt"), "{}", script.jobs());
    script.finish("save copy a.txt", saved("a.txt", SaveResult::Unchanged));
    assert!(!script.jobs().contains("save copy"), "{}", script.jobs());
}

#[test]
fn a_failed_save_waits_for_the_person_and_a_connection_that_is_back() {
    let mut script = Script::at_home("a.txt");
    let edited = || vec![copy("/a.txt", WorkingCopyState::Edited)];
    tell(&mut script, edited());
    script.fail("save copy a.txt", problem("no", Recovery::Offline));
    tell(&mut script, edited());
    script.check_jobs("");
    assert_eq!(status(&script, "a.txt"), OpenFileStatus::Unsaved);
    script.update("session Local", Update::Outage(None));
    assert!(script.jobs().contains("save copy a.txt"), "{}", script.jobs());
    script.fail("save copy a.txt", problem("no", Recovery::None));
    act(&mut script, "a.txt", OpenFileAction::Save);
    assert!(script.jobs().contains("save copy a.txt"), "{}", script.jobs());
}

#[test]
fn changes_of_an_earlier_run_are_told_and_go_only_when_the_person_says_so() {
    let mut script = Script::at_home("a.txt b.txt");
    let unsent = |name| copy(name, WorkingCopyState::Unsent);
    tell(&mut script, vec![unsent("/a.txt"), unsent("/b.txt")]);
    script.check_jobs("");
    script.check("/: a.txt b.txt toast[2 edited files were not sent yet | Review]");
    tell(&mut script, vec![unsent("/a.txt"), unsent("/b.txt")]);
    let toast = script.state.toasts.list()[0].id;
    script.act(Action::ToastAction(toast));
    assert!(script.state.transfers.panel_open);
    assert_eq!(script.state.transfers.section(), Section::OpenFiles);
    act(&mut script, "a.txt", OpenFileAction::Save);
    script.check_jobs("save copy a.txt");
}

#[test]
fn changes_are_thrown_away_when_that_is_said_twice() {
    let mut script = Script::at_home("a.txt b.txt");
    tell(
        &mut script,
        vec![copy("/a.txt", WorkingCopyState::Unsent), copy("/b.txt", WorkingCopyState::Saved)],
    );
    act(&mut script, "a.txt", OpenFileAction::Discard);
    script.check_jobs("");
    act(&mut script, "a.txt", OpenFileAction::KeepChanges);
    act(&mut script, "a.txt", OpenFileAction::Discard);
    script.check_jobs("");
    act(&mut script, "a.txt", OpenFileAction::Discard);
    script.check_jobs("discard copy a.txt");
}

#[test]
fn one_that_is_saved_is_closed_unless_a_program_works_with_it_and_can_be_discarded_all_the_same() {
    let mut script = Script::at_home("a.txt");
    tell(&mut script, vec![copy("/a.txt", WorkingCopyState::Saved)]);
    act(&mut script, "a.txt", OpenFileAction::Close);
    script.fail("close copy a.txt", Problem::new(ProblemKind::Changed, "Changed just now", ""));
    let is_asked =
        |script: &Script| script.state.transfers.open_files.is_confirming(&WorkingCopyId("a.txt".into()));
    assert!(!is_asked(&script), "it is saved, and nothing is asked");
    act(&mut script, "a.txt", OpenFileAction::Close);
    script.fail("close copy a.txt", Problem::new(ProblemKind::LocalNotFound, "Closed already", ""));
    assert!(!is_asked(&script));
    act(&mut script, "a.txt", OpenFileAction::Close);
    script.fail(
        "close copy a.txt",
        Problem::new(ProblemKind::LocalInUse, "Open elsewhere", "A program has it."),
    );
    assert!(is_asked(&script));
    assert_eq!(script.state.transfers.open_files.why_not_closed(), Some("A program has it."));
    act(&mut script, "a.txt", OpenFileAction::Discard);
    assert!(script.jobs().contains("discard copy a.txt"), "{}", script.jobs());
}

#[test]
fn in_a_conflict_both_versions_are_shown_and_one_is_chosen() {
    let mut script = Script::at_home("a.txt");
    tell(&mut script, vec![copy("/a.txt", WorkingCopyState::Edited)]);
    script.finish("save copy a.txt", saved("a (conflicted copy).txt", SaveResult::Conflict));
    tell(&mut script, vec![in_conflict("/a.txt", WorkingCopyState::Saved)]);
    assert_eq!(script.state.transfers.open_files.waiting(), 1);
    act(&mut script, "a.txt", OpenFileAction::Resolve(ConflictChoice::Mine));
    assert!(script.jobs().contains("keep Mine of copy a.txt"), "{}", script.jobs());
}

#[test]
fn closing_the_program_while_a_change_is_saved_is_asked_about() {
    let mut script = Script::at_home("a.txt");
    tell(&mut script, vec![copy("/a.txt", WorkingCopyState::Edited)]);
    assert!(!script.state.may_close());
    script.finish("save copy a.txt", saved("a.txt", SaveResult::NewVersion));
    assert!(script.state.may_close());
}

#[test]
fn opening_several_files_opens_each_and_a_copy_is_a_command_of_its_own() {
    let mut script = Script::at_home("a.txt b.txt");
    script.click(0).shift_click(1).command(crate::Command::OpenCopy);
    script.check_jobs("open a copy of a.txt, open a copy of b.txt");
}

#[test]
fn a_file_that_may_run_a_program_is_opened_only_after_a_question() {
    let mut script = Script::at_home("a.txt page.html run.sh");
    script.act(Action::Open(RemotePath::new("/page.html")));
    script.check("/: a.txt page.html run.sh dialog[open? page.html]").check_jobs("");
    script.command(Command::Cancel).check("/: a.txt page.html run.sh").check_jobs("");
    script.command(Command::SelectAll).command(Command::Open).check_jobs("open a.txt");
    script
        .act(Action::Dialog(DialogAction::ConfirmOpen))
        .check_jobs("open a.txt, open page.html, open run.sh");
    assert!(script.state.dialog.is_none());
}
