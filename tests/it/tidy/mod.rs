//! Rules of the house that the compiler does not check.

mod texts;

use std::fs;
use std::path::{Path, PathBuf};

/// Where the code of the workspace lies.
const FOLDERS: &[&str] = &["src", "crates", "tests", "benches"];

#[test]
fn every_file_says_first_what_lives_in_it() {
    let silent: Vec<PathBuf> = FOLDERS
        .iter()
        .flat_map(|folder| rust_files(&root().join(folder)))
        .filter(|file| !fs::read_to_string(file).unwrap().starts_with("//!"))
        .collect();
    assert!(silent.is_empty(), "without a first line of `//!`: {silent:?}");
}

#[test]
fn no_test_is_switched_off() {
    let mark = format!("#[{}", "ignore");
    let ignored: Vec<PathBuf> = FOLDERS
        .iter()
        .flat_map(|folder| rust_files(&root().join(folder)))
        .filter(|file| fs::read_to_string(file).unwrap().contains(&mark))
        .collect();
    assert!(ignored.is_empty(), "{ignored:?}");
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn rust_files(folder: &Path) -> Vec<PathBuf> {
    let Ok(entries) = fs::read_dir(folder) else { return Vec::new() };
    entries
        .map(|entry| entry.unwrap().path())
        .flat_map(|path| {
            if path.is_dir() {
                rust_files(&path)
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                vec![path]
            } else {
                Vec::new()
            }
        })
        .collect()
}
