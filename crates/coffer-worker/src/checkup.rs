//! What `coffer doctor` finds out about this computer through the worker's own means: the folders, the keyring, the desktop.
//! Facts only; the program puts them in words.

use crate::dirs::{Dirs, FolderPurpose};
use crate::{system_desktop, system_keyring};
use coffer_stdx::system;
use std::fs;
use std::io;
use std::path::PathBuf;

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
        is_open_to_others: metadata.as_ref().is_some_and(system::is_open_to_others),
        is_of_another: metadata.as_ref().is_some_and(system::is_of_another),
        free_bytes: system::free_bytes(&path),
        path,
    }
}

/// Why the system has no keyring that can be used, if it has none. It may ask the person to unlock it.
pub fn keyring_fault() -> Option<String> {
    system_keyring::open().err().map(|error| error.to_string())
}

/// The version of the desktop's file dialogs; without them no file can be chosen, only dropped or pasted.
/// 0 where the dialogs are those of the system, which have none.
pub fn file_dialogs() -> Result<u32, String> {
    system_desktop::file_dialog_version().map_err(|error| error.to_string())
}
