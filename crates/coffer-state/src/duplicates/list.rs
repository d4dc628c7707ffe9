//! The groups in the order in which they are shown, and what is chosen in them.

use super::DuplicateSort;
use coffer_model::keep_rule::{KeepRule, can_delete};
use coffer_model::{CopiesToDelete, DuplicateGroup, Entry, RemotePath, Rev};
use std::cmp::Reverse;
use std::collections::{HashMap, HashSet};
use std::sync::Arc;

/// So many folders are offered as the one whose copies are kept.
const OFFERED_FOLDERS: usize = 8;

/// A group as it is shown.
pub struct ShownGroup {
    pub group: DuplicateGroup,
    /// Its files are listed below it.
    pub unfolded: bool,
    /// The row of its first file among all rows of the location.
    pub first_row: usize,
    /// How many of its files are chosen; never all.
    pub chosen: usize,
}

impl ShownGroup {
    fn content_hash(&self) -> Option<&Arc<str>> {
        self.group.files.first()?.file()?.content_hash.as_ref()
    }
}

#[derive(Default)]
pub struct DuplicateList {
    /// In the order of `sort`.
    groups: Vec<ShownGroup>,
    /// The folder below which they were looked for.
    pub(super) below: RemotePath,
    /// They were found at least once, if only to be none.
    pub is_known: bool,
    pub sort: DuplicateSort,
    /// The files that are chosen to be deleted, each with the revision that the person saw.
    chosen: HashMap<RemotePath, Rev>,
    pub chosen_bytes: u64,
    /// Deleted here; the index may list them until it has heard of that.
    deleted: HashMap<RemotePath, Rev>,
    /// What could be had back if one of each group stayed.
    pub wasted_bytes: u64,
    /// By one group alone.
    pub most_wasted_bytes: u64,
    /// How many files could go.
    pub copies: usize,
    /// Folders with most of the groups, for the rule that keeps what is in one.
    pub folders: Vec<RemotePath>,
    /// How many groups are folded.
    pub folded: usize,
    /// Rises whenever groups come, go, move, unfold or fold.
    pub version: u64,
}

impl DuplicateList {
    /// Nothing is known yet of the copies below a folder.
    pub(super) fn of(below: RemotePath) -> Self {
        Self { below, ..Self::default() }
    }

    pub fn groups(&self) -> &[ShownGroup] {
        &self.groups
    }

    pub fn chosen_count(&self) -> usize {
        self.chosen.len()
    }

    pub fn is_chosen(&self, file: &Entry) -> bool {
        is_in(&self.chosen, file)
    }

    /// Whether it can be chosen, or is: the last one of a group can’t, nor what the person may not delete.
    pub fn can_choose(&self, group: &ShownGroup, file: &Entry) -> bool {
        self.is_chosen(file) || (can_delete(file) && group.chosen + 1 < group.group.files.len())
    }

    /// The group that a row belongs to.
    pub fn group_of_row(&self, row: usize) -> Option<usize> {
        self.groups.partition_point(|group| group.first_row <= row).checked_sub(1)
    }

    /// All files in the order in which they are shown.
    pub(crate) fn entries(&self) -> Vec<Entry> {
        self.groups.iter().flat_map(|group| &group.group.files).cloned().collect()
    }

    /// The files that are chosen, by their groups, in the order in which they are shown.
    pub(super) fn chosen_groups(&self) -> Vec<CopiesToDelete> {
        let groups = self.groups.iter().filter(|group| group.chosen > 0);
        groups
            .map(|group| {
                let files = group.group.files.iter().cloned();
                let (deleted, kept) = files.partition(|file| self.is_chosen(file));
                CopiesToDelete { deleted, kept }
            })
            .collect()
    }

    /// What was found now. What is chosen or folded stays so as far as it is still there.
    pub(super) fn replace(&mut self, found: &[DuplicateGroup]) {
        let folded: HashSet<Arc<str>> = self.folded_hashes();
        let (deleted, mut still_listed) = (std::mem::take(&mut self.deleted), HashMap::new());
        self.groups = Vec::with_capacity(found.len());
        for group in found {
            let mut files = Vec::with_capacity(group.files.len());
            for file in &group.files {
                match file.file() {
                    Some(content) if is_in(&deleted, file) => {
                        still_listed.insert(file.path.clone(), content.rev.clone());
                    }
                    _ => files.push(file.clone()),
                }
            }
            if files.len() > 1 {
                let group = DuplicateGroup { files, size_bytes: group.size_bytes };
                let mut group = ShownGroup { group, unfolded: true, first_row: 0, chosen: 0 };
                group.unfolded = !group.content_hash().is_some_and(|hash| folded.contains(hash));
                self.groups.push(group);
            }
        }
        self.deleted = still_listed;
        self.is_known = true;
        self.folders = offered_folders(&self.groups);
        self.arrange();
    }

