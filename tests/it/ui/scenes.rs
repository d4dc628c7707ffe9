//! Transfers in all conditions and numbers, for tests of the panel and its pictures.

use super::Window;
use super::acts::{YEAR, full, progress};
use super::made_up::{file, folder, now};
use coffer_model::message::UnfinishedTransfer;
use coffer_model::transfer::{
    FileState, FileUpdate, OnExisting, PlannedFile, PlannedFiles, TransferReport, UploadPlan,
};
use coffer_model::working_copy::EditConflict;
use coffer_model::{
    Entry, Event, Job, Outcome, Problem, ProblemKind, Progress, Receipt, RemotePath, RequestId,
    TransferPhase, Update,
};
use coffer_model::{WorkingCopy, WorkingCopyId, WorkingCopyState};
use coffer_state::Action;
use coffer_state::action::OpenFileAction;
use coffer_state::transfers::Section;
use jiff::SignedDuration;
use std::sync::Arc;

const NAMES: [&str; 6] = [
    "Crossing the glacier.mp4",
    "Expedition 2026",
    "Archive 2025.zip",
    "Lighthouse panorama, stitched from seventeen pictures taken on the pier at Hanstholm.png",
    "Überfahrt nach Ålesund.png",
    "Field notes.md",
];

const MEGABYTE: u64 = 1_000_000;

impl Window {
    /// Tells the window of transfers of an earlier run, which it then starts.
    fn go_on_with(&mut self, jobs: Vec<Job>) -> Vec<RequestId> {
        let before = self.running();
        let session = self.account.id_of(|job| matches!(job, Job::Session(_)));
        let unfinished = jobs.into_iter().map(|job| UnfinishedTransfer::new(Arc::new(job)));
        self.account.update(session, Update::Unfinished(unfinished.collect()));
        self.step();
        let toasts: Vec<u64> = self.state().toasts.list().iter().map(|toast| toast.id).collect();
        for toast in toasts {
            self.act(Action::DismissToast(toast));
        }
        self.running().into_iter().filter(|id| !before.contains(id)).collect()
    }

    fn running(&self) -> Vec<RequestId> {
        self.state().transfers.ids(Section::Running).iter().copied().collect()
    }

    fn step(&mut self) {
        self.harness.step();
        self.settle();
    }

    pub fn open_panel(&mut self) {
        if !self.state().transfers.panel_open {
            self.command(coffer_state::Command::ToggleTransfers);
        }
    }

    /// So many transfers in a queue: the first ones move for some seconds, the others wait for their turn.
    pub fn start_transfers(&mut self, count: usize, seconds: u32) {
        let ids = self.go_on_with((0..count).map(|number| job(number, 40)).collect());
        self.open_panel();
        for second in 0..seconds {
            for (at, id) in ids.iter().take(4).enumerate() {
                self.account.update(*id, Update::Transfer(moving(at, f64::from(second))));
            }
            self.jump(1.0);
        }
        self.step();
    }

    pub fn pause_transfers(&mut self) {
        self.act(Action::PauseAllTransfers);
        for (at, id) in self.running().into_iter().enumerate() {
            let phase = TransferPhase::Paused;
            self.account.update(id, Update::Transfer(Progress { phase, ..moving(at, 119.0) }));
        }
        self.step();
    }

