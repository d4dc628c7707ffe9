//! An item that is moved or copied, and what is said when that fails.

use crate::problem;
use coffer_model::{Entry, Relocation, RemotePath};

/// An item and where it goes.
pub(super) type Item = (Entry, RemotePath);

pub(super) fn about_move(entry: &Entry, to: &RemotePath) -> problem::Subject {
    let renamed = entry.path.parent() == to.parent();
    problem::item(&entry.path, if renamed { "renamed" } else { past(Relocation::Move) })
}

/// What a failure is about.
pub(super) fn about(kind: Relocation, (entry, to): &Item) -> problem::Subject {
    match kind {
        Relocation::Move => about_move(entry, to),
        Relocation::Copy => problem::item(&entry.path, past(kind)),
    }
}

pub(super) fn past(kind: Relocation) -> &'static str {
    match kind {
        Relocation::Move => "moved",
        Relocation::Copy => "copied",
    }
}
