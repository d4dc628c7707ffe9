//! Texts that people read: one kind of apostrophe. What else is asked of them stands in `CODE_STYLE.md`.

use super::sources::{root, rust_files};
use std::collections::BTreeSet;

/// The code whose strings people read: the window, the command line, problems and the pages of the local server. The
/// wire and its client are read by programs.
const FOLDERS: &[&str] = &[
    "src",
    "crates/coffer-model/src",
    "crates/coffer-state/src",
    "crates/coffer-worker/src",
    "crates/coffer-server/src",
];

/// Errors of OAuth in Dropbox's own words, which are ASCII.
const FOR_PROGRAMS: &[&str] = &["crates/coffer-server/src/http/oauth/token.rs"];

#[test]
fn texts_for_people_have_typographic_apostrophes() {
    let mut wrong = Vec::new();
    for file in rust_files() {
        let is_read = FOLDERS.iter().any(|folder| file.path.starts_with(folder));
        if !is_read || FOR_PROGRAMS.iter().any(|exempt| file.path.ends_with(exempt)) {
            continue;
        }
        let texts = strings(&file.text).into_iter().filter(|text| has_straight_apostrophe(text));
        wrong.extend(texts.map(|text| format!("{}: {text}", file.path.display())));
    }
    assert!(wrong.is_empty(), "write ’ instead of ':\n{}", wrong.join("\n"));
}

/// The crates of which all that people read has a key in the languages.
const SPEAKING_BY_KEYS: &[&str] = &[
    "crates/coffer-index/src",
    "crates/coffer-model/src",
    "crates/coffer-state/src",
    "crates/coffer-worker/src",
    "src/ui",
];

/// Names: what a library calls text that is no code, fonts, and what is to be pressed on a page of Dropbox in English.
const NO_SENTENCES: &[&str] = &[
    "Plain Text",
    "Inter Medium",
    "Inter SemiBold",
    "Inter Tabular",
    "Create app",
    "Scoped access",
    "Full Dropbox",
    "App key",
];

#[test]
fn the_crates_behind_the_window_have_no_sentences_in_their_code() {
    let mut found = Vec::new();
    for file in rust_files() {
        let is_of_tests = file.path.iter().any(|part| part == "tests" || part == "tests.rs");
        if is_of_tests || !SPEAKING_BY_KEYS.iter().any(|folder| file.path.starts_with(folder)) {
            continue;
        }
        let sentences = strings(&file.text).into_iter().filter(|text| is_sentence(text));
        let sentences = sentences.filter(|text| !NO_SENTENCES.contains(text));
        found.extend(sentences.map(|text| format!("{}: {text}", file.path.display())));
    }
    assert!(found.is_empty(), "give these a key and `tr!`:\n{}", found.join("\n"));
}

#[test]
fn sentences_are_told_from_names_and_statements_for_databases() {
    for text in ["It is a folder.", "“{}” could not be opened", "No preview", "Ist noch da"] {
        assert!(is_sentence(text), "{text}");
    }
    for text in ["SELECT id FROM item", "ArrowUp", "the index can’t be written", "{name} ({number})", "PATH"]
    {
        assert!(!is_sentence(text), "{text}");
    }
}

/// Whether it begins as a sentence does, and has words. Errors for the log and of libraries begin small.
fn is_sentence(text: &str) -> bool {
    let mut letters = text.chars();
    let begins = match (letters.next(), letters.next()) {
        (Some('“'), _) => true,
        (Some(first), Some(second)) => first.is_uppercase() && second.is_lowercase(),
        _ => false,
    };
    begins && text.contains(' ')
}

