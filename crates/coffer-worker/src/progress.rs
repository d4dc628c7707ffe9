//! Counts what a transfer has done and tells it at most ten times a second. What is moved is not its business.

use super::context::JobContext;
use coffer_model::{Progress, TransferPhase, Update};
use coffer_stdx::speed::SpeedMeter;
use dropbox_client::BodyWatcher;
use parking_lot::{Mutex, MutexGuard};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

/// The least time between two reports.
const INTERVAL: Duration = Duration::from_millis(100);
/// Of an edit of fewer items nobody sees how far it is.
const FEW_ITEMS: usize = 20;

/// Shared by all files of one transfer. Counting is cheap from any number of threads; the lock is taken ten times a
/// second, and for each file once.
#[derive(Clone)]
pub(crate) struct Meter {
    job: JobContext,
    counts: Arc<Counts>,
    state: Arc<Mutex<State>>,
}

struct Counts {
    began: Instant,
    /// Milliseconds after `began` at which the next report is due.
    due: AtomicU64,
    files_done: AtomicU64,
    bytes_done: AtomicU64,
    /// Bytes that went over the network, also those that have to go again: for the speed.
    bytes_passed: AtomicU64,
}

struct State {
    phase: TransferPhase,
    files_total: u64,
    bytes_total: u64,
    current: Option<String>,
    /// What was told last: the phase, and the files and bytes that were done.
    shown: Option<TransferPhase>,
    told: (u64, u64),
    speed: SpeedMeter,
    /// Retries that are waiting now: their phase goes before the transfer's own.
    waits: Vec<TransferPhase>,
    /// The person has stopped it: that is shown before all else, though what was on its way still arrives.
    paused: bool,
}

impl Meter {
    pub(crate) fn new(job: &JobContext, files_total: u64, bytes_total: u64) -> Self {
        let counts = Counts {
            began: Instant::now(),
            due: AtomicU64::new(0),
            files_done: AtomicU64::new(0),
            bytes_done: AtomicU64::new(0),
            bytes_passed: AtomicU64::new(0),
        };
        let state = State {
            phase: TransferPhase::Queued,
            files_total,
            bytes_total,
            current: None,
            shown: None,
            told: (0, 0),
            speed: SpeedMeter::default(),
            waits: Vec::new(),
            paused: false,
        };
        let meter = Self { job: job.clone(), counts: Arc::new(counts), state: Arc::new(Mutex::new(state)) };
        meter.report();
        meter
    }

    /// For an edit of many items; none for a few.
    pub(crate) fn for_items(job: &JobContext, items: usize) -> Option<Self> {
        (items >= FEW_ITEMS).then(|| {
            let meter = Self::new(job, items as u64, 0);
            meter.phase(TransferPhase::Moving);
            meter
        })
    }

    /// Some items of an edit are done, if anybody is to hear of it.
    pub(crate) fn end_items(meter: Option<&Self>, items: usize) {
        let Some(meter) = meter else { return };
        meter.counts.files_done.fetch_add(items as u64, Ordering::Relaxed);
        meter.report_if_due();
    }

    /// A new phase is told at once.
    pub(crate) fn phase(&self, phase: TransferPhase) {
        self.change(|state| state.phase = phase);
    }

    /// Shows that it is paused for as long as it is.
    pub(crate) fn pause(&self, paused: bool) {
        self.change(|state| state.paused = paused);
    }

    pub(crate) fn totals(&self, files_total: u64, bytes_total: u64) {
        self.change(|state| {
            state.files_total = files_total;
            state.bytes_total = bytes_total;
        });
    }

    pub(crate) fn begin_file(&self, name: &str) {
        self.change(|state| {
            let current = state.current.get_or_insert_default();
            current.clear();
            current.push_str(name);
        });
    }

    pub(crate) fn end_file(&self) {
        Self::end_items(Some(self), 1);
    }

    /// More bytes have arrived over the network.
    pub(crate) fn add_bytes(&self, bytes: u64) {
        self.counts.bytes_passed.fetch_add(bytes, Ordering::Relaxed);
        self.add_known(bytes);
    }

    /// More bytes are there, but they did not come over the network now: an earlier run has moved them.
    pub(crate) fn add_known(&self, bytes: u64) {
        self.counts.bytes_done.fetch_add(bytes, Ordering::Relaxed);
        self.report_if_due();
    }

    /// A file starts again, or has failed: what was counted for it is taken back.
    pub(crate) fn subtract_bytes(&self, bytes: u64) {
        let less = |done: u64| Some(done.saturating_sub(bytes));
        // It always gives a new value.
        let _ = self.counts.bytes_done.fetch_update(Ordering::Relaxed, Ordering::Relaxed, less);
        self.report_if_due();
    }

    /// Shows `phase` until the guard is dropped.
    pub(crate) fn waiting(&self, phase: TransferPhase) -> WaitGuard {
        self.change(|state| state.waits.push(phase.clone()));
        WaitGuard { meter: self.clone(), phase }
    }

    /// Tells where it stands, whenever it was told last.
    pub(crate) fn report(&self) {
        self.emit(&mut self.lock());
    }