    /// Twelve transfers that ended, well or not; two still run.
    pub fn end_transfers(&mut self, section: Section) {
        self.start_transfers(14, 3);
        let failed = |title: &str, detail: &str| Problem {
            title: title.to_owned(),
            detail: detail.to_owned(),
            kind: ProblemKind::ServiceFailed,
            ..full()
        };
        for (at, id) in self.running().into_iter().skip(2).enumerate() {
            let report = TransferReport { files: 1, bytes: 4_800_000, ..TransferReport::default() };
            let done = |report| Outcome::Done(Receipt::Transferred { report, operation: None });
            let outcome = match at % 6 {
                0 => Outcome::Failed(full()),
                1 => done(TransferReport { files: 39, failed: vec![full()], ..report }),
                2 => done(TransferReport { files: 0, skipped: 1, ..report }),
                3 => Outcome::Cancelled,
                4 => Outcome::Failed(failed(
                    "“Field notes.md” could not be uploaded",
                    "The file changed during the upload. Try again when no program is writing to it.",
                )),
                _ => done(TransferReport { files: 40, bytes: 160_000_000, ..report }),
            };
            self.account.tell(Event::Finished { id, outcome });
        }
        self.step();
        let toasts: Vec<u64> = self.state().toasts.list().iter().map(|toast| toast.id).collect();
        for toast in toasts {
            self.act(Action::DismissToast(toast));
        }
        self.act(Action::ChooseSection(section));
        self.wait(0.3);
    }

    /// Files that are open in other programs, in all conditions; the panel lists them.
    pub fn open_files(&mut self) {
        let copies = vec![
            open_file("Budget.csv", WorkingCopyState::Edited),
            open_file("Fjord at dawn.jpg", WorkingCopyState::Saved),
            open_file("Letter to Ida.odt", WorkingCopyState::Unsent),
            file_in_conflict(),
            open_file(
                "Expedition plan, second draft with the comments of the harbour master.docx",
                WorkingCopyState::Unsent,
            ),
        ];
        let last = copies.last().map(|copy| copy.id.clone());
        self.list_open_files(copies);
        if let Some(id) = last {
            self.act(Action::OpenFile { id, action: OpenFileAction::Discard });
        }
        self.wait(0.3);
    }

    /// One that others have changed too, and one with changes.
    pub fn open_files_in_conflict(&mut self) {
        self.list_open_files(vec![file_in_conflict(), open_file("Budget.csv", WorkingCopyState::Edited)]);
        self.wait(0.3);
    }

    fn list_open_files(&mut self, copies: Vec<WorkingCopy>) {
        let session = self.account.id_of(|job| matches!(job, Job::Session(_)));
        self.account.update(session, Update::WorkingCopies(copies));
        self.step();
        self.open_panel();
        self.act(Action::ChooseSection(Section::OpenFiles));
    }

    /// One upload of many files, unfolded: some are there, some are on their way, some failed.
    pub fn upload_many(&mut self, count: usize) -> RequestId {
        let ids = self.go_on_with(vec![job(0, 1), job(1, count)]);
        self.open_panel();
        let id = ids[1];
        let size_bytes = |number: usize| 900 + (number as u64 * 7919) % 9_000_000;
        let news = |number: usize, state: FileState| FileUpdate {
            name: file_name(number),
            size_bytes: size_bytes(number),
            state,
        };
        let failed = |number: usize| Problem {
            title: format!("“{}” could not be read", file_name(number)),
            detail: "You have no permission to open it.".to_owned(),
            ..full()
        };
        let there = (0..count * 2 / 5).map(|number| match number {
            _ if number % 97 == 3 => news(number, FileState::Failed(failed(number))),
            _ if number % 11 == 6 => news(number, FileState::CopiedInAccount),
            _ if number % 29 == 8 => news(number, FileState::Skipped),
            _ if number % 7 == 4 => {
                news(number, FileState::Moving { bytes_done: size_bytes(number) * (number as u64 % 10) / 10 })
            }
            _ => news(number, FileState::Verified),
        });
        self.account.update(id, Update::Files(there.collect()));
        let done = progress(TransferPhase::Moving, (1_950, count as u64), (860 * MEGABYTE, 2_100 * MEGABYTE));
        self.account.update(id, Update::Transfer(done));
        self.account.update(ids[0], Update::Transfer(moving(0, 60.0)));
        self.step();
        for second in 61..=65 {
            self.account.update(ids[0], Update::Transfer(moving(0, f64::from(second))));
            self.jump(1.0);
        }
        self.act(Action::UnfoldTransfer { id, unfold: true });
        self.wait(0.2);
        id
    }
}

