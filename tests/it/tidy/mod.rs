//! Rules of the house that the compiler does not check.

use std::fs;
use std::path::{Path, PathBuf};

/// Which modules each module may use. What is not named here may use everything.
const ARROWS: &[(&str, &[&str])] = &[
    ("units", &[]),
    ("disk", &[]),
    ("protocol", &[]),
    ("sample", &[]),
    ("model", &["protocol"]),
    ("api", &["protocol"]),
    ("server", &["protocol", "units", "disk"]),
    ("worker", &["api", "protocol", "model", "sample", "disk"]),
    ("cli", &["worker", "api", "model", "units"]),
    ("state", &["model"]),
    ("ui", &["state", "model", "units"]),
];

#[test]
fn modules_use_only_what_the_architecture_allows() {
    let modules: Vec<&str> = ARROWS.iter().map(|(module, _)| *module).collect();
    let mut wrong = Vec::new();
    for (module, allowed) in ARROWS {
        let mut files = rust_files(&root().join("src").join(module));
        files.extend([root().join(format!("src/{module}.rs"))].into_iter().filter(|file| file.exists()));
        for file in files {
            let text = fs::read_to_string(&file).unwrap();
            for used in text.match_indices("crate::").map(|(at, start)| &text[at + start.len()..]) {
                let used: String = used.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect();
                let known = modules.contains(&used.as_str());
                if known && used != *module && !allowed.contains(&used.as_str()) {
                    wrong.push(format!("{}: {module} uses {used}", file.display()));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_file_says_first_what_lives_in_it() {
    let folders = ["src", "tests", "benches", "examples"];
    let silent: Vec<PathBuf> = folders
        .iter()
        .flat_map(|folder| rust_files(&root().join(folder)))
        .filter(|file| !fs::read_to_string(file).unwrap().starts_with("//!"))
        .collect();
    assert!(silent.is_empty(), "without a first line of `//!`: {silent:?}");
}

#[test]
fn no_test_is_switched_off() {
    let mark = format!("#[{}", "ignore");
    let ignored: Vec<PathBuf> = ["src", "tests"]
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
