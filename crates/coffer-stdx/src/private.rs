//! Files and folders that only their owner may read, whatever the folder around them allows.

use super::system;
use std::fs::{self, DirBuilder, OpenOptions};
use std::io;
use std::path::Path;

/// Makes a folder that only its owner may enter, and the folders above it. One that is there already is closed to others.
pub fn create_folder(path: &Path) -> io::Result<()> {
    create_missing_folder(path)?;
    close(path)
}

/// As [`create_folder`], but one that is there already stays as it is.
pub fn create_missing_folder(path: &Path) -> io::Result<()> {
    let mut builder = DirBuilder::new();
    system::folder_only_for_owner(&mut builder);
    builder.recursive(true).create(path)
}

/// For opening a file; a new one can only be read by its owner.
pub fn options() -> OpenOptions {
    let mut options = OpenOptions::new();
    system::only_for_owner(&mut options);
    options
}

/// Takes from everybody but the owner the right to use a file or folder.
pub fn close(path: &Path) -> io::Result<()> {
    system::close_to_others(path)
}

/// Whether other users may look into a folder, or even write to it.
pub fn is_open_to_others(folder: &Path) -> bool {
    fs::metadata(folder).is_ok_and(|metadata| system::is_open_to_others(&metadata))
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::os::unix::fs::PermissionsExt as _;

    #[test]
    fn what_is_closed_stays_with_its_owner() {
        let folder = tempfile::tempdir().unwrap();
        let inner = folder.path().join("a/b");
        create_folder(&inner).unwrap();
        assert!(!is_open_to_others(&inner) && !is_open_to_others(inner.parent().unwrap()));
        fs::set_permissions(&inner, fs::Permissions::from_mode(0o755)).unwrap();
        assert!(is_open_to_others(&inner));
        create_folder(&inner).unwrap();
        assert_eq!(fs::metadata(&inner).unwrap().permissions().mode() & 0o777, 0o700);
        let file = inner.join("file");
        options().write(true).create_new(true).open(&file).unwrap();
        assert_eq!(fs::metadata(&file).unwrap().permissions().mode() & 0o777, 0o600);
    }
}
