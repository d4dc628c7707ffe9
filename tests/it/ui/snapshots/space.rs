//! Sizes of folders, and the map of the space that they take.

use super::compare_window;
use crate::ui::space::sizes;
use crate::ui::{dark, light};
use coffer_model::{Settings, ViewMode};

#[test]
fn folders_with_their_sizes() {
    compare_window("folder-sizes-light", &mut sizes(light()), |_| {});
    let grid = Settings { view: ViewMode::Grid, ..dark() };
    compare_window("folder-sizes-grid-dark", &mut sizes(grid), |_| {});
}
