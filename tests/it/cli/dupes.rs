//! `dupes`: equal files, and the deletion of copies by a rule.

use super::support::{Desk, with_input};
use serde_json::json;

fn desk() -> Desk {
    let desk = Desk::new();
    desk.house.put("/Photos/fjord.jpg", vec![1; 5000]);
    desk.house.put("/Backup/old/fjord copy.jpg", vec![1; 5000]);
    desk.house.put("/Backup/fjord.jpg", vec![1; 5000]);
    desk.house.put("/Photos/small.txt", "same");
    desk.house.put("/Backup/small.txt", "same");
    desk.house.put("/single.txt", "another");
    desk
}

#[test]
fn groups_tell_what_they_waste_those_first_that_waste_most() {
    let desk = desk();
    let run = desk.run(&["dupes"]).ok();
    let lines = run.lines();
    assert_eq!(lines[0], "3 × 5 KB, 10 KB wasted");
    assert_eq!(lines[4..6], ["", "2 × 4 B, 4 B wasted"]);
    assert_eq!(lines.last(), Some(&"2 groups, 5 files, 10 KB wasted"));
    assert_eq!(desk.run(&["dupes", "--min-size", "1kB", "-q"]).ok().lines().len(), 5);
    assert_eq!(desk.run(&["dupes", "/Photos"]).ok().lines(), ["0 groups, 0 files, 0 B wasted"]);
    let told = desk.run(&["dupes", "--json"]).ok().json();
    assert_eq!((&told["wasted_bytes"], &told["files"]), (&json!(10_004), &json!(5)));
    assert_eq!(told["groups"][0]["files"][0]["bytes"], 5000);
    desk.run(&["dupes", "/gone"]).ended(4);
    desk.run(&["dupes", "--min-size", "much"]).ended(2);
    desk.run(&["dupes", "--keep", "best"]).ended(2);
}

#[test]
fn a_rule_shows_what_would_be_deleted_and_deletes_nothing() {
    let desk = desk();
    let before = desk.house.every_path();
    let run = desk.run(&["dupes", "--keep", "in:/Photos"]).ok();
    assert_eq!(run.lines().iter().filter(|line| line.starts_with("  delete  /Backup/")).count(), 3);
    assert_eq!(run.lines().iter().filter(|line| line.starts_with("  keep    /Photos/")).count(), 2);
    assert_eq!(run.lines().last(), Some(&"would delete 3 files (10 KB); --delete does it"));
    let told = desk.run(&["dupes", "--keep", "shortest-path", "--json"]).ok().json();
    let kept = told["groups"][0]["files"].as_array().unwrap().iter().filter(|file| file["keep"] == true);
    assert_eq!(kept.map(|file| file["path"].as_str().unwrap()).collect::<Vec<_>>(), ["/Backup/fjord.jpg"]);
    assert_eq!((&told["dry_run"], &told["deleted"]), (&json!(true), &json!([])));
    // Nobody has agreed.
    for args in [
        vec!["dupes", "--delete", "--keep", "newest"],
        vec!["dupes", "--delete", "--keep", "newest", "--json"],
        vec!["dupes", "--delete", "--yes"],
        vec!["dupes", "--delete", "--yes", "--keep", "newest", "--offline"],
        vec!["dupes", "--delete", "--yes", "--keep", "newest", "-n"],
    ] {
        let run = with_input(desk.command(&args), b"y\n").ended(2);
        assert!(!run.err.is_empty() || args.contains(&"--json"), "{run:?}");
    }
    assert_eq!(desk.house.every_path(), before);
}

#[test]
fn copies_are_deleted_so_that_they_can_be_restored() {
    let desk = desk();
    let run = desk.run(&["dupes", "--keep", "in:/Photos", "--delete", "--yes"]).ok();
    for path in ["/Backup/old/fjord copy.jpg", "/Backup/fjord.jpg", "/Backup/small.txt"] {
        assert!(!desk.house.exists(path), "{path}");
        assert!(run.out.contains(&format!("deleted {path}; restore with: coffer restore ")), "{run:?}");
    }
    assert_eq!(desk.house.read("/Photos/fjord.jpg"), vec![1; 5000]);
    assert_eq!(desk.house.read("/Photos/small.txt"), b"same");
    desk.run(&["restore", "/Backup/fjord.jpg"]).ok();
    assert_eq!(desk.house.read("/Backup/fjord.jpg"), vec![1; 5000]);
    let told = desk.run(&["dupes", "--keep", "in:/Photos", "--delete", "--yes", "--json"]).ok().json();
    assert_eq!(told["deleted"][0]["path"], "/Backup/fjord.jpg");
    assert!(
        told["deleted"][0]["restore"]
            .as_str()
            .unwrap()
            .starts_with("coffer restore /Backup/fjord.jpg --rev ")
    );
    let run = desk.run(&["dupes", "--keep", "in:/Photos", "--delete", "--yes"]).ok();
    assert_eq!(run.lines().last(), Some(&"Nothing to delete"));
}
