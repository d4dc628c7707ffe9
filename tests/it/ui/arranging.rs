//! Rows in groups, in the list and in the grid: what hands and keys find there.

use super::acts::YEAR;
use super::made_up::now;
use super::{Window, made_up, plain};
use coffer_model::{
    DateGroup, Entry, GroupKey, Grouping, Listing, RemotePath, RowGroups, Settings, Sort, ViewMode,
};
use coffer_state::Command;
use eframe::egui::accesskit::Role;
use eframe::egui::{self, Key, Modifiers};
use egui_kittest::kittest::{NodeT, Queryable};
use jiff::tz::TimeZone;
use std::sync::Arc;

const SIZE: [f32; 2] = [1100.0, 700.0];

/// The rows as the worker would group them.
pub fn arranged(listing: &Arc<Listing>, sort: Sort) -> Arc<Listing> {
    if sort.grouping == Grouping::None {
        return Arc::clone(listing);
    }
    let key_of = |entry: &Entry| match sort.grouping {
        Grouping::None => None,
        Grouping::Kind => Some((entry.file_kind() as i64, GroupKey::Kind(entry.file_kind()))),
        Grouping::Date => {
            let date = date_group(entry);
            Some((date.0, GroupKey::Date(date.1)))
        }
    };
    let mut entries = listing.entries.clone();
    entries.sort_by_cached_key(|entry| key_of(entry).map(|key| key.0));
    let groups = RowGroups::new(entries.iter().filter_map(key_of).map(|key| key.1), None);
    Arc::new(Listing::new(entries, sort, true).with_groups(groups))
}

fn date_group(entry: &Entry) -> (i64, DateGroup) {
    let Some(modified) = entry.modified() else { return (i64::MAX, DateGroup::Unknown) };
    let [then, today] = [modified, now()].map(|time| time.to_zoned(TimeZone::UTC).date());
    let days = i64::from(then.until(today).unwrap().get_days());
    match days {
        0 => (0, DateGroup::Today),
        1 => (1, DateGroup::Yesterday),
        _ if then.month() == today.month() && then.year() == today.year() => (2, DateGroup::ThisMonth),
        _ if then.year() == today.year() => (20 - i64::from(then.month()), DateGroup::Month(then.month())),
        _ => (10_000 - i64::from(then.year()), DateGroup::Year(then.year())),
    }
}

fn grouped(view: ViewMode, grouping: Grouping) -> Window {
    let sort = Sort { grouping, ..Sort::default() };
    Window::open_at(SIZE, Settings { view, sort, ..plain() }, YEAR)
}

fn headings(window: &Window) -> Vec<String> {
    let all = window.harness.query_all_by_role(Role::Heading);
    let mut found: Vec<(i64, String)> = all
        .map(|node| (node.rect().min.y as i64, node.accesskit_node().label().unwrap_or_default()))
        .filter(|(_, label)| {
            label != "Folders" || window.state().folder_view().sort.grouping == Grouping::Kind
        })
        .collect();
    found.sort();
    found.into_iter().map(|(_, label)| label).collect()
}

fn names(window: &Window) -> Vec<String> {
    window.selected().into_iter().map(|path| path.rsplit('/').next().unwrap().to_owned()).collect()
}

#[test]
fn rows_are_grouped_by_keyboard_alone_and_keys_pass_over_the_headings() {
    for view in [ViewMode::List, ViewMode::Grid] {
        let mut window = grouped(view, Grouping::None);
        for key in [Key::F10, Key::ArrowDown, Key::Enter, Key::ArrowDown, Key::Enter] {
            window.press(key);
        }
        assert_eq!(window.state().folder_view().sort.grouping, Grouping::Kind, "{view:?}");
        assert!(headings(&window).contains(&"Pictures".to_owned()), "{view:?}: {:?}", headings(&window));
        window.press(Key::Home);
        assert_eq!(names(&window), ["Expedition 2026"], "{view:?}");
        let along = if view == ViewMode::List { Key::ArrowDown } else { Key::ArrowRight };
        for _ in 0..3 {
            window.press(along);
        }
        assert_eq!(names(&window), ["Fjord at dawn.jpg"], "{view:?}: over the heading of the pictures");
        window.press(Key::End);
        assert_eq!(names(&window), ["Interview.mp3"], "{view:?}");
        assert!(window.rect("Interview.mp3").max.y <= SIZE[1], "{view:?}: brought into view");
        window.press(Key::Home);
        let first = window.rect("Expedition 2026");
        let heading = window.harness.get_by_role_and_label(Role::Heading, "Folders").rect();
        assert!(heading.max.y <= first.min.y + 1.0 && heading.min.y > 0.0, "{view:?}: with its heading");
        window.harness.event(egui::Event::Text("k".to_owned()));
        window.settle();
        assert_eq!(names(&window), ["Kayaks.jpg"], "{view:?}");
    }
}

