//! Collects what becomes of the files of one transfer, and tells it at most ten times a second: of each file the
//! newest. What is news is the business of those who move bytes.

use crate::context::JobContext;
use coffer_model::Update;
use coffer_model::transfer::FileUpdate;
use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;
use tokio::time::Instant;

/// The least time between two reports.
const INTERVAL: Duration = Duration::from_millis(100);

/// Clones tell the same transfer's news.
#[derive(Clone)]
pub(crate) struct News(Arc<Inner>);

struct Inner {
    job: JobContext,
    state: Mutex<State>,
}

#[derive(Default)]
struct State {
    /// In the order in which they first came.
    pending: Vec<FileUpdate>,
    /// By name, where it stands in `pending`.
    places: HashMap<String, usize>,
    told: Option<Instant>,
    /// A task waits to tell them.
    scheduled: bool,
}

impl News {
    pub(crate) fn new(job: &JobContext) -> Self {
        Self(Arc::new(Inner { job: job.clone(), state: Mutex::default() }))
    }

    /// The first is told at once, the next together when it is time.
    pub(crate) fn add(&self, news: Vec<FileUpdate>) {
        let mut state = self.state();
        for file in news {
            state.add(file);
        }
        if state.scheduled {
            return;
        }
        let due = state.told.map_or_else(Instant::now, |told| told + INTERVAL);
        match tokio::runtime::Handle::try_current() {
            Ok(runtime) if due > Instant::now() => {
                state.scheduled = true;
                drop(state);
                let later = self.clone();
                runtime.spawn(async move {
                    tokio::time::sleep_until(due).await;
                    later.tell();
                });
            }
            _ => {
                drop(state);
                self.tell();
            }
        }
    }

    /// Tells what there is, whenever something was told last.
    pub(crate) fn tell(&self) {
        let mut state = self.state();
        state.scheduled = false;
        state.places.clear();
        let pending = std::mem::take(&mut state.pending);
        if !pending.is_empty() {
            state.told = Some(Instant::now());
            // Told under the lock: what comes later is told later.
            self.0.job.update(Update::Files(pending));
        }
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.0.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl State {
    fn add(&mut self, file: FileUpdate) {
        let known = self.places.get(&file.name).and_then(|place| self.pending.get_mut(*place));
        if let Some(known) = known {
            *known = file;
        } else {
            self.places.insert(file.name.clone(), self.pending.len());
            self.pending.push(file);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::News;
    use crate::context::{Events, JobContext};
    use coffer_model::RequestId;
    use coffer_model::message::{Event, Update};
    use coffer_model::transfer::{FileState, FileUpdate};
    use std::sync::{Arc, mpsc};
    use tokio_util::sync::CancellationToken;

    fn news() -> (News, mpsc::Receiver<Event>) {
        let (sender, events) = mpsc::channel();
        let events_of_job = Events::new(sender, Arc::new(|_| {}));
        (News::new(&JobContext::new(RequestId(1), events_of_job, CancellationToken::new())), events)
    }

    fn file(name: &str, state: FileState) -> Vec<FileUpdate> {
        vec![FileUpdate { name: name.into(), size_bytes: 9, state }]
    }

    fn told(events: &mpsc::Receiver<Event>) -> Vec<Vec<FileUpdate>> {
        let files = |event| match event {
            Event::Update { update: Update::Files(files), .. } => Some(files),
            _ => None,
        };
        events.try_iter().filter_map(files).collect()
    }

    #[tokio::test]
    async fn the_first_news_come_at_once_and_the_next_together_each_file_as_it_is_last() {
        let (news, events) = news();
        news.add(file("a", FileState::Moving { bytes_done: 0 }));
        assert_eq!(told(&events), [file("a", FileState::Moving { bytes_done: 0 })]);
        news.add(file("a", FileState::Moving { bytes_done: 5 }));
        news.add(file("b", FileState::Verified));
        news.add(file("a", FileState::Verified));
        assert_eq!(told(&events).len(), 0);
        news.tell();
        let both = [file("a", FileState::Verified), file("b", FileState::Verified)].concat();
        assert_eq!(told(&events), [both]);
    }

    #[tokio::test]
    async fn what_waits_is_told_by_itself() {
        let (news, events) = news();
        news.add(file("a", FileState::Verified));
        news.add(file("b", FileState::Verified));
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
