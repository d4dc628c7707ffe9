//! Pictures of every screen, compared with those in `tests/pictures`. They are drawn on the CPU over the made-up
//! account, in UTC, at a fixed moment and with the program's own fonts, so they are the same on every machine.
//!
//! When the window is meant to look otherwise, `make pictures` draws all of them again. Look at each that changed.
//! `make gallery` draws each screen in both themes, in three sizes, and at twice the scale: too much to keep and to compare,
//! but not to look at.

mod activity;
mod changes;
mod comparing;
mod content;
mod deleted;
mod details;
mod dialogs;
mod duplicates;
mod german;
mod panes;
mod past;
mod space;
mod tabs;
mod transfers;

use super::acts::YEAR;
use super::words::check_words;
use super::{Window, dark, light};
use coffer_model::{Settings, ThemeChoice, ViewMode};
use coffer_state::{Action, Command};
use egui_kittest::{SnapshotOptions, try_image_snapshot_options};
use image::codecs::png::{CompressionType, FilterType, PngEncoder};
use image::{DynamicImage, RgbaImage};
use std::fs::File;
use std::path::Path;

const FOLDER: &str = "tests/pictures";
const GALLERY: &str = "target/gallery";

/// The smallest window in which the details pane fits.
const SMALL: [f32; 2] = [1000.0, 640.0];
/// The smallest window that there is.
const LEAST: [f32; 2] = [720.0, 480.0];
const LARGE: [f32; 2] = [1440.0, 900.0];

/// In which each screen is drawn for the gallery: name, size and scale.
const FORMS: [(&str, [f32; 2], f32); 4] =
    [("least", LEAST, 1.0), ("small", SMALL, 1.0), ("large", LARGE, 1.0), ("sharp", SMALL, 2.0)];

/// Other processors may round a few pixels at the edges of letters to another shade.
const MAX_OTHER_PIXELS: usize = 20;

/// Opens the folder with files of all kinds, prepares the window and compares it with `tests/pictures/NAME.png`.
fn compare(name: &str, size: [f32; 2], settings: Settings, prepare: impl Fn(&mut Window)) {
    if draws_gallery() {
        for theme in [ThemeChoice::Light, ThemeChoice::Dark] {
            let mut window = Window::open_at(size, Settings { theme, ..settings.clone() }, YEAR);
            prepare(&mut window);
            draw_gallery(name, theme, &mut window);
        }
        return;
    }
    compare_window(name, &mut Window::open_at(size, settings, YEAR), prepare);
}

fn compare_in_both_themes(name: &str, size: [f32; 2], view: ViewMode, prepare: impl Fn(&mut Window)) {
    compare(&format!("{name}-light"), size, Settings { view, ..light() }, &prepare);
    compare(&format!("{name}-dark"), size, Settings { view, ..dark() }, &prepare);
}

fn compare_window(name: &str, window: &mut Window, prepare: impl FnOnce(&mut Window)) {
    prepare(window);
    if draws_gallery() {
        let theme = window.state().settings.theme;
        draw_gallery(name, theme, window);
        // A dialog takes no commands, so it stays in its theme.
        if window.state().dialog.is_none() {
            let (other, command) = match theme {
                ThemeChoice::Dark => (ThemeChoice::Light, Command::ThemeLight),
                _ => (ThemeChoice::Dark, Command::ThemeDark),
            };
            window.harness.state_mut().act(Action::Command(command));
            draw_gallery(name, other, window);
        }
        return;
    }
    let picture = window.harness.render().unwrap();
    check_words(name, window);
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

fn draws_gallery() -> bool {
    std::env::var_os("COFFER_DRAW_GALLERY").is_some()
}

/// The screen in all its forms.
fn draw_gallery(name: &str, theme: ThemeChoice, window: &mut Window) {
    let name = name.trim_end_matches("-light").trim_end_matches("-dark");
    std::fs::create_dir_all(GALLERY).unwrap();
    for (form, size, scale) in FORMS {
        // A new scale keeps the pixels of the window, so its size is told afterwards.
        window.harness.set_pixels_per_point(scale).step();
        // Not until all is still: what is loading moves for ever.
        window.harness.set_size(size.into()).run_steps(40);
        window.account.answer();
        window.harness.run_steps(40);
        let picture = window.harness.render().unwrap();
        let theme = format!("{theme:?}").to_lowercase();
        let path = Path::new(GALLERY).join(format!("{name}-{theme}-{form}.png"));
        DynamicImage::from(picture).to_rgb8().save(path).unwrap();
    }
}

/// As small as it can be: all of them are in the repository.
fn save(picture: &RgbaImage, path: &Path) {
    let file = File::create(path).unwrap();
    let encoder = PngEncoder::new_with_quality(file, CompressionType::Best, FilterType::Adaptive);
    DynamicImage::from(picture.clone()).to_rgb8().write_with_encoder(encoder).unwrap();
}
