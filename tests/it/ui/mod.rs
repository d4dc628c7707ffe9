//! The window, driven by the names of its parts, over a made-up account. Nothing here needs a display.

mod activity;
mod acts;
mod arranging;
mod bookmarks;
mod browsing;
mod changes;
mod choosing_folders;
mod columns;
mod comparing;
mod comparisons;
mod contents;
mod deleted;
mod dialogs;
mod duplicates;
mod every_dialog;
mod filtering;
mod finding;
mod focus;
mod folder_menus;
mod folding;
mod going;
mod guide;
mod habits;
mod holding_still;
mod kept_searches;
mod keyboard;
mod large_pictures;
mod links;
mod listings;
mod made_up;
mod markdown;
mod narrow;
mod news;
mod other_contents;
mod panel;
mod panes;
mod past;
mod pdf_contents;
mod pdf_texts;
mod pictures;
mod previews;
mod problems;
mod recordings;
mod renaming_many;
mod renderer;
mod rows;
mod scenes;
mod searches;
mod searching;
mod settings;
mod shared_folders;
mod snapshots;
mod space;
mod speed;
mod tabs;
mod transfers;
mod unfolding;
mod words;

use coffer::ui::app::{App, Start};
use coffer_model::{RemotePath, Settings};
use coffer_state::{Action, Effect, Location, State};
use eframe::egui;
use eframe::egui::accesskit::Role;
use egui_kittest::Harness;
use egui_kittest::kittest::{NodeT as _, Queryable};
use made_up::MadeUp;
use std::path::{Path, PathBuf};
use std::sync::Arc;

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
        let (mut state, mut effects) = State::new(Settings { window_size: size, ..settings });
        if !path.is_empty() {
            effects.extend(state.act(Action::Go(Location::Folder(RemotePath::new(path)))));
        }
        Self::of(size, state, effects)
    }

    /// The very first start, which asks for an account.
    pub fn first(size: [f32; 2], settings: Settings) -> Self {
        let settings = Settings { window_size: size, ..settings };
        let state = State::asking_for_account(settings, "~/.local/share/coffer/vault".to_owned());
        let mut window = Self::of(size, state, Vec::new());
        window.settle();
        window
    }

    fn of(size: [f32; 2], state: State, effects: Vec<Effect>) -> Self {
        let (account, port) = MadeUp::new();
        let harness = Harness::builder()
            .with_size(size)
            .with_max_steps(120)
            .with_step_dt(1.0 / 60.0)
            .with_render_cursor(false)
            .allow_missing_glyphs()
            .renderer(renderer::CpuRenderer::default())
            .build_eframe(move |cc| {
                App::new(cc, Start::new(state, effects, port))
                    .with_clock(jiff::tz::TimeZone::UTC, made_up::now)
            });
        Self { harness, account }
    }

    /// The window on the account of a member of a team, at home.
    pub fn of_member(size: [f32; 2], settings: Settings) -> Self {
        let mut window = Self::closed(size, settings, "");
        window.account.join_team();
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

    /// Does what has no key or button in the test.
    pub fn act(&mut self, action: Action) {
        self.harness.state_mut().act(action);
        self.settle();
    }

    /// Lets time pass.
    pub fn wait(&mut self, secs: f32) {
        self.harness.run_steps((secs * 60.0).ceil() as usize);
        self.settle();
    }

    /// Lets much time pass in one frame.
    pub fn jump(&mut self, secs: f64) {
        let later = self.harness.ctx.time() + secs;
        self.harness.input_mut().time = Some(later);
        self.harness.step();
        self.harness.input_mut().time = None;
    }

    pub fn click(&mut self, label: &str) {
        self.harness.get_by_label(label).click();
        self.settle();
    }

    pub fn double_click(&mut self, label: &str, role: Role) {
        for _ in 0..2 {
            self.harness.get_by_role_and_label(role, label).click();
            self.harness.step();
        }
        self.settle();
    }

    pub fn press(&mut self, key: egui::Key) {
        self.harness.key_press(key);
        self.settle();
    }

    /// The paths selected, in the order of the alphabet.
    pub fn selected(&self) -> Vec<String> {
        let mut paths: Vec<String> =
            self.state().browser.selection.paths.iter().map(ToString::to_string).collect();
        paths.sort();
        paths
    }

    /// Drags from one item to another, slowly enough for the window to follow.
    pub fn drag(&mut self, from: &str, to: &str, modifiers: egui::Modifiers) {
        let (from, to) = (self.grip(from), self.first_center(to));
        self.drag_points(from, to, modifiers);
    }

    pub fn drag_points(&mut self, from: egui::Pos2, to: egui::Pos2, modifiers: egui::Modifiers) {
        self.harness.drag_at(from);
        self.harness.step();
        self.harness.event(egui::Event::ModifiersChanged(modifiers));
        for step in 1..=4_u8 {
            self.harness.hover_at(from + (to - from) * (f32::from(step) / 4.0));
            self.harness.step();
        }
        self.harness.drop_at(to);
        self.harness.step();
        self.harness.event(egui::Event::ModifiersChanged(egui::Modifiers::NONE));
        self.settle();
    }

    /// Where something is dragged from: a row by its name, for elsewhere a rubber band begins.
    pub fn grip(&self, label: &str) -> egui::Pos2 {
        let node = self.harness.get_all_by_label(label).next().unwrap();
        match node.accesskit_node().role() {
            Role::Row => node.rect().left_center() + egui::vec2(64.0, 0.0),
            _ => node.rect().center(),
        }
    }

    /// Of several things called so, the first on screen.
    fn first_center(&self, label: &str) -> egui::Pos2 {
        self.harness.get_all_by_label(label).next().unwrap().rect().center()
    }

    pub fn rect(&self, label: &str) -> egui::Rect {
        self.harness.get_by_label(label).rect()
    }

    /// The files held over the window are let go.
    pub fn drop_files(&mut self, names: &[&str]) {
        self.harness.input_mut().hovered_files.clear();
        for name in names {
            self.harness.input_mut().dropped_files.push(Arc::new(Dropped(PathBuf::from(name))));
        }
        self.harness.step();
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
}

pub fn light() -> Settings {
    Settings { theme: coffer_model::ThemeChoice::Light, ..Settings::default() }
}

/// Without the details pane, so that each name stands once on screen.
pub fn plain() -> Settings {
    Settings { inspector_open: false, ..light() }
}

pub fn dark() -> Settings {
    Settings { theme: coffer_model::ThemeChoice::Dark, ..Settings::default() }
}

/// A file of another program.
#[derive(Debug)]
struct Dropped(PathBuf);

impl egui::DroppedFile for Dropped {
    fn path(&self) -> &Path {
        &self.0
    }

    fn bytes(&self) -> Result<Vec<u8>, String> {
        Err("only its path is asked for".to_owned())
    }
}
