//! Uploading: looked at first, asked about, sent, tried again.

use super::transfers::progress;
use super::{Script, entry, operation, problem};
use crate::action::DialogAction;
use crate::dialog::Dialog;
use crate::transfers::{FileFilter, Section, TransferEnd, TransferTitle};
use crate::{Action, Command};
use coffer_model::transfer::{
    Conflict, Decision, FileState, FileUpdate, PlannedFile, RefusalReason, RefusedName, TransferReport,
    UploadPlan, Uploaded, UploadedFiles,
};
use coffer_model::{
    Event, Job, OperationKind, Outcome, Problem, Receipt, Recovery, RemotePath, RequestId, Rev, Update,
};
use std::path::PathBuf;
use std::sync::Arc;

/// `a.txt` is new, `a.txt!` is taken by other content, `a.txt=` is there already.
pub(super) fn plan(target: &str, files: &str) -> UploadPlan {
    let target = RemotePath::new(target);
    let files: Vec<PlannedFile> = files
        .split_whitespace()
        .map(|word| {
            let name = word.trim_end_matches(['!', '=']);
            let existing = entry(target.as_str(), name);
            let conflict =
                (word != name).then(|| Box::new(Conflict { existing, identical: word.ends_with('=') }));
            PlannedFile {
                local_path: format!("/home/ida/{name}").into(),
                remote_path: target.join(name),
                size_bytes: 10,
                modified: None,
                conflict,
                decision: None,
            }
        })
        .collect();
    let source = |file: &PlannedFile| {
        let name = file.local_path.strip_prefix("/home/ida").ok()?.components().next()?;
        Some(PathBuf::from("/home/ida").join(name))
    };
    let mut sources: Vec<PathBuf> = files.iter().filter_map(source).collect();
    sources.dedup();
    let total_bytes = 10 * files.len() as u64;
    UploadPlan { sources, target, total_bytes, files: files.into_iter().collect(), ..UploadPlan::default() }
}

pub(super) fn drop_files(script: &mut Script, plan: UploadPlan) -> &mut Script {
    let local_paths = vec!["/home/ida/x".into()];
    let target = plan.target.clone();
    let job = format!("plan [\"/home/ida/x\"] to {target}");
    script.act(Action::DropFiles { local_paths, target: Some(target) });
    script.finish(&job, Outcome::Done(Receipt::Planned(Arc::new(plan))))
}

pub(super) fn report(arrived: &str, failed: &[Problem]) -> Receipt {
    let mut uploaded = UploadedFiles::new(Arc::new(plan("/", arrived)));
    for (index, path) in arrived.split_whitespace().enumerate() {
        let remote_path = RemotePath::new(path);
        uploaded.push(index, Uploaded { remote_path, rev: Rev("1".into()), replaced: None });
    }
    let (files, uploaded) = (uploaded.len() as u64, Arc::new(uploaded));
    let report = TransferReport { files, uploaded, failed: failed.to_vec(), ..TransferReport::default() };
    Receipt::Transferred { report, operation: None }
}

fn failed(path: &str, recovery: Recovery) -> Problem {
    Problem { path: Some(RemotePath::new(path)), ..problem(&format!("{path} did not arrive"), recovery) }
}

#[test]
fn files_without_questions_are_sent_at_once() {
    let mut script = Script::at_home("Docs/");
    drop_files(&mut script, plan("/", "a.txt b.txt="));
    script.check("/: Docs/").check_jobs("upload /a.txt /b.txt []");
    script.finish("upload /a.txt /b.txt []", Outcome::Done(report("/a.txt", &[])));
    script.check("/: Docs/ … toast[Uploaded 2 files | Show]");
}

#[test]
fn a_folder_that_is_dropped_with_a_slash_is_uploaded_as_a_folder() {
    let mut script = Script::at_home("");
    let local_paths = vec!["/home/ida/Trip/".into()];
    script.act(Action::DropFiles { local_paths, target: Some(RemotePath::root()) });
    script.check_jobs("plan [\"/home/ida/Trip\"] to /");
}

#[test]
fn what_is_being_looked_at_can_be_stopped() {
    let mut script = Script::at_home("");
    script.act(Action::DropFiles { local_paths: vec!["/x".into()], target: Some(RemotePath::root()) });
    let preparing = script.state.transfers.preparing[0].clone();
    assert_eq!((preparing.count, script.state.transfers.summary().running), (1, 1));
    script.act(Action::CancelTransfer(preparing.id)).check_jobs("");
    assert_eq!(script.state.transfers.summary().running, 0);
}

