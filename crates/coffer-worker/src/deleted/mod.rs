//! What was deleted. `tree` decides what each item was and what was deleted together with its folder, `deletions` puts that in
//! rows, and `list` gathers it. Restoring is an edit.

mod deletions;
mod list;
mod tree;

pub(crate) use list::deleted;
pub(crate) use tree::{DeletedState, DeletedTree};
