//! What takes the space of a folder, as the window is told.

use coffer_model::message::{Job, Update};
use coffer_model::{FileKind, FolderSummary, IndexPhase, RemotePath, SpaceMap, SpacePart};
use coffer_testing::house::{House, names};
use std::sync::Arc;

/// A house whose index is complete.
fn house() -> House {
    let mut house = House::new();
    house.put("/Photos/2026/beach.jpg", "12345");
    house.put("/Photos/2026/forest.mp4", "123456789");
    house.put("/Photos/lake.jpg", "123");
    house.put("/tax.pdf", "1234");
    let session = house.session;
    house.wait_for(session, |update| match update {
        Update::Index(status) if status.phase == IndexPhase::Complete && status.files == 4 => Some(()),
        _ => None,
    });
    house
}

struct Told {
    map: Option<Arc<SpaceMap>>,
    summary: Option<Arc<FolderSummary>>,
    rows: Vec<String>,
}

fn ask(house: &mut House, job: Job) -> Told {
    let mut told = Told { map: None, summary: None, rows: Vec::new() };
    for update in house.run(job).updates {
        match update {
            Update::SpaceMap(map) => told.map = Some(map),
            Update::FolderSummary(summary) => told.summary = Some(summary),
            Update::Listing(listing) => told.rows = names(&listing).into_iter().map(str::to_owned).collect(),
            other => panic!("{other:?}"),
        }
    }
    told
}

fn space(house: &mut House, folder: &str, part: SpacePart) -> Told {
    ask(house, Job::ListSpace { folder: RemotePath::new(folder), part })
}

#[test]
fn the_map_of_a_folder_comes_with_rows_for_its_items_and_the_sums_of_its_kinds() {
    let mut house = house();
    let told = space(&mut house, "/Photos", SpacePart::Map);
    let map = told.map.unwrap();
    assert_eq!((map.totals.files, map.totals.bytes), (3, 17));
    assert_eq!(map.blocks.iter().map(|block| block.bytes).collect::<Vec<_>>(), [14, 3]);
    assert_eq!(told.rows, ["2026", "lake.jpg", "forest.mp4", "beach.jpg"]);
    let summary = told.summary.unwrap();
    let kinds: Vec<(FileKind, u64)> =
        summary.kinds.iter().map(|totals| (totals.kind, totals.bytes)).collect();
    assert_eq!(kinds, [(FileKind::Video, 9), (FileKind::Picture, 8)]);
}

#[test]
fn the_largest_and_oldest_files_are_rows_and_kinds_are_not() {
    let mut house = house();
    let told = space(&mut house, "", SpacePart::LargestFiles);
    assert_eq!(told.rows, ["forest.mp4", "beach.jpg", "tax.pdf", "lake.jpg"]);
    assert!(told.map.is_none());
    assert_eq!(space(&mut house, "", SpacePart::OldestFiles).rows.len(), 4);
    let told = space(&mut house, "/Photos/2026", SpacePart::Kinds);
    assert!(told.rows.is_empty());
    assert_eq!(told.summary.unwrap().kinds.len(), 2);
}

#[test]
fn a_summary_of_a_folder_names_a_few_files_only() {
    let mut house = house();
    let told = ask(&mut house, Job::SummarizeFolder { folder: RemotePath::new("/Photos") });
    let summary = told.summary.unwrap();
    assert_eq!(summary.largest[0].name(), "forest.mp4");
    assert_eq!(summary.newest.len(), 3);
}

#[test]
fn a_folder_that_is_not_there_has_no_space() {
    let mut house = house();
    for part in [SpacePart::Map, SpacePart::LargestFiles] {
        let problem = house.run(Job::ListSpace { folder: RemotePath::new("/None"), part }).problem();
        assert_eq!(problem.title, "“None” could not be found in the index");
    }
}