#[test]
fn a_taken_name_is_asked_about_and_the_answer_that_is_offered_loses_nothing() {
    let mut script = Script::at_home("a.txt b.txt");
    drop_files(&mut script, plan("/", "a.txt! b.txt! c.txt"));
    script.check("/: a.txt b.txt dialog[upload? /a.txt KeepBoth, /b.txt KeepBoth; 0 cannot]").check_jobs("");
    let answer = DialogAction::DecideConflict { index: 1, decision: Decision::Skip };
    script.act(Action::Dialog(answer));
    script.check("/: a.txt b.txt dialog[upload? /a.txt KeepBoth, /b.txt Skip; 0 cannot]");
    script.act(Action::Dialog(DialogAction::ConfirmUpload)).check("/: a.txt b.txt");
    script.check_jobs("upload /a.txt /b.txt /c.txt [KeepBoth, Skip]");
}

#[test]
fn one_answer_can_be_given_for_all() {
    let mut script = Script::at_home("");
    drop_files(&mut script, plan("/", "a.txt! b.txt!"));
    script.act(Action::Dialog(DialogAction::DecideAll(Decision::Replace)));
    script.check("/: dialog[upload? /a.txt Replace, /b.txt Replace; 0 cannot]");
    script.act(Action::Dialog(DialogAction::DecideAll(Decision::Skip)));
    script.act(Action::Dialog(DialogAction::ConfirmUpload)).check("/:").check_jobs("");
}

#[test]
fn a_file_never_replaces_a_folder() {
    let mut script = Script::at_home("");
    let mut plan = plan("/", "a! b!");
    plan.files.set_conflict(0, Conflict { existing: entry("/", "a/"), identical: false });
    drop_files(&mut script, plan);
    script.act(Action::Dialog(DialogAction::DecideAll(Decision::Replace)));
    script.check("/: dialog[upload? /a KeepBoth, /b Replace; 0 cannot]");
    let answer = DialogAction::DecideConflict { index: 0, decision: Decision::Replace };
    script.act(Action::Dialog(answer)).check("/: dialog[upload? /a KeepBoth, /b Replace; 0 cannot]");
}

#[test]
fn refused_names_are_told_before_anything_is_sent() {
    let mut script = Script::at_home("");
    let refused = vec![RefusedName {
        local_path: "/x/desktop.ini".into(),
        reason: "Kept".to_owned(),
        refusal: RefusalReason::Name,
    }];
    drop_files(&mut script, UploadPlan { refused, ..plan("/", "a.txt") });
    script.check("/: dialog[upload? ; 1 cannot]").check_jobs("");
    script.command(Command::Cancel).check("/:").check_jobs("");
}

#[test]
fn questions_wait_for_the_open_dialog() {
    let mut script = Script::at_home("a.txt");
    script.command(Command::Shortcuts);
    drop_files(&mut script, plan("/", "a.txt!"))
        .check("/: a.txt toast[Uploading 1 item to Home] dialog[keys]");
    drop_files(&mut script, plan("/", "b.txt!"));
    script
        .act(Action::CloseDialog)
        .check("/: a.txt toast[Uploading 1 item to Home] dialog[upload? /a.txt KeepBoth; 0 cannot]");
    script
        .act(Action::CloseDialog)
        .check("/: a.txt toast[Uploading 1 item to Home] dialog[upload? /b.txt KeepBoth; 0 cannot]");
}

#[test]
fn an_empty_plan_and_a_failed_one_say_so() {
    let mut script = Script::at_home("");
    drop_files(&mut script, plan("/", ""))
        .check("/: toast[Nothing to upload: no files or folders were found]");
    script.act(Action::DropFiles { local_paths: vec!["/x".into()], target: Some(RemotePath::root()) });
    script.fail("plan [\"/x\"] to /", problem("Disk trouble", Recovery::Retry));
    script.check("/: toast[Nothing to upload: no files or folders were found] toast[Disk trouble | Retry]");
    let toast = script.state.toasts.list()[1].id;
    script.act(Action::ToastAction(toast)).check_jobs("plan [\"/x\"] to /");
}

#[test]
fn files_are_picked_with_the_dialog_of_the_system_for_the_folder_shown_then() {
    let mut script = Script::at_home("Docs/");
    script.go("/Docs").list("/Docs", "").command(Command::Upload).check_jobs("pick files").go("/");
    script.update("pick files", Update::Picked(vec!["/x".into()])).done("pick files");
    script.list("/", "Docs/").check_jobs("plan [\"/x\"] to /Docs");
    script.command(Command::UploadFolder).update("pick folder", Update::Picked(vec![])).done("pick folder");
    script.check_jobs("plan [\"/x\"] to /Docs");
}

