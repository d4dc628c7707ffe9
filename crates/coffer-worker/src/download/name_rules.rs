//! Which names the file system of a folder takes, and another name for an item whose own it does not take.
//!
//! No table of file systems says that: it depends on the disk, on how it is mounted and on what is behind a network. So
//! it is found out by trying, in a hidden folder that is removed again. What is tried are parts of names (a character, a
//! dot at the end), each once; a name of harmless characters is never tried.
//!
//! The other name has `_` for what is refused, and a mark: the start of the hash of the item's own name. So it is the same
//! in every run, and two items never get the same one. It does not tell the own name, which for a name that is too long
//! no shorter one could. That is in the transfer store, where an upload of the file finds it. All blocks.

use crate::local_name::{LONGEST_NAME_BYTES, marked_name, safe_name};
use std::collections::HashMap;
use std::fs::{self, File};
use std::path::Path;
use unicode_normalization::UnicodeNormalization;

/// Names of so many bytes are short enough everywhere.
const SHORT_BYTES: usize = 100;
/// From here on characters come by the thousand (CJK), and a file system takes all of a block or none.
const LARGE_BLOCKS: u32 = 0x2E80;
const LARGE_BLOCK: u32 = 0x1000;

/// Tries whether a name is taken. Tests have other disks.
type TryName = Box<dyn Fn(&str) -> bool + Send + Sync>;

pub(crate) struct NameRules {
    try_name: TryName,
    /// Whether it tells no upper from lower case.
    pub folds: bool,
    known: HashMap<NamePart, bool>,
    /// The longest name that it has taken, in bytes and in UTF-16 units.
    taken_length: (usize, usize),
}

/// What may be wrong with a name.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
enum NamePart {
    /// A character that a file system may refuse, or the block of one of many.
    Inside(u32),
    First(char),
    Last(char),
    /// What may be the name of a device, as on Windows: three letters, and perhaps a digit, before the first dot.
    Device(String),
}

impl NameRules {
    /// The rules of the file system that holds a folder.
    pub(crate) fn of_folder(folder: &Path) -> Self {
        let tried = folder.to_owned();
        Self::new(Box::new(move |name| takes(&tried, name)), folds(folder))
    }

    pub(super) fn new(try_name: TryName, folds: bool) -> Self {
        Self { try_name, folds, known: HashMap::new(), taken_length: (0, 0) }
    }

    /// The name that an item has here: its own, if that is possible.
    pub(crate) fn local_name(&mut self, name: &str) -> String {
        let safe = safe_name(name);
        if safe == name && self.takes(name) {
            return safe;
        }
        let replaced = self.replace_refused(&safe);
        let ascii: String = replaced.chars().map(|c| if c.is_ascii() { c } else { '_' }).collect();
        let candidates = [(&replaced, LONGEST_NAME_BYTES), (&replaced, SHORT_BYTES)]
            .map(|(text, longest)| marked_name(text, name, longest));
        candidates
            .into_iter()
            .find(|candidate| (self.try_name)(candidate))
            .unwrap_or_else(|| marked_name(&ascii, name, SHORT_BYTES))
    }

    fn takes(&mut self, name: &str) -> bool {
        let length = (name.len(), name.encode_utf16().count());
        if length.0 > SHORT_BYTES && (length.0 > self.taken_length.0 || length.1 > self.taken_length.1) {
            if !(self.try_name)(name) {
                return false;
            }
            if length.0 >= self.taken_length.0 && length.1 >= self.taken_length.1 {
                self.taken_length = length;
            }
            return true;
        }
        parts(name).into_iter().all(|(part, sample)| self.takes_part(part, &sample))
    }

    fn takes_part(&mut self, part: NamePart, sample: &str) -> bool {
        *self.known.entry(part).or_insert_with(|| (self.try_name)(sample))
    }

    /// Puts `_` in the place of everything that is refused.
    fn replace_refused(&mut self, name: &str) -> String {
        let mut replaced: String = name
            .chars()
            .map(|c| {
                let is_taken = inside(c).is_none_or(|(part, sample)| self.takes_part(part, &sample));
                if is_taken { c } else { '_' }
            })
            .collect();
        for (part, sample) in parts(&replaced) {
            if self.takes_part(part.clone(), &sample) {
                continue;
            }
            match part {
                NamePart::First(_) => replaced.replace_range(..1, "_"),
                NamePart::Last(_) => {
                    let kept = replaced.trim_end_matches(['.', ' ']).len();
                    replaced.replace_range(kept.., &"_".repeat(replaced.len() - kept));
                }
                NamePart::Device(stem) => replaced.insert(stem.len(), '_'),
                NamePart::Inside(_) => {}
            }
        }
        replaced
    }
}

/// Everything in a name that may be refused, each with a name that has nothing else of the kind.
fn parts(name: &str) -> Vec<(NamePart, String)> {
    let mut parts: Vec<(NamePart, String)> = name.chars().filter_map(inside).collect();
    parts.extend(name.starts_with(' ').then(|| (NamePart::First(' '), " a".to_owned())));
    let last = name.chars().next_back().filter(|last| matches!(last, '.' | ' '));
    parts.extend(last.map(|last| (NamePart::Last(last), format!("a{last}"))));
    let stem = name.split('.').next().unwrap_or_default();
    let letters = stem.trim_end_matches(|c: char| c.is_ascii_digit());
    let is_device =
        letters.len() == 3 && stem.len() <= 4 && letters.bytes().all(|byte| byte.is_ascii_alphabetic());
    parts.extend(is_device.then(|| (NamePart::Device(stem.to_uppercase()), stem.to_owned())));
    parts
}

