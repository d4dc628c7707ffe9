//! That all words of the window come from the catalogue of texts, and at once when the language is another. The screens of
//! the pictures say everything once more in texts that have letters such as `â` in each word.

use super::Window;
use crate::tidy::sources::{root, rust_files};
use crate::tidy::texts::strings;
use coffer_texts::stretch_texts_of_thread;
use egui_kittest::kittest::NodeT;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

/// What is called in the made-up account as something is in the catalogue.
const NAMES: [&str; 5] = ["Archive", "Documents", "Home", "Letters", "Local account"];

/// What the code knows by names: keys, types of files, the service.
const EVERYWHERE: [&str; 5] = ["Ctrl", "Delete", "Dropbox", "Home", "PDF"];

/// # Panics
/// When the window says something that is not from the catalogue.
pub fn check_words(name: &str, window: &mut Window) {
    stretch_texts_of_thread(true);
    window.harness.run_steps(8);
    let said = said(window);
    stretch_texts_of_thread(false);
    let literal: Vec<&String> = said.iter().filter(|text| has_text_of_code(text)).collect();
    assert!(literal.is_empty(), "{name}: this is said by the code, and in no catalogue: {literal:#?}");
    let late: Vec<&String> = said.iter().filter(|text| has_english_text(text)).collect();
    assert!(late.is_empty(), "{name}: this is said as before the language was changed: {late:#?}");
}

/// What screen readers are told of all that is on screen.
fn said(window: &Window) -> BTreeSet<String> {
    let mut said = BTreeSet::new();
    for node in window.harness.root().children_recursive() {
        let node = node.accesskit_node();
        said.extend(node.label());
        said.extend(node.description());
        said.extend(node.placeholder().map(str::to_owned));
    }
    said
}

fn has_text_of_code(text: &str) -> bool {
    TEXTS_OF_CODE.iter().any(|part| {
        let is_whole = |at: usize| {
            let (before, after) = (text[..at].chars().next_back(), text[at + part.len()..].chars().next());
            !before.is_some_and(char::is_alphabetic) && !after.is_some_and(char::is_alphabetic)
        };
        text.match_indices(part).any(|(at, _)| is_whole(at))
    })
}

/// Whether a part of it is a text of the catalogue in English.
fn has_english_text(text: &str) -> bool {
    let parts = text.split([',', ':', '·']).flat_map(|part| part.split(". ")).map(str::trim).chain([text]);
    parts.filter(|part| !NAMES.contains(part)).any(|part| ENGLISH.contains(part))
}

/// Whether there is a word in it that is longer than units are.
fn has_word(text: &str) -> bool {
    text.split(|letter: char| !letter.is_alphabetic()).any(|word| word.chars().count() > 2)
}

/// What may be a text in the code of the window, without the values in it. Names of parts and of files are none.
static TEXTS_OF_CODE: LazyLock<BTreeSet<String>> = LazyLock::new(|| {
    let files: Vec<_> = rust_files().into_iter().filter(|file| file.path.starts_with("src/ui")).collect();
    let texts = files.iter().flat_map(|file| strings(&file.text));
    let texts = texts.filter(|text| text.contains(' ') || text.starts_with(char::is_uppercase));
    let parts = texts.flat_map(|text| text.split(['{', '}']).step_by(2)).map(str::trim);
    parts
        .filter(|part| has_word(part) && !EVERYWHERE.iter().any(|name| part.starts_with(name)))
        .map(str::to_owned)
        .collect()
});

/// The texts without values that are others in German.
static ENGLISH: LazyLock<BTreeSet<String>> = LazyLock::new(|| {
    let german = texts("de");
    let english = texts("en").into_iter().filter(|(key, text)| german.get(key) != Some(text));
    english.map(|(_, text)| text).filter(|text| !text.contains('{') && has_word(text)).collect()
});

/// All that are in one line, by their keys.
fn texts(language: &str) -> BTreeMap<String, String> {
    let files = std::fs::read_dir(root().join("crates/coffer-texts/locales").join(language)).unwrap();
    let mut texts = BTreeMap::new();
    for file in files {
        let file = std::fs::read_to_string(file.unwrap().path()).unwrap();
        let lines = file.lines().filter_map(|line| line.split_once(" = "));
        texts.extend(lines.map(|(key, text)| (key.to_owned(), text.to_owned())));
    }
    texts
}
