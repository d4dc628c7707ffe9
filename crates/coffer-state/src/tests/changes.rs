//! What has changed: when it was looked at, and what is done with a change.

use super::Script;
use crate::changes::{ChangeAction, ChangeSpan};
use crate::{Action, Command};
use coffer_model::{
    AccountChoice, ChangeKind, Job, LoggedChange, Outcome, Receipt, RemotePath, Rev, Settings, Update,
};
use jiff::Timestamp;
use std::sync::Arc;

const LIST: &str = "list changes in /";

fn change(number: i64, kind: ChangeKind, path: &str) -> LoggedChange {
    let rev = |number: i64| Some(Rev(format!("{number}").into()));
    LoggedChange {
        number,
        kind,
        is_folder: path.ends_with('/'),
        path: RemotePath::new(path.trim_end_matches('/')),
        seen: Timestamp::from_second(number).unwrap(),
        old_path: None,
        files: 0,
        bytes: Some(10),
        rev: rev(number).filter(|_| kind != ChangeKind::Deleted),
        old_rev: rev(number - 1).filter(|_| kind != ChangeKind::Added),
        modified_by: None,
        modified_by_name: None,
        further: 0,
    }
}

fn changes() -> Vec<LoggedChange> {
    vec![
        change(9, ChangeKind::Edited, "/Docs/a.txt"),
        change(7, ChangeKind::Deleted, "/Docs/Old/"),
        change(5, ChangeKind::Deleted, "/Docs/b.txt"),
        change(4, ChangeKind::Edited, "/Docs/a.txt"),
        change(2, ChangeKind::Added, "/Docs/a.txt"),
    ]
}

impl Script {
    fn with_changes(changes: Vec<LoggedChange>) -> Self {
        let mut script = Self::at_home("Docs/");
        script.wait(100.0).command(Command::ShowChanges).log(changes);
        script
    }

    fn log(&mut self, changes: Vec<LoggedChange>) -> &mut Self {
        self.finish(LIST, Outcome::Done(Receipt::Changes(Arc::new(changes))))
    }

    fn changes(&mut self, action: ChangeAction) -> &mut Self {
        self.act(Action::Changes(action))
    }
}

#[test]
fn the_changes_are_asked_for_and_again_when_something_has_changed() {
    let mut script = Script::with_changes(changes());
    assert_eq!(script.state.changes.changes.len(), 5);
    let session = script.jobs_list().into_iter().find(|job| job.starts_with("session")).unwrap();
    let before = script.state.changes.version;
    script.update(&session, Update::Changed { folders: None }).wait(3.0);
    script.log(changes());
    assert_eq!(script.state.changes.version, before, "nothing is drawn anew for the same changes");
}

#[test]
fn a_change_leads_to_its_item_and_a_deleted_one_to_the_folder_where_it_was() {
    let mut script = Script::with_changes(changes());
    script.changes(ChangeAction::GoTo(9)).list("/Docs", "a.txt c.txt").check("/Docs: >*a.txt c.txt");
    script.command(Command::Back).log(changes()).changes(ChangeAction::GoTo(5));
    script.list("/Docs", "a.txt c.txt").check("/Docs: a.txt c.txt");
}

#[test]
fn what_was_deleted_is_restored_and_nothing_else() {
    let mut script = Script::with_changes(changes());
    script.changes(ChangeAction::Restore(vec![9, 7, 5])).check_jobs("undelete Old b.txt");
}

#[test]
fn the_version_before_a_change_is_selected_among_all_versions() {
    let check = |number: i64, selected: usize| {
        let mut script = Script::with_changes(changes());
        script.changes(ChangeAction::ShowVersionBefore(number));
        let versions = super::entries("/Docs", "a.txt@9 a.txt@4 a.txt@2");
        let update =
            Update::Revisions { revisions: Arc::new(versions), makers: Arc::default(), complete: true };
        script.update("revisions /Docs/a.txt", update);
        script.check(&format!("changes: dialog[versions of /Docs/a.txt {selected} of 3]"));
    };
    check(9, 2);
    check(4, 3);
}

#[test]
fn when_they_were_looked_at_is_remembered_for_each_account() {
    let mut script = Script::with_changes(changes());
    assert_eq!(script.state.changes.looked, None, "never before");
    script.wait(50.0).command(Command::Home);
    script.wait(50.0).command(Command::ShowChanges);
    // What came while they were shown was looked at too.
    assert_eq!(script.state.changes.looked, Timestamp::from_second(150).ok());
    script.wait(2.0);
    let saved = script.running.iter().rev().find_map(|(_, job)| match job {
        Job::SaveSettings(settings) => Some(settings.clone()),
        _ => None,
    });
    let mut script = Script::with(saved.unwrap());
    script.wait(500.0).command(Command::ShowChanges);
    assert_eq!(script.state.changes.looked, Timestamp::from_second(200).ok(), "at another start");
    let account = AccountChoice::CommandLine { api_url: "https://example.org".to_owned() };
    let mut script = Script::with(Settings { account, ..script.state.settings.clone() });
    script.wait(900.0).command(Command::ShowChanges);
    assert_eq!(script.state.changes.looked, None, "another account");
}

#[test]
fn a_group_stays_unfolded_and_the_span_chosen_when_changes_come() {
    let mut script = Script::with_changes(changes());
    script.changes(ChangeAction::Show(ChangeSpan::SinceYesterday));
    script.changes(ChangeAction::Unfold { group: 2, unfold: true }).command(Command::Refresh);
    let mut more = changes();
    more.insert(0, change(12, ChangeKind::Added, "/new.txt"));
    script.log(more);
    assert!(script.state.changes.is_unfolded(2));
    assert_eq!(script.state.changes.span, ChangeSpan::SinceYesterday);
    assert!(script.state.changes.change(12).is_some() && script.state.changes.change(11).is_none());
}

#[test]
fn a_change_is_found_also_where_the_first_that_was_heard_of_is_not_the_first_that_happened() {
    let mut late = changes();
    late.swap(0, 3);
    let script = Script::with_changes(late);
    for change in changes() {
        assert_eq!(script.state.changes.change(change.number), Some(&change));
    }
    assert_eq!(script.state.changes.change(8), None);
}
