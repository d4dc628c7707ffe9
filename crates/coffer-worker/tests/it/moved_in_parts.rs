//! What people are told of a folder that was moved in parts.

use super::large_folders::{edit, house};
use coffer_model::{ChangeKind, Edit, Job, Receipt, Relocation, RemotePath, TransferPhase, Update};
use coffer_testing::house::{Ended, House};

fn update_index(house: &mut House) {
    house.run(Job::UpdateIndex { rebuild: false, verify: false }).receipt();
}

/// All of it, at one moment.
fn changes(house: &mut House) -> Vec<(ChangeKind, String, u64)> {
    update_index(house);
    let job = Job::ListChanges {
        below: RemotePath::root(),
        since: None,
        most: usize::MAX,
        most_of_a_kind: usize::MAX,
    };
    match house.run(job).receipt() {
        Receipt::Changes(changes) => {
            changes.iter().map(|change| (change.kind, change.path.to_string(), change.files)).collect()
        }
        other => panic!("changes are asked for: {other:?}"),
    }
}

fn deleted(house: &mut House) -> Vec<String> {
    let ended = house.run(Job::ListDeleted { path: RemotePath::root(), details: true });
    let listings = ended.listings();
    listings.last().unwrap().entries.iter().map(|entry| entry.path.to_string()).collect()
}

/// The phase, and how much was done of how much, as it was told last.
fn last_progress(ended: &Ended) -> Option<(TransferPhase, u64, u64)> {
    ended.updates.iter().rev().find_map(|update| match update {
        Update::Transfer(progress) => {
            Some((progress.phase.clone(), progress.files_done, progress.files_total))
        }
        _ => None,
    })
}

#[test]
fn it_is_told_how_many_of_all_files_are_at_the_new_place() {
    let mut house = house();
    update_index(&mut house);
    let job = edit(&house, Relocation::Move, "/Large", "/Renamed");
    let ended = house.run(job);
    assert_eq!(last_progress(&ended), Some((TransferPhase::Moving, 41, 41)));
    ended.receipt();
}

#[test]
fn a_folder_that_is_deleted_tells_how_much_was_found_in_it() {
    let mut house = house();
    let items = house.every_path().iter().filter(|path| path.starts_with("/Large")).count() as u64;
    let job = Job::Edit(Edit::Delete(vec![house.entry("/Large")]));
    let ended = house.run(job);
    let found = ended.updates.iter().filter_map(|update| match update {
        Update::Transfer(progress) if progress.phase == TransferPhase::Preparing => Some(progress.files_done),
        _ => None,
    });
    assert_eq!(found.max(), Some(items));
}

#[test]
fn it_is_one_change_and_its_old_place_is_no_deleted_folder() {
    let mut house = house();
    house.put("/Large/deep/old.txt", "old");
    update_index(&mut house);
    house.delete("/Large/deep/old.txt");
    update_index(&mut house);
    let before = changes(&mut house).len();
    let job = edit(&house, Relocation::Move, "/Large", "/Renamed");
    house.run(job).receipt();
    let told = changes(&mut house);
    // What is nothing but a folder is no file that went with it.
    assert_eq!(told[..told.len() - before], [(ChangeKind::Moved, "/Renamed".to_owned(), 41)]);
    // What was deleted in it before has its folders.
    assert_eq!(deleted(&mut house), ["/Large", "/Large/deep", "/Large/deep/old.txt"]);
}

#[test]
fn a_folder_in_which_nothing_was_deleted_is_not_among_what_was() {
    let mut house = house();
    update_index(&mut house);
    let job = edit(&house, Relocation::Move, "/Large", "/Renamed");
    house.run(job).receipt();
    update_index(&mut house);
    assert_eq!(deleted(&mut house), [""; 0]);
}
