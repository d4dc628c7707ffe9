//! Free names beside taken ones: `name (1).ext`, and `name (conflicted copy).ext` for an update that came
//! too late (reference 3.0).

use super::edit::WritePath;
use super::entry::{find_present, parent_of};
use super::error::StoreError;
use rusqlite::Connection;

/// A name may have this many UTF-16 code units (reference 2.8).
const LONGEST_NAME: usize = 255;

/// The first of `name (1).ext`, `name (2).ext` … that is free.
pub(super) fn free_path(connection: &Connection, taken: &WritePath) -> Result<WritePath, StoreError> {
    first_free(connection, taken, 1, |number| format!(" ({number})"))
}

/// The first of `name (conflicted copy).ext`, `name (conflicted copy 1).ext` … that is free.
pub(super) fn conflicted_path(connection: &Connection, taken: &WritePath) -> Result<WritePath, StoreError> {
    first_free(connection, taken, 0, |number| match number {
        0 => " (conflicted copy)".to_owned(),
        _ => format!(" (conflicted copy {number})"),
    })
}

/// Numbers are tried one by one for a while and in doubling steps after that, so that a name taken a
/// hundred thousand times does not cost as many look-ups; then the gap is searched from its middle.
fn first_free(
    connection: &Connection,
    taken: &WritePath,
    from: u64,
    addition: impl Fn(u64) -> String,
) -> Result<WritePath, StoreError> {
    let candidate = |number: u64| with_addition(taken, &addition(number));
    let is_free =
        |number: u64| Ok::<_, StoreError>(find_present(connection, &candidate(number).lower)?.is_none());
    for number in from..from + 32 {
        if is_free(number)? {
            return Ok(candidate(number));
        }
    }
    let mut taken_number = from + 31;
    let mut free_number = taken_number * 2;
    while !is_free(free_number)? {
        taken_number = free_number;
        free_number *= 2;
    }
    while free_number - taken_number > 1 {
        let middle = taken_number.midpoint(free_number);
        if is_free(middle)? {
            free_number = middle;
        } else {
            taken_number = middle;
        }
    }
    Ok(candidate(free_number))
}

fn with_addition(target: &WritePath, addition: &str) -> WritePath {
    let insert = |path: &str| {
        let parent = parent_of(path);
        let name = &path[parent.len() + 1..];
        let (stem, extension) = match name.rfind('.') {
            Some(dot) if dot > 0 => name.split_at(dot),
            _ => (name, ""),
        };
        let room = LONGEST_NAME.saturating_sub(utf16_length(addition) + utf16_length(extension));
        format!("{parent}/{}{addition}{extension}", shortened(stem, room))
    };
    // Folding never changes where the dot is or how long the addition is, so both spellings agree.
    WritePath { lower: insert(&target.lower), display: insert(&target.display) }
}

fn shortened(text: &str, room: usize) -> &str {
    let mut used = 0;
    for (at, letter) in text.char_indices() {
        used += letter.len_utf16();
        if used > room {
            return &text[..at];
        }
    }
    text
}

fn utf16_length(text: &str) -> usize {
    text.encode_utf16().count()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn added(path: &str, addition: &str) -> String {
        let target = WritePath { lower: path.to_lowercase(), display: path.to_owned() };
        with_addition(&target, addition).display
    }

    #[test]
    fn the_number_stands_before_the_extension() {
        assert_eq!(added("/A.b/Report.txt", " (1)"), "/A.b/Report (1).txt");
        assert_eq!(added("/A.b/Report", " (1)"), "/A.b/Report (1)");
        assert_eq!(added("/.profile", " (1)"), "/.profile (1)");
        assert_eq!(added("/a.tar.gz", " (2)"), "/a.tar (2).gz");
    }

    #[test]
    fn a_name_of_full_length_is_shortened_to_make_room() {
        let path = format!("/{}.txt", "x".repeat(251));
        let added = added(&path, " (12)");
        assert_eq!(added.len() - 1, LONGEST_NAME);
        assert!(added.ends_with("x (12).txt"));
    }
}
