//! Items are copied in the real window and pasted in other programs, or in the window itself; and what other programs have
//! copied is pasted in the window.

use super::clipboard_owner::ClipboardOwner;
use super::driver::{is_chosen, poll};
use super::drop_target::{Asks, DropTarget, local_paths};
use super::program::Program;
use egui::accesskit::{Node, Role};
use image::{ImageFormat, Rgba, RgbaImage};
use std::fs;
use std::io::Cursor;
use std::path::Path;

const NAME: &str = "Budget ä.csv";
const REMOTE_PATH: &str = "/Budget ä.csv";
const CONTENT: &[u8] = b"a,b\n";

/// A window in which a file was copied, and a program that can paste.
fn copied(home: &Path) -> (Program, DropTarget) {
    let mut program = Program::start_on_server(home);
    program.put(REMOTE_PATH, CONTENT);
    program.window.driver.wait_for_role(Role::Row, NAME);
    program.type_text("Budget");
    program.window.driver.wait_until("the file is selected", |node| {
        node.role() == Role::Row && node.label() == Some(NAME) && is_chosen(node)
    });
    program.press("ctrl+c");
    let pastes = DropTarget::open(&program.window.display.display, [1300, 850], [10, 10], Asks::WhenDropped);
    poll("the paths on the clipboard", || {
        let text = pastes.read("CLIPBOARD", "UTF8_STRING")?;
        let offers_files = pastes.read("CLIPBOARD", "TARGETS")?.len() > 4 * 3;
        (text == REMOTE_PATH.as_bytes() && offers_files).then_some(())
    });
    (program, pastes)
}

#[test]
fn a_copied_file_is_downloaded_when_another_program_pastes_it() {
    let home = tempfile::tempdir().unwrap();
    let (_program, pastes) = copied(home.path());
    let promised = home.path().join("data/cache/promised");
    // What asks at once is no person who pastes; nothing was downloaded for it.
    assert!(!promised.exists());
    let list = poll("the files", || pastes.read("CLIPBOARD", "text/uri-list"));
    let files = local_paths(&list);
    let [file] = &files[..] else { panic!("one file: {files:?}") };
    assert_eq!(file.file_name().unwrap(), NAME);
    assert!(file.starts_with(&promised));
    assert_eq!(fs::read(file).unwrap(), CONTENT);

    // What is here is not downloaded again, and what is gone is.
    let copied_files = pastes.read("CLIPBOARD", "x-special/gnome-copied-files").unwrap();
    let uris = copied_files.strip_prefix(b"copy\n").unwrap();
    assert_eq!(local_paths(uris), files);
    fs::remove_file(file).unwrap();
    let again = local_paths(&pastes.read("CLIPBOARD", "text/uri-list").unwrap());
    assert_ne!(again, files);
    assert_eq!(fs::read(&again[0]).unwrap(), CONTENT);
}

#[test]
fn a_list_of_files_that_is_too_long_for_one_answer_comes_in_parts() {
    let home = tempfile::tempdir().unwrap();
    let mut program = Program::start_on_server(home.path());
    for number in 0..300 {
        program.put(&format!("/{number} {}.txt", "long".repeat(50)), CONTENT);
    }
    let counts = |node: &Node| node.value().or(node.label()) == Some("300 items");
    program.window.driver.wait_until("all files", counts);
    program.press("ctrl+a");
    program.press("ctrl+c");
    let pastes = DropTarget::open(&program.window.display.display, [1300, 850], [10, 10], Asks::WhenDropped);
    let list = poll("the files", || pastes.read("CLIPBOARD", "text/uri-list"));
    assert!(list.len() > 64 * 1024, "{} bytes", list.len());
    let files = local_paths(&list);
    assert_eq!(files.len(), 300);
    assert!(files.iter().all(|file| fs::read(file).unwrap() == CONTENT));
}

#[test]
fn a_copied_file_that_is_pasted_in_the_window_is_copied_in_the_account() {
    let home = tempfile::tempdir().unwrap();
    let (mut program, _pastes) = copied(home.path());
    program.press("ctrl+v");
    program.window.driver.wait_for_role(Role::Row, "Budget ä (1).csv");
    program.wait_for_bytes("/Budget ä (1).csv", CONTENT);
    assert!(!home.path().join("data/cache/promised").exists(), "nothing went through this computer");
}

#[test]
fn a_picture_that_another_program_has_copied_is_pasted_as_a_file_that_gets_its_name() {
    let home = tempfile::tempdir().unwrap();
    let mut program = Program::start_on_server(home.path());
    program.window.driver.wait_for("No files yet");
    let mut png = Vec::new();
    let picture = RgbaImage::from_pixel(30, 20, Rgba([200, 30, 30, 255]));
    picture.write_to(&mut Cursor::new(&mut png), ImageFormat::Png).unwrap();
    let _owner = ClipboardOwner::offer(&program.window.display.display, "image/png", png);
    program.press("ctrl+v");
    program.window.driver.wait_until("the name is being edited", |node| {
        node.role() == Role::TextInput
            && node.value().is_some_and(|name| name.starts_with("Pasted picture ") && name.contains(".png"))
    });
    program.type_text("Red");
    program.press("Return");
    program.window.driver.wait_for_role(Role::Row, "Red.png");
}
