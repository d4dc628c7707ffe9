//! `du`: how much is in folders.

use super::support::Desk;
use serde_json::json;

fn desk() -> Desk {
    let desk = Desk::new();
    desk.house.put("/A/b/deep.bin", vec![0; 3000]);
    desk.house.put("/A/one.bin", vec![0; 500]);
    desk.house.put("/C/two.bin", vec![0; 40_000]);
    desk.house.put("/top.bin", vec![0; 7]);
    desk
}

#[test]
fn folders_come_behind_what_is_in_them_and_the_total_last() {
    let desk = desk();
    let check = |args: &[&str], expected: &[&str]| {
        let run = desk.run(&[&["du"], args].concat()).ok();
        let lines: Vec<String> =
            run.out.lines().map(|line| line.split_whitespace().collect::<Vec<_>>().join(" ")).collect();
        assert_eq!(lines, expected, "{args:?}");
    };
    check(&[], &["3 KB /A/b/", "4 KB /A/", "40 KB /C/", "44 KB /"]);
    check(&["-d", "1"], &["4 KB /A/", "40 KB /C/", "44 KB /"]);
    check(&["-d", "0", "--bytes"], &["43507 /"]);
    check(&["-d1", "--sort", "size"], &["40 KB /C/", "4 KB /A/", "44 KB /"]);
    check(&["a"], &["3 KB /A/b/", "4 KB /A/"]);
    check(&["-a", "-b", "/A"], &["3000 /A/b/deep.bin", "3000 /A/b/", "500 /A/one.bin", "3500 /A/"]);
    check(&["/A/one.bin"], &["500 B /A/one.bin"]);
    check(&["--largest", "2", "-b"], &["40000 /C/two.bin", "3000 /A/b/deep.bin"]);
    check(&["--largest", "1", "/A/b"], &["3 KB /A/b/deep.bin"]);
    desk.run(&["du", "/gone"]).ended(4);
    desk.run(&["du", "--largest", "2", "/gone"]).ended(4);
    desk.run(&["du", "--largest", "2", "-d", "1"]).ended(2);
}

#[test]
fn the_totals_as_json_have_counts_and_the_latest_change() {
    let desk = desk();
    let told = desk.run(&["du", "/A", "--json"]).ok().json();
    let entries = told["entries"].as_array().unwrap();
    let total = &entries[1];
    assert_eq!(
        (&total["path"], &total["bytes"], &total["files"], &total["folders"]),
        (&json!("/A"), &json!(3500), &json!(2), &json!(1))
    );
    let newest = desk.house.entry("/A/one.bin").file().unwrap().client_modified;
    assert!(total["newest"].as_str().unwrap() >= newest.to_string().as_str());
    let told = desk.run(&["du", "-d", "0", "--json"]).ok().json();
    assert_eq!((&told["entries"][0]["files"], &told["entries"][0]["folders"]), (&json!(4), &json!(3)));
}
