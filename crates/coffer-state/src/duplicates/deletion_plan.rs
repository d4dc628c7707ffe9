//! What the question before a deletion is about.

use coffer_model::Entry;

/// What is deleted when the person says yes.
pub struct DeletionPlan {
    pub entries: Vec<Entry>,
    pub bytes: u64,
    /// Of how many groups they are; at least one file of each stays.
    pub groups: usize,
}
