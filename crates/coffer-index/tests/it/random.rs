//! Random changes, in pages of random length: adds, edits, removals of files and folders, files that replace folders and
//! folders that replace files, other spellings, things said twice, and things said of folders that nobody has named.

use crate::naive::{Item, Naive, Said, name, parent};
use coffer_index::{Index, ItemChange, OwnPaths, SearchOrder};
use coffer_model::{FolderTotals, RemotePath, SearchQuery};
use coffer_stdx::folding::folded;
use fastrand::Rng;
use jiff::{Timestamp, Zoned};
use std::collections::BTreeMap;
use std::path::Path;

const NAMES: [&str; 12] = [
    "a",
    "B",
    "tax",
    "Tax 2026.pdf",
    "É",
    "straße",
    "img_1.jpg",
    "IMG_2.JPG",
    "notes.md",
    "写真.png",
    "O’Brien",
    "x`y",
];

#[test]
fn after_any_changes_it_has_the_same_items_and_totals_and_finds_the_same() {
    for seed in 0..60 {
        let mut rng = Rng::with_seed(seed);
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("index.sqlite");
        let (mut index, _) = Index::open(&file).unwrap();
        let mut account = Naive::default();
        let logs = rng.bool();
        if logs {
            index.begin("feed").unwrap();
            index.drop_pending(&index.pending_lists(1).unwrap()[0]).unwrap();
            index.finish_lists().unwrap();
        }
        // Changes must reach a table of names that was read before, and one that is read later.
        if rng.bool() {
            index.load_names().unwrap();
        }
        for _ in 0..12 {
            let said: Vec<Said> = (0..rng.usize(0..30)).map(|_| change(&mut account, &mut rng)).collect();
            let changes: Vec<ItemChange<'_>> = said.iter().map(Said::change).collect();
            if logs {
                index
                    .apply_feed(&changes, OwnPaths::default(), "feed", "feed", Timestamp::UNIX_EPOCH)
                    .unwrap()
                    .unwrap();
            } else {
                index.apply_mended(&changes).unwrap();
            }
            if rng.usize(0..4) == 0 {
                // As after a kill.
                drop(index);
                index = Index::open(&file).unwrap().0;
            }
            compare(&index, &account, seed);
        }
        for query in [
            "tax", "a", "e", "strasse", "img jpg", "*.md", "ext:jpg", "写", "o'b", "x'y", "a b", "in:/a a",
            "-a e",
        ] {
            compare_search(&index, &account, query, seed);
        }
        assert_eq!(index.recount().unwrap(), 0, "{seed}");
        let damaged = damage_totals(&file, &mut rng);
        assert_eq!(index.recount().unwrap(), damaged, "{seed}");
        compare(&index, &account, seed);
    }
}

/// Makes the totals of some folders wrong; answers with how many.
fn damage_totals(file: &Path, rng: &mut Rng) -> u64 {
    let connection = rusqlite::Connection::open(file).unwrap();
    let (column, share) = (rng.choice(["files", "folders", "bytes", "newest"]).unwrap(), rng.i64(1..4));
    let damage = format!("UPDATE folder SET {column} = ifnull({column}, 0) + 7 WHERE folder % {share} = 0");
    connection.execute(&damage, []).unwrap() as u64
}

/// Changes the account, and returns what the feed says of that.
fn change(account: &mut Naive, rng: &mut Rng) -> Said {
    let path = path(account, rng);
    match rng.usize(0..10) {
        0..3 => {
            account.remove(&path);
            Said::removed(&path)
        }
        3..5 => {
            let item = Item::Folder { name: name(&path).to_owned() };
            account.put(&path, item.clone());
            Said::item(&path, &item)
        }
        _ => {
            let (rev, bytes, modified) = (rng.u64(1..1 << 40), rng.u64(0..6), rng.i64(-5..50));
            let item = Item::File { name: name(&path).to_owned(), rev, bytes, modified };
            account.put(&path, item.clone());
            Said::item(&path, &item)
        }
    }
}

