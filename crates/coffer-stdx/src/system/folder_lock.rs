//! The right of one program to a folder.

#[cfg(unix)]
use super::unix::lock_file;
#[cfg(windows)]
use super::windows::lock_file;
use std::fs::File;
use std::io;
use std::path::Path;

/// It ends when it is dropped, and with the program.
#[derive(Debug)]
pub struct FolderLock(#[expect(dead_code, reason = "it is held")] File);

impl FolderLock {
    /// Where the file system has no locks, others can't get one either.
    pub fn wait_for(folder: &Path) -> io::Result<Self> {
        let file = lock_file(folder)?;
        let _ = file.lock();
        Ok(Self(file))
    }

    /// `None` while another has it, or where there are no locks.
    pub fn try_now(folder: &Path) -> Option<Self> {
        let file = lock_file(folder).ok()?;
        file.try_lock().ok()?;
        Some(Self(file))
    }
}
