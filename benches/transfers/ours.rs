//! Our side: the commands of the program, each run with folders of its own, so that nothing is remembered.

use super::service::Service;
use super::setting::Setting;
use std::path::Path;
use std::process::Command;

/// A command of the program with this account and an empty memory.
pub fn program(setting: &Setting, service: &Service) -> Command {
    setting.fresh("memory");
    program_again(setting, service)
}

/// The same with what an earlier run remembers.
pub fn program_again(setting: &Setting, service: &Service) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_coffer"));
    command.env("COFFER_DATA_DIR", setting.place("memory"));
    service.tell(&mut command);
    command
}

/// Sends a file or folder to exactly this path.
pub fn put(mut program: Command, local_path: &Path, remote_path: &str) -> Command {
    program.args(["put", "--quiet", "--exact"]).arg(local_path).arg(remote_path);
    program
}

/// Brings a file or folder to exactly this path.
pub fn get(mut program: Command, remote_path: &str, local_path: &Path) -> Command {
    program.args(["get", "--quiet", "--exact", remote_path]).arg(local_path);
    program
}
