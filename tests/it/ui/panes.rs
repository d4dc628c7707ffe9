//! Pictures of the inspector, the previews, the dialogs and what floats over the content, to be looked at.

use super::acts::{YEAR, full};
use super::{Window, dark, light};
use coffer_model::{Outcome, Settings};
use coffer_state::action::{ClickModifiers, DialogAction};
use coffer_state::inspector::Tab;
use coffer_state::transfers::{Section, Shown};
use coffer_state::{Action, Command};
use eframe::egui::{Key, Modifiers};

const SMALL: [f32; 2] = [1000.0, 640.0];
const MIDDLE: [f32; 2] = [1280.0, 800.0];

fn open(size: [f32; 2], settings: Settings, name: &str) -> Window {
    let mut window = Window::open_at(size, settings, YEAR);
    window.select(name);
    window
}

/// The smallest window in light and a usual one in dark.
fn looks(name: &str, mut prepare: impl FnMut(&mut Window)) {
    for (theme, size, settings) in [("light", SMALL, light()), ("dark", MIDDLE, dark())] {
        let mut window = Window::open_at(size, settings, YEAR);
        prepare(&mut window);
        window.save(&format!("{name}-{theme}"));
    }
}

#[test]
fn the_inspector() {
    let names =
        ["Fjord at dawn.jpg", "Field notes.md", "ascent.rs", "Budget.csv", "Archive 2025.zip", "Badge.png"];
    for name in names {
        let file = name.replace([' ', '.'], "-");
        open(MIDDLE, light(), name).save(&format!("inspector-{file}-light"));
    }
    open(SMALL, dark(), "Sketches").save("inspector-folder-dark");
    looks("inspector-versions", |window| {
        window.select("Fjord at dawn.jpg");
        window.act(Action::InspectorTab(Tab::Versions));
        window.wait(0.3);
    });
    looks("inspector-several", |window| {
        window.select("Fjord at dawn.jpg");
        for row in 4..9 {
            let modifiers = ClickModifiers { toggle: true, ..ClickModifiers::default() };
            window.act(Action::Click { row, modifiers });
        }
        window.wait(0.3);
    });
}

#[test]
fn the_dialogs() {
    looks("versions", |window| {
        window.select("Fjord at dawn.jpg");
        window.command(Command::Versions);
        window.dialog(DialogAction::SelectRevision(2));
    });
    looks("share", |window| {
        window.select("Fjord at dawn.jpg");
        window.command(Command::Share);
    });
    looks("account", |window| window.command(Command::Account));
    looks("sign-in", |window| {
        window.command(Command::Account);
        window.click("Dropbox");
    });
    looks("sign-in-code", |window| {
        window.command(Command::Account);
        window.click("Dropbox");
        window.dialog(DialogAction::EditAppKey("x7f2k9q0m4tz31a".to_owned()));
        window.dialog(DialogAction::OpenAuthorizePage);
        window.dialog(DialogAction::EditCode("wrong".to_owned()));
        window.dialog(DialogAction::Connect);
    });
    looks("upload", Window::drop_folder);
    looks("keys", |window| window.command(Command::Shortcuts));
    looks("problem", |window| {
        window.act(Action::ShowProblem(full()));
        window.wait(0.2);
    });
}

#[test]
fn transfers_and_toasts() {
    looks("transfers", Window::make_transfers);
    looks("toasts", |window| {
        window.select("Budget.csv");
        window.command(Command::Delete);
        let failed = window.download("Fjord at dawn.jpg");
        window.end(failed, Outcome::Failed(full()));
        window.wait(0.3);
    });
}

#[test]
fn the_panel_with_none_one_fifty_and_five_thousand_transfers() {
    looks("panel-0", |window| window.command(Command::ToggleTransfers));
    for count in [1, 50, 5_000] {
        looks(&format!("panel-{count}"), |window| window.start_transfers(count, 119));
    }
    for (theme, settings) in [("light", light()), ("dark", dark())] {
        let settings = Settings { inspector_open: false, ..settings };
        let mut window = Window::open_at([720.0, 480.0], settings, YEAR);
        window.start_transfers(50, 60);
        window.save(&format!("panel-least-{theme}"));
    }
}

#[test]
fn the_panel_with_the_files_of_a_transfer() {
    looks("panel-files", |window| {
        window.upload_many(5_000);
    });
    looks("panel-files-failed", |window| {
        window.upload_many(5_000);
        window.act(Action::ShowFiles(Shown::Failed));
        window.wait(0.3);
    });
}

#[test]
fn the_panel_in_other_conditions() {
    looks("panel-paused", |window| {
        window.start_transfers(4, 60);
        window.pause_transfers();
    });
    looks("panel-failed", |window| window.end_transfers(Section::Failed));
    looks("panel-finished", |window| window.end_transfers(Section::Finished));
    looks("panel-offline", Window::lose_the_line);
    looks("panel-limits", |window| {
        window.start_transfers(4, 10);
        window.act(Action::SetLimits { upload: Some(1_000_000), download: Some(750_000) });
        window.click("Speed limits…");
        window.wait(0.3);
    });
    looks("panel-keyboard", |window| {
        window.start_transfers(4, 20);
        window.command(Command::ToggleTransfers);
        window.chord(Modifiers::COMMAND, Key::J);
        window.wait(0.3);
        window.press(Key::ArrowDown);
    });
    looks("quit", |window| {
        window.start_transfers(4, 10);
        window.act(Action::AskToQuit);
        window.wait(0.3);
    });
}

#[test]
fn the_large_preview() {
    for name in
        ["Fjord at dawn.jpg", "Field notes.md", "ascent.rs", "Badge.png", "Archive 2025.zip", "Budget.csv"]
    {
        let file = name.replace([' ', '.'], "-");
        let mut window = open(MIDDLE, light(), name);
        window.command(Command::QuickPreview);
        window.save(&format!("large-{file}"));
    }
}
