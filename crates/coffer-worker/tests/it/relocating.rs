//! Moving and copying into folders where names are taken: what is asked, what is done about each answer, and that it
//! can all be taken back.

use super::proxy::{Proxy, Twist};
use coffer_model::message::{Edit, Job};
use coffer_model::transfer::Decision::{self, KeepBoth, Replace, Skip};
use coffer_model::{Entry, Operation, Outcome, Problem, Receipt, Relocation, RelocationConflict, RemotePath};
use coffer_testing::house::{House, PATIENCE};
use std::sync::{Mutex, mpsc};

/// How an edit ended.
pub(crate) struct Edited {
    entries: Vec<Entry>,
    operation: Option<Operation>,
    pub(crate) failed: Vec<Problem>,
    pub(crate) conflicts: Vec<RelocationConflict>,
}

#[track_caller]
fn edit(house: &mut House, edit: Edit) -> Edited {
    match house.run(Job::Edit(edit)).outcome {
        Outcome::Done(Receipt::Edited { entries, operation, failed, conflicts }) => {
            Edited { entries, operation, failed, conflicts }
        }
        other => panic!("an edit answers with an edit: {other:?}"),
    }
}

/// Undoes or redoes an operation that can be reversed as a whole; gives it back as it stands then.
#[track_caller]
pub(crate) fn undo(house: &mut House, operation: Option<Operation>) -> Operation {
    let reversal = house.reverse(&operation.expect("it can be undone"));
    assert_eq!(reversal.failed, []);
    reversal.operation
}

/// Moves or copies items into a folder.
pub(crate) fn relocate(house: &mut House, kind: Relocation, paths: &[&str], folder: &str) -> Edited {
    let items = paths
        .iter()
        .map(|path| {
            let entry = house.entry(path);
            let target = RemotePath::new(folder).join(entry.name());
            (entry, target)
        })
        .collect();
    match kind {
        Relocation::Move => edit(house, Edit::Move(items)),
        Relocation::Copy => edit(house, Edit::Copy(items)),
    }
}

/// Carries out one decision for each conflict.
pub(crate) fn decide(
    house: &mut House,
    kind: Relocation,
    mut conflicts: Vec<RelocationConflict>,
    decisions: &[Decision],
) -> Edited {
    assert_eq!(conflicts.len(), decisions.len(), "{conflicts:?}");
    for (conflict, decision) in conflicts.iter_mut().zip(decisions) {
        conflict.decide(*decision);
    }
    edit(house, Edit::Relocate { kind, conflicts, earlier: None })
}

fn targets(conflicts: &[RelocationConflict]) -> Vec<&str> {
    conflicts.iter().map(|conflict| conflict.target.as_str()).collect()
}

/// All paths with the content of the files.
fn contents(house: &House) -> Vec<(String, Vec<u8>)> {
    let read = |path: String| {
        let bytes = if path.ends_with('/') { Vec::new() } else { house.read(&path) };
        (path, bytes)
    };
    house.every_path().into_iter().map(read).collect()
}

#[test]
fn a_taken_name_becomes_a_conflict_with_both_sides_and_the_others_go_on() {
    for kind in [Relocation::Move, Relocation::Copy] {
        let mut house = House::new();
        house.put("/Target/b.txt", "theirs");
        house.put("/Target/same.txt", "same");
        for name in ["a", "b", "c", "same"] {
            house.put(&format!("/{name}.txt"), name);
        }
        let before = contents(&house);
        let paths = ["/a.txt", "/b.txt", "/c.txt", "/same.txt"];
        let Edited { entries, operation: inverse, failed, conflicts } =
            relocate(&mut house, kind, &paths, "/Target");
        assert_eq!((entries.len(), failed.len()), (2, 0));
        assert_eq!(targets(&conflicts), ["/Target/b.txt", "/Target/same.txt"]);
        assert_eq!(conflicts[0].existing, house.entry("/Target/b.txt"));
        assert_eq!([false, true], [0, 1].map(|index: usize| conflicts[index].is_identical()));
        assert_eq!(house.read("/Target/b.txt"), b"theirs");
        assert!(house.exists("/b.txt") && house.exists("/Target/c.txt"));
        undo(&mut house, inverse);
        assert_eq!(contents(&house), before);
    }
}

