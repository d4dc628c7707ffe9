//! What has changed, in the window.

use super::made_up::now;
use super::{Window, plain};
use coffer_model::{ChangeKind, Edit, IndexPhase, Job, LoggedChange, RemotePath, Rev, Settings};
use coffer_state::dialog::Dialog;
use coffer_state::{Command, Location};
use eframe::egui::accesskit::Role;
use eframe::egui::{Key, Modifiers};
use egui_kittest::kittest::Queryable;
use jiff::SignedDuration;

const SIZE: [f32; 2] = [1000.0, 900.0];
const HOUR: i64 = 60;
const DAY: i64 = 24 * HOUR;

fn change(number: i64, kind: ChangeKind, path: &str, minutes_ago: i64) -> LoggedChange {
    let rev = |text: &str| Some(Rev(text.into()));
    LoggedChange {
        number,
        kind,
        is_folder: false,
        path: RemotePath::new(path),
        seen: now() - SignedDuration::from_mins(minutes_ago),
        old_path: None,
        files: 0,
        bytes: Some(4_200_000),
        rev: rev("015f2a9c4").filter(|_| kind != ChangeKind::Deleted),
        old_rev: rev("015f2a9c3").filter(|_| kind != ChangeKind::Added),
        modified_by: None,
        modified_by_name: None,
        further: 0,
    }
}

pub fn changes() -> Vec<LoggedChange> {
    let mut changes = vec![
        LoggedChange {
            modified_by: Some("dbid:nobody".to_owned()),
            ..change(91, ChangeKind::Added, "/Documents/Lease.pdf", 10)
        },
        LoggedChange {
            modified_by: Some("dbid:elsewhere".to_owned()),
            modified_by_name: Some("Ada Lovelace".to_owned()),
            ..change(90, ChangeKind::Edited, "/Photos/2026/Budget.csv", 12)
        },
        change(89, ChangeKind::Deleted, "/Documents/Draft 3.docx", 2 * HOUR),
        LoggedChange {
            old_path: Some(RemotePath::new("/Photos/2026/DSC 0417.jpg")),
            ..change(88, ChangeKind::Moved, "/Photos/2026/Fjord at dawn.jpg", 3 * HOUR)
        },
        LoggedChange {
            is_folder: true,
            files: 42,
            ..change(87, ChangeKind::Deleted, "/Projects/Kiosk", DAY)
        },
    ];
    for number in (60..74).rev() {
        let path = format!("/Photos/2026/Expedition 2026/Camp {number}.jpg");
        changes.push(change(number, ChangeKind::Added, &path, DAY + 100 - number));
    }
    changes.push(change(41, ChangeKind::Deleted, "/Documents/Old lease.pdf", 12 * DAY));
    changes.push(change(40, ChangeKind::Deleted, "/Documents/Older lease.pdf", 12 * DAY));
    changes.push(LoggedChange {
        is_folder: true,
        bytes: None,
        ..change(39, ChangeKind::Added, "/Projects", 12 * DAY)
    });
    changes
}

pub fn window(size: [f32; 2], settings: Settings, changes: Vec<LoggedChange>) -> Window {
    let mut window = Window::closed(size, settings, "");
    window.account.changes = changes;
    window.settle();
    window.command(Command::ShowChanges);
    window
}

fn says(window: &Window, words: &str) -> bool {
    window.harness.query_by_label_contains(words).is_some()
}

#[test]
fn changes_are_told_by_day_and_those_of_one_folder_together() {
    let mut window = window(SIZE, plain(), changes());
    for day in ["Today", "Yesterday", "12 November"] {
        assert!(window.harness.query_by_role_and_label(Role::Heading, day).is_some(), "{day}");
    }
    assert!(says(&window, "Budget.csv, Edited in Photos / 2026, 4.2 MB, by Ada Lovelace"));
    assert!(says(&window, "Lease.pdf, Added in Documents, 4.2 MB, by somebody else"));
    assert!(says(&window, "Fjord at dawn.jpg, Renamed from “DSC 0417.jpg”"));
    assert!(says(&window, "Kiosk, Deleted from Projects, with 42 files"));
    assert!(says(&window, "2 files deleted from Documents"));
    assert!(!says(&window, "Camp 63.jpg"));
    window.click("14 files added in Photos / 2026 / Expedition 2026");
    assert!(says(&window, "Camp 63.jpg"));
}

