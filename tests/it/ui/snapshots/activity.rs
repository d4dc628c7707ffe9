//! What this program has done.

use super::{LARGE, SMALL, compare_window};
use crate::ui::activity::{operations, window};
use crate::ui::{dark, light};
use coffer_model::{Problem, ProblemKind};
use coffer_state::Command;
use egui_kittest::kittest::Queryable;

#[test]
fn what_was_done_by_day() {
    compare_window("activity-light", &mut window(LARGE, light(), operations()), |window| {
        window.harness.get_by_label_contains("Deleted 12 items, Photos").click();
        window.settle();
    });
    compare_window("activity-dark", &mut window(LARGE, dark(), operations()), |window| {
        window.harness.hover_at(eframe::egui::pos2(500.0, 150.0));
        window.wait(0.3);
    });
    compare_window("activity-small-light", &mut window(SMALL, light(), operations()), |_| {});
    compare_window("activity-none-dark", &mut window(SMALL, dark(), Vec::new()), |_| {});
}

#[test]
fn a_history_that_has_begun_anew() {
    let mut window = crate::ui::Window::closed(SMALL, dark(), "");
    window.account.history.problem = Some(Problem::new(
        ProblemKind::LocalError,
        "The history was damaged, and has begun anew",
        "What was done before can’t be undone from here. Deleted items are in “Deleted files”.",
    ));
    window.account.history.operations = operations();
    window.settle();
    window.command(Command::ShowActivity);
    compare_window("activity-damaged-dark", &mut window, |_| {});
}
