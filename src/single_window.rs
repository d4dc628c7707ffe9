//! One window for each data folder: a second one that is started raises the first, hands over what it was to show and
//! to upload, and ends. The first window holds a lock for as long as it runs, and listens on loopback; its address and
//! a token are in the file of the lock, which only its owner can read.

use anyhow::{Result, bail};
use coffer_state::{Action, Command};
use coffer_stdx::private;
use coffer_stdx::system::path_from_bytes;
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};
use std::fs::{File, TryLockError};
use std::io::{self, BufRead as _, BufReader, Read as _, Seek as _, Write as _};
use std::net::{Ipv4Addr, SocketAddr, TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::thread;
use std::time::{Duration, Instant};

/// How long the other side of a connection may take for everything.
const PATIENCE: Duration = Duration::from_secs(5);

/// How long a start waits for a window that does not answer: longer than one takes to end.
const LONGEST_WAIT: Duration = Duration::from_secs(15);

/// How often to look whether a window that is just starting has written its address.
const LOOK_EVERY: Duration = Duration::from_millis(50);

/// Longer than what any command line hands over.
const LONGEST_CALL: u64 = 8 * 1024 * 1024;

const OK: &str = "ok\n";

/// What the program was started with.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct StartArguments {
    /// Folder or file of the account to show.
    pub remote_path: Option<String>,
    /// Absolute paths of what to upload, as bytes: they need not be text.
    local_paths: Vec<Vec<u8>>,
    /// Not in what an earlier version hands over.
    #[serde(default)]
    command: Option<StartCommand>,
}

/// What the menu of the program’s icon offers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum StartCommand {
    NewTab,
    ChooseFiles,
}

impl StartArguments {
    pub(crate) fn new(remote_path: Option<String>, local_paths: &[PathBuf]) -> io::Result<Self> {
        let absolute =
            |path: &PathBuf| Ok(std::path::absolute(path)?.as_os_str().as_encoded_bytes().to_vec());
        let local_paths = local_paths.iter().map(absolute).collect::<io::Result<_>>()?;
        Ok(Self { remote_path, local_paths, command: None })
    }

    pub(crate) fn with_command(self, command: Option<StartCommand>) -> Self {
        Self { command, ..self }
    }

    pub(crate) fn into_actions(self) -> Vec<Action> {
        let command = self.command.map(|command| match command {
            StartCommand::NewTab => Action::Command(Command::NewTab),
            StartCommand::ChooseFiles => Action::Command(Command::Upload),
        });
        let start = Action::Start {
            path: self.remote_path,
            local_paths: self.local_paths.into_iter().map(path_from_bytes).collect(),
        };
        // What is to be shown is shown in the new tab.
        match command {
            Some(command @ Action::Command(Command::NewTab)) => vec![command, start],
            command => std::iter::once(start).chain(command).collect(),
        }
    }
}

/// The address of the window, as it stands in the file of the lock.
#[derive(Serialize, Deserialize)]
struct WindowAddress {
    address: SocketAddr,
    token: String,
}

#[derive(Serialize, Deserialize)]
struct WindowCall {
    token: String,
    arguments: StartArguments,
}

/// What a start of the program comes to.
pub(crate) enum WindowStart {
    /// This is the window of its data folder.
    First(SingleWindow),
    /// There is one, which has the arguments now.
    HandedOver,
    /// Nothing can be written there: this is a window without a lock.
    Unlocked,
}

/// The right to be the one window of a data folder. It ends with the program.
pub(crate) struct SingleWindow {
    _lock: File,
    listener: TcpListener,
    token: String,
}

impl SingleWindow {
    /// Makes this the window of a data folder, or hands `arguments` over to the window that is. Fails when that does not
    /// answer.
    pub(crate) fn start(file: &Path, arguments: &StartArguments) -> Result<WindowStart> {
        let began = Instant::now();
        let opened = private::options().read(true).write(true).create(true).truncate(false).open(file);
        let mut lock = match opened {
            Ok(lock) => lock,
            Err(error) => return Ok(unlocked(&error)),
        };
        loop {
            match lock.try_lock() {
                Ok(()) => {
                    return Ok(Self::listen(lock).map_or_else(|error| unlocked(&error), WindowStart::First));
                }
                Err(TryLockError::WouldBlock) => {}
                Err(TryLockError::Error(error)) => return Ok(unlocked(&error)),
            }
            // Whoever holds the lock is there, but may be just starting or ending.
            if let Some(window) = read_address(&mut lock)
                && window.call(arguments).is_ok()
            {
                return Ok(WindowStart::HandedOver);
            }
            if began.elapsed() > LONGEST_WAIT {
                bail!("Coffer is open already, but its window does not answer");
            }
            thread::sleep(LOOK_EVERY);
        }
    }

    fn listen(mut lock: File) -> io::Result<Self> {
        // Before all else: the address of an earlier window may be that of a stranger by now.
        lock.set_len(0)?;
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?;
        let mut random = [0; 16];
        getrandom::fill(&mut random).map_err(|error| io::Error::other(error.to_string()))?;
        let token = format!("{:032x}", u128::from_be_bytes(random));
        let window = WindowAddress { address: listener.local_addr()?, token: token.clone() };
        lock.rewind()?;
        lock.write_all(&serde_json::to_vec(&window)?)?;
        Ok(Self { _lock: lock, listener, token })
    }

