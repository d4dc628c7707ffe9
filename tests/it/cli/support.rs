//! The program, a server for it, and plain ways to look at both.

use coffer_server::ServerConfig;
use coffer_testing::counting_proxy::{CountingProxy, Hold};
use coffer_testing::house::House;
use coffer_testing::transfer_file::TransferFile;
use rusqlite::{Connection, OpenFlags};
use rustix::process::Signal;
use serde_json::Value;
use std::collections::BTreeMap;
use std::ffi::OsStr;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};

/// A server with an account, and a place on this computer.
pub struct Desk {
    pub house: House,
    /// Where the program is told that the server answers.
    pub url: String,
}

/// How a run is stopped in the middle.
#[derive(Clone, Copy, Debug)]
pub enum Stopped {
    /// As a power cut would.
    Killed,
    By(Signal),
}

/// How a run of the program ended.
#[derive(Debug)]
pub struct Run {
    pub code: Option<i32>,
    pub out: String,
    pub err: String,
}

impl Run {
    #[track_caller]
    pub fn ok(self) -> Self {
        assert_eq!(self.code, Some(0), "{self:?}");
        self
    }

    #[track_caller]
    pub fn ended(self, code: i32) -> Self {
        assert_eq!(self.code, Some(code), "{self:?}");
        self
    }

    #[track_caller]
    pub fn json(&self) -> Value {
        serde_json::from_str(&self.out).unwrap_or_else(|error| panic!("{error}: {self:?}"))
    }

    pub fn lines(&self) -> Vec<&str> {
        self.out.lines().collect()
    }
}

impl From<Output> for Run {
    fn from(output: Output) -> Self {
        let text = |bytes: Vec<u8>| String::from_utf8_lossy(&bytes).into_owned();
        Self { code: output.status.code(), out: text(output.stdout), err: text(output.stderr) }
    }
}

impl Desk {
    pub fn new() -> Self {
        Self::with(|_| {})
    }

    pub fn with(configure: impl FnOnce(&mut ServerConfig)) -> Self {
        let house = House::closed(configure, false);
        let url = house.server.url();
        Self { house, url }
    }

    /// Puts a proxy between the program and the server.
    pub fn proxied(&mut self) -> CountingProxy {
        let proxy = CountingProxy::start(self.house.server.address());
        self.url = proxy.url();
        proxy
    }

    /// Runs a command until the proxy holds everything back, and stops it there. The proxy is open again afterwards.
    #[track_caller]
    pub fn stop_at<S: AsRef<OsStr>>(&self, proxy: &CountingProxy, hold: &Hold, args: &[S], how: Stopped) {
        self.stop_at_and_look(proxy, hold, args, how, || {});
    }

    /// The same, with a look at things while nothing moves.
    #[track_caller]
    pub fn stop_at_and_look<S: AsRef<OsStr>>(
        &self,
        proxy: &CountingProxy,
        hold: &Hold,
        args: &[S],
        how: Stopped,
        look: impl FnOnce(),
    ) {
        proxy.hold(hold.clone());
        let mut command = self.command(args);
        let mut running = Running(command.stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap());
        let is_held = proxy.wait_until_held(|| running.0.try_wait().unwrap().is_some());
        assert!(is_held, "the command ended before {hold:?}");
        look();
        match how {
            Stopped::Killed => running.0.kill().unwrap(),
            Stopped::By(signal) => running.signal(signal),
        }
        let code = running.wait();
        let expected = match how {
            Stopped::Killed => None,
            Stopped::By(signal) => Some(128 + signal.as_raw()),
        };
        assert_eq!(code, expected);
        proxy.cut();
    }

    /// One number out of the account's database.
    pub fn count(&self, query: &str) -> i64 {
        let file = self.house.local("vault/vault.sqlite");
        let database = Connection::open_with_flags(file, OpenFlags::SQLITE_OPEN_READ_ONLY).unwrap();
        database.query_row(query, [], |row| row.get(0)).unwrap()
    }

    /// Upload sessions that wait for more.
    pub fn sessions(&self) -> i64 {
        self.count("SELECT count(*) FROM upload_sessions")
    }

