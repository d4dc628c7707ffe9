//! Selecting, moving, naming and opening rows, by mouse and by keyboard.

use super::{Window, light, plain};
use coffer_model::message::Edit;
use coffer_model::{Job, RemotePath, Settings, ViewMode};
use coffer_state::{Action, Command, Focus};
use eframe::egui::accesskit::Role;
use eframe::egui::{self, Key, Modifiers};
use egui_kittest::kittest::{NodeT, Queryable};

const SIZE: [f32; 2] = [1100.0, 700.0];
const YEAR: &str = "/Photos/2026";

fn year() -> Window {
    Window::open_at(SIZE, plain(), YEAR)
}

fn names(window: &Window) -> Vec<String> {
    window.selected().into_iter().map(|path| path.rsplit('/').next().unwrap().to_owned()).collect()
}

#[test]
fn clicks_select_one_more_or_a_range() {
    let mut window = year();
    window.click("Mount Reva.webp");
    assert_eq!(names(&window), ["Mount Reva.webp"]);
    window.harness.get_by_label("Badge.png").click_modifiers(Modifiers::COMMAND);
    window.settle();
    assert_eq!(names(&window), ["Badge.png", "Mount Reva.webp"]);
    window.click("Field notes.md");
    window.harness.get_by_label("Budget.csv").click_modifiers(Modifiers::SHIFT);
    window.settle();
    assert_eq!(names(&window), ["Budget.csv", "Field notes.md", "ascent.rs"]);
}

#[test]
fn a_click_on_one_of_several_selected_rows_selects_it_alone() {
    let mut window = year();
    window.click("Mount Reva.webp");
    window.harness.get_by_label("Field notes.md").click_modifiers(Modifiers::SHIFT);
    window.settle();
    assert!(names(&window).len() > 2);
    window.click("Badge.png");
    assert_eq!(names(&window), ["Badge.png"]);
}

#[test]
fn arrows_letters_and_shift_move_the_selection() {
    let mut window = year();
    window.press(Key::ArrowDown);
    assert_eq!(names(&window), ["Expedition 2026"]);
    window.press(Key::ArrowDown);
    assert_eq!(names(&window), ["Invoices"]);
    window.harness.key_press_modifiers(Modifiers::SHIFT, Key::ArrowDown);
    window.settle();
    assert_eq!(names(&window), ["Invoices", "Sketches"]);
    window.harness.event(egui::Event::Text("k".to_owned()));
    window.settle();
    assert_eq!(names(&window), ["Kayaks.jpg"]);
    window.press(Key::End);
    assert_eq!(names(&window), ["Read me first.txt"]);
    window.harness.key_press_modifiers(Modifiers::COMMAND, Key::A);
    window.settle();
    assert_eq!(names(&window).len(), 18);
    window.press(Key::Escape);
    assert_eq!(names(&window).len(), 0);
}

#[test]
fn in_the_grid_arrows_go_along_and_across_the_lines() {
    let mut window = Window::open_at(SIZE, Settings { view: ViewMode::Grid, ..plain() }, YEAR);
    let columns = window.state().browser.layout().0;
    assert!(columns > 2);
    window.press(Key::ArrowRight);
    window.press(Key::ArrowRight);
    assert_eq!(names(&window), ["Invoices"]);
    window.press(Key::ArrowDown);
    let row = window.state().browser.cursor_row().unwrap();
    assert_eq!(row, 1 + columns);
}

#[test]
fn keys_in_a_text_field_stay_there() {
    let mut window = year();
    window.click("Mount Reva.webp");
    window.harness.key_press_modifiers(Modifiers::COMMAND, Key::F);
    window.settle();
    assert_eq!(window.state().focus, Focus::Search);
    window.harness.get_by_role_and_label(Role::TextInput, "Search").type_text("x");
    window.press(Key::Delete);
    window.press(Key::Backspace);
    assert_eq!(window.state().search.text(), "");
    assert!(!window.account.jobs.iter().any(|job| matches!(job, Job::Edit(_))), "a file was deleted");
}

#[test]
fn a_name_is_edited_in_place_with_its_stem_selected() {
    let mut window = year();
    window.click("Mount Reva.webp");
    window.press(Key::F2);
    let field = window.harness.get_by_role_and_label(Role::TextInput, "New name");
    assert!(field.is_focused());
    field.type_text("Mount Ida");
    window.settle();
    assert_eq!(window.state().browser.rename.as_ref().unwrap().text, "Mount Ida.webp");
    window.press(Key::Enter);
    let renamed = window.account.jobs.iter().any(|job| {
        matches!(job, Job::Edit(Edit::Move(moves))
            if moves[0].1 == RemotePath::new("/Photos/2026/Mount Ida.webp"))
    });
    assert!(renamed, "{:?}", window.account.jobs.last());
}

