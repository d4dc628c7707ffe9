//! What an upload would do, and what a person has decided about it: everything that is known before anything is sent.
//! How the plan is made and carried out is in the worker.

use super::planned_file::{Conflict, Decision, PlannedFile};
use super::planned_files::PlannedFiles;
use super::{PathRootId, Problem, RemotePath};
use std::path::PathBuf;

/// What an upload would do, looked up before anything is sent.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct UploadPlan {
    /// The files and folders of this computer that it was made from; it can be made again from them.
    pub sources: Vec<PathBuf>,

    /// The folder that receives it all.
    pub target: RemotePath,

    /// The team space from which all remote paths of the plan start; none: the person’s own folder.
    pub path_root: Option<PathRootId>,

    /// Files to send, in order; parents of files are made by the account.
    pub files: PlannedFiles,

    /// Folders that hold no file and must be made by themselves.
    pub empty_folders: Vec<RemotePath>,

    /// Names that the account refuses; they are never sent.
    pub refused: Vec<RefusedName>,

    /// What could not be read here (gone, no permission, not a file).
    pub unreadable: Vec<Problem>,

    /// Sum of the sizes of `files`.
    pub total_bytes: u64,
}

#[derive(Clone, Debug, PartialEq)]
pub struct RefusedName {
    pub local_path: PathBuf,
    /// "This name is reserved by Dropbox", "Names can’t end with a space" …
    pub reason: String,
    pub refusal: RefusalReason,
}

/// Why the account has no place for an item.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RefusalReason {
    /// It takes no such name.
    Name,
    /// A system puts such files everywhere, `.DS_Store` and its like: nobody misses them in the account.
    SystemFile,
    /// A file has the name of its folder.
    FileInTheWay,
    /// It is a link, and what it leads to is in none of the folders that are uploaded.
    OutsideLink,
}

impl RefusedName {
    /// Whether leaving it out is a failure that a person has to hear of.
    pub fn is_missed(&self) -> bool {
        self.refusal != RefusalReason::SystemFile
    }
}

impl UploadPlan {
    /// The files that need a decision, with what has their names.
    pub fn conflicts(&self) -> impl Iterator<Item = (PlannedFile, &Conflict)> {
        self.files.open_conflicts().filter_map(|(index, conflict)| Some((self.files.get(index)?, conflict)))
    }

    /// The same decision for every conflict.
    pub fn decide_all(&mut self, decision: Decision) {
        let indexes: Vec<usize> = self.files.open_conflicts().map(|(index, _)| index).collect();
        for index in indexes {
            self.files.decide(index, decision);
        }
    }
}
