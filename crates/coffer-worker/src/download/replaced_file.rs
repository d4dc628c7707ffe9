//! What a file keeps of the one that it replaces: who may read, write and run it, and what people and programs have
//! attached to it, such as tags and comments. All blocks.

use coffer_stdx::system;
use std::fs;
use std::io;
use std::path::Path;

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
    if let Err(error) = system::copy_user_attributes(from, to) {
        tracing::debug!(%error, file = %from.display(), "attributes of a replaced file were not kept");
    }
}
