//! The rules about paths, names and revisions that client, server and window share (reference §2.8).
//! Whether something exists at a path is no business of this file.

use std::fmt;

use unicode_normalization::UnicodeNormalization;

/// No part of a path may be longer, in UTF-16 code units.
pub const NAME_LIMIT_UTF16: usize = 255;

/// No path may be longer, in bytes of UTF-8. This is a limit of ours; Dropbox names none.
pub const PATH_LIMIT_BYTES: usize = 4096;

/// Names that Dropbox keeps for itself or for operating systems, in lower case.
const DISALLOWED_NAMES: [&str; 7] =
    ["desktop.ini", "thumbs.db", ".ds_store", "icon\r", ".dropbox", ".dropbox.attr", ".dropbox.cache"];

/// Brings a path into the form that API v2 wants, as the Core API's client did: one leading slash, no trailing
/// one, none doubled; the root is the empty text. `id:`, `rev:` and `ns:` are kept as they start.
pub fn normalize(path: &str) -> String {
    let is_reference = ["id:", "rev:", "ns:"].iter().any(|prefix| path.starts_with(prefix));
    let mut normal = String::with_capacity(path.len() + 1);
    for (index, part) in path.split('/').filter(|part| !part.is_empty()).enumerate() {
        if index > 0 || !is_reference {
            normal.push('/');
        }
        normal.push_str(part);
    }
    normal
}

/// The key of a path: NFC, then each character in lower case on its own, so that a final sigma is a plain one.
pub fn path_lower(path: &str) -> String {
    path.nfc().map(|character| character.to_lowercase().next().unwrap_or(character)).collect()
}

/// The folder that holds `path`; the root's is the root.
pub fn parent(path: &str) -> &str {
    path.rsplit_once('/').map_or("", |(parent, _)| parent)
}

/// The last part of `path`.
pub fn name(path: &str) -> &str {
    path.rsplit_once('/').map_or(path, |(_, name)| name)
}

/// Whether `path` is `folder` or inside it. Both are keys made by [`path_lower`].
pub fn is_within(path: &str, folder: &str) -> bool {
    path.strip_prefix(folder).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}

/// Why Dropbox refuses a name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NameProblem {
    Empty,
    /// `/`, `\`, NUL, another control character …
    ForbiddenCharacter(char),
    /// `.` and `..` mean folders, not names.
    Dots,
    /// Ends in a space or another blank.
    TrailingBlank,
    TooLong,
    /// Kept for Dropbox or for an operating system.
    Reserved,
}

impl NameProblem {
    /// Whether Dropbox says `disallowed_name` rather than `malformed_path`.
    pub fn is_disallowed_name(self) -> bool {
        self == Self::Reserved
    }
}

impl fmt::Display for NameProblem {
    fn fmt(&self, formatter: &mut fmt::Formatter) -> fmt::Result {
        match self {
            Self::Empty => formatter.write_str("the name is empty"),
            Self::ForbiddenCharacter(character) => {
                write!(formatter, "the name contains {:?}", character.to_string())
            }
            Self::Dots => formatter.write_str("the name consists of dots"),
            Self::TrailingBlank => formatter.write_str("the name ends in a blank"),
            Self::TooLong => write!(formatter, "the name is longer than {NAME_LIMIT_UTF16} characters"),
            Self::Reserved => formatter.write_str("the name is reserved"),
        }
    }
}

impl std::error::Error for NameProblem {}

/// Whether Dropbox takes `name` as a part of a path.
pub fn check_name(name: &str) -> Result<(), NameProblem> {
    if name.is_empty() {
        return Err(NameProblem::Empty);
    }
    if DISALLOWED_NAMES.contains(&path_lower(name).as_str()) {
        return Err(NameProblem::Reserved);
    }
    if let Some(character) = name.chars().find(|character| matches!(character, '/' | '\\' | '\0' | '\u{7f}'))
    {
        return Err(NameProblem::ForbiddenCharacter(character));
    }
    if matches!(name, "." | "..") {
        return Err(NameProblem::Dots);
    }
    if name.ends_with(char::is_whitespace) {
        return Err(NameProblem::TrailingBlank);
    }
    if name.encode_utf16().count() > NAME_LIMIT_UTF16 {
        return Err(NameProblem::TooLong);
    }
    Ok(())
}

/// Whether `rev` looks like a revision: at least nine lower-case hexadecimal digits.
pub fn is_rev(rev: &str) -> bool {
    rev.len() >= 9 && rev.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_get_one_form() {
        for (path, normal) in [
            ("", ""),
            ("/", ""),
            ("//", ""),
            ("a", "/a"),
            ("/a/", "/a"),
            ("//a//b///", "/a/b"),
            (" a", "/ a"),
            ("id:abc/", "id:abc"),
            ("id:abc//x", "id:abc/x"),
            ("rev:123456789", "rev:123456789"),
            ("ns:1/x", "ns:1/x"),
        ] {
            assert_eq!(normalize(path), normal, "{path:?}");
        }
    }

    #[test]
    fn keys_are_composed_and_lowered_character_by_character() {
        for (path, key) in [("/ΣΣΣ", "/σσσ"), ("/İ", "/i"), ("/E\u{301}", "/é"), ("/Straße", "/straße")]
        {
            assert_eq!(path_lower(path), key);
        }
    }

    #[test]
    fn names_that_dropbox_refuses_are_told_with_the_reason() {
        for (name, problem) in [
            ("", NameProblem::Empty),
            (".", NameProblem::Dots),
            ("..", NameProblem::Dots),
            ("a/b", NameProblem::ForbiddenCharacter('/')),
            ("a\\b", NameProblem::ForbiddenCharacter('\\')),
            ("a\0", NameProblem::ForbiddenCharacter('\0')),
            ("a\u{7f}b", NameProblem::ForbiddenCharacter('\u{7f}')),
            ("a ", NameProblem::TrailingBlank),
            ("Thumbs.DB", NameProblem::Reserved),
            ("Icon\r", NameProblem::Reserved),
            (".dropbox.cache", NameProblem::Reserved),
        ] {
            assert_eq!(check_name(name), Err(problem), "{name:?}");
        }
        assert_eq!(check_name(&"😀".repeat(128)), Err(NameProblem::TooLong));
    }

    #[test]
    fn odd_but_legal_names_are_fine() {
        for name in ["a<>:\"|?*", " leading", "...", ".hidden", "😀", "con", "a\tb"] {
            assert_eq!(check_name(name), Ok(()), "{name:?}");
        }
        assert_eq!(check_name(&"é".repeat(255)), Ok(()));
    }

    #[test]
    fn a_folder_contains_itself_and_its_children_but_not_its_namesakes() {
        assert!(is_within("/a", "/a") && is_within("/a/b", "/a") && is_within("/a", ""));
        assert!(!is_within("/ab", "/a") && !is_within("/", "/a"));
    }
}
