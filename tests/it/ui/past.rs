//! A folder as it was: the band with the moment, the steps and the line of time, and what has become of each item.

use super::acts::YEAR;
use super::dialogs::focused;
use super::made_up::{MadeUp, complete, file, folder, now};
use super::{Window, plain};
use coffer_model::{
    BringBack, BringBackItem, BringBackPlace, BringBackPlan, ChangeGroup, Edit, Entry, FolderTotals, Job,
    Listing, NewItems, PastQuery, PastSummary, Receipt, RemotePath, RequestId, Settings, SinceCounts,
    SinceThen, Update,
};
use coffer_state::{Command, Location};
use eframe::egui::accesskit::Role;
use eframe::egui::{Key, Modifiers};
use egui_kittest::kittest::{NodeT, Queryable};
use jiff::{SignedDuration, Timestamp};
use std::sync::Arc;

const LARGE: [f32; 2] = [1280.0, 820.0];
const DAY: i64 = 24 * 60;

fn ago(minutes: i64) -> Timestamp {
    now() - SignedDuration::from_mins(minutes)
}

/// The made-up account answers with the folder as it was, whatever the moment, or with nothing.
pub fn answer(account: &MadeUp, id: RequestId, query: &PastQuery) {
    let known = account.past.iter().find(|(folder, _)| *folder == query.folder);
    let listing =
        known.map_or_else(|| Arc::new(past_of(Vec::new(), true)), |(_, listing)| Arc::clone(listing));
    let is_complete = listing.complete;
    account.update(id, Update::Listing(listing));
    if is_complete {
        account.done(id, Receipt::Nothing);
    }
}

/// A listing with what has become of each item, and of what is below it.
fn past_of(rows: Vec<(Entry, SinceThen, SinceCounts)>, is_observed: bool) -> Listing {
    let mut counts = SinceCounts::default();
    let mut entries = Vec::new();
    let (mut since, mut below) = (Vec::new(), Vec::new());
    for (entry, outcome, inside) in rows {
        counts.add(&outcome);
        entries.push(entry);
        since.push(outcome);
        below.push(inside);
    }
    let files = entries.iter().filter(|entry| entry.file().is_some()).count() as u64;
    let at = ago(DAY);
    let summary = PastSummary { at, since, below, counts, files, read: 0, needed: 0, is_observed };
    Listing { past: Some(Arc::new(summary)), ..complete(entries) }
}

fn rows() -> Vec<(Entry, SinceThen, SinceCounts)> {
    let at = |name: &str| format!("{YEAR}/{name}");
    let none = SinceCounts::default();
    let counted = |name: &str, files, bytes| {
        let totals = FolderTotals { files, folders: 0, bytes, newest: Some(ago(20 * DAY)) };
        Entry { totals: Some(Arc::new(totals)), ..folder(&at(name)) }
    };
    let picture = |name: &str, bytes, days: i64| file(&at(name), bytes, days * DAY);
    let moved = |path: String| SinceThen::Moved(RemotePath::new(&path));
    vec![
        (counted("Letters", 12, 88_000), SinceThen::Unchanged, none),
        (counted("Reports", 40, 9_300_000), SinceThen::Unchanged, SinceCounts { changed: 4, ..none }),
        (counted("Station photos", 98, 340_000_000), SinceThen::Deleted, SinceCounts { deleted: 98, ..none }),
        (picture("Aurora over the camp.jpg", 1_400_000, 30), SinceThen::Deleted, none),
        (picture("Budget.csv", 41_000, 14), SinceThen::Changed, none),
        (picture("Expedition plan.md", 18_000, 15), moved(at("0001_expedition plan.md")), none),
        (picture("Fjord at dawn.jpg", 369_000, 13), SinceThen::Changed, none),
        (picture("Interim report (signed).pdf", 880_000, 18), SinceThen::Unchanged, none),
        (picture("route.rs", 6_000, 16), moved("/Projects/route.rs".to_owned()), none),
        (picture("Wind, October.csv", 0, 31), SinceThen::VersionUnknown, none),
        (picture("tidy-up.log", 2_000, 0), SinceThen::Added, none),
        (counted("Sorted", 3, 1_000), SinceThen::Added, SinceCounts { added: 3, ..none }),
    ]
}

