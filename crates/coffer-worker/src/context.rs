//! What a running job holds: its name, the way to tell news, and whether it is still wanted.

use coffer_model::{Event, Problem, RequestId, Update, message::Outcome};
use parking_lot::Mutex;
use std::sync::Arc;
use std::sync::mpsc;
use std::time::Duration;
use tokio_util::sync::CancellationToken;

/// Called after each event was queued, so that a window that sleeps wakes up: within this time.
pub type Wake = Arc<dyn Fn(Duration) + Send + Sync>;

/// How far files are is told by many transfers many times a second, and nobody reads as fast.
const PROGRESS_WITHIN: Duration = Duration::from_millis(50);

/// The way to the window.
#[derive(Clone)]
pub(crate) struct Events {
    sender: mpsc::Sender<Event>,
    wake: Wake,
}

impl Events {
    pub(crate) fn new(sender: mpsc::Sender<Event>, wake: Wake) -> Self {
        Self { sender, wake }
    }

    fn send(&self, event: Event) {
        let within = match &event {
            Event::Update { update: Update::Transfer(_) | Update::Files(_), .. } => PROGRESS_WITHIN,
            _ => Duration::ZERO,
        };
        // The window is gone: nobody is left to tell.
        if self.sender.send(event).is_ok() {
            (self.wake)(within);
        }
    }
}

/// One job. Clones speak for the same job.
#[derive(Clone)]
pub(crate) struct JobContext {
    pub id: RequestId,
    /// The session in which the job was asked for.
    pub session: Option<RequestId>,
    pub cancel: CancellationToken,
    /// Cancelled some time later than `cancel`: what the job still waits for is given up then, so that it can keep what it
    /// has done before it is dropped.
    pub wind_up: CancellationToken,
    events: Events,
    ended: Arc<Mutex<bool>>,
}

/// Why a job has no receipt.
#[derive(Debug)]
pub(crate) enum JobError {
    Cancelled,
    Failed(Problem),
}

impl From<Problem> for JobError {
    fn from(problem: Problem) -> Self {
        Self::Failed(problem)
    }
}

impl JobContext {
    pub(crate) fn new(
        id: RequestId,
        session: Option<RequestId>,
        events: Events,
        cancel: CancellationToken,
    ) -> Self {
        let wind_up = CancellationToken::new();
        Self { id, session, cancel, wind_up, events, ended: Arc::default() }
    }

    /// Tells news of this job; after its end there are none.
    pub(crate) fn update(&self, update: Update) {
        let ended = self.ended.lock();
        if !*ended {
            self.events.send(Event::Update { id: self.id, update });
        }
    }

    /// Tells the end. Only the first call counts.
    pub(crate) fn finish(&self, outcome: Outcome) {
        let mut ended = self.ended.lock();
        if !std::mem::replace(&mut ended, true) {
            self.events.send(Event::Finished { id: self.id, outcome });
        }
    }

    /// The same job, for steps that may not stop half-way.
    pub(crate) fn to_the_end(&self) -> Self {
        Self { cancel: CancellationToken::new(), ..self.clone() }
    }

    /// For jobs that may only stop between two steps.
    pub(crate) fn check_wanted(&self) -> Result<(), JobError> {
        if self.cancel.is_cancelled() { Err(JobError::Cancelled) } else { Ok(()) }
    }
}

#[cfg(test)]
mod tests {
    use super::{Events, JobContext, Wake};
    use coffer_model::{Outcome, Progress, RequestId, TransferPhase, Update};
    use std::sync::{Arc, Mutex, mpsc};
    use std::time::Duration;
    use tokio_util::sync::CancellationToken;

    #[test]
    fn the_window_wakes_at_once_for_all_but_the_course_of_transfers() {
        let (sender, received) = mpsc::channel();
        let woken = Arc::new(Mutex::new(Vec::new()));
        let (noted, received) = (Arc::clone(&woken), Mutex::new(received));
        let wake: Wake = Arc::new(move |within| {
            let is_there = received.lock().unwrap().try_recv().is_ok();
            noted.lock().unwrap().push((within, is_there));
        });
        let job = JobContext::new(RequestId(1), None, Events::new(sender, wake), CancellationToken::new());
        let progress = Progress {
            phase: TransferPhase::Moving,
            files_done: 0,
            files_total: 1,
            bytes_done: 0,
            bytes_total: 1,
            bytes_per_second: 0.0,
            bytes_passed: 0,
            current: None,
        };
        job.update(Update::Transfer(progress));
        job.update(Update::Files(Vec::new()));
        job.update(Update::Outage(None));
        job.finish(Outcome::Cancelled);
        let (later, at_once) = ((Duration::from_millis(50), true), (Duration::ZERO, true));
        assert_eq!(*woken.lock().unwrap(), [later, later, at_once, at_once], "and finds the news there");
    }
}
