//! The program: reads the command line and wires window, worker and embedded account together.

mod embedded;
mod log;
mod options;
mod serve;
mod virtual_display;

use anyhow::{Context as _, Result};
use clap::Parser as _;
use coffer::model::AccountChoice;
use coffer::state::State;
use coffer::ui::app::{App, Start};
use coffer::ui::native;
use coffer::worker::{Dirs, Worker, WorkerConfig, load_settings};
use embedded::Embedded;
use options::{Command, Options};
use std::process::ExitCode;
use std::sync::{Arc, OnceLock};

fn main() -> ExitCode {
    let options = Options::parse();
    let outcome = match options.command {
        Some(Command::Serve(serve)) => serve::run(serve).map(|()| ExitCode::SUCCESS),
        None if options.window.screenshot.is_some() && virtual_display::is_needed() => {
            virtual_display::run_again()
        }
        None => window(&options.window).map(|()| ExitCode::SUCCESS),
    };
    outcome.unwrap_or_else(|error| {
        eprintln!("coffer: {error:#}");
        ExitCode::FAILURE
    })
}

/// Opens the window and stays until it is closed.
fn window(options: &options::Window) -> Result<()> {
    let dirs = Dirs::new(options.data_dir.clone()).context("Coffer's folders could not be made")?;
    let _log = log::start(&dirs.log());
    let mut settings = load_settings(&dirs);
    let command_line = options.command_line_account()?;
    options.apply_to(&mut settings);
    let screenshot = options.screenshot();
    let embedded = Embedded::new(dirs.vault())?;

    // The worker is there before the window, so what it wakes is filled in later; the first frame needs no waking.
    let window = Arc::new(OnceLock::<egui::Context>::new());
    let woken = Arc::clone(&window);
    let wake = Arc::new(move || woken.get().map_or((), egui::Context::request_repaint));
    let mut config = WorkerConfig::new(dirs, wake, Arc::new(embedded.endpoint()));
    let command_line_choice =
        command_line.as_ref().map(|given| AccountChoice::CommandLine { api_url: given.api_url.clone() });
    config.command_line = command_line;
    let (worker, port) = Worker::start(config).context("The background work could not be started")?;

    let native = native::options(&settings, None);
    let (state, requests) = match command_line_choice {
        Some(choice) => State::with_account(settings, choice),
        None => State::new(settings),
    };
    let start = Start { state, requests, port, screenshot };
    let ended = eframe::run_native(
        native::NAME,
        native,
        Box::new(move |creation| {
            // Set once: a program has one window.
            let _ = window.set(creation.egui_ctx.clone());
            Ok(Box::new(App::new(creation, start)))
        }),
    );
    drop(worker);
    embedded.shutdown();
    ended.map_err(|error| anyhow::anyhow!("the window could not be opened: {error}"))
}
