//! How much room an account has for an upload, as far as that is known. So what can't fit is not sent in vain, and what
//! is smaller still arrives.
//!
//! The service is the judge: it refuses a file when it is committed, which is after its bytes were sent. From then on
//! larger files are not sent. How large a file may be is what the account says of its room; where it does not say that,
//! or has refused a file for which it claims to have room, half of what was refused. So the files that are sent in vain
//! are those that were under way, and then some forty at most, however many follow.

use crate::account::OpenAccount;
use coffer_model::ProblemKind;
use parking_lot::Mutex;

#[derive(Debug)]
pub(crate) struct AccountRoom {
    /// Files that add as many bytes find no room, nor do larger ones. Locked while the account is asked.
    too_many_bytes: tokio::sync::Mutex<u64>,
    refused: Mutex<RefusedFile>,
}

/// The smallest file for which there was no room since the account was last asked.
#[derive(Clone, Copy, Debug)]
struct RefusedFile {
    added_bytes: Option<u64>,
    /// What is full.
    kind: ProblemKind,
}

impl AccountRoom {
    /// With `asks_first` the account is asked before the first file is sent: much would take too long to be sent in vain.
    pub(crate) fn new(asks_first: bool) -> Self {
        let refused =
            RefusedFile { added_bytes: asks_first.then_some(u64::MAX), kind: ProblemKind::AccountFull };
        Self { too_many_bytes: tokio::sync::Mutex::new(u64::MAX), refused: Mutex::new(refused) }
    }

    /// Why a file that makes the account larger by so many bytes would be refused; `None` if it may fit.
    pub(crate) async fn refusal(&self, account: &OpenAccount, added_bytes: u64) -> Option<ProblemKind> {
        let mut too_many_bytes = self.too_many_bytes.lock().await;
        let refused = self.refused.lock().added_bytes.take();
        if let Some(refused) = refused {
            let free = account.space().await.ok().and_then(|space| space.free_bytes());
            *too_many_bytes = (*too_many_bytes).min(bound(refused, free));
        }
        (added_bytes >= *too_many_bytes).then(|| self.refused.lock().kind)
    }

    /// A file that would have added so many bytes has failed.
    pub(crate) fn record_problem(&self, kind: ProblemKind, added_bytes: u64) {
        if matches!(kind, ProblemKind::AccountFull | ProblemKind::DiskFull) {
            let mut refused = self.refused.lock();
            let smallest = refused.added_bytes.map_or(added_bytes, |smallest| smallest.min(added_bytes));
            *refused = RefusedFile { added_bytes: Some(smallest), kind };
        }
    }
}

/// How many bytes are too many after a file that adds `refused` was refused and the account claims to have `free`.
fn bound(refused: u64, free: Option<u64>) -> u64 {
    match free {
        Some(free) if free < refused => free.saturating_add(1),
        _ => refused.div_ceil(2),
    }
}

#[cfg(test)]
mod tests {
    use super::bound;

    #[test]
    fn what_the_account_says_of_its_room_counts_unless_it_contradicts_itself() {
        let check = |refused, free, expected| assert_eq!(bound(refused, free), expected);
        check(1000, Some(300), 301);
        check(1000, Some(0), 1);
        check(1000, Some(1000), 500);
        check(1000, None, 500);
        check(u64::MAX, Some(7), 8);
    }

    #[test]
    fn few_files_are_sent_in_vain_even_if_the_account_says_nothing() {
        let (mut too_many, mut refused) = (u64::MAX, 0);
        // Each is a little smaller than the one before, and none has room.
        for added_bytes in (0..1_000_000_u64).rev() {
            if added_bytes < too_many {
                refused += 1;
                too_many = too_many.min(bound(added_bytes, None));
            }
        }
        assert!(too_many == 0 && refused <= 22, "{refused} files were sent in vain");
    }
}
