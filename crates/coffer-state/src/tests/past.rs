//! A folder as it was: the way into the past, through time and out again; nothing can be changed there.

use super::trees::tree;
use super::{Script, partial};
use crate::past::{PastAction, PastStep};
use crate::row_filter::FilterAction;
use crate::{Action, Command};
use coffer_model::{
    ChangeGroup, Entry, Listing, Outcome, PastSummary, Receipt, RemotePath, Settings, SinceCounts, SinceThen,
    Update,
};
use jiff::Timestamp;
use std::path::PathBuf;
use std::sync::Arc;

pub(super) const DAY: i64 = 24 * 3600;
/// When the scripts of this file begin.
pub(super) const NOW: i64 = 100 * DAY;

pub(super) fn moment(secs: i64) -> Timestamp {
    Timestamp::from_second(secs).unwrap()
}

/// `changed.txt` has changed since, what is called after something old is gone, and what is called after something new was not
/// there.
fn since_of(entry: &Entry) -> SinceThen {
    match entry.name() {
        "changed.txt" => SinceThen::Changed,
        name if name.starts_with("Old") => SinceThen::Deleted,
        name if name.starts_with("New") => SinceThen::Added,
        "Drafts" => SinceThen::Moved(RemotePath::new("/Reports")),
        _ => SinceThen::Unchanged,
    }
}

pub(super) fn past_listing(folder: &str, at: i64, rows: &str, complete: bool) -> Arc<Listing> {
    let listing = partial(folder, rows, complete);
    let count = listing.entries.len();
    let summary = PastSummary {
        at: moment(at),
        since: listing.entries.iter().map(since_of).collect(),
        below: vec![SinceCounts::default(); count],
        counts: SinceCounts::default(),
        files: count as u64,
        read: 0,
        needed: 0,
        is_observed: true,
    };
    Arc::new(Listing { past: Some(Arc::new(summary)), ..Listing::clone(&listing) })
}

impl Script {
    /// In a folder, some time after the begin of all.
    pub(super) fn in_docs(rows: &str) -> Self {
        let mut script = Self::start();
        script.wait(NOW as f64).list("/", "Docs/").go("/Docs").list("/Docs", rows);
        script
    }

    pub(super) fn past(&mut self, folder: &str, at: i64, rows: &str) -> &mut Self {
        let job = format!("list {folder} at {at}");
        self.update(&job, Update::Listing(past_listing(folder, at, rows, true))).done(&job)
    }

    /// Something was changed at these times.
    fn change_times(&mut self, folder: &str, times: &[i64]) -> &mut Self {
        let group = |time: &i64| ChangeGroup { first: moment(*time), last: moment(time + 5), count: 3 };
        let groups = times.iter().map(group).collect();
        let receipt = Receipt::ChangeTimes(Arc::new(groups));
        self.finish(&format!("list change times of {folder}"), Outcome::Done(receipt))
    }

    fn step(&mut self, step: PastStep) -> &mut Self {
        self.act(Action::Past(PastAction::Step(step)))
    }

    fn show(&mut self, at: i64) -> &mut Self {
        self.act(Action::Past(PastAction::Show(moment(at))))
    }
}

#[test]
fn a_folder_is_shown_as_it_was_a_day_ago_and_as_it_is_now_again() {
    let mut script = Script::in_docs("a.txt");
    let at = NOW - DAY;
    script.command(Command::TogglePast).check(&format!("/Docs at {at}: …"));
    script.past("/Docs", at, "a.txt old.txt").change_times("/Docs", &[]);
    script.check(&format!("/Docs at {at}: a.txt old.txt"));
    script.command(Command::TogglePast).check("/Docs: a.txt …").list("/Docs", "a.txt");
    script.command(Command::Back).check(&format!("/Docs at {at}: a.txt old.txt …"));
    // Of each folder one moment is known, the one that was shown last.
    script.past("/Docs", at, "a.txt old.txt").step(PastStep::HourBack).past("/Docs", at - 3600, "b.txt");
    script.show(at).check(&format!("/Docs at {at}: b.txt …")).past("/Docs", at, "a.txt");
}

#[test]
fn escape_deselects_first_and_then_goes_back_to_now() {
    let mut script = Script::in_docs("a.txt");
    script.command(Command::TogglePast).past("/Docs", NOW - DAY, "a.txt").click(0);
    script.command(Command::Cancel).check(&format!("/Docs at {}: >a.txt", NOW - DAY));
    script.command(Command::Cancel).check("/Docs: a.txt …");
}

