//! The transfer panel, and the toasts.

use super::{LEAST, SMALL, compare, compare_in_both_themes};
use crate::ui::acts::full;
use crate::ui::{Window, dark, light, plain};
use coffer_model::{Outcome, Settings, ThemeChoice, ViewMode};
use coffer_state::Command;

#[test]
fn transfers_in_all_conditions() {
    compare_in_both_themes("transfers", SMALL, ViewMode::List, Window::make_transfers);
}

#[test]
fn fifty_transfers_in_the_smallest_window() {
    let settings = Settings { theme: ThemeChoice::Dark, ..plain() };
    compare("transfers-least-dark", LEAST, settings, |window| window.start_transfers(50, 60));
}

#[test]
fn files_that_are_open_in_other_programs() {
    compare_in_both_themes("open-files", SMALL, ViewMode::List, Window::open_files);
}

#[test]
fn files_that_are_open_in_the_smallest_window() {
    compare("open-files-least-light", LEAST, light(), Window::open_files_in_conflict);
}

#[test]
fn the_files_of_a_transfer() {
    compare("transfer-files-dark", SMALL, dark(), |window| {
        window.upload_many(5_000);
    });
}

#[test]
fn a_toast_that_offers_to_undo_and_one_that_tells_a_failure() {
    compare("toasts-light", SMALL, light(), |window| {
        window.select("Budget.csv");
        window.command(Command::Delete);
        let failed = window.download("Fjord at dawn.jpg");
        window.end(failed, Outcome::Failed(full()));
        window.wait(0.3);
    });
}
