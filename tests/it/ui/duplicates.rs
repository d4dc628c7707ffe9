//! The duplicates in the window: choosing, the bar at the foot, the question, and what a frame costs.

use super::made_up::{content_hash, file, now};
use super::{Window, plain};
use coffer_model::{
    DuplicateGroup, Edit, EntryKind, IndexPhase, IndexStatus, Job, RemotePath, Settings, Update,
};
use coffer_state::{Action, Command, Location};
use eframe::egui::Key;
use eframe::egui::accesskit::Role;
use egui_kittest::kittest::{NodeT, Queryable};

const SIZE: [f32; 2] = [1000.0, 900.0];
const HOUR: i64 = 60;
const DAY: i64 = 24 * HOUR;

/// Files with one content; each is so many minutes old.
fn group(size_bytes: u64, files: &[(&str, i64)]) -> DuplicateGroup {
    let hash = content_hash(files[0].0);
    let files = files.iter().map(|(path, minutes)| {
        let mut entry = file(path, size_bytes, *minutes);
        if let EntryKind::File(file) = &mut entry.kind {
            file.content_hash = Some(hash.as_str().into());
        }
        entry
    });
    DuplicateGroup { files: files.collect(), size_bytes }
}

pub fn groups() -> Vec<DuplicateGroup> {
    vec![
        group(
            402_000_000,
            &[
                ("/Projects/film/cut 2/glacier_final (1).mp4", 22 * DAY),
                ("/Photos/Albums/Best of/Crossing the glacier.mp4", 10 * DAY),
                ("/Photos/2026/Crossing the glacier.mp4", DAY + 2 * HOUR),
            ],
        ),
        group(
            104_700_000,
            &[
                ("/Documents/Calendar 2027/December.png", 31 * DAY),
                ("/Photos/2026/Expedition 2026/Aurora over the camp.png", 30 * DAY),
                ("/Photos/Albums/Blue hour/Aurora over the camp.png", 30 * DAY),
                ("/Camera uploads/2026-10-25 21.14.08.png", 30 * DAY),
            ],
        ),
        group(
            18_900_000,
            &[
                ("/Documents/Calendar 2027/May (copy).jpg", 46 * DAY),
                ("/Photos/2026/Seven ridges before sunrise.jpg", 44 * DAY),
            ],
        ),
        group(
            9_600_000,
            &[
                ("/Photos/Scans/Sea chart 17, Vestfjorden.pdf", 113 * DAY),
                ("/Documents/Sea chart 17, Vestfjorden.pdf", 90 * DAY),
            ],
        ),
    ]
}

/// The window on these groups.
pub fn window(size: [f32; 2], settings: Settings, groups: Vec<DuplicateGroup>) -> Window {
    let mut window = Window::closed(size, settings, "");
    window.account.duplicates = groups;
    window.settle();
    window.command(Command::ShowDuplicates);
    window
}

/// Tells how far the index is.
pub fn index(window: &mut Window, phase: IndexPhase) {
    let session = window.account.id_of(|job| matches!(job, Job::Session(_)));
    let status = IndexStatus { phase, files: 41_000, folders: 900, bytes: 1 << 33, as_of: Some(now()) };
    window.account.update(session, Update::Index(status));
    window.settle();
}

/// Opens the menu of rules and chooses one.
pub fn rule(window: &mut Window, words: &str) {
    window.click("Choose by rule");
    window.click(words);
}

fn says(window: &Window, words: &str) -> bool {
    window.harness.query_by_label_contains(words).is_some()
}

#[test]
fn the_side_bar_leads_to_groups_with_what_they_waste() {
    let mut window = window(SIZE, plain(), groups());
    window.command(Command::Home);
    window.click("Duplicates");
    assert_eq!(*window.state().navigation.current(), Location::Duplicates(RemotePath::root()));
    assert!(says(&window, "1.1 GB wasted"));
    assert!(says(&window, "7 copies could go, in 4 groups"));
    assert!(says(&window, "glacier_final (1).mp4, 3 copies · 402 MB each, 804 MB wasted"));
}

#[test]
fn a_rule_chooses_and_the_bar_says_how_much_that_is() {
    let mut window = window(SIZE, plain(), groups());
    assert!(says(&window, "Nothing is chosen"));
    assert!(window.harness.get_by_label("Delete…").accesskit_node().is_disabled());
    rule(&mut window, "Keep the newest");
    assert!(says(&window, "7 files chosen"));
    assert!(says(&window, "Delete 7 files, 1.1 GB…"));
    window.click("Delete /Photos/Albums/Best of/Crossing the glacier.mp4");
    assert!(says(&window, "Delete 6 files, 745 MB…"));
    rule(&mut window, "Choose none");
    assert!(says(&window, "Nothing is chosen"));
}

