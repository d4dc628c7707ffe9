//! What is done with each file of a plan, as it was decided. Sends nothing.

use coffer_model::transfer::{FileAction, PlannedFile, UploadPlan};
use coffer_model::{RemotePath, Rev};
use std::collections::{BTreeMap, HashSet};
use std::sync::Arc;

/// What is done when the name is taken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Naming {
    /// It was free when the person was asked; if it no longer is, the file gets a number.
    New,
    /// The file gets the next free number.
    KeepBoth,
    /// A new revision of the file there, if it is still at this one.
    Replace(Rev),
}

/// One file to be sent, made from the plan when its turn comes. Until then a file is its index in the plan, because
/// there may be a million of them.
#[derive(Clone, Debug)]
pub(crate) struct FileUpload {
    /// Its index in the plan.
    pub index: usize,
    pub file: PlannedFile,
    pub naming: Naming,
}

impl FileUpload {
    /// The file of a plan at `index`; `None` for one that is not sent.
    pub(crate) fn from_plan(plan: &UploadPlan, index: usize) -> Option<Self> {
        let file = plan.files.get(index)?;
        let naming = match file.action() {
            FileAction::Add => Naming::New,
            FileAction::Replace(rev) => Naming::Replace(rev),
            FileAction::KeepBoth => Naming::KeepBoth,
            FileAction::SkipIdentical | FileAction::Skip => return None,
        };
        Some(Self { index, file, naming })
    }

    /// By how much it makes the account larger.
    pub(crate) fn added_bytes(&self) -> u64 {
        let replaced = match self.naming {
            Naming::Replace(_) => self.file.conflict.as_deref().and_then(|conflict| conflict.existing.file()),
            Naming::New | Naming::KeepBoth => None,
        };
        self.file.size_bytes.saturating_sub(replaced.map_or(0, |file| file.size_bytes))
    }
}

/// The folders below the target that some files of the plan and its empty folders need, parents first.
pub(crate) fn folders_needed(plan: &UploadPlan, files: &[usize]) -> Vec<RemotePath> {
    let mut folders: BTreeMap<(usize, Arc<str>), RemotePath> = BTreeMap::new();
    let mut seen: HashSet<Arc<str>> = HashSet::new();
    let mut parents: Vec<&RemotePath> =
        files.iter().filter_map(|index| plan.files.remote_folder(*index)).collect();
    // Files of one folder mostly follow each other.
    parents.dedup_by(|one, other| one.as_str() == other.as_str());
    for folder in parents.into_iter().chain(&plan.empty_folders) {
        let below = std::iter::successors(Some(folder.clone()), RemotePath::parent)
            .take_while(|folder| *folder != plan.target && !folder.is_root());
        for folder in below {
            if !seen.insert(Arc::clone(folder.lower())) {
                break;
            }
            let depth = folder.lower().matches('/').count();
            folders.insert((depth, Arc::clone(folder.lower())), folder);
        }
    }
    folders.into_values().collect()
}

#[cfg(test)]
mod tests {
    use super::folders_needed;
    use coffer_model::RemotePath;
    use coffer_model::transfer::{PlannedFile, UploadPlan};

    fn planned(path: &str) -> PlannedFile {
        PlannedFile {
            local_path: path.into(),
            remote_path: RemotePath::new(path),
            size_bytes: 1,
            modified: None,
            conflict: None,
            decision: None,
        }
    }

    #[test]
    fn each_folder_is_needed_once_and_parents_come_first() {
        let check = |target: &str, files: &[&str], empty: &[&str], expected: &[&str]| {
            let plan = UploadPlan {
                target: RemotePath::new(target),
                empty_folders: empty.iter().map(|path| RemotePath::new(path)).collect(),
                files: files.iter().map(|path| planned(path)).collect(),
                ..UploadPlan::default()
            };
            let needed = folders_needed(&plan, &(0..files.len()).collect::<Vec<_>>());
            assert_eq!(needed.iter().map(RemotePath::as_str).collect::<Vec<_>>(), expected);
        };
        check("/", &["/a.txt"], &[], &[]);
        check("/Photos", &["/Photos/a.txt"], &[], &[]);
        check("/P", &["/P/b/c/1", "/P/b/c/2", "/P/a/1"], &["/P/b/e"], &["/P/a", "/P/b", "/P/b/c", "/P/b/e"]);
        check("/", &["/Trip/Day 1/x", "/trip/day 2/x"], &[], &["/Trip", "/Trip/Day 1", "/trip/day 2"]);
    }
}