    /// Tells what came so soon after the last report that it was not told; for whoever looks now and then. Otherwise a
    /// transfer that stands still would stand at numbers that are not its last ones.
    pub(crate) fn report_late(&self) {
        let mut state = self.lock();
        if self.is_due() && state.told != self.counts.done() {
            self.emit(&mut state);
        }
    }

    /// What is seen of a change of phase is told at once, everything else when it is time.
    fn change(&self, change: impl FnOnce(&mut State)) {
        let mut state = self.lock();
        change(&mut state);
        let seen = state.shown.as_ref().is_some_and(|shown| is_same_state(shown, state.visible()));
        if !seen || self.is_due() {
            self.emit(&mut state);
        }
    }

    fn report_if_due(&self) {
        if self.is_due() {
            let mut state = self.lock();
            // Another thread may have been faster.
            if self.is_due() {
                self.emit(&mut state);
            }
        }
    }

    fn is_due(&self) -> bool {
        self.counts.millis() >= self.counts.due.load(Ordering::Relaxed)
    }

    fn emit(&self, state: &mut State) {
        let counts = &self.counts;
        counts.due.store(counts.millis() + INTERVAL.as_millis() as u64, Ordering::Relaxed);
        let bytes_passed = counts.bytes_passed.load(Ordering::Relaxed);
        state.speed.mark(counts.began.elapsed().as_secs_f64(), bytes_passed);
        let phase = state.visible().clone();
        state.shown = Some(phase.clone());
        let (files_done, bytes_done) = counts.done();
        state.told = (files_done, bytes_done);
        self.job.update(Update::Transfer(Progress {
            phase,
            files_done,
            files_total: state.files_total,
            bytes_done,
            bytes_total: state.bytes_total,
            bytes_per_second: state.speed.per_second().unwrap_or(0.0),
            bytes_passed,
            current: state.current.clone(),
        }));
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock()
    }
}

/// Calls that wait together wait for slightly different times; that alone is no news.
fn is_same_state(one: &TransferPhase, other: &TransferPhase) -> bool {
    match (one, other) {
        (TransferPhase::Waiting { reason: one, .. }, TransferPhase::Waiting { reason: other, .. }) => {
            one == other
        }
        _ => one == other,
    }
}

impl Counts {
    /// Files and bytes.
    fn done(&self) -> (u64, u64) {
        (self.files_done.load(Ordering::Relaxed), self.bytes_done.load(Ordering::Relaxed))
    }

    fn millis(&self) -> u64 {
        self.began.elapsed().as_millis() as u64
    }
}

impl State {
    fn visible(&self) -> &TransferPhase {
        if self.paused { &TransferPhase::Paused } else { self.waits.last().unwrap_or(&self.phase) }
    }
}

/// How much of one file has gone, in however many bodies; told as often as how far the transfer is, so that both go on
/// together. Of a file that is over sooner only the end is told. Clones are the same file.
#[derive(Clone)]
pub(crate) struct FileProgress(Arc<FileProgressInner>);

struct FileProgressInner {
    done: AtomicU64,
    told: Mutex<Instant>,
    tell: Box<dyn Fn(u64) + Send + Sync>,
}

impl FileProgress {
    /// `tell` is given the bytes that are done.
    pub(crate) fn new(tell: impl Fn(u64) + Send + Sync + 'static) -> Self {
        let inner = FileProgressInner {
            done: AtomicU64::new(0),
            told: Mutex::new(Instant::now()),
            tell: Box::new(tell),
        };
        Self(Arc::new(inner))
    }

    /// `bytes` more are done, or less.
    pub(crate) fn add(&self, bytes: i64) {
        let more = |done: u64| Some(done.saturating_add_signed(bytes));
        // It always gives a new value.
        let _ = self.0.done.fetch_update(Ordering::Relaxed, Ordering::Relaxed, more);
        let mut told = self.0.told.lock();
        if told.elapsed() >= INTERVAL {
            *told = Instant::now();
            drop(told);
            (self.0.tell)(self.0.done.load(Ordering::Relaxed));
        }
    }
}

/// One body on its way. What the network has taken counts at once, and is taken back if the body has to be sent
/// again. Clones are the same body.
#[derive(Clone)]
pub(crate) struct BodyProgress {
    meter: Meter,
    counted: Arc<AtomicU64>,
    file: Option<FileProgress>,
}

impl BodyProgress {
    pub(crate) fn new(meter: &Meter) -> Self {
        Self { meter: meter.clone(), counted: Arc::default(), file: None }
    }

    /// It is a file, or a part of one.
    pub(crate) fn of_file(meter: &Meter, file: &FileProgress) -> Self {
        Self { file: Some(file.clone()), ..Self::new(meter) }
    }

    /// The body is sent from its start; gives what is to be told of its pieces.
    pub(crate) fn restart(&self) -> BodyWatcher {
        self.complete(0);
        self.watcher()
    }

    pub(crate) fn watcher(&self) -> BodyWatcher {
        let part = self.clone();
        Arc::new(move |bytes| {
            part.counted.fetch_add(bytes, Ordering::Relaxed);
            part.meter.add_bytes(bytes);
            part.add_to_file(bytes as i64);
        })
    }

