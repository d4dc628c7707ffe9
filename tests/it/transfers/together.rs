//! Two programs over the same data folder: a window, as its worker, and a command, or two commands. What one of them
//! works on the other leaves alone, nothing is there twice, and what one has begun the other goes on with.

use crate::cli::support::{Desk, Run, Running, Stopped};
use coffer_model::message::{Event, Job, Outcome, Port, Request, RequestId, Update};
use coffer_model::transfer::TransferPhase;
use coffer_model::{AccountChoice, Receipt, RemotePath};
use coffer_server::faults::{Fault, FaultKind};
use coffer_testing::counting_proxy::{Hold, Way};
use coffer_testing::house::PATIENCE;
use coffer_testing::house::bulk;
use coffer_worker::{CommandLineAccount, Dirs, SecretStorage, Worker, WorkerConfig};
use serde_json::json;
use std::process::Stdio;
use std::sync::Arc;

const MIB: u64 = 1024 * 1024;
const APPEND: &str = "files/upload_session/append_v2";

/// A window without its pixels: the worker over the data folder of the commands, with the same account.
struct Window {
    port: Port,
    last_id: u64,
    _worker: Worker,
}

impl Window {
    fn open(desk: &Desk) -> Self {
        let dirs = Dirs::new(Some(desk.house.local("data"))).unwrap();
        let embedded =
            Arc::new(|| Box::pin(std::future::pending()) as futures_util::future::BoxFuture<'static, _>);
        let mut config = WorkerConfig::new(dirs, Arc::new(|_| {}), embedded);
        config.secrets = SecretStorage::File;
        config.desktop = Arc::clone(&desk.house.desktop) as Arc<_>;
        let api_url = desk.url.clone();
        config.command_line =
            Some(CommandLineAccount { api_url: api_url.clone(), token: desk.house.server.token() });
        let (worker, port) = Worker::start(config).unwrap();
        let mut window = Self { port, last_id: 0, _worker: worker };
        window.start(Job::Session(AccountChoice::CommandLine { api_url }));
        window
    }

    fn start(&mut self, job: Job) -> RequestId {
        self.last_id += 1;
        let id = RequestId(self.last_id);
        self.port.requests.send(Request::Run { id, job }).unwrap();
        id
    }

    #[track_caller]
    fn wait_for<T>(&self, fits: impl Fn(&Event) -> Option<T>) -> T {
        loop {
            let event = self.port.events.recv_timeout(PATIENCE).unwrap();
            if let Some(found) = fits(&event) {
                return found;
            }
        }
    }

    #[track_caller]
    fn end_of(&self, wanted: RequestId) -> Receipt {
        let outcome = self.wait_for(|event| match event {
            Event::Finished { id, outcome } if *id == wanted => Some(outcome.clone()),
            _ => None,
        });
        match outcome {
            Outcome::Done(receipt) => receipt,
            other => panic!("the job did not go well: {other:?}"),
        }
    }

    /// Starts a transfer to which the service says that it has to wait for ten minutes.
    #[track_caller]
    fn start_and_wait(&mut self, desk: &Desk, route: &str, job: Job) {
        let patience = FaultKind::Status { status: 429, retry_after_secs: 600 };
        desk.house.faults().add(Fault::new(route, patience, 20));
        self.start(job);
        self.wait_for(|event| match event {
            Event::Update { update: Update::Transfer(progress), .. } => {
                matches!(progress.phase, TransferPhase::Waiting { .. }).then_some(())
            }
            _ => None,
        });
        desk.house.faults().clear();
    }

    /// What a command would `put` into the root.
    fn upload(&mut self, desk: &Desk, name: &str) -> Job {
        let local_paths = vec![desk.house.local(name)];
        let id =
            self.start(Job::PlanUpload { local_paths, target: RemotePath::root(), follows_links: false });
        let Receipt::Planned(plan) = self.end_of(id) else { panic!("it is planned") };
        Job::Upload { plan }
    }
}

#[track_caller]
fn is_refused(run: Run) {
    let told = run.ended(1).json();
    assert_eq!(told["error"]["title"], "This transfer is already running", "{told}");
}

#[test]
fn what_a_window_sends_no_command_sends_until_the_window_is_closed() {
    let desk = Desk::new();
    let film = bulk(24, 1);
    desk.write("film.bin", &film);
    let put = ["put", "--json", "film.bin", "/"];
    let mut window = Window::open(&desk);
    let upload = window.upload(&desk, "film.bin");
    window.start_and_wait(&desk, APPEND, upload);
    is_refused(desk.run(&put));
    assert_eq!(desk.sessions(), 1, "it has begun nothing of its own");
    drop(window);
    desk.run(&put).ok();
    assert!(desk.house.read("/film.bin") == film);
    assert_eq!(desk.house.tree(), ["/film.bin"]);
    assert_eq!((desk.sessions(), desk.revisions()), (0, 1));
    assert_eq!(desk.notes(), [""; 0], "the next window finds nothing to go on with");
}

#[test]
fn what_a_window_brings_no_command_brings_until_the_window_is_closed() {
    let desk = Desk::new();
    let film = bulk(24, 2);
    let entry = desk.house.put("/film.bin", film.clone());
    let folder = desk.house.local("films");
    std::fs::create_dir(&folder).unwrap();
    let get = ["get", "--json", "/film.bin", "films/"];
    let mut window = Window::open(&desk);
    let existing = coffer_model::OnExisting::SkipIdentical;
    window.start_and_wait(&desk, "files/download", Job::Download { entries: vec![entry], folder, existing });
    is_refused(desk.run(&get));
    drop(window);
    desk.run(&get).ok();
    let found = desk.local_files("films");
    assert_eq!(found.keys().collect::<Vec<_>>(), ["film.bin"]);
    assert!(found["film.bin"] == film);
    assert_eq!(desk.notes(), [""; 0]);
}

#[test]
fn a_window_goes_on_with_what_a_command_has_begun_before_it_was_killed() {
    let mut desk = Desk::new();
    let film = bulk(48, 3);
    desk.write("film.bin", &film);
    let proxy = desk.proxied();
    let put = ["put", "--json", "film.bin", "/"];
    desk.stop_at(&proxy, &Hold::At(Way::Up, 40 * MIB), &put, Stopped::Killed);
    let mut window = Window::open(&desk);
    let job = window.wait_for(|event| match event {
        Event::Update { update: Update::Unfinished(unfinished), .. } => Some(unfinished[0].job.clone()),
        _ => None,
    });
    let id = window.start(job.as_ref().clone());
    window.end_of(id);
    drop(window);
    assert!(desk.house.read("/film.bin") == film);
    assert_eq!(desk.house.server.request_counts().calls("files/upload_session/start").count, 1);
    assert_eq!((desk.sessions(), desk.revisions()), (0, 1));
    let told = desk.run(&put).ok().json();
    assert_eq!((&told["files"], &told["skipped"]), (&json!(0), &json!(1)));
    assert_eq!(desk.notes(), [""; 0]);
}

fn write_tree(desk: &Desk, files: usize) {
    for number in 0..files {
        desk.write(&format!("Tree/folder {}/{number}.txt", number % 7), format!("{number} ").repeat(100));
    }
}

/// Runs two commands at once.
fn at_once(desk: &Desk, one: &[&str], other: &[&str]) -> [Run; 2] {
    let running = [one, other]
        .map(|args| desk.command(args).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap());
    running.map(|child| child.wait_with_output().unwrap().into())
}

#[test]
fn of_two_commands_for_the_same_tree_one_works_and_the_other_does_nothing() {
    let desk = Desk::new();
    write_tree(&desk, 250);
    let put = ["put", "--json", "Tree", "/"];
    let runs = at_once(&desk, &put, &put);
    // The second may come so late that all is there already.
    assert!(runs.iter().any(|run| run.code == Some(0)), "{runs:?}");
    for run in runs.into_iter().filter(|run| run.code != Some(0)) {
        is_refused(run);
    }
    assert_eq!(desk.remote_files("/Tree").len(), 250);
    assert_eq!((desk.sessions(), desk.revisions()), (0, 250));
    assert_eq!(desk.notes(), [""; 0]);
}

#[test]
fn two_commands_that_share_files_bring_each_of_them_once() {
    let desk = Desk::new();
    write_tree(&desk, 250);
    desk.write("beside.txt", "beside");
    let runs = at_once(&desk, &["put", "Tree", "/"], &["put", "Tree", "beside.txt", "/"]);
    for run in runs {
        run.ok();
    }
    assert_eq!(desk.remote_files("/Tree").len(), 250, "none has got a number");
    assert_eq!((desk.sessions(), desk.revisions()), (0, 251));
    assert_eq!(desk.notes(), [""; 0]);
}

#[test]
fn a_file_that_another_command_has_brought_meanwhile_is_there_and_that_is_all() {
    let mut desk = Desk::new();
    let film = bulk(24, 4);
    desk.house.put("/film.bin", film.clone());
    desk.house.put("/small.txt", "small");
    let direct = desk.url.clone();
    for (file, hold) in [
        ("/film.bin", Hold::At(Way::Down, 12 * MIB)),
        ("/small.txt", Hold::Call { way: Way::Down, route: "files/download", number: 1 }),
    ] {
        let proxy = desk.proxied();
        let folder = format!("in{}/", file.replace('.', " "));
        let get = ["get", "--json", file, &folder];
        proxy.hold(hold);
        let mut command = desk.command(&get);
        let mut held = Running(command.stdout(Stdio::piped()).spawn().unwrap());
        assert!(proxy.wait_until_held(|| held.0.try_wait().unwrap().is_some()));
        desk.url.clone_from(&direct);
        desk.run(&get).ok();
        desk.url = proxy.url();
        proxy.cut();
        assert_eq!(held.wait(), Some(0), "{file}");
        assert_eq!(desk.local_files(&folder).len(), 1, "{file}");
        assert_eq!(desk.notes(), [""; 0], "{file}");
    }
}
