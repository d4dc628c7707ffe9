//! The files of one transfer and what became of each. An update costs the same however many files the transfer has;
//! its name says which file it is about.

use super::end::TransferEnd;
use coffer_model::transfer::{FileState, FileUpdate, UploadPlan};
use coffer_model::{Job, RemotePath};
use std::collections::HashMap;
use std::sync::Arc;

/// Files of one transfer that have rows of their own; of more only the sum is shown.
const ROW_LIMIT: usize = 200_000;

/// Which files of a transfer are listed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum FileFilter {
    #[default]
    All,
    Moving,
    Failed,
}

#[derive(Clone, Debug, PartialEq)]
pub struct FileRow {
    /// Below the target of the transfer, as in "Trip/Day 1/fjord.jpg".
    pub name: Arc<str>,
    pub size_bytes: u64,
    /// `None` while its turn has not come.
    pub state: Option<FileState>,
}

#[derive(Default)]
pub struct TransferFiles {
    /// In the order of the plan, then in the order in which they were heard of first.
    rows: Vec<FileRow>,
    by_name: HashMap<Arc<str>, u32>,
    /// Rows in these states, rising.
    moving: Vec<u32>,
    failed: Vec<u32>,
    copied: usize,
    /// Bytes at the start of every name that name the folder that holds them all, with its slash; none before the
    /// first name.
    common: Option<usize>,
    filled: bool,
    forgotten: bool,
}

impl TransferFiles {
    pub(super) fn empty() -> Self {
        Self { forgotten: true, filled: true, ..Self::default() }
    }

    /// They were too many to be remembered.
    pub fn are_forgotten(&self) -> bool {
        self.forgotten
    }

    pub fn len(&self) -> usize {
        self.rows.len()
    }

    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    pub fn count(&self, shown: FileFilter) -> usize {
        match shown {
            FileFilter::All => self.rows.len(),
            FileFilter::Moving => self.moving.len(),
            FileFilter::Failed => self.failed.len(),
        }
    }

    /// The file on one line of a list of `shown` files.
    pub fn row(&self, shown: FileFilter, line: usize) -> Option<&FileRow> {
        let at = match shown {
            FileFilter::All => line,
            FileFilter::Moving => *self.moving.get(line)? as usize,
            FileFilter::Failed => *self.failed.get(line)? as usize,
        };
        self.rows.get(at)
    }

    /// The name of a row without the folder that holds all of them: it is the name of the transfer already.
    pub fn short_name<'a>(&self, row: &'a FileRow) -> &'a str {
        self.common.and_then(|common| row.name.get(common..)).unwrap_or(&row.name)
    }

    /// Files that were copied within the account instead of being sent.
    pub fn copied(&self) -> usize {
        self.copied
    }

    /// Makes the rows that are known before any update, once.
    pub(super) fn fill(&mut self, job: &Job) {
        if std::mem::replace(&mut self.filled, true) {
            return;
        }
        // The names of a download come one by one: what they share at first need not stay.
        match job {
            Job::Download { entries, .. } => {
                let is_folder = matches!(entries.as_slice(), [entry] if entry.is_folder());
                self.common = if is_folder { None } else { Some(0) };
            }
            Job::DownloadPast(download) => {
                self.common = if download.wanted.items.is_empty() { None } else { Some(0) };
            }
            _ => {}
        }
        if let Job::Upload { plan, .. } = job {
            let count = plan.files.len().min(ROW_LIMIT);
            self.rows.reserve(count);
            self.by_name.reserve(count);
            for file in plan.files.iter().take(ROW_LIMIT) {
                self.push(name_below(plan, &file.remote_path), file.size_bytes);
            }
        }
    }

    pub(super) fn apply_updates(&mut self, updates: Vec<FileUpdate>, job: &Job) {
        self.fill(job);
        for file in updates {
            if let Some(row) = self.row_of(&file.name, file.size_bytes) {
                self.rows[row as usize].size_bytes = file.size_bytes;
                self.set(row, Some(file.state));
            }
        }
    }

    /// The transfer is over: what was not told one by one follows from how it ended.
    pub(super) fn end(&mut self, end: &TransferEnd, job: &Job) {
        if self.rows.is_empty() {
            return;
        }
        let rest = match end {
            TransferEnd::Done { report, .. } => {
                if let Job::Upload { plan, .. } = job {
                    for problem in &report.failed {
                        let name = problem.path.as_ref().map(|path| name_below(plan, path));
                        if let Some(row) = name.and_then(|name| self.by_name.get(name)).copied() {
                            self.set(row, Some(FileState::Failed(problem.clone())));
                        }
                    }
                }
                Some(FileState::Verified)
            }
            TransferEnd::Failed(_) | TransferEnd::Cancelled => None,
        };
        for row in 0..self.rows.len() {
            if matches!(self.rows[row].state, None | Some(FileState::Moving { .. })) {
                self.set(row as u32, rest.clone());
            }
        }
    }

    fn row_of(&mut self, name: &str, size_bytes: u64) -> Option<u32> {
        match self.by_name.get(name) {
            Some(row) => Some(*row),
            None if self.rows.len() < ROW_LIMIT => Some(self.push(name, size_bytes)),
            None => None,
        }
    }

    fn push(&mut self, name: &str, size_bytes: u64) -> u32 {
        let row = self.rows.len() as u32;
        let name: Arc<str> = name.into();
        let top = name.find('/').map_or(0, |at| at + 1);
        let first = self.rows.first().map_or(&name, |row| &row.name);
        if self.common != Some(0) {
            let shared =
                first.get(..top) == name.get(..top) && self.common.is_none_or(|common| common == top);
            self.common = Some(if shared { top } else { 0 });
        }
        self.by_name.insert(Arc::clone(&name), row);
        self.rows.push(FileRow { name, size_bytes, state: None });
        row
    }

    fn set(&mut self, row: u32, state: Option<FileState>) {
        let Some(file) = self.rows.get_mut(row as usize) else { return };
        let before = std::mem::replace(&mut file.state, state);
        let is_copied =
            |state: &Option<FileState>| usize::from(matches!(state, Some(FileState::CopiedInAccount)));
        self.copied = self.copied + is_copied(&file.state) - is_copied(&before);
        let is_moving = |state: &Option<FileState>| matches!(state, Some(FileState::Moving { .. }));
        let has_failed = |state: &Option<FileState>| matches!(state, Some(FileState::Failed(_)));
        sort_in(&mut self.moving, row, is_moving(&before), is_moving(&file.state));
        sort_in(&mut self.failed, row, has_failed(&before), has_failed(&file.state));
    }
}