#[test]
fn the_last_copy_of_a_group_has_no_box_that_can_be_checked() {
    let mut window = window(SIZE, plain(), groups());
    let last = "Delete /Photos/2026/Crossing the glacier.mp4";
    let is_disabled = |window: &Window| {
        window.harness.get_by_role_and_label(Role::CheckBox, last).accesskit_node().is_disabled()
    };
    assert!(!is_disabled(&window));
    rule(&mut window, "Keep the newest");
    assert!(is_disabled(&window));
}

#[test]
fn deleting_asks_with_the_plan_and_goes_the_usual_way() {
    let mut window = window(SIZE, plain(), groups());
    rule(&mut window, "Photos / 2026");
    window.click("Delete 6 files, 1.1 GB…");
    assert!(window.harness.query_by_role_and_label(Role::Heading, "Delete 6 files, 1.1 GB?").is_some());
    window.click("Keep all");
    assert!(window.state().dialog.is_none());
    window.click("Delete 6 files, 1.1 GB…");
    window.click("Delete 6 files");
    let deleted = window.account.jobs.iter().find_map(|job| match job {
        Job::Edit(Edit::DeleteCopies(groups)) => {
            Some(groups.iter().map(|group| group.deleted.len()).sum::<usize>())
        }
        _ => None,
    });
    assert_eq!(deleted, Some(6));
    assert!(says(&window, "Undo"));
    assert!(says(&window, "1 copy could go, in 1 group"));
}

#[test]
fn a_click_selects_a_copy_for_the_preview_and_space_shows_it_large() {
    let mut window = window(SIZE, plain(), groups());
    window.harness.get_by_role_and_label(Role::Row, "Seven ridges before sunrise.jpg").click();
    window.settle();
    assert_eq!(window.selected(), ["/Photos/2026/Seven ridges before sunrise.jpg"]);
    window.press(Key::Space);
    assert!(window.state().dialog.is_some());
}

#[test]
fn a_group_folds_and_the_others_move_up() {
    let mut window = window(SIZE, plain(), groups());
    let heading = "glacier_final (1).mp4, 3 copies · 402 MB each, 804 MB wasted";
    let second = |window: &Window| window.harness.get_by_label_contains("December.png, 4 copies").rect();
    let before = second(&window).min.y;
    window.click(heading);
    assert!(window.harness.query_by_role_and_label(Role::Row, "glacier_final (1).mp4").is_none());
    assert!(second(&window).min.y < before);
    window.click("Unfold all");
    assert!(window.harness.query_by_role_and_label(Role::Row, "glacier_final (1).mp4").is_some());
}

#[test]
fn without_a_connection_they_are_shown_and_the_bar_says_why_nothing_is_deleted() {
    let mut window = window(SIZE, plain(), groups());
    rule(&mut window, "Keep the oldest");
    let session = window.account.id_of(|job| matches!(job, Job::Session(_)));
    window.account.update(session, Update::Outage(Some(super::made_up::offline())));
    window.settle();
    assert!(window.harness.get_by_label("Delete 7 files, 1.1 GB…").accesskit_node().is_disabled());
    assert!(says(&window, "You are offline. Files can be deleted when the connection is back."));
}

#[test]
fn while_the_index_grows_the_groups_are_said_to_be_incomplete_and_are_looked_for_again() {
    let mut window = window(SIZE, plain(), Vec::new());
    assert!(says(&window, "No duplicates"));
    index(&mut window, IndexPhase::Building { percent: Some(37) });
    assert!(says(&window, "Coffer is still listing your files (37 %). There may be more."));
    window.account.duplicates = groups();
    index(&mut window, IndexPhase::Complete);
    window.wait(2.5);
    assert!(says(&window, "7 copies could go, in 4 groups"));
    assert!(!says(&window, "still listing"));
}

#[test]
fn thousands_of_groups_cost_no_more_than_those_that_are_seen() {
    let name = |number: usize| format!("/Big/{number:05}/Measurement.csv");
    let other = |number: usize| format!("/Copies/{number:05}/Measurement.csv");
    let many: Vec<DuplicateGroup> = (0..20_000)
        .map(|number| group(900, &[(&name(number), 10 * DAY), (&other(number), 9 * DAY)]))
        .collect();
    let mut window = window(SIZE, plain(), many);
    let drawn = |window: &Window| window.harness.query_all_by_role(Role::Row).count();
    assert!(drawn(&window) < 30, "{}", drawn(&window));
    window.act(Action::Focus(coffer_state::Focus::Content));
    window.press(Key::End);
    assert!(drawn(&window) < 30, "{}", drawn(&window));
    assert!(window.selected()[0].starts_with("/Copies/19999"), "{:?}", window.selected());
    let last = window.harness.get_by_label("Delete /Copies/19999/Measurement.csv").rect();
    assert!(last.max.y < SIZE[1]);
}