/// The working copy of the notes that others have changed too.
pub fn notes_in_conflict() -> WorkingCopyId {
    file_in_conflict().id
}

fn open_file(name: &str, state: WorkingCopyState) -> WorkingCopy {
    WorkingCopy {
        id: WorkingCopyId(name.into()),
        remote_path: RemotePath::new(YEAR).join(name),
        local_path: format!("/home/ida/.local/state/coffer/working-copies/1/file/{name}").into(),
        state,
        conflict: None,
    }
}

fn file_in_conflict() -> WorkingCopy {
    let mine = "Field notes (conflicted copy 2026-03-09).md";
    let conflict = EditConflict {
        theirs: RemotePath::new(YEAR).join("Field notes.md"),
        mine: RemotePath::new(YEAR).join(mine),
    };
    WorkingCopy { conflict: Some(conflict), ..open_file(mine, WorkingCopyState::Saved) }
}

pub fn file_name(number: usize) -> String {
    format!("Expedition 2026/Day {}/Camera roll {number:05}.jpg", number / 100 + 1)
}

/// The same as it stands in a row: all of them are in one folder, which the transfer is called by.
pub fn row_name(number: usize) -> String {
    file_name(number).replace("Expedition 2026/", "")
}

/// Uploads and downloads in turn; each second one is a folder of `files` files.
pub fn job(number: usize, files: usize) -> Job {
    let name = NAMES[number % NAMES.len()];
    if number % 3 == 2 {
        let entry = |name: &str| match name {
            "Expedition 2026" => folder(&format!("{YEAR}/{name}")),
            _ => file(&format!("{YEAR}/{number} {name}"), 312 * MEGABYTE, 60),
        };
        let entries: Vec<Entry> = vec![entry(name)];
        return Job::Download { entries, folder: "/home/ida/Downloads".into(), existing: OnExisting::Number };
    }
    let target = RemotePath::new(YEAR);
    let names: Vec<String> =
        if name == "Expedition 2026" { (0..files).map(file_name).collect() } else { vec![name.to_owned()] };
    let planned = names.iter().map(|name| PlannedFile {
        local_path: format!("/home/ida/Pictures/{name}").into(),
        remote_path: target.join(name),
        size_bytes: 4 * MEGABYTE + number as u64,
        modified: None,
        conflict: None,
        decision: None,
    });
    let files: PlannedFiles = planned.collect();
    let total_bytes = files.total_bytes();
    let plan = UploadPlan { target, files, total_bytes, ..UploadPlan::default() };
    Job::Upload { plan: Arc::new(plan) }
}

fn moving(at: usize, second: f64) -> Progress {
    let speed = |second: f64| {
        let wave = |slow: f64, phase: f64| 0.6 + 0.4 * (second / slow + phase).sin();
        match at {
            0 => 18e6 * wave(9.0, 0.0) * wave(3.1, 1.0),
            1 => 6e6 * wave(14.0, 2.0),
            2 => 9e6 * wave(11.0, 4.0) * (second / 60.0).min(1.0),
            _ => 1e6,
        }
    };
    let bytes_passed = (0..=second as u32).map(|second| speed(f64::from(second))).sum::<f64>() as u64;
    let total = [960, 160, 312, 18].get(at).copied().unwrap_or(40) * MEGABYTE;
    let files = if at == 1 { (24, 40) } else { (0, 1) };
    let phase = if at == 3 {
        TransferPhase::Waiting {
            until: now() + SignedDuration::from_secs(12),
            reason: "Waiting for Dropbox".to_owned(),
        }
    } else {
        TransferPhase::Moving
    };
    let done = (total as f64 * (0.2 + second / 240.0)) as u64;
    Progress { bytes_per_second: speed(second), bytes_passed, ..progress(phase, files, (done, total)) }
}
