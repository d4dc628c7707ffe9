//! The order of rows: folders first, then the chosen column, then the name.
//! Keys of names are made once, because comparing with the collator itself is too slow for long lists.

use coffer_model::{Entry, FolderOrder, Sort, SortColumn};
use icu_collator::options::{AlternateHandling, CollatorOptions};
use icu_collator::preferences::CollationNumericOrdering;
use icu_collator::{Collator, CollatorBorrowed, CollatorPreferences};
use std::cmp::Ordering;
use std::sync::{Arc, LazyLock};

/// An item with the key by which its name is sorted. Cloning is cheap.
#[derive(Clone, Debug)]
pub(crate) struct Row {
    pub entry: Entry,
    name_key: Arc<[u8]>,
}

impl Row {
    pub(crate) fn new(entry: Entry) -> Self {
        let name_key = name_key(entry.name());
        Self { entry, name_key }
    }
}

/// Puts rows into the order of `sort`.
pub(crate) fn sort_rows(rows: &mut [Row], sort: Sort) {
    let column = match sort.column {
        SortColumn::Name => |_: &Entry, _: &Entry| Ordering::Equal,
        SortColumn::Size => |left: &Entry, right: &Entry| left.size_bytes().cmp(&right.size_bytes()),
        SortColumn::Modified => |left: &Entry, right: &Entry| left.modified().cmp(&right.modified()),
        SortColumn::Kind => by_kind,
    };
    rows.sort_unstable_by(|left, right| compare(left, right, sort, column));
}

fn compare(left: &Row, right: &Row, sort: Sort, column: impl Fn(&Entry, &Entry) -> Ordering) -> Ordering {
    let folders_first = comes_first(&right.entry, sort).cmp(&comes_first(&left.entry, sort));
    let turn = |ordering: Ordering| if sort.descending { ordering.reverse() } else { ordering };
    let by_name = || {
        let names = left.name_key.cmp(&right.name_key);
        // Only the name column turns names round; equal sizes stay in the order of the alphabet.
        if sort.column == SortColumn::Name { turn(names) } else { names }
    };
    folders_first
        .then_with(|| turn(column(&left.entry, &right.entry)))
        .then_with(by_name)
        // Equal names (in different folders of a search, or differing only by accents' order): by place.
        .then_with(|| left.entry.path.cmp(&right.entry.path))
}

/// A folder that stands before all files.
fn comes_first(entry: &Entry, sort: Sort) -> bool {
    let is_first = match sort.folders {
        // Without totals it has neither a size nor a date to stand by.
        FolderOrder::Usual => sort.has_folders_first() || entry.totals.is_none(),
        FolderOrder::First | FolderOrder::Mixed => sort.has_folders_first(),
    };
    entry.is_folder() && is_first
}

fn by_kind(left: &Entry, right: &Entry) -> Ordering {
    let kind = |entry: &Entry| entry.file_kind();
    kind(left).cmp(&kind(right)).then_with(|| {
        let extension = |entry: &Entry| coffer_model::file_kind::extension(entry.name()).to_ascii_lowercase();
        extension(left).cmp(&extension(right))
    })
}

/// Bytes that compare as the names do to a person: by the Unicode collator, numbers by their value.
pub(crate) fn name_key(name: &str) -> Arc<[u8]> {
    let mut key: Vec<u8> = Vec::with_capacity(name.len() * 3);
    if let Some(collator) = &*COLLATOR {
        // Writing to a vector cannot fail.
        let Ok(()) = collator.write_sort_key_to(name, &mut key);
    } else {
        key.extend_from_slice(name.to_lowercase().as_bytes());
    }
    key.into()
}

/// The root collation: the same order on every computer. `None` only if the built-in data were unusable.
static COLLATOR: LazyLock<Option<CollatorBorrowed<'static>>> = LazyLock::new(|| {
    let mut preferences = CollatorPreferences::default();
    preferences.numeric_ordering = Some(CollationNumericOrdering::True);
    let mut options = CollatorOptions::default();
    // Spaces and punctuation count, as in every file manager.
    options.alternate_handling = Some(AlternateHandling::NonIgnorable);
    Collator::try_new(preferences, options).ok()
});

#[cfg(test)]
mod tests {
    use super::{Row, sort_rows};
    use coffer_model::{
        Entry, EntryKind, File, FolderOrder, FolderTotals, RemotePath, Rev, Sort, SortColumn,
    };
    use jiff::Timestamp;
    use std::sync::Arc;

