//! Collects the updates of single files of one transfer and emits them at most ten times a second, of each file only the
//! newest. A transfer may have a hundred thousand files, and each update wakes the window.

use crate::context::JobContext;
use coffer_model::Update;
use coffer_model::transfer::FileUpdate;
use parking_lot::Mutex;
use std::collections::HashMap;
use std::sync::Arc;
use std::time::Duration;
use tokio::time::Instant;

/// The least time between two events.
const INTERVAL: Duration = Duration::from_millis(100);

/// Clones collect for the same transfer.
#[derive(Clone)]
pub(crate) struct FileUpdates(Arc<Inner>);

struct Inner {
    job: JobContext,
    state: Mutex<State>,
}

#[derive(Default)]
struct State {
    /// In the order in which the files came first.
    pending: Vec<FileUpdate>,
    /// The index in `pending` of each file, by its name.
    indexes: HashMap<String, usize>,
    last_emitted: Option<Instant>,
    /// A task waits to emit `pending`.
    is_scheduled: bool,
}

impl FileUpdates {
    pub(crate) fn new(job: &JobContext) -> Self {
        Self(Arc::new(Inner { job: job.clone(), state: Mutex::default() }))
    }

    /// Adds updates. The first are emitted at once, later ones together when it is time.
    pub(crate) fn add(&self, updates: Vec<FileUpdate>) {
        let mut state = self.0.state.lock();
        for update in updates {
            state.add(update);
        }
        if state.is_scheduled {
            return;
        }
        let due = state.last_emitted.map_or_else(Instant::now, |emitted| emitted + INTERVAL);
        match tokio::runtime::Handle::try_current() {
            Ok(runtime) if due > Instant::now() => {
                state.is_scheduled = true;
                drop(state);
                let later = self.clone();
                runtime.spawn(async move {
                    tokio::time::sleep_until(due).await;
                    later.emit();
                });
            }
            _ => {
                drop(state);
                self.emit();
            }
        }
    }

    /// Emits what is pending, however soon after the last time.
    pub(crate) fn emit(&self) {
        let mut state = self.0.state.lock();
        state.is_scheduled = false;
        state.indexes.clear();
        let pending = std::mem::take(&mut state.pending);
        if !pending.is_empty() {
            state.last_emitted = Some(Instant::now());
            // Under the lock, so that events keep the order of the updates.
            self.0.job.update(Update::Files(pending));
        }
    }
}

impl State {
    fn add(&mut self, update: FileUpdate) {
        let known = self.indexes.get(&update.name).and_then(|index| self.pending.get_mut(*index));
        if let Some(known) = known {
            *known = update;
        } else {
            self.indexes.insert(update.name.clone(), self.pending.len());
            self.pending.push(update);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::FileUpdates;
    use crate::context::{Events, JobContext};
    use coffer_model::RequestId;
    use coffer_model::message::{Event, Update};
    use coffer_model::transfer::{FileState, FileUpdate};
    use std::sync::{Arc, mpsc};
    use tokio_util::sync::CancellationToken;

    fn updates() -> (FileUpdates, mpsc::Receiver<Event>) {
        let (sender, events) = mpsc::channel();
        let events_of_job = Events::new(sender, Arc::new(|_| {}));
        (
            FileUpdates::new(&JobContext::new(RequestId(1), None, events_of_job, CancellationToken::new())),
            events,
        )
    }

    fn file(name: &str, state: FileState) -> Vec<FileUpdate> {
        vec![FileUpdate { name: name.into(), size_bytes: 9, state }]
    }

    fn emitted(events: &mpsc::Receiver<Event>) -> Vec<Vec<FileUpdate>> {
        let files = |event| match event {
            Event::Update { update: Update::Files(files), .. } => Some(files),
            _ => None,
        };
        events.try_iter().filter_map(files).collect()
    }

    #[tokio::test]
    async fn the_first_updates_are_emitted_at_once_and_the_next_together_each_file_as_it_is_last() {
        let (updates, events) = updates();
        updates.add(file("a", FileState::Moving { bytes_done: 0 }));
        assert_eq!(emitted(&events), [file("a", FileState::Moving { bytes_done: 0 })]);
        updates.add(file("a", FileState::Moving { bytes_done: 5 }));
        updates.add(file("b", FileState::Verified));
        updates.add(file("a", FileState::Verified));
        assert_eq!(emitted(&events).len(), 0);
        updates.emit();
        let both = [file("a", FileState::Verified), file("b", FileState::Verified)].concat();
        assert_eq!(emitted(&events), [both]);
    }

    #[tokio::test]
    async fn pending_updates_are_emitted_when_it_is_time() {
        let (updates, events) = updates();
        updates.add(file("a", FileState::Verified));
        updates.add(file("b", FileState::Verified));
        let later = tokio::task::spawn_blocking(move || {
            [events.recv().unwrap(), events.recv().unwrap()].map(|event| match event {
                Event::Update { update: Update::Files(files), .. } => files,
                other => panic!("these are no files: {other:?}"),
            })
        });
        let both = [file("a", FileState::Verified), file("b", FileState::Verified)];
        assert_eq!(later.await.unwrap(), both);
    }
}
