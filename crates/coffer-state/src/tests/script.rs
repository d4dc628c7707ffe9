//! A script: the person's actions, the worker's answers, the time, and checks of the picture.

use super::{describe, listing, picture};
use crate::input::{ClickModifiers, Motion};
use crate::{Action, Command, Effect, Location, State, WindowEvent};
use coffer_model::{
    Entry, Event, Job, Operation, Outcome, Problem, Receipt, RelocationConflict, RemotePath, Request,
    RequestId, Reversal, Settings, ThumbnailKey, Update,
};
use jiff::Timestamp;
use std::path::PathBuf;
use std::sync::Arc;

/// The state with a worker played by the test: jobs stay in `running` until the script answers them.
pub(super) struct Script {
    pub(super) state: State,
    pub(super) running: Vec<(RequestId, Job)>,
    /// Which items have a link is asked for beside all else, and only tests of that answer it.
    asked_links: Option<RequestId>,
    pub(super) cancelled: Vec<String>,
    pub(super) steered: Vec<String>,
    /// What was put on the system's clipboard, the newest last.
    copied: Vec<String>,
    /// The copied items that other programs are offered.
    pub(super) offered: Option<Arc<Vec<Entry>>>,
    /// What other programs were given of what was promised to them.
    pub(super) fulfilled: Vec<(PathBuf, Option<Vec<PathBuf>>)>,
    /// The thumbnails that the window was given.
    pub(super) thumbnails: Vec<ThumbnailKey>,
    pub(super) menus_opened: usize,
    pub(super) closed: bool,
    pub(super) is_full_screen: bool,
    secs: f64,
}

impl Script {
    /// Just started: nothing is answered yet.
    pub(super) fn start() -> Self {
        Self::with(Settings { inspector_open: false, ..Settings::default() })
    }

    pub(super) fn with(settings: Settings) -> Self {
        let (state, effects) = State::new(settings);
        Self::of(state, effects)
    }

    pub(super) fn of(state: State, effects: Vec<Effect>) -> Self {
        let mut script = Self {
            state,
            running: Vec::new(),
            asked_links: None,
            cancelled: Vec::new(),
            steered: Vec::new(),
            copied: Vec::new(),
            offered: None,
            fulfilled: Vec::new(),
            thumbnails: Vec::new(),
            menus_opened: 0,
            closed: false,
            is_full_screen: false,
            secs: 0.0,
        };
        script.take(effects);
        script
    }

    /// At home, with these rows.
    pub(super) fn at_home(rows: &str) -> Self {
        let mut script = Self::start();
        script.list("/", rows);
        script
    }

    fn take(&mut self, effects: Vec<Effect>) {
        for effect in effects {
            match effect {
                Effect::Send(request) => self.send(request),
                Effect::CopyText(text) => self.copied.push(text),
                Effect::CopyItems { entries, text } => {
                    self.copied.push(text);
                    self.offered = Some(entries);
                }
                Effect::WithdrawItems => self.offered = None,
                Effect::FulfillPromise { folder, local_paths } => {
                    self.fulfilled.push((folder, local_paths));
                }
                Effect::KeepThumbnail { key, .. } => self.thumbnails.push(key),
                Effect::ForgetThumbnails => self.thumbnails.clear(),
                Effect::OpenMenu | Effect::OpenViewMenu => self.menus_opened += 1,
                Effect::ToggleFullScreen => self.is_full_screen = !self.is_full_screen,
                Effect::CloseWindow => {
                    assert!(!self.closed, "the window is told once");
                    self.closed = true;
                }
            }
        }
    }

    fn send(&mut self, request: Request) {
        match request {
            Request::Run { id, job: Job::FindAllLinks } => self.asked_links = Some(id),
            Request::Run { id, job } => self.running.push((id, job)),
            Request::Cancel(id) if self.asked_links == Some(id) => self.asked_links = None,
            Request::Cancel(id) => {
                let at = self.running.iter().position(|(running, _)| *running == id);
                let (_, job) = self.running.remove(at.expect("only running requests are cancelled"));
                self.cancelled.push(describe(&job));
            }
            Request::Control { id, command } => {
                let of = self.running.iter().find(|(running, _)| *running == id);
                let (_, job) = of.expect("only running requests are steered");
                self.steered.push(format!("{command:?} {}", describe(job)));
            }
            Request::Close => panic!("the program ends the worker, and not the state"),
        }
    }

    /// What was put on the system's clipboard since this was asked last.
    pub(super) fn take_copied(&mut self) -> Option<String> {
        self.copied.drain(..).next_back()
    }

    pub(super) fn window(&mut self, event: WindowEvent) -> &mut Self {
        let effects = self.state.on_window_event(event);
        self.take(effects);
        self
    }

    pub(super) fn act(&mut self, action: Action) -> &mut Self {
        let effects = self.state.act(action);
        self.take(effects);
        self
    }

    pub(super) fn command(&mut self, command: Command) -> &mut Self {
        self.act(Action::Command(command))
    }

    pub(super) fn go(&mut self, path: &str) -> &mut Self {
        self.act(Action::Go(Location::Folder(RemotePath::new(path))))
    }

    pub(super) fn click(&mut self, row: usize) -> &mut Self {
        self.act(Action::Click { row, modifiers: ClickModifiers::default() })
    }

