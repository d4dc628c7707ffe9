//! The program, a server for it, and plain ways to look at both.

use crate::worker::support::House;
use serde_json::Value;
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
        let house = House::closed(|_| {}, false);
        let url = house.server.url();
        Self { house, url }
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

/// Bytes that repeat nowhere, made quickly.
pub fn bulk(mebibytes: usize, seed: u64) -> Vec<u8> {
    let mut bytes = vec![0; mebibytes << 20];
    fastrand::Rng::with_seed(seed).fill(&mut bytes);
    bytes
}