/// What bringing back would do: whatever is asked for, but for what is left out.
pub fn plan(asked: &BringBack) -> Receipt {
    let mut plan = BringBackPlan::default();
    match &asked.place {
        BringBackPlace::InPlace(NewItems::Stay) => plan.added = 4,
        BringBackPlace::InPlace(NewItems::Aside(_)) => plan.aside = 4,
        BringBackPlace::Beside(_) | BringBackPlace::ThisComputer => {}
    }
    let gone = |number| (format!("Station photos/IMG {number}.jpg"), 3_400_000, SinceThen::Deleted);
    let others = [
        ("Aurora over the camp.jpg", 1_400_000, SinceThen::Deleted),
        ("Budget.csv", 41_000, SinceThen::Changed),
        ("Fjord at dawn.jpg", 369_000, SinceThen::Changed),
        ("route.rs", 6_000, SinceThen::Moved(RemotePath::new("/Projects/route.rs"))),
    ];
    let others = others.into_iter().map(|(name, size_bytes, since)| (name.to_owned(), size_bytes, since));
    for (name, size_bytes, since) in others.chain((2200..2298).map(gone)) {
        let path = RemotePath::new(&format!("{YEAR}/{name}"));
        if asked.left_out.contains(&path) {
            continue;
        }
        let amount = match since {
            _ if asked.place == BringBackPlace::ThisComputer => &mut plan.downloaded,
            SinceThen::Deleted => &mut plan.deleted,
            SinceThen::Changed => &mut plan.changed,
            _ => &mut plan.copied,
        };
        if matches!(since, SinceThen::Moved(_)) && matches!(asked.place, BringBackPlace::InPlace(_)) {
            plan.moved += 1;
        } else {
            amount.files += 1;
            amount.bytes += size_bytes;
            plan.growth_bytes += size_bytes as i64;
        }
        plan.items.push(BringBackItem { path, is_folder: false, size_bytes, since });
    }
    let names = ["Wind, October.csv", "Station photos/IMG 2207.jpg", "Station photos/IMG 2208.jpg"];
    plan.not_kept = names.iter().map(|name| RemotePath::new(&format!("{YEAR}/{name}"))).collect();
    Receipt::BringBackPlanned(Arc::new(plan))
}

fn change_times() -> Vec<ChangeGroup> {
    let minutes = [43, 41, 38, 34, 33, 30, 29, 27, 26, 25, 22, 19, 18, 15, 12, 11, 9, 6, 5, 2];
    let group = |(number, days): (usize, &i64)| {
        let first = ago(days * DAY + number as i64 * 37);
        ChangeGroup { first, last: first, count: if *days == 12 { 142 } else { 1 + number as u64 % 5 } }
    };
    minutes.iter().enumerate().map(group).collect()
}

fn shown(size: [f32; 2], settings: Settings, listing: Listing) -> Window {
    let mut window = Window::closed(size, settings, YEAR);
    window.account.past = vec![(RemotePath::new(YEAR), Arc::new(listing))];
    window.account.change_times = change_times();
    window.settle();
    window.command(Command::TogglePast);
    window.settle();
    window
}

/// The folder with files of all kinds as it was a day ago.
pub fn past_window(size: [f32; 2], settings: Settings) -> Window {
    shown(size, settings, past_of(rows(), true))
}

pub fn not_observed(size: [f32; 2], settings: Settings) -> Window {
    shown(size, settings, past_of(rows(), false))
}

pub fn empty(size: [f32; 2], settings: Settings) -> Window {
    shown(size, settings, past_of(Vec::new(), true))
}

/// The versions of 40 of 120 files have been read.
pub fn reading(size: [f32; 2], settings: Settings) -> Window {
    let mut rows = rows();
    for (_, since, below) in &mut rows[1..9] {
        *since = SinceThen::Pending;
        *below = SinceCounts::default();
    }
    let listing = past_of(rows, true);
    let summary = PastSummary { read: 40, needed: 120, ..PastSummary::clone(listing.past.as_ref().unwrap()) };
    shown(size, settings, Listing { complete: false, past: Some(Arc::new(summary)), ..listing })
}

impl Window {
    fn said_of_row(&self, name: &str) -> String {
        let node = self.harness.get_by_role_and_label(Role::Row, name);
        node.accesskit_node().description().unwrap_or_default()
    }

    /// How many minutes before now the moment is that is shown.
    #[track_caller]
    fn minutes_ago(&self) -> i64 {
        match self.state().navigation.current() {
            Location::Past { at, .. } => (now().as_second() - at.as_second()) / 60,
            other => panic!("{other:?}"),
        }
    }