#[test]
fn a_single_item_is_asked_about_as_well() {
    for kind in [Relocation::Move, Relocation::Copy] {
        let mut house = House::new();
        house.put("/Target/a.txt", "theirs");
        house.put("/a.txt", "mine");
        let edited = relocate(&mut house, kind, &["/a.txt"], "/Target");
        assert_eq!(targets(&edited.conflicts), ["/Target/a.txt"]);
        assert!(edited.entries.is_empty() && edited.operation.is_none() && edited.failed.is_empty());
    }
}

#[test]
fn files_are_replaced_kept_both_or_left_and_all_of_it_can_be_undone_and_redone() {
    for kind in [Relocation::Move, Relocation::Copy] {
        let mut house = House::new();
        let paths = ["/replace.txt", "/both.txt", "/skip.txt"];
        for path in paths {
            house.put(path, format!("mine {path}"));
            house.put(&format!("/Target{path}"), format!("theirs {path}"));
        }
        let before = contents(&house);
        let asked = relocate(&mut house, kind, &paths, "/Target");
        let done = decide(&mut house, kind, asked.conflicts, &[Replace, KeepBoth, Skip]);
        assert_eq!(done.failed, []);
        assert_eq!(house.read("/Target/replace.txt"), b"mine /replace.txt");
        assert_eq!(house.read("/Target/both.txt"), b"theirs /both.txt");
        assert_eq!(house.read("/Target/both (1).txt"), b"mine /both.txt");
        assert_eq!(house.read("/Target/skip.txt"), b"theirs /skip.txt");
        let is_left = |path| house.exists(path);
        let left = paths.map(is_left);
        assert_eq!(left, [kind == Relocation::Copy, kind == Relocation::Copy, true]);
        let after = contents(&house);
        let redo = undo(&mut house, done.operation);
        assert_eq!(contents(&house), before, "{kind:?} undone");
        let redone = undo(&mut house, Some(redo));
        assert_eq!(contents(&house), after, "{kind:?} redone");
        undo(&mut house, Some(redone));
        assert_eq!(contents(&house), before, "{kind:?} undone again");
    }
}

#[test]
fn a_file_that_was_changed_since_it_was_seen_is_not_replaced() {
    let mut house = House::new();
    house.put("/a.txt", "mine");
    house.put("/Target/a.txt", "theirs");
    let asked = relocate(&mut house, Relocation::Move, &["/a.txt"], "/Target");
    house.put("/Target/a.txt", "newer than what was seen");
    let kind = Relocation::Move;
    let conflicts =
        asked.conflicts.into_iter().map(|it| RelocationConflict { decision: Some(Replace), ..it }).collect();
    let problem = house.run(Job::Edit(Edit::Relocate { kind, conflicts, earlier: None })).problem();
    assert_eq!(problem.title, "“a.txt” could not be replaced");
    assert_eq!(house.read("/Target/a.txt"), b"newer than what was seen");
    assert_eq!(house.read("/a.txt"), b"mine");
}

#[test]
fn a_replaced_file_is_back_when_the_other_one_cannot_take_its_place() {
    let mut house = House::new();
    house.put("/a.txt", "mine");
    house.put("/Target/a.txt", "theirs");
    let asked = relocate(&mut house, Relocation::Move, &["/a.txt"], "/Target");
    let proxy = Proxy::between(&mut house);
    proxy.twist(|call| match call.route.as_str() {
        "files/move_v2" => Twist::Answer(
            409,
            r#"{"error_summary": "to/no_write_permission/", "error": {".tag": "to", "to": {".tag": "no_write_permission"}}}"#.into(),
        ),
        _ => Twist::Pass,
    });
    let conflicts =
        asked.conflicts.into_iter().map(|it| RelocationConflict { decision: Some(Replace), ..it }).collect();
    let edit = Edit::Relocate { kind: Relocation::Move, conflicts, earlier: None };
    let problem = house.run(Job::Edit(edit)).problem();
    assert_eq!(problem.title, "“a.txt” could not be moved");
    assert_eq!(house.read("/Target/a.txt"), b"theirs");
    assert_eq!(house.read("/a.txt"), b"mine");
}

/// Sixty files in the root, whose names are all taken in `/Target`: more than are replaced at once.
fn sixty_taken_names(house: &House) -> Vec<String> {
    let paths: Vec<String> = (0..60).map(|number| format!("/f{number}.txt")).collect();
    for path in &paths {
        house.put(path, format!("mine {path}"));
        house.put(&format!("/Target{path}"), format!("theirs {path}"));
    }
    paths
}

