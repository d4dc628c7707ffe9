//! Rows are dragged out of the real window to other programs.

use super::driver::poll;
use super::drop_target::{Asks, DropTarget, local_paths};
use super::program::Program;
use coffer_server::faults::{Fault, FaultKind};
use egui::accesskit::Role;
use std::fs;
use std::path::Path;
use std::time::Duration;

const NAME: &str = "Budget ä.csv";
const REMOTE_PATH: &str = "/Budget ä.csv";
const CONTENT: &[u8] = b"a,b\n";
/// In front of the window, over its lower right corner.
const PLACE: [i16; 2] = [900, 400];
const SIZE: [u16; 2] = [300, 300];
const OVER: [i32; 2] = [1000, 500];
/// The root window: nobody takes anything there.
const NOWHERE: [i32; 2] = [1390, 890];

/// A window with a folder and a file below it.
fn start(home: &Path) -> Program {
    let mut program = Program::start_on_server(home);
    program.put("/Documents/notes.txt", b"rain\n");
    program.put(REMOTE_PATH, CONTENT);
    program.window.driver.wait_for_role(Role::Row, "Documents");
    program.window.driver.wait_for_role(Role::Row, NAME);
    program
}

impl Program {
    fn target(&self, asks: Asks) -> DropTarget {
        DropTarget::open(&self.window.display.display, PLACE, SIZE, asks)
    }

    /// Presses a row and drags it, so far within the window.
    fn begin_drag(&mut self, target: &DropTarget, name: &str) {
        let before = target.drag_owner();
        let bounds = self.window.driver.wait_for_role(Role::Row, name).bounds().unwrap();
        let (x, y) = (bounds.x0 as i32 + 80, f64::midpoint(bounds.y0, bounds.y1) as i32);
        self.point([x, y]);
        self.mouse("mousedown");
        self.point([x + 20, y + 5]);
        // What comes before the window has seen the press would belong to another place.
        poll("the drag to begin", || {
            let owner = target.drag_owner();
            (owner != before && owner != x11rb::NONE).then_some(())
        });
    }

    fn drag_to_target(&mut self, target: &mut DropTarget) {
        self.begin_drag(target, NAME);
        self.point(OVER);
        target.wait_for_drag();
    }
}

#[test]
fn a_file_dropped_on_another_program_is_downloaded_when_that_takes_it() {
    let home = tempfile::tempdir().unwrap();
    let mut program = start(home.path());
    let mut target = program.target(Asks::WhenDropped);
    program.drag_to_target(&mut target);
    let promised = home.path().join("data/cache/promised");
    assert!(!promised.exists(), "nothing is downloaded before the drop");
    program.mouse("mouseup");
    target.wait_for_drop();
    let files = target.take_files().unwrap();
    target.finish();
    let [file] = &files[..] else { panic!("one file: {files:?}") };
    assert_eq!(file.file_name().unwrap(), NAME);
    assert!(file.starts_with(&promised), "{}", file.display());
    assert_eq!(fs::read(file).unwrap(), CONTENT);

    // Another drag works like the first, and the window is as it was.
    let mut again = program.target(Asks::WhenDropped);
    program.drag_to_target(&mut again);
    program.mouse("mouseup");
    again.wait_for_drop();
    assert_ne!(again.take_files().unwrap(), files);
    again.finish();
    program.window.driver.wait_for_role(Role::Row, NAME);
}

#[test]
fn a_program_that_asks_before_the_drop_and_never_again_gets_the_drop_when_the_files_are_there() {
    let home = tempfile::tempdir().unwrap();
    let mut program = start(home.path());
    let mut target = program.target(Asks::BeforeTheDrop);
    program.drag_to_target(&mut target);
    program.mouse("mouseup");
    target.wait_for_drop();
    let files = target.take_files().unwrap();
    target.finish();
    assert_eq!(fs::read(&files[0]).unwrap(), CONTENT);
}

