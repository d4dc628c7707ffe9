//! What people do to a window in tests of dialogs, previews and transfers.

use super::Window;
use super::made_up::{complete, file, folder, now};
use coffer_model::transfer::TransferReport;
use coffer_model::{
    Entry, Event, FolderTotals, Job, Outcome, Problem, ProblemKind, Progress, Receipt, RemotePath,
    ReplyDetails, RequestId, TransferPhase, Update,
};
use coffer_state::action::DialogAction;
use coffer_state::input::ClickModifiers;
use coffer_state::location::Location;
use coffer_state::{Action, Command};
use eframe::egui::{Key, Modifiers};
use jiff::SignedDuration;
use std::sync::Arc;

pub const YEAR: &str = "/Photos/2026";

impl Window {
    /// Selects a row and waits until the inspector has caught up.
    pub fn select(&mut self, name: &str) {
        let listing = self.state().browser.listing.value().unwrap();
        let row = listing.entries.iter().position(|entry| entry.name() == name).unwrap();
        self.act(Action::Click { row, modifiers: ClickModifiers::default() });
        self.wait(0.3);
    }

    pub fn command(&mut self, command: Command) {
        self.act(Action::Command(command));
        self.wait(0.3);
    }

    pub fn dialog(&mut self, action: DialogAction) {
        self.act(Action::Dialog(action));
        self.wait(0.3);
    }

    pub fn chord(&mut self, modifiers: Modifiers, key: Key) {
        self.harness.key_press_modifiers(modifiers, key);
        self.settle();
    }

    /// Lets everything happen that was begun, and answers with the text that was copied last.
    pub fn copied(&mut self) -> String {
        self.settle();
        self.harness.state().copied().to_owned()
    }

    pub fn drop_folder(&mut self) {
        let local_paths = vec!["/home/ida/Days".into()];
        self.act(Action::DropFiles { local_paths, target: Some(RemotePath::new(YEAR)) });
        self.wait(0.2);
    }

    /// Moves a folder and two files to where all of their names are taken.
    pub fn move_onto_taken_names(&mut self) {
        self.account.move_conflicts = true;
        let rows = &self.state().browser.listing.value().unwrap().entries;
        let moved = ["Expedition 2026", "Fjord at dawn.jpg", "Budget.csv"];
        let entries = rows.iter().filter(|entry| moved.contains(&entry.name())).cloned().collect();
        self.act(Action::DropEntries { entries, target: RemotePath::new("/Documents"), copy: false });
        self.wait(0.3);
    }

    /// Copies a folder of 12,400 files and so many bytes.
    pub fn copy_large_folder(&mut self, bytes: u64) {
        let totals = Arc::new(FolderTotals { files: 12_400, folders: 310, bytes, newest: None });
        let entries = vec![Entry { totals: Some(totals), ..folder(&format!("{YEAR}/Expedition 2026")) }];
        self.act(Action::DropEntries { entries, target: RemotePath::new("/Documents"), copy: true });
        self.wait(0.3);
    }

    /// Goes to a folder with a file that may run a program, and opens it.
    pub fn open_program(&mut self) {
        let path = "/Downloads/Photo viewer.desktop";
        let folder = RemotePath::new("/Downloads");
        self.account.listings.push((folder.clone(), Arc::new(complete(vec![file(path, 412, 90)]))));
        self.act(Action::Go(Location::Folder(folder)));
        self.wait(0.2);
        self.act(Action::Open(RemotePath::new(path)));
        self.wait(0.2);
    }

    pub fn upload(&mut self) -> RequestId {
        self.drop_folder();
        self.dialog(DialogAction::ConfirmUpload);
        self.account.id_of(|job| matches!(job, Job::Upload { .. }))
    }

    pub fn download(&mut self, name: &str) -> RequestId {
        self.select(name);
        self.command(Command::Download);
        self.account.id_of(|job| matches!(job, Job::Download { .. }))
    }

    pub fn tell(&mut self, id: RequestId, progress: Progress) {
        self.account.update(id, Update::Transfer(progress));
        self.harness.step();
        self.settle();
    }

    pub fn end(&mut self, id: RequestId, outcome: Outcome) {
        self.account.tell(Event::Finished { id, outcome });
        self.harness.step();
        self.settle();
    }

    /// Brings transfers into every condition there is.
    pub fn make_transfers(&mut self) {
        let done = self.download("Fjord at dawn.jpg");
        let report = TransferReport { files: 1, bytes: 4_800_000, ..TransferReport::default() };
        self.end(done, Outcome::Done(Receipt::Transferred { report, operation: None }));
        let failed = self.download("Permit application (signed).pdf");
        self.end(failed, Outcome::Failed(full()));
        let first = self.upload();
        self.tell(first, progress(TransferPhase::Moving, (388, 412), (860_000_000, 960_000_000)));
        let second = self.download("Crossing the glacier.mp4");
        self.tell(second, progress(TransferPhase::Moving, (0, 1), (61_000_000, 96_400_000)));
        let third = self.download("Archive 2025.zip");
        let until = now() + SignedDuration::from_secs(12);
        let waiting = TransferPhase::Waiting { until, reason: "Waiting for Dropbox".to_owned() };
        self.tell(third, progress(waiting, (0, 1), (98_000_000, 312_000_000)));
        if !self.state().transfers.panel_open {
            self.command(Command::ToggleTransfers);
        }
        // The speed of all is measured.
        for seconds in 1..=6 {
            let moving = |files, bytes| Progress {
                bytes_passed: seconds * 12_000_000,
                ..progress(TransferPhase::Moving, files, bytes)
            };
            let [up, down] =
                [moving((388, 412), (860_000_000, 960_000_000)), moving((0, 1), (61_000_000, 96_400_000))];
            self.account.update(first, Update::Transfer(up));
            self.account.update(second, Update::Transfer(down));
            self.jump(1.0);
        }
    }
}

pub fn progress(phase: TransferPhase, files: (u64, u64), bytes: (u64, u64)) -> Progress {
    Progress {
        phase,
        files_done: files.0,
        files_total: files.1,
        bytes_done: bytes.0,
        bytes_total: bytes.1,
        bytes_per_second: 12_000_000.0,
        bytes_passed: 0,
        current: None,
    }
}

pub fn full() -> Problem {
    Problem {
        title: "Your Dropbox is full".to_owned(),
        detail: "Make room or get more space, then try again.".to_owned(),
        path: Some(RemotePath::new("/Photos/2026/Budget.csv")),
        kind: ProblemKind::AccountFull,
        reply: Some(Box::new(ReplyDetails {
            request_id: Some("3f8c2a6d9b1e4f70a5c8d2e6b9f01347".into()),
            sign_in_page: None,
        })),
        source: None,
    }
}
