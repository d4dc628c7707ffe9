//! What holds for every dialog.

use super::acts::YEAR;
use super::past::past_window;
use super::{Window, light};
use coffer_state::action::DialogAction;
use coffer_state::{Action, Command};
use coffer_texts::stretch_texts_of_thread;
use eframe::egui::{Key, Rect, pos2};
use egui_kittest::kittest::NodeT;

/// A dialog, and what opens it.
type OpenDialog = (&'static str, fn(&mut Window));

const DIALOGS: [OpenDialog; 16] = [
    ("versions", |window| select_and(window, Command::Versions)),
    ("comparison", |window| {
        select_and(window, Command::Versions);
        window.dialog(DialogAction::SelectRevision(2));
        window.dialog(DialogAction::CompareWithCurrent);
    }),
    ("no link", |window| select_and(window, Command::Share)),
    ("link", |window| {
        select_and(window, Command::Share);
        window.click("Create link");
    }),
    ("accounts", |window| window.command(Command::Account)),
    ("sign-in", |window| {
        window.command(Command::Account);
        window.click("Dropbox");
    }),
    ("upload", Window::drop_folder),
    ("move", Window::move_onto_taken_names),
    ("folder", |window| select_and(window, Command::MoveTo)),
    ("rename many", Window::rename_pictures),
    ("select", |window| window.command(Command::SelectPattern)),
    ("large copy", |window| window.copy_large_folder(8_100_000_000)),
    ("program", Window::open_program),
    ("settings", |window| window.command(Command::Settings)),
    ("guide", |window| window.command(Command::Guide)),
    ("quit", |window| {
        window.start_transfers(4, 10);
        window.act(Action::AskToQuit);
    }),
];

fn select_and(window: &mut Window, command: Command) {
    window.select("Fjord at dawn.jpg");
    window.command(command);
}

#[test]
fn tab_goes_through_the_controls_of_a_line_from_left_to_right() {
    for (name, open) in DIALOGS {
        let mut window = Window::open_at([1000.0, 640.0], light(), YEAR);
        open(&mut window);
        window.wait(0.3);
        let stops = tab_stops(&mut window);
        assert!(stops.len() > 1, "{name} has nothing to go to: {stops:?}");
        for ((before, from), (after, to)) in stops.iter().zip(&stops[1..]) {
            let same_line = (from.center().y - to.center().y).abs() < 2.0;
            assert!(!same_line || from.min.x < to.min.x, "{name}: Tab goes back from {before} to {after}");
        }
    }
}

#[test]
fn every_dialog_fits_into_the_smallest_window_also_with_longer_texts() {
    let smallest = [720.0, 480.0];
    let screen = Rect::from_min_size(pos2(0.0, 0.0), smallest.into());
    let fits = |name: &str, window: &mut Window| {
        let stops = tab_stops(window);
        assert!(stops.len() > 1, "{name} has nothing to go to: {stops:?}");
        for (control, rect) in stops {
            assert!(screen.contains_rect(rect), "{name}: {control} is out of sight: {rect:?}");
        }
    };
    for (name, open) in DIALOGS {
        let mut window = Window::open_at(smallest, light(), YEAR);
        open(&mut window);
        window.wait(0.3);
        fits(name, &mut window);
        stretch_texts_of_thread(true);
        fits(name, &mut window);
        stretch_texts_of_thread(false);
    }
    let mut window = past_window(smallest, light());
    window.command(Command::BringBack);
    window.wait(0.3);
    fits("bring back", &mut window);
    stretch_texts_of_thread(true);
    fits("bring back", &mut window);
}

/// What Tab leads to until it comes round, from the top: names and where they are.
fn tab_stops(window: &mut Window) -> Vec<(String, Rect)> {
    let mut stops: Vec<(String, Rect)> = Vec::new();
    for _ in 0..60 {
        window.press(Key::Tab);
        let nodes = window.harness.root().children_recursive();
        let Some(node) = nodes.into_iter().find(|node| node.accesskit_node().is_focused()) else { continue };
        let stop = (node.accesskit_node().label().unwrap_or_default(), node.rect());
        if stops.first() == Some(&stop) {
            break;
        }
        stops.push(stop);
    }
    let top = (0..stops.len()).min_by(|one, other| stops[*one].1.min.y.total_cmp(&stops[*other].1.min.y));
    stops.rotate_left(top.unwrap_or(0));
    stops
}