#[test]
fn rows_are_grouped_by_mouse_alone_and_a_heading_is_empty_space() {
    let mut window = grouped(ViewMode::List, Grouping::None);
    for label in ["Sort and view", "Group by", "Group by date"] {
        window.click(label);
    }
    assert_eq!(headings(&window)[..3], ["Today", "Yesterday", "Earlier this month"]);
    window.click("Fjord at dawn.jpg");
    let heading = window.center("Yesterday");
    for pressed in [true, false] {
        let (button, modifiers) = (egui::PointerButton::Primary, Modifiers::NONE);
        window.harness.event(egui::Event::PointerMoved(heading));
        window.harness.event(egui::Event::PointerButton { pos: heading, button, pressed, modifiers });
        window.harness.step();
    }
    window.settle();
    assert!(names(&window).is_empty(), "a click there selects nothing");

    let begin = egui::pos2(SIZE[0] - 30.0, heading.y);
    window.drag_points(begin, window.center("Mount Reva.webp"), Modifiers::NONE);
    let selected = names(&window);
    assert!(selected.contains(&"Mount Reva.webp".to_owned()), "{selected:?}");
    assert!(!selected.contains(&"Fjord at dawn.jpg".to_owned()), "{selected:?}");
}

#[test]
fn each_group_of_a_grid_begins_a_line_below_its_heading() {
    let mut window = grouped(ViewMode::Grid, Grouping::Kind);
    let (last_folder, picture) = (window.rect("Sketches"), window.rect("Fjord at dawn.jpg"));
    let heading = window.harness.get_by_role_and_label(Role::Heading, "Pictures").rect();
    assert!(last_folder.max.y <= heading.min.y && heading.max.y <= picture.min.y);
    assert!(picture.min.x < last_folder.min.x);
    window.click("Invoices");
    window.press(Key::ArrowDown);
    let heading = window.harness.get_by_role_and_label(Role::Heading, "Pictures").rect();
    assert!(window.rect(&names(&window)[0]).min.y > heading.min.y);
    assert!((window.rect(&names(&window)[0]).min.x - window.rect("Invoices").min.x).abs() < 1.0);
}

#[test]
fn a_folder_is_made_above_the_groups() {
    for view in [ViewMode::List, ViewMode::Grid] {
        let mut window = grouped(view, Grouping::Kind);
        window.press(Key::End);
        window.command(Command::NewFolder);
        let field = window.harness.get_by_label("Folder name").rect();
        let heading = window.harness.get_by_role_and_label(Role::Heading, "Folders").rect();
        assert!(field.max.y <= heading.max.y && field.min.y > 0.0, "{view:?}: {field:?} {heading:?}");
    }
}

#[test]
fn of_a_hundred_thousand_rows_in_groups_only_those_in_sight_are_drawn() {
    for (view, role) in [(ViewMode::List, Role::Row), (ViewMode::Grid, Role::ListItem)] {
        let sort = Sort { grouping: Grouping::Date, ..Sort::default() };
        let mut window = Window::closed(SIZE, Settings { view, sort, ..plain() }, "/Big");
        let mut entries = made_up::many("/Big", 100_000);
        entries.push(made_up::file("/Big/New.txt", 1, 1));
        let listing = Arc::new(made_up::complete(entries));
        window.account.listings.push((RemotePath::new("/Big"), listing));
        window.settle();
        assert_eq!(headings(&window), ["Today", "October"], "{view:?}");
        window.press(Key::End);
        assert_eq!(names(&window), ["Measurement 099999.csv"], "{view:?}");
        let drawn = window.harness.query_all_by_role(role).count();
        assert!((5..80).contains(&drawn), "{view:?}: {drawn}");
        assert!(window.rect("Measurement 099999.csv").max.y <= SIZE[1], "{view:?}");
        window.press(Key::Home);
        assert_eq!(names(&window), ["New.txt"], "{view:?}");
    }
}
