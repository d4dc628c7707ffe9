//! What the window costs while thousands of files go up, against the same window of the same folder with nothing to do.

use super::made_up::{Window, scrolling};
use super::real::Real;
use super::{ROUNDS, cpu_secs};
use coffer_model::{RemotePath, RequestId, TransferPhase};
use coffer_state::action::DialogAction;
use coffer_state::transfers::Section;
use coffer_state::{Action, Command, Location};
use std::fs;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

const FILES: usize = 5_000;
const FOLDERS: usize = 50;
const FILE_BYTES: usize = 4096;
/// The folder that is shown, and what is in it.
const SHOWN: &str = "/Shown";
const ENTRIES: usize = 100;

/// A screen that shows 60 pictures a second.
const FRAME: Duration = Duration::from_micros(16_667);
/// Frames before and after the upload that are no part of it.
const QUIET_FRAMES: usize = 60;

/// A frame while news of an upload of 5,000 files stream in against a frame of the same folder in which nothing
/// happens: with the panel closed, and with it open and the files listed in it.
pub fn news() {
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

/// The real worker sends real files to the real server. Two windows of the same folder draw the same frames in turn:
/// in one files go up, in the other nothing happens.
pub fn real() {
    let home = tempfile::tempdir().unwrap();
    let folders = tree(home.path());
    for target in [SHOWN, "/Elsewhere"] {
        for unfolded in [false, true] {
            let run = Run { folders: &folders, target, unfolded };
            run.measure();
        }
    }
}

struct Run<'a> {
    folders: &'a [PathBuf],
    target: &'a str,
    unfolded: bool,
}

impl Run<'_> {
    fn measure(&self) {
        let scrolled = self.upload(true);
        let asked = self.upload(false);
        let target = if self.target == SHOWN { "the folder shown" } else { "another folder" };
        let (panel, idle) = if self.unfolded {
            ("its files listed in the panel", "while they are paused")
        } else {
            ("the panel closed", "of the idle folder")
        };
        let [mean, most, longest] = scrolled.ratios();
        println!(
            "a scrolled frame while {FILES} files go up into {target}, with {panel}, against one {idle} (CPU): \
             mean {mean:.2} x, 99th percentile {most:.2} x, longest {longest:.2} x ({:.1} ms)",
            scrolled.longest_secs() * 1000.0
        );
        let [mean, most, longest] = asked.ratios();
        println!(
            "  left alone: {:.1} frames a second; mean {mean:.2} x, 99th percentile {most:.2} x, longest \
             {longest:.2} x ({:.1} ms)",
            asked.count() as f64 / asked.secs,
            asked.longest_secs() * 1000.0
        );
    }

    /// Sends the files and notes what each frame costs until all have arrived. All frames of a person who scrolls all
    /// the time are drawn, or only those for which the window asks.
    fn upload(&self, scrolls: bool) -> Frames {
        let mut pair = Pair::open();
        if self.unfolded {
            // The same panel with the same files, only that nothing happens to them.
            let id = self.begin(&mut pair, IDLE);
            pair.windows[IDLE].act(Action::PauseTransfer(id));
            while pair.windows[IDLE].transfer(id).phase() != Some(&TransferPhase::Paused) {
                assert!(pair.windows[IDLE].transfer(id).is_running(), "it ended before it was paused");
                pair.draw(&[]);
            }
        }
        let id = self.begin(&mut pair, BUSY);
        let mut frames = Frames::default();
        let began = Instant::now();
        let mut next = began;
        while pair.windows[BUSY].transfer(id).is_running() {
            next = (next + FRAME).max(Instant::now());
            std::thread::sleep(next.saturating_duration_since(Instant::now()));
            if scrolls {
                let down = frames.count() % 40 < 20;
                frames.note(pair.draw(&scrolling(if down { -97.0 } else { 97.0 })));
            } else if pair.windows[BUSY].wants_frame() {
                frames.note(pair.draw(&[]));
            }
        }
        frames.secs = began.elapsed().as_secs_f64();
        let transfer = pair.windows[BUSY].transfer(id);
        assert!(!transfer.has_failed(), "{:?}", transfer.problems());
        frames
    }

    /// Drops the folders on a window; answers as soon as their way begins.
    fn begin(&self, pair: &mut Pair, which: usize) -> RequestId {
        let target = RemotePath::new(self.target);
        pair.windows[which]
            .act(Action::DropFiles { local_paths: self.folders.to_vec(), target: Some(target) });
        pair.windows[which].act(Action::Command(Command::ToggleTransfers));
        let id = loop {
            pair.draw(&[]);
            // So many files are asked about once they were looked at.
            pair.windows[which].act(Action::Dialog(DialogAction::ConfirmLargeOperation));
            if let Some(id) = pair.windows[which].state().transfers.ids(Section::Running).front() {
                break *id;
            }
        };
        // A panel that was closed once does not open by itself.
        pair.windows[which].act(if self.unfolded {
            Action::UnfoldTransfer { id, unfold: true }
        } else {
            Action::Command(Command::ToggleTransfers)
        });
        id
    }
}

