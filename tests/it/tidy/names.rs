//! One word has one meaning, and one meaning one word: no two files define a type of the same name, but for those below.

use super::sources::rust_files;
use std::collections::{BTreeMap, BTreeSet};

/// Names that several files may define, and why.
const ALLOWED: &[(&str, &str)] = &[
    ("Body", "a body has other types in the client, in the server and in Markdown"),
    ("Call", "the server's, that of the counting proxy and one to the thread of the store never meet"),
    ("Clock", "the server's can be set by tests; the window's tells dates in the person's time zone"),
    ("Ended", "a command of the command line, and a job in the tests"),
    ("Failure", "to be given another name in the worker's retries"),
    ("Found", "private; to be given another name in the transfer store"),
    ("Inner", "what the clones of a handle share; private"),
    ("Item", "private; what a relocation moves, and a file of the sample"),
    ("Kept", "private; to be given another name in the transfer store"),
    ("Key", "private to the decoder; to be given another name in the transfer store"),
    ("Limit", "private to the dialog; to be given another name in the worker"),
    ("Lines", "to be given another name in the worker"),
    ("Look", "how an entry and how a button are drawn"),
    ("Made", "private; to be given another name in the worker"),
    ("PartialFile", "the client's and the worker's are the same thing in two crates that share nothing"),
    ("Picture", "private to the textures; a widget, and a canvas in the tool of the samples"),
    ("Position", "private to the counting proxy, and a place in a listing of the server"),
    ("Row", "private to what they draw; the worker's is a sorted item"),
    ("Shown", "private; what the window has drawn last, of three kinds"),
    ("State", "the program's; others are private to what they are the state of"),
    ("Stop", "why a command stops and why a job does"),
    ("StoreError", "the server's store and the transfer store are in crates that share nothing"),
    ("Tokens", "colours of a theme, and what opens an account"),
    ("Transfer", "one in the list of the window, and one under way in the worker"),
    ("View", "private to the growing listing; what functions that draw are given"),
    ("Worker", "private to the thread of the transfer store"),
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