    fn type_into(&mut self, field: &str, text: &str) {
        self.harness.get_by_role_and_label(Role::TextInput, field).focus();
        self.settle();
        self.harness.get_by_role_and_label(Role::TextInput, field).type_text(text);
        self.settle();
    }
}

#[test]
fn the_keys_show_the_folder_as_it_was_with_what_has_become_of_each_item_and_as_it_is_now() {
    let mut window = Window::closed(LARGE, plain(), YEAR);
    window.account.past = vec![(RemotePath::new(YEAR), Arc::new(past_of(rows(), true)))];
    window.settle();
    window.harness.key_press_modifiers(Modifiers::COMMAND | Modifiers::SHIFT, Key::H);
    window.settle();
    assert!(window.harness.query_by_label_contains("You are looking at 23 November, 10:00").is_some());
    for (name, since) in [
        ("Letters", ""),
        ("Reports", "4 changed below, "),
        ("Station photos", "Gone, "),
        ("Budget.csv", "Changed, "),
        ("Expedition plan.md", "Now “0001_expedition plan.md”, "),
        ("route.rs", "Moved to Projects, "),
        ("Wind, October.csv", "Contents unknown, "),
        ("tidy-up.log", "New, not there then, "),
    ] {
        let said = window.said_of_row(name);
        let kind = said.strip_prefix(since).unwrap_or_else(|| panic!("{name}: {said}"));
        assert!(
            ["Folder", "CSV", "Markdown", "Rust", "Text"].iter().any(|it| kind.starts_with(it)),
            "{name}: {said}"
        );
    }
    window.press(Key::Escape);
    assert_eq!(*window.state().navigation.current(), Location::Folder(RemotePath::new(YEAR)));
    assert!(window.harness.query_by_label_contains("You are looking at").is_none());
}

#[test]
fn a_typed_date_and_time_are_the_moment_and_what_is_none_stays_to_be_mended() {
    let mut window = past_window(LARGE, plain());
    window.type_into("Date", "2026-11-12");
    window.press(Key::Enter);
    assert_eq!(window.minutes_ago(), 12 * DAY);
    window.type_into("Time", "08:30");
    window.press(Key::Enter);
    assert_eq!(window.minutes_ago(), 12 * DAY + 90);
    window.type_into("Date", "the day after tomorrow");
    window.press(Key::Enter);
    assert_eq!(window.minutes_ago(), 12 * DAY + 90);
    let field = window.harness.get_by_role_and_label(Role::TextInput, "Date");
    assert_eq!(field.accesskit_node().value().as_deref(), Some("the day after tomorrow"));
}

#[test]
fn steps_and_the_arrows_on_the_line_lead_through_time() {
    let mut window = past_window(LARGE, plain());
    window.click("−1 week");
    assert_eq!(window.minutes_ago(), 8 * DAY);
    window.click("+1 hour");
    assert_eq!(window.minutes_ago(), 8 * DAY - 60);
    let before = |index: usize| (now().as_second() - change_times()[index].first.as_second() + 1) / 60;
    window.click("Before last change");
    assert_eq!(window.minutes_ago(), before(16));
    window.harness.get_by_role_and_label(Role::Slider, "Moment").focus();
    window.settle();
    window.press(Key::ArrowLeft);
    assert_eq!(window.minutes_ago(), before(15));
    window.press(Key::ArrowRight);
    window.press(Key::ArrowRight);
    assert_eq!(window.minutes_ago(), before(17));
    // The rows had no part in it.
    assert_eq!(window.selected(), Vec::<String>::new());
}

#[test]
fn a_click_on_the_line_goes_there_and_onto_a_mark_to_before_its_change() {
    let mut window = past_window(LARGE, plain());
    let line = window.harness.get_by_role_and_label(Role::Slider, "Moment").rect();
    window.harness.get_by_role_and_label(Role::Slider, "Moment").click();
    window.settle();
    let middle = window.minutes_ago();
    assert!((20 * DAY..23 * DAY).contains(&middle), "{middle} minutes ago");
    let asked = window.account.jobs.iter().filter(|job| matches!(job, Job::ListPast(_))).count();
    assert_eq!(asked, 2);
    let end = eframe::egui::pos2(line.max.x - 9.0, line.min.y + 10.0);
    window.drag_points(line.center(), end, Modifiers::NONE);
    assert!(window.minutes_ago() < DAY, "{} minutes ago", window.minutes_ago());
}

