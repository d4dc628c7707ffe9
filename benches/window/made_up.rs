//! A window whose account is made up: what the worker would answer is sent by the benchmark itself.

use super::{FRAMES, cpu_secs, rows};
use coffer::ui::app::{App, Start};
use coffer_model::message::Update;
use coffer_model::transfer::{FileState, FileUpdate, PlannedFile, UploadPlan};
use coffer_model::{
    Entry, EntryKind, Event, File, Job, Listing, Outcome, Pixels, Port, Progress, Receipt, RemotePath,
    Request, RequestId, Rev, Settings, Sort, TransferPhase, ViewMode,
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
    /// What was asked for and not answered or cancelled.
    running: Vec<(RequestId, Job)>,
    picture: Arc<Pixels>,
    /// Of the files that are listed.
    extension: &'static str,
}

impl Window {
    pub fn with_entries(count: usize) -> Self {
        Self::open(Settings::default(), count, "csv")
    }

    /// A grid of pictures that are as large as any is drawn in it.
    pub fn with_pictures(count: usize) -> Self {
        Self::open(Settings { view: ViewMode::Grid, ..Settings::default() }, count, "jpg")
    }

    fn open(settings: Settings, count: usize, extension: &'static str) -> Self {
        let (request_sender, requests) = channel();
        let (events, event_receiver) = channel();
        let (state, startup) = State::new(settings);
        let port = Port { requests: request_sender, events: event_receiver };
        let start = Start::new(state, startup, port);
        let harness = Harness::builder()
            .with_size([1280.0, 800.0])
            .with_max_steps(200)
            .build_eframe(move |creation| App::new(creation, start));
        let picture =
            Arc::new(Pixels { width: 256, height: 256, rgba: vec![[90, 140, 120, 255]; 256 * 256] });
        let mut window = Self { harness, requests, events, running: Vec::new(), picture, extension };
        for _ in 0..2 {
            window.answer_all_lists(count);
            window.harness.run();
        }
        window
    }

    fn take_requests(&mut self) {
        while let Ok(request) = self.requests.try_recv() {
            match request {
                Request::Run { id, job } => self.running.push((id, job)),
                Request::Cancel(id) => self.running.retain(|(running, _)| *running != id),
                Request::Control { .. } | Request::Close => {}
            }
        }
    }

    /// The rows of the folder shown that are asked for and not cancelled.
    pub fn running_lists(&mut self) -> usize {
        self.take_requests();
        let shown = self.harness.state().state().navigation.current().folder().cloned();
        let is_list =
            |job: &Job| matches!(job, Job::List { path, .. } if path.as_str().starts_with("/Folder"));
        let lists = self.running.iter().filter(|(_, job)| is_list(job)).count();
        assert!(shown.is_some());
        lists
    }

    /// Answers all lists that were asked for; other requests stay open, as on a quiet account. Answers how many of them were
    /// for folders that are not shown.
    pub fn answer_all_lists(&mut self, count: usize) -> usize {
        self.take_requests();
        let (lists, others) = std::mem::take(&mut self.running)
            .into_iter()
            .partition(|(_, job)| matches!(job, Job::List { .. }));
        self.running = others;
        let lists: Vec<(RequestId, Job)> = lists;
        let mut unwanted = 0;
        for (id, job) in lists {
            if let Job::List { path, sort } = job {
                let shown = self.harness.state().state().navigation.current().folder();
                let is_shown = shown == Some(&path) || path.is_root();
                unwanted += usize::from(!is_shown);
                self.list(id, &path, sort, count);
            }
        }
        unwanted
    }

    /// Sends the thumbnails that were asked for, as the cache on the disk would.
    pub fn answer_thumbnails(&mut self) {
        self.take_requests();
        for (id, job) in std::mem::take(&mut self.running) {
            let Job::Thumbnails(wanted) = job else {
                self.running.push((id, job));
                continue;
            };
            for thumbnail in wanted {
                let update =
                    Update::Thumbnail { key: thumbnail.key, pixels: Some(Arc::clone(&self.picture)) };
                self.events.send(Event::Update { id, update }).unwrap();
            }
            self.events.send(Event::Finished { id, outcome: Outcome::Done(Receipt::Nothing) }).unwrap();
        }
    }

    /// CPU seconds of one frame, before which something is done.
    pub fn frame(&mut self, before: impl FnOnce(&mut Self)) -> f64 {
        before(self);
        let started = cpu_secs();
        self.harness.step();
        let shapes = self.harness.output().shapes.clone();
        std::hint::black_box(self.harness.ctx.tessellate(shapes, 1.0));
        cpu_secs() - started
    }

    pub fn texture_bytes(&self) -> usize {
        self.harness.state().thumbnail_bytes()
    }

    /// Whether the row with this number is on the screen.
    pub fn shows(&self, row: usize) -> bool {
        use egui_kittest::kittest::Queryable as _;
        let name = format!("Measurement {row:06}.csv");
        self.harness.query_by_role_and_label(egui::Role::Row, &name).is_some()
    }

    fn list(&self, id: RequestId, folder: &RemotePath, sort: Sort, count: usize) {
        let entries = (0..count).map(|number| entry(folder, number, self.extension)).collect();
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

fn entry(folder: &RemotePath, number: usize, extension: &str) -> Entry {
    let time = jiff::Timestamp::from_second(1_780_000_000 + number as i64).unwrap();
    let hash = format!("{number:064x}");
    Entry::new(
        folder.join(&format!("Measurement {number:06}.{extension}")),
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
