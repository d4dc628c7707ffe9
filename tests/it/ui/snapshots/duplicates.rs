//! Files that are in the account more than once.

use super::{LARGE, SMALL, compare_window};
use crate::ui::duplicates::{groups, index, rule, window};
use crate::ui::{Window, dark, light};
use coffer_model::IndexPhase;
use eframe::egui::accesskit::Role;
use egui_kittest::kittest::Queryable;

fn choose(window: &mut Window) {
    rule(window, "Keep the newest");
    window.harness.get_by_role_and_label(Role::Row, "2026-10-25 21.14.08.png").click();
    window.settle();
    window.harness.hover_at(eframe::egui::pos2(5.0, 5.0));
    window.wait(0.5);
}

#[test]
fn groups_with_chosen_copies() {
    compare_window("duplicates-light", &mut window(LARGE, light(), groups()), choose);
    compare_window("duplicates-small-dark", &mut window(SMALL, dark(), groups()), choose);
}

#[test]
fn the_rules_and_the_question() {
    compare_window("duplicates-rules-dark", &mut window(LARGE, dark(), groups()), |window| {
        window.click("Choose by rule");
    });
    compare_window("duplicates-question-light", &mut window(SMALL, light(), groups()), |window| {
        rule(window, "Keep the oldest");
        window.click("Delete 7 files, 1.1 GB…");
        window.wait(0.5);
    });
}

#[test]
fn none_and_not_all_yet() {
    compare_window("duplicates-none-light", &mut window(SMALL, light(), Vec::new()), |_| {});
    compare_window("duplicates-building-dark", &mut window(SMALL, dark(), groups()), |window| {
        index(window, IndexPhase::Building { percent: Some(37) });
    });
}
