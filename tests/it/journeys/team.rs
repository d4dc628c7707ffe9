//! A member of a team: at home, in a team folder, where they may not go, and after the team has moved.

use super::Journey;
use coffer_server::{FolderAccess, SharedFolder, TeamSpace};
use coffer_testing::house::House;
use dropbox_client::PathRoot;
use eframe::egui::accesskit::Role;
use eframe::egui::{Key, Modifiers};
use std::fs;

/// A member's account, of which the test sees the whole team space.
fn team_house() -> House {
    let mut house = House::closed(|config| config.team = Some(TeamSpace::example()), false);
    house.put("/Plans.txt", "mine");
    house.client = house.client.with_path_root(PathRoot::Root("2".to_owned()));
    house
}

#[test]
fn a_member_works_at_home_and_in_team_folders_and_is_told_where_they_may_not() {
    let mut journey = Journey::open(team_house());
    let letter = journey.house.local("Letter.txt");
    fs::write(&letter, "Dear Ida").unwrap();

    journey.wait_for(Role::Row, "Plans.txt");
    journey.drop_files(&[&letter]);
    journey.wait_for_bytes("/Ada Lovelace/Letter.txt", b"Dear Ida");

    journey.press_with(Modifiers::ALT, Key::ArrowUp);
    journey.enter("Marketing");
    journey.wait_until_gone(Role::Row, "Handbook");
    journey.drop_files(&[&letter]);
    journey.wait_for_bytes("/Marketing/Letter.txt", b"Dear Ida");

    journey.press_with(Modifiers::ALT, Key::ArrowUp);
    journey.enter("Finance");
    journey.wait_for_text("You don’t have access to “Finance”");
    journey.click(Role::TreeItem, "Handbook");
    journey.wait_until_gone(Role::Row, "Finance");
    journey.drop_files(&[&letter]);
    journey.wait_for_text("You can view “Handbook”, but not change it");
    assert!(!journey.house.exists("/Handbook/Letter.txt"));
}

#[test]
fn when_the_team_moves_the_window_goes_on_where_the_folders_are_now() {
    let mut journey = Journey::open(team_house());
    journey.wait_for(Role::Row, "Plans.txt");
    let mut space = TeamSpace { root_namespace_id: "20".to_owned(), ..TeamSpace::example() };
    space.folders.push(SharedFolder::new("/New team folder", "30", FolderAccess::Edit));
    journey.house.runtime.block_on(journey.house.server.set_team(Some(space))).unwrap();
    journey.press(Key::F5);
    journey.wait_for_text("Your team’s folders have moved");
    journey.wait_for(Role::Row, "Plans.txt");
    journey.press_with(Modifiers::ALT, Key::ArrowUp);
    journey.wait_for(Role::Row, "New team folder");
}

#[test]
fn a_member_adds_a_shared_folder_removes_it_and_has_it_back_by_undo() {
    let mut journey = Journey::open(team_house());
    journey.wait_for(Role::Row, "Plans.txt");
    let add = "Add to my Dropbox: Recipes";
    journey.wait_for(Role::Button, add);
    journey.click(Role::Button, add);
    journey.wait_for(Role::Row, "Recipes");
    journey.wait_until_gone(Role::Button, add);
    journey.wait_for_text("3 items · 1 selected");

    journey.press(Key::Delete);
    journey.wait_for(Role::Dialog, "Remove “Recipes” from your Dropbox?");
    journey.click(Role::Button, "Remove from my Dropbox");
    journey.wait_until_gone(Role::Row, "Recipes");
    journey.wait_for(Role::Button, add);
    assert!(!journey.house.exists("/Ada Lovelace/Recipes"));

    journey.press_with(Modifiers::COMMAND, Key::Z);
    journey.wait_for(Role::Row, "Recipes");
    journey.wait_until_gone(Role::Button, add);
    assert!(journey.house.exists("/Ada Lovelace/Recipes"));
}