#[test]
fn folders_open_and_are_left_at_the_same_moment() {
    let mut script = Script::in_docs("Old/");
    let at = NOW - DAY;
    script.command(Command::TogglePast).past("/Docs", at, "Old/ a.txt").click(0).command(Command::Open);
    script.past("/Docs/Old", at, "x").check(&format!("/Docs/Old at {at}: x"));
    script.command(Command::Up).past("/Docs", at, "Old/ a.txt");
    script.check(&format!("/Docs at {at}: >*Old/ a.txt"));
    script.command(Command::Up).past("/", at, "Docs/").check(&format!("/ at {at}: >*Docs/"));
    assert!(!Command::Up.is_enabled(&script.state));
}

#[test]
fn another_moment_is_no_step_to_go_back_and_keeps_the_rows_and_what_is_selected_until_its_own_are_there() {
    let mut script = Script::in_docs("a.txt");
    let at = NOW - DAY;
    script.command(Command::TogglePast).past("/Docs", at, "a.txt b.txt").click(1);
    script.step(PastStep::HourBack).check(&format!("/Docs at {}: a.txt >*b.txt …", at - 3600));
    // One request at a time.
    script.step(PastStep::DayBack).step(PastStep::WeekBack);
    let shown = at - 3600 - 8 * DAY;
    let jobs = format!("list change times of /Docs, list /Docs at {shown}");
    script.check_jobs(&jobs).past("/Docs", shown, "b.txt").check(&format!("/Docs at {shown}: >*b.txt"));
    script.command(Command::Back).check("/Docs: a.txt …");
}

#[test]
fn rows_that_turn_out_to_be_fewer_are_shown_before_all_is_known() {
    let mut script = Script::in_docs("a.txt");
    let at = NOW - DAY;
    let job = format!("list /Docs at {at}");
    script.command(Command::TogglePast);
    script.update(&job, Update::Listing(past_listing("/Docs", at, "a.txt b.txt", false)));
    script.update(&job, Update::Listing(past_listing("/Docs", at, "a.txt", false)));
    script.check(&format!("/Docs at {at}: a.txt …"));
}

#[test]
fn steps_lead_to_before_each_change_and_never_into_the_future() {
    let mut script = Script::in_docs("a.txt");
    script.command(Command::TogglePast).change_times("/Docs", &[NOW - 9 * DAY, NOW - 5 * DAY, NOW - 60]);
    let shown = |script: &Script| match script.state.navigation.current() {
        crate::Location::Past { at, .. } => at.as_second() - NOW,
        other => panic!("{other:?}"),
    };
    assert_eq!(shown(script.step(PastStep::PreviousChange)), -5 * DAY - 1);
    assert_eq!(shown(script.step(PastStep::PreviousChange)), -9 * DAY - 1);
    assert_eq!(script.state.moment_of(PastStep::PreviousChange), None);
    assert_eq!(shown(script.step(PastStep::NextChange)), -5 * DAY - 1);
    assert_eq!(shown(script.step(PastStep::NextChange)), -61);
    assert_eq!(script.state.moment_of(PastStep::NextChange), None);
    assert_eq!(script.state.moment_of(PastStep::HourOn), None);
    assert_eq!(shown(script.show(NOW + DAY)), 0);
}

#[test]
fn the_next_folder_is_seen_at_the_moment_that_was_looked_at_last() {
    let mut script = Script::in_docs("a.txt");
    script.command(Command::TogglePast).show(NOW - 4 * DAY).command(Command::TogglePast);
    script.go("/").command(Command::TogglePast).check(&format!("/ at {}: …", NOW - 4 * DAY));
}

#[test]
fn nothing_can_be_changed_in_the_past() {
    let mut script = Script::in_docs("a.txt");
    script.command(Command::TogglePast).past("/Docs", NOW - DAY, "Old/ a.txt").click(1);
    for command in [
        Command::Rename,
        Command::Delete,
        Command::Cut,
        Command::Copy,
        Command::Paste,
        Command::NewFolder,
        Command::Upload,
        Command::UploadFolder,
        Command::Undelete,
        Command::Share,
        Command::CopyLink,
        Command::Versions,
        Command::Undo,
    ] {
        assert!(!command.is_enabled(&script.state), "{command:?}");
    }
    let entries = super::entries("/Docs", "a.txt");
    let running = script.running.len();
    script.act(Action::DropEntries { entries, target: RemotePath::new("/Docs/Old"), copy: false });
    assert_eq!(script.running.len(), running);
}