    fn folder(name: &str) -> Entry {
        let path = RemotePath::root().join(name);
        Entry::new(path, EntryKind::Folder { id: name.into() })
    }

    fn file(name: &str, size_bytes: u64, modified: i64) -> Entry {
        let modified = Timestamp::from_second(modified).unwrap();
        let kind = EntryKind::File(File {
            id: name.into(),
            rev: Rev("123456789".into()),
            size_bytes,
            client_modified: modified,
            server_modified: modified,
            content_hash: None,
            access: coffer_model::entry::ContentAccess::Download,
        });
        Entry::new(RemotePath::root().join(name), kind)
    }

    fn check(entries: Vec<Entry>, column: SortColumn, descending: bool, expected: &[&str]) {
        check_sort(entries, Sort::by(column, descending), expected);
    }

    fn check_sort(entries: Vec<Entry>, sort: Sort, expected: &[&str]) {
        let mut rows: Vec<Row> = entries.into_iter().map(Row::new).collect();
        sort_rows(&mut rows, sort);
        let names: Vec<&str> = rows.iter().map(|row| row.entry.name()).collect();
        assert_eq!(names, expected);
    }

    #[test]
    fn names_go_by_alphabet_and_numbers_by_value_with_folders_first() {
        let entries = || {
            vec![
                file("file10", 1, 1),
                file("File2", 1, 1),
                file("äpfel", 1, 1),
                file("Zebra", 1, 1),
                folder("zoo"),
            ]
        };
        check(entries(), SortColumn::Name, false, &["zoo", "äpfel", "File2", "file10", "Zebra"]);
        check(entries(), SortColumn::Name, true, &["zoo", "Zebra", "file10", "File2", "äpfel"]);
    }

    fn with_totals(name: &str, bytes: u64, newest: i64) -> Entry {
        let totals =
            FolderTotals { bytes, newest: Timestamp::from_second(newest).ok(), files: 1, folders: 0 };
        Entry { totals: Some(Arc::new(totals)), ..folder(name) }
    }

    #[test]
    fn folders_come_first_or_stand_among_the_files_by_every_column_where_that_is_chosen() {
        let entries = || vec![with_totals("m", 9, 5), folder("q"), file("a", 10, 10), file("z", 1, 1)];
        let check = |column, folders, expected: &[&str]| {
            check_sort(entries(), Sort { folders, ..Sort::by(column, false) }, expected);
        };
        check(SortColumn::Name, FolderOrder::Mixed, &["a", "m", "q", "z"]);
        check(SortColumn::Name, FolderOrder::First, &["m", "q", "a", "z"]);
        check(SortColumn::Size, FolderOrder::Mixed, &["q", "z", "m", "a"]);
        check(SortColumn::Size, FolderOrder::First, &["q", "m", "z", "a"]);
        check(SortColumn::Size, FolderOrder::Usual, &["q", "z", "m", "a"]);
        check(SortColumn::Modified, FolderOrder::First, &["q", "m", "z", "a"]);
    }

    #[test]
    fn by_size_and_date_folders_with_totals_stand_among_the_files() {
        let folder = with_totals;
        let entries =
            || vec![folder("big", 9, 5), folder("small", 1, 30), file("a", 5, 10), file("b", 10, 1)];
        check(entries(), SortColumn::Size, true, &["b", "big", "a", "small"]);
        check(entries(), SortColumn::Modified, true, &["small", "a", "big", "b"]);
        check(entries(), SortColumn::Name, false, &["big", "small", "a", "b"]);
    }

    #[test]
    fn other_columns_fall_back_to_the_name_which_stays_ascending() {
        let entries = || {
            vec![file("b.txt", 5, 30), file("a.txt", 5, 20), file("c.jpg", 9, 10), folder("y"), folder("x")]
        };
        check(entries(), SortColumn::Size, false, &["x", "y", "a.txt", "b.txt", "c.jpg"]);
        check(entries(), SortColumn::Size, true, &["x", "y", "c.jpg", "a.txt", "b.txt"]);
        check(entries(), SortColumn::Modified, true, &["x", "y", "b.txt", "a.txt", "c.jpg"]);
        check(entries(), SortColumn::Kind, false, &["x", "y", "c.jpg", "a.txt", "b.txt"]);
    }
}
