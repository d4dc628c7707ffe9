//! The entries of an archive as the rows of a table, in the order of a tree.

use coffer_model::table::{TableCells, TableColumn, TableSheet};
use coffer_stdx::units;
use coffer_texts::tr;
use std::cmp::Ordering;
use std::collections::BTreeSet;

/// More are not listed.
pub(super) const MOST_ENTRIES: usize = 100_000;

/// More than are in sight at once.
const MOST_DEPTH: usize = 20;

/// A path that is longer was made to do harm.
const MOST_PATH_BYTES: usize = 4096;

pub(super) struct ArchiveRow {
    /// That of a folder ends in `/`.
    pub path: String,
    pub size_bytes: u64,
    /// Where the archive tells it of each file.
    pub packed_bytes: Option<u64>,
    /// "2026-03-01 12:30", or empty.
    pub modified: String,
    pub needs_password: bool,
}

#[derive(Default)]
pub(super) struct ArchiveRows {
    rows: Vec<ArchiveRow>,
    left_out: LeftOut,
}

/// What is not listed.
#[derive(Clone, Copy, Default)]
enum LeftOut {
    #[default]
    Nothing,
    /// There are so many entries in all.
    Counted(usize),
    Uncounted,
}

impl ArchiveRows {
    /// Answers whether there is room for more.
    pub(super) fn push(&mut self, mut row: ArchiveRow) -> bool {
        let end = row.path.floor_char_boundary(MOST_PATH_BYTES);
        row.path.truncate(end);
        let start = row.path.trim_start_matches("./").trim_start_matches('/').len();
        row.path.drain(..row.path.len() - start);
        if !row.path.is_empty() {
            self.rows.push(row);
        }
        self.rows.len() < MOST_ENTRIES
    }

    /// There are more, perhaps so many in all.
    pub(super) fn leave_out(&mut self, total: Option<usize>) {
        self.left_out = total.map_or(LeftOut::Uncounted, LeftOut::Counted);
    }

    pub(super) fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    pub(super) fn into_sheet(mut self) -> TableSheet {
        let note = self.note();
        self.add_folders();
        self.rows.sort_by(|one, other| by_tree(&one.path, &other.path));
        let has_packed = self.rows.iter().any(|row| row.packed_bytes.is_some());
        let has_password = self.rows.iter().any(|row| row.needs_password);
        let names = [
            Some(tr!("column-name")),
            Some(tr!("column-size")),
            has_packed.then_some(tr!("archive-packed")),
            Some(tr!("column-modified")),
            has_password.then_some(tr!("archive-protection")),
        ];
        let mut cells = TableCells::default();
        cells.has_header = true;
        let mut push = |texts: [&str; 5]| {
            for (text, name) in texts.iter().zip(names) {
                if name.is_some() {
                    // 100,000 paths of 4 KiB fit.
                    let _ = cells.push_cell(text);
                }
            }
            cells.end_row();
        };
        push(names.map(Option::unwrap_or_default));
        let mut widest = 0;
        for row in &self.rows {
            let is_folder = row.path.ends_with('/');
            let size = |bytes| if is_folder { String::new() } else { size_in_words(bytes) };
            let packed = row.packed_bytes.map(size).unwrap_or_default();
            let protection = if row.needs_password { tr!("archive-password") } else { "" };
            push([&row.path, &size(row.size_bytes), &packed, &row.modified, protection]);
            let (depth, name) = place_in_tree(&row.path);
            widest = widest.max(depth * 2 + 4 + name.chars().count());
        }
        let all = [
            TableColumn { most_chars: widest.min(200) as u16, is_number: false, holds_paths: true },
            TableColumn { most_chars: 8, is_number: true, holds_paths: false },
            TableColumn { most_chars: 8, is_number: true, holds_paths: false },
            TableColumn { most_chars: 16, is_number: false, holds_paths: false },
            TableColumn { most_chars: 10, is_number: false, holds_paths: false },
        ];
        cells.columns =
            all.into_iter().zip(names).filter_map(|(column, name)| name.map(|_| column)).collect();
        TableSheet { name: String::new(), cells, note: Some(note) }
    }

