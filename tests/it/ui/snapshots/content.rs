//! The content area: rows and tiles, what is there instead of them, and what is done in place.

use super::{LARGE, LEAST, SMALL, compare, compare_in_both_themes, compare_window};
use crate::ui::acts::YEAR;
use crate::ui::{Window, dark, light, made_up};
use coffer_model::settings::{Bookmark, KeptSearches, SavedSearch};
use coffer_model::{
    Event, Grouping, Job, Outcome, Problem, ProblemKind, RemotePath, Settings, Sort, SortColumn, ViewMode,
};
use coffer_state::{Action, Command};
use eframe::egui::accesskit::Role;
use eframe::egui::{self, Key, Modifiers};
use egui_kittest::kittest::Queryable;

fn search(window: &mut Window, query: &str) {
    window.act(Action::EditSearch(query.to_owned()));
    window.act(Action::SubmitSearch);
}

#[test]
fn a_list_with_a_selected_file() {
    compare_in_both_themes("list", SMALL, ViewMode::List, |window| window.select("Fjord at dawn.jpg"));
}

#[test]
fn a_grid_of_pictures() {
    compare_in_both_themes("grid", SMALL, ViewMode::Grid, |_| {});
}

#[test]
fn the_menu_of_the_view() {
    compare("view-menu-light", SMALL, light(), |window| {
        window.press(Key::F10);
        window.wait(0.3);
    });
    compare("view-menu-grid-dark", SMALL, Settings { view: ViewMode::Grid, ..dark() }, |window| {
        window.press(Key::F10);
        window.wait(0.3);
    });
}

#[test]
fn the_menu_of_the_view_of_a_folder_that_has_its_own_in_the_smallest_window() {
    compare("view-menu-own-least-light", LEAST, light(), |window| {
        window.command(Command::GridView);
        window.press(Key::F10);
        window.wait(0.3);
    });
}

#[test]
fn the_menu_of_the_view_and_that_of_the_columns_in_the_smallest_window() {
    compare("view-menu-least-dark", LEAST, dark(), |window| {
        window.press(Key::F10);
        window.wait(0.3);
    });
    compare("columns-least-light", LEAST, light(), |window| {
        window.act(Action::MoveColumn { column: SortColumn::Size, before: None });
        window.harness.get_by_role_and_label(Role::ColumnHeader, "Modified").click_secondary();
        window.settle();
        window.wait(0.3);
    });
}

#[test]
fn a_heading_that_is_being_dragged() {
    compare("heading-drag-light", SMALL, light(), |window| {
        let center = |window: &Window, name| {
            window.harness.get_by_role_and_label(Role::ColumnHeader, name).rect().center()
        };
        let (from, to) = (center(window, "Modified"), center(window, "Size") - egui::vec2(12.0, 0.0));
        window.harness.drag_at(from);
        for step in 1..=4_u8 {
            window.harness.step();
            window.harness.hover_at(from + (to - from) * (f32::from(step) / 4.0));
        }
        window.harness.step();
    });
}

#[test]
fn compact_and_roomy_rows_and_no_side_bar() {
    compare("list-compact-dark", SMALL, dark(), |window| {
        window.command(Command::CompactRows);
        window.select("Fjord at dawn.jpg");
    });
    compare("list-roomy-light", SMALL, light(), |window| {
        window.command(Command::RoomyRows);
        window.command(Command::ToggleSideBar);
        window.select("Fjord at dawn.jpg");
    });
}

fn grouped(settings: Settings, grouping: Grouping) -> Settings {
    Settings { sort: Sort { grouping, ..Sort::default() }, ..settings }
}

#[test]
fn a_folder_that_is_unfolded_in_its_place() {
    compare("unfolded-light", SMALL, light(), |window| {
        window.press(Key::Home);
        window.press(Key::ArrowRight);
        window.press(Key::ArrowDown);
        window.wait(0.3);
    });
    compare("unfolded-least-dark", LEAST, grouped(dark(), Grouping::Kind), |window| {
        window.press(Key::Home);
        window.press(Key::ArrowRight);
        window.wait(0.3);
    });
}

#[test]
fn rows_in_groups() {
    compare("groups-light", SMALL, grouped(light(), Grouping::Date), |window| {
        window.select("Fjord at dawn.jpg");
        window.harness.get_by_label("Mount Reva.webp").click_modifiers(Modifiers::SHIFT);
        window.settle();
    });
    let grid = Settings { view: ViewMode::Grid, ..grouped(dark(), Grouping::Kind) };
    compare("groups-grid-dark", SMALL, grid, |window| window.select("Fjord at dawn.jpg"));
    compare("groups-least-dark", LEAST, grouped(dark(), Grouping::Kind), |_| {});
}

