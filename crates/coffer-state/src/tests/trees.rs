//! The folder tree in the side bar.

use super::{Script, partial, problem};
use crate::input::Motion;
use crate::past_folders::FolderSince;
use crate::{Action, Command, Focus, Location, State};
use coffer_model::{Recovery, RemotePath, Update};

/// `▾Docs ▸Old …` with a dot for each level; `▸` can be opened, `-` holds no folders, `>` is the cursor, `~` is gone since the
/// moment that is shown, and `+` new.
pub(super) fn tree(state: &State) -> String {
    let lines = state.tree.lines().into_iter().map(|line| {
        let mark = match (line.open, line.can_open) {
            (true, _) => "▾",
            (false, true) => "▸",
            (false, false) => "-",
        };
        let cursor = if state.tree.cursor.as_ref() == Some(&line.path) { ">" } else { "" };
        let loading = if line.loading { "…" } else { "" };
        let since = match line.since {
            FolderSince::Same => "",
            FolderSince::Deleted | FolderSince::Moved => "~",
            FolderSince::New => "+",
        };
        format!("{}{cursor}{mark}{since}{}{loading}", "·".repeat(line.level), line.path.name())
    });
    lines.collect::<Vec<_>>().join(" ")
}

#[track_caller]
fn check(script: &mut Script, expected: &str) {
    assert_eq!(tree(&script.state), expected);
}

fn toggle(script: &mut Script, path: &str) {
    script.act(Action::ToggleTree(RemotePath::new(path)));
}

#[test]
fn folders_are_listed_when_they_are_opened() {
    let mut script = Script::start();
    assert!(script.state.tree.is_loading());
    script.list("/", "Docs/ Photos/ a.txt");
    check(&mut script, "▸Docs ▸Photos");
    toggle(&mut script, "/Docs");
    check(&mut script, "▾Docs… ▸Photos");
    script.list("/Docs", "New/ Old/ b.txt");
    check(&mut script, "▾Docs ·▸New ·▸Old ▸Photos");
    toggle(&mut script, "/Docs");
    check(&mut script, "▸Docs ▸Photos");
    toggle(&mut script, "/Docs");
    check(&mut script, "▾Docs ·▸New ·▸Old ▸Photos");
    script.check_jobs("");
}

#[test]
fn the_tree_unfolds_to_the_place_shown_as_soon_as_its_folders_are_there() {
    let mut script = Script::start();
    script.list("/", "");
    script.act(Action::Go(Location::Folder(RemotePath::new("/Docs/New"))));
    script.list("/Docs/New", "").fail("list /Docs", problem("There is no such folder", Recovery::None));
    let changed = Update::Changed { folders: Some(vec![RemotePath::root()]) };
    script.update("session Local", changed.clone()).list("/", "Old/");
    check(&mut script, "▸Old");
    script.update("session Local", changed).list("/", "Docs/ Old/");
    check(&mut script, "▾Docs… ▸Old");
    script.list("/Docs", "New/");
    check(&mut script, "▾Docs ·▸New ▸Old");
}

#[test]
fn a_folder_without_folders_cannot_be_opened() {
    let mut script = Script::at_home("Docs/");
    toggle(&mut script, "/Docs");
    script.list("/Docs", "a.txt");
    toggle(&mut script, "/Docs");
    check(&mut script, "-Docs");
}

#[test]
fn closing_a_folder_gives_up_its_request() {
    let mut script = Script::at_home("Docs/");
    toggle(&mut script, "/Docs");
    toggle(&mut script, "/Docs");
    assert_eq!(script.cancelled, ["list /Docs"]);
}

#[test]
fn going_somewhere_opens_the_folders_around_it() {
    let mut script = Script::at_home("Docs/");
    script.go("/Docs/Old/Notes").check_jobs("list /Docs/Old/Notes, list /Docs, list /Docs/Old");
    script.list("/Docs", "Old/").list("/Docs/Old", "Notes/");
    check(&mut script, "▾Docs ·▾Old ··▸Notes");
}

#[test]
fn changes_reach_open_folders_and_what_closed_ones_held_is_forgotten() {
    let mut script = Script::at_home("A/ B/");
    toggle(&mut script, "/A");
    script.list("/A", "a/");
    toggle(&mut script, "/B");
    script.list("/B", "b.txt");
    toggle(&mut script, "/B");
    check(&mut script, "▾A ·▸a -B");
    let folders = Some(vec![RemotePath::new("/A"), RemotePath::new("/B")]);
    script.update("session Local", Update::Changed { folders: folders.clone() });
    script.update("session Local", Update::Changed { folders });
    script.check_jobs("list /A").done("list /A").check_jobs("list /A");
    script.list("/A", "a/ a2/");
    check(&mut script, "▾A ·▸a ·▸a2 ▸B");
}

#[test]
fn a_folder_that_is_gone_leaves_the_tree_with_all_below_it() {
    let mut script = Script::at_home("A/ B/");
    toggle(&mut script, "/A");
    script.list("/A", "x/");
    toggle(&mut script, "/A/x");
    script.command(Command::Refresh).list("/", "B/");
    check(&mut script, "▸B");
    assert_eq!(script.cancelled, ["list /A/x", "list /A"]);
}

#[test]
fn the_first_page_of_a_refresh_removes_no_lines() {
    let mut script = Script::at_home("A/ B/");
    script.command(Command::Refresh).done("list /");
    script.update("list /", Update::Listing(partial("/", "A/", false)));
    check(&mut script, "▸A ▸B");
}

#[test]
fn keys_move_through_the_lines_and_open_and_close_them() {
    let mut script = Script::at_home("A/ B/");
    script.act(Action::Focus(Focus::Tree));
    check(&mut script, ">▸A ▸B");
    script.press(Motion::Right).list("/A", "x/ y/");
    check(&mut script, ">▾A ·▸x ·▸y ▸B");
    script.press(Motion::Right).press(Motion::Down);
    check(&mut script, "▾A ·▸x ·>▸y ▸B");
    script.press(Motion::Left);
    check(&mut script, ">▾A ·▸x ·▸y ▸B");
    script.press(Motion::Left).press(Motion::End);
    check(&mut script, "▸A >▸B");
    script.command(Command::Open).check("/B: …");
}

#[test]
fn a_folder_that_failed_is_tried_again_when_the_service_is_back() {
    let mut script = Script::at_home("A/");
    script.update("session Local", Update::Outage(Some(problem("Offline", Recovery::Offline))));
    toggle(&mut script, "/A");
    script.fail("list /A", problem("Offline", Recovery::Offline)).check_jobs("");
    script.update("session Local", Update::Outage(None)).check_jobs("list /A");
}