    pub(super) fn ctrl_click(&mut self, row: usize) -> &mut Self {
        self.act(Action::Click {
            row,
            modifiers: ClickModifiers { toggle: true, ..ClickModifiers::default() },
        })
    }

    pub(super) fn shift_click(&mut self, row: usize) -> &mut Self {
        self.act(Action::Click {
            row,
            modifiers: ClickModifiers { extend: true, ..ClickModifiers::default() },
        })
    }

    pub(super) fn press(&mut self, motion: Motion) -> &mut Self {
        self.act(Action::Move { motion, extend: false, toggle_only: false })
    }

    pub(super) fn wait(&mut self, secs: f64) -> &mut Self {
        self.secs += secs;
        let now = Timestamp::UNIX_EPOCH + jiff::SignedDuration::from_millis((self.secs * 1000.0) as i64);
        let effects = self.state.tick(now, self.secs);
        self.take(effects);
        self
    }

    pub(super) fn event(&mut self, event: Event) -> &mut Self {
        let effects = self.state.on_event(event);
        self.take(effects);
        self
    }

    /// The request that a job with this description runs under.
    pub(super) fn id(&self, job: &str) -> RequestId {
        let found = self.running.iter().find(|(_, running)| describe(running) == job);
        found.unwrap_or_else(|| panic!("“{job}” does not run; running: {}", self.jobs())).0
    }

    pub(super) fn update(&mut self, job: &str, update: Update) -> &mut Self {
        let id = self.id(job);
        self.event(Event::Update { id, update })
    }

    pub(super) fn finish(&mut self, job: &str, outcome: Outcome) -> &mut Self {
        let id = self.id(job);
        self.running.retain(|(running, _)| *running != id);
        self.event(Event::Finished { id, outcome })
    }

    pub(super) fn done(&mut self, job: &str) -> &mut Self {
        self.finish(job, Outcome::Done(Receipt::Nothing))
    }

    pub(super) fn fail(&mut self, job: &str, problem: Problem) -> &mut Self {
        self.finish(job, Outcome::Failed(problem))
    }

    /// Answers which items have a link.
    pub(super) fn answer_links(&mut self, outcome: Outcome) -> &mut Self {
        let id = self.asked_links.take().expect("the links are asked for");
        self.event(Event::Finished { id, outcome })
    }

    /// From here on they are a job as all others.
    pub(super) fn mix_in_asked_links(&mut self) {
        self.running.extend(self.asked_links.take().map(|id| (id, Job::FindAllLinks)));
    }

    pub(super) fn asks_for_links(&self) -> bool {
        self.asked_links.is_some()
    }

    /// Answers an edit, with its results and what is in the history of it.
    pub(super) fn edited(&mut self, job: &str, results: &[Entry], operation: Option<Operation>) -> &mut Self {
        self.edited_with_conflicts(job, results, operation, Vec::new())
    }

    /// Answers an undo or redo, with its results and the operation as it stands now.
    pub(super) fn reversed(&mut self, job: &str, results: &[Entry], operation: Operation) -> &mut Self {
        self.finish(job, Outcome::Done(reversal(results, operation)))
    }

    /// Answers a move or copy that has left some items where they were.
    pub(super) fn edited_with_conflicts(
        &mut self,
        job: &str,
        results: &[Entry],
        operation: Option<Operation>,
        conflicts: Vec<RelocationConflict>,
    ) -> &mut Self {
        let receipt = Receipt::Edited { entries: results.to_vec(), operation, failed: Vec::new(), conflicts };
        self.finish(job, Outcome::Done(receipt))
    }

    /// Answers all running list requests of a folder.
    pub(super) fn list(&mut self, folder: &str, rows: &str) -> &mut Self {
        self.answer_list(&format!("list {folder}"), folder, rows)
    }

    /// Answers all requests with this description with these rows.
    pub(super) fn answer_list(&mut self, job: &str, folder: &str, rows: &str) -> &mut Self {
        let listing = listing(folder, rows);
        assert!(
            self.jobs_list().iter().any(|running| running == job),
            "“{job}” does not run: {}",
            self.jobs()
        );
        while self.jobs_list().iter().any(|running| running == job) {
            self.update(job, Update::Listing(Arc::clone(&listing)));
            self.done(job);
        }
        self
    }

    pub(super) fn jobs_list(&self) -> Vec<String> {
        self.running.iter().map(|(_, job)| describe(job)).collect()
    }

    /// What runs besides the session.
    pub(super) fn jobs(&self) -> String {
        let jobs: Vec<String> =
            self.jobs_list().into_iter().filter(|job| !job.starts_with("session")).collect();
        jobs.join(", ")
    }

    #[track_caller]
    pub(super) fn check(&mut self, expected: &str) -> &mut Self {
        assert_eq!(picture(&self.state), expected);
        self
    }

    #[track_caller]
    pub(super) fn check_jobs(&mut self, expected: &str) -> &mut Self {
        assert_eq!(self.jobs(), expected);
        self
    }
}

/// An undo or redo of which nothing was refused.
pub(super) fn reversal(results: &[Entry], operation: Operation) -> Receipt {
    Receipt::Reversed(Box::new(Reversal {
        operation,
        entries: results.to_vec(),
        failed: Vec::new(),
        moved: Vec::new(),
        removed: Vec::new(),
        folders: None,
    }))
}
