//! Shared folders by command: listed, added and removed.

use super::support::Desk;
use coffer_server::TeamSpace;
use serde_json::json;

fn member() -> Desk {
    Desk::with(|config| config.team = Some(TeamSpace::example()))
}

#[test]
fn shared_folders_are_listed_with_their_access() {
    let desk = member();
    assert_eq!(
        desk.run(&["shared"]).ok().lines(),
        [
            "can edit         Band/  (not in your Dropbox)",
            "no access        Board papers/  (not in your Dropbox)",
            "can edit         /Ada Lovelace/Garden project/",
            "view only        Recipes/  (not in your Dropbox)",
        ]
    );
    let told = desk.run(&["shared", "--json"]).ok().json();
    let recipes = json!({"id": "10", "name": "Recipes", "access": "view", "owners": [], "path": null});
    assert_eq!(told["folders"][3], recipes);
    assert_eq!(told["folders"][2]["path"], "/Ada Lovelace/Garden project");
    assert_eq!(Desk::new().run(&["shared"]).ok().lines(), ["There are no shared folders."]);
}

#[test]
fn a_folder_is_added_by_its_name_and_removed_by_its_path() {
    let desk = member();
    let told = desk.run(&["shared", "--add", "recipes", "--json"]).ok().json();
    assert_eq!(told["added"]["path"], "/Ada Lovelace/Recipes");
    assert_eq!(desk.run(&["ls", "/Ada Lovelace"]).ok().lines(), ["Garden project/", "Recipes/"]);
    let refused = desk.run(&["mkdir", "/Ada Lovelace/Recipes/New"]).ended(1);
    assert!(refused.err.contains("You can view this, but not edit it."), "{refused:?}");
    let removed = desk.run(&["shared", "--remove", "/Ada Lovelace/Recipes"]).ok();
    assert_eq!(removed.lines(), ["removed /Ada Lovelace/Recipes; its other members keep it"]);
    assert_eq!(desk.run(&["ls", "/Ada Lovelace"]).ok().lines(), ["Garden project/"]);
}

#[test]
fn what_cannot_be_added_or_removed_is_refused_with_its_exit_code() {
    let desk = member();
    desk.write("a.txt", "abc");
    desk.run(&["put", "a.txt", "/Ada Lovelace/"]).ok();
    for (args, code, words) in [
        (["--add", "Nothing"], 4, "there is no shared folder “Nothing”"),
        (["--add", "Board papers"], 1, "You don’t have access to it. Ask its owner for it."),
        (["--add", "Garden project"], 3, "It is there already: /Ada Lovelace/Garden project"),
        (["--remove", "/Nothing"], 4, "/Nothing does not exist"),
        (["--remove", "/Ada Lovelace/a.txt"], 1, "is not a shared folder"),
        (["--remove", "/Marketing"], 1, "belongs to a team folder"),
    ] {
        let refused = desk.run(&["shared", args[0], args[1]]).ended(code);
        assert!(refused.err.contains(words), "{args:?}: {refused:?}");
    }
    desk.run(&["shared", "--add", "Band", "--remove", "/Band"]).ended(2);
}

#[test]
fn a_dry_run_adds_and_removes_nothing() {
    let desk = member();
    let before = desk.run(&["shared"]).ok().out;
    assert_eq!(
        desk.run(&["shared", "--add", "Band", "-n"]).ok().lines(),
        ["would add “Band” to your Dropbox"]
    );
    let garden = "/Ada Lovelace/Garden project";
    let told = desk.run(&["shared", "--remove", garden, "-n"]).ok();
    assert_eq!(told.lines(), ["would remove /Ada Lovelace/Garden project from your Dropbox"]);
    assert_eq!(desk.run(&["shared"]).ok().out, before);
}
