//! An item that is moved or copied, and what is said when that fails.

use crate::act::Act;
use crate::problem;
use coffer_model::{Entry, Relocation, RemotePath};
use coffer_texts::tr;

/// An item and where it goes.
pub(super) type Item = (Entry, RemotePath);

pub(super) fn about_move(entry: &Entry, to: &RemotePath) -> problem::Subject {
    let is_renamed = entry.path.parent() == to.parent();
    problem::item(&entry.path, if is_renamed { Act::Rename } else { Act::Move })
}

/// What a failure is about.
pub(super) fn about(kind: Relocation, (entry, to): &Item) -> problem::Subject {
    match kind {
        Relocation::Move => about_move(entry, to),
        Relocation::Copy => problem::item(&entry.path, act_of(kind)),
    }
}

pub(super) fn act_of(kind: Relocation) -> Act {
    match kind {
        Relocation::Move => Act::Move,
        Relocation::Copy => Act::Copy,
    }
}

/// The same for several items.
pub(super) fn about_several(kind: Relocation, count: usize) -> problem::Subject {
    problem::general(match kind {
        Relocation::Move => tr!("could-not-move-items", count = count),
        Relocation::Copy => tr!("could-not-copy-items", count = count),
    })
}
