//! What is done of a folder that is brought back, and how that is undone.

use crate::edit::Done;
use crate::edit::edit_records::FileStep;
use crate::edit::restore::Restored;
use crate::history::{Inverse, Rewind};
use coffer_model::{Entry, Problem, ProblemKind, RemotePath, Rev};

/// What is done, by this run or an earlier one.
#[derive(Default)]
pub(super) struct CarriedOut {
    /// Each with where it was, in the order in which they were moved.
    pub moved: Vec<(Entry, RemotePath)>,
    /// A folder before those in it.
    pub folders: Vec<Entry>,
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

    /// One undo takes it back, from the end to the begin: a folder that was made goes as a whole, but not before what was moved
    /// into it is out again.
    pub(super) fn into_done(self) -> Done {
        let Self { moved, folders, files, rewound, failed, .. } = self;
        let has_moved_in = |folder: &Entry| {
            moved.iter().any(|(now, _)| folder.path.contains(&now.path) && now.path != folder.path)
        };
        let (kept, removed): (Vec<Entry>, Vec<Entry>) = folders.into_iter().partition(has_moved_in);
        let mut done = Done { failed, ..Done::default() };
        let (mut made, mut made_around) = (Restored::default(), Restored::default());
        for entry in removed.into_iter().chain(files) {
            made.add(entry);
        }
        for folder in kept {
            made_around.add(folder);
        }
        done.entries.extend(moved.iter().map(|(now, _)| now.clone()));
        done.add(made_around.into_done());
        if !moved.is_empty() {
            let undo = vec![Inverse::MoveBack(moved.into_iter().rev().collect())];
            done.add(Done { undo, ..Done::default() });
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
