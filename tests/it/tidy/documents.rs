//! The documents name files and folders that exist.

use super::sources::root;
use std::fs;
use std::path::{Path, PathBuf};

/// What a path in a document begins with. Others in back-quotes are routes, commands or files of the person.
const FOLDERS: &[&str] = &["assets/", "benches/", "crates/", "docs/", "scripts/", "src/", "tests/"];

#[test]
fn documents_name_files_that_exist() {
    let mut missing = Vec::new();
    for document in documents() {
        let text = fs::read_to_string(&document).unwrap();
        // Paths that do not begin at the root begin at the crate that was named last.
        let mut package = root().to_owned();
        for path in paths(&text) {
            let existing = path.split('<').next().unwrap_or_default();
            if let Some(name) = existing.strip_prefix("crates/").and_then(|rest| rest.split('/').next()) {
                package = root().join("crates").join(name);
            }
            if !root().join(existing).exists() && !package.join(existing).exists() {
                missing.push(format!("{}: {path}", document.display()));
            }
        }
        let folder = document.parent().unwrap();
        let links = text.split("](").skip(1).filter_map(|rest| rest.split([')', '#']).next());
        let links = links.filter(|link| !link.contains(':'));
        missing.extend(
            links
                .filter(|link| !folder.join(link).exists())
                .map(|link| format!("{}: {link}", document.display())),
        );
    }
    assert!(missing.is_empty(), "{}", missing.join("\n"));
}

#[test]
fn the_page_of_the_screens_shows_every_picture() {
    let page = fs::read_to_string(root().join("docs/screens.md")).unwrap();
    let pictures = fs::read_dir(root().join("tests/pictures")).unwrap();
    let names = pictures.map(|entry| entry.unwrap().file_name().into_string().unwrap());
    let is_result =
        |name: &String| [".new.png", ".old.png", ".diff.png"].iter().any(|end| name.ends_with(end));
    let missing = names.filter(|name| !is_result(name)).filter(|name| !page.contains(&format!("/{name})")));
    assert_eq!(missing.collect::<Vec<_>>(), Vec::<String>::new(), "add them to docs/screens.md");
}

/// The documents about the code, which are those at the root, in `docs` and beside a crate.
fn documents() -> Vec<PathBuf> {
    let crates = fs::read_dir(root().join("crates")).unwrap().map(|entry| entry.unwrap().path());
    let folders = ["", "docs", "docs/guide", "docs/guide/de"].map(|folder| root().join(folder));
    let folders = folders.into_iter().chain(crates);
    let files = folders.flat_map(|folder| fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()));
    files.filter(|file| file.extension() == Some(Path::new("md").as_os_str())).collect()
}

/// The words in back-quotes that are paths of the workspace.
fn paths(text: &str) -> impl Iterator<Item = &str> {
    let quoted = text.split('`').skip(1).step_by(2);
    quoted.filter(|word| {
        FOLDERS.iter().any(|folder| word.starts_with(folder)) && !word.contains(char::is_whitespace)
    })
}
