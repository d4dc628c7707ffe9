//! Rules of `CODE_STYLE.md` that the compiler does not check: openings and lengths of files, imports, names, texts,
//! documents and dependencies. What rustfmt and clippy check is not here.

mod circles;
mod dependencies;
mod documents;
mod glossary;
mod keys_page;
mod names;
pub mod sources;
pub mod texts;

use sources::rust_files;

const MAX_LINES: usize = 470;
const MAX_MEDIAN_LINES: usize = 150;

#[test]
fn every_file_says_first_what_is_in_it() {
    let silent: Vec<_> =
        rust_files().into_iter().filter(|file| !file.text.starts_with("//!")).map(|file| file.path).collect();
    assert!(silent.is_empty(), "without a first line of `//!`: {silent:#?}");
}

#[test]
fn no_test_is_switched_off() {
    // Put together here, so that this file does not find itself.
    let mark = format!("#[{}", "ignore");
    let ignored: Vec<_> =
        rust_files().into_iter().filter(|file| file.text.contains(&mark)).map(|file| file.path).collect();
    assert!(ignored.is_empty(), "{ignored:#?}");
}

#[test]
fn files_are_short() {
    let mut lengths: Vec<_> =
        rust_files().into_iter().map(|file| (file.text.lines().count(), file.path)).collect();
    lengths.sort();
    let too_long: Vec<_> = lengths.iter().filter(|(lines, _)| *lines > MAX_LINES).collect();
    assert!(too_long.is_empty(), "more than {MAX_LINES} lines, split them by subject: {too_long:#?}");
    let (median, _) = lengths[lengths.len() / 2];
    assert!(median <= MAX_MEDIAN_LINES, "half of the files have more than {median} lines");
}
