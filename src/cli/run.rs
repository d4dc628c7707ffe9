//! One command from its arguments to its exit code.

use super::account::{self, Chosen};
use super::client::Client;
use super::commands;
use super::failure::{Code, Failure, Stop};
use super::options::{AccountOptions, Command};
use super::output::Output;
use coffer_model::{Entry, Job, Receipt, RemotePath, Settings};
use coffer_worker::{Desktop, Dirs, LocalServer, WorkerConfig, load_settings};
use std::io;
use std::path::Path;
use std::sync::Arc;

/// What a command needs from outside.
pub struct Surroundings {
    pub dirs: Dirs,
    pub local_server: LocalServer,
}

/// Runs a command; answers with the program's exit code.
pub fn run(command: Command, options: &AccountOptions, surroundings: Surroundings) -> u8 {
    let output = Output::new(command.common());
    match start(command, options, surroundings, output) {
        Ok(None) => 0,
        Ok(Some(code)) => code.exit(),
        Err(Stop::Failed(failure)) => {
            output.failure(&failure);
            failure.code.exit()
        }
        Err(Stop::Interrupted(signal)) => {
            let failure = Failure::new(
                Code::Interrupted,
                "Interrupted",
                "Run the same command again to resume unfinished transfers.",
            );
            output.failure(&failure);
            // As shells count: 130 for Ctrl+C, 143 for a polite kill.
            u8::try_from(128 + signal).ok().filter(|_| signal > 0).unwrap_or(Code::Interrupted.exit())
        }
    }
}

fn start(
    command: Command,
    options: &AccountOptions,
    surroundings: Surroundings,
    output: Output,
) -> Result<Option<Code>, Stop> {
    let settings = load_settings(&surroundings.dirs);
    let limits = command.limits();
    let chosen = match &command {
        // A new account needs none that is open.
        Command::Login(_) => None,
        _ => Some(account::choose(options, &settings)?),
    };
    let opens_browser = matches!(&command, Command::Login(login) if !login.no_browser);
    let dirs = surroundings.dirs.clone();
    let given = chosen.as_ref().and_then(|chosen| chosen.given.clone());
    let client = Client::start(|wake| {
        let mut config = WorkerConfig::new(surroundings.dirs, wake, surroundings.local_server);
        config.command_line = given;
        config.follows_changes = false;
        config.writes_samples = false;
        config.upload_limit = limits.limit_up;
        config.download_limit = limits.limit_down;
        config.desktop = Arc::new(NoDesktop { opens_browser });
        config
    });
    let mut client =
        client.map_err(|error| Failure::here("The worker threads could not be started", &error))?;
    if let Some(Chosen { choice, .. }) = &chosen {
        client.open(choice.clone());
    }
    let mut ground = Ground { client, output, settings, dirs, api_url: options.api_url.clone() };
    let ended = commands::run(&mut ground, command)?;
    match ground.client.interrupted() {
        Some(signal) => Err(Stop::Interrupted(signal)),
        None => Ok(ended),
    }
}

/// What every command stands on.
pub struct Ground {
    pub client: Client,
    pub output: Output,
    pub settings: Settings,
    pub dirs: Dirs,
    pub api_url: Option<String>,
}

impl Ground {
    /// What stands at a path; a failure that says so when nothing does.
    pub fn locate(&mut self, path: &RemotePath) -> Result<Entry, Stop> {
        match self.look(path)? {
            Some(entry) => Ok(entry),
            None => Err(not_found(path).into()),
        }
    }

    /// What stands at a path; `None` when nothing does.
    pub fn look(&mut self, path: &RemotePath) -> Result<Option<Entry>, Stop> {
        match self.client.run(Job::Locate { path: path.clone() }) {
            Ok(Receipt::Located(entry)) => Ok(Some(entry)),
            Ok(_) => Ok(None),
            // Looking at one item is refused for one reason that concerns the item: it is not there.
            Err(Stop::Failed(failure)) if failure.code == Code::Conflict => Ok(None),
            Err(stop) => Err(stop),
        }
    }
}

pub fn not_found(path: &RemotePath) -> Failure {
    Failure::new(
        Code::NotFound,
        format!("{path} does not exist"),
        "There is no such file or folder in your Dropbox.",
    )
    .at(path)
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
