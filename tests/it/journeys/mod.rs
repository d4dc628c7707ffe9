//! What a person does from beginning to end: the real window, the real worker, the real server over HTTP. Only the
//! display is missing, and the browser.

mod changes;
mod duplicates;
mod edits;
mod files;
mod past;
mod restarts;
mod sign_in;
mod team;

use coffer::ui::app::{App, Start};
use coffer_model::{AccountChoice, Port, Settings};
use coffer_state::State;
use coffer_testing::house::{House, start_worker_at};
use coffer_worker::{Dirs, load_places};
use eframe::App as _;
use eframe::egui::accesskit::Role;
use eframe::egui::{self, Key, Modifiers};
use egui_kittest::Harness;
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use std::path::{Path, PathBuf};
use std::sync::{Arc, mpsc};
use std::time::{Duration, Instant};

/// Nothing here takes so long unless it hangs.
const PATIENCE: Duration = Duration::from_mins(1);

pub struct Journey {
    harness: Harness<'static, App>,
    pub house: House,
}

impl Journey {
    /// The window on an account that `fill` has put files in.
    pub fn begin(fill: impl FnOnce(&House)) -> Self {
        let house = House::closed(|_| {}, false);
        fill(&house);
        Self::open(house)
    }

    /// The window on the account of a house.
    pub fn open(mut house: House) -> Self {
        let (requests, _) = mpsc::channel();
        let (_, events) = mpsc::channel();
        let port = std::mem::replace(&mut house.port, Port { requests, events });
        let dirs = Dirs::new(Some(house.folder.path().join("coffer"))).unwrap();
        // Nothing slides in while it is pressed.
        let settings = Settings { reduced_motion: true, ..Settings::default() };
        let (state, effects) = State::with_places(settings, AccountChoice::Local, load_places(&dirs));
        // Little program time passes in a step, so that no message goes away before it was read.
        let harness = Harness::builder()
            .with_size([1200.0, 760.0])
            .with_step_dt(1.0 / 500.0)
            .build_eframe(move |cc| App::new(cc, Start::new(state, effects, port)));
        Self { harness, house }
    }

    /// Closes the window, and starts the program again over the same folders.
    pub fn restart(self) -> Self {
        let Self { mut harness, mut house } = self;
        harness.state_mut().on_exit(None);
        drop(harness);
        house.worker = None;
        let (worker, port) = start_worker_at(house.folder.path(), &house.server.url(), &house.server.token());
        house.worker = Some(worker);
        house.port = port;
        Self::open(house)
    }

    /// Runs the window until something is so.
    #[track_caller]
    pub fn until<T>(&mut self, what: &str, mut is_so: impl FnMut(&mut Self) -> Option<T>) -> T {
        let started = Instant::now();
        loop {
            self.harness.step();
            if let Some(found) = is_so(self) {
                return found;
            }
            if started.elapsed() > PATIENCE {
                let labels: Vec<String> = self
                    .harness
                    .root()
                    .children_recursive()
                    .filter_map(|node| node.accesskit_node().label())
                    .collect();
                panic!("waited in vain for {what}; on screen: {labels:?}");
            }
        }
    }

    #[track_caller]
    pub fn wait_for(&mut self, role: Role, label: &str) {
        self.until(label, |journey| journey.harness.query_by_role_and_label(role, label).map(|_| ()));
    }

    /// Waits until a text that begins so is on screen.
    #[track_caller]
    pub fn wait_for_text(&mut self, start: &str) {
        self.until(start, |journey| {
            journey.harness.root().children_recursive().find_map(|node| {
                let node = node.accesskit_node();
                let starts = |text: Option<String>| text.is_some_and(|text| text.starts_with(start));
                (starts(node.label()) || starts(node.value())).then_some(())
            })
        });
    }

    #[track_caller]
    pub fn wait_until_gone(&mut self, role: Role, label: &str) {
        self.until(&format!("{label} to go"), |journey| {
            journey.harness.query_by_role_and_label(role, label).is_none().then_some(())
        });
    }

    /// Clicks it as soon as it is there and can be clicked.
    #[track_caller]
    pub fn click(&mut self, role: Role, label: &str) {
        self.until(label, |journey| {
            let node = journey.harness.query_by_role_and_label(role, label)?;
            (!node.accesskit_node().is_disabled()).then(|| node.click())
        });
        self.harness.step();
    }

    #[track_caller]
    pub fn enter(&mut self, folder: &str) {
        self.click(Role::Row, folder);
        self.press(Key::Enter);
    }

    pub fn press(&mut self, key: Key) {
        self.press_with(Modifiers::NONE, key);
    }

    pub fn press_with(&mut self, modifiers: Modifiers, key: Key) {
        self.harness.key_press_modifiers(modifiers, key);
        self.harness.step();
    }

    /// Types into the field of this name, over what it holds.
    #[track_caller]
    pub fn type_into(&mut self, field: &str, text: &str) {
        self.wait_for(Role::TextInput, field);
        self.harness.get_by_role_and_label(Role::TextInput, field).focus();
        self.harness.step();
        self.press_with(Modifiers::COMMAND, Key::A);
        self.harness.event(egui::Event::Text(text.to_owned()));
        // What follows is clicked where it stands after the dialog has found its size.
        self.harness.run_steps(4);
    }

    /// Drops files of this computer on the middle of the window.
    pub fn drop_files(&mut self, paths: &[&Path]) {
        let hovered =
            |path: &&Path| egui::HoveredFile { path: Some(path.to_path_buf()), ..Default::default() };
        self.harness.hover_at(egui::pos2(560.0, 600.0));
        self.harness.input_mut().hovered_files = paths.iter().map(hovered).collect();
        self.harness.run_steps(2);
        self.harness.input_mut().hovered_files.clear();
        for path in paths {
            self.harness.input_mut().dropped_files.push(Arc::new(Dropped(path.to_path_buf())));
        }
        self.harness.step();
    }

    /// Waits until the account has these bytes under this path.
    #[track_caller]
    pub fn wait_for_bytes(&mut self, path: &str, bytes: &[u8]) {
        self.until(path, |journey| {
            journey.house.try_read(path).is_ok_and(|read| read == bytes).then_some(())
        });
    }
}

/// A file of another program.
#[derive(Debug)]
struct Dropped(PathBuf);

impl egui::DroppedFile for Dropped {
    fn path(&self) -> &Path {
        &self.0
    }

    fn bytes(&self) -> Result<Vec<u8>, String> {
        std::fs::read(&self.0).map_err(|error| error.to_string())
    }
}
