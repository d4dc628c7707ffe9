//! Counts what a transfer has done and tells it at most ten times a second. What is moved is not its business.

use super::context::JobContext;
use crate::api::BodyWatcher;
use crate::model::{Phase, Progress, Update};
use std::collections::VecDeque;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

/// The least time between two reports.
const INTERVAL: Duration = Duration::from_millis(100);
/// The speed is the mean over so long.
const SPEED_WINDOW: Duration = Duration::from_secs(4);

/// Shared by all files of one transfer.
#[derive(Clone)]
pub struct Meter {
    job: JobContext,
    state: Arc<Mutex<State>>,
}

struct State {
    progress: Progress,
    last_report: Option<Instant>,
    /// Bytes done at moments of the last seconds, oldest first.
    samples: VecDeque<(Instant, u64)>,
    /// Retries that are waiting now: their phase goes before all others.
    waits: Vec<Phase>,
    /// The person has stopped it: that is shown before all else, though what was on its way still arrives.
    paused: bool,
}

impl Meter {
    pub fn new(job: &JobContext, files_total: u64, bytes_total: u64) -> Self {
        let progress = Progress {
            phase: Phase::Queued,
            files_done: 0,
            files_total,
            bytes_done: 0,
            bytes_total,
            bytes_per_second: 0.0,
            current: None,
        };
        let state =
            State { progress, last_report: None, samples: VecDeque::new(), waits: Vec::new(), paused: false };
        let meter = Self { job: job.clone(), state: Arc::new(Mutex::new(state)) };
        meter.change(true, |_| ());
        meter
    }

    /// A new phase is told at once.
    pub fn phase(&self, phase: Phase) {
        let news = self.lock().progress.phase != phase;
        if news {
            self.change(true, |progress| progress.phase = phase);
        }
    }

    /// Shows that it is paused for as long as it is.
    pub fn pause(&self, paused: bool) {
        if std::mem::replace(&mut self.lock().paused, paused) != paused {
            self.change(true, |_| ());
        }
    }

    pub fn totals(&self, files_total: u64, bytes_total: u64) {
        self.change(false, |progress| {
            progress.files_total = files_total;
            progress.bytes_total = bytes_total;
        });
    }

    pub fn begin_file(&self, name: &str) {
        self.change(false, |progress| progress.current = Some(name.to_owned()));
    }

    pub fn end_file(&self) {
        self.change(false, |progress| progress.files_done += 1);
    }

    /// More bytes have arrived.
    pub fn add_bytes(&self, bytes: u64) {
        self.change(false, |progress| progress.bytes_done += bytes);
    }

    /// A file starts again, or has failed: what was counted for it is taken back.
    pub fn take_back(&self, bytes: u64) {
        if bytes > 0 {
            self.lock().samples.clear();
            self.change(false, |progress| progress.bytes_done = progress.bytes_done.saturating_sub(bytes));
        }
    }

    /// Shows `phase` until the guard is dropped.
    pub fn waiting(&self, phase: Phase) -> WaitGuard {
        self.lock().waits.push(phase.clone());
        self.change(true, |_| ());
        WaitGuard { meter: self.clone(), phase }
    }

    /// Tells where it stands, whenever it was told last.
    pub fn report(&self) {
        self.change(true, |_| ());
    }

