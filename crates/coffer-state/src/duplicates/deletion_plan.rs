//! What the question before a deletion is about.

use coffer_model::{CopiesToDelete, Entry};

/// What is deleted when the person says yes.
pub struct DeletionPlan {
    pub entries: Vec<Entry>,
    pub bytes: u64,
    /// The same by their groups; at least one file of each stays.
    pub groups: Vec<CopiesToDelete>,
}
