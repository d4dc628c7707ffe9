//! Renaming many items by one rule: what the rule is, the name that it gives to an item, and what stands against that.

use super::file_kind::extension;
use super::{Entry, Listing};
use jiff::tz::TimeZone;
use std::sync::Arc;

/// How names change. The extension stays unless `with_extension`; a folder has none.
#[derive(Clone, Debug, PartialEq)]
pub struct RenameRule {
    /// Takes the place of the whole name; empty where that stays.
    pub name: String,
    /// Each place of this text is replaced; empty where nothing is.
    pub find: String,
    pub replace: String,
    pub letters: LetterCase,
    pub before: String,
    pub after: String,
    /// The day of the last change, in front of all else.
    pub has_date: bool,
    pub number: NumberPlace,
    /// As it was typed: “001” makes numbers of three digits.
    pub first_number: String,
    pub with_extension: bool,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum LetterCase {
    #[default]
    Keep,
    Lower,
    Upper,
    /// The first letter of each word is large, all others are small.
    Title,
}

/// Where the number of an item is in its name.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum NumberPlace {
    #[default]
    None,
    Before,
    After,
}

/// What is asked of the worker: the names that some items would get.
#[derive(Clone, Debug, PartialEq)]
pub struct RenameQuestion {
    /// In the order in which they are numbered.
    pub entries: Arc<Vec<Entry>>,
    /// What is known to be beside them.
    pub rows: Option<Arc<Listing>>,
    pub rule: RenameRule,
}

/// What a rule would do.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct RenamePlan {
    /// One for each item, in their order.
    pub names: Vec<PlannedName>,
    /// How many items get another name.
    pub changed: usize,
    /// How many can’t have the name that the rule gives them.
    pub refused: usize,
}

#[derive(Clone, Debug, PartialEq)]
pub struct PlannedName {
    pub name: String,
    pub issue: Option<RenameIssue>,
}

/// Why an item can’t have a name.
#[derive(Clone, Debug, PartialEq)]
pub enum RenameIssue {
    /// The account takes no such name; in words.
    Invalid(String),
    /// Another item has the name, and keeps it.
    Taken,
    /// Another one of the items gets the same name.
    Twice,
    /// It is in this folder, which gets another name as well.
    Inside(String),
}

impl Default for RenameRule {
    fn default() -> Self {
        Self {
            name: String::new(),
            find: String::new(),
            replace: String::new(),
            letters: LetterCase::default(),
            before: String::new(),
            after: String::new(),
            has_date: false,
            number: NumberPlace::default(),
            first_number: "1".to_owned(),
            with_extension: false,
        }
    }
}

impl RenameRule {
    /// The name of an item. `index` counts the items from 0; days are those of `zone`.
    pub fn new_name(&self, entry: &Entry, index: usize, zone: &TimeZone) -> String {
        let old = entry.name();
        let kept = if entry.is_folder() || self.with_extension { "" } else { extension(old) };
        let stem = if kept.is_empty() { old } else { &old[..old.len() - kept.len() - 1] };
        let mut name = if self.name.is_empty() { stem.to_owned() } else { self.name.clone() };
        if !self.find.is_empty() {
            name = name.replace(&self.find, &self.replace);
        }
        name = self.letters.apply(&name);
        name = format!("{}{name}{}", self.before, self.after);
        let number = self.number_of(index);
        match self.number {
            NumberPlace::None => {}
            NumberPlace::Before => name = joined(&number, &name),
            NumberPlace::After => name = joined(&name, &number),
        }
        if let Some(file) = entry.file().filter(|_| self.has_date) {
            let day = file.client_modified.to_zoned(zone.clone()).strftime("%Y-%m-%d").to_string();
            name = joined(&day, &name);
        }
        if kept.is_empty() { name } else { format!("{name}.{kept}") }
    }

    fn number_of(&self, index: usize) -> String {
        let first = self.first_number.trim();
        let digits = first.len();
        let number = first.parse::<u64>().unwrap_or(1).saturating_add(index as u64);
        format!("{number:0digits$}")
    }
}

/// With a space between, unless there is something like one.
fn joined(first: &str, second: &str) -> String {
    let is_part = |letter: Option<char>| letter.is_some_and(char::is_alphanumeric);
    let needs_space = is_part(first.chars().next_back()) && is_part(second.chars().next());
    format!("{first}{}{second}", if needs_space { " " } else { "" })
}

