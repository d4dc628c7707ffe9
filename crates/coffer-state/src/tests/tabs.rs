//! Tabs: each has its own place, history, selection, scroll, unfolded folders and filter. One that is not shown asks for
//! nothing.

use super::unfolding::put_together;
use super::{Script, entry};
use crate::input::Motion;
use crate::row_filter::{FilterAction, RowFilter};
use crate::tab::TabId;
use crate::tabs::TabAction;
use crate::{Action, Command, Focus, Location, State, WindowEvent};
use coffer_model::{Outcome, Receipt, RemotePath, Update};

/// The places of all tabs, with the shown one in brackets.
fn tabs(state: &State) -> String {
    let place = |location: &Location| location.folder().map_or("a list".to_owned(), ToString::to_string);
    let names = state.navigation.tabs().iter().enumerate().map(|(index, tab)| {
        let name = place(tab.current());
        if index == state.navigation.shown_tab() { format!("[{name}]") } else { name }
    });
    names.collect::<Vec<_>>().join(" ")
}

fn folder(path: &str) -> Location {
    Location::Folder(RemotePath::new(path))
}

fn open_behind(path: &str) -> Action {
    Action::Tab(TabAction::Open(folder(path)))
}

fn id_of(script: &Script, index: usize) -> TabId {
    script.state.navigation.tabs()[index].id
}

#[track_caller]
fn check_tabs<'a>(script: &'a mut Script, expected: &str) -> &'a mut Script {
    assert_eq!(tabs(&script.state), expected);
    script
}

#[test]
fn a_new_tab_is_at_the_same_folder_and_has_a_history_of_its_own() {
    let mut script = Script::at_home("Docs/ Photos/");
    script.go("/Docs").list("/Docs", "a.txt").click(0).window(WindowEvent::Scrolled { top: 70.0 });
    script.command(Command::NewTab).check("/Docs: a.txt …").list("/Docs", "a.txt");
    check_tabs(&mut script, "/Docs [/Docs]");
    assert!(!Command::Back.is_enabled(&script.state), "the new one has not been anywhere");
    script.go("/Photos").list("/Photos", "x.jpg y.jpg").click(1).window(WindowEvent::Scrolled { top: 30.0 });

    script.command(Command::PreviousTab).check("/Docs: >*a.txt …").list("/Docs", "a.txt");
    assert_eq!(script.state.browser.restore_scroll, Some(70.0));
    script.command(Command::Back).list("/", "Docs/ Photos/");
    check_tabs(&mut script, "[/] /Photos");

    script.command(Command::NextTab).check("/Photos: x.jpg >*y.jpg …");
    assert_eq!(script.state.browser.restore_scroll, Some(30.0));
}

#[test]
fn a_tab_that_is_not_shown_asks_for_nothing() {
    let mut script = Script::at_home("Docs/ Photos/");
    script.act(open_behind("/Docs")).act(open_behind("/Photos")).check_jobs("").check("/: Docs/ Photos/");
    check_tabs(&mut script, "[/] /Docs /Photos");
    script.update("session Local", Update::Changed { folders: Some(vec![RemotePath::new("/Docs")]) });
    script.check_jobs("");

    script.go("/Photos");
    script.act(Action::Tab(TabAction::Show(id_of(&script, 1)))).check("/Docs: …");
    assert!(script.cancelled.contains(&"list /Photos".to_owned()), "{:?}", script.cancelled);
    script.check_jobs("list /Docs");
}

#[test]
fn a_tab_is_closed_and_opened_again_where_it_was_with_its_history() {
    let mut script = Script::at_home("Docs/ Photos/");
    script.act(open_behind("/Docs")).act(open_behind("/Photos"));
    script.command(Command::NextTab).go("/Docs/Old").list("/Docs/Old", "b.txt").click(0);
    script.command(Command::CloseTab).check("/Photos: …");
    check_tabs(&mut script, "/ [/Photos]");
    script.command(Command::CloseTab);
    check_tabs(&mut script, "[/]");
    script.command(Command::CloseTab);
    check_tabs(&mut script, "[/]");
    assert!(!Command::CloseTab.is_enabled(&script.state), "the last one stays");

    script.command(Command::ReopenTab).command(Command::ReopenTab).check("/Docs/Old: >*b.txt …");
    check_tabs(&mut script, "/ [/Docs/Old] /Photos");
    assert!(!Command::ReopenTab.is_enabled(&script.state));
    script.command(Command::Back).check("/Docs: …");
}

#[test]
fn closing_another_tab_changes_nothing_of_what_is_shown() {
    let mut script = Script::at_home("Docs/ Photos/");
    script.click(1).act(open_behind("/Docs")).act(open_behind("/Photos"));
    script.act(Action::Tab(TabAction::Close(id_of(&script, 1))));
    check_tabs(&mut script, "[/] /Photos").check("/: Docs/ >*Photos/").check_jobs("");
    script.command(Command::NextTab);
    script.act(Action::Tab(TabAction::Close(id_of(&script, 0))));
    check_tabs(&mut script, "[/Photos]");
}

