//! The inspector, previews, dialogs, toasts, transfers: what they show, what they can be made to do by keyboard and
//! by name, and pictures of them to be looked at.

use super::made_up::now;
use super::{Window, dark, light};
use coffer::model::transfer::TransferReport;
use coffer::model::{
    Event, Job, Outcome, Phase, Problem, Progress, Receipt, Recovery, RemotePath, RequestId, Settings, Update,
};
use coffer::state::action::{ClickModifiers, DialogAction};
use coffer::state::inspector::Tab;
use coffer::state::{Action, Command};
use egui_kittest::kittest::Queryable;
use jiff::SignedDuration;

const YEAR: &str = "/Photos/2026";
const SIZES: [(&str, [f32; 2]); 2] = [("small", [1000.0, 640.0]), ("middle", [1280.0, 800.0])];

fn select(window: &mut Window, name: &str) {
    let row = window
        .state()
        .browser
        .listing
        .value()
        .and_then(|listing| listing.entries.iter().position(|entry| entry.name() == name))
        .unwrap_or_else(|| panic!("no {name}"));
    window.act(Action::Click { row, modifiers: ClickModifiers::default() });
    window.wait(0.3);
}

fn open(size: [f32; 2], settings: Settings, name: &str) -> Window {
    let mut window = Window::open_at(size, settings, YEAR);
    select(&mut window, name);
    window
}

fn all_looks(name: &str, mut prepare: impl FnMut(&mut Window)) {
    for (size_name, size) in SIZES {
        for (theme, settings) in [("light", light()), ("dark", dark())] {
            let mut window = Window::open_at(size, settings, YEAR);
            prepare(&mut window);
            window.save(&format!("{name}-{size_name}-{theme}"));
        }
    }
}

#[test]
fn looks_of_the_inspector() {
    for name in [
        "Fjord at dawn.jpg",
        "Field notes.md",
        "ascent.rs",
        "Read me first.txt",
        "Budget.csv",
        "Archive 2025.zip",
        "Badge.png",
        "Portrait of Ida.jpg",
        "Sketches",
    ] {
        let file = name.replace([' ', '.'], "-");
        let mut window = open([1280.0, 800.0], light(), name);
        window.save(&format!("inspector-{file}-light"));
        let mut window = open([1000.0, 640.0], dark(), name);
        window.save(&format!("inspector-{file}-dark"));
    }
}

fn drop_files(window: &mut Window) {
    let local_paths = vec!["/home/ida/Days".into()];
    window.act(Action::DropFiles { local_paths, target: RemotePath::new(YEAR) });
}

fn progress(phase: Phase, files: (u64, u64), bytes: (u64, u64)) -> Progress {
    Progress {
        phase,
        files_done: files.0,
        files_total: files.1,
        bytes_done: bytes.0,
        bytes_total: bytes.1,
        bytes_per_second: 12_000_000.0,
        current: None,
    }
}

fn upload(window: &mut Window) -> RequestId {
    drop_files(window);
    window.act(Action::Dialog(DialogAction::ConfirmUpload));
    window.account.id_of(|job| matches!(job, Job::Upload { .. }))
}

fn download(window: &mut Window, name: &str) -> RequestId {
    select(window, name);
    window.act(Action::Command(Command::Download));
    window.account.id_of(|job| matches!(job, Job::Download { .. }))
}

fn tell(window: &mut Window, id: RequestId, progress: Progress) {
    window.account.update(id, Update::Transfer(progress));
    window.settle();
}

fn end(window: &mut Window, id: RequestId, outcome: Outcome) {
    window.account.tell(Event::Finished { id, outcome });
    window.settle();
}

fn full() -> Problem {
    Problem {
        title: "Your Dropbox is full".to_owned(),
        detail: "Make room or get more space, then try again.".to_owned(),
        path: Some(RemotePath::new("/Photos/2026/Budget.csv")),
        recovery: Recovery::Space,
        request_id: Some("3f8c2a6d9b1e4f70a5c8d2e6b9f01347".to_owned()),
    }
}

