//! `ls --at`, `get --at` and `restore --at`.

use super::support::Desk;
use serde_json::json;

#[test]
fn a_folder_is_listed_as_it_was_and_brought_back() {
    let desk = Desk::new();
    desk.house.put("/Work/plan.md", "first");
    desk.house.put("/Work/Notes/a.txt", "a");
    desk.run(&["index"]).ok();
    desk.house.clock.advance(3600);
    desk.run(&["index"]).ok();
    let at = jiff::Timestamp::from_second(desk.house.clock.now()).unwrap();
    let at = at.to_zoned(jiff::tz::TimeZone::system()).strftime("%Y-%m-%d %H:%M:%S").to_string();
    desk.house.clock.advance(3600);
    desk.house.put("/Work/plan.md", "second");
    desk.house.put("/Work/new.txt", "new");
    desk.house.delete("/Work/Notes");

    let run = desk.run(&["ls", "--at", &at, "/Work"]).ok();
    assert_eq!(run.out, "Notes/  (deleted since)\nplan.md  (changed since)\n");
    let run = desk.run(&["ls", "-R", "--json", "--at", &at, "/Work"]).ok().json();
    assert_eq!(run["since"], json!(["deleted", "deleted", "changed"]));

    let run = desk.run(&["restore", "--at", &at, "--dry-run", "/Work"]).ok();
    assert!(run.out.starts_with("would restore 1 file\n"), "{run:?}");
    let run =
        desk.run(&["restore", "--at", &at, "--dry-run", "--json", "--only", "Notes", "/Work"]).ok().json();
    assert_eq!((&run["deleted"], &run["changed"], &run["growth_bytes"]), (&json!(1), &json!(0), &json!(1)));
    desk.run(&["restore", "--at", &at, "--to", "/Work then", "--except", "Notes", "/Work"]).ok();
    assert_eq!(desk.house.read("/Work then/plan.md"), b"first");
    assert_eq!(
        desk.house.tree(),
        ["/Work then/", "/Work then/plan.md", "/Work/", "/Work/new.txt", "/Work/plan.md"]
    );
    desk.run(&["undo"]).ok();
    assert_eq!(desk.house.read("/Work/plan.md"), b"second");
    desk.run(&["restore", "--at", &at, "/Work"]).ok();
    assert_eq!(
        desk.house.tree(),
        ["/Work/", "/Work/Notes/", "/Work/Notes/a.txt", "/Work/new.txt", "/Work/plan.md"]
    );
    assert_eq!(desk.house.read("/Work/plan.md"), b"first");
    desk.run(&["undo"]).ok();
    assert_eq!(desk.house.tree(), ["/Work/", "/Work/new.txt", "/Work/plan.md"]);
    assert_eq!(desk.house.read("/Work/plan.md"), b"second");
}

#[test]
fn files_and_folders_are_downloaded_as_they_were() {
    let desk = Desk::new();
    desk.house.put("/Work/plan.md", "first");
    desk.house.put("/Work/Notes/a.txt", "a");
    desk.run(&["index"]).ok();
    desk.house.clock.advance(3600);
    desk.run(&["index"]).ok();
    let at = jiff::Timestamp::from_second(desk.house.clock.now()).unwrap();
    let at = at.to_zoned(jiff::tz::TimeZone::system()).strftime("%Y-%m-%d %H:%M:%S").to_string();
    desk.house.clock.advance(3600);
    desk.house.put("/Work/plan.md", "second");
    desk.house.put("/Work/new.txt", "new");
    desk.house.delete("/Work/Notes");

    let place = |name: &str| desk.house.local(name).to_str().unwrap().to_owned();
    desk.run(&["get", "--at", &at, "/Work", &place("whole")]).ok();
    let read = |path: &str| std::fs::read_to_string(desk.house.local(path)).unwrap();
    assert_eq!(read("whole/Work/plan.md"), "first");
    assert_eq!(read("whole/Work/Notes/a.txt"), "a");
    assert!(!desk.house.local("whole/Work/new.txt").exists(), "it was not there then");

    desk.run(&["get", "--at", &at, "/work/PLAN.md", &place("plan then.md")]).ok();
    assert_eq!(read("plan then.md"), "first");
    desk.run(&["get", "--at", &at, "/Work/", &place("contents")]).ok();
    assert_eq!(read("contents/Notes/a.txt"), "a");
    let run = desk.run(&["get", "--at", &at, "/Work/plan.md", "-"]).ok();
    assert_eq!(run.out, "first");
    let run = desk.run(&["get", "--at", &at, "--dry-run", "/Work", &place("dry")]).ok();
    assert!(run.out.contains("would download /Work/Notes/a.txt"), "{run:?}");
    assert!(!desk.house.local("dry").exists());
    desk.run(&["get", "--at", &at, "/Work/new.txt", &place("none")]).ended(4);
}

#[test]
fn a_time_that_is_none_is_refused() {
    let run = Desk::new().run(&["ls", "--at", "teatime"]).ended(2);
    assert!(run.err.contains("“teatime” is no time"), "{run:?}");
}
