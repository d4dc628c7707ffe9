//! `ls --at`, `get --at` and `restore --at`.

use super::support::Desk;
use serde_json::json;

/// A file was changed, another one made and a folder deleted since the moment that is told.
fn changed_desk() -> (Desk, String) {
    let desk = Desk::new();
    desk.house.put("/Plans/plan.md", "first");
    desk.house.put("/Plans/Notes/a.txt", "a");
    desk.run(&["index"]).ok();
    desk.house.clock.advance(3600);
    desk.run(&["index"]).ok();
    let at = jiff::Timestamp::from_second(desk.house.clock.now()).unwrap();
    let at = at.to_zoned(jiff::tz::TimeZone::system()).strftime("%Y-%m-%d %H:%M:%S").to_string();
    desk.house.clock.advance(3600);
    desk.house.put("/Plans/plan.md", "second");
    desk.house.put("/Plans/new.txt", "new");
    desk.house.delete("/Plans/Notes");
    (desk, at)
}

#[test]
fn a_folder_is_listed_as_it_was_and_brought_back() {
    let (desk, at) = changed_desk();

    let run = desk.run(&["ls", "--at", &at, "/Plans"]).ok();
    assert_eq!(run.out, "Notes/  (deleted since)\nplan.md  (changed since)\n");
    let run = desk.run(&["ls", "-R", "--json", "--at", &at, "/Plans"]).ok().json();
    assert_eq!(run["since"], json!(["deleted", "deleted", "changed"]));

    let run = desk.run(&["restore", "--at", &at, "--dry-run", "/Plans"]).ok();
    assert!(run.out.starts_with("would restore 1 file\n"), "{run:?}");
    let run =
        desk.run(&["restore", "--at", &at, "--dry-run", "--json", "--only", "Notes", "/Plans"]).ok().json();
    assert_eq!((&run["deleted"], &run["changed"], &run["growth_bytes"]), (&json!(1), &json!(0), &json!(1)));
    desk.run(&["restore", "--at", &at, "--to", "/Plans then", "--except", "Notes", "/Plans"]).ok();
    assert_eq!(desk.house.read("/Plans then/plan.md"), b"first");
    assert_eq!(
        desk.house.tree(),
        ["/Plans then/", "/Plans then/plan.md", "/Plans/", "/Plans/new.txt", "/Plans/plan.md"]
    );
    desk.run(&["undo"]).ok();
    assert_eq!(desk.house.read("/Plans/plan.md"), b"second");
    desk.run(&["restore", "--at", &at, "/Plans"]).ok();
    assert_eq!(
        desk.house.tree(),
        ["/Plans/", "/Plans/Notes/", "/Plans/Notes/a.txt", "/Plans/new.txt", "/Plans/plan.md"]
    );
    assert_eq!(desk.house.read("/Plans/plan.md"), b"first");
    desk.run(&["undo"]).ok();
    assert_eq!(desk.house.tree(), ["/Plans/", "/Plans/new.txt", "/Plans/plan.md"]);
    assert_eq!(desk.house.read("/Plans/plan.md"), b"second");
}

#[test]
fn what_was_made_since_is_moved_aside_by_a_command() {
    let (desk, at) = changed_desk();
    let aside = ["restore", "--at", &at, "--new-items", "aside", "/Plans"];
    let run = desk.run(&[&aside[..], &["--dry-run"]].concat()).ok();
    assert!(run.out.contains("would move 1 file made since then to /Plans (new since "), "{run:?}");
    desk.run(&aside).ok();
    let tree = desk.house.tree();
    let new = tree.iter().find(|path| path.ends_with("/new.txt")).expect("it is moved");
    assert!(new.starts_with("/Plans (new since "), "{tree:?}");
    assert!(tree.contains(&"/Plans/Notes/a.txt".to_owned()), "{tree:?}");
    desk.run(&["undo"]).ok();
    assert_eq!(desk.house.tree(), ["/Plans/", "/Plans/new.txt", "/Plans/plan.md"]);
    desk.run(&["restore", "--at", &at, "--new-items", "aside", "--to", "/x", "/Plans"]).ended(2);
}

#[test]
fn files_and_folders_are_downloaded_as_they_were() {
    let (desk, at) = changed_desk();

    let place = |name: &str| desk.house.local(name).to_str().unwrap().to_owned();
    desk.run(&["get", "--at", &at, "/Plans", &place("whole")]).ok();
    let read = |path: &str| std::fs::read_to_string(desk.house.local(path)).unwrap();
    assert_eq!(read("whole/Plans/plan.md"), "first");
    assert_eq!(read("whole/Plans/Notes/a.txt"), "a");
    assert!(!desk.house.local("whole/Plans/new.txt").exists(), "it was not there then");

    desk.run(&["get", "--at", &at, "/plans/PLAN.md", &place("plan then.md")]).ok();
    assert_eq!(read("plan then.md"), "first");
    desk.run(&["get", "--at", &at, "/Plans/", &place("contents")]).ok();
    assert_eq!(read("contents/Notes/a.txt"), "a");
    let run = desk.run(&["get", "--at", &at, "/Plans/plan.md", "-"]).ok();
    assert_eq!(run.out, "first");
    let run = desk.run(&["get", "--at", &at, "--dry-run", "/Plans", &place("dry")]).ok();
    assert!(run.out.contains("would download /Plans/Notes/a.txt"), "{run:?}");
    assert!(!desk.house.local("dry").exists());
    desk.run(&["get", "--at", &at, "/Plans/new.txt", &place("none")]).ended(4);
}

#[test]
fn a_time_that_is_none_is_refused() {
    let run = Desk::new().run(&["ls", "--at", "teatime"]).ended(2);
    assert!(run.err.contains("“teatime” is no time"), "{run:?}");
}