/// Brings transfers into every condition there is.
fn with_transfers(window: &mut Window) {
    let done = download(window, "Fjord at dawn.jpg");
    let report = TransferReport { files: 1, bytes: 4_800_000, ..TransferReport::default() };
    end(window, done, Outcome::Done(Receipt::Transferred { report, undo: None }));
    let failed = download(window, "Permit application (signed).pdf");
    end(window, failed, Outcome::Failed(full()));
    let first = upload(window);
    tell(window, first, progress(Phase::Moving, (388, 412), (860_000_000, 960_000_000)));
    let second = download(window, "Crossing the glacier.mp4");
    tell(window, second, progress(Phase::Moving, (0, 1), (61_000_000, 96_400_000)));
    let third = download(window, "Archive 2025.zip");
    let until = now() + SignedDuration::from_secs(12);
    let waiting = Phase::Waiting { until, reason: "Waiting for Dropbox".to_owned() };
    tell(window, third, progress(waiting, (0, 1), (98_000_000, 312_000_000)));
    if !window.state().transfers.panel_open {
        window.act(Action::Command(Command::ToggleTransfers));
    }
    window.wait(0.3);
}

#[test]
fn looks_of_the_dialogs() {
    all_looks("versions", |window| {
        select(window, "Fjord at dawn.jpg");
        window.act(Action::Command(Command::Versions));
        window.act(Action::Dialog(DialogAction::SelectRevision(2)));
        window.wait(0.4);
    });
    all_looks("share", |window| {
        select(window, "Fjord at dawn.jpg");
        window.act(Action::Command(Command::Share));
    });
    all_looks("account", |window| window.act(Action::Command(Command::Account)));
    all_looks("sign-in", |window| {
        window.act(Action::Command(Command::Account));
        window.harness.get_by_label("Dropbox").click();
        window.settle();
    });
    all_looks("sign-in-code", |window| {
        window.act(Action::Command(Command::Account));
        window.harness.get_by_label("Dropbox").click();
        window.settle();
        window.act(Action::Dialog(DialogAction::EditAppKey("x7f2k9q0m4tz31a".to_owned())));
        window.act(Action::Dialog(DialogAction::OpenAuthorizePage));
        window.act(Action::Dialog(DialogAction::EditCode("wrong".to_owned())));
        window.act(Action::Dialog(DialogAction::Connect));
    });
    all_looks("upload", drop_files);
    all_looks("keys", |window| window.act(Action::Command(Command::Shortcuts)));
    all_looks("problem", |window| {
        let problem = Problem {
            title: "“Budget.csv” could not be uploaded".to_owned(),
            detail: "Your Dropbox is full. Make room or get more space, then try again.".to_owned(),
            path: Some(RemotePath::new("/Photos/2026/Budget.csv")),
            recovery: Recovery::Retry,
            request_id: Some("3f8c2a6d9b1e4f70a5c8d2e6b9f01347".to_owned()),
        };
        window.act(Action::ShowProblem(problem));
    });
}

#[test]
fn looks_of_transfers_and_toasts() {
    all_looks("transfers", with_transfers);
    all_looks("toasts", |window| {
        select(window, "Budget.csv");
        window.act(Action::Command(Command::Delete));
        let failed = download(window, "Fjord at dawn.jpg");
        end(window, failed, Outcome::Failed(full()));
        window.wait(0.3);
    });
    all_looks("several", |window| {
        select(window, "Fjord at dawn.jpg");
        for row in 4..9 {
            let modifiers = ClickModifiers { toggle: true, ..ClickModifiers::default() };
            window.act(Action::Click { row, modifiers });
        }
        window.wait(0.3);
    });
    all_looks("inspector-versions", |window| {
        select(window, "Fjord at dawn.jpg");
        window.act(Action::InspectorTab(Tab::Versions));
        window.wait(0.3);
    });
}

#[test]
fn looks_of_the_large_preview() {
    for name in
        ["Fjord at dawn.jpg", "Field notes.md", "ascent.rs", "Badge.png", "Archive 2025.zip", "Budget.csv"]
    {
        let file = name.replace([' ', '.'], "-");
        let mut window = open([1280.0, 800.0], light(), name);
        window.act(Action::Command(Command::QuickPreview));
        window.wait(0.3);
        window.save(&format!("large-{file}"));
    }
}
