//! `--screenshot FILE`: waits until everything on screen has loaded, writes a picture of the window and closes it.

use super::textures::Textures;
use coffer_model::{ThemeChoice, ViewMode};
use coffer_state::dialog::Dialog;
use coffer_state::input::ClickModifiers;
use coffer_state::{Action, Command, Location, State};
use egui::{ColorImage, Context, ViewportCommand};
use std::path::PathBuf;
use std::sync::{Arc, OnceLock, mpsc};

/// What the picture is to show.
#[derive(Clone, Debug, Default)]
pub struct Screenshot {
    pub file: PathBuf,
    pub location: Option<Location>,
    pub theme: Option<ThemeChoice>,
    pub view: Option<ViewMode>,
    /// The item to select, by its name in the place.
    pub select: Option<String>,
    /// Opens a dialog when all is there: `Versions`, `Share`, `Account`, `QuickPreview`.
    pub then: Option<Command>,
    /// Why there is no picture, once the window has closed.
    pub failure: Arc<OnceLock<String>>,
}

/// Frames in which nothing was under way, before the picture is taken: what follows from the last event has to be
/// asked for and answered too.
const QUIET_FRAMES: u32 = 8;
const QUIET_PAUSE: std::time::Duration = std::time::Duration::from_millis(60);

pub struct ScreenshotRun {
    request: Screenshot,
    quiet_frames: u32,
    step: ScreenshotStep,
    picture: Option<mpsc::Receiver<Arc<ColorImage>>>,
}

#[derive(Clone, Copy, PartialEq)]
enum ScreenshotStep {
    Begin,
    Select,
    Then,
    Wait,
    Asked,
}

impl ScreenshotRun {
    pub fn new(request: Screenshot) -> Self {
        Self { request, quiet_frames: 0, step: ScreenshotStep::Begin, picture: None }
    }

    /// Once a frame: answers what has to be done to get to what the picture shows.
    pub fn step(&mut self, ctx: &Context, state: &State, textures: &Textures) -> Vec<Action> {
        if let Some(image) = self.picture.as_ref().and_then(|picture| picture.try_recv().ok()) {
            match save(&image, &self.request.file) {
                Ok(()) => tracing::info!(file = %self.request.file.display(), "picture written"),
                Err(error) => self.fail(format!("the picture could not be written: {error}")),
            }
            ctx.send_viewport_cmd(ViewportCommand::Close);
            return Vec::new();
        }
        if let Some(problem) = state.session.ended.as_ref().or(state.session.in_use.as_ref()) {
            // Nothing will come any more, and a picture of that is not what was asked for.
            self.fail(format!("{}. {}", problem.title, problem.detail));
            ctx.send_viewport_cmd(ViewportCommand::Close);
            return Vec::new();
        }
        let busy = is_busy(state) || textures.is_waiting(state);
        self.quiet_frames = if busy { 0 } else { self.quiet_frames + 1 };
        ctx.request_repaint_after(QUIET_PAUSE);
        if self.step == ScreenshotStep::Begin {
            self.step = ScreenshotStep::Select;
            return self.first_actions();
        }
        if self.quiet_frames < QUIET_FRAMES {
            return Vec::new();
        }
        self.quiet_frames = 0;
        match self.step {
            ScreenshotStep::Select => {
                self.step = ScreenshotStep::Then;
                self.select(state)
            }
            ScreenshotStep::Then => {
                self.step = ScreenshotStep::Wait;
                self.request.then.map(Action::Command).into_iter().collect()
            }
            ScreenshotStep::Wait => {
                self.step = ScreenshotStep::Asked;
                self.ask_for_picture(ctx);
                Vec::new()
            }
            ScreenshotStep::Begin | ScreenshotStep::Asked => Vec::new(),
        }
    }

    fn fail(&self, why: String) {
        // The first reason is the one that counts.
        let _ = self.request.failure.set(why);
    }

    fn ask_for_picture(&mut self, ctx: &Context) {
        let (sender, receiver) = mpsc::channel();
        let wake = ctx.clone();
        ctx.request_screenshot(move |image| {
            // The program may have been closed meanwhile; then nobody waits for it.
            let _ = sender.send(image);
            wake.request_repaint();
        });
        self.picture = Some(receiver);
    }

    fn first_actions(&self) -> Vec<Action> {
        let theme = self.request.theme.map(|theme| match theme {
            ThemeChoice::System => Command::ThemeSystem,
            ThemeChoice::Light => Command::ThemeLight,
            ThemeChoice::Dark => Command::ThemeDark,
        });
        let view = self.request.view.map(|view| match view {
            ViewMode::List => Command::ListView,
            ViewMode::Grid => Command::GridView,
        });
        let commands = theme.into_iter().chain(view).map(Action::Command);
        commands.chain(self.request.location.clone().map(Action::Go)).collect()
    }

    fn select(&self, state: &State) -> Vec<Action> {
        let Some(name) = &self.request.select else { return Vec::new() };
        let listing = state.browser.listing.value();
        let row = listing.and_then(|listing| listing.entries.iter().position(|entry| entry.name() == name));
        row.map(|row| Action::Click { row, modifiers: ClickModifiers::default() }).into_iter().collect()
    }
}

/// Whether something that can be seen is still on its way.
fn is_busy(state: &State) -> bool {
    let in_dialog = match &state.dialog {
        Some(Dialog::Versions(versions)) => versions.revisions.is_pending() || versions.preview.is_pending(),
        Some(Dialog::Share(share)) => share.link.is_pending(),
        Some(Dialog::LargePreview(large)) => large.preview.is_pending() || large.parts.is_pending(),
        _ => false,
    };
    let samples = state.session.samples.is_some_and(|(done, total)| done < total);
    in_dialog
        || samples
        || (state.session.account.is_none() && state.session.ended.is_none() && !state.session.offline)
        || state.browser.listing.is_pending()
        || state.tree.is_loading()
        || state.inspector.preview.is_pending()
        || state.inspector.revisions.is_pending()
}

fn save(picture: &ColorImage, file: &std::path::Path) -> Result<(), image::ImageError> {
    let [width, height] = picture.size;
    let bytes: Vec<u8> = picture.pixels.iter().flat_map(egui::Color32::to_array).collect();
    let (width, height) = (width as u32, height as u32);
    image::save_buffer_with_format(
        file,
        &bytes,
        width,
        height,
        image::ColorType::Rgba8,
        image::ImageFormat::Png,
    )
}