    fn note(&self) -> String {
        let count = self.rows.len();
        match self.left_out {
            LeftOut::Counted(total) => {
                tr!("archive-first-of", first = count, count = total)
            }
            LeftOut::Uncounted => tr!("archive-first", count = count),
            LeftOut::Nothing => {
                let files = self.rows.iter().filter(|row| !row.path.ends_with('/'));
                let (count, bytes) = files.fold((0, 0_u64), |(count, bytes), row| {
                    (count + 1, bytes.saturating_add(row.size_bytes))
                });
                tr!("archive-files", count = count, size = size_in_words(bytes))
            }
        }
    }

    /// The folders that no entry names.
    fn add_folders(&mut self) {
        let known: BTreeSet<&str> = self.rows.iter().map(|row| row.path.as_str()).collect();
        let mut missing: BTreeSet<&str> = BTreeSet::new();
        for row in &self.rows {
            let inner = row.path.trim_end_matches('/');
            for (at, _) in inner.match_indices('/').take(MOST_DEPTH) {
                let folder = &row.path[..=at];
                if !known.contains(folder) {
                    missing.insert(folder);
                }
            }
        }
        let missing: Vec<ArchiveRow> = missing
            .into_iter()
            .map(|path| ArchiveRow {
                path: path.to_owned(),
                size_bytes: 0,
                packed_bytes: None,
                modified: String::new(),
                needs_password: false,
            })
            .collect();
        self.rows.extend(missing);
    }
}

fn size_in_words(bytes: u64) -> String {
    units::size(bytes).replace('.', tr!("decimal-sign"))
}

/// How many folders it is in, and its own name.
fn place_in_tree(path: &str) -> (usize, &str) {
    let inner = path.trim_end_matches('/');
    let name = inner.rsplit('/').next().unwrap_or_default();
    (inner.matches('/').count().min(MOST_DEPTH), name)
}

/// A folder comes before what is in it, and folders before files.
fn by_tree(one: &str, other: &str) -> Ordering {
    let mut ones = one.split_inclusive('/');
    let mut others = other.split_inclusive('/');
    loop {
        match (ones.next(), others.next()) {
            (None, None) => return Ordering::Equal,
            (None, Some(_)) => return Ordering::Less,
            (Some(_), None) => return Ordering::Greater,
            (Some(one), Some(other)) if one == other => {}
            (Some(one), Some(other)) => {
                let kind = other.ends_with('/').cmp(&one.ends_with('/'));
                let name = || one.to_lowercase().cmp(&other.to_lowercase()).then(one.cmp(other));
                return kind.then_with(name);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{ArchiveRow, ArchiveRows};

    fn row(path: &str) -> ArchiveRow {
        ArchiveRow {
            path: path.to_owned(),
            size_bytes: 10,
            packed_bytes: None,
            modified: String::new(),
            needs_password: false,
        }
    }

    #[test]
    fn rows_are_a_tree_with_all_folders() {
        let mut rows = ArchiveRows::default();
        for path in ["b.txt", "./a/deep/x.txt", "/A.txt", "a/y.txt", "empty/"] {
            assert!(rows.push(row(path)));
        }
        let sheet = rows.into_sheet();
        let paths: Vec<&str> = (0..sheet.cells.row_count()).map(|row| sheet.cells.cell(row, 0)).collect();
        let expected = ["Name", "a/", "a/deep/", "a/deep/x.txt", "a/y.txt", "empty/", "A.txt", "b.txt"];
        assert_eq!(paths, expected);
        assert_eq!(sheet.note.as_deref(), Some("4 files, 40 B unpacked"));
        assert_eq!(sheet.cells.cell(1, 1), "", "a folder has no size");
    }
}
