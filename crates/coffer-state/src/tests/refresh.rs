//! Rows that change while they are looked at.

use super::{Script, listing, partial};
use crate::{Action, Command, Location, WindowEvent};
use coffer_model::{Problem, ProblemKind, RemotePath, Update};

fn changed(script: &mut Script, folders: Option<&[&str]>) {
    let folders = folders.map(|folders| folders.iter().map(|folder| RemotePath::new(folder)).collect());
    script.update("session Local", Update::Changed { folders });
}

#[test]
fn news_keep_selection_cursor_and_scroll() {
    let mut script = Script::at_home("a b c d");
    script.click(1).ctrl_click(2).window(WindowEvent::Scrolled { top: 40.0 });
    changed(&mut script, Some(&["/"]));
    script.check("/: a *b >*c d …").list("/", "New/ a b c d").check("/: New/ a *b >*c d");
    assert_eq!((script.state.browser.scroll_top, script.state.browser.reveal), (40.0, None));
}

#[test]
fn what_is_gone_is_no_longer_selected_and_the_cursor_goes_to_a_neighbour() {
    let mut script = Script::at_home("a b c d");
    script.click(1).ctrl_click(2).command(Command::Refresh).list("/", "a b d").check("/: a *b >d");
    script.click(2).command(Command::Refresh).list("/", "a b").check("/: a >b");
}

#[test]
fn a_selection_survives_the_first_pages_of_a_new_listing() {
    let mut script = Script::at_home("a b c");
    script.click(2).command(Command::Refresh);
    script.update("list /", Update::Listing(partial("/", "a b", false))).check("/: a b >*c …");
    script.update("list /", Update::Listing(partial("/", "a b x y", false))).check("/: a b x y …");
    script.update("list /", Update::Listing(partial("/", "a b x c d", false))).check("/: a b x >*c d …");
    script.update("list /", Update::Listing(listing("/", "a b"))).check("/: a >b …");
}

#[test]
fn rows_appear_page_by_page() {
    let mut script = Script::start();
    script.update("list /", Update::Listing(partial("/", "a", false))).check("/: a …");
    script.update("list /", Update::Listing(partial("/", "a b", false))).check("/: a b …");
    script.update("list /", Update::Listing(listing("/", "a b c"))).done("list /").check("/: a b c");
}

#[test]
fn many_changes_make_one_request_at_a_time_and_one_after_it() {
    let mut script = Script::at_home("a");
    script.check_jobs("");
    for _ in 0..5 {
        changed(&mut script, Some(&["/Elsewhere", "/"]));
    }
    // One for the rows and one for the tree, which shows the root as well.
    script.check_jobs("list /, list /");
    let rows = script.id("list /");
    script.done("list /");
    assert_ne!(script.id("list /"), rows);
    script.check_jobs("list /, list /").list("/", "a b").check_jobs("").check("/: a b");
}

#[test]
fn changes_elsewhere_do_not_concern_the_rows() {
    let mut script = Script::at_home("a");
    changed(&mut script, Some(&["/Elsewhere"]));
    script.check_jobs("");
    changed(&mut script, None);
    script.check_jobs("list /, list /");
}

#[test]
fn gathered_places_follow_any_change_but_not_all_the_time() {
    let mut script = Script::at_home("a");
    script.command(Command::ShowLinks).answer_list("list links", "/", "a");
    changed(&mut script, Some(&["/Elsewhere"]));
    script.wait(1.0);
    changed(&mut script, Some(&["/Elsewhere"]));
    script.check_jobs("");
    assert_eq!(script.state.next_tick_secs(), Some(1.0));
    script.wait(1.0).check_jobs("list links");
}

#[test]
fn items_that_were_waited_for_are_selected_when_they_come_unless_the_person_went_on() {
    let mut script = Script::at_home("Docs/ a.txt");
    script.act(Action::Go(Location::Deleted)).go("/Docs").list("/Docs", "x").command(Command::Up);
    script.list("/", "Docs/ a.txt").check("/: >*Docs/ a.txt");
    script.click(1).command(Command::Refresh).list("/", "Docs/ a.txt").check("/: Docs/ >*a.txt");
}

#[test]
fn what_the_person_selects_meanwhile_stays_selected() {
    let mut script = Script::at_home("a.txt b.txt");
    script.click(0).command(Command::Copy).command(Command::Paste).done("paste files");
    script.edited("copy /a.txt to /a.txt", &[super::entry("/", "a(1).txt")], None).click(1);
    script.list("/", "a(1).txt a.txt b.txt");
    assert_eq!(script.state.browser.only_selected().map(coffer_model::Entry::name), Some("b.txt"));
}

#[test]
fn a_folder_that_is_gone_shows_its_rows_no_longer_in_either_pane() {
    let gone = || Problem::new(ProblemKind::NotFound, "It is gone", "");
    let mut script = Script::at_home("Docs/ Photos/");
    script.go("/Docs").list("/Docs", "a.txt").click(0).command(Command::TogglePanes).list("/Docs", "a.txt");
    changed(&mut script, Some(&["/Docs"]));
    while script.jobs_list().iter().any(|job| job == "list /Docs") {
        script.fail("list /Docs", gone());
    }
    script.check("/Docs: !It is gone");
    assert_eq!(script.state.browser.status.items, 0);
    script.command(Command::SwitchPane).check("/Docs: !It is gone");
}
