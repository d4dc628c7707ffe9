//! The desktops of macOS and Windows, as far as they can be used without their own libraries. Only compiled so far, never
//! run. The same names as in `freedesktop`.

use std::error::Error;
use std::io;
use std::path::Path;
use std::process::Command;

/// Nobody is asked, so nobody knows.
pub(super) fn is_metered() -> bool {
    false
}

/// Messages need a program that is registered with the system, as only an installer does.
pub(super) fn show_message(_title: &str, _body: &str) -> io::Result<()> {
    Err(io::ErrorKind::Unsupported.into())
}

/// Shows a file selected in the Finder or the Explorer.
pub(super) fn show_in_file_manager(local_path: &Path) -> io::Result<()> {
    let mut command = if cfg!(target_os = "macos") {
        let mut open = Command::new("open");
        open.arg("-R").arg(local_path);
        open
    } else {
        let mut explorer = Command::new("explorer");
        let mut select = std::ffi::OsString::from("/select,");
        select.push(local_path);
        explorer.arg(select);
        explorer
    };
    command.spawn().map(|_| ())
}

/// They belong to the system.
pub(crate) fn has_file_dialogs() -> bool {
    true
}

/// They have no versions.
pub(crate) fn file_dialog_version() -> Result<u32, Box<dyn Error>> {
    Ok(0)
}