#[test]
fn the_details_of_a_changed_file_have_what_it_was_beside_what_it_is() {
    let mut window = past_window(LARGE, super::light());
    window.select("Fjord at dawn.jpg");
    window.wait(0.5);
    for (words, times) in [("Then", 1), ("Now", 1), ("369 KB", 1), ("4.8 MB", 1), ("11 Nov, 10:00", 1)] {
        assert_eq!(window.harness.query_all_by_label(words).count(), times, "{words}");
    }
}

#[test]
fn rows_of_the_past_cannot_be_dragged_anywhere() {
    let mut window = past_window(LARGE, plain());
    window.drag("Budget.csv", "Letters", Modifiers::NONE);
    assert!(!window.account.jobs.iter().any(|job| matches!(job, Job::Edit(_))));
}

#[test]
fn a_moment_at_which_coffer_did_not_follow_the_account_says_so() {
    let window = not_observed(LARGE, plain());
    assert!(window.harness.query_by_label_contains("Coffer did not follow this account then").is_some());
    let window = reading(LARGE, plain());
    assert!(window.harness.query_by_label_contains("Reading versions, 40 of 120 files…").is_some());
}

#[test]
fn what_is_brought_back_is_chosen_item_by_item_and_where_to() {
    let mut window = past_window(LARGE, plain());
    window.command(Command::BringBack);
    window.settle();
    let label = |window: &Window, label: &str| window.harness.query_by_label(label).is_some();
    assert!(label(&window, "Bring back 102 files"), "all of them");
    window.harness.get_by_role_and_label(Role::Button, "All 102 items, one by one").click();
    window.settle();
    let row = window.harness.get_by_role_and_label(Role::CheckBox, "Budget.csv");
    row.click();
    window.settle();
    assert!(label(&window, "Bring back 101 files"), "one is left out");
    window.harness.get_by_label_contains("Beside: In a new folder").click();
    window.settle();
    assert!(label(&window, "Bring back 102 files"), "everything is wanted again");
    window.harness.get_by_role_and_label(Role::Button, "Bring back 102 files").click();
    window.settle();
    let asked = window.account.jobs.iter().find_map(|job| match job {
        Job::Edit(Edit::BringBack(asked)) => Some(asked.place.clone()),
        _ => None,
    });
    assert!(matches!(asked, Some(BringBackPlace::Beside(_))), "{asked:?}");
}

fn tab_to(window: &mut Window, label: &str) {
    for _ in 0..30 {
        if focused(window).starts_with(label) {
            return;
        }
        window.press(Key::Tab);
        window.settle();
    }
    panic!("{label} is not reached");
}

#[test]
fn a_folder_of_the_past_is_downloaded_by_keyboard() {
    let mut window = past_window(LARGE, plain());
    window.command(Command::BringBack);
    window.settle();
    tab_to(&mut window, "To this computer");
    window.press(Key::Space);
    window.settle();
    tab_to(&mut window, "Download 102 files…");
    window.press(Key::Enter);
    window.settle();
    let downloaded = window.account.jobs.iter().find_map(|job| match job {
        Job::DownloadPast(download) => Some((download.folder.clone(), download.name.clone())),
        _ => None,
    });
    let (folder, name) = downloaded.expect("the folder was picked");
    assert_eq!(folder.to_str(), Some("/home/ida/Downloads"));
    assert!(name.is_some_and(|name| name.to_string_lossy().contains(" (20")), "with the day of then");
    assert!(window.harness.query_by_label_contains("Download 102 files").is_none(), "the question is closed");
}

#[test]
fn what_was_made_since_is_moved_aside_when_that_is_chosen() {
    let mut window = past_window(LARGE, plain());
    window.command(Command::BringBack);
    window.settle();
    tab_to(&mut window, "Move them to “2026 (new since ");
    window.press(Key::Space);
    window.settle();
    assert!(window.harness.query_by_label_contains("4 files made since then are moved").is_some());
    tab_to(&mut window, "Bring back 102 files");
    window.press(Key::Enter);
    window.settle();
    let asked = window.account.jobs.iter().find_map(|job| match job {
        Job::Edit(Edit::BringBack(asked)) => Some(asked.place.clone()),
        _ => None,
    });
    assert!(matches!(asked, Some(BringBackPlace::InPlace(NewItems::Aside(_)))), "{asked:?}");
}
