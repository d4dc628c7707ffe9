//! The program: reads the command line and wires window, worker and local account together.

mod announce;
mod apps;
mod doctor;
mod kept_port;
mod local_server;
mod log;
mod man_pages;
mod open_files;
mod options;
mod repair;
mod serve;
mod single_window;
mod virtual_display;

use announce::Owner;
use anyhow::{Context as _, Result};
use clap::error::ErrorKind;
use clap::{CommandFactory as _, Parser as _};
use coffer::cli::{self, AccountOptions, Environment};
use coffer::ui::app::{App, Start};
use coffer::ui::{language, native, own_keys};
use coffer_model::{AccountChoice, Problem, ProblemKind};
use coffer_state::State;
use coffer_texts::tr;
use coffer_worker::{Dirs, LoadedSettings, Worker, WorkerConfig, load_places, load_settings};
use local_server::LocalServerRuntime;
use options::{Options, ProgramCommand};
use single_window::{SingleWindow, WindowStart};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::{Arc, OnceLock, mpsc};

fn main() -> ExitCode {
    let options = match Options::try_parse() {
        Ok(options) => options,
        Err(error) => return not_understood(&error),
    };
    let outcome = match options.command {
        Some(_) if options.window.is_asked_for() => {
            let text = "Paths, --try-out, --show, --upload, --new-tab, --choose-files, --screenshot, --theme and --view can’t be used with a command";
            return not_understood(&Options::command().error(ErrorKind::ArgumentConflict, text));
        }
        Some(ProgramCommand::Files(command)) => Ok(files(command, options.account)),
        Some(ProgramCommand::Serve(serve)) => serve::run(serve).map(|()| ExitCode::SUCCESS),
        Some(ProgramCommand::Apps(apps)) => vault(apps.dir.as_ref(), &options.account)
            .and_then(|vault| apps::run(&apps, vault))
            .map(|()| ExitCode::SUCCESS),
        Some(ProgramCommand::Repair(repair)) => vault(repair.dir.as_ref(), &options.account)
            .and_then(|vault| repair::run(&vault))
            .map(|()| ExitCode::SUCCESS),
        Some(ProgramCommand::Doctor(doctor)) => {
            dirs(&options.account).and_then(|dirs| doctor::run(&doctor, &options.account, &dirs))
        }
        Some(ProgramCommand::Completions { shell }) => {
            man_pages::completions(shell).map(|()| ExitCode::SUCCESS)
        }
        Some(ProgramCommand::Man { folder }) => {
            man_pages::manual(folder.as_deref()).map(|()| ExitCode::SUCCESS)
        }
        None if options.window.screenshot.is_some() && virtual_display::is_needed() => {
            virtual_display::run_again()
        }
        None => window(&options.window, &options.account).map(|()| ExitCode::SUCCESS),
    };
    outcome.unwrap_or_else(|error| {
        eprintln!("coffer: {error:#}");
        ExitCode::FAILURE
    })
}

/// Ends a program whose command line is wrong, or that was asked for help.
fn not_understood(error: &clap::Error) -> ExitCode {
    if error.use_stderr() && cli::wants_json(std::env::args_os()) {
        return ExitCode::from(cli::not_understood(&error.render().to_string()));
    }
    error.exit()
}

/// Runs a command for files; no window, and nothing of what draws one.
fn files(command: cli::FileCommand, outer: AccountOptions) -> ExitCode {
    let account = command.common().account.clone().or(outer);
    let common = command.common().clone();
    let started = dirs(&account).and_then(|dirs| {
        let local_server = LocalServerRuntime::new(dirs.vault(), Owner::Command)?;
        Ok((dirs, local_server))
    });
    let (dirs, local_server) = match started {
        Ok(started) => started,
        Err(error) => return ExitCode::from(cli::not_started(&common, &format!("{error:#}"))),
    };
    let _log = log::start(&dirs.log());
    open_files::raise_limit();
    let environment = Environment { dirs, local_server: Arc::new(local_server.endpoint()) };
    let code = cli::run(command, &account, environment);
    local_server.shutdown();
    ExitCode::from(code)
}

fn dirs(account: &AccountOptions) -> Result<Dirs> {
    let dirs = Dirs::new(account.data_dir.clone()).context("Coffer’s folders could not be created")?;
    // Whoever needs one of them says so if it can’t be made; a disk that is read-only can still be looked at.
    let _ = dirs.create();
    Ok(dirs)
}

