//! What the window costs, as ratios between two things done in the same run: `cargo bench --bench window`.
//!
//! Times are CPU times of this thread, read from the kernel, so other work on the machine changes them little.

// A benchmark stops at the first surprise, and prints.
#![allow(clippy::unwrap_used, clippy::print_stdout)]

use coffer::api::{BaseUrls, ClientOptions, DropboxClient, RestClient};
use coffer::model::message::Update;
use coffer::model::transfer::{FileNews, FileState, PlannedFile, UploadPlan};
use coffer::model::{
    Entry, EntryKind, Event, File, Job, Listing, Outcome, Phase, Port, Progress, Receipt, RemotePath,
    Request, RequestId, Rev, Settings, Sort,
};
use coffer::protocol::files::{CREATE_FOLDER_BATCH, CreateFolderBatchArg, GET_METADATA, GetMetadataArg};
use coffer::server::{Server, ServerConfig};
use coffer::state::{Action, Command, State};
use coffer::ui::app::{App, Start};
use coffer::worker::{Dirs, EmbeddedAccount, Endpoint, SecretsPlace, Worker, WorkerConfig};
use egui_kittest::Harness;
use std::sync::Arc;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::time::Instant;

const FRAMES: usize = 200;
const ROUNDS: usize = 5;

fn main() {
    list_frames();
    upload_frames();
    idle();
    known_folder();
    first_page();
}

/// The real worker and server: when the first rows of a long folder are drawn, and when its last page is there.
fn first_page() {
    const ENTRIES: usize = 100_000;
    let home = tempfile::tempdir().unwrap();
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let server = runtime.block_on(Server::start(ServerConfig::new(home.path().join("vault")))).unwrap();
    let rest_client = RestClient::new(BaseUrls::all(&server.url()).unwrap()).unwrap();
    let options = ClientOptions { rest_client: Some(rest_client), ..ClientOptions::default() };
    let client = DropboxClient::new(server.token(), options).unwrap();
    for batch in 0..ENTRIES / 10_000 {
        let paths = (0..10_000).map(|number| format!("/Long/Measurement {batch:02}{number:04}")).collect();
        let arg = CreateFolderBatchArg { paths, autorename: false, force_async: false };
        runtime.block_on(client.rpc(&CREATE_FOLDER_BATCH, &arg)).unwrap();
    }
    // The answer may be a job: the folder is complete when its last item stands.
    let last = GetMetadataArg::new("/Long/Measurement 099999");
    while runtime.block_on(client.rpc(&GET_METADATA, &last)).is_err() {}

    let dirs = Dirs::new(Some(home.path().join("coffer"))).unwrap();
    let endpoint = Endpoint { url: server.url(), token: server.token(), fresh: false };
    let embedded: EmbeddedAccount = Arc::new(move || {
        let endpoint = endpoint.clone();
        Box::pin(async move { Ok(endpoint) })
    });
    let mut config = WorkerConfig::new(dirs, Arc::new(|| {}), embedded);
    config.secrets = SecretsPlace::File;
    let (worker, port) = Worker::start(config).unwrap();
    let (mut state, mut startup) = State::new(Settings::default());
    startup
        .extend(state.act(coffer::state::Action::Go(coffer::state::Place::Folder(RemotePath::new("/Long")))));
    let start = Start { state, requests: startup, port, screenshot: None };
    let mut harness =
        Harness::builder().with_size([1280.0, 800.0]).build_eframe(move |creation| App::new(creation, start));
    let opened = Instant::now();
    while rows(&harness) == 0 {
        harness.step();
    }
    let first = opened.elapsed();
    while !harness.state().state().browser.listing.value().is_some_and(|listing| listing.complete) {
        harness.step();
    }
    let complete = opened.elapsed();
    let entries = harness.state().state().browser.listing.value().map_or(0, |listing| listing.entries.len());
    assert_eq!(entries, ENTRIES);
    println!(
        "first rows of a folder of {ENTRIES} against the whole of it: {:.3} x (less than 1)",
        first.as_secs_f64() / complete.as_secs_f64()
    );
    drop(worker);
    runtime.block_on(server.shutdown());
}

/// Rows that a screen reader would find.
fn rows(harness: &Harness<'static, App>) -> usize {
    use egui_kittest::kittest::NodeT as _;
    harness
        .root()
        .children_recursive()
        .filter(|node| node.accesskit_node().label().unwrap_or_default().starts_with("Measurement "))
        .count()
}