#[test]
fn many_files_are_replaced_in_batches() {
    let mut house = House::new();
    let paths = sixty_taken_names(&house);
    let before = contents(&house);
    let paths: Vec<&str> = paths.iter().map(String::as_str).collect();
    let kind = Relocation::Move;
    let asked = relocate(&mut house, kind, &paths, "/Target");
    house.put("/Target/f7.txt", "changed meanwhile");
    let done = decide(&mut house, kind, asked.conflicts, &[Replace; 60]);
    assert_eq!(done.failed.len(), 1);
    assert_eq!(done.failed[0].title, "“f7.txt” could not be replaced");
    assert_eq!(house.read("/f7.txt"), b"mine /f7.txt");
    assert_eq!(house.read("/Target/f7.txt"), b"changed meanwhile");
    assert_eq!(house.read("/Target/f59.txt"), b"mine /f59.txt");
    assert!(!house.exists("/f59.txt"));
    undo(&mut house, done.operation);
    house.put("/Target/f7.txt", "theirs /f7.txt");
    assert_eq!(contents(&house), before);
}

#[test]
fn what_was_replaced_before_a_cancel_can_be_undone() {
    let mut house = House::new();
    let paths = sixty_taken_names(&house);
    let before = contents(&house);
    let paths: Vec<&str> = paths.iter().map(String::as_str).collect();
    let kind = Relocation::Move;
    let mut conflicts = relocate(&mut house, kind, &paths, "/Target").conflicts;
    for conflict in &mut conflicts {
        conflict.decide(Replace);
    }
    let proxy = Proxy::between(&mut house);
    let ((reached, is_reached), (proceed, may_proceed)) = (mpsc::channel(), mpsc::channel::<()>());
    let may_proceed = Mutex::new(may_proceed);
    proxy.twist(move |call| {
        if call.route == "files/move_batch_v2" {
            let _ = reached.send(());
            let _ = may_proceed.lock().unwrap().recv();
        }
        Twist::Pass
    });
    let id = house.start(Job::Edit(Edit::Relocate { kind, conflicts, earlier: None }));
    is_reached.recv_timeout(PATIENCE).expect("the first files are moved");
    house.cancel(id);
    drop(proceed);
    let Outcome::Done(Receipt::Edited { entries, operation: inverse, failed, .. }) = house.wait(id).outcome
    else {
        panic!("what was done is told");
    };
    assert_eq!((entries.len(), failed), (50, vec![]));
    undo(&mut house, inverse);
    assert_eq!(contents(&house), before);
}

/// Two folders of the same name, with files and folders that are in both and such that are not.
fn trips(house: &House) {
    house.put("/Trip/only mine.txt", "1");
    house.put("/Trip/both.txt", "mine");
    house.put("/Trip/Day/only mine.txt", "2");
    house.put("/Trip/Day/both.txt", "mine, too");
    house.put("/Trip/New/deep/x.txt", "3");
    house.put("/Trip/file or folder", "a file");
    house.put("/Docs/Trip/both.txt", "theirs");
    house.put("/Docs/Trip/day/Both.txt", "theirs, too");
    house.put("/Docs/Trip/only theirs.txt", "4");
    house.put("/Docs/Trip/file or folder/y.txt", "in a folder");
}

#[test]
fn folders_are_merged_and_their_files_are_asked_about_one_by_one() {
    for kind in [Relocation::Move, Relocation::Copy] {
        let mut house = House::new();
        trips(&house);
        let before = contents(&house);
        let asked = relocate(&mut house, kind, &["/Trip"], "/Docs");
        assert_eq!(
            targets(&asked.conflicts),
            ["/Docs/Trip", "/Docs/Trip/both.txt", "/Docs/Trip/Day/both.txt", "/Docs/Trip/file or folder"]
        );
        let done = decide(&mut house, kind, asked.conflicts, &[Replace, Replace, KeepBoth, KeepBoth]);
        assert_eq!(done.failed, []);
        let read = |path: &str| String::from_utf8(house.read(&format!("/Docs/Trip/{path}"))).unwrap();
        assert_eq!(read("both.txt"), "mine");
        assert_eq!(read("day/Both.txt"), "theirs, too");
        assert_eq!(read("day/both (1).txt"), "mine, too");
        assert_eq!(read("day/only mine.txt"), "2");
        assert_eq!(read("New/deep/x.txt"), "3");
        assert_eq!(read("only theirs.txt"), "4");
        assert_eq!(read("file or folder (1)"), "a file");
        assert_eq!(read("file or folder/y.txt"), "in a folder");
        assert_eq!(house.exists("/Trip"), kind == Relocation::Copy, "an emptied folder goes");
        let after = contents(&house);
        let redo = undo(&mut house, done.operation);
        assert_eq!(contents(&house), before, "{kind:?} undone");
        undo(&mut house, Some(redo));
        assert_eq!(contents(&house), after, "{kind:?} redone");
    }
}