    /// Gives `take` what each further start hands over; where it answers that the window has closed, that start waits
    /// until this program has ended. The thread ends with the program.
    pub(crate) fn take_calls(self, take: impl Fn(StartArguments) -> bool + Send + 'static) -> io::Result<()> {
        thread::Builder::new().name("coffer-starts".into()).spawn(move || {
            for connection in self.listener.incoming() {
                let answered = connection.map_err(anyhow::Error::from).and_then(|it| self.answer(&it, &take));
                if let Err(error) = answered {
                    tracing::warn!(%error, "a further start was not answered");
                }
            }
        })?;
        Ok(())
    }

    fn answer(&self, mut connection: &TcpStream, take: impl Fn(StartArguments) -> bool) -> Result<()> {
        connection.set_read_timeout(Some(PATIENCE))?;
        connection.set_write_timeout(Some(PATIENCE))?;
        let mut line = Vec::new();
        BufReader::new(connection.take(LONGEST_CALL)).read_until(b'\n', &mut line)?;
        let call: WindowCall = serde_json::from_slice(&line)?;
        // Hashes: how long it takes to compare them tells nothing of the token.
        if Sha256::digest(&call.token) != Sha256::digest(&self.token) {
            bail!("it has another token");
        }
        if !take(call.arguments) {
            bail!("the window has closed");
        }
        Ok(connection.write_all(OK.as_bytes())?)
    }
}

fn unlocked(error: &io::Error) -> WindowStart {
    tracing::warn!(%error, "could not lock the data folder for one window");
    WindowStart::Unlocked
}

fn read_address(lock: &mut File) -> Option<WindowAddress> {
    lock.rewind().ok()?;
    let mut text = String::new();
    lock.read_to_string(&mut text).ok()?;
    serde_json::from_str(&text).ok()
}

impl WindowAddress {
    /// Hands something over to the window; fails unless it says that it has it.
    fn call(&self, arguments: &StartArguments) -> Result<()> {
        let mut connection = TcpStream::connect_timeout(&self.address, PATIENCE)?;
        connection.set_read_timeout(Some(PATIENCE))?;
        connection.set_write_timeout(Some(PATIENCE))?;
        let call = WindowCall { token: self.token.clone(), arguments: arguments.clone() };
        let mut line = serde_json::to_vec(&call)?;
        line.push(b'\n');
        connection.write_all(&line)?;
        let mut reply = String::new();
        connection.take(OK.len() as u64).read_to_string(&mut reply)?;
        if reply != OK {
            bail!("the window gave no reply");
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::{SingleWindow, StartArguments, WindowAddress, WindowStart, read_address};
    use coffer_state::Action;
    use std::fs::{self, File};
    use std::os::unix::fs::PermissionsExt as _;
    use std::path::{Path, PathBuf};
    use std::sync::mpsc;

    fn arguments(remote_path: &str, local_path: &str) -> StartArguments {
        StartArguments::new(Some(remote_path.into()), &[PathBuf::from(local_path)]).unwrap()
    }

    fn first(file: &Path) -> SingleWindow {
        match SingleWindow::start(file, &StartArguments::default()).unwrap() {
            WindowStart::First(window) => window,
            WindowStart::HandedOver | WindowStart::Unlocked => panic!("it is the first"),
        }
    }

    fn address(file: &Path) -> WindowAddress {
        read_address(&mut File::open(file).unwrap()).unwrap()
    }

    #[test]
    fn a_second_start_hands_over_what_it_was_given_and_opens_no_window() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("window.json");
        let first = first(&file);
        let (sender, calls) = mpsc::channel();
        first.take_calls(move |call| sender.send(call).is_ok()).unwrap();
        assert_eq!(fs::metadata(&file).unwrap().permissions().mode() & 0o777, 0o600);
        for number in 0..3 {
            let given = arguments(&format!("/Photos/{number}"), "notes.txt");
            let started = SingleWindow::start(&file, &given).unwrap();
            assert!(matches!(started, WindowStart::HandedOver));
            assert_eq!(calls.recv().unwrap(), given);
        }
    }

    #[test]
    fn local_paths_are_those_of_the_folder_in_which_the_program_was_started() {
        let actions = arguments("/A", "notes.txt").into_actions();
        let [Action::Start { path, local_paths }] = &actions[..] else { panic!("{actions:?}") };
        assert_eq!(path.as_deref(), Some("/A"));
        assert_eq!(*local_paths, [std::env::current_dir().unwrap().join("notes.txt")]);
    }

    #[test]
    fn what_an_earlier_window_has_left_is_in_nobodys_way() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("window.json");
        drop(first(&file));
        let old = address(&file);
        let next = first(&file);
        assert_ne!(old.token, next.token);
        fs::write(&file, "{").unwrap();
        drop(next);
        drop(first(&file));
    }

    #[test]
    fn where_nothing_can_be_written_the_window_opens_all_the_same() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("no such folder/window.json");
        let started = SingleWindow::start(&file, &StartArguments::default()).unwrap();
        assert!(matches!(started, WindowStart::Unlocked));
    }

    #[test]
    fn who_does_not_know_the_token_is_not_listened_to() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("window.json");
        let first = first(&file);
        let (sender, calls) = mpsc::channel();
        first.take_calls(move |call| sender.send(call).is_ok()).unwrap();
        let right = address(&file);
        let wrong = WindowAddress { address: right.address, token: "wrong".into() };
        assert!(wrong.call(&arguments("/wrong", "x")).is_err());
        right.call(&arguments("/right", "x")).unwrap();
        assert_eq!(calls.recv().unwrap(), arguments("/right", "x"));
    }
}
