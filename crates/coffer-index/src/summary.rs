//! What is below a folder by kinds of files, with the largest, newest and oldest ones. Every file is looked at, so the
//! folders are read in small groups, and others may ask between them.

use crate::error::IndexError;
use crate::folder_tree::FolderNumber;
use crate::index::Index;
use crate::name_search::FoundItem;
use crate::read::{find, found_entries};
use coffer_model::{FileKind, FolderSummary, KindTotals, RemotePath};
use rusqlite::Connection;
use std::cmp::Reverse;
use std::collections::{BTreeMap, BinaryHeap};

/// Folders that are summed up before others may ask.
const FOLDERS_AT_ONCE: usize = 32;

impl Index {
    /// What is below a folder by kinds of files, and so many of those that stand out; `None` if it is not known, or `is_wanted`
    /// has become false.
    pub fn summary(
        &self,
        folder: &RemotePath,
        most: usize,
        is_wanted: impl Fn() -> bool,
    ) -> Result<Option<FolderSummary>, IndexError> {
        let folders = {
            let reader = self.reader();
            let Some(number) = find(&reader, folder)? else { return Ok(None) };
            folders_below(&reader, number)?
        };
        let mut summing = Summing::new(most);
        for group in folders.chunks(FOLDERS_AT_ONCE) {
            if !is_wanted() {
                return Ok(None);
            }
            summing.add(&self.reader(), group)?;
        }
        let kinds = summing.kinds();
        let reader = self.reader();
        let entries = |files: Vec<FoundItem>| found_entries(&reader, &files);
        Ok(Some(FolderSummary {
            folder: folder.clone(),
            kinds,
            largest: entries(summing.largest.into_items())?,
            newest: entries(summing.newest.into_items())?,
            oldest: entries(summing.oldest.into_items())?,
        }))
    }
}

/// The files of some folders, added up.
struct Summing {
    kinds: BTreeMap<FileKind, KindTotals>,
    largest: Outstanding<i64>,
    newest: Outstanding<i64>,
    oldest: Outstanding<Reverse<i64>>,
}

impl Summing {
    fn new(most: usize) -> Self {
        Self {
            kinds: BTreeMap::new(),
            largest: Outstanding::new(most),
            newest: Outstanding::new(most),
            oldest: Outstanding::new(most),
        }
    }

    fn add(&mut self, connection: &Connection, folders: &[FolderNumber]) -> Result<(), IndexError> {
        let mut statement =
            connection.prepare_cached("SELECT key, bytes, client_modified FROM file WHERE folder = ?1")?;
        for &folder in folders {
            let mut rows = statement.query([folder])?;
            while let Some(row) = rows.next()? {
                let key = row.get_ref(0)?.as_str().map_err(rusqlite::Error::from)?;
                let (bytes, modified): (i64, i64) = (row.get(1)?, row.get(2)?);
                let kind = FileKind::from_name(key);
                let totals = self.kinds.entry(kind).or_insert(KindTotals { kind, files: 0, bytes: 0 });
                totals.files += 1;
                totals.bytes += bytes as u64;
                self.largest.offer(bytes, folder, key);
                self.newest.offer(modified, folder, key);
                self.oldest.offer(Reverse(modified), folder, key);
            }
        }
        Ok(())
    }

    /// The kind that takes most first.
    fn kinds(&self) -> Vec<KindTotals> {
        let mut kinds: Vec<KindTotals> = self.kinds.values().copied().collect();
        kinds.sort_by_key(|totals| Reverse((totals.bytes, totals.files)));
        kinds
    }
}

/// A file by its value; of equal ones the name that comes first is the higher.
type Ranked<T> = (T, Reverse<(String, FolderNumber)>);

/// The files with the highest values, of those that were offered.
struct Outstanding<T: Ord> {
    most: usize,
    /// The lowest of them on top.
    files: BinaryHeap<Reverse<Ranked<T>>>,
}

impl<T: Ord> Outstanding<T> {
    fn new(most: usize) -> Self {
        Self { most, files: BinaryHeap::new() }
    }

    fn offer(&mut self, value: T, folder: FolderNumber, key: &str) {
        if self.files.len() == self.most {
            // Most files end here, before anything of them is kept.
            let Some(Reverse((lowest, Reverse((name, _))))) = self.files.peek() else { return };
            if value < *lowest || value == *lowest && key >= name.as_str() {
                return;
            }
            self.files.pop();
        }
        self.files.push(Reverse((value, Reverse((key.to_owned(), folder)))));
    }

    /// The highest first.
    fn into_items(self) -> Vec<FoundItem> {
        let files = self.files.into_sorted_vec();
        let item = |(key, parent)| FoundItem { parent, key, is_folder: false };
        files.into_iter().map(|Reverse((_, Reverse(file)))| item(file)).collect()
    }
}

/// The folder and all folders below it.
fn folders_below(connection: &Connection, folder: FolderNumber) -> Result<Vec<FolderNumber>, IndexError> {
    let mut statement = connection.prepare_cached(
        "WITH RECURSIVE below (folder) AS (VALUES (?1) UNION ALL
           SELECT folder.folder FROM folder JOIN below ON folder.parent = below.folder)
         SELECT folder FROM below",
    )?;
    let folders = statement.query_map([folder], |row| row.get(0))?;
    Ok(folders.collect::<rusqlite::Result<_>>()?)
}