/// A frame of a list of 100,000 against a frame of a list of 100, each frame showing other rows.
fn list_frames() {
    let mut small = Window::with_entries(100);
    let mut large = Window::with_entries(100_000);
    let mut ratios: Vec<f64> = (0..ROUNDS).map(|_| large.scroll() / small.scroll()).collect();
    ratios.sort_by(f64::total_cmp);
    println!(
        "a frame of a list of 100,000 against one of 100 (CPU, median of {ROUNDS}): {:.2} x (at most 1.3)",
        ratios[ROUNDS / 2]
    );
}

/// A frame while news of an upload of 5,000 files stream in against a frame of the same folder in which nothing
/// happens: with the panel closed, and with it open and the files listed in it.
fn upload_frames() {
    const FILES: usize = 5_000;
    for (unfolded, what) in [(false, "the panel closed"), (true, "its files listed in the panel")] {
        let mut idle = Window::with_entries(100);
        let mut busy = Window::with_entries(100);
        let id = busy.upload(FILES, unfolded);
        let mut next = 0;
        let mut ratios: Vec<f64> = (0..ROUNDS)
            .map(|_| {
                let quiet = idle.frames(|_| ());
                let streaming = busy.frames(|window| {
                    // Ten files end in each frame: at 60 frames a second that is 600 files a second.
                    window.tell_of_files(id, next % FILES, 10);
                    next += 10;
                });
                streaming / quiet
            })
            .collect();
        ratios.sort_by(f64::total_cmp);
        println!(
            "a frame while an upload of {FILES} files tells of 10 of them, with {what}, against one of an idle \
             folder (CPU, median of {ROUNDS}): {:.2} x",
            ratios[ROUNDS / 2]
        );
    }
}

/// What an idle window asks for.
fn idle() {
    let mut window = Window::with_entries(100);
    window.harness.run();
    let output = window.harness.output();
    let delay = output.viewport_output.values().map(|viewport| viewport.repaint_delay).min().unwrap();
    let frames = if delay.as_secs() >= 10 { 0 } else { 10_000 / delay.as_millis().max(1) };
    println!("frames in 10 s of idleness: {frames} (at most 0)");
}

/// Going back to a folder that was seen before.
fn known_folder() {
    let mut window = Window::with_entries(1000);
    window.harness.run();
    window.go("/Elsewhere");
    window.harness.run();
    let rows_elsewhere = window.rows();
    window.go("");
    let mut frames = 0;
    while window.rows() == rows_elsewhere || window.rows() == 0 {
        window.harness.step();
        frames += 1;
        assert!(frames < 100, "the rows never came");
    }
    println!(
        "frames until the rows of a known folder are drawn, without an answer of the worker: {frames} (at most 1)"
    );
}

struct Window {
    harness: Harness<'static, App>,
    requests: Receiver<Request>,
    events: Sender<Event>,
}

impl Window {
    fn with_entries(count: usize) -> Self {
        let (request_sender, requests) = channel();
        let (events, event_receiver) = channel();
        let (state, startup) = State::new(Settings::default());
        let start = Start {
            state,
            requests: startup,
            port: Port { requests: request_sender, events: event_receiver },
            screenshot: None,
        };
        let harness = Harness::builder()
            .with_size([1280.0, 800.0])
            .with_max_steps(200)
            .build_eframe(move |creation| App::new(creation, start));
        let mut window = Self { harness, requests, events };
        window.answer(count);
        window.harness.run();
        window.answer(count);
        window.harness.run();
        window
    }

    /// Answers all lists that were asked for; other requests stay open, as on a quiet account.
    fn answer(&mut self, count: usize) {
        while let Ok(request) = self.requests.try_recv() {
            if let Request::Run { id, job: Job::List { path, sort } } = request {
                self.list(id, &path, sort, count);
            }
        }
    }

    fn list(&self, id: RequestId, folder: &RemotePath, sort: Sort, count: usize) {
        let entries = (0..count).map(|number| entry(folder, number)).collect();
        let listing = Arc::new(Listing::new(entries, sort, true));
        self.events.send(Event::Update { id, update: Update::Listing(listing) }).unwrap();
        self.events.send(Event::Finished { id, outcome: Outcome::Done(Receipt::Nothing) }).unwrap();
    }

    fn go(&mut self, path: &str) {
        let place = coffer::state::Place::Folder(RemotePath::new(path));
        self.harness.state_mut().act(vec![coffer::state::Action::Go(place)]);
    }

    fn rows(&self) -> usize {
        rows(&self.harness)
    }

