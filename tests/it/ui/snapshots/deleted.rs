//! The list of deleted items.

use super::{LARGE, LEAST, SMALL, compare, dark, light};
use crate::ui::Window;
use coffer_model::ViewMode;
use coffer_state::{Action, Command};
use egui_kittest::kittest::Queryable;

fn show(window: &mut Window) {
    window.act(Action::Command(Command::ShowDeleted));
    window.wait(0.3);
}

fn unfold(window: &mut Window) {
    show(window);
    window.harness.get_by_label("Unfold Old plans").click();
    window.settle();
    window.harness.get_by_label("Unfold Drawings").click();
    window.settle();
    window.select("Blurry.jpg");
    window.wait(0.5);
}

#[test]
fn deleted_files() {
    compare("deleted-light", SMALL, light(), show);
}

#[test]
fn deleted_files_in_a_large_window_with_a_picture() {
    compare("deleted-picture-dark", LARGE, dark(), unfold);
}

#[test]
fn deleted_files_while_it_is_asked_when() {
    compare("deleted-asking-light", SMALL, light(), |window| {
        window.account.deleted_pending = 12;
        show(window);
    });
}

#[test]
fn deleted_files_in_the_smallest_window() {
    compare("deleted-least-dark", LEAST, dark(), show);
}

#[test]
fn deleted_files_as_a_grid() {
    let settings = coffer_model::Settings { view: ViewMode::Grid, ..light() };
    compare("deleted-grid-light", SMALL, settings, show);
}
