//! The inspector follows the selection, without hurry.

use super::{Script, entry, problem};
use crate::input::Motion;
use crate::inspector::InspectorTab;
use crate::{Action, Command, WindowEvent};
use coffer_model::preview::{Preview, PreviewBody};
use coffer_model::{Entry, FolderSummary, FolderTotals, Load, Recovery, RemotePath, Rev, Settings, Update};
use std::sync::Arc;

fn script(rows: &str) -> Script {
    let mut script = Script::with(Settings::default());
    script.list("/", rows);
    script
}

pub(super) fn preview(name: &str, rev: &str) -> Update {
    let body = PreviewBody::None { reason: "Test".to_owned() };
    Update::Preview(Arc::new(Preview { path: entry("/", name).path, rev: Rev(rev.into()), body }))
}

fn revisions(words: &str) -> Update {
    Update::Revisions {
        revisions: Arc::new(super::entries("/", words)),
        makers: Arc::default(),
        complete: true,
    }
}

#[test]
fn a_preview_is_asked_for_when_the_selection_rests() {
    let mut script = script("a.txt b.txt c.txt");
    script.click(0).wait(0.05).press(Motion::Down).wait(0.05).press(Motion::Down).check_jobs("");
    assert!(script.state.inspector.preview.is_pending());
    script.wait(0.05).check_jobs("").wait(0.05).check_jobs("preview c.txt@1");
    script.update("preview c.txt@1", preview("c.txt", "1")).done("preview c.txt@1");
    assert!(matches!(script.state.inspector.preview, Load::Ready(_)));
    assert_eq!(script.state.next_tick_secs(), None);
}

#[test]
fn a_preview_that_is_no_longer_looked_at_is_cancelled() {
    let mut script = script("a.txt b.txt");
    script.click(0).wait(0.1).click(1);
    assert_eq!(script.cancelled, ["preview a.txt@1"]);
    script.wait(0.1).check_jobs("preview b.txt@1").act(Action::ClickEmpty).check_jobs("");
    assert_eq!(script.state.inspector.entry, None);
    assert_eq!(script.state.inspector.preview, Load::Idle);
}

#[test]
fn folders_and_several_items_have_no_preview() {
    let mut script = script("Docs/ a.txt b.txt");
    script.click(0).wait(0.1).check_jobs("summarize /Docs");
    assert!(script.state.inspector.entry.is_some());
    script.click(1).shift_click(2).wait(0.1).check_jobs("");
    assert!(script.state.inspector.entry.is_none());
}

#[test]
fn a_closed_inspector_asks_for_nothing_until_it_is_opened() {
    let mut script = Script::at_home("a.txt");
    script.click(0).wait(1.0).check_jobs("");
    script.command(Command::ToggleInspector).check_jobs("preview a.txt@1");
}

#[test]
fn versions_are_asked_for_when_their_tab_is_open() {
    let mut script = script("a.txt@2 b.txt");
    script.click(0).wait(0.1).check_jobs("preview a.txt@2");
    script.act(Action::InspectorTab(InspectorTab::Versions)).check_jobs("preview a.txt@2, revisions /a.txt");
    script.update("revisions /a.txt", revisions("a.txt@2 a.txt@1")).done("revisions /a.txt");
    assert_eq!(script.state.inspector.revisions.value().map(|list| list.len()), Some(2));
    script.click(1).wait(0.1).check_jobs("preview b.txt@1, revisions /b.txt");
}

#[test]
fn a_file_that_got_a_new_revision_is_looked_at_again_with_the_old_look_until_then() {
    let mut script = script("a.txt@1");
    script.click(0).wait(0.1).update("preview a.txt@1", preview("a.txt", "1")).done("preview a.txt@1");
    script.command(Command::Refresh).list("/", "a.txt@2").wait(0.1).check_jobs("preview a.txt@2");
    assert!(script.state.inspector.preview.value().is_some());
    script.update("preview a.txt@2", preview("a.txt", "2")).done("preview a.txt@2");
    script.command(Command::Refresh).list("/", "a.txt@2").wait(1.0).check_jobs("");
}

