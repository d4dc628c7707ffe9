//! Bookmarks in the side bar.

use super::{Window, plain};
use coffer_model::settings::{Bookmark, KeptSearches, SavedSearch};
use coffer_model::{Edit, Job, RemotePath, Settings};
use coffer_state::Location;
use eframe::egui::accesskit::Role;
use eframe::egui::{self, Key, Modifiers, PointerButton, Pos2, vec2};
use egui_kittest::kittest::Queryable;

const SIZE: [f32; 2] = [1100.0, 700.0];
const YEAR: &str = "/Photos/2026";

fn with(paths: &[&str]) -> Window {
    let bookmark = |path: &&str| Bookmark { path: RemotePath::new(path), is_file: path.contains('.') };
    let bookmarks = [("local".to_owned(), paths.iter().map(bookmark).collect())].into();
    Window::open_at(SIZE, Settings { bookmarks, ..plain() }, YEAR)
}

fn bookmarks(window: &Window) -> Vec<String> {
    window.state().bookmarks().iter().map(|bookmark| bookmark.path.to_string()).collect()
}

fn at(window: &Window, role: Role, label: &str) -> Pos2 {
    window.harness.get_by_role_and_label(role, label).rect().center()
}

fn has_moved(window: &Window) -> bool {
    window.account.jobs.iter().any(|job| matches!(job, Job::Edit(Edit::Move(_))))
}

fn press_middle(window: &mut Window, at: Pos2) {
    for pressed in [true, false] {
        let (button, modifiers) = (PointerButton::Middle, Modifiers::NONE);
        window.harness.hover_at(at);
        window.harness.event(egui::Event::PointerButton { pos: at, button, pressed, modifiers });
        window.harness.step();
    }
    window.settle();
}

#[test]
fn the_first_bookmark_is_dropped_at_the_foot_of_the_side_bar_and_no_folder_moves_meanwhile() {
    let mut window = with(&[]);
    assert!(window.harness.query_by_label("Bookmarks").is_none());
    let row = window.grip("Sketches");
    let foot = Pos2::new(100.0, SIZE[1] - 130.0);
    window.drag_points(row, foot, Modifiers::NONE);
    assert_eq!(bookmarks(&window), ["/Photos/2026/Sketches"]);
    assert!(!has_moved(&window));
    window.harness.get_by_role_and_label(Role::Tab, "Sketches").click();
    window.settle();
    assert_eq!(
        *window.state().navigation.current(),
        Location::Folder(RemotePath::new("/Photos/2026/Sketches"))
    );
}

#[test]
fn rows_and_folders_of_the_tree_become_bookmarks_where_they_are_dropped() {
    let mut window = with(&["/Documents/Old papers"]);
    let bookmark = at(&window, Role::Tab, "Old papers");
    let row = window.grip("Kayaks.jpg");
    window.drag_points(row, bookmark - vec2(0.0, 15.0), Modifiers::NONE);
    let bookmark = at(&window, Role::Tab, "Old papers");
    let folder = at(&window, Role::TreeItem, "Documents");
    window.drag_points(folder, bookmark + vec2(0.0, 15.0), Modifiers::NONE);
    assert_eq!(bookmarks(&window), ["/Photos/2026/Kayaks.jpg", "/Documents/Old papers", "/Documents"]);
    assert!(!has_moved(&window));
}

#[test]
fn what_is_dropped_on_a_folder_is_moved_into_it() {
    let mut window = with(&["/Documents/Old papers"]);
    let (row, bookmark) = (window.grip("Kayaks.jpg"), at(&window, Role::Tab, "Old papers"));
    window.drag_points(row, bookmark, Modifiers::NONE);
    assert!(has_moved(&window));
    assert_eq!(bookmarks(&window), ["/Documents/Old papers"]);
}

#[test]
fn bookmarks_are_arranged_by_dragging_and_by_their_menu_and_removed_there() {
    let mut window = with(&["/Documents/A", "/Documents/B", "/Documents/C"]);
    let (from, to) = (at(&window, Role::Tab, "C"), at(&window, Role::Tab, "A") - vec2(0.0, 10.0));
    window.drag_points(from, to, Modifiers::NONE);
    assert_eq!(bookmarks(&window), ["/Documents/C", "/Documents/A", "/Documents/B"]);
    for (entry, expected) in [
        ("Move down", &["/Documents/A", "/Documents/C", "/Documents/B"][..]),
        ("Move up", &["/Documents/C", "/Documents/A", "/Documents/B"]),
        ("Remove bookmark", &["/Documents/A", "/Documents/B"]),
    ] {
        window.harness.get_by_role_and_label(Role::Tab, "C").click_secondary();
        window.settle();
        window.click(entry);
        assert_eq!(bookmarks(&window), expected);
    }
    window.click("Undo");
    assert_eq!(bookmarks(&window).len(), 3);
}

#[test]
fn bookmarks_are_added_and_opened_by_keys() {
    let mut window = with(&[]);
    window.click("Sketches");
    window.harness.key_press_modifiers(Modifiers::COMMAND | Modifiers::SHIFT, Key::D);
    window.settle();
    assert_eq!(bookmarks(&window), ["/Photos/2026/Sketches"]);
    window.harness.get_by_role_and_label(Role::Tab, "Sketches").focus();
    window.settle();
    window.press(Key::Enter);
    assert_eq!(
        *window.state().navigation.current(),
        Location::Folder(RemotePath::new("/Photos/2026/Sketches"))
    );
}

#[test]
fn the_middle_button_opens_bookmarks_and_saved_searches_in_tabs() {
    let saved = SavedSearch { name: "Fjords".to_owned(), query: "fjord".to_owned() };
    let kept = KeptSearches { recent: Vec::new(), saved: vec![saved] };
    let bookmark = Bookmark { path: RemotePath::new("/Documents"), is_file: false };
    let settings = Settings {
        searches: [("local".to_owned(), kept)].into(),
        bookmarks: [("local".to_owned(), vec![bookmark])].into(),
        ..plain()
    };
    let mut window = Window::open_at(SIZE, settings, YEAR);
    for label in ["Documents", "Fjords"] {
        let at = at(&window, Role::Tab, label);
        press_middle(&mut window, at);
    }
    let tabs = window.state().navigation.tabs().iter().map(|tab| tab.current().clone());
    let search = Location::Search { query: "fjord".to_owned(), sort: None };
    let folder = |path| Location::Folder(RemotePath::new(path));
    assert_eq!(tabs.collect::<Vec<_>>(), [folder(YEAR), folder("/Documents"), search]);
}
