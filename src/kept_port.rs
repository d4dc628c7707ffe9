//! The port of a local account’s server is chosen once and kept in a file of the vault: links that were given away hold its
//! number.

use coffer_stdx::atomic_file;
use std::io;
use std::path::{Path, PathBuf};

/// `None` where none was chosen yet.
pub(crate) fn read(vault: &Path) -> Option<u16> {
    std::fs::read_to_string(file(vault)).ok()?.trim().parse().ok().filter(|port| *port != 0)
}

pub(crate) fn write(vault: &Path, port: u16) -> io::Result<()> {
    atomic_file::write_quickly(&file(vault), format!("{port}\n").as_bytes())
}

fn file(vault: &Path) -> PathBuf {
    vault.join("port")
}
