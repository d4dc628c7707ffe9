//! What has changed in the account: the changes that the index has logged, and what is done with them.

mod feed;
mod showing;

pub use feed::ChangeFeed;

/// Which changes are shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ChangeSpan {
    SinceYesterday,
    /// Since the location was left, or opened, the time before.
    SinceLooked,
    #[default]
    All,
}

/// What is done in the feed. A change is named by its number.
#[derive(Clone, Debug, PartialEq)]
pub enum ChangeAction {
    Show(ChangeSpan),
    /// Shows the changes of a group, or no longer. It is named by the number of its earliest change.
    Unfold {
        group: i64,
        unfold: bool,
    },
    /// No folder has news any more.
    MarkAllSeen,
    /// Goes to the item.
    GoTo(i64),
    /// Restores what was deleted.
    Restore(Vec<i64>),
    /// Opens the versions of a file, with the one before the change selected.
    ShowVersionBefore(i64),
}
