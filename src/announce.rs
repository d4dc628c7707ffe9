//! Announces the address of a running local server to other programs of the same person, by a file in the vault that
//! only its owner can read.

use serde::{Deserialize, Serialize};
use std::fs;
use std::io::{self, Write as _};
use std::os::unix::fs::OpenOptionsExt as _;
use std::path::{Path, PathBuf};

/// What the file says.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Announcement {
    pub url: String,
    pub token: String,
    /// Who serves; files of older versions don't say.
    #[serde(default)]
    pub owner: Owner,
}

/// Which program serves, and so how long it can be expected to answer.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Owner {
    /// Until the person closes it.
    #[default]
    Window,
    /// `coffer serve`.
    Service,
    /// Only until its own work is done.
    Command,
}

pub(crate) fn write(vault: &Path, announcement: &Announcement) -> io::Result<()> {
    withdraw(vault);
    let mut announcement_file =
        fs::OpenOptions::new().write(true).create_new(true).mode(0o600).open(file(vault))?;
    announcement_file.write_all(&serde_json::to_vec(announcement)?)
}

/// What was announced last, perhaps by a program that has ended since.
pub(crate) fn read(vault: &Path) -> Option<Announcement> {
    serde_json::from_slice(&fs::read(file(vault)).ok()?).ok()
}

pub(crate) fn withdraw(vault: &Path) {
    let _ = fs::remove_file(file(vault));
}

fn file(vault: &Path) -> PathBuf {
    vault.join("endpoint.json")
}
