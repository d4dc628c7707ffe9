//! From names in the account to names on this computer. A name from the service is never used as a path: it becomes
//! one component. Which names a folder takes is in `download/name_rules`.

use coffer_model::file_kind::extension;
use sha2::{Digest as _, Sha256};

/// Most file systems hold names of so many bytes.
pub(crate) const LONGEST_NAME_BYTES: usize = 255;
/// Stands for what cannot be there.
const REPLACEMENT: char = '_';

/// Begins the mark of a name that is not the item's own, and how many characters of a hash follow.
const MARK: char = '~';
const MARK_LENGTH: usize = 8;

/// One component that is safe to join to a folder, and short enough for most.
pub(crate) fn local_name(name: &str) -> String {
    shorten(&safe_name(name), LONGEST_NAME_BYTES)
}

/// One component that is safe to join to a folder.
pub(crate) fn safe_name(name: &str) -> String {
    let mut safe: String = name.chars().map(|c| if is_impossible(c) { REPLACEMENT } else { c }).collect();
    if cfg!(windows) {
        // Windows drops these at the end without a word.
        let kept = safe.trim_end_matches(['.', ' ']).len();
        safe.replace_range(kept.., &"_".repeat(safe.len() - kept));
    }
    if matches!(safe.as_str(), "" | "." | "..") {
        safe = format!("{REPLACEMENT}{safe}");
    }
    safe
}

/// `text` with the mark of `own_name`, in so many bytes, as in `10_00~3f9a1c2b.txt` for `10:00.txt`.
pub(crate) fn marked_name(text: &str, own_name: &str, longest: usize) -> String {
    let hash = Sha256::digest(own_name);
    let mark = format!("{MARK}{}", hex::encode(&hash[..MARK_LENGTH / 2]));
    let (stem, extension) = split(&shorten(text, longest - mark.len()));
    format!("{stem}{mark}{extension}")
}

/// Whether a name has a mark, and may therefore not be the item's own.
pub(crate) fn is_marked(name: &str) -> bool {
    let hash = |(_, hash): (&str, &str)| {
        hash.len() == MARK_LENGTH && hash.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'))
    };
    split(name).0.rsplit_once(MARK).is_some_and(hash)
}

/// The same name with a number, as in `Photo (2).jpg`; 0 leaves it alone.
pub(crate) fn numbered(name: &str, number: u32) -> String {
    if number == 0 {
        return name.to_owned();
    }
    let suffix = format!(" ({number})");
    let (stem, extension) = split(&shorten(name, LONGEST_NAME_BYTES - suffix.len()));
    format!("{stem}{suffix}{extension}")
}

/// A hidden name beside `name` that tells whose it is.
pub(crate) fn hidden_name(name: &str, suffix: &str) -> String {
    format!(".{}{suffix}", shorten(name, LONGEST_NAME_BYTES - suffix.len() - 1))
}

fn is_impossible(character: char) -> bool {
    matches!(character, '/' | '\0')
        || cfg!(windows)
            && (matches!(character, '\\' | '<' | '>' | ':' | '"' | '|' | '?' | '*') || character.is_control())
}

/// Cuts the stem so that it has at most so many bytes; the extension stays.
fn shorten(name: &str, longest: usize) -> String {
    if name.len() <= longest {
        return name.to_owned();
    }
    let (stem, extension) = split(name);
    // Of an extension that is none, but a sentence behind a dot, nothing stays.
    let extension = if extension.len() > longest / 2 { String::new() } else { extension };
    let mut kept = (longest - extension.len()).min(stem.len());
    while !stem.is_char_boundary(kept) {
        kept -= 1;
    }
    format!("{}{extension}", &stem[..kept])
}

/// The stem, and the extension with its dot.
fn split(name: &str) -> (String, String) {
    let extension = extension(name);
    if extension.is_empty() {
        return (name.to_owned(), String::new());
    }
    let (stem, rest) = name.split_at(name.len() - extension.len() - 1);
    (stem.to_owned(), rest.to_owned())
}

#[cfg(test)]
mod tests {
    use super::{hidden_name, is_marked, local_name, marked_name, numbered};

    #[test]
    fn a_name_never_leaves_its_folder() {
        let check = |name, expected| assert_eq!(local_name(name), expected);
        check("plain.txt", "plain.txt");
        check("..", "_..");
        check(".", "_.");
        check("", "_");
        check("../../etc/passwd", ".._.._etc_passwd");
        check("/etc/passwd", "_etc_passwd");
        check("nul\0byte", "nul_byte");
        check(".hidden", ".hidden");
    }

    #[test]
    fn a_long_name_keeps_its_extension_and_whole_characters() {
        let name = format!("{}.jpg", "ü".repeat(200));
        let local = local_name(&name);
        assert!(local.len() <= 255);
        assert!(local.ends_with("ü.jpg"));
        let with_number = numbered(&local, 12);
        assert!(with_number.len() <= 255);
        assert!(with_number.ends_with("ü (12).jpg"));
    }

    #[test]
    fn a_marked_name_is_known_and_others_are_not() {
        assert_eq!(marked_name("10_00.txt", "10:00.txt", 255), "10_00~bfc16df0.txt");
        for name in ["10_00.txt", "noext", &"ü".repeat(300), &format!("a.{}", "b".repeat(300))] {
            let marked = marked_name(name, name, 100);
            assert!(marked.len() <= 100 && is_marked(&marked), "{marked}");
        }
        for name in ["10_00.txt", "a~b.txt", "a~3f9a1c2b c.txt", "a~3F9A1C2B.txt", "~"] {
            assert!(!is_marked(name), "{name}");
        }
    }

    #[test]
    fn a_hidden_name_is_never_too_long() {
        assert_eq!(hidden_name("film.mp4", ".01234567.coffer-part"), ".film.mp4.01234567.coffer-part");
        assert!(hidden_name(&"ü".repeat(127), ".01234567.coffer-part").len() <= 255);
    }

    #[test]
    fn numbers_go_before_the_extension() {
        assert_eq!(numbered("Photo.jpg", 0), "Photo.jpg");
        assert_eq!(numbered("Photo.jpg", 2), "Photo (2).jpg");
        assert_eq!(numbered("README", 1), "README (1)");
    }
}