impl LetterCase {
    fn apply(self, name: &str) -> String {
        match self {
            Self::Keep => name.to_owned(),
            Self::Lower => name.to_lowercase(),
            Self::Upper => name.to_uppercase(),
            Self::Title => titled(name),
        }
    }
}

fn titled(name: &str) -> String {
    let mut titled = String::with_capacity(name.len());
    let mut is_in_word = false;
    for letter in name.chars() {
        if is_in_word {
            titled.extend(letter.to_lowercase());
        } else {
            titled.extend(letter.to_uppercase());
        }
        is_in_word = letter.is_alphanumeric() || matches!(letter, '\'' | '’');
    }
    titled
}

#[cfg(test)]
mod tests {
    use super::{LetterCase, NumberPlace, RenameRule};
    use crate::entry::File;
    use crate::{ContentAccess, Entry, EntryKind, RemotePath, Rev};
    use jiff::Timestamp;
    use jiff::tz::TimeZone;

    fn file(name: &str) -> Entry {
        let modified: Timestamp = "2026-03-09T23:30:00Z".parse().unwrap();
        let file = File {
            id: "id:1".into(),
            rev: Rev("1".into()),
            size_bytes: 1,
            client_modified: modified,
            server_modified: modified,
            content_hash: None,
            access: ContentAccess::Download,
        };
        Entry::new(RemotePath::root().join(name), EntryKind::File(file))
    }

    #[track_caller]
    fn check(rule: &RenameRule, old: &str, index: usize, expected: &str) {
        assert_eq!(rule.new_name(&file(old), index, &TimeZone::UTC), expected);
    }

    fn rule() -> RenameRule {
        RenameRule::default()
    }

    #[test]
    fn text_is_replaced_everywhere_but_in_the_extension() {
        let replaced = RenameRule { find: "jpg".to_owned(), replace: "picture".to_owned(), ..rule() };
        check(&replaced, "a jpg of jpg.jpg", 0, "a picture of picture.jpg");
        check(&RenameRule { with_extension: true, ..replaced.clone() }, "jpg.jpg", 0, "picture.picture");
        check(&replaced, ".jpg", 0, ".picture");
        check(&rule(), "a.tar.gz", 0, "a.tar.gz");
        let folder = Entry::new(RemotePath::new("/v1.jpg"), EntryKind::Folder { id: "id:2".into() });
        assert_eq!(replaced.new_name(&folder, 0, &TimeZone::UTC), "v1.picture");
    }

    #[test]
    fn letters_change_their_case() {
        let check_case = |letters, expected| {
            check(&RenameRule { letters, ..rule() }, "éTé AT ida's-HOUSE.JPG", 0, expected);
        };
        check_case(LetterCase::Lower, "été at ida's-house.JPG");
        check_case(LetterCase::Upper, "ÉTÉ AT IDA'S-HOUSE.JPG");
        check_case(LetterCase::Title, "Été At Ida's-House.JPG");
        check(
            &RenameRule { letters: LetterCase::Lower, with_extension: true, ..rule() },
            "A.JPG",
            0,
            "a.jpg",
        );
    }

    #[test]
    fn numbers_have_as_many_digits_as_were_typed_and_go_on_beyond() {
        let numbered = |number, first: &str| RenameRule { number, first_number: first.to_owned(), ..rule() };
        check(&numbered(NumberPlace::After, "1"), "Trip.jpg", 9, "Trip 10.jpg");
        check(&numbered(NumberPlace::Before, "098"), "Trip.jpg", 3, "101 Trip.jpg");
        check(&numbered(NumberPlace::After, "01"), "IMG_.jpg", 0, "IMG_01.jpg");
        check(&numbered(NumberPlace::After, ""), "Trip.jpg", 0, "Trip 1.jpg");
        check(&numbered(NumberPlace::After, "18446744073709551615"), "a", 5, "a 18446744073709551615");
    }

    #[test]
    fn a_date_stands_before_all_else_and_a_name_is_the_same_for_all() {
        let rule = RenameRule {
            name: "Trip".to_owned(),
            before: "(".to_owned(),
            after: ")".to_owned(),
            has_date: true,
            number: NumberPlace::After,
            ..rule()
        };
        check(&rule, "x.jpg", 1, "2026-03-09(Trip)2.jpg");
        let tokyo = TimeZone::fixed(jiff::tz::offset(9));
        assert_eq!(rule.new_name(&file("x.jpg"), 1, &tokyo), "2026-03-10(Trip)2.jpg");
    }
}
