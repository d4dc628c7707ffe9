//! One command from its arguments to its exit code.

use super::account::{self, ChosenAccount};
use super::commands;
use super::context::CommandContext;
use super::failure::{CommandError, CommandFailure, FailureCode};
use super::options::{AccountOptions, FileCommand};
use super::output::Output;
use super::worker::CommandWorker;
use coffer_worker::{Desktop, Dirs, LocalServer, WorkerConfig, load_settings};
use std::io;
use std::path::Path;
use std::sync::Arc;

/// What a command needs from outside.
pub struct Environment {
    pub dirs: Dirs,
    pub local_server: LocalServer,
}

/// Runs a command; answers with the program's exit code.
pub fn run(command: FileCommand, options: &AccountOptions, environment: Environment) -> u8 {
    let output = Output::new(command.common());
    let is_transfer = matches!(command, FileCommand::Put(_) | FileCommand::Get(_));
    let is_diff = matches!(command, FileCommand::Diff(_));
    match start(command, options, environment, output) {
        Ok(None) => 0,
        Ok(Some(code)) => code.exit(),
        Err(CommandError::Failed(failure)) => {
            output.failure(&failure);
            // To scripts 1 means that both differ.
            if is_diff { FailureCode::Usage.exit() } else { failure.code.exit() }
        }
        Err(CommandError::Interrupted(signal)) => {
            let detail = if is_transfer { "Run the same command again to resume." } else { "" };
            let failure = CommandFailure::new(FailureCode::Interrupted, "Interrupted", detail);
            output.failure(&failure);
            // As shells count: 130 for Ctrl+C, 143 for a polite kill.
            u8::try_from(128 + signal).ok().filter(|_| signal > 0).unwrap_or(FailureCode::Interrupted.exit())
        }
    }
}

fn start(
    command: FileCommand,
    options: &AccountOptions,
    environment: Environment,
    output: Output,
) -> Result<Option<FailureCode>, CommandError> {
    let loaded = load_settings(&environment.dirs);
    let limits = command.limits();
    let chosen = match &command {
        // A new account needs none that is open.
        FileCommand::Login(_) => None,
        _ => Some(account::choose(options, &loaded)?),
    };
    for problem in &loaded.problems {
        output.status(&format!("coffer: {problem}; the default is used"));
    }
    let settings = loaded.settings;
    let opens_browser = matches!(&command, FileCommand::Login(login) if !login.no_browser);
    let dirs = environment.dirs.clone();
    let given = chosen.as_ref().and_then(|chosen| chosen.given.clone());
    let worker = CommandWorker::start(output, |wake| {
        let mut config = WorkerConfig::new(environment.dirs, wake, environment.local_server);
        config.command_line = given;
        config.follows_changes = false;
        config.from_command_line = true;
        config.writes_samples = false;
        config.upload_limit = limits.limit_up;
        config.download_limit = limits.limit_down;
        config.desktop = Arc::new(NoDesktop { opens_browser });
        config
    });
    let mut worker =
        worker.map_err(|error| CommandFailure::from_io("The worker threads could not be started", &error))?;
    if let Some(ChosenAccount { choice, .. }) = &chosen {
        worker.open(choice.clone());
    }
    let mut context = CommandContext { worker, output, settings, dirs, api_url: options.api_url.clone() };
    let ended = commands::run(&mut context, command)?;
    match context.worker.interrupted() {
        Some(signal) => Err(CommandError::Interrupted(signal)),
        None => Ok(ended),
    }
}

/// A command shows nothing on the desktop but the page of the sign-in.
struct NoDesktop {
    opens_browser: bool,
}

impl Desktop for NoDesktop {
    fn browse(&self, url: &str) -> io::Result<()> {
        if self.opens_browser { open::that_detached(url) } else { Ok(()) }
    }

    fn open_file(&self, _local_path: &Path) -> io::Result<()> {
        Ok(())
    }

    fn show_file(&self, _local_path: &Path) -> io::Result<()> {
        Ok(())
    }

    fn notify(&self, _title: &str, _body: &str) -> io::Result<()> {
        Ok(())
    }
}
