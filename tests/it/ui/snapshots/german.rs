//! Screens with many words in German, which takes more room than English, in the smallest windows that have them.

use super::{LEAST, SMALL, compare};
use crate::ui::{Window, dark, light, plain};
use coffer_model::Settings;
use coffer_state::Command;
use coffer_texts::{Language, set_language_of_thread, tr};

fn compare_german(name: &str, size: [f32; 2], settings: Settings, prepare: impl Fn(&mut Window)) {
    set_language_of_thread(Language::German);
    compare(name, size, settings, prepare);
}

#[test]
fn the_details_of_a_file() {
    compare_german("german-light", SMALL, light(), |window| window.select("Fjord at dawn.jpg"));
}

#[test]
fn the_transfers() {
    compare_german("german-transfers-light", LEAST, plain(), Window::make_transfers);
}

#[test]
fn a_link() {
    compare_german("german-share-dark", LEAST, dark(), |window| {
        window.select("Fjord at dawn.jpg");
        window.command(Command::Share);
        window.click(tr!("share-create"));
        window.wait(0.3);
    });
}

#[test]
fn the_settings() {
    compare_german("german-settings-light", LEAST, light(), |window| window.command(Command::Settings));
}

#[test]
fn names_that_are_in_the_account_already() {
    compare_german("german-conflicts-dark", LEAST, dark(), Window::drop_folder);
}

#[test]
fn a_table_in_the_large_preview() {
    compare_german("german-preview-light", LEAST, light(), |window| {
        window.select("Budget.csv");
        window.command(Command::QuickPreview);
    });
}
