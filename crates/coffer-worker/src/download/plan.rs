//! Decides which files come as one archive of their folder, and which by themselves. An archive saves a call for each
//! file in it, but downloads all that is in the folder, in one stream that cannot be continued. Pure: asks nobody.

use super::download_file::DownloadFile;
use super::pending_files::PendingFiles;
use coffer_model::RemotePath;
use std::collections::{BTreeMap, BinaryHeap, HashMap, HashSet, VecDeque};
use std::sync::Arc;

/// Below that the calls are as good.
const FEWEST_FILES: usize = 8;
/// A larger file is worth a call of its own, with which it can be continued.
const ARCHIVED_BYTES: u64 = 4 * 1024 * 1024;
/// What a call costs, in bytes that could have come instead: so much may be in vain, for each file that is wanted.
const CALL_BYTES: u64 = 128 * 1024;
/// From here on several smaller archives are better than one, where the folder has folders.
const LARGE_ARCHIVE_BYTES: u64 = 1024 * 1024 * 1024;
/// Limits of `files/download_zip` (reference §3.5): entries with the folder itself, all bytes, one file's bytes.
const MOST_ENTRIES: u64 = 10_000;
const MOST_BYTES: u64 = 20_000_000_000;
const MOST_FILE_BYTES: u64 = 4_000_000_000;

/// What is to be downloaded next.
#[derive(Debug)]
pub(crate) enum Unit {
    File(DownloadFile),
    /// These files, by the archive of a folder above them.
    Folder(RemotePath, Vec<DownloadFile>),
}

#[derive(Debug, Default)]
pub(crate) struct DownloadSchedule {
    /// All files that were ever wanted; the next three name them by their indexes.
    pending: PendingFiles,
    /// Come by themselves.
    files: VecDeque<usize>,
    /// Are in a folder that was requested, by that folder: they may come in an archive.
    pool: BTreeMap<RemotePath, Vec<usize>>,
    archives: VecDeque<(RemotePath, Vec<usize>)>,
    folders: HashMap<Arc<str>, Contents>,
    /// Requested folders whose sums are in `folders`.
    summed: HashSet<Arc<str>>,
    /// Folders whose archive was tried in vain.
    refused: HashSet<Arc<str>>,
}

/// What a folder has, wanted or not: in itself at first, and at any depth once its list has ended. To count every item in
/// all folders above it would take a time that grows with the square of the depth.
#[derive(Clone, Debug, Default)]
struct Contents {
    path: RemotePath,
    entries: u64,
    bytes: u64,
    largest: u64,
}

impl Contents {
    fn add(&mut self, other: &Self) {
        self.entries += other.entries;
        self.bytes += other.bytes;
        self.largest = self.largest.max(other.largest);
    }
}

impl DownloadSchedule {
    /// A listing has named this item below the requested folder `top`.
    pub(crate) fn saw(&mut self, top: &RemotePath, path: &RemotePath, size_bytes: Option<u64>) {
        if size_bytes.is_none() {
            // The spelling of a folder is known by its own row only.
            self.folders.entry(Arc::clone(path.lower())).or_default().path = path.clone();
        }
        if let Some(folder) = path.parent().filter(|folder| top.contains(folder)) {
            let contents = self.folders.entry(Arc::clone(folder.lower())).or_default();
            if contents.path.is_root() {
                contents.path = folder;
            }
            contents.add(&Contents {
                entries: 1,
                bytes: size_bytes.unwrap_or(0),
                largest: size_bytes.unwrap_or(0),
                ..Contents::default()
            });
        }
    }

    /// Adds what each folder below `top` has to the folder around it, the deepest first.
    fn sum_up(&mut self, top: &RemotePath) {
        let is_below = |around: &str, path: &str| {
            path.strip_prefix(around).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
        };
        if self.summed.iter().any(|summed| is_below(summed, top.lower())) {
            return;
        }
        self.summed.insert(Arc::clone(top.lower()));
        let depth = |path: &str| path.bytes().filter(|byte| *byte == b'/').count();
        let below = self.folders.keys().filter(|path| is_below(top.lower(), path) && *path != top.lower());
        let mut deepest: BinaryHeap<(usize, Arc<str>)> =
            below.map(|path| (depth(path), Arc::clone(path))).collect();
        while let Some((_, path)) = deepest.pop() {
            let Some(contents) = self.folders.get(&path).cloned() else { continue };
            let Some(around) = contents.path.parent() else { continue };
            // A list may not have named it by itself.
            let folder = self.folders.entry(Arc::clone(around.lower())).or_insert_with(|| {
                if around != *top {
                    deepest.push((depth(around.lower()), Arc::clone(around.lower())));
                }
                Contents { path: around.clone(), ..Contents::default() }
            });
            folder.add(&contents);
        }
    }

