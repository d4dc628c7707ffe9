//! The main job in a real window: the real program under a virtual display, a real drop of real files, real keys.

// Nothing outside can reach a program of its own.
#![allow(unreachable_pub)]
// A test's helpers panic as the test itself does.
#![allow(clippy::unwrap_used)]

mod clipboard_owner;
mod copy_out;
mod drag_out;
mod driver;
mod drop_target;
mod program;
mod screen_reader;
mod session_bus;
mod xdnd;
mod xvfb;

use coffer_server::{Server, ServerConfig};
use driver::poll;
use egui::accesskit::Role;
use program::{OpenWindow, Program};
use std::cell::Cell;
use std::fs;
use std::path::Path;
use std::process::Command;
use xvfb::Xvfb;

/// Larger than what goes in one call, and not a multiple of anything.
const LARGE_BYTES: usize = 9 * 1024 * 1024 + 4321;

#[test]
fn files_dropped_on_a_new_account_arrive_and_an_old_version_comes_back() {
    let home = tempfile::tempdir().unwrap();
    let mut program = Program::start(home.path());
    program.window.driver.wait_for_role(Role::TreeItem, "Photos");

    let dropped = home.path().join("Field trip ä");
    let first: &[u8] = b"First day: rain.\n";
    write(&dropped.join("notes.txt"), first);
    write(&dropped.join("Maps/large.bin"), &noise(LARGE_BYTES));
    write(&dropped.join("Maps/empty.dat"), b"");
    fs::create_dir_all(dropped.join("Nothing yet")).unwrap();

    program.drop_files(&[&dropped]);
    program.wait_for_bytes("/Field trip ä/notes.txt", first);
    program.wait_for_bytes("/Field trip ä/Maps/large.bin", &noise(LARGE_BYTES));
    program.wait_for_bytes("/Field trip ä/Maps/empty.dat", b"");
    program.wait_for_folder("/Field trip ä/Nothing yet");

    let second: &[u8] = b"First day: rain.\nSecond day: more rain.\n";
    write(&dropped.join("notes.txt"), second);
    program.drop_files(&[&dropped]);
    program.window.driver.click(Role::RadioButton, "Replace: notes.txt");
    program.window.driver.click(Role::Button, "Replace 1 file");
    program.wait_for_bytes("/Field trip ä/notes.txt", second);
    assert_eq!(program.revisions("/Field trip ä/notes.txt"), 2, "what had not changed was not sent again");

    // The window knows of the end later than the server, and what is typed before may be lost in its news.
    program.window.driver.wait_until("the end is told", |node| {
        node.label().is_some_and(|label| label.starts_with("Uploaded") && label.contains("skipped"))
    });
    program.type_text("Field");
    program.window.driver.wait_until("the folder has the cursor", |node| {
        node.label() == Some("Field trip ä") && driver::is_chosen(node) && node.role() != Role::TreeItem
    });
    program.press("Return");
    program.window.driver.wait_until("the file is listed", |node| {
        node.label() == Some("notes.txt") && node.role() != Role::TreeItem
    });
    program.type_text("notes");
    program.window.driver.wait_until("the file has the cursor", |node| {
        node.label() == Some("notes.txt") && driver::is_chosen(node)
    });
    program.press("ctrl+h");
    program.window.driver.wait_for("Versions of notes.txt");
    program.window.driver.wait_for("2 versions. Restoring one keeps all others.");
    program.press("Down");
    program.window.driver.wait_until("the first version is chosen", |node| {
        node.role() == Role::ListBoxOption
            && driver::is_chosen(node)
            && !node.label().unwrap_or_default().starts_with("Version: Current version")
    });
    program.press("Return");
    program.wait_for_bytes("/Field trip ä/notes.txt", first);
    assert_eq!(program.revisions("/Field trip ä/notes.txt"), 3, "restoring adds a version");

    let picture = image::load_from_memory(&program.window.driver.screenshot()).unwrap().to_rgb8();
    let colours: std::collections::HashSet<_> = picture.pixels().collect();
    assert!(colours.len() > 100, "the window shows something");
}

#[test]
fn an_idle_window_rests() {
    let home = tempfile::tempdir().unwrap();
    // An account of its own server, without sample files that would be written meanwhile.
    let mut program = Program::start_on_server(home.path());
    program.window.driver.wait_for("No files yet");
    // Whatever else the machine is busy with, a second without a single tick of CPU time has to come.
    poll("a second without work", || program.rests_for_a_second().then_some(()));
}

