//! Pictures of every screen, compared with those in `tests/pictures`. They are drawn on the CPU over the made-up
//! account, in UTC, at a fixed moment and with the program's own fonts, so they are the same on every machine.
//!
//! When the window is meant to look otherwise, `make pictures` draws all of them again. Look at each that changed.

mod activity;
mod changes;
mod comparing;
mod content;
mod deleted;
mod details;
mod dialogs;
mod duplicates;
mod past;
mod space;
mod transfers;

use super::acts::YEAR;
use super::{Window, dark, light};
use coffer_model::{Settings, ViewMode};
use egui_kittest::{SnapshotOptions, try_image_snapshot_options};
use image::codecs::png::{CompressionType, FilterType, PngEncoder};
use image::{DynamicImage, RgbaImage};
use std::fs::File;
use std::path::Path;

const FOLDER: &str = "tests/pictures";

/// The smallest window in which the details pane fits.
const SMALL: [f32; 2] = [1000.0, 640.0];
/// The smallest window that there is.
const LEAST: [f32; 2] = [720.0, 480.0];
const LARGE: [f32; 2] = [1440.0, 900.0];

/// Other processors may round a few pixels at the edges of letters to another shade.
const MAX_OTHER_PIXELS: usize = 20;

/// Opens the folder with files of all kinds, prepares the window and compares it with `tests/pictures/NAME.png`.
fn compare(name: &str, size: [f32; 2], settings: Settings, prepare: impl FnOnce(&mut Window)) {
    compare_window(name, &mut Window::open_at(size, settings, YEAR), prepare);
}

fn compare_in_both_themes(name: &str, size: [f32; 2], view: ViewMode, prepare: impl Fn(&mut Window)) {
    compare(&format!("{name}-light"), size, Settings { view, ..light() }, &prepare);
    compare(&format!("{name}-dark"), size, Settings { view, ..dark() }, &prepare);
}

fn compare_window(name: &str, window: &mut Window, prepare: impl FnOnce(&mut Window)) {
    prepare(window);
    let picture = window.harness.render().unwrap();
    if std::env::var_os("COFFER_DRAW_PICTURES").is_some() {
        return save(&picture, &Path::new(FOLDER).join(format!("{name}.png")));
    }
    let options = SnapshotOptions::new().output_path(FOLDER).max_failed_pixels(MAX_OTHER_PIXELS);
    if let Err(difference) = try_image_snapshot_options(&picture, name, &options) {
        panic!(
            "{difference}\nIf the window is meant to look so, run `make pictures` and look at what changed."
        );
    }
}

/// As small as it can be: all of them are in the repository.
fn save(picture: &RgbaImage, path: &Path) {
    let file = File::create(path).unwrap();
    let encoder = PngEncoder::new_with_quality(file, CompressionType::Best, FilterType::Adaptive);
    DynamicImage::from(picture.clone()).to_rgb8().write_with_encoder(encoder).unwrap();
}
