//! Pictures of the window in all its conditions.

use super::{Window, dark, light};
use coffer::model::{Settings, ViewMode};

const YEAR: &str = "/Photos/2026";

fn grid(settings: Settings) -> Settings {
    Settings { view: ViewMode::Grid, ..settings }
}

#[test]
fn list_and_grid_light_and_dark() {
    Window::open_at([1280.0, 800.0], light(), YEAR).save("list-light");
    Window::open_at([1280.0, 800.0], dark(), YEAR).save("list-dark");
    Window::open_at([1280.0, 800.0], grid(light()), YEAR).save("grid-light");
    Window::open_at([1280.0, 800.0], grid(dark()), YEAR).save("grid-dark");
}
