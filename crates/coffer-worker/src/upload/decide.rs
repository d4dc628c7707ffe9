//! What is done with each file of a plan, from the plan and the person's answers. Sends nothing.

use coffer_model::transfer::{ConflictAnswer, PlannedFile, UploadPlan};
use coffer_model::{RemotePath, Rev};
use std::collections::{BTreeMap, HashSet};
use std::sync::Arc;

/// What is done when the name is taken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Naming {
    /// It was free when the person was asked; if it no longer is, the file gets a number.
    New,
    /// The file gets the next free number.
    KeepBoth,
    /// A new revision of the file there, if it is still at this one.
    Replace(Rev),
}

/// One file to be sent.
#[derive(Clone, Debug)]
pub struct Task {
    /// Its place in the plan.
    pub place: usize,
    pub file: PlannedFile,
    pub naming: Naming,
}

/// For each file what is to be done; `None` for those that stay here.
pub fn decide(plan: &UploadPlan, answers: &[ConflictAnswer]) -> Vec<Option<Naming>> {
    let mut answers = answers.iter();
    plan.files
        .iter()
        .map(|file| match &file.conflict {
            None => Some(Naming::New),
            Some(conflict) if conflict.identical => None,
            Some(conflict) => match answers.next() {
                Some(ConflictAnswer::Replace) => match conflict.existing.file() {
                    Some(existing) => Some(Naming::Replace(existing.rev.clone())),
                    // A folder is never replaced by a file.
                    None => Some(Naming::KeepBoth),
                },
                Some(ConflictAnswer::KeepBoth) => Some(Naming::KeepBoth),
                // Nobody answered for it: nothing is done to what is there.
                Some(ConflictAnswer::Skip) | None => None,
            },
        })
        .collect()
}

/// The folders below the target that the files and empty folders need, parents first.
pub fn folders_needed<'a>(plan: &UploadPlan, tasks: impl IntoIterator<Item = &'a Task>) -> Vec<RemotePath> {
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
    use super::{Naming, Task, decide, folders_needed};
    use coffer_model::transfer::{Conflict, ConflictAnswer, PlannedFile, UploadPlan};
    use coffer_model::{Entry, EntryKind, File, RemotePath, Rev};
    use jiff::Timestamp;

    fn planned(path: &str, conflict: Option<Conflict>) -> PlannedFile {
        let remote_path = RemotePath::new(path);
        PlannedFile { local_path: path.into(), remote_path, size_bytes: 1, modified: None, conflict }
    }

    fn existing_file(identical: bool) -> Conflict {
        let kind = EntryKind::File(File {
            id: "id:1".into(),
            rev: Rev("abcdef123".into()),
            size_bytes: 1,
            client_modified: Timestamp::UNIX_EPOCH,
            server_modified: Timestamp::UNIX_EPOCH,
            content_hash: None,
        });
        Conflict { existing: Entry { path: RemotePath::new("/x"), kind, link: None }, identical }
    }

    #[test]
    fn answers_belong_to_the_conflicts_that_are_not_identical_in_order() {
        let plan = UploadPlan {
            files: vec![
                planned("/free", None),
                planned("/same", Some(existing_file(true))),
                planned("/replace", Some(existing_file(false))),
                planned("/both", Some(existing_file(false))),
                planned("/skip", Some(existing_file(false))),
                planned("/unanswered", Some(existing_file(false))),
            ],
            ..UploadPlan::default()
        };
        let answers = [ConflictAnswer::Replace, ConflictAnswer::KeepBoth, ConflictAnswer::Skip];
        let replace = Naming::Replace(Rev("abcdef123".into()));
        assert_eq!(
            decide(&plan, &answers),
            [Some(Naming::New), None, Some(replace), Some(Naming::KeepBoth), None, None]
        );
    }

    #[test]
    fn each_folder_is_needed_once_and_parents_come_first() {
        let check = |target: &str, files: &[&str], empty: &[&str], expected: &[&str]| {
            let plan = UploadPlan {
                target: RemotePath::new(target),
                empty_folders: empty.iter().map(|path| RemotePath::new(path)).collect(),
                ..UploadPlan::default()
            };
            let tasks: Vec<Task> = files
                .iter()
                .map(|path| Task { place: 0, file: planned(path, None), naming: Naming::New })
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
