//! A window whose account is made up: what the worker would answer is sent by the benchmark itself.

use super::{FRAMES, cpu_secs, rows};
use coffer::ui::app::{App, Start};
use coffer_model::message::Update;
use coffer_model::transfer::{FileState, FileUpdate, PlannedFile, UploadPlan};
use coffer_model::{
    Entry, EntryKind, Event, File, Job, Listing, Outcome, Port, Progress, Receipt, RemotePath, Request,
    RequestId, Rev, Settings, Sort, TransferPhase,
};
use coffer_state::action::DialogAction;
use coffer_state::{Action, Command, State};
use egui_kittest::Harness;
use std::sync::Arc;
use std::sync::mpsc::{Receiver, Sender, channel};

/// A window over answers that are made up here.
pub struct Window {
    pub harness: Harness<'static, App>,
    requests: Receiver<Request>,
    events: Sender<Event>,
}

impl Window {
    pub fn with_entries(count: usize) -> Self {
        let (request_sender, requests) = channel();
        let (events, event_receiver) = channel();
        let (state, startup) = State::new(Settings::default());
        let port = Port { requests: request_sender, events: event_receiver };
        let start = Start::new(state, startup, port);
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

    pub fn go(&mut self, path: &str) {
        let place = coffer_state::Location::Folder(RemotePath::new(path));
        self.harness.state_mut().act(coffer_state::Action::Go(place));
    }

    pub fn rows(&self) -> usize {
        rows(&self.harness)
    }

    /// Starts an upload of so many files and answers with its number.
    pub fn upload(&mut self, files: usize, unfolded: bool) -> RequestId {
        let target = RemotePath::root();
        let drop =
            Action::DropFiles { local_paths: vec!["/home/ida/Many".into()], target: Some(target.clone()) };
        self.harness.state_mut().act(drop);
        let planning = self.asked(|job| matches!(job, Job::PlanUpload { .. }));
        let planned = (0..files).map(|number| PlannedFile {
            local_path: format!("/home/ida/{}", file_name(number)).into(),
            remote_path: target.join(&file_name(number)),
            size_bytes: 4096,
            modified: None,
            conflict: None,
            decision: None,
        });
        let plan = UploadPlan { target: target.clone(), files: planned.collect(), ..UploadPlan::default() };
        let outcome = Outcome::Done(Receipt::Planned(Arc::new(plan)));
        self.events.send(Event::Finished { id: planning, outcome }).unwrap();
        self.harness.step();
        // So many files are asked about.
        self.harness.state_mut().act(Action::Dialog(DialogAction::ConfirmLargeOperation));
        let id = self.asked(|job| matches!(job, Job::Upload { .. }));
        if self.harness.state().state().transfers.panel_open != unfolded {
            self.harness.state_mut().act(Action::Command(Command::ToggleTransfers));
        }
        if unfolded {
            self.harness.state_mut().act(Action::UnfoldTransfer { id, unfold: true });
        }
        self.tell_of_files(id, 0, 1);
        self.harness.run_steps(30);
        if !unfolded && self.harness.state().state().transfers.panel_open {
            self.harness.state_mut().act(Action::Command(Command::ToggleTransfers));
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

    pub fn tell_of_files(&self, id: RequestId, first: usize, count: usize) {
        let news = (first..first + count).map(|number| FileUpdate {
            name: file_name(number),
            size_bytes: 4096,
            state: FileState::Verified,
        });
        let progress = Progress {
            phase: TransferPhase::Moving,
            files_done: first as u64,
            files_total: 5_000,
            bytes_done: first as u64 * 4096,
            bytes_total: 5_000 * 4096,
            bytes_per_second: 2_400_000.0,
            bytes_passed: first as u64 * 4096,
            current: Some(file_name(first)),
        };
        self.events.send(Event::Update { id, update: Update::Files(news.collect()) }).unwrap();
        self.events.send(Event::Update { id, update: Update::Transfer(progress) }).unwrap();
    }

    /// CPU seconds for some frames; `before` is done before each of them.
    pub fn frames(&mut self, mut before: impl FnMut(&mut Self)) -> f64 {
        let started = cpu_secs();
        for _ in 0..FRAMES {
            before(self);
            self.harness.step();
            let shapes = self.harness.output().shapes.clone();
            std::hint::black_box(self.harness.ctx.tessellate(shapes, 1.0));
        }
        cpu_secs() - started
    }

    /// CPU seconds for some frames, each of which shows other rows.
    pub fn scroll(&mut self) -> f64 {
        let started = cpu_secs();
        for frame in 0..FRAMES {
            let down = frame % 40 < 20;
            let events = scrolling(if down { -97.0 } else { 97.0 });
            self.harness.input_mut().events.extend(events);
            self.harness.step();
            let shapes = self.harness.output().shapes.clone();
            std::hint::black_box(self.harness.ctx.tessellate(shapes, 1.0));
        }
        cpu_secs() - started
    }
}

/// The pointer over the rows, and a turn of the wheel by so many points.
pub fn scrolling(points: f32) -> [egui::Event; 2] {
    let wheel = egui::Event::MouseWheel {
        unit: egui::MouseWheelUnit::Point,
        delta: egui::vec2(0.0, points),
        phase: egui::TouchPhase::Move,
        source: egui::MouseWheelSource::Wheel,
        modifiers: egui::Modifiers::NONE,
    };
    [egui::Event::PointerMoved(egui::pos2(300.0, 300.0)), wheel]
}

fn file_name(number: usize) -> String {
    format!("Many/Folder {:02}/Measurement {number:06}.csv", number / 100)
}

fn entry(folder: &RemotePath, number: usize) -> Entry {
    let time = jiff::Timestamp::from_second(1_780_000_000 + number as i64).unwrap();
    let hash = format!("{number:064x}");
    Entry::new(
        folder.join(&format!("Measurement {number:06}.csv")),
        EntryKind::File(File {
            id: format!("id:{number:022}").into(),
            rev: Rev(format!("{number:015x}").into()),
            size_bytes: 1000 + number as u64,
            client_modified: time,
            server_modified: time,
            content_hash: Some(hash.into()),
            access: coffer_model::entry::ContentAccess::Download,
        }),
    )
}
