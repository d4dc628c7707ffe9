//! Pictures of the window in all its conditions.

use super::{Window, dark, light, made_up};
use coffer_model::{Settings, ViewMode};
use coffer_state::{Action, Command};
use eframe::egui::{self, Key, Modifiers};
use egui_kittest::kittest::Queryable;

const YEAR: &str = "/Photos/2026";

fn grid(settings: Settings) -> Settings {
    Settings { view: ViewMode::Grid, ..settings }
}

#[test]
fn list_and_grid_light_and_dark() {
    Window::open_at([1280.0, 800.0], light(), YEAR).save("list-light");
    Window::open_at([1280.0, 800.0], dark(), YEAR).save("list-dark");
    Window::open_at([1280.0, 800.0], grid(light()), YEAR).save("grid-light");
    Window::open_at([1280.0, 800.0], grid(dark()), YEAR).save("grid-dark");
}

#[test]
fn small_and_large_windows() {
    Window::open_at([1000.0, 640.0], light(), YEAR).save("small-light");
    Window::open_at([1000.0, 640.0], grid(dark()), YEAR).save("small-grid-dark");
    Window::open_at([1600.0, 1000.0], grid(light()), YEAR).save("large-grid-light");
    Window::open_at([720.0, 480.0], light(), YEAR).save("least-light");
}

#[test]
fn a_screen_with_four_times_the_pixels() {
    let mut window = Window::closed_at_scale(2.0, [720.0, 480.0], light(), YEAR);
    window.settle();
    window.click("Fjord at dawn.jpg");
    window.save("dense-list-light");
    window.act(Action::Command(Command::GridView));
    window.save("dense-grid-light");
}

#[test]
fn several_selected() {
    let mut window = Window::open_at([1280.0, 800.0], light(), YEAR);
    window.harness.get_by_label("Fjord at dawn.jpg").click();
    window.settle();
    window.harness.get_by_label("Portrait of Ida.jpg").click_modifiers(Modifiers::SHIFT);
    window.settle();
    window.harness.get_by_label("Budget.csv").hover();
    window.settle();
    window.save("selected-light");
}

#[test]
fn what_stands_in_place_of_rows() {
    let size = [1000.0, 640.0];
    Window::open_at(size, light(), "/Projects").save("empty-light");
    for (name, problem) in
        [("offline", made_up::offline()), ("no-access", made_up::no_access()), ("failed", made_up::failed())]
    {
        let mut window = Window::closed(size, dark(), "/Photos/Albums");
        window.account.problem = Some(problem);
        window.settle();
        window.save(&format!("{name}-dark"));
    }
    for (name, settings) in [("loading-light", light()), ("loading-grid-dark", grid(dark()))] {
        let mut window = Window::closed(size, settings, YEAR);
        window.account.silent = true;
        window.settle();
        window.wait(0.3);
        window.save(name);
    }
    let mut window = Window::open_at(size, light(), YEAR);
    window.act(Action::EditSearch("zeppelin".to_owned()));
    window.act(Action::SubmitSearch);
    window.save("nothing-found-light");
    window.act(Action::EditSearch("re".to_owned()));
    window.act(Action::SubmitSearch);
    window.save("found-light");
    window.act(Action::Command(Command::ShowDeleted));
    window.save("deleted-light");
    window.act(Action::Command(Command::ShowLinks));
    window.save("no-links-light");
}

#[test]
fn things_done_in_place() {
    let size = [1000.0, 640.0];
    let mut window = Window::open_at(size, light(), YEAR);
    window.harness.get_by_label("Mount Reva.webp").click();
    window.settle();
    window.harness.key_press(Key::F2);
    window.settle();
    window.save("rename-light");
    window.harness.key_press(Key::Escape);
    window.settle();
    window.act(Action::Command(Command::NewFolder));
    window.save("new-folder-light");
    window.harness.key_press(Key::Escape);
    window.settle();
    window.harness.get_by_label("Field notes.md").click_secondary();
    window.settle();
    window.save("menu-light");

    let mut window = Window::open_at(size, grid(dark()), YEAR);
    window.harness.get_by_label("Mount Reva.webp").click();
    window.settle();
    window.harness.key_press(Key::F2);
    window.settle();
    window.save("rename-grid-dark");
    window.harness.key_press(Key::Escape);
    window.settle();
    window.harness.get_by_label("Account: Local account").click();
    window.settle();
    window.save("account-menu-dark");
}

#[test]
fn things_dragged() {
    let size = [1000.0, 640.0];
    let mut window = Window::open_at(size, light(), YEAR);
    window.hover_files(&["a.jpg", "b.jpg", "c"], egui::pos2(500.0, 450.0));
    window.save("drop-light");
    window.hover_files(&["a.jpg", "b.jpg", "c"], egui::pos2(500.0, 140.0));
    window.save("drop-folder-light");

    let mut window = Window::open_at(size, dark(), YEAR);
    window.harness.get_by_label("Fjord at dawn.jpg").click();
    window.settle();
    window.harness.get_by_label("Badge.png").click_modifiers(Modifiers::SHIFT);
    window.settle();
    window.harness.drag_at(window.center("Mount Reva.webp"));
    window.harness.step();
    for step in 1..=4_u8 {
        let from = window.center("Mount Reva.webp");
        let to = window.center("Sketches");
        window.harness.hover_at(from + (to - from) * (f32::from(step) / 4.0));
        window.harness.step();
    }
    window.save("dragged-dark");

    let mut window = Window::open_at(size, grid(light()), YEAR);
    window.harness.drag_at(egui::pos2(985.0, 250.0));
    window.harness.step();
    for step in 1..=4_u8 {
        window.harness.hover_at(egui::pos2(985.0 - 100.0 * f32::from(step), 250.0 + 60.0 * f32::from(step)));
        window.harness.step();
    }
    window.save("rubber-band-light");
}