#[test]
fn the_end_shows_what_arrived() {
    let mut script = Script::at_home("Docs/");
    drop_files(&mut script, plan("/Docs", "a.txt b.txt"));
    let id = script.id("upload /Docs/a.txt /Docs/b.txt []");
    script.finish("upload /Docs/a.txt /Docs/b.txt []", Outcome::Done(report("/Docs/a.txt /Docs/b.txt", &[])));
    script.check("/: Docs/ toast[Uploaded 2 files | Show]").act(Action::ShowTransferred(id));
    script.list("/Docs", "a.txt b.txt c.txt");
    script.check("/Docs: >*a.txt *b.txt c.txt toast[Uploaded 2 files | Show]");
}

#[test]
fn only_what_failed_is_tried_again_with_its_answers() {
    let mut script = Script::at_home("");
    drop_files(&mut script, plan("/", "a.txt! b.txt! c.txt"));
    script.act(Action::Dialog(DialogAction::DecideConflict { index: 1, decision: Decision::Replace }));
    script.act(Action::Dialog(DialogAction::ConfirmUpload));
    let job = "upload /a.txt /b.txt /c.txt [KeepBoth, Replace]";
    let failures = [failed("/b.txt", Recovery::Retry), failed("/c.txt", Recovery::None)];
    script.finish(job, Outcome::Done(report("/a(1).txt", &failures))).list("/", "");
    script.check("/: toast[2 of 3 files could not be uploaded | Retry]");
    let toast = script.state.toasts.list()[0].id;
    script
        .act(Action::ToastAction(toast))
        .check_jobs(&format!("forget {job}, upload /b.txt /c.txt [Replace]"));
    let transfers = &script.state.transfers;
    let counts = (transfers.count(Section::Running), transfers.count(Section::Failed));
    assert_eq!(counts, (1, 0), "the new try takes the place of the old");
}

#[test]
fn a_whole_upload_that_failed_is_planned_anew_and_remembers_the_answers() {
    let mut script = Script::at_home("");
    drop_files(&mut script, plan("/", "a.txt! b.txt"));
    script.act(Action::Dialog(DialogAction::ConfirmUpload));
    let id = script.id("upload /a.txt /b.txt [KeepBoth]");
    script.fail("upload /a.txt /b.txt [KeepBoth]", problem("No connection", Recovery::Retry));
    script.check("/: toast[No connection | Retry]");
    script.act(Action::RetryTransfer(id)).check_jobs("plan [\"/home/ida/x\"] to /");
    let again = Arc::new(plan("/", "a.txt! b.txt="));
    script.finish("plan [\"/home/ida/x\"] to /", Outcome::Done(Receipt::Planned(again)));
    script.check_jobs("upload /a.txt /b.txt [KeepBoth]");
}

#[test]
fn an_upload_can_be_undone_once_it_is_done() {
    let mut script = Script::at_home("");
    drop_files(&mut script, plan("/", "a.txt"));
    let Receipt::Transferred { report, .. } = report("/a.txt", &[]) else { unreachable!() };
    let operation = Some(operation(1, OperationKind::Upload, "/a.txt", None));
    script
        .finish("upload /a.txt []", Outcome::Done(Receipt::Transferred { report, operation }))
        .list("/", "a.txt");
    assert_eq!(script.state.undo.undo_label(), Some("Upload “a.txt”"));
    script.command(Command::Undo).check_jobs("undo 1");
}

/// Stops an upload; the worker then tells that these files had arrived, and how they are taken back, and whether that is
/// not all.
fn stop_upload(script: &mut Script, job: &str, arrived: &str, cancelled: bool) -> RequestId {
    let id = script.id(job);
    script.act(Action::CancelTransfer(id));
    let Receipt::Transferred { report, .. } = report(arrived, &[]) else { unreachable!() };
    let report = TransferReport { cancelled, ..report };
    let operation = Some(operation(1, OperationKind::Upload, "/a.txt", None));
    script.event(Event::Finished { id, outcome: Outcome::Done(Receipt::Transferred { report, operation }) });
    id
}

