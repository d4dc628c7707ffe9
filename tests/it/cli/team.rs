//! The account of a member of a team: paths of commands are those of the team space.

use super::support::{Desk, Running};
use coffer_server::TeamSpace;
use serde_json::json;
use std::io::{BufRead, BufReader};
use std::process::Stdio;

fn team_desk() -> Desk {
    Desk::with(|config| {
        config.team = Some(TeamSpace::example());
        "Ada Lovelace".clone_into(&mut config.owner_name);
    })
}

#[test]
fn the_account_says_its_team_and_the_members_folder() {
    let desk = team_desk();
    let told = desk.run(&["account"]).ok();
    assert!(told.lines().contains(&"Team      Fjord Studio"), "{told:?}");
    assert!(told.lines().contains(&"Home      /Ada Lovelace"), "{told:?}");
    let told = desk.run(&["account", "--json"]).ok().json();
    assert_eq!((&told["team"], &told["home"]), (&json!("Fjord Studio"), &json!("/Ada Lovelace")));
    let told = Desk::new().run(&["account", "--json"]).ok().json();
    assert_eq!((&told["team"], &told["home"]), (&json!(null), &json!(null)));
}

#[test]
fn paths_are_those_of_the_team_space() {
    let desk = team_desk();
    let root = ["Ada Lovelace/", "Clients/", "Finance/", "Handbook/", "Marketing/"];
    assert_eq!(desk.run(&["ls"]).ok().lines(), root);
    desk.write("a.txt", "abc");
    desk.run(&["put", "a.txt", "/Ada Lovelace/"]).ok();
    desk.run(&["cp", "/Ada Lovelace/a.txt", "/Marketing"]).ok();
    desk.run(&["get", "/Marketing/a.txt", "b.txt"]).ok();
    assert_eq!(desk.run(&["ls", "-R", "/Marketing"]).ok().lines(), ["/Marketing/a.txt"]);
    assert_eq!(desk.run(&["search", "a.txt"]).ok().lines().len(), 2);
    assert!(desk.house.exists("/a.txt"), "without a root the same file is at home");
}

#[test]
fn what_may_only_be_viewed_is_not_written_to_and_the_command_says_why() {
    let desk = team_desk();
    desk.write("a.txt", "abc");
    for args in [&["mkdir", "/Handbook/New"][..], &["put", "a.txt", "/Handbook/"], &["mkdir", "/New"]] {
        let refused = desk.run(args).ended(1);
        assert!(refused.err.contains("You can view this, but not edit it."), "{args:?}: {refused:?}");
    }
}

#[test]
fn a_folder_without_access_is_named_as_that() {
    let desk = team_desk();
    for args in [&["ls", "/Finance"][..], &["ls", "-R", "/Finance"]] {
        let refused = desk.run(args).ended(1);
        assert!(refused.err.contains("You don’t have access to it."), "{refused:?}");
    }
}

#[test]
fn coffer_serve_plays_the_account_of_a_member_of_a_team() {
    let desk = Desk::new();
    let (vault, token) = (desk.house.local("team"), desk.house.local("token"));
    std::fs::write(&token, "secret").unwrap();
    let mut serve = desk.plain_command(&["serve", "--team", "--dir"]);
    let serve = serve.arg(&vault).arg("--token-file").arg(&token).stdout(Stdio::piped());
    let mut serve = serve.spawn().map(Running).unwrap();
    let mut line = String::new();
    BufReader::new(serve.0.stdout.take().unwrap()).read_line(&mut line).unwrap();
    let url = line.trim().strip_prefix("listening on ").unwrap();
    let mut account = desk.plain_command(&["account", "--json", "--api-url", url, "--token-file"]);
    let output = account.arg(&token).output().unwrap();
    let told: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!((&told["name"], &told["home"]), (&json!("Ada Lovelace"), &json!("/Ada Lovelace")));
}
