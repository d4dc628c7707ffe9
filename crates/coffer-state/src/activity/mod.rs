//! The activity: what this program has changed in the account, as it is listed, and what is done with one operation.

mod list;
mod showing;

pub use list::Activity;

use coffer_model::{OperationGroup, OperationId};

#[derive(Clone, Debug, PartialEq)]
pub enum ActivityAction {
    /// Lists operations of this group; all without one.
    Filter(Option<OperationGroup>),
    /// Lists those whose items or folders have these names.
    Search(String),
    Select(OperationId),
    ClearSelection,
    /// Goes to the items.
    Show(OperationId),
    /// Undoes it, or redoes it where it is undone.
    Reverse(OperationId),
}
