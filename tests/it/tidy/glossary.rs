//! The words of the glossary are carried by names that the code has.

use super::sources::{root, rust_files};
use std::collections::HashSet;

#[test]
fn the_code_has_every_name_of_the_glossary() {
    let files = rust_files();
    let lines = files.iter().flat_map(|file| file.text.lines());
    let code = lines.filter(|line| !line.trim_start().starts_with("//"));
    let names: HashSet<&str> = code.flat_map(|line| line.split(|letter: char| !is_in_name(letter))).collect();
    let glossary = std::fs::read_to_string(root().join("docs/glossary.md")).unwrap();
    let rows: Vec<Vec<&str>> = glossary
        .lines()
        .filter(|line| line.starts_with("| "))
        .map(|line| line.split('|').collect())
        .collect();
    assert!(rows.len() > 30, "the glossary has no tables");
    let carried = rows.iter().filter_map(|cells| cells.get(3)).filter(|cell| !cell.contains("carried by"));
    let missing: Vec<&str> = carried
        .flat_map(|cell| cell.split('`').skip(1).step_by(2))
        .flat_map(|path| path.split("::"))
        .filter(|name| !names.contains(name))
        .collect();
    assert!(missing.is_empty(), "no code uses {missing:?}");
}

fn is_in_name(letter: char) -> bool {
    letter.is_alphanumeric() || letter == '_'
}
