//! `history` and `undo`: what commands have done, and taking it back.

use super::support::Desk;
use serde_json::json;

fn desk() -> Desk {
    let desk = Desk::new();
    desk.house.put("/Photos/a.jpg", "a");
    desk.house.put("/Photos/b.jpg", "bb");
    desk
}

#[test]
fn what_commands_have_done_is_listed_and_undone_the_latest_first() {
    let desk = desk();
    desk.run(&["mv", "/Photos/a.jpg", "/a.jpg"]).ok();
    desk.run(&["rm", "-r", "/Photos"]).ok();
    let run = desk.run(&["history"]).ok();
    let lines = run.lines();
    assert_eq!(lines[0], jiff::Zoned::now().strftime("%A, %Y-%m-%d").to_string());
    assert!(lines[1].ends_with("deleted /Photos/"), "{lines:?}");
    assert!(lines[2].ends_with("moved /Photos/a.jpg to /a.jpg (1 B)"), "{lines:?}");
    assert_eq!(desk.run(&["undo", "--dry-run"]).ok().out, "would undo: deleted /Photos/\n");
    assert_eq!(desk.run(&["undo"]).ok().out, "undone: deleted /Photos/\n");
    assert_eq!(desk.run(&["undo"]).ok().out, "undone: moved /Photos/a.jpg to /a.jpg (1 B)\n");
    assert_eq!(desk.house.tree(), ["/Photos/", "/Photos/a.jpg", "/Photos/b.jpg"]);
    let run = desk.run(&["undo"]).ended(4);
    assert!(run.err.contains("There is nothing that can be undone"), "{run:?}");
    assert!(desk.run(&["history", "--limit", "1"]).ok().out.contains("deleted /Photos/, undone "));
    desk.run(&["undo", "--redo"]).ok();
    assert_eq!(desk.house.tree(), ["/Photos/", "/Photos/b.jpg", "/a.jpg"]);
}

#[test]
fn an_operation_is_undone_by_its_number_and_refused_with_the_reason() {
    let desk = desk();
    desk.run(&["rm", "/Photos/a.jpg"]).ok();
    desk.run(&["mkdir", "/New"]).ok();
    desk.house.put("/Photos/a.jpg", "another");
    let told = desk.run(&["history", "--json"]).ok().json();
    let deleted = &told["operations"][1];
    assert_eq!((&deleted["kind"], &deleted["path"]), (&json!("delete"), &json!("/Photos/a.jpg")));
    let number = deleted["number"].to_string();
    let run = desk.run(&["undo", &number]).ended(3);
    assert!(run.err.contains("“a.jpg” could not be restored"), "{run:?}");
    let listed = desk.run(&["history", "--find", "A.JPG"]).ok();
    assert!(listed.out.contains("not undone: “a.jpg” could not be restored"), "{listed:?}");
    desk.house.delete("/Photos/a.jpg");
    let told = desk.run(&["undo", &number, "--json"]).ok().json();
    assert_eq!(told["operation"]["can_redo"], json!(true));
    assert_eq!(told["entries"][0]["path"], json!("/Photos/a.jpg"));
    desk.run(&["undo", &number]).ended(3);
    desk.run(&["undo", "999"]).ended(4);
    assert!(desk.house.exists("/New"), "what was done later stays");
}

#[test]
fn an_upload_of_a_command_is_undone() {
    let desk = desk();
    let file = desk.house.local("a.jpg");
    std::fs::write(&file, "mine").unwrap();
    desk.run(&["put", "--on-conflict", "replace", file.to_str().unwrap(), "/Photos/"]).ok();
    assert_eq!(desk.house.read("/Photos/a.jpg"), b"mine");
    let run = desk.run(&["undo"]).ok();
    assert_eq!(run.out, "undone: uploaded a new version of /Photos/a.jpg (4 B)\n");
    assert_eq!(desk.house.read("/Photos/a.jpg"), b"a");
}
