//! What becomes of partial files when their download stops in the middle.

use std::sync::{Arc, OnceLock};
use tokio_util::sync::CancellationToken;

/// They stay when the program closes or the transfer fails, so that another run can continue them; they are removed
/// when the person has cancelled it. Clones agree.
#[derive(Clone, Debug)]
pub(crate) struct CancelPolicy(Arc<PolicyState>);

#[derive(Debug)]
struct PolicyState {
    cancel: CancellationToken,
    closing: CancellationToken,
    removed: OnceLock<bool>,
}

impl CancelPolicy {
    /// `closing` is the parent of `cancel`.
    pub(crate) fn new(cancel: CancellationToken, closing: CancellationToken) -> Self {
        Self(Arc::new(PolicyState { cancel, closing, removed: OnceLock::new() }))
    }

    pub(crate) fn is_stopped(&self) -> bool {
        self.0.cancel.is_cancelled()
    }

    /// Whether partial files are to be removed. Once stopped the answer stays, even when the program closes a moment
    /// later.
    pub(crate) fn is_removal(&self) -> bool {
        self.is_stopped() && *self.0.removed.get_or_init(|| !self.0.closing.is_cancelled())
    }
}

#[cfg(test)]
mod tests {
    use super::CancelPolicy;
    use tokio_util::sync::CancellationToken;

    #[test]
    fn a_cancel_removes_partial_files_and_a_close_keeps_them() {
        let policy = || {
            let closing = CancellationToken::new();
            let cancel = closing.child_token();
            (CancelPolicy::new(cancel.clone(), closing.clone()), cancel, closing)
        };
        let (untouched, ..) = policy();
        assert!(!untouched.is_removal());
        let (cancelled, cancel, closing) = policy();
        cancel.cancel();
        assert!(cancelled.is_removal());
        closing.cancel();
        assert!(cancelled.is_removal(), "it was cancelled before");
        let (closed, _cancel, closing) = policy();
        closing.cancel();
        assert!(!closed.is_removal());
    }
}