    /// Takes out what was deleted, before the index has heard of it.
    pub(super) fn remove<'a>(&mut self, files: impl Iterator<Item = &'a Entry>) {
        for entry in files {
            if let Some(file) = entry.file() {
                self.deleted.insert(entry.path.clone(), file.rev.clone());
            }
        }
        let deleted = &self.deleted;
        for group in &mut self.groups {
            group.group.files.retain(|file| !is_in(deleted, file));
        }
        self.groups.retain(|group| group.group.files.len() > 1);
        self.arrange();
    }

    pub(super) fn sort_by(&mut self, sort: DuplicateSort) {
        self.sort = sort;
        self.arrange();
    }

    /// Puts everything in order that follows from the groups.
    fn arrange(&mut self) {
        // Stable, so that equal ones stay as they were.
        match self.sort {
            DuplicateSort::Wasted => self.groups.sort_by_key(|it| Reverse(it.group.wasted_bytes())),
            DuplicateSort::Size => self.groups.sort_by_key(|it| Reverse(it.group.size_bytes)),
            DuplicateSort::Count => self.groups.sort_by_key(|it| Reverse(it.group.files.len())),
            DuplicateSort::Name => {
                self.groups.sort_by_cached_key(|it| it.group.files[0].name().to_lowercase());
            }
        }
        let mut first_row = 0;
        for group in &mut self.groups {
            group.first_row = first_row;
            first_row += group.group.files.len();
        }
        self.wasted_bytes = self.groups.iter().map(|it| it.group.wasted_bytes()).sum();
        self.most_wasted_bytes =
            self.groups.iter().map(|it| it.group.wasted_bytes()).max().unwrap_or_default();
        self.copies = first_row - self.groups.len();
        self.folded = self.groups.iter().filter(|group| !group.unfolded).count();
        self.keep_choices();
        self.version += 1;
    }

    /// Leaves chosen what is still there, but never all of a group.
    fn keep_choices(&mut self) {
        let before = std::mem::take(&mut self.chosen);
        self.chosen_bytes = 0;
        for index in 0..self.groups.len() {
            self.groups[index].chosen = 0;
            let files = self.groups[index].group.files.iter().enumerate();
            let chosen: Vec<usize> =
                files.filter(|(_, file)| is_in(&before, file)).map(|(place, _)| place).collect();
            for place in chosen {
                self.choose(index, place, true);
            }
        }
    }

    pub(super) fn choose(&mut self, index: usize, place: usize, chosen: bool) {
        let Some(group) = self.groups.get(index) else { return };
        let Some(entry) = group.group.files.get(place) else { return };
        let Some(file) = entry.file() else { return };
        if self.is_chosen(entry) == chosen || !self.can_choose(group, entry) {
            return;
        }
        let (path, rev, size_bytes) = (entry.path.clone(), file.rev.clone(), group.group.size_bytes);
        if chosen {
            self.chosen.insert(path, rev);
            self.chosen_bytes += size_bytes;
            self.groups[index].chosen += 1;
        } else {
            self.chosen.remove(&path);
            self.chosen_bytes -= size_bytes;
            self.groups[index].chosen -= 1;
        }
    }

    pub(super) fn choose_none(&mut self) {
        self.chosen.clear();
        self.keep_choices();
    }

    pub(super) fn choose_by(&mut self, rule: &KeepRule) {
        self.choose_none();
        for index in 0..self.groups.len() {
            for place in rule.chosen(&self.groups[index].group) {
                self.choose(index, place, true);
            }
        }
    }

    pub(super) fn unfold(&mut self, index: usize, unfold: bool) {
        if let Some(group) = self.groups.get_mut(index)
            && group.unfolded != unfold
        {
            group.unfolded = unfold;
            self.folded = if unfold { self.folded - 1 } else { self.folded + 1 };
            self.version += 1;
        }
    }

    pub(super) fn unfold_all(&mut self, unfold: bool) {
        self.groups.iter_mut().for_each(|group| group.unfolded = unfold);
        self.folded = if unfold { 0 } else { self.groups.len() };
        self.version += 1;
    }

    fn folded_hashes(&self) -> HashSet<Arc<str>> {
        let folded = self.groups.iter().filter(|group| !group.unfolded);
        folded.filter_map(|group| group.content_hash().cloned()).collect()
    }
}

/// Whether this revision of a file is among them.
fn is_in(files: &HashMap<RemotePath, Rev>, entry: &Entry) -> bool {
    let rev = files.get(&entry.path);
    rev.is_some() && rev == entry.file().map(|file| &file.rev)
}

/// The folders, at any depth, that have files of most groups.
fn offered_folders(groups: &[ShownGroup]) -> Vec<RemotePath> {
    let mut counts: HashMap<RemotePath, usize> = HashMap::new();
    for group in groups {
        let parents = group.group.files.iter().filter_map(|file| file.path.parent());
        let folders: HashSet<RemotePath> = parents.flat_map(|parent| parent.lineage()).collect();
        for folder in folders.into_iter().filter(|folder| !folder.is_root()) {
            *counts.entry(folder).or_default() += 1;
        }
    }
    let mut folders: Vec<(RemotePath, usize)> = counts.into_iter().collect();
    folders.sort_unstable_by(|(left, of_left), (right, of_right)| {
        of_right.cmp(of_left).then_with(|| left.cmp(right))
    });
    folders.truncate(OFFERED_FOLDERS);
    folders.into_iter().map(|(folder, _)| folder).collect()
}