fn inside(character: char) -> Option<(NamePart, String)> {
    let is_harmless = character.is_ascii_alphanumeric() || matches!(character, ' ' | '-' | '_' | '.');
    let code = u32::from(character);
    let code = if code < LARGE_BLOCKS { code } else { code - code % LARGE_BLOCK };
    (!is_harmless).then(|| (NamePart::Inside(code), format!("a{character}a")))
}

/// Whether a folder takes a name, and keeps it as it is. Where nothing at all can be tried it is taken for granted: then
/// the download itself fails, and tells why.
fn takes(folder: &Path, name: &str) -> bool {
    let trial = tempfile::Builder::new().prefix(".coffer-probe-").suffix(".part").tempdir_in(folder);
    let Ok(trial) = trial else { return true };
    if File::create_new(trial.path().join(name)).is_err() {
        // A full disk refuses every name.
        return File::create_new(trial.path().join("a")).is_err();
    }
    // Some take a name and keep another one: without dots at its end, or in decomposed letters, which is as good.
    let mut kept = fs::read_dir(trial.path()).into_iter().flatten().flatten();
    kept.any(|entry| entry.file_name().to_str().is_some_and(|kept| kept.nfc().eq(name.nfc())))
}

/// Whether a file system holds only one of two names that differ by case.
fn folds(folder: &Path) -> bool {
    let probe = tempfile::Builder::new().prefix(".coffer-probe-").suffix(".part").tempfile_in(folder);
    let Ok(probe) = probe else { return false };
    let name = probe.path().file_name().map(|name| name.to_string_lossy().to_uppercase());
    name.is_some_and(|name| fs::symlink_metadata(folder.join(name)).is_ok())
}

#[cfg(test)]
mod tests {
    use super::{NameRules, takes};
    use crate::local_name::is_marked;
    use coffer_model::file_kind::extension;
    use std::collections::HashSet;
    use std::fs;
    use std::sync::Arc;
    use std::sync::atomic::{AtomicUsize, Ordering};

    /// A disk as cameras have them: what it refuses, and what it would keep without its end.
    fn camera_disk(name: &str) -> bool {
        let stem = name.split('.').next().unwrap().to_uppercase();
        let is_device = ["CON", "AUX", "NUL", "COM1", "LPT9"].contains(&stem.as_str());
        !name.contains(['"', '*', ':', '<', '>', '?', '|', '\\'])
            && !name.chars().any(char::is_control)
            && !name.ends_with(['.', ' '])
            && name.encode_utf16().count() <= 255
            && !is_device
    }

    #[test]
    fn a_name_that_is_refused_gets_another_that_is_taken_and_always_the_same() {
        let mut seen = HashSet::new();
        let long = format!("{}.jpg", "ü".repeat(300));
        let refused = [
            "10:00.txt",
            "10?00.txt",
            "10_00?.txt",
            "what?",
            "a\"b",
            "tab\there",
            "end.",
            "end..",
            "end ",
            "dots . .",
            "con",
            "CON.txt",
            "aux.tar.gz",
            "Lpt9.log",
            "back\\slash",
            "*",
            "..",
            &long,
        ];
        for name in refused {
            let local = NameRules::new(Box::new(camera_disk), true).local_name(name);
            assert!(camera_disk(&local), "{name:?} became {local:?}");
            assert!(is_marked(&local), "{local}");
            assert_eq!(NameRules::new(Box::new(camera_disk), true).local_name(name), local);
            assert!(seen.insert(local), "{name:?} has the name of another");
        }
    }

    #[test]
    fn a_name_that_is_taken_is_kept() {
        let mut rules = NameRules::new(Box::new(camera_disk), true);
        let wide = "ü".repeat(200);
        for name in
            ["10_00.txt", "Ærø 日本.txt", ".hidden", "con-fusion", "conn", "aux1x.c", "a b", "~", &wide]
        {
            assert_eq!(rules.local_name(name), name);
        }
        // The name stays readable.
        let local = rules.local_name("Meeting 10:00.txt");
        assert!(local.starts_with("Meeting 10_00~") && extension(&local) == "txt", "{local}");
    }

    #[test]
    fn a_disk_that_takes_nothing_but_short_plain_names_gets_those() {
        let strict = |name: &str| name.is_ascii() && name.len() <= 143 && camera_disk(name);
        let mut rules = NameRules::new(Box::new(strict), false);
        for name in ["Ærø.txt", &"long ".repeat(40), &format!("{}.日本", "語".repeat(60))] {
            let local = rules.local_name(name);
            assert!(strict(&local) && is_marked(&local), "{name} became {local}");
        }
    }

    #[test]
    fn harmless_names_are_not_tried_and_characters_once() {
        let tries = Arc::new(AtomicUsize::new(0));
        let counted = Arc::clone(&tries);
        let count = move |_: &str| counted.fetch_add(1, Ordering::Relaxed) < usize::MAX;
        let mut rules = NameRules::new(Box::new(count), false);
        for number in 0..1000 {
            rules.local_name(&format!("IMG_{number}.JPG"));
        }
        assert_eq!(tries.load(Ordering::Relaxed), 0);
        for number in 0..1000 {
            rules.local_name(&format!("Über: {number} 日本語.txt"));
            rules.local_name(&format!("{number} {}", "long ".repeat(40)));
        }
        let tries = tries.load(Ordering::Relaxed);
        assert!(tries <= 10, "{tries}");
    }

    #[test]
    fn a_real_folder_says_what_it_takes_and_keeps_nothing_of_the_question() {
        let folder = tempfile::tempdir().unwrap();
        assert!(takes(folder.path(), "10_00.txt"));
        assert!(!takes(folder.path(), &"x".repeat(300)));
        assert!(!takes(folder.path(), "nul\0"));
        assert!(takes(&folder.path().join("gone"), "nothing can be tried"));
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 0);
    }
}
