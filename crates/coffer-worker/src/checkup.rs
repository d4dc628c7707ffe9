//! What `coffer doctor` finds out about this computer through the worker's own means: the folders, the keyring, the desktop.
//! Facts only; the program puts them in words.

use crate::dirs::{Dirs, FolderPurpose};
use rustix::fs::statvfs;
use std::fs;
use std::io;
use std::os::unix::fs::{MetadataExt as _, PermissionsExt as _};
use std::path::PathBuf;
use zbus::blocking::Connection;
use zbus_secret_service_keyring_store::Store;

#[derive(Debug)]
pub struct FolderFacts {
    pub purpose: FolderPurpose,
    pub path: PathBuf,
    /// Why nothing can be written there.
    pub fault: Option<io::Error>,
    /// Other users of this computer can look into it.
    pub is_open_to_others: bool,
    /// It belongs to another user.
    pub is_of_another: bool,
    pub free_bytes: Option<u64>,
}

/// The folders of the program. A file is written into each and removed.
pub fn folders(dirs: &Dirs) -> Vec<FolderFacts> {
    dirs.all().into_iter().map(|(purpose, path)| folder(purpose, path)).collect()
}

fn folder(purpose: FolderPurpose, path: PathBuf) -> FolderFacts {
    let fault = tempfile::Builder::new().prefix(".coffer-doctor-").tempfile_in(&path).err();
    let metadata = fs::metadata(&path).ok();
    FolderFacts {
        purpose,
        fault,
        is_open_to_others: metadata.as_ref().is_some_and(|it| it.permissions().mode() & 0o077 != 0),
        is_of_another: metadata.is_some_and(|it| it.uid() != rustix::process::getuid().as_raw()),
        free_bytes: statvfs(&path).ok().map(|disk| disk.f_bavail.saturating_mul(disk.f_frsize)),
        path,
    }
}

/// Why the system has no keyring that can be used, if it has none. It may ask the person to unlock it.
pub fn keyring_fault() -> Option<String> {
    Store::new().err().map(|error| error.to_string())
}

/// The version of the desktop's file dialogs; without them no file can be chosen, only dropped or pasted.
pub fn file_dialogs() -> Result<u32, String> {
    let ask = || -> Result<u32, Box<dyn std::error::Error>> {
        let reply = Connection::session()?.call_method(
            Some("org.freedesktop.portal.Desktop"),
            "/org/freedesktop/portal/desktop",
            Some("org.freedesktop.DBus.Properties"),
            "Get",
            &("org.freedesktop.portal.FileChooser", "version"),
        )?;
        let value: zbus::zvariant::OwnedValue = reply.body().deserialize()?;
        Ok(u32::try_from(value)?)
    };
    ask().map_err(|error| error.to_string())
}
