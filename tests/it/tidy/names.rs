//! One word has one meaning, and one meaning one word: no two files define a type of the same name, but for those below.

use super::sources::rust_files;
use std::collections::{BTreeMap, BTreeSet};

/// Names that several files may define, and why.
const ALLOWED: &[(&str, &str)] = &[
    (
        "Body",
        "the client sends bodies and the server answers with them; they are in crates that share nothing",
    ),
    ("Call", "the server's, that of the counting proxy and one to the thread of the store never meet"),
    ("Inner", "what the clones of a handle share; private"),
    ("Item", "private; what a relocation moves, and a file of the sample"),
    ("Position", "private to the counting proxy, and a place in a listing of the server"),
    ("State", "the program's; others are private to what they are the state of"),
    ("StoreError", "the server's store and the transfer store are in crates that share nothing"),
    ("Writer", "the threads that write the two databases"),
];

#[test]
fn a_name_of_a_type_is_given_once() {
    let mut files: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for file in rust_files() {
        let path = file.path.display().to_string();
        let is_test = path.contains("/tests/") || path.starts_with("tests/");
        if is_test || !path.contains("src/") {
            continue;
        }
        let code = file.text.split("#[cfg(test)]\nmod tests {").next().unwrap_or_default();
        for name in code.lines().filter_map(type_name) {
            files.entry(name.to_owned()).or_default().insert(path.clone());
        }
    }
    files.retain(|name, files| files.len() > 1 && !ALLOWED.iter().any(|(allowed, _)| name == allowed));
    assert!(files.is_empty(), "look into docs/glossary.md for other names: {files:#?}");
}

/// The name of the type that a line defines; none for those inside of an `impl` or a function.
fn type_name(line: &str) -> Option<&str> {
    let mut words = line.split(' ');
    let mut word = words.next()?;
    if word.starts_with("pub") {
        word = words.next()?;
    }
    if !["struct", "enum", "trait", "type", "union"].contains(&word) {
        return None;
    }
    words.next()?.split(|letter: char| !letter.is_alphanumeric()).next()
}
