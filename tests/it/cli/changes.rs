//! `changes`: what has changed since the account was first listed.

use super::support::Desk;
use serde_json::json;

#[test]
fn changes_are_told_by_day_the_latest_first() {
    let desk = Desk::new();
    desk.house.put("/Work/plan.md", "12");
    let run = desk.run(&["changes"]).ok();
    assert_eq!(run.out, "");
    assert!(run.err.contains("no changes are known"), "{run:?}");
    desk.house.put("/Work/new.md", "1234");
    desk.run(&["index"]).ok();
    desk.run(&["mv", "/Work/plan.md", "/plan.md"]).ok();
    desk.run(&["index"]).ok();
    desk.house.delete("/Work");
    let run = desk.run(&["changes"]).ok();
    let lines = run.lines();
    let today = jiff::Zoned::now().strftime("%A, %Y-%m-%d").to_string();
    assert_eq!(lines[0], today);
    let without_time: Vec<&str> = lines[1..].iter().map(|line| &line[9..]).collect();
    assert_eq!(
        without_time,
        [
            "deleted  /Work/ (1 file, 4 B)",
            "moved    /Work/plan.md → /plan.md (2 B)",
            "added    /Work/new.md (4 B)",
        ]
    );
    let told = desk.run(&["changes", "/Work", "--limit", "1", "--json"]).ok().json();
    let change = &told["changes"][0];
    assert_eq!(
        (&change["change"], &change["type"], &change["files"]),
        (&json!("deleted"), &json!("folder"), &json!(1))
    );
    for since in ["2h", "30min", "yesterday", "today", "this-year", "1w"] {
        assert_eq!(desk.run(&["changes", "--since", since]).ok().lines().len(), 4, "{since}");
    }
    assert_eq!(desk.run(&["changes", "--since", "9998"]).ok().out, "");
    let run = desk.run(&["changes", "--since", "soon"]).ended(2);
    assert!(run.err.contains("“soon” is no time"), "{run:?}");
}
