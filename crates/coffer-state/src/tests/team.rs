//! The account of a member of a team: where the window begins, what may be written where, and the team that moves.

use super::uploads::plan;
use super::{Script, entry, problem};
use crate::{Action, Command, Location};
use coffer_model::message::UnfinishedTransfer;
use coffer_model::transfer::UploadPlan;
use coffer_model::{
    Entry, ItemAccess, Job, Listing, Outcome, PathRootId, Receipt, Recovery, RemotePath, Settings, Sharing,
    Team, Update,
};
use std::sync::Arc;

fn team(path_root: &str) -> Team {
    Team {
        name: "Fjord Studio".to_owned(),
        home: RemotePath::new("/Ada"),
        path_root: PathRootId(path_root.into()),
    }
}

/// Folders of a team space, or items in one, with what may be done with them.
fn shared(rows: &[(&str, &str, Sharing)]) -> Update {
    let entries: Vec<Entry> = rows
        .iter()
        .map(|(folder, word, sharing)| Entry { sharing: *sharing, ..entry(folder, word) })
        .collect();
    Update::Listing(Arc::new(Listing::new(entries, Settings::default().sort, true)))
}

fn folder(access: ItemAccess) -> Sharing {
    Sharing { is_shared_folder: true, access }
}

/// At home in the team space, whose folders are listed in the tree.
fn at_home() -> Script {
    let mut script = Script::start();
    script.update("session Local", Update::Team(team("2")));
    let root = shared(&[
        ("/", "Handbook/", folder(ItemAccess::ViewOnly)),
        ("/", "Ada/", folder(ItemAccess::Edit)),
        ("/", "Finance/", folder(ItemAccess::NoAccess)),
    ]);
    script.update("list /", root).done("list /");
    script.list("/Ada", "Garden/ notes.txt");
    script.check_jobs("");
    script
}

fn tree(script: &Script) -> Vec<String> {
    let lines = script.state.tree.lines().into_iter();
    lines.map(|line| format!("{}{}", if line.can_open { "▸" } else { "-" }, line.path)).collect()
}

#[test]
fn the_window_begins_in_the_members_folder() {
    let mut script = Script::start();
    script.check("/: …").check_jobs("list /, list /");
    script.update("session Local", Update::Team(team("2")));
    script.check("/Ada: …");
    assert_eq!(script.cancelled, ["list /"], "the tree still needs the other one");
    let mut script = at_home();
    script.check("/Ada: Garden/ notes.txt");
    assert!(!script.state.navigation.can_go_back(), "there is nothing before");
    assert_eq!(
        tree(&script),
        ["▸/Ada", "▸/Ada/Garden", "▸/Handbook", "-/Finance"],
        "its folder is the first"
    );
}

#[test]
fn who_has_gone_somewhere_already_stays_there() {
    let mut script = Script::start();
    script.go("/Handbook").update("session Local", Update::Team(team("2"))).check("/Handbook: …");
}

#[test]
fn home_is_the_members_folder_and_the_root_has_the_name_of_the_team() {
    let mut script = at_home();
    script.command(Command::Up);
    assert_eq!(*script.state.navigation.current(), Location::Folder(RemotePath::root()));
    assert_eq!(script.state.folder_name(&RemotePath::root()), "Fjord Studio");
    script.command(Command::Home);
    assert_eq!(*script.state.navigation.current(), Location::Folder(RemotePath::new("/Ada")));
    script.command(Command::ShowLinks).command(Command::Up);
    assert_eq!(*script.state.navigation.current(), Location::Folder(RemotePath::new("/Ada")));
}

#[test]
fn a_folder_without_access_is_not_opened_and_the_window_says_why() {
    let mut script = at_home();
    script
        .go("/Finance")
        .check("/Ada: Garden/ notes.txt toast[You don’t have access to “Finance”. Ask its owner for it]");
    let mut script = at_home();
    script.act(Action::GoToTyped("/Finance/2026".to_owned()));
    let closed = Entry { sharing: folder(ItemAccess::NoAccess), ..entry("/Finance", "2026/") };
    script.finish("locate /Finance/2026", Outcome::Done(Receipt::Located(closed)));
    script.check("/Ada: Garden/ notes.txt toast[You don’t have access to “2026”. Ask its owner for it]");
}

#[test]
fn where_items_may_only_be_viewed_nothing_is_changed() {
    let mut script = at_home();
    script.go("/Handbook");
    let view_only = Sharing { is_shared_folder: false, access: ItemAccess::ViewOnly };
    let rows = shared(&[("/Handbook", "Welcome.md", view_only)]);
    script.update("list /Handbook", rows).done("list /Handbook").click(0);
    for command in [
        Command::NewFolder,
        Command::Upload,
        Command::UploadFolder,
        Command::Paste,
        Command::Rename,
        Command::Cut,
        Command::Delete,
    ] {
        assert!(!command.is_enabled(&script.state), "{command:?}");
    }
    for command in [Command::Copy, Command::Download, Command::Share, Command::Versions] {
        assert!(command.is_enabled(&script.state), "{command:?}");
    }
    script.command(Command::Home);
    assert!(Command::NewFolder.is_enabled(&script.state));
}

#[test]
fn what_is_dropped_on_a_folder_that_may_only_be_viewed_is_refused_in_words() {
    let mut script = at_home();
    let target = Some(RemotePath::new("/Handbook"));
    script.act(Action::DropFiles { local_paths: vec!["/home/a.txt".into()], target });
    let refused = "/Ada: Garden/ notes.txt toast[You can view “Handbook”, but not change it]";
    script.check(refused).check_jobs("");
    let mut script = at_home();
    let entries = vec![entry("/Ada", "notes.txt")];
    script.act(Action::DropEntries { entries, target: RemotePath::new("/Handbook"), copy: true });
    script.check(refused).check_jobs("");
}

#[test]
fn when_the_team_has_moved_everything_that_is_known_is_looked_up_anew() {
    let mut script = at_home();
    script.act(Action::DropEntries {
        entries: vec![entry("/Ada", "notes.txt")],
        target: RemotePath::new("/Ada/Garden"),
        copy: false,
    });
    script.edited("move /Ada/notes.txt to /Ada/Garden/notes.txt", &[], None).list("/Ada", "Garden/");
    script.update("session Local", Update::PathRootChanged);
    script.check("/: … toast[Your team’s folders have moved. They are shown where they are now]");
    assert!(!Command::Undo.is_enabled(&script.state), "its paths mean other items now");
    script.update("session Local", Update::Team(team("20"))).list("/Ada", "Garden/");
    assert_eq!(*script.state.navigation.current(), Location::Folder(RemotePath::new("/Ada")));
}

/// An upload that was planned in the team space with this root.
fn planned(path_root: &str) -> Job {
    let path_root = Some(PathRootId(path_root.into()));
    Job::Upload { plan: Arc::new(UploadPlan { path_root, ..plan("/Ada", "a.txt") }) }
}

#[test]
fn an_upload_of_another_team_space_is_tried_again_there_and_changes_nothing_here() {
    for (path_root, expected) in [("2", "plan"), ("1", "upload /Ada/a.txt []")] {
        let mut script = at_home();
        let unfinished = UnfinishedTransfer::new(Arc::new(planned(path_root)));
        script.update("session Local", Update::Unfinished(vec![unfinished]));
        let id = script.id("upload /Ada/a.txt []");
        script.fail("upload /Ada/a.txt []", problem("No connection", Recovery::Retry));
        script.act(Action::RetryTransfer(id));
        assert!(script.jobs().starts_with(expected), "{path_root}: {}", script.jobs());
    }
}
