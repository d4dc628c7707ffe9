//! The program without its window, as a process of its own that can be killed: the state and the worker of the program,
//! told on its input what a person does, and telling on its output what the window would show of open files and of
//! transfers.

use super::service::Service;
use super::setting::Setting;
use coffer_model::message::{Event, Job, Outcome, Port, Request, Update};
use coffer_model::working_copy::ConflictChoice;
use coffer_model::{AccountChoice, Receipt, RemotePath, Settings, WorkingCopyId};
use coffer_state::action::{DialogAction, OpenFileAction};
use coffer_state::open_files::OpenFileStatus;
use coffer_state::transfers::Section;
use coffer_state::{Action, Command as UiCommand, Effect, State};
use coffer_worker::{CommandLineAccount, Desktop, Dirs, SecretStorage, Worker, WorkerConfig};
use std::collections::BTreeMap;
use std::io::{self, BufRead as _, BufReader, Write as _};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, Command, Stdio};
use std::sync::Arc;
use std::sync::mpsc::{self, Receiver};
use std::time::{Duration, Instant};

/// Nothing that is waited for takes longer unless something is wrong.
const PATIENCE: Duration = Duration::from_mins(2);

/// What is told of a file that is open.
#[derive(Clone, Debug)]
pub struct OpenFile {
    pub id: String,
    /// The name of its [`OpenFileStatus`].
    pub status: String,
    pub local_path: PathBuf,
}

/// Such a process.
pub struct Windowless {
    process: Child,
    input: ChildStdin,
    lines: Receiver<String>,
    /// The files that are open, by their names.
    pub open_files: BTreeMap<String, OpenFile>,
    /// Transfers that have ended, well and with something that failed.
    pub ended: (usize, usize),
    is_listed: bool,
}

impl Drop for Windowless {
    fn drop(&mut self) {
        super::measured::kill(&mut self.process);
    }
}

impl Windowless {
    /// Starts it with what an earlier one remembers, and waits until it shows the root of the account.
    pub fn start(setting: &Setting, service: &Service) -> Self {
        let mut command = Command::new(std::env::current_exe().unwrap());
        command.args(["child", "windowless"]).arg(setting.place("windowless"));
        service.tell(&mut command);
        let mut process = command.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
        let input = process.stdin.take().unwrap();
        let output = BufReader::new(process.stdout.take().unwrap());
        let (send, lines) = mpsc::channel();
        std::thread::spawn(move || {
            output.lines().map_while(Result::ok).try_for_each(|line| send.send(line).ok())
        });
        let mut started =
            Self { process, input, lines, open_files: BTreeMap::new(), ended: (0, 0), is_listed: false };
        started.wait_until("the root is listed", |now| now.is_listed);
        started
    }

    /// Does what a person does: `open PATH`, `save ID`, `mine ID`, `theirs ID`, `drop LOCAL_PATH` into the root, or
    /// `get LOCAL_FOLDER`, which downloads all that is in the root.
    pub fn tell(&mut self, what: &str) {
        writeln!(self.input, "{what}").unwrap();
    }

    #[track_caller]
    pub fn wait_until(&mut self, what: &str, holds: impl Fn(&Self) -> bool) {
        let end = Instant::now() + PATIENCE;
        while !holds(self) {
            let left = end.saturating_duration_since(Instant::now());
            let line = self.lines.recv_timeout(left);
            let line = line.unwrap_or_else(|_| panic!("{what}: not so in the end: {:?}", self.open_files));
            self.read(&line);
        }
    }

    fn read(&mut self, line: &str) {
        let fields: Vec<&str> = line.split('\t').collect();
        match fields.as_slice() {
            ["ended", well, failed] => self.ended = (well.parse().unwrap(), failed.parse().unwrap()),
            ["listed"] => self.is_listed = true,
            ["closed", name] => {
                self.open_files.remove(*name);
            }
            ["file", name, id, status, local_path] => {
                let (id, status) = ((*id).to_owned(), (*status).to_owned());
                let file = OpenFile { id, status, local_path: local_path.into() };
                self.open_files.insert((*name).to_owned(), file);
            }
            other => panic!("no such line: {other:?}"),
        }
    }

    /// Kills it, and starts it with what it remembers.
    pub fn kill_and_start(&mut self, setting: &Setting, service: &Service) {
        super::measured::kill(&mut self.process);
        *self = Self::start(setting, service);
    }
}

/// What comes to the process, from the worker or on its input.
enum Incoming {
    Event(Box<Event>),
    Line(String),
    /// Whoever tells it what to do has ended.
    End,
}

