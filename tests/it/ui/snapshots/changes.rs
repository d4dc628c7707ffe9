//! What has changed.

use super::{LARGE, SMALL, compare_window};
use crate::ui::changes::{changes, window};
use crate::ui::{dark, light};

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
