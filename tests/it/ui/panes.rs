//! Pictures of the inspector, the previews, the dialogs and what floats over the content, to be looked at.

use super::acts::{YEAR, full};
use super::{Window, dark, light};
use coffer::model::{Outcome, Settings};
use coffer::state::action::{ClickModifiers, DialogAction};
use coffer::state::inspector::Tab;
use coffer::state::{Action, Command};

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