#[test]
fn tabs_are_arranged_by_dragging_and_by_keys_and_gone_through_round_and_round() {
    let mut script = Script::at_home("Docs/ Photos/");
    script.act(open_behind("/Docs")).act(open_behind("/Photos"));
    script.act(Action::Tab(TabAction::Move(id_of(&script, 0), 2)));
    check_tabs(&mut script, "/Docs /Photos [/]");
    script.command(Command::MoveTabLeft);
    check_tabs(&mut script, "/Docs [/] /Photos");
    script.command(Command::MoveTabRight);
    assert!(!Command::MoveTabRight.is_enabled(&script.state));
    script.command(Command::NextTab);
    check_tabs(&mut script, "[/Docs] /Photos /");
    script.command(Command::PreviousTab);
    check_tabs(&mut script, "/Docs /Photos [/]");
}

#[test]
fn the_selected_folder_is_opened_behind() {
    let mut script = Script::at_home("Docs/ a.txt");
    script.click(1);
    assert!(!Command::OpenInNewTab.is_enabled(&script.state), "a file opens in its program");
    script.click(0).command(Command::OpenInNewTab).check("/: >*Docs/ a.txt");
    check_tabs(&mut script, "[/] /Docs");
}

#[test]
fn each_tab_has_its_search_and_the_keyboard_goes_to_its_rows() {
    let mut script = Script::at_home("a.txt");
    script.command(Command::Find).act(Action::EditSearch("report".to_owned()));
    script.command(Command::NewTab).check("/: a.txt …").list("/", "a.txt");
    assert_eq!((script.state.search.text(), script.state.focus), ("", Focus::Content));
    script.command(Command::PreviousTab).check("search “report”: …");
    assert_eq!(script.state.search.text(), "report");
    script.act(Action::LeaveSearch).check("/: a.txt …");
}

#[test]
fn each_tab_keeps_what_narrows_its_rows_and_shows_them_at_once() {
    let mut script = Script::at_home("a.txt b.txt");
    script.command(Command::Filter).act(Action::Filter(FilterAction::Edit("b".to_owned())));
    let narrowed = super::listing("/", "b.txt");
    script.finish("filter 2 by b", Outcome::Done(Receipt::Listed(narrowed))).check("/: b.txt");
    script.command(Command::NewTab).check("/: a.txt b.txt …");
    assert!(script.state.browser.filter.is_none());
    script.command(Command::PreviousTab).check("/: b.txt …");
    assert_eq!(script.state.browser.filter.as_ref().map(RowFilter::text), Some("b"));
}

#[test]
fn unfolded_folders_are_shown_at_once_when_their_tab_is() {
    let mut script = Script::at_home("Photos/ a.txt");
    script.click(0).press(Motion::Right).list("/Photos", "x.jpg");
    put_together(&mut script).command(Command::NewTab).check("/: Photos/ a.txt …");
    script.command(Command::PreviousTab).check("/: >*Photos/ x.jpg a.txt …");
    script.list("/", "Photos/ b.txt").list("/Photos", "y.jpg");
    put_together(&mut script).check("/: >*Photos/ y.jpg b.txt");
}

#[test]
fn all_tabs_follow_a_folder_that_gets_another_name_and_leave_one_that_is_deleted() {
    let mut script = Script::at_home("Docs/ Photos/");
    script.act(open_behind("/Docs/Old")).act(open_behind("/Photos/2026"));
    script.click(0).command(Command::Rename);
    script.act(Action::RenameText("Papers".into())).act(Action::RenameCommit);
    script.edited("move /Docs to /Papers", &[entry("/", "Papers/")], None);
    check_tabs(&mut script, "[/] /Papers/Old /Photos/2026");
    script.list("/", "Papers/ Photos/").click(1).command(Command::Delete);
    script.edited("delete Photos", &[], None);
    check_tabs(&mut script, "[/] /Papers/Old /");
}

#[test]
fn another_account_begins_with_one_tab() {
    let mut script = Script::at_home("Docs/");
    script.act(open_behind("/Docs")).update("session Local", Update::PathRootChanged);
    check_tabs(&mut script, "[/]");
    assert!(!Command::ReopenTab.is_enabled(&script.state));
}

#[test]
fn all_tabs_but_one_are_closed_and_come_back_one_after_the_other() {
    let mut script = Script::at_home("Docs/ Photos/");
    script.act(open_behind("/Docs")).act(open_behind("/Photos"));
    let docs = id_of(&script, 1);
    script.act(Action::Tab(TabAction::CloseOthers(docs)));
    check_tabs(&mut script, "[/Docs]").command(Command::ReopenTab);
    assert_eq!(script.state.navigation.tabs().len(), 2);
}
