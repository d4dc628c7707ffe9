//! Why a file with pages can’t be shown. What is said of it is in `mod.rs`.

/// Why nothing can be shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum UnreadableDocument {
    Locked,
    Damaged,
    TooLarge,
    TooSlow,
}
