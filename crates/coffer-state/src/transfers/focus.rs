//! Which part of the panel is in sight, and which of its lines has the keyboard.

use coffer_model::RequestId;

/// The parts of the list.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Section {
    /// Also what waits for its turn or is paused, in the order in which it gets its turn.
    #[default]
    Running,
    /// What did not arrive, or not all of it; the newest first.
    Failed,
    /// What arrived; the newest first.
    Finished,
    /// What the person stopped; the newest first.
    Cancelled,
    /// No transfers, but the files that are open in other programs and whose changes become uploads.
    OpenFiles,
}

impl Section {
    /// In the order of their tabs.
    pub const ALL: [Self; 5] =
        [Self::Running, Self::Failed, Self::Finished, Self::Cancelled, Self::OpenFiles];
}

/// The line that keys act on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RowFocus {
    pub id: RequestId,
    /// A line of the files shown below the transfer.
    pub file: Option<usize>,
}
