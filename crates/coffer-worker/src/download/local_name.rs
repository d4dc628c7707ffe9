//! From names in the account to names on this computer. A name from the service is never used as a path: it becomes
//! one component, and what this computer cannot hold is replaced visibly.

use coffer_model::file_kind::extension;

/// Most file systems hold names of so many bytes.
const LONGEST_NAME_BYTES: usize = 255;
/// Stands for what cannot be there.
const REPLACEMENT: char = '_';

/// One component that is safe to join to a folder.
pub(crate) fn local_name(name: &str) -> String {
    let mut safe: String = name.chars().map(|c| if is_impossible(c) { REPLACEMENT } else { c }).collect();
    if cfg!(windows) {
        // Windows drops these at the end without a word.
        let kept = safe.trim_end_matches(['.', ' ']).len();
        safe.replace_range(kept.., &"_".repeat(safe.len() - kept));
    }
    if matches!(safe.as_str(), "" | "." | "..") {
        safe = format!("{REPLACEMENT}{safe}");
    }
    shorten(&safe, 0)
}

/// The same name with a number, as in `Photo (2).jpg`; 0 leaves it alone.
pub(crate) fn numbered(name: &str, number: u32) -> String {
    if number == 0 {
        return name.to_owned();
    }
    let suffix = format!(" ({number})");
    let (stem, extension) = split(&shorten(name, suffix.len()));
    format!("{stem}{suffix}{extension}")
}

/// A hidden name beside `name` that tells whose it is.
pub(crate) fn hidden_name(name: &str, suffix: &str) -> String {
    format!(".{}{suffix}", shorten(name, suffix.len() + 1))
}

fn is_impossible(character: char) -> bool {
    matches!(character, '/' | '\0')
        || cfg!(windows)
            && (matches!(character, '\\' | '<' | '>' | ':' | '"' | '|' | '?' | '*') || character.is_control())
}

/// Cuts the stem so that `room` bytes can be added; the extension stays.
fn shorten(name: &str, room: usize) -> String {
    let longest = LONGEST_NAME_BYTES - room;
    if name.len() <= longest {
        return name.to_owned();
    }
    let (stem, extension) = split(name);
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
    use super::{hidden_name, local_name, numbered};

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
