//! Files with damage somewhere in the middle: every question is answered or tells of the damage, and the file is made anew.

use crate::naive::{Said, file, folder};
use coffer_index::{Index, IndexError, IndexState, ItemChange, OpenedIndex, OwnPaths, SearchOrder};
use coffer_model::{RemotePath, SearchQuery};
use fastrand::Rng;
use jiff::{Timestamp, Zoned};
use std::fs;
use std::path::Path;

/// As SQLite makes them.
const PAGE: usize = 4096;

fn account() -> Vec<Said> {
    (0..40_u64)
        .flat_map(|number| {
            let files = (0..40).map(move |place| {
                file(
                    &format!("/folder {number}/picture {place}.jpg"),
                    number * 100 + place,
                    place,
                    place as i64,
                )
            });
            std::iter::once(folder(&format!("/folder {number}"))).chain(files)
        })
        .collect()
}

fn fill(index: &Index) -> Result<(), IndexError> {
    let said = account();
    let changes: Vec<ItemChange<'_>> = said.iter().map(Said::change).collect();
    index.begin("cursor")?;
    index.apply_listed(&index.pending_lists(1)?[0], &changes, None, &[])?;
    index.finish_lists()?;
    index.apply_feed(&[], OwnPaths::default(), "cursor", "next", Timestamp::UNIX_EPOCH)?;
    Ok(())
}

/// Everything that is asked of an index.
fn ask_all(index: &Index) -> Vec<Result<(), IndexError>> {
    let root = RemotePath::root();
    let query = SearchQuery::parse("picture", &Zoned::now());
    let edits = [file("/folder 7/new.jpg", 9999, 1, 1), Said::removed("/folder 8")];
    let changes: Vec<ItemChange<'_>> = edits.iter().map(Said::change).collect();
    let folders = (0..40).map(|number| RemotePath::new(&format!("/folder {number}")));
    let mut answers: Vec<Result<(), IndexError>> =
        folders.map(|path| index.folder(&path).map(|_| ())).collect();
    answers.extend([
        index.state().map(|_| ()),
        index.search(&query, SearchOrder::Match, usize::MAX).map(|_| ()),
        index.duplicates(&root).map(|_| ()),
        index.largest_files(&root, 100).map(|_| ()),
        index.changes(&root, None, 100, 100).map(|_| ()),
        index.apply_feed(&changes, OwnPaths::default(), "next", "after", Timestamp::UNIX_EPOCH).map(|_| ()),
        index.begin("cursor"),
        index.finish_lists().map(|_| ()),
    ]);
    answers
}

/// Random bytes over one to twenty pages, anywhere behind the first one.
fn damage(path: &Path, random: &mut Rng) {
    let mut bytes = fs::read(path).unwrap();
    let pages = bytes.len() / PAGE;
    let first = random.usize(1..pages);
    let last = (first + random.usize(1..=20)).min(pages);
    random.fill(&mut bytes[first * PAGE..last * PAGE]);
    fs::write(path, bytes).unwrap();
}

#[test]
fn noise_anywhere_in_the_file_is_told_as_damage_and_a_new_index_takes_its_place() {
    let directory = tempfile::tempdir().unwrap();
    let whole = directory.path().join("whole.sqlite");
    fill(&Index::open(&whole).unwrap().0).unwrap();
    let mut damaged = 0;
    for seed in 0..60 {
        let path = directory.path().join(format!("{seed}.sqlite"));
        fs::copy(&whole, &path).unwrap();
        damage(&path, &mut Rng::with_seed(seed));
        let (index, opened) = Index::open(&path).unwrap();
        if opened == OpenedIndex::Known {
            let errors: Vec<IndexError> = ask_all(&index).into_iter().filter_map(Result::err).collect();
            assert!(errors.iter().all(IndexError::is_damage), "seed {seed}: {errors:?}");
            if errors.is_empty() {
                continue;
            }
            damaged += 1;
            index.replace_damaged().unwrap();
        }
        assert_eq!(index.state().unwrap(), IndexState::default(), "seed {seed}");
        fill(&index).unwrap();
        assert_eq!(index.state().unwrap().files, 1600, "seed {seed}");
        let errors: Vec<IndexError> = ask_all(&index).into_iter().filter_map(Result::err).collect();
        assert!(errors.is_empty(), "seed {seed}: {errors:?}");
    }
    assert!(damaged > 20, "{damaged}");
}

#[test]
fn a_program_that_has_the_file_open_goes_on_with_what_another_has_made_anew() {
    let directory = tempfile::tempdir().unwrap();
    let path = directory.path().join("index.sqlite");
    let (one, _) = Index::open(&path).unwrap();
    fill(&one).unwrap();
    let (other, _) = Index::open(&path).unwrap();
    let query = SearchQuery::parse("picture", &Zoned::now());
    let found = |index: &Index| index.search(&query, SearchOrder::Match, 9).unwrap().count;
    assert_eq!((found(&one), found(&other)), (1600, 1600));
    one.replace_damaged().unwrap();
    fill(&one).unwrap();
    // It finds the damage as well, but somebody has been quicker.
    other.replace_damaged().unwrap();
    assert_eq!(other.state().unwrap().files, 1600);
    let added = [file("/folder 3/picture new.jpg", 5000, 1, 1)];
    let changes: Vec<ItemChange<'_>> = added.iter().map(Said::change).collect();
    other.apply_feed(&changes, OwnPaths::default(), "next", "after", Timestamp::UNIX_EPOCH).unwrap().unwrap();
    one.confirm(Timestamp::UNIX_EPOCH).unwrap();
    assert_eq!((found(&one), found(&other)), (1601, 1601));
    drop((one, other));
    assert_eq!(found(&Index::open(&path).unwrap().0), 1601);
}
