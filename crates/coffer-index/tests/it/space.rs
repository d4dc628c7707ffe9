//! The map of the space of a folder and its summary, against sums that are made as simply as can be.

use crate::naive::{Item, Naive, Said, parent};
use coffer_index::{Index, ItemChange};
use coffer_model::{BlockContent, FileKind, FolderTotals, RemotePath, SpaceBlock};
use fastrand::Rng;
use std::collections::BTreeMap;

/// An account of random files, and its index.
fn account(seed: u64, files: usize) -> (tempfile::TempDir, Index, Naive) {
    let mut rng = Rng::with_seed(seed);
    let mut account = Naive::default();
    let mut said = Vec::new();
    for number in 0..files {
        let depth = rng.usize(0..4);
        let folders: Vec<String> = (0..depth).map(|_| format!("/Folder {}", rng.usize(0..5))).collect();
        let above = folders.concat();
        let extension = ["jpg", "PNG", "mp4", "pdf", "txt", "none"][rng.usize(0..6)];
        let path = format!("{above}/{number}.{extension}");
        // Few are large, and many are equal.
        let bytes = if rng.usize(0..9) == 0 { rng.u64(0..5_000_000) } else { rng.u64(0..20) };
        let item =
            Item::File { name: format!("{number}.{extension}"), rev: 1, bytes, modified: rng.i64(0..90) };
        account.put(&path, item.clone());
        said.push(Said::item(&path, &item));
    }
    let folder = tempfile::tempdir().unwrap();
    let (index, _) = Index::open(&folder.path().join("index.sqlite")).unwrap();
    let changes: Vec<ItemChange<'_>> = said.iter().map(Said::change).collect();
    index.apply_mended(&changes).unwrap();
    (folder, index, account)
}

/// Checks a block and all in it: what they contain adds up, items have the sizes of the account, and the largest come first.
fn check(block: &SpaceBlock, totals: &BTreeMap<String, FolderTotals>, account: &Naive) -> (u64, usize) {
    let (mut files, mut blocks) = (0, 1);
    for inner in &block.blocks {
        let (inner_files, inner_blocks) = check(inner, totals, account);
        files += inner_files;
        blocks += inner_blocks;
    }
    assert!(block.blocks.is_sorted_by_key(|inner| std::cmp::Reverse(inner.bytes)));
    match &block.content {
        BlockContent::SmallerFiles(count) => return (*count, blocks),
        BlockContent::Item(entry) if entry.is_folder() => {
            let expected = &totals[&**entry.path.lower()];
            assert_eq!(entry.totals.as_deref(), Some(expected));
            assert_eq!((block.bytes, block.newest), (expected.bytes, expected.newest));
            if block.blocks.is_empty() {
                return (expected.files, blocks);
            }
            // What has no bytes is in no block.
            assert_eq!(block.bytes, block.blocks.iter().map(|inner| inner.bytes).sum::<u64>());
            assert!(files <= expected.files, "{}", entry.path);
        }
        BlockContent::Item(entry) => {
            let Some(Item::File { bytes, .. }) = account.0.get(&**entry.path.lower()) else {
                panic!("{} is no file", entry.path)
            };
            assert_eq!(block.bytes, *bytes);
            files = 1;
        }
    }
    (files, blocks)
}

#[test]
fn a_map_adds_up_in_all_of_its_folders_and_has_no_more_blocks_than_asked_for() {
    for seed in 0..12 {
        let (_folder, index, account) = account(seed, 300);
        let totals = account.totals();
        for most in [1, 2, 7, 60, 5_000] {
            for (path, expected) in &totals {
                let map = index.space_map(&RemotePath::new(path), most).unwrap().unwrap();
                assert_eq!(map.totals, *expected, "{seed}: {path}");
                assert_eq!(&**map.folder.lower(), path.as_str());
                let (mut files, mut blocks) = (0, 0);
                for block in &map.blocks {
                    let counted = check(block, &totals, &account);
                    files += counted.0;
                    blocks += counted.1;
                }
                assert_eq!(map.blocks.iter().map(|block| block.bytes).sum::<u64>(), expected.bytes);
                assert!(files <= expected.files && blocks <= most, "{seed}: {path}: {blocks} of {most}");
                for entry in map.items() {
                    assert!(map.folder.contains(&entry.path) && map.folder != entry.path);
                }
            }
        }
    }
}

