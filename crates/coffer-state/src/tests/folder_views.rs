//! Each folder is shown as it was left, and all as one of them when the person says so.

use super::{Script, entry, listing};
use crate::saved_settings::OWN_VIEW_LIMIT;
use crate::{Action, Command, Location};
use coffer_model::{Grouping, Job, Listing, Settings, Sort, SortColumn, Update, ViewMode};
use std::sync::Arc;

/// "grid by Size, descending": how the folder that is shown looks.
fn view(script: &Script) -> String {
    let shown = script.state.folder_view();
    let mode = if shown.view == ViewMode::Grid { "grid" } else { "list" };
    let descending = if shown.sort.descending { ", descending" } else { "" };
    format!("{mode} by {:?}{descending}", shown.sort.column)
}

/// The order in which a folder is asked for.
fn order_asked_for(script: &Script, folder: &str) -> SortColumn {
    let asked = script.running.iter().rev().find_map(|(_, job)| match job {
        Job::List { path, sort } if path.as_str() == folder => Some(sort.column),
        _ => None,
    });
    asked.expect("it is asked for")
}

#[test]
fn a_change_is_of_the_folder_that_is_shown_and_is_there_again_later() {
    let mut script = Script::at_home("Photos/ a");
    script.command(Command::GridView).command(Command::SortBySize).command(Command::ZoomIn);
    assert_eq!(view(&script), "grid by Size, descending");
    script.go("/Photos");
    assert_eq!(
        (view(&script).as_str(), order_asked_for(&script, "/Photos")),
        ("list by Name", SortColumn::Name)
    );
    script.command(Command::SortByModified).command(Command::Back);
    assert_eq!(view(&script), "grid by Size, descending");
    assert_eq!(script.state.folder_view().grid_points.to_string(), "160");
    script.go("/photos");
    assert_eq!(order_asked_for(&script, "/photos"), SortColumn::Modified, "whatever the case of its letters");

    let settings: Settings = script.state.settings.clone();
    let again = Script::with(settings);
    assert_eq!(view(&again), "grid by Size, descending", "also after a restart");
}

#[test]
fn one_view_is_used_for_all_and_a_folder_is_reset_to_it() {
    let mut script = Script::at_home("Photos/");
    script.go("/Photos").command(Command::GridView);
    script.go("/Docs").command(Command::SortBySize);
    assert!(Command::ResetView.is_enabled(&script.state));
    script.command(Command::UseViewForAll);
    for folder in ["/Photos", "/Docs", "/Other"] {
        script.go(folder);
        assert_eq!(view(&script), "list by Size, descending", "{folder}");
        assert!(!Command::ResetView.is_enabled(&script.state), "{folder}");
    }
    assert!(!Command::UseViewForAll.is_enabled(&script.state), "it is used for all");
    script.command(Command::GroupByKind).command(Command::SortByName);
    script.list("/Other", "a").command(Command::ResetView);
    assert_eq!(view(&script), "list by Size, descending");
    assert_eq!(script.state.folder_view().sort.grouping, Grouping::None);
    assert_eq!(order_asked_for(&script, "/Other"), SortColumn::Size, "the rows are asked for again");
}

#[test]
fn a_folder_that_looks_as_all_others_has_no_view_of_its_own() {
    let mut script = Script::at_home("a");
    script.command(Command::GridView);
    assert!(Command::ResetView.is_enabled(&script.state));
    script.command(Command::ListView);
    assert!(!Command::ResetView.is_enabled(&script.state));
    assert!(script.state.settings.folder_views.is_empty());
}

#[test]
fn lists_that_are_no_folder_have_views_of_their_own() {
    let mut script = Script::at_home("a");
    script.command(Command::ShowDeleted).command(Command::GridView);
    script.command(Command::ShowLinks);
    assert_eq!(view(&script), "list by Name");
    script.command(Command::ShowDeleted);
    assert_eq!(view(&script), "grid by Name");
    assert!(!Command::UseViewForAll.is_enabled(&script.state), "it is no folder");
    script.command(Command::Home);
    assert_eq!(view(&script), "list by Name");
}

#[test]
fn a_folder_as_it_was_looks_as_it_does_now() {
    let mut script = Script::at_home("a");
    script.go("/Photos").command(Command::GridView);
    let at = jiff::Timestamp::from_second(5).unwrap();
    script.act(Action::Go(Location::Past { folder: coffer_model::RemotePath::new("/Photos"), at }));
    assert_eq!(view(&script), "grid by Name");
}

#[test]
fn a_renamed_folder_keeps_its_view() {
    let mut script = Script::at_home("Photos/");
    script.go("/Photos/2026").command(Command::GridView).go("/");
    script.list("/", "Photos/").click(0).command(Command::Rename);
    script.act(Action::RenameText("Pictures".to_owned())).act(Action::RenameCommit);
    script.edited("move /Photos to /Pictures", &[entry("/", "Pictures/")], None);
    script.go("/Pictures/2026");
    assert_eq!(view(&script), "grid by Name");
}

#[test]
fn views_are_kept_of_the_folders_that_were_changed_last() {
    let mut script = Script::at_home("a");
    for number in 0..OWN_VIEW_LIMIT + 10 {
        script.go(&format!("/{number}")).command(Command::GridView);
    }
    script.go("/9");
    assert_eq!(view(&script), "list by Name");
    script.go("/10");
    assert_eq!(view(&script), "grid by Name");
}

#[test]
fn known_rows_in_another_order_are_not_shown_before_those_in_the_right_one() {
    let mut script = Script::at_home("Photos/");
    script.go("/Photos").list("/Photos", "a b").go("/");
    script.command(Command::SortBySize).command(Command::UseViewForAll).go("/Photos");
    script.check("/Photos: …");
    let by_size = Sort::by(SortColumn::Size, true);
    let sorted = Listing { sort: by_size, ..Listing::clone(&listing("/Photos", "b a")) };
    script.update("list /Photos", Update::Listing(Arc::new(sorted))).check("/Photos: b a …");
}

#[test]
fn shared_links_are_sorted_by_a_press_on_a_heading_and_folders_keep_their_order() {
    let mut script = Script::at_home("a");
    script.command(Command::ShowLinks).act(Action::SortBy(SortColumn::Size));
    assert_eq!(view(&script), "list by Size, descending");
    assert!(
        script
            .running
            .iter()
            .any(|(_, job)| matches!(job, Job::ListLinks { sort } if sort.column == SortColumn::Size))
    );
    assert_eq!(script.state.shown_sort().map(|sort| sort.column), Some(SortColumn::Size));
    script.command(Command::Home);
    assert_eq!(view(&script), "list by Name");
}
