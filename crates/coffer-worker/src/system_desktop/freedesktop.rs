//! The desktops of Linux, which are asked over D-Bus.

use std::collections::HashMap;
use std::error::Error;
use std::path::Path;
use zbus::blocking::Connection;

/// Whether the network costs by the byte, as far as `NetworkManager` knows.
pub(super) fn is_metered() -> bool {
    metered_state().is_ok_and(|state| matches!(state, METERED | METERED_BY_GUESS))
}

/// Values of `NMMetered`.
const METERED: u32 = 1;
const METERED_BY_GUESS: u32 = 3;

/// What `NetworkManager` says of the connection that is used; an error where there is none.
fn metered_state() -> Result<u32, Box<dyn Error>> {
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
pub(super) fn show_message(title: &str, body: &str) -> zbus::Result<()> {
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
pub(super) fn show_in_file_manager(local_path: &Path) -> Result<(), Box<dyn Error>> {
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

/// Without this question a missing dialog would look as if the person had cancelled it.
pub(crate) fn has_file_dialogs() -> bool {
    has_program("zenity") || file_dialog_version().is_ok()
}

fn has_program(name: &str) -> bool {
    std::env::var_os("PATH")
        .is_some_and(|path| std::env::split_paths(&path).any(|folder| folder.join(name).is_file()))
}

/// The version of the file dialogs; fails where there are none. A portal may be there without dialogs, when the desktop has
/// none for it, so it is asked for them.
pub(crate) fn file_dialog_version() -> Result<u32, Box<dyn Error>> {
    let reply = Connection::session()?.call_method(
        Some("org.freedesktop.portal.Desktop"),
        "/org/freedesktop/portal/desktop",
        Some("org.freedesktop.DBus.Properties"),
        "Get",
        &("org.freedesktop.portal.FileChooser", "version"),
    )?;
    let value: zbus::zvariant::OwnedValue = reply.body().deserialize()?;
    Ok(u32::try_from(value)?)
}