#[test]
fn a_program_that_waits_for_a_slow_download_is_shown_that_something_comes() {
    let home = tempfile::tempdir().unwrap();
    let mut program = start(home.path());
    let slow = FaultKind::Delay(Duration::from_secs(6));
    program.faults().add(Fault::new("files/download", slow, 100));
    let mut target = program.target(Asks::WhenDropped);
    program.drag_to_target(&mut target);
    program.mouse("mouseup");
    target.wait_for_drop();
    let list = target.read("XdndSelection", "text/uri-list").unwrap();
    assert!(list.starts_with(b"\r\n"), "empty lines come before the files are there");
    target.finish();
    let files = local_paths(&list);
    assert_eq!(fs::read(&files[0]).unwrap(), CONTENT);
}

#[test]
fn a_folder_is_given_with_all_that_is_in_it() {
    let home = tempfile::tempdir().unwrap();
    let mut program = start(home.path());
    let mut target = program.target(Asks::WhenDropped);
    program.begin_drag(&target, "Documents");
    program.point(OVER);
    target.wait_for_drag();
    program.mouse("mouseup");
    target.wait_for_drop();
    let files = target.take_files().unwrap();
    target.finish();
    assert_eq!(fs::read(files[0].join("notes.txt")).unwrap(), b"rain\n");
}

#[test]
fn escape_and_a_release_over_nothing_end_a_drag_without_a_drop() {
    let home = tempfile::tempdir().unwrap();
    let mut program = start(home.path());
    let mut target = program.target(Asks::WhenDropped);
    program.drag_to_target(&mut target);
    program.press("Escape");
    target.wait_for_leave();
    program.mouse("mouseup");

    program.drag_to_target(&mut target);
    program.point(NOWHERE);
    target.wait_for_leave();
    program.mouse("mouseup");

    // Back over the window it is the window's drag again.
    program.drag_to_target(&mut target);
    program.point([OVER[0], 200]);
    target.wait_for_leave();
    program.mouse("mouseup");
    assert!(!target.is_dropped);
    assert!(!home.path().join("data/cache/promised").exists());
    program.window.driver.wait_for_role(Role::Row, NAME);
}

#[test]
fn programs_that_end_or_fall_silent_do_not_disturb_the_window_or_the_next_drag() {
    let home = tempfile::tempdir().unwrap();
    let mut program = start(home.path());
    // One ends while the drag is over it.
    let mut ends = program.target(Asks::WhenDropped);
    program.drag_to_target(&mut ends);
    drop(ends);
    program.mouse("mouseup");

    // One takes the drop and then neither asks for the files nor says that it has done anything.
    let mut silent = program.target(Asks::WhenDropped);
    program.drag_to_target(&mut silent);
    program.mouse("mouseup");
    silent.wait_for_drop();

    // One asks and ends before it has the answer.
    let mut asks = program.target(Asks::WhenDropped);
    program.drag_to_target(&mut asks);
    program.mouse("mouseup");
    asks.wait_for_drop();
    asks.ask("XdndSelection", "text/uri-list");
    drop(asks);

    let mut target = program.target(Asks::WhenDropped);
    program.drag_to_target(&mut target);
    program.mouse("mouseup");
    target.wait_for_drop();
    let files = target.take_files().unwrap();
    target.finish();
    assert_eq!(fs::read(&files[0]).unwrap(), CONTENT);
    program.window.driver.wait_for_role(Role::Row, NAME);
}

#[test]
fn a_program_gets_nothing_when_the_download_fails_and_the_person_hears_why() {
    for asks in [Asks::WhenDropped, Asks::BeforeTheDrop] {
        let home = tempfile::tempdir().unwrap();
        let mut program = start(home.path());
        program.faults().add(Fault::status("files/download", 400, 100));
        let mut target = program.target(asks);
        program.drag_to_target(&mut target);
        program.mouse("mouseup");
        match asks {
            Asks::WhenDropped => {
                target.wait_for_drop();
                assert_eq!(target.take_files(), None);
                target.finish();
            }
            Asks::BeforeTheDrop => target.wait_for_leave(),
        }
        assert!(!target.is_dropped);
        program.window.driver.wait_until("the failure is told", |node| {
            node.label().is_some_and(|label| label.contains("could not be downloaded"))
        });
    }
}