/// The folder of the local account that is meant: this one, or that of the window.
fn vault(dir: Option<&PathBuf>, account: &AccountOptions) -> Result<PathBuf> {
    match dir {
        Some(dir) => Ok(dir.clone()),
        None => Ok(dirs(account)?.vault()),
    }
}

/// What the window says of settings that could not be used.
fn settings_problem(loaded: &LoadedSettings) -> Option<Problem> {
    let first = loaded.account_problem().or(loaded.problems.first())?;
    let title = if loaded.account_problem().is_some() {
        tr!("settings-no-account")
    } else {
        tr!("settings-default-used")
    };
    Some(Problem::new(ProblemKind::InvalidInput, title, format!("{first}.")))
}

/// A path of this computer as people write it.
fn shortened(local_path: &Path) -> String {
    let home = std::env::home_dir();
    match home.and_then(|home| local_path.strip_prefix(home).ok().map(Path::to_owned)) {
        Some(below) => format!("~/{}", below.display()),
        None => local_path.display().to_string(),
    }
}

/// Opens the window and stays until it is closed. Where the window of this data folder is open already, that is raised
/// instead.
fn window(options: &options::WindowArgs, account: &AccountOptions) -> Result<()> {
    let dirs = dirs(account)?;
    let _log = log::start(&dirs.log());
    open_files::raise_limit();
    let arguments = options.start_arguments()?;
    // A picture is of a window of its own, and so is another account than that of the settings.
    let is_shared =
        options.screenshot.is_none() && account.command_line_account().is_ok_and(|it| it.is_none());
    let single = match is_shared.then(|| SingleWindow::start(&dirs.window_file(), &arguments)).transpose()? {
        Some(WindowStart::HandedOver) => return Ok(()),
        Some(WindowStart::First(single)) => Some(single),
        Some(WindowStart::Unlocked) | None => None,
    };
    let loaded = load_settings(&dirs);
    language::apply(loaded.settings.language);
    let keys_problem = own_keys::apply(&loaded.settings.keys);
    let settings_problem = settings_problem(&loaded).or(keys_problem);
    // A picture is the same wherever the person was.
    let places = options.screenshot.is_none().then(|| load_places(&dirs));
    let asks_for_account = is_shared && !options.try_out && settings_problem.is_none() && dirs.are_new();
    let vault = shortened(&dirs.vault());
    let mut settings = loaded.settings;
    let command_line = account.command_line_account().map_err(|failure| anyhow::anyhow!("{failure}"))?;
    options.apply_to(&mut settings);
    let screenshot = options.screenshot();
    let failure = screenshot.as_ref().map(|screenshot| Arc::clone(&screenshot.failure));
    let local_server = LocalServerRuntime::new(dirs.vault(), Owner::Window)?;

    // The worker is there before the window, so what it wakes is filled in later; the first frame needs no waking.
    let window = Arc::new(OnceLock::<egui::Context>::new());
    let promised_folder = Some(dirs.promised());
    let mut config = WorkerConfig::new(dirs, native::waker(&window), Arc::new(local_server.endpoint()));
    let command_line_choice =
        command_line.as_ref().map(|given| AccountChoice::CommandLine { api_url: given.api_url.clone() });
    config.command_line = command_line;
    let (worker, port) = Worker::start(config).context("The worker threads could not be started")?;

    let native = native::options(&settings, None);
    let choice = command_line_choice.unwrap_or_else(|| settings.account.clone());
    let (mut state, mut effects) = match places {
        _ if asks_for_account => (State::asking_for_account(settings, vault), Vec::new()),
        Some(places) => State::with_places(settings, choice, places),
        None => State::with_account(settings, choice),
    };
    state.settings.problem = settings_problem;
    for action in arguments.into_actions() {
        effects.extend(state.act(action));
    }
    let (sender, further_starts) = mpsc::channel();
    if let Some(single) = single {
        let window = Arc::clone(&window);
        single.take_calls(move |arguments| {
            let is_open = arguments.into_actions().into_iter().all(|action| sender.send(action).is_ok());
            if let Some(window) = window.get() {
                window.request_repaint();
            }
            is_open
        })?;
    }
    let start = Start { state, effects, port, screenshot, further_starts, promised_folder };
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
    local_server.shutdown();
    ended.map_err(|error| anyhow::anyhow!("the window could not be opened: {error}"))?;
    match failure.as_ref().and_then(|failure| failure.get()) {
        Some(failure) => Err(anyhow::anyhow!("{failure}")),
        None => Ok(()),
    }
}
