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
use egui_kittest::kittest::Queryable;
use made_up::MadeUp;
use std::path::PathBuf;

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
        let mut window = Self::closed(size, settings, path);
        window.settle();
        window
    }

    /// The account has answered nothing yet.
    pub fn closed(size: [f32; 2], settings: Settings, path: &str) -> Self {
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
        Self { harness, account }
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

    /// Does what has no key or button in the test.
    pub fn act(&mut self, action: Action) {
        self.harness.state_mut().perform(action);
        self.settle();
    }

    /// Lets time pass.
    pub fn wait(&mut self, secs: f32) {
        self.harness.run_steps((secs * 60.0).ceil() as usize);
        self.settle();
    }

    pub fn center(&self, label: &str) -> egui::Pos2 {
        self.harness.get_by_label(label).rect().center()
    }

    /// Files of another program are held over a point of the window.
    pub fn hover_files(&mut self, names: &[&str], at: egui::Pos2) {
        self.harness.hover_at(at);
        self.harness.input_mut().hovered_files = names
            .iter()
            .map(|name| egui::HoveredFile { path: Some(PathBuf::from(name)), ..Default::default() })
            .collect();
        self.harness.run_steps(3);
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
