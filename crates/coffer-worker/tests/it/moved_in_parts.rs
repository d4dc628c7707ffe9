//! What people are told of a folder that was moved in parts.

use super::large_folders::{edit, house};
use coffer_model::{ChangeKind, Job, Receipt, Relocation, RemotePath};
use coffer_testing::house::House;

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
