//! `diff`: lines, bytes and exit codes.

use super::support::Desk;
use serde_json::json;
use std::fs;

const FIRST: &str = "one\ntwo\nthree\nfour\nfive\nsix\nseven\nmore\nnine\nten\neleven\n";
const SECOND: &str = "one\ntwo\n3\nfour\nfive\nsix\nseven\nmore\nnine\nten\neleven\ntwelve";

/// A file with two versions; answers with their revisions.
fn desk() -> (Desk, [String; 2]) {
    let desk = Desk::new();
    let revs = [FIRST, SECOND].map(|text| {
        let entry = desk.house.put("/notes.txt", text);
        entry.file().unwrap().rev.0.to_string()
    });
    (desk, revs)
}

#[test]
fn two_versions_are_printed_as_lines_below_each_other() {
    let (desk, [first, second]) = desk();
    let expected = [
        "@@ -1,6 +1,6 @@",
        " one",
        " two",
        "-three",
        "+3",
        " four",
        " five",
        " six",
        "@@ -9,3 +9,4 @@",
        " nine",
        " ten",
        " eleven",
        "+twelve",
        "\\ No newline at end of file",
    ];
    for revs in [vec!["--rev", &first, "--rev", &second], vec!["--rev", &first]] {
        let run = desk.run(&[&["diff", "/notes.txt"], revs.as_slice()].concat()).ended(1);
        let lines = run.lines();
        assert!(lines[0].starts_with("--- /notes.txt\t2"), "{run:?}");
        assert!(lines[1].starts_with("+++ /notes.txt\t2"), "{run:?}");
        assert_eq!(lines[2..], expected, "{run:?}");
    }
    let run = desk.run(&["diff", "-U", "0", "/notes.txt", "--rev", &first]).ended(1);
    assert_eq!(run.lines()[2..5], ["@@ -3 +3 @@", "-three", "+3"]);
    assert_eq!(run.lines()[5], "@@ -11,0 +12 @@");
    let same = desk.run(&["diff", "/notes.txt", "--rev", &second]).ended(0);
    assert_eq!(same.out, "");
}

#[test]
fn a_file_is_compared_with_another_one_and_with_one_on_this_computer() {
    let (desk, _) = desk();
    desk.house.put("/Docs/copy.txt", SECOND);
    desk.run(&["diff", "/notes.txt", "/Docs/copy.txt"]).ended(0);
    let local_path = desk.house.local("here.txt");
    fs::write(&local_path, "one\ntwo\n").unwrap();
    let run = desk.run(&["diff", "/notes.txt", "--local", local_path.to_str().unwrap()]).ended(1);
    assert!(run.out.contains("-3\n-four\n"), "{run:?}");
    assert!(run.out.contains(&format!("+++ {}\t", local_path.display())), "{run:?}");
}

#[test]
fn of_other_files_the_first_byte_that_differs_is_told() {
    let desk = Desk::new();
    desk.house.put("/a.bin", &b"\0\x01\x02\x03"[..]);
    desk.house.put("/b.bin", &b"\0\x01\x02\x04"[..]);
    let run = desk.run(&["diff", "/a.bin", "/b.bin"]).ended(1);
    assert_eq!(run.out, "Binary files /a.bin and /b.bin differ at byte 4\n");
    let found = desk.run(&["diff", "--json", "/a.bin", "/b.bin"]).ended(1).json();
    assert_eq!((&found["kind"], &found["first_difference"]), (&json!("binary"), &json!(4)));
    desk.house.put("/a.png", &b"\x89PNG\r\n\x1a\nfirst"[..]);
    desk.house.put("/b.png", &b"\x89PNG\r\n\x1a\nother"[..]);
    let run = desk.run(&["diff", "/a.png", "/b.png"]).ended(1);
    assert_eq!(run.out, "Binary files /a.png and /b.png differ at byte 9\n");
    desk.house.put("/c.txt", "a\r\nb\r\n");
    desk.house.put("/d.txt", "a\nb\n");
    let run = desk.run(&["diff", "/c.txt", "/d.txt"]).ended(1);
    assert_eq!(run.out, "Files /c.txt and /d.txt differ only in their encodings or line breaks\n");
}

#[test]
fn json_has_both_files_and_the_changes() {
    let (desk, [first, second]) = desk();
    let found = desk.run(&["diff", "--json", "/notes.txt", "--rev", &first]).ended(1).json();
    assert_eq!(found["equal"], json!(false));
    assert_eq!((&found["from"]["rev"], &found["to"]["rev"]), (&json!(first), &json!(second)));
    assert_eq!((&found["removed"], &found["added"]), (&json!(1), &json!(2)));
    let hunk = &found["hunks"][1];
    assert_eq!((&hunk["from_line"], &hunk["to_lines"]), (&json!(9), &json!(4)));
    assert_eq!(hunk["lines"][3], json!("+twelve"));
}

#[test]
fn what_fails_ends_with_two_so_that_one_means_a_difference() {
    let (desk, [first, _]) = desk();
    desk.run(&["diff", "/notes.txt", "/gone.txt"]).ended(2);
    desk.run(&["diff", "/notes.txt", "--rev", "0123456789abc"]).ended(2);
    desk.run(&["diff", "/notes.txt", "--local", "/no/such/file"]).ended(2);
    let run = desk.run(&["diff", "/notes.txt"]).ended(2);
    assert!(run.err.contains("There is nothing to compare the file with"), "{run:?}");
    desk.run(&["diff", "/notes.txt", "/notes.txt", "--rev", &first, "--local", "x"]).ended(2);
}

#[test]
fn white_space_is_ignored_on_demand() {
    let (desk, _) = desk();
    let local_path = desk.house.local("here.txt");
    let diff = ["diff", "-w", "/notes.txt", "--local", local_path.to_str().unwrap()];
    fs::write(&local_path, SECOND.replace("six", " s i\tx  ").replace('\n', "\r\n")).unwrap();
    assert_eq!(desk.run(&diff).ended(0).out, "");
    assert_eq!(desk.run(&[&diff[..], &["--json"]].concat()).ended(0).json()["equal"], true);
    desk.run(&[&["diff", "--ignore-all-space"], &diff[2..]].concat()).ended(0);
    desk.run(&[&["diff"], &diff[2..]].concat()).ended(1);
    fs::write(&local_path, SECOND.replace("six", "s e x")).unwrap();
    let run = desk.run(&[&diff[..], &["-U", "0"]].concat()).ended(1);
    assert_eq!(run.lines()[2..], ["@@ -6 +6 @@", "-six", "+s e x"]);
}
