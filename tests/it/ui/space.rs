//! How much is in folders: in their rows, and in the map of the space that they take.

use super::acts::YEAR;
use super::made_up::{complete, file, folder, now};
use super::{Window, plain};
use coffer_model::{Entry, FolderTotals, RemotePath, Settings, ViewMode};
use eframe::egui::accesskit::Role;
use egui_kittest::kittest::{NodeT, Queryable};
use jiff::SignedDuration;
use std::sync::Arc;

const DAY: i64 = 24 * 60;

/// A folder whose totals are known, and whose newest file was changed so many minutes ago.
pub fn counted(path: &str, files: u64, folders: u64, bytes: u64, minutes_ago: i64) -> Entry {
    let newest = Some(now() - SignedDuration::from_mins(minutes_ago));
    Entry { totals: Some(Arc::new(FolderTotals { files, folders, bytes, newest })), ..folder(path) }
}

/// The window on a folder with folders of which something is known, is empty and nothing is known.
pub fn sizes(settings: Settings) -> Window {
    let mut window = Window::closed([1000.0, 640.0], settings, YEAR);
    let at = |name: &str| format!("{YEAR}/{name}");
    let rows = vec![
        counted(&at("Expedition 2026"), 11_804, 211, 34_600_000_000, 40),
        counted(&at("Invoices, scanned by the tax office in the year before last"), 1, 0, 88_000, 20 * DAY),
        Entry { totals: Some(Arc::default()), ..folder(&at("Sketches")) },
        folder(&at("Timelapse")),
        file(&at("Fjord at dawn.jpg"), 4_800_000, 120),
    ];
    window.account.listings.retain(|(path, _)| path.as_str() != YEAR);
    window.account.listings.push((RemotePath::new(YEAR), Arc::new(complete(rows))));
    window.settle();
    window
}

fn said_of(window: &Window, role: Role, name: &str) -> String {
    let node = window.harness.get_by_role_and_label(role, name);
    node.accesskit_node().description().unwrap_or_default()
}

#[test]
fn rows_of_folders_have_size_and_date_where_these_are_known() {
    let window = sizes(plain());
    assert_eq!(said_of(&window, Role::Row, "Expedition 2026"), "Folder, 34.6 GB, 40 min ago");
    assert_eq!(said_of(&window, Role::Row, "Sketches"), "Folder, 0 B");
    assert_eq!(said_of(&window, Role::Row, "Timelapse"), "Folder");
}

#[test]
fn the_pointer_on_a_folder_shows_what_is_in_it() {
    for (view, role) in [(ViewMode::List, Role::Row), (ViewMode::Grid, Role::ListItem)] {
        let mut window = sizes(Settings { view, ..plain() });
        window.harness.get_by_role_and_label(role, "Expedition 2026").hover();
        window.wait(1.0);
        let told = window.harness.query_by_label_contains("11,804 files in 211 folders");
        assert!(told.is_some(), "{view:?}");
    }
}
