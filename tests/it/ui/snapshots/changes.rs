//! What has changed.

use super::{LARGE, SMALL, compare_in_both_themes, compare_window};
use crate::ui::changes::{changes, window};
use crate::ui::{Window, dark, light};
use coffer_model::ViewMode;

#[test]
fn what_has_changed_by_day_and_folder() {
    compare_window("changes-light", &mut window(LARGE, light(), changes()), |window| {
        window.click("2 files deleted from Documents");
        window.harness.hover_at(eframe::egui::pos2(5.0, 5.0));
        window.wait(0.3);
    });
    compare_window("changes-small-dark", &mut window(SMALL, dark(), changes()), |_| {});
    compare_window("changes-none-light", &mut window(SMALL, light(), Vec::new()), |_| {});
}

#[test]
fn folders_with_news_have_a_dot() {
    let have_news = |window: &mut Window| {
        let folders = ["/Photos/2026/Expedition 2026/Day 1", "/Photos/2026/Sketches", "/Documents"];
        window.have_news(&folders);
        window.wait(0.3);
    };
    compare_in_both_themes("news", SMALL, ViewMode::List, have_news);
    compare_in_both_themes("news-grid", SMALL, ViewMode::Grid, have_news);
    compare_window("news-changes-light", &mut window(SMALL, light(), changes()), have_news);
}
