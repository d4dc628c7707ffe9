//! The list of deleted items: by what was deleted together, with folders that unfold.

use super::made_up::{complete, file, now};
use super::{Window, plain};
use coffer_model::{
    DeletedCounts, DeletedKind, DeletedRow, DeletedSummary, Deletion, DeletionTime, Edit, Entry, EntryKind,
    FolderTotals, Job, LastVersion, Listing, RemotePath,
};
use coffer_state::Command;
use eframe::egui::Key;
use eframe::egui::accesskit::Role;
use egui_kittest::kittest::Queryable;
use jiff::SignedDuration;
use std::sync::Arc;

const SIZE: [f32; 2] = [1280.0, 820.0];

/// Rows with their deletions, as they are made.
#[derive(Default)]
struct MadeUpDeletions {
    entries: Vec<Entry>,
    rows: Vec<DeletedRow>,
    deletions: Vec<Deletion>,
}

impl MadeUpDeletions {
    fn begin(&mut self, time: DeletionTime, folder: &str) {
        self.deletions.push(Deletion {
            first_row: self.entries.len(),
            time,
            folder: RemotePath::new(folder),
            items: DeletedCounts::default(),
            bytes: Some(0),
        });
    }

    fn push(&mut self, entry: Entry, level: u16, contents: u32) {
        if let Some(deletion) = self.deletions.last_mut().filter(|_| level == 0) {
            match &entry.kind {
                EntryKind::Deleted(DeletedKind::Folder) => deletion.items.folders += 1,
                EntryKind::Deleted(DeletedKind::File(_)) => deletion.items.files += 1,
                _ => deletion.items.unknown += 1,
            }
            deletion.bytes = deletion.bytes.zip(entry.size_bytes()).map(|(all, bytes)| all + bytes);
        }
        self.entries.push(entry);
        self.rows.push(DeletedRow { level, contents });
    }

    fn listing(self, pending: usize) -> Listing {
        let Self { entries, rows, deletions } = self;
        let summary = DeletedSummary { deletions, rows, pending };
        Listing { deleted: Some(Arc::new(summary)), ..complete(entries) }
    }
}

fn was_file(path: &str, size_bytes: u64, minutes_ago: i64) -> Entry {
    let version = file(path, size_bytes, minutes_ago).file().unwrap().clone();
    let kind = EntryKind::Deleted(DeletedKind::File(LastVersion::Known(Arc::new(version))));
    Entry::new(RemotePath::new(path), kind)
}

fn was(path: &str, kind: DeletedKind) -> Entry {
    Entry::new(RemotePath::new(path), EntryKind::Deleted(kind))
}

fn was_folder(path: &str, files: u64, bytes: u64) -> Entry {
    let newest = Some(now() - SignedDuration::from_hours(500));
    let totals = FolderTotals { files, folders: 0, bytes, newest };
    Entry { totals: Some(Arc::new(totals)), ..was(path, DeletedKind::Folder) }
}

/// What was deleted in the made-up account; `pending` as long as it is being asked about the last ones.
pub fn deleted_files(pending: usize) -> Listing {
    let ago = |minutes| now() - SignedDuration::from_mins(minutes);
    let mut rows = MadeUpDeletions::default();
    rows.begin(DeletionTime::At(ago(38)), "/Photos/2026");
    for (name, bytes, minutes) in [
        ("Blurry.jpg", 3_900_000, 70_000),
        ("Kayaks (2).jpg", 4_200_000, 70_100),
        ("Tent.jpg", 5_100_000, 70_200),
    ] {
        rows.push(was_file(&format!("/Photos/2026/{name}"), bytes, minutes), 0, 0);
    }
    rows.begin(DeletionTime::At(ago(24 * 60 + 200)), "/");
    rows.push(was_folder("/Old plans", 3, 1_250_000), 0, 4);
    rows.push(was_folder("/Old plans/Drawings", 1, 1_200_000), 1, 1);
    rows.push(was_file("/Old plans/Drawings/Kitchen.pdf", 1_200_000, 90_000), 2, 0);
    rows.push(was_file("/Old plans/Costs.csv", 40_000, 90_500), 1, 0);
    rows.push(was_file("/Old plans/Ideas.md", 10_000, 91_000), 1, 0);
    rows.begin(DeletionTime::At(ago(9 * 24 * 60)), "/Documents");
    rows.push(was_folder("/Documents/Receipts 2024", 42, 12_400_000), 0, 0);
    rows.push(was_file("/Documents/Draft 2.md", 12_000, 100_000), 0, 0);
    rows.push(was_file("/Documents/Draft 3.docx", 48_000, 100_000), 0, 0);
    rows.begin(DeletionTime::Before(ago(20 * 24 * 60)), "/Projects");
    rows.push(was("/Projects/Budget.csv", DeletedKind::File(LastVersion::Size(22_000))), 0, 0);
    rows.begin(DeletionTime::Unknown, "/");
    rows.push(was("/Archive", DeletedKind::Folder), 0, 0);
    rows.push(was("/Projects/Notes", DeletedKind::Unknown), 0, 0);
    rows.listing(pending)
}