const IDLE: usize = 0;
const BUSY: usize = 1;

/// The same window twice, each with an account of its own.
struct Pair {
    windows: [Real; 2],
    began: Instant,
    first: usize,
}

impl Pair {
    /// Both show the folder.
    fn open() -> Self {
        let show = || [Action::Go(Location::Folder(RemotePath::new(SHOWN)))];
        let windows = [IDLE, BUSY].map(|_| Real::open(SHOWN, ENTRIES, show()));
        let mut pair = Self { windows, began: Instant::now(), first: IDLE };
        while !pair.windows.iter().all(Real::is_listed) {
            pair.draw(&[]);
        }
        for _ in 0..QUIET_FRAMES {
            pair.draw(&[]);
        }
        pair
    }

    /// Draws a frame in both; answers what it cost in each.
    fn draw(&mut self, events: &[egui::Event]) -> [f64; 2] {
        let secs = self.began.elapsed().as_secs_f64();
        let mut costs = [0.0; 2];
        // Each is drawn first in every other frame: who comes second finds the caches warm.
        self.first = 1 - self.first;
        for which in [self.first, 1 - self.first] {
            let events = events.to_vec();
            let started = cpu_secs();
            self.windows[which].draw(secs, events);
            costs[which] = cpu_secs() - started;
        }
        costs
    }
}

/// CPU seconds of frames drawn in the same moments.
#[derive(Default)]
struct Frames {
    costs: [Vec<f64>; 2],
    /// How long it took.
    secs: f64,
}

impl Frames {
    fn note(&mut self, costs: [f64; 2]) {
        for (frames, cost) in self.costs.iter_mut().zip(costs) {
            frames.push(cost);
        }
    }

    fn count(&self) -> usize {
        self.costs[BUSY].len()
    }

    /// Of the mean, the 99th percentile and the longest.
    fn ratios(&self) -> [f64; 3] {
        let [idle, busy] = self.costs.each_ref().map(|frames| Cost::of(frames));
        [busy.mean / idle.mean, busy.most / idle.most, busy.longest / idle.longest]
    }

    fn longest_secs(&self) -> f64 {
        Cost::of(&self.costs[BUSY]).longest
    }
}

struct Cost {
    mean: f64,
    most: f64,
    longest: f64,
}

impl Cost {
    fn of(frames: &[f64]) -> Self {
        let mut sorted = frames.to_vec();
        sorted.sort_by(f64::total_cmp);
        let at = |share: f64| sorted[((sorted.len() - 1) as f64 * share) as usize];
        Self { mean: sorted.iter().sum::<f64>() / sorted.len() as f64, most: at(0.99), longest: at(1.0) }
    }
}

/// Folders of small files of noise.
fn tree(home: &Path) -> Vec<PathBuf> {
    let mut random = fastrand::Rng::with_seed(1);
    let mut content = vec![0; FILE_BYTES];
    let folder = |number: usize| home.join(format!("Series {number:02}"));
    for number in 0..FILES {
        let folder = folder(number % FOLDERS);
        fs::create_dir_all(&folder).unwrap();
        random.fill(&mut content);
        fs::write(folder.join(format!("Measurement {number:06}.csv")), &content).unwrap();
    }
    (0..FOLDERS).map(folder).collect()
}
