//! What macOS does in its own way. Only compiled so far, never run.

use rustix::buffer::spare_capacity;
use rustix::fs::{XattrFlags, getxattr, listxattr, setxattr};
use std::fs::File;
use std::io;
use std::path::Path;

/// Longer ones are left out: tags and comments are short.
const LONGEST_ATTRIBUTE: usize = 64 * 1024;

/// There is no way past the cache for single writes.
pub fn open_past_cache(_path: &Path) -> Option<File> {
    None
}

/// Gives a file its size. APFS promises no room.
pub fn make_room(file: &File, size_bytes: u64) -> io::Result<()> {
    file.set_len(size_bytes)
}

/// There is no call that waits for a whole disk.
pub const CAN_SYNC_DISK: bool = false;

pub fn sync_disk(_folder: &Path) -> io::Result<()> {
    Err(io::ErrorKind::Unsupported.into())
}

/// Copies what people and programs have attached to a file: tags, comments; fails when something was left
/// out. Where a file came from stays with that file.
pub fn copy_user_attributes(from: &Path, to: &Path) -> io::Result<()> {
    const OF_THE_SYSTEM: [&[u8]; 3] =
        [b"com.apple.quarantine", b"com.apple.provenance", b"com.apple.metadata:kMDItemWhereFroms"];
    let mut names = Vec::with_capacity(LONGEST_ATTRIBUTE);
    if listxattr(from, spare_capacity(&mut names)).is_err() {
        return Ok(());
    }
    let mut result = Ok(());
    for name in
        names.split(|byte| *byte == 0).filter(|name| !name.is_empty() && !OF_THE_SYSTEM.contains(name))
    {
        let mut value = Vec::with_capacity(LONGEST_ATTRIBUTE);
        let copied = getxattr(from, name, spare_capacity(&mut value))
            .and_then(|_| setxattr(to, name, &value, XattrFlags::empty()));
        if let Err(error) = copied {
            result = Err(error.into());
        }
    }
    result
}