#[test]
fn a_map_shows_the_largest_files_wherever_they_are() {
    let (_folder, index, account) = account(7, 400);
    let mut sizes: Vec<u64> = account.0.values().filter_map(bytes_of).collect();
    sizes.sort_unstable();
    let map = index.space_map(&RemotePath::root(), 200).unwrap().unwrap();
    let mut shown: Vec<u64> =
        map.items().iter().filter_map(|it| it.file().map(|file| file.size_bytes)).collect();
    shown.sort_unstable();
    assert_eq!(shown[shown.len() - 20..], sizes[sizes.len() - 20..]);
}

fn bytes_of(item: &Item) -> Option<u64> {
    match item {
        Item::File { bytes, .. } => Some(*bytes),
        Item::Folder { .. } => None,
    }
}

#[test]
fn a_folder_that_is_not_known_has_no_map_and_an_empty_one_has_no_blocks() {
    let (_folder, index, _) = account(1, 0);
    assert_eq!(index.space_map(&RemotePath::new("/None"), 9).unwrap(), None);
    assert_eq!(index.summary(&RemotePath::new("/None"), 9, || true).unwrap(), None);
    assert!(index.space_map(&RemotePath::root(), 9).unwrap().unwrap().blocks.is_empty());
}

#[test]
fn a_summary_counts_each_kind_and_finds_the_files_that_stand_out() {
    for seed in 0..12 {
        let (_folder, index, account) = account(seed, 300);
        for folder in account.totals().keys() {
            let summary = index.summary(&RemotePath::new(folder), 5, || true).unwrap().unwrap();
            let below = format!("{folder}/");
            let files: Vec<(&String, u64, i64)> = account
                .0
                .iter()
                .filter(|(path, _)| path.starts_with(&below))
                .filter_map(|(path, item)| match item {
                    Item::File { bytes, modified, .. } => Some((path, *bytes, *modified)),
                    Item::Folder { .. } => None,
                })
                .collect();
            let mut kinds: BTreeMap<FileKind, (u64, u64)> = BTreeMap::new();
            for (path, bytes, _) in &files {
                let sums = kinds.entry(FileKind::from_name(path)).or_default();
                *sums = (sums.0 + 1, sums.1 + bytes);
            }
            let told: BTreeMap<FileKind, (u64, u64)> =
                summary.kinds.iter().map(|it| (it.kind, (it.files, it.bytes))).collect();
            assert_eq!(told, kinds, "{seed}: {folder}");
            assert!(summary.kinds.is_sorted_by_key(|it| std::cmp::Reverse(it.bytes)));

            let mut largest: Vec<u64> = files.iter().map(|file| file.1).collect();
            largest.sort_unstable_by_key(|bytes| std::cmp::Reverse(*bytes));
            largest.truncate(5);
            let shown: Vec<u64> =
                summary.largest.iter().filter_map(coffer_model::Entry::size_bytes).collect();
            assert_eq!(shown, largest, "{seed}: {folder}");
            let mut oldest: Vec<i64> = files.iter().map(|file| file.2).collect();
            oldest.sort_unstable();
            let newest: Vec<i64> = oldest.iter().rev().take(5).copied().collect();
            oldest.truncate(5);
            let dates = |entries: &[coffer_model::Entry]| -> Vec<i64> {
                entries.iter().filter_map(|it| it.modified().map(jiff::Timestamp::as_second)).collect()
            };
            assert_eq!(
                (dates(&summary.oldest), dates(&summary.newest)),
                (oldest, newest),
                "{seed}: {folder}"
            );
            for entry in summary.largest.iter().chain(&summary.oldest) {
                assert!(parent(entry.path.lower()).starts_with(folder.as_str()));
            }
        }
    }
}

#[test]
fn a_summary_that_nobody_waits_for_ends() {
    let (_folder, index, _) = account(3, 50);
    assert_eq!(index.summary(&RemotePath::root(), 5, || false).unwrap(), None);
}
