//! What only Linux has.

use rustix::buffer::spare_capacity;
use rustix::fs::{FallocateFlags, OFlags, XattrFlags, fallocate, getxattr, listxattr, setxattr, syncfs};
use std::fs::{File, OpenOptions};
use std::io;
use std::os::unix::fs::OpenOptionsExt as _;
use std::path::Path;

/// It takes no longer attribute, and no longer list of their names.
const LONGEST_ATTRIBUTE: usize = 64 * 1024;

/// Opens a file for writing past the system's cache, where the file system can do that.
pub fn open_past_cache(path: &Path) -> Option<File> {
    let flags = (OFlags::DIRECT | OFlags::NOFOLLOW).bits().cast_signed();
    OpenOptions::new().write(true).custom_flags(flags).open(path).ok()
}

/// Gives a file its size, with room on the disk where the file system can promise it.
pub fn make_room(file: &File, size_bytes: u64) -> io::Result<()> {
    match fallocate(file, FallocateFlags::empty(), 0, size_bytes).map_err(io::Error::from) {
        Err(error) if error.kind() == io::ErrorKind::Unsupported => file.set_len(size_bytes),
        result => result,
    }
}

/// Whether [`sync_disk`] does anything.
pub const CAN_SYNC_DISK: bool = true;

/// Makes everything that was written to the disk of a folder outlive a power cut.
pub fn sync_disk(folder: &Path) -> io::Result<()> {
    Ok(syncfs(File::open(folder)?)?)
}

/// Copies what people and programs have attached to a file (attributes `user.*`: tags, comments), as far as the file system
/// has room for it; fails when something was left out. What the system attaches stays with the system.
pub fn copy_user_attributes(from: &Path, to: &Path) -> io::Result<()> {
    let mut names = Vec::with_capacity(LONGEST_ATTRIBUTE);
    // Many file systems have none.
    if listxattr(from, spare_capacity(&mut names)).is_err() {
        return Ok(());
    }
    let mut result = Ok(());
    for name in names.split(|byte| *byte == 0).filter(|name| name.starts_with(b"user.")) {
        let mut value = Vec::with_capacity(LONGEST_ATTRIBUTE);
        let copied = getxattr(from, name, spare_capacity(&mut value))
            .and_then(|_| setxattr(to, name, &value, XattrFlags::empty()));
        if let Err(error) = copied {
            result = Err(error.into());
        }
    }
    result
}