/// Keeps `rows` rising when one of them joins or leaves.
fn sort_in(rows: &mut Vec<u32>, row: u32, before: bool, now: bool) {
    if before == now {
        return;
    }
    match rows.binary_search(&row) {
        Ok(at) if !now => {
            rows.remove(at);
        }
        Err(at) if now => rows.insert(at, row),
        _ => {}
    }
}

/// A path of the account as the updates of an upload name it.
fn name_below<'a>(plan: &UploadPlan, path: &'a RemotePath) -> &'a str {
    let target = plan.target.as_str();
    let rest = path.as_str().get(target.len()..).filter(|_| plan.target.contains(path));
    rest.unwrap_or(path.as_str()).trim_start_matches('/')
}

#[cfg(test)]
mod tests {
    use super::{FileFilter, TransferFiles};
    use coffer_model::transfer::{FileState, FileUpdate, OnExisting, PlannedFile, UploadPlan};
    use coffer_model::{Entry, EntryKind, Job, RemotePath};
    use std::sync::Arc;

    fn upload(names: &[&str]) -> Job {
        let target = RemotePath::new("/Docs");
        let file = |name: &&str| PlannedFile {
            local_path: "/x".into(),
            remote_path: RemotePath::new(&format!("/Docs/{name}")),
            size_bytes: 7,
            modified: None,
            conflict: None,
            decision: None,
        };
        let files = names.iter().map(file).collect();
        Job::Upload { plan: Arc::new(UploadPlan { target, files, ..UploadPlan::default() }) }
    }

    fn file_update(name: &str, state: FileState) -> FileUpdate {
        FileUpdate { name: name.to_owned(), size_bytes: 7, state }
    }

    #[test]
    fn what_was_planned_is_there_before_news_and_news_find_it_by_name() {
        let job = upload(&["Trip/a.jpg", "Trip/b.jpg", "c.txt"]);
        let mut files = TransferFiles::default();
        files.apply_updates(vec![file_update("Trip/b.jpg", FileState::Moving { bytes_done: 3 })], &job);
        assert_eq!(
            (files.len(), files.count(FileFilter::Moving), files.count(FileFilter::Failed)),
            (3, 1, 0)
        );
        assert_eq!(files.row(FileFilter::Moving, 0), files.row(FileFilter::All, 1));
        files.apply_updates(
            vec![
                file_update("Trip/b.jpg", FileState::CopiedInAccount),
                file_update("late.txt", FileState::Verified),
            ],
            &job,
        );
        assert_eq!((files.len(), files.count(FileFilter::Moving), files.copied()), (4, 0, 1));
        assert_eq!(&*files.row(FileFilter::All, 3).unwrap().name, "late.txt");
        assert_eq!(files.row(FileFilter::All, 0).unwrap().state, None);
    }

    #[test]
    fn the_folder_that_holds_all_files_is_not_said_again_for_each() {
        let check = |names: &[&str], expected: &[&str]| {
            let mut files = TransferFiles::default();
            files.fill(&upload(names));
            let rows = (0..files.len()).filter_map(|line| files.row(FileFilter::All, line));
            assert_eq!(rows.map(|row| files.short_name(row)).collect::<Vec<_>>(), expected);
        };
        check(&["Trip/Day 1/a.jpg", "Trip/b.jpg"], &["Day 1/a.jpg", "b.jpg"]);
        check(&["Trip/a.jpg", "Trip 2/b.jpg"], &["Trip/a.jpg", "Trip 2/b.jpg"]);
        check(&["Trip/a.jpg", "b.jpg", "Trip/c.jpg"], &["Trip/a.jpg", "b.jpg", "Trip/c.jpg"]);
        check(&["a.jpg", "Trip/b.jpg"], &["a.jpg", "Trip/b.jpg"]);
    }

    #[test]
    fn a_download_of_several_items_says_whole_names_from_the_first_on() {
        let folder = |path| Entry::new(RemotePath::new(path), EntryKind::Folder { id: "id:1".into() });
        let check = |entries: Vec<Entry>, expected: &str| {
            let job = Job::Download { entries, folder: "/home/ida".into(), existing: OnExisting::Number };
            let mut files = TransferFiles::default();
            files.apply_updates(vec![file_update("Trip/a.jpg", FileState::Verified)], &job);
            assert_eq!(files.row(FileFilter::All, 0).map(|row| files.short_name(row)), Some(expected));
        };
        check(vec![folder("/Trip")], "a.jpg");
        check(vec![folder("/Trip"), folder("/Docs")], "Trip/a.jpg");
    }
}