/// Mostly near what is there already.
fn path(account: &Naive, rng: &mut Rng) -> String {
    let known: Vec<&String> = account.0.keys().collect();
    let above = if known.is_empty() || rng.usize(0..3) == 0 { "" } else { known[rng.usize(0..known.len())] };
    let spelt = NAMES[rng.usize(0..NAMES.len())];
    match rng.usize(0..4) {
        0 if !above.is_empty() => {
            format!("{}/{}", parent(above), name(above).to_uppercase().replace("SS", "ß"))
        }
        _ if above.split('/').count() < 5 => format!("{above}/{spelt}"),
        _ => format!("/{spelt}"),
    }
}

fn compare(index: &Index, account: &Naive, seed: u64) {
    let is_complete = index.state().unwrap().is_complete;
    let mut listed: BTreeMap<String, Item> = BTreeMap::new();
    let mut totals = BTreeMap::from([(String::new(), index.totals(&RemotePath::root()).unwrap().unwrap())]);
    let mut folders = vec![RemotePath::root()];
    while let Some(path) = folders.pop() {
        let content = index.folder(&path).unwrap().unwrap();
        for entry in content {
            if entry.is_folder() {
                let below = index.totals(&entry.path).unwrap().unwrap();
                // Nothing is said of what seems empty before everything is known.
                let is_known = is_complete || below != FolderTotals::default();
                assert_eq!(entry.totals.as_deref(), is_known.then_some(&below), "{seed}: {}", entry.path);
                totals.insert(entry.path.lower().to_string(), below);
            }
            assert_eq!(index.entry(&entry.path).unwrap().as_ref(), Some(&entry));
            let name = entry.name().to_owned();
            let item = match entry.file() {
                None => {
                    folders.push(entry.path.clone());
                    Item::Folder { name }
                }
                Some(file) => Item::File {
                    name,
                    rev: u64::from_str_radix(&file.rev.0, 16).unwrap(),
                    bytes: file.size_bytes,
                    modified: file.client_modified.as_second(),
                },
            };
            assert!(
                listed.insert(entry.path.lower().to_string(), item).is_none(),
                "{seed}: {} twice",
                entry.path
            );
        }
    }
    assert_eq!(listed, account.0, "{seed}");
    assert_eq!(totals, account.totals(), "{seed}");
}

fn compare_search(index: &Index, account: &Naive, text: &str, seed: u64) {
    let query = SearchQuery::parse(text, &Zoned::now());
    let answer = index.search(&query, SearchOrder::Match, 10_000).unwrap();
    let mut found: Vec<String> = answer.entries.iter().map(|entry| entry.path.lower().to_string()).collect();
    found.sort();
    let expected: Vec<String> = account
        .0
        .iter()
        .filter(|(path, item)| fits(&query, path, item))
        .map(|(path, _)| path.clone())
        .collect();
    assert_eq!(found, expected, "{seed}: {text}");
    assert_eq!(answer.count, expected.len() as u64, "{seed}: {text}");
    let few = index.search(&query, SearchOrder::Match, 3).unwrap();
    assert_eq!(few.entries, answer.entries[..answer.entries.len().min(3)], "{seed}: {text}");
}

/// The same conditions, read off their description.
fn fits(query: &SearchQuery, path: &str, item: &Item) -> bool {
    let fold = |text: &str| folded(text).collect::<String>();
    let own = fold(name(path));
    let above: Vec<String> = parent(path).split('/').skip(1).map(fold).collect();
    let words: Vec<String> = query.words.iter().map(|word| fold(word)).collect();
    let is_below = query.below.is_root() || path.starts_with(&format!("{}/", query.below.lower()));
    let is_file = matches!(item, Item::File { .. });
    is_below
        && words
            .iter()
            .all(|word| own.contains(word.as_str()) || above.iter().any(|name| name.contains(word.as_str())))
        && (words.is_empty() || words.iter().any(|word| own.contains(word.as_str())))
        && !query.excluded.iter().any(|word| own.contains(&fold(word)))
        && query.patterns.iter().all(|pattern| own.ends_with(pattern.trim_start_matches('*')))
        && (query.filters.is_empty()
            || is_file && own.strip_suffix(".jpg").is_some_and(|stem| !stem.is_empty()))
}
