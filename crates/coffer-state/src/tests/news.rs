//! Dots on folders in which something was changed elsewhere, and the message on the desktop.

use super::Script;
use crate::changes::ChangeAction;
use crate::{Action, Command, WindowEvent};
use coffer_model::{ChangeKind, Job, LoggedChange, News, RemotePath, Settings, Update};
use jiff::Timestamp;
use std::sync::Arc;

fn change(path: &str, by: Option<&str>) -> LoggedChange {
    LoggedChange {
        number: 1,
        kind: ChangeKind::Edited,
        is_folder: false,
        path: RemotePath::new(path),
        seen: Timestamp::UNIX_EPOCH,
        old_path: None,
        files: 0,
        bytes: None,
        rev: None,
        old_rev: None,
        modified_by: None,
        modified_by_name: by.map(str::to_owned),
        further: 0,
    }
}

impl Script {
    fn news(&mut self, folders: &str, changes: &[LoggedChange]) -> &mut Self {
        let folders = folders.split_whitespace().map(RemotePath::new).collect();
        let session = self.jobs_list().into_iter().find(|job| job.starts_with("session")).unwrap();
        self.update(&session, Update::News(Arc::new(News { folders, changes: changes.to_vec() })))
    }

    #[track_caller]
    fn check_dots(&mut self, expected: &str) -> &mut Self {
        let folders = ["/", "/a", "/a/b", "/a/b/c", "/d"].map(RemotePath::new);
        let dots = folders.iter().filter(|folder| self.state.news.has(folder)).map(RemotePath::lower);
        let dots: Vec<&str> = dots.map(|path| if path.is_empty() { "/" } else { path }).collect();
        assert_eq!(dots.join(" "), expected);
        self
    }

    /// The messages on the desktop so far.
    fn messages(&self) -> Vec<&str> {
        let messages = self.running.iter().filter_map(|(_, job)| match job {
            Job::Notify { body, .. } => Some(body.as_str()),
            _ => None,
        });
        messages.collect()
    }
}

#[test]
fn a_folder_with_news_and_those_above_it_have_a_dot_until_it_is_opened() {
    let mut script = Script::at_home("a/ d/");
    script.news("/a/b /d", &[]).check_dots("/ /a /a/b /d").check_jobs("");
    script.go("/a").list("/a", "b/").check_dots("/ /a /a/b /d").check_jobs("");
    script.go("/a/b").check_dots("/ /d");
    assert!(script.jobs().contains("see /a/b"), "{}", script.jobs());
}

#[test]
fn what_is_on_screen_is_no_news_unless_nobody_looks() {
    let mut script = Script::at_home("a/");
    script.news("/", &[]).check_dots("").check_jobs("see /").done("see /");
    script.window(WindowEvent::Focused(false)).news("/", &[]).check_dots("/").check_jobs("");
    script.window(WindowEvent::Focused(true)).check_dots("").check_jobs("see /");
}

#[test]
fn all_can_be_marked_as_seen_at_once() {
    let mut script = Script::at_home("a/ d/");
    script.news("/a/b /d", &[]).command(Command::ShowChanges);
    script.act(Action::Changes(ChangeAction::MarkAllSeen)).check_dots("");
    assert!(script.state.news.is_empty() && script.jobs().contains("see everything"));
}

fn unfocused(notify_changes: bool) -> Script {
    let mut script = Script::with(Settings { notify_changes, ..Settings::default() });
    script.wait(100.0).window(WindowEvent::Focused(false));
    script
}

#[test]
fn changes_are_announced_while_nobody_looks_and_once_a_minute() {
    let mut script = unfocused(true);
    script.news("/a", &[change("/a/Budget.csv", Some("Ada"))]);
    assert_eq!(script.messages(), ["Ada edited “Budget.csv” in a"]);
    script.news("/a", &[change("/a/x", None)]).wait(30.0);
    script.news("/d", &[change("/d/y", Some("Ada")), change("/e/z", Some("Ole"))]).wait(29.0);
    assert_eq!(script.messages().len(), 1);
    assert!(script.state.next_tick_secs().is_some_and(|secs| secs <= 1.0));
    script.wait(1.0);
    assert_eq!(script.messages()[1..], ["3 files edited in a and 2 other folders"]);
    // Those that the person has seen by then are not told.
    script.news("/a", &[change("/a/x", None)]).window(WindowEvent::Focused(true)).wait(100.0);
    assert_eq!(script.messages().len(), 2);
    script.news("/a", &[change("/a/x", None)]);
    assert_eq!(script.messages().len(), 2);
}

#[test]
fn nothing_is_announced_unless_that_is_switched_on() {
    let mut script = unfocused(false);
    script.news("/a", &[change("/a/Budget.csv", None)]);
    assert_eq!(script.messages(), [""; 0]);
    script.command(Command::ToggleChangeNotices).news("/a", &[change("/a/Budget.csv", None)]);
    assert_eq!(script.messages(), ["“Budget.csv” edited in a"]);
    assert!(script.state.settings.notify_changes && !Settings::default().notify_changes);
}
