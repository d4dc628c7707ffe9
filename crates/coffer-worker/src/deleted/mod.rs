//! What was deleted. `tree` decides what each item was and what was deleted together; `list` shows it. Restoring is an
//! edit.

mod list;
mod tree;

pub(crate) use list::deleted;
pub(crate) use tree::{DeletedState, DeletedTree};