#[test]
fn escape_leaves_a_name_as_it_was_and_a_click_elsewhere_takes_it() {
    let mut window = year();
    window.click("Mount Reva.webp");
    window.press(Key::F2);
    window.harness.get_by_label("New name").type_text("Nothing");
    window.press(Key::Escape);
    assert!(window.state().browser.rename.is_none());
    assert!(!window.account.jobs.iter().any(|job| matches!(job, Job::Edit(_))));

    window.press(Key::F2);
    window.harness.get_by_label("New name").type_text("Mount Ida");
    window.settle();
    window.click("Budget.csv");
    assert!(window.account.jobs.iter().any(|job| matches!(job, Job::Edit(Edit::Move(_)))));
}

#[test]
fn a_folder_is_made_by_typing_its_name() {
    let mut window = year();
    window.harness.key_press_modifiers(Modifiers::COMMAND | Modifiers::SHIFT, Key::N);
    window.settle();
    window.harness.get_by_label("Folder name").type_text("Letters");
    window.press(Key::Enter);
    let made = Job::Edit(Edit::CreateFolder { path: RemotePath::new("/Photos/2026/Letters") });
    assert!(window.account.jobs.contains(&made));
}

#[test]
fn a_right_click_offers_what_can_be_done_with_the_row() {
    let mut window = year();
    window.harness.get_by_label("Budget.csv").click_secondary();
    window.settle();
    assert_eq!(names(&window), ["Budget.csv"]);
    window.harness.get_by_role_and_label(Role::MenuItem, "Open").click();
    window.settle();
    let opened = window
        .account
        .jobs
        .iter()
        .any(|job| matches!(job, Job::CheckOut { entry, open: true } if entry.name() == "Budget.csv"));
    assert!(opened);
    assert!(window.harness.query_by_role(Role::MenuItem).is_none(), "the menu is still open");
}

#[test]
fn the_menu_opens_by_key_at_the_row_and_closes_by_escape() {
    let mut window = year();
    window.click("Budget.csv");
    window.harness.key_press_modifiers(Modifiers::SHIFT, Key::F10);
    window.settle();
    assert!(window.harness.query_by_role_and_label(Role::MenuItem, "Rename").is_some());
    window.press(Key::Escape);
    assert!(window.harness.query_by_role_and_label(Role::MenuItem, "Rename").is_none());
    assert_eq!(names(&window), ["Budget.csv"]);
}

#[test]
fn the_menu_of_the_folder_says_what_would_be_undone_and_undoes_it() {
    let mut window = Window::open_at(SIZE, light(), YEAR);
    window.select("Budget.csv");
    window.command(Command::Delete);
    window.command(Command::ClearSelection);
    window.click("More actions");
    let entries = window.harness.query_all_by_role(Role::MenuItem);
    let labels: Vec<String> = entries.filter_map(|node| node.accesskit_node().label()).collect();
    assert!(labels.contains(&"Undo Delete “Budget.csv”".to_owned()), "{labels:?}");
    assert!(!labels.iter().any(|label| label.starts_with("Redo")), "{labels:?}");
    window.harness.get_by_role_and_label(Role::MenuItem, "Undo Delete “Budget.csv”").click();
    window.settle();
    assert!(window.account.jobs.iter().any(|job| matches!(job, Job::Edit(Edit::Undo { .. }))));
}

#[test]
fn rows_dragged_onto_a_folder_are_moved_and_with_ctrl_copied() {
    for (modifiers, copies) in [(Modifiers::NONE, false), (Modifiers::COMMAND, true)] {
        let mut window = year();
        window.click("Mount Reva.webp");
        window.harness.get_by_label("Badge.png").click_modifiers(Modifiers::SHIFT);
        window.settle();
        window.drag("Mount Reva.webp", "Sketches", modifiers);
        let edit = window.account.jobs.iter().find_map(|job| match job {
            Job::Edit(edit) => Some(edit.clone()),
            _ => None,
        });
        let (moves, copied) = match edit {
            Some(Edit::Move(moves)) => (moves, false),
            Some(Edit::Copy(copies)) => (copies, true),
            other => panic!("{other:?}"),
        };
        assert_eq!(copied, copies);
        let targets: Vec<String> = moves.iter().map(|(_, to)| to.to_string()).collect();
        assert_eq!(targets, ["/Photos/2026/Sketches/Mount Reva.webp", "/Photos/2026/Sketches/Badge.png"]);
    }
}

#[test]
fn rows_can_be_dragged_onto_the_tree_and_the_breadcrumb() {
    for target in ["Documents", "Home"] {
        let mut window = year();
        window.drag("Kayaks.jpg", target, Modifiers::NONE);
        assert!(window.account.jobs.iter().any(|job| matches!(job, Job::Edit(Edit::Move(_)))), "{target}");
    }
}