    /// Files that were ever made in the account.
    pub fn revisions(&self) -> i64 {
        self.count("SELECT count(*) FROM revisions")
    }

    /// All files below a folder of the account, by their paths in it.
    pub fn remote_files(&self, folder: &str) -> BTreeMap<String, Vec<u8>> {
        let paths = self.house.every_path().into_iter().filter(|path| !path.ends_with('/'));
        paths
            .filter_map(|path| {
                let name = path.strip_prefix(folder)?.strip_prefix('/')?.to_owned();
                Some((name, self.house.read(&path)))
            })
            .collect()
    }

    /// All files below a folder of this computer, hidden ones too, by their paths in it.
    pub fn local_files(&self, folder: &str) -> BTreeMap<String, Vec<u8>> {
        let root = self.house.local(folder);
        let mut found = BTreeMap::new();
        let mut waiting = vec![root.clone()];
        while let Some(next) = waiting.pop() {
            for item in std::fs::read_dir(next).unwrap() {
                let path = item.unwrap().path();
                let own_name = path.file_name().unwrap_or_default().to_string_lossy();
                if path.is_dir() {
                    assert!(!own_name.contains("coffer"), "{} is left", path.display());
                    waiting.push(path);
                } else {
                    let name = path.strip_prefix(&root).unwrap().to_str().unwrap().to_owned();
                    found.insert(name, std::fs::read(path).unwrap());
                }
            }
        }
        found
    }

    /// What the program has noted of transfers that are not over.
    pub fn notes(&self) -> Vec<String> {
        self.transfers().rows()
    }

    /// The file of transfers of the program.
    pub fn transfers(&self) -> TransferFile {
        TransferFile::new(&self.house.local("data/state"))
    }

    /// The program with its account, not started yet. Nothing of the surroundings of the test gets in.
    pub fn command<S: AsRef<OsStr>>(&self, args: &[S]) -> Command {
        let mut command = self.plain_command(args);
        command.env("COFFER_API_URL", &self.url).env("COFFER_TOKEN", self.house.server.token());
        command
    }

    /// The program with a data folder of its own and no account named.
    pub fn plain_command<S: AsRef<OsStr>>(&self, args: &[S]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_coffer"));
        command
            .args(args)
            .env_clear()
            .env("PATH", std::env::var_os("PATH").unwrap_or_default())
            .env("HOME", self.folder())
            .env("COFFER_DATA_DIR", self.folder().join("data"))
            .current_dir(self.folder())
            .stdin(Stdio::null());
        command
    }

    pub fn run<S: AsRef<OsStr>>(&self, args: &[S]) -> Run {
        self.command(args).output().unwrap().into()
    }

    pub fn run_plain<S: AsRef<OsStr>>(&self, args: &[S]) -> Run {
        self.plain_command(args).output().unwrap().into()
    }

    pub fn folder(&self) -> &Path {
        self.house.folder.path()
    }

    /// Writes a local file, and the folders around it.
    pub fn write(&self, name: &str, bytes: impl AsRef<[u8]>) -> PathBuf {
        let path = self.house.local(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(&path, bytes).unwrap();
        path
    }

    pub fn local(&self, name: &str) -> Vec<u8> {
        std::fs::read(self.house.local(name)).unwrap()
    }
}

/// Runs a program that reads `input`.
pub fn with_input(mut command: Command, input: &[u8]) -> Run {
    let mut child =
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    child.stdin.take().unwrap().write_all(input).unwrap();
    child.wait_with_output().unwrap().into()
}

/// A program that runs beside the test, and ends with it.
pub struct Running(pub Child);

impl Running {
    pub fn start(mut command: Command) -> Self {
        Self(command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap())
    }

    pub fn signal(&self, signal: rustix::process::Signal) {
        let id = rustix::process::Pid::from_child(&self.0);
        rustix::process::kill_process(id, signal).unwrap();
    }

    pub fn wait(mut self) -> Option<i32> {
        self.0.wait().unwrap().code()
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}