#[test]
fn a_screenshot_of_an_account_that_cannot_be_opened_ends_with_the_reason() {
    let home = tempfile::tempdir().unwrap();
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let vault = home.path().join("data/vault");
    let server = runtime.block_on(Server::start(ServerConfig::new(&vault))).unwrap();
    let display = Xvfb::start();
    let output = Command::new(env!("CARGO_BIN_EXE_coffer"))
        .args(["--screenshot", "picture.png", "--data-dir"])
        .arg(home.path())
        .current_dir(home.path())
        .env("DISPLAY", &display.display)
        .env_remove("WAYLAND_DISPLAY")
        .env("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nonexistent")
        .output()
        .unwrap();
    let told = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(1), "{told}");
    assert!(told.contains("Another program of Coffer is using this account"), "{told}");
    assert!(!home.path().join("picture.png").exists());
    runtime.block_on(server.shutdown());
}

#[test]
fn a_second_start_hands_everything_over_to_the_window_that_is_open() {
    let home = tempfile::tempdir().unwrap();
    let mut program = Program::start(home.path());
    program.window.driver.wait_for_role(Role::TreeItem, "Photos");
    write(&home.path().join("here/notes.txt"), b"handed over");
    write(&home.path().join("here/more.txt"), b"handed over later");
    let start_again = |arguments: &[&str]| {
        let output = Command::new(env!("CARGO_BIN_EXE_coffer"))
            .args(arguments)
            .arg("--data-dir")
            .arg(home.path().join("data"))
            .current_dir(home.path().join("here"))
            // It opens no window, so it needs no display.
            .env_remove("DISPLAY")
            .env_remove("WAYLAND_DISPLAY")
            .output()
            .unwrap();
        assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
    };
    start_again(&["--show", "/Photos", "--upload", "notes.txt"]);
    program.wait_for_bytes("/Photos/notes.txt", b"handed over");
    program.window.driver.wait_until("the new file is listed", |node| {
        node.label() == Some("notes.txt") && node.role() == Role::Row
    });
    start_again(&["./more.txt"]);
    program.wait_for_bytes("/Photos/more.txt", b"handed over later");
    start_again(&["/Documents"]);
    program.window.driver.wait_for_role(Role::Row, "Budget 2026.csv");
    start_again(&["/Photos"]);
    program.window.driver.wait_until("the new file is listed", |node| {
        node.label() == Some("notes.txt") && node.role() == Role::Row
    });
}

#[test]
fn a_folder_that_the_sample_files_are_still_to_bring_is_shown_as_soon_as_it_is_there() {
    let home = tempfile::tempdir().unwrap();
    let mut window = OpenWindow::start(home.path(), &home.path().join("data"), &["--try-out", "/Documents"]);
    window.driver.wait_for_role(Role::Row, "Budget 2026.csv");
}

#[test]
fn the_very_first_start_asks_for_an_account_and_writes_none_before() {
    let home = tempfile::tempdir().unwrap();
    let data_dir = home.path().join("data");
    let mut window = OpenWindow::start(home.path(), &data_dir, &[]);
    window.driver.wait_for("Welcome to Coffer");
    assert!(!data_dir.join("data/vault").exists() && !data_dir.join("config/settings.toml").exists());
    // The page is put in the middle by its height in the last frame.
    let place = Cell::new(None);
    window.driver.wait_until("the page rests", |node| {
        node.label() == Some("Try it out") && place.replace(node.bounds()) == node.bounds()
    });
    window.driver.click(Role::Button, "Try it out");
    window.driver.wait_for_role(Role::TreeItem, "Photos");
    drop(window);
    let mut window = OpenWindow::start(home.path(), &data_dir, &[]);
    window.driver.wait_for_role(Role::TreeItem, "Photos");
}

#[test]
fn an_account_that_another_program_uses_opens_by_itself_when_that_ends() {
    let home = tempfile::tempdir().unwrap();
    let data_dir = home.path().join("data");
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let config = ServerConfig::new(data_dir.join("data/vault"));
    let server = runtime.block_on(Server::start(config)).unwrap();
    let mut window = OpenWindow::start(home.path(), &data_dir, &[]);
    window.driver.wait_for("Another program of Coffer is using this account");
    window.driver.wait_for("It opens by itself when that ends.");
    window.driver.wait_for("Account: Local account");
    runtime.block_on(server.shutdown());
    window.driver.wait_for("No files yet");
}

fn write(local_path: &Path, bytes: &[u8]) {
    fs::create_dir_all(local_path.parent().unwrap()).unwrap();
    fs::write(local_path, bytes).unwrap();
}

/// Bytes that neither compress nor repeat.
fn noise(length: usize) -> Vec<u8> {
    let mut random = fastrand::Rng::with_seed(7);
    let mut bytes = vec![0; length];
    random.fill(&mut bytes);
    bytes
}