#[test]
fn what_is_not_listed_is_counted_and_not_restored_by_one_press() {
    let mut changes = changes();
    for change in &mut changes {
        if matches!(change.number, 40 | 60) {
            change.further = 13_500;
        }
    }
    let mut window = window([1000.0, 1500.0], plain(), changes);
    window.click("13,514 files added in Photos / 2026 / Expedition 2026");
    assert!(says(&window, "and 13,500 more"));
    assert!(!says(&window, "Restore all"), "of a part");
    window.click("13,502 files deleted from Documents");
    assert!(says(&window, "and 13,500 more, which are in Deleted files"));
}

#[test]
fn only_those_since_yesterday_or_since_the_last_look_can_be_shown() {
    let mut window = window(SIZE, plain(), changes());
    window.click("Since yesterday: which changes");
    assert!(says(&window, "Kiosk") && !says(&window, "12 November"));
    window.command(Command::Home);
    window.account.changes.insert(0, change(95, ChangeKind::Added, "/New.txt", -1));
    window.click("Changes");
    window.click("Since I last looked: which changes");
    assert!(says(&window, "New.txt") && !says(&window, "Budget.csv"));
}

#[test]
fn a_deleted_item_is_restored_and_an_edited_one_shows_its_version_before() {
    let mut window = window(SIZE, plain(), changes());
    window.click("Show version before");
    assert!(matches!(&window.state().dialog, Some(Dialog::Versions(versions)) if versions.selected == 1));
    window.press(Key::Escape);
    window.click("Restore all");
    let restored: Vec<&str> = window
        .account
        .jobs
        .iter()
        .filter_map(|job| match job {
            Job::Edit(Edit::Undelete(entries)) => Some(entries),
            _ => None,
        })
        .flatten()
        .map(coffer_model::Entry::name)
        .collect();
    assert_eq!(restored, ["Old lease.pdf", "Older lease.pdf"]);
}

#[test]
fn a_click_goes_to_the_item() {
    let mut window = window(SIZE, plain(), changes());
    window.harness.get_by_label_contains("Budget.csv, Edited").click();
    window.settle();
    assert_eq!(*window.state().navigation.current(), Location::Folder(RemotePath::new("/Photos/2026")));
    assert_eq!(window.selected(), ["/Photos/2026/Budget.csv"]);
}

#[test]
fn arrows_go_through_the_changes_and_enter_goes_to_the_item() {
    let mut window = window(SIZE, plain(), changes());
    // Past the heading of the day.
    let keys = [Key::ArrowDown, Key::ArrowDown, Key::ArrowDown, Key::ArrowUp, Key::Enter];
    for key in keys {
        window.press(key);
    }
    assert_eq!(window.selected(), ["/Photos/2026/Budget.csv"]);
}

#[test]
fn a_group_is_unfolded_by_keys_and_what_was_deleted_restored() {
    let mut window = window(SIZE, plain(), changes());
    let restored = |window: &Window| {
        let is_restore = |job: &&Job| matches!(job, Job::Edit(Edit::Undelete(_)));
        window.account.jobs.iter().filter(is_restore).count()
    };
    window.press(Key::End);
    // The last one is a folder that was added; above it is the group of deleted ones.
    window.press(Key::ArrowUp);
    window.press(Key::ArrowRight);
    assert!(says(&window, "Older lease.pdf, "));
    window.press(Key::ArrowDown);
    window.harness.key_press_modifiers(Modifiers::COMMAND | Modifiers::SHIFT, Key::R);
    window.settle();
    assert_eq!(restored(&window), 1);
    // Back to the group, and folded again.
    window.press(Key::ArrowLeft);
    window.press(Key::ArrowLeft);
    assert!(!says(&window, "Older lease.pdf, "));
    window.press(Key::Home);
    window.press(Key::ArrowDown);
    window.harness.key_press_modifiers(Modifiers::COMMAND, Key::H);
    window.settle();
    assert!(matches!(&window.state().dialog, Some(Dialog::Versions(versions)) if versions.selected == 1));
}

#[test]
fn without_changes_it_says_why() {
    let mut window = window(SIZE, plain(), Vec::new());
    assert!(says(&window, "No changes yet"));
    super::duplicates::index(&mut window, IndexPhase::Building { percent: Some(37) });
    assert!(says(&window, "Changes are recorded when all files have been listed once."));
}

#[test]
fn thousands_of_changes_cost_no_more_than_those_that_are_seen() {
    let many = (0..10_000).rev().map(|number| {
        change(number, ChangeKind::Added, &format!("/{number}/Measurement.csv"), (10_000 - number) * 5)
    });
    let window = window(SIZE, plain(), many.collect());
    let drawn = window.harness.query_all_by_role(Role::ListItem).count();
    assert!((10..30).contains(&drawn), "{drawn}");
}