#[test]
fn what_is_skipped_in_a_merged_folder_stays_there_with_its_folder() {
    let mut house = House::new();
    trips(&house);
    let before = contents(&house);
    let kind = Relocation::Move;
    let asked = relocate(&mut house, kind, &["/Trip"], "/Docs");
    let done = decide(&mut house, kind, asked.conflicts, &[Replace, Replace, Skip, Replace]);
    assert_eq!(done.failed, []);
    let left: Vec<String> = house.tree().into_iter().filter(|path| path.starts_with("/Trip")).collect();
    assert_eq!(left, ["/Trip/", "/Trip/Day/", "/Trip/Day/both.txt"]);
    undo(&mut house, done.operation);
    assert_eq!(contents(&house), before);
}

#[test]
fn what_came_into_a_folder_after_the_question_is_neither_lost_nor_replaced() {
    let mut house = House::new();
    trips(&house);
    let kind = Relocation::Move;
    let asked = relocate(&mut house, kind, &["/Trip"], "/Docs");
    house.put("/Docs/Trip/only mine.txt", "came meanwhile");
    house.put("/Docs/Trip/both.txt", "changed meanwhile");
    house.put("/Trip/late.txt", "late");
    let done = decide(&mut house, kind, asked.conflicts, &[Replace, Replace, Replace, KeepBoth]);
    let mut failed: Vec<&str> = done.failed.iter().map(|problem| problem.title.as_str()).collect();
    failed.sort_unstable();
    assert_eq!(failed, ["“both.txt” could not be moved", "“only mine.txt” could not be moved"]);
    assert_eq!(house.read("/Docs/Trip/only mine.txt"), b"came meanwhile");
    assert_eq!(house.read("/Docs/Trip/both.txt"), b"changed meanwhile");
    assert_eq!(house.read("/Trip/only mine.txt"), b"1");
    assert_eq!(house.read("/Trip/both.txt"), b"mine");
    assert_eq!(house.read("/Docs/Trip/late.txt"), b"late");
}

#[test]
fn a_folder_is_kept_beside_another_one_and_with_a_file_of_its_name() {
    let mut house = House::new();
    house.put("/Trip/x.txt", "mine");
    house.put("/Docs/Trip/x.txt", "theirs");
    house.put("/Name/x.txt", "in a folder");
    house.put("/Docs/Name", "a file");
    let before = contents(&house);
    let kind = Relocation::Move;
    let asked = relocate(&mut house, kind, &["/Trip", "/Name"], "/Docs");
    assert_eq!(targets(&asked.conflicts), ["/Docs/Trip", "/Docs/Trip/x.txt", "/Docs/Name"]);
    let done = decide(&mut house, kind, asked.conflicts, &[KeepBoth, Replace, Replace]);
    assert_eq!(done.failed, []);
    assert_eq!(house.read("/Docs/Trip/x.txt"), b"theirs");
    assert_eq!(house.read("/Docs/Trip (1)/x.txt"), b"mine");
    assert_eq!(house.read("/Docs/Name"), b"a file");
    assert_eq!(house.read("/Docs/Name (1)/x.txt"), b"in a folder");
    undo(&mut house, done.operation);
    assert_eq!(contents(&house), before);
}

#[test]
fn a_folder_is_not_merged_with_the_folder_that_it_is_in() {
    let mut house = House::new();
    house.put("/A/A/x.txt", "inner");
    house.put("/A/y.txt", "outer");
    let kind = Relocation::Move;
    let asked = relocate(&mut house, kind, &["/A/A"], "");
    assert_eq!(targets(&asked.conflicts), ["/A"]);
    let done = decide(&mut house, kind, asked.conflicts, &[Replace]);
    assert_eq!(done.failed, []);
    assert_eq!(house.tree(), ["/A (1)/", "/A (1)/x.txt", "/A/", "/A/y.txt"]);
}
