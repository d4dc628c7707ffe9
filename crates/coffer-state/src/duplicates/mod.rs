//! Files that are in the account more than once: which groups there are, which copies are chosen to be deleted, perhaps by
//! a rule (`coffer_model::keep_rule`). Finding them is the work of the account’s index.

mod deletion_plan;
mod list;
mod showing;

pub use deletion_plan::DeletionPlan;
pub use list::{DuplicateList, ShownGroup};

use coffer_model::keep_rule::KeepRule;

/// By what the groups are ordered.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum DuplicateSort {
    /// Those that waste most first.
    #[default]
    Wasted,
    /// The largest file first.
    Size,
    /// Those with most copies first.
    Count,
    Name,
}

/// What is done with the groups.
#[derive(Clone, Debug, PartialEq)]
pub enum DuplicateAction {
    Sort(DuplicateSort),
    /// Shows the files of a group, or no longer.
    Unfold {
        group: usize,
        unfold: bool,
    },
    UnfoldAll(bool),
    /// Chooses a file to be deleted, or no longer. One of each group always stays.
    Choose {
        group: usize,
        file: usize,
        chosen: bool,
    },
    ChooseByRule(KeepRule),
    ChooseNone,
    /// Shows what would be deleted, and asks.
    AskToDelete,
}
