//! What the program does to the person's desktop, as a trait, and the desktop that is really there. The jobs that use it
//! are in `desktop`.

use std::collections::HashMap;
use std::io;
use std::path::Path;
use zbus::blocking::Connection;

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
        if show_in_file_manager(local_path).is_ok() {
            return Ok(());
        }
        open::that_detached(local_path.parent().unwrap_or(local_path))
    }

    fn notify(&self, title: &str, body: &str) -> io::Result<()> {
        show_message(title, body).map_err(io::Error::other)
    }

    fn is_metered(&self) -> bool {
        metered_state().is_ok_and(|state| matches!(state, METERED | METERED_BY_GUESS))
    }
}

/// Values of `NMMetered`.
const METERED: u32 = 1;
const METERED_BY_GUESS: u32 = 3;

/// What `NetworkManager` says of the connection that is used; an error where there is none.
fn metered_state() -> Result<u32, Box<dyn std::error::Error>> {
    let reply = Connection::system()?.call_method(
        Some("org.freedesktop.NetworkManager"),
        "/org/freedesktop/NetworkManager",
        Some("org.freedesktop.DBus.Properties"),
        "Get",
        &("org.freedesktop.NetworkManager", "Metered"),
    )?;
    let value: zbus::zvariant::OwnedValue = reply.body().deserialize()?;
    Ok(u32::try_from(value)?)
}

/// Asks the desktop's own service for messages.
fn show_message(title: &str, body: &str) -> zbus::Result<()> {
    /// The desktop decides for how long.
    const USUAL_TIME: i32 = -1;
    let (replaces, actions, hints) =
        (0_u32, Vec::<&str>::new(), HashMap::<&str, zbus::zvariant::Value>::new());
    Connection::session()?.call_method(
        Some("org.freedesktop.Notifications"),
        "/org/freedesktop/Notifications",
        Some("org.freedesktop.Notifications"),
        "Notify",
        &("Coffer", replaces, "coffer", title, body, actions, hints, USUAL_TIME),
    )?;
    Ok(())
}

/// Asks the running file manager to show the file selected.
fn show_in_file_manager(local_path: &Path) -> Result<(), Box<dyn std::error::Error>> {
    let url = url::Url::from_file_path(local_path).map_err(|()| "the path is not absolute")?;
    Connection::session()?.call_method(
        Some("org.freedesktop.FileManager1"),
        "/org/freedesktop/FileManager1",
        Some("org.freedesktop.FileManager1"),
        "ShowItems",
        &(vec![url.as_str()], ""),
    )?;
    Ok(())
}
