//! What the program does to the person's desktop, as a trait, and the desktop that is really there. The jobs that use it
//! are in `desktop`. What each kind of desktop does in its own way is in `freedesktop` and `other`.

#[cfg_attr(not(target_os = "linux"), path = "other.rs")]
mod freedesktop;

pub(crate) use freedesktop::{file_dialog_version, has_file_dialogs};

use std::io;
use std::path::Path;

/// What leaves the program for the person's desktop. Called from threads that may wait.
pub trait Desktop: Send + Sync {
    /// Shows an address in the browser.
    fn browse(&self, url: &str) -> io::Result<()>;
    /// Opens a file with the system's program for it.
    fn open_file(&self, local_path: &Path) -> io::Result<()>;
    /// Shows a file in the file manager, selected where that is possible.
    fn show_file(&self, local_path: &Path) -> io::Result<()>;
    /// Shows a short message beside the other programs' messages.
    fn notify(&self, title: &str, body: &str) -> io::Result<()>;
    /// Whether the network costs by the byte, or may: false where nobody knows.
    fn is_metered(&self) -> bool {
        false
    }
}

/// The desktop that is really there.
pub(crate) struct SystemDesktop;

impl Desktop for SystemDesktop {
    fn browse(&self, url: &str) -> io::Result<()> {
        open::that_detached(url)
    }

    fn open_file(&self, local_path: &Path) -> io::Result<()> {
        open::that_detached(local_path)
    }

    fn show_file(&self, local_path: &Path) -> io::Result<()> {
        if local_path.is_dir() {
            return open::that_detached(local_path);
        }
        if freedesktop::show_in_file_manager(local_path).is_ok() {
            return Ok(());
        }
        open::that_detached(local_path.parent().unwrap_or(local_path))
    }

    fn notify(&self, title: &str, body: &str) -> io::Result<()> {
        freedesktop::show_message(title, body).map_err(io::Error::other)
    }

    fn is_metered(&self) -> bool {
        freedesktop::is_metered()
    }
}
