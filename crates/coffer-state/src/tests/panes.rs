//! Two panes: each has its own location, rows, selection and history. Both hear of every change; commands are about the
//! active one.

use super::{Script, entry, picture, problem};
use crate::panes::PaneAction;
use crate::row_filter::{FilterAction, RowFilter};
use crate::{Action, Command, Focus, Location, WindowEvent};
use coffer_model::{Recovery, RemotePath, SortColumn, Update};

/// The other pane, as if it were the active one, without what is said over both.
fn other(script: &mut Script) -> String {
    let shown = script.state.with_other_pane(|state| picture(state)).unwrap_or_default();
    shown.split(" toast[").next().unwrap_or_default().to_owned()
}

#[track_caller]
fn check_other<'a>(script: &'a mut Script, expected: &str) -> &'a mut Script {
    assert_eq!(other(script), expected);
    script
}

/// Photos at the left, Docs at the right, where the keyboard is.
fn photos_and_docs() -> Script {
    let mut script = Script::at_home("Docs/ Photos/");
    script
        .go("/Photos")
        .list("/Photos", "x.jpg y.jpg")
        .command(Command::TogglePanes)
        .list("/Photos", "x.jpg y.jpg");
    script.go("/Docs").list("/Docs", "a.txt b.txt");
    script
}

#[test]
fn a_second_pane_begins_at_the_same_folder_and_goes_its_own_way() {
    let mut script = Script::at_home("Docs/ Photos/");
    script.go("/Photos").list("/Photos", "x.jpg y.jpg").click(1);
    script.command(Command::TogglePanes).check("/Photos: x.jpg y.jpg …").list("/Photos", "x.jpg y.jpg");
    check_other(&mut script, "/Photos: x.jpg >*y.jpg");
    assert!(!Command::Back.is_enabled(&script.state), "the new one has not been anywhere");

    script.go("/Docs").list("/Docs", "a.txt b.txt").click(0).check("/Docs: >*a.txt b.txt");
    check_other(&mut script, "/Photos: x.jpg >*y.jpg");
    script.command(Command::SwitchPane).check("/Photos: x.jpg >*y.jpg").check_jobs("");
    check_other(&mut script, "/Docs: >*a.txt b.txt");
    script.command(Command::Back).check("/: Docs/ Photos/ …").list("/", "Docs/ Photos/");
    check_other(&mut script, "/Docs: >*a.txt b.txt");
}

#[test]
fn the_pane_without_the_keyboard_closes_and_either_can_be_closed() {
    let mut script = photos_and_docs();
    script.command(Command::Refresh);
    script.command(Command::TogglePanes).check("/Docs: a.txt b.txt …");
    assert!(script.state.other_pane.is_none());
    assert_eq!(script.cancelled, ["list /Photos"], "nobody waits for its rows any more");

    let mut script = photos_and_docs();
    script.act(Action::Pane(PaneAction::Close { other: false })).check("/Photos: x.jpg y.jpg");
    assert!(script.state.other_pane.is_none());
    assert!(!Command::SwitchPane.is_enabled(&script.state));
}

#[test]
fn each_pane_stays_at_its_side() {
    let mut script = photos_and_docs();
    let is_left = |script: &Script| script.state.other_pane.as_ref().unwrap().is_left;
    assert!(is_left(&script), "Photos");
    script.command(Command::SwitchPane);
    assert!(!is_left(&script), "Docs");
}

#[test]
fn both_panes_hear_of_changes_elsewhere() {
    let mut script = photos_and_docs();
    let changed = vec![RemotePath::new("/Photos")];
    script.update("session Local", Update::Changed { folders: Some(changed) }).check_jobs("list /Photos");
    script.list("/Photos", "x.jpg y.jpg z.jpg").check("/Docs: a.txt b.txt");
    check_other(&mut script, "/Photos: x.jpg y.jpg z.jpg");
    script.command(Command::Refresh);
    assert!(
        script.jobs().contains("list /Docs") && script.jobs().contains("list /Photos"),
        "{}",
        script.jobs()
    );
}

#[test]
fn what_is_moved_to_the_other_pane_leaves_one_and_comes_to_the_other() {
    let mut script = photos_and_docs();
    assert!(!Command::MoveToOtherPane.is_enabled(&script.state), "nothing is selected");
    script.click(0).command(Command::MoveToOtherPane);
    script.check_jobs("move /Docs/a.txt to /Photos/a.txt");
    script.edited("move /Docs/a.txt to /Photos/a.txt", &[entry("/Photos", "a.txt")], None);
    script
        .list("/Docs", "b.txt")
        .list("/Photos", "a.txt x.jpg y.jpg")
        .check("/Docs: >b.txt toast[Moved “a.txt” to “Photos”]");
    assert!(other(&mut script).starts_with("/Photos: a.txt x.jpg y.jpg"));
    assert!(script.state.browser.busy.is_empty());
    assert_eq!(script.state.with_other_pane(|state| state.browser.busy.is_empty()), Some(true));
}

