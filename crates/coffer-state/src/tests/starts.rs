//! What the program was started with, and an account that another program has open.

use super::{Script, entry, problem};
use crate::Action;
use coffer_model::{Outcome, Problem, ProblemKind, Receipt, Recovery, Update};
use std::path::PathBuf;

fn start(path: Option<&str>, local_paths: &[&str]) -> Action {
    let local_paths = local_paths.iter().map(PathBuf::from).collect();
    Action::Start { path: path.map(str::to_owned), local_paths }
}

#[test]
fn a_start_without_anything_leaves_the_window_as_it_is() {
    let mut script = Script::at_home("Docs/ a.txt");
    script.click(1).act(start(None, &[])).check("/: Docs/ >*a.txt").check_jobs("");
}

#[test]
fn a_folder_is_shown_and_a_file_is_selected_in_its_folder() {
    let mut script = Script::at_home("Docs/ a.txt");
    script.act(start(Some("/Docs/b.txt"), &[])).check_jobs("locate /Docs/b.txt");
    script.finish("locate /Docs/b.txt", Outcome::Done(Receipt::Located(entry("/Docs", "b.txt"))));
    script.list("/Docs", "b.txt c.txt").check("/Docs: >*b.txt c.txt");
    script.act(start(Some("/"), &[])).list("/", "Docs/").check("/: Docs/");
}

#[test]
fn files_are_uploaded_into_the_folder_that_is_to_be_shown_or_into_the_one_that_is() {
    let mut script = Script::at_home("Docs/");
    script.act(start(Some("/Docs"), &["/home/ida/x"])).list("/Docs", "");
    script.check("/Docs:").check_jobs("plan [\"/home/ida/x\"] to /Docs");
    script.done("plan [\"/home/ida/x\"] to /Docs");
    script.act(start(None, &["/home/ida/y"])).check_jobs("plan [\"/home/ida/y\"] to /Docs");
}

#[test]
fn a_folder_that_is_among_the_sample_files_being_written_is_waited_for() {
    let missing = || Problem::new(ProblemKind::NotFound, "“/Docs” could not be found", "");
    let start_at_docs = || {
        let mut script = Script::at_home("");
        script.update("session Local", Update::Samples { done: 0, total: 9 });
        script.act(start(Some("/Docs"), &[])).fail("locate /Docs", missing()).check("/:").check_jobs("");
        script
    };
    let mut script = start_at_docs();
    script.update("session Local", Update::Samples { done: 3, total: 9 }).fail("locate /Docs", missing());
    script.update("session Local", Update::Samples { done: 6, total: 9 });
    script.finish("locate /Docs", Outcome::Done(Receipt::Located(entry("/", "Docs/"))));
    script.list("/Docs", "a.txt").check("/Docs: a.txt");
    script.update("session Local", Update::Samples { done: 9, total: 9 }).check_jobs("");

    // It is not among them.
    let mut script = start_at_docs();
    script.update("session Local", Update::Samples { done: 9, total: 9 }).fail("locate /Docs", missing());
    script.check("/: … toast[“/Docs” could not be found | Details…]");

    // The person has gone elsewhere meanwhile.
    let mut script = start_at_docs();
    script.go("/Photos").list("/Photos", "b.jpg");
    script.update("session Local", Update::Samples { done: 6, total: 9 }).check_jobs("");
}

#[test]
fn links_that_lead_nowhere_in_this_run_are_told_of() {
    let mut script = Script::at_home("a.txt");
    script.update("session Local", Update::AddressTaken);
    let said = &script.state.toasts.list()[0].text;
    assert!(said.contains("another program uses their address"), "{said}");
}

#[test]
fn an_account_that_is_in_use_is_waited_for_and_needs_no_sign_in() {
    let mut script = Script::start();
    let held = problem("Another program of Coffer is using this account", Recovery::None);
    script.update("session Local", Update::InUse(Some(held.clone())));
    assert_eq!(script.state.session.in_use, Some(held));
    assert!(script.state.session.ended.is_none());
    script.update("session Local", Update::InUse(None)).list("/", "a.txt").check("/: a.txt");
    assert!(script.state.session.in_use.is_none());
}
