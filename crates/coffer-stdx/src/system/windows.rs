//! Windows. Only compiled so far, never run.

use std::fs::{self, DirBuilder, File, Metadata, OpenOptions};
use std::hash::{DefaultHasher, Hash as _, Hasher as _};
use std::io;
use std::os::windows::fs::{FileExt as _, OpenOptionsExt as _};
use std::path::{Component, Path, PathBuf};

/// `FILE_FLAG_OPEN_REPARSE_POINT`: a link is opened itself, and not what it leads to.
const OPEN_LINK_ITSELF: u32 = 0x0020_0000;

pub fn read_exact_at(file: &File, mut buffer: &mut [u8], mut position: u64) -> io::Result<()> {
    while !buffer.is_empty() {
        match file.seek_read(buffer, position) {
            Ok(0) => return Err(io::ErrorKind::UnexpectedEof.into()),
            Ok(read) => {
                buffer = &mut buffer[read..];
                position += read as u64;
            }
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
    Ok(())
}

pub fn write_all_at(file: &File, mut bytes: &[u8], mut position: u64) -> io::Result<()> {
    while !bytes.is_empty() {
        match file.seek_write(bytes, position) {
            Ok(0) => return Err(io::ErrorKind::WriteZero.into()),
            Ok(written) => {
                bytes = &bytes[written..];
                position += written as u64;
            }
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
    Ok(())
}

/// Lets a link that lies in the place of the file be opened itself: what is read or written is not behind it.
pub fn never_through_links(options: &mut OpenOptions) {
    options.custom_flags(OPEN_LINK_ITSELF);
}

/// What lies in the person's profile is theirs by the rights of the profile.
pub fn only_for_owner(_options: &mut OpenOptions) {}

/// The same for a folder.
pub fn folder_only_for_owner(_builder: &mut DirBuilder) {}

/// There are no modes; see [`only_for_owner`].
pub fn close_to_others(_path: &Path) -> io::Result<()> {
    Ok(())
}

/// Not known.
pub fn is_open_to_others(_metadata: &Metadata) -> bool {
    false
}

/// Not known.
pub fn is_of_another(_metadata: &Metadata) -> bool {
    false
}

/// The standard library does not tell it.
pub fn file_number(_metadata: &Metadata) -> u64 {
    0
}

/// By what the disk of an existing file or folder is told from others: its letter, or the name of its share.
pub fn disk_number(path: &Path) -> Option<u64> {
    let path = fs::canonicalize(path).ok()?;
    let Some(Component::Prefix(prefix)) = path.components().next() else { return None };
    let mut hasher = DefaultHasher::new();
    prefix.as_os_str().to_ascii_lowercase().hash(&mut hasher);
    Some(hasher.finish())
}

/// The standard library does not tell it.
pub fn free_bytes(_folder: &Path) -> Option<u64> {
    None
}

/// Whether files can be made in a folder.
pub fn check_writable(folder: &Path) -> io::Result<()> {
    // Who may write what is told by trying alone.
    fs::metadata(folder).map(|_| ())
}

/// A path that was kept as [`as_encoded_bytes`](std::ffi::OsStr::as_encoded_bytes) gives it. Names with half a character
/// of UTF-16 are not found again.
pub fn path_from_bytes(bytes: Vec<u8>) -> PathBuf {
    match String::from_utf8(bytes) {
        Ok(text) => text.into(),
        Err(error) => String::from_utf8_lossy(error.as_bytes()).into_owned().into(),
    }
}

/// Folders cannot be opened as files; the file system does what it does.
pub fn sync_folder(_folder: &Path) -> io::Result<()> {
    Ok(())
}

/// There is no way past the cache that takes writes of any length.
pub fn open_past_cache(_path: &Path) -> Option<File> {
    None
}

/// Gives a file its size; NTFS takes the room for it.
pub fn make_room(file: &File, size_bytes: u64) -> io::Result<()> {
    file.set_len(size_bytes)
}

/// There is no call that waits for a whole disk without the rights of an administrator.
pub const CAN_SYNC_DISK: bool = false;

pub fn sync_disk(_folder: &Path) -> io::Result<()> {
    Err(io::ErrorKind::Unsupported.into())
}

/// Streams beside the content are not kept.
pub fn copy_user_attributes(_from: &Path, _to: &Path) -> io::Result<()> {
    Ok(())
}

/// What has the lock of a folder. Folders have none here, so a file in it has.
pub(super) fn lock_file(folder: &Path) -> io::Result<File> {
    OpenOptions::new().write(true).create(true).truncate(false).open(folder.join(".lock"))
}