#[test]
fn a_copy_is_selected_in_the_pane_where_it_is() {
    let mut script = photos_and_docs();
    script.click(1).command(Command::CopyToOtherPane);
    script.edited("copy /Docs/b.txt to /Photos/b.txt", &[entry("/Photos", "b.txt")], None);
    script.list("/Docs", "a.txt b.txt").list("/Photos", "b.txt x.jpg y.jpg");
    script.check("/Docs: a.txt >*b.txt toast[Copied “b.txt” to “Photos”]");
    check_other(&mut script, "/Photos: >*b.txt x.jpg y.jpg");
}

#[test]
fn nothing_is_sent_to_where_it_is_or_to_what_is_no_folder() {
    let mut script = photos_and_docs();
    script.command(Command::SwitchPane).go("/Docs").list("/Docs", "a.txt b.txt").click(0);
    assert!(!Command::CopyToOtherPane.is_enabled(&script.state), "the same folder");
    script.command(Command::SwitchPane).act(Action::Go(Location::Links)).command(Command::SwitchPane);
    assert!(!Command::MoveToOtherPane.is_enabled(&script.state), "no folder");
}

#[test]
fn an_edit_that_ends_after_the_panes_were_switched_leaves_no_row_pale() {
    let mut script = photos_and_docs();
    script.click(0).command(Command::Delete).command(Command::SwitchPane);
    check_other(&mut script, "/Docs: >*a.txt~ b.txt");
    script.fail("delete a.txt", problem("Not now", Recovery::Retry));
    check_other(&mut script, "/Docs: >*a.txt b.txt");
}

#[test]
fn a_pane_follows_its_folder_when_that_is_renamed_or_removed_in_the_other() {
    let mut script = Script::at_home("Docs/ Photos/");
    script.command(Command::TogglePanes).list("/", "Docs/ Photos/").go("/Docs").list("/Docs", "a.txt");
    script.command(Command::SwitchPane).click(0).command(Command::Rename);
    script.act(Action::RenameText("Papers".to_owned())).act(Action::RenameCommit);
    script.edited("move /Docs to /Papers", &[entry("/", "Papers/")], None);
    script.list("/", "Papers/ Photos/").list("/Papers", "a.txt");
    check_other(&mut script, "/Papers: a.txt");

    script.click(0).command(Command::Delete).edited("delete Papers", &[], None);
    script.list("/", "Photos/");
    check_other(&mut script, "/: Photos/");
}

#[test]
fn what_is_done_or_measured_in_the_other_pane_changes_only_that() {
    let mut script = photos_and_docs();
    script.window(WindowEvent::Scrolled { top: 10.0 });
    script.window(WindowEvent::InOtherPane(Box::new(WindowEvent::Scrolled { top: 70.0 })));
    assert_eq!(script.state.browser.scroll_top.to_bits(), 10.0_f32.to_bits());
    script.command(Command::SwitchPane);
    assert_eq!(script.state.browser.scroll_top.to_bits(), 70.0_f32.to_bits());

    script.act(Action::InOtherPane(Box::new(Action::ClickEmpty)));
    script.check("/Photos: x.jpg y.jpg");
}

#[test]
fn each_pane_is_narrowed_by_a_filter_of_its_own() {
    let mut script = photos_and_docs();
    script.command(Command::Filter).act(Action::Filter(FilterAction::Edit("a".to_owned())));
    script.command(Command::SwitchPane);
    assert_eq!(script.state.focus, Focus::Content);
    assert!(script.state.browser.filter.is_none());
    script.command(Command::SwitchPane);
    assert_eq!(script.state.browser.filter.as_ref().map(RowFilter::text), Some("a"));
}

#[test]
fn a_view_that_is_used_for_all_folders_orders_the_other_pane_too() {
    let mut script = photos_and_docs();
    script.act(Action::SortBy(SortColumn::Size)).list("/Docs", "b.txt a.txt").check_jobs("");
    script.command(Command::UseViewForAll);
    assert!(script.jobs().contains("list /Photos"), "{}", script.jobs());
}

#[test]
fn a_list_that_is_there_once_is_made_again_when_its_pane_becomes_active() {
    let mut script = photos_and_docs();
    script.act(Action::Go(Location::space(RemotePath::root()))).command(Command::SwitchPane);
    script.check_jobs("space Map of /").command(Command::SwitchPane).check_jobs("space Map of /");
    assert_eq!(script.cancelled, ["space Map of /"], "it is asked for anew");
    assert!(matches!(script.state.navigation.current(), Location::Space { .. }));
}

#[test]
fn another_account_begins_with_one_pane() {
    let mut script = photos_and_docs();
    script.state.open_session(coffer_model::AccountChoice::Local);
    assert!(script.state.other_pane.is_none());
}

#[test]
fn a_pane_without_a_connection_lists_again_when_the_service_is_back() {
    let mut script = photos_and_docs();
    script.command(Command::Refresh);
    script
        .fail("list /Photos", problem("Offline", Recovery::Offline))
        .fail("list /Docs", problem("Offline", Recovery::Offline));
    assert!(script.state.session.offline);
    script.update("session Local", Update::Outage(None));
    assert!(
        script.jobs().contains("list /Photos") && script.jobs().contains("list /Docs"),
        "{}",
        script.jobs()
    );
}
