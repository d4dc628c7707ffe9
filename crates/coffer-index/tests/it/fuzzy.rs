//! Going to an item by some letters of its path.

use crate::naive::{Said, file, folder};
use coffer_index::{Index, ItemChange};
use fastrand::Rng;

fn index(said: &[Said]) -> (tempfile::TempDir, Index) {
    let folder = tempfile::tempdir().unwrap();
    let (index, _) = Index::open(&folder.path().join("index.sqlite")).unwrap();
    let changes: Vec<ItemChange<'_>> = said.iter().map(Said::change).collect();
    index.apply_mended(&changes).unwrap();
    (folder, index)
}

fn found(index: &Index, typed: &str) -> Vec<String> {
    let found = index.fuzzy(typed, false, 1000).unwrap();
    found.iter().map(|found| found.entry.path.as_str().to_owned()).collect()
}

#[test]
fn letters_of_folders_and_name_lead_to_an_item_the_nearest_first() {
    let (_folder, index) = index(&[
        folder("/Photos"),
        folder("/Photos/2026"),
        file("/Photos/2026/Fjord at dawn.jpg", 1, 5, 900),
        file("/Photos/2026/Before jobs are done.txt", 2, 5, 900),
        folder("/Documents"),
        file("/Documents/Budget.csv", 3, 5, 900),
        file("/Documents/Übersicht.md", 4, 5, 900),
    ]);
    assert_eq!(found(&index, "fjord")[0], "/Photos/2026/Fjord at dawn.jpg");
    assert_eq!(found(&index, "phfjo")[0], "/Photos/2026/Fjord at dawn.jpg");
    assert_eq!(found(&index, "Doc Bud"), ["/Documents/Budget.csv"]);
    assert_eq!(found(&index, "docx/bud"), [""; 0]);
    assert_eq!(found(&index, "doc/bud"), ["/Documents/Budget.csv"]);
    assert_eq!(found(&index, "/documents/")[0], "/Documents");
    assert_eq!(found(&index, "ubers"), ["/Documents/Übersicht.md"]);
    assert_eq!(found(&index, "xyz"), [""; 0]);
    assert_eq!(found(&index, "  "), [""; 0]);
    // The folder is meant, and not all that is in it.
    assert_eq!(found(&index, "photos"), ["/Photos"]);
    let marked = index.fuzzy("docbud", false, 1).unwrap().remove(0);
    assert_eq!(marked.letters, [0, 1, 2, 10, 11, 12]);
}

/// Whether the letters are in the path in this order, and the last of them in the name, or all of them there.
fn is_expected(path: &str, typed: &str) -> bool {
    let (parent, name) = path.rsplit_once('/').unwrap();
    let left = |text: &str| {
        let mut letters = typed.chars().peekable();
        for letter in text.chars() {
            let _ = letters.next_if_eq(&letter);
        }
        letters.count()
    };
    left(path) == 0 && (left(&format!("{parent}/")) > 0 || left(name) == 0)
}

#[test]
fn exactly_the_paths_that_have_the_letters_in_their_order_are_found() {
    let seed = fastrand::u64(..);
    let mut random = Rng::with_seed(seed);
    let name =
        |random: &mut Rng| -> String { (0..random.usize(1..5)).map(|_| random.char('a'..='d')).collect() };
    let mut paths: Vec<String> = vec![String::new()];
    let mut said: Vec<Said> = Vec::new();
    for number in 0..150 {
        let folders = paths.len().min(20);
        let path = format!("{}/{}", paths[random.usize(..folders)], name(&mut random));
        if said.iter().any(|said| said.path() == path) {
            continue;
        }
        said.push(if number < 40 { folder(&path) } else { file(&path, number, 5, 900) });
        paths.push(path);
        if number == 40 {
            paths.truncate(20);
        }
    }
    let paths: Vec<String> = said.iter().map(Said::path).collect();
    let (_folder, index) = index(&said);
    for _ in 0..300 {
        let mut typed = name(&mut random);
        if random.bool() {
            typed = format!("{typed}/{}", name(&mut random));
        }
        let mut expected: Vec<&String> = paths.iter().filter(|path| is_expected(path, &typed)).collect();
        expected.sort();
        let mut found = found(&index, &typed);
        found.sort();
        assert_eq!(found.iter().collect::<Vec<_>>(), expected, "seed {seed}, {typed}");
    }
}

#[test]
fn only_folders_are_found_where_a_folder_is_chosen() {
    let (_folder, index) = index(&[
        folder("/Photos"),
        folder("/Photos/Fjords"),
        file("/Photos/Fjord at dawn.jpg", 1, 5, 900),
        file("/Fjord.txt", 2, 5, 900),
    ]);
    let found = index.fuzzy("fjord", true, 1000).unwrap();
    let paths: Vec<&str> = found.iter().map(|found| found.entry.path.as_str()).collect();
    assert_eq!(paths, ["/Photos/Fjords"]);
}
