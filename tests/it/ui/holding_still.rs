//! Rows stay where they are under the pointer, whatever comes and goes around them.

use super::made_up::{complete, file, many, offline};
use super::{Window, plain};
use coffer_model::message::Update;
use coffer_model::{Job, RemotePath, Settings, ViewMode};
use coffer_state::{Action, Command};
use eframe::egui::accesskit::Role;
use eframe::egui::{self, Event, Modifiers, PointerButton, pos2, vec2};
use egui_kittest::kittest::{NodeT, Queryable};
use std::sync::Arc;

const SIZE: [f32; 2] = [1100.0, 700.0];
const MANY: &str = "/Photos/2026/Many";
/// Far above and far below the rows that are looked at.
const FIRST: &str = "/Photos/2026/Many/A first one.csv";
const LAST: &str = "/Photos/2026/Many/Z last one.csv";

fn scrolled(view: ViewMode) -> Window {
    let mut window = Window::open_at(SIZE, Settings { view, ..plain() }, MANY);
    window.harness.hover_at(pos2(500.0, 400.0));
    window.harness.event(Event::MouseWheel {
        unit: egui::MouseWheelUnit::Point,
        delta: vec2(0.0, -5_013.0),
        phase: egui::TouchPhase::Move,
        source: egui::MouseWheelSource::Wheel,
        modifiers: Modifiers::NONE,
    });
    window.settle();
    window
}

/// Other rows are listed, as when files arrive or are deleted elsewhere.
fn list(window: &mut Window, add: &[&str], without: usize) {
    let mut entries = many(MANY, 5000).split_off(without);
    for path in add {
        let place = if *path == FIRST { 0 } else { entries.len() };
        entries.insert(place, file(path, 900, 5));
    }
    let listing = Arc::new(complete(entries));
    let known = window.account.listings.iter_mut().find(|(path, _)| *path == RemotePath::new(MANY)).unwrap();
    known.1 = listing;
    window.act(Action::Command(Command::Refresh));
}

/// A row in the middle of those that are seen.
fn middle_row(window: &Window) -> String {
    let role = if window.state().folder_view().view == ViewMode::List { Role::Row } else { Role::ListItem };
    let rows = window.harness.get_all_by_role(role);
    let row = rows.into_iter().find(|row| row.rect().center().y > 300.0).unwrap();
    row.accesskit_node().label().unwrap()
}

#[test]
fn rows_that_come_and_go_above_those_that_are_seen_do_not_move_them() {
    for view in [ViewMode::List, ViewMode::Grid] {
        let mut window = scrolled(view);
        let row = middle_row(&window);
        let place = window.rect(&row);
        list(&mut window, &[FIRST, LAST], 0);
        // A grid has whole lines only, so that a cell may go to the next one.
        let moved = (window.rect(&row).min.y - place.min.y).abs();
        let line = if view == ViewMode::Grid { place.height() + 40.0 } else { 0.5 };
        assert!(moved <= line, "{view:?}: {moved}");
        list(&mut window, &[], 60);
        let moved = (window.rect(&row).min.y - place.min.y).abs();
        assert!(moved <= line, "{view:?}, 60 fewer: {moved}");
    }
}

#[test]
fn at_the_top_what_comes_first_is_seen() {
    let mut window = Window::open_at(SIZE, plain(), MANY);
    list(&mut window, &[FIRST], 0);
    assert!(window.state().browser.scroll_top <= 0.0);
    window.rect("A first one.csv");
}

#[test]
fn a_banner_moves_no_row_when_it_comes_and_goes() {
    for view in [ViewMode::List, ViewMode::Grid] {
        let mut window = scrolled(view);
        let row = middle_row(&window);
        let place = window.rect(&row);
        let session = window.account.id_of(|job| matches!(job, Job::Session(_)));
        window.account.update(session, Update::Outage(Some(offline())));
        window.settle();
        window.rect("Retry");
        assert_eq!(window.rect(&row), place, "{view:?}");
        window.account.update(session, Update::Outage(None));
        window.settle();
        assert_eq!(window.rect(&row), place, "{view:?}, connected again");
    }
}

#[test]
fn a_second_press_on_another_row_opens_nothing() {
    let mut window = Window::open_at(SIZE, plain(), "/Photos/2026");
    let place = window.center("Expedition 2026");
    let click = |window: &mut Window| {
        for pressed in [true, false] {
            let event = Event::PointerButton {
                pos: place,
                button: PointerButton::Primary,
                pressed,
                modifiers: Modifiers::NONE,
            };
            window.harness.event(event);
            window.harness.step();
        }
    };
    window.harness.hover_at(place);
    click(&mut window);
    // Another folder is first now, at the same place.
    let year = RemotePath::new("/Photos/2026");
    let known = window.account.listings.iter_mut().find(|(path, _)| *path == year).unwrap();
    let mut entries = known.1.entries.clone();
    entries.insert(0, super::made_up::folder("/Photos/2026/A new folder"));
    known.1 = Arc::new(complete(entries));
    window.act(Action::Command(Command::Refresh));
    assert!(window.rect("A new folder").contains(place));
    click(&mut window);
    window.settle();
    assert_eq!(window.state().navigation.current().folder(), Some(&year));
    assert_eq!(window.selected(), ["/Photos/2026/A new folder"]);
}