#[test]
fn an_upload_that_was_stopped_on_its_way_has_stopped_and_not_arrived() {
    let mut script = Script::at_home("");
    let job = "upload /a.txt /b.txt /c.txt []";
    drop_files(&mut script, plan("/", "a.txt b.txt c.txt"));
    let file_update = |name: &str, state| FileUpdate { name: name.to_owned(), size_bytes: 10, state };
    let told = vec![
        file_update("a.txt", FileState::Verified),
        file_update("b.txt", FileState::Moving { bytes_done: 4 }),
    ];
    script.update(job, Update::Files(told)).update(job, progress(14, 30, 1.0));
    drop_files(&mut script, plan("/", "d.txt"));
    let id = stop_upload(&mut script, job, "/a.txt", true);
    script.check("/: …").list("/", "a.txt").check("/: a.txt");
    let transfers = &script.state.transfers;
    let transfer = transfers.get(id).expect("it is told among what has ended");
    assert!(matches!(transfer.end, Some(TransferEnd::Cancelled)) && transfer.can_retry());
    let states: Vec<_> =
        (0..3).filter_map(|line| transfer.files.row(FileFilter::All, line)?.state.clone()).collect();
    assert_eq!(states, [FileState::Verified], "of the others nothing is claimed");
    assert_eq!(transfers.summary().bytes_total, 10, "what was not sent is no part of what is to be done");
    assert_eq!(script.state.undo.undo_label(), Some("Upload “a.txt”"), "what has arrived can be taken back");
    script.act(Action::RetryTransfer(id));
    script.check_jobs("upload /d.txt [], plan [\"/home/ida/x\"] to /");
}

#[test]
fn an_upload_that_was_stopped_too_late_has_arrived() {
    let mut script = Script::at_home("");
    drop_files(&mut script, plan("/", "a.txt b.txt"));
    stop_upload(&mut script, "upload /a.txt /b.txt []", "/a.txt /b.txt", false);
    script.list("/", "a.txt b.txt").check("/: >*a.txt *b.txt toast[Uploaded 2 files | Show]");
}

#[test]
fn an_upload_that_could_not_be_planned_for_want_of_a_sign_in_is_kept_too() {
    let mut script = Script::at_home("");
    script.act(Action::DropFiles { local_paths: vec!["/x".into()], target: Some(RemotePath::root()) });
    script.fail("plan [\"/x\"] to /", problem("Signed out", Recovery::SignIn)).check("/:").check_jobs("");
    let choice = script.state.session.choice.clone();
    script.state.reopen_session(choice);
    // What that asks for comes with the next action.
    script.act(Action::ClickEmpty);
    assert!(script.jobs().contains("plan [\"/x\"] to /"), "{}", script.jobs());
}

#[test]
fn what_is_uploaded_has_a_title() {
    let title = |files: &[&str], folders: &[&str]| {
        let base = plan("/Docs", &files.join(" "));
        let empty_folders = folders.iter().map(|folder| RemotePath::new(folder)).collect();
        TransferTitle::from_plan(&UploadPlan { empty_folders, ..base }).quoted()
    };
    assert_eq!(title(&["a.txt"], &[]), "“a.txt”");
    assert_eq!(title(&["Trip/a.jpg", "Trip/b/c.jpg"], &["/Docs/Trip/d"]), "“Trip” (2 files)");
    assert_eq!(title(&["a.txt", "b.txt"], &[]), "2 files");
    assert_eq!(title(&[], &["/Docs/x", "/Docs/y"]), "2 folders");
    assert_eq!(title(&[], &["/Docs/x/y", "/Docs/x/z"]), "“x”");
}

#[test]
fn a_dead_sign_in_keeps_the_upload_and_a_new_one_goes_on_with_it() {
    let mut script = Script::at_home("");
    drop_files(&mut script, plan("/", "a.txt"));
    script.fail("upload /a.txt []", problem("Signed out", Recovery::SignIn)).check("/:");
    assert!(script.state.session.ended.is_some());
    assert_eq!(script.state.transfers.count(Section::Failed), 1);
    let job = Job::SignIn { code: "1".to_owned() };
    script.command(Command::Account);
    script.act(Action::Dialog(DialogAction::EditAppKey("key".to_owned())));
    script.act(Action::Dialog(DialogAction::OpenAuthorizePage));
    script
        .update("sign-in page key", Update::AuthorizePage { url: "page".to_owned() })
        .done("sign-in page key");
    script
        .act(Action::Dialog(DialogAction::EditCode(" 1 ".to_owned())))
        .act(Action::Dialog(DialogAction::Connect));
    assert!(script.running.iter().any(|(_, running)| *running == job));
    let choice = script.state.session.choice.clone();
    script.finish("sign in 1", Outcome::Done(Receipt::SignedIn(choice)));
    assert!(script.jobs().contains("plan [\"/home/ida/x\"] to /"), "{}", script.jobs());
}

