//! The Rust files of the workspace as text.

use std::fs;
use std::path::{Path, PathBuf};

/// Where the code of the workspace is.
const FOLDERS: &[&str] = &["src", "crates", "tests", "benches"];

pub struct SourceFile {
    /// From the root of the workspace.
    pub path: PathBuf,
    pub text: String,
}

pub fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// Every Rust file: code, tests, benches and examples.
pub fn rust_files() -> Vec<SourceFile> {
    FOLDERS.iter().flat_map(|folder| files_below(&root().join(folder))).collect()
}

fn files_below(folder: &Path) -> Vec<SourceFile> {
    let Ok(entries) = fs::read_dir(folder) else { return Vec::new() };
    let mut files = Vec::new();
    for path in entries.map(|entry| entry.unwrap().path()) {
        if path.is_dir() {
            files.extend(files_below(&path));
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            let text = fs::read_to_string(&path).unwrap();
            files.push(SourceFile { path: path.strip_prefix(root()).unwrap().to_owned(), text });
        }
    }
    files.sort_by(|left, right| left.path.cmp(&right.path));
    files
}