#[test]
fn the_smallest_window() {
    compare("list-least-light", LEAST, light(), |_| {});
}

#[test]
fn a_large_window() {
    compare("grid-large-dark", LARGE, Settings { view: ViewMode::Grid, ..dark() }, |window| {
        window.select("Mount Reva.webp");
    });
}

#[test]
fn several_selected_files_and_the_pointer_over_another() {
    compare("several-light", SMALL, light(), |window| {
        window.select("Fjord at dawn.jpg");
        window.harness.get_by_label("Portrait of Ida.jpg").click_modifiers(Modifiers::SHIFT);
        window.settle();
        window.harness.get_by_label("Budget.csv").hover();
        window.wait(0.3);
    });
}

#[test]
fn a_folder_that_is_loading() {
    let mut window = Window::closed(SMALL, light(), YEAR);
    window.account.silent = true;
    compare_window("loading-light", &mut window, |window| {
        window.settle();
        window.wait(0.3);
    });
}

#[test]
fn an_empty_folder() {
    compare_window("empty-light", &mut Window::open_at(SMALL, light(), "/Projects"), |_| {});
}

#[test]
fn a_folder_that_cannot_be_reached() {
    let mut window = Window::closed(SMALL, dark(), "/Photos/Albums");
    window.account.problem = Some(made_up::offline());
    compare_window("offline-dark", &mut window, Window::settle);
}

#[test]
fn an_account_that_was_never_reached() {
    let mut window = Window::closed(SMALL, light(), "");
    window.account.is_away = true;
    compare_window("away-light", &mut window, |window| {
        window.settle();
        window.wait(1.0);
    });
}

#[test]
fn a_network_that_wants_a_sign_in() {
    let mut window = Window::closed(SMALL, light(), "/Photos/Albums");
    window.account.problem = Some(made_up::network_sign_in());
    compare_window("network-sign-in-light", &mut window, Window::settle);
}

#[test]
fn what_a_search_found() {
    compare_in_both_themes("search", SMALL, ViewMode::List, |window| {
        window.account.found_inside = vec!["Budget.csv", "Ascent.rs"];
        search(window, "re kind:picture");
        window.press(Key::ArrowDown);
    });
}

#[test]
fn a_search_in_the_smallest_window_with_a_filter_that_is_not_understood() {
    compare("search-least-light", LEAST, light(), |window| search(window, "re size:huge in:/Photos"));
}

#[test]
fn a_search_that_found_nothing() {
    compare("nothing-found-dark", SMALL, dark(), |window| search(window, "zeppelin"));
}

fn with_searches(settings: Settings) -> Settings {
    let saved =
        [("Large papers", "kind:pdf size:>1MB in:/Documents"), ("Pictures of this year", "re kind:picture")];
    let saved = saved.map(|(name, query)| SavedSearch { name: name.to_owned(), query: query.to_owned() });
    let recent = ["kayak", "fjord modified:this-year", "annual report in:\"/Documents/Old papers\" -draft"];
    let kept = KeptSearches { recent: recent.map(str::to_owned).to_vec(), saved: saved.to_vec() };
    Settings { searches: [("local".to_owned(), kept)].into(), ..settings }
}

#[test]
fn saved_and_recent_searches() {
    compare("saved-searches-light", SMALL, with_searches(light()), |window| {
        search(window, "re kind:picture");
        window.harness.get_by_role_and_label(Role::Tab, "Large papers").hover();
        window.wait(0.1);
    });
    compare("saved-searches-least-dark", LEAST, with_searches(dark()), |window| {
        search(window, "zeppelin");
        window.act(Action::Command(Command::SaveSearch));
    });
    compare("recent-searches-light", SMALL, with_searches(light()), |window| {
        window.act(Action::Command(Command::Find));
        window.press(Key::ArrowDown);
    });
}

fn with_bookmarks(settings: Settings) -> Settings {
    let paths =
        ["/Photos/2026", "/Documents/Old papers", "/Photos/2026/Kayaks.jpg", "/Documents/Annual report.pdf"];
    let bookmark = |path: &str| Bookmark { path: RemotePath::new(path), is_file: path.contains('.') };
    let bookmarks = [("local".to_owned(), paths.map(bookmark).to_vec())].into();
    with_searches(Settings { bookmarks, ..settings })
}

