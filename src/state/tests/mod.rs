//! The state as a specification: scripts of actions and events, compared with a picture of the state in one line.
//! Here live the script and the picture; the scripts are in the files by subject.

mod commands;
mod edits;
mod inspector;
mod late_news;
mod naming;
mod places;
mod previews;
mod refresh;
mod rows;
mod searching;
mod sessions;
mod settings;
mod sharing;
mod thumbnails;
mod toasts;
mod transfers;
mod trees;
mod undoing;
mod uploads;
mod version_dialog;

use super::action::{ClickModifiers, Motion};
use super::dialog::Dialog;
use super::{Action, Command, Place, State, text};
use crate::model::message::{OpenWith, Pick};
use crate::model::{
    Account, Edit, Entry, EntryKind, Event, File, Inverse, Job, Listing, Outcome, Problem, Receipt, Recovery,
    RemotePath, Request, RequestId, Rev, Settings, Update,
};
use jiff::Timestamp;
use std::sync::Arc;

/// The state with a worker played by the test: jobs stay in `running` until the script answers them.
pub(super) struct Script {
    pub(super) state: State,
    pub(super) running: Vec<(RequestId, Job)>,
    pub(super) cancelled: Vec<String>,
    secs: f64,
}

impl Script {
    /// Just started: nothing is answered yet.
    pub(super) fn start() -> Self {
        Self::with(Settings { inspector_open: false, ..Settings::default() })
    }

    pub(super) fn with(settings: Settings) -> Self {
        let (state, requests) = State::new(settings);
        let mut script = Self { state, running: Vec::new(), cancelled: Vec::new(), secs: 0.0 };
        script.take(requests);
        script
    }

    /// At home, with these rows.
    pub(super) fn at_home(rows: &str) -> Self {
        let mut script = Self::start();
        script.list("/", rows);
        script
    }

    fn take(&mut self, requests: Vec<Request>) {
        for request in requests {
            match request {
                Request::Run { id, job } => self.running.push((id, job)),
                Request::Cancel(id) => {
                    let at = self.running.iter().position(|(running, _)| *running == id);
                    let (_, job) = self.running.remove(at.expect("only running requests are cancelled"));
                    self.cancelled.push(describe(&job));
                }
            }
        }
    }

    pub(super) fn act(&mut self, action: Action) -> &mut Self {
        let requests = self.state.act(action);
        self.take(requests);
        self
    }

    pub(super) fn command(&mut self, command: Command) -> &mut Self {
        self.act(Action::Command(command))
    }

    pub(super) fn go(&mut self, path: &str) -> &mut Self {
        self.act(Action::Go(Place::Folder(RemotePath::new(path))))
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
        let requests = self.state.tick(now, self.secs);
        self.take(requests);
        self
    }