    fn change(&self, at_once: bool, change: impl FnOnce(&mut Progress)) {
        let now = Instant::now();
        let mut state = self.lock();
        change(&mut state.progress);
        let due = state.last_report.is_none_or(|last| now.duration_since(last) >= INTERVAL);
        if !due && !at_once {
            return;
        }
        // A change of phase may come early, but never twice within one interval for the same one.
        state.last_report = Some(now);
        state.measure(now);
        let mut progress = state.progress.clone();
        if state.paused {
            progress.phase = Phase::Paused;
        } else if let Some(wait) = state.waits.last() {
            progress.phase = wait.clone();
        }
        self.job.update(Update::Transfer(progress));
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl State {
    fn measure(&mut self, now: Instant) {
        self.samples.push_back((now, self.progress.bytes_done));
        while self.samples.len() > 2
            && self.samples.front().is_some_and(|(then, _)| now - *then > SPEED_WINDOW)
        {
            self.samples.pop_front();
        }
        if let Some(&(then, bytes)) = self.samples.front() {
            let seconds = (now - then).as_secs_f64();
            if seconds >= INTERVAL.as_secs_f64() {
                self.progress.bytes_per_second =
                    self.progress.bytes_done.saturating_sub(bytes) as f64 / seconds;
            }
        }
    }
}

/// One body on its way. What the network has taken counts at once, and is taken back if the body has to be sent
/// again. Clones are the same body.
#[derive(Clone)]
pub struct Part {
    meter: Meter,
    counted: Arc<AtomicU64>,
}

impl Part {
    pub fn new(meter: &Meter) -> Self {
        Self { meter: meter.clone(), counted: Arc::default() }
    }

    /// The body is sent from its start; gives what is to be told of its pieces.
    pub fn restart(&self) -> BodyWatcher {
        self.settle(0);
        self.watcher()
    }

    pub fn watcher(&self) -> BodyWatcher {
        let part = self.clone();
        Arc::new(move |bytes| {
            part.counted.fetch_add(bytes, Ordering::Relaxed);
            part.meter.add_bytes(bytes);
        })
    }

    /// In the end it is so many bytes that have arrived.
    pub fn settle(&self, bytes: u64) {
        let counted = self.counted.swap(bytes, Ordering::Relaxed);
        if counted > bytes {
            self.meter.take_back(counted - bytes);
        } else {
            self.meter.add_bytes(bytes - counted);
        }
    }
}

/// Stands for one wait that is shown.
pub struct WaitGuard {
    meter: Meter,
    phase: Phase,
}

impl Drop for WaitGuard {
    fn drop(&mut self) {
        let mut state = self.meter.lock();
        if let Some(place) = state.waits.iter().position(|phase| *phase == self.phase) {
            state.waits.remove(place);
        }
        drop(state);
        self.meter.change(true, |_| ());
    }
}

#[cfg(test)]
mod tests {
    use super::{INTERVAL, Meter, Part};
    use crate::model::message::{Event, RequestId, Update};
    use crate::model::{Phase, Progress};
    use crate::worker::context::{Events, JobContext};
    use std::sync::Arc;
    use std::sync::mpsc;
    use std::time::Instant;
    use tokio_util::sync::CancellationToken;

    fn meter() -> (Meter, mpsc::Receiver<Event>) {
        let (sender, events) = mpsc::channel();
        let events_of_job = Events::new(sender, Arc::new(|| {}));
        let job = JobContext::new(RequestId(1), events_of_job, CancellationToken::new());
        (Meter::new(&job, 2, 1000), events)
    }

    fn told(events: &mpsc::Receiver<Event>) -> Vec<Progress> {
        events
            .try_iter()
            .filter_map(|event| match event {
                Event::Update { update: Update::Transfer(progress), .. } => Some(progress),
                _ => None,
            })
            .collect()
    }

    #[test]
    fn however_much_happens_it_is_told_ten_times_a_second() {
        let (meter, events) = meter();
        let start = Instant::now();
        while start.elapsed() < INTERVAL * 3 {
            meter.add_bytes(1);
        }
        let most = (start.elapsed().as_millis() / INTERVAL.as_millis()) as usize + 1;
        let told = told(&events);
        assert!((2..=most).contains(&told.len()), "{} of at most {most}", told.len());
    }

    #[test]
    fn what_is_sent_again_is_counted_once() {
        let (meter, events) = meter();
        let part = Part::new(&meter);
        part.restart()(300);
        part.restart()(200);
        part.settle(400);
        meter.report();
        assert_eq!(told(&events).last().unwrap().bytes_done, 400);
    }

    #[test]
    fn a_wait_is_shown_until_it_is_over() {
        let (meter, events) = meter();
        meter.phase(Phase::Moving);
        let waiting = Phase::Waiting { until: jiff::Timestamp::UNIX_EPOCH, reason: "busy".into() };
        let guard = meter.waiting(waiting.clone());
        assert_eq!(told(&events).last().unwrap().phase, waiting);
        drop(guard);
        assert_eq!(told(&events).last().unwrap().phase, Phase::Moving);
    }
}
