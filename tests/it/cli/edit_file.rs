//! `coffer edit`: the person's editor on a file of the account.

use super::support::{Desk, Run};
use std::fs;

const LETTER: &str = "/Letter.txt";

/// Runs `coffer edit` with a shell script as the editor, which has the file as `$1`.
fn edit(desk: &Desk, editor: &str, more: &[&str]) -> Run {
    let script = desk.house.local("editor");
    fs::write(&script, format!("#!/bin/sh\nset -e\n{editor}\n")).unwrap();
    let mut args = vec!["edit", LETTER];
    args.extend(more);
    let mut command = desk.command(&args);
    command.env("VISUAL", format!("sh {}", script.display()));
    command.output().unwrap().into()
}

fn desk() -> Desk {
    let desk = Desk::new();
    desk.house.put(LETTER, "Dear Ida");
    desk
}

#[test]
fn what_the_editor_has_saved_is_a_new_version() {
    let desk = desk();
    let run = edit(&desk, r#"test "$(cat "$1")" = "Dear Ida"; echo ", bye" >> "$1""#, &[]).ok();
    assert_eq!(run.lines(), ["saved /Letter.txt"]);
    assert_eq!(desk.house.read(LETTER), b"Dear Ida, bye\n");
    assert_eq!(desk.revisions(), 2);
}

#[test]
fn a_file_that_was_only_looked_at_is_not_sent() {
    let desk = desk();
    let run = edit(&desk, r#"touch "$1""#, &["--json"]).ok();
    assert_eq!(run.json()["result"], "unchanged");
    assert_eq!(desk.revisions(), 1);
}

#[test]
fn when_somebody_else_was_faster_both_are_kept() {
    let desk = desk();
    let elsewhere = format!("{} && echo mine > \"$1\"", put_elsewhere(&desk));
    let run = edit(&desk, &elsewhere, &["--json"]).ended(3);
    let document = run.json();
    assert_eq!(document["result"], "conflict");
    assert_eq!(desk.house.read(LETTER), b"theirs\n");
    assert_eq!(desk.house.read(document["saved_as"].as_str().unwrap()), b"mine\n");
}

/// A command of the shell that changes the letter from another data folder.
fn put_elsewhere(desk: &Desk) -> String {
    let file = desk.house.local("Letter.txt");
    fs::write(&file, "theirs\n").unwrap();
    let other = desk.house.local("other");
    let args = ["put", "--on-conflict", "replace", "--data-dir"];
    let command = desk.command(&args);
    let program = command.get_program().to_string_lossy().into_owned();
    format!(
        "{program} put --on-conflict replace --api-url {} --data-dir {} {} / > /dev/null",
        desk.url,
        other.display(),
        file.display()
    )
}

#[test]
fn changes_that_could_not_be_sent_are_kept_and_sent_by_the_next_run() {
    let desk = desk();
    let run = edit(&desk, r#"echo changed > "$1"; exit 3"#, &[]).ended(1);
    assert!(run.err.contains("Your changes are kept in "), "{run:?}");
    assert_eq!(desk.house.read(LETTER), b"Dear Ida");
    let run = edit(&desk, r#"test "$(cat "$1")" = changed && echo again >> "$1""#, &[]).ok();
    assert!(run.err.contains("Continuing with changes"), "{run:?}");
    assert_eq!(desk.house.read(LETTER), b"changed\nagain\n");
    let copies = fs::read_dir(desk.house.local("data/state/working-copies")).unwrap();
    assert_eq!(copies.count(), 0, "what is in the account is not kept here");
}

/// As `code` without `--wait`: the window is open still, and saves later.
#[test]
fn an_editor_that_ends_at_once_does_not_lose_its_file() {
    let desk = desk();
    let run = edit(&desk, "true", &[]).ok();
    assert!(run.err.contains("The editor ended at once."), "{run:?}");
    let copies = desk.house.local("data/state/working-copies");
    let copy = fs::read_dir(copies).unwrap().next().unwrap().unwrap().path();
    for text in ["saved later", "saved later still"] {
        fs::write(copy.join("file/Letter.txt"), text).unwrap();
        edit(&desk, "true", &[]).ok();
        assert_eq!(desk.house.read(LETTER), text.as_bytes());
    }
}

#[test]
fn what_the_editor_has_saved_beside_the_file_is_told_and_kept() {
    let desk = desk();
    let run = edit(&desk, r#"echo bye >> "$1"; echo copy > "${1%/*}/Letter 2.txt""#, &[]).ended(1);
    assert!(run.err.contains("“Letter 2.txt” was saved beside it"), "{run:?}");
    assert_eq!(desk.revisions(), 2);
    let copies = desk.house.local("data/state/working-copies");
    let copy = fs::read_dir(copies).unwrap().next().unwrap().unwrap().path();
    assert_eq!(fs::read(copy.join("file/Letter 2.txt")).unwrap(), b"copy\n");
}

#[test]
fn what_is_no_file_is_not_edited() {
    let desk = desk();
    desk.house.put("/Docs/a.txt", "x");
    let edit = |path: &str| desk.run(&["edit", path]);
    edit("/None.txt").ended(4);
    assert!(edit("/Docs").ended(1).err.contains("It is a folder, not a file."));
}