    /// Starts an upload of so many files and answers with its number.
    fn upload(&mut self, files: usize, unfolded: bool) -> RequestId {
        let target = RemotePath::root();
        let drop = Action::DropFiles { local_paths: vec!["/home/ida/Many".into()], target: target.clone() };
        self.harness.state_mut().act(vec![drop]);
        let planning = self.asked(|job| matches!(job, Job::PlanUpload { .. }));
        let planned = (0..files).map(|number| PlannedFile {
            local_path: format!("/home/ida/{}", file_name(number)).into(),
            remote_path: target.join(&file_name(number)),
            size_bytes: 4096,
            modified: None,
            conflict: None,
        });
        let plan = UploadPlan { target: target.clone(), files: planned.collect(), ..UploadPlan::default() };
        let outcome = Outcome::Done(Receipt::Planned(Arc::new(plan)));
        self.events.send(Event::Finished { id: planning, outcome }).unwrap();
        self.harness.step();
        let id = self.asked(|job| matches!(job, Job::Upload { .. }));
        if self.harness.state().state().transfers.panel_open != unfolded {
            self.harness.state_mut().act(vec![Action::Command(Command::ToggleTransfers)]);
        }
        if unfolded {
            self.harness.state_mut().act(vec![Action::UnfoldTransfer { id, unfold: true }]);
        }
        self.tell_of_files(id, 0, 1);
        self.harness.run_steps(30);
        if !unfolded && self.harness.state().state().transfers.panel_open {
            self.harness.state_mut().act(vec![Action::Command(Command::ToggleTransfers)]);
            self.harness.run_steps(30);
        }
        id
    }

    /// The number of the first request of a kind; others stay open.
    fn asked(&mut self, is_wanted: impl Fn(&Job) -> bool) -> RequestId {
        loop {
            if let Request::Run { id, job } = self.requests.try_recv().unwrap()
                && is_wanted(&job)
            {
                return id;
            }
        }
    }

    fn tell_of_files(&self, id: RequestId, first: usize, count: usize) {
        let news = (first..first + count).map(|number| FileNews {
            name: file_name(number),
            size_bytes: 4096,
            state: FileState::Verified,
        });
        let progress = Progress {
            phase: Phase::Moving,
            files_done: first as u64,
            files_total: 5_000,
            bytes_done: first as u64 * 4096,
            bytes_total: 5_000 * 4096,
            bytes_per_second: 2_400_000.0,
            current: Some(file_name(first)),
        };
        self.events.send(Event::Update { id, update: Update::Files(news.collect()) }).unwrap();
        self.events.send(Event::Update { id, update: Update::Transfer(progress) }).unwrap();
    }

    /// CPU seconds for some frames; `before` is done before each of them.
    fn frames(&mut self, mut before: impl FnMut(&mut Self)) -> f64 {
        let started = cpu_nanos();
        for _ in 0..FRAMES {
            before(self);
            self.harness.step();
            let shapes = self.harness.output().shapes.clone();
            std::hint::black_box(self.harness.ctx.tessellate(shapes, 1.0));
        }
        (cpu_nanos() - started) as f64 / 1e9
    }

    /// CPU seconds for some frames, each of which shows other rows.
    fn scroll(&mut self) -> f64 {
        let started = cpu_nanos();
        for frame in 0..FRAMES {
            let down = frame % 40 < 20;
            self.harness.event(egui::Event::MouseWheel {
                unit: egui::MouseWheelUnit::Point,
                delta: egui::vec2(0.0, if down { -97.0 } else { 97.0 }),
                phase: egui::TouchPhase::Move,
                source: egui::MouseWheelSource::Wheel,
                modifiers: egui::Modifiers::NONE,
            });
            self.harness.step();
            let shapes = self.harness.output().shapes.clone();
            std::hint::black_box(self.harness.ctx.tessellate(shapes, 1.0));
        }
        (cpu_nanos() - started) as f64 / 1e9
    }
}

fn file_name(number: usize) -> String {
    format!("Many/Folder {:02}/Measurement {number:06}.csv", number / 100)
}

fn entry(folder: &RemotePath, number: usize) -> Entry {
    let time = jiff::Timestamp::from_second(1_780_000_000 + number as i64).unwrap();
    let hash = format!("{number:064x}");
    Entry {
        path: folder.join(&format!("Measurement {number:06}.csv")),
        kind: EntryKind::File(File {
            id: format!("id:{number:022}").into(),
            rev: Rev(format!("{number:015x}").into()),
            size_bytes: 1000 + number as u64,
            client_modified: time,
            server_modified: time,
            content_hash: Some(hash.into()),
        }),
        link: None,
    }
}

/// CPU time of this thread so far.
fn cpu_nanos() -> u64 {
    let text = std::fs::read_to_string("/proc/thread-self/schedstat").unwrap();
    text.split_whitespace().next().unwrap().parse().unwrap()
}