fn open() -> Window {
    let mut window = Window::open(SIZE, plain());
    window.act(coffer_state::Action::Command(Command::ShowDeleted));
    window.settle();
    window
}

fn has_row(window: &Window, name: &str) -> bool {
    window.harness.query_by_role_and_label(Role::Row, name).is_some()
}

/// The names of what was restored last.
fn restored(window: &Window) -> Vec<String> {
    let edit = window.account.jobs.iter().rev().find_map(|job| match job {
        Job::Edit(Edit::Undelete(entries)) => Some(entries),
        _ => None,
    });
    edit.map_or_else(Vec::new, |entries| entries.iter().map(|entry| entry.name().to_owned()).collect())
}

#[test]
fn headings_say_when_what_was_deleted_and_how_much() {
    let window = open();
    for heading in [
        "Today 09:22 · 3 files from Photos / 2026, 13.2 MB",
        "Yesterday 06:40 · 1 folder from Home, 1.2 MB",
        "15 November 10:00 · 1 folder and 2 files from Documents, 12.5 MB",
        "Before 4 November 10:00 · 1 file from Projects, 22 KB",
        "Earlier, time not known · 2 items",
    ] {
        assert!(window.harness.query_by_role_and_label(Role::Heading, heading).is_some(), "{heading}");
    }
}

#[test]
fn a_whole_deletion_is_restored_by_its_button() {
    let mut window = open();
    window.harness.get_all_by_label("Restore all").next().unwrap().click();
    window.settle();
    assert_eq!(restored(&window), ["Blurry.jpg", "Kayaks (2).jpg", "Tent.jpg"]);
}

#[test]
fn a_folder_unfolds_by_its_arrow_and_by_keys() {
    let mut window = open();
    assert!(!has_row(&window, "Costs.csv"));
    window.harness.get_by_label("Unfold Old plans").click();
    window.settle();
    assert!(has_row(&window, "Costs.csv") && !has_row(&window, "Kitchen.pdf"));
    window.select("Drawings");
    window.press(Key::ArrowRight);
    assert!(has_row(&window, "Kitchen.pdf"));
    window.press(Key::ArrowDown);
    window.press(Key::ArrowLeft);
    window.press(Key::ArrowLeft);
    assert!(has_row(&window, "Drawings") && !has_row(&window, "Kitchen.pdf"));
    window.press(Key::Enter);
    assert!(has_row(&window, "Kitchen.pdf"), "Enter unfolds as well");
}

#[test]
fn a_filter_finds_what_was_in_a_folder() {
    let mut window = open();
    window.press(Key::Slash);
    window.harness.get_by_role_and_label(Role::TextInput, "Filter").type_text("kitchen");
    window.settle();
    assert!(has_row(&window, "Kitchen.pdf") && !has_row(&window, "Blurry.jpg"));
    assert!(window.harness.query_by_label("Restore").is_none(), "more would be restored than is seen");
    window.press(Key::Escape);
    window.settle();
    assert!(has_row(&window, "Old plans") && !has_row(&window, "Kitchen.pdf"));
}

#[test]
fn a_deleted_picture_is_looked_at_before_it_is_restored() {
    let mut window = open();
    window.select("Blurry.jpg");
    window.press(Key::Space);
    window.wait(0.5);
    assert!(window.state().dialog.is_some());
    let preview = window.account.jobs.iter().find_map(|job| match job {
        Job::Preview { entry, .. } => Some(entry.clone()),
        _ => None,
    });
    assert!(preview.is_some_and(|entry| entry.file().is_some() && entry.name() == "Blurry.jpg"));
}

#[test]
fn arrows_go_through_the_deleted_files_in_the_large_preview() {
    let mut window = open();
    window.select("Blurry.jpg");
    window.press(Key::Space);
    window.wait(0.5);
    window.harness.get_by_label_contains("1 of ");
    window.press(Key::ArrowRight);
    window.wait(0.5);
    window.harness.get_by_label_contains("2 of ");
    window.click("Previous file");
    window.wait(0.5);
    window.harness.get_by_label_contains("1 of ");
}
