//! The command's end of the worker: sends jobs, waits for what they tell, and stops them when the person does.

use super::failure::CommandError;
use super::output::Output;
use super::progress::ProgressDisplay;
use super::wait_notice::WaitNotice;
use crate::end_signals::{EndSignals, INTERRUPT};
use coffer_model::message::{Event, Outcome};
use coffer_model::{
    Account, AccountChoice, Job, Port, ProblemKind, Receipt, Request, RequestId, Team, Update,
};
use coffer_worker::{Worker, WorkerConfig};
use parking_lot::Mutex;
use std::collections::VecDeque;
use std::io;
use std::process::{Child, ExitStatus};
use std::sync::Arc;
use std::sync::mpsc;
use std::time::{Duration, Instant};

/// How long an edit that was asked to stop may take for the step it is in.
const EDIT_PATIENCE: Duration = Duration::from_secs(7);

/// Why the command wakes up.
enum WakeReason {
    /// There is an event, or a helper has ended.
    Event,
    /// A signal of this number.
    Signal(i32),
}

pub(super) struct CommandWorker {
    worker: Worker,
    port: Port,
    wakes: mpsc::Receiver<WakeReason>,
    waker: mpsc::Sender<WakeReason>,
    events: VecDeque<Event>,
    last_id: u64,
    session: Option<RequestId>,
    account: Option<Account>,
    /// The team of the account, told before the account.
    team: Option<Team>,
    output: Output,
    /// The signal that came while an edit was finishing its step.
    interrupted: Option<i32>,
}

impl CommandWorker {
    /// Starts the worker; no account is open yet.
    pub(super) fn start(
        output: Output,
        configure: impl FnOnce(coffer_worker::Wake) -> WorkerConfig,
    ) -> io::Result<Self> {
        let (waker, wake_reasons) = mpsc::channel();
        // The worker calls `wake` from any thread, and a `Sender` is not `Sync`.
        let shared_waker = Mutex::new(waker.clone());
        let wake: coffer_worker::Wake = Arc::new(move |_| {
            let _ = shared_waker.lock().send(WakeReason::Event);
        });
        listen_to_signals(waker.clone())?;
        let (worker, port) = Worker::start(configure(wake))?;
        Ok(Self {
            worker,
            port,
            wakes: wake_reasons,
            waker,
            events: VecDeque::new(),
            last_id: 0,
            session: None,
            account: None,
            team: None,
            output,
            interrupted: None,
        })
    }

    /// Opens an account; all jobs use it.
    pub(super) fn open(&mut self, choice: AccountChoice) {
        self.session = Some(self.send(Job::Session(choice)));
    }

    /// The signal that has ended an edit early, if one has.
    pub(super) fn interrupted(&self) -> Option<i32> {
        self.interrupted
    }

    /// Where sign-ins are kept, in words.
    pub(super) fn secret_storage(&self) -> String {
        self.worker.secret_storage()
    }

    /// Runs a job whose updates nobody needs.
    pub(super) fn run(&mut self, job: Job) -> Result<Receipt, CommandError> {
        self.run_with(job, |_| Ok(()))
    }

    /// Runs a job to its end. A person is told when the service makes it wait.
    pub(super) fn run_with(
        &mut self,
        job: Job,
        mut on_update: impl FnMut(Update) -> Result<(), CommandError>,
    ) -> Result<Receipt, CommandError> {
        let mut notice = WaitNotice::new(self.output);
        self.run_to_end(job, |update| match update {
            Update::Waiting(waiting) => {
                if let Some(waiting) = &waiting {
                    notice.print(waiting);
                }
                Ok(())
            }
            update => on_update(update),
        })
    }

    /// Runs a transfer to its end, and shows how far it is.
    pub(super) fn run_transfer(
        &mut self,
        job: Job,
        display: &mut ProgressDisplay,
    ) -> Result<Receipt, CommandError> {
        self.run_to_end(job, |update| display.update(update))
    }

    fn run_to_end(
        &mut self,
        job: Job,
        mut on_update: impl FnMut(Update) -> Result<(), CommandError>,
    ) -> Result<Receipt, CommandError> {
        let is_edit = matches!(job, Job::Edit(_));
        let id = self.send(job);
        loop {
            match self.next(is_edit.then_some(id))? {
                Event::Update { id: of, update } if of == id => on_update(update)?,
                Event::Update { id: of, update } if Some(of) == self.session => match update {
                    Update::Team(team) => self.team = Some(team),
                    Update::Account(account) => self.account = Some(account),
                    Update::Waiting(_) => on_update(update)?,
                    _ => {}
                },
                Event::Finished { id: of, outcome } if of == id => {
                    return match outcome {
                        Outcome::Done(receipt) => Ok(receipt),
                        Outcome::Failed(problem) => Err(problem.into()),
                        Outcome::Cancelled => {
                            Err(CommandError::Interrupted(self.interrupted.unwrap_or_default()))
                        }
                    };
                }
                // The jobs of a session that has failed tell why themselves.
                Event::Update { .. } | Event::Finished { .. } => {}
            }
        }
    }