    pub(super) fn event(&mut self, event: Event) -> &mut Self {
        let requests = self.state.on_event(event);
        self.take(requests);
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

    /// Answers an edit, with its results and how to take it back.
    pub(super) fn edited(&mut self, job: &str, results: &[Entry], undo: Option<Inverse>) -> &mut Self {
        let receipt = Receipt::Edited { entries: results.to_vec(), undo, failed: Vec::new() };
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

/// The place, its rows, and what lies over them:
/// `/Photos: 2026/ >*a.jpg b.jpg~ …` is a folder with the cursor on a selected file and an edit of another one under
/// way, still loading. `name[…]` is a name being edited, `toast[… | Undo]` a toast, `dialog[…]` a dialog.
pub(super) fn picture(state: &State) -> String {
    let place = match state.place() {
        Place::Folder(path) => path.to_string(),
        Place::Deleted => "deleted".to_owned(),
        Place::Links => "links".to_owned(),
        Place::Search { query, .. } => format!("search “{query}”"),
    };
    let mut words = vec![format!("{place}:")];
    if let Some(rename) = &state.browser.rename {
        let complaint =
            rename.complaint.as_ref().map(|complaint| format!(" — {complaint}")).unwrap_or_default();
        let dots = if rename.committing.is_some() { "…" } else { "" };
        words.push(format!("name[{}{dots}{complaint}]", rename.text));
    }
    let listing = &state.browser.listing;
    words.extend(
        listing.value().into_iter().flat_map(|rows| &rows.entries).map(|entry| row_picture(state, entry)),
    );
    if listing.is_pending() {
        words.push("…".to_owned());
    }
    if let Some(problem) = listing.problem() {
        words.push(format!("!{}", problem.title));
    }
    for toast in &state.toasts {
        let button = toast.action.as_ref().map(text::toast_button);
        let button = button.map(|button| format!(" | {button}")).unwrap_or_default();
        words.push(format!("toast[{}{button}]", toast.text));
    }
    words.extend(state.dialog.as_ref().map(|dialog| format!("dialog[{}]", dialog_picture(dialog))));
    words.join(" ")
}

fn row_picture(state: &State, entry: &Entry) -> String {
    let selection = &state.browser.selection;
    let mark = |on: bool, mark: &'static str| if on { mark } else { "" };
    [
        mark(selection.cursor.as_ref() == Some(&entry.path), ">"),
        mark(selection.contains(&entry.path), "*"),
        entry.name(),
        mark(entry.is_folder(), "/"),
        mark(entry.is_deleted(), "†"),
        mark(state.browser.busy.contains_key(&entry.path), "~"),
        mark(state.clipboard.is_cut(&entry.path), "✂"),
    ]
    .concat()
}

fn dialog_picture(dialog: &Dialog) -> String {
    match dialog {
        Dialog::Versions(versions) => {
            let count = versions.revisions.value().map_or(0, |revisions| revisions.len());
            let preview = if versions.preview.value().is_some() { ", preview" } else { "" };
            let problem = versions.problem.as_ref().map(|it| format!(", {}", it.title)).unwrap_or_default();
            format!("versions of {} {} of {count}{preview}{problem}", versions.path, versions.selected + 1)
        }
        Dialog::Share(share) => {
            let link = share.link.value().map_or("no link", |link| &link.url);
            let copied = if share.copied { ", copied" } else { "" };
            let revoked = if share.revoked { ", revoked" } else { "" };
            let problem = share.link.problem().map(|it| format!(", {}", it.title)).unwrap_or_default();
            format!("share {} {link}{copied}{revoked}{problem}", share.entry.path)
        }
        Dialog::SignIn(sign_in) => {
            let page = sign_in.page_url.as_deref().unwrap_or("no page");
            let problem = sign_in.problem.as_ref().map(|it| format!(", {}", it.title)).unwrap_or_default();
            format!("sign in {:?}, {page}, {:?}{problem}", sign_in.app_key, sign_in.code)
        }
        Dialog::UploadQuestions(questions) => {
            let conflicts: Vec<String> = questions
                .conflicts()
                .zip(&questions.answers)
                .map(|(file, answer)| format!("{} {answer:?}", file.remote_path))
                .collect();
            let refused = questions.plan.refused.len() + questions.plan.unreadable.len();
            format!("upload? {}; {refused} cannot", conflicts.join(", "))
        }
        Dialog::LargePreview(large) => {
            let ready = if large.preview.value().is_some() { " ready" } else { "" };
            let zoom = large.zoom.map_or("fit".to_owned(), |zoom| format!("{zoom:.2}"));
            format!("large {} {zoom}{ready}", large.entry.name())
        }
        Dialog::Shortcuts => "keys".to_owned(),
        Dialog::Problem(problem) => format!("problem: {}", problem.title),
    }
}

/// A job in a few words.
pub(super) fn describe(job: &Job) -> String {
    let names = |entries: &[Entry]| entries.iter().map(Entry::name).collect::<Vec<_>>().join(" ");
    let moves = |moves: &[(Entry, RemotePath)]| {
        moves.iter().map(|(entry, to)| format!("{} to {to}", entry.path)).collect::<Vec<_>>().join(", ")
    };
    match job {
        Job::Session(choice) => format!("session {choice:?}"),
        Job::SignInPage { app_key, .. } => format!("sign-in page {app_key}"),
        Job::SignIn { code } => format!("sign in {code}"),
        Job::SignOut => "sign out".to_owned(),
        Job::List { path, .. } => format!("list {path}"),
        Job::ListDeleted { .. } => "list deleted".to_owned(),
        Job::ListLinks { .. } => "list links".to_owned(),
        Job::Search { query, .. } => format!("search {query}"),
        Job::Locate { path } => format!("locate {path}"),
        Job::Thumbnails(wanted) => {
            let hashes: Vec<&str> = wanted.iter().map(|wanted| &*wanted.key.content_hash).collect();
            format!("thumbnails {}", hashes.join(" "))
        }
        Job::Preview { entry, .. } => {
            format!("preview {}@{}", entry.name(), entry.file().map_or("-", |file| &file.rev.0))
        }
        Job::Revisions { path } => format!("revisions {path}"),
        Job::Edit(Edit::CreateFolder { path }) => format!("create {path}"),
        Job::Edit(Edit::Move(list)) => format!("move {}", moves(list)),
        Job::Edit(Edit::Copy(list)) => format!("copy {}", moves(list)),
        Job::Edit(Edit::Delete(entries)) => format!("delete {}", names(entries)),
        Job::Edit(Edit::Restore { path, rev, current }) => {
            format!("restore {path} to {} over {}", rev.0, current.as_ref().map_or("nothing", |rev| &rev.0))
        }
        Job::Edit(Edit::Undelete(paths)) => format!("undelete {paths:?}"),
        Job::Edit(Edit::RevokeLink { path, .. }) => format!("revoke {path}"),
        Job::Edit(Edit::Undo(inverse)) => format!("undo {}", inverse_picture(inverse)),
        Job::PlanUpload { local_paths, target } => format!("plan {local_paths:?} to {target}"),
        Job::Upload { plan, answers } => {
            let files: Vec<&str> = plan.files.iter().map(|file| file.remote_path.as_str()).collect();
            format!("upload {} {answers:?}", files.join(" "))
        }
        Job::Download { entries, folder } => format!("download {} to {}", names(entries), folder.display()),
        Job::SaveAs { entry, local_path } => format!("save {} as {}", entry.name(), local_path.display()),
        Job::Open { entry, with: OpenWith::SystemProgram } => format!("open {}", entry.name()),
        Job::Open { entry, with: OpenWith::FileManager } => format!("show {}", entry.name()),
        Job::CreateLink { path } => format!("link {path}"),
        Job::Browse { url } => format!("browse {url}"),
        Job::Pick(Pick::Files) => "pick files".to_owned(),
        Job::Pick(Pick::Folder) => "pick folder".to_owned(),
        Job::Pick(Pick::SaveAs { suggested_name }) => format!("pick name {suggested_name}"),
        Job::PasteFiles => "paste files".to_owned(),
        Job::SaveSettings(_) => "save settings".to_owned(),
    }
}

fn inverse_picture(inverse: &Inverse) -> String {
    match inverse {
        Inverse::Undelete { folders, files } => {
            format!("delete of {} folders, {} files", folders.len(), files.len())
        }
        Inverse::MoveBack(moves) => {
            let moves: Vec<String> =
                moves.iter().map(|(entry, to)| format!("{} to {to}", entry.path)).collect();
            format!("move: {}", moves.join(", "))
        }
        Inverse::Rewind(rewinds) => format!("overwrite of {} files", rewinds.len()),
        Inverse::Remove(entries) => format!("creation of {} items", entries.len()),
        Inverse::All(steps) => steps.iter().map(inverse_picture).collect::<Vec<_>>().join(" and "),
    }
}

/// `a.txt` is a file, `a.txt@2` its second revision, `Docs/` a folder, `a.txt†` was deleted.
pub(super) fn entry(folder: &str, word: &str) -> Entry {
    let at = |name: &str| RemotePath::new(folder).join(name);
    if let Some(name) = word.strip_suffix('/') {
        let kind = EntryKind::Folder { id: format!("id:{name}").into() };
        return Entry { path: at(name), kind, link: None };
    }
    if let Some(name) = word.strip_suffix('†') {
        return Entry { path: at(name), kind: EntryKind::Deleted, link: None };
    }
    let (name, revision) = word.split_once('@').unwrap_or((word, "1"));
    let file = File {
        id: format!("id:{name}").into(),
        rev: Rev(revision.into()),
        size_bytes: 10,
        client_modified: Timestamp::UNIX_EPOCH,
        server_modified: Timestamp::UNIX_EPOCH,
        content_hash: Some(format!("hash of {name} {revision}").into()),
    };
    Entry { path: at(name), kind: EntryKind::File(file), link: None }
}

/// The rows of a folder, in this order.
pub(super) fn entries(folder: &str, rows: &str) -> Vec<Entry> {
    rows.split_whitespace().map(|word| entry(folder, word)).collect()
}

pub(super) fn listing(folder: &str, rows: &str) -> Arc<Listing> {
    partial(folder, rows, true)
}

pub(super) fn partial(folder: &str, rows: &str, complete: bool) -> Arc<Listing> {
    let sort = Settings::default().sort;
    Arc::new(Listing::new(entries(folder, rows), sort, complete))
}

pub(super) fn problem(title: &str, recovery: Recovery) -> Problem {
    Problem { title: title.to_owned(), detail: String::new(), path: None, recovery, request_id: None }
}

pub(super) fn account() -> Account {
    Account {
        display_name: "Ida".to_owned(),
        email: "ida@example.org".to_owned(),
        embedded: false,
        used_bytes: 1,
        allocated_bytes: 2,
    }
}