#[test]
fn a_failed_preview_is_tried_again_by_a_refresh() {
    let mut script = script("a.txt");
    script.click(0).wait(0.1).fail("preview a.txt@1", problem("Broken", Recovery::Retry));
    assert!(script.state.inspector.preview.problem().is_some());
    script.command(Command::Refresh).list("/", "a.txt").check_jobs("preview a.txt@1");
}

#[test]
fn a_click_on_a_version_opens_the_dialog_with_it() {
    let mut script = script("a.txt@2");
    script.act(Action::InspectorTab(InspectorTab::Versions)).click(0).wait(0.1);
    script.update("revisions /a.txt", revisions("a.txt@2 a.txt@1")).done("revisions /a.txt");
    script.act(Action::ShowRevision(1)).check("/: >*a.txt dialog[versions of /a.txt 2 of 2]");
    script.check_jobs("preview a.txt@2, revisions /a.txt, preview a.txt@1");
}

#[test]
fn a_folder_is_summed_up_when_it_rests_and_again_when_what_is_below_it_changes() {
    let mut script = Script::with(Settings::default());
    script.list("/", "Docs/ a.txt").click(0).check_jobs("");
    script.wait(0.2).check_jobs("summarize /Docs");
    let summary = FolderSummary { folder: RemotePath::new("/Docs"), ..FolderSummary::default() };
    script.update("summarize /Docs", Update::FolderSummary(Arc::new(summary))).done("summarize /Docs");
    assert!(script.state.inspector.summary.value().is_some());

    let mut listing = (*super::listing("/", "Docs/ a.txt")).clone();
    listing.entries[0].totals = Some(Arc::new(FolderTotals { files: 3, ..FolderTotals::default() }));
    script.command(Command::Refresh);
    script.update("list /", Update::Listing(Arc::new(listing)));
    script.wait(0.2);
    assert!(!script.jobs().contains("summarize"), "it waits for more changes");
    script.wait(2.0);
    assert!(script.jobs().contains("summarize /Docs"));
    // What was known stays while it is asked for again, but not beside another item.
    assert!(script.state.inspector.summary.value().is_some());
    script.click(1);
    assert!(script.state.inspector.summary.value().is_none());
}

#[test]
fn a_preview_that_failed_without_a_connection_is_tried_again_when_there_is_one() {
    let mut script = script("a.txt");
    let offline = || problem("Offline", Recovery::Offline);
    script.click(0).wait(0.2);
    script.update("session Local", Update::Outage(Some(offline()))).fail("preview a.txt@1", offline());
    script.check_jobs("").update("session Local", Update::Outage(None)).check_jobs("preview a.txt@1");
}

#[test]
fn a_name_that_changes_only_its_case_is_spelt_anew() {
    let mut script = script("kayaks.jpg");
    script.click(0).act(Action::Command(Command::Refresh)).list("/", "kayaks.JPG");
    assert_eq!(script.state.inspector.entry.as_ref().map(Entry::name), Some("kayaks.JPG"));
}

#[test]
fn without_room_it_is_closed_and_asks_for_nothing_until_it_is_opened_over_the_rows() {
    let mut script = script("Docs/ a.txt b.txt");
    script.window(WindowEvent::InspectorRoom(false)).click(1).wait(1.0).check_jobs("");
    script.command(Command::ToggleInspector).check_jobs("preview a.txt@1");
    assert!(script.state.is_inspector_over());
    assert!(script.state.settings.inspector_open, "how it is in a wide window is another matter");
    script.click(2).wait(0.1).check_jobs("preview b.txt@1");
    script.command(Command::Cancel);
    assert!(!script.state.is_inspector_over());
    script.command(Command::ToggleInspector).go("/Docs");
    assert!(!script.state.is_inspector_over());
    script.window(WindowEvent::InspectorRoom(true));
    assert!(script.state.is_inspector_open());
}
