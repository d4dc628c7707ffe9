//! What is done of a folder that is brought back, and how that is undone.

use crate::edit::Done;
use crate::edit::edit_records::FileStep;
use crate::edit::relocation_item::Item;
use crate::edit::restore::Restored;
use crate::history::{Inverse, Rewind};
use coffer_model::{Entry, Problem, ProblemKind, RemotePath, Rev};
use std::collections::HashSet;

/// What is done, by this run or an earlier one.
#[derive(Default)]
pub(super) struct CarriedOut {
    /// Each with where it was, in the order in which they were moved.
    pub moved: Vec<Item>,
    /// A folder before those in it, each with how many items were moved before it was made.
    folders: Vec<(Entry, usize)>,
    pub files: Vec<Entry>,
    /// Each with the revision that it has replaced.
    pub rewound: Vec<(Entry, Rev)>,
    pub failed: Vec<Problem>,
    /// The rest was not tried: the person does not want it any more, or the account is full.
    pub is_stopped: bool,
}

/// None of the other steps can be taken now. What is not known to be done is looked for when they are taken again.
pub(super) fn ends_all(problem: &Problem) -> bool {
    problem.kind.ends_transfer() || problem.kind == ProblemKind::OutcomeUnknown
}

impl CarriedOut {
    pub(super) fn add_file(&mut self, step: &FileStep, entry: Entry) {
        match &step.replaced {
            Some(replaced) => self.rewound.push((entry, Rev(replaced.as_str().into()))),
            None => self.files.push(entry),
        }
    }

    pub(super) fn add_folder(&mut self, made: Entry) {
        self.folders.push((made, self.moved.len()));
    }

    /// One undo takes it back, from the end to the begin: a folder that was made goes as a whole, but not before what was moved
    /// into it is out again, and before its place is needed.
    pub(super) fn into_done(self) -> Done {
        let Self { moved, folders, files, rewound, failed, .. } = self;
        let around_moved: HashSet<RemotePath> = moved
            .iter()
            .flat_map(|(now, _)| std::iter::successors(now.path.parent(), RemotePath::parent))
            .collect();
        let (around, alone): (Vec<_>, Vec<_>) =
            folders.into_iter().partition(|(folder, _)| around_moved.contains(&folder.path));
        let mut done = Done { failed, ..Done::default() };
        done.entries.extend(moved.iter().map(|(now, _)| now.clone()));
        let move_back = |done: &mut Done, items: &[Item]| {
            if !items.is_empty() {
                let undo = vec![Inverse::MoveBack(items.iter().rev().cloned().collect())];
                done.add(Done { undo, ..Done::default() });
            }
        };
        let mut begin = 0;
        for together in around.chunk_by(|(_, one), (_, other)| one == other) {
            let end = together[0].1;
            move_back(&mut done, &moved[begin..end]);
            begin = end;
            let mut made = Restored::default();
            for (folder, _) in together {
                made.add(folder.clone());
            }
            done.add(made.into_done());
        }
        move_back(&mut done, &moved[begin..]);
        let mut made = Restored::default();
        for entry in alone.into_iter().map(|(folder, _)| folder).chain(files) {
            made.add(entry);
        }
        done.add(made.into_done());
        let rewinds: Vec<Rewind> = rewound
            .iter()
            .filter_map(|(entry, replaced)| {
                let current = entry.file()?.rev.clone();
                Some(Rewind { path: entry.path.clone(), current, rev: replaced.clone() })
            })
            .collect();
        if !rewinds.is_empty() {
            let entries = rewound.into_iter().map(|(entry, _)| entry).collect();
            done.add(Done { entries, undo: vec![Inverse::Rewind(rewinds)], ..Done::default() });
        }
        done
    }
}