#[test]
fn every_text_of_the_languages_is_said_somewhere_and_every_key_has_its_text() {
    let mut said = BTreeSet::new();
    for file in rust_files() {
        let is_call =
            |at: usize| !file.text[..at].ends_with(|letter: char| letter.is_alphanumeric() || letter == '_');
        let calls = file.text.match_indices("tr!(").filter(|(at, _)| is_call(*at));
        // The key may stand on the next line.
        let key = |(at, call): (usize, &str)| {
            file.text[at + call.len()..].trim_start().strip_prefix('"')?.split('"').next()
        };
        let is_key =
            |key: &&str| key.chars().all(|it| it.is_ascii_lowercase() || it.is_ascii_digit() || it == '-');
        said.extend(calls.filter_map(key).filter(is_key).map(str::to_owned));
    }
    let folder = root().join("crates/coffer-texts/locales/en");
    let mut known = BTreeSet::new();
    for file in std::fs::read_dir(folder).unwrap() {
        let text = std::fs::read_to_string(file.unwrap().path()).unwrap();
        let lines = text.lines().filter(|line| line.starts_with(|letter: char| letter.is_ascii_lowercase()));
        known.extend(lines.filter_map(|line| line.split_once(" =")).map(|(key, _)| key.to_owned()));
    }
    assert!(known.len() > 500, "{}", known.len());
    let unknown: Vec<_> = said.difference(&known).collect();
    let unsaid: Vec<_> = known.difference(&said).collect();
    assert!(unknown.is_empty(), "no text has these keys: {unknown:#?}");
    assert!(unsaid.is_empty(), "nobody says these texts: {unsaid:#?}");
}

#[test]
fn strings_are_told_from_comments_characters_and_log_lines() {
    let source = r##"
        // It's "a comment isn't it".
        let lifetime: &'static str = "it's";
        let quote = '"'; let escaped = "\"don't\"";
        tracing::warn!(%error, "can't be read");
        let raw = r#"a "raw" one, isn't it"#;
        #[cfg(test)]
        mod tests { const NOT_READ: &str = "isn't"; }
    "##;
    let found = strings(source).into_iter().filter(|text| has_straight_apostrophe(text));
    assert_eq!(found.collect::<Vec<_>>(), ["it's", "\\\"don't\\\"", "a \"raw\" one, isn't it"]);
}

fn has_straight_apostrophe(text: &str) -> bool {
    let letters: Vec<char> = text.chars().collect();
    letters.windows(3).any(|three| matches!(three, [a, '\'', b] if a.is_alphabetic() && b.is_alphabetic()))
}

/// The string literals of a source file, up to its tests, without those of log lines.
pub fn strings(source: &str) -> Vec<&str> {
    let tests = source.match_indices("#[cfg(test)]\n").find(|(at, mark)| {
        // Tests may also be in a file of their own, which is named at the top.
        source[at + mark.len()..].trim_start().starts_with("mod tests {")
    });
    let source = &source[..tests.map_or(source.len(), |(at, _)| at)];
    let (mut rest, mut statement, mut found) = (source, 0, Vec::new());
    while let Some(at) = rest.find(['"', '\'', '/', ';', '{', '}']) {
        let position = source.len() - rest.len() + at;
        let (before, next) = (&source[statement..position], &rest[at..]);
        let (text, length) = match next.as_bytes()[0] {
            b'"' => {
                let (text, length) = string(before, next);
                (Some(text), length)
            }
            b'/' if next.starts_with("//") => (None, next.find('\n').unwrap_or(next.len())),
            b'\'' => (None, character(next)),
            mark => {
                statement = if mark == b'/' { statement } else { position };
                (None, 1)
            }
        };
        found.extend(text.filter(|_| !before.contains("tracing::")));
        rest = &next[length..];
    }
    found
}

/// The text of the string that `next` begins with, and how long it is with its quotes.
fn string<'a>(before: &str, next: &'a str) -> (&'a str, usize) {
    let prefix = before.trim_end_matches('#');
    let body = &next[1..];
    if prefix.ends_with('r') {
        let end = format!("\"{}", "#".repeat(before.len() - prefix.len()));
        let length = body.find(&end).unwrap();
        return (&body[..length], 1 + length + end.len());
    }
    let mut escaped = false;
    let length = body.find(|letter| {
        let ends = letter == '"' && !escaped;
        escaped = letter == '\\' && !escaped;
        ends
    });
    let length = length.unwrap();
    (&body[..length], length + 2)
}

/// How long the character is that `next` begins with; 1 if it is the mark of a lifetime.
fn character(next: &str) -> usize {
    let mut letters = next[1..].chars();
    match (letters.next(), letters.next()) {
        (Some('\\'), _) => 4 + next[3..].find('\'').unwrap(),
        (Some(letter), Some('\'')) => 2 + letter.len_utf8(),
        _ => 1,
    }
}
