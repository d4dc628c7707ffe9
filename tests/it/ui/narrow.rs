//! Small windows, and a large one at 200 %: nothing lies over anything else, and all can still be reached.

use super::acts::YEAR;
use super::{Window, light};
use coffer_model::{SortColumn, ViewMode};
use coffer_state::{Action, Command, Focus};
use eframe::egui::accesskit::Role;
use eframe::egui::{Key, Modifiers, Rect, pos2};
use egui_kittest::kittest::{NodeT as _, Queryable};

/// The smallest window, and one of 1300 × 850 at 200 %.
const SMALL: [[f32; 2]; 2] = [[720.0, 480.0], [650.0, 425.0]];

/// What can be pressed in the header.
fn header(window: &Window) -> Vec<(String, Rect)> {
    let side_bar = window.state().settings.side_bar_width;
    let root = window.harness.root();
    let nodes = root.children_recursive().filter(|node| {
        let role = node.accesskit_node().role();
        let can_be_pressed = matches!(role, Role::Button | Role::Link | Role::RadioButton);
        can_be_pressed && node.rect().center().y < 48.0 && node.rect().center().x > side_bar
    });
    nodes.map(|node| (node.accesskit_node().label().unwrap_or_default(), node.rect())).collect()
}

fn check_header(window: &Window, size: [f32; 2]) {
    let parts = header(window);
    for (index, (name, rect)) in parts.iter().enumerate() {
        assert!(rect.max.x <= size[0], "{name} is cut at {size:?}");
        for (other, beside) in &parts[index + 1..] {
            let both = rect.intersect(*beside);
            assert!(!both.is_positive(), "{name} and {other} lie over each other at {size:?}");
        }
    }
}

#[test]
fn in_the_header_nothing_lies_over_anything_and_the_path_stays() {
    let folder = format!("{YEAR}/Expedition 2026");
    let widths = [560.0, 650.0, 720.0, 800.0, 860.0, 900.0, 1000.0, 1300.0];
    for size in widths.map(|width| [width, 480.0]) {
        let window = Window::open_at(size, light(), &folder);
        check_header(&window, size);
        let names: Vec<String> = header(&window).into_iter().map(|(name, _)| name).collect();
        for name in ["Back", "Expedition 2026", "Sort and view", "Transfers"] {
            assert!(names.iter().any(|it| it == name), "{name} is not there at {size:?}: {names:?}");
        }
    }
    let width = |size| {
        let window = Window::open_at(size, light(), &folder);
        header(&window).into_iter().find(|(name, _)| name == "Expedition 2026").unwrap().1.width()
    };
    let whole = width([1300.0, 850.0]);
    assert!((width(SMALL[0]) - whole).abs() < 0.5, "the last folder is whole at {:?}", SMALL[0]);
}

#[test]
fn the_first_transfer_moves_nothing_in_the_header() {
    let mut window = Window::open_at([1280.0, 800.0], light(), YEAR);
    let before = header(&window);
    window.download("Archive 2025.zip");
    assert_eq!(header(&window).len(), before.len());
    for ((name, rect), (_, was)) in header(&window).into_iter().zip(before) {
        assert!((rect.min.x - was.min.x).abs() < 0.5, "{name} has moved");
    }
}

#[test]
fn without_room_beside_the_rows_the_details_open_over_them() {
    for size in SMALL {
        let mut window = Window::open_at(size, light(), YEAR);
        assert!(window.harness.query_by_label("Show versions").is_none());
        assert!(!window.state().is_inspector_open());
        for key in [(Modifiers::COMMAND, Key::I), (Modifiers::NONE, Key::F4)] {
            window.select("Fjord at dawn.jpg");
            window.chord(key.0, key.1);
            assert!(window.state().is_inspector_over());
            let region = window.harness.get_by_role_and_label(Role::Region, "Details").rect();
            assert!(region.max.x <= size[0] && region.max.y <= size[1], "{region:?}");
            // The arrows still go through the rows.
            window.press(Key::ArrowDown);
            assert_eq!(window.state().focus, Focus::Content);
            assert_ne!(window.selected(), [format!("{YEAR}/Fjord at dawn.jpg")]);
            let selected = window.selected();
            window.press(Key::Escape);
            assert!(!window.state().is_inspector_over());
            assert_eq!(window.selected(), selected, "the next press of Esc leaves the selection");
        }
        window.command(Command::ToggleInspector);
        let beside = pos2(window.state().settings.side_bar_width + 20.0, size[1] - 60.0);
        let selected = window.selected();
        window.harness.drag_at(beside);
        window.harness.drop_at(beside);
        window.settle();
        assert!(!window.state().is_inspector_over());
        assert_eq!(window.selected(), selected, "the press did nothing else");
        window.command(Command::ToggleInspector);
        window.act(Action::Command(Command::Up));
        assert!(!window.state().is_inspector_over(), "it does not cover the rows of another folder");
        assert!(
            light().inspector_open && window.state().settings.inspector_open,
            "the setting is of wide windows"
        );
    }
}

#[test]
fn rows_are_sorted_with_the_mouse_in_the_smallest_window() {
    let mut window = Window::open_at(SMALL[0], light(), YEAR);
    window.act(Action::Command(Command::GridView));
    assert_eq!(window.state().folder_view().view, ViewMode::Grid);
    window.click("Sort and view");
    window.click("Sort by");
    window.harness.get_by_role_and_label(Role::MenuItemRadio, "Sort by size").click();
    window.settle();
    assert_eq!(window.state().folder_view().sort.column, SortColumn::Size);
    window.click("Sort and view");
    window.harness.get_by_role_and_label(Role::MenuItemRadio, "Details").click();
    window.settle();
    assert!(window.state().is_inspector_over());
}

#[test]
fn the_edge_of_a_side_panel_is_caught_on_its_line_and_a_little_beside_it() {
    for beside in [-3.0, 0.0, 3.0] {
        let mut window = Window::open_at([1280.0, 800.0], light(), YEAR);
        let settings = &window.state().settings;
        let (side_bar, inspector) = (settings.side_bar_width, settings.inspector_width);
        let mut drag = |x: f32, by: f32| {
            window.drag_points(pos2(x + beside, 300.0), pos2(x + by, 300.0), Modifiers::NONE);
        };
        drag(side_bar, 40.0);
        drag(1280.0 - inspector, -40.0);
        let settings = &window.state().settings;
        assert!((settings.side_bar_width - side_bar - 40.0).abs() < 1.5, "{}", settings.side_bar_width);
        assert!((settings.inspector_width - inspector - 40.0).abs() < 1.5, "{}", settings.inspector_width);
        assert!(window.selected().is_empty(), "no row took the press");
    }
}
