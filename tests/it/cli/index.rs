//! `index`, and what becomes of a file of the index that is damaged.

use super::support::{Desk, Run};
use fastrand::Rng;
use serde_json::json;
use std::fs;
use std::path::PathBuf;

fn desk() -> Desk {
    let desk = Desk::new();
    for number in 0..250 {
        desk.house.put(&format!("/folder {}/picture {number}.jpg", number % 5), "12345");
    }
    desk
}

fn index_file(desk: &Desk) -> PathBuf {
    let told = desk.run(&["index", "--status", "--json"]).ok().json();
    PathBuf::from(told["file"].as_str().unwrap())
}

#[test]
fn the_status_asks_nobody_and_the_update_lists_what_is_missing() {
    let desk = desk();
    let told = desk.run(&["index", "--status", "--json"]).ok().json();
    assert_eq!(
        (&told["state"], &told["files"], &told["as_of"]),
        (&json!("incomplete"), &json!(0), &json!(null))
    );
    let run = desk.run(&["index"]).ok();
    assert!(run.lines()[0] == "State     complete", "{run:?}");
    assert_eq!(run.lines()[1], "Contents  250 files and 5 folders, 1 KB");
    desk.house.put("/new.txt", "1");
    let told = desk.run(&["index", "--status", "--json"]).ok().json();
    assert_eq!(
        (&told["state"], &told["files"], &told["folders"]),
        (&json!("complete"), &json!(250), &json!(5))
    );
    assert_eq!(told["file_bytes"], fs::metadata(index_file(&desk)).unwrap().len());
    assert_eq!(desk.run(&["index", "--json"]).ok().json()["files"], 251);
    let told = desk.run(&["index", "--rebuild", "--json"]).ok().json();
    assert_eq!((&told["files"], &told["was_replaced"]), (&json!(251), &json!(false)));
    desk.run(&["index", "--rebuild", "--verify"]).ended(2);
}

#[test]
fn what_differs_from_the_account_is_corrected() {
    let desk = desk();
    desk.run(&["index"]).ok();
    let connection = rusqlite::Connection::open(index_file(&desk)).unwrap();
    connection.execute("DELETE FROM file WHERE key = 'picture 7.jpg'", []).unwrap();
    connection.execute("UPDATE file SET bytes = 1 WHERE key = 'picture 9.jpg'", []).unwrap();
    drop(connection);
    let run = desk.run(&["index", "--verify"]).ok();
    let last = |run: &Run| run.lines()[run.lines().len() - 2..].join("; ");
    // The file that came back was counted twice, for its folder and for the account; the other was 4 bytes too small.
    assert_eq!(
        last(&run),
        "Compared  6 folders, 2 differences corrected; Totals    counted anew, 3 folders corrected"
    );
    let told = desk.run(&["index", "--verify", "--json"]).ok().json();
    assert_eq!(
        (&told["checked_folders"], &told["differences"], &told["wrong_totals"]),
        (&json!(6), &json!(0), &json!(0))
    );
    assert_eq!(desk.run(&["du", "-d", "0", "--bytes"]).ok().lines()[0].trim(), "1250  /");
}

#[test]
fn a_damaged_file_leads_to_a_new_index_and_a_sentence_and_to_the_same_answers() {
    let desk = desk();
    let commands: [&[&str]; 5] =
        [&["find", "picture 1", "--sort", "name"], &["du"], &["dupes"], &["changes"], &["index", "--verify"]];
    let answers = |run: &Run| run.out.lines().filter(|line| !line.starts_with("As of")).count();
    let expected: Vec<usize> = commands.iter().map(|args| answers(&desk.run(args).ok())).collect();
    let file = index_file(&desk);
    let whole = fs::read(&file).unwrap();
    let noise = |from: usize, to: usize| {
        let mut bytes = whole.clone();
        Rng::with_seed(3).fill(&mut bytes[from..to]);
        bytes
    };
    let damaged = [
        Vec::from("short"),
        whole[..whole.len() / 2].to_vec(),
        whole[..5000].to_vec(),
        noise(0, 100),
        noise(4096, whole.len()),
    ];
    for (number, bytes) in damaged.iter().enumerate() {
        for (args, expected) in commands.iter().zip(&expected) {
            fs::write(&file, bytes).unwrap();
            let run = desk.run(args).ok();
            assert!(run.err.contains("so it is made anew"), "{number} {args:?} {run:?}");
            assert_eq!(answers(&run), *expected, "{number} {args:?} {run:?}");
        }
    }
    let told = desk.run(&["index", "--verify", "--json"]).ok().json();
    assert_eq!((&told["files"], &told["differences"]), (&json!(250), &json!(0)));
}
