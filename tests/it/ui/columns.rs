//! The columns of the list: shown and hidden, put elsewhere, made as wide as what they say.

use super::acts::YEAR;
use super::{Window, plain};
use coffer_model::SortColumn::{self, Kind, Modified, Size};
use eframe::egui::accesskit::Role;
use eframe::egui::{Key, Modifiers, Rect, vec2};
use egui_kittest::kittest::Queryable;

const SIZE: [f32; 2] = [1100.0, 700.0];

fn year() -> Window {
    Window::open_at(SIZE, plain(), YEAR)
}

fn heading(window: &Window, name: &str) -> Rect {
    window.harness.get_by_role_and_label(Role::ColumnHeader, name).rect()
}

fn shown(window: &Window) -> &[SortColumn] {
    &window.state().settings.columns
}

#[test]
fn a_column_is_hidden_and_shown_by_a_right_click_on_a_heading() {
    let mut window = year();
    let name_before = heading(&window, "Name").width();
    window.harness.get_by_role_and_label(Role::ColumnHeader, "Size").click_secondary();
    window.settle();
    window.click("Size column");
    assert_eq!(shown(&window), [Modified, Kind]);
    assert!(window.harness.query_by_role_and_label(Role::ColumnHeader, "Size").is_none());
    assert!(heading(&window, "Name").width() > name_before + 50.0, "the name takes its room");
    window.harness.get_by_role_and_label(Role::ColumnHeader, "Name").click_secondary();
    window.settle();
    window.click("Size column");
    assert_eq!(shown(&window), [Modified, Kind, Size]);
    assert!(heading(&window, "Size").min.x > heading(&window, "Kind").min.x);
}

#[test]
fn a_column_is_hidden_and_moved_by_keyboard_alone() {
    let mut window = year();
    for key in [Key::F10, Key::ArrowDown, Key::ArrowDown, Key::Enter, Key::ArrowDown, Key::Enter] {
        window.press(key);
    }
    assert_eq!(shown(&window), [Size, Kind]);
    for _ in 0..40 {
        window.press(Key::Tab);
        let kind = window.harness.get_by_role_and_label(Role::ColumnHeader, "Kind");
        if kind.is_focused() {
            break;
        }
    }
    window.harness.key_press_modifiers(Modifiers::SHIFT, Key::ArrowLeft);
    window.settle();
    assert_eq!(shown(&window), [Kind, Size]);
    assert!(window.selected().is_empty(), "the rows do not hear of it");
    window.harness.key_press_modifiers(Modifiers::SHIFT, Key::ArrowRight);
    window.settle();
    assert_eq!(shown(&window), [Size, Kind]);
}

#[test]
fn a_heading_that_is_dragged_takes_its_column_along_and_sorts_nothing() {
    let mut window = year();
    let sort = window.state().folder_view().sort;
    let (kind, size) = (heading(&window, "Kind"), heading(&window, "Size"));
    window.drag_points(kind.center(), size.left_center() + vec2(4.0, 0.0), Modifiers::NONE);
    assert_eq!(shown(&window), [Kind, Size, Modified]);
    assert!(heading(&window, "Kind").max.x <= heading(&window, "Size").min.x + 1.0);
    let (kind, modified) = (heading(&window, "Kind"), heading(&window, "Modified"));
    window.drag_points(kind.center(), modified.right_center() + vec2(8.0, 0.0), Modifiers::NONE);
    assert_eq!(shown(&window), [Size, Modified, Kind]);
    window.drag_points(
        heading(&window, "Modified").center(),
        heading(&window, "Modified").center() + vec2(20.0, 0.0),
        Modifiers::NONE,
    );
    assert_eq!(shown(&window), [Size, Modified, Kind], "on its own place");
    assert_eq!(window.state().folder_view().sort, sort);
}

#[test]
fn a_double_click_on_an_edge_fits_the_column_and_a_size_keeps_its_unit() {
    let mut window = year();
    let widths = |window: &Window| window.state().settings.column_widths;
    let before = widths(&window);
    let fit = |window: &mut Window, name: &str| {
        // Clicks that follow each other soon belong together.
        window.wait(1.0);
        window.double_click(&format!("Width of column “{name}”"), Role::Splitter);
    };
    fit(&mut window, "Kind");
    fit(&mut window, "Modified");
    let fitted = widths(&window);
    assert!(fitted.kind < before.kind && fitted.modified < before.modified, "{fitted:?}");
    fit(&mut window, "Modified");
    assert_eq!(widths(&window), fitted, "once is enough");

    let edge = window.harness.get_by_label("Width of column “Size”").rect().center();
    window.drag_points(edge, edge + vec2(300.0, 0.0), Modifiers::NONE);
    assert!((widths(&window).size - 80.0).abs() < 0.5, "{:?}", widths(&window));
}