    /// A file of the transfer; `top` is the requested folder above it.
    pub(crate) fn want(&mut self, top: Option<&RemotePath>, wanted: &DownloadFile) {
        let index = self.pending.push(wanted);
        match top {
            Some(top) if wanted.size_bytes <= ARCHIVED_BYTES => match self.pool.get_mut(top) {
                Some(pool) => pool.push(index),
                None => drop(self.pool.insert(top.clone(), vec![index])),
            },
            _ => self.files.push_back(index),
        }
    }

    /// The list of this requested folder has ended: it is known what is best downloaded by archives.
    pub(crate) fn knows_all_of(&mut self, top: &RemotePath) {
        if let Some(wanted) = self.pool.remove(top) {
            self.sum_up(top);
            self.divide(top, wanted);
        }
    }

    /// No archive is to be tried for this file any more.
    pub(crate) fn want_by_itself(&mut self, wanted: &DownloadFile) {
        self.files.push_back(self.pending.push(wanted));
    }

    /// The archive of this folder is not to be tried again.
    pub(crate) fn refuse(&mut self, folder: &RemotePath) {
        self.refused.insert(Arc::clone(folder.lower()));
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.files.is_empty() && self.archives.is_empty() && self.pool.values().all(Vec::is_empty)
    }

    /// What comes next. While the lists are still growing nothing is known of whole folders, so files come by
    /// themselves; `busy` says that enough of them are on their way for then.
    pub(crate) fn next(&mut self, listed: bool, busy: bool) -> Option<Unit> {
        if listed {
            for (top, wanted) in std::mem::take(&mut self.pool) {
                self.sum_up(&top);
                self.divide(&top, wanted);
            }
        }
        if let Some((folder, wanted)) = self.archives.pop_front() {
            let files = wanted.into_iter().filter_map(|index| self.pending.get(index)).collect();
            return Some(Unit::Folder(folder, files));
        }
        if let Some(index) = self.files.pop_front() {
            return self.pending.get(index).map(Unit::File);
        }
        if busy {
            return None;
        }
        let index = self.pool.values_mut().find_map(Vec::pop)?;
        self.pending.get(index).map(Unit::File)
    }

    /// One archive for all of it, or the same question for each folder in it.
    fn divide(&mut self, folder: &RemotePath, wanted: Vec<usize>) {
        if wanted.len() < FEWEST_FILES {
            return self.files.extend(wanted);
        }
        if self.pays(folder, &wanted) {
            return self.archives.push_back((folder.clone(), wanted));
        }
        let mut below: BTreeMap<Arc<str>, Vec<usize>> = BTreeMap::new();
        for index in wanted {
            match self.child_above(folder, index) {
                Some(child) => below.entry(child).or_default().push(index),
                None => self.files.push_back(index),
            }
        }
        for (child, wanted) in below {
            let path = self.folders.get(&child).map(|contents| contents.path.clone());
            self.divide(&path.unwrap_or_else(|| RemotePath::new(&child)), wanted);
        }
    }

    fn pays(&self, folder: &RemotePath, wanted: &[usize]) -> bool {
        let Some(contents) = self.folders.get(folder.lower()) else { return false };
        let wanted_bytes: u64 = wanted.iter().map(|index| self.pending.size_bytes(*index)).sum();
        let has_folders = wanted.iter().any(|index| self.child_above(folder, *index).is_some());
        let most_bytes = if has_folders { LARGE_ARCHIVE_BYTES } else { MOST_BYTES };
        // The account as a whole has no archive.
        !folder.is_root()
            && !self.refused.contains(folder.lower())
            && contents.entries + 1 < MOST_ENTRIES
            && contents.bytes < most_bytes
            && contents.largest < MOST_FILE_BYTES
            && contents.bytes.saturating_sub(wanted_bytes) <= CALL_BYTES * wanted.len() as u64
    }

    /// The folder in `folder` that holds a file at any depth; `None` when the file is in `folder` itself.
    fn child_above(&self, folder: &RemotePath, index: usize) -> Option<Arc<str>> {
        let around = self.pending.remote_folder(index)?.lower();
        let start = folder.lower().len() + 1;
        let name = around.get(start..)?.split('/').next()?;
        around.get(..start + name.len()).map(Into::into)
    }
}

#[cfg(test)]
mod tests {
    use super::{DownloadSchedule, Unit};
    use crate::download::download_file::DownloadFile;
    use coffer_model::entry::File;
    use coffer_model::{RemotePath, Rev};
    use jiff::Timestamp;

    const TOP: &str = "/Top";

