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

/// One file to be sent.
#[derive(Clone, Debug)]
pub(crate) struct FileUpload {
    /// Its index in the plan.
    pub index: usize,
    pub file: PlannedFile,
    pub naming: Naming,
}

/// What is done with a file; `None` for one that stays here.
pub(crate) fn naming(file: &PlannedFile) -> Option<Naming> {
    match file.action() {
        FileAction::Add => Some(Naming::New),
        FileAction::Replace(rev) => Some(Naming::Replace(rev)),
        FileAction::KeepBoth => Some(Naming::KeepBoth),
        FileAction::SkipIdentical | FileAction::Skip => None,
    }
}

/// The folders below the target that the files and empty folders need, parents first.
pub(crate) fn folders_needed<'a>(
    plan: &UploadPlan,
    tasks: impl IntoIterator<Item = &'a FileUpload>,
) -> Vec<RemotePath> {
    let mut folders: BTreeMap<(usize, Arc<str>), RemotePath> = BTreeMap::new();
    let mut seen: HashSet<Arc<str>> = HashSet::new();
    let parents = tasks.into_iter().filter_map(|task| task.file.remote_path.parent());
    for folder in parents.chain(plan.empty_folders.iter().cloned()) {
        let below = std::iter::successors(Some(folder), RemotePath::parent)
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
    use super::{FileUpload, Naming, folders_needed};
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
                ..UploadPlan::default()
            };
            let tasks: Vec<FileUpload> = files
                .iter()
                .map(|path| FileUpload { index: 0, file: planned(path), naming: Naming::New })
                .collect();
            let needed = folders_needed(&plan, &tasks);
            assert_eq!(needed.iter().map(RemotePath::as_str).collect::<Vec<_>>(), expected);
        };
        check("/", &["/a.txt"], &[], &[]);
        check("/Photos", &["/Photos/a.txt"], &[], &[]);
        check("/P", &["/P/b/c/1", "/P/b/c/2", "/P/a/1"], &["/P/b/e"], &["/P/a", "/P/b", "/P/b/c", "/P/b/e"]);
        check("/", &["/Trip/Day 1/x", "/trip/day 2/x"], &[], &["/Trip", "/Trip/Day 1", "/trip/day 2"]);
    }
}