#[test]
fn a_rubber_band_selects_what_it_touches() {
    let mut window = Window::open_at(SIZE, Settings { view: ViewMode::Grid, ..plain() }, YEAR);
    let first = window.rect("Expedition 2026");
    let last = window.rect("Sketches");
    let begin = egui::pos2(first.min.x - 4.0, first.max.y + 4.0);
    window.drag_points(begin, egui::pos2(last.center().x, last.center().y), Modifiers::NONE);
    assert_eq!(names(&window), ["Expedition 2026", "Invoices", "Sketches"]);
}

#[test]
fn dropped_files_go_to_the_folder_under_the_pointer_or_to_the_place_shown() {
    for (over, target) in [("Kayaks.jpg", YEAR), ("Sketches", "/Photos/2026/Sketches")] {
        let mut window = year();
        let at = window.center(over);
        window.hover_files(&["/tmp/a.txt"], at);
        window.drop_files(&["/tmp/a.txt"]);
        let planned =
            window.account.jobs.iter().any(
                |job| matches!(job, Job::PlanUpload { target: to, .. } if *to == RemotePath::new(target)),
            );
        assert!(planned, "{over}");
    }
}

#[test]
fn the_menu_key_without_a_selection_opens_the_menu_of_the_folder() {
    let mut window = year();
    window.act(Action::ClickEmpty);
    window.harness.key_press_modifiers(Modifiers::SHIFT, Key::F10);
    window.settle();
    let has = |window: &Window, entry: &str| {
        window.harness.query_by_role_and_label(Role::MenuItem, entry).is_some()
    };
    assert!(has(&window, "New folder") && has(&window, "Select by pattern…"));
    assert!(!has(&window, "Copy path") && !has(&window, "Open"));
    window.press(Key::Escape);
    window.select("Budget.csv");
    window.harness.key_press_modifiers(Modifiers::SHIFT, Key::F10);
    window.settle();
    assert!(has(&window, "Duplicate") && !has(&window, "New folder"));
}

#[test]
fn a_menu_that_is_higher_than_the_window_scrolls_with_the_keyboard() {
    let mut window = Window::open_at([720.0, 480.0], plain(), "/Photos/2026");
    window.select("Budget.csv");
    window.harness.key_press_modifiers(Modifiers::SHIFT, Key::F10);
    window.settle();
    for _ in 0..14 {
        window.press(Key::ArrowDown);
    }
    let focused = super::dialogs::focused(&window);
    let rect = window.harness.get_by_role_and_label(Role::MenuItem, &focused).rect();
    assert!(rect.min.y > 0.0 && rect.max.y < 480.0, "{focused}: {rect:?}");
}

#[test]
fn a_right_click_acts_on_the_row_under_the_pointer_however_quick_it_is() {
    for frames_between in [0, 1, 3] {
        let mut window = year();
        window.select("Fjord at dawn.jpg");
        let pos = window.center("Kayaks.jpg");
        window.harness.hover_at(pos);
        window.harness.step();
        let button = |pressed| egui::Event::PointerButton {
            pos,
            button: egui::PointerButton::Secondary,
            pressed,
            modifiers: Modifiers::NONE,
        };
        window.harness.input_mut().events.push(button(true));
        for _ in 0..frames_between {
            window.harness.step();
        }
        window.harness.input_mut().events.push(button(false));
        window.settle();
        assert_eq!(names(&window), ["Kayaks.jpg"], "{frames_between} frames between");
        window.click("Copy path");
        assert_eq!(window.copied(), "/Photos/2026/Kayaks.jpg");
    }
}

#[test]
fn a_drag_from_the_free_part_of_a_row_selects_and_one_from_its_name_takes_the_item_along() {
    let mut window = Window::open_at([1280.0, 800.0], plain(), YEAR);
    let rect = |window: &Window, name: &str| window.harness.get_by_role_and_label(Role::Row, name).rect();
    let (first, last) = (rect(&window, "Mount Reva.webp"), rect(&window, "Portrait of Ida.jpg"));
    let right_of_name = |rect: egui::Rect| egui::pos2(rect.min.x + 420.0, rect.center().y);
    window.drag_points(right_of_name(first), right_of_name(last), egui::Modifiers::NONE);
    let expected = ["Badge.png", "Mount Reva.webp", "Portrait of Ida.jpg"];
    assert_eq!(window.selected(), expected.map(|name| format!("{YEAR}/{name}")));
    assert!(window.account.jobs.iter().all(|job| !matches!(job, Job::Edit(_))));

    window.act(coffer_state::Action::ClickEmpty);
    window.wait(1.0);
    window.drag("Kayaks.jpg", "Sketches", egui::Modifiers::NONE);
    assert!(window.account.jobs.iter().any(|job| matches!(job, Job::Edit(_))), "from its name it is moved");
}