    fn plan(files: &[(&str, u64, bool)]) -> DownloadSchedule {
        let mut plan = DownloadSchedule::default();
        let top = RemotePath::new(TOP);
        plan.saw(&top, &top, None);
        for (path, size_bytes, is_wanted) in files {
            let path = RemotePath::new(&format!("{TOP}/{path}"));
            plan.saw(&top, &path, Some(*size_bytes));
            if *is_wanted {
                let file = File {
                    id: "id:1".into(),
                    rev: Rev("012345678".into()),
                    size_bytes: *size_bytes,
                    client_modified: Timestamp::UNIX_EPOCH,
                    server_modified: Timestamp::UNIX_EPOCH,
                    content_hash: None,
                    access: coffer_model::entry::ContentAccess::Download,
                };
                let local_path = std::path::PathBuf::from(format!("/x{path}"));
                let target = std::path::Path::new("/x").into();
                plan.want(Some(&top), &DownloadFile::new(path, &file, local_path, &target));
            }
        }
        plan
    }

    /// What the plan downloads, as "folder: count" for archives and "count files".
    fn units(plan: &mut DownloadSchedule) -> Vec<String> {
        let mut units = Vec::new();
        let mut single = 0;
        while let Some(unit) = plan.next(true, false) {
            match unit {
                Unit::File(_) => single += 1,
                Unit::Folder(folder, wanted) => units.push(format!("{folder}: {}", wanted.len())),
            }
        }
        if single > 0 {
            units.push(format!("{single} files"));
        }
        assert!(plan.is_empty());
        units
    }

    fn many(folder: &str, count: usize, size_bytes: u64) -> Vec<(String, u64, bool)> {
        (0..count).map(|n| (format!("{folder}{n}.txt"), size_bytes, true)).collect()
    }

    fn check(files: &[(String, u64, bool)], expected: &[&str]) {
        let files: Vec<_> =
            files.iter().map(|(path, size, wanted)| (path.as_str(), *size, *wanted)).collect();
        assert_eq!(units(&mut plan(&files)), expected);
    }

    #[test]
    fn many_small_files_come_as_one_archive_and_few_by_themselves() {
        check(&many("", 7, 10), &["7 files"]);
        check(&[many("", 7, 10), many("deep/er/", 3, 10)].concat(), &["/Top: 10"]);
    }

    #[test]
    fn a_large_file_among_small_ones_is_not_brought_twice() {
        let mut files = [many("a/", 20, 10), many("b/", 20, 10), many("", 3, 10)].concat();
        files.push(("a/film.bin".into(), 50 << 20, true));
        check(&files, &["/Top/b: 20", "24 files"]);
    }

    #[test]
    fn what_is_here_already_is_not_brought_again_for_the_few_that_are_missing() {
        let mut files = [many("a/", 100, 1 << 20), many("b/", 100, 1 << 20)].concat();
        for (path, _, wanted) in &mut files {
            *wanted = path.starts_with("b/") || path.len() < 8;
        }
        check(&files, &["/Top/b: 100", "10 files"]);
    }

    #[test]
    fn the_limits_of_archives_lead_to_smaller_ones() {
        let wide = [many("a/", 6000, 10), many("b/", 5000, 10), many("", 9, 10)].concat();
        check(&wide, &["/Top/a: 6000", "/Top/b: 5000", "9 files"]);
        check(&many("", 9998, 10), &["/Top: 9998"]);
        check(&many("", 9999, 10), &["9999 files"]);
    }

    #[test]
    fn a_tree_of_any_depth_is_divided_in_a_time_that_grows_with_its_size() {
        let mut folder = String::new();
        let mut files = Vec::new();
        for number in 0..3000 {
            folder.push_str("d/");
            files.push((format!("{folder}{number}.txt"), 10, true));
        }
        // The lists name no folder by itself here; they are counted all the same.
        check(&files, &["/Top: 3000"]);
    }

    #[test]
    fn a_refused_archive_is_not_tried_again() {
        let files = [many("a/", 20, 10), many("b/", 20, 10)].concat();
        let files: Vec<_> =
            files.iter().map(|(path, size, wanted)| (path.as_str(), *size, *wanted)).collect();
        let mut plan = plan(&files);
        plan.refuse(&RemotePath::new("/top"));
        assert_eq!(units(&mut plan), ["/Top/a: 20", "/Top/b: 20"]);
    }

    #[test]
    fn an_archive_waits_for_the_list_of_its_own_folder_only() {
        let files = many("", 20, 10);
        let files: Vec<_> =
            files.iter().map(|(path, size, wanted)| (path.as_str(), *size, *wanted)).collect();
        let mut plan = plan(&files);
        plan.knows_all_of(&RemotePath::new(TOP));
        assert!(matches!(plan.next(false, true), Some(Unit::Folder(_, wanted)) if wanted.len() == 20));
    }

    #[test]
    fn while_the_lists_grow_files_come_by_themselves() {
        let files = many("", 20, 10);
        let files: Vec<_> =
            files.iter().map(|(path, size, wanted)| (path.as_str(), *size, *wanted)).collect();
        let mut plan = plan(&files);
        assert!(matches!(plan.next(false, false), Some(Unit::File(_))));
        assert!(plan.next(false, true).is_none());
        assert!(matches!(plan.next(true, true), Some(Unit::Folder(_, wanted)) if wanted.len() == 19));
    }
}