    /// What the account says of itself, and the team whose team space it has; waits until it is open.
    pub(super) fn account(&mut self) -> Result<(Account, Option<Team>), CommandError> {
        let mut notice = WaitNotice::new(self.output);
        loop {
            if let Some(account) = self.account.take() {
                return Ok((account, self.team.take()));
            }
            match self.next(None)? {
                Event::Update { id, update } if Some(id) == self.session => match update {
                    Update::Team(team) => self.team = Some(team),
                    Update::Account(account) => self.account = Some(account),
                    Update::Waiting(Some(waiting)) => notice.print(&waiting),
                    Update::Outage(Some(problem)) => {
                        let says_why = !problem.kind.is_away() || problem.kind == ProblemKind::NetworkSignIn;
                        return Err(if says_why {
                            problem.into()
                        } else {
                            super::account::unreachable().into()
                        });
                    }
                    _ => {}
                },
                Event::Finished { id, outcome } if Some(id) == self.session => {
                    return Err(match outcome {
                        Outcome::Failed(problem) => problem.into(),
                        Outcome::Done(_) | Outcome::Cancelled => CommandError::Interrupted(0),
                    });
                }
                Event::Update { .. } | Event::Finished { .. } => {}
            }
        }
    }

    /// Does what may wait long (for a line, a pipe, a disk) on a thread of its own, so that Ctrl+C is heard.
    pub(super) fn run_blocking<T: Send + 'static>(
        &mut self,
        work: impl FnOnce() -> T + Send + 'static,
    ) -> Result<T, CommandError> {
        let (sender, receiver) = mpsc::channel();
        let waker = self.waker.clone();
        std::thread::spawn(move || {
            let _ = sender.send(work());
            let _ = waker.send(WakeReason::Event);
        });
        loop {
            match receiver.try_recv() {
                Ok(result) => return Ok(result),
                Err(mpsc::TryRecvError::Disconnected) => return Err(CommandError::Interrupted(0)),
                Err(mpsc::TryRecvError::Empty) => {}
            }
            match self.wakes.recv() {
                Ok(WakeReason::Event) => self.events.extend(self.port.events.try_iter()),
                Ok(WakeReason::Signal(number)) => return Err(CommandError::Interrupted(number)),
                Err(mpsc::RecvError) => return Err(CommandError::Interrupted(0)),
            }
        }
    }

    /// Waits for a program that has the terminal. Ctrl+C is meant for that program, which shares the terminal with this
    /// one.
    pub(super) fn wait_for_program(
        &mut self,
        mut program: Child,
    ) -> Result<io::Result<ExitStatus>, CommandError> {
        let (sender, receiver) = mpsc::channel();
        let waker = self.waker.clone();
        std::thread::spawn(move || {
            let _ = sender.send(program.wait());
            let _ = waker.send(WakeReason::Event);
        });
        loop {
            match receiver.try_recv() {
                Ok(status) => return Ok(status),
                Err(mpsc::TryRecvError::Disconnected) => return Err(CommandError::Interrupted(0)),
                Err(mpsc::TryRecvError::Empty) => {}
            }
            match self.wakes.recv() {
                Ok(WakeReason::Event) => self.events.extend(self.port.events.try_iter()),
                Ok(WakeReason::Signal(number)) if number == INTERRUPT => {}
                Ok(WakeReason::Signal(number)) => return Err(CommandError::Interrupted(number)),
                Err(mpsc::RecvError) => return Err(CommandError::Interrupted(0)),
            }
        }
    }

    fn send(&mut self, job: Job) -> RequestId {
        self.last_id += 1;
        let id = RequestId(self.last_id);
        // A worker that has gone says nothing any more, and `next` tells.
        let _ = self.port.requests.send(Request::Run { id, job });
        id
    }

    /// The next event. A signal ends the wait: at once, so that a transfer can go on at the next run; but an edit is
    /// asked to stop after the step it is in, so that what it has done is known.
    fn next(&mut self, edit: Option<RequestId>) -> Result<Event, CommandError> {
        let mut patience: Option<Instant> = None;
        loop {
            if let Some(event) = self.events.pop_front() {
                return Ok(event);
            }
            let waker = match patience {
                None => self.wakes.recv().map_err(|_| CommandError::Interrupted(0))?,
                Some(end) => {
                    let left = end.saturating_duration_since(Instant::now());
                    self.wakes.recv_timeout(left).map_err(|_| CommandError::Interrupted(0))?
                }
            };
            match (waker, edit) {
                (WakeReason::Event, _) => self.events.extend(self.port.events.try_iter()),
                (WakeReason::Signal(number), Some(edit)) if self.interrupted.is_none() => {
                    self.interrupted = Some(number);
                    patience = Some(Instant::now() + EDIT_PATIENCE);
                    let _ = self.port.requests.send(Request::Cancel(edit));
                }
                (WakeReason::Signal(number), _) => return Err(CommandError::Interrupted(number)),
            }
        }
    }
}

/// Ctrl+C, and the polite `kill`. The thread ends with the program.
fn listen_to_signals(waker: mpsc::Sender<WakeReason>) -> io::Result<()> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    let mut signals = {
        let _entered = runtime.enter();
        EndSignals::new()?
    };
    std::thread::Builder::new().name("coffer-signals".into()).spawn(move || {
        runtime.block_on(async { while waker.send(WakeReason::Signal(signals.next().await)).is_ok() {} });
    })?;
    Ok(())
}
