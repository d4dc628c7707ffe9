//! Files and folders that only their owner may read, whatever the folder around them allows. A vault may be made in a
//! folder that is open to everybody.

use super::error::StoreError;
use std::fs::{self, DirBuilder, OpenOptions};
use std::path::Path;

/// Makes a folder that only its owner may enter, and the folders above it. One that is there already is closed to others.
pub(crate) fn create_folder(path: &Path) -> Result<(), StoreError> {
    let mut builder = DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(path).map_err(StoreError::at(path))?;
    close(path)
}

/// For opening a file; a new one can only be read by its owner.
pub(crate) fn options() -> OpenOptions {
    #[cfg_attr(not(unix), allow(unused_mut))]
    let mut options = OpenOptions::new();
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options
}

/// Takes from everybody but the owner the right to use a file or folder.
#[cfg(unix)]
pub(crate) fn close(path: &Path) -> Result<(), StoreError> {
    use std::os::unix::fs::PermissionsExt as _;
    let mut permissions = fs::metadata(path).map_err(StoreError::at(path))?.permissions();
    if permissions.mode() & 0o077 == 0 {
        return Ok(());
    }
    permissions.set_mode(permissions.mode() & 0o700);
    fs::set_permissions(path, permissions).map_err(StoreError::at(path))
}

/// Elsewhere files have no such rights.
#[cfg(not(unix))]
pub(crate) fn close(_path: &Path) -> Result<(), StoreError> {
    Ok(())
}

/// Whether other users may look into a folder, or even write to it.
#[cfg(unix)]
pub(crate) fn is_open_to_others(folder: &Path) -> bool {
    use std::os::unix::fs::PermissionsExt as _;
    fs::metadata(folder).is_ok_and(|metadata| metadata.permissions().mode() & 0o077 != 0)
}

#[cfg(not(unix))]
pub(crate) fn is_open_to_others(_folder: &Path) -> bool {
    false
}