#[test]
fn bookmarks_in_the_side_bar() {
    compare("bookmarks-light", SMALL, with_bookmarks(light()), |window| {
        window.harness.get_by_role_and_label(Role::Tab, "Old papers").hover();
        window.wait(0.1);
    });
    compare("bookmarks-dark", SMALL, with_bookmarks(dark()), |window| {
        let row = window.grip("Sketches");
        let bookmark = window.harness.get_by_role_and_label(Role::Tab, "Old papers").rect();
        window.harness.drag_at(row);
        window.harness.step();
        window.harness.hover_at(bookmark.center_top());
        window.harness.run_steps(3);
    });
    compare("bookmarks-first-light", SMALL, light(), |window| {
        let row = window.grip("Sketches");
        window.harness.drag_at(row);
        window.harness.step();
        window.harness.hover_at(egui::pos2(130.0, SMALL[1] - 130.0));
        window.harness.run_steps(3);
    });
}

fn filter(window: &mut Window, text: &str) {
    window.act(Action::Command(Command::Filter));
    window.harness.get_by_role_and_label(Role::TextInput, "Filter").type_text(text);
    window.settle();
}

#[test]
fn rows_that_are_narrowed() {
    compare("filter-light", SMALL, light(), |window| filter(window, "jpg"));
    compare("filter-dark", SMALL, Settings { view: ViewMode::Grid, ..dark() }, |window| {
        filter(window, "a j");
    });
    compare("filter-least-light", LEAST, light(), |window| filter(window, "2026"));
}

#[test]
fn a_filter_that_leaves_nothing() {
    compare("filter-none-light", SMALL, light(), |window| filter(window, "zeppelin"));
}

#[test]
fn going_to_anything() {
    compare_in_both_themes("go-to", SMALL, ViewMode::List, |window| {
        window.harness.key_press_modifiers(Modifiers::COMMAND, Key::P);
        window.settle();
        window.harness.get_by_role_and_label(Role::TextInput, "Go to anything").type_text("ph26");
        window.settle();
        window.press(Key::ArrowDown);
    });
}

#[test]
fn a_name_that_is_being_edited() {
    compare("rename-light", SMALL, light(), |window| {
        window.select("Mount Reva.webp");
        window.harness.key_press(Key::F2);
        window.settle();
    });
}

#[test]
fn the_menu_of_a_file() {
    compare("menu-dark", SMALL, dark(), |window| {
        window.harness.get_by_label("Field notes.md").click_secondary();
        window.settle();
    });
}

#[test]
fn the_menu_of_a_folder_after_a_delete() {
    compare("menu-undo-light", SMALL, light(), |window| {
        window.select("Budget.csv");
        window.command(Command::Delete);
        window.command(Command::ClearSelection);
        window.harness.get_by_label("More actions").click();
        window.settle();
    });
}

#[test]
fn files_of_another_program_over_the_window() {
    compare("drop-light", SMALL, light(), |window| {
        window.hover_files(&["a.jpg", "b.jpg", "c"], egui::pos2(500.0, 450.0));
    });
}

#[test]
fn a_banner_with_more_words_than_room() {
    compare("banner-least-dark", LEAST, Settings { view: ViewMode::Grid, ..dark() }, |window| {
        let session = window.account.id_of(|job| matches!(job, Job::Session(_)));
        let problem = Problem::new(
            ProblemKind::SignedOut,
            "The settings don’t say which account you chose, so it is the local one",
            "Your sign-in has expired. Sign in again to continue; nothing is lost.",
        );
        window.account.tell(Event::Finished { id: session, outcome: Outcome::Failed(problem) });
        window.settle();
        window.wait(0.3);
    });
}

#[test]
fn the_team_space_of_a_member() {
    for (name, settings) in [("team-light", light()), ("team-dark", dark())] {
        compare_window(name, &mut Window::of_member(SMALL, settings), |window| {
            window.command(Command::Up);
            window.select("Handbook");
            window.wait(0.3);
        });
    }
}

#[test]
fn the_folder_of_a_member_as_tiles() {
    let settings = Settings { view: ViewMode::Grid, ..light() };
    compare_window("team-grid-light", &mut Window::of_member(SMALL, settings), |window| window.wait(0.3));
}

#[test]
fn a_folder_that_may_only_be_viewed_with_files_over_it() {
    compare_window("team-view-only-dark", &mut Window::of_member(SMALL, dark()), |window| {
        window.act(Action::Go(coffer_state::Location::Folder(coffer_model::RemotePath::new("/Handbook"))));
        window.hover_files(&["a.jpg"], egui::pos2(500.0, 450.0));
    });
}
