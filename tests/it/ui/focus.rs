//! Who has the keyboard when another place is shown, and that it can be seen.

use super::acts::YEAR;
use super::dialogs::focused;
use super::{Window, light};
use coffer_state::Command;
use eframe::egui::Key;
use eframe::egui::accesskit::Role;
use egui_kittest::kittest::Queryable;

const SIZE: [f32; 2] = [1100.0, 760.0];

fn on_a_button() -> Window {
    let mut window = Window::open_at(SIZE, light(), YEAR);
    window.harness.get_by_role_and_label(Role::Button, "Upload").focus();
    window.settle();
    window
}

#[test]
fn the_cursor_is_on_a_row_when_the_tab_key_leads_to_the_rows() {
    let mut window = on_a_button();
    let mut stops = Vec::new();
    while window.state().browser.selection.cursor.is_none() && stops.len() < 60 {
        window.press(Key::Tab);
        window.settle();
        stops.push(focused(&window));
    }
    assert!(window.state().browser.selection.cursor.is_some(), "the rows are none of the stops: {stops:?}");
    assert!(window.selected().is_empty(), "to see where one is selects nothing");
}

#[test]
fn the_rows_of_another_place_take_the_keyboard_from_a_button() {
    let mut window = on_a_button();
    window.command(Command::Home);
    window.settle();
    assert_eq!(focused(&window), "Files");
    window.press(Key::ArrowDown);
    assert_eq!(window.selected().len(), 1);
}

#[test]
fn the_rows_of_the_other_pane_take_the_keyboard_from_a_button() {
    let mut window = on_a_button();
    window.command(Command::TogglePanes);
    window.settle();
    window.harness.get_by_role_and_label(Role::Button, "Upload").focus();
    window.settle();
    window.press(Key::F6);
    window.settle();
    assert_eq!(focused(&window), "Files");
}

#[test]
fn the_size_of_pictures_in_the_grid_is_set_by_its_slider() {
    let mut window = Window::open_at(SIZE, light(), YEAR);
    window.command(Command::GridView);
    window.settle();
    let before = window.state().folder_view().grid_points;
    window.harness.get_by_role_and_label(Role::Slider, "Size of pictures").focus();
    window.settle();
    window.press(Key::ArrowRight);
    let larger = window.state().folder_view().grid_points;
    assert!(larger > before, "{before} became {larger}");
    window.harness.get_by_role_and_label(Role::Slider, "Size of pictures").click();
    window.settle();
    assert!(
        (window.state().folder_view().grid_points - 152.0).abs() < 8.0,
        "its middle is that of the sizes"
    );
}
