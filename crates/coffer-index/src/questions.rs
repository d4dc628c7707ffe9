//! What the index is asked: folders and single items, searches, equal files, what has changed.

use crate::error::IndexError;
use crate::index::Index;
use crate::{
    PathChanges, SearchAnswer, SearchOrder, duplicates, fuzzy, logged_changes, news, path_changes, people,
    read,
};
use coffer_model::{DuplicateGroup, Entry, FolderTotals, LoggedChange, PathMatch, RemotePath, SearchQuery};
use jiff::Timestamp;
use std::collections::{HashMap, HashSet};

impl Index {
    /// The items of a folder in no order, the folders among them with their totals; `None` if it is not known.
    pub fn folder(&self, path: &RemotePath) -> Result<Option<Vec<Entry>>, IndexError> {
        read::folder(&self.reader(), path)
    }

    /// The item at a path, if it is known.
    pub fn entry(&self, path: &RemotePath) -> Result<Option<Entry>, IndexError> {
        read::entry(&self.reader(), path)
    }

    /// The totals of the folders in a folder, by their keys.
    pub fn totals_within(&self, path: &RemotePath) -> Result<HashMap<String, FolderTotals>, IndexError> {
        read::totals_within(&self.reader(), path)
    }

    /// The totals of a folder.
    pub fn totals(&self, path: &RemotePath) -> Result<Option<FolderTotals>, IndexError> {
        read::totals(&self.reader(), path)
    }

    /// The largest files below a folder, the largest first.
    pub fn largest_files(&self, below: &RemotePath, most: usize) -> Result<Vec<Entry>, IndexError> {
        read::largest_files(&self.reader(), below, most)
    }

    /// Folders in which something was changed elsewhere since the person last looked into them.
    pub fn news(&self) -> Result<Vec<RemotePath>, IndexError> {
        let reader = self.reader();
        let mut folders = Vec::new();
        for folder in news::read(&reader)? {
            if read::find(&reader, &folder)?.is_some() {
                folders.push(folder);
            }
        }
        Ok(folders)
    }

    /// The number of the latest change.
    pub fn last_change(&self) -> Result<i64, IndexError> {
        news::last_change(&self.reader())
    }

    /// What was changed elsewhere after the change with a number, the latest first.
    pub fn changes_elsewhere(&self, after: i64, most: usize) -> Result<Vec<LoggedChange>, IndexError> {
        logged_changes::read_elsewhere(&self.reader(), after, most)
    }

    /// Accounts that have changed something, and of which no name is known yet.
    pub fn unnamed_people(&self, most: usize) -> Result<Vec<String>, IndexError> {
        people::unnamed(&self.reader(), most)
    }

    /// The names of those of the accounts that somebody has asked for; `None` where the service knows nobody.
    pub fn names(&self, account_ids: &[String]) -> Result<HashMap<String, Option<String>>, IndexError> {
        people::names(&self.reader(), account_ids)
    }

    /// The files with this content (64 hexadecimal digits).
    pub fn files_with_content(&self, content_hash: &str) -> Result<Vec<Entry>, IndexError> {
        duplicates::files_with_content(&self.reader(), content_hash)
    }

    /// Which of these sizes files of the account have. Reads all names into memory, as a search does.
    pub fn sizes_present(&self, sizes: &HashSet<u64>) -> Result<HashSet<u64>, IndexError> {
        if sizes.is_empty() {
            return Ok(HashSet::new());
        }
        self.with_names(|names| names.sizes_present(sizes))
    }

    /// Files below a folder that are equal, those first that waste most.
    pub fn duplicates(&self, below: &RemotePath) -> Result<Vec<DuplicateGroup>, IndexError> {
        duplicates::groups(&self.reader(), below)
    }

    /// The latest changes below a folder since a moment. Of those of one kind in one folder, which were heard of within a quarter
    /// of an hour, not more than `most_of_a_kind` are told one by one.
    pub fn changes(
        &self,
        below: &RemotePath,
        since: Option<Timestamp>,
        most: usize,
        most_of_a_kind: usize,
    ) -> Result<Vec<LoggedChange>, IndexError> {
        logged_changes::read(&self.reader(), below, since, most, most_of_a_kind)
    }

    /// Which items have come, gone and moved since a moment.
    pub fn path_changes(&self, since: Timestamp) -> Result<PathChanges, IndexError> {
        path_changes::read(&self.reader(), since)
    }

    /// Everything below a folder, each folder before what is in it; `None` if it is not known.
    pub fn tree(&self, path: &RemotePath) -> Result<Option<Vec<Entry>>, IndexError> {
        read::tree(&self.reader(), path)
    }

    /// The items whose names match, in order, at most so many; and how many there are.
    pub fn search(
        &self,
        query: &SearchQuery,
        order: SearchOrder,
        most: usize,
    ) -> Result<SearchAnswer, IndexError> {
        let found = self.with_names(|names| names.search(query, order, most))?;
        let entries = read::found_entries(&self.reader(), &found.items)?;
        Ok(SearchAnswer { entries, count: found.count, bytes: found.bytes })
    }

    /// The items, or only the folders, that have what is typed as letters of their paths, in their order; the best match
    /// first.
    pub fn fuzzy(&self, typed: &str, folders_only: bool, most: usize) -> Result<Vec<PathMatch>, IndexError> {
        let found = self.with_names(|names| names.fuzzy_candidates(typed, folders_only))?;
        let entries = read::found_entries(&self.reader(), &found)?;
        Ok(fuzzy::rank(typed, entries, most))
    }
}
