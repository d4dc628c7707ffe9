//! Folders as they were.

use super::{SMALL, compare_window};
use crate::ui::past::{self, past_window};
use crate::ui::{Window, dark, light};
use coffer_model::{BringBackPlace, Settings, ViewMode};
use coffer_state::Command;
use coffer_state::action::DialogAction;
use coffer_state::bring_back_question::BringBackQuestion;
use coffer_state::dialog::Dialog;

const ROOMY: [f32; 2] = [1280.0, 820.0];

#[test]
fn a_folder_as_it_was() {
    for (name, size, settings) in [
        ("past-light", ROOMY, light()),
        ("past-dark", ROOMY, dark()),
        ("past-small-light", SMALL, light()),
        ("past-small-dark", SMALL, dark()),
    ] {
        compare_window(name, &mut past_window(size, settings), |window| {
            window.select("Fjord at dawn.jpg");
            window.wait(0.5);
        });
    }
}

#[test]
fn a_folder_as_it_was_as_a_grid() {
    let grid = Settings { view: ViewMode::Grid, ..dark() };
    compare_window("past-grid-dark", &mut past_window(SMALL, grid), |window| window.wait(0.3));
}

#[test]
fn a_folder_of_which_not_all_is_known_yet() {
    compare_window("past-reading-light", &mut past::reading(SMALL, light()), |window| window.wait(0.3));
}

#[test]
fn a_folder_at_a_moment_at_which_coffer_did_not_follow_the_account() {
    compare_window("past-not-observed-light", &mut past::not_observed(SMALL, light()), |window| {
        window.wait(0.3);
    });
}

#[test]
fn a_folder_in_which_nothing_was() {
    compare_window("past-empty-dark", &mut past::empty(SMALL, dark()), |window| window.wait(0.3));
}

#[test]
fn the_question_before_a_folder_is_brought_back() {
    for (name, size, settings) in
        [("bring-back-light", ROOMY, light()), ("bring-back-small-dark", SMALL, dark())]
    {
        compare_window(name, &mut past_window(size, settings), |window| {
            window.command(Command::BringBack);
            window.wait(0.5);
        });
    }
}

#[test]
fn the_items_that_are_brought_back_beside_their_folder() {
    for (name, size, settings) in
        [("bring-back-items-dark", ROOMY, dark()), ("bring-back-items-small-light", SMALL, light())]
    {
        compare_window(name, &mut past_window(size, settings), |window| {
            window.command(Command::BringBack);
            window.wait(0.5);
            bring_back_to(window, |question| BringBackPlace::Beside(question.beside.clone()));
            window.dialog(DialogAction::ListBringBackItems(true));
            window.wait(0.5);
        });
    }
}

#[test]
fn the_question_before_items_of_the_past_are_downloaded() {
    for (name, size, settings) in
        [("past-download-light", ROOMY, light()), ("past-download-small-dark", SMALL, dark())]
    {
        compare_window(name, &mut past_window(size, settings), |window| {
            window.command(Command::BringBack);
            window.wait(0.5);
            bring_back_to(window, |_| BringBackPlace::ThisComputer);
            window.wait(0.5);
        });
    }
}

fn bring_back_to(window: &mut Window, place: fn(&BringBackQuestion) -> BringBackPlace) {
    let Some(Dialog::BringBack(question)) = &window.state().dialog else { panic!("it is open") };
    let place = place(question);
    window.dialog(DialogAction::BringBackTo(place));
}

#[test]
fn the_question_before_what_was_made_since_is_moved_aside() {
    for (name, size, settings) in
        [("bring-back-aside-dark", ROOMY, dark()), ("bring-back-aside-small-light", SMALL, light())]
    {
        compare_window(name, &mut past_window(size, settings), |window| {
            window.command(Command::BringBack);
            window.wait(0.5);
            bring_back_to(window, |question| BringBackPlace::InPlace(question.aside()));
            window.wait(0.5);
        });
    }
}
