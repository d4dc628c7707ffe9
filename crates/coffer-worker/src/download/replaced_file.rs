//! What a file keeps of the one that it replaces: who may read, write and run it, and what people and programs have
//! attached to it (extended attributes `user.*`: tags, comments). What the system attaches stays with the system. All
//! blocks.

use rustix::buffer::spare_capacity;
use rustix::fs::{XattrFlags, getxattr, listxattr, setxattr};
use std::fs;
use std::io;
use std::path::Path;

/// Linux takes no longer attribute, and no longer list of their names.
const LONGEST_ATTRIBUTE: usize = 64 * 1024;

/// Makes `from`, which is to replace the file at `replaced`, like it. Nothing is kept of what is no file.
pub(crate) fn keep_attributes(from: &Path, replaced: &Path) -> io::Result<()> {
    match fs::symlink_metadata(replaced) {
        Ok(metadata) if metadata.is_file() => {
            // Before the mode, which may forbid it.
            copy_user_attributes(replaced, from);
            fs::set_permissions(from, metadata.permissions())
        }
        _ => Ok(()),
    }
}

/// As far as the file system has room for them: the content counts.
pub(crate) fn copy_user_attributes(from: &Path, to: &Path) {
    let mut names = Vec::with_capacity(LONGEST_ATTRIBUTE);
    // Many file systems have none.
    if listxattr(from, spare_capacity(&mut names)).is_err() {
        return;
    }
    for name in names.split(|byte| *byte == 0).filter(|name| name.starts_with(b"user.")) {
        let mut value = Vec::with_capacity(LONGEST_ATTRIBUTE);
        let copied = getxattr(from, name, spare_capacity(&mut value))
            .and_then(|_| setxattr(to, name, &value, XattrFlags::empty()));
        if let Err(error) = copied {
            let name = String::from_utf8_lossy(name);
            tracing::debug!(%error, %name, "an attribute of a replaced file was not kept");
        }
    }
}
