//! One sync of the file system for all who want one at the same time.

use parking_lot::{Condvar, Mutex};
use std::io;

#[derive(Debug, Default)]
pub(super) struct GroupSync {
    rounds: Mutex<SyncRounds>,
    changed: Condvar,
}

#[derive(Debug, Default)]
struct SyncRounds {
    started: u64,
    /// The last round that went well.
    finished: u64,
    running: bool,
}

impl GroupSync {
    /// Returns when a round of `sync` has gone well that began after this call. Whoever finds none running runs it, for
    /// all who wait by then. Blocks.
    pub(super) fn sync(&self, sync: impl Fn() -> io::Result<()>) -> io::Result<()> {
        let mut rounds = self.rounds.lock();
        let needed = rounds.started + 1;
        loop {
            if rounds.finished >= needed {
                return Ok(());
            }
            if rounds.running {
                self.changed.wait(&mut rounds);
                continue;
            }
            rounds.running = true;
            rounds.started += 1;
            let round = rounds.started;
            drop(rounds);
            let result = sync();
            rounds = self.rounds.lock();
            rounds.running = false;
            if result.is_ok() {
                rounds.finished = round;
            }
            // After a failure the next who waits tries for itself.
            self.changed.notify_all();
            result?;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::GroupSync;
    use std::io;
    use std::sync::atomic::{AtomicUsize, Ordering};
    use std::sync::{Arc, Barrier};

    #[test]
    fn who_waits_while_one_runs_shares_the_next() {
        let (group, syncs) = (Arc::new(GroupSync::default()), Arc::new(AtomicUsize::new(0)));
        let (begun, may_end) = (Arc::new(Barrier::new(2)), Arc::new(Barrier::new(2)));
        let first = {
            let (group, syncs) = (Arc::clone(&group), Arc::clone(&syncs));
            let (begun, may_end) = (Arc::clone(&begun), Arc::clone(&may_end));
            std::thread::spawn(move || {
                group.sync(|| {
                    begun.wait();
                    may_end.wait();
                    syncs.fetch_add(1, Ordering::SeqCst);
                    Ok(())
                })
            })
        };
        begun.wait();
        let others: Vec<_> = (0..8)
            .map(|_| {
                let (group, syncs) = (Arc::clone(&group), Arc::clone(&syncs));
                std::thread::spawn(move || {
                    group.sync(|| {
                        syncs.fetch_add(1, Ordering::SeqCst);
                        Ok(())
                    })
                })
            })
            .collect();
        may_end.wait();
        first.join().unwrap().unwrap();
        for other in others {
            other.join().unwrap().unwrap();
        }
        let syncs = syncs.load(Ordering::SeqCst);
        assert!((2..=9).contains(&syncs), "the first does not count for those who came later: {syncs}");
    }

    #[test]
    fn a_failure_is_told_and_the_next_tries_again() {
        let group = GroupSync::default();
        assert!(group.sync(|| Err(io::Error::other("no"))).is_err());
        assert!(group.sync(|| Ok(())).is_ok());
    }
}