#[test]
fn a_file_opens_as_a_copy_of_then_and_is_saved_with_its_content_of_then() {
    let mut script = Script::in_docs("a.txt@2");
    script.command(Command::TogglePast).past("/Docs", NOW - DAY, "Old/ a.txt@1").change_times("/Docs", &[]);
    script.click(1).command(Command::Open).check_jobs("open a copy of a.txt");
    script.command(Command::Download).check_jobs("open a copy of a.txt, pick name a (1970-01-01).txt");
    script.update("pick name a (1970-01-01).txt", Update::Picked(vec![PathBuf::from("/tmp/a.txt")]));
    script.done("pick name a (1970-01-01).txt").check_jobs("open a copy of a.txt, save a.txt as /tmp/a.txt");
}

#[test]
fn the_details_know_what_a_file_of_then_has_become() {
    let mut script = Script::with(Settings { inspector_open: true, ..Settings::default() });
    script.wait(NOW as f64).list("/", "a.txt changed.txt@2").command(Command::TogglePast);
    script.past("/", NOW - DAY, "a.txt changed.txt@1").change_times("/", &[]);
    script.click(1).wait(0.2).check_jobs("preview changed.txt@1, locate /changed.txt");
    let now = super::entry("/", "changed.txt@2");
    script.finish("locate /changed.txt", Outcome::Done(Receipt::Located(now.clone())));
    assert_eq!(script.state.inspector.now, Some(now));
    // What is the same now has nothing else to say.
    script.click(0).wait(0.2);
    assert_eq!(script.state.inspector.now, None);
}

#[test]
fn a_filter_narrows_the_rows_of_then_and_stays_at_another_moment() {
    let mut script = Script::in_docs("a.txt");
    let at = NOW - DAY;
    let narrowed = |at, rows| Outcome::Done(Receipt::Listed(past_listing("/Docs", at, rows, true)));
    script.command(Command::TogglePast).past("/Docs", at, "a.txt changed.txt");
    script.command(Command::Filter).act(Action::Filter(FilterAction::Edit("ch".to_owned())));
    script.finish("filter 2 by ch", narrowed(at, "changed.txt")).click(0);
    script.check(&format!("/Docs at {at}: >*changed.txt"));
    assert_eq!(script.state.path_now(), Some(RemotePath::new("/Docs/changed.txt")));

    script.step(PastStep::HourBack).check(&format!("/Docs at {}: >*changed.txt …", at - 3600));
    script.past("/Docs", at - 3600, "a.txt b.txt changed.txt");
    script.check(&format!("/Docs at {}: >*changed.txt", at - 3600));
    script.finish("filter 3 by ch", narrowed(at - 3600, "changed.txt"));
    script.check(&format!("/Docs at {}: >*changed.txt", at - 3600));
    assert_eq!(script.state.browser.status.filtered_from, Some(3));
    script.act(Action::Filter(FilterAction::Close));
    script.check(&format!("/Docs at {}: a.txt b.txt >*changed.txt", at - 3600));
}

#[test]
fn the_tree_has_the_folders_of_then_where_one_has_looked() {
    let mut script = Script::start();
    script.wait(NOW as f64).list("/", "Docs/ New/ Photos/");
    let at = NOW - DAY;
    script.command(Command::TogglePast).past("/", at, "Docs/ New/ Old/ Photos/").change_times("/", &[]);
    assert_eq!(tree(&script.state), "▸Docs ▸+New -~Old ▸Photos");
    // What is in a folder that is gone is known once it was opened.
    script.click(2).command(Command::Open).past("/Old", at, "Older/ a.txt").change_times("/Old", &[]);
    assert_eq!(tree(&script.state), "▸Docs ▸+New ▾~Old ·-~Older ▸Photos");
    // Another moment says for itself what was there.
    script.show(at - DAY).past("/Old", at - DAY, "a.txt");
    assert_eq!(tree(&script.state), "▸Docs ▸New ▸Photos");
    script.command(Command::Back).past("/", at, "Docs/ Drafts/ New/ Old/");
    script.command(Command::Refresh).list("/", "Docs/ New/ Photos/ Reports/");
    assert_eq!(tree(&script.state), "▸Docs -~Drafts ▸+New -~Old ▸Photos ▸+Reports");
    script.command(Command::TogglePast);
    assert_eq!(tree(&script.state), "▸Docs ▸New ▸Photos ▸Reports");
}