#[test]
fn files_dropped_behind_a_dialog_are_uploaded_and_questions_about_them_wait() {
    let mut script = Script::at_home("a.txt");
    script.click(0).command(Command::Share).done("find link /a.txt");
    script.act(Action::DropFiles { local_paths: vec!["/x".into()], target: Some(RemotePath::root()) });
    script.check("/: >*a.txt toast[Uploading 1 item to Home] dialog[share /a.txt no link]");
    let mut refused = plan("/", "a.txt");
    refused.refused.push(RefusedName {
        local_path: "/x/CON".into(),
        reason: "no".into(),
        refusal: RefusalReason::Name,
    });
    let planned = Outcome::Done(Receipt::Planned(Arc::new(refused)));
    script.finish("plan [\"/x\"] to /", planned);
    assert!(matches!(script.state.dialog, Some(Dialog::Share(_))), "the dialog is not taken away");
    script.act(Action::CloseDialog);
    assert!(matches!(script.state.dialog, Some(Dialog::Conflicts(_))), "it is asked now");
}

#[test]
fn files_that_cannot_be_taken_are_refused_in_words() {
    let mut script = Script::at_home("a.txt");
    script.act(Action::DropFiles { local_paths: vec!["/x".into()], target: None });
    script
        .check("/: a.txt toast[Nothing was uploaded: open a folder, then drop the files there]")
        .check_jobs("");
    script.command(Command::Account);
    script.act(Action::DropFiles { local_paths: vec!["/x".into()], target: Some(RemotePath::root()) });
    let toasts = script.state.toasts.list();
    assert_eq!(
        toasts.last().unwrap().text,
        "Nothing was uploaded: close the dialog, then drop the files again"
    );
    script.check_jobs("");
}

#[test]
fn files_of_the_system_are_left_out_without_a_question() {
    let mut script = Script::at_home("");
    let refusal = RefusalReason::SystemFile;
    let refused = vec![RefusedName { local_path: "/x/.DS_Store".into(), reason: "Kept".to_owned(), refusal }];
    drop_files(&mut script, UploadPlan { refused, ..plan("/", "a.txt") }).check_jobs("upload /a.txt []");
}

#[test]
fn a_text_that_is_pasted_is_a_file_whose_name_is_changed_once_it_is_there() {
    let mut script = Script::at_home("a.txt");
    script.click(0).command(Command::Copy).command(Command::Paste);
    let own = script.running.iter().find_map(|(_, job)| match job {
        Job::PasteFiles(own_text) => Some(own_text.clone()),
        _ => None,
    });
    assert_eq!(own.as_deref(), Some("/a.txt"));
    script.update("paste files", Update::Pasted("/state/pasted/1/Pasted.txt".into())).done("paste files");
    let job = "plan [\"/state/pasted/1/Pasted.txt\"] to /";
    script.check_jobs(job).finish(job, Outcome::Done(Receipt::Planned(Arc::new(plan("/", "Pasted.txt")))));
    script.finish("upload /Pasted.txt []", Outcome::Done(report("/Pasted.txt", &[])));
    script.list("/", "a.txt Pasted.txt");
    script.check("/: name[Pasted.txt] a.txt >*Pasted.txt toast[Uploaded “Pasted.txt” | Show]");

    // Who looks elsewhere by then is not asked for a name.
    script.act(Action::RenameCancel).command(Command::Paste);
    script.update("paste files", Update::Pasted("/state/pasted/2/B.txt".into())).done("paste files");
    let job = "plan [\"/state/pasted/2/B.txt\"] to /";
    script.finish(job, Outcome::Done(Receipt::Planned(Arc::new(plan("/", "B.txt")))));
    script.go("/Docs").list("/Docs", "");
    script.finish("upload /B.txt []", Outcome::Done(report("/B.txt", &[])));
    script.go("/").list("/", "a.txt B.txt Pasted.txt");
    assert!(script.state.browser.rename.is_none());
}

#[test]
fn what_was_uploaded_is_selected_unless_the_person_has_selected_something_else_meanwhile() {
    let upload = |meanwhile: fn(&mut Script)| {
        let mut script = Script::at_home("Docs/ x.txt y.txt");
        script.click(1);
        drop_files(&mut script, plan("/", "a.txt b.txt"));
        meanwhile(&mut script);
        script.finish("upload /a.txt /b.txt []", Outcome::Done(report("/a.txt /b.txt", &[])));
        script.list("/", "Docs/ a.txt b.txt x.txt y.txt");
        let mut selected: Vec<String> =
            script.state.browser.selection.paths.iter().map(ToString::to_string).collect();
        selected.sort();
        selected.join(" ")
    };
    assert_eq!(upload(|_| {}), "/a.txt /b.txt");
    assert_eq!(
        upload(|script| {
            script.click(2);
        }),
        "/y.txt"
    );
}
