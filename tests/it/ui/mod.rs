//! The window, driven by the names of its parts, over a made-up account. Nothing here needs a display.

mod looks;
mod made_up;
mod pictures;
mod renderer;

use coffer::model::{RemotePath, Settings};
use coffer::state::{Action, Place, State};
use coffer::ui::app::{App, Start};
use eframe::egui;
use egui_kittest::Harness;
use made_up::MadeUp;

/// The program in a window of so many points.
pub struct Window {
    pub harness: Harness<'static, App>,
    pub account: MadeUp,
}

impl Window {
    pub fn open(size: [f32; 2], settings: Settings) -> Self {
        Self::open_at(size, settings, "")
    }

    /// Opens a folder at once.
    pub fn open_at(size: [f32; 2], settings: Settings, path: &str) -> Self {
        let (account, port) = MadeUp::new();
        let (mut state, mut requests) = State::new(Settings { window_size: size, ..settings });
        if !path.is_empty() {
            requests.extend(state.act(Action::Go(Place::Folder(RemotePath::new(path)))));
        }
        let harness = Harness::builder()
            .with_size(size)
            .with_max_steps(60)
            .with_render_cursor(false)
            .allow_missing_glyphs()
            .renderer(renderer::CpuRenderer::default())
            .build_eframe(move |cc| {
                App::new(cc, Start { state, requests, port, screenshot: None })
                    .with_clock(jiff::tz::TimeZone::UTC, made_up::now)
            });
        let mut window = Self { harness, account };
        window.settle();
        window
    }

    /// Runs until nothing is asked for and nothing moves.
    pub fn settle(&mut self) {
        for _ in 0..40 {
            self.harness.run();
            if !self.account.answer() {
                return;
            }
        }
        panic!("the window never stops asking");
    }

    pub fn state(&self) -> &State {
        self.harness.state().state()
    }

    /// A picture under `target/`, to be looked at.
    pub fn save(&mut self, name: &str) {
        let folder = std::path::Path::new(env!("CARGO_TARGET_TMPDIR")).join("looks");
        std::fs::create_dir_all(&folder).unwrap();
        self.harness.render().unwrap().save(folder.join(format!("{name}.png"))).unwrap();
    }
}

pub fn light() -> Settings {
    Settings { theme: coffer::model::ThemeChoice::Light, ..Settings::default() }
}

pub fn dark() -> Settings {
    Settings { theme: coffer::model::ThemeChoice::Dark, ..Settings::default() }
}

pub fn at(x: f32, y: f32) -> egui::Pos2 {
    egui::pos2(x, y)
}