/// What such a process does.
pub fn run(data_dir: &Path) {
    let variable = |name| std::env::var(name).unwrap();
    let account = CommandLineAccount { api_url: variable("COFFER_API_URL"), token: variable("COFFER_TOKEN") };
    let choice = AccountChoice::CommandLine { api_url: account.api_url.clone() };
    let dirs = Dirs::new(Some(data_dir.to_owned())).unwrap();
    dirs.create().unwrap();
    let local_server =
        Arc::new(|| -> futures::future::BoxFuture<'static, _> { unreachable!("another account is given") });
    let mut config = WorkerConfig::new(dirs, Arc::new(|_| {}), local_server);
    config.command_line = Some(account);
    config.secrets = SecretStorage::File;
    config.desktop = Arc::new(NoDesktop);
    let (_worker, Port { requests, events }) = Worker::start(config).unwrap();
    let (mut state, mut effects) = State::with_account(Settings::default(), choice);

    let (send, incoming) = mpsc::channel();
    let (send_events, answer_dialog) = (send.clone(), send.clone());
    std::thread::spawn(move || {
        events.into_iter().try_for_each(|event| send_events.send(Incoming::Event(Box::new(event))).ok())
    });
    std::thread::spawn(move || {
        let lines = io::stdin().lines().map_while(Result::ok).map(Incoming::Line);
        lines.chain([Incoming::End]).try_for_each(|line| send.send(line).ok())
    });
    let mut told = Told::default();
    // What the dialog for folders would answer.
    let mut chosen_folder = PathBuf::new();
    loop {
        for effect in effects {
            match effect {
                Effect::Send(Request::Run { id, job: Job::Pick(_) }) => {
                    let update = Update::Picked(vec![chosen_folder.clone()]);
                    let outcome = Outcome::Done(Receipt::Nothing);
                    for event in [Event::Update { id, update }, Event::Finished { id, outcome }] {
                        answer_dialog.send(Incoming::Event(Box::new(event))).unwrap();
                    }
                }
                Effect::Send(request) => requests.send(request).unwrap(),
                _ => {}
            }
        }
        told.tell(&state);
        effects = match incoming.recv().unwrap() {
            Incoming::Event(event) => {
                let mut effects = state.on_event(*event);
                // Large transfers are asked about.
                effects.extend(state.act(Action::Dialog(DialogAction::ConfirmLargeOperation)));
                effects
            }
            Incoming::Line(line) => {
                if let Some(folder) = line.strip_prefix("get ") {
                    chosen_folder = folder.into();
                }
                actions(&line).into_iter().flat_map(|action| state.act(action)).collect()
            }
            Incoming::End => return,
        };
    }
}

fn actions(line: &str) -> Vec<Action> {
    let (word, rest) = line.split_once(' ').unwrap();
    let action = match word {
        "open" => return vec![Action::Open(RemotePath::new(rest))],
        "drop" => {
            let target = Some(RemotePath::root());
            return vec![Action::DropFiles { local_paths: vec![rest.into()], target }];
        }
        "get" => return [UiCommand::SelectAll, UiCommand::Download].map(Action::Command).into(),
        "save" => OpenFileAction::Save,
        "mine" => OpenFileAction::Resolve(ConflictChoice::Mine),
        "theirs" => OpenFileAction::Resolve(ConflictChoice::Theirs),
        other => panic!("no such action: {other}"),
    };
    vec![Action::OpenFile { id: WorkingCopyId(rest.into()), action }]
}

/// What was told last, so that only changes are.
#[derive(Default)]
struct Told {
    files: BTreeMap<String, String>,
    ended: (usize, usize),
    is_listed: bool,
}

impl Told {
    fn tell(&mut self, state: &State) {
        let open_files = &state.transfers.open_files;
        let file = |copy: &coffer_model::WorkingCopy| {
            // The copy keeps its name where the file gets another one.
            let name = copy.local_path.file_name().unwrap().to_string_lossy().into_owned();
            let status: OpenFileStatus = open_files.status(copy);
            let line = format!("file\t{name}\t{}\t{status:?}\t{}", copy.id.0, copy.local_path.display());
            (name, line)
        };
        let files: BTreeMap<String, String> = open_files.copies().iter().map(file).collect();
        for name in self.files.keys().filter(|name| !files.contains_key(*name)) {
            println!("closed\t{name}");
        }
        for (name, line) in &files {
            if self.files.get(name) != Some(line) {
                println!("{line}");
            }
        }
        self.files = files;
        let ended = (state.transfers.count(Section::Finished), state.transfers.count(Section::Failed));
        if ended != std::mem::replace(&mut self.ended, ended) {
            println!("ended\t{}\t{}", ended.0, ended.1);
        }
        let is_listed = state.browser.listing.value().is_some_and(|listing| listing.complete);
        if is_listed && !std::mem::replace(&mut self.is_listed, true) {
            println!("listed");
        }
        io::stdout().flush().unwrap();
    }
}

/// Nothing is to be opened: who edits is the benchmark.
struct NoDesktop;

impl Desktop for NoDesktop {
    fn browse(&self, _: &str) -> io::Result<()> {
        Ok(())
    }

    fn open_file(&self, _: &Path) -> io::Result<()> {
        Ok(())
    }

    fn show_file(&self, _: &Path) -> io::Result<()> {
        Ok(())
    }

    fn notify(&self, _: &str, _: &str) -> io::Result<()> {
        Ok(())
    }
}