    /// In the end it is so many bytes that have arrived.
    pub(crate) fn complete(&self, bytes: u64) {
        let counted = self.counted.swap(bytes, Ordering::Relaxed);
        self.add_to_file(bytes as i64 - counted as i64);
        if counted > bytes {
            self.meter.subtract_bytes(counted - bytes);
        } else {
            self.meter.add_known(bytes - counted);
        }
    }

    fn add_to_file(&self, bytes: i64) {
        if let Some(file) = &self.file {
            file.add(bytes);
        }
    }
}

/// Stands for one wait that is shown.
pub(crate) struct WaitGuard {
    meter: Meter,
    phase: TransferPhase,
}

impl Drop for WaitGuard {
    fn drop(&mut self) {
        self.meter.change(|state| {
            if let Some(place) = state.waits.iter().position(|phase| *phase == self.phase) {
                state.waits.remove(place);
            }
        });
    }
}

#[cfg(test)]
mod tests {
    use super::{BodyProgress, FileProgress, INTERVAL, Meter};
    use crate::context::{Events, JobContext};
    use coffer_model::message::{Event, RequestId, Update};
    use coffer_model::{Progress, TransferPhase};
    use std::sync::Arc;
    use std::sync::mpsc;
    use std::time::Instant;
    use tokio_util::sync::CancellationToken;

    fn meter() -> (Meter, mpsc::Receiver<Event>) {
        let (sender, events) = mpsc::channel();
        let events_of_job = Events::new(sender, Arc::new(|_| {}));
        let job = JobContext::new(RequestId(1), None, events_of_job, CancellationToken::new());
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
        let part = BodyProgress::new(&meter);
        part.restart()(300);
        part.restart()(200);
        part.complete(400);
        meter.report();
        assert_eq!(told(&events).last().unwrap().bytes_done, 400);
    }

    #[test]
    fn a_file_goes_on_with_its_transfer_and_not_with_each_body() {
        let (meter, events) = meter();
        let (sender, told_of_file) = mpsc::channel();
        let file = FileProgress::new(move |bytes| sender.send(bytes).unwrap());
        let bodies = [BodyProgress::of_file(&meter, &file), BodyProgress::of_file(&meter, &file)];
        let start = Instant::now();
        let mut sent = 0;
        while start.elapsed() < INTERVAL * 4 {
            for body in &bodies {
                body.watcher()(10);
            }
            sent += 20;
        }
        let told_of_file: Vec<u64> = told_of_file.try_iter().collect();
        assert!(told_of_file.len() >= 2 && told_of_file.is_sorted(), "{told_of_file:?}");
        assert!(
            told_of_file.iter().all(|bytes| (1..=sent).contains(bytes)),
            "no body has ended: {told_of_file:?}"
        );
        assert!(told(&events).len() >= told_of_file.len());
        bodies[0].restart()(5);
        assert_eq!(file.0.done.load(std::sync::atomic::Ordering::Relaxed), sent / 2 + 5, "sent again");
    }

    #[test]
    fn a_wait_is_shown_until_it_is_over() {
        let (meter, events) = meter();
        meter.phase(TransferPhase::Moving);
        let waiting = TransferPhase::Waiting { until: jiff::Timestamp::UNIX_EPOCH, reason: "busy".into() };
        let guard = meter.waiting(waiting.clone());
        assert_eq!(told(&events).last().unwrap().phase, waiting);
        drop(guard);
        assert_eq!(told(&events).last().unwrap().phase, TransferPhase::Moving);
    }

    #[test]
    fn what_an_earlier_run_has_moved_counts_but_did_not_pass_now() {
        let (meter, events) = meter();
        BodyProgress::new(&meter).complete(900);
        meter.add_bytes(50);
        meter.report();
        let last = told(&events).pop().unwrap();
        assert_eq!((last.bytes_done, last.bytes_passed), (950, 50));
    }

    #[test]
    fn a_pause_is_shown_before_all_else() {
        let (meter, events) = meter();
        meter.pause(true);
        meter.phase(TransferPhase::Moving);
        let _wait = meter
            .waiting(TransferPhase::Waiting { until: jiff::Timestamp::UNIX_EPOCH, reason: "busy".into() });
        let phases: Vec<TransferPhase> = told(&events).into_iter().map(|progress| progress.phase).collect();
        assert_eq!(phases, [TransferPhase::Queued, TransferPhase::Paused]);
    }

    #[test]
    fn many_calls_that_wait_for_the_same_are_one_news() {
        let (meter, events) = meter();
        meter.phase(TransferPhase::Moving);
        let until = |second| jiff::Timestamp::from_second(second).unwrap();
        let wait = |second| TransferPhase::Waiting { until: until(second), reason: "busy".into() };
        let guards: Vec<_> = (0..16).map(|second| meter.waiting(wait(second))).collect();
        drop(guards);
        let phases: Vec<TransferPhase> = told(&events).into_iter().map(|progress| progress.phase).collect();
        assert!(phases.len() <= 5, "{phases:?}");
        assert_eq!(phases.last(), Some(&TransferPhase::Moving));
    }
}
