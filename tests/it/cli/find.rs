//! `find`: the whole account by words and filters, also where the service can't be reached.

use super::support::{Desk, Running};
use coffer_server::faults::{Fault, FaultKind};
use serde_json::json;
use std::process::{Command, Stdio};

fn desk() -> Desk {
    let desk = Desk::new();
    desk.house.put("/Photos/2026/Fjörd one.jpg", "12345");
    desk.house.put("/Photos/boat.jpg", "123");
    desk.house.put("/Work/fjord report.pdf", "1234567");
    desk.house.put("/note.txt", "1");
    desk
}

#[test]
fn words_and_filters_are_looked_for_in_the_whole_account_as_it_is_now() {
    let desk = desk();
    let check = |args: &[&str], expected: &[&str]| {
        let run = desk.run(&[&["find"], args].concat()).ok();
        assert_eq!((run.lines().as_slice(), run.err.as_str()), (expected, ""), "{args:?}");
    };
    check(&["FJORD", "--sort", "name"], &["/Work/fjord report.pdf", "/Photos/2026/Fjörd one.jpg"]);
    check(&["fjord", "--sort", "name", "-r"], &["/Photos/2026/Fjörd one.jpg", "/Work/fjord report.pdf"]);
    check(&["fjord", "kind:pdf"], &["/Work/fjord report.pdf"]);
    check(&["report work"], &["/Work/fjord report.pdf"]);
    check(&["2026"], &["/Photos/2026/"]);
    check(&["*.jpg", "--sort", "size"], &["/Photos/2026/Fjörd one.jpg", "/Photos/boat.jpg"]);
    check(&["*.jpg", "--sort", "size", "--reverse", "--limit", "1"], &["/Photos/boat.jpg"]);
    check(&["size:>4", "--in", "photos"], &["/Photos/2026/Fjörd one.jpg"]);
    check(&["modified:today", "in:/Work"], &["/Work/fjord report.pdf"]);
    check(&["nothing-like-it"], &[]);
    check(&["--", "kind:picture", "-boat"], &["/Photos/2026/Fjörd one.jpg"]);
    // What has changed since is known to the next command.
    desk.house.delete("/Photos/boat.jpg");
    desk.house.put("/Photos/new/boats.jpg", "x");
    check(&["boat"], &["/Photos/new/boats.jpg"]);
}

#[test]
fn the_answer_as_json_counts_what_is_not_listed() {
    let desk = desk();
    let told = desk.run(&["find", "kind:picture", "--limit", "1", "--sort", "size", "--json"]).ok().json();
    assert_eq!((&told["count"], &told["bytes"], &told["is_complete"]), (&json!(2), &json!(8), &json!(true)));
    assert_eq!(told["entries"].as_array().unwrap().len(), 1);
    assert_eq!(told["entries"][0]["path"], "/Photos/2026/Fjörd one.jpg");
    assert!(told["as_of"].is_string());
}

#[test]
fn filters_that_cannot_be_understood_and_empty_queries_are_wrong_usage() {
    let desk = desk();
    let run = desk.run(&["find", "fjord", "size:huge", "before:soon"]).ended(2);
    assert!(run.err.contains("“size:huge”, “before:soon” can’t be understood"), "{run:?}");
    for args in [vec!["find", ""], vec!["find", "\"\""], vec!["find"], vec!["find", "x", "--sort", "luck"]] {
        assert_eq!(desk.run(&args).ended(2).out, "", "{args:?}");
    }
    assert_eq!(desk.run(&["find", "\"size:huge\""]).ok().out, "");
    desk.run(&["find", "fjord", "--in", "/gone"]).ended(4);
    desk.run(&["find", "fjord", "--in", "/gone/further"]).ended(4);
    desk.run(&["find", "fjord", "--in", "/note.txt"]).ended(3);
}

#[test]
fn a_name_never_begins_a_line_and_is_whole_between_zero_bytes() {
    let desk = Desk::new();
    desk.house.put("/two\nlines.txt", "x");
    desk.house.put("/other lines.txt", "x");
    assert_eq!(
        desk.run(&["find", "lines", "--sort", "name"]).ok().lines(),
        ["/other lines.txt", "/two?lines.txt"]
    );
    let run = desk.run(&["find", "lines", "--sort", "name", "-0"]).ok();
    assert_eq!(run.out, "/other lines.txt\0/two\nlines.txt\0");
}

#[test]
fn without_the_service_the_answer_is_what_is_known_and_says_as_of_when() {
    let desk = desk();
    // Nothing is known yet.
    let run = desk.run(&["find", "fjord", "--offline"]).ended(6);
    assert!(run.err.contains("Run the command once without --offline."), "{run:?}");
    desk.run(&["find", "fjord"]).ok();
    desk.house.put("/fjord unheard of.txt", "x");
    desk.house.faults().add(Fault::new("*", FaultKind::Reset, u32::MAX));
    let run = desk.run(&["find", "fjord", "--sort", "name"]).ok();
    assert_eq!(run.lines(), ["/Work/fjord report.pdf", "/Photos/2026/Fjörd one.jpg"]);
    assert!(run.err.starts_with("coffer: the account can’t be reached; as of 20"), "{run:?}");
    desk.house.faults().clear();
    let run = desk.run(&["find", "fjord", "--offline"]).ok();
    assert_eq!(run.lines().len(), 2);
    assert!(run.err.starts_with("coffer: as of 20"), "{run:?}");
    let run = desk.run(&["find", "fjord"]).ok();
    assert_eq!((run.lines().len(), run.err.as_str()), (3, ""));
}

#[test]
fn commands_at_the_same_time_use_one_index() {
    let desk = Desk::new();
    for number in 0..200 {
        desk.house.put(&format!("/folder {}/picture {number}.jpg", number % 25), "x");
    }
    let start = |args: &[&str]| -> Running {
        let mut command: Command = desk.command(args);
        Running(command.stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap())
    };
    for round in 0..3 {
        let others = [
            start(&["index", "--rebuild"]),
            start(&["dupes"]),
            start(&["index", "--verify"]),
            start(&["du", "-a"]),
        ];
        desk.house.put(&format!("/folder 1/more {round}.jpg"), "x");
        assert_eq!(desk.run(&["find", "*.jpg"]).ok().lines().len(), 201 + round);
        for other in others {
            assert_eq!(other.wait(), Some(0));
        }
    }
    let told = desk.run(&["index", "--verify", "--json"]).ok().json();
    assert_eq!((&told["files"], &told["differences"]), (&json!(203), &json!(0)));
}
